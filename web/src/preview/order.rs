//! The tasks of a DAG in an order in which each comes behind those that it waits for.

use dagwright_core::dag::{Dag, Task};

/// One task, and the ids of the tasks that it waits for.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The task.
    pub task: Task,
    /// Ids of those before it, in the order of the file.
    pub upstream: Vec<String>,
}

/// All tasks. Those that wait for each other, which Airflow refuses, come last.
pub fn steps(dag: &Dag) -> Vec<Step> {
    let index = |id: &String| dag.tasks.iter().position(|task| task.task_id == *id);
    let mut upstream = vec![Vec::new(); dag.tasks.len()];
    for (from, task) in dag.tasks.iter().enumerate() {
        for to in task.downstream.iter().filter_map(index) {
            upstream[to].push(from);
        }
    }
    let mut left: Vec<usize> = (0..dag.tasks.len()).collect();
    let mut done = vec![false; dag.tasks.len()];
    let mut ordered = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let ready = left
            .iter()
            .position(|task| upstream[*task].iter().all(|before| done[*before]));
        let task = left.remove(ready.unwrap_or_default());
        done[task] = true;
        ordered.push(Step {
            task: dag.tasks[task].clone(),
            upstream: upstream[task]
                .iter()
                .map(|before| dag.tasks[*before].task_id.clone())
                .collect(),
        });
    }
    ordered
}

/// The name of a task inside its group.
pub fn short_name(task: &Task) -> &str {
    task.group
        .as_deref()
        .and_then(|group| task.task_id.strip_prefix(group)?.strip_prefix('.'))
        .unwrap_or(&task.task_id)
}

/// A name of at most `length` letters, cut in its middle, since names often differ at their ends.
pub fn cut(name: &str, length: usize) -> String {
    let count = name.chars().count();
    if count <= length {
        return name.to_owned();
    }
    let kept = length.saturating_sub(1);
    let end = kept / 2;
    let start: String = name.chars().take(kept - end).collect();
    let end: String = name.chars().skip(count - end).collect();
    format!("{start}…{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dag(edges: &[(&str, &[&str])]) -> Dag {
        Dag {
            tasks: edges
                .iter()
                .map(|(id, downstream)| Task {
                    task_id: (*id).to_owned(),
                    downstream: downstream.iter().map(|id| (*id).to_owned()).collect(),
                    ..Task::default()
                })
                .collect(),
            ..Dag::default()
        }
    }

    #[test]
    fn a_task_comes_behind_those_it_waits_for() {
        let steps = steps(&dag(&[("load", &[]), ("extract", &["clean"]), ("clean", &["load"])]));
        let ids: Vec<_> = steps.iter().map(|step| step.task.task_id.as_str()).collect();
        assert_eq!(ids, ["extract", "clean", "load"]);
        assert_eq!(steps[2].upstream, ["clean"]);
    }

    #[test]
    fn a_cycle_loses_no_task() {
        assert_eq!(
            steps(&dag(&[("a", &["b"]), ("b", &["a"]), ("c", &["missing"])])).len(),
            3
        );
    }

    #[test]
    fn long_names_keep_both_ends() {
        assert_eq!(cut("refresh_all_tables_of_sales", 13), "refres…_sales");
        assert_eq!(cut("short", 5), "short");
        assert_eq!(cut("ärger", 3), "ä…r");
    }
}
