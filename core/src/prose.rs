//! Markdown as far as a description needs it: paragraphs, lists, emphasis, code and links. What is anything else stands
//! as it was written; no markup ever reaches a page.

use crate::field::{Paragraph, Piece, Style};

/// Longer descriptions are shown as they are written.
const LONGEST: usize = 10_000;

/// Ways to begin an address that are safe to follow.
const SAFE: [&str; 3] = ["https://", "http://", "mailto:"];

/// What a description means; nothing where it is one plain paragraph.
pub(crate) fn paragraphs(text: &str) -> Vec<Paragraph> {
    if text.len() > LONGEST {
        return Vec::new();
    }
    let mut blocks: Vec<(bool, String)> = Vec::new();
    let mut continues = false;
    for line in text.lines() {
        let line = line.trim();
        let is_item = item(line);
        match (line.is_empty(), is_item, blocks.last_mut()) {
            (true, ..) => continues = false,
            (_, Some(words), _) => {
                blocks.push((true, words.to_owned()));
                continues = true;
            }
            (_, None, Some((_, words))) if continues => {
                words.push(' ');
                words.push_str(line);
            }
            _ => {
                blocks.push((false, line.to_owned()));
                continues = true;
            }
        }
    }
    let paragraph = |(item, words): (bool, String)| Paragraph {
        item,
        pieces: pieces(&words),
    };
    let paragraphs: Vec<Paragraph> = blocks.into_iter().map(paragraph).collect();
    match paragraphs.as_slice() {
        [] => Vec::new(),
        [only] if !only.item && only.pieces.iter().all(|piece| *piece == plain(text.trim())) => Vec::new(),
        _ => paragraphs,
    }
}

/// The words of a line that is an item of a list.
fn item(line: &str) -> Option<&str> {
    let bullet = ["- ", "* ", "+ "].into_iter().find_map(|mark| line.strip_prefix(mark));
    let numbered = || {
        let rest = line.trim_start_matches(|digit: char| digit.is_ascii_digit());
        (rest.len() < line.len()).then(|| rest.strip_prefix(". "))?
    };
    bullet.or_else(numbered)
}

fn plain(text: &str) -> Piece {
    Piece {
        text: text.to_owned(),
        ..Piece::default()
    }
}

fn pieces(words: &str) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::new();
    let mut before = String::new();
    let mut rest = words;
    while let Some(first) = rest.chars().next() {
        let at_word = before.chars().next_back().is_none_or(|last| !last.is_alphanumeric());
        if let Some((piece, after)) = marked(rest, at_word) {
            if !before.is_empty() {
                found.push(plain(&std::mem::take(&mut before)));
            }
            found.push(piece);
            rest = after;
        } else {
            let escaped = rest
                .strip_prefix('\\')
                .and_then(|rest| rest.chars().next())
                .filter(char::is_ascii_punctuation);
            before.push(escaped.unwrap_or(first));
            let length = escaped.map_or(first.len_utf8(), |escaped| 1 + escaped.len_utf8());
            rest = rest.get(length..).unwrap_or_default();
        }
    }
    if !before.is_empty() {
        found.push(plain(&before));
    }
    found
}

/// The marked stretch that a text begins with, and what follows it.
fn marked(text: &str, at_word: bool) -> Option<(Piece, &str)> {
    if !text.starts_with(['`', '*', '_', '[', '<']) {
        return None;
    }
    let styled = |mark: &str, style: Style| {
        let (inner, after) = text.strip_prefix(mark)?.split_once(mark)?;
        let closes =
            style == Style::Code || (!inner.starts_with(char::is_whitespace) && !inner.ends_with(char::is_whitespace));
        let whole = !mark.starts_with('_') || (at_word && !after.starts_with(char::is_alphanumeric));
        let piece = Piece {
            text: inner.to_owned(),
            style,
            link: None,
        };
        (closes && whole && !inner.is_empty()).then_some((piece, after))
    };
    let linked = |label: &str, address: &str| {
        let lower = address.to_ascii_lowercase();
        let is_safe = SAFE.iter().any(|start| lower.starts_with(start));
        let is_one = !address.contains(|sign: char| sign.is_whitespace() || sign.is_control());
        (is_safe && is_one && !label.is_empty()).then(|| Piece {
            text: label.to_owned(),
            style: Style::Plain,
            link: Some(address.to_owned()),
        })
    };
    let link = || {
        let (label, after) = text.strip_prefix('[')?.split_once("](")?;
        let (address, after) = after.split_once(')')?;
        Some((linked(label, address.trim())?, after))
    };
    let bare = || {
        let (address, after) = text.strip_prefix('<')?.split_once('>')?;
        Some((
            linked(address.strip_prefix("mailto:").unwrap_or(address), address)?,
            after,
        ))
    };
    styled("`", Style::Code)
        .or_else(|| styled("**", Style::Strong))
        .or_else(|| styled("__", Style::Strong))
        .or_else(|| styled("*", Style::Emphasis))
        .or_else(|| styled("_", Style::Emphasis))
        .or_else(link)
        .or_else(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The paragraphs in short: `-` before an item, the style in brackets.
    fn brief(text: &str) -> Vec<String> {
        let piece = |piece: &Piece| match (piece.style, &piece.link) {
            (_, Some(link)) => format!("[{}→{link}]", piece.text),
            (Style::Plain, None) => piece.text.clone(),
            (style, None) => format!("[{style:?} {}]", piece.text),
        };
        let paragraph = |paragraph: &Paragraph| {
            let words: String = paragraph.pieces.iter().map(piece).collect();
            if paragraph.item { format!("- {words}") } else { words }
        };
        paragraphs(text).iter().map(paragraph).collect()
    }

    #[test]
    fn reads_what_descriptions_use() {
        for (text, expected) in [
            ("One plain sentence, 2 * 3 and snake_case_name.", &[][..]),
            ("", &[]),
            (
                "Use `a_b` and **never** *that* or _this_.",
                &["Use [Code a_b] and [Strong never] [Emphasis that] or [Emphasis this]."],
            ),
            ("First\nline.\n\nSecond.", &["First line.", "Second."]),
            (
                "Either:\n- one\n- two\n  more\n\n3. three",
                &["Either:", "- one", "- two more", "- three"],
            ),
            (
                "See [the docs](https://example.com/a).",
                &["See [the docs→https://example.com/a]."],
            ),
            (
                "<https://example.com> or <mailto:a@example.com>",
                &["[https://example.com→https://example.com] or [a@example.com→mailto:a@example.com]"],
            ),
            (r"\*not\*", &["*not*"]),
        ] {
            assert_eq!(brief(text), expected, "{text}");
        }
    }

    #[test]
    fn nothing_hostile_becomes_a_link() {
        for text in [
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](data:text/html,<script>)",
            "[x](//example.com)",
            "<javascript:alert(1)>",
            "[x](https://a\u{0}b)",
            "<img src=x onerror=alert(1)>",
        ] {
            let links = paragraphs(text).into_iter().flat_map(|paragraph| paragraph.pieces);
            assert_eq!(links.filter(|piece| piece.link.is_some()).count(), 0, "{text}");
        }
        // Marks without an end are text, and take no time.
        for mark in ["*", "_", "`", "[", "<", "**", "[a]("] {
            assert!(brief(&mark.repeat(2_000)).len() <= 1, "{mark}");
        }
    }
}
