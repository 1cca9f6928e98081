//! The DAGs of a file while they are made, by the rules by which Airflow makes them.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    rc::Rc,
};

use crate::{
    assets::Assets,
    dag::{Dag, Group, Member, Schedule, Task},
    source::LineIndex,
};

use super::{ReadDag, ReadEdge, ReadGroup, ReadTask, ScheduleSaid, Told, budget::Budget, value::Role};

/// How many bytes an id may have, those of its groups included. Airflow refuses far shorter ones.
const ID: usize = 1000;

/// How many steps a task or a group takes, and how many an edge: more than a value, because they are kept and shown.
const NODE_STEPS: usize = 20;
const EDGE_STEPS: usize = 10;

/// What the file has made so far.
#[derive(Debug, Default)]
pub(super) struct Builder {
    budget: Budget,
    pub(super) dags: Vec<DagDraft>,
    pub(super) tasks: Vec<TaskDraft>,
    pub(super) groups: Vec<GroupDraft>,
    labels: Vec<LabelDraft>,
    edges: Vec<EdgeDraft>,
    duplicates: Vec<DuplicateDraft>,
    /// How much of the above is marked as certain or doubtful.
    marked: Marked,
    /// What could not be done, for the interpreter to report.
    complaints: Vec<(Range<usize>, &'static str, Option<usize>)>,
    /// Whether a task was made for a DAG that is not known, which may be each.
    pub(super) lost_tasks: bool,
    /// Whether Airflow 2 makes the DAGs.
    pub(super) is_airflow_2: bool,
    /// DAGs that were changed since the interpreter last asked.
    touched: BTreeSet<usize>,
}

#[derive(Debug, Default)]
pub(super) struct DagDraft {
    /// None where it is not known.
    pub(super) id: Option<String>,
    pub(super) id_range: Range<usize>,
    pub(super) schedule: Schedule,
    /// What is said of times, and the expression of it.
    pub(super) said: Option<(ScheduleSaid, Range<usize>)>,
    pub(super) assets: Option<(Assets, Range<usize>)>,
    pub(super) catchup: Option<bool>,
    pub(super) tags: BTreeSet<String>,
    pub(super) description: Option<String>,
    pub(super) unknown: BTreeSet<Member>,
    pub(super) partial: bool,
    pub(super) discovery: Discovery,
    /// Ids of tasks and groups, which share one name space.
    pub(super) taken: BTreeMap<String, Range<usize>>,
    /// For an id without its suffix, the largest suffix that is taken.
    pub(super) suffixes: BTreeMap<String, u32>,
    /// Whether it is not known that it is made at all, or that it is made once.
    pub(super) doubtful: bool,
    pub(super) told: Told,
}

#[derive(Clone, Debug, Default)]
pub(super) struct TaskDraft {
    /// The id with the names of its groups in front.
    pub(super) id: String,
    pub(super) id_range: Range<usize>,
    pub(super) call: Range<usize>,
    pub(super) operator: Operator,
    /// None where it is not known.
    pub(super) trigger_rule: Option<String>,
    /// None where it is not known.
    pub(super) retries: Option<u32>,
    pub(super) execution_timeout: Option<f64>,
    pub(super) emails: Vec<String>,
    pub(super) slack_channels: Vec<String>,
    pub(super) told: Told,
    pub(super) role: Role,
    pub(super) dag: Option<usize>,
    pub(super) group: Option<usize>,
    /// It has no DAG yet, and its arguments may name one that is not known.
    pub(super) homeless: bool,
    /// Its id is taken: Airflow would refuse it, so that it has no place in the graph.
    pub(super) refused: bool,
    /// Whether it is not known that it is made at all, or which id it has.
    pub(super) doubtful: bool,
    pub(super) upstream: BTreeSet<usize>,
    pub(super) downstream: BTreeSet<usize>,
}

/// What makes a task.
#[derive(Clone, Debug, Default)]
pub(super) struct Operator {
    /// The name of the class; none where it is not known.
    pub(super) class: Option<Rc<str>>,
    /// The decorator around a function, such as `@task.bash`.
    pub(super) decorator: Option<Rc<str>>,
}

impl Operator {
    pub(super) fn of_class(name: &str) -> Self {
        Self {
            class: Some(name.into()),
            decorator: None,
        }
    }
}

#[derive(Debug, Default)]
pub(super) struct GroupDraft {
    /// The id with the names of its parents in front.
    pub(super) id: String,
    pub(super) own_id: String,
    pub(super) id_range: Range<usize>,
    pub(super) prefix: bool,
    pub(super) dag: Option<usize>,
    pub(super) parent: Option<usize>,
    pub(super) children: Vec<Node>,
    /// Tasks that are upstream of the group as a whole.
    pub(super) upstream: Vec<usize>,
    pub(super) claim: Claim,
    /// Whether it is not known that it is made at all, or which id it has.
    pub(super) doubtful: bool,
}

/// Whether Airflow would find a DAG.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Discovery {
    /// Not so far; yes once it is entered by `with` or `@dag`, or stands in a name of the module.
    #[default]
    Open,
    /// Not so far; yes once it stands in a name of the module (`auto_register=False`).
    ByName,
    Found,
}

