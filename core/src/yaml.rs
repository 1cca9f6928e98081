//! YAML, read with places and within limits, and written so that every reader reads it alike.

mod edit;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub(crate) use edit::edit;
pub(crate) use read::{MAXIMUM_DEPTH, is_within_limits, read};
pub(crate) use write::write;

use std::ops::Range;

use serde_json::Value;

use crate::pointer::Pointer;

/// A value and the places of its parts in the text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    /// The byte range of the value, without its key.
    pub(crate) range: Range<usize>,
    pub(crate) content: Content,
}

/// What a node holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Content {
    Scalar(Value),
    Sequence { items: Vec<Node>, flow: bool },
    Mapping { entries: Vec<Entry>, flow: bool },
}

/// One member of a mapping.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_range: Range<usize>,
    pub(crate) value: Node,
}

impl Node {
    /// The plain value.
    pub(crate) fn to_value(&self) -> Value {
        match &self.content {
            Content::Scalar(value) => value.clone(),
            Content::Sequence { items, .. } => items.iter().map(Self::to_value).collect(),
            Content::Mapping { entries, .. } => entries
                .iter()
                .map(|entry| (entry.key.clone(), entry.value.to_value()))
                .collect::<serde_json::Map<_, _>>()
                .into(),
        }
    }

    /// The member of a mapping.
    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.content {
            Content::Mapping { entries, .. } => entries.iter().find(|entry| entry.key == key),
            _ => None,
        }
    }

    /// The place of the value at `pointer`, or of the nearest value around it that exists.
    pub(crate) fn place(&self, pointer: &Pointer) -> Range<usize> {
        let mut node = self;
        for token in pointer.tokens() {
            let Some(next) = node.child(&token) else { break };
            node = next;
        }
        node.range.clone()
    }

    /// The place of the name of the member at `pointer`, or of the nearest value around it.
    pub(crate) fn key_place(&self, pointer: &Pointer) -> Range<usize> {
        let entry = pointer.parent().zip(pointer.last()).and_then(|(parent, last)| {
            let holder = parent.tokens().try_fold(self, |node, token| node.child(&token))?;
            holder.entry(&last)
        });
        match entry {
            Some(entry) => entry.key_range.clone(),
            None => self.place(pointer),
        }
    }

    fn child(&self, token: &str) -> Option<&Self> {
        match &self.content {
            Content::Mapping { .. } => self.entry(token).map(|entry| &entry.value),
            Content::Sequence { items, .. } => items.get(token.parse::<usize>().ok()?),
            Content::Scalar(_) => None,
        }
    }
}
