//! Changes to a config document, by JSON Pointer.

use dagwright_core::{diagnostic::Operation, pointer::Pointer};
use serde_json::Value;

/// The document after all operations; none where one of them has no place to work on.
pub fn patched(document: &Value, operations: &[Operation]) -> Option<Value> {
    let mut changed = document.clone();
    operations
        .iter()
        .all(|operation| apply(&mut changed, operation))
        .then_some(changed)
}

fn apply(document: &mut Value, operation: &Operation) -> bool {
    match operation {
        Operation::Add { path, value } => add(document, path, value.clone()),
        Operation::Replace { path, value } => match document.pointer_mut(path.as_str()) {
            Some(place) => {
                *place = value.clone();
                true
            }
            None => false,
        },
        Operation::Remove { path } => path.remove(document).is_some(),
    }
}

/// Inserts into a list (`-` is its end) or sets a member, making the objects on the way.
fn add(document: &mut Value, path: &Pointer, value: Value) -> bool {
    let (Some(parent), Some(token)) = (path.parent(), path.last()) else {
        *document = value;
        return true;
    };
    if let Some(Value::Array(items)) = document.pointer_mut(parent.as_str()) {
        let index = if token == "-" {
            Some(items.len())
        } else {
            token.parse().ok()
        };
        return match index {
            Some(index) if index <= items.len() => {
                items.insert(index, value);
                true
            }
            _ => false,
        };
    }
    path.set(document, value)
}

/// Puts an item at the end of a list, which is made where it is missing. Answers with the index of the item.
pub fn push(document: &mut Value, list: &Pointer, item: Value) -> Option<usize> {
    if !matches!(list.get(document), Some(Value::Array(_))) {
        list.set(document, Value::Array(Vec::new())).then_some(())?;
    }
    let items = document.pointer_mut(list.as_str())?.as_array_mut()?;
    items.push(item);
    Some(items.len() - 1)
}

/// Puts a copy of an item behind it. Answers with the index of the copy.
pub fn duplicate(document: &mut Value, list: &Pointer, index: usize) -> Option<usize> {
    let items = document.pointer_mut(list.as_str())?.as_array_mut()?;
    let copy = items.get(index)?.clone();
    items.insert(index + 1, copy);
    Some(index + 1)
}

/// Moves the item at `from` so that it stands at `to`.
pub fn move_item(document: &mut Value, list: &Pointer, from: usize, to: usize) -> bool {
    let Some(Value::Array(items)) = document.pointer_mut(list.as_str()) else {
        return false;
    };
    if from >= items.len() || to >= items.len() {
        return false;
    }
    let item = items.remove(from);
    items.insert(to, item);
    true
}

/// Gives the entry at `index` of a map another name, in its old place. Refused where another entry has that name.
pub fn rename(document: &mut Value, map: &Pointer, index: usize, name: &str) -> bool {
    let Some(Value::Object(members)) = document.pointer_mut(map.as_str()) else {
        return false;
    };
    if index >= members.len() {
        return false;
    }
    if members
        .keys()
        .enumerate()
        .any(|(position, key)| key == name && position != index)
    {
        return false;
    }
    *members = std::mem::take(members)
        .into_iter()
        .enumerate()
        .map(|(position, (key, value))| {
            let key = if position == index { name.to_owned() } else { key };
            (key, value)
        })
        .collect();
    true
}

/// The name of the entry at `index` of a map.
pub fn key_at(document: &Value, map: &Pointer, index: usize) -> Option<String> {
    map.get(document)?.as_object()?.keys().nth(index).cloned()
}

/// How many items or entries a value holds.
pub fn count(value: Option<&Value>) -> usize {
    match value {
        Some(Value::Array(items)) => items.len(),
        Some(Value::Object(members)) => members.len(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn at(text: &str) -> Pointer {
        Pointer::from_encoded(text)
    }

    #[test]
    fn a_patch_is_applied_whole_or_not_at_all() {
        let document = json!({"steps": [{"id": "a"}, {"id": "b"}]});
        let add = Operation::Add {
            path: at("/steps/1"),
            value: json!({"id": "between"}),
        };
        let wrong = Operation::Replace {
            path: at("/nothing"),
            value: json!(1),
        };
        let changed = patched(&document, std::slice::from_ref(&add)).unwrap();
        assert_eq!(changed["steps"][1]["id"], "between");
        assert_eq!(patched(&document, &[add, wrong]), None);
    }

    #[test]
    fn adds_at_the_end_and_into_objects_that_are_missing() {
        let document = json!({"list": []});
        let operations = [
            Operation::Add {
                path: at("/list/-"),
                value: json!(1),
            },
            Operation::Add {
                path: at("/parameters/retries"),
                value: json!(2),
            },
            Operation::Remove { path: at("/list/0") },
        ];
        assert_eq!(
            patched(&document, &operations),
            Some(json!({"list": [], "parameters": {"retries": 2}}))
        );
    }

    #[test]
    fn items_move_both_ways() {
        let mut document = json!({"l": [1, 2, 3]});
        assert!(move_item(&mut document, &at("/l"), 0, 2));
        assert_eq!(document["l"], json!([2, 3, 1]));
        assert!(move_item(&mut document, &at("/l"), 2, 1));
        assert_eq!(document["l"], json!([2, 1, 3]));
        assert!(!move_item(&mut document, &at("/l"), 2, 3));
    }

    #[test]
    fn the_first_item_makes_its_list() {
        let mut document = json!({});
        assert_eq!(push(&mut document, &at("/parameters/steps"), json!("x")), Some(0));
        assert_eq!(document, json!({"parameters": {"steps": ["x"]}}));
    }

    #[test]
    fn a_renamed_entry_keeps_its_place_and_never_swallows_another() {
        let mut document = json!({"env": {"A": 1, "B": 2, "C": 3}});
        assert!(rename(&mut document, &at("/env"), 1, "Z"));
        let keys: Vec<_> = document["env"].as_object().unwrap().keys().collect();
        assert_eq!(keys, ["A", "Z", "C"]);
        assert!(!rename(&mut document, &at("/env"), 1, "C"));
        assert_eq!(document["env"]["Z"], 2);
    }
}