/// What became of the id that a group asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Claim {
    #[default]
    Granted,
    /// It is taken: Airflow would refuse the group, so that it has no place in the graph.
    Refused,
    /// It is not known, so that those of its children are not known either.
    Unknown,
}

#[derive(Debug, Default)]
struct LabelDraft {
    upstream: Vec<End>,
    downstream: Vec<End>,
}

#[derive(Debug)]
struct EdgeDraft {
    upstream: usize,
    downstream: usize,
    upstream_range: Range<usize>,
    downstream_range: Range<usize>,
    /// Whether it is not known that it is stated at all.
    doubtful: bool,
}

/// A task or group whose id is taken.
#[derive(Debug)]
struct DuplicateDraft {
    dag: usize,
    id: String,
    first: Range<usize>,
    second: Range<usize>,
    doubtful: bool,
}

/// How many drafts of each kind there were at a moment.
#[derive(Clone, Debug, Default)]
pub(super) struct Marked {
    dags: usize,
    tasks: usize,
    groups: usize,
    edges: usize,
    duplicates: usize,
}

/// Something that can stand on either side of `>>`.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Task(usize),
    Outputs(Rc<[usize]>),
    Group(usize),
    Label(usize),
}

/// One side of a stated dependency, and the expression that names it.
#[derive(Clone, Debug)]
pub(super) struct End {
    pub(super) node: Node,
    pub(super) range: Range<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Upstream,
    Downstream,
}

impl Builder {
    pub(super) fn new(budget: Budget, is_airflow_2: bool) -> Self {
        Self {
            budget,
            is_airflow_2,
            ..Self::default()
        }
    }

    pub(super) fn add_dag(&mut self, dag: DagDraft) -> usize {
        self.dags.push(dag);
        self.touch(Some(self.dags.len() - 1));
        self.dags.len() - 1
    }

    pub(super) fn add_label(&mut self) -> usize {
        self.labels.push(LabelDraft::default());
        self.labels.len() - 1
    }

