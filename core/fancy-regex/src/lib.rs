//! The crate of this name adds look-around and back-references to regular expressions, at the price of linear time. No
//! schema may use them here, so the workspace puts this one in its place. It also makes no automata for long texts, which
//! would be half of the code: answers in a form are short.

use std::fmt;

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
    /// The pattern.
    pub fn as_str(&self) -> &str {
        &self.pattern
    }

    /// Whether a text has a match. It never fails.
    ///
    /// # Errors
    ///
    /// None.
    pub fn is_match(&self, text: &str) -> Result<bool, Error> {
        Ok(self.automaton.is_match(text))
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

    /// Without backtracking there is nothing to limit.
    pub fn backtrack_limit(&mut self, _limit: usize) -> &mut Self {
        self
    }

    /// Limits the size of the compiled pattern.
    pub fn delegate_size_limit(&mut self, limit: usize) -> &mut Self {
        self.limit = limit;
        self
    }

    /// Nothing is made while matching that could grow.
    pub fn delegate_dfa_size_limit(&mut self, _limit: usize) -> &mut Self {
        self
    }

    /// The compiled pattern.
    ///
    /// # Errors
    ///
    /// Where it cannot be read, or is too large.
    pub fn build(&self) -> Result<Regex, Error> {
        let limits = meta::Config::new().nfa_size_limit(Some(self.limit));
        let automaton = meta::Builder::new().configure(limits).build(&self.pattern);
        Ok(Regex {
            pattern: self.pattern.clone(),
            automaton: automaton.map_err(|error| Error(Box::new(error)))?,
        })
    }
}
