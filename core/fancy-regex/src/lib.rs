//! The crate of this name adds look-around and back-references to regular expressions, at the price of linear time. No
//! schema may use them here, so the workspace puts this one in its place; the few patterns that JSON Schema's own schemas
//! hold need neither.

pub use regex::Error;

/// A pattern that matches in linear time.
#[derive(Clone, Debug)]
pub struct Regex(regex::Regex);

impl Regex {
    /// The pattern.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether a text has a match. It never fails.
    pub fn is_match(&self, text: &str) -> Result<bool, Error> {
        Ok(self.0.is_match(text))
    }
}

/// Compiles a pattern.
#[derive(Clone, Debug)]
pub struct RegexBuilder(regex::RegexBuilder);

impl RegexBuilder {
    /// Takes a pattern.
    pub fn new(pattern: &str) -> Self {
        Self(regex::RegexBuilder::new(pattern))
    }

    /// Without backtracking there is nothing to limit.
    pub fn backtrack_limit(&mut self, _limit: usize) -> &mut Self {
        self
    }

    /// Limits the size of the compiled pattern.
    pub fn delegate_size_limit(&mut self, limit: usize) -> &mut Self {
        self.0.size_limit(limit);
        self
    }

    /// Limits the size of what is made while matching.
    pub fn delegate_dfa_size_limit(&mut self, limit: usize) -> &mut Self {
        self.0.dfa_size_limit(limit);
        self
    }

    /// The compiled pattern.
    pub fn build(&self) -> Result<Regex, Error> {
        self.0.build().map(Regex)
    }
}
