//! Reading: one document, within limits, with every doubtful spelling said.

use std::ops::Range;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, Span, StructureStyle};
use serde_json::{Number, Value};

use super::{Content, Entry, Node};
use crate::{
    file::MAXIMUM_BYTES,
    finding::{Finding, Place},
};

/// Deepest nesting that is read.
pub(crate) const MAXIMUM_DEPTH: usize = 32;
/// Most values that are read.
const MAXIMUM_NODES: usize = 20_000;

/// Longest key that is sure to be read: YAML has a limit of 1,024 characters, in which an escaped one counts as ten.
const LONGEST_KEY: usize = 100;

/// Reads one document. A text that is no YAML, or passes a limit, gives no node and says why.
///
/// An empty document reads as an empty mapping, for that is what a person who starts to type means.
pub(crate) fn read(text: &str) -> (Option<Node>, Vec<Finding>) {
    let mut reader = Reader {
        text,
        nodes: 0,
        open: Vec::new(),
        root: None,
        findings: Vec::new(),
    };
    let root = match reader.run() {
        Ok(()) => Some(reader.root.take().unwrap_or(Node {
            range: 0..0,
            content: Content::Mapping {
                entries: Vec::new(),
                flow: false,
            },
        })),
        Err(finding) => {
            reader.findings.push(*finding);
            None
        }
    };
    (root, reader.findings)
}

/// Whether a value passes none of the limits, so that the text which it is written as reads back as it.
pub(crate) fn is_within_limits(value: &Value, text: &str) -> bool {
    let mut nodes = 0;
    text.len() <= MAXIMUM_BYTES && fits(value, 0, &mut nodes)
}

fn fits(value: &Value, depth: usize, nodes: &mut usize) -> bool {
    *nodes += 1;
    *nodes <= MAXIMUM_NODES
        && match value {
            Value::Array(items) => depth < MAXIMUM_DEPTH && items.iter().all(|item| fits(item, depth + 1, nodes)),
            Value::Object(members) => {
                depth < MAXIMUM_DEPTH
                    && members
                        .iter()
                        .all(|(key, member)| key.len() <= LONGEST_KEY && fits(member, depth + 1, nodes))
            }
            _ => true,
        }
}

struct Reader<'a> {
    text: &'a str,
    nodes: usize,
    /// The collections around the present place, outermost first.
    open: Vec<Open>,
    root: Option<Node>,
    findings: Vec<Finding>,
}

/// A collection that has begun.
struct Open {
    start: usize,
    flow: bool,
    members: Members,
}

enum Members {
    Sequence(Vec<Node>),
    Mapping(Vec<Entry>, Option<(String, Range<usize>)>),
}

type Stop = Box<Finding>;

