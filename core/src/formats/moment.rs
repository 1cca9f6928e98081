//! Dates, times (RFC 3339) and time zones.

use super::Unfit;

pub(super) fn date(text: &str) -> Result<(), Unfit> {
    match read_date(text) {
        Some(true) => Ok(()),
        Some(false) => Err(Unfit::new("date-not-in-calendar")),
        None => Err(Unfit::new("format-date")),
    }
}

pub(super) fn time(text: &str) -> Result<(), Unfit> {
    if is_time(text) {
        Ok(())
    } else {
        Err(Unfit::new("format-time"))
    }
}

pub(super) fn date_time(text: &str) -> Result<(), Unfit> {
    let Some((day, time)) = text.split_once(['T', 't', ' ']) else {
        return Err(Unfit::new("format-date-time"));
    };
    match read_date(day) {
        Some(false) => Err(Unfit::new("date-not-in-calendar")),
        Some(true) if is_time(time) => Ok(()),
        _ => Err(Unfit::new("format-date-time")),
    }
}

/// The shape of a name of the time zone database; which names there are is Airflow's to know.
pub(super) fn timezone(text: &str) -> Result<(), Unfit> {
    let is_part = |part: &str| {
        part.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic())
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+'))
    };
    let parts = text.split('/').count();
    let alone = ["UTC", "GMT", "Zulu", "UCT", "Universal", "Greenwich"];
    let countries = [
        "Cuba",
        "Egypt",
        "Eire",
        "GB",
        "Hongkong",
        "Iceland",
        "Iran",
        "Israel",
        "Jamaica",
        "Japan",
        "Kwajalein",
        "Libya",
        "NZ",
        "Navajo",
        "PRC",
        "Poland",
        "Portugal",
        "ROC",
        "ROK",
        "Singapore",
        "Turkey",
    ];
    let known = (2..=3).contains(&parts) || alone.contains(&text) || countries.contains(&text);
    if known && text.len() <= 64 && text.split('/').all(is_part) {
        Ok(())
    } else {
        Err(Unfit::new("format-timezone"))
    }
}

/// Whether a text shaped as a date is one; none where it has another shape.
fn read_date(text: &str) -> Option<bool> {
    let mut parts = text.split('-');
    let (year, month, day) = (
        digits(parts.next()?, 4)?,
        digits(parts.next()?, 2)?,
        digits(parts.next()?, 2)?,
    );
    if parts.next().is_some() {
        return None;
    }
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    Some(year >= 1 && (1..=length).contains(&day))
}

/// `08:30:00Z`, `08:30:00.5+02:00`.
fn is_time(text: &str) -> bool {
    let Some(offset) = text.find(['Z', 'z', '+', '-']) else {
        return false;
    };
    let (clock, zone) = text.split_at(offset);
    let (clock, fraction) = match clock.split_once('.') {
        Some((clock, fraction)) => (clock, Some(fraction)),
        None => (clock, None),
    };
    let is_fraction = |fraction: &str| !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let is_zone = matches!(zone, "Z" | "z") || zone.get(1..).is_some_and(|zone| is_clock(zone, 2));
    is_clock(clock, 3) && fraction.is_none_or(is_fraction) && is_zone
}

/// Hours, minutes and, of three parts, seconds. A leap second is none: Python has none.
fn is_clock(text: &str, parts: usize) -> bool {
    let limits = [23, 59, 59];
    text.split(':').count() == parts
        && text
            .split(':')
            .zip(limits)
            .all(|(part, limit)| digits(part, 2).is_some_and(|number| number <= limit))
}

fn digits(text: &str, length: usize) -> Option<u32> {
    let fits = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}
