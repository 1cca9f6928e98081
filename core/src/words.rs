//! The words: from codes and facts to sentences. One catalogue a language, each worded for requesters and engineers.

mod english;
mod template;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    cron::Schedule,
    python::ReadDag,
    settings::{Audience, Settings},
};

/// How many characters of a value are quoted.
const LONGEST_QUOTE: usize = 60;

/// What a person reads of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// What is wrong.
    pub(crate) message: String,
    /// What to do about it, or why it matters.
    pub(crate) help: Option<String>,
}

/// The sentences of one code, as templates (see [`template`]).
#[derive(Clone, Copy, Debug)]
struct Entry {
    code: &'static str,
    message: &'static str,
    help: Option<&'static str>,
    /// None where engineers read the same.
    engineer_message: Option<&'static str>,
    engineer_help: Option<&'static str>,
}

impl Entry {
    const fn new(code: &'static str, message: &'static str) -> Self {
        Self {
            code,
            message,
            help: None,
            engineer_message: None,
            engineer_help: None,
        }
    }

    const fn help(mut self, help: &'static str) -> Self {
        self.help = Some(help);
        self
    }

    const fn engineer(mut self, message: &'static str) -> Self {
        self.engineer_message = Some(message);
        self
    }

    const fn engineer_help(mut self, help: &'static str) -> Self {
        self.engineer_help = Some(help);
        self
    }
}

/// The sentences for a finding, in the language and for the audience of the settings. Other languages than English
/// fall back to it.
pub(crate) fn phrase(code: &str, params: &BTreeMap<&'static str, Value>, settings: &Settings) -> Phrase {
    let found = english::ENTRIES.binary_search_by(|entry| entry.code.cmp(code));
    let Some(entry) = found.ok().and_then(|index| english::ENTRIES.get(index)) else {
        return Phrase {
            message: code.to_owned(),
            help: None,
        };
    };
    let (message, help) = match settings.audience {
        Audience::Requester => (entry.message, entry.help),
        Audience::Engineer => (
            entry.engineer_message.unwrap_or(entry.message),
            entry.engineer_help.or(entry.help),
        ),
    };
    let help = help
        .map(|help| template::fill(help, params))
        .filter(|help| !help.is_empty());
    Phrase {
        message: template::fill(message, params),
        help,
    }
}

/// One sentence about a DAG: when it runs, how often it is tried, when it stops, whom it tells.
pub(crate) fn plan(dag: &ReadDag, _settings: &Settings) -> String {
    english::plan(dag)
}

/// A schedule in words, such as `Daily at 02:00 UTC`; none is a DAG that runs only when somebody starts it.
pub(crate) fn schedule(schedule: Option<&Schedule>) -> String {
    english::schedule(schedule)
}

/// What a value of a choice is called where its schema gives it no name.
pub(crate) fn label(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => english::name("none").to_owned(),
        Value::Bool(true) => english::name("true").to_owned(),
        Value::Bool(false) => english::name("false").to_owned(),
        other => other.to_string(),
    }
}

/// The words for a type of JSON Schema, such as `a list`.
pub(crate) fn kind(name: &str) -> &str {
    english::name(name)
}

/// The words of a button that puts another value in place.
pub(crate) fn use_instead(value: &str) -> String {
    english::use_instead(&shortened(value))
}

/// The words of a button that gives a member another name.
pub(crate) fn rename_to(name: &str) -> String {
    english::rename_to(&shortened(name))
}

/// A label made of the name of a member: `start_date` and `startDate` become `Start date`.
pub(crate) fn title(name: &str) -> String {
    let mut text = String::with_capacity(name.len() + 4);
    let mut was_lower = false;
    for character in name.chars() {
        if matches!(character, '_' | '-' | ' ') {
            if !text.is_empty() && !text.ends_with(' ') {
                text.push(' ');
            }
            was_lower = false;
        } else if character.is_uppercase() && was_lower {
            text.push(' ');
            text.extend(character.to_lowercase());
            was_lower = false;
        } else {
            was_lower = character.is_lowercase() || character.is_ascii_digit();
            text.push(character);
        }
    }
    let mut characters = text.trim_end().chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => name.to_owned(),
    }
}

/// The candidate that somebody who wrote `name` is likely to have meant.
pub(crate) fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters = |text: &str| -> String {
        let kept = text.chars().filter(|character| !matches!(character, '_' | '-' | ' '));
        kept.flat_map(char::to_lowercase).take(100).collect()
    };
    let wanted = letters(name);
    let distance = |candidate: &&str| strsim::osa_distance(&wanted, &letters(candidate));
    let (distance, best) = candidates
        .into_iter()
        .map(|candidate| (distance(&candidate), candidate))
        .min_by_key(|(distance, _)| *distance)?;
    let length = wanted.chars().count().max(letters(best).chars().count());
    // A third of the letters may differ: more is another word.
    (distance * 3 <= length).then_some(best)
}

/// A text as it can be quoted in a sentence: short, on one line, nothing invisible.
pub(crate) fn shortened(text: &str) -> String {
    let mut quoted = String::new();
    for (count, character) in text.chars().enumerate() {
        if count >= LONGEST_QUOTE {
            quoted.push('…');
            break;
        }
        match character {
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            // Direction marks and the like would reorder the sentence around them.
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {
                quoted.extend(character.escape_unicode());
            }
            other if other.is_control() => quoted.extend(other.escape_unicode()),
            other => quoted.push(other),
        }
    }
    quoted
}

#[cfg(test)]
pub(crate) mod tests;
