//! Schedules that can be read and still disappoint.

use super::{Context, Leaf, Rule};
use crate::{
    cron::Schedule,
    field::FieldKind,
    finding::{Finding, Place},
    version::at_least,
};

/// Runs closer together than this queue up behind the scheduler's own latency.
const OFTEN: u32 = 5 * 60;

pub(super) const NEVER_FIRES: Rule = Rule {
    code: "schedule-never-fires",
    summary: "A schedule names a day that no calendar has.",
    why: "Airflow accepts it, and the DAG never runs. Nobody is told.",
    bad: "schedule: \"0 0 30 2 *\"   # 30 February",
    good: "schedule: \"0 0 L 2 *\"    # the last day of February",
    check: never_fires,
};

pub(super) const VERY_OFTEN: Rule = Rule {
    code: "schedule-very-often",
    summary: "A DAG runs more often than every 5 minutes.",
    why: "Starting a run takes Airflow some seconds, and a run that is not done in time holds up the next ones.",
    bad: "schedule: \"* * * * *\"",
    good: "schedule: \"*/15 * * * *\"",
    check: very_often,
};

pub(super) const TOO_NEW: Rule = Rule {
    code: "schedule-too-new",
    summary: "A schedule uses a notation that is newer than the Airflow it will run on.",
    why: "The croniter of that release refuses it, and then the whole DAG does not load.",
    bad: "schedule: \"0 22-2 * * *\"            # on Airflow 2.9",
    good: "schedule: \"0 22,23,0,1,2 * * *\"",
    check: too_new,
};

pub(super) const ANY_TOO_NEW: Rule = Rule {
    code: "schedule-any-too-new",
    summary: "A DAG waits for any of several assets, on an Airflow before 2.9.",
    why: "That Airflow knows only how to wait for all of them, and does not load the DAG.",
    bad: "schedule: {assets: [s3://lake/orders, s3://lake/returns], wait_for: any}",
    good: "schedule: {assets: [s3://lake/orders, s3://lake/returns], wait_for: all}",
    check: any_too_new,
};

fn schedules<'a>(context: &Context<'a>) -> impl Iterator<Item = (Leaf<'a>, &'a str, Schedule)> {
    let leaves = context.leaves.iter().copied();
    leaves
        .filter(|leaf| matches!(leaf.field.kind, FieldKind::Schedule { .. }))
        .filter_map(|leaf| {
            let text = leaf.field.value.as_ref()?.as_str()?;
            Some((leaf, text, Schedule::parse(text).ok()?))
        })
}

fn never_fires(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (leaf, text, schedule) in schedules(context) {
        if schedule.never_fires() {
            let finding = Finding::warning("schedule-never-fires", Place::Value(leaf.field.pointer.clone()));
            findings.push(leaf.describe(finding.param("value", text)));
        }
    }
}

fn very_often(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (leaf, _, schedule) in schedules(context) {
        if let Some(gap) = schedule.shortest_gap().filter(|gap| *gap < OFTEN)
            && !schedule.never_fires()
        {
            let finding = Finding::information("schedule-very-often", Place::Value(leaf.field.pointer.clone()));
            findings.push(leaf.describe(finding.param("seconds", gap)));
        }
    }
}

fn too_new(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (leaf, text, schedule) in schedules(context) {
        if let Some(novelty) = schedule.too_new_for(&context.settings.airflow) {
            let finding = Finding::warning("schedule-too-new", Place::Value(leaf.field.pointer.clone()))
                .param("value", text)
                .param("notation", novelty.key())
                .param("version", context.settings.airflow.version.as_str());
            findings.push(leaf.describe(finding));
        }
    }
}

fn any_too_new(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let version = context.settings.airflow.version.as_str();
    if at_least(version, "2.9") {
        return;
    }
    for read in context.reading.iter().flat_map(|reading| &reading.dags) {
        if let Some((assets, range)) = &read.assets
            && assets.any
        {
            let place = any_answered(context).unwrap_or_else(|| Place::Python(range.clone()));
            findings.push(Finding::error(ANY_TOO_NEW.code, place).param("version", version));
        }
    }
}

/// The answer that asks for any of several assets, which in the Python stands between all of them.
fn any_answered(context: &Context<'_>) -> Option<Place> {
    let mut leaves = context.leaves.iter();
    let answered = leaves.find(|leaf| {
        let is_asked = leaf.field.pointer.as_str().ends_with("/wait_for");
        is_asked && leaf.field.value.as_ref().is_some_and(|value| value == "any")
    })?;
    Some(Place::Value(answered.field.pointer.clone()))
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            Context,
            tests::{codes, findings_for},
        },
        ANY_TOO_NEW,
    };
    use crate::{python, settings::Settings};
    use serde_json::json;

    #[test]
    fn tells_what_an_older_airflow_refuses() {
        let schema = json!({"format": "schedule", "type": "string"});
        let mut settings = Settings::default();
        let count = |settings: &Settings| findings_for(&schema, json!("0 22-2 * * *"), settings).len();
        assert_eq!(count(&settings), 0);
        settings.airflow.version = "2.9.3".to_owned();
        assert_eq!(count(&settings), 1);
    }

    #[test]
    fn tells_that_an_older_airflow_cannot_wait_for_any() {
        let count = |version: &str, schedule: &str| {
            let mut settings = Settings::default();
            settings.airflow.version = version.to_owned();
            let text = format!("from airflow import DAG, Dataset\nwith DAG('x', schedule={schedule}):\n    pass\n");
            let reading = python::read(&text, &settings.airflow).unwrap();
            let mut findings = Vec::new();
            (ANY_TOO_NEW.check)(&Context::new(&[], Some(&reading), &settings), &mut findings);
            findings.len()
        };
        assert_eq!(count("2.8.4", "(Dataset('a') | Dataset('b'))"), 1);
        assert_eq!(count("2.8.4", "[Dataset('a'), Dataset('b')]"), 0);
        assert_eq!(count("2.9.3", "(Dataset('a') | Dataset('b'))"), 0);
    }

    #[test]
    fn tells_schedules_that_disappoint() {
        let schema = json!({"format": "schedule", "type": ["string", "null"]});
        for (schedule, expected) in [
            (json!("0 2 * * *"), &[][..]),
            (json!(null), &[]),
            (json!("@daily"), &[]),
            (json!("not a schedule"), &[]),
            (json!("0 0 30 2 *"), &["schedule-never-fires"]),
            (json!("0 0 29 2 *"), &[]),
            (json!("* 0 31 4,6 *"), &["schedule-never-fires"]),
            (json!("* * * * *"), &["schedule-very-often"]),
            (json!("*/4 3 * * *"), &["schedule-very-often"]),
            (json!("0,58 * * * *"), &["schedule-very-often"]),
            (json!("0,58 3 * * *"), &[]),
            (json!("*/5 * * * *"), &[]),
            (json!("0 0 * * * */10"), &["schedule-very-often"]),
        ] {
            assert_eq!(codes(&schema, schedule.clone()), expected, "{schedule}");
        }
    }
}
