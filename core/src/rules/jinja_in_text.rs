//! Text that Airflow would run.

use super::{Context, Example, Rule};
use crate::{field::FieldKind, finding::Finding};

pub(super) const RULE: Rule = Rule {
    code: "jinja-in-text",
    summary: "A text contains `{{`, `{%` or `{#`, and its schema does not ask for Jinja.",
    why: "Airflow renders the fields of operators with Jinja again: what looks like text would be run, with the rights of \
          the worker.",
    bad: Example::Answers("comment: \"{{ conn.warehouse.password }}\""),
    good: Example::Answers("comment: refreshed every night   # or let the template say `format: airflow-jinja`"),
    check,
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for text in &context.texts {
        let is_meant =
            matches!(&text.leaf.field.kind, FieldKind::Text { format: Some(format), .. } if format == "airflow-jinja");
        if is_meant || !text.words.contains('{') {
            continue;
        }
        let openings = ["{{", "{%", "{#"].into_iter();
        let first = openings
            .filter_map(|opening| Some((text.words.find(opening)?, opening)))
            .min();
        if let Some((_, opening)) = first {
            let finding = Finding::error(RULE.code, text.place.clone()).param("found", opening);
            findings.push(text.leaf.describe(finding));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::codes;
    use serde_json::json;

    #[test]
    fn tells_text_that_would_run() {
        let text = json!({"type": "string"});
        let jinja = json!({"type": "string", "format": "airflow-jinja"});
        let list = json!({"type": "array", "items": text});
        let map = json!({"type": "object", "additionalProperties": text});
        let anything = json!({});
        for (schema, value, expected) in [
            (&text, json!("{{ ds }}"), 1),
            (&text, json!("{% set x %}"), 1),
            (&text, json!("a {# note #}"), 1),
            (&text, json!("{ not } {jinja}"), 0),
            (&jinja, json!("{{ ds }}"), 0),
            (&list, json!(["ok", "{{ ds }}"]), 1),
            (&map, json!({"{{ ds }}": "ok", "b": "{{ ds }}"}), 2),
            (&anything, json!({"a": ["{{ ds }}"], "{%": 1}), 2),
        ] {
            assert_eq!(codes(schema, value.clone()), vec!["jinja-in-text"; expected], "{value}");
        }
    }
}
