//! A finding before it has words and lines: what the parts of the engine hand to each other.

use std::{collections::BTreeMap, ops::Range};

use serde_json::Value;

use crate::{
    diagnostic::{Fix, Operation, Severity},
    pointer::Pointer,
    words::Language,
};

/// Something that is wrong, by code and facts. [`crate::words`] has the sentences.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Finding {
    pub(crate) code: &'static str,
    pub(crate) severity: Severity,
    pub(crate) params: BTreeMap<&'static str, Value>,
    pub(crate) primary: Place,
    pub(crate) related: Vec<Place>,
    pub(crate) fix: Option<Fix>,
    /// Its words, where it is not one of ours.
    pub(crate) said: Option<Box<Said>>,
}

/// What an organisation says itself of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    pub(crate) link: Option<String>,
}

/// Where a finding is, in the terms of the part that found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A value of the config document.
    Value(Pointer),
    /// The name of a member of the config document.
    Key(Pointer),
    /// A byte range of the config's text.
    Config(Range<usize>),
    /// A byte range of the generated Python.
    Python(Range<usize>),
    /// A byte range of a file of the catalogue.
    File(String, Range<usize>),
    /// A line, from 1, of a file of the catalogue.
    FileLine(String, usize),
}

impl Finding {
    pub(crate) fn error(code: &'static str, primary: Place) -> Self {
        Self::new(code, Severity::Error, primary)
    }

    pub(crate) fn warning(code: &'static str, primary: Place) -> Self {
        Self::new(code, Severity::Warning, primary)
    }

    pub(crate) fn information(code: &'static str, primary: Place) -> Self {
        Self::new(code, Severity::Information, primary)
    }

    fn new(code: &'static str, severity: Severity, primary: Place) -> Self {
        Self {
            code,
            severity,
            params: BTreeMap::new(),
            primary,
            related: Vec::new(),
            fix: None,
            said: None,
        }
    }

    /// A finding in somebody else's words.
    pub(crate) fn said(said: Said, severity: Severity, primary: Place) -> Self {
        Self {
            said: Some(Box::new(said)),
            ..Self::new("policy", severity, primary)
        }
    }

    /// A fact for the sentence.
    pub(crate) fn param(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.params.insert(name, value.into());
        self
    }

    /// Another place that belongs to it.
    pub(crate) fn related(mut self, place: Place) -> Self {
        self.related.push(place);
        self
    }

    /// A change that mends it.
    pub(crate) fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }
}

/// The change that gives the member at `path` another name, unless that is taken. The document stands at `at` in the
/// config.
pub(crate) fn renaming(document: &Value, at: &Pointer, path: &Pointer, name: &str, language: Language) -> Option<Fix> {
    let (value, holder) = (path.get(document)?, path.parent()?);
    let renamed = holder.key(name);
    renamed.get(document).is_none().then(|| Fix {
        title: language.rename_to(name),
        safe: false,
        operations: vec![
            Operation::Remove { path: at.join(path) },
            Operation::Add {
                path: at.join(&renamed),
                value: value.clone(),
            },
        ],
    })
}

/// The change that puts another value in place.
pub(crate) fn replacement(path: Pointer, value: Value, language: Language) -> Fix {
    Fix {
        title: language.use_instead(value.as_str().unwrap_or_default()),
        safe: false,
        operations: vec![Operation::Replace { path, value }],
    }
}
