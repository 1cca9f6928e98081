use std::{fmt::Write as _, sync::LazyLock};

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Prompts, Schema};
use crate::{
    diagnostic::Operation,
    field::{Field, FieldKind},
    finding::{Finding, Place},
    pointer::Pointer,
    words::{Language, tests::assert_filled},
};

mod shapes;
mod wild;

fn compile(schema: &Value) -> Schema {
    Schema::compile(schema, Language::English).unwrap_or_else(|faults| panic!("{schema}: {faults:?}"))
}

/// A finding as `code place`, with `~` before the place of a name.
fn brief(finding: &Finding) -> String {
    match &finding.primary {
        Place::Value(pointer) => format!("{} {pointer}", finding.code),
        Place::Key(pointer) => format!("{} ~{pointer}", finding.code),
        other => format!("{} {other:?}", finding.code),
    }
}

fn found(schema: &Value, value: &Value) -> Vec<String> {
    let at = Pointer::root().key("p");
    let findings = compile(schema).validate(value, &at);
    for finding in &findings {
        assert_filled(finding.code, &finding.params);
    }
    findings.iter().map(brief).collect()
}

#[test]
fn one_value_has_one_finding() {
    let text = json!({"type": "object", "required": ["a"], "additionalProperties": false, "properties": {
        "a": {"type": "string", "minLength": 3, "pattern": "^[a-z]+$", "format": "dag-id"}}});
    let number = json!({"properties": {"a": {"type": "integer", "minimum": 2, "maximum": 9, "multipleOf": 2}}});
    let list = json!({"properties": {"a": {"type": "array", "minItems": 1, "maxItems": 2, "uniqueItems": true,
        "items": {"type": "object", "required": ["n"], "properties": {"n": {"type": "string"}}}}}});
    let twins = json!({"properties": {"a": {"uniqueItems": true}}});
    let map = json!({"properties": {"a": {"type": "object", "propertyNames": {"pattern": "^[A-Z]+$"},
        "additionalProperties": {"type": "string"}}}});
    let forms = json!({"properties": {"a": {"type": "string", "format": "schedule"},
        "b": {"type": "string", "format": "ipv4"}, "c": {"type": "string", "format": "image"}}});
    let cases: Vec<(&Value, Value, &[&str])> = vec![
        (&text, json!({"a": "abc"}), &[]),
        (&text, json!({}), &["required /p/a"]),
        (&text, json!({"a": ""}), &["required /p/a"]),
        (&text, json!({"a": "  "}), &["required /p/a"]),
        (&text, json!({"a": null}), &["required /p/a"]),
        (&text, json!({"a": 5}), &["wrong-type /p/a"]),
        (&text, json!({"a": "a b"}), &["format-dag-id /p/a"]),
        (&text, json!({"a": "ab"}), &["too-short /p/a"]),
        (&text, json!({"a": "ABC"}), &["pattern /p/a"]),
        (
            &text,
            json!({"a": "abc", "b": 1, "c/d": 2}),
            &["unknown-parameter ~/p/b", "unknown-parameter ~/p/c~1d"],
        ),
        (&text, json!([]), &["wrong-type /p"]),
        (&number, json!({"a": 1}), &["too-small /p/a"]),
        (&number, json!({"a": 11}), &["too-large /p/a"]),
        (&number, json!({"a": 5}), &["not-multiple /p/a"]),
        (&number, json!({"a": 4.0}), &[]),
        (&number, json!({"a": "4"}), &["wrong-type /p/a"]),
        (&list, json!({"a": []}), &["too-few-items /p/a"]),
        (
            &list,
            json!({"a": [{"n": "x"}, {"n": "y"}, {"n": "z"}]}),
            &["too-many-items /p/a"],
        ),
        (
            &list,
            json!({"a": [{"n": "x"}, {"n": "x"}]}),
            &["duplicate-items /p/a/1"],
        ),
        (&twins, json!({"a": [1, 1.0]}), &["duplicate-items /p/a/1"]),
        (
            &twins,
            json!({"a": [{"x": 1, "y": [2]}, 3, {"y": [2.0], "x": 1}]}),
            &["duplicate-items /p/a/2"],
        ),
        (
            &list,
            json!({"a": [{"n": ""}, {}]}),
            &["required /p/a/0/n", "required /p/a/1/n"],
        ),
        (
            &map,
            json!({"a": {"UP": "x", "low": "y", "NUM": 1}}),
            &["wrong-type /p/a/NUM", "pattern ~/p/a/low"],
        ),
        (&forms, json!({"a": "61 * * * *"}), &["schedule-out-of-range /p/a"]),
        (&forms, json!({"b": "1.2.3"}), &["format /p/b"]),
        (
            &forms,
            json!({"c": "https://example.com/a"}),
            &["image-with-scheme /p/c"],
        ),
        (
            &forms,
            json!({"c": "", "a": ""}),
            &["empty-text /p/c", "schedule-empty /p/a"],
        ),
    ];
    for (schema, value, expected) in cases {
        let mut actual = found(schema, &value);
        actual.sort_unstable();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(actual, expected, "{value}");
    }
}

