//! What the tests of the rules share, and the tests of all rules together.

use std::{collections::BTreeMap, env, fmt::Write as _, fs, path::Path};

use serde_json::{Value, json};

use super::{Context, Example, RULES, check};
use crate::{
    finding::{Finding, Place},
    pointer::Pointer,
    python,
    schema::{Prompts, Schema},
    settings::Settings,
    words::{Language, tests::assert_filled},
    yaml,
};

/// What the rules find in one answer.
pub(super) fn findings(schema: &Value, value: Value) -> Vec<Finding> {
    findings_for(schema, value, &Settings::default())
}

/// What the rules find in one answer, under settings.
pub(super) fn findings_for(schema: &Value, value: Value, settings: &Settings) -> Vec<Finding> {
    let schema = json!({"type": "object", "properties": {"answer": schema}});
    let schema = Schema::compile(&schema, Language::English).expect("the schema of the test");
    let document = json!({"answer": value});
    let fields = schema.fields(&document, &Pointer::root(), None, &Prompts::default());
    let mut found = Vec::new();
    let context = Context::new(&fields, None, settings);
    check(&context, &mut found);
    for finding in &found {
        assert_filled(finding.code, &finding.params);
    }
    found
}

/// The codes of what the rules find in one answer.
pub(super) fn codes(schema: &Value, value: Value) -> Vec<&'static str> {
    findings(schema, value).iter().map(|finding| finding.code).collect()
}

/// A finding in Python, by the texts at its places and its params as JSON.
pub(super) struct Found {
    pub(super) params: BTreeMap<&'static str, String>,
    pub(super) place: String,
    pub(super) related: usize,
}

/// What the rule of one code finds in a Python file.
pub(super) fn found_in_python(code: &str, text: &str) -> Vec<Found> {
    let reading = python::read(text, &Settings::default().airflow).expect("the Python of the test");
    let mut findings = Vec::new();
    let settings = Settings::default();
    let context = Context::new(&[], Some(&reading), &settings);
    check(&context, &mut findings);
    findings
        .into_iter()
        .filter(|finding| finding.code == code)
        .map(|finding| {
            assert_filled(finding.code, &finding.params);
            let Place::Python(range) = finding.primary else {
                panic!("{code} is not in the Python");
            };
            Found {
                params: finding
                    .params
                    .iter()
                    .map(|(name, value)| (*name, value.to_string()))
                    .collect(),
                place: text[range].to_owned(),
                related: finding.related.len(),
            }
        })
        .collect()
}

#[test]
fn are_sorted_and_complete() {
    assert!(RULES.is_sorted_by(|one, other| one.code < other.code));
    for rule in RULES {
        for text in [rule.summary, rule.why] {
            assert!(!text.trim().is_empty(), "{} lacks a part", rule.code);
        }
    }
}

/// The imports that the examples in Python leave out.
const IMPORTS: &str = "from airflow.providers.standard.operators.empty import EmptyOperator\nfrom airflow.datasets import Dataset\nfrom airflow.sdk import DAG, TaskGroup\n";

/// What the examples answer.
fn example_schema() -> Value {
    let named = |inventory: &str| json!({"type": "string", "x-ui": {"inventory": inventory}});
    let asset = json!({"type": "string", "format": "asset-uri", "x-ui": {"inventory": "assets"}});
    json!({"type": "object", "additionalProperties": false, "properties": {
        "comment": {"type": "string"},
        "db_connection": named("connections"),
        "env": {"type": "object", "additionalProperties": {"type": "string"}},
        "image": {"type": "string", "format": "image"},
        "pool": named("pools"),
        "schedule": {"type": ["string", "object", "null"], "format": "schedule", "properties": {
            "assets": {"type": "array", "items": asset}, "wait_for": {"enum": ["all", "any"]}}},
        "slack_connection": named("connections"),
        "variable": named("variables"),
    }})
}

/// The codes of what all rules find in an example.
fn codes_in(example: Example) -> Vec<&'static str> {
    let inventory = json!({
        "assets": ["s3://lake/orders", "s3://lake/returns"], "connections": ["slack_default", "warehouse"],
        "pools": ["warehouse"], "variables": ["report_recipients"]
    });
    let mut settings = Settings {
        inventory: serde_json::from_value(inventory).expect("an inventory"),
        ..Settings::default()
    };
    if let Example::PythonOn(version, _) | Example::AnswersOn(version, _) = example {
        version.clone_into(&mut settings.airflow.version);
    }
    let mut found = Vec::new();
    let text = match example {
        Example::Python(text) | Example::PythonOn(_, text) => {
            let reading = python::read(&format!("{IMPORTS}{text}\n"), &settings.airflow).expect("Python");
            check(&Context::new(&[], Some(&reading), &settings), &mut found);
            return found.iter().map(|finding| finding.code).collect();
        }
        Example::Answers(text) | Example::AnswersOn(_, text) => text,
    };
    let (node, findings) = yaml::read(text);
    assert_eq!(findings, [], "{text}");
    let answers = node.expect("YAML").to_value();
    let schema = Schema::compile(&example_schema(), Language::English).expect("a schema");
    assert_eq!(schema.validate(&answers, &Pointer::root()), [], "{text}");
    let fields = schema.fields(&answers, &Pointer::root(), None, &Prompts::default());
    check(&Context::new(&fields, None, &settings), &mut found);
    found.iter().map(|finding| finding.code).collect()
}

#[test]
fn each_finds_its_bad_example_and_nothing_is_found_in_the_good_one() {
    for rule in RULES {
        assert_eq!(codes_in(rule.bad), [rule.code], "the bad example of {}", rule.code);
        assert_eq!(codes_in(rule.good), [""; 0], "the good example of {}", rule.code);
    }
}

/// An example as it stands in the document.
fn printed(example: Example) -> String {
    match example {
        Example::Python(text) => format!("```python\n{text}\n```\n"),
        Example::PythonOn(version, text) => format!("```python\n# on Airflow {version}\n{text}\n```\n"),
        Example::Answers(text) => format!("```yaml\n{text}\n```\n"),
        Example::AnswersOn(version, text) => format!("```yaml\n# on Airflow {version}\n{text}\n```\n"),
    }
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the test compares the document with the rules; the engine reads no file"
)]
fn the_document_of_the_rules_is_current() {
    let mut document = String::from(
        "# Rules\n\nGenerated from the rules themselves (`core/src/rules`); `DAGWRIGHT_UPDATE=1 cargo test -p \
         dagwright-core` writes it anew.\n",
    );
    for rule in RULES {
        write!(
            document,
            "\n## {}\n\n{}\n\n**Why.** {}\n\nInstead of\n\n{}\nwrite\n\n{}",
            rule.code,
            rule.summary,
            rule.why,
            printed(rule.bad),
            printed(rule.good)
        )
        .expect("a String takes all");
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/rules.md");
    if env::var_os("DAGWRIGHT_UPDATE").is_some() {
        fs::create_dir_all(path.parent().expect("docs/")).expect("docs/ can be made");
        fs::write(&path, &document).expect("docs/rules.md can be written");
    }
    let written = fs::read_to_string(&path).expect("docs/rules.md is there; DAGWRIGHT_UPDATE=1 writes it");
    assert_eq!(
        written, document,
        "docs/rules.md is not current; DAGWRIGHT_UPDATE=1 writes it anew"
    );
}
