//! Colours for Python and YAML: enough for reading, never for judging.

use std::{
    collections::hash_map::DefaultHasher,
    hash::{Hash, Hasher},
    ops::Range,
};

use dagwright_core::{answer::Origin, pointer::Pointer};

/// What a stretch of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// Nothing special.
    Plain,
    /// A word of the language.
    Keyword,
    /// A quoted text.
    Text,
    /// A number, or a constant such as `None`.
    Constant,
    /// A remark.
    Comment,
    /// What is called, or the key of a mapping.
    Name,
}

impl Class {
    /// The CSS class.
    pub fn css(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Keyword => "code-keyword",
            Self::Text => "code-text",
            Self::Constant => "code-constant",
            Self::Comment => "code-comment",
            Self::Name => "code-name",
        }
    }
}

/// A stretch of one line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Piece {
    /// What it is.
    pub class: Class,
    /// The answer that it came from.
    pub origin: Option<Pointer>,
    /// The text, without the end of the line.
    pub text: String,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Tells lines of one text apart and is the same for a line that did not change.
    pub key: (u64, usize),
    /// Its stretches.
    pub pieces: Vec<Piece>,
}

/// Colours Python, and marks the stretches that came from answers.
pub fn python(text: &str, origins: &[Origin]) -> Vec<Line> {
    lines(text, &python_tokens(text), origins)
}

/// Colours YAML.
pub fn yaml(text: &str) -> Vec<Line> {
    lines(text, &yaml_tokens(text), &[])
}

/// Cuts a text at the ends of tokens, origins and lines.
fn lines(text: &str, tokens: &[(Class, Range<usize>)], origins: &[Origin]) -> Vec<Line> {
    let origins = byte_ranges(text, origins);
    let mut lines: Vec<Vec<Piece>> = vec![Vec::new()];
    let mut origin = 0;
    for (class, range) in tokens {
        let mut start = range.start;
        while start < range.end {
            while origins.get(origin).is_some_and(|(bytes, _)| bytes.end <= start) {
                origin += 1;
            }
            let (pointer, mut end) = match origins.get(origin) {
                Some((bytes, pointer)) if bytes.start <= start => (Some(pointer.clone()), bytes.end.min(range.end)),
                Some((bytes, _)) => (None, bytes.start.min(range.end)),
                None => (None, range.end),
            };
            let stretch = &text[start..end];
            let newline = stretch.find('\n');
            let shown = newline.map_or(stretch, |at| &stretch[..at]);
            if !shown.is_empty()
                && let Some(line) = lines.last_mut()
            {
                line.push(Piece {
                    class: *class,
                    origin: pointer,
                    text: shown.to_owned(),
                });
            }
            if let Some(at) = newline {
                end = start + at + 1;
                lines.push(Vec::new());
            }
            start = end;
        }
    }
    if lines.last().is_some_and(Vec::is_empty) && lines.len() > 1 {
        lines.pop();
    }
    keyed(lines)
}

fn keyed(lines: Vec<Vec<Piece>>) -> Vec<Line> {
    let mut seen = std::collections::BTreeMap::new();
    lines
        .into_iter()
        .map(|pieces| {
            let mut hasher = DefaultHasher::new();
            pieces.hash(&mut hasher);
            let hash = hasher.finish();
            let count = seen.entry(hash).or_insert(0);
            *count += 1;
            Line {
                key: (hash, *count),
                pieces,
            }
        })
        .collect()
}

/// Origins as byte ranges of the text, in its order; those that overlap an earlier one fall away.
fn byte_ranges(text: &str, origins: &[Origin]) -> Vec<(Range<usize>, Pointer)> {
    let mut ranges: Vec<(Range<usize>, Pointer)> = Vec::new();
    let mut characters = text.char_indices();
    let (mut byte, mut unit) = (0, 0);
    let mut forward = |target: u32| {
        while unit < target {
            let Some((at, character)) = characters.next() else {
                break;
            };
            byte = at + character.len_utf8();
            unit += if character.len_utf16() == 1 { 1 } else { 2 };
        }
        byte
    };
    let mut behind = 0;
    for origin in origins {
        if origin.start >= behind && origin.end > origin.start {
            let start = forward(origin.start);
            ranges.push((start..forward(origin.end), origin.pointer.clone()));
            behind = origin.end;
        }
    }
    ranges
}

