//! Templates: loaded from plain files, and refused unless they are safe to render with any value.

mod gate;
pub(crate) mod instrument;
mod lexical;
mod load;
mod risks;

pub(crate) use load::{Schemas, load};

use std::{collections::BTreeSet, sync::Arc};

use minijinja::Environment;

use crate::{answer::TemplateCard, schema::Schema};

/// Characters of the private use planes that wrap each emitted literal; no template and no config may hold them.
pub(crate) mod mark {
    /// Begins an emission; its number follows.
    pub(crate) const START: char = '\u{F5A00}';
    /// Ends the number; the literal follows.
    pub(crate) const NUMBER_END: char = '\u{F5A01}';
    /// Ends the literal.
    pub(crate) const END: char = '\u{F5A02}';

    pub(crate) fn is_in(text: &str) -> bool {
        text.contains([START, NUMBER_END, END])
    }
}

/// A template that passed its gate.
#[derive(Debug)]
pub(crate) struct Template {
    pub(crate) card: TemplateCard,
    /// Bounds on the Airflow version, such as `>=2.5`.
    pub(crate) airflow: Option<String>,
    pub(crate) schema: Schema,
    /// Name of the Jinja file that makes the DAG file.
    pub(crate) source: String,
    /// The folder in the catalogue, for places in its files.
    pub(crate) folder: String,
    /// Its Jinja files by name, instrumented.
    pub(crate) environment: Environment<'static>,
    /// Python names that its text uses, which no value may take.
    pub(crate) names: Arc<BTreeSet<String>>,
    /// Texts of its author that hold Jinja for Airflow.
    pub(crate) jinja: Vec<String>,
}

/// How a Jinja file emits values, decided by its name alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// Every value is a Python literal.
    Python,
    /// Every value is Markdown text that means nothing but itself.
    Markdown,
}

impl Target {
    /// The name under which the Jinja engine hands it to the formatter.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Python => "python",
            Self::Markdown => "markdown",
        }
    }

    pub(crate) fn of(file: &str) -> Option<Self> {
        let stem = file.strip_suffix(".j2")?;
        if stem.ends_with(".py") {
            Some(Self::Python)
        } else if stem.ends_with(".md") {
            Some(Self::Markdown)
        } else {
            None
        }
    }
}