    /// Adds a group, with its full id. A suffix makes the id free where that is asked for.
    pub(super) fn add_group(&mut self, own_id: &str, range: &Range<usize>, suffix: bool, group: GroupDraft) -> usize {
        let index = self.groups.len();
        let mut group = group;
        let mut own_id = own_id.to_owned();
        let taken = group.dag.and_then(|dag| self.dags.get(dag)).map(|dag| &dag.taken);
        let is_taken = taken.is_some_and(|taken| taken.contains_key(&self.child_id(group.parent, &own_id)));
        // Airflow 2 compares the id without the names of the groups around.
        let own_is_taken = taken.is_some_and(|taken| taken.contains_key(&own_id));
        if suffix && (is_taken || self.is_airflow_2 && own_is_taken) {
            own_id = self.free_suffix(&own_id, &own_id, group.dag);
        }
        if self.is_airflow_2 && is_taken != own_is_taken && !(suffix && own_is_taken) {
            self.complaints
                .push((range.clone(), "whether Airflow 2 takes this id is not known", group.dag));
        }
        group.id = self.child_id(group.parent, &own_id);
        group.own_id = own_id;
        group.id_range = range.clone();
        self.budget.pay(NODE_STEPS);
        if self.is_in_nameless(group.parent) {
            group.claim = Claim::Unknown;
        }
        if !self.shorten(&mut group.id, range, group.dag) {
            group.claim = Claim::Refused;
        }
        if let Some(dag) = group.dag {
            if group.claim == Claim::Granted && !self.take(dag, &group.id, range) {
                group.claim = Claim::Refused;
            }
            self.touch(Some(dag));
        }
        if let Some(parent) = group.parent.and_then(|parent| self.groups.get_mut(parent)) {
            parent.children.push(Node::Group(index));
        }
        self.groups.push(group);
        index
    }

    /// Adds a task. `task.id` is its own id; it gets the names of its groups in front.
    pub(super) fn add_task(&mut self, mut task: TaskDraft, suffix: bool) -> usize {
        let index = self.tasks.len();
        if suffix && task.dag.is_some() {
            let full = self.child_id(task.group, &task.id);
            let dag = task.dag.and_then(|dag| self.dags.get(dag));
            if dag.is_some_and(|dag| dag.taken.contains_key(&full)) {
                task.id = self.free_suffix(&task.id, &full, task.dag);
            }
        }
        task.id = self.child_id(task.group, &task.id);
        let range = task.id_range.clone();
        task.refused = !self.shorten(&mut task.id, &range, task.dag);
        self.budget.pay(NODE_STEPS);
        let (dag, group) = (task.dag, task.group);
        self.tasks.push(task);
        if let Some(parent) = group.and_then(|group| self.groups.get_mut(group)) {
            parent.children.push(Node::Task(index));
        }
        if let Some(dag) = dag {
            self.join(index, dag);
        }
        index
    }

    /// Puts a task that has no DAG yet into one.
    pub(super) fn join(&mut self, task: usize, dag: usize) {
        let Some(draft) = self.tasks.get_mut(task) else {
            return;
        };
        draft.dag = Some(dag);
        let (id, range, group) = (draft.id.clone(), draft.id_range.clone(), draft.group);
        let free = self.is_in_nameless(group) || self.take(dag, &id, &range);
        if let Some(draft) = self.tasks.get_mut(task) {
            draft.refused |= !free;
        }
        self.touch(Some(dag));
    }

    /// Cuts an id that is too long to be kept; false, and a complaint, where it is.
    fn shorten(&mut self, id: &mut String, range: &Range<usize>, dag: Option<usize>) -> bool {
        self.budget.pay_text(id.len());
        if id.len() <= ID {
            return true;
        }
        id.truncate(id.floor_char_boundary(ID));
        self.complaints
            .push((range.clone(), "this id is longer than Airflow accepts", dag));
        false
    }

    /// The id of a child of a group, as Airflow puts it together.
    fn child_id(&self, group: Option<usize>, id: &str) -> String {
        match group.and_then(|group| self.groups.get(group)) {
            Some(group) if group.prefix && !group.id.is_empty() => format!("{}.{id}", group.id),
            _ => id.to_owned(),
        }
    }

    /// `id__1`, or one more than the largest number that is taken.
    fn free_suffix(&self, id: &str, full: &str, dag: Option<usize>) -> String {
        let dag = dag.and_then(|dag| self.dags.get(dag));
        let largest = dag.and_then(|dag| dag.suffixes.get(without_suffix(full)).copied());
        let largest = largest.unwrap_or(0);
        format!("{}__{}", without_suffix(id), largest.saturating_add(1))
    }

