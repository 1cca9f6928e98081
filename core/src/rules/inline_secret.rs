//! Secrets that stand in a config.

use super::{Context, Example, Rule, Text};
use crate::finding::{Finding, Place};

pub(super) const RULE: Rule = Rule {
    code: "inline-secret",
    summary: "A value looks like a password, a key or a token.",
    why: "Everybody who can read the repository, its history, the generated file or Airflow's code view can use it.",
    bad: Example::Answers("env: {DB_PASSWORD: kR7!vq92-Lm}"),
    good: Example::Answers("db_connection: warehouse   # the name of an Airflow connection"),
    check,
};

/// Tokens that begin alike: the beginning, the fewest characters behind it, and the name of what it is.
const TOKENS: &[(&str, usize, &str)] = &[
    ("AKIA", 16, "aws-key"),
    ("ASIA", 16, "aws-key"),
    ("AIza", 35, "google-key"),
    ("GOCSPX-", 20, "google-key"),
    ("ghp_", 36, "github-token"),
    ("gho_", 36, "github-token"),
    ("ghs_", 36, "github-token"),
    ("ghu_", 36, "github-token"),
    ("github_pat_", 40, "github-token"),
    ("glpat-", 20, "gitlab-token"),
    ("gldt-", 20, "gitlab-token"),
    ("glptt-", 20, "gitlab-token"),
    ("glrt-", 20, "gitlab-token"),
    ("xoxb-", 20, "slack-token"),
    ("xoxp-", 20, "slack-token"),
    ("xapp-", 20, "slack-token"),
];

/// No token is shorter; most words are, and need no closer look.
const SHORTEST_TOKEN: usize = 20;

/// Names whose value is a secret.
const SECRET_NAMES: &[&str] = &[
    "apikey",
    "accesskey",
    "clientsecret",
    "credential",
    "credentials",
    "passphrase",
    "passwd",
    "password",
    "privatekey",
    "pwd",
    "secret",
    "secretkey",
    "token",
];

/// Endings of names that hold where a secret is kept, not the secret.
const REFERENCES: &[&str] = &[
    "arn",
    "backend",
    "conn",
    "connection",
    "env",
    "expiry",
    "field",
    "file",
    "id",
    "key",
    "length",
    "lifetime",
    "limit",
    "name",
    "path",
    "policy",
    "ref",
    "type",
    "url",
    "uri",
    "version",
];

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for text in &context.texts {
        if let Some(what) = kind_of(&text.words).or_else(|| named_secret(text)) {
            let finding = Finding::error(RULE.code, text.place.clone()).param("what", what);
            findings.push(text.leaf.describe(finding));
        }
    }
}

/// What a text is by its looks alone.
fn kind_of(text: &str) -> Option<&'static str> {
    if text.contains("PRIVATE KEY-----") && text.contains("-----BEGIN ") {
        return Some("private-key");
    }
    if has_uri_password(text) {
        return Some("uri-password");
    }
    text.split(|character: char| !is_token_character(character))
        .filter(|word| word.len() >= SHORTEST_TOKEN)
        .find_map(|word| {
            let known = TOKENS.iter().find(|(beginning, length, _)| {
                let rest = word.strip_prefix(beginning);
                rest.is_some_and(|rest| rest.len() >= *length && is_mixed(rest))
            });
            known
                .map(|(_, _, what)| *what)
                .or_else(|| is_jwt(word).then_some("jwt"))
        })
}

fn is_token_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '.')
}

/// Real tokens are drawn at random: placeholders such as `xxxx` or `<your-token>` are not.
fn is_mixed(text: &str) -> bool {
    let bytes = text.as_bytes();
    (0..=u8::MAX).filter(|byte| bytes.contains(byte)).count() >= 8
}

/// Three parts of base64, the first of which is a JSON object.
fn is_jwt(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    word.starts_with("eyJ") && parts.len() == 3 && parts.iter().take(2).all(|part| part.len() >= 10)
}

/// `scheme://user:password@host`.
fn has_uri_password(text: &str) -> bool {
    text.contains('@')
        && text.match_indices("://").any(|(offset, separator)| {
            let rest = text.get(offset + separator.len()..).unwrap_or_default();
            let end = rest
                .find(|character: char| character.is_whitespace() || matches!(character, '/' | '"' | '\'' | '?' | '#'));
            let authority = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
            let password = authority.rsplit_once('@').and_then(|(user, _)| user.split_once(':'));
            password.is_some_and(|(_, password)| !password.is_empty() && !is_placeholder(password))
        })
}

/// A long literal under a name that says secret.
fn named_secret(text: &Text<'_>) -> Option<&'static str> {
    let Place::Value(pointer) = &text.place else {
        return None;
    };
    let value = text.words.trim();
    let is_literal = value.chars().count() >= 8
        && !value.contains(char::is_whitespace)
        && !is_placeholder(value)
        && value
            .chars()
            .any(|character| !character.is_ascii_lowercase() && !matches!(character, '_' | '-' | '/' | '.'));
    if !is_literal {
        return None;
    }
    let name = pointer.tokens().rfind(|token| token.parse::<usize>().is_err())?;
    is_secret_name(&name).then_some("password")
}

/// Whether what goes by this name is a secret, and not the place or the name of one.
pub(crate) fn is_secret_name(name: &str) -> bool {
    let mut words: Vec<String> = vec![String::new()];
    let mut was_lower = false;
    for character in name.chars() {
        let is_new = !character.is_alphanumeric() || (character.is_uppercase() && was_lower);
        if is_new {
            words.push(String::new());
        }
        if character.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(character.to_lowercase());
        }
        was_lower = character.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    let pair = words.iter().rev().take(2).rev().map(String::as_str).collect::<String>();
    let Some(last) = words.last() else { return false };
    let is_named = |word: &str| SECRET_NAMES.contains(&word);
    is_named(&pair) || (is_named(last) && !REFERENCES.contains(&last.as_str()))
}

/// A value that stands for a secret kept elsewhere.
fn is_placeholder(text: &str) -> bool {
    let edges = [("{", "}"), ("<", ">"), ("${", "}"), ("$(", ")"), ("%", "%")];
    edges
        .iter()
        .any(|(start, end)| text.starts_with(start) && text.ends_with(end))
        || text.starts_with('$')
        || text.contains("{{")
        || text
            .bytes()
            .all(|byte| byte == b'*' || byte == b'x' || byte == b'X' || byte == b'.')
        || text.contains("://")
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