#[test]
fn reports_the_branch_that_was_meant() {
    let nullable = json!({"properties": {"a": {"anyOf": [{"type": "string", "minLength": 3}, {"type": "null"}]}}});
    let kinds = json!({"properties": {"a": {"oneOf": [
        {"title": "Query", "type": "object", "required": ["kind", "sql"], "additionalProperties": false,
            "properties": {"kind": {"const": "query"}, "sql": {"type": "string"}}},
        {"title": "Copy", "$ref": "#/$defs/copy"}]}},
        "$defs": {"copy": {"type": "object", "required": ["kind", "from"],
            "properties": {"kind": {"const": "copy"}, "from": {"type": "integer"}}}}});
    let by_members = json!({"properties": {"a": {"anyOf": [
        {"type": "object", "required": ["sql", "on"], "properties": {"sql": {"type": "string"}, "on": {"type": "string"}}},
        {"type": "object", "required": ["file"], "properties": {"file": {"type": "string"}}}]}}});
    let choice =
        json!({"properties": {"a": {"oneOf": [{"const": "s", "title": "Small"}, {"const": "l", "title": "Large"}]}}});
    let types = json!({"properties": {"a": {"anyOf": [{"type": "integer"}, {"type": "array"}]}}});
    let alike = json!({"properties": {"a": {"anyOf": [{"pattern": "^a"}, {"pattern": "^b"}], "type": "string"}}});
    let both = json!({"properties": {"a": {"oneOf": [{"minLength": 1}, {"maxLength": 9}], "type": "string"}}});
    let cases: Vec<(&Value, Value, &[&str])> = vec![
        (&nullable, json!({"a": null}), &[]),
        (&nullable, json!({"a": "ab"}), &["too-short /p/a"]),
        (&nullable, json!({"a": 5}), &["wrong-type /p/a"]),
        (&kinds, json!({"a": {"kind": "query"}}), &["required /p/a/sql"]),
        (
            &kinds,
            json!({"a": {"kind": "copy", "from": "x"}}),
            &["wrong-type /p/a/from"],
        ),
        (&kinds, json!({"a": {"kind": "move"}}), &["not-one-of /p/a/kind"]),
        (&kinds, json!({"a": {"from": 1}}), &["required-choice /p/a/kind"]),
        (
            &kinds,
            json!({"a": {"kind": "query", "sql": "x", "y": 1}}),
            &["unknown-parameter ~/p/a/y"],
        ),
        (&by_members, json!({"a": {"sql": "x"}}), &["required /p/a/on"]),
        (&choice, json!({"a": "m"}), &["not-one-of /p/a"]),
        (&choice, json!({"a": "l"}), &[]),
        (&types, json!({"a": "x"}), &["wrong-type /p/a"]),
        (&alike, json!({"a": "x"}), &["no-branch-fits /p/a"]),
        (&both, json!({"a": "x"}), &["several-fit /p/a"]),
    ];
    for (schema, value, expected) in cases {
        assert_eq!(found(schema, &value), expected, "{value}");
    }
}