const PYTHON_KEYWORDS: [&str; 34] = [
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except",
    "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "match", "nonlocal", "not", "or", "pass",
    "raise", "return", "try", "type", "while", "with", "yield",
];

fn python_tokens(text: &str) -> Vec<(Class, Range<usize>)> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let class = match bytes[at] {
            b'#' => {
                at = end_of_line(bytes, at);
                Class::Comment
            }
            b'"' | b'\'' => {
                at = end_of_string(bytes, at);
                Class::Text
            }
            b'0'..=b'9' => {
                at = run(bytes, at, |byte| {
                    byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'_'
                });
                Class::Constant
            }
            first if first.is_ascii_alphabetic() || first == b'_' || first >= 0x80 => {
                at = run(bytes, at, |byte| {
                    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
                });
                let word = &text[start..at];
                let quoted = matches!(bytes.get(at), Some(b'"' | b'\''));
                if quoted && word.len() <= 2 && word.bytes().all(|byte| b"rbfuRBFU".contains(&byte)) {
                    at = end_of_string(bytes, at);
                    Class::Text
                } else if PYTHON_KEYWORDS.contains(&word) {
                    Class::Keyword
                } else if matches!(word, "None" | "True" | "False") {
                    Class::Constant
                } else if bytes.get(at) == Some(&b'(') {
                    Class::Name
                } else {
                    Class::Plain
                }
            }
            _ => {
                at = run(bytes, at + 1, |byte| {
                    !byte.is_ascii_alphanumeric() && byte < 0x80 && !b"#\"'_".contains(&byte)
                });
                Class::Plain
            }
        };
        tokens.push((class, start..at));
    }
    tokens
}

fn run(bytes: &[u8], mut at: usize, belongs: impl Fn(u8) -> bool) -> usize {
    while bytes.get(at).is_some_and(|byte| belongs(*byte)) {
        at += 1;
    }
    at
}

fn end_of_line(bytes: &[u8], at: usize) -> usize {
    run(bytes, at, |byte| byte != b'\n')
}

/// Behind the closing quote of the string whose opening quote is at `at`, or behind the line where it is not closed.
fn end_of_string(bytes: &[u8], at: usize) -> usize {
    let quote = bytes[at];
    let triple = bytes.get(at..at + 3) == Some(&[quote; 3]);
    let mut at = at + if triple { 3 } else { 1 };
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'\n' if !triple => return at,
            byte if byte == quote && !triple => return at + 1,
            byte if byte == quote && bytes.get(at..at + 3) == Some(&[quote; 3]) => return at + 3,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

fn yaml_tokens(text: &str) -> Vec<(Class, Range<usize>)> {
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut block: Option<usize> = None;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let content = line.trim_end();
        let indent = line.len() - line.trim_start_matches(' ').len();
        if block.is_some_and(|outer| content.is_empty() || indent > outer) {
            tokens.push((Class::Text, start..end));
        } else {
            block = opens_block(content).then_some(indent);
            yaml_line(line, start, &mut tokens);
        }
        start = end;
    }
    tokens
}

/// Whether a text over several lines (`|` or `>`) begins behind this line.
fn opens_block(content: &str) -> bool {
    let last = content.rsplit([' ', ':']).next().unwrap_or_default();
    last.starts_with(['|', '>']) && last.len() <= 3
}

fn yaml_line(line: &str, start: usize, tokens: &mut Vec<(Class, Range<usize>)>) {
    let lead = line.len() - line.trim_start_matches([' ', '-']).len();
    let rest = &line[lead..];
    tokens.push((Class::Plain, start..start + lead));
    if rest.starts_with('#') {
        tokens.push((Class::Comment, start + lead..start + line.len()));
        return;
    }
    let value = match key_length(rest) {
        Some(length) => {
            tokens.push((Class::Name, start + lead..start + lead + length));
            lead + length
        }
        None => lead,
    };
    let comment = comment_start(&line[value..]).map_or(line.len(), |at| value + at);
    let scalar = line[value..comment].trim_start_matches(':').trim();
    let class = if scalar.starts_with(['"', '\'']) {
        Class::Text
    } else if matches!(scalar, "null" | "true" | "false" | "~") || scalar.parse::<serde_json::Number>().is_ok() {
        Class::Constant
    } else {
        Class::Plain
    };
    tokens.push((class, start + value..start + comment));
    tokens.push((Class::Comment, start + comment..start + line.len()));
}

