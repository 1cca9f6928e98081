//! Terraform's language (HCL).

use super::{Scanner, Syntax, json};
use crate::render::literal::{List, Notation, Numbers, Problem};

pub(super) const SYNTAX: Syntax = Syntax {
    notation: &NOTATION,
    scanner: |text| Box::new(Tokens { text }),
    before: "([,=?:",
    behind: ")],}",
    is_well_formed: |_| Ok(()),
};

const NOTATION: Notation = Notation {
    null: Some("null"),
    booleans: ["true", "false"],
    text: write_text,
    list: Some(List {
        brackets: ["[", "]"],
        separator: ", ",
        nests: true,
    }),
    map: Some(["{", " = ", "}"]),
    numbers: Numbers::Parenthesized,
    trailing_comma: true,
    joins_texts: false,
};

#[expect(clippy::unnecessary_wraps, reason = "other languages cannot write every text")]
fn write_text(text: &mut String, content: &str) -> Result<(), Problem> {
    // What would begin an expression within the text is doubled.
    json::escape(text, &content.replace("${", "$${").replace("%{", "%%{"));
    Ok(())
}

/// Deepest nesting of texts in expressions in texts.
const MAXIMUM_DEPTH: usize = 20;

struct Tokens<'t> {
    text: &'t str,
}

impl Scanner for Tokens<'_> {
    fn step(&mut self, at: usize) -> Option<usize> {
        token(self.text, at, 0)
    }
}

/// Behind the text, the comment or the character that begins here.
fn token(text: &str, at: usize, depth: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    if rest.starts_with('#') || rest.starts_with("//") {
        Some(super::line_end(text, at))
    } else if rest.starts_with("/*") {
        Some(at + 2 + rest.get(2..)?.find("*/")? + 2)
    } else if let Some(behind) = rest.strip_prefix("<<") {
        here_document(text, at + 2, behind)
    } else if rest.starts_with('"') {
        template(text, at, depth)
    } else {
        super::character(text, at)
    }
}

/// Behind a text in quotes with the expressions in it.
fn template(text: &str, at: usize, depth: usize) -> Option<usize> {
    if depth > MAXIMUM_DEPTH {
        return None;
    }
    let mut at = at + 1;
    loop {
        let rest = text.get(at..)?;
        at = match rest.chars().next()? {
            '"' => return Some(at + 1),
            '\n' => return None,
            '\\' => super::character(text, at + 1)?,
            _ if rest.starts_with("$${") || rest.starts_with("%%{") => at + 3,
            _ if rest.starts_with("${") || rest.starts_with("%{") => expression(text, at + 2, depth)?,
            other => at + other.len_utf8(),
        };
    }
}

/// Behind the brace that ends an expression within a text.
fn expression(text: &str, at: usize, depth: usize) -> Option<usize> {
    let mut open = 1usize;
    let mut at = at;
    loop {
        match text.get(at..)?.chars().next()? {
            '{' => open += 1,
            '}' => open -= 1,
            _ => {}
        }
        at = token(text, at, depth + 1)?;
        if open == 0 {
            return Some(at);
        }
    }
}

/// Behind a text of several lines, whose last line is the word that it begins with.
fn here_document(text: &str, at: usize, behind: &str) -> Option<usize> {
    let named = behind.strip_prefix('-').unwrap_or(behind);
    let word: &str = named
        .split(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '_' | '-')))
        .next()
        .filter(|word| !word.is_empty())?;
    let mut at = super::line_end(text, at) + 1;
    loop {
        let line = text.get(at..).filter(|rest| !rest.is_empty())?.lines().next()?;
        at += line.len();
        if line.trim() == word {
            return Some(at);
        }
        at += 1;
    }
}
