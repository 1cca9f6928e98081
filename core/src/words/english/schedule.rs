//! Schedules and plans, in English.

use crate::{
    assets::Assets,
    cron::{Cron, Nth, Schedule, Values},
    dag,
    python::ReadDag,
    words::{
        cron::{Times, at_second, capital, clock, duration, is_run, name, named_times, runs, step, week},
        shortened,
        template::joined,
    },
};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];
const PLACES: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];

pub(in crate::words) fn plan(read: &ReadDag) -> String {
    let mut parts = vec![match (&read.assets, &read.dag.schedule, read.dag.schedule.text()) {
        (Some((waited, _)), _, _) => assets(waited),
        (None, dag::Schedule::Unknown, _) => "On a schedule that only Airflow can tell".to_owned(),
        (None, _, None) => schedule(None),
        (None, _, Some(text)) => match Schedule::parse(text) {
            Ok(read) => schedule(Some(&read)),
            Err(_) => format!("On the schedule {}", shortened(text)),
        },
    }];
    let retries: Option<Vec<u32>> = read.dag.tasks.iter().map(|task| task.retries).collect();
    match retries.and_then(|retries| retries.into_iter().max()) {
        Some(0) => parts.push("one try".to_owned()),
        Some(retries) => parts.push(format!("up to {} tries", u64::from(retries) + 1)),
        None => {}
    }
    // One task without a limit can run for ever, so nothing is promised then.
    let limits: Option<Vec<f64>> = read.tasks.iter().map(|task| task.execution_timeout).collect();
    if let Some(longest) = limits.and_then(|limits| limits.into_iter().reduce(f64::max)) {
        let each = if read.tasks.len() == 1 {
            "stops after"
        } else {
            "each task stops after at most"
        };
        parts.push(format!("{each} {}", duration(longest, &unit)));
    }
    let told: Vec<String> = [
        few(&read.emails).map(|people| format!("e-mails {people}")),
        few(&read.slack_channels).map(|channels| format!("posts to {channels} in Slack")),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !told.is_empty() {
        parts.push(format!("on failure {}", joined(&told, "and")));
    }
    format!("{}.", parts.join(", "))
}

/// At most two names; of more, the first and how many others there are.
fn few(names: &[String]) -> Option<String> {
    match names {
        [] => None,
        [only] => Some(shortened(only)),
        [first, second] => Some(format!("{} and {}", shortened(first), shortened(second))),
        [first, others @ ..] => Some(format!("{} and {} others", shortened(first), others.len())),
    }
}

fn unit(count: u64, index: usize) -> String {
    let unit = ["d", "h", "min", "s"].get(index).copied().unwrap_or_default();
    format!("{count} {unit}")
}

pub(in crate::words) fn schedule(schedule: Option<&Schedule>) -> String {
    match schedule {
        None => "Only when started by hand".to_owned(),
        Some(Schedule::Once) => "Once, as soon as it is switched on".to_owned(),
        Some(Schedule::Continuous) => "All the time: a new run starts as soon as the last one ends".to_owned(),
        Some(Schedule::Cron(cron)) if cron.random => "At times that Airflow draws at random".to_owned(),
        Some(Schedule::Cron(cron)) => capital(&sentence(cron)),
    }
}

pub(in crate::words) fn assets(assets: &Assets) -> String {
    let word = if assets.any { "or" } else { "and" };
    let named: Vec<String> = assets.named().map(shortened).collect();
    match (named.as_slice(), assets.any) {
        ([], _) => "When data is ready".to_owned(),
        ([_], _) | (_, true) => format!("When {} is updated", joined(&named, word)),
        (_, false) => format!("When {} are updated", joined(&named, word)),
    }
}

fn sentence(cron: &Cron) -> String {
    let days = days(cron);
    let text = match times(cron) {
        Times::At(times) => format!(
            "{} at {} UTC",
            days.as_deref().unwrap_or("daily"),
            joined(&times, "and")
        ),
        Times::Every(every) => match days {
            Some(days) => format!("{every}, {days}"),
            None => every,
        },
    };
    if cron.years.all {
        text
    } else {
        format!("{text}, in {}", ranges(&cron.years, &|year| year.to_string()))
    }
}

fn times(cron: &Cron) -> Times {
    let (minutes, hours, seconds) = (&cron.minutes, &cron.hours, &cron.seconds);
    if let [0] = seconds.list.as_slice() {
        return minutes_and_hours(minutes, hours);
    }
    if let [second] = seconds.list.as_slice() {
        return match minutes_and_hours(minutes, hours) {
            Times::At(times) => at_second(times, *second),
            Times::Every(every) => Times::Every(format!("{every} (at second {second})")),
        };
    }
    let every = match step(seconds, 60) {
        Some(1) => "every second".to_owned(),
        Some(step) => format!("every {step} seconds"),
        None => format!("at {}", counted("second", seconds)),
    };
    match (minutes.all, hours.all) {
        (true, true) => Times::Every(every),
        (false, true) => Times::Every(format!("{every} of {} of every hour", counted("minute", minutes))),
        (true, false) => Times::Every(format!("{every} of {} UTC", counted("hour", hours))),
        (false, false) => Times::Every(format!(
            "{every} of {} of {} UTC",
            counted("minute", minutes),
            counted("hour", hours)
        )),
    }
}

fn minutes_and_hours(minutes: &Values, hours: &Values) -> Times {
    if let Some(times) = named_times(minutes, hours) {
        return Times::At(times);
    }
    let every = match (minutes.list.as_slice(), step(minutes, 60)) {
        (_, Some(1)) => "every minute".to_owned(),
        (_, Some(step)) => format!("every {step} minutes"),
        ([minute], None) => {
            return Times::Every(match (step(hours, 24), minute) {
                (Some(1), 0) => "every hour".to_owned(),
                (Some(1), minute) => format!("every hour at minute {minute}"),
                (Some(step), 0) => format!("every {step} hours from 00:00 UTC"),
                (Some(step), minute) => format!("every {step} hours from {} UTC", clock(0, *minute)),
                (None, minute) => match hours.list.as_slice() {
                    [first, .., last] if is_run(&hours.list) => {
                        format!(
                            "every hour from {} to {} UTC",
                            clock(*first, *minute),
                            clock(*last, *minute)
                        )
                    }
                    _ => format!("at minute {minute} of {} UTC", counted("hour", hours)),
                },
            });
        }
        _ => format!("at {}", counted("minute", minutes)),
    };
    if hours.all {
        return Times::Every(if step(minutes, 60).is_some() {
            every
        } else {
            format!("{every} of every hour")
        });
    }
    match (hours.list.as_slice(), minutes.list.last()) {
        ([first, .., last] | [first @ last], Some(minute)) if step(minutes, 60).is_some() && is_run(&hours.list) => {
            Times::Every(format!(
                "{every} from {} to {} UTC",
                clock(*first, 0),
                clock(*last, *minute)
            ))
        }
        _ => Times::Every(format!("{every} of {} UTC", counted("hour", hours))),
    }
}

/// The days, unless every day is one.
fn days(cron: &Cron) -> Option<String> {
    let months = months(cron);
    let of_months = match &months {
        None => "every month".to_owned(),
        Some(months) => months
            .strip_prefix("in ")
            .map_or_else(|| format!("each month {months}"), str::to_owned),
    };
    let by_day = match (cron.nearest_weekday, cron.days.list.as_slice()) {
        (Some(day), _) => Some(format!("on the weekday nearest to day {day} of {of_months}")),
        (None, _) if cron.days.all => None,
        (None, []) => Some(format!("on the last day of {of_months}")),
        (None, [day]) if !cron.last_day && cron.months.list.len() == 1 => Some(format!("on {day} {of_months}")),
        (None, [day]) if !cron.last_day => Some(format!("on day {day} of {of_months}")),
        (None, _) => {
            let last = if cron.last_day { " and the last day" } else { "" };
            Some(format!("on {}{last} of {of_months}", counted("day", &cron.days)))
        }
    };
    let by_weekday = weekdays(cron, &of_months);
    // Of two restrictions, one by its place in the month is the one that counts (see `Cron::fires_on`).
    let (is_nearest, is_nth) = (cron.nearest_weekday.is_some(), !cron.nth_weekdays.is_empty());
    match (by_day, by_weekday) {
        (None, None) => months.map(|months| format!("daily {months}")),
        (None, Some(weekdays)) if !cron.nth_weekdays.is_empty() => Some(weekdays),
        (None, Some(weekdays)) => Some(match months {
            Some(months) => format!("{weekdays} {months}"),
            None => weekdays,
        }),
        (Some(days), None) => Some(days),
        (Some(_), Some(weekdays)) if is_nth && !is_nearest => Some(weekdays),
        (Some(days), Some(_)) if is_nearest && !is_nth => Some(days),
        (Some(days), Some(weekdays)) if is_nearest => Some(format!("{days}, if that is also {weekdays}")),
        (Some(days), Some(weekdays)) => Some(match months {
            Some(months) => format!("{days} and on {weekdays} {months}"),
            None => format!("{days} and on {weekdays}"),
        }),
    }
}

fn weekdays(cron: &Cron, of_months: &str) -> Option<String> {
    if !cron.nth_weekdays.is_empty() {
        let named = cron.nth_weekdays.iter().map(|(weekday, nth)| {
            let place = match nth {
                Nth::Nth(number) => name(&PLACES, number.saturating_sub(1)),
                Nth::Last => "last",
            };
            format!("the {place} {}", name(&WEEKDAYS, *weekday))
        });
        return Some(format!(
            "on {} of {of_months}",
            joined(&named.collect::<Vec<_>>(), "and")
        ));
    }
    if cron.weekdays.all {
        return None;
    }
    // People begin the week on Monday.
    let (week, is_run) = week(&cron.weekdays);
    let plural = |weekday: &u16| format!("{}s", name(&WEEKDAYS, *weekday));
    Some(match week.as_slice() {
        [first, .., end] if is_run => format!("{} to {}", plural(first), plural(end)),
        week => joined(&week.iter().map(plural).collect::<Vec<_>>(), "and"),
    })
}

/// "in January and July", "from June to August".
fn months(cron: &Cron) -> Option<String> {
    let named = ranges(&cron.months, &|month| name(&MONTHS, month.saturating_sub(1)).to_owned());
    let is_one_range = cron.months.list.len() > 2 && is_run(&cron.months.list);
    let before = if is_one_range { "from" } else { "in" };
    (!cron.months.all).then(|| format!("{before} {named}"))
}

/// "hour 3", "hours 3, 5 and 8 to 12".
fn counted(unit: &str, values: &Values) -> String {
    let plural = if values.list.len() == 1 { "" } else { "s" };
    format!("{unit}{plural} {}", ranges(values, &|value| value.to_string()))
}

/// The values, three and more in a row as "1 to 3".
fn ranges(values: &Values, word: &dyn Fn(u16) -> String) -> String {
    joined(&runs(values, word, "to"), "and")
}
