//! Schedules and plans, in German.

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
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];
const WEEKDAYS: [&str; 7] = [
    "Sonntag",
    "Montag",
    "Dienstag",
    "Mittwoch",
    "Donnerstag",
    "Freitag",
    "Samstag",
];
const PLACES: [&str; 5] = ["ersten", "zweiten", "dritten", "vierten", "fünften"];

pub(super) fn plan(read: &ReadDag) -> String {
    let mut parts = vec![match (&read.assets, &read.dag.schedule, read.dag.schedule.text()) {
        (Some((waited, _)), _, _) => assets(waited),
        (None, dag::Schedule::Unknown, _) => "Nach einem Zeitplan, den nur Airflow kennt".to_owned(),
        (None, _, None) => schedule(None),
        (None, _, Some(text)) => match Schedule::parse(text) {
            Ok(read) => schedule(Some(&read)),
            Err(_) => format!("Nach dem Zeitplan {}", shortened(text)),
        },
    }];
    let retries: Option<Vec<u32>> = read.dag.tasks.iter().map(|task| task.retries).collect();
    match retries.and_then(|retries| retries.into_iter().max()) {
        Some(0) => parts.push("ein Versuch".to_owned()),
        Some(retries) => parts.push(format!("bis zu {} Versuche", u64::from(retries) + 1)),
        None => {}
    }
    // One task without a limit can run for ever, so nothing is promised then.
    let limits: Option<Vec<f64>> = read.tasks.iter().map(|task| task.execution_timeout).collect();
    if let Some(longest) = limits.and_then(|limits| limits.into_iter().reduce(f64::max)) {
        let each = if read.tasks.len() == 1 { "" } else { "je Task " };
        parts.push(format!("{each}höchstens {}", duration(longest, &unit)));
    }
    let told: Vec<String> = [
        few(&read.emails).map(|people| format!("E-Mail an {people}")),
        few(&read.slack_channels).map(|channels| format!("Nachricht an {channels} in Slack")),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !told.is_empty() {
        parts.push(format!("bei einem Fehler {}", joined(&told, "und")));
    }
    let text = parts.join(", ");
    // An abbreviation at the end has its full stop already.
    format!("{}.", text.strip_suffix('.').unwrap_or(&text))
}

/// At most two names; of more, the first and how many others there are.
fn few(names: &[String]) -> Option<String> {
    match names {
        [] => None,
        [only] => Some(shortened(only)),
        [first, second] => Some(format!("{} und {}", shortened(first), shortened(second))),
        [first, others @ ..] => Some(format!("{} und {} weitere", shortened(first), others.len())),
    }
}

fn unit(count: u64, index: usize) -> String {
    let units = if count == 1 {
        ["Tag", "Std.", "Min.", "Sek."]
    } else {
        ["Tage", "Std.", "Min.", "Sek."]
    };
    format!("{count} {}", units.get(index).copied().unwrap_or_default())
}

pub(super) fn schedule(schedule: Option<&Schedule>) -> String {
    match schedule {
        None => "Nur von Hand gestartet".to_owned(),
        Some(Schedule::Once) => "Einmal, sobald der DAG eingeschaltet ist".to_owned(),
        Some(Schedule::Continuous) => "Ununterbrochen: Ein neuer Lauf beginnt, sobald der letzte endet".to_owned(),
        Some(Schedule::Cron(cron)) if cron.random => "Zu Zeiten, die Airflow auslost".to_owned(),
        Some(Schedule::Cron(cron)) => capital(&sentence(cron)),
    }
}

pub(super) fn assets(assets: &Assets) -> String {
    let word = if assets.any { "oder" } else { "und" };
    let named: Vec<String> = assets.named().map(shortened).collect();
    match (named.as_slice(), assets.any) {
        ([], _) => "Sobald Daten bereit sind".to_owned(),
        ([_], _) | (_, true) => format!("Sobald {} aktualisiert wurde", joined(&named, word)),
        (_, false) => format!("Sobald {} aktualisiert wurden", joined(&named, word)),
    }
}

fn sentence(cron: &Cron) -> String {
    let days = days(cron);
    let text = match times(cron) {
        Times::At(times) => format!(
            "{} um {} Uhr UTC",
            days.as_deref().unwrap_or("täglich"),
            joined(&times, "und")
        ),
        Times::Every(every) => match days {
            Some(days) => format!("{every}, {days}"),
            None => every,
        },
    };
    if cron.years.all {
        text
    } else {
        let before = if cron.years.list.len() == 1 {
            "im Jahr"
        } else {
            "in den Jahren"
        };
        format!("{text}, {before} {}", ranges(&cron.years, &|year| year.to_string()))
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
            Times::Every(every) => Times::Every(format!("{every} (zur Sekunde {second})")),
        };
    }
    let every = match step(seconds, 60) {
        Some(1) => "jede Sekunde".to_owned(),
        Some(step) => format!("alle {step} Sekunden"),
        None => at("Sekunde", seconds),
    };
    Times::Every(match (minutes.all, hours.all) {
        (true, true) => every,
        (false, true) => format!("{every} {} jeder Stunde", of("Minute", minutes)),
        (true, false) => format!("{every} {} UTC", of("Stunde", hours)),
        (false, false) => format!("{every} {} {} UTC", of("Minute", minutes), of("Stunde", hours)),
    })
}

