//! The shapes that schemas in the wild have, and the forms that they become.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Prompts, Schema, any_json, collect, compile, outline};
use crate::pointer::Pointer;

fn drawn(schema: &Value, value: &Value) -> String {
    let mut text = String::new();
    outline(
        &compile(schema).fields(value, &Pointer::root(), None, &Prompts::default()),
        0,
        &mut text,
    );
    text
}

#[test]
fn branches_are_a_choice() {
    let schema = json!({"type": "object", "properties": {
        "source": {"title": "Source", "oneOf": [
            {"title": "A table", "type": "object", "additionalProperties": false, "required": ["table"],
                "properties": {"table": {"type": "string"}, "rows": {"type": "integer", "default": 5}, "note": {"type": "string"}}},
            {"$ref": "#/$defs/file_list"},
            {"type": "array", "items": {"type": "string"}},
            {"type": "string"}]},
        "mixed": {"type": ["string", "integer", "null"]},
        "nullable": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        "open": {"anyOf": [{"enum": ["small", "large"]}, {"type": "string"}]},
        "closed": {"anyOf": [{"enum": ["small"]}, {"enum": ["large"]}]},
        "bounds": {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}},
            "anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
    }, "$defs": {"file_list": {"type": "object", "properties": {
        "kind": {"const": "file"}, "path": {"type": "string"}, "note": {"type": "string"}}}}});
    insta::assert_snapshot!(drawn(
        &schema,
        &json!({"source": {"table": "t", "note": "n"}, "mixed": 3, "open": "other"})
    ));
}

#[test]
fn the_document_itself_may_have_several_forms() {
    let schema = json!({"title": "Copy", "type": "object", "properties": {"name": {"type": "string"}}, "oneOf": [
        {"properties": {"lorem": {"type": "string"}}, "required": ["lorem"]},
        {"properties": {"ipsum": {"type": "string"}}, "required": ["ipsum"]}]});
    insta::assert_snapshot!(drawn(&schema, &json!({"name": "n", "ipsum": "i"})));
}

#[test]
fn what_a_choice_gives_is_told_as_that_choice() {
    let schema = json!({"properties": {"a": {"anyOf": [
        {"type": "array", "items": {"type": "string"}}, {"type": "array", "items": {"type": "integer"}},
        {"type": "object", "properties": {"x": {"type": "string"}}}, {"type": "object", "properties": {"y": {"type": "string"}}},
        {"type": "boolean"}, {"type": "number"}]}}});
    let schema = compile(&schema);
    let at = Pointer::root();
    let mut value = json!({});
    let branches = schema.fields(&value, &at, None, &Prompts::default())[0]
        .branches
        .clone();
    assert_eq!(branches.len(), 6);
    for index in (0..6).chain((0..6).rev()) {
        value["a"] = schema.fields(&value, &at, None, &Prompts::default())[0].branches[index]
            .value
            .clone();
        assert_eq!(
            schema.fields(&value, &at, None, &Prompts::default())[0].branch,
            Some(index),
            "{value}"
        );
    }
}

#[test]
fn a_choice_that_is_told_by_a_member_drops_what_does_not_go_with_it() {
    let schema = json!({"type": "object", "properties": {"name": {"type": "string"}}, "oneOf": [
        {"properties": {"kind": {"const": "query"}, "sql": {"type": "string"}, "both": {"type": "string"}}},
        {"properties": {"kind": {"const": "copy"}, "from": {"type": "string"}, "both": {"type": "string"}}}]});
    let value = json!({"kind": "query", "sql": "select 1", "both": "b", "name": "n", "foreign": 1});
    let fields = compile(&schema).fields(&value, &Pointer::root(), None, &Prompts::default());
    let kind = fields
        .iter()
        .find(|field| field.title() == "Kind")
        .expect("the member that tells");
    let crate::field::FieldKind::Choice { options } = &kind.kind else {
        panic!("{kind:?}")
    };
    let drops = |index: usize| options[index].drops.iter().map(Pointer::as_str).collect::<Vec<_>>();
    assert_eq!(drops(0), [""; 0]);
    assert_eq!(drops(1), ["/sql"]);
}

#[test]
fn lists_and_maps_of_every_kind() {
    let schema = json!({"type": "object", "properties": {
        "point": {"type": "array", "prefixItems": [{"title": "Latitude", "type": "number"}, {"title": "Longitude", "type": "number"}],
            "items": false},
        "row": {"type": "array", "prefixItems": [{"type": "string"}], "items": {"type": "integer"}},
        "days": {"type": "array", "uniqueItems": true, "items": {"enum": ["mon", "tue"]}, "x-ui": {}},
        "twice": {"type": "array", "uniqueItems": true, "items": {"enum": ["mon", "tue"]}},
        "labels": {"type": "object", "patternProperties": {"^n_": {"type": "integer"}, "^t_": {"type": "string"}},
            "propertyNames": {"enum": ["n_a", "t_b"]}, "additionalProperties": false},
        "anything": {"type": "object", "additionalProperties": true},
    }});
    let value = json!({"point": [52.5], "row": ["x", 1, 2], "days": ["tue"], "twice": ["mon", "mon"],
        "labels": {"n_a": 1, "t_b": "x"}, "anything": {"x": [1]}});
    insta::assert_snapshot!(drawn(&schema, &value));
}