    /// Takes an id; false, and a note, where it is taken already.
    fn take(&mut self, dag: usize, id: &str, range: &Range<usize>) -> bool {
        let Some(draft) = self.dags.get_mut(dag) else {
            return true;
        };
        if let Some(first) = draft.taken.get(id) {
            self.duplicates.push(DuplicateDraft {
                dag,
                id: id.to_owned(),
                first: first.clone(),
                second: range.clone(),
                doubtful: false,
            });
            return false;
        }
        draft.taken.insert(id.to_owned(), range.clone());
        let base = without_suffix(id);
        if let Some(suffix) = id.get(base.len() + 2..).and_then(|suffix| suffix.parse::<u32>().ok()) {
            let largest = draft.suffixes.entry(base.to_owned()).or_default();
            *largest = suffix.max(*largest);
        }
        true
    }

    fn is_in_nameless(&self, group: Option<usize>) -> bool {
        group
            .and_then(|group| self.groups.get(group))
            .is_some_and(|group| group.claim == Claim::Unknown)
    }

    /// Marks what was made since the last call as certain or doubtful.
    pub(super) fn mark(&mut self, doubtful: bool) {
        let now = self.drafts();
        let before = std::mem::replace(&mut self.marked, now);
        for dag in self.dags.iter_mut().skip(before.dags) {
            dag.doubtful = doubtful;
        }
        for group in self.groups.iter_mut().skip(before.groups) {
            group.doubtful = doubtful || group.claim == Claim::Unknown;
        }
        for index in before.tasks..self.tasks.len() {
            let group = self.tasks.get(index).and_then(|task| task.group);
            let doubtful = doubtful || self.is_in_nameless(group);
            if let Some(task) = self.tasks.get_mut(index) {
                task.doubtful = doubtful;
            }
        }
        for edge in self.edges.iter_mut().skip(before.edges) {
            edge.doubtful = doubtful;
        }
        for duplicate in self.duplicates.iter_mut().skip(before.duplicates) {
            duplicate.doubtful = doubtful;
        }
    }

    /// How many drafts there are by now.
    pub(super) fn drafts(&self) -> Marked {
        Marked {
            dags: self.dags.len(),
            tasks: self.tasks.len(),
            groups: self.groups.len(),
            edges: self.edges.len(),
            duplicates: self.duplicates.len(),
        }
    }

    /// Takes into account that an exception is caught that Airflow raises while these drafts are made: what it refuses
    /// is no error then. Returns the DAGs in which it refuses something, so that the rest is not made.
    pub(super) fn guard(&mut self, drafts: &Range<Marked>) -> BTreeSet<usize> {
        let (from, to) = (&drafts.start, &drafts.end);
        let mut refusing = BTreeSet::new();
        for dag in self.dags.iter_mut().take(to.dags).skip(from.dags) {
            dag.doubtful = true;
        }
        for group in self.groups.iter_mut().take(to.groups).skip(from.groups) {
            group.doubtful = true;
            refusing.extend(group.dag.filter(|_| !is_key(&group.id)));
        }
        for task in self.tasks.iter_mut().take(to.tasks).skip(from.tasks) {
            task.doubtful = true;
            refusing.extend(task.dag.filter(|_| !is_key(&task.id)));
        }
        for duplicate in self.duplicates.iter_mut().take(to.duplicates).skip(from.duplicates) {
            duplicate.doubtful = true;
            refusing.insert(duplicate.dag);
        }
        refusing
    }

    fn touch(&mut self, dag: Option<usize>) {
        self.touched.extend(dag);
    }

    /// The DAGs that were changed since the last call.
    pub(super) fn take_touched(&mut self) -> BTreeSet<usize> {
        std::mem::take(&mut self.touched)
    }

    /// What could not be done since the last call: the place, the reason, the DAG.
    pub(super) fn take_complaints(&mut self) -> Vec<(Range<usize>, &'static str, Option<usize>)> {
        std::mem::take(&mut self.complaints)
    }