fn minutes_and_hours(minutes: &Values, hours: &Values) -> Times {
    if let Some(times) = named_times(minutes, hours) {
        return Times::At(times);
    }
    let every = match (minutes.list.as_slice(), step(minutes, 60)) {
        (_, Some(1)) => "jede Minute".to_owned(),
        (_, Some(step)) => format!("alle {step} Minuten"),
        ([minute], None) => return Times::Every(hourly(*minute, hours)),
        _ => at("Minute", minutes),
    };
    let is_step = step(minutes, 60).is_some();
    if hours.all {
        return Times::Every(if is_step {
            every
        } else {
            format!("{every} jeder Stunde")
        });
    }
    Times::Every(match (hours.list.as_slice(), minutes.list.last()) {
        ([first, .., last] | [first @ last], Some(minute)) if is_step && is_run(&hours.list) => {
            format!("{every} von {} bis {} Uhr UTC", clock(*first, 0), clock(*last, *minute))
        }
        _ => format!("{every} {} UTC", of("Stunde", hours)),
    })
}

/// The same minute of many hours.
fn hourly(minute: u16, hours: &Values) -> String {
    match (step(hours, 24), minute) {
        (Some(1), 0) => "stündlich".to_owned(),
        (Some(1), minute) => format!("stündlich zur Minute {minute}"),
        (Some(step), minute) => format!("alle {step} Stunden ab {} Uhr UTC", clock(0, minute)),
        (None, minute) => match hours.list.as_slice() {
            [first, .., last] if is_run(&hours.list) => {
                format!(
                    "stündlich von {} bis {} Uhr UTC",
                    clock(*first, minute),
                    clock(*last, minute)
                )
            }
            _ => format!("zur Minute {minute} {} UTC", of("Stunde", hours)),
        },
    }
}

