//! What the tests of the rules share, and the tests of all rules together.

use std::{collections::BTreeMap, env, fmt::Write as _, fs, path::Path};

use serde_json::{Value, json};

use super::{Context, RULES, check};
use crate::{
    finding::{Finding, Place},
    pointer::Pointer,
    python,
    schema::{Prompts, Schema},
    settings::Settings,
    words::{Language, tests::assert_filled},
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
        for text in [rule.summary, rule.why, rule.bad, rule.good] {
            assert!(!text.trim().is_empty(), "{} lacks a part", rule.code);
        }
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
            "\n## {}\n\n{}\n\n**Why.** {}\n\nInstead of\n\n```yaml\n{}\n```\n\nwrite\n\n```yaml\n{}\n```\n",
            rule.code, rule.summary, rule.why, rule.bad, rule.good
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
