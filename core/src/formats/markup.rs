//! Texts in other languages: Jinja that Airflow renders, and SQL.

use super::Unfit;

/// Every `{{`, `{%` and `{#` has its end.
pub(super) fn jinja(text: &str) -> Result<(), Unfit> {
    match jinja_tags(text).find(|(_, is_closed)| !is_closed) {
        Some((tag, _)) => {
            let opening = tag.get(..2).unwrap_or_default();
            Err(Unfit::new("jinja-unclosed")
                .param("opening", opening)
                .param("closing", closing(opening)))
        }
        None => Ok(()),
    }
}

/// The tags in a text that Jinja would read, and whether each has its end; one that has none is all the rest.
pub(crate) fn jinja_tags(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find('{')?;
            let tag = rest.get(start..).unwrap_or_default();
            let opening = tag.get(..2).unwrap_or_default();
            if closing(opening).is_empty() {
                rest = tag.get(1..).unwrap_or_default();
                continue;
            }
            let end = end_of(tag.get(2..).unwrap_or_default(), closing(opening));
            let (tag, behind) = tag.split_at_checked(end.map_or(tag.len(), |end| end + 2))?;
            rest = behind;
            return Some((tag, end.is_some()));
        }
    })
}

/// What ends a tag; empty where none begins.
fn closing(opening: &str) -> &'static str {
    match opening {
        "{{" => "}}",
        "{%" => "%}",
        "{#" => "#}",
        _ => "",
    }
}

/// The offset behind `close`; a quoted text may hold it, and so may brackets.
fn end_of(text: &str, close: &str) -> Option<usize> {
    let is_comment = close == "#}";
    let mut quote = None;
    let mut brackets = 0usize;
    let mut characters = text.char_indices();
    while let Some((offset, character)) = characters.next() {
        match (quote, character) {
            (None, _) if brackets == 0 && text.get(offset..).is_some_and(|rest| rest.starts_with(close)) => {
                return Some(offset + close.len());
            }
            (None, '\'' | '"') if !is_comment => quote = Some(character),
            (None, '(' | '[' | '{') if !is_comment => brackets += 1,
            (None, ')' | ']' | '}') if !is_comment => brackets = brackets.saturating_sub(1),
            (Some(_), '\\') => {
                characters.next();
            }
            (Some(open), _) if open == character => quote = None,
            _ => {}
        }
    }
    None
}

/// There is a statement, and its quotes and comments end.
pub(super) fn sql(text: &str) -> Result<(), Unfit> {
    if text.trim().is_empty() {
        return Err(Unfit::new("sql-empty"));
    }
    // A backslash escapes a quote in some dialects and not in others: only what is open in both is wrong. Dollar
    // quotes can hold anything.
    if text.contains("$$") {
        return Ok(());
    }
    match (open_in_sql(text, true), open_in_sql(text, false)) {
        (Some(open), Some(_)) => Err(Unfit::new("sql-unclosed").param("opening", open)),
        _ => Ok(()),
    }
}

/// What the SQL opens and never closes.
fn open_in_sql(text: &str, backslash_escapes: bool) -> Option<&'static str> {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let behind = rest.get(first.len_utf8()..).unwrap_or_default();
        rest = match first {
            '-' if behind.starts_with('-') => behind.split_once('\n').map_or("", |(_, next)| next),
            '/' if behind.starts_with('*') => match behind.get(1..).and_then(|inside| inside.split_once("*/")) {
                Some((_, next)) => next,
                None => return Some("/*"),
            },
            '\'' | '"' | '`' => match past_quote(behind, first, backslash_escapes) {
                Some(next) => next,
                None if first == '\'' => return Some("'"),
                None if first == '"' => return Some("\""),
                None => return Some("`"),
            },
            _ => behind,
        };
    }
    None
}

fn past_quote(text: &str, quote: char, backslash_escapes: bool) -> Option<&str> {
    let mut characters = text.char_indices();
    while let Some((offset, character)) = characters.next() {
        if character == '\\' && backslash_escapes {
            characters.next();
        } else if character == quote {
            return text.get(offset + character.len_utf8()..);
        }
    }
    None
}
