//! Names for list items and map entries that stay the same when the items move.
//!
//! The *identity* of a place is its JSON Pointer with every index of a list (and every name in a map) replaced by the
//! row's number, such as `/parameters/steps/#7/image`. Identities make element ids and keys; pointers find values.

use std::{collections::BTreeMap, fmt::Write};

use dagwright_core::pointer::Pointer;
use serde_json::Value;

/// The numbers of the rows of every list and map, by the identity of the list or map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    numbers: BTreeMap<String, Vec<u32>>,
    next: u32,
}

impl Rows {
    /// The numbers of the rows of a list or map, from the first to the last.
    pub fn of(&self, identity: &str) -> &[u32] {
        self.numbers.get(identity).map_or(&[], Vec::as_slice)
    }

    /// Forgets all rows, for another document.
    pub fn renew(&mut self) {
        self.numbers.clear();
    }

    /// Makes the list have as many rows as it has items: rows fall away or come at the end.
    pub fn fit(&mut self, identity: &str, count: usize) {
        let numbers = self.numbers.entry(identity.to_owned()).or_default();
        numbers.truncate(count);
        while numbers.len() < count {
            numbers.push(self.next);
            self.next += 1;
        }
    }

    /// Moves a row along with its item; from behind the end is from the end.
    pub fn shift(&mut self, identity: &str, from: usize, to: usize) {
        if let Some(numbers) = self.numbers.get_mut(identity)
            && let from = from.min(numbers.len().saturating_sub(1))
            && from < numbers.len()
            && to < numbers.len()
        {
            let number = numbers.remove(from);
            numbers.insert(to, number);
        }
    }

    /// Takes a row away along with its item.
    pub fn remove(&mut self, identity: &str, index: usize) {
        if let Some(numbers) = self.numbers.get_mut(identity)
            && index < numbers.len()
        {
            numbers.remove(index);
        }
    }

    /// The identity of a place in the document.
    pub fn identity(&self, pointer: &Pointer, document: &Value) -> String {
        let mut identity = String::new();
        let mut place = Pointer::root();
        for token in pointer.tokens() {
            let index = match place.get(document) {
                Some(Value::Array(_)) => token.parse::<usize>().ok(),
                Some(Value::Object(members)) => members.keys().position(|key| *key == token),
                _ => None,
            };
            let number = index.and_then(|index| self.of(&identity).get(index));
            place = place.key(&token);
            match number {
                Some(number) => identity = row(&identity, *number),
                None => identity = Pointer::from_encoded(identity).key(&token).to_string(),
            }
        }
        identity
    }
}

/// The identity of a row.
pub fn row(list: &str, number: u32) -> String {
    format!("{list}/#{number}")
}

/// The id of the element that shows the field.
pub fn element_id(identity: &str) -> String {
    let mut id = String::from("field");
    for character in identity.chars() {
        match character {
            '/' => id.push('-'),
            '#' => id.push('r'),
            letter if letter.is_ascii_alphanumeric() || letter == '_' => id.push(letter),
            other => {
                // Writing to a String cannot fail.
                let _ = write!(id, ".{:x}", u32::from(other));
            }
        }
    }
    id
}

/// The id of the control for the name of an entry of a map.
pub fn name_id(identity: &str) -> String {
    format!("{}-name", element_id(identity))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_row_keeps_its_identity_when_it_moves() {
        let mut rows = Rows::default();
        rows.fit("/steps", 3);
        let document = json!({"steps": [{"id": 1}, {"id": 2}, {"id": 3}]});
        let last = Pointer::from_encoded("/steps/2/id");
        let before = rows.identity(&last, &document);
        assert_eq!(before, "/steps/#2/id");
        rows.shift("/steps", 2, 0);
        let first = Pointer::from_encoded("/steps/0/id");
        assert_eq!(rows.identity(&first, &document), before);
    }

    #[test]
    fn rows_of_maps_go_by_position() {
        let mut rows = Rows::default();
        rows.fit("/env", 2);
        let document = json!({"env": {"A": "x", "B": "y"}});
        assert_eq!(rows.identity(&Pointer::from_encoded("/env/B"), &document), "/env/#1");
    }

    #[test]
    fn numbers_are_never_used_twice() {
        let mut rows = Rows::default();
        rows.fit("/a", 2);
        rows.remove("/a", 1);
        rows.fit("/a", 2);
        assert_eq!(rows.of("/a"), [0, 2]);
    }

    #[test]
    fn element_ids_are_plain_and_distinct() {
        assert_eq!(
            element_id("/parameters/steps/#7/image"),
            "field-parameters-steps-r7-image"
        );
        assert_ne!(element_id("/a-b"), element_id("/a/b"));
    }
}
