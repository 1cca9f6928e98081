//! Python: ASCII only, both quotes and every control character escaped.

use std::fmt::Write as _;

use crate::render::literal::{List, Notation, Numbers, Problem};

pub(in crate::render) const NOTATION: Notation = Notation {
    null: Some("None"),
    booleans: ["True", "False"],
    text,
    list: Some(List {
        brackets: ["[", "]"],
        separator: ", ",
        nests: true,
    }),
    map: Some(["{", ": ", "}"]),
    numbers: Numbers::Parenthesized,
    trailing_comma: true,
    joins_texts: true,
};

#[expect(clippy::unnecessary_wraps, reason = "other languages cannot write every text")]
fn text(text: &mut String, content: &str) -> Result<(), Problem> {
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
    Ok(())
}

/// Whether a text is a Python name in ASCII.
pub(in crate::render) fn is_identifier(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || character == '_')
        && name.len() <= 250
}

/// Whether Python keeps a name for itself (Python 3.14, keywords and soft keywords).
pub(in crate::render) fn is_keyword(name: &str) -> bool {
    const KEYWORDS: [&str; 39] = [
        "False", "None", "True", "_", "and", "as", "assert", "async", "await", "break", "case", "class", "continue",
        "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
        "lambda", "match", "nonlocal", "not", "or", "pass", "raise", "return", "try", "type", "while", "with", "yield",
    ];
    KEYWORDS.contains(&name)
}
