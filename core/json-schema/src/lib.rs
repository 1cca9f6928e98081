//! JSON Schema 2020-12 for `serde_json`, behind functions that are not generic.
//!
//! The library's code is generic over the kind of JSON, so it is compiled wherever it is called. Called from the engine,
//! which is built for speed, it would take a megabyte; called from here it is built for size, and is fast enough
//! (`docs/benchmarks.md`).

use std::sync::OnceLock;

use jsonschema::{Draft, Registry, meta::MetaValidator};
use serde_json::{Map, Value, json};

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

/// Some of the schemas of one document, each by its place, such as `/properties/size/oneOf/0`.
///
/// They are the members of one schema, so that what several of them lead to is compiled once. Compiled one by one, those
/// of a schema that holds itself would each be as large as the document, and in WebAssembly each would bring the JSON
/// Schema of schemas anew.
#[derive(Clone, Debug)]
pub struct Parts(Validator);

/// A regular expression that is matched in linear time.
#[derive(Clone, Debug)]
pub struct Pattern(fancy_regex::Regex);

/// What the JSON Schema of schemas finds wrong with a schema.
pub fn faults(schema: &Value, most: usize) -> Vec<ValidationError<'static>> {
    // In WebAssembly the library compiles the schema of schemas whenever it is asked for.
    static SCHEMA_OF_SCHEMAS: OnceLock<MetaValidator<'static>> = OnceLock::new();
    SCHEMA_OF_SCHEMAS
        .get_or_init(jsonschema::draft202012::meta::validator)
        .iter_errors(schema)
        .take(most)
        .map(ValidationError::to_owned)
        .collect()
}

impl Validator {
    /// Compiles a schema that has no [`faults`]. References stay inside of it, patterns match in linear time.
    ///
    /// # Errors
    ///
    /// A reference that leads nowhere, or a pattern that cannot be read.
    pub fn new(schema: &Value, formats: Formats) -> Result<Self, ValidationError<'static>> {
        let registry = Registry::new()
            .draft(Draft::Draft202012)
            .add(WHOLE, schema)?
            .prepare()?;
        let mut options = jsonschema::options()
            // The library looks for faults in what it compiles, and in nothing that it finds in its registry. It is given
            // no more than a reference, in the draft whose schema of schemas is the smallest.
            .with_draft(Draft::Draft4)
            .with_registry(&registry)
            .offline()
            .should_validate_formats(true);
        for name in formats.names {
            options = options.with_format(*name, move |text: &str| (formats.holds)(name, text));
        }
        options.build(&json!({"$ref": WHOLE})).map(Self)
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

impl Pattern {
    /// Compiles a pattern; none where it cannot be read, or not be matched in linear time.
    pub fn new(pattern: &str) -> Option<Self> {
        let pattern = jsonschema_regex::to_rust_regex(pattern).ok()?;
        fancy_regex::RegexBuilder::new(&pattern).build().ok().map(Self)
    }

    /// Whether a text has a match.
    pub fn matches(&self, text: &str) -> bool {
        self.0.is_match(text).unwrap_or_default()
    }
}

impl Parts {
    /// Compiles the schemas at some places of a document, each given with its place as a URI fragment.
    ///
    /// # Errors
    ///
    /// As [`Validator::new`].
    pub fn new(
        schema: &Value,
        places: impl Iterator<Item = (String, String)>,
        formats: Formats,
    ) -> Result<Self, ValidationError<'static>> {
        let mut document = schema.clone();
        if let Value::Object(keywords) = &mut document {
            keywords.insert("$id".to_owned(), DOCUMENT.into());
        }
        let lead = |fragment: String| json!({"$ref": format!("{DOCUMENT}#{fragment}")});
        let parts: Map<String, Value> = places.map(|(place, fragment)| (place, lead(fragment))).collect();
        Validator::new(&json!({"$defs": {"document": document}, "properties": parts}), formats).map(Self)
    }

    /// Whether a value fits the schema at a place.
    pub fn is_valid(&self, place: &str, instance: &Value) -> bool {
        self.0
            .is_valid(&Value::Object(Map::from_iter([(place.to_owned(), instance.clone())])))
    }

    /// What is wrong with values that each stand for the schema at a place; the first step of the path of an error is
    /// that place.
    pub fn errors<'a>(&'a self, instances: &'a Value) -> Vec<ValidationError<'a>> {
        self.0.errors(instances, usize::MAX)
    }
}

/// The address of the document whose parts are asked.
const DOCUMENT: &str = "urn:document";

/// The address of what is compiled.
const WHOLE: &str = "urn:whole";
