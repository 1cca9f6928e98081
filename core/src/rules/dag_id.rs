//! Ids of DAGs.

use super::{Context, Example, Rule};
use crate::finding::{Finding, Place};

/// The most characters that Airflow takes in the id of a DAG or a task.
pub(super) const LONGEST: usize = 250;

pub(super) const RULE: Rule = Rule {
    code: "dag-id",
    summary: "The name of a DAG has characters that Airflow refuses, or too many of them.",
    why: "Airflow does not load the file.",
    bad: Example::Python("with DAG(\"daily report\"):\n    EmptyOperator(task_id=\"load\")"),
    good: Example::Python("with DAG(\"daily_report\"):\n    EmptyOperator(task_id=\"load\")"),
    check,
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for read in context.reading.iter().flat_map(|reading| &reading.dags) {
        if let Some(id) = &read.dag.dag_id
            && !read.doubtful
            && !is_key(id)
        {
            let finding = Finding::error(RULE.code, Place::Python(read.dag_id.clone()));
            findings.push(finding.param("dag_id", id.as_str()));
        }
    }
}

/// Whether Airflow takes an id: `^[\w.-]+$` with letters and digits of any script.
///
/// Airflow's own pattern lets a line break at the end through; such an id breaks later, where nobody looks for it.
pub(super) fn is_key(id: &str) -> bool {
    let is_allowed = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-' | '.');
    !id.is_empty() && id.chars().count() <= LONGEST && id.chars().all(is_allowed)
}

#[cfg(test)]
mod tests {
    use super::super::tests::found_in_python;

    #[test]
    fn tells_ids_that_airflow_refuses() {
        let long = "x".repeat(251);
        for (id, is_good) in [
            ("daily_report-1.2", true),
            ("données_日本", true),
            (&long[1..], true),
            (&long, false),
            ("", false),
            ("daily report", false),
            ("daily/report", false),
            ("daily\\n", false),
            ("rocket🚀", false),
        ] {
            let text = format!("from airflow import DAG\nd = DAG('{id}')\n");
            let found = found_in_python("dag-id", &text);
            assert_eq!(found.is_empty(), is_good, "{id}");
            assert!(found.iter().all(|found| found.place == format!("'{id}'")), "{id}");
        }
    }
}
