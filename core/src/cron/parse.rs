//! Reading cron expressions as croniter does, odd corners included.

use super::{Cron, FieldName, Novelty, Nth, ScheduleError, Values};

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const WEEKDAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

impl FieldName {
    const ALL: [Self; 7] = [
        Self::Minute,
        Self::Hour,
        Self::Day,
        Self::Month,
        Self::Weekday,
        Self::Second,
        Self::Year,
    ];

    /// The smallest and the largest number.
    const fn range(self) -> (u16, u16) {
        match self {
            Self::Minute | Self::Second => (0, 59),
            Self::Hour => (0, 23),
            Self::Day => (1, 31),
            Self::Month => (1, 12),
            Self::Weekday => (0, 6),
            Self::Year => (1970, 2099),
        }
    }
}

/// What one field holds beside its values.
#[derive(Default)]
struct Field {
    values: Values,
    last_day: bool,
    nearest_weekday: Option<u16>,
    nth_weekdays: Vec<(u16, Nth)>,
    random: bool,
    newest: Option<Novelty>,
}

pub(super) fn cron(text: &str) -> Result<Cron, ScheduleError> {
    // Airflow takes @quarterly only as it is written here; croniter takes the others in any case.
    let lower = text.to_lowercase();
    let expression = match lower.as_str() {
        "@midnight" | "@daily" => "0 0 * * *",
        "@hourly" => "0 * * * *",
        "@weekly" => "0 0 * * 0",
        "@monthly" => "0 0 1 * *",
        "@yearly" | "@annually" => "0 0 1 1 *",
        _ if text == "@quarterly" => "0 0 1 */3 *",
        other => other,
    };
    // Python's ASCII white space, which counts the vertical tab in.
    let is_space = |character: char| matches!(character, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}');
    let texts: Vec<&str> = expression.split(is_space).filter(|field| !field.is_empty()).collect();
    match texts.as_slice() {
        [] => return Err(ScheduleError::Empty),
        [preset] if preset.starts_with('@') => return Err(ScheduleError::UnknownPreset(text.trim().to_owned())),
        _ => {}
    }
    if !(5..=7).contains(&texts.len()) {
        return Err(ScheduleError::FieldCount(texts.len()));
    }
    let mut fields = Vec::with_capacity(7);
    for (name, text) in FieldName::ALL.into_iter().zip(&texts) {
        fields.push(field(name, text)?);
    }
    let mut fields = fields.into_iter();
    let mut next = || fields.next();
    let (minutes, hours, days) = (
        next().unwrap_or_default(),
        next().unwrap_or_default(),
        next().unwrap_or_default(),
    );
    let (months, weekdays) = (next().unwrap_or_default(), next().unwrap_or_default());
    let seconds = next().unwrap_or_else(|| only(0));
    let years = next().unwrap_or_else(|| Field {
        values: Values {
            all: true,
            list: Vec::new(),
        },
        ..Field::default()
    });
    refuse_mixed_weekdays(&weekdays, texts.get(4).copied().unwrap_or_default())?;
    let all_fields = [&minutes, &hours, &days, &months, &weekdays, &seconds, &years];
    let random = all_fields.iter().any(|field| field.random);
    let has_years = (texts.len() == 7).then_some(Novelty::Years);
    let newest = all_fields
        .iter()
        .filter_map(|field| field.newest)
        .chain(has_years)
        .max();
    let mut cron = Cron {
        minutes: minutes.values,
        hours: hours.values,
        days: days.values,
        months: months.values,
        weekdays: weekdays.values,
        seconds: seconds.values,
        years: years.values,
        last_day: days.last_day,
        nearest_weekday: days.nearest_weekday,
        nth_weekdays: weekdays.nth_weekdays,
        random,
        newest,
    };
    let star = |index: usize| texts.get(index).is_some_and(|text| text.contains('*'));
    for (values, name) in [
        (&mut cron.minutes, FieldName::Minute),
        (&mut cron.hours, FieldName::Hour),
        (&mut cron.months, FieldName::Month),
        (&mut cron.seconds, FieldName::Second),
        (&mut cron.years, FieldName::Year),
    ] {
        values.all = values.all || is_full(values, name);
    }
    // All days listed one by one are `*` only beside a star in the other day field: `1-31 * 1` is every day.
    cron.days.all = cron.days.all || (is_full(&cron.days, FieldName::Day) && star(4));
    cron.weekdays.all = cron.weekdays.all || (is_full(&cron.weekdays, FieldName::Weekday) && star(2));
    Ok(cron)
}

fn is_full(values: &Values, name: FieldName) -> bool {
    let (smallest, largest) = name.range();
    values.list.len() == usize::from(largest - smallest) + 1
}