#[test]
fn follows_conditions() {
    let schema = json!({
        "type": "object",
        "unevaluatedProperties": false,
        "properties": {"mode": {"enum": ["full", "part"], "default": "full"}},
        "if": {"properties": {"mode": {"const": "part"}}, "required": ["mode"]},
        "then": {"required": ["since"], "properties": {"since": {"type": "string", "format": "date"}}},
        "else": {"properties": {"tables": {"type": "integer", "default": 3}}},
        "dependentSchemas": {"tables": {"properties": {"order": {"type": "boolean", "default": true}}}},
    });
    let titles = |value: &Value| -> Vec<String> {
        let fields = compile(&schema).fields(value, &Pointer::root(), None, &Prompts::default());
        fields.iter().map(|field| field.title().to_owned()).collect()
    };
    assert_eq!(titles(&json!({})), ["Mode", "Tables", "Order"]);
    assert_eq!(titles(&json!({"mode": "part"})), ["Mode", "Since"]);
    assert_eq!(
        compile(&schema).with_defaults(&json!({})),
        json!({"mode": "full", "tables": 3, "order": true})
    );
    assert_eq!(found(&schema, &json!({"mode": "part"})), ["required /p/since"]);
    assert_eq!(
        found(&schema, &json!({"mode": "part", "since": "2026-02-30"})),
        ["date-not-in-calendar /p/since"]
    );
    assert_eq!(
        found(&schema, &json!({"mode": "part", "since": "2026-02-03", "tables": 1})),
        ["unknown-parameter ~/p/tables"]
    );
}

#[test]
fn says_where_it_is_in_the_words_of_the_form() {
    let schema = json!({"type": "object", "properties": {"steps": {"type": "array", "x-ui": {"item_title": "step"},
        "items": {"type": "object", "properties": {
            "name": {"type": "string"},
            "image": {"type": "string", "title": "Container image", "pattern": "^r", "x-ui": {"pattern_hint": "begin with r"}}}}}}});
    let value = json!({"steps": [{"name": "load", "image": "x"}, {"image": "x"}]});
    let findings = compile(&schema).validate(&value, &Pointer::root());
    let params: Vec<_> = findings.iter().map(|finding| &finding.params).collect();
    assert_eq!(params[0]["title"], "Container image");
    assert_eq!(params[0]["item"], "Step 1: load");
    assert_eq!(params[0]["hint"], "begin with r");
    assert_eq!(params[0]["path"], "/steps/0/image");
    assert_eq!(params[1]["item"], "Step 2: x");
}

#[test]
fn no_item_is_called_by_a_default_or_a_choice() {
    let schema = json!({"type": "object", "properties": {"steps": {"type": "array", "x-ui": {"item_title": "step"},
        "items": {"type": "object", "required": ["name"], "properties": {
            "mode": {"enum": ["append", "replace"]},
            "rule": {"type": "string", "default": "all_success"},
            "name": {"type": "string"}}}}}});
    let value = json!({"steps": [{}, {"mode": "append", "rule": "all_done"}]});
    let schema = compile(&schema);
    let findings = schema.validate(&schema.with_defaults(&value), &Pointer::root());
    let items: Vec<_> = findings.iter().map(|finding| &finding.params["item"]).collect();
    assert_eq!(items, ["Step 1", "Step 2"]);
}

#[test]
fn names_the_nearest_and_the_two_that_are_equal() {
    let schema = json!({"additionalProperties": false, "properties": {"retries": {}, "tags": {"uniqueItems": true}}});
    let findings = compile(&schema).validate(&json!({"retrys": 1, "tags": ["a", "b", "a"]}), &Pointer::root());
    let by_code = |code: &str| findings.iter().find(|finding| finding.code == code).unwrap();
    assert_eq!(by_code("unknown-parameter").params["near"], "retries");
    let twins = by_code("duplicate-items");
    assert_eq!(
        (&twins.params["first"], &twins.params["second"]),
        (&json!(1), &json!(3))
    );
    assert_eq!(twins.related, [Place::Value(Pointer::from_encoded("/tags/0"))]);
}

