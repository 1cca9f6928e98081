//! The words: from codes and facts to sentences. One catalogue a language, each worded for requesters and engineers.

mod cron;
mod english;
mod german;
mod template;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{assets::Assets, cron::Schedule, python::ReadDag, settings::Audience};

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

/// All that is said in one language.
struct Catalogue {
    /// The sentences of findings, sorted by code.
    entries: &'static [Entry],
    /// What names that are the same in every language are called, sorted by name.
    names: &'static [(&'static str, &'static str)],
    and: &'static str,
    or: &'static str,
    /// Between a field and the list item that it stands in.
    of: &'static str,
    quotes: [char; 2],
    /// The sign between the whole part of a number and the rest.
    decimal: &'static str,
    /// The end of a list that is cut short.
    more: fn(usize) -> String,
    use_instead: fn(&str) -> String,
    rename_to: fn(&str) -> String,
    plan: fn(&ReadDag) -> String,
    schedule: fn(Option<&Schedule>) -> String,
    assets: fn(&Assets) -> String,
}

/// A language that the engine speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    German,
}

impl Language {
    /// The language of a tag such as `de-AT`; English for those that the engine does not speak.
    pub(crate) fn of(tag: &str) -> Self {
        let primary = tag.split('-').next().unwrap_or(tag);
        if primary.eq_ignore_ascii_case("de") {
            Self::German
        } else {
            Self::English
        }
    }

    const fn catalogue(self) -> &'static Catalogue {
        match self {
            Self::English => &english::CATALOGUE,
            Self::German => &german::CATALOGUE,
        }
    }

    /// The sentences for a finding.
    pub(crate) fn phrase(self, code: &str, params: &BTreeMap<&'static str, Value>, audience: Audience) -> Phrase {
        let entries = self.catalogue().entries;
        let found = entries.binary_search_by(|entry| entry.code.cmp(code));
        let Some(entry) = found.ok().and_then(|index| entries.get(index)) else {
            return Phrase {
                message: code.to_owned(),
                help: None,
            };
        };
        let (message, help) = match audience {
            Audience::Requester => (entry.message, entry.help),
            Audience::Engineer => (
                entry.engineer_message.unwrap_or(entry.message),
                entry.engineer_help.or(entry.help),
            ),
        };
        let help = help
            .map(|help| template::fill(self, help, params))
            .filter(|help| !help.is_empty());
        Phrase {
            message: template::fill(self, message, params),
            help,
        }
    }

    /// What an author must know of a fault in a schema.
    pub(crate) fn fault(self, code: &str, params: &[(&'static str, Value)]) -> String {
        self.phrase(code, &params.iter().cloned().collect(), Audience::Engineer)
            .message
    }

    /// One sentence about a DAG: when it runs, how often it is tried, when it stops, whom it tells.
    pub(crate) fn plan(self, dag: &ReadDag) -> String {
        (self.catalogue().plan)(dag)
    }

    /// A schedule in words, such as `Daily at 02:00 UTC`; none is a DAG that runs only when somebody starts it.
    pub(crate) fn schedule(self, schedule: Option<&Schedule>) -> String {
        (self.catalogue().schedule)(schedule)
    }

    /// Assets that are waited for, in words; without any, what that way of starting is called.
    pub(crate) fn assets(self, assets: &Assets) -> String {
        (self.catalogue().assets)(assets)
    }

    /// What a value of a choice is called where its schema gives it no name.
    pub(crate) fn label(self, value: &Value) -> String {
        match value {
            Value::String(text) => text.clone(),
            Value::Null => self.name("none").to_owned(),
            Value::Bool(true) => self.name("true").to_owned(),
            Value::Bool(false) => self.name("false").to_owned(),
            Value::Number(number) => number.to_string().replace('.', self.catalogue().decimal),
            other => other.to_string(),
        }
    }

    /// The words for a name that is the same in every language, such as `a list` for the type `array`; the name itself
    /// where there are none.
    pub(crate) fn name(self, name: &str) -> &str {
        let names = self.catalogue().names;
        let found = names.binary_search_by(|(known, _)| (*known).cmp(name));
        found
            .ok()
            .and_then(|index| names.get(index))
            .map_or(name, |(_, words)| words)
    }

    /// The words of a button that puts another value in place.
    pub(crate) fn use_instead(self, value: &str) -> String {
        (self.catalogue().use_instead)(&shortened(value))
    }

    /// The words of a button that gives a member another name.
    pub(crate) fn rename_to(self, name: &str) -> String {
        (self.catalogue().rename_to)(&shortened(name))
    }

    fn quoted(self, text: &str) -> String {
        let [opening, closing] = self.catalogue().quotes;
        format!("{opening}{}{closing}", shortened(text))
    }
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