    pub(super) fn dag_of(&self, node: &Node) -> Option<usize> {
        match node {
            Node::Task(task) => self.tasks.get(*task)?.dag,
            Node::Outputs(tasks) => self.tasks.get(*tasks.first()?)?.dag,
            Node::Group(group) => self.groups.get(*group)?.dag,
            Node::Label(_) => None,
        }
    }

    /// Makes every one of `others` wait for `one`, or the other way round.
    pub(super) fn relate(&mut self, one: &End, direction: Direction, others: &[End]) {
        match &one.node {
            Node::Label(label) => self.relate_label(*label, direction, others),
            Node::Outputs(tasks) => {
                for task in tasks.iter() {
                    self.relate_task(*task, &one.range, direction, others);
                }
            }
            Node::Group(group) => {
                let members = match direction {
                    Direction::Downstream => self.last_tasks(*group),
                    Direction::Upstream => self.roots(*group),
                };
                if direction == Direction::Upstream {
                    for other in others {
                        self.note_upstream(*group, &other.node);
                    }
                }
                for task in members {
                    self.relate_task(task, &one.range, direction, others);
                }
            }
            Node::Task(task) => self.relate_task(*task, &one.range, direction, others),
        }
    }

    fn relate_task(&mut self, task: usize, range: &Range<usize>, direction: Direction, others: &[End]) {
        for other in others {
            let this = End {
                node: Node::Task(task),
                range: range.clone(),
            };
            let members = match &other.node {
                Node::Task(other) => vec![*other],
                Node::Outputs(tasks) if self.budget.pay(tasks.len()) => tasks.to_vec(),
                Node::Outputs(_) => return,
                Node::Group(group) => match direction {
                    Direction::Downstream => {
                        self.note_upstream(*group, &this.node);
                        self.roots(*group)
                    }
                    Direction::Upstream => self.leaves(*group),
                },
                Node::Label(label) => {
                    let opposite = match direction {
                        Direction::Downstream => Direction::Upstream,
                        Direction::Upstream => Direction::Downstream,
                    };
                    self.relate_label(*label, opposite, &[this]);
                    continue;
                }
            };
            for member in members {
                match direction {
                    Direction::Downstream => self.add_edge(task, member, range, &other.range),
                    Direction::Upstream => self.add_edge(member, task, &other.range, range),
                }
            }
        }
    }

    /// A label passes on what stands before it to what stands behind it, once it knows both.
    fn relate_label(&mut self, label: usize, direction: Direction, others: &[End]) {
        let Some(draft) = self.labels.get_mut(label) else {
            return;
        };
        match direction {
            Direction::Upstream => draft.upstream.extend_from_slice(others),
            Direction::Downstream => draft.downstream.extend_from_slice(others),
        }
        if !self.budget.pay(draft.upstream.len() + draft.downstream.len()) {
            return;
        }
        let (upstream, downstream) = (draft.upstream.clone(), draft.downstream.clone());
        if upstream.is_empty() || downstream.is_empty() {
            return;
        }
        // Airflow lets a label between different groups stand for the groups themselves.
        let groups: BTreeSet<_> = upstream
            .iter()
            .chain(&downstream)
            .map(|end| self.group_of(&end.node))
            .collect();
        let held = match direction {
            Direction::Upstream => downstream,
            Direction::Downstream => upstream,
        };
        for end in held {
            if matches!(end.node, Node::Label(_)) {
                continue;
            }
            let node = match (&end.node, self.group_of(&end.node)) {
                (Node::Task(_), Some(group)) if groups.len() > 1 => Node::Group(group),
                (node, _) => node.clone(),
            };
            let end = End { node, range: end.range };
            self.relate(&end, direction, others);
        }
    }

    fn group_of(&self, node: &Node) -> Option<usize> {
        match node {
            Node::Task(task) => self.tasks.get(*task)?.group,
            Node::Outputs(tasks) => self.tasks.get(*tasks.first()?)?.group,
            Node::Group(group) => Some(*group),
            Node::Label(_) => None,
        }
    }