/// Length of the mapping key at the start of a text.
fn key_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let from = match bytes.first()? {
        b'"' | b'\'' => end_of_string(bytes, 0),
        _ => 0,
    };
    text[from..]
        .match_indices(':')
        .map(|(at, _)| from + at)
        .find(|at| matches!(bytes.get(at + 1), None | Some(b' ' | b'\n' | b'\r')))
        .filter(|at| !text[..*at].contains(" #"))
}

/// Where a remark begins: at a `#` behind a blank, outside quotes.
fn comment_start(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'"' | b'\'' if at == 0 || bytes[at - 1] == b' ' => at = end_of_string(bytes, at),
            b'#' if at > 0 && bytes[at - 1] == b' ' => return Some(at),
            _ => at += 1,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(lines: &[Line]) -> Vec<String> {
        lines
            .iter()
            .map(|line| line.pieces.iter().map(|piece| piece.text.as_str()).collect())
            .collect()
    }

    fn classes(line: &Line) -> Vec<(Class, &str)> {
        line.pieces
            .iter()
            .filter(|piece| piece.class != Class::Plain)
            .map(|piece| (piece.class, piece.text.as_str()))
            .collect()
    }

    #[test]
    fn no_character_is_lost() {
        let text =
            "x = r'a\\'b' # é𝄞\n\ndef f(n: int):\n    \"\"\"two\n  lines\"\"\"\n    return 0x1f + n  # 'q\n'open\n";
        assert_eq!(shown(&python(text, &[])).join("\n") + "\n", text);
        let text = "# top\na: \"b: # c\" # d\nlist:\n  - x: 1\n  - |\n    k: v\n\n    w\nend: ü\n";
        assert_eq!(shown(&yaml(text)).join("\n") + "\n", text);
    }

    #[test]
    fn python_is_coloured() {
        let lines = python("@dag(retries=3)\ndef f():  # why\n    return None\n", &[]);
        assert_eq!(classes(&lines[0]), [(Class::Name, "dag"), (Class::Constant, "3")]);
        assert_eq!(
            classes(&lines[1]),
            [(Class::Keyword, "def"), (Class::Name, "f"), (Class::Comment, "# why")]
        );
        assert_eq!(
            classes(&lines[2]),
            [(Class::Keyword, "return"), (Class::Constant, "None")]
        );
    }

    #[test]
    fn yaml_is_coloured() {
        let lines = yaml("image: \"a:1\" # pinned\nrun: |\n  key: not a key\nretries: 3\n");
        assert_eq!(
            classes(&lines[0]),
            [
                (Class::Name, "image"),
                (Class::Text, ": \"a:1\" "),
                (Class::Comment, "# pinned")
            ]
        );
        assert_eq!(classes(&lines[2]), [(Class::Text, "  key: not a key")]);
        assert_eq!(classes(&lines[3]), [(Class::Name, "retries"), (Class::Constant, ": 3")]);
    }

    #[test]
    fn origins_are_cut_out_by_utf16_units() {
        let text = "a = '𝄞é'\nb = 'x'\n";
        let start = u32::try_from("b = ".len() + "a = '𝄞é'\n".encode_utf16().count()).unwrap();
        let origin = Origin {
            start,
            end: start + 3,
            pointer: Pointer::from_encoded("/parameters/b"),
        };
        let lines = python(text, &[origin]);
        let marked: Vec<_> = lines
            .iter()
            .flat_map(|line| &line.pieces)
            .filter(|piece| piece.origin.is_some())
            .map(|piece| piece.text.as_str())
            .collect();
        assert_eq!(marked, ["'x'"]);
    }

    #[test]
    fn a_line_that_stays_keeps_its_key() {
        let before = python("a\nb\na\n", &[]);
        let after = python("a\nnew\nb\na\n", &[]);
        assert_eq!(before[0].key, after[0].key);
        assert_eq!(before[1].key, after[2].key);
        assert_eq!(before[2].key, after[3].key);
        assert_ne!(before[0].key, before[2].key);
    }
}