impl Reader<'_> {
    fn run(&mut self) -> Result<(), Stop> {
        if self.text.len() > MAXIMUM_BYTES {
            return Err(Box::new(
                Finding::error("yaml-too-large", Place::Config(0..0)).param("limit", "1 MB"),
            ));
        }
        let mut documents = 0;
        for event in Parser::new_from_str(self.text) {
            let (event, span) = event.map_err(|error| {
                let at = error.marker().byte_offset().unwrap_or(self.text.len());
                let place = Place::Config(at..at + 1);
                Box::new(match error.kind() {
                    ErrorKind::UnclosedFlowCollection { open } => {
                        Finding::error("yaml-unclosed", place).param("opening", open.to_string())
                    }
                    _ => Finding::error("yaml-syntax", place).param("detail", error.info()),
                })
            })?;
            let range = byte_range(span);
            match event {
                Event::DocumentStart(..) => {
                    documents += 1;
                    if documents > 1 {
                        return Err(stop("yaml-several-documents", range));
                    }
                }
                Event::Alias(_) | Event::UnresolvedAlias(_) => return Err(stop("yaml-alias", range)),
                Event::Scalar(scalar, style, anchor, tag) => {
                    Self::refuse_properties(anchor, tag.is_some(), &range)?;
                    self.scalar(&scalar, style, range)?;
                }
                Event::SequenceStart(style, anchor, tag) => {
                    Self::refuse_properties(anchor, tag.is_some(), &range)?;
                    self.begin(style, range, Members::Sequence(Vec::new()))?;
                }
                Event::MappingStart(style, anchor, tag) => {
                    Self::refuse_properties(anchor, tag.is_some(), &range)?;
                    self.begin(style, range, Members::Mapping(Vec::new(), None))?;
                }
                Event::SequenceEnd | Event::MappingEnd => self.end(range.end)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Anchors and tags change what a text means in ways that no form can show.
    fn refuse_properties(anchor: usize, tag: bool, range: &Range<usize>) -> Result<(), Stop> {
        if anchor != 0 {
            Err(stop("yaml-alias", range.clone()))
        } else if tag {
            Err(stop("yaml-tag", range.clone()))
        } else {
            Ok(())
        }
    }

    fn begin(&mut self, style: StructureStyle, range: Range<usize>, members: Members) -> Result<(), Stop> {
        if self.open.len() >= MAXIMUM_DEPTH {
            return Err(Box::new(
                Finding::error("yaml-too-deep", Place::Config(range)).param("limit", MAXIMUM_DEPTH),
            ));
        }
        self.open.push(Open {
            start: range.start,
            flow: style == StructureStyle::Flow,
            members,
        });
        Ok(())
    }

    fn end(&mut self, end: usize) -> Result<(), Stop> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        let flow = open.flow;
        let content = match open.members {
            Members::Sequence(items) => Content::Sequence { items, flow },
            Members::Mapping(entries, _) => Content::Mapping { entries, flow },
        };
        let end = if flow {
            end
        } else {
            self.trimmed_end(open.start, &content)
        };
        self.place(Node {
            range: open.start..end,
            content,
        })
    }

    /// A block collection ends with its last member, not with the blank lines and comments behind it.
    fn trimmed_end(&self, start: usize, content: &Content) -> usize {
        let last = match content {
            Content::Sequence { items, .. } => items.last().map(|item| item.range.end),
            Content::Mapping { entries, .. } => entries
                .last()
                .map(|entry| entry.value.range.end.max(entry.key_range.end)),
            Content::Scalar(_) => None,
        };
        last.unwrap_or(start).min(self.text.len())
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, range: Range<usize>) -> Result<(), Stop> {
        let range = self.without_trailing_blanks(range);
        if let Some(Open {
            members: Members::Mapping(entries, key @ None),
            ..
        }) = self.open.last_mut()
        {
            if let Some(first) = entries.iter().find(|entry| entry.key == text) {
                self.findings.push(
                    Finding::error("yaml-duplicate-key", Place::Config(range.clone()))
                        .param("key", text)
                        .related(Place::Config(first.key_range.clone())),
                );
            }
            *key = Some((text.to_owned(), range));
            return Ok(());
        }
        let value = if style == ScalarStyle::Plain {
            self.plain(text, &range)?
        } else {
            Value::String(text.to_owned())
        };
        self.place(Node {
            range,
            content: Content::Scalar(value),
        })
    }

    /// Resolves a plain scalar by the core schema of YAML 1.2 and says where a YAML 1.1 reader would differ.
    fn plain(&mut self, text: &str, range: &Range<usize>) -> Result<Value, Stop> {
        let value = match text {
            "" | "~" | "null" | "Null" | "NULL" => Value::Null,
            "true" | "True" | "TRUE" => Value::Bool(true),
            "false" | "False" | "FALSE" => Value::Bool(false),
            _ => match number(text) {
                Some(Ok(number)) => Value::Number(number),
                Some(Err(Inexact)) => {
                    return Err(Box::new(
                        Finding::error("yaml-number", Place::Config(range.clone())).param("text", text),
                    ));
                }
                None => Value::String(text.to_owned()),
            },
        };
        if let Some(reading) = legacy_reading(text, &value) {
            self.findings.push(
                Finding::warning("yaml-ambiguous", Place::Config(range.clone()))
                    .param("text", text)
                    .param("reading", reading),
            );
        }
        Ok(value)
    }

    /// The parser counts the line break behind a plain scalar to it in some places.
    fn without_trailing_blanks(&self, range: Range<usize>) -> Range<usize> {
        let length = self.text.get(range.clone()).map_or(0, |text| text.trim_end().len());
        range.start..range.start + length
    }

    fn place(&mut self, node: Node) -> Result<(), Stop> {
        self.nodes += 1;
        if self.nodes > MAXIMUM_NODES {
            return Err(Box::new(
                Finding::error("yaml-too-many-values", Place::Config(node.range)).param("limit", MAXIMUM_NODES),
            ));
        }
        match self.open.last_mut().map(|open| &mut open.members) {
            None => self.root = Some(node),
            Some(Members::Sequence(items)) => items.push(node),
            Some(Members::Mapping(entries, key)) => match key.take() {
                Some((key, key_range)) => {
                    // The second of two equal keys has been said; the first one holds.
                    if entries.iter().all(|entry| entry.key != key) {
                        entries.push(Entry {
                            key,
                            key_range,
                            value: node,
                        });
                    }
                }
                None => return Err(stop("yaml-key-not-text", node.range)),
            },
        }
        Ok(())
    }
}

fn stop(code: &'static str, range: Range<usize>) -> Stop {
    Box::new(Finding::error(code, Place::Config(range)))
}

fn byte_range(span: Span) -> Range<usize> {
    span.byte_range().unwrap_or_default()
}

/// A number that cannot be kept exactly.
struct Inexact;

/// A number of the core schema; none where the text is no number.
fn number(text: &str) -> Option<Result<Number, Inexact>> {
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(digits, 16);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(digits, 8);
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN") {
        return Some(Err(Inexact));
    }
    if !unsigned.is_empty() && unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        let digits = text.strip_prefix('+').unwrap_or(text);
        return Some(
            digits
                .parse::<i64>()
                .map(Number::from)
                .or_else(|_| digits.parse::<u64>().map(Number::from))
                .map_err(|_| Inexact),
        );
    }
    is_float(unsigned).then(|| text.parse().ok().and_then(Number::from_f64).ok_or(Inexact))
}