    fn note_upstream(&mut self, group: usize, node: &Node) {
        let tasks = match node {
            Node::Task(task) => vec![*task],
            Node::Outputs(tasks) => tasks.to_vec(),
            Node::Group(_) | Node::Label(_) => return,
        };
        if let Some(group) = self.groups.get_mut(group)
            && self.budget.pay(tasks.len())
        {
            group.upstream.extend(tasks);
        }
    }

    pub(super) fn add_edge(
        &mut self,
        upstream: usize,
        downstream: usize,
        upstream_range: &Range<usize>,
        downstream_range: &Range<usize>,
    ) {
        let id = self.tasks.get(downstream).map_or(0, |task| task.id.len());
        if !self.budget.pay(EDGE_STEPS) || !self.budget.pay_text(id) {
            return;
        }
        let dags = (self.dag_of(&Node::Task(upstream)), self.dag_of(&Node::Task(downstream)));
        match dags {
            (Some(one), Some(two)) if one != two => {
                self.complaints.push((
                    upstream_range.start.min(downstream_range.start)..upstream_range.end.max(downstream_range.end),
                    "a dependency between tasks of two DAGs",
                    Some(one),
                ));
                return;
            }
            (Some(dag), None) => self.join(downstream, dag),
            (None, Some(dag)) => self.join(upstream, dag),
            _ => {}
        }
        if let Some(task) = self.tasks.get_mut(upstream) {
            task.downstream.insert(downstream);
        }
        if let Some(task) = self.tasks.get_mut(downstream) {
            task.upstream.insert(upstream);
        }
        self.touch(dags.0.or(dags.1));
        self.edges.push(EdgeDraft {
            upstream,
            downstream,
            upstream_range: upstream_range.clone(),
            downstream_range: downstream_range.clone(),
            doubtful: false,
        });
    }

    /// All tasks in a group and in the groups inside it, in the order in which they were made.
    pub(super) fn members(&self, group: usize) -> Vec<usize> {
        let mut tasks = Vec::new();
        let mut open: Vec<&Node> = self
            .groups
            .get(group)
            .map(|group| group.children.iter().rev().collect())
            .unwrap_or_default();
        while let Some(node) = open.pop() {
            if !self.budget.pay(1) {
                break;
            }
            match node {
                Node::Task(task) => tasks.push(*task),
                Node::Group(group) => open.extend(
                    self.groups
                        .get(*group)
                        .into_iter()
                        .flat_map(|group| group.children.iter().rev()),
                ),
                Node::Outputs(_) | Node::Label(_) => {}
            }
        }
        tasks
    }

    /// The tasks of a group that wait for no other task of it.
    fn roots(&self, group: usize) -> Vec<usize> {
        let members = self.members(group);
        let inside: BTreeSet<usize> = members.iter().copied().collect();
        members
            .into_iter()
            .filter(|task| {
                self.tasks
                    .get(*task)
                    .is_some_and(|task| self.budget.pay(task.upstream.len()) && task.upstream.is_disjoint(&inside))
            })
            .collect()
    }

    /// The tasks of a group that no other task of it waits for. A teardown is no leaf: what is upstream of it is.
    fn leaves(&self, group: usize) -> Vec<usize> {
        let members = self.members(group);
        let inside: BTreeSet<usize> = members.iter().copied().collect();
        let mut leaves = Vec::new();
        for index in members {
            let Some(task) = self.tasks.get(index) else {
                continue;
            };
            if !self.budget.pay(task.downstream.len()) || !task.downstream.is_disjoint(&inside) {
                continue;
            }
            if task.role == Role::Teardown {
                self.before_teardown(index, &inside, &mut leaves);
            } else {
                leaves.push(index);
            }
        }
        leaves
    }