#[test]
fn offers_what_was_meant() {
    let schema = json!({"additionalProperties": false, "properties": {
        "retries": {}, "size": {"enum": ["small", "large"]}, "name": {"type": "string", "format": "dag-id"}}});
    let value = json!({"retrys": 1, "size": "smal", "name": "my dag"});
    let mut mended = json!({"p": value});
    for finding in compile(&schema).validate(&value, &Pointer::root().key("p")) {
        let fix = finding.fix.unwrap();
        assert!(!fix.safe);
        for operation in fix.operations {
            match operation {
                Operation::Add { path, value } | Operation::Replace { path, value } => {
                    assert!(path.set(&mut mended, value));
                }
                Operation::Remove { path } => assert!(path.remove(&mut mended).is_some()),
            }
        }
    }
    assert_eq!(mended, json!({"p": {"size": "small", "name": "my_dag", "retries": 1}}));
}

#[test]
fn a_vocabulary_that_is_not_known_is_refused() {
    let schema = |name: &str, must: bool| json!({"$vocabulary": {name: must}, "type": "string"});
    let own = "https://json-schema.org/draft/2020-12/vocab/validation";
    for (name, must, refused) in [
        (own, true, false),
        ("https://example.com/money", false, false),
        ("https://example.com/money", true, true),
    ] {
        let faults = Schema::compile(&schema(name, must), Language::English)
            .err()
            .unwrap_or_default();
        assert_eq!(faults.len(), usize::from(refused), "{name}");
        assert!(
            faults.iter().all(
                |(place, text)| place.as_str() == "/$vocabulary/https:~1~1example.com~1money" && text.contains(name)
            )
        );
    }
}

#[test]
fn stops_at_a_hundred() {
    let schema = json!({"items": {"type": "string"}});
    let value: Value = (0..5000).collect();
    assert_eq!(compile(&schema).validate(&value, &Pointer::root()).len(), 100);
    let closed = json!({"additionalProperties": false, "properties": {"retries": {}}});
    let value: Value = (0..19_000).map(|number| (format!("retry{number}"), json!(1))).collect();
    assert_eq!(compile(&closed).validate(&value, &Pointer::root()).len(), 100);
}

#[test]
fn fills_defaults_at_every_depth() {
    let schema = json!({
        "properties": {
            "a": {"type": "integer", "default": 1},
            "group": {"type": "object", "properties": {"x": {"default": 2}, "y": {"type": "string"}}},
            "needy": {"type": "object", "required": ["must"], "properties": {"x": {"default": 2}, "must": {"type": "string"}}},
            "list": {"items": {"$ref": "#/$defs/item"}},
            "map": {"additionalProperties": {"$ref": "#/$defs/item"}},
            "labels": {"type": "object", "default": {}, "additionalProperties": {"type": "string"}},
        },
        "$defs": {"item": {"type": "object", "properties": {"n": {"default": 3}, "name": {"type": "string"}}}},
    });
    let value = json!({"list": [{"name": "b"}, 7], "map": {"k": {}}, "a": null});
    let filled = compile(&schema).with_defaults(&value);
    assert_eq!(
        filled,
        json!({"list": [{"name": "b", "n": 3}, 7], "map": {"k": {"n": 3}}, "a": null, "group": {"x": 2}, "labels": {}})
    );
    let order: Vec<&String> = filled.as_object().unwrap().keys().collect();
    assert_eq!(order, ["list", "map", "a", "group", "labels"]);
    assert_eq!(compile(&schema).with_defaults(&filled), filled);
}

