//! YAML: values in flow style, which versions 1.1 and 1.2 read alike. Its gate reads the documents again.

use minijinja::{Value, value::ValueKind};

use super::json;
use crate::{
    render::{
        Emission, Emitted,
        literal::{List, Notation, Numbers, Problem},
    },
    yaml::{Content, Node, read},
};

pub(super) const NOTATION: Notation = Notation {
    null: Some("null"),
    booleans: ["true", "false"],
    text: write_text,
    list: Some(List {
        brackets: ["[", "]"],
        separator: ", ",
        nests: true,
    }),
    map: Some(["{", ": ", "}"]),
    numbers: Numbers::Pointed,
    trailing_comma: false,
    joins_texts: false,
};

#[expect(clippy::unnecessary_wraps, reason = "other languages cannot write every text")]
fn write_text(text: &mut String, content: &str) -> Result<(), Problem> {
    json::escape(text, content);
    Ok(())
}

/// What is wrong with a rendered file.
pub(super) enum Fault<'e> {
    /// The place where it is not YAML.
    Unreadable(usize),
    /// An emission that is not one value.
    Emission(&'e Emission),
}

/// Checks that each emission is one node, or one key, that reads back as its value.
pub(super) fn check<'e>(text: &str, emissions: &'e [Emission]) -> Result<(), Fault<'e>> {
    let mut left = emissions.iter().peekable();
    for (start, document) in documents(text) {
        if document
            .lines()
            .all(|line| line.trim_start().starts_with('#') || line.trim().is_empty())
        {
            continue;
        }
        let Some(node) = read(document).0 else {
            return Err(Fault::Unreadable(start));
        };
        let end = start + document.len();
        while let Some(emission) = left.next_if(|emission| emission.range.start < end) {
            let range = emission.range.start - start..emission.range.end - start;
            if !holds(&node, &range, emission) {
                return Err(Fault::Emission(emission));
            }
        }
    }
    left.next().map_or(Ok(()), |emission| Err(Fault::Emission(emission)))
}

/// The documents of a file with their offsets: a line that begins with `---` begins another one, wherever it stands.
fn documents(text: &str) -> Vec<(usize, &str)> {
    let mut documents = Vec::new();
    let mut start = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let behind = line.strip_prefix("---");
        if behind.is_some_and(|behind| behind.is_empty() || behind.starts_with([' ', '\t', '\r', '\n'])) {
            documents.push((start, text.get(start..at).unwrap_or_default()));
            start = at + 3;
        }
        at += line.len();
    }
    documents.push((start, text.get(start..).unwrap_or_default()));
    documents
}

/// Whether a node, a key or a node within is exactly the emission.
fn holds(node: &Node, range: &std::ops::Range<usize>, emission: &Emission) -> bool {
    let Emitted::Literal(value) = &emission.value else {
        return false;
    };
    if node.range == *range {
        return equals(&node.to_value(), value, 0);
    }
    let around = |outer: &std::ops::Range<usize>| outer.start <= range.start && range.end <= outer.end;
    match &node.content {
        Content::Scalar(_) => false,
        Content::Sequence { items, .. } => items
            .iter()
            .any(|item| around(&item.range) && holds(item, range, emission)),
        Content::Mapping { entries, .. } => entries.iter().any(|entry| {
            (entry.key_range == *range && value.as_str() == Some(&entry.key))
                || (around(&entry.value.range) && holds(&entry.value, range, emission))
        }),
    }
}

fn equals(read: &serde_json::Value, value: &Value, depth: usize) -> bool {
    if depth > crate::render::literal::MAXIMUM_DEPTH + 1 {
        return false;
    }
    match read {
        serde_json::Value::Null => value.is_none(),
        serde_json::Value::Bool(flag) => value.kind() == ValueKind::Bool && value.is_true() == *flag,
        serde_json::Value::Number(number) => {
            let as_float = || f64::try_from(value.clone()).ok().zip(number.as_f64());
            value.kind() == ValueKind::Number
                && (i128::try_from(value.clone()).is_ok_and(|own| number.to_string().parse() == Ok(own))
                    || as_float().is_some_and(|(own, read)| own.to_bits() == read.to_bits()))
        }
        serde_json::Value::String(text) => value.as_str() == Some(text),
        serde_json::Value::Array(items) => {
            let own = value.try_iter().map(Iterator::collect::<Vec<_>>).unwrap_or_default();
            matches!(value.kind(), ValueKind::Seq | ValueKind::Iterable)
                && own.len() == items.len()
                && items.iter().zip(&own).all(|(item, own)| equals(item, own, depth + 1))
        }
        serde_json::Value::Object(members) => {
            value.kind() == ValueKind::Map
                && value.len() == Some(members.len())
                && members
                    .iter()
                    .all(|(key, member)| value.get_attr(key).is_ok_and(|own| equals(member, &own, depth + 1)))
        }
    }
}
