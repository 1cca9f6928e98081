//! Schedules that can be read and still disappoint.

use std::ops::Range;

use super::{Context, Example, Leaf, Rule};
use crate::{
    cron::{Schedule, TooNew},
    field::FieldKind,
    finding::{Finding, Place},
    formats::{self, Unfit},
    python::ScheduleSaid,
    version::at_least,
    words::Language,
};

/// Runs closer together than this queue up behind the scheduler's own latency.
const OFTEN: u32 = 5 * 60;

pub(super) const NEVER_FIRES: Rule = Rule {
    code: "schedule-never-fires",
    summary: "A schedule names a day that no calendar has.",
    why: "Airflow accepts it, and the DAG never runs. Nobody is told.",
    bad: Example::Answers("schedule: \"0 0 30 2 *\"   # 30 February"),
    good: Example::Answers("schedule: \"0 0 L 2 *\"    # the last day of February"),
    check: never_fires,
};

pub(super) const VERY_OFTEN: Rule = Rule {
    code: "schedule-very-often",
    summary: "A DAG runs more often than every 5 minutes.",
    why: "Starting a run takes Airflow some seconds, and a run that is not done in time holds up the next ones.",
    bad: Example::Answers("schedule: \"* * * * *\""),
    good: Example::Answers("schedule: \"*/15 * * * *\""),
    check: very_often,
};

pub(super) const INVALID: Rule = Rule {
    code: "schedule-invalid",
    summary: "A file of Python gives a DAG a schedule that Airflow cannot read.",
    why: "Airflow does not load the DAG.",
    bad: Example::Python("with DAG(\"report\", schedule=\"0 24 * * *\"): ..."),
    good: Example::Python("with DAG(\"report\", schedule=\"0 0 * * *\"): ..."),
    check: invalid,
};

pub(super) const CONTINUOUS_TOO_NEW: Rule = Rule {
    code: "schedule-continuous-too-new",
    summary: "A DAG runs all the time (`@continuous`), on an Airflow before 2.6.",
    why: "That Airflow does not know the word, and does not load the DAG.",
    bad: Example::AnswersOn("2.5", "schedule: \"@continuous\""),
    good: Example::AnswersOn("2.5", "schedule: \"*/5 * * * *\""),
    check: continuous_too_new,
};

pub(super) const TOO_NEW: Rule = Rule {
    code: "schedule-too-new",
    summary: "A schedule uses a notation that is newer than the croniter of the Airflow it will run on.",
    why: "The croniter that was current at that release refuses it, and then the whole DAG does not load. Where a newer one is installed, \
          `airflow.croniter` in `portal.json` says so.",
    bad: Example::AnswersOn("2.9", "schedule: \"0 22-2 * * *\""),
    good: Example::AnswersOn("2.9", "schedule: \"0 22,23,0,1,2 * * *\""),
    check: too_new,
};

pub(super) const ANY_TOO_NEW: Rule = Rule {
    code: "schedule-any-too-new",
    summary: "A DAG waits for any of several assets, on an Airflow before 2.9.",
    why: "That Airflow knows only how to wait for all of them, and does not load the DAG.",
    bad: Example::PythonOn(
        "2.8",
        "with DAG(\"report\", schedule=Dataset(\"s3://lake/orders\") | Dataset(\"s3://lake/returns\")): ...",
    ),
    good: Example::PythonOn(
        "2.8",
        "with DAG(\"report\", schedule=[Dataset(\"s3://lake/orders\"), Dataset(\"s3://lake/returns\")]): ...",
    ),
    check: any_too_new,
};

/// A schedule that is one text, and where it is said.
struct Said<'a> {
    text: &'a str,
    place: Place,
    /// The field that asks for it; none where a file of Python says it.
    leaf: Option<Leaf<'a>>,
}

impl Said<'_> {
    /// Adds what every sentence about a schedule can say.
    fn describe(&self, finding: Finding) -> Finding {
        match self.leaf {
            Some(leaf) => leaf.describe(finding),
            None => finding.param("title", "schedule").param("path", "schedule"),
        }
    }
}

/// The schedules of the answers, and those of the Python that no answer gives.
fn said<'a>(context: &Context<'a>) -> Vec<Said<'a>> {
    let leaves = context.leaves.iter().copied();
    let mut found: Vec<Said<'a>> = leaves
        .filter(|leaf| matches!(leaf.field.kind, FieldKind::Schedule { .. }))
        .filter_map(|leaf| {
            Some(Said {
                text: leaf.field.value.as_ref()?.as_str()?,
                place: Place::Value(leaf.field.pointer.clone()),
                leaf: Some(leaf),
            })
        })
        .collect();
    for (schedule, range) in in_python(context) {
        if let ScheduleSaid::Text(text) = schedule
            && found.iter().all(|other| other.text != text)
        {
            found.push(Said {
                text,
                place: Place::Python(range.clone()),
                leaf: None,
            });
        }
    }
    found
}

/// The schedules of the DAGs that the Python certainly makes.
fn in_python<'a>(context: &Context<'a>) -> impl Iterator<Item = (&'a ScheduleSaid, &'a Range<usize>)> {
    let dags = context.reading.into_iter().flat_map(|reading| &reading.dags);
    let certain = dags.filter(|read| !read.doubtful);
    certain.filter_map(|read| read.schedule.as_ref().map(|(said, range)| (said, range)))
}

