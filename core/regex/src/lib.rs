//! The crate of this name makes automata that read long texts fast. Answers in a form are short, so the workspace puts this
//! one in its place: the same expressions and the same meaning, without what would be half of their code.

use std::{fmt, ops::Range};

use regex_automata::meta;

/// Why a pattern cannot be compiled.
#[derive(Clone, Debug)]
pub struct Error(Box<meta::BuildError>);

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl std::error::Error for Error {}

/// A pattern that matches in linear time.
#[derive(Clone, Debug)]
pub struct Regex {
    pattern: String,
    automaton: meta::Regex,
}

impl Regex {
    /// Compiles a pattern.
    ///
    /// # Errors
    ///
    /// Where it cannot be read, or is too large.
    pub fn new(pattern: &str) -> Result<Self, Error> {
        RegexBuilder::new(pattern).build()
    }

    /// The pattern.
    pub fn as_str(&self) -> &str {
        &self.pattern
    }

    /// Whether a text has a match.
    pub fn is_match(&self, text: &str) -> bool {
        self.automaton.is_match(text)
    }

    /// The first match in a text.
    pub fn find(&self, text: &str) -> Option<Match> {
        self.automaton.find(text).map(|found| Match(found.range()))
    }
}

/// A place that a pattern matches.
#[derive(Clone, Debug)]
pub struct Match(Range<usize>);

impl Match {
    /// Where it begins.
    pub fn start(&self) -> usize {
        self.0.start
    }
}

/// Compiles a pattern within limits.
#[derive(Clone, Debug)]
pub struct RegexBuilder {
    pattern: String,
    limit: usize,
}

impl RegexBuilder {
    /// Takes a pattern.
    pub fn new(pattern: &str) -> Self {
        Self {
            pattern: pattern.to_owned(),
            limit: 10 * (1 << 20),
        }
    }

    /// Limits the size of the compiled pattern.
    pub fn size_limit(&mut self, limit: usize) -> &mut Self {
        self.limit = limit;
        self
    }

    /// Nothing is made while matching that could grow.
    pub fn dfa_size_limit(&mut self, _limit: usize) -> &mut Self {
        self
    }

    /// The compiled pattern.
    ///
    /// # Errors
    ///
    /// As [`Regex::new`].
    pub fn build(&self) -> Result<Regex, Error> {
        let limits = meta::Config::new().nfa_size_limit(Some(self.limit));
        let automaton = meta::Builder::new().configure(limits).build(&self.pattern);
        Ok(Regex {
            pattern: self.pattern.clone(),
            automaton: automaton.map_err(|error| Error(Box::new(error)))?,
        })
    }
}
