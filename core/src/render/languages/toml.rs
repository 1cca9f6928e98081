//! TOML 1.0.

use super::{Scanner, Syntax, json};
use crate::render::literal::{List, Notation, Numbers, Problem};

pub(super) const SYNTAX: Syntax = Syntax {
    notation: &NOTATION,
    scanner: |text| Box::new(Tokens { text }),
    before: "=[,",
    behind: "],}",
    is_well_formed: |_| Ok(()),
};

const NOTATION: Notation = Notation {
    null: None,
    booleans: ["true", "false"],
    text: write_text,
    list: Some(List {
        brackets: ["[", "]"],
        separator: ", ",
        nests: true,
    }),
    map: Some(["{", " = ", "}"]),
    numbers: Numbers::Plain,
    trailing_comma: false,
    joins_texts: false,
};

#[expect(clippy::unnecessary_wraps, reason = "other languages cannot write every text")]
fn write_text(text: &mut String, content: &str) -> Result<(), Problem> {
    json::escape(text, content);
    Ok(())
}

struct Tokens<'t> {
    text: &'t str,
}

impl Scanner for Tokens<'_> {
    fn step(&mut self, at: usize) -> Option<usize> {
        let rest = self.text.get(at..)?;
        if rest.starts_with('#') {
            return Some(super::line_end(self.text, at));
        }
        for quote in ["\"\"\"", "'''"] {
            if rest.starts_with(quote) {
                return multiline(self.text, at, quote);
            }
        }
        super::quoted(self.text, at, "\"", '\\')
            .or_else(|| super::quoted(self.text, at, "'", '\0'))
            .unwrap_or_else(|| super::character(self.text, at))
    }
}

/// Behind a text of several lines. One or two more quotes at its end belong to it.
fn multiline(text: &str, at: usize, quote: &str) -> Option<usize> {
    let escape = if quote.starts_with('"') { '\\' } else { '\0' };
    let end = super::quoted(text, at, quote, escape)??;
    let more = text
        .get(end..)?
        .chars()
        .take(2)
        .take_while(|next| quote.starts_with(*next))
        .count();
    Some(end + more)
}
