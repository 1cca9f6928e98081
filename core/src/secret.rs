//! What looks like a password, a key or a token, and how it is taken out of what is kept or passed on.

use std::ops::Range;

use serde_json::Value;

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

/// The fewest characters of a password that is reported. Shorter ones are not taken for real.
const SHORTEST_PASSWORD: usize = 8;

/// The fewest characters of what is not kept: it may be the beginning of a password that is still being typed.
const SHORTEST_BEGINNING: usize = 4;

const KEY_BEGINS: &str = "-----BEGIN ";
const KEY_ENDS: &str = "-----END ";

/// What a text is by its looks, or by the name that it goes by; none where it is no secret.
pub fn kind_of(name: Option<&str>, text: &str) -> Option<&'static str> {
    kind_by_looks(text).or_else(|| is_named_secret(name?, text, SHORTEST_PASSWORD).then_some("password"))
}

/// Empties the secrets of a value, and answers with them. An entry of a map whose name is a secret is taken out.
pub fn take_from_value(value: &mut Value) -> Vec<String> {
    let mut taken = Vec::new();
    let mut open = vec![(None, value)];
    while let Some((name, value)) = open.pop() {
        match value {
            Value::String(text) => {
                if is_kept_out(name, text) {
                    taken.push(std::mem::take(text));
                }
            }
            Value::Array(items) => open.extend(items.iter_mut().map(|item| (name, item))),
            Value::Object(members) => {
                members.retain(|name, _| {
                    let is_secret = kind_by_looks(name).is_some();
                    if is_secret {
                        taken.push(name.clone());
                    }
                    !is_secret
                });
                open.extend(members.iter_mut().map(|(name, member)| (Some(name.as_str()), member)));
            }
            _ => {}
        }
    }
    taken
}

/// Takes the secrets out of a text in YAML, whether or not it can be read, and answers with them as they were spelled. Comments
/// count as well.
pub fn take_from_yaml(text: &mut String) -> Vec<String> {
    let mut found = private_keys(text);
    let mut above = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        look_through(line, start, &mut above, &mut found);
        start += line.len();
    }
    found.sort_unstable_by_key(|range| (range.start, range.end));
    let mut taken = Vec::new();
    let mut rest = String::with_capacity(text.len());
    let mut end = 0;
    for range in found {
        // One of two that overlap is taken whole, and the other from where it ends.
        let begin = range.start.max(end);
        if let Some(secret) = text.get(begin..range.end).filter(|secret| !secret.is_empty()) {
            rest.push_str(text.get(end..begin).unwrap_or_default());
            taken.push(secret.to_owned());
            end = range.end;
        }
    }
    rest.push_str(text.get(end..).unwrap_or_default());
    *text = rest;
    taken
}

/// A name whose value may stand on the lines below it.
struct Above<'a> {
    name: &'a str,
    /// Columns in front of it.
    indentation: usize,
}

/// Finds the secrets of one line that begins at `start`.
fn look_through<'a>(line: &'a str, start: usize, above: &mut Option<Above<'a>>, found: &mut Vec<Range<usize>>) {
    let content = line.trim();
    if content.is_empty() {
        return;
    }
    let at = |part: &str| start + offset(line, part);
    let mut note = |part: &str| found.push(at(part)..at(part) + part.len());
    for word in content.split_whitespace() {
        let word = word.trim_matches(['"', '\'', '[', ']', '{', '}', ',']);
        if kind_by_looks(word).is_some() {
            note(word);
        }
    }
    let indentation = offset(line, content);
    let item = content.strip_prefix("- ").map(str::trim_start);
    if above
        .as_ref()
        .is_some_and(|above| indentation < above.indentation || (indentation == above.indentation && item.is_none()))
    {
        *above = None;
    }
    if let Some(above) = above {
        let (value, is_spelled) = scalar(item.unwrap_or(content), false);
        if is_kept_out(Some(above.name), value) || (is_spelled && is_secret_name(above.name)) {
            note(value);
        }
    }
    for (separator, _) in content.match_indices(':') {
        let before = content.get(..separator).unwrap_or_default();
        let name = name_at_end(before);
        let rest = content.get(separator + 1..).unwrap_or_default();
        if name.is_empty() || !(rest.is_empty() || rest.starts_with([' ', '\t', '"', '\''])) {
            continue;
        }
        let (value, is_spelled) = scalar(rest.trim_start(), before.contains(['{', '[']));
        if is_kept_out(Some(name), value) || (is_spelled && is_secret_name(name)) {
            note(value);
        } else if value.is_empty() || value.starts_with(['|', '>']) {
            *above = Some(Above {
                name,
                indentation: indentation + item.map_or(0, |item| offset(content, item)),
            });
        }
    }
}

