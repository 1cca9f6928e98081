//! Places in a text, as people and editors count them.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A stretch of a text.
///
/// `start` and `end` count UTF-16 code units from 0, for JavaScript. Lines and columns count from 1, columns in
/// Unicode code points, for people. The end is exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// Offset of the first code unit.
    pub start: u32,
    /// Offset behind the last code unit.
    pub end: u32,
    /// Line of the start.
    pub line: u32,
    /// Column of the start.
    pub column: u32,
    /// Line of the end.
    pub end_line: u32,
    /// Column of the end.
    pub end_column: u32,
}

/// Turns byte offsets of one text into [`Span`]s.
#[derive(Clone, Debug)]
pub struct LineIndex<'a> {
    text: &'a str,
    /// For each line: the byte offset and the UTF-16 offset at which it starts.
    lines: Vec<(usize, usize)>,
    /// Whether every character is one byte, as in most texts: then there is nothing to count.
    is_ascii: bool,
}

impl<'a> LineIndex<'a> {
    /// Reads the text once.
    pub fn new(text: &'a str) -> Self {
        let mut lines = vec![(0, 0)];
        let is_ascii = text.is_ascii();
        if is_ascii {
            lines.extend(text.match_indices('\n').map(|(offset, _)| (offset + 1, offset + 1)));
            return Self { text, lines, is_ascii };
        }
        let mut units = 0;
        for (offset, character) in text.char_indices() {
            units += character.len_utf16();
            if character == '\n' {
                lines.push((offset + 1, units));
            }
        }
        Self { text, lines, is_ascii }
    }

    /// The span of a byte range. Offsets past the end, or inside a character, move back to the nearest boundary.
    pub fn span(&self, range: Range<usize>) -> Span {
        let (start, line, column) = self.position(range.start);
        let (end, end_line, end_column) = self.position(range.end.max(range.start));
        Span {
            start,
            end,
            line,
            column,
            end_line,
            end_column,
        }
    }

    /// The bytes of a line, counted from 1, without its end; nothing at the end of the text for one past the last.
    pub fn line(&self, number: usize) -> Range<usize> {
        let start = match self.lines.get(number.saturating_sub(1)) {
            Some((start, _)) => *start,
            None => self.text.len(),
        };
        let text = self.text.get(start..).and_then(|rest| rest.lines().next());
        start..start + text.map_or(0, str::len)
    }

    /// UTF-16 offset, line and column of a byte offset.
    fn position(&self, byte: usize) -> (u32, u32, u32) {
        let byte = self.text.floor_char_boundary(byte);
        let line = self.lines.partition_point(|(start, _)| *start <= byte).max(1) - 1;
        let (line_byte, line_units) = self.lines.get(line).copied().unwrap_or_default();
        if self.is_ascii {
            return (saturate(byte), saturate(line + 1), saturate(byte - line_byte + 1));
        }
        let before = self.text.get(line_byte..byte).unwrap_or_default();
        let units: usize = before.chars().map(char::len_utf16).sum();
        (
            saturate(line_units + units),
            saturate(line + 1),
            saturate(before.chars().count() + 1),
        )
    }
}

fn saturate(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_code_points_and_code_units() {
        let text = "a\né𝄞x\n";
        let index = LineIndex::new(text);
        let start = text.find('x').unwrap_or_default();
        let span = index.span(start..start + 1);
        assert_eq!((span.line, span.column, span.end_column), (2, 3, 4));
        assert_eq!((span.start, span.end), (5, 6));
    }

    #[test]
    fn a_line_ends_before_its_end() {
        let index = LineIndex::new("ab\r\n\nc");
        assert_eq!([1, 2, 3, 4].map(|line| index.line(line)), [0..2, 4..4, 5..6, 6..6]);
    }

    #[test]
    fn an_offset_past_the_end_is_the_end() {
        let span = LineIndex::new("ab").span(7..9);
        assert_eq!((span.start, span.end, span.line, span.column), (2, 2, 1, 3));
    }
}
