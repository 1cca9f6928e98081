//! Answers that a link brings along: `#/new/kubernetes-job?package=finance&parameters/image=reports:1.2`.

use dagwright_core::pointer::Pointer;
use serde_json::Value;

/// The name that asks for an example of the template.
pub const EXAMPLE: &str = "example";
/// Where answers may stand in a config.
const ROOTS: [&str; 4] = ["package", "name", "parameters", "environments"];
/// Answers deeper than this are no longer drawn.
const DEEPEST: usize = 32;

/// A document with the answers of a link; none where it brings none. Each is named by its place in the config, and is
/// JSON or, where it is none, a text.
pub fn document(blank: &Value, pairs: &[(String, String)]) -> Option<Value> {
    let mut document = blank.clone();
    let mut some = false;
    for (place, text) in pairs {
        let root = place.split('/').next().unwrap_or_default();
        if !ROOTS.contains(&root) || place.matches('/').count() > DEEPEST {
            continue;
        }
        let plain = || Value::from(text.as_str());
        let value = if root == place {
            plain()
        } else {
            serde_json::from_str(text).unwrap_or_else(|_| plain())
        };
        some |= Pointer::from_encoded(format!("/{place}")).set(&mut document, value);
    }
    some.then_some(document)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        let own = |(place, text): &(&str, &str)| ((*place).to_owned(), (*text).to_owned());
        pairs.iter().map(own).collect()
    }

    #[test]
    fn answers_are_json_or_texts() {
        let asked = pairs(&[
            ("name", "7"),
            ("parameters/image", "reports:1.2"),
            ("parameters/retries", "3"),
            ("parameters/version", "\"1.10\""),
            ("parameters/steps/0/name", "load"),
            ("parameters/tags", r#"["a"]"#),
        ]);
        assert_eq!(
            document(&json!({"template": "job@1"}), &asked),
            Some(json!({"template": "job@1", "name": "7", "parameters": {
                "image": "reports:1.2", "retries": 3, "version": "1.10", "steps": {"0": {"name": "load"}}, "tags": ["a"],
            }}))
        );
    }

    #[test]
    fn what_is_no_answer_is_left_alone() {
        let deep = format!("parameters{}", "/a".repeat(1000));
        let asked = pairs(&[("template", "other@1"), ("utm_source", "mail"), (&deep, "1"), ("example", "examples/a.yaml")]);
        assert_eq!(document(&json!({}), &asked), None);
    }
}
