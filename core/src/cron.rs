//! Schedules: cron expressions and presets as Airflow takes them, and when they fire.
//!
//! Airflow hands the expression to the Python library croniter, whose newest version decides here what is accepted and
//! what it means. Times are UTC.

mod calendar;
mod parse;

use calendar::Date;
pub(crate) use calendar::start_of_day;

use crate::{settings::Airflow, version::at_least};

/// How far ahead a fire time is looked for, as croniter does: past it, the schedule never fires.
const YEARS_AHEAD: i64 = 50;

/// When a DAG runs by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Schedule {
    /// `@once`.
    Once,
    /// `@continuous`.
    Continuous,
    /// A cron expression, or a preset that stands for one.
    Cron(Box<Cron>),
}

/// The values of the fields of a cron expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cron {
    pub(crate) minutes: Values,
    pub(crate) hours: Values,
    pub(crate) days: Values,
    pub(crate) months: Values,
    /// From 0, Sunday, to 6, Saturday.
    pub(crate) weekdays: Values,
    /// Just 0 where the expression has five fields.
    pub(crate) seconds: Values,
    pub(crate) years: Values,
    /// `L` among the days: the last day of the month.
    pub(crate) last_day: bool,
    /// `15W`: the weekday nearest to this day of the month.
    pub(crate) nearest_weekday: Option<u16>,
    /// `5#2` and `L5`: weekdays by their place in the month.
    pub(crate) nth_weekdays: Vec<(u16, Nth)>,
    /// `R`: Airflow draws a value, so that nobody can say when it fires.
    pub(crate) random: bool,
    /// What older versions of croniter refuse; the one that came last.
    newest: Option<Novelty>,
}

/// The values of one field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Values {
    /// True for `*`, which restricts nothing.
    pub(crate) all: bool,
    /// The values, ascending, each once; all of the field's where `all` is true.
    pub(crate) list: Vec<u16>,
}

/// Which of the same weekdays of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Nth {
    /// From 1 to 5.
    Nth(u16),
    Last,
}

/// What croniter learned over time, the oldest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Novelty {
    /// `?`, since 2.0.
    QuestionMark,
    /// `22-2`, since 6.0.
    BackwardRange,
    /// A seventh field, since 6.0.
    Years,
    /// `15W`, since 6.2.
    NearestWeekday,
}

impl Novelty {
    /// Major and minor version of the first croniter that knows it.
    pub(crate) const fn since(self) -> (u16, u16) {
        match self {
            Self::QuestionMark => (2, 0),
            Self::BackwardRange | Self::Years => (6, 0),
            Self::NearestWeekday => (6, 2),
        }
    }

    /// The key of its name in the catalogue of words.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::QuestionMark => "question-mark",
            Self::BackwardRange => "backward-range",
            Self::Years => "years",
            Self::NearestWeekday => "nearest-weekday",
        }
    }
}

/// Why a schedule is newer than an Airflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TooNew {
    /// `@continuous`, which Airflow knows since 2.6.
    Continuous,
    /// A notation that the croniter of this version, major and minor, refuses.
    Notation(Novelty, (u16, u16)),
}

/// Why a text is no schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ScheduleError {
    Empty,
    /// `@…` that is no preset.
    UnknownPreset(String),
    /// Not five, six or seven fields; how many it has.
    FieldCount(usize),
    /// A field that cannot be read: which, and its text.
    Field(FieldName, String),
    /// A number too small or too large: the field, its text, the smallest and the largest number.
    OutOfRange(FieldName, String, u16, u16),
    /// A step of 0.
    ZeroStep(FieldName, String),
    /// Jenkins' `H`, for which Airflow has no value.
    Hash(FieldName),
    /// `W` beside other days.
    NearestWeekdayInList(String),
    /// Plain weekdays mixed with `5#2` or `L5`.
    MixedWeekdays(String),
}

/// The fields, in the order of the expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FieldName {
    Minute,
    Hour,
    Day,
    Month,
    Weekday,
    Second,
    Year,
}

impl FieldName {
    /// The key of its name in the catalogue of words.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day of the month",
            Self::Month => "month",
            Self::Weekday => "day of the week",
            Self::Second => "second",
            Self::Year => "year",
        }
    }
}

impl Values {
    pub(crate) fn contains(&self, value: u16) -> bool {
        self.all || self.list.binary_search(&value).is_ok()
    }
}

impl Schedule {
    /// Reads a cron expression of five to seven fields, or a preset.
    pub(crate) fn parse(text: &str) -> Result<Self, ScheduleError> {
        match text {
            "@once" => Ok(Self::Once),
            "@continuous" => Ok(Self::Continuous),
            other => parse::cron(other).map(|cron| Self::Cron(Box::new(cron))),
        }
    }

    /// The next fire times after `now`, in seconds since 1970-01-01T00:00:00Z; fewer than `count` where there are no
    /// more, or where nobody can say.
    pub(crate) fn upcoming(&self, now: i64, count: usize) -> Vec<i64> {
        match self {
            Self::Cron(cron) if !cron.random => cron.upcoming(now, count),
            _ => Vec::new(),
        }
    }

    /// Why an Airflow refuses it, because it is older than the notation.
    pub(crate) fn too_new_for(&self, airflow: &Airflow) -> Option<TooNew> {
        match self {
            Self::Once => None,
            Self::Continuous => (!at_least(&airflow.version, "2.6")).then_some(TooNew::Continuous),
            Self::Cron(cron) => {
                let croniter = croniter_of(airflow);
                let newest = cron.newest.filter(|newest| newest.since() > croniter)?;
                Some(TooNew::Notation(newest, croniter))
            }
        }
    }

