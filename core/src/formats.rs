//! The formats of texts, beyond and beside those of JSON Schema, each with a reason where it does not fit.

mod code;
mod duration;
mod image;
mod markup;
mod moment;
mod name;
mod web;

pub(crate) use duration::seconds;
pub(crate) use image::Image;
pub(crate) use markup::jinja_tags;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    cron::{Schedule, ScheduleError},
    words,
};

/// The formats that a schema may name and that are checked here.
pub(crate) const NAMES: &[&str] = &[
    "airflow-jinja",
    "asset-uri",
    "connection-id",
    "dag-id",
    "date",
    "date-time",
    "duration",
    "email",
    "email-list",
    "image",
    "pool",
    "python",
    "python-identifier",
    "quantity",
    "schedule",
    "shell",
    "sql",
    "task-id",
    "time",
    "timezone",
    "uri",
    "variable-key",
];

/// Formats that JSON Schema's own validator checks; their finding has no more reason than their name.
const OTHERS: &[&str] = &[
    "hostname",
    "idn-email",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "json-pointer",
    "regex",
    "relative-json-pointer",
    "uri-reference",
    "uri-template",
    "uuid",
];

/// Why a text does not have a format: the code of the sentence and its facts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Unfit {
    pub(crate) code: &'static str,
    pub(crate) params: BTreeMap<&'static str, Value>,
}

impl Unfit {
    pub(crate) fn new(code: &'static str) -> Self {
        Self {
            code,
            params: BTreeMap::new(),
        }
    }

    pub(crate) fn param(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.params.insert(name, value.into());
        self
    }
}

pub(crate) fn is_known(format: &str) -> bool {
    NAMES.contains(&format) || OTHERS.contains(&format)
}

/// Checks a text. A format that is not known here fits every text.
pub(crate) fn check(format: &str, text: &str) -> Result<(), Unfit> {
    match format {
        "airflow-jinja" => markup::jinja(text),
        "asset-uri" => web::asset_uri(text),
        "connection-id" => name::id("format-connection-id", text, 200),
        "dag-id" => name::id("format-dag-id", text, 250),
        "date" => moment::date(text),
        "date-time" => moment::date_time(text),
        "duration" => seconds(text).map(drop),
        "email" => web::email(text),
        "email-list" => web::email_list(text),
        "image" => Image::parse(text).map(drop),
        "pool" => name::id("format-pool", text, 256),
        "python" => code::python(text),
        "python-identifier" => name::python_identifier(text),
        "quantity" => code::quantity(text),
        "schedule" => Schedule::parse(text).map(drop).map_err(|error| schedule(&error)),
        "shell" => code::shell(text),
        "sql" => markup::sql(text),
        "task-id" => name::id("format-task-id", text, 250),
        "time" => moment::time(text),
        "timezone" => moment::timezone(text),
        "uri" => web::uri(text),
        "variable-key" => name::variable_key(text),
        _ => Ok(()),
    }
}

fn schedule(error: &ScheduleError) -> Unfit {
    let presets = [
        "@once",
        "@hourly",
        "@daily",
        "@weekly",
        "@monthly",
        "@quarterly",
        "@yearly",
        "@continuous",
    ];
    match error {
        ScheduleError::Empty => Unfit::new("schedule-empty"),
        ScheduleError::UnknownPreset(preset) => {
            let unfit = Unfit::new("schedule-unknown-preset").param("preset", preset.as_str());
            match words::nearest(preset, presets) {
                Some(near) => unfit.param("near", near),
                None => unfit,
            }
        }
        ScheduleError::FieldCount(count) => Unfit::new("schedule-field-count").param("count", *count),
        ScheduleError::Field(field, text) => Unfit::new("schedule-field")
            .param("field", field.key())
            .param("text", text.as_str()),
        ScheduleError::OutOfRange(field, text, smallest, largest) => Unfit::new("schedule-out-of-range")
            .param("field", field.key())
            .param("text", text.as_str())
            .param("smallest", *smallest)
            .param("largest", *largest),
        ScheduleError::ZeroStep(field, text) => Unfit::new("schedule-zero-step")
            .param("field", field.key())
            .param("text", text.as_str()),
        ScheduleError::Hash(field) => Unfit::new("schedule-hash").param("field", field.key()),
        ScheduleError::NearestWeekdayInList(text) => {
            Unfit::new("schedule-nearest-weekday").param("text", text.as_str())
        }
        ScheduleError::MixedWeekdays(text) => Unfit::new("schedule-mixed-weekdays").param("text", text.as_str()),
    }
}

#[cfg(test)]
mod tests;