/// The scalar that a text begins with, without its quotes, anchor and tag, and whether it is spelled with escapes.
fn scalar(mut text: &str, is_in_flow: bool) -> (&str, bool) {
    while text.starts_with(['&', '!']) {
        text = text
            .split_once(char::is_whitespace)
            .map_or("", |(_, rest)| rest.trim_start());
    }
    if let Some(rest) = text.strip_prefix('\'') {
        return (rest.split('\'').next().unwrap_or_default(), false);
    }
    if let Some(rest) = text.strip_prefix('"') {
        let mut is_escaped = false;
        let end = rest.find(|character| {
            let ends = character == '"' && !is_escaped;
            is_escaped = character == '\\' && !is_escaped;
            ends
        });
        let value = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        return (value, value.contains('\\'));
    }
    let end = match text {
        // An alias: what it stands for is elsewhere.
        _ if text.starts_with('*') => 0,
        _ => text.find(" #").unwrap_or(text.len()),
    };
    let value = text.get(..end).unwrap_or_default();
    let end = value.find(|character| is_in_flow && matches!(character, ',' | '}' | ']'));
    (
        value.get(..end.unwrap_or(value.len())).unwrap_or_default().trim_end(),
        false,
    )
}

/// The name that a text ends with, such as `DB_PASSWORD` in `{"DB_PASSWORD"`.
fn name_at_end(text: &str) -> &str {
    let text = text.trim_end().trim_end_matches(['"', '\'']);
    let start = text
        .char_indices()
        .rev()
        .find(|(_, character)| !character.is_ascii_alphanumeric() && !matches!(character, '_' | '-' | '.'));
    let start = start.map_or(0, |(position, character)| position + character.len_utf8());
    text.get(start..).unwrap_or_default()
}

/// Where a part of a text begins in it, in bytes.
fn offset(text: &str, part: &str) -> usize {
    part.as_ptr() as usize - text.as_ptr() as usize
}

/// The stretches of a text that are private keys, up to its end where one does not end.
fn private_keys(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text
        .get(from..)
        .and_then(|rest| rest.find(KEY_BEGINS))
        .map(|at| from + at)
    {
        let rest = text.get(start..).unwrap_or_default();
        let line = rest.lines().next().unwrap_or_default();
        let end = rest.find(KEY_ENDS).map_or(text.len(), |at| {
            let last = rest.get(at + KEY_ENDS.len()..).unwrap_or_default();
            start + at + KEY_ENDS.len() + last.find("-----").map_or(0, |dashes| dashes + 5)
        });
        if line.contains("PRIVATE KEY-----") {
            found.push(start..end);
            from = end;
        } else {
            from = start + KEY_BEGINS.len();
        }
    }
    found
}

/// Whether a text is not kept under a name. A password is not kept from its first characters on.
fn is_kept_out(name: Option<&str>, text: &str) -> bool {
    kind_by_looks(text).is_some() || name.is_some_and(|name| is_named_secret(name, text, SHORTEST_BEGINNING))
}