    fn before_teardown(&self, teardown: usize, inside: &BTreeSet<usize>, leaves: &mut Vec<usize>) {
        let mut open = vec![teardown];
        let mut seen = BTreeSet::new();
        while let Some(index) = open.pop() {
            let Some(task) = self.tasks.get(index) else {
                continue;
            };
            for upstream in &task.upstream {
                let Some(other) = self.tasks.get(*upstream) else {
                    continue;
                };
                if !inside.contains(upstream) || !seen.insert(*upstream) {
                    continue;
                }
                if !self.budget.pay(1 + other.downstream.len()) {
                    return;
                }
                match other.role {
                    Role::Teardown => open.push(*upstream),
                    Role::Setup if task.role == Role::Teardown => {}
                    _ => {
                        let works_on = other.downstream.iter().any(|next| {
                            *next != index
                                && inside.contains(next)
                                && self.tasks.get(*next).is_some_and(|next| next.role != Role::Teardown)
                        });
                        if !works_on {
                            leaves.push(*upstream);
                        }
                    }
                }
            }
        }
    }

    /// The leaves of a group; for one without tasks (from Airflow 3 on) what is upstream of it, or the leaves of the group around it.
    fn last_tasks(&self, group: usize) -> Vec<usize> {
        let mut around = Some(group);
        while let Some(index) = around {
            let leaves = self.leaves(index);
            if !leaves.is_empty() {
                return leaves;
            }
            let Some(draft) = self.groups.get(index).filter(|_| !self.is_airflow_2) else {
                break;
            };
            if !draft.upstream.is_empty() && self.budget.pay(draft.upstream.len()) {
                return draft.upstream.clone();
            }
            around = draft.parent;
        }
        Vec::new()
    }

    /// What Airflow would find, in the order of the file.
    pub(super) fn finish(self, text: &str) -> Vec<ReadDag> {
        let lines = LineIndex::new(text);
        // A task that may belong to any DAG may be missing in each.
        let lacks_tasks = self.lost_tasks || self.tasks.iter().any(|task| task.homeless && task.dag.is_none());
        let mut finished: Vec<ReadDag> = Vec::new();
        let mut places: BTreeMap<usize, usize> = BTreeMap::new();
        for (index, draft) in self.dags.iter().enumerate() {
            if draft.discovery != Discovery::Found {
                continue;
            }
            let known = |member| !draft.unknown.contains(&member);
            places.insert(index, finished.len());
            finished.push(ReadDag {
                dag: Dag {
                    dag_id: draft.id.clone().filter(|_| known(Member::DagId)),
                    schedule: if known(Member::Schedule) {
                        draft.schedule.clone()
                    } else {
                        Schedule::Unknown
                    },
                    catchup: draft.catchup.filter(|_| known(Member::Catchup)),
                    tags: draft.tags.iter().cloned().collect(),
                    description: draft.description.clone().filter(|_| known(Member::Description)),
                    partial: draft.partial || lacks_tasks,
                    unknown: draft.unknown.iter().copied().collect(),
                    ..Dag::default()
                },
                dag_id: draft.id_range.clone(),
                doubtful: draft.doubtful,
                schedule: draft.said.clone().filter(|_| known(Member::Schedule)),
                assets: draft.assets.clone().filter(|_| known(Member::Schedule)),
                told: draft.told.clone(),
                ..ReadDag::default()
            });
        }
        for group in self
            .groups
            .iter()
            .filter(|group| group.claim != Claim::Refused && !group.id.is_empty())
        {
            if let Some(read) = group
                .dag
                .and_then(|dag| places.get(&dag))
                .and_then(|place| finished.get_mut(*place))
            {
                read.dag.groups.push(Group {
                    group_id: group.id.clone(),
                    parent: self.group_id(group.parent),
                });
                read.groups.push(ReadGroup {
                    own_id: group.own_id.clone(),
                    range: group.id_range.clone(),
                    doubtful: group.doubtful,
                });
            }
        }
        let seats = self.seat_tasks(&places, &lines, &mut finished);
        for edge in self.edges {
            if let (Some((place, upstream)), Some((_, downstream))) =
                (seats.get(&edge.upstream), seats.get(&edge.downstream))
                && let Some(read) = finished.get_mut(*place)
            {
                read.edges.push(ReadEdge {
                    upstream: *upstream,
                    downstream: *downstream,
                    upstream_range: edge.upstream_range,
                    downstream_range: edge.downstream_range,
                    doubtful: edge.doubtful,
                });
            }
        }
        // Where the ids stand that are certainly taken.
        let mut certain = BTreeSet::new();
        for (place, read) in finished.iter().enumerate() {
            let tasks = read.tasks.iter().map(|task| (&task.task_id, task.doubtful));
            let groups = read.groups.iter().map(|group| (&group.range, group.doubtful));
            let taken = tasks.chain(groups).filter(|(_, doubtful)| !doubtful);
            certain.extend(taken.map(|(range, _)| (place, range.start, range.end)));
        }
        for duplicate in self.duplicates {
            let place = places.get(&duplicate.dag).copied();
            let first = &duplicate.first;
            if let Some(place) = place.filter(|place| certain.contains(&(*place, first.start, first.end)))
                && let Some(read) = finished.get_mut(place)
                && !duplicate.doubtful
            {
                read.duplicates.push((duplicate.id, duplicate.first, duplicate.second));
            }
        }
        finished
    }

