//! What the page keeps of an answer, and how news of the next one change it.

use std::sync::Arc;

use dagwright_core::{diagnostic::Diagnostic, pointer::Pointer};
use js_sys::Reflect;
use serde_json::Value;
use wasm_bindgen::JsValue;

use crate::{
    decode::{self, Object},
    outline::Outline,
};

/// The parts of an answer that are not as they were in the one that was seen before.
pub struct News(JsValue);

impl From<JsValue> for News {
    fn from(parts: JsValue) -> Self {
        Self(parts)
    }
}

impl News {
    /// A part as the JSON text that it came as; none where it is as it was.
    fn text(&self, part: &str) -> Option<String> {
        Reflect::get(&self.0, &part.into()).ok()?.as_string()
    }

    fn value(&self, part: &str) -> Option<Value> {
        serde_json::from_str(&self.text(part)?).ok()
    }

    fn list<T>(&self, part: &str, read: fn(Value) -> T) -> Option<Vec<T>> {
        match self.value(part) {
            Some(Value::Array(items)) => Some(items.into_iter().map(read).collect()),
            _ => None,
        }
    }

    fn pointers(&self, part: &str) -> Option<Vec<Pointer>> {
        self.list(part, |item| match item {
            Value::String(text) => Pointer::from_encoded(text),
            _ => Pointer::root(),
        })
    }

    /// The revision of the whole answer.
    pub fn revision(&self) -> Option<u64> {
        self.value("revision")?.as_u64()
    }

    /// Whether all of the answer is here: the engine knows nothing of what was seen before.
    pub fn is_whole(&self) -> bool {
        self.value("anew") == Some(Value::Bool(true))
    }

    /// Whether the answer has no fields at all.
    pub fn is_blank(&self) -> bool {
        self.text("roots").is_some_and(|roots| roots == "[]")
    }

    /// Brings the fields up to date; false where they are as they were.
    pub fn tell(&self, outline: &mut Outline) -> bool {
        if self.is_whole() {
            *outline = Outline::default();
        }
        outline.change(
            self.list("nodes", |node| decode::node(node.into())).unwrap_or_default(),
            &self.pointers("gone").unwrap_or_default(),
            self.pointers("roots"),
        )
    }
}

/// An answer without its fields, which are an [`Outline`].
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The revision of the question.
    pub revision: u64,
    /// Where the config belongs.
    pub path: String,
    /// The config as YAML.
    pub text: String,
    /// The config as JSON text, which is read where somebody writes the YAML.
    document: String,
    /// Every finding.
    pub diagnostics: Vec<Arc<Diagnostic>>,
    /// What would be written.
    pub files: Vec<Arc<Drawn>>,
    /// The DAGs in it.
    pub dags: Vec<Arc<Drawn>>,
    /// What will happen, in one sentence.
    pub summary: Option<String>,
}

/// A file or DAG. What only elements read of it stays text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// Path or id.
    pub name: String,
    /// Whether tasks or edges may be missing.
    pub partial: bool,
    /// What an element draws, as JSON text.
    pub text: String,
}

impl Answer {
    /// The answer that the news make of this one.
    #[must_use]
    pub fn after(&self, news: &News) -> Self {
        let mut answer = if news.is_whole() { Self::default() } else { self.clone() };
        answer.revision = news.revision().unwrap_or_default();
        if let Some(config) = news.value("config") {
            let mut config = Object::from(config);
            answer.path = config.text("path");
            answer.text = config.text("text");
        }
        if let Some(document) = news.text("document") {
            answer.document = document;
        }
        if let Some(diagnostics) = news.list("diagnostics", |found| Arc::new(decode::diagnostic(found.into()))) {
            answer.diagnostics = diagnostics;
        }
        if let Some(files) = news.list("files", drawn) {
            answer.files = files;
        }
        if let Some(dags) = news.list("dags", drawn) {
            answer.dags = dags;
        }
        if let Some(summary) = news.value("summary") {
            answer.summary = summary.as_str().map(str::to_owned);
        }
        answer
    }

    /// The config; none where what was written is none.
    pub fn document(&self) -> Option<Value> {
        serde_json::from_str(&self.document).ok().filter(Value::is_object)
    }
}

fn drawn(value: Value) -> Arc<Drawn> {
    let mut object = Object::from(value);
    Arc::new(Drawn {
        name: object.text("name"),
        partial: object.flag("partial"),
        text: object.text("text"),
    })
}
