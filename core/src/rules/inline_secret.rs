//! Secrets that stand in a config.

use super::{Context, Example, Rule, Text};
use crate::{
    finding::{Finding, Place},
    secret,
};

pub(super) const RULE: Rule = Rule {
    code: "inline-secret",
    summary: "A value looks like a password, a key or a token.",
    why: "Everybody who can read the repository, its history, the generated file or Airflow's code view can use it.",
    bad: Example::Answers("env: {DB_PASSWORD: kR7!vq92-Lm}"),
    good: Example::Answers("db_connection: warehouse   # the name of an Airflow connection"),
    check,
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for text in &context.texts {
        if let Some(what) = secret::kind_of(name(text).as_deref(), &text.words) {
            let finding = Finding::error(RULE.code, text.place.clone()).param("what", what);
            findings.push(text.leaf.describe(finding));
        }
    }
}

/// The name that a value goes by: its own, or that of the list around it.
fn name(text: &Text<'_>) -> Option<String> {
    match &text.place {
        Place::Value(pointer) => pointer.tokens().rfind(|token| token.parse::<usize>().is_err()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{codes, findings};
    use serde_json::{Value, json};

    /// Spelled in halves, so that no scanner takes the test for a leak.
    fn token(beginning: &str, rest: &str) -> Value {
        json!(format!("{beginning}{rest}"))
    }

    #[test]
    fn tells_secrets_from_names() {
        let text = json!({"type": "string"});
        let random = "Zk3vT9qLw2Xn8Rb5Yc7Md1Ph4Gf6Js0AeUiQo";
        for (value, expected) in [
            (token("AKI", "AZ3VT9QLW2XN8RB5Y"), 1),
            (token("gl", &format!("pat-{random}")), 1),
            (token("gh", &format!("p_{random}")), 1),
            (token("xo", &format!("xb-{random}")), 1),
            (
                token(
                    "eyJ",
                    "hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVPmB92K27uhbUJU1p1r_wW",
                ),
                1,
            ),
            (token("-----BEGIN RSA PRI", "VATE KEY-----\nMIIE"), 1),
            (json!("postgres://app:s3cr3t@db/x"), 1),
            (json!("postgres://app@db/x"), 0),
            (json!("postgres://app:${PASSWORD}@db/x"), 0),
            (json!("https://example.com/a:b@c"), 0),
            (json!("gh"), 0),
            (token("gl", "pat-xxxxxxxxxxxxxxxxxxxxxxxx"), 0),
            (json!("reporting/seeder:1.4.2"), 0),
        ] {
            assert_eq!(codes(&text, value.clone()).len(), expected, "{value}");
        }
    }

    #[test]
    fn a_name_makes_a_long_literal_suspicious() {
        let map = json!({"type": "object", "additionalProperties": {"type": "string"}});
        for (name, value, expected) in [
            ("DB_PASSWORD", "kR7!vq92-Lm", 1),
            ("clientSecret", "kR7vq92Lm", 1),
            ("api_key", "0a1b2c3d4e5f", 1),
            ("TOKEN", "short", 0),
            ("password", "${DB_PASSWORD}", 0),
            ("password", "warehouse_password", 0),
            ("secret_name", "Prod-Warehouse-1", 0),
            ("TOKEN_URL", "https://Example.com/t", 0),
            ("monkey", "Bananas-are-1st", 0),
        ] {
            assert_eq!(codes(&map, json!({name: value})).len(), expected, "{name}: {value}");
        }
    }

    #[test]
    fn never_repeats_the_secret() {
        let map = json!({"type": "object", "additionalProperties": {"type": "string"}});
        let found = findings(&map, json!({"DB_PASSWORD": "kR7!vq92-Lm"}));
        assert_eq!(found.len(), 1);
        assert!(!format!("{found:?}").contains("kR7!vq92-Lm"));
    }
}