/// What a text is by its looks alone.
fn kind_by_looks(text: &str) -> Option<&'static str> {
    if text.contains("PRIVATE KEY-----") && text.contains(KEY_BEGINS) {
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

/// A literal of so many characters or more under a name that says secret.
fn is_named_secret(name: &str, text: &str, shortest: usize) -> bool {
    let value = text.trim();
    value.chars().count() >= shortest
        && !value.contains(char::is_whitespace)
        && !is_placeholder(value)
        && value
            .chars()
            .any(|character| !character.is_ascii_lowercase() && !matches!(character, '_' | '-' | '/' | '.'))
        && is_secret_name(name)
}

/// Whether what goes by this name is a secret, and not the place or the name of one.
pub(crate) fn is_secret_name(name: &str) -> bool {
    let mut words: Vec<String> = vec![String::new()];
    let mut was_lower = false;
    for character in name.chars() {
        let is_new = !character.is_ascii_alphanumeric() || (character.is_ascii_uppercase() && was_lower);
        if is_new {
            words.push(String::new());
        }
        if character.is_ascii_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.push(character.to_ascii_lowercase());
        }
        was_lower = character.is_ascii_lowercase();
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
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    // Spelled in halves, so that no scanner takes the tests for a leak.
    const PASSWORD: &str = concat!("kR7!vq92", "-Lm");
    const TOKEN: &str = concat!("glp", "at-a1B2c3D4e5F6g7H8i9J0");

    #[test]
    fn secrets_are_taken_out_of_a_value() {
        let mut value = json!({
            "owner": "Finance-1", "retries": 3, "secret_name": "Prod-Warehouse-1",
            "steps": [{"env": {"DB_PASSWORD": PASSWORD, "TOKEN": "short", "password": "${DB}"}, "arguments": [format!("--token={TOKEN}"), "--all"]}],
            "passwords": {"password": ["a", PASSWORD]}, TOKEN: 1,
        });
        let mut taken = take_from_value(&mut value);
        taken.sort_unstable();
        assert_eq!(
            value,
            json!({
                "owner": "Finance-1", "retries": 3, "secret_name": "Prod-Warehouse-1",
                "steps": [{"env": {"DB_PASSWORD": "", "TOKEN": "short", "password": "${DB}"}, "arguments": ["", "--all"]}],
                "passwords": {"password": ["a", ""]},
            })
        );
        assert_eq!(
            taken,
            [
                format!("--token={TOKEN}"),
                TOKEN.to_owned(),
                PASSWORD.to_owned(),
                PASSWORD.to_owned()
            ]
        );
    }

    #[test]
    fn a_password_is_not_kept_from_its_first_characters_on() {
        for end in SHORTEST_BEGINNING..PASSWORD.len() {
            let beginning = PASSWORD.get(..end).unwrap();
            assert_eq!(take_from_value(&mut json!({"password": beginning})), [beginning]);
            assert_eq!(take_from_yaml(&mut format!("password: {beginning}")), [beginning]);
        }
    }

    #[test]
    fn secrets_are_taken_out_of_a_text() {
        for (before, after) in [
            ("password: {}\nb: 1\n", "password: \nb: 1\n"),
            ("password:  {}  # soon\n", "password:    # soon\n"),
            ("  - DB_PASSWORD: '{}' # soon\r\n", "  - DB_PASSWORD: '' # soon\r\n"),
            (
                "env: {DB_PASSWORD: {}, B: kept}\nfoo: [x",
                "env: {DB_PASSWORD: , B: kept}\nfoo: [x",
            ),
            (
                "{\"a\":{\"DB_PASSWORD\":\"{}\",\"b\":1}}",
                "{\"a\":{\"DB_PASSWORD\":\"\",\"b\":1}}",
            ),
            ("password: !!str &one {}\n", "password: !!str &one \n"),
            (
                "password: |-\n  {}\nnext: kept-As-it-is\n",
                "password: |-\n  \nnext: kept-As-it-is\n",
            ),
            ("password:\n\n  {}\n", "password:\n\n  \n"),
            (
                "token:\n- {}\n- {}\nowner: Finance-1\n",
                "token:\n- \n- \nowner: Finance-1\n",
            ),
            ("- password:\n    {}\n", "- password:\n    \n"),
            ("# once DB_PASSWORD: {}\n", "# once DB_PASSWORD: \n"),
            ("\u{fc}_password: {}", "\u{fc}_password: "),
        ] {
            let mut text = before.replace("{}", PASSWORD);
            let count = before.matches("{}").count();
            assert_eq!(take_from_yaml(&mut text), vec![PASSWORD; count], "{before}");
            assert_eq!(text, after);
        }
        for (before, after) in [
            ("password: \"\\x6bR7!\"\n", "password: \"\"\n"),
            ("url: postgres://app:s3cr3t@db/x # b\n", "url:  # b\n"),
            (
                "key: |\n  -----BEGIN RSA PRIVATE KEY-----\n  MIIE\n  -----END RSA PRIVATE KEY-----\nb: 1\n",
                "key: |\n  \nb: 1\n",
            ),
            ("key: |\n  -----BEGIN PRIVATE KEY-----\n  MIIE\n", "key: |\n  "),
        ] {
            let mut text = before.to_owned();
            assert!(!take_from_yaml(&mut text).is_empty(), "{before}");
            assert_eq!(text, after);
        }
    }

    #[test]
    fn what_is_no_secret_stays_in_a_text() {
        let text = "# password: see the wiki\npassword: ${DB_PASSWORD}\nsecret_name: Prod-Warehouse-1\n\
                    password: warehouse_password\nmonkey: Bananas-are-1st\ntoken:\nowner: Finance-1\nurl: https://a.example/x\nenv: {DB_PASSWORD: *One-2}\n";
        let mut same = text.to_owned();
        assert_eq!(take_from_yaml(&mut same), [""; 0]);
        assert_eq!(same, text);
    }

    proptest! {
        #[test]
        fn any_text_is_looked_through(text in "([a-z_]{0,9}password|[-#:=|>&!\"'\\\\{}\\[\\], \n\r\t\u{e4}]|[A-Za-z0-9]{1,9}|-----(BEGIN|END) PRIVATE KEY-----){0,60}") {
            let mut rest = text.clone();
            let taken = take_from_yaml(&mut rest);
            prop_assert_eq!(rest.len() + taken.iter().map(String::len).sum::<usize>(), text.len());
        }
    }
}
