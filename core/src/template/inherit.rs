//! Inheritance: the document of a template with its parent's below it.
//!
//! * Members of the document are the child's where it has them. `outputs` and `sections` replace the parent's as a whole.
//! * `parameters`: properties of both. One that both have is merged member by member; lists in it replace. Those that the
//!   child names come first, in its order. `required` holds both lists; what has a default in the child is not required any
//!   more, unless the child says so. `$defs` and all else are merged member by member.
//! * `hide` takes a question away, and its default stands. `fix` takes it away, and the value given there stands.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::pointer::Pointer;

/// A document that has no parent any more.
#[derive(Clone, Debug, Default)]
pub(super) struct Merged {
    pub(super) document: Value,
    /// The values of questions that are not asked, by the names of the parameters.
    pub(super) fixed: Map<String, Value>,
}

/// What stands in the way of a merge: the place in the child's document, a code, and the name of the parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Conflict {
    pub(super) pointer: Pointer,
    pub(super) code: &'static str,
    pub(super) name: String,
}

/// Members that a child does not take from its parent.
const OWN: [&str; 9] = [
    "id",
    "version",
    "title",
    "summary",
    "status",
    "replaced_by",
    "deprecated",
    "extends",
    "migration",
];

/// A document without a parent.
pub(super) fn alone(mut document: Value) -> (Merged, Vec<Conflict>) {
    let mut fixed = Map::new();
    let conflicts = take_away(&mut document, &mut fixed);
    arrange(&mut document);
    (Merged { document, fixed }, conflicts)
}

/// A document over its parent's.
pub(super) fn merge(parent: &Merged, child: &Value) -> (Merged, Vec<Conflict>) {
    let mut conflicts = Vec::new();
    let mut document = Map::new();
    let inherited = parent.document.as_object().into_iter().flatten();
    for (name, value) in inherited.filter(|(name, _)| !OWN.contains(&name.as_str())) {
        document.insert(name.clone(), value.clone());
    }
    for (name, value) in child.as_object().into_iter().flatten() {
        let merged = match (name.as_str(), document.get(name)) {
            ("parameters", Some(below)) => schema(below, value, &mut conflicts),
            _ => value.clone(),
        };
        document.insert(name.clone(), merged);
    }
    let mut document = Value::Object(document);
    let mut fixed = parent.fixed.clone();
    conflicts.extend(take_away(&mut document, &mut fixed));
    arrange(&mut document);
    (Merged { document, fixed }, conflicts)
}

/// The schema of the parameters.
fn schema(parent: &Value, child: &Value, conflicts: &mut Vec<Conflict>) -> Value {
    let mut merged = parent.clone();
    let at = Pointer::root().key("parameters");
    let own = child.get("properties").and_then(Value::as_object);
    let inherited = parent.get("properties").and_then(Value::as_object);
    let mut properties = Map::new();
    for (name, property) in own.into_iter().flatten() {
        let below = inherited.and_then(|inherited| inherited.get(name));
        if let Some(below) = below
            && !narrows(below.get("type"), property.get("type"))
        {
            conflicts.push(Conflict {
                pointer: at.key("properties").key(name).key("type"),
                code: "template-merge-type",
                name: name.clone(),
            });
        }
        let mut value = below.cloned().unwrap_or_else(|| Value::Object(Map::new()));
        overlay(&mut value, property);
        properties.insert(name.clone(), value);
    }
    for (name, property) in inherited.into_iter().flatten() {
        if !properties.contains_key(name) {
            properties.insert(name.clone(), property.clone());
        }
    }
    overlay(&mut merged, child);
    if let Some(members) = merged.as_object_mut() {
        members.insert("properties".to_owned(), Value::Object(properties));
        let required = required(parent, child);
        members.insert("required".to_owned(), required);
    }
    merged
}