fn schedules<'a>(context: &Context<'a>) -> impl Iterator<Item = (Said<'a>, Schedule)> {
    said(context).into_iter().filter_map(|said| {
        let schedule = Schedule::parse(said.text).ok()?;
        Some((said, schedule))
    })
}

fn invalid(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = Language::of(&context.settings.language);
    let detail = |unfit: Unfit| {
        let unfit = unfit.param("title", "schedule").param("path", "schedule");
        language
            .phrase(unfit.code, &unfit.params, context.settings.audience)
            .message
    };
    for (said, range) in in_python(context) {
        let (value, unfit) = match said {
            // What an answer gives is checked as an answer.
            ScheduleSaid::Text(text) if said_by_answer(context, text) => continue,
            ScheduleSaid::Text(text) => match formats::check("schedule", text) {
                Ok(()) => continue,
                Err(unfit) => (text.clone(), unfit),
            },
            ScheduleSaid::Duration(length) if *length > 0 => continue,
            ScheduleSaid::Duration(_) => ("timedelta".to_owned(), Unfit::new("schedule-not-positive")),
            ScheduleSaid::Other(kind) => ((*kind).to_owned(), Unfit::new("schedule-type").param("value", *kind)),
        };
        let finding = Finding::error(INVALID.code, Place::Python(range.clone()));
        findings.push(finding.param("value", value).param("detail", detail(unfit)));
    }
}

/// Whether an answer is this schedule.
fn said_by_answer(context: &Context<'_>, text: &str) -> bool {
    said(context)
        .iter()
        .any(|said| said.leaf.is_some() && said.text == text)
}

fn never_fires(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (said, schedule) in schedules(context) {
        if schedule.never_fires() {
            let finding = Finding::warning("schedule-never-fires", said.place.clone());
            findings.push(said.describe(finding.param("value", said.text)));
        }
    }
}

fn very_often(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (said, schedule) in schedules(context) {
        if let Some(gap) = schedule.shortest_gap().filter(|gap| *gap < OFTEN)
            && !schedule.never_fires()
        {
            let finding = Finding::information("schedule-very-often", said.place.clone());
            findings.push(said.describe(finding.param("seconds", gap)));
        }
    }
}

fn too_new(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let version = context.settings.airflow.version.as_str();
    for (said, schedule) in schedules(context) {
        if let Some(TooNew::Notation(novelty, croniter)) = schedule.too_new_for(&context.settings.airflow) {
            let finding = Finding::error(TOO_NEW.code, said.place.clone())
                .param("notation", novelty.key())
                .param("croniter", dotted(croniter))
                .param("since", dotted(novelty.since()))
                .param("value", said.text)
                .param("version", version);
            findings.push(said.describe(finding));
        }
    }
}

fn continuous_too_new(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (said, schedule) in schedules(context) {
        if schedule.too_new_for(&context.settings.airflow) == Some(TooNew::Continuous) {
            let finding = Finding::error(CONTINUOUS_TOO_NEW.code, said.place.clone());
            findings.push(said.describe(finding.param("version", context.settings.airflow.version.as_str())));
        }
    }
}

fn dotted((major, minor): (u16, u16)) -> String {
    format!("{major}.{minor}")
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
    use crate::{python, settings::Settings, words::tests::assert_filled};
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
    fn tells_what_a_file_of_python_says_wrong() {
        let cases: [(&str, &str, &[&str]); 14] = [
            ("'0 2 * * *'", "3.3.2", &[]),
            ("None", "3.3.2", &[]),
            ("timedelta(hours=1)", "3.3.2", &[]),
            ("somewhere.SCHEDULE", "3.3.2", &[]),
            ("'0 24 * * *'", "3.3.2", &["schedule-invalid"]),
            ("'@dayly'", "3.3.2", &["schedule-invalid"]),
            ("''", "3.3.2", &["schedule-invalid"]),
            ("timedelta(0)", "3.3.2", &["schedule-invalid"]),
            ("timedelta(hours=-1)", "3.3.2", &["schedule-invalid"]),
            ("5", "3.3.2", &["schedule-invalid"]),
            ("'0 0 30 2 *'", "3.3.2", &["schedule-never-fires"]),
            ("'* * * * *'", "3.3.2", &["schedule-very-often"]),
            ("'0 22-2 * * *'", "2.9.3", &["schedule-too-new"]),
            ("'@continuous'", "2.5.3", &["schedule-continuous-too-new"]),
        ];
        for (schedule, version, expected) in cases {
            let found = found_in(
                &format!(
                    "from datetime import timedelta\nfrom airflow import DAG\nimport somewhere\nwith DAG('x', schedule={schedule}):\n    pass\n"
                ),
                version,
            );
            assert_eq!(found, expected, "{schedule} on {version}");
        }
        let branch = "from airflow import DAG\nimport somewhere\nif somewhere.FLAG:\n    with DAG('x', schedule='0 24 * * *'):\n        pass\n";
        assert_eq!(found_in(branch, "3.3.2"), [""; 0], "it may not run");
    }

    /// The codes of what is found in a file of Python.
    fn found_in(text: &str, version: &str) -> Vec<&'static str> {
        let mut settings = Settings::default();
        settings.airflow.version = version.to_owned();
        let reading = python::read(text, &settings.airflow).unwrap();
        let mut findings = Vec::new();
        super::super::check(&Context::new(&[], Some(&reading), &settings), &mut findings);
        for finding in &findings {
            assert_filled(finding.code, &finding.params);
        }
        findings.iter().map(|finding| finding.code).collect()
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
