//! Sentences with gaps.
//!
//! `{name}` is a param: a text is quoted short, a list reads "a, b or c". `{name:and}` reads "a, b and c".
//! `{name:whole}` is a text in its full length. `{name:name}` looks words up in the table of names. `{name:step|steps}` counts: "1 step", "2 steps". `{title}` is
//! the label of the field in quotation marks, with the list item that it stands in. `[…]` falls away as a whole where
//! one of its params is missing.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Language, shortened};

/// How many items of a list are named.
const MOST_NAMED: usize = 8;

pub(super) type Params = BTreeMap<&'static str, Value>;

/// Fills a sentence. A param that is missing outside of brackets leaves nothing behind.
pub(super) fn fill(language: Language, template: &str, params: &Params) -> String {
    let mut text = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some(start) = rest.find('[') {
        let (before, optional) = rest.split_at(start);
        let (inside, after) = optional
            .get(1..)
            .and_then(|inside| inside.split_once(']'))
            .unwrap_or_default();
        text.push_str(&gaps(language, before, params).0);
        if let (filled, true) = gaps(language, inside, params) {
            text.push_str(&filled);
        }
        rest = after;
    }
    text.push_str(&gaps(language, rest, params).0);
    text.trim().to_owned()
}

/// The text with its gaps filled, and whether there was something for each.
fn gaps(language: Language, template: &str, params: &Params) -> (String, bool) {
    let mut text = String::with_capacity(template.len() * 2);
    let mut complete = true;
    let mut rest = template;
    while let Some(start) = rest.find('{') {
        let (before, gap) = rest.split_at(start);
        let (gap, after) = gap.get(1..).and_then(|gap| gap.split_once('}')).unwrap_or_default();
        text.push_str(before);
        match filled(language, gap, params) {
            Some(words) => text.push_str(&words),
            None => complete = false,
        }
        rest = after;
    }
    text.push_str(rest);
    (text, complete)
}

fn filled(language: Language, gap: &str, params: &Params) -> Option<String> {
    let (name, form) = gap.split_once(':').unwrap_or((gap, ""));
    let value = params.get(name)?;
    if name == "title" {
        return Some(titled(language, value, params.get("item")));
    }
    let (and, or) = (language.catalogue().and, language.catalogue().or);
    let label = |value: &Value| language.label(value);
    Some(match form {
        "" => listed(language, value, or, &label),
        "whole" => label(value),
        "and" => listed(language, value, and, &label),
        "name" => listed(language, value, or, &|value| {
            language.name(value.as_str().unwrap_or_default()).to_owned()
        }),
        forms => {
            let (one, many) = forms.split_once('|').unwrap_or((forms, forms));
            let word = if value.as_f64() == Some(1.0) { one } else { many };
            format!("{value} {word}")
        }
    })
}

fn titled(language: Language, title: &Value, item: Option<&Value>) -> String {
    let quoted = |value: &Value| language.quoted(value.as_str().unwrap_or_default());
    match item {
        Some(item) => format!("{} {} {}", quoted(title), language.catalogue().of, quoted(item)),
        None => quoted(title),
    }
}

fn listed(language: Language, value: &Value, last: &str, word: &dyn Fn(&Value) -> String) -> String {
    let Some(items) = value.as_array() else {
        return shortened(&word(value));
    };
    let mut words: Vec<String> = items
        .iter()
        .take(MOST_NAMED)
        .map(|item| shortened(&word(item)))
        .collect();
    if items.len() > MOST_NAMED {
        words.push((language.catalogue().more)(items.len() - MOST_NAMED));
    }
    joined(&words, last)
}

/// "a", "a or b", "a, b or c".
pub(super) fn joined(words: &[String], last: &str) -> String {
    match words.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((end, others)) => format!("{} {last} {end}", others.join(", ")),
    }
}
