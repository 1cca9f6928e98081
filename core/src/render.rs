//! Rendering: values become literals, and the result proves that they became nothing else.

mod budget;
mod composition;
mod environment;
mod filters;
mod gate;
mod languages;
mod literal;
mod markdown;
mod parameters;
mod refusal;

pub(crate) use environment::environment;
pub(crate) use gate::{Gated, Rejection, check};
pub(crate) use languages::{Fault, check as check_language};

use std::{io, ops::Range, sync::Arc};

use minijinja::{ErrorKind, Value};

use crate::{
    finding::{Finding, Place},
    pointer::Pointer,
    settings::Airflow,
    template::{Output, Target, Template, mark},
};
use budget::Budget;
use environment::{Emissions, Versions};
use parameters::tree;
use refusal::Refusal;

/// Largest file that is written, in bytes.
const MAXIMUM_OUTPUT: usize = 2_000_000;

/// What a template is told, apart from the answers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts<'a> {
    /// The answers, with every default filled in.
    pub(crate) parameters: &'a serde_json::Value,
    pub(crate) package: &'a str,
    pub(crate) name: &'a str,
    pub(crate) dag_id: &'a str,
    pub(crate) environment: Option<&'a str>,
    pub(crate) config_path: &'a str,
    pub(crate) portal_link: Option<&'a str>,
    pub(crate) airflow: &'a Airflow,
    /// The item that the file is for, where a template writes one for each.
    pub(crate) item: Option<Item<'a>>,
}

/// One of the answers that files are written for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item<'a> {
    pub(crate) index: usize,
    pub(crate) value: &'a serde_json::Value,
    /// Its place below the parameters.
    pub(crate) pointer: &'a Pointer,
}

/// The names that a template sees.
const CONTEXT: [&str; 10] = [
    "parameters",
    "package",
    "name",
    "dag_id",
    "environment",
    "config_path",
    "portal_link",
    "template",
    "item",
    "index",
];

/// A rendered file before its gate.
#[derive(Clone, Debug)]
pub(crate) struct Rendered {
    pub(crate) text: String,
    /// The emissions, in the order of the text.
    pub(crate) emissions: Vec<Emission>,
}

impl Rendered {
    /// Puts text in front; behind the first line where that names the program that runs the file.
    pub(crate) fn prepend(&mut self, head: &str) {
        let at = match self.text.find('\n') {
            Some(end) if self.text.starts_with("#!") => end + 1,
            _ => 0,
        };
        self.text.insert_str(at, head);
        for emission in &mut self.emissions {
            if emission.range.start >= at {
                emission.range = emission.range.start + head.len()..emission.range.end + head.len();
            }
        }
    }
}

/// One value in a rendered file.
#[derive(Clone, Debug)]
pub(crate) struct Emission {
    pub(crate) range: Range<usize>,
    /// What must be read back from the range.
    pub(crate) value: Emitted,
    /// Where the value comes from, below the parameters.
    pub(crate) pointer: Option<Pointer>,
}

/// What a stretch of Python must be.
#[derive(Clone, Debug)]
pub(crate) enum Emitted {
    /// A literal of this value.
    Literal(Value),
    /// This name.
    Name(String),
}

/// Renders the file of an output.
pub(crate) fn render(template: &Template, output: &Output, facts: &Facts<'_>) -> Result<Rendered, Box<Finding>> {
    write(template, &output.source, facts)
}

/// Whether an output is wanted.
pub(crate) fn is_wanted(template: &Template, output: &Output, facts: &Facts<'_>) -> Result<bool, Box<Finding>> {
    match &output.when {
        Some(condition) => Ok(!write(template, condition, facts)?.text.is_empty()),
        None => Ok(true),
    }
}

