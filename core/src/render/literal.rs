//! One value, one literal, in the notation of a language.

use minijinja::{Value, value::ValueKind};

use crate::template::mark;

/// Deepest nesting of lists and maps.
pub(super) const MAXIMUM_DEPTH: usize = 32;
/// Longest literal, in bytes; no file may be longer. A value can hold another many times over.
pub(super) const MAXIMUM_LENGTH: usize = 2_000_000;

/// How a language writes values.
#[derive(Debug)]
pub(super) struct Notation {
    /// The value that stands for none; missing where the language has no such value.
    pub(super) null: Option<&'static str>,
    /// The words for true and false.
    pub(super) booleans: [&'static str; 2],
    /// Writes a text, complete with its quotes.
    pub(super) text: fn(&mut String, &str) -> Result<(), Problem>,
    pub(super) list: Option<List>,
    /// The opening bracket, what stands between key and value, and the closing bracket.
    pub(super) map: Option<[&'static str; 3]>,
    pub(super) numbers: Numbers,
    /// Whether the last of several lines may end in a comma.
    pub(super) trailing_comma: bool,
    /// Whether texts that stand side by side are one text, so that a text can have a line for each of its lines.
    pub(super) joins_texts: bool,
}

/// How a language writes lists.
#[derive(Debug)]
pub(super) struct List {
    pub(super) brackets: [&'static str; 2],
    pub(super) separator: &'static str,
    /// Whether a list may hold collections.
    pub(super) nests: bool,
}

/// How a language writes numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numbers {
    /// As JSON does.
    Plain,
    /// Negative ones in parentheses: a bare minus could join what stands before it.
    Parenthesized,
    /// With a point and a signed exponent, without which YAML 1.1 reads a text.
    Pointed,
}

/// Why a value has no literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// There is none.
    Undefined,
    /// It is no text, number, flag, list or map.
    Kind,
    /// It holds text that was marked as emitted.
    Captured,
    /// It is nested too deeply.
    Depth,
    /// It is too long.
    Length,
    /// It holds a character that the language cannot write, or not in this place.
    Character,
}

impl Problem {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Undefined => "template-undefined",
            Self::Kind => "template-value-kind",
            Self::Captured => "template-captured",
            Self::Depth => "value-too-deep",
            Self::Length => "output-too-large",
            Self::Character => "value-character",
        }
    }
}

/// The literal of a value. With an indentation, a list, a map or a text of several lines takes a line for each part,
/// indented so far, and its closing bracket stands one step less.
pub(super) fn literal(value: &Value, indentation: Option<usize>, notation: &Notation) -> Result<String, Problem> {
    let mut writer = Writer {
        text: String::new(),
        notation,
    };
    match indentation {
        Some(indentation) => writer.lines(value, indentation)?,
        None => writer.value(value, 0)?,
    }
    Ok(writer.text)
}

struct Writer<'n> {
    text: String,
    notation: &'n Notation,
}

