//! Why rendering stopped, on its way through the Jinja engine.

use std::fmt;

use minijinja::{Error, ErrorKind};

use crate::pointer::Pointer;

/// Why a value may not be emitted, or may not be made.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    pub(super) code: &'static str,
    pub(super) params: Vec<(&'static str, String)>,
    pub(super) pointer: Option<Pointer>,
}

impl Refusal {
    /// A refusal that is about the template.
    pub(super) fn of_template(code: &'static str) -> Self {
        Self {
            code,
            params: Vec::new(),
            pointer: None,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code)
    }
}

impl std::error::Error for Refusal {}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::new(ErrorKind::BadEscape, refusal.code).with_source(refusal)
    }
}
