//! How Python writes values as text.

use std::fmt::Write;

use super::value::{Heap, NESTING, TEXT, Value};

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;

/// `str(value)`; none where it is not known.
pub(super) fn of(heap: &Heap<'_>, value: &Value<'_>) -> Option<String> {
    match value {
        Value::Text(text) => heap.pay_text(text.len()).then(|| text.to_string()),
        Value::Duration(microseconds) => Some(duration(*microseconds)),
        other => representation(heap, other),
    }
}

/// `repr(value)`; none where it is not known.
pub(super) fn representation(heap: &Heap<'_>, value: &Value<'_>) -> Option<String> {
    let mut text = String::new();
    represent(heap, value, NESTING, &mut text)?;
    Some(text)
}

fn represent(heap: &Heap<'_>, value: &Value<'_>, nesting: usize, text: &mut String) -> Option<()> {
    let nesting = nesting.checked_sub(1)?;
    if text.len() > TEXT || !heap.pay(1) {
        return None;
    }
    match value {
        Value::None => text.push_str("None"),
        Value::Bool(true) => text.push_str("True"),
        Value::Bool(false) => text.push_str("False"),
        Value::Integer(number) => write!(text, "{number}").ok()?,
        Value::Float(number) => text.push_str(&float(*number)?),
        Value::Text(inner) => text.push_str(&quoted(inner)?),
        Value::List(index) | Value::Tuple(index) => {
            let collection = heap.get(*index);
            if collection.open {
                return None;
            }
            let is_list = matches!(value, Value::List(_));
            text.push(if is_list { '[' } else { '(' });
            for (place, item) in collection.items.iter().enumerate() {
                if place > 0 {
                    text.push_str(", ");
                }
                represent(heap, item, nesting, text)?;
            }
            if !is_list && collection.items.len() == 1 {
                text.push(',');
            }
            text.push(if is_list { ']' } else { ')' });
        }
        _ => return None,
    }
    Some(())
}

fn quoted(text: &str) -> Option<String> {
    // Escapes are Python's business; what needs none is the same everywhere.
    let plain = text
        .chars()
        .all(|character| !character.is_control() && !matches!(character, '\\' | '\''));
    plain.then(|| format!("'{text}'"))
}

fn float(number: f64) -> Option<String> {
    let size = number.abs();
    // Outside of this range Python writes an exponent.
    (number == 0.0 || (1e-4..1e16).contains(&size)).then(|| format!("{number:?}"))
}

/// `str(timedelta)`.
pub(super) fn duration(microseconds: i64) -> String {
    let days = microseconds.div_euclid(DAY);
    let rest = microseconds.rem_euclid(DAY);
    let (seconds, micros) = (rest / SECOND, rest % SECOND);
    let mut text = String::new();
    if days != 0 {
        let plural = if days.abs() == 1 { "" } else { "s" };
        let _ = write!(text, "{days} day{plural}, ");
    }
    let _ = write!(text, "{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if micros != 0 {
        let _ = write!(text, ".{micros:06}");
    }
    text
}

/// `format(value, specification)`; none where it is not known.
pub(super) fn formatted(heap: &Heap<'_>, value: &Value<'_>, specification: &str) -> Option<String> {
    if specification.is_empty() {
        return of(heap, value);
    }
    let (text, kind) = match specification.strip_suffix(['d', 's']) {
        Some(rest) => (rest, specification.chars().next_back()),
        None => (specification, None),
    };
    let zero = text.starts_with('0');
    let (align, text) = match text.chars().next() {
        Some(sign @ ('<' | '>')) => (Some(sign), text.get(1..)?),
        _ => (None, text),
    };
    // After a sign of its own, a zero is what the text is filled with; other signs are not followed.
    if !text.bytes().all(|byte| byte.is_ascii_digit()) || (align.is_some() && text.starts_with('0')) {
        return None;
    }
    let width: usize = if text.is_empty() { 0 } else { text.parse().ok()? };
    if width > 1000 {
        return None;
    }
    match (value, kind) {
        (Value::Integer(number), Some('d') | None) => Some(match align {
            Some('<') => format!("{number:<width$}"),
            _ if zero => format!("{number:0width$}"),
            _ => format!("{number:>width$}"),
        }),
        (Value::Text(text), Some('s') | None) if !zero => Some(match align {
            Some('>') => format!("{text:>width$}"),
            _ => format!("{text:<width$}"),
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_as_python_writes_them() {
        for (microseconds, text) in [
            (0, "0:00:00"),
            (300 * SECOND, "0:05:00"),
            (DAY, "1 day, 0:00:00"),
            (2 * DAY + 3_723 * SECOND, "2 days, 1:02:03"),
            (-3600 * SECOND, "-1 day, 23:00:00"),
            (500_000, "0:00:00.500000"),
        ] {
            assert_eq!(duration(microseconds), text);
        }
    }

    #[test]
    fn numbers_and_texts_are_padded() {
        let heap = Heap::default();
        for (value, specification, text) in [
            (Value::Integer(7), "02d", Some("07")),
            (Value::Integer(7), "03", Some("007")),
            (Value::Integer(7), "", Some("7")),
            (Value::Text("a".into()), ">3", Some("  a")),
            (Value::Text("a".into()), "5.1f", None),
        ] {
            assert_eq!(formatted(&heap, &value, specification).as_deref(), text);
        }
    }
}
