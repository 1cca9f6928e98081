//! Scripts for `sh` and `bash`.

use super::{Scanner, Syntax};
use crate::render::literal::{List, Notation, Numbers, Problem};

pub(super) const SYNTAX: Syntax = Syntax {
    notation: &NOTATION,
    scanner: |text| Box::new(Words::new(text)),
    before: "=",
    behind: ";)",
    is_well_formed: |_| Ok(()),
};

const NOTATION: Notation = Notation {
    null: None,
    booleans: ["true", "false"],
    text: write_text,
    list: Some(List {
        brackets: ["", ""],
        separator: " ",
        nests: false,
    }),
    map: None,
    numbers: Numbers::Plain,
    trailing_comma: false,
    joins_texts: false,
};

/// In single quotes nothing means anything. What no screen shows would mean something to a terminal.
fn write_text(text: &mut String, content: &str) -> Result<(), Problem> {
    if content.contains(|letter| super::json::is_hidden(letter) && !matches!(letter, '\n' | '\t')) {
        return Err(Problem::Character);
    }
    text.push('\'');
    text.push_str(&content.replace('\'', "'\\''"));
    text.push('\'');
    Ok(())
}

/// Deepest nesting of commands in texts in commands.
const MAXIMUM_DEPTH: usize = 20;
/// Words behind which another command begins.
const BEFORE_COMMANDS: [&str; 10] = ["if", "then", "elif", "else", "while", "until", "do", "!", "{", "time"];

struct Words<'t> {
    text: &'t str,
    /// Where the word begins that is being read.
    word: Option<usize>,
    /// Whether that word, or the next one, is the name of a command.
    is_command: bool,
    /// The last lines of the texts that begin behind this line.
    here_documents: Vec<&'t str>,
}

impl<'t> Words<'t> {
    const fn new(text: &'t str) -> Self {
        Self {
            text,
            word: None,
            is_command: true,
            here_documents: Vec::new(),
        }
    }

    fn end_word(&mut self, at: usize) {
        let Some(start) = self.word.take() else { return };
        let word = self.text.get(start..at).unwrap_or_default();
        self.is_command = self.is_command && (is_assignment(word) || BEFORE_COMMANDS.contains(&word));
    }

    /// Behind the texts that begin behind a line.
    fn skip_here_documents(&mut self, mut at: usize) -> Option<usize> {
        for word in std::mem::take(&mut self.here_documents) {
            loop {
                let rest = self.text.get(at..).filter(|rest| !rest.is_empty())?;
                let line = rest.split('\n').next()?;
                at = (at + line.len() + 1).min(self.text.len());
                if line.trim_start_matches('\t') == word {
                    break;
                }
            }
        }
        Some(at)
    }
}

impl Scanner for Words<'_> {
    fn step(&mut self, at: usize) -> Option<usize> {
        let rest = self.text.get(at..)?;
        let next = rest.chars().next()?;
        match next {
            '\n' => {
                self.end_word(at);
                self.is_command = true;
                return self.skip_here_documents(at + 1);
            }
            ' ' | '\t' | '\r' => {
                self.end_word(at);
                return Some(at + 1);
            }
            '#' if self.word.is_none() => return Some(super::line_end(self.text, at)),
            '&' if self.text.get(..at)?.ends_with('>') => return Some(at + 1),
            ';' | '&' | '|' | '(' | ')' => {
                self.end_word(at);
                self.is_command = true;
                return Some(at + 1);
            }
            '<' if rest.starts_with("<<") && !rest.starts_with("<<<") => {
                let (word, end) = here_word(self.text, at + 2)?;
                self.here_documents.push(word);
                return Some(end);
            }
            '<' | '>' => {
                self.end_word(at);
                return Some(at + rest.bytes().take_while(|byte| *byte == b'<' || *byte == b'>').count());
            }
            _ => {}
        }
        self.word.get_or_insert(at);
        if rest.starts_with("\\\n") {
            return Some(at + 2);
        }
        quoted(self.text, at, 0)
    }

    /// A value is an argument, a word of a loop, or what a variable becomes.
    fn admits(&self, start: usize, end: usize) -> bool {
        match self.word {
            Some(word) => is_one_word(self.text, start, end) && self.text.get(word..start).is_some_and(is_assigned),
            None => !self.is_command,
        }
    }
}