#[test]
fn schemas_that_hold_themselves_end() {
    let schema = json!({"$ref": "#/$defs/tree", "$defs": {
        "tree": {"type": "object", "properties": {
            "size": {"default": 1},
            "left": {"$ref": "#/$defs/tree"}, "right": {"$ref": "#/$defs/tree"},
            "more": {"type": "array", "items": {"$ref": "#/$defs/tree"}},
            "same": {"$ref": "#/$defs/same"}}},
        "same": {"allOf": [{"$ref": "#/$defs/tree"}]}}});
    let schema = compile(&schema);
    let filled = schema.with_defaults(&json!({"more": [{}]}));
    assert_eq!(filled["more"][0]["size"], 1);
    let fields = schema.fields(&json!({}), &Pointer::root(), None, &Prompts::default());
    assert_eq!(fields.len(), 5);
}

/// Schemas with a part that is left out: the place, the words for the author, and a value that fits all the same.
#[test]
fn leaves_out_what_it_cannot_use_and_says_so() {
    for (schema, place, part, fits) in [
        (
            json!({"properties": {"a": {"format": "dag_id"}}}),
            "/properties/a/format",
            "dag-id",
            json!({"a": "b c"}),
        ),
        (
            json!({"properties": {"a": {"$ref": "https://example.com/s.json"}}}),
            "/properties/a/$ref",
            "another document",
            json!({"a": [1]}),
        ),
        (json!({"x-ui": {"colour": 1}}), "/x-ui/colour", "hint", json!({})),
        (json!({"x-ui": 1}), "/x-ui", "hints", json!({})),
        (
            json!({"properties": {"a": {"pattern": "(?=a)b"}}}),
            "/properties/a/pattern",
            "look-around",
            json!({"a": "c"}),
        ),
        (
            json!({"patternProperties": {"^(?!x)": {"type": "integer"}}, "additionalProperties": false}),
            "/patternProperties",
            "look-around",
            json!({"a": "c"}),
        ),
        (
            json!({"properties": {"a": {"type": "integer", "default": "x"}}}),
            "/properties/a/default",
            "does not fit",
            json!({"a": 1}),
        ),
        (
            json!({"properties": {"a": {"format": "duration", "default": "x"}}}),
            "/properties/a/default",
            "does not fit",
            json!({"a": "1h"}),
        ),
        (
            json!({"properties": {"a": {"type": "integer", "required": true}}}),
            "/properties/a/required",
            "list of names",
            json!({}),
        ),
    ] {
        let compiled = compile(&schema);
        let warnings = compiled.warnings();
        assert_eq!(warnings.len(), 1, "{schema}: {warnings:?}");
        assert_eq!(warnings[0].0.as_str(), place, "{schema}: {warnings:?}");
        assert!(warnings[0].1.contains(part), "{schema}: {warnings:?}");
        assert_eq!(compiled.validate(&fits, &Pointer::root()), [], "{schema}");
    }
}

