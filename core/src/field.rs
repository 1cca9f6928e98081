//! What the form asks now: a view-model with no view in it.

use std::{ops::Not, sync::Arc};

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::pointer::Pointer;

/// One field of the form.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Field {
    /// Where the answer stands in the config document.
    pub pointer: Pointer,
    /// What is asked there; on its way out, which of the prompts of the answer it is.
    #[serde(serialize_with = "number")]
    pub prompt: Arc<Prompt>,
    /// The label, where it is not that of the prompt: an item or entry is named after what it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Whether an answer must be given.
    #[serde(skip_serializing_if = "Not::not")]
    pub required: bool,
    /// The answer; none where nothing was said and the default, if any, holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// The forms that the answer may have, where it may have several. The fields are those of the form it has.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub branches: Vec<Branch>,
    /// Which of the branches the answer is of; none where it is of none yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub branch: Option<usize>,
    /// How it is asked.
    #[serde(flatten)]
    pub kind: FieldKind,
}

impl Field {
    /// The label.
    pub fn title(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.prompt.title)
    }
}

/// What is asked. The steps of a DAG all ask the same, so an answer says it once.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Prompt {
    /// Its place among the prompts of the answer.
    #[serde(skip)]
    pub number: usize,
    /// The label; empty where each field has its own.
    pub title: String,
    /// The hint below the label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What holds where nothing was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// Good answers, for the placeholder.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Value>,
    /// What a number counts, such as `minutes`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Heading under which it stands, together with its neighbours of the same section.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Whether it stands among the things that few people need.
    #[serde(skip_serializing_if = "Not::not")]
    pub advanced: bool,
    /// Whether the template fixes the answer.
    #[serde(skip_serializing_if = "Not::not")]
    pub read_only: bool,
    /// The description where it is more than one plain sentence: what its Markdown means.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub prose: Vec<Paragraph>,
}

fn number<S: Serializer>(prompt: &Arc<Prompt>, serializer: S) -> Result<S::Ok, S::Error> {
    prompt.number.serialize(serializer)
}

/// One of the forms that an answer may have.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Branch {
    /// What it is called.
    pub title: String,
    /// The answer that choosing it gives: what goes with it of what was said.
    pub value: Value,
}

/// A paragraph of a description, or an item of a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Paragraph {
    /// Whether it is an item of a list.
    pub item: bool,
    /// The text, in pieces.
    pub pieces: Vec<Piece>,
}

/// A stretch of text.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Piece {
    /// The text itself.
    pub text: String,
    /// How it is set.
    pub style: Style,
    /// Where it leads: an address that begins with `http:`, `https:` or `mailto:`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// How a stretch of text is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Style {
    /// As the text around it.
    #[default]
    Plain,
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Code.
    Code,
}

/// How a question is asked.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum FieldKind {
    /// A text.
    Text {
        /// JSON Schema or Dagwright format, such as `image` or `email-list`.
        #[serde(skip_serializing_if = "Option::is_none")]
        format: Option<String>,
        /// Whether it may have several lines.
        #[serde(skip_serializing_if = "Not::not")]
        multiline: bool,
        /// The language it is written in, such as `sql`.
        #[serde(skip_serializing_if = "Option::is_none")]
        language: Option<String>,
        /// Which list of the inventory has its answers, such as `connections`.
        #[serde(skip_serializing_if = "Option::is_none")]
        inventory: Option<String>,
        /// Answers to choose from; others may be written.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        suggestions: Vec<String>,
    },
    /// A number.
    Number {
        /// Whether it must be whole.
        #[serde(skip_serializing_if = "Not::not")]
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
        options: Arc<[Choice]>,
    },
    /// Several of a few values, each once.
    Choices {
        /// The values, in order.
        options: Arc<[Choice]>,
    },
    /// When the DAG runs: null for only by hand, a cron expression or a preset, or an object that names assets.
    Schedule {
        /// Common answers, in words.
        presets: Vec<Choice>,
        /// The answer in words; none where it is not a schedule.
        #[serde(skip_serializing_if = "Option::is_none")]
        sentence: Option<String>,
        /// The next runs, in seconds since 1970-01-01T00:00:00Z; empty where the request names no present.
        upcoming: Vec<i64>,
        /// Where it waits for assets: the questions about them.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        fields: Vec<Field>,
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
        /// Whether each place has its own question, so that items neither move nor fall out of the middle.
        #[serde(skip_serializing_if = "Not::not")]
        by_position: bool,
    },
    /// Names with an answer each.
    Map {
        /// One field an entry; the last token of its pointer is the name.
        entries: Vec<Field>,
        /// What one name is called, such as `variable`.
        key_title: String,
        /// The answer that "add" puts in.
        blank: Value,
        /// Names that an entry may have, where they are known.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        names: Vec<String>,
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
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Choice {
    /// What is written into the config.
    pub value: Value,
    /// What the person reads.
    pub label: String,
    /// Answers that do not go with it and fall away when it is chosen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub drops: Vec<Pointer>,
}