/// Whether a value is one word, and not the words of a list.
fn is_one_word(text: &str, start: usize, end: usize) -> bool {
    let mut at = start;
    while at < end {
        match quoted(text, at, 0) {
            Some(behind) if text.get(at..behind) != Some(" ") => at = behind,
            _ => return false,
        }
    }
    true
}

/// Whether a word sets a variable.
fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| is_name(name))
}

/// Whether a word is all that stands before what a variable or an option becomes.
fn is_assigned(word: &str) -> bool {
    word.strip_suffix('=')
        .is_some_and(|name| is_name(name.trim_start_matches('-').replace('-', "_").as_str()))
}

fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name
            .bytes()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == b'_')
}

/// Behind the character, the text or the command within a word that begins here.
fn quoted(text: &str, at: usize, depth: usize) -> Option<usize> {
    if depth > MAXIMUM_DEPTH {
        return None;
    }
    let rest = text.get(at..)?;
    match rest.chars().next()? {
        '\\' => super::character(text, at + 1),
        '\'' => Some(at + 1 + rest.get(1..)?.find('\'')? + 1),
        '$' if rest.starts_with("$'") => ansi_text(text, at + 2),
        '$' if rest.starts_with("${") && depth == 0 => bracketed(text, at + 2, '{', '}', depth + 1),
        '"' => in_double_quotes(text, at + 1, depth),
        '`' => super::quoted(text, at, "`", '\\')?,
        other => Some(at + other.len_utf8()),
    }
}

/// Behind a text in `$'…'`, in which a backslash escapes.
fn ansi_text(text: &str, at: usize) -> Option<usize> {
    let mut at = at;
    loop {
        at = match text.get(at..)?.chars().next()? {
            '\'' => return Some(at + 1),
            '\\' => super::character(text, at + 1)?,
            other => at + other.len_utf8(),
        };
    }
}

fn in_double_quotes(text: &str, at: usize, depth: usize) -> Option<usize> {
    let mut at = at;
    loop {
        let rest = text.get(at..)?;
        at = match rest.chars().next()? {
            '"' => return Some(at + 1),
            '\\' => super::character(text, at + 1)?,
            '`' => super::quoted(text, at, "`", '\\')??,
            _ if rest.starts_with("$(") => bracketed(text, at + 2, '(', ')', depth + 1)?,
            _ if rest.starts_with("${") => bracketed(text, at + 2, '{', '}', depth + 1)?,
            other => at + other.len_utf8(),
        };
    }
}

/// Behind the bracket that ends a command or a variable. The bracket of a pattern in `case` ends it too early, so that
/// the quotes behind it do not match and the file is refused.
fn bracketed(text: &str, at: usize, opening: char, closing: char, depth: usize) -> Option<usize> {
    let mut open = 1usize;
    let mut at = at;
    loop {
        let next = text.get(at..)?.chars().next()?;
        if next == opening {
            open += 1;
        } else if next == closing {
            open -= 1;
        }
        at = quoted(text, at, depth)?;
        if open == 0 {
            return Some(at);
        }
    }
}

/// The word that ends a text of several lines, and the place behind it.
fn here_word(text: &str, at: usize) -> Option<(&str, usize)> {
    let start = at + usize::from(text.get(at..)?.starts_with('-'));
    let rest = text.get(start..)?;
    let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let rest = rest.get(blank..)?;
    let quote = rest.chars().next().filter(|quote| matches!(quote, '\'' | '"'));
    let inside = rest.get(quote.map_or(0, char::len_utf8)..)?;
    let length = inside
        .find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_'))
        .unwrap_or(inside.len());
    let word = inside.get(..length).filter(|word| !word.is_empty())?;
    let quotes = usize::from(quote.is_some());
    if quote.is_some() && !inside.get(length..)?.starts_with(quote?) {
        return None;
    }
    Some((word, start + blank + length + 2 * quotes))
}
