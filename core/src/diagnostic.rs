//! The only shape in which this crate says that something is wrong.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{pointer::Pointer, source::Span};

/// One finding, in words for the reader that the settings name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Kebab-case name of the rule, such as `dependency-cycle`; `docs/rules.md` lists them.
    pub code: String,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong and why it matters.
    pub message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Where more is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// The facts that the message was made of, for other languages and other programs.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, Value>,
    /// Where it is.
    pub primary: Label,
    /// Other places that belong to it, such as the first of two equal names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Label>,
    /// A change that mends it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
}

/// How bad a finding is, in the terms of the Language Server Protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The DAG would not load or would not do what it says.
    Error,
    /// It loads, and is likely to disappoint.
    Warning,
    /// Worth knowing.
    Information,
    /// A matter of taste.
    Hint,
}

/// A place that a finding points at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The file; none for the config that was asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The value in the config document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<Pointer>,
    /// Whether the name under which the value stands is meant, and not the value.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub key: bool,
    /// The stretch of the file's text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// A change that mends a finding, as JSON Patch (RFC 6902) on the config document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fix {
    /// What the change does, as the words of a button.
    pub title: String,
    /// Whether it keeps the meaning, so that it may be done without asking.
    pub safe: bool,
    /// The operations, in order.
    pub operations: Vec<Operation>,
}

/// One JSON Patch operation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "lowercase")]
pub enum Operation {
    /// Puts a member into an object or an item into a list.
    Add {
        /// Where.
        path: Pointer,
        /// What.
        value: Value,
    },
    /// Puts another value in place of the one that is there.
    Replace {
        /// Where.
        path: Pointer,
        /// What.
        value: Value,
    },
    /// Takes a value out.
    Remove {
        /// Where.
        path: Pointer,
    },
}
