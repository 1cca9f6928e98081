//! Templates: loaded from plain files, and refused unless they are safe to render with any value.

mod catalogue;
mod gate;
mod inherit;
pub(crate) mod instrument;
mod lexical;
mod load;
mod manifest;
mod risks;

pub(crate) use catalogue::{Catalogue, Missing};
pub(crate) use load::load;
pub(crate) use manifest::Schemas;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use minijinja::Environment;
use serde_json::{Map, Value};

use crate::{answer::TemplateCard, pattern::Pattern, pointer::Pointer, schema::Schema};

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
    /// Values of parameters that are not asked for.
    fixed: Map<String, Value>,
    /// How the id of its DAG is made.
    pub(crate) dag_id: Pattern,
    /// The files that it writes; the first is the DAG file, if it is Python.
    pub(crate) outputs: Vec<Output>,
    /// Path of its `template.yaml` in the catalogue.
    pub(crate) path: String,
    /// The paths of its Jinja files in the catalogue, by the names that the files know each other by.
    pub(crate) paths: BTreeMap<String, String>,
    /// Its Jinja files by name, instrumented.
    pub(crate) environment: Environment<'static>,
    /// Python names that its text uses, which no value may take.
    pub(crate) names: Arc<BTreeSet<String>>,
    /// Texts of its author that hold Jinja for Airflow.
    pub(crate) jinja: Vec<String>,
}

impl Template {
    /// The answers, with those that the template gives itself.
    pub(crate) fn with_fixed<'v>(&self, values: &'v Value) -> Cow<'v, Value> {
        let mut values = Cow::Borrowed(values);
        for (name, value) in &self.fixed {
            if let Some(members) = values.to_mut().as_object_mut() {
                members.insert(name.clone(), value.clone());
            }
        }
        values
    }
}

/// A file that a template writes, or several.
#[derive(Debug)]
pub(crate) struct Output {
    /// Name of the Jinja file.
    pub(crate) source: String,
    pub(crate) target: Target,
    /// Where it belongs; none for the DAG file, whose place the settings name.
    pub(crate) path: Option<String>,
    /// Name of a Jinja file that writes something where this one is wanted.
    pub(crate) when: Option<String>,
    /// The list with an item for each file.
    pub(crate) for_each: Option<Pointer>,
    /// Its place in `template.yaml`, a byte range.
    pub(crate) place: std::ops::Range<usize>,
}

/// How a Jinja file emits values, decided by its name alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A configuration file for Python's `configparser`.
    Cfg,
    Json,
    /// Every value is Markdown text that means nothing but itself.
    Markdown,
    /// Every value is a Python literal.
    Python,
    Shell,
    /// PostgreSQL's SQL.
    Sql,
    /// Terraform's HCL.
    Terraform,
    Toml,
    Yaml,
}

impl Target {
    const ALL: [(&'static str, Self); 10] = [
        ("cfg", Self::Cfg),
        ("json", Self::Json),
        ("md", Self::Markdown),
        ("py", Self::Python),
        ("sh", Self::Shell),
        ("sql", Self::Sql),
        ("tf", Self::Terraform),
        ("toml", Self::Toml),
        ("yaml", Self::Yaml),
        ("yml", Self::Yaml),
    ];

    /// The name under which the Jinja engine hands it to the formatter.
    pub(crate) fn name(self) -> &'static str {
        let named = Self::ALL.iter().find(|(_, target)| *target == self);
        named.map_or("", |(name, _)| name)
    }

    /// The target with a name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let named = Self::ALL.iter().find(|(other, _)| *other == name);
        named.map(|(_, target)| *target)
    }

    /// The target of a Jinja file, such as `dag.py.j2`.
    pub(crate) fn of(file: &str) -> Option<Self> {
        let (_, ending) = file.strip_suffix(".j2")?.rsplit_once('.')?;
        Self::named(ending)
    }

    /// The language for people, where it is not the same in every language.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Cfg => "INI",
            Self::Json => "JSON",
            Self::Markdown => "Markdown",
            Self::Python => "Python",
            Self::Shell => "shell",
            Self::Sql => "SQL",
            Self::Terraform => "HCL",
            Self::Toml => "TOML",
            Self::Yaml => "YAML",
        }
    }
}