/// Older drafts say the same in other words: what fits, and what does not.
#[test]
fn reads_the_words_of_older_drafts() {
    let pair = json!({"$schema": "http://json-schema.org/draft-07/schema#", "definitions": {"n": {"type": "integer"}},
        "properties": {"a": {"type": "array", "items": [{"$ref": "#/definitions/n"}, {"type": "string"}],
            "additionalItems": false}, "b": {"$ref": "#/properties/a/items/1"}}});
    let dependent = json!({"dependencies": {"a": ["b"], "c": {"required": ["d"], "properties": {"d": {"type": "integer"}}}},
        "properties": {"e": {"$ref": "#/dependencies/c/properties/d"}}});
    let limits = json!({"id": "http://example.com/x.json#", "properties": {
        "a": {"minimum": 1, "exclusiveMinimum": true, "maximum": 3, "exclusiveMaximum": false}, "b": {"type": "any"}}});
    let named = json!({"$id": "https://example.com/a/root.json", "properties": {
        "a": {"$ref": "inner.json"}, "b": {"$ref": "#nice"}, "c": {"$ref": "inner.json#/$defs/deep"},
        "d": {"$ref": "/a/inner.json#there"}},
        "$defs": {"x": {"$id": "inner.json", "type": "integer", "$defs": {"deep": {"type": "boolean"},
            "far": {"$anchor": "there", "$ref": "#/$defs/deep"}}}, "y": {"$anchor": "nice", "type": "string"}}});
    let dynamic = json!({"$dynamicAnchor": "node", "type": "object", "additionalProperties": false, "properties": {
        "n": {"type": "integer"}, "next": {"$dynamicRef": "#node"}}});
    let recursive = json!({"type": "object", "additionalProperties": false, "properties": {
        "n": {"type": "integer"}, "next": {"$recursiveRef": "#"}}});
    let cases: Vec<(&Value, Value, &[&str])> = vec![
        (&pair, json!({"a": [1, "x"], "b": "y"}), &[]),
        (
            &pair,
            json!({"a": ["x", 1]}),
            &["wrong-type /p/a/0", "wrong-type /p/a/1"],
        ),
        (&pair, json!({"a": [1, "x", 2]}), &["not-asked ~/p/a/2"]),
        (&pair, json!({"b": 1}), &["wrong-type /p/b"]),
        (&dependent, json!({"a": 1}), &["required /p/b"]),
        (&dependent, json!({"c": 1}), &["required /p/d"]),
        (&dependent, json!({"e": "x"}), &["wrong-type /p/e"]),
        (&limits, json!({"a": 1}), &["not-more /p/a"]),
        (&limits, json!({"a": 3, "b": []}), &[]),
        (&named, json!({"a": 1, "b": "x", "c": true, "d": false}), &[]),
        (
            &named,
            json!({"a": "x", "b": 1, "c": 1, "d": 1}),
            &[
                "wrong-type /p/a",
                "wrong-type /p/b",
                "wrong-type /p/c",
                "wrong-type /p/d",
            ],
        ),
        (
            &dynamic,
            json!({"n": 1, "next": {"next": {"n": "x"}}}),
            &["wrong-type /p/next/next/n"],
        ),
        (
            &recursive,
            json!({"n": 1, "next": {"next": {"n": "x"}}}),
            &["wrong-type /p/next/next/n"],
        ),
    ];
    for (schema, value, expected) in cases {
        let mut actual = found(schema, &value);
        actual.sort_unstable();
        assert_eq!(actual, expected, "{schema} {value}");
        assert_eq!(compile(schema).warnings(), [], "{schema}");
    }
}

#[test]
fn refuses_schemas_that_are_wrong() {
    for (schema, place, part) in [
        (json!({"type": "strng"}), "/type", "JSON Schema"),
        (
            json!({"properties": {"a": {"$ref": "#/$defs/no"}}}),
            "/properties/a/$ref",
            "leads nowhere",
        ),
        (json!({"$ref": "#"}), "", "leads back to itself"),
        (
            json!({"properties": {"a": {"$ref": "#/$defs/a"}}, "$defs": {"a": {"anyOf": [{"not": {"$ref": "#/$defs/a"}}]}}}),
            "/$defs/a",
            "leads back to itself",
        ),
        (
            json!({"contains": {"$ref": "#/$defs/a"}, "$defs": {"a": {"if": {"allOf": [{"$ref": "#/$defs/a"}]}}}}),
            "/$defs/a",
            "leads back to itself",
        ),
    ] {
        let faults = Schema::compile(&schema, Language::English).expect_err("the schema is wrong");
        assert_eq!(faults.len(), 1, "{schema}: {faults:?}");
        assert_eq!(faults[0].0.as_str(), place, "{schema}: {faults:?}");
        assert!(faults[0].1.contains(part), "{schema}: {faults:?}");
    }
}

