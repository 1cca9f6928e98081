//! The rules: what a schema cannot say. Each has its file, with its documentation, its check and its tests.

mod dag_id;
mod dependency_cycle;
mod duplicate_dag_id;
mod duplicate_task_id;
mod image_tag;
mod inline_secret;
mod inventory;
mod jinja_in_text;
mod schedule;
mod task_id;
mod unknown_dependency;

use std::borrow::Cow;

use serde_json::Value;

use crate::{
    field::{Field, FieldKind},
    finding::{Finding, Place},
    formats::jinja_tags,
    pointer::Pointer,
    python::Reading,
    settings::Settings,
};

/// What rules look at.
pub(crate) struct Context<'a> {
    /// The answers, through groups, lists and maps, in the order of the form.
    leaves: Vec<Leaf<'a>>,
    /// Every text among the answers, names of entries included.
    texts: Vec<Text<'a>>,
    /// The generated Python; none where nothing could be rendered.
    reading: Option<&'a Reading>,
    settings: &'a Settings,
}

impl<'a> Context<'a> {
    /// Walks the answers once for all rules.
    pub(crate) fn new(fields: &'a [Field], reading: Option<&'a Reading>, settings: &'a Settings) -> Self {
        let mut leaves = Vec::new();
        visit(fields, None, &mut |leaf| leaves.push(leaf));
        Self {
            texts: texts(&leaves),
            leaves,
            reading,
            settings,
        }
    }
}

/// A piece of a file that shows a rule. `docs/rules.md` prints it, and a test asks the rules about it.
#[derive(Clone, Copy)]
#[cfg_attr(not(test), expect(dead_code, reason = "the examples are read by the tests"))]
pub(crate) enum Example {
    /// Python, behind the imports.
    Python(&'static str),
    /// The same for this version of Airflow.
    PythonOn(&'static str, &'static str),
    /// Answers, as a config gives them.
    Answers(&'static str),
    /// The same for this version of Airflow.
    AnswersOn(&'static str, &'static str),
}

/// One rule.
#[cfg_attr(
    not(test),
    expect(
        dead_code,
        reason = "the documentation is read by the test that keeps docs/rules.md current"
    )
)]
pub(crate) struct Rule {
    /// The code of its findings.
    pub(crate) code: &'static str,
    /// What it finds, in one sentence.
    pub(crate) summary: &'static str,
    /// Why that matters.
    pub(crate) why: &'static str,
    /// Something in which it finds one mistake.
    pub(crate) bad: Example,
    /// The same without the mistake.
    pub(crate) good: Example,
    check: fn(&Context<'_>, &mut Vec<Finding>),
}

/// All rules, sorted by code.
pub(crate) const RULES: &[Rule] = &[
    dag_id::RULE,
    dependency_cycle::RULE,
    duplicate_dag_id::RULE,
    duplicate_task_id::RULE,
    task_id::GROUP,
    image_tag::LATEST,
    image_tag::WITHOUT_TAG,
    inline_secret::RULE,
    jinja_in_text::RULE,
    schedule::ANY_TOO_NEW,
    schedule::CONTINUOUS_TOO_NEW,
    schedule::INVALID,
    schedule::NEVER_FIRES,
    schedule::TOO_NEW,
    schedule::VERY_OFTEN,
    task_id::RULE,
    inventory::ASSET,
    inventory::CONNECTION,
    unknown_dependency::RULE,
    inventory::POOL,
    inventory::VARIABLE,
];

/// Asks every rule.
pub(crate) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for rule in RULES {
        (rule.check)(context, findings);
    }
}

/// The answers that hold Jinja. The rule `jinja-in-text` has an error for those that are not meant to.
pub(crate) fn jinja_answers(fields: &[Field]) -> Vec<String> {
    let mut leaves = Vec::new();
    visit(fields, None, &mut |leaf| leaves.push(leaf));
    let answers = texts(&leaves).into_iter().map(|text| text.words);
    answers
        .filter(|words| jinja_tags(words).next().is_some())
        .map(Cow::into_owned)
        .collect()
}

/// A field that holds an answer itself.
#[derive(Clone, Copy)]
struct Leaf<'a> {
    field: &'a Field,
    /// The title of the list item that it stands in.
    item: Option<&'a str>,
}

/// A text among the answers.
struct Text<'a> {
    leaf: Leaf<'a>,
    place: Place,
    words: Cow<'a, str>,
}

impl Leaf<'_> {
    /// Adds what every sentence about a field can say.
    fn describe(self, finding: Finding) -> Finding {
        let path = match &finding.primary {
            Place::Value(pointer) | Place::Key(pointer) => pointer.as_str().to_owned(),
            _ => self.field.pointer.as_str().to_owned(),
        };
        let finding = finding.param("title", self.field.title()).param("path", path);
        match self.item {
            Some(item) => finding.param("item", item),
            None => finding,
        }
    }
}

/// Every text among the answers, names of entries included.
fn texts<'a>(leaves: &[Leaf<'a>]) -> Vec<Text<'a>> {
    let mut found = Vec::new();
    for leaf in leaves.iter().copied() {
        match &leaf.field.kind {
            FieldKind::Map { entries, .. } => {
                for entry in entries {
                    found.extend(entry.pointer.last().map(|name| Text {
                        leaf,
                        place: Place::Key(entry.pointer.clone()),
                        words: Cow::Owned(name),
                    }));
                }
            }
            _ => {
                if let Some(value) = &leaf.field.value {
                    texts_in(leaf, value, &leaf.field.pointer, &mut found);
                }
            }
        }
    }
    found
}

/// Visits leaves, and maps before their entries.
fn visit<'a>(fields: &'a [Field], item: Option<&'a str>, visitor: &mut dyn FnMut(Leaf<'a>)) {
    for field in fields {
        match &field.kind {
            FieldKind::Group { fields } => visit(fields, item, visitor),
            FieldKind::Schedule { fields, .. } if !fields.is_empty() => visit(fields, item, visitor),
            FieldKind::List { items, .. } => {
                for field in items {
                    let within = match field.kind {
                        FieldKind::Group { .. } => Some(field.title()),
                        _ => item,
                    };
                    visit(std::slice::from_ref(field), within, visitor);
                }
            }
            FieldKind::Map { entries, .. } => {
                visitor(Leaf { field, item });
                visit(entries, item, visitor);
            }
            _ => visitor(Leaf { field, item }),
        }
    }
}

/// The texts of a value that no control could show.
fn texts_in<'a>(leaf: Leaf<'a>, value: &'a Value, pointer: &Pointer, found: &mut Vec<Text<'a>>) {
    match value {
        Value::String(text) => found.push(Text {
            leaf,
            place: Place::Value(pointer.clone()),
            words: Cow::Borrowed(text),
        }),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                texts_in(leaf, item, &pointer.index(index), found);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                let pointer = pointer.key(name);
                found.push(Text {
                    leaf,
                    place: Place::Key(pointer.clone()),
                    words: Cow::Borrowed(name),
                });
                texts_in(leaf, member, &pointer, found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests;