    /// Whether there is no day on which it fires.
    pub(crate) fn never_fires(&self) -> bool {
        match self {
            Self::Cron(cron) => !cron.random && cron.upcoming(cron.first_year_start(), 1).is_empty(),
            Self::Once | Self::Continuous => false,
        }
    }

    /// The shortest time between two fire times within an hour or between neighbouring hours, in seconds; none where
    /// it is an hour or more, or where nobody can say.
    pub(crate) fn shortest_gap(&self) -> Option<u32> {
        match self {
            Self::Cron(cron) if !cron.random => cron.shortest_gap(),
            _ => None,
        }
    }
}

impl Cron {
    fn upcoming(&self, now: i64, count: usize) -> Vec<i64> {
        let mut found = Vec::new();
        if self.is_narrowed() && !self.dates(now).any(|date| self.by_day(date) && self.by_weekday(date)) {
            // Where no day satisfies both, croniter gives up, although it takes either of them elsewhere.
            return found;
        }
        for date in self.dates(now) {
            if self.fires_on(date) {
                self.times(date, now, count, &mut found);
                if found.len() >= count {
                    break;
                }
            }
        }
        found
    }

    /// The days from a moment on whose year and month fit, as far ahead as is looked.
    fn dates(&self, now: i64) -> impl Iterator<Item = Date> {
        let mut date = Date::of_timestamp(now);
        let last_year = date.year + YEARS_AHEAD;
        let is_year = |year: i64| self.years.all || u16::try_from(year).is_ok_and(|year| self.years.contains(year));
        std::iter::from_fn(move || {
            while date.year <= last_year {
                if !is_year(date.year) {
                    date = date.first_of_next_year();
                } else if !self.months.contains(date.month) {
                    date = date.first_of_next_month();
                } else {
                    let found = date;
                    date = date.next();
                    return Some(found);
                }
            }
            None
        })
    }

    /// Where the search for any fire time begins: the engine has no clock, so it is the first year named.
    fn first_year_start(&self) -> i64 {
        let first = self
            .years
            .list
            .first()
            .filter(|_| !self.years.all)
            .copied()
            .unwrap_or(2000);
        Date::new(i64::from(first), 1, 1).start() - 1
    }

    fn times(&self, date: Date, after: i64, count: usize, found: &mut Vec<i64>) {
        for hour in &self.hours.list {
            for minute in &self.minutes.list {
                for second in &self.seconds.list {
                    let of_day = i64::from(*hour) * 3600 + i64::from(*minute) * 60 + i64::from(*second);
                    let time = date.start() + of_day;
                    if time > after {
                        found.push(time);
                        if found.len() >= count {
                            return;
                        }
                    }
                }
            }
        }
    }

    /// A day fires when its day of the month or its day of the week fits, where both are restricted; else when what is
    /// restricted fits. `#`, `L5` and `W` do not join that "or": they always narrow.
    fn fires_on(&self, date: Date) -> bool {
        if self.days.all || self.weekdays.all {
            return self.by_day(date) && self.by_weekday(date);
        }
        match (self.nearest_weekday.is_some(), !self.nth_weekdays.is_empty()) {
            (false, false) => self.by_day(date) || self.by_weekday(date),
            (true, false) => self.by_day(date),
            (false, true) => self.by_weekday(date),
            (true, true) => self.by_day(date) && self.by_weekday(date),
        }
    }

    /// Whether both days are restricted, one of them by its place in the month.
    fn is_narrowed(&self) -> bool {
        let is_placed = self.nearest_weekday.is_some() || !self.nth_weekdays.is_empty();
        is_placed && !self.days.all && !self.weekdays.all
    }

    fn by_day(&self, date: Date) -> bool {
        match self.nearest_weekday {
            Some(day) => date.day == date.nearest_weekday(day),
            None => self.days.contains(date.day) || (self.last_day && date.day == date.month_length()),
        }
    }

    fn by_weekday(&self, date: Date) -> bool {
        if self.nth_weekdays.is_empty() {
            return self.weekdays.contains(date.weekday());
        }
        let place = (date.day - 1) / 7 + 1;
        let is_last = date.day + 7 > date.month_length();
        self.nth_weekdays.iter().any(|(weekday, nth)| {
            let fits = match nth {
                Nth::Nth(wanted) => *wanted == place,
                Nth::Last => is_last,
            };
            fits && *weekday == date.weekday()
        })
    }

    fn shortest_gap(&self) -> Option<u32> {
        let within = |list: &[u16]| {
            let pairs = list.iter().zip(list.iter().skip(1));
            pairs.map(|(one, other)| u32::from(other - one)).min()
        };
        if let Some(seconds) = within(&self.seconds.list) {
            return Some(seconds);
        }
        let across = || {
            let neighbours = within(&self.hours.list) == Some(1);
            let (first, last) = self.minutes.list.first().zip(self.minutes.list.last())?;
            neighbours.then(|| u32::from(60 + first - last))
        };
        let minutes = within(&self.minutes.list).into_iter().chain(across()).min()?;
        (minutes < 60).then_some(minutes * 60)
    }
}

/// Major and minor version of the croniter that reads the schedules: the one of the settings, or else the one that was
/// current when this Airflow was released, as measured for 2.5 to 3.3. The constraints of a release install that one.
fn croniter_of(airflow: &Airflow) -> (u16, u16) {
    let major_and_minor = |version: &str| {
        let mut parts = version.split('.').map(|part| part.parse::<u16>().unwrap_or_default());
        (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
    };
    if let Some(croniter) = &airflow.croniter {
        return major_and_minor(croniter);
    }
    match major_and_minor(&airflow.version) {
        (0 | 1, _) | (2, 0..=8) => (1, 4),
        (2, 9) => (2, 0),
        (2, 10) | (3, 0) => (6, 0),
        _ => (7, 0),
    }
}

#[cfg(test)]
mod tests;