/// A form as an outline: one line a field.
fn outline(fields: &[Field], depth: usize, text: &mut String) {
    for field in fields {
        let indent = "  ".repeat(depth);
        let mark = if field.required { " *" } else { "" };
        let value = field
            .value
            .as_ref()
            .map_or_else(String::new, |value| format!(" = {value}"));
        let kind = match &field.kind {
            FieldKind::Text {
                format,
                multiline,
                suggestions,
                ..
            } => {
                let more = suggestions.join(", ");
                format!(
                    "text {format:?} {multiline}{}{more}",
                    if more.is_empty() { "" } else { " or " }
                )
            }
            FieldKind::Number {
                integer,
                minimum,
                maximum,
            } => format!("number {integer} {minimum:?} {maximum:?}"),
            FieldKind::Switch => "switch".to_owned(),
            FieldKind::Choice { options } => {
                let options: Vec<String> = options
                    .iter()
                    .map(|choice| format!("{} ({})", choice.label, choice.value))
                    .collect();
                format!("choice {}", options.join(", "))
            }
            FieldKind::Choices { options } => {
                let options: Vec<&str> = options.iter().map(|choice| choice.label.as_str()).collect();
                format!("choices {}", options.join(", "))
            }
            FieldKind::Schedule {
                presets,
                sentence,
                upcoming,
                ..
            } => {
                let presets: Vec<&str> = presets.iter().map(|choice| choice.label.as_str()).collect();
                format!("schedule {sentence:?} {upcoming:?} of {presets:?}")
            }
            FieldKind::List {
                item_title,
                blank,
                minimum,
                maximum,
                ..
            } => {
                format!("list of {item_title} {minimum}..{maximum:?}, new: {blank}")
            }
            FieldKind::Map { key_title, blank, .. } => format!("map by {key_title}, new: {blank}"),
            FieldKind::Group { .. } => "group".to_owned(),
            FieldKind::Yaml { text } => format!("yaml {text:?}"),
        };
        writeln!(
            text,
            "{indent}{}{mark} [{}] {kind}{value}",
            field.title(),
            field.pointer
        )
        .unwrap();
        for (index, branch) in field.branches.iter().enumerate() {
            let mark = if field.branch == Some(index) { "(x)" } else { "( )" };
            writeln!(text, "{indent}  {mark} {}: {}", branch.title, branch.value).unwrap();
        }
        match &field.kind {
            FieldKind::Group { fields: inner }
            | FieldKind::List { items: inner, .. }
            | FieldKind::Map { entries: inner, .. } => {
                outline(inner, depth + 1, text);
            }
            _ => {}
        }
    }
}

#[test]
fn draws_every_kind_of_question() {
    let schema = json!({
        "type": "object",
        "required": ["image", "kind", "size"],
        "properties": {
            "late": {"type": "string", "x-ui": {"widget": "textarea"}},
            "image": {"type": "string", "format": "image", "title": "Container image", "x-ui": {"order": 1}},
            "schedule": {"type": ["string", "null"], "format": "schedule", "default": "0 2 * * *"},
            "retries": {"type": "integer", "minimum": 0, "maximum": 10, "default": 2},
            "ratio": {"type": "number"},
            "paused": {"type": "boolean"},
            "size": {"oneOf": [{"const": "s", "title": "Small"}, {"const": "l", "title": "Large"}]},
            "level": {"enum": ["low", null, 3, true]},
            "steps": {"type": "array", "minItems": 1, "x-ui": {"item_title": "step"}, "items": {
                "type": "object", "required": ["name"],
                "properties": {"name": {"type": "string"}, "image": {"type": "string"}, "size": {"default": 5, "type": "integer"}}}},
            "tags": {"type": "array", "maxItems": 3, "items": {"type": "string"}},
            "env": {"type": "object", "additionalProperties": {"type": "string"}, "x-ui": {"key_title": "variable"}},
            "limits": {"type": "object", "properties": {"cpu": {"type": "string", "default": "1"}}},
            "free": {},
            "quantity": {"type": ["integer", "string"]},
            "wrong_list": {"type": "array", "items": {}},
            "wrong_text": {"type": "string"},
            "wrong_switch": {"type": "boolean"},
        },
        "oneOf": [
            {"title": "Query", "properties": {"kind": {"const": "query"}, "sql": {"type": "string", "format": "sql"}}},
            {"title": "Copy", "properties": {"kind": {"const": "copy"}, "from": {"type": "string"}}},
        ],
    });
    let value = json!({
        "kind": "copy", "retries": "two", "size": "m",
        "steps": [{"name": "load", "image": "a:1"}, {}, 5],
        "tags": ["x"], "env": {"A": "b", "C": 1}, "free": {"a": [1, null]},
        "wrong_list": "x", "wrong_text": {"a": 1}, "wrong_switch": "yes", "unknown": [1],
    });
    let fields = compile(&schema).fields(
        &value,
        &Pointer::root().key("parameters"),
        Some(1_768_472_400),
        &Prompts::default(),
    );
    let mut text = String::new();
    outline(&fields, 0, &mut text);
    insta::assert_snapshot!(text);
}

