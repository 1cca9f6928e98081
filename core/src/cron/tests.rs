use std::collections::BTreeSet;

use super::*;

/// The present of the table of fire times.
const NOW: i64 = 1_768_472_400;

#[test]
fn agrees_with_croniter() {
    let table = include_str!("croniter.tsv");
    let mut differing = Vec::new();
    let mut count = 0;
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let (expression, expected) = line.split_once('\t').expect("two columns");
        let expression: String = serde_json::from_str(expression).expect("a JSON string");
        let actual = match Schedule::parse(&expression) {
            Err(_) => "refused".to_owned(),
            Ok(Schedule::Cron(cron)) if cron.random => "drawn".to_owned(),
            Ok(schedule) => {
                let times = schedule.upcoming(NOW, 4);
                if expression.split_whitespace().count() < 7 {
                    assert_eq!(times.is_empty(), schedule.never_fires(), "{expression}");
                }
                let times: Vec<String> = times.iter().map(ToString::to_string).collect();
                if times.is_empty() {
                    "never".to_owned()
                } else {
                    times.join(" ")
                }
            }
        };
        count += 1;
        if actual != expected {
            differing.push(format!("{expression}\n  croniter: {expected}\n  here:     {actual}"));
        }
    }
    assert!(count > 1500, "the table is whole: {count}");
    assert!(
        differing.is_empty(),
        "{} of {count} differ:\n{}",
        differing.len(),
        differing.join("\n")
    );
}

#[test]
fn takes_the_presets_of_airflow() {
    for preset in ["@once", "@continuous", "@hourly", "@Daily", "@quarterly"] {
        assert!(Schedule::parse(preset).is_ok(), "{preset}");
    }
    for text in ["@ONCE", "@QUARTERLY", "@reboot", "@fortnightly", "None"] {
        assert!(Schedule::parse(text).is_err(), "{text}");
    }
}

#[test]
fn knows_what_older_releases_refuse() {
    for (expression, version, expected) in [
        (
            "0 22-2 * * *",
            "2.9.3",
            Some(TooNew::Notation(Novelty::BackwardRange, (2, 0))),
        ),
        ("0 22-2 * * *", "2.10.5", None),
        ("0 0 * * 5-7", "2.5", None),
        (
            "0 0 * * fri-mon",
            "2.5",
            Some(TooNew::Notation(Novelty::BackwardRange, (1, 4))),
        ),
        (
            "0 0 ? * *",
            "2.8.4",
            Some(TooNew::Notation(Novelty::QuestionMark, (1, 4))),
        ),
        ("0 0 ? * *", "2.9.3", None),
        (
            "0 0 15W * *",
            "3.0.6",
            Some(TooNew::Notation(Novelty::NearestWeekday, (6, 0))),
        ),
        ("0 0 15W * *", "3.1", None),
        ("0 0 15W * *", "2.11.2", None),
        (
            "0 0 1 1 * 0 2030",
            "2.9",
            Some(TooNew::Notation(Novelty::Years, (2, 0))),
        ),
        ("0 2 * * *", "2.5.3", None),
        ("@daily", "2.5.3", None),
        ("@once", "2.5.3", None),
        ("@continuous", "2.5.3", Some(TooNew::Continuous)),
        ("@continuous", "2.6", None),
    ] {
        let airflow = Airflow {
            version: version.to_owned(),
            ..Airflow::default()
        };
        let schedule = Schedule::parse(expression).unwrap();
        assert_eq!(schedule.too_new_for(&airflow), expected, "{expression} in {version}");
        let airflow = Airflow {
            croniter: Some("6.2.4".to_owned()),
            ..airflow
        };
        let expected = expected.filter(|expected| *expected == TooNew::Continuous);
        assert_eq!(
            schedule.too_new_for(&airflow),
            expected,
            "{expression} in {version} with croniter 6.2.4"
        );
    }
}

#[test]
fn dates_go_round_the_calendar() {
    let mut date = Date::of_timestamp(-62_135_596_800);
    assert_eq!(date, Date::new(1, 1, 1));
    let mut weekdays = BTreeSet::new();
    for day in 0..800_000_i64 {
        assert_eq!(Date::of_timestamp(date.start()), date);
        assert_eq!(date.start(), -62_135_596_800 + day * 86_400);
        weekdays.insert(date.weekday());
        date = date.next();
    }
    assert_eq!(weekdays.len(), 7);
    assert_eq!(Date::new(2026, 11, 20).weekday(), 5);
}