fn only(value: u16) -> Field {
    Field {
        values: Values {
            all: false,
            list: vec![value],
        },
        ..Field::default()
    }
}

fn field(name: FieldName, text: &str) -> Result<Field, ScheduleError> {
    let unreadable = || ScheduleError::Field(name, text.to_owned());
    if let Some(random) = drawn(name, text)? {
        return Ok(random);
    }
    let (smallest, largest) = name.range();
    let text_of_all = if text.contains('?') {
        if text != "?" || !matches!(name, FieldName::Day | FieldName::Weekday) {
            return Err(unreadable());
        }
        "*"
    } else {
        text
    };
    let mut field = Field {
        newest: text.contains('?').then_some(Novelty::QuestionMark),
        ..Field::default()
    };
    let items: Vec<&str> = text_of_all.split(',').collect();
    for item in &items {
        if name == FieldName::Day
            && let Some(day) = nearest_weekday(item)
        {
            if !(1..=31).contains(&day) {
                return Err(ScheduleError::OutOfRange(name, text.to_owned(), 1, 31));
            }
            if items.len() > 1 {
                return Err(ScheduleError::NearestWeekdayInList(text.to_owned()));
            }
            field.nearest_weekday = Some(day);
            field.newest = Some(Novelty::NearestWeekday);
            field.values.list.push(day);
            continue;
        }
        let (item, nth) = if name == FieldName::Weekday {
            split_nth(item).ok_or_else(unreadable)?
        } else {
            (*item, None)
        };
        for value in values(name, item, text, &mut field.newest)? {
            match value {
                Value::All => field.values.all = true,
                Value::LastDay => field.last_day = true,
                Value::Number(number) => {
                    if !(smallest..=largest).contains(&number) {
                        return Err(ScheduleError::OutOfRange(name, text.to_owned(), smallest, largest));
                    }
                    field.values.list.push(number);
                    if let Some(nth) = nth
                        && let Err(place) = field.nth_weekdays.binary_search(&(number, nth))
                    {
                        field.nth_weekdays.insert(place, (number, nth));
                    }
                }
            }
        }
    }
    let said = field.values;
    field.values = Values {
        list: (smallest..=largest)
            .filter(|value| said.all || said.list.contains(value))
            .collect(),
        ..said
    };
    Ok(field)
}

/// What one item of a list stands for.
enum Value {
    All,
    LastDay,
    Number(u16),
}

fn values(name: FieldName, item: &str, text: &str, newest: &mut Option<Novelty>) -> Result<Vec<Value>, ScheduleError> {
    let unreadable = || ScheduleError::Field(name, text.to_owned());
    let (smallest, largest) = name.range();
    if item == "*" {
        return Ok(vec![Value::All]);
    }
    if item == "l" && name == FieldName::Day {
        return Ok(vec![Value::LastDay]);
    }
    let (bounds, step) = match item.rsplit_once('/') {
        Some((bounds, step)) => (bounds, Some(number(step).ok_or_else(unreadable)?)),
        None => (item, None),
    };
    if step == Some(0) {
        return Err(ScheduleError::ZeroStep(name, text.to_owned()));
    }
    let bound = |word: &str| bound(name, word).ok_or_else(unreadable);
    let (low, high, from_start) = match (bounds, bounds.split_once('-'), step) {
        ("*", _, Some(_)) => (smallest, largest, false),
        (_, Some((low, high)), _) => {
            let high = if name == FieldName::Day && high == "l" {
                largest
            } else {
                bound(high)?
            };
            (bound(low)?, high, false)
        }
        (start, None, Some(_)) => (bound(start)?, largest, true),
        (single, None, None) => return Ok(vec![Value::Number(bound(single)?)]),
    };
    if low.max(high) > largest {
        return Err(ScheduleError::OutOfRange(name, text.to_owned(), smallest, largest));
    }
    let step = usize::from(step.unwrap_or(1));
    let numbers: Vec<u16> = if low == high && from_start {
        vec![low]
    } else if low == high {
        (smallest..=largest).step_by(step).collect()
    } else if low < high {
        (low..=high).step_by(step).collect()
    } else {
        // The weekdays 5-7 always went up to Sunday.
        if !(name == FieldName::Weekday && high == 0) {
            *newest = (*newest).max(Some(Novelty::BackwardRange));
        }
        backwards(low, high, step, (smallest, largest))
    };
    Ok(numbers.into_iter().map(Value::Number).collect())
}

