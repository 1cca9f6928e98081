//! The Jinja engine as templates know it: what it emits, and the few functions and filters of our own.

use std::{collections::BTreeSet, sync::Arc};

use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value,
    syntax::SyntaxConfig,
    value::{Object, ObjectRepr, Rest},
};

use super::{
    CONTEXT, Emitted,
    budget::{self, Budget},
    filters, languages,
    languages::python::{is_identifier, is_keyword},
    literal::Problem,
    markdown,
    parameters::Collection,
    refusal::Refusal,
};
use crate::{
    formats,
    pointer::Pointer,
    providers, python, settings,
    template::{
        Target,
        instrument::{EMIT, EMIT_TARGET, FACTOR, NAMED, PART, WRITTEN},
        mark,
    },
    version::at_least,
};

/// Instructions that one rendering may take; a DAG of 500 tasks takes about a tenth.
const FUEL: u64 = 2_000_000;
/// How deep macros, files and loops may call each other: 25 macros, or 10 files.
const RECURSION: usize = 100;
/// Texts that one rendering may put into others.
const MAXIMUM_TEXTS: usize = 20;
/// Deepest indentation of a value with a line for each of its parts.
const MAXIMUM_INDENTATION: usize = 100;

/// The engine without templates.
pub(crate) fn environment(syntax: SyntaxConfig) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_syntax(syntax);
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    environment.set_fuel(Some(FUEL));
    environment.set_recursion_limit(RECURSION);
    environment.set_auto_escape_callback(|name| {
        let target = Target::of(name).map_or("none", Target::name);
        AutoEscape::Custom(target.into())
    });
    environment.set_formatter(format);
    for filter in [
        "safe",
        "escape",
        "e",
        "tojson",
        "urlencode",
        "pprint",
        "format",
        "indent",
    ] {
        environment.remove_filter(filter);
    }
    // What grows without being emitted would grow beyond every limit.
    for global in ["namespace", "debug"] {
        environment.remove_global(global);
    }
    environment.add_filter("identifier", |value: Value| Value::from_object(Identifier(value)));
    environment.add_filter("lines", |value: Value, indentation: usize| {
        let indentation = indentation.min(MAXIMUM_INDENTATION);
        Value::from_object(Lines { value, indentation })
    });
    environment.add_filter("seconds", |text: &str| {
        formats::seconds(text).map_err(|_| Error::new(ErrorKind::InvalidOperation, "not a duration"))
    });
    environment.add_function("airflow_at_least", |state: &State, version: &str| {
        versions(state).map(|versions| at_least(&versions.airflow, version))
    });
    environment.add_function("provider_at_least", |state: &State, name: &str, version: &str| {
        let versions = versions(state)?;
        let own = versions.provider(name).ok_or_else(|| {
            Error::new(
                ErrorKind::InvalidOperation,
                format!("no version of the provider {name} is known; name it in portal.json"),
            )
        })?;
        Ok::<_, Error>(at_least(&own, version))
    });
    environment.add_function("render", render_text);
    environment.add_function(EMIT, |value: Value, origin: Rest<Value>| emit(value, &origin, false));
    environment.add_function(EMIT_TARGET, |value: Value, origin: Rest<Value>| {
        emit(value, &origin, true)
    });
    environment.add_function(PART, budget::part);
    environment.add_function(FACTOR, budget::factor);
    environment.add_function(NAMED, budget::named);
    environment.add_function(WRITTEN, budget::spend);
    filters::register(&mut environment);
    environment
}

/// The values emitted by one rendering, by number.
#[derive(Debug, Default)]
pub(super) struct Emissions(pub(super) Vec<(Emitted, Option<Pointer>)>);

/// How many texts one rendering has put into others.
#[derive(Debug, Default)]
struct Texts(usize);

/// A value on its way into the output, and where it comes from.
#[derive(Debug)]
struct Emit {
    value: Value,
    pointer: Option<Pointer>,
    /// Whether it is the target of a link.
    is_target: bool,
}

impl Object for Emit {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }
}

/// A value that is to be a bare Python name.
#[derive(Debug)]
struct Identifier(Value);

impl Object for Identifier {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }
}

/// A value that is to be written with a line for each of its parts.
#[derive(Debug)]
struct Lines {
    value: Value,
    indentation: usize,
}

impl Object for Lines {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }
}

/// Python names that values may not take.
#[derive(Debug)]
pub(super) struct Names(pub(super) Arc<BTreeSet<String>>);

impl Names {
    pub(super) const NAME: &str = "__names";
}

impl Object for Names {}

/// The versions that a DAG will run on.
#[derive(Debug)]
pub(super) struct Versions {
    airflow: String,
    providers: Vec<(String, String)>,
}

impl Versions {
    pub(super) const NAME: &str = "__versions";

    pub(super) fn new(airflow: &settings::Airflow) -> Self {
        Self {
            airflow: airflow.version.clone(),
            providers: airflow
                .providers
                .iter()
                .map(|(name, version)| (name.clone(), version.clone()))
                .collect(),
        }
    }

