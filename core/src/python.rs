//! Python, read without running it: the DAGs, tasks, groups and edges that a file makes.

mod airflow;
mod budget;
mod build;
mod builtin;
mod call;
mod compile;
mod dags;
mod expression;
mod instances;
mod interpret;
mod library;
mod limits;
mod literals;
mod names;
mod operators;
mod parse;
mod paths;
mod scope;
mod statement;
#[cfg(test)]
mod tests;
mod text;
mod value;

pub(crate) use interpret::{read, read_module};
pub(crate) use limits::check as check_limits;
pub(crate) use names::is_builtin;
pub(crate) use parse::{parse, parse_for};

use std::{collections::BTreeMap, ops::Range};

use serde_json::Value;

use crate::{assets::Assets, dag::Dag};

/// What the call says that makes a DAG or a task.
#[derive(Clone, Debug, Default)]
pub(crate) struct Told {
    /// Arguments by name; none stands for a value that is not known.
    pub(crate) named: BTreeMap<String, Option<Value>>,
    /// Whether there may be others.
    pub(crate) open: bool,
}

/// What is known of one argument.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Argument<'a> {
    Known(&'a Value),
    Missing,
    Unknown,
}

impl Told {
    /// The argument of a name.
    pub(crate) fn get(&self, name: &str) -> Argument<'_> {
        match self.named.get(name) {
            Some(Some(value)) => Argument::Known(value),
            None if !self.open => Argument::Missing,
            Some(None) | None => Argument::Unknown,
        }
    }
}

/// What a Python file says, with the byte ranges at which it says so.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    pub(crate) dags: Vec<ReadDag>,
    /// What could not be understood without running the file: the place and, for an engineer, the reason.
    pub(crate) unresolved: Vec<(Range<usize>, String)>,
    /// Names that the file certainly uses and never binds, in the order of the file.
    pub(crate) undefined: Vec<Undefined>,
}

impl Reading {
    /// Adds what another file says, whose text begins at `start`.
    pub(crate) fn append(&mut self, mut other: Self, start: usize) {
        other.shift(start);
        self.dags.append(&mut other.dags);
        self.unresolved.append(&mut other.unresolved);
        self.undefined.append(&mut other.undefined);
    }

    fn shift(&mut self, by: usize) {
        let shift = |range: &mut Range<usize>| *range = range.start + by..range.end + by;
        self.unresolved.iter_mut().for_each(|(range, _)| shift(range));
        self.undefined
            .iter_mut()
            .for_each(|undefined| shift(&mut undefined.range));
        for read in &mut self.dags {
            shift(&mut read.dag_id);
            read.tasks.iter_mut().for_each(|task| shift(&mut task.task_id));
            read.groups.iter_mut().for_each(|group| shift(&mut group.range));
            for edge in &mut read.edges {
                shift(&mut edge.upstream_range);
                shift(&mut edge.downstream_range);
            }
            for (_, first, second) in &mut read.duplicates {
                shift(first);
                shift(second);
            }
            read.schedule.iter_mut().for_each(|(_, range)| shift(range));
            read.assets.iter_mut().for_each(|(_, range)| shift(range));
        }
    }
}

/// A name that is used and never bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Undefined {
    pub(crate) range: Range<usize>,
    pub(crate) name: String,
    /// Whether it stands where a task is expected: beside `>>` or `<<`, or in a call such as `chain`.
    pub(crate) is_dependency: bool,
}

/// One DAG and the places it was read from.
#[derive(Clone, Debug, Default)]
pub(crate) struct ReadDag {
    pub(crate) dag: Dag,
    /// The expression of the DAG's id.
    pub(crate) dag_id: Range<usize>,
    /// Whether it is not known that the file makes it.
    pub(crate) doubtful: bool,
    /// One entry for each of `dag.tasks`, in the same order.
    pub(crate) tasks: Vec<ReadTask>,
    /// One entry for each of `dag.groups`, in the same order.
    pub(crate) groups: Vec<ReadGroup>,
    /// The edges, each as often as the file states it, in the order of the file.
    pub(crate) edges: Vec<ReadEdge>,
    /// Tasks whose id is certainly taken: the id, the expression of the first id, that of the second.
    pub(crate) duplicates: Vec<(String, Range<usize>, Range<usize>)>,
    /// What its schedule says, where that is no data to wait for, and the expression of it.
    pub(crate) schedule: Option<(ScheduleSaid, Range<usize>)>,
    /// The assets that it waits for, and the expression of them.
    pub(crate) assets: Option<(Assets, Range<usize>)>,
    /// Whom the DAG's tasks tell of a failure by e-mail, each once, in the order of the file.
    pub(crate) emails: Vec<String>,
    /// The Slack channels that the DAG's tasks tell of a failure, each once, in the order of the file.
    pub(crate) slack_channels: Vec<String>,
    /// Its own arguments.
    pub(crate) told: Told,
}

/// A schedule as the file gives it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ScheduleSaid {
    Text(String),
    /// A `timedelta`, in microseconds.
    Duration(i64),
    /// Something that is no schedule, by the name of its type in Python.
    Other(&'static str),
}

/// The places of one task.
#[derive(Clone, Debug, Default)]
pub(crate) struct ReadTask {
    /// The expression of the task's own id.
    pub(crate) task_id: Range<usize>,
    /// After how many seconds a try is stopped.
    pub(crate) execution_timeout: Option<f64>,
    /// Whom it tells of a failure by e-mail.
    pub(crate) emails: Vec<String>,
    /// The Slack channels that it tells of a failure.
    pub(crate) slack_channels: Vec<String>,
    /// The arguments of its operator, and of those that every operator takes also what `default_args` give.
    pub(crate) told: Told,
    /// Whether it is not known that the file makes it, or under which id.
    pub(crate) doubtful: bool,
}

/// The places of one task group.
#[derive(Clone, Debug, Default)]
pub(crate) struct ReadGroup {
    /// Its own id, without those of its parents.
    pub(crate) own_id: String,
    /// The expression of that id.
    pub(crate) range: Range<usize>,
    /// Whether it is not known that the file makes it, or under which id.
    pub(crate) doubtful: bool,
}

/// One stated dependency, by index into `tasks`.
#[derive(Clone, Debug)]
pub(crate) struct ReadEdge {
    pub(crate) upstream: usize,
    pub(crate) downstream: usize,
    /// The expression that names the upstream task in the statement.
    pub(crate) upstream_range: Range<usize>,
    /// The expression that names the downstream task in the statement.
    pub(crate) downstream_range: Range<usize>,
    /// Whether it is not known that the file states it.
    pub(crate) doubtful: bool,
}

/// Why a text cannot be read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// It is not Python: the place, and the parser's words.
    Syntax(Range<usize>, String),
    /// It is nested deeper than can be read safely.
    TooDeep(Range<usize>),
}
