//! Writing: block style, and a text is left bare only where every YAML reader takes it for a text.

use std::fmt::Write as _;

use serde_json::Value;

/// The document of a value, with a line break at its end.
pub(crate) fn write(value: &Value) -> String {
    let mut text = String::new();
    match value {
        Value::Object(members) if !members.is_empty() => mapping(&mut text, members, 0),
        Value::Array(items) if !items.is_empty() => sequence(&mut text, items, 0),
        other => {
            text.push_str(&scalar(other));
            text.push('\n');
        }
    }
    text
}

/// The text of a value that stands behind `key:` or `-` at this indentation, from the space on, with its line break.
pub(super) fn write_behind(value: &Value, indentation: usize, in_sequence: bool) -> String {
    let mut text = String::new();
    behind(&mut text, value, indentation, in_sequence);
    text
}

fn mapping(text: &mut String, members: &serde_json::Map<String, Value>, indentation: usize) {
    for (position, (key, value)) in members.iter().enumerate() {
        if position > 0 || indentation == 0 || text.ends_with('\n') {
            indent(text, indentation);
        }
        entry(text, key, value, indentation);
    }
}

/// One member, from its key to its line break.
pub(super) fn entry(text: &mut String, key: &str, value: &Value, indentation: usize) {
    push_scalar(text, key);
    text.push(':');
    behind(text, value, indentation, false);
}

fn sequence(text: &mut String, items: &[Value], indentation: usize) {
    for item in items {
        indent(text, indentation);
        text.push('-');
        behind(text, item, indentation, true);
    }
}

fn behind(text: &mut String, value: &Value, indentation: usize, in_sequence: bool) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            if in_sequence {
                text.push(' ');
            } else {
                text.push('\n');
            }
            mapping(text, members, indentation + 2);
        }
        Value::Array(items) if !items.is_empty() => {
            text.push('\n');
            sequence(text, items, indentation + 2);
        }
        Value::String(content) if is_block(content) => {
            text.push_str(if content.ends_with('\n') { " |\n" } else { " |-\n" });
            for line in content.lines() {
                if !line.is_empty() {
                    indent(text, indentation + 2);
                    text.push_str(line);
                }
                text.push('\n');
            }
        }
        Value::String(content) => {
            text.push(' ');
            push_scalar(text, content);
            text.push('\n');
        }
        other => {
            text.push(' ');
            text.push_str(&scalar(other));
            text.push('\n');
        }
    }
}

fn push_scalar(text: &mut String, content: &str) {
    if is_plain(content) {
        text.push_str(content);
    } else {
        text.push_str(&quoted(content));
    }
}

fn indent(text: &mut String, indentation: usize) {
    text.extend(std::iter::repeat_n(' ', indentation));
}

/// A scalar or an empty collection on one line.
pub(super) fn scalar(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => {
            let text = number.to_string();
            // YAML 1.1 reads an exponent only behind a dot and with a sign.
            match text.split_once(['e', 'E']) {
                Some((mantissa, exponent)) => {
                    let dot = if mantissa.contains('.') { "" } else { ".0" };
                    let sign = if exponent.starts_with(['-', '+']) { "" } else { "+" };
                    format!("{mantissa}{dot}e{sign}{exponent}")
                }
                None => text,
            }
        }
        Value::String(text) => quoted_unless_plain(text),
        Value::Array(_) => "[]".to_owned(),
        Value::Object(_) => "{}".to_owned(),
    }
}

/// Whether a text of several lines can stand as a literal block and come back unchanged.
fn is_block(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    body.contains('\n')
        && !body.ends_with('\n')
        && !body.starts_with(['\n', ' ', '\t'])
        && body
            .chars()
            .all(|character| character == '\n' || is_printable(character))
        && body
            .lines()
            .all(|line| !line.ends_with([' ', '\t']) && !line.starts_with('\t'))
}

fn is_printable(character: char) -> bool {
    !character.is_control()
        && !matches!(
            character,
            '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}'
        )
}

fn quoted_unless_plain(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// Words that begin with a letter, hold nothing that means something in YAML, and are no word of YAML's own.
fn is_plain(text: &str) -> bool {
    const WORDS: [&str; 11] = [
        "true", "false", "null", "yes", "no", "on", "off", "y", "n", ".inf", ".nan",
    ];
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text.len() <= 100
        && text.chars().all(|character| {
            character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '.' | '/' | '@' | ' ' | ':')
        })
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// A double-quoted scalar: JSON's escapes are YAML's, and what is not printable is escaped.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            other if is_printable(other) => quoted.push(other),
            other => {
                let code = u32::from(other);
                // Writing into a String cannot fail.
                let _ = if code > 0xFFFF {
                    write!(quoted, "\\U{code:08X}")
                } else {
                    write!(quoted, "\\u{code:04X}")
                };
            }
        }
    }
    quoted.push('"');
    quoted
}
