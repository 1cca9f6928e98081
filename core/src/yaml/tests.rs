use proptest::prelude::*;
use serde_json::{Value, json};

use super::{edit, is_within_limits, read, write};
use crate::pointer::Pointer;

fn codes(text: &str) -> Vec<(&'static str, String)> {
    read(text)
        .1
        .into_iter()
        .map(|finding| {
            let crate::finding::Place::Config(range) = finding.primary else {
                panic!("{finding:?}")
            };
            (finding.code, text.get(range).unwrap_or_default().to_owned())
        })
        .collect()
}

#[test]
fn reads_values_and_places() {
    let text = "a: 1\nb:\n  - x\n  - {c: true, \"d e\": null}\nf: |\n  one\n  two\n";
    let (node, findings) = read(text);
    assert_eq!(findings, []);
    let node = node.unwrap();
    assert_eq!(
        node.to_value(),
        json!({"a": 1, "b": ["x", {"c": true, "d e": null}], "f": "one\ntwo\n"})
    );
    let place = |pointer: &str| &text[node.place(&Pointer::from_encoded(pointer))];
    assert_eq!(place("/a"), "1");
    assert_eq!(place("/b/1/c"), "true");
    assert_eq!(place("/b/1"), "{c: true, \"d e\": null}");
    assert_eq!(place("/b/7"), "- x\n  - {c: true, \"d e\": null}");
    assert_eq!(&text[node.key_place(&Pointer::from_encoded("/b/1/d e"))], "\"d e\"");
}

#[test]
fn an_empty_text_is_an_empty_mapping() {
    for text in ["", "\n", "# only a comment\n", "---\n"] {
        let value = read(text).0.map(|node| node.to_value());
        assert!(
            matches!(value, Some(Value::Object(_) | Value::Null)),
            "{text:?} {value:?}"
        );
    }
}

#[test]
fn says_what_it_refuses() {
    let deep = format!("a: {}1{}", "[".repeat(40), "]".repeat(40));
    let many = "- 1\n".repeat(20_001);
    let large = "x".repeat(1_000_001);
    let cases = [
        ("a: [1, 2", "yaml-unclosed"),
        ("a: [1}", "yaml-syntax"),
        ("a: 1\n---\nb: 2\n", "yaml-several-documents"),
        ("a: &x 1\nb: *x\n", "yaml-alias"),
        ("a: !!python/object:os.system 1\n", "yaml-tag"),
        ("? [1]\n: 2\n", "yaml-key-not-text"),
        ("a: 99999999999999999999\n", "yaml-number"),
        ("a: .inf\n", "yaml-number"),
        (deep.as_str(), "yaml-too-deep"),
        (many.as_str(), "yaml-too-many-values"),
        (large.as_str(), "yaml-too-large"),
    ];
    for (text, code) in cases {
        let (node, findings) = read(text);
        assert!(node.is_none(), "{code}");
        assert_eq!(findings.last().map(|finding| finding.code), Some(code));
    }
}

#[test]
fn a_duplicate_key_is_said_and_the_first_holds() {
    let text = "a: 1\na: 2\n";
    assert_eq!(codes(text), [("yaml-duplicate-key", "a".to_owned())]);
    assert_eq!(read(text).0.unwrap().to_value(), json!({"a": 1}));
}

#[test]
fn says_what_other_readers_read_differently() {
    for text in [
        "yes",
        "Off",
        "0777",
        "0o17",
        "1_000",
        "12:30:45",
        "2024-01-31",
        "2024-1-3 10:00:00",
        "1e3",
        "0b11",
    ] {
        let document = format!("a: {text}\n");
        assert_eq!(codes(&document), [("yaml-ambiguous", text.to_owned())], "{text}");
    }
    for text in [
        "\"yes\"",
        "7",
        "-3",
        "1.5",
        "1.5e+3",
        "0x1F",
        "reporting/seeder:1.4.2",
        "0 2 * * *",
        "1.4.2",
        "2h",
        "true",
    ] {
        assert_eq!(codes(&format!("a: {text}\n")), [], "{text}");
    }
}