#[test]
fn a_schema_that_holds_itself_is_drawn_as_deep_as_the_value_goes() {
    let schema = json!({"$ref": "#/$defs/node", "$defs": {"node": {"type": "object", "properties": {
        "name": {"type": "string"}, "next": {"$ref": "#/$defs/node"}, "children": {"type": "array", "items": {"$ref": "#/$defs/node"}}}}}});
    insta::assert_snapshot!(drawn(
        &schema,
        &json!({"next": {"name": "a"}, "children": [{"children": []}]})
    ));
}

#[test]
fn hostile_schemas_stay_small() {
    // Each of ten members leads to an object of ten members, eight deep.
    let mut definitions = serde_json::Map::new();
    for level in 0..8 {
        let members: serde_json::Map<String, Value> = (0..10)
            .map(|member| (format!("m{member}"), json!({"$ref": format!("#/$defs/l{}", level + 1)})))
            .collect();
        definitions.insert(format!("l{level}"), json!({"type": "object", "properties": members}));
    }
    definitions.insert(
        "l8".to_owned(),
        json!({"type": "object", "properties": {"x": {"type": "string"}}}),
    );
    let schema = json!({"$ref": "#/$defs/l0", "$defs": definitions});
    let lines = drawn(&schema, &json!({})).lines().count();
    assert!(lines < 20_000, "{lines}");
}

#[test]
fn texts_say_what_they_are() {
    let schema = json!({"properties": {
        "query": {"type": "string", "format": "sql"}, "script": {"type": "string", "x-ui": {"language": "shell"}},
        "pool": {"type": "string", "format": "pool"}, "team": {"type": "string", "x-ui": {"inventory": "teams"}},
        "size": {"enum": ["s", "l"], "x-ui": {"labels": {"s": "Small"}}}, "level": {"enum": [1, 2], "enumNames": ["One", "Two"]},
        "told": {"type": "string", "description": "See [docs](https://example.com)."}}});
    let prompts = Prompts::default();
    let fields = compile(&schema).fields(&json!({}), &Pointer::root(), None, &prompts);
    let drawn = json!({"fields": fields, "prompts": prompts.into_list()});
    insta::assert_snapshot!(serde_json::to_string_pretty(&drawn).expect("fields are JSON"));
}

/// Small schemas of every kind, inside each other.
fn any_schema() -> impl Strategy<Value = Value> {
    let leaf = prop::sample::select(vec![
        json!({}),
        json!({"type": "string", "default": "x"}),
        json!({"type": "string", "minLength": 1, "maxLength": 2}),
        json!({"type": ["string", "null"], "format": "date"}),
        json!({"type": "integer", "minimum": 1, "default": 3}),
        json!({"type": ["integer", "boolean"]}),
        json!({"type": "boolean"}),
        json!({"enum": ["a", 1, null]}),
        json!({"const": "a"}),
        json!({"type": "array", "uniqueItems": true, "items": {"enum": ["a", "b"]}}),
        json!({"$ref": "#"}),
        json!({"$ref": "https://example.com/other.json"}),
        json!(false),
    ]);
    leaf.prop_recursive(3, 24, 3, |inner| {
        let members = prop::collection::vec(inner.clone(), 1..4).prop_map(|schemas| {
            let names = ["a", "b", "c"].into_iter().map(str::to_owned);
            names.zip(schemas).collect::<serde_json::Map<_, _>>()
        });
        let objects = (members, any::<bool>(), any::<bool>()).prop_map(|(members, needs, closed)| {
            let required = if needs { json!(["a"]) } else { json!([]) };
            let mut schema = json!({"type": "object", "properties": members, "required": required});
            if closed {
                schema["additionalProperties"] = json!(false);
            }
            schema
        });
        let several = prop::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            objects,
            inner
                .clone()
                .prop_map(|items| json!({"type": "array", "items": items, "maxItems": 2})),
            several
                .clone()
                .prop_map(|items| json!({"type": "array", "items": items, "additionalItems": false})),
            inner
                .clone()
                .prop_map(|other| json!({"type": "object", "patternProperties": {"^[ab]": other}})),
            several.clone().prop_map(|branches| json!({"oneOf": branches})),
            several.prop_map(|branches| json!({"anyOf": branches})),
            inner.prop_map(
                |then| json!({"properties": {"a": {}}, "if": {"required": ["a"]}, "then": {"properties": {"b": then}},
                "dependencies": {"c": ["a"]}})
            ),
        ]
    })
}

proptest! {
    #[test]
    fn any_schema_has_a_form_that_loses_nothing(schema in any_schema(), value in any_json()) {
        let schema = json!({"type": "object", "properties": {"a": schema}});
        let Ok(schema) = Schema::compile(&schema, crate::words::Language::English) else { return Ok(()) };
        let value = json!({"a": value});
        let filled = schema.with_defaults(&value);
        let fields = schema.fields(&value, &Pointer::root(), Some(0), &Prompts::default());
        let mut collected = json!({});
        collect(&fields, &mut collected);
        prop_assert_eq!(&collected, &value, "every part is in a field, and nothing else");
        let findings = schema.validate(&value, &Pointer::root());
        if !schema.whole.is_valid(&filled) {
            prop_assert!(!findings.is_empty(), "{}", filled);
        } else if !has_blank(&value) {
            prop_assert_eq!(findings, []);
        }
        // Whatever a choice offers can be drawn too.
        for branch in fields.iter().flat_map(|field| &field.branches) {
            let value = json!({"a": branch.value});
            let mut collected = json!({});
            collect(&schema.fields(&value, &Pointer::root(), None, &Prompts::default()), &mut collected);
            prop_assert_eq!(collected, value);
        }
    }
}

fn has_blank(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.values().any(has_blank),
        Value::Array(items) => items.iter().any(has_blank),
        other => other == "",
    }
}
