//! Dependencies on what does not exist.

use super::{Context, Example, Rule};
use crate::{
    finding::{Finding, Place},
    words,
};

pub(super) const RULE: Rule = Rule {
    code: "unknown-dependency",
    summary: "A step waits for one that does not exist.",
    why: "Airflow cannot load the file, because nothing in it has that name.",
    bad: Example::Python(
        "with DAG(\"report\"):\n    extract = EmptyOperator(task_id=\"extract\")\n    load = EmptyOperator(task_id=\"load\")\n    extract >> laod",
    ),
    good: Example::Python(
        "with DAG(\"report\"):\n    extract = EmptyOperator(task_id=\"extract\")\n    load = EmptyOperator(task_id=\"load\")\n    extract >> load",
    ),
    check,
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(reading) = context.reading else {
        return;
    };
    let tasks = reading.dags.iter().flat_map(|read| &read.dag.tasks);
    let names: Vec<&str> = tasks
        .flat_map(|task| {
            let own = task.task_id.rsplit('.').next();
            [Some(&*task.task_id), own].into_iter().flatten()
        })
        .collect();
    for undefined in reading.undefined.iter().filter(|undefined| undefined.is_dependency) {
        let finding =
            Finding::error(RULE.code, Place::Python(undefined.range.clone())).param("name", undefined.name.as_str());
        findings.push(match words::nearest(&undefined.name, names.iter().copied()) {
            Some(near) => finding.param("near", near),
            None => finding,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::found_in_python;

    #[test]
    fn tells_names_that_nothing_binds() {
        for (statement, expected) in [
            ("extract >> load", vec![]),
            ("extract >> laod", vec![("\"laod\"", Some("\"load\""))]),
            ("extract << [load, something]", vec![("\"something\"", None)]),
            (
                "extract.set_downstream(extracts)",
                vec![("\"extracts\"", Some("\"extract\""))],
            ),
            ("print(elsewhere)", vec![]),
            ("if other:\n        extract >> laod", vec![]),
            (
                "if True:\n        extract >> laod",
                vec![("\"laod\"", Some("\"load\""))],
            ),
            ("if False:\n        extract >> laod", vec![]),
        ] {
            let text = format!(
                "from airflow import DAG\nfrom airflow.operators.empty import EmptyOperator\nfrom elsewhere import other\nwith DAG('x'):\n    \
                 extract = EmptyOperator(task_id='extract')\n    load = EmptyOperator(task_id='load')\n    {statement}\n"
            );
            let found = found_in_python("unknown-dependency", &text);
            let found: Vec<_> = found
                .iter()
                .map(|found| {
                    let near = found.params.get("near").map(String::as_str);
                    (found.params["name"].as_str(), near)
                })
                .collect();
            assert_eq!(found, expected, "{statement}");
        }
    }
}