    fn provider(&self, name: &str) -> Option<String> {
        self.providers
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, version)| version.clone())
            .or_else(|| providers::version(&self.airflow, name).map(str::to_owned))
    }
}

impl Object for Versions {}

fn versions(state: &State<'_, '_>) -> Result<Arc<Versions>, Error> {
    state
        .lookup(Versions::NAME)
        .and_then(|value| value.downcast_object::<Versions>())
        .ok_or_else(|| Error::new(ErrorKind::InvalidOperation, "versions are not known here"))
}

/// What each placeholder calls: the value, what holds it, and under which key.
fn emit(value: Value, origin: &[Value], is_target: bool) -> Value {
    let own = value
        .downcast_object_ref::<Collection>()
        .map(|collection| collection.pointer.clone());
    let pointer = own.or_else(|| {
        let holder = origin.first()?.downcast_object_ref::<Collection>()?;
        Some(match origin.get(1) {
            Some(key) => match (key.as_str(), key.as_usize()) {
                (Some(key), _) => holder.pointer.key(key),
                (None, Some(index)) => holder.pointer.index(index),
                (None, None) => holder.pointer.clone(),
            },
            None => holder.pointer.clone(),
        })
    });
    Value::from_object(Emit {
        value,
        pointer,
        is_target,
    })
}

/// Renders another file to a text, which is a value like any other.
fn render_text(state: &mut State<'_, '_>, name: &str) -> Result<String, Error> {
    let texts = state.get_or_insert_extension(Texts::default());
    texts.0 += 1;
    if texts.0 > MAXIMUM_TEXTS {
        return Err(Error::new(ErrorKind::OutOfFuel, "too many texts"));
    }
    let context: Vec<_> = CONTEXT
        .iter()
        .copied()
        .chain([Versions::NAME, Budget::NAME])
        .filter_map(|name| Some((name, state.lookup(name)?)))
        .collect();
    state.env().get_template(name)?.render(Value::from_pairs(context))
}

/// The only way into the output for anything but a file's own text.
fn format(output: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    let target = match state.auto_escape() {
        AutoEscape::Custom(name) => Target::named(name),
        _ => None,
    };
    let Some(target) = target else {
        return Err(Error::new(
            ErrorKind::BadEscape,
            "values cannot be written into this kind of file",
        ));
    };
    let Some(emit) = value.downcast_object_ref::<Emit>() else {
        // The text of a macro, in which every value has been through here already.
        return match value.as_str() {
            Some(text) if value.is_safe() => output.write_str(text).map_err(Error::from),
            _ => Err(Error::new(
                ErrorKind::BadEscape,
                "only the text of a macro may be written as it is",
            )),
        };
    };
    let refuse = |code, params| {
        Error::from(Refusal {
            code,
            params,
            pointer: emit.pointer.clone(),
        })
    };
    let refuse_value = |problem| match (problem, &emit.pointer) {
        // An answer with marks in it was typed so; it captured nothing.
        (Problem::Captured, Some(_)) => refuse("forbidden-character", Vec::new()),
        (problem, _) => refuse(problem.code(), Vec::new()),
    };
    if target == Target::Markdown {
        let write = if emit.is_target {
            markdown::target
        } else {
            markdown::text
        };
        let text = write(&emit.value).map_err(refuse_value)?;
        budget::spend(state, text.len())?;
        return output.write_str(&text).map_err(Error::from);
    }
    let (text, emitted) = if let Some(identifier) = emit.value.downcast_object_ref::<Identifier>() {
        let name = identifier.0.as_str().unwrap_or_default();
        let text = if target == Target::Python {
            let taken = state
                .lookup(Names::NAME)
                .and_then(|names| names.downcast_object::<Names>())
                .is_none_or(|names| names.0.contains(name));
            if !is_identifier(name) {
                return Err(refuse("name-not-identifier", vec![("name", name.to_owned())]));
            }
            if taken || is_keyword(name) || python::is_builtin(name) || name.starts_with("__") {
                return Err(refuse("name-taken", vec![("name", name.to_owned())]));
            }
            name.to_owned()
        } else {
            languages::identifier(target, name)
                .ok_or_else(|| refuse("name-not-identifier", vec![("name", name.to_owned())]))?
        };
        (text, Emitted::Name(name.to_owned()))
    } else {
        let (value, indentation) = match emit.value.downcast_object_ref::<Lines>() {
            Some(lines) => (&lines.value, Some(lines.indentation)),
            None => (&emit.value, None),
        };
        let text = languages::write(target, value, indentation).map_err(refuse_value)?;
        (text, Emitted::Literal(value.clone()))
    };
    budget::spend(state, text.len())?;
    let emissions = state.get_or_insert_extension(Emissions::default());
    let number = emissions.0.len();
    emissions.0.push((emitted, emit.pointer.clone()));
    write!(output, "{}{number}{}{text}{}", mark::START, mark::NUMBER_END, mark::END).map_err(Error::from)
}
