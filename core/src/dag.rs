//! DAGs as they were read from Python, never as a template promised them.

use serde::{Deserialize, Serialize};

use crate::{pointer::Pointer, source::Span};

/// One DAG.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Dag {
    /// The generated file that it was read from; none for a file that was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The id that Airflow knows it by; none where it is not known.
    pub dag_id: Option<String>,
    /// When it runs by itself.
    pub schedule: Schedule,
    /// Whether runs missed in the past are made up for; none where the file does not say, or where that is not known.
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
    /// True where the shape of the graph could not be read completely: tasks, groups or dependencies may be missing,
    /// or may not exist.
    pub partial: bool,
    /// The members of the DAG that the file sets to something that is not known. Unknown is not absent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<Member>,
}

/// When a DAG runs by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Schedule {
    /// Never: the file says `None`, and somebody has to start it.
    None,
    /// At the times, or after the assets, that the file names.
    Given {
        /// A cron expression, a preset, a duration as Python writes it, or assets with Airflow's `&` or `|` between.
        text: String,
    },
    /// The file does not say, so that Airflow's own default holds, which depends on its version.
    Default {
        /// That default: a duration on Airflow 2; none on Airflow 3, where somebody has to start it.
        text: Option<String>,
    },
    /// The file sets it to something that is not known.
    #[default]
    Unknown,
}

impl Schedule {
    /// The notation of what starts runs; none where nothing does, or where it is not known.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Given { text } => Some(text),
            Self::Default { text } => text.as_deref(),
            Self::None | Self::Unknown => None,
        }
    }
}

/// A member of a [`Dag`] that may be unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Member {
    /// `dag_id`, which is none then.
    DagId,
    /// `schedule`, which is [`Schedule::Unknown`] then.
    Schedule,
    /// `catchup`, which is none then.
    Catchup,
    /// `tags`: those that are listed are known, and there may be more.
    Tags,
    /// `description`, which is none then.
    Description,
}

/// One task of a DAG.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// The full id, with the names of its groups in front.
    pub task_id: String,
    /// Class name of the operator as Airflow reports it (`task_type`), such as `KubernetesPodOperator` or
    /// `_PythonDecoratedOperator`; none where it is not known.
    pub operator: Option<String>,
    /// The decorator that made the task, such as `@task.bash`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decorator: Option<String>,
    /// Ids of the tasks that wait for this one, sorted, each once.
    pub downstream: Vec<String>,
    /// When it may start, such as `all_success`; none where it is not known.
    pub trigger_rule: Option<String>,
    /// How often it is tried again; none where it is not known.
    pub retries: Option<u32>,
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
    /// The generated file that it stands in; none for a file that was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
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
