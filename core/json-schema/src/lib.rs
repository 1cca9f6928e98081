//! JSON Schema 2020-12 for `serde_json`, behind functions that are not generic.
//!
//! The library's code is generic over the kind of JSON, so it is compiled wherever it is called. Called from the engine,
//! which is built for speed, it would take a megabyte; called from here it is built for size, and is fast enough
//! (`docs/benchmarks.md`).

use jsonschema::{Draft, PatternOptions, Registry, ValidationOptions};
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

/// The schemas of one document, each of which can be compiled by its place.
#[derive(Debug)]
pub struct Parts<'a> {
    registry: Registry<'a>,
    formats: Formats,
}

/// The address of the document while its parts are compiled.
const DOCUMENT: &str = "urn:dagwright:document";

/// Whether a regular expression can be read and is matched in linear time.
pub fn is_pattern(pattern: &str) -> bool {
    jsonschema_regex::to_rust_regex(pattern).is_ok_and(|pattern| regex::Regex::new(&pattern).is_ok())
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

impl<'a> Parts<'a> {
    /// Takes a document; none where a reference in it leads nowhere.
    pub fn new(schema: &'a Value, formats: Formats) -> Option<Self> {
        let registry = Registry::new().draft(Draft::Draft202012);
        let registry = registry
            .add(DOCUMENT, Draft::Draft202012.create_resource_ref(schema))
            .ok()?
            .prepare()
            .ok()?;
        Some(Self { registry, formats })
    }

    /// Compiles the schema at a place such as `#/properties/size/oneOf/0`, written as in an address.
    pub fn compile(&self, place: &str) -> Option<Validator> {
        let address = Value::from(format!("{DOCUMENT}{place}"));
        let reference = Value::Object(serde_json::Map::from_iter([("$ref".to_owned(), address)]));
        let options = options(self.formats).with_registry(&self.registry);
        options.build(&reference).ok().map(Validator)
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
