//! Stand-ins for answers that are not given yet, so that a file can be rendered and read for what is wrong already.

use dagwright_json_schema::JsonType;
use serde_json::{Map, Value};

use super::{Schema, Shape};
use crate::{finding::Finding, finding::Place, formats, pointer::Pointer};

/// How many answers may be missing.
const MOST_MISSING: usize = 1_000;

/// How deep missing answers may stand inside each other; a schema that requires itself would have no end.
const DEEPEST: usize = 20;

impl Schema {
    /// The answers with stand-ins for those that are missing, and for those that `findings` about the values at `at` call
    /// wrong. None where a choice is missing: what it will be decides what else there is.
    pub(crate) fn with_stand_ins(&self, said: &Value, findings: &[Finding], at: &Pointer) -> Option<Value> {
        let mut value = said.clone();
        for finding in findings {
            if let Place::Value(pointer) = &finding.primary
                && let Some(wrong) = pointer.strip_prefix(at)
            {
                take_out(&mut value, &wrong);
            }
        }
        let mut value = self.with_defaults(&value);
        let mut filling = Filling { schema: self, added: 0 };
        let shape = self.root(Some(&value));
        filling.inside(&shape, &mut value, 0)?;
        Some(value)
    }
}

/// Takes a wrong answer out; in a list something stays in its place, for the others keep theirs.
fn take_out(value: &mut Value, wrong: &Pointer) {
    let (Some(holder), Some(name)) = (wrong.parent(), wrong.last()) else {
        return;
    };
    let is_single = wrong
        .get(value)
        .is_some_and(|value| !value.is_object() && !value.is_array());
    match value.pointer_mut(holder.as_str()) {
        Some(Value::Object(members)) if is_single => {
            members.shift_remove(&name);
        }
        Some(Value::Array(items)) if is_single => {
            if let Some(item) = name.parse::<usize>().ok().and_then(|index| items.get_mut(index)) {
                *item = Value::Null;
            }
        }
        _ => {}
    }
}

struct Filling<'s> {
    schema: &'s Schema,
    added: usize,
}

impl<'s> Filling<'s> {
    /// Adds what is required inside a value and missing.
    fn inside(&mut self, shape: &Shape<'s>, value: &mut Value, depth: usize) -> Option<()> {
        match value {
            Value::Object(members) => {
                for (name, member) in &mut *members {
                    let inner = self.schema.member(shape, name, Some(member));
                    self.inside(&inner, member, depth + 1)?;
                }
                for name in shape.property_names() {
                    if shape.requires(name) && !members.contains_key(name) {
                        let inner = self.schema.member(shape, name, None);
                        members.insert(name.to_owned(), self.fresh(&inner, depth + 1)?);
                    }
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter_mut().enumerate() {
                    let inner = self.schema.item(shape, index, Some(item));
                    if item.is_null() && !inner.admits(item) {
                        *item = self.fresh(&inner, depth + 1)?;
                    } else {
                        self.inside(&inner, item, depth + 1)?;
                    }
                }
            }
            _ => {}
        }
        Some(())
    }

    /// Something that can stand where nothing does.
    fn fresh(&mut self, shape: &Shape<'s>, depth: usize) -> Option<Value> {
        self.added += 1;
        let types = shape.types();
        let is = |kind| types.is_some_and(|types| types.contains(kind));
        let decides = shape.options().is_some()
            || is(JsonType::Boolean)
            || !shape.nodes.iter().all(|node| node.branches.is_empty());
        if decides || depth > DEEPEST || self.added > MOST_MISSING {
            return None;
        }
        if is(JsonType::Object) {
            let mut value = Value::Object(Map::new());
            self.inside(shape, &mut value, depth)?;
            return Some(value);
        }
        if is(JsonType::Array) {
            return Some(Value::Array(Vec::new()));
        }
        let example = || shape.examples().iter().find(|example| shape.admits(example)).cloned();
        if is(JsonType::String) {
            // No two are alike, or one would be taken for the other.
            let text = format!("stand_in_{}", self.added);
            let fits = shape
                .format()
                .is_none_or(|format| formats::check(format, &text).is_ok());
            return if fits { Some(text.into()) } else { example() };
        }
        example().or_else(|| is(JsonType::Number).then(|| 1.into()))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::{pointer::Pointer, schema::Schema, words::Language};

    fn filled(schema: &Value, said: &Value) -> Option<Value> {
        let schema = Schema::compile(schema, Language::English).expect("the schema of the test");
        let at = Pointer::root().key("p");
        schema.with_stand_ins(said, &schema.validate(said, &at), &at)
    }

    #[test]
    fn what_is_missing_or_wrong_is_stood_in_for() {
        let step = json!({"type": "object", "required": ["name", "wait"], "properties": {
            "name": {"type": "string"}, "wait": {"type": "string", "format": "duration", "examples": ["1h"]},
            "after": {"type": "array", "items": {"type": "string", "format": "task-id"}}}});
        let schema = json!({"type": "object", "required": ["owner", "steps", "size"], "properties": {
            "owner": {"type": "string"}, "size": {"type": "integer", "examples": [4]},
            "steps": {"type": "array", "items": step}, "tries": {"type": "integer", "default": 2}}});
        assert_eq!(
            filled(
                &schema,
                &json!({"tries": "many", "steps": [{"name": "a", "wait": "?", "after": ["b", "c d"]}, {}]})
            ),
            Some(json!({
                "tries": 2, "owner": "stand_in_5", "size": 4,
                "steps": [{"name": "a", "wait": "1h", "after": ["b", "stand_in_1"]}, {"name": "stand_in_3", "wait": "1h"}]
            }))
        );
        assert_eq!(filled(&schema, &json!({})).unwrap()["steps"], json!([]));
    }

    #[test]
    fn nothing_stands_in_for_a_choice() {
        for inner in [
            json!({"enum": ["a", "b"]}),
            json!({"type": "boolean"}),
            json!({"oneOf": [{"type": "object"}, {"type": "string"}]}),
            json!({"$ref": "#"}),
        ] {
            let schema = json!({"type": "object", "required": ["x"], "properties": {"x": inner}});
            assert_eq!(filled(&schema, &json!({})), None, "{schema}");
        }
    }
}
