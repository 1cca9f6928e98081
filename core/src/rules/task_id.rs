//! Ids of tasks and of task groups.

use super::{Context, Example, Rule, dag_id::is_key};
use crate::finding::{Finding, Place};

/// The most characters that Airflow takes in the own id of a task group.
const LONGEST_GROUP: usize = 200;

pub(super) const RULE: Rule = Rule {
    code: "task-id",
    summary: "The name of a step has characters that Airflow refuses, or too many of them.",
    why: "Airflow does not load the file.",
    bad: Example::Python("with DAG(\"report\"):\n    EmptyOperator(task_id=\"load orders\")"),
    good: Example::Python("with DAG(\"report\"):\n    EmptyOperator(task_id=\"load_orders\")"),
    check,
};

pub(super) const GROUP: Rule = Rule {
    code: "group-id",
    summary: "The name of a group of steps has characters that Airflow refuses, or too many of them.",
    why: "Airflow does not load the file.",
    bad: Example::Python("with DAG(\"report\"), TaskGroup(\"north.europe\"):\n    EmptyOperator(task_id=\"load\")"),
    good: Example::Python("with DAG(\"report\"), TaskGroup(\"north_europe\"):\n    EmptyOperator(task_id=\"load\")"),
    check: check_groups,
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for read in context.reading.iter().flat_map(|reading| &reading.dags) {
        for (task, place) in read.dag.tasks.iter().zip(&read.tasks) {
            if !place.doubtful && !is_key(&task.task_id) {
                let finding = Finding::error(RULE.code, Place::Python(place.task_id.clone()));
                findings.push(finding.param("task_id", task.task_id.as_str()));
            }
        }
    }
}

fn check_groups(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for read in context.reading.iter().flat_map(|reading| &reading.dags) {
        for group in read.groups.iter().filter(|group| !group.doubtful) {
            let id = &group.own_id;
            let is_allowed = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-');
            if id.is_empty() || id.chars().count() > LONGEST_GROUP || !id.chars().all(is_allowed) {
                let finding = Finding::error(GROUP.code, Place::Python(group.range.clone()));
                findings.push(finding.param("group_id", id.as_str()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::found_in_python;

    #[test]
    fn tells_ids_that_airflow_refuses() {
        let long = "x".repeat(251);
        for (id, group, bad_task, bad_group) in [
            ("load-orders_1.0", "north", false, false),
            ("ladeÄ", "süd", false, false),
            ("load orders", "north", true, false),
            ("load", "north.europe", false, true),
            ("load", &long[..200], false, false),
            ("load", &long[..201], false, true),
            // The limit of a task counts the name of its group.
            (&long[..248], "g", false, false),
            (&long[..249], "g", true, false),
        ] {
            let text = format!(
                "from airflow.sdk import DAG, TaskGroup\nfrom airflow.operators.empty import EmptyOperator\n\
                 with DAG('x'):\n    with TaskGroup('{group}'):\n        EmptyOperator(task_id='{id}')\n"
            );
            assert_eq!(!found_in_python("task-id", &text).is_empty(), bad_task, "{id} {group}");
            assert_eq!(
                !found_in_python("group-id", &text).is_empty(),
                bad_group,
                "{id} {group}"
            );
        }
    }
}