fn write(template: &Template, source: &str, facts: &Facts<'_>) -> Result<Rendered, Box<Finding>> {
    let undefined_if_none = |text: Option<&str>| text.map_or(Value::from(()), Value::from);
    let item = facts.item.into_iter().flat_map(|item| {
        [
            ("item", tree(item.value, item.pointer)),
            ("index", Value::from(item.index)),
        ]
    });
    let context = [
        ("parameters", tree(facts.parameters, &Pointer::root())),
        ("package", Value::from(facts.package)),
        ("name", Value::from(facts.name)),
        ("dag_id", Value::from(facts.dag_id)),
        ("environment", undefined_if_none(facts.environment)),
        ("config_path", Value::from(facts.config_path)),
        ("portal_link", undefined_if_none(facts.portal_link)),
        (
            "template",
            Value::from_pairs([
                ("id", Value::from(template.card.id.as_str())),
                ("version", Value::from(template.card.version.as_str())),
            ]),
        ),
        (Versions::NAME, Value::from_object(Versions::new(facts.airflow))),
        (Budget::NAME, Value::from_object(Budget::new())),
        (
            environment::Names::NAME,
            Value::from_object(environment::Names(Arc::clone(&template.names))),
        ),
    ];
    let context = Value::from_pairs(context.into_iter().chain(item));
    let mut output = Limited(Vec::new());
    let file = template
        .environment
        .get_template(source)
        .map_err(|error| failure(template, source, &error))?;
    let captured = file
        .render_captured_to(context, &mut output)
        .map_err(|error| failure(template, source, &error))?;
    let emissions = captured.state().get_extension::<Emissions>();
    let emitted = emissions.map_or(&[][..], |emissions| &emissions.0);
    let marked = String::from_utf8(output.0).unwrap_or_default();
    Ok(strip(&marked, emitted))
}

/// Takes the marks out and notes what they held.
fn strip(marked: &str, emitted: &[(Emitted, Option<Pointer>)]) -> Rendered {
    let mut text = String::with_capacity(marked.len());
    let mut emissions = Vec::with_capacity(emitted.len());
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once(mark::START) {
        text.push_str(before);
        let (number, after) = after.split_once(mark::NUMBER_END).unwrap_or(("", after));
        let (literal, after) = after.split_once(mark::END).unwrap_or((after, ""));
        let start = text.len();
        text.push_str(literal);
        if let Some((value, pointer)) = number.parse::<usize>().ok().and_then(|number| emitted.get(number)) {
            emissions.push(Emission {
                range: start..text.len(),
                value: value.clone(),
                pointer: pointer.clone(),
            });
        }
        rest = after;
    }
    text.push_str(rest);
    Rendered { text, emissions }
}

/// Why a file could not be rendered: a value that is refused, or a fault of the template.
fn failure(template: &Template, source: &str, error: &minijinja::Error) -> Box<Finding> {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(found) = cause {
        if let Some(refusal) = found.downcast_ref::<Refusal>() {
            let place = match &refusal.pointer {
                Some(pointer) => Place::Value(Pointer::root().key("parameters").join(pointer)),
                None => file_place(template, source, error),
            };
            let mut finding = Finding::error(refusal.code, place);
            if let Some(target) = Target::of(source) {
                finding = finding.param("format", target.title());
            }
            for (name, value) in &refusal.params {
                finding = finding.param(name, value.clone());
            }
            return Box::new(finding);
        }
        cause = found.source();
    }
    let code = match error.kind() {
        ErrorKind::OutOfFuel => "template-endless",
        ErrorKind::WriteFailure => "output-too-large",
        _ => "template-failed",
    };
    let detail = error.detail().map_or_else(
        || error.kind().to_string(),
        |detail| format!("{}: {detail}", error.kind()),
    );
    Box::new(
        Finding::error(code, file_place(template, source, error))
            .param("detail", detail)
            .param("line", error.line().unwrap_or(1)),
    )
}

fn file_place(template: &Template, source: &str, error: &minijinja::Error) -> Place {
    if let Some(path) = template.paths.get(error.name().unwrap_or(source)) {
        return Place::FileLine(path.clone(), error.line().unwrap_or(1));
    }
    // The condition of an output has no file of its own.
    let output = template
        .outputs
        .iter()
        .find(|output| output.when.as_deref() == Some(source));
    Place::File(
        template.path.clone(),
        output.map_or(0..0, |output| output.place.clone()),
    )
}

/// A text that grows to a limit.
struct Limited(Vec<u8>);

impl io::Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > MAXIMUM_OUTPUT {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