fn radix(digits: &str, radix: u32) -> Option<Result<Number, Inexact>> {
    let fits = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
    fits.then(|| {
        u64::from_str_radix(digits, radix)
            .map(Number::from)
            .map_err(|_| Inexact)
    })
}

/// `[0-9]*.?[0-9]*([eE][-+]?[0-9]+)?` with at least one digit before the exponent.
fn is_float(text: &str) -> bool {
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (text.get(..at).unwrap_or_default(), text.get(at + 1..)),
        None => (text, None),
    };
    let digits = mantissa.bytes().filter(u8::is_ascii_digit).count();
    let dots = mantissa.bytes().filter(|byte| *byte == b'.').count();
    let exponent_fits = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    digits > 0 && dots <= 1 && digits + dots == mantissa.len() && exponent_fits
}

/// What `PyYAML`, a YAML 1.1 reader, takes a plain scalar for where that differs from `value`.
fn legacy_reading(text: &str, value: &Value) -> Option<&'static str> {
    const SWITCHES: [&str; 12] = [
        "yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF",
    ];
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let first_is_digit = unsigned.starts_with(|first: char| first.is_ascii_digit());
    match value {
        Value::String(_) if SWITCHES.contains(&text) => Some("switch"),
        Value::String(_) if text == "=" || text == "<<" => Some("special"),
        Value::String(_) if first_is_digit && is_date(text) => Some("date"),
        Value::String(_)
            if first_is_digit
                && unsigned.contains(':')
                && unsigned
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'_' | b'.')) =>
        {
            Some("base-60")
        }
        Value::String(_)
            if first_is_digit
                && unsigned.contains('_')
                && unsigned
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || matches!(byte, b'_' | b'.')) =>
        {
            Some("number")
        }
        Value::String(_)
            if unsigned.strip_prefix("0b").is_some_and(|digits| {
                !digits.is_empty() && digits.bytes().all(|byte| matches!(byte, b'0' | b'1' | b'_'))
            }) =>
        {
            Some("number")
        }
        Value::Number(_)
            if unsigned.len() > 1
                && unsigned.starts_with('0')
                && unsigned.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            Some("octal")
        }
        Value::Number(_) if unsigned.starts_with("0o") => Some("text"),
        // PyYAML wants a dot before, and a sign behind, the letter of an exponent.
        Value::Number(_)
            if !unsigned.starts_with("0x")
                && unsigned.contains(['e', 'E'])
                && !(unsigned.contains('.')
                    && (unsigned.contains("e+")
                        || unsigned.contains("e-")
                        || unsigned.contains("E+")
                        || unsigned.contains("E-"))) =>
        {
            Some("text")
        }
        _ => None,
    }
}

/// `2024-01-31`, alone or with a time behind it.
fn is_date(text: &str) -> bool {
    let mut parts = text.splitn(3, '-');
    let (Some(year), Some(month), Some(rest)) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let digits = |part: &str, longest: usize| {
        !part.is_empty() && part.len() <= longest && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let day = rest.split([' ', 'T', 't']).next().unwrap_or_default();
    year.len() == 4 && digits(year, 4) && digits(month, 2) && digits(day, 2)
}
