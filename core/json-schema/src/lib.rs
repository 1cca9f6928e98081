//! JSON Schema 2020-12 for `serde_json`, behind functions that are not generic.
//!
//! The library's code is generic over the kind of JSON, so it is compiled wherever it is called. Called from the engine,
//! which is built for speed, it would take a megabyte; called from here it is built for size, and is fast enough
//! (`docs/benchmarks.md`).

use jsonschema::{Draft, PatternOptions, ValidationOptions, ValidatorMap};
use serde_json::Value;

pub use jsonschema::{JsonType, JsonTypeSet, ValidationError, error, paths};

/// Formats beyond JSON Schema's own: their names, and whether a text has one of them.
#[derive(Clone, Copy, Debug)]
pub struct Formats {
    /// The names.
    pub names: &'static [&'static str],
    /// Whether a text has the format of this name.
    pub holds: fn(&str, &str) -> bool,
}

/// A compiled schema.
#[derive(Clone, Debug)]
pub struct Validator(jsonschema::Validator);

/// The compiled schemas of one document, each by its place.
#[derive(Debug)]
pub struct Parts(ValidatorMap);

/// Whether a regular expression can be read and is matched in linear time.
pub fn is_pattern(pattern: &str) -> bool {
    name_pattern(pattern).is_some()
}

/// The schema of the texts that match a pattern.
pub fn name_pattern(pattern: &str) -> Option<Validator> {
    let schema = Value::Object(serde_json::Map::from_iter([("pattern".to_owned(), pattern.into())]));
    let plain = Formats {
        names: &[],
        holds: |_, _| true,
    };
    Validator::new(&schema, plain).ok()
}

/// What the JSON Schema of schemas finds wrong with a schema.
pub fn faults(schema: &Value, most: usize) -> Vec<ValidationError<'static>> {
    jsonschema::draft202012::meta::validator()
        .iter_errors(schema)
        .take(most)
        .map(ValidationError::to_owned)
        .collect()
}

impl Validator {
    /// Compiles a schema. References stay inside of it, patterns match in linear time.
    ///
    /// # Errors
    ///
    /// The first of its [`faults`], a reference that leads nowhere, or a pattern that cannot be read.
    pub fn new(schema: &Value, formats: Formats) -> Result<Self, ValidationError<'static>> {
        options(formats).build(schema).map(Self)
    }

    /// Whether a value fits.
    pub fn is_valid(&self, instance: &Value) -> bool {
        self.0.is_valid(instance)
    }

    /// What is wrong with a value.
    pub fn errors<'a>(&'a self, instance: &'a Value, most: usize) -> Vec<ValidationError<'a>> {
        self.0.iter_errors(instance).take(most).collect()
    }
}

impl Parts {
    /// Compiles every schema of a document.
    ///
    /// # Errors
    ///
    /// As [`Validator::new`].
    pub fn new(schema: &Value, formats: Formats) -> Result<Self, ValidationError<'static>> {
        options(formats).build_map(schema).map(Self)
    }

    /// The schema at a place such as `#/properties/size/oneOf/0`.
    pub fn get(&self, place: &str) -> Option<Validator> {
        self.0.get(place).cloned().map(Validator)
    }
}

fn options<'a>(formats: Formats) -> ValidationOptions<'a> {
    let mut options = jsonschema::options()
        .with_draft(Draft::Draft202012)
        .offline()
        .with_pattern_options(PatternOptions::regex())
        .should_validate_formats(true);
    for name in formats.names {
        options = options.with_format(*name, move |text: &str| (formats.holds)(name, text));
    }
    options
}