fn required(parent: &Value, child: &Value) -> Value {
    let list = |schema: &Value| -> Vec<String> {
        let names = schema.get("required").and_then(Value::as_array);
        let names = names.into_iter().flatten().filter_map(Value::as_str);
        names.map(str::to_owned).collect()
    };
    let own = list(child);
    let has_default = |name: &str| {
        child
            .get("properties")
            .and_then(|properties| properties.get(name)?.get("default"))
            .is_some()
    };
    let mut names = list(parent);
    names.retain(|name| !has_default(name));
    let known: BTreeSet<String> = names.iter().cloned().collect();
    names.extend(own.into_iter().filter(|name| !known.contains(name)));
    names.into()
}

/// Whether a type of the child is one that the parent allows.
fn narrows(parent: Option<&Value>, child: Option<&Value>) -> bool {
    let (Some(parent), Some(child)) = (parent, child) else {
        return true;
    };
    let names = |types: &Value| -> Vec<Value> {
        match types {
            Value::Array(names) => names.clone(),
            other => vec![other.clone()],
        }
    };
    let allowed = names(parent);
    let fits =
        |name: &Value| allowed.contains(name) || (name == "integer" && allowed.iter().any(|other| other == "number"));
    names(child).iter().all(fits)
}

/// Objects merge member by member; anything else replaces.
pub(super) fn overlay(below: &mut Value, above: &Value) {
    match (below, above) {
        (Value::Object(below), Value::Object(above)) => {
            for (name, value) in above {
                match below.get_mut(name) {
                    Some(member) => overlay(member, value),
                    None => {
                        below.insert(name.clone(), value.clone());
                    }
                }
            }
        }
        (below, above) => *below = above.clone(),
    }
}

/// Takes the questions away that `hide` and `fix` name.
fn take_away(document: &mut Value, fixed: &mut Map<String, Value>) -> Vec<Conflict> {
    let mut conflicts = Vec::new();
    let Some(members) = document.as_object_mut() else {
        return conflicts;
    };
    let hidden = match members.shift_remove("hide") {
        Some(Value::Array(names)) => names,
        _ => Vec::new(),
    };
    let values = match members.shift_remove("fix") {
        Some(Value::Object(values)) => values,
        _ => Map::new(),
    };
    let Some(schema) = members.get_mut("parameters").and_then(Value::as_object_mut) else {
        return conflicts;
    };
    let mut required: Vec<Value> = match schema.shift_remove("required") {
        Some(Value::Array(names)) => names,
        _ => Vec::new(),
    };
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        for (position, name) in hidden.iter().enumerate() {
            let name = name.as_str().unwrap_or_default();
            let mut refuse = |code| {
                conflicts.push(Conflict {
                    pointer: Pointer::root().key("hide").index(position),
                    code,
                    name: name.to_owned(),
                });
            };
            match properties.shift_remove(name) {
                Some(property) => match property.get("default") {
                    Some(default) => {
                        fixed.insert(name.to_owned(), default.clone());
                    }
                    None if required.iter().any(|other| other == name) => refuse("template-hidden-required"),
                    None => {}
                },
                None => refuse("template-inherited-unknown"),
            }
        }
        for (name, value) in &values {
            if properties.shift_remove(name).is_none() {
                conflicts.push(Conflict {
                    pointer: Pointer::root().key("fix").key(name),
                    code: "template-inherited-unknown",
                    name: name.clone(),
                });
            }
            fixed.insert(name.clone(), value.clone());
        }
        required.retain(|name| {
            name.as_str()
                .is_some_and(|name| properties.contains_key(name) || !fixed.contains_key(name))
        });
    }
    if !required.is_empty() {
        schema.insert("required".to_owned(), required.into());
    }
    conflicts
}

