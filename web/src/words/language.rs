//! Which language the page speaks, and how its sentences are put together.

use std::{cell::Cell, collections::BTreeMap, fmt::Display};

use serde_json::Value;

/// The sentences of a language other than English, by their names.
type Sentences = BTreeMap<String, Value>;

/// A language and its sentences.
#[derive(Clone, Copy)]
struct Language {
    code: &'static str,
    sentences: Option<&'static Sentences>,
}

const ENGLISH: Language = Language {
    code: "en",
    sentences: None,
};

thread_local! {
    static LANGUAGE: Cell<Language> = const { Cell::new(ENGLISH) };
}

/// Speaks another language from now on. It is chosen once, before the page is drawn; another choice is another page.
pub fn speak(code: String, sentences: Sentences) {
    LANGUAGE.set(Language {
        code: code.leak(),
        sentences: Some(Box::leak(Box::new(sentences))),
    });
}

/// The language that the page speaks, such as `en` or `de-AT`.
pub fn code() -> &'static str {
    LANGUAGE.get().code
}

/// Whether the page brings the words of a language along.
pub fn is_known(tag: &str) -> bool {
    matches!(primary(tag), "en" | "de")
}

/// A language that the page could speak in place of its own: its code and its own name.
pub fn other() -> (&'static str, &'static str) {
    match primary(code()) {
        "en" => ("de", "Deutsch"),
        _ => ("en", "English"),
    }
}

/// The language of a tag without its variety: `de` of `de-AT`.
pub fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// Whether a text has the form of a tag for a language; nothing else becomes part of an address.
pub fn is_tag(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Whether a file of a template's words, such as `de`, is for the language that the page speaks.
pub fn is_for_page(tag: &str) -> bool {
    tag == code() || tag == primary(code())
}

/// A sentence by its name.
pub(super) fn say(name: &str, english: &'static str) -> &'static str {
    let own = LANGUAGE
        .get()
        .sentences
        .and_then(|sentences| sentences.get(name)?.as_str());
    own.unwrap_or(english)
}

/// The form of a sentence that fits a number.
pub(super) fn count(name: &str, number: usize, english: [&'static str; 2]) -> &'static str {
    let form = usize::from(number != 1);
    let own = LANGUAGE
        .get()
        .sentences
        .and_then(|sentences| sentences.get(name)?.get(form)?.as_str());
    own.unwrap_or(english[form])
}

/// A sentence with its `{places}` filled in. What is filled in is not read for places again.
pub(super) fn fill(sentence: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut text = String::with_capacity(sentence.len() + 16);
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            rest = after;
            break;
        };
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            text.push_str(&value.to_string());
        }
        rest = behind;
    }
    text.push_str(rest);
    text
}

/// A noun with a capital letter.
pub(super) fn upper(noun: &str) -> String {
    let mut text = noun.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// A noun as it is written inside a sentence: small in English, except for abbreviations such as `SQL file`.
pub(super) fn inside(noun: &str) -> String {
    let mut text = noun.to_owned();
    let is_abbreviation = text
        .get(1..2)
        .is_some_and(|second| second.bytes().all(|byte| byte.is_ascii_uppercase()));
    if code() == ENGLISH.code
        && !is_abbreviation
        && let Some(first) = text.get_mut(..1)
    {
        first.make_ascii_lowercase();
    }
    text
}
