//! Moments, in the person's zone and in UTC.

use js_sys::{Array, Date, Function, Intl::DateTimeFormat, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::words;

/// English has days before months and 24 hours, as the sentences of the engine have it.
fn locale() -> &'static str {
    match words::language::code() {
        "en" => "en-GB",
        other => other,
    }
}

/// The zones that the browser knows; none where it does not tell.
pub fn zones() -> Vec<String> {
    let zones = Reflect::get(&js_sys::global(), &"Intl".into())
        .and_then(|intl| Reflect::get(&intl, &"supportedValuesOf".into()))
        .and_then(|ask| {
            ask.unchecked_into::<Function>()
                .call1(&JsValue::UNDEFINED, &"timeZone".into())
        });
    let zones = zones.map(|zones| Array::from(&zones)).unwrap_or_default();
    // The browser's list lacks the one zone that is always right.
    let known = zones.iter().filter_map(|zone| zone.as_string());
    ["UTC".to_owned()]
        .into_iter()
        .chain(known.filter(|zone| zone != "UTC"))
        .collect()
}

/// The present, in milliseconds since 1970-01-01T00:00:00Z.
pub fn now() -> f64 {
    Date::now()
}

/// The beginning of the present minute, in seconds since 1970-01-01T00:00:00Z.
pub fn this_minute() -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "minutes since 1970 are few")]
    let minutes = (now() / 60_000.0).floor() as i64;
    minutes * 60
}

/// The time of the day in the person's zone, such as `10:42`; with the date where it was another day.
pub fn clock(milliseconds: f64) -> String {
    let then = Date::new(&milliseconds.into());
    let mut options = vec![("hour", "2-digit"), ("minute", "2-digit")];
    if then.to_date_string() != Date::new_0().to_date_string() {
        options.extend([("day", "numeric"), ("month", "short")]);
    }
    write(&then, &options)
}

/// A run in the person's zone, such as `Mon 3 Nov, 03:00`.
pub fn local(seconds: i64) -> String {
    run(seconds, None)
}

/// A run in UTC, such as `Mon 3 Nov, 02:00`.
pub fn utc(seconds: i64) -> String {
    run(seconds, Some("UTC"))
}

/// The name of the person's zone, such as `Europe/Berlin`.
pub fn zone() -> String {
    let options = DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    Reflect::get(&options, &"timeZone".into())
        .ok()
        .and_then(|zone| zone.as_string())
        .unwrap_or_default()
}

fn run(seconds: i64, zone: Option<&str>) -> String {
    #[expect(clippy::cast_precision_loss, reason = "seconds since 1970 fit a double")]
    let milliseconds = seconds as f64 * 1000.0;
    let mut options = vec![
        ("weekday", "short"),
        ("day", "numeric"),
        ("month", "short"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
    ];
    options.extend(zone.map(|zone| ("timeZone", zone)));
    write(&Date::new(&JsValue::from_f64(milliseconds)), &options)
}

fn write(date: &Date, options: &[(&str, &str)]) -> String {
    let object = Object::new();
    for (key, value) in options {
        drop(Reflect::set(&object, &(*key).into(), &(*value).into()));
    }
    date.to_locale_string(locale(), &object).into()
}