/// Puts the questions in the order of `sections`; those of other sections follow.
fn arrange(document: &mut Value) {
    let sections: Vec<String> = match document.get("sections").and_then(Value::as_array) {
        Some(names) => names.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        None => return,
    };
    let Some(properties) = document
        .pointer_mut("/parameters/properties")
        .and_then(Value::as_object_mut)
    else {
        return;
    };
    let mut entries: Vec<(String, Value)> = std::mem::take(properties).into_iter().collect();
    entries.sort_by_key(|(_, property)| {
        let section = property.pointer("/x-ui/section").and_then(Value::as_str);
        let rank = section.and_then(|section| sections.iter().position(|other| other == section));
        rank.unwrap_or(sections.len())
    });
    properties.extend(entries);
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Merged, alone, merge};

    fn base() -> Merged {
        let (merged, conflicts) = alone(json!({
            "id": "base",
            "version": "1.0.0",
            "owner": "platform",
            "sections": ["What", "When"],
            "outputs": [{"source": "dag.py.j2"}],
            "parameters": {
                "type": "object",
                "required": ["owner"],
                "additionalProperties": false,
                "properties": {
                    "schedule": {"type": ["string", "null"], "default": null, "x-ui": {"section": "When"}},
                    "owner": {"type": "string", "title": "Owner", "x-ui": {"section": "What"}},
                    "retries": {"type": "integer", "default": 2, "x-ui": {"section": "When"}},
                },
                "$defs": {"name": {"type": "string"}},
            },
        }));
        assert_eq!(conflicts, []);
        merged
    }

    fn names(document: &Value) -> Vec<&str> {
        let properties = document["parameters"]["properties"].as_object().unwrap();
        properties.keys().map(String::as_str).collect()
    }

    #[test]
    fn a_child_adds_and_overrides() {
        let (merged, conflicts) = merge(
            &base(),
            &json!({
                "id": "child",
                "version": "2.0.0",
                "extends": "base@1",
                "parameters": {
                    "type": "object",
                    "required": ["table"],
                    "properties": {
                        "table": {"$ref": "#/$defs/name", "x-ui": {"section": "What"}},
                        "retries": {"maximum": 5, "default": 3},
                        "owner": {"default": "sales"},
                    },
                    "$defs": {"name": {"maxLength": 5}},
                },
            }),
        );
        assert_eq!(conflicts, []);
        let document = &merged.document;
        assert_eq!(document["id"], "child");
        assert_eq!(document["owner"], "platform");
        assert_eq!(document["outputs"], json!([{"source": "dag.py.j2"}]));
        assert_eq!(names(document), ["table", "owner", "retries", "schedule"]);
        let parameters = &document["parameters"];
        assert_eq!(parameters["required"], json!(["table"]));
        assert_eq!(parameters["properties"]["retries"]["maximum"], 5);
        assert_eq!(parameters["properties"]["retries"]["type"], "integer");
        assert_eq!(parameters["properties"]["owner"]["title"], "Owner");
        assert_eq!(parameters["$defs"]["name"], json!({"type": "string", "maxLength": 5}));
        assert_eq!(parameters["additionalProperties"], false);
    }

    #[test]
    fn questions_are_hidden_and_fixed_through_several_levels() {
        let (middle, _) = merge(&base(), &json!({"id": "middle", "hide": ["retries"]}));
        assert_eq!(middle.fixed, *json!({"retries": 2}).as_object().unwrap());
        let (merged, conflicts) = merge(&middle, &json!({"id": "child", "fix": {"owner": "sales"}}));
        assert_eq!(conflicts, []);
        assert_eq!(
            merged.fixed,
            *json!({"retries": 2, "owner": "sales"}).as_object().unwrap()
        );
        assert_eq!(names(&merged.document), ["schedule"]);
        assert_eq!(merged.document["parameters"].get("required"), None);
    }

    #[test]
    fn what_cannot_be_merged_is_told() {
        let (_, conflicts) = merge(
            &base(),
            &json!({
                "hide": ["owner", "colour"],
                "fix": {"size": 3},
                "parameters": {"properties": {"retries": {"type": "string"}, "schedule": {"type": "string"}}},
            }),
        );
        let told: Vec<_> = conflicts
            .iter()
            .map(|conflict| (conflict.pointer.as_str(), conflict.code, conflict.name.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("/parameters/properties/retries/type", "template-merge-type", "retries"),
                ("/hide/0", "template-hidden-required", "owner"),
                ("/hide/1", "template-inherited-unknown", "colour"),
                ("/fix/size", "template-inherited-unknown", "size"),
            ]
        );
    }
}
