//! What one rendering may make on the way to its file: texts, lists and what is written again and again.
//!
//! Jinja's fuel counts steps, and one step can make a text of any size. Whatever grows is charged here: the parts of
//! texts and lists that are joined, what filters return, what gets a name, and the template's own text where it may be
//! written more than once.

use std::sync::atomic::{AtomicUsize, Ordering};

use minijinja::{
    Error, ErrorKind, State, Value,
    value::{Object, ValueKind},
};

use super::{literal::MAXIMUM_DEPTH, parameters::Collection, refusal::Refusal};

/// Bytes that one rendering may make. A DAG of 500 tasks takes about a hundredth.
const MAXIMUM_BYTES: usize = 32_000_000;
/// Bytes that one name may stand for. An expression can copy it with each slice, which is not charged.
const MAXIMUM_NAMED: usize = 2_000_000;
/// What anything but a text weighs.
const NODE: usize = 32;

/// The bytes that are left to one rendering and to the texts that it puts into others.
#[derive(Debug)]
pub(super) struct Budget(AtomicUsize);

impl Budget {
    pub(super) const NAME: &str = "__budget";

    pub(super) const fn new() -> Self {
        Self(AtomicUsize::new(MAXIMUM_BYTES))
    }
}

impl Object for Budget {}

/// Takes bytes from the budget.
pub(super) fn spend(state: &State<'_, '_>, bytes: usize) -> Result<(), Error> {
    let value = state.lookup(Budget::NAME);
    let left = value.as_ref().and_then(|value| value.downcast_object_ref::<Budget>());
    let spent = left.map(|budget| {
        budget
            .0
            .try_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(bytes))
    });
    match spent {
        Some(Ok(_)) => Ok(()),
        _ => Err(Refusal::of_template("template-memory").into()),
    }
}

fn left(state: &State<'_, '_>) -> usize {
    let value = state.lookup(Budget::NAME);
    let budget = value.as_ref().and_then(|value| value.downcast_object_ref::<Budget>());
    budget.map_or(0, |budget| budget.0.load(Ordering::Relaxed))
}

/// Charges a value with all that is in it, as if it were written out.
pub(super) fn spend_text(state: &State<'_, '_>, value: &Value) -> Result<(), Error> {
    spend(state, weigh(state, value, true)?)
}

/// Charges a value that was made, without the answers in it, which were there before.
pub(super) fn spend_made(state: &State<'_, '_>, value: &Value) -> Result<(), Error> {
    spend(state, weigh(state, value, false)?)
}

/// The weight of a value, found in no more steps than the budget allows.
fn weigh(state: &State<'_, '_>, value: &Value, with_answers: bool) -> Result<usize, Error> {
    let limit = left(state);
    let mut scale = Scale {
        left: limit,
        with_answers,
    };
    match scale.put(value, 0) {
        Some(()) => Ok(limit - scale.left),
        None => Err(Refusal::of_template("template-memory").into()),
    }
}

struct Scale {
    left: usize,
    with_answers: bool,
}

impl Scale {
    /// None where a value weighs too much, or is nested too deeply to be walked.
    fn put(&mut self, value: &Value, depth: usize) -> Option<()> {
        let own = value.as_str().map_or(NODE, |text| text.len() + 1);
        self.left = self.left.checked_sub(own)?;
        if depth > MAXIMUM_DEPTH {
            return None;
        }
        if !self.with_answers && value.downcast_object_ref::<Collection>().is_some() {
            return Some(());
        }
        match value.kind() {
            ValueKind::Seq | ValueKind::Iterable => {
                value.try_iter().ok()?.try_for_each(|item| self.put(&item, depth + 1))
            }
            ValueKind::Map => value.try_iter().ok()?.try_for_each(|key| {
                self.put(&key, depth + 1)?;
                self.put(&value.get_item(&key).ok()?, depth + 1)
            }),
            _ => Some(()),
        }
    }
}

/// A part of a text or a list that is being joined.
pub(super) fn part(state: &State<'_, '_>, value: Value) -> Result<Value, Error> {
    spend_text(state, &value)?;
    Ok(value)
}

/// A factor: a text or a list could be multiplied to any size.
pub(super) fn factor(value: Value) -> Result<Value, Error> {
    match value.kind() {
        ValueKind::String | ValueKind::Seq | ValueKind::Iterable | ValueKind::Bytes => Err(Error::new(
            ErrorKind::InvalidOperation,
            "only numbers can be multiplied",
        )),
        _ => Ok(value),
    }
}

/// A value that gets a name. What would be computed anew with each use is computed now.
pub(super) fn named(state: &State<'_, '_>, value: Value) -> Result<Value, Error> {
    let weight = weigh(state, &value, false)?;
    if weight > MAXIMUM_NAMED {
        return Err(Refusal::of_template("template-memory").into());
    }
    spend(state, weight)?;
    match value.kind() {
        ValueKind::Iterable => Ok(Value::from(value.try_iter()?.collect::<Vec<_>>())),
        _ => Ok(value),
    }
}
