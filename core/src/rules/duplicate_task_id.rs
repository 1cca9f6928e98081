//! Tasks of one name.

use super::{Context, Example, Rule};
use crate::finding::{Finding, Place};

pub(super) const RULE: Rule = Rule {
    code: "duplicate-task-id",
    summary: "Two steps have the same name.",
    why: "Airflow could not tell them apart, and refuses the whole file.",
    bad: Example::Python(
        "with DAG(\"report\"):\n    EmptyOperator(task_id=\"load\")\n    EmptyOperator(task_id=\"load\")",
    ),
    good: Example::Python(
        "with DAG(\"report\"):\n    EmptyOperator(task_id=\"load_orders\")\n    EmptyOperator(task_id=\"load_customers\")",
    ),
    check,
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for read in context.reading.iter().flat_map(|reading| &reading.dags) {
        findings.extend(read.duplicates.iter().map(|(id, first, second)| {
            Finding::error(RULE.code, Place::Python(second.clone()))
                .param("task_id", id.as_str())
                .related(Place::Python(first.clone()))
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::found_in_python;

    #[test]
    fn tells_what_is_taken() {
        for (tasks, expected) in [
            ("A(task_id='a')\n    A(task_id='b')", vec![]),
            ("A(task_id='a')\n    A(task_id=\"a\")", vec![("\"a\"", "\"a\"")]),
            (
                "for n in ['a', 'b']:\n        A(task_id='same')",
                vec![("\"same\"", "'same'")],
            ),
            (
                "A(task_id='a')\n    with TaskGroup('g'):\n        A(task_id='a')",
                vec![],
            ),
            (
                "A(task_id='g')\n    with TaskGroup('g'):\n        A(task_id='a')",
                vec![("\"g\"", "'g'")],
            ),
            ("@task\n    def f(): ...\n    f()\n    f()", vec![]),
            ("A(task_id='a', name=unknown(task_id='a'))", vec![]),
            // Only one of the two is made, or the name of the group keeps them apart.
            (
                "if unknown:\n        A(task_id='a')\n    else:\n        A(task_id='a')",
                vec![],
            ),
            ("if unknown:\n        A(task_id='a')\n    A(task_id='a')", vec![]),
            (
                "with TaskGroup(unknown):\n        A(task_id='a')\n    with TaskGroup(unknown):\n        A(task_id='a')",
                vec![],
            ),
        ] {
            let text = format!(
                "from airflow.sdk import DAG, TaskGroup, task\nfrom airflow.operators.empty import EmptyOperator as A\nfrom elsewhere import unknown\nwith DAG('x'):\n    {tasks}\n"
            );
            let found = found_in_python("duplicate-task-id", &text);
            let found: Vec<_> = found
                .iter()
                .map(|found| (found.params["task_id"].as_str(), found.place.as_str()))
                .collect();
            assert_eq!(found, expected, "{tasks}");
        }
    }
}