impl Writer<'_> {
    fn value(&mut self, value: &Value, depth: usize) -> Result<(), Problem> {
        if depth > MAXIMUM_DEPTH {
            return Err(Problem::Depth);
        }
        if self.text.len() > MAXIMUM_LENGTH {
            return Err(Problem::Length);
        }
        let notation = self.notation;
        match value.kind() {
            ValueKind::Undefined => return Err(Problem::Undefined),
            ValueKind::None => self.text.push_str(notation.null.ok_or(Problem::Kind)?),
            ValueKind::Bool => {
                let [yes, no] = notation.booleans;
                self.text.push_str(if value.is_true() { yes } else { no });
            }
            ValueKind::Number => self.number(value)?,
            ValueKind::String => (notation.text)(&mut self.text, plain_text(value)?)?,
            ValueKind::Seq | ValueKind::Iterable => {
                let list = notation.list.as_ref().filter(|list| depth == 0 || list.nests);
                let List {
                    brackets: [opening, closing],
                    separator,
                    ..
                } = list.ok_or(Problem::Kind)?;
                self.text.push_str(opening);
                for (position, item) in value.try_iter().map_err(|_| Problem::Kind)?.enumerate() {
                    if position > 0 {
                        self.text.push_str(separator);
                    }
                    self.value(&item, depth + 1)?;
                }
                self.text.push_str(closing);
            }
            ValueKind::Map => {
                let [opening, _, closing] = notation.map.ok_or(Problem::Kind)?;
                self.text.push_str(opening);
                for (position, key) in value.try_iter().map_err(|_| Problem::Kind)?.enumerate() {
                    if position > 0 {
                        self.text.push_str(", ");
                    }
                    self.member(value, &key, depth)?;
                }
                self.text.push_str(closing);
            }
            _ => return Err(Problem::Kind),
        }
        Ok(())
    }

    fn member(&mut self, map: &Value, key: &Value, depth: usize) -> Result<(), Problem> {
        if key.kind() != ValueKind::String {
            return Err(Problem::Kind);
        }
        let [_, between, _] = self.notation.map.ok_or(Problem::Kind)?;
        (self.notation.text)(&mut self.text, plain_text(key)?)?;
        self.text.push_str(between);
        let value = map.get_item(key).map_err(|_| Problem::Kind)?;
        self.value(&value, depth + 1)
    }

    fn lines(&mut self, value: &Value, indentation: usize) -> Result<(), Problem> {
        let kind = value.kind();
        match kind {
            ValueKind::String if self.notation.joins_texts => {
                let content = plain_text(value)?;
                if content.split_inclusive('\n').nth(1).is_none() {
                    return self.value(value, 0);
                }
                self.text.push('(');
                for line in content.split_inclusive('\n') {
                    self.line(indentation);
                    (self.notation.text)(&mut self.text, line)?;
                }
                self.line(indentation.saturating_sub(4));
                self.text.push(')');
            }
            ValueKind::Seq | ValueKind::Iterable | ValueKind::Map => {
                let is_map = kind == ValueKind::Map;
                let brackets = if is_map {
                    self.notation.map.map(|[opening, _, closing]| [opening, closing])
                } else {
                    self.notation.list.as_ref().map(|list| list.brackets)
                };
                let parts: Vec<_> = value.try_iter().map_err(|_| Problem::Kind)?.collect();
                let Some([opening, closing]) = brackets.filter(|[opening, _]| !opening.is_empty() && !parts.is_empty())
                else {
                    return self.value(value, 0);
                };
                self.text.push_str(opening);
                for (position, part) in parts.iter().enumerate() {
                    self.line(indentation);
                    if is_map {
                        self.member(value, part, 0)?;
                    } else {
                        self.value(part, 1)?;
                    }
                    if self.notation.trailing_comma || position + 1 < parts.len() {
                        self.text.push(',');
                    }
                }
                self.line(indentation.saturating_sub(self.notation.step()));
                self.text.push_str(closing);
            }
            _ => return self.value(value, 0),
        }
        Ok(())
    }

    /// Begins another line.
    fn line(&mut self, indentation: usize) {
        self.text.push('\n');
        self.text.extend(std::iter::repeat_n(' ', indentation));
    }

    fn number(&mut self, value: &Value) -> Result<(), Problem> {
        let number = if value.is_integer() {
            i128::try_from(value.clone()).map_err(|_| Problem::Kind)?.to_string()
        } else {
            let float = f64::try_from(value.clone()).map_err(|_| Problem::Kind)?;
            if !float.is_finite() {
                return Err(Problem::Kind);
            }
            format!("{float:?}")
        };
        match self.notation.numbers {
            Numbers::Parenthesized if number.starts_with('-') => {
                self.text.push('(');
                self.text.push_str(&number);
                self.text.push(')');
            }
            Numbers::Pointed => match number.split_once('e') {
                Some((digits, exponent)) => {
                    let point = if digits.contains('.') { "" } else { ".0" };
                    let sign = if exponent.starts_with('-') { "" } else { "+" };
                    self.text.extend([digits, point, "e", sign, exponent]);
                }
                None => self.text.push_str(&number),
            },
            _ => self.text.push_str(&number),
        }
        Ok(())
    }
}

impl Notation {
    /// By how many columns the language indents.
    const fn step(&self) -> usize {
        if self.joins_texts { 4 } else { 2 }
    }
}

/// Text that came from a value, not from an emission.
fn plain_text(value: &Value) -> Result<&str, Problem> {
    let text = value.as_str().ok_or(Problem::Kind)?;
    if value.is_safe() || mark::is_in(text) {
        return Err(Problem::Captured);
    }
    Ok(text)
}
