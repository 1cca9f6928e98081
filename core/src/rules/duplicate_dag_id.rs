//! DAGs of one id in one file.

use std::{collections::BTreeMap, ops::Range};

use super::{Context, Example, Rule};
use crate::finding::{Finding, Place};

/// Two DAGs of one file with the same id. For those of different files, see [`crate::Engine::relate`].
pub(super) const RULE: Rule = Rule {
    code: "duplicate-dag-id-in-file",
    summary: "Two DAGs of one file have the same id.",
    why: "Airflow keeps one of them, and drops the other without a word.",
    bad: Example::Python("with DAG(\"report\"): ...\nwith DAG(\"report\"): ..."),
    good: Example::Python("with DAG(\"report\"): ...\nwith DAG(\"report_again\"): ..."),
    check,
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut first: BTreeMap<&str, &Range<usize>> = BTreeMap::new();
    for read in context.reading.iter().flat_map(|reading| &reading.dags) {
        let Some(id) = read.dag.dag_id.as_deref().filter(|_| !read.doubtful) else {
            continue;
        };
        if let Some(other) = first.get(id) {
            findings.push(
                Finding::error(RULE.code, Place::Python(read.dag_id.clone()))
                    .param("dag_id", id)
                    .related(Place::Python((*other).clone())),
            );
        } else {
            first.insert(id, &read.dag_id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::found_in_python;

    #[test]
    fn tells_ids_that_two_dags_share() {
        for (dags, expected) in [
            ("with DAG('a'): pass\nwith DAG('b'): pass", vec![]),
            ("with DAG('a'): pass\nwith DAG(\"a\"): pass", vec![("\"a\"", 1)]),
            (
                "for n in [1, 2, 3]:\n    with DAG('a'): pass",
                vec![("'a'", 1), ("'a'", 1)],
            ),
            // Airflow finds only one of these, or neither.
            ("[DAG('a')]\nwith DAG('a'): pass", vec![]),
            ("if unknown:\n    one = DAG('a')\nelse:\n    one = DAG('a')", vec![]),
            ("with DAG(unknown): pass\nwith DAG(unknown): pass", vec![]),
        ] {
            let text = format!("from airflow import DAG\nfrom elsewhere import unknown\n{dags}\n");
            let found = found_in_python("duplicate-dag-id-in-file", &text);
            let found: Vec<_> = found
                .iter()
                .map(|found| (found.place.as_str(), found.related))
                .collect();
            assert_eq!(found, expected, "{dags}");
        }
    }
}