/// Puts the answers of a form back together.
fn collect(fields: &[Field], document: &mut Value) {
    for field in fields {
        if let Some(value) = &field.value {
            assert!(field.pointer.set(document, value.clone()), "{}", field.pointer);
        }
        match &field.kind {
            FieldKind::List { items: inner, .. } => {
                if !inner.is_empty() {
                    assert!(field.pointer.set(document, json!([])));
                }
                collect(inner, document);
            }
            FieldKind::Group { fields: inner } | FieldKind::Map { entries: inner, .. } => collect(inner, document),
            _ => {}
        }
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let name = prop::sample::select(vec![
        "text", "list", "map", "group", "kind", "free", "a", "b/c", "~", "",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        prop::sample::select(vec!["", "one", "two", "0 2 * * *", "{{ x }}"]).prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((name.clone(), inner), 0..5).prop_map(|members| {
                members
                    .into_iter()
                    .map(|(name, value)| (name.to_owned(), value))
                    .collect::<serde_json::Map<_, _>>()
                    .into()
            }),
        ]
    })
}

/// A schema with every kind of question, some of them inside of each other.
static MANY_KINDS: LazyLock<Schema> = LazyLock::new(|| {
    compile(&json!({
        "type": "object", "required": ["text", "kind"], "unevaluatedProperties": false,
        "properties": {
            "text": {"type": "string"},
            "list": {"type": "array", "uniqueItems": true, "items": {"$ref": "#/$defs/any"}},
            "map": {"type": "object", "additionalProperties": {"$ref": "#/$defs/any"}},
            "group": {"type": ["object", "null"], "properties": {"text": {"type": "string"}, "group": {"$ref": "#"}}},
            "free": {},
        },
        "oneOf": [
            {"properties": {"kind": {"const": "one"}, "a": {"type": "integer"}}},
            {"properties": {"kind": {"const": "two"}, "b/c": {"type": "boolean"}}},
        ],
        "if": {"required": ["list"]}, "then": {"properties": {"~": {"type": "string", "format": "schedule"}}},
        "$defs": {"any": {"anyOf": [{"type": "string", "format": "dag-id"}, {"type": "array", "items": {"type": "string"}},
            {"$ref": "#"}]}},
    }))
});

proptest! {
    #[test]
    fn a_form_loses_nothing(value in any_json()) {
        let Value::Object(_) = &value else { return Ok(()) };
        let fields = MANY_KINDS.fields(&value, &Pointer::root(), Some(0), &Prompts::default());
        let mut collected = json!({});
        collect(&fields, &mut collected);
        prop_assert_eq!(collected, value);
    }

    #[test]
    fn no_value_brings_the_engine_down(value in any_json()) {
        let schema = &*MANY_KINDS;
        let filled = schema.with_defaults(&value);
        prop_assert_eq!(schema.with_defaults(&filled), filled);
        let findings = schema.validate(&value, &Pointer::root());
        prop_assert_eq!(findings.is_empty(), schema.whole.is_valid(&schema.with_defaults(&value)) && !blank_answer(&value));
        for finding in &findings {
            assert_filled(finding.code, &finding.params);
        }
    }
}

/// Whether one of the two texts that must be given is blank, anywhere.
fn blank_answer(value: &Value) -> bool {
    match value {
        Value::Object(members) => {
            ["text", "kind"]
                .iter()
                .any(|name| members.get(*name).is_some_and(|text| text == ""))
                || members.values().any(blank_answer)
        }
        Value::Array(items) => items.iter().any(blank_answer),
        _ => false,
    }
}