/// The days, unless every day is one.
fn days(cron: &Cron) -> Option<String> {
    let months = months(cron);
    let of_months = of_months(cron);
    let behind_day = match cron.months.list.as_slice() {
        [month] => month_name(*month),
        _ => of_months.clone(),
    };
    let by_day = match (cron.nearest_weekday, cron.days.list.as_slice()) {
        (Some(day), _) => Some(format!("am nächstgelegenen Werktag zum {day}. {of_months}")),
        (None, _) if cron.days.all => None,
        (None, []) => Some(format!("am letzten Tag {of_months}")),
        (None, [first, .., last]) if !cron.last_day && cron.days.list.len() > 2 && is_run(&cron.days.list) => {
            Some(format!("vom {first}. bis {last}. {behind_day}"))
        }
        (None, _) if !cron.last_day => Some(format!(
            "am {} {behind_day}",
            ranges(&cron.days, &|day| format!("{day}."))
        )),
        (None, _) => {
            let days = ranges(&cron.days, &|day| format!("{day}."));
            Some(format!("am {days} und am letzten Tag {of_months}"))
        }
    };
    let by_weekday = weekdays(cron, &of_months);
    // Of two restrictions, one by its place in the month is the one that counts (see `Cron::fires_on`).
    let (is_nearest, is_nth) = (cron.nearest_weekday.is_some(), !cron.nth_weekdays.is_empty());
    match (by_day, by_weekday) {
        (None, None) => months.map(|months| format!("täglich {months}")),
        (None, Some(weekdays)) if is_nth => Some(weekdays),
        (None, Some(weekdays)) => Some(match months {
            Some(months) => format!("{weekdays} {months}"),
            None => weekdays,
        }),
        (Some(days), None) => Some(days),
        (Some(_), Some(weekdays)) if is_nth && !is_nearest => Some(weekdays),
        (Some(days), Some(_)) if is_nearest && !is_nth => Some(days),
        (Some(days), Some(weekdays)) if is_nearest => Some(format!("{days}, aber nur {weekdays},")),
        (Some(days), Some(weekdays)) => Some(match months {
            Some(months) => format!("{days} und {weekdays} {months}"),
            None => format!("{days} und {weekdays}"),
        }),
    }
}

fn weekdays(cron: &Cron, of_months: &str) -> Option<String> {
    if !cron.nth_weekdays.is_empty() {
        let named = cron.nth_weekdays.iter().map(|(weekday, nth)| {
            let place = match nth {
                Nth::Nth(number) => name(&PLACES, number.saturating_sub(1)),
                Nth::Last => "letzten",
            };
            format!("am {place} {}", name(&WEEKDAYS, *weekday))
        });
        return Some(format!("{} {of_months}", joined(&named.collect::<Vec<_>>(), "und")));
    }
    if cron.weekdays.all {
        return None;
    }
    let (week, is_run) = week(&cron.weekdays);
    let each = |weekday: &u16| format!("{}s", name(&WEEKDAYS, *weekday).to_lowercase());
    Some(match week.as_slice() {
        [first, .., end] if is_run => format!("{} bis {}", each(first), each(end)),
        week => joined(&week.iter().map(each).collect::<Vec<_>>(), "und"),
    })
}

/// "im Januar und Juli", "von Juni bis August".
fn months(cron: &Cron) -> Option<String> {
    let is_one_range = cron.months.list.len() > 2 && is_run(&cron.months.list);
    let before = if is_one_range { "von" } else { "im" };
    (!cron.months.all).then(|| format!("{before} {}", ranges(&cron.months, &month_name)))
}

/// "jedes Monats", "im Januar", "der Monate Januar und Juli".
fn of_months(cron: &Cron) -> String {
    match cron.months.list.as_slice() {
        _ if cron.months.all => "jedes Monats".to_owned(),
        [month] => format!("im {}", month_name(*month)),
        _ => format!("der Monate {}", ranges(&cron.months, &month_name)),
    }
}

fn month_name(month: u16) -> String {
    name(&MONTHS, month.saturating_sub(1)).to_owned()
}

/// "zur Minute 3", "zu den Minuten 3, 5 und 8 bis 12".
fn at(unit: &str, values: &Values) -> String {
    let numbers = ranges(values, &|value| value.to_string());
    if values.list.len() == 1 {
        format!("zur {unit} {numbers}")
    } else {
        format!("zu den {unit}n {numbers}")
    }
}

/// "der Stunde 3", "der Stunden 3, 5 und 8 bis 12".
fn of(unit: &str, values: &Values) -> String {
    let plural = if values.list.len() == 1 { "" } else { "n" };
    format!("der {unit}{plural} {}", ranges(values, &|value| value.to_string()))
}

/// The values, three and more in a row as "1 bis 3".
fn ranges(values: &Values, word: &dyn Fn(u16) -> String) -> String {
    joined(&runs(values, word, "bis"), "und")
}
