//! JSON Schema 2020-12 for `serde_json`, behind functions that are not generic.
//!
//! The library's code is generic over the kind of JSON, so it is compiled wherever it is called. Called from the engine,
//! which is built for speed, it would take a megabyte; called from here it is built for size, and is fast enough
//! (`docs/benchmarks.md`).

use jsonschema::{Draft, Registry, ValidationOptions, ValidatorMap};
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

/// Compiled schemas of one document, by their places.
#[derive(Debug)]
pub struct Parts(ValidatorMap);

/// A regular expression that is matched in linear time.
#[derive(Clone, Debug)]
pub struct Pattern(fancy_regex::Regex);

/// The address of the document while its parts are compiled.
const DOCUMENT: &str = "urn:dagwright:document";

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
    /// Compiles those schemas of a document that stand at some places, such as `/properties/size/oneOf/0`, written as in
    /// an address. In WebAssembly each build compiles the JSON Schema of schemas anew, so there is one for all of them.
    pub fn new(schema: &Value, formats: Formats, places: &[String]) -> Option<Self> {
        let registry = Registry::new().draft(Draft::Draft202012);
        let registry = registry
            .add(DOCUMENT, Draft::Draft202012.create_resource_ref(schema))
            .ok()?
            .prepare()
            .ok()?;
        let reference = |place: &String| {
            let address = Value::from(format!("{DOCUMENT}#{place}"));
            let reference = serde_json::Map::from_iter([("$ref".to_owned(), address)]);
            (place.clone(), Value::Object(reference))
        };
        let references = Value::Object(places.iter().map(reference).collect());
        let options = options(formats).with_registry(&registry);
        options.build_map(&references).ok().map(Self)
    }

    /// The schema at one of the places.
    pub fn get(&self, place: &str) -> Option<Validator> {
        let name = place.replace('~', "~0").replace('/', "~1");
        self.0.get(&format!("#/{name}")).cloned().map(Validator)
    }
}

fn options<'a>(formats: Formats) -> ValidationOptions<'a> {
    let mut options = jsonschema::options()
        .with_draft(Draft::Draft202012)
        .offline()
        .should_validate_formats(true);
    for name in formats.names {
        options = options.with_format(*name, move |text: &str| (formats.holds)(name, text));
    }
    options
}
