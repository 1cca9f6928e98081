//! Text to syntax tree, with everything refused that would be unsafe to walk or that Python itself would refuse.

use std::ops::Range;

use ruff_python_ast::{ModModule, PythonVersion};
use ruff_python_parser::{Mode, ParseOptions, Parsed, parse_unchecked};
use ruff_text_size::{Ranged, TextRange};

use super::{Unreadable, compile, limits};

/// Parses a module in the newest Python.
///
/// # Errors
///
/// As [`parse_for`] has them.
pub(crate) fn parse(text: &str) -> Result<Parsed<ModModule>, Unreadable> {
    parse_for(text, PythonVersion::latest())
}

/// Parses a module that must run on a version of Python.
///
/// What comes back is no deeper than [`limits`] allows, so that it may be walked by recursion.
///
/// # Errors
///
/// Where `CPython` would not compile the text, and where it is nested too deep.
pub(crate) fn parse_for(text: &str, version: PythonVersion) -> Result<Parsed<ModModule>, Unreadable> {
    if let Some(at) = text.find('\0') {
        return Err(Unreadable::Syntax(
            at..at + 1,
            "source code cannot contain null bytes".to_owned(),
        ));
    }
    let bad_token = limits::check(text)?;
    // Behind a character that is no Python the depth is not known, so the parser must not go there.
    let readable = bad_token
        .as_ref()
        .and_then(|range| text.get(..range.end))
        .unwrap_or(text);
    let options = ParseOptions::from(Mode::Module).with_target_version(version);
    let Some(parsed) = parse_unchecked(readable, options).try_into_module() else {
        return Err(Unreadable::Syntax(0..text.len(), "this is not a module".to_owned()));
    };
    if let Some(error) = parsed.errors().first() {
        return Err(Unreadable::Syntax(bytes(error.location), error.error.to_string()));
    }
    if let Some(range) = bad_token {
        return Err(Unreadable::Syntax(range, "invalid token".to_owned()));
    }
    if let Some(error) = parsed.unsupported_syntax_errors().first() {
        return Err(Unreadable::Syntax(bytes(error.range), error.to_string()));
    }
    compile::check(text, parsed.syntax(), version)?;
    Ok(parsed)
}

/// The byte range of a node.
pub(super) fn range_of(node: &impl Ranged) -> Range<usize> {
    bytes(node.range())
}

pub(super) fn bytes(range: TextRange) -> Range<usize> {
    range.start().to_usize()..range.end().to_usize()
}
