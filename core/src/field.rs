//! What the form asks now: a view-model with no view in it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::pointer::Pointer;

/// One question of the form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Where the answer stands in the config document.
    pub pointer: Pointer,
    /// The label.
    pub title: String,
    /// The hint below the label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether an answer must be given.
    pub required: bool,
    /// The answer; none where nothing was said and the default, if any, holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// What holds where nothing was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// Good answers, for the placeholder.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Value>,
    /// What a number counts, such as `minutes`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Heading under which it stands, together with its neighbours of the same section.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Whether it stands among the things that few people need.
    pub advanced: bool,
    /// Whether the template fixes the answer.
    pub read_only: bool,
    /// How it is asked.
    #[serde(flatten)]
    pub kind: FieldKind,
}

/// How a question is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum FieldKind {
    /// A text.
    Text {
        /// JSON Schema or Dagwright format, such as `image` or `email-list`.
        #[serde(skip_serializing_if = "Option::is_none")]
        format: Option<String>,
        /// Whether it may have several lines.
        multiline: bool,
    },
    /// A number.
    Number {
        /// Whether it must be whole.
        integer: bool,
        /// Smallest number allowed.
        #[serde(skip_serializing_if = "Option::is_none")]
        minimum: Option<f64>,
        /// Largest number allowed.
        #[serde(skip_serializing_if = "Option::is_none")]
        maximum: Option<f64>,
    },
    /// Yes or no.
    Switch,
    /// One of a few values.
    Choice {
        /// The values, in order.
        options: Vec<Choice>,
    },
    /// When the DAG runs: null for only by hand, else a cron expression or a preset.
    Schedule {
        /// Common answers, in words.
        presets: Vec<Choice>,
        /// The answer in words; none where it is not a schedule.
        #[serde(skip_serializing_if = "Option::is_none")]
        sentence: Option<String>,
        /// The next runs, in seconds since 1970-01-01T00:00:00Z; empty where the request names no present.
        upcoming: Vec<i64>,
    },
    /// Several answers in an order.
    List {
        /// One field an item; the title of each names the item.
        items: Vec<Field>,
        /// What one item is called, such as `step`.
        item_title: String,
        /// The item that "add" puts in.
        blank: Value,
        /// Fewest items allowed.
        minimum: usize,
        /// Most items allowed.
        #[serde(skip_serializing_if = "Option::is_none")]
        maximum: Option<usize>,
    },
    /// Names with an answer each.
    Map {
        /// One field an entry; the last token of its pointer is the name.
        entries: Vec<Field>,
        /// What one name is called, such as `variable`.
        key_title: String,
        /// The answer that "add" puts in.
        blank: Value,
    },
    /// Questions that belong together.
    Group {
        /// The questions, in order.
        fields: Vec<Field>,
    },
    /// Anything that has no better control: the value as YAML.
    Yaml {
        /// The value as YAML.
        text: String,
    },
}

/// One value of a choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// What is written into the config.
    pub value: Value,
    /// What the person reads.
    pub label: String,
}
