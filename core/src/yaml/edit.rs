//! Editing: a changed value in a text whose comments, order and spelling are kept.

use std::ops::Range;

use serde_json::Value;

use super::{
    Content, Entry, Node, read,
    write::{entry, scalar, write, write_behind},
};

/// The text with `wanted` for a value, and whether the comments and the order of the old text could be kept.
///
/// Only what differs is written anew. The result is read again: where it does not read as `wanted`, the whole
/// document is written afresh.
pub(crate) fn edit(text: &str, wanted: &Value) -> (String, bool) {
    let (node, _) = read(text);
    if let Some(node) = node {
        if node.to_value() == *wanted {
            return (text.to_owned(), true);
        }
        let mut splices = Vec::new();
        if change(text, &node, wanted, 0, &mut splices) {
            let edited = splice(text, splices);
            if read(&edited).0.is_some_and(|node| node.to_value() == *wanted) {
                return (edited, true);
            }
        }
    }
    let kept = text.trim().is_empty();
    (write(wanted), kept)
}

type Splice = (Range<usize>, String);

/// Notes the changes that turn the text of `node` into `wanted`; false where they cannot be told apart.
fn change(text: &str, node: &Node, wanted: &Value, indentation: usize, splices: &mut Vec<Splice>) -> bool {
    match (&node.content, wanted) {
        (Content::Mapping { entries, flow: false }, Value::Object(members)) if !members.is_empty() => {
            change_mapping(text, entries, members, indentation, splices)
        }
        (Content::Sequence { items, flow: false }, Value::Array(values)) if items.len() == values.len() => items
            .iter()
            .zip(values)
            .all(|(item, value)| change_value(text, item, value, column(text, item.range.start), true, splices)),
        (Content::Scalar(_), Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => {
            let old = text.get(node.range.clone()).unwrap_or_default();
            if old.contains('\n') || old.starts_with(['|', '>']) {
                return false;
            }
            splices.push((node.range.clone(), scalar(wanted)));
            true
        }
        _ => false,
    }
}

fn change_mapping(
    text: &str,
    entries: &[Entry],
    members: &serde_json::Map<String, Value>,
    indentation: usize,
    splices: &mut Vec<Splice>,
) -> bool {
    for old in entries {
        match members.get(&old.key) {
            Some(value) => {
                if !change_value(text, &old.value, value, indentation, false, splices) {
                    let behind = old.key_range.end..whole_lines(text, old).end;
                    let fresh = format!(":{}", write_behind(value, indentation, false));
                    splices.push((behind, fresh));
                }
            }
            None => splices.push((whole_lines(text, old), String::new())),
        }
    }
    let fresh: Vec<_> = members
        .iter()
        .filter(|(key, _)| entries.iter().all(|old| old.key != **key))
        .collect();
    if fresh.is_empty() {
        return true;
    }
    let Some(last) = entries.last() else { return false };
    let end = whole_lines(text, last).end;
    let mut added = String::new();
    if !text.get(..end).unwrap_or_default().ends_with('\n') {
        added.push('\n');
    }
    for (key, value) in fresh {
        added.extend(std::iter::repeat_n(' ', indentation));
        entry(&mut added, key, value, indentation);
    }
    splices.push((end..end, added));
    true
}

/// Changes a value in place where only a part of it differs; false asks the caller to write it anew.
fn change_value(
    text: &str,
    node: &Node,
    wanted: &Value,
    indentation: usize,
    in_sequence: bool,
    splices: &mut Vec<Splice>,
) -> bool {
    if node.to_value() == *wanted {
        return true;
    }
    let inner = match (&node.content, in_sequence) {
        (Content::Mapping { entries, .. }, _) => entries
            .first()
            .map_or(indentation, |entry| column(text, entry.key_range.start)),
        _ => indentation,
    };
    let before = splices.len();
    let done = change(text, node, wanted, inner, splices);
    if !done {
        splices.truncate(before);
    }
    done
}

/// The column of an offset, from 0, in bytes: indentation is ASCII.
fn column(text: &str, offset: usize) -> usize {
    let before = text.get(..offset).unwrap_or_default();
    offset - before.rfind('\n').map_or(0, |at| at + 1)
}

/// The lines of a member of a block mapping, from its key to the line break behind its value.
fn whole_lines(text: &str, entry: &Entry) -> Range<usize> {
    let start = entry.key_range.start - column(text, entry.key_range.start).min(entry.key_range.start);
    let first = text.get(start..entry.key_range.start).unwrap_or_default();
    // Behind "- ", the first member of a list item shares its line with the dash.
    let start = if first.trim().is_empty() {
        start
    } else {
        entry.key_range.start
    };
    let last = entry.value.range.end.max(entry.key_range.end);
    let end = text
        .get(last..)
        .and_then(|rest| rest.find('\n'))
        .map_or(text.len(), |at| last + at + 1);
    start..end
}

fn splice(text: &str, mut splices: Vec<Splice>) -> String {
    splices.sort_by_key(|(range, _)| (range.start, range.end));
    let mut edited = String::with_capacity(text.len());
    let mut at = 0;
    for (range, fresh) in splices {
        edited.push_str(text.get(at..range.start.max(at)).unwrap_or_default());
        edited.push_str(&fresh);
        at = range.end.max(at);
    }
    edited.push_str(text.get(at..).unwrap_or_default());
    edited
}
