//! What the languages share when they put a schedule into words: patterns among the values of its fields.

use crate::cron::Values;

/// How many times of a day are named one by one.
const MOST_TIMES: usize = 6;

/// The times of a day.
pub(super) enum Times {
    /// Few enough to be named.
    At(Vec<String>),
    /// A reading of the fields.
    Every(String),
}

/// The times of a day, where they are few and no steps from midnight on.
pub(super) fn named_times(minutes: &Values, hours: &Values) -> Option<Vec<String>> {
    let is_named = hours.list.len() <= 2 || step(hours, 24).is_none();
    if !is_named || minutes.list.len() * hours.list.len() > MOST_TIMES {
        return None;
    }
    let times = hours
        .list
        .iter()
        .flat_map(|hour| minutes.list.iter().map(move |minute| clock(*hour, *minute)));
    Some(times.collect())
}

/// The same times with their second.
pub(super) fn at_second(times: Vec<String>, second: u16) -> Times {
    Times::At(times.into_iter().map(|time| format!("{time}:{second:02}")).collect())
}

/// The values in words, three and more in a row as one, such as `1 to 3`.
pub(super) fn runs(values: &Values, word: &dyn Fn(u16) -> String, to: &str) -> Vec<String> {
    let mut runs: Vec<(u16, u16)> = Vec::new();
    for value in &values.list {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *value => *last = *value,
            _ => runs.push((*value, *value)),
        }
    }
    let words = runs.into_iter().flat_map(|(first, last)| match last - first {
        0 => vec![word(first)],
        1 => vec![word(first), word(last)],
        _ => vec![format!("{} {to} {}", word(first), word(last))],
    });
    words.collect()
}

/// The step of values that go evenly round their whole field from 0.
pub(super) fn step(values: &Values, size: u16) -> Option<u16> {
    if values.all {
        return Some(1);
    }
    let step = *values.list.get(1)?;
    let even = values
        .list
        .iter()
        .zip(0_u16..)
        .all(|(value, index)| *value == index * step);
    let round = usize::from(size) == values.list.len() * usize::from(step);
    (even && round).then_some(step)
}

/// Whether the values follow each other without a gap.
pub(super) fn is_run(list: &[u16]) -> bool {
    list.iter()
        .zip(list.iter().skip(1))
        .all(|(one, other)| *other == one + 1)
}

/// The days of the week, Monday first, and whether they are three or more without a gap.
pub(super) fn week(weekdays: &Values) -> (Vec<u16>, bool) {
    let place = |weekday: &u16| (weekday + 6) % 7;
    let (sunday, others): (Vec<u16>, Vec<u16>) = weekdays.list.iter().partition(|weekday| **weekday == 0);
    let week = [others, sunday].concat();
    let places: Vec<u16> = week.iter().map(place).collect();
    let is_run = week.len() > 2 && is_run(&places);
    (week, is_run)
}

/// A length of time in units, such as `1 h 30 min`.
pub(super) fn duration(seconds: f64, unit: &dyn Fn(u64, usize) -> String) -> String {
    // A float that comes from a Python literal: beyond what a number of days can mean, it saturates.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturates, and is never negative"
    )]
    let mut rest = seconds.max(0.0).round() as u64;
    let mut parts = Vec::new();
    for (index, length) in [86_400, 3600, 60, 1].into_iter().enumerate() {
        let count = rest / length;
        rest %= length;
        if count > 0 {
            parts.push(unit(count, index));
        }
    }
    if parts.is_empty() {
        parts.push(unit(0, 3));
    }
    parts.join(" ")
}

pub(super) fn clock(hour: u16, minute: u16) -> String {
    format!("{hour:02}:{minute:02}")
}

pub(super) fn name<'n>(names: &[&'n str], index: u16) -> &'n str {
    names.get(usize::from(index)).copied().unwrap_or_default()
}

pub(super) fn capital(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}