/// The numbers of a range that runs past the end of its field, such as `22-2` or `fri-mon`.
fn backwards(low: u16, high: u16, step: usize, (smallest, largest): (u16, u16)) -> Vec<u16> {
    let mut numbers: Vec<u16> = (low..=largest).step_by(step).collect();
    // The step goes on counting over the end of the field, unless it would land on its very beginning.
    let skipped = match numbers.last() {
        Some(last) => {
            let left = usize::from(largest - last);
            let past_end = usize::from(last - smallest) + step > usize::from(largest - smallest) + 1;
            if past_end && left < step { step - left } else { 0 }
        }
        None => 0,
    };
    let start = usize::from(smallest).saturating_add(skipped);
    numbers.extend(
        (start..=usize::from(high))
            .step_by(step)
            .filter_map(|number| u16::try_from(number).ok()),
    );
    numbers
}

fn bound(name: FieldName, word: &str) -> Option<u16> {
    let position = |names: &[&str], first: u16| {
        let index = names.iter().position(|known| *known == word)?;
        Some(first + u16::try_from(index).ok()?)
    };
    let found = match name {
        FieldName::Month => position(&MONTHS, 1),
        FieldName::Weekday => position(&WEEKDAYS, 0),
        _ => None,
    };
    let found = found.or_else(|| number(word))?;
    Some(if name == FieldName::Weekday && found == 7 {
        0
    } else {
        found
    })
}

/// ASCII digits only; a number too large for any field stays too large.
fn number(text: &str) -> Option<u16> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(u16::MAX))
}

/// `15w` and `w15`.
fn nearest_weekday(item: &str) -> Option<u16> {
    number(item.strip_suffix('w').or_else(|| item.strip_prefix('w'))?)
}

/// `5#2`, `fri#2` and `l5`: the weekday, or a range of them, and its place in the month. None where the place is
/// none of a month's.
fn split_nth(item: &str) -> Option<(&str, Option<Nth>)> {
    if let Some(weekday) = item.strip_prefix('l').filter(|rest| number(rest).is_some()) {
        return Some((weekday, Some(Nth::Last)));
    }
    let Some((weekday, place)) = item.split_once('#') else {
        return Some((item, None));
    };
    let is_range_of_numbers = weekday.contains('-') && weekday.bytes().any(|byte| byte.is_ascii_digit());
    let place = number(place).filter(|place| (1..=5).contains(place))?;
    (!is_range_of_numbers && !weekday.contains(['/', '*'])).then_some((weekday, Some(Nth::Nth(place))))
}

/// `r`, `r(1-5)` and `r/15`, for which Airflow draws a value; `h` needs an id to draw from that Airflow does not give.
fn drawn(name: FieldName, text: &str) -> Result<Option<Field>, ScheduleError> {
    let unreadable = || ScheduleError::Field(name, text.to_owned());
    let Some(rest) = text.strip_prefix(['h', 'r']) else {
        return Ok(None);
    };
    let (range, step) = match rest.split_once('/') {
        Some((range, step)) => (range, Some(step)),
        None => (rest, None),
    };
    let bounds = range.strip_prefix('(').and_then(|range| range.strip_suffix(')'));
    let bounds = match bounds.map(|bounds| bounds.split_once('-')) {
        Some(Some((low, high))) => match (number(low), number(high)) {
            (Some(low), Some(high)) => Some((low, high)),
            _ => return Ok(None),
        },
        None if range.is_empty() => None,
        _ => return Ok(None),
    };
    let step = match step.map(number) {
        Some(None) => return Ok(None),
        Some(step) => step,
        None => None,
    };
    if text.starts_with('h') {
        return Err(ScheduleError::Hash(name));
    }
    if step == Some(0) {
        return Err(ScheduleError::ZeroStep(name, text.to_owned()));
    }
    if let Some((low, high)) = bounds {
        if low >= high {
            return Err(unreadable());
        }
        let (smallest, largest) = name.range();
        let alias = |bound: u16| {
            if name == FieldName::Weekday && bound == 7 {
                0
            } else {
                bound
            }
        };
        if ![low, high]
            .iter()
            .all(|bound| (smallest..=largest).contains(&alias(*bound)))
        {
            return Err(ScheduleError::OutOfRange(name, text.to_owned(), smallest, largest));
        }
    }
    Ok(Some(Field {
        random: true,
        ..Field::default()
    }))
}

fn refuse_mixed_weekdays(weekdays: &Field, text: &str) -> Result<(), ScheduleError> {
    let plain = weekdays
        .values
        .list
        .iter()
        .any(|day| !weekdays.nth_weekdays.iter().any(|(nth, _)| nth == day));
    if weekdays.nth_weekdays.is_empty() || weekdays.values.all || weekdays.values.list.len() == 7 || !plain {
        return Ok(());
    }
    Err(ScheduleError::MixedWeekdays(text.to_owned()))
}
