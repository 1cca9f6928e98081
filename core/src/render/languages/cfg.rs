//! Configuration files as Python's `configparser` reads them, such as `airflow.cfg` and `setup.cfg`.

use super::{Scanner, Syntax};
use crate::render::literal::{Notation, Numbers, Problem};

pub(super) const SYNTAX: Syntax = Syntax {
    notation: &NOTATION,
    scanner: |text| Box::new(Lines { text }),
    before: "=:",
    behind: "",
    is_well_formed: |_| Ok(()),
};

const NOTATION: Notation = Notation {
    null: None,
    booleans: ["True", "False"],
    text: write_text,
    list: None,
    map: None,
    numbers: Numbers::Plain,
    trailing_comma: false,
    joins_texts: false,
};

/// A value is the rest of its line, without the blanks around it.
fn write_text(text: &mut String, content: &str) -> Result<(), Problem> {
    if content.contains(super::json::is_hidden) || content.trim() != content {
        return Err(Problem::Character);
    }
    text.push_str(&content.replace('%', "%%"));
    Ok(())
}

struct Lines<'t> {
    text: &'t str,
}

impl Scanner for Lines<'_> {
    fn step(&mut self, at: usize) -> Option<usize> {
        super::character(self.text, at)
    }

    /// A value stands alone behind the key of its line.
    fn admits(&self, start: usize, end: usize) -> bool {
        let before = self.text.get(..start).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        let behind = self.text.get(end..).unwrap_or_default();
        let key = line.trim_end().strip_suffix(['=', ':']).map(str::trim_end);
        key.is_some_and(|key| {
            !key.is_empty()
                && key
                    .bytes()
                    .all(|letter| letter.is_ascii_alphanumeric() || b"_.-".contains(&letter))
        }) && (behind.is_empty() || behind.starts_with(['\n', '\r']))
    }
}
