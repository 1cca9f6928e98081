//! JSON Pointer (RFC 6901): the one way this crate names a place in a document.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The address of a value inside a JSON document, such as `/parameters/steps/0/image`.
///
/// Pointers into a config always start at the root of the config document, never at its parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Pointer(String);

impl Pointer {
    /// The whole document.
    pub const fn root() -> Self {
        Self(String::new())
    }

    /// Takes a pointer that is already in RFC 6901 form, as libraries report it.
    pub fn from_encoded(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The member `key` of the value here.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + key.len() + 1);
        text.push_str(&self.0);
        text.push('/');
        for character in key.chars() {
            match character {
                '~' => text.push_str("~0"),
                '/' => text.push_str("~1"),
                other => text.push(other),
            }
        }
        Self(text)
    }

    /// The item at `index` (from 0) of the list here.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// This pointer, continued by another one.
    #[must_use]
    pub fn join(&self, rest: &Self) -> Self {
        Self(format!("{}{}", self.0, rest.0))
    }

    /// The value that holds this one; none for the root.
    pub fn parent(&self) -> Option<Self> {
        let cut = self.0.rfind('/')?;
        Some(Self(self.0.get(..cut)?.to_owned()))
    }

    /// What remains of this pointer below `ancestor`; none where it is not below it (or equal to it).
    pub fn strip_prefix(&self, ancestor: &Self) -> Option<Self> {
        let rest = self.0.strip_prefix(&ancestor.0)?;
        (rest.is_empty() || rest.starts_with('/')).then(|| Self(rest.to_owned()))
    }

    /// The unescaped reference tokens, from the root downwards.
    pub fn tokens(&self) -> impl DoubleEndedIterator<Item = String> + '_ {
        self.0
            .get(1..)
            .into_iter()
            .flat_map(|tokens| tokens.split('/'))
            .map(|token| token.replace("~1", "/").replace("~0", "~"))
    }

    /// The last reference token, unescaped.
    pub fn last(&self) -> Option<String> {
        self.tokens().next_back()
    }

    /// The value at this address.
    pub fn get<'a>(&self, document: &'a Value) -> Option<&'a Value> {
        document.pointer(&self.0)
    }

    /// Puts `value` at this address and makes the objects on the way that are missing.
    ///
    /// Returns false, and leaves the document alone, where the way leads through a scalar or past the end of a list.
    pub fn set(&self, document: &mut Value, value: Value) -> bool {
        let mut place = document;
        for token in self.tokens() {
            if place.is_null() {
                *place = Value::Object(serde_json::Map::new());
            }
            place = match place {
                Value::Object(members) => members.entry(token).or_insert(Value::Null),
                Value::Array(items) => {
                    let Ok(index) = token.parse::<usize>() else {
                        return false;
                    };
                    if index == items.len() {
                        items.push(Value::Null);
                    }
                    let Some(item) = items.get_mut(index) else {
                        return false;
                    };
                    item
                }
                _ => return false,
            };
        }
        *place = value;
        true
    }

    /// Takes the value at this address out of the document.
    pub fn remove(&self, document: &mut Value) -> Option<Value> {
        let parent = self.parent()?;
        let token = self.last()?;
        match document.pointer_mut(&parent.0)? {
            Value::Object(members) => members.shift_remove(&token),
            Value::Array(items) => {
                let index = token.parse::<usize>().ok()?;
                (index < items.len()).then(|| items.remove(index))
            }
            _ => None,
        }
    }

    /// The RFC 6901 text; empty for the root.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn escapes_and_unescapes_tokens() {
        let pointer = Pointer::root().key("a/b").key("c~d").index(2);
        assert_eq!(pointer.as_str(), "/a~1b/c~0d/2");
        assert_eq!(pointer.tokens().collect::<Vec<_>>(), ["a/b", "c~d", "2"]);
    }

    #[test]
    fn sets_makes_and_removes() {
        let mut document = json!({"a": [1]});
        assert!(Pointer::from_encoded("/b/c").set(&mut document, json!(true)));
        assert!(Pointer::from_encoded("/a/1").set(&mut document, json!(2)));
        assert!(!Pointer::from_encoded("/a/9").set(&mut document, json!(3)));
        assert_eq!(document, json!({"a": [1, 2], "b": {"c": true}}));
        assert_eq!(Pointer::from_encoded("/a/0").remove(&mut document), Some(json!(1)));
        assert_eq!(document, json!({"a": [2], "b": {"c": true}}));
    }

    #[test]
    fn a_longer_name_is_not_below_a_shorter_one() {
        let ancestor = Pointer::root().key("step");
        assert_eq!(Pointer::root().key("steps").strip_prefix(&ancestor), None);
        assert_eq!(
            Pointer::from_encoded("/step/0").strip_prefix(&ancestor),
            Some(Pointer::from_encoded("/0"))
        );
    }
}
