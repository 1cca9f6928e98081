//! JSON: a text is a token, and the whole is parsed again.

use std::fmt::Write as _;

use super::{Scanner, Syntax};
use crate::render::literal::{List, Notation, Numbers, Problem};

pub(super) const SYNTAX: Syntax = Syntax {
    notation: &NOTATION,
    scanner: |text| Box::new(Tokens { text }),
    before: "[,:",
    behind: "],}:",
    is_well_formed: |text| {
        serde_json::from_str::<serde::de::IgnoredAny>(text)
            .map(drop)
            .map_err(|error| error.to_string())
    },
};

pub(super) const NOTATION: Notation = Notation {
    null: Some("null"),
    booleans: ["true", "false"],
    text: write_text,
    list: Some(List {
        brackets: ["[", "]"],
        separator: ", ",
        nests: true,
    }),
    map: Some(["{", ": ", "}"]),
    numbers: Numbers::Plain,
    trailing_comma: false,
    joins_texts: false,
};

#[expect(clippy::unnecessary_wraps, reason = "other languages cannot write every text")]
fn write_text(text: &mut String, content: &str) -> Result<(), Problem> {
    escape(text, content);
    Ok(())
}

/// Writes a text as JSON and as YAML read it alike: what no screen shows is escaped, and nothing else that need not be.
pub(super) fn escape(text: &mut String, content: &str) {
    text.push('"');
    for character in content.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            other if is_hidden(other) => {
                // Writing into a String cannot fail.
                let _ = write!(text, "\\u{:04x}", u32::from(other));
            }
            other => text.push(other),
        }
    }
    text.push('"');
}

/// Whether a character is a control character, ends a line somewhere, or changes the direction of what follows. All of
/// them have four hexadecimal digits.
pub(super) fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

struct Tokens<'t> {
    text: &'t str,
}

impl Scanner for Tokens<'_> {
    fn step(&mut self, at: usize) -> Option<usize> {
        super::quoted(self.text, at, "\"", '\\').unwrap_or_else(|| super::character(self.text, at))
    }
}
