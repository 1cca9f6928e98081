//! What the schemas of others taught, each made as small as it goes.

use serde_json::{Value, json};

use super::{Prompts, Schema, compile, found};
use crate::{field::FieldKind, pointer::Pointer, words::Language};

fn warnings(schema: &Value) -> Vec<String> {
    let schema = compile(schema);
    let place = |fault: &super::super::Fault| format!("{} {}", fault.0, fault.1);
    schema.warnings().iter().map(place).collect()
}

#[test]
fn defaults_leave_a_fitting_answer_fitting() {
    let text = json!({"type": "string", "default": "x"});
    let two = json!({"type": "object", "properties": {"a": text, "b": text}});
    let with = |keyword: &str, value: Value| {
        let mut schema = two.clone();
        schema[keyword] = value;
        schema
    };
    let one_of = with("oneOf", json!([{"required": ["a"]}, {"required": ["b"]}]));
    let any_of = with("anyOf", json!([{"required": ["a", "c"]}, {"properties": {"b": false}}]));
    let refused = with("not", json!({"required": ["a", "b"]}));
    let few = with("maxProperties", json!(1));
    let narrowed = with("allOf", json!([{"properties": {"b": {"type": "null"}}}]));
    let closed = with("allOf", json!([{"properties": {"b": false}}]));
    for schema in [&one_of, &any_of, &refused, &few, &narrowed, &closed] {
        let value = json!({"a": "said"});
        let schema = json!({"properties": {"p": schema}});
        let value = json!({"p": value});
        assert_eq!(found(&schema, &value), [""; 0], "{schema}");
        assert_eq!(compile(&schema).with_defaults(&value), value, "{schema}");
    }
    // Nor do they make an object that would not fit.
    let whole = json!({"properties": {"p": {"type": "object", "properties": {"a": text, "c": {}}, "anyOf": [{"required": ["c"]}]}}});
    assert_eq!(compile(&whole).with_defaults(&json!({})), json!({}));
    let asking = json!({"properties": {"p": {"type": "object", "properties": {"a": text, "c": {}},
        "if": {"properties": {"a": {"const": "x"}}, "required": ["a"]}, "then": {"required": ["c"]}}}});
    assert_eq!(compile(&asking).with_defaults(&json!({})), json!({}));
    assert_eq!(found(&asking, &json!({"p": {}})), ["required /p/p/c"]);
    let telling = json!({"type": "object", "properties": {"a": text, "b": text},
        "if": {"properties": {"a": {"const": "x"}}, "required": ["a"]}, "then": {"properties": {"b": false}}});
    assert_eq!(compile(&telling).with_defaults(&json!({})), json!({"a": "x"}));
    let made = json!({"properties": {"p": telling}});
    assert_eq!(compile(&made).with_defaults(&json!({})), json!({"p": {"a": "x"}}));
    // Where nothing is broken, the branch that is meant has its defaults.
    let branch = json!({"oneOf": [{"properties": {"k": {"const": 1}, "a": text}, "required": ["k"]},
        {"properties": {"k": {"const": 2}, "b": text}, "required": ["k"]}]});
    assert_eq!(
        compile(&branch).with_defaults(&json!({"k": 2})),
        json!({"k": 2, "b": "x"})
    );
}

#[test]
fn a_default_with_an_unfit_part_is_left_out() {
    let schema = json!({"properties": {"p": {"type": "object", "default": {"a": null},
        "properties": {"a": {"type": "object"}}}}});
    assert_eq!(found(&schema, &json!({})), [""; 0]);
    assert_eq!(
        warnings(&schema),
        ["/properties/p/default The default does not fit the schema it stands in, and is not used."]
    );
}

#[test]
fn a_default_asks_for_nothing_more() {
    let lacking = json!({"type": "object", "default": {}, "required": ["a"]});
    let blank =
        json!({"type": "object", "default": {"a": ""}, "required": ["a"], "properties": {"a": {"type": "string"}}});
    let made = json!({"type": "object", "required": ["a"], "properties": {"a": {"type": "string", "default": ""}}});
    for (schema, place) in [
        (lacking, "required /p/p/a"),
        (blank, "required /p/p/a"),
        (made, "required /p/p"),
    ] {
        let mut schema = json!({"properties": {"p": schema}});
        assert_eq!(found(&schema, &json!({})), [""; 0], "{schema}");
        schema["required"] = json!(["p"]);
        assert_eq!(found(&schema, &json!({})), [place], "{schema}");
    }
}

#[test]
fn a_default_that_holds_itself_ends() {
    let schema = json!({"type": "object", "default": {}, "properties": {
        "items": {"default": {}, "anyOf": [{"$ref": "#"}, {"type": "array", "items": {"$ref": "#"}}]}}});
    assert_eq!(compile(&schema).with_defaults(&json!({})), json!({}));
    assert_eq!(
        compile(&schema).with_defaults(&json!({"items": {}})),
        json!({"items": {}})
    );
}

