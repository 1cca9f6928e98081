//! Jinja's filters, charged for what they return, and the filters of our own.

use minijinja::{
    Environment, Error, ErrorKind, State, Value, filters,
    value::{Rest, ValueKind, ValueOrKwargs},
};

use super::{
    budget::{spend, spend_made, spend_text},
    languages,
};
use crate::template::Target;

/// Most items in a batch, and most slices.
const MAXIMUM_PARTS: usize = 10_000;

/// Puts the charged filters in the place of Jinja's.
pub(super) fn register(environment: &mut Environment<'static>) {
    for (name, filter) in [
        ("batch", Value::from_function(filters::batch)),
        ("capitalize", Value::from_function(filters::capitalize)),
        ("chain", Value::from_function(filters::chain)),
        ("default", Value::from_function(filters::default)),
        ("dictsort", Value::from_function(filters::dictsort)),
        ("groupby", Value::from_function(filters::groupby)),
        ("items", Value::from_function(filters::items)),
        ("join", Value::from_function(filters::join)),
        ("list", Value::from_function(filters::list)),
        ("lower", Value::from_function(filters::lower)),
        ("map", Value::from_function(filters::map)),
        ("reject", Value::from_function(filters::reject)),
        ("rejectattr", Value::from_function(filters::rejectattr)),
        ("replace", Value::from_function(filters::replace)),
        ("reverse", Value::from_function(filters::reverse)),
        ("select", Value::from_function(filters::select)),
        ("selectattr", Value::from_function(filters::selectattr)),
        ("slice", Value::from_function(filters::slice)),
        ("sort", Value::from_function(filters::sort)),
        ("split", Value::from_function(filters::split)),
        ("string", Value::from_function(filters::string)),
        ("sum", Value::from_function(filters::sum)),
        ("title", Value::from_function(filters::title)),
        ("trim", Value::from_function(filters::trim)),
        ("unique", Value::from_function(filters::unique)),
        ("upper", Value::from_function(filters::upper)),
        ("zip", Value::from_function(filters::zip)),
    ] {
        let filter = move |state: &mut State<'_, '_>, arguments: Rest<ValueOrKwargs>| -> Result<Value, Error> {
            let arguments = arguments.into_values();
            spend_before(name, state, &arguments)?;
            let value = filter.call(state, &arguments)?;
            // What is computed anew with each use takes no memory.
            if value.kind() != ValueKind::Iterable {
                spend_made(state, &value)?;
            }
            Ok(value)
        };
        environment.add_filter(name, filter);
    }
    environment.add_filter("int", int);
    environment.add_filter("json", json);
}

/// Charges the filters that can return more than they were given, before they do.
fn spend_before(name: &str, state: &State<'_, '_>, arguments: &[Value]) -> Result<(), Error> {
    let text = |position: usize| arguments.get(position).and_then(Value::as_str);
    match name {
        "replace" => {
            if let (Some(whole), Some(from), Some(to)) = (text(0), text(1), text(2)) {
                let count = whole.matches(from).count();
                spend(state, count.saturating_mul(to.len()))?;
            }
        }
        "join" => {
            if let Some(items) = arguments.first() {
                spend_text(state, items)?;
                let joiner = arguments.iter().skip(1).map(text_weight).sum::<usize>();
                let count = items.try_iter().map_or(0, Iterator::count);
                spend(state, count.saturating_mul(joiner))?;
            }
        }
        "string" | "list" | "sum" => {
            if let Some(value) = arguments.first() {
                spend_text(state, value)?;
            }
        }
        "batch" | "slice" => {
            let count = arguments.get(1).and_then(Value::as_usize).unwrap_or_default();
            if count > MAXIMUM_PARTS {
                return Err(Error::new(ErrorKind::InvalidOperation, "too many parts"));
            }
        }
        _ => {}
    }
    Ok(())
}

/// How long a text is among the arguments of a filter, named ones included.
fn text_weight(argument: &Value) -> usize {
    match argument.as_str() {
        Some(text) => text.len(),
        None => argument.try_iter().map_or(0, |names| {
            names
                .filter_map(|name| argument.get_item(&name).ok())
                .map(|value| value.as_str().map_or(0, str::len))
                .sum()
        }),
    }
}

/// The text of a value in JSON, which is a value like any other text.
fn json(state: &mut State<'_, '_>, value: Value) -> Result<String, Error> {
    spend_text(state, &value)?;
    let text = languages::write(Target::Json, &value, None)
        .map_err(|_| Error::new(ErrorKind::InvalidOperation, "this value cannot be written as JSON"))?;
    spend(state, text.len())?;
    Ok(text)
}

/// Jinja's filter takes a number that is too large, or none at all, for the nearest that there is.
fn int(state: &mut State<'_, '_>, arguments: Rest<ValueOrKwargs>) -> Result<Value, Error> {
    let arguments = arguments.into_values();
    let out_of_range = |float: f64| !float.is_finite() || float.abs() >= 1e38;
    let float = match arguments.first() {
        Some(value) if value.kind() == ValueKind::Number && !value.is_integer() => f64::try_from(value.clone()).ok(),
        Some(value) => value.as_str().and_then(|text| text.parse().ok()),
        None => None,
    };
    if float.is_some_and(out_of_range) {
        return Err(Error::new(
            ErrorKind::InvalidOperation,
            "not a whole number that can be written",
        ));
    }
    Value::from_function(filters::int).call(state, &arguments)
}
