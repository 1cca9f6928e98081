//! DAGs as they were read from Python, never as a template promised them.

use serde::{Deserialize, Serialize};

use crate::{pointer::Pointer, source::Span};

/// One DAG.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Dag {
    /// The id that Airflow knows it by.
    pub dag_id: String,
    /// Cron expression, preset, or assets with Airflow's `&` or `|` between; none where it runs only when somebody starts it.
    pub schedule: Option<String>,
    /// Whether runs missed in the past are made up for; none where the file does not say.
    pub catchup: Option<bool>,
    /// Labels, sorted, each once.
    pub tags: Vec<String>,
    /// One line about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The tasks, in the order of the file.
    pub tasks: Vec<Task>,
    /// The task groups, parents before children.
    pub groups: Vec<Group>,
    /// True where something about it could not be read, so that tasks or edges may be missing.
    pub partial: bool,
}

/// One task of a DAG.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// The full id, with the names of its groups in front.
    pub task_id: String,
    /// Class name of the operator, such as `KubernetesPodOperator`.
    pub operator: String,
    /// Ids of the tasks that wait for this one, sorted, each once.
    pub downstream: Vec<String>,
    /// When it may start, such as `all_success`.
    pub trigger_rule: String,
    /// How often it is tried again.
    pub retries: u32,
    /// Id of the innermost task group it is in.
    pub group: Option<String>,
    /// The place in the config that it was made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pointer: Option<Pointer>,
    /// The call that makes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// One task group of a DAG.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The full id, with the names of its parents in front.
    pub group_id: String,
    /// Id of the group around it.
    pub parent: Option<String>,
}

/// A piece of Python whose effect on a DAG is not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unresolved {
    /// Line, from 1.
    pub line: u32,
    /// Column in code points, from 1.
    pub column: u32,
    /// What is not known, for an engineer.
    pub reason: String,
}

/// What one file contributes to questions about many files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Path of the config or Python file.
    pub file: String,
    /// Ids of the DAGs it makes.
    pub dag_ids: Vec<String>,
}
