//! What DAGs and tasks are told, as plain values: what policies read.

use std::ops::Range;

use serde_json::{Map, Number, Value as Json};

use super::{
    Told,
    airflow::Setting,
    build::TaskDraft,
    interpret::Interpreter,
    value::{Arguments, Value},
};

/// The arguments that every operator takes, and the image, which many do: `default_args` may give them.
const COMMON: &[&str] = &[
    "depends_on_past",
    "email",
    "email_on_failure",
    "execution_timeout",
    "image",
    "on_failure_callback",
    "owner",
    "pool",
    "priority_weight",
    "queue",
    "retry_delay",
    "sla",
];

/// How deep lists and dictionaries are followed.
const DEPTH: usize = 3;

/// Microseconds in a second.
const SECOND: i64 = 1_000_000;

impl<'a> Interpreter<'a> {
    /// Notes what the operator of a task is told.
    pub(super) fn note_arguments(&mut self, draft: &mut TaskDraft, arguments: &Arguments<'a>, range: &Range<usize>) {
        draft.told = self.literals(arguments);
        for name in COMMON.iter().filter(|name| arguments.get(name).is_none()) {
            let value = match self.setting(name, arguments, draft.dag, draft.group, range) {
                Setting::Missing => continue,
                Setting::Known(value, _) => self.literal(&value, 0),
                Setting::Unknown(_) => None,
            };
            draft.told.named.insert((*name).to_owned(), value);
        }
    }

    /// Named arguments as plain values.
    pub(super) fn literals(&mut self, arguments: &Arguments<'a>) -> Told {
        let named = arguments.named.iter();
        Told {
            named: named
                .map(|(name, argument)| (name.to_string(), self.literal(&argument.value, 0)))
                .collect(),
            open: arguments.open,
        }
    }

    /// A value that is set here, where it is known that it is set.
    pub(super) fn literal_if_certain(&mut self, value: &Value<'a>) -> Option<Json> {
        if self.doubts() > 0 {
            return None;
        }
        self.literal(value, 0)
    }

    /// A plain value: lengths of time in seconds, functions by their names. None where it is not known.
    fn literal(&mut self, value: &Value<'a>, depth: usize) -> Option<Json> {
        if depth > DEPTH || !self.budget.pay(1) {
            return None;
        }
        Some(match value {
            Value::None => Json::Null,
            Value::Bool(flag) => Json::Bool(*flag),
            Value::Integer(number) => Json::from(*number),
            Value::Float(number) => Json::Number(Number::from_f64(*number)?),
            Value::Text(text) | Value::Slack(text) | Value::Import(text) => self.text(text)?,
            Value::Function(function) => self.text(&function.name)?,
            Value::Duration(length) if length % SECOND == 0 => Json::from(length / SECOND),
            Value::Mail(addresses) => {
                if !self.budget.pay(addresses.len()) {
                    return None;
                }
                addresses.iter().map(|text| self.text(text)).collect::<Option<_>>()?
            }
            Value::List(index) | Value::Tuple(index) | Value::Set(index) => {
                let collection = self.heap.get(*index);
                if collection.open || !self.budget.pay(collection.items.len()) {
                    return None;
                }
                let items = collection.items.clone();
                items
                    .iter()
                    .map(|item| self.literal(item, depth + 1))
                    .collect::<Option<_>>()?
            }
            Value::Dict(index) => {
                let collection = self.heap.get(*index);
                if collection.open || !self.budget.pay(collection.items.len()) {
                    return None;
                }
                let (keys, items) = (collection.keys.clone(), collection.items.clone());
                let mut members = Map::new();
                for (key, item) in keys.iter().zip(&items) {
                    let Value::Text(key) = key else { return None };
                    members.insert(key.to_string(), self.literal(item, depth + 1)?);
                }
                Json::Object(members)
            }
            _ => return None,
        })
    }

    fn text(&self, text: &str) -> Option<Json> {
        self.budget.pay_text(text.len()).then(|| Json::from(text))
    }
}
