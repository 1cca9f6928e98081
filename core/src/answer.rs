//! One question, one answer.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    dag::{Dag, Unresolved},
    diagnostic::Diagnostic,
    field::{Field, Prompt},
    pointer::Pointer,
};

/// A file that the engine is given: part of a catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    /// Path below the catalogue, with `/`, such as `kubernetes-job/template.yaml`.
    pub path: String,
    /// The text.
    pub text: String,
}

/// What the engine found in the files it was given.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Loaded {
    /// One card a template, in the order of their ids.
    pub templates: Vec<TemplateCard>,
    /// What is wrong with the files.
    pub diagnostics: Vec<Diagnostic>,
}

/// What the catalogue shows of a template.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TemplateCard {
    /// Its name, such as `kubernetes-job`.
    pub id: String,
    /// Semantic version.
    pub version: String,
    /// Its name for people.
    pub title: String,
    /// One sentence: what it is for.
    pub summary: String,
    /// The team that keeps it.
    #[serde(default)]
    pub owner: String,
    /// Words to find it by.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Where it is in its life.
    #[serde(default)]
    pub status: TemplateStatus,
    /// For a deprecated one: the id of the template to use instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<String>,
    /// Names of its examples, such as `examples/refresh_all.yaml`.
    #[serde(default)]
    pub examples: Vec<String>,
    /// The files of the catalogue that it is made of, sorted: its own, and those of its parents and of all templates that it
    /// uses.
    #[serde(default)]
    pub files: Vec<String>,
    /// Its words in other languages, by tags such as `de`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub locales: BTreeMap<String, CardWords>,
}

/// What the catalogue shows of a template in another language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardWords {
    /// Its name for people, where it is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What it is for, where that is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
}

/// Where a template is in its life.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TemplateStatus {
    /// Not yet offered.
    Draft,
    /// Offered.
    #[default]
    Active,
    /// Still works, no longer offered.
    Deprecated,
    /// For other templates to extend, and not offered.
    Base,
}

/// A question to the engine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// What the person said.
    pub config: ConfigInput,
    /// The environment to answer for; none for the config as it stands, without overrides.
    #[serde(default)]
    pub environment: Option<String>,
    /// The present, in seconds since 1970-01-01T00:00:00Z, for the next runs; the engine has no clock.
    #[serde(default)]
    pub now: Option<i64>,
    /// A number that comes back with the answer, so that a stale one can be told.
    #[serde(default)]
    pub revision: u64,
}

/// A question about a file of Python on its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PythonRequest {
    /// The file.
    pub text: String,
    /// Where it lies, which says for which environment it is, where the settings' pattern of paths does.
    #[serde(default)]
    pub path: Option<String>,
    /// The environment that it is for, where that is known.
    #[serde(default)]
    pub environment: Option<String>,
    /// The present, in seconds since 1970-01-01T00:00:00Z.
    #[serde(default)]
    pub now: Option<i64>,
}

/// What a person said, as a document or as values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ConfigInput {
    /// A YAML document.
    Text {
        /// The document.
        text: String,
    },
    /// The values of the form.
    Values {
        /// The config document as JSON: template, package, name, parameters, environments.
        values: Value,
        /// The YAML that was opened, whose comments and order are kept.
        #[serde(default)]
        base: Option<String>,
    },
}

/// All that the engine has to say to one question.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Answer {
    /// The revision of the request.
    pub revision: u64,
    /// The config.
    pub config: Config,
    /// The environments that the config is to be rendered for: those of the settings, or else those that it names itself.
    pub environments: Vec<String>,
    /// The answers that are not the same in all of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub differences: Vec<Difference>,
    /// What the form asks now.
    pub fields: Vec<Field>,
    /// What the fields ask: each names one of these by its place in the list.
    pub prompts: Vec<Arc<Prompt>>,
    /// Every finding, errors first, then in the order of the document.
    pub diagnostics: Vec<Diagnostic>,
    /// What would be written; empty while nothing can be rendered.
    pub files: Vec<OutputFile>,
    /// The DAGs as read from the files.
    pub dags: Vec<Dag>,
    /// What in the files could not be understood without running them.
    pub unresolved: Vec<Unresolved>,
    /// Whether DAGs, tasks or edges may be missing: nothing could be rendered, or not all of it could be understood.
    pub partial: bool,
    /// One sentence: what will run, when, and what happens when it fails.
    pub summary: Option<String>,
    /// The next runs, in seconds since 1970-01-01T00:00:00Z.
    pub upcoming: Vec<i64>,
}

/// An answer that is not the same in all environments.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The place in the config document.
    pub pointer: Pointer,
    /// The same for people, such as `resources.cpu`.
    pub place: String,
    /// What holds without overrides: a text as it is, anything else as JSON; none where nothing is said.
    pub text: Option<String>,
    /// What holds in each of the environments, in their order.
    pub values: Vec<Option<String>>,
}

/// The config of an answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Config {
    /// Where it belongs by the settings' pattern.
    pub path: String,
    /// The YAML document.
    pub text: String,
    /// The document as JSON.
    pub document: Value,
}

/// What of an answer those need who check many configs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Checked {
    /// Every finding, errors first, then in the order of the document.
    pub diagnostics: Vec<Diagnostic>,
    /// The ids of the DAGs, in the order of the files.
    pub dag_ids: Vec<String>,
    /// The environments that the config is to be checked for: those of the settings, or else those that it names itself.
    pub environments: Vec<String>,
}

/// A file that would be written.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OutputFile {
    /// Path, with `/`.
    pub path: String,
    /// The text.
    pub text: String,
    /// Which stretches of the text came from which answers, in the order of the text.
    pub origins: Vec<Origin>,
}

/// A stretch of a generated text and the answer that it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// First UTF-16 code unit.
    pub start: u32,
    /// Behind the last UTF-16 code unit.
    pub end: u32,
    /// The place in the config document.
    pub pointer: Pointer,
}

/// What is to be said of a Python file on its own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PythonAnswer {
    /// The DAGs, in the order of the file.
    pub dags: Vec<Dag>,
    /// What could not be understood without running the file.
    pub unresolved: Vec<Unresolved>,
    /// Whether DAGs, tasks or edges may be missing: the file could not be read, or not all of it could be understood.
    pub partial: bool,
    /// Every finding.
    pub diagnostics: Vec<Diagnostic>,
}
