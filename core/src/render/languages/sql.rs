//! SQL, as PostgreSQL reads it with its default settings.

use super::{Scanner, Syntax};
use crate::render::literal::{List, Notation, Numbers, Problem};

pub(super) const SYNTAX: Syntax = Syntax {
    notation: &NOTATION,
    scanner: |text| {
        Box::new(Tokens {
            text,
            is_behind_text: false,
        })
    },
    before: "(,=[",
    behind: "),;:]",
    is_well_formed: |_| Ok(()),
};

const NOTATION: Notation = Notation {
    null: Some("NULL"),
    booleans: ["TRUE", "FALSE"],
    text: write_text,
    list: Some(List {
        brackets: ["ARRAY[", "]"],
        separator: ", ",
        nests: true,
    }),
    map: None,
    // Two minus signs begin a comment.
    numbers: Numbers::Parenthesized,
    trailing_comma: false,
    joins_texts: false,
};

/// A backslash means something in `E'…'` under every setting, and in `'…'` under some.
fn write_text(text: &mut String, content: &str) -> Result<(), Problem> {
    if content.contains('\0') {
        return Err(Problem::Character);
    }
    if content.contains('\\') {
        text.push('E');
    }
    text.push('\'');
    text.push_str(&content.replace('\\', "\\\\").replace('\'', "''"));
    text.push('\'');
    Ok(())
}

/// Longest name, in bytes; PostgreSQL cuts a longer one.
const LONGEST_NAME: usize = 63;

/// A name in double quotes; none where the text can be no name.
pub(super) fn identifier(name: &str) -> Option<String> {
    let is_name = !name.is_empty() && name.len() <= LONGEST_NAME && !name.contains(char::is_control);
    is_name.then(|| format!("\"{}\"", name.replace('"', "\"\"")))
}

struct Tokens<'t> {
    text: &'t str,
    /// Whether the last token was a text, which another text behind it would continue.
    is_behind_text: bool,
}

impl Scanner for Tokens<'_> {
    fn step(&mut self, at: usize) -> Option<usize> {
        let rest = self.text.get(at..)?;
        let next = rest.chars().next()?;
        if next.is_whitespace() {
            return super::character(self.text, at);
        }
        if rest.starts_with("--") {
            return Some(super::line_end(self.text, at));
        }
        if rest.starts_with("/*") {
            return comment_end(self.text, at);
        }
        self.is_behind_text = next == '\'';
        let before = self.text.get(..at)?;
        match next {
            '\'' => {
                let escape = if has_escapes(before) { '\\' } else { '\0' };
                doubled(self.text, at, '\'', escape)
            }
            '"' => doubled(self.text, at, '"', '\0'),
            '$' if !before.ends_with(is_of_word) => match dollar_quote(rest) {
                Some(quote) => {
                    let inside = at + quote.len();
                    Some(inside + self.text.get(inside..)?.find(quote)? + quote.len())
                }
                None => Some(at + 1),
            },
            _ => super::character(self.text, at),
        }
    }

    fn admits(&self, start: usize, end: usize) -> bool {
        let is_text = |at: usize| {
            let token = self.text.get(at..).unwrap_or_default();
            token.starts_with('\'') || token.starts_with("E'")
        };
        !(is_text(start) && (self.is_behind_text || is_text(self.next_token(end))))
    }
}

impl Tokens<'_> {
    /// Where the next token begins.
    fn next_token(&self, mut at: usize) -> usize {
        loop {
            let rest = self.text.get(at..).unwrap_or_default();
            let blank = rest.len() - rest.trim_start().len();
            let rest = rest.trim_start();
            at += blank;
            at = match rest {
                _ if rest.starts_with("--") => super::line_end(self.text, at),
                _ if rest.starts_with("/*") => match comment_end(self.text, at) {
                    Some(end) => end,
                    None => return at,
                },
                _ => return at,
            };
        }
    }
}

fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || character == '$' || !character.is_ascii()
}

/// Whether the text that begins here is `E'…'`.
fn has_escapes(before: &str) -> bool {
    before
        .strip_suffix(['e', 'E'])
        .is_some_and(|before| !before.ends_with(is_of_word))
}

/// Behind a text or a name, in which its quote stands twice.
fn doubled(text: &str, at: usize, quote: char, escape: char) -> Option<usize> {
    let mut characters = text.get(at + 1..)?.char_indices().peekable();
    while let Some((offset, character)) = characters.next() {
        if character == escape && escape != '\0' {
            characters.next()?;
        } else if character == quote && characters.next_if(|(_, next)| *next == quote).is_none() {
            return Some(at + 1 + offset + 1);
        }
    }
    None
}

/// The `$tag$` that a text begins with.
fn dollar_quote(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('$')?;
    let length = inside.find('$')?;
    let tag = inside.get(..length)?;
    let is_tag = !tag.starts_with(|first: char| first.is_ascii_digit()) && !tag.contains(|letter| !is_of_word(letter));
    text.get(..length + 2).filter(|_| is_tag)
}

/// Behind a comment, in which others may stand.
fn comment_end(text: &str, at: usize) -> Option<usize> {
    let mut depth = 0usize;
    let mut at = at;
    loop {
        let rest = text.get(at..)?;
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
        } else {
            at += rest.chars().next()?.len_utf8();
        }
        if depth == 0 {
            return Some(at);
        }
    }
}
