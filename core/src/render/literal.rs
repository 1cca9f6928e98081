//! One value, one Python literal: ASCII only, both quotes and every control character escaped.

use std::fmt::Write as _;

use minijinja::{Value, value::ValueKind};

use crate::template::mark;

/// Deepest nesting of lists and maps.
pub(super) const MAXIMUM_DEPTH: usize = 32;
/// Longest literal, in bytes; no file may be longer. A value can hold another many times over.
pub(super) const MAXIMUM_LENGTH: usize = 2_000_000;

/// Why a value has no literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// There is none.
    Undefined,
    /// It is no text, number, flag, list or map.
    Kind,
    /// It holds text that was marked as emitted.
    Captured,
    /// It is nested too deeply.
    Depth,
    /// It is too long.
    Length,
}

impl Problem {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Undefined => "template-undefined",
            Self::Kind => "template-value-kind",
            Self::Captured => "template-captured",
            Self::Depth => "value-too-deep",
            Self::Length => "output-too-large",
        }
    }
}

/// The literal of a value. With an indentation, a list, a map or a text of several lines takes a line for each part,
/// indented so far, and its closing bracket stands four columns less.
pub(super) fn python(value: &Value, indentation: Option<usize>) -> Result<String, Problem> {
    let mut text = String::new();
    match indentation {
        Some(indentation) => lines(&mut text, value, indentation)?,
        None => write(&mut text, value, 0)?,
    }
    Ok(text)
}

fn write(text: &mut String, value: &Value, depth: usize) -> Result<(), Problem> {
    if depth > MAXIMUM_DEPTH {
        return Err(Problem::Depth);
    }
    if text.len() > MAXIMUM_LENGTH {
        return Err(Problem::Length);
    }
    match value.kind() {
        ValueKind::Undefined => return Err(Problem::Undefined),
        ValueKind::None => text.push_str("None"),
        ValueKind::Bool => text.push_str(if value.is_true() { "True" } else { "False" }),
        ValueKind::Number => number(text, value)?,
        ValueKind::String => string(text, plain_text(value)?),
        ValueKind::Seq | ValueKind::Iterable => {
            text.push('[');
            for (position, item) in value.try_iter().map_err(|_| Problem::Kind)?.enumerate() {
                if position > 0 {
                    text.push_str(", ");
                }
                write(text, &item, depth + 1)?;
            }
            text.push(']');
        }
        ValueKind::Map => {
            text.push('{');
            for (position, key) in value.try_iter().map_err(|_| Problem::Kind)?.enumerate() {
                if position > 0 {
                    text.push_str(", ");
                }
                member(text, value, &key, depth)?;
            }
            text.push('}');
        }
        _ => return Err(Problem::Kind),
    }
    Ok(())
}

fn member(text: &mut String, map: &Value, key: &Value, depth: usize) -> Result<(), Problem> {
    if key.kind() != ValueKind::String {
        return Err(Problem::Kind);
    }
    string(text, plain_text(key)?);
    text.push_str(": ");
    let value = map.get_item(key).map_err(|_| Problem::Kind)?;
    write(text, &value, depth + 1)
}

fn lines(text: &mut String, value: &Value, indentation: usize) -> Result<(), Problem> {
    let outer = indentation.saturating_sub(4);
    let indent = |text: &mut String, width: usize| text.extend(std::iter::repeat_n(' ', width));
    match value.kind() {
        ValueKind::String => {
            let content = plain_text(value)?;
            let count = content.split_inclusive('\n').count();
            if count < 2 {
                return write(text, value, 0);
            }
            text.push_str("(\n");
            for line in content.split_inclusive('\n') {
                indent(text, indentation);
                string(text, line);
                text.push('\n');
            }
            indent(text, outer);
            text.push(')');
        }
        kind @ (ValueKind::Seq | ValueKind::Iterable | ValueKind::Map) => {
            let parts: Vec<_> = value.try_iter().map_err(|_| Problem::Kind)?.collect();
            if parts.is_empty() {
                return write(text, value, 0);
            }
            let is_map = kind == ValueKind::Map;
            text.push_str(if is_map { "{\n" } else { "[\n" });
            for part in &parts {
                indent(text, indentation);
                if is_map {
                    member(text, value, part, 0)?;
                } else {
                    write(text, part, 1)?;
                }
                text.push_str(",\n");
            }
            indent(text, outer);
            text.push(if is_map { '}' } else { ']' });
        }
        _ => return write(text, value, 0),
    }
    Ok(())
}

/// Text that came from a value, not from an emission.
fn plain_text(value: &Value) -> Result<&str, Problem> {
    let text = value.as_str().ok_or(Problem::Kind)?;
    if value.is_safe() || mark::is_in(text) {
        return Err(Problem::Captured);
    }
    Ok(text)
}

fn number(text: &mut String, value: &Value) -> Result<(), Problem> {
    let literal = if value.is_integer() {
        i128::try_from(value.clone()).map_err(|_| Problem::Kind)?.to_string()
    } else {
        let float = f64::try_from(value.clone()).map_err(|_| Problem::Kind)?;
        if !float.is_finite() {
            return Err(Problem::Kind);
        }
        format!("{float:?}")
    };
    // A bare minus could join what stands before it to a subtraction.
    if literal.starts_with('-') {
        text.push('(');
        text.push_str(&literal);
        text.push(')');
    } else {
        text.push_str(&literal);
    }
    Ok(())
}

fn string(text: &mut String, content: &str) {
    text.push('"');
    for character in content.chars() {
        match character {
            '\\' => text.push_str("\\\\"),
            '"' => text.push_str("\\\""),
            '\'' => text.push_str("\\'"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            ' '..='~' => text.push(character),
            other => {
                let code = u32::from(other);
                // Writing into a String cannot fail.
                let _ = if code <= 0xFF {
                    write!(text, "\\x{code:02x}")
                } else if code <= 0xFFFF {
                    write!(text, "\\u{code:04x}")
                } else {
                    write!(text, "\\U{code:08x}")
                };
            }
        }
    }
    text.push('"');
}

/// Whether a text is a Python name in ASCII.
pub(super) fn is_identifier(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || character == '_')
        && name.len() <= 250
}

/// Whether Python keeps a name for itself (Python 3.14, keywords and soft keywords).
pub(super) fn is_keyword(name: &str) -> bool {
    const KEYWORDS: [&str; 39] = [
        "False", "None", "True", "_", "and", "as", "assert", "async", "await", "break", "case", "class", "continue",
        "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
        "lambda", "match", "nonlocal", "not", "or", "pass", "raise", "return", "try", "type", "while", "with", "yield",
    ];
    KEYWORDS.contains(&name)
}
