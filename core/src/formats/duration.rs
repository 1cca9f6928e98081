//! Lengths of time: `90s`, `30m`, `1h30m`, `2d`, and ISO 8601's `PT1H30M`.

use super::Unfit;

/// A hundred years: far past any use, and far below what Python's `timedelta` holds.
const LONGEST: u64 = 100 * 365 * 86_400;

/// The seconds of a duration, at least 1.
pub(crate) fn seconds(text: &str) -> Result<u64, Unfit> {
    let unreadable = || Unfit::new("format-duration");
    let parts = match text.strip_prefix('P') {
        Some(iso) => iso_parts(iso).ok_or_else(unreadable)?,
        None => {
            parts(text, &[('w', 604_800), ('d', 86_400), ('h', 3600), ('m', 60), ('s', 1)]).ok_or_else(unreadable)?
        }
    };
    let total = parts.iter().try_fold(0_u64, |total, (number, unit)| {
        total.checked_add(number.checked_mul(*unit)?)
    });
    match total {
        Some(0) => Err(Unfit::new("duration-zero")),
        Some(total) if total <= LONGEST => Ok(total),
        _ => Err(Unfit::new("duration-too-long")),
    }
}

fn iso_parts(text: &str) -> Option<Vec<(u64, u64)>> {
    let (days, times) = match text.split_once('T') {
        Some((days, times)) => (days, Some(times)),
        None => (text, None),
    };
    // Weeks stand alone.
    if days.ends_with('W') && times.is_none() {
        return parts(days, &[('W', 604_800)]);
    }
    let mut all = Vec::new();
    if !days.is_empty() {
        all.extend(parts(days, &[('D', 86_400)])?);
    }
    if let Some(times) = times {
        all.extend(parts(times, &[('H', 3600), ('M', 60), ('S', 1)])?);
    }
    (!all.is_empty()).then_some(all)
}

/// Whole numbers with a unit each, the units in order, at least one.
fn parts(text: &str, units: &[(char, u64)]) -> Option<Vec<(u64, u64)>> {
    let mut units = units.iter();
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest
            .find(|character: char| !character.is_ascii_digit())
            .filter(|end| *end > 0)?;
        let (digits, behind) = rest.split_at(end);
        let unit = behind.chars().next()?;
        let (_, factor) = units.find(|(name, _)| *name == unit)?;
        // Too many digits for a number are too long a time, which the sum says.
        found.push((digits.parse().unwrap_or(u64::MAX), *factor));
        rest = behind.strip_prefix(unit)?;
    }
    (!found.is_empty()).then_some(found)
}
