//! Schemas are compiled for one of two crates of regular expressions, and here for `fancy-regex`. This one, which takes the
//! place of the other, compiles nothing, so that all that is made for it falls away.

use std::fmt;

/// A pattern, of which there is none.
#[derive(Clone, Copy, Debug)]
pub enum Regex {}

impl Regex {
    /// Compiles nothing.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn new(_pattern: &str) -> Result<Self, Error> {
        Err(Error)
    }

    /// The pattern.
    pub fn as_str(&self) -> &str {
        match *self {}
    }

    /// Whether a text has a match.
    pub fn is_match(&self, _text: &str) -> bool {
        match *self {}
    }

    /// The first match in a text.
    pub fn find(&self, _text: &str) -> Option<Match> {
        match *self {}
    }
}

/// A place that a pattern matches, of which there is none.
#[derive(Clone, Copy, Debug)]
pub enum Match {}

impl Match {
    /// Where it begins.
    pub fn start(&self) -> usize {
        match *self {}
    }
}

/// Why nothing is compiled.
#[derive(Clone, Copy, Debug)]
pub struct Error;

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("this crate compiles no patterns")
    }
}

impl std::error::Error for Error {}

/// Compiles nothing.
#[derive(Clone, Copy, Debug)]
pub struct RegexBuilder;

impl RegexBuilder {
    /// Takes a pattern.
    pub fn new(_pattern: &str) -> Self {
        Self
    }

    /// Limits nothing.
    pub fn size_limit(&mut self, _limit: usize) -> &mut Self {
        self
    }

    /// Limits nothing.
    pub fn dfa_size_limit(&mut self, _limit: usize) -> &mut Self {
        self
    }

    /// Compiles nothing.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn build(&self) -> Result<Regex, Error> {
        Err(Error)
    }
}