    /// Adds the tasks to their DAGs. Returns where each stands: the DAG among those found, and its place there.
    fn seat_tasks(
        &self,
        places: &BTreeMap<usize, usize>,
        lines: &LineIndex<'_>,
        finished: &mut [ReadDag],
    ) -> BTreeMap<usize, (usize, usize)> {
        let mut seats = BTreeMap::new();
        let mut emails = BTreeSet::new();
        let mut channels = BTreeSet::new();
        for (index, task) in self.tasks.iter().enumerate().filter(|(_, task)| !task.refused) {
            let Some(place) = task.dag.and_then(|dag| places.get(&dag)) else {
                continue;
            };
            let Some(read) = finished.get_mut(*place) else {
                continue;
            };
            seats.insert(index, (*place, read.tasks.len()));
            for email in &task.emails {
                if emails.insert((*place, email)) {
                    read.emails.push(email.clone());
                }
            }
            for channel in &task.slack_channels {
                if channels.insert((*place, channel)) {
                    read.slack_channels.push(channel.clone());
                }
            }
            read.tasks.push(ReadTask {
                task_id: task.id_range.clone(),
                execution_timeout: task.execution_timeout,
                emails: task.emails.clone(),
                slack_channels: task.slack_channels.clone(),
                told: task.told.clone(),
                doubtful: task.doubtful,
            });
            read.dag.tasks.push(Task {
                task_id: task.id.clone(),
                operator: task.operator.class.as_deref().map(str::to_owned),
                decorator: task.operator.decorator.as_deref().map(str::to_owned),
                downstream: self.names(&task.downstream),
                trigger_rule: task.trigger_rule.clone(),
                retries: task.retries,
                group: self.group_id(task.group),
                pointer: None,
                span: Some(lines.span(task.call.clone())),
            });
        }
        seats
    }

    /// Ids of tasks, sorted, each once.
    fn names(&self, tasks: &BTreeSet<usize>) -> Vec<String> {
        let names: BTreeSet<&str> = tasks
            .iter()
            .filter_map(|task| self.tasks.get(*task))
            .filter(|task| !task.refused)
            .map(|task| &*task.id)
            .collect();
        names.into_iter().map(str::to_owned).collect()
    }

    fn group_id(&self, group: Option<usize>) -> Option<String> {
        let group = self.groups.get(group?)?;
        (!group.id.is_empty()).then(|| group.id.clone())
    }
}

/// Whether Airflow takes an id of a task.
fn is_key(id: &str) -> bool {
    let is_allowed = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-' | '.');
    id.chars().count() <= 250 && id.chars().all(is_allowed)
}

/// An id without the `__1` that Airflow may have put behind it.
fn without_suffix(id: &str) -> &str {
    match id.rsplit_once("__") {
        Some((base, number)) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => base,
        _ => id,
    }
}