#[test]
fn writes_in_block_style() {
    let value = json!({
        "image": "reporting/seeder:1.4.2",
        "schedule": "0 2 * * *",
        "answer": "yes",
        "empty": {"list": [], "map": {}, "text": ""},
        "steps": [{"name": "a", "arguments": ["--x", "1"]}, {"name": "b"}],
        "matrix": [[1, 2], [3]],
        "description": "First line.\n\nSecond: line.",
        "large": 1e16,
    });
    insta::assert_snapshot!(write(&value), @r#"
    image: reporting/seeder:1.4.2
    schedule: "0 2 * * *"
    answer: "yes"
    empty:
      list: []
      map: {}
      text: ""
    steps:
      - name: a
        arguments:
          - "--x"
          - "1"
      - name: b
    matrix:
      -
        - 1
        - 2
      -
        - 3
    description: |-
      First line.

      Second: line.
    large: 1.0e+16
    "#);
}

#[test]
fn an_edit_keeps_comments_and_order() {
    let text = "# Why we run this.\ntemplate: kubernetes-job@1 # pinned\nparameters:\n  # Ask Mia before changing.\n  image: a:1\n\n  steps:\n    - name: x  # first\n      image: b:1\n  retries: 3\n";
    let mut value = read(text).0.unwrap().to_value();
    Pointer::from_encoded("/parameters/image").set(&mut value, json!("a:2"));
    Pointer::from_encoded("/parameters/steps/0/image").set(&mut value, json!("b: 2"));
    Pointer::from_encoded("/parameters/tags").set(&mut value, json!(["x"]));
    Pointer::from_encoded("/parameters/retries").remove(&mut value);
    let (edited, kept) = edit(text, &value);
    assert!(kept);
    insta::assert_snapshot!(edited, @r#"
    # Why we run this.
    template: kubernetes-job@1 # pinned
    parameters:
      # Ask Mia before changing.
      image: a:2

      steps:
        - name: x  # first
          image: "b: 2"
      tags:
        - x
    "#);
}

#[test]
fn an_edit_of_a_broken_text_writes_afresh_and_says_so() {
    let (edited, kept) = edit("a: [1", &json!({"a": 2}));
    assert_eq!((edited.as_str(), kept), ("a: 2\n", false));
}

fn values() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        "\\PC*",
        any::<String>(),
        "[a-z]{1,6}",
        "(yes|no|null|~|- x|a: b|#c|1e3|0o7|\\n x\\n|x \\n y)"
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_filter_map("finite", |float| float.is_finite().then(|| Value::from(float))),
        text.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::btree_map(text.clone(), inner, 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// A document is always a mapping.
fn documents() -> impl Strategy<Value = Value> {
    proptest::collection::btree_map("[a-z]{1,5}", values(), 0..5)
        .prop_map(|members| Value::Object(members.into_iter().collect()))
}

proptest! {
    #[test]
    fn what_is_written_reads_back(value in documents()) {
        let text = write(&value);
        let (node, findings) = read(&text);
        prop_assert!(findings.is_empty(), "{findings:?}\n{text}");
        prop_assert_eq!(node.map(|node| node.to_value()), Some(value.clone()), "{}", text);
        // The order of members and the kind of a number come back too.
        prop_assert_eq!(read(&text).0.map(|node| node.to_value().to_string()), Some(value.to_string()));
    }

    #[test]
    fn what_is_within_limits_reads_back(key in "\\PC{0,2000}|[a-z]{900,1200}", depth in 0..40_usize) {
        let value = (0..depth).fold(json!({ key: 1 }), |inner, _| json!([inner]));
        let text = write(&value);
        if is_within_limits(&value, &text) {
            prop_assert_eq!(read(&text), (read(&text).0, Vec::new()));
            prop_assert_eq!(read(&text).0.map(|node| node.to_value()), Some(value));
        }
    }

    #[test]
    fn what_is_edited_reads_back(old in documents(), new in documents()) {
        let (text, _) = edit(&write(&old), &new);
        prop_assert_eq!(read(&text).0.map(|node| node.to_value()), Some(new), "{}", text);
    }

    #[test]
    fn no_text_makes_it_panic(text in any::<String>(), near in "[-a-z:\\[\\]{}|>&*!%@'\"#?, \\n\\t]{0,60}") {
        read(&text);
        read(&near);
        edit(&near, &serde_json::json!({"a": {"b": [1]}}));
    }
}