#[test]
fn what_is_left_out_refuses_nothing() {
    let ahead = json!({"pattern": "^(?!a)"});
    let foreign = json!({"$ref": "https://example.com/other.json"});
    let cases = [
        (json!({"not": ahead}), json!("a")),
        (json!({"not": {"format": "of-nobody"}}), json!("a")),
        (json!({"not": {"$ref": "#/$defs/ahead"}}), json!("a")),
        (
            json!({"not": {"properties": {"a": {"$ref": "#/$defs/leads"}}}}),
            json!({"a": "a"}),
        ),
        (
            json!({"if": ahead, "then": {"type": "integer"}, "else": {"type": "boolean"}}),
            json!("a"),
        ),
        (json!({"oneOf": [foreign, {"type": "string"}]}), json!("a")),
        (
            json!({"oneOf": [{"type": "object", "patternProperties": {"^(?!a)": {}}}, {"required": ["a"]}]}),
            json!({"a": 1}),
        ),
        (
            json!({"$ref": "https://example.com/other.json", "unevaluatedProperties": false}),
            json!({"a": 1}),
        ),
    ];
    for (schema, value) in cases {
        let definitions = json!({"ahead": ahead, "leads": {"$ref": "#/$defs/ahead"}});
        let schema = json!({"properties": {"p": schema}, "$defs": definitions});
        assert_eq!(found(&schema, &json!({"p": value})), [""; 0], "{schema}");
        assert!(!warnings(&schema).is_empty(), "{schema}");
    }
    // What is whole beside it holds, and a reference into what became anyOf still leads there.
    let beside = json!({"properties": {"p": {"oneOf": [foreign, {"type": "string"}], "not": {"const": "a"}},
        "q": {"$ref": "#/properties/p/oneOf/1"}}});
    assert_eq!(found(&beside, &json!({"p": "a"})), ["not-allowed /p/p"]);
    assert_eq!(found(&beside, &json!({"q": 1})), ["wrong-type /p/q"]);
}

#[test]
fn a_reference_leads_from_where_no_keyword_is() {
    let schema = json!({"properties": {"p": {"$id": "https://example.com/p.json", "$ref": "#/shelf/box",
        "shelf": {"box": {"type": "object", "properties": {"a": {"$ref": "#/shelf/text"}}}, "text": {"type": "string"}}}}});
    assert_eq!(found(&schema, &json!({"p": {"a": 1}})), ["wrong-type /p/p/a"]);
}

#[test]
fn a_reference_may_count_from_the_document_around() {
    let schema = json!({"properties": {"p": {"$id": "https://example.com/p.json", "$ref": "#/definitions/named", "definitions": {
        "named": {"$id": "named", "oneOf": [{"$ref": "#/definitions/text"}]}, "text": {"type": "string"}}}}});
    assert_eq!(found(&schema, &json!({"p": 1})), ["wrong-type /p/p"]);
}

#[test]
fn two_references_of_one_schema_both_lead_where_they_say() {
    let schema = json!({"properties": {"p": {"$id": "https://example.com/p.json", "$dynamicAnchor": "all", "type": "object",
        "properties": {"a": {"$ref": "#/$defs/text", "$dynamicRef": "#all"}, "b": {"$dynamicRef": "#all"}},
        "$defs": {"text": {"maxProperties": 1}}}}});
    let value = json!({"p": {"a": {"b": {"b": 1}, "c": 1}}});
    assert_eq!(
        found(&schema, &value),
        ["wrong-type /p/p/a/b/b", "too-many-entries /p/p/a"]
    );
}

#[test]
fn words_of_another_kind_are_left_out() {
    let schema = json!({"properties": {"p": {"type": "string", "deprecated": "use q", "title": 3}},
        "$defs": {"description": "All of them."}});
    assert_eq!(
        warnings(&schema),
        [
            "/properties/p/deprecated JSON Schema wants yes or no here.",
            "/properties/p/title JSON Schema wants text here.",
            "/$defs/description JSON Schema 2020-12 does not know this here.",
        ]
    );
}

#[test]
fn what_must_be_empty_is_said_to_be() {
    let schema = json!({"properties": {"p": {"type": "null"}}});
    let findings = compile(&schema).validate(&json!({"p": "a"}), &Pointer::root());
    assert_eq!(findings[0].params["expected"], json!(["null"]));
}

#[test]
fn an_empty_answer_is_not_yet_of_a_form() {
    let schema = json!({"properties": {"p": {"type": "object", "oneOf": [
        {"properties": {"a": {"type": "string"}}, "required": ["a"]}, {"properties": {"b": {"type": "string"}}, "required": ["b"]}]}}});
    let field = &compile(&schema).fields(&json!({"p": {}}), &Pointer::root(), None, &Prompts::default())[0];
    assert_eq!(field.kind, FieldKind::Group { fields: Vec::new() });
    assert_eq!((field.branches.len(), field.branch), (2, None));
    assert_eq!(field.value, Some(json!({})));
}

#[test]
fn many_branches_that_lead_back_stay_small() {
    let branch = |index: usize| json!({"anyOf": [{"type": "string"}, {"$ref": "#"}], "default": index.to_string()});
    let members: serde_json::Map<String, Value> = (0..300).map(|index| (format!("m{index}"), branch(index))).collect();
    let schema = json!({"type": ["object", "null"], "properties": members});
    // Compiled one by one, these would have a hundred thousand parts.
    let schema = Schema::compile(&schema, Language::English).expect("a schema");
    assert_eq!(schema.validate(&json!({"m1": {"m2": "x"}}), &Pointer::root()), []);
}

#[test]
fn an_encoding_is_told_and_not_checked() {
    let schema = json!({"type": "string", "contentEncoding": "base64", "contentMediaType": "application/json"});
    let schema = json!({"properties": {"p": schema}});
    assert_eq!(found(&schema, &json!({"p": "no base64, and no JSON"})), [""; 0]);
}
