//! What policies look at, as values of the Jinja engine. Each look is charged, and each at something that is not known is
//! noted.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use minijinja::{
    Value,
    value::{Enumerator, Object, ObjectRepr},
};

use crate::{
    dag::{Dag, Member, Schedule, Task},
    python::{Argument, ReadDag, ReadTask, Told},
    settings::Inventory,
    version::at_least,
};

/// What all policies together may look at for one question: 500 policies of four comparisons on 500 tasks take half.
const BUDGET: u64 = 60_000_000;
/// How many bytes of a text cost as much as one look.
const TEXT_STEP: u64 = 64;

/// The members of `dag`.
pub(super) const DAG_MEMBERS: &[&str] = &[
    "arguments",
    "catchup",
    "dag_id",
    "description",
    "groups",
    "notifies",
    "schedule",
    "tags",
    "tasks",
];

/// The members of `task`.
pub(super) const TASK_MEMBERS: &[&str] = &[
    "arguments",
    "connections",
    "decorator",
    "downstream",
    "emails",
    "execution_timeout",
    "group",
    "image",
    "notifies",
    "operator",
    "owner",
    "pool",
    "queue",
    "retries",
    "slack_channels",
    "task_id",
    "trigger_rule",
];

/// What is left of the budget of one question, and what the policy that is asked now has looked at in vain.
#[derive(Debug)]
pub(super) struct Meter {
    left: AtomicU64,
    weight: AtomicU64,
    unknown: Mutex<BTreeSet<String>>,
}

impl Meter {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self {
            left: AtomicU64::new(BUDGET),
            weight: AtomicU64::new(1),
            unknown: Mutex::default(),
        })
    }

    /// A policy with so many parts is asked: each of them may use what one look gives.
    pub(super) fn begin(&self, weight: u64) {
        self.weight.store(weight.max(1), Ordering::Relaxed);
        self.note_nothing();
        self.charge(1);
    }

    /// Whether the budget is spent. It stays spent.
    pub(super) fn is_spent(&self) -> bool {
        self.left.load(Ordering::Relaxed) == 0
    }

    /// What was asked for and is not known.
    pub(super) fn unknown(&self) -> Vec<String> {
        let unknown = self.unknown.lock().unwrap_or_else(PoisonError::into_inner);
        unknown.iter().cloned().collect()
    }

    fn note_nothing(&self) {
        self.unknown.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn note(&self, what: String) {
        self.unknown.lock().unwrap_or_else(PoisonError::into_inner).insert(what);
    }

    fn charge(&self, looks: u64) -> bool {
        let cost = looks.saturating_mul(self.weight.load(Ordering::Relaxed));
        let left = self.left.load(Ordering::Relaxed).saturating_sub(cost);
        self.left.store(left, Ordering::Relaxed);
        left > 0
    }

    /// Charges a look at a value; none where that is too much.
    fn look(&self, value: &Value) -> Option<Value> {
        let length = value.as_str().map_or(0, str::len);
        let steps = u64::try_from(length).unwrap_or(u64::MAX) / TEXT_STEP;
        self.charge(1 + steps).then(|| value.clone())
    }
}

/// A named group of values.
#[derive(Debug)]
struct Group {
    /// What it is called in a sentence, such as `task`.
    name: &'static str,
    members: BTreeMap<Arc<str>, Known>,
    /// Whether it may have members that are not known.
    open: bool,
    meter: Arc<Meter>,
}

/// A member of a group.
#[derive(Debug)]
enum Known {
    Value(Value),
    Unknown,
}

impl Group {
    fn note(&self, member: &str) {
        self.meter.note(if member.is_empty() {
            self.name.to_owned()
        } else if self.name.is_empty() {
            member.to_owned()
        } else {
            format!("{}.{member}", self.name)
        });
    }
}

impl Object for Group {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Map
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let name = key.as_str()?;
        match self.members.get(name) {
            Some(Known::Value(value)) => self.meter.look(value),
            Some(Known::Unknown) => {
                self.note(name);
                None
            }
            None => {
                if self.open {
                    self.note(name);
                }
                None
            }
        }
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        if self.open {
            self.note("");
        }
        Enumerator::Values(self.members.keys().map(|name| Value::from(Arc::clone(name))).collect())
    }
}

/// A list.
#[derive(Debug)]
struct List {
    items: Vec<Value>,
    meter: Arc<Meter>,
}

impl Object for List {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.meter.look(self.items.get(key.as_usize()?)?)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.items.len())
    }
}

/// Names of which each is there or not. There may be many, so that they are not walked to find one.
#[derive(Debug)]
struct Names {
    names: BTreeSet<Arc<str>>,
    meter: Arc<Meter>,
}

impl Object for Names {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Map
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let is_there = self.names.contains(key.as_str()?);
        is_there.then(|| self.meter.look(&Value::from(true)))?
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        self.meter.charge(u64::try_from(self.names.len()).unwrap_or(u64::MAX));
        Enumerator::Values(self.names.iter().map(|name| Value::from(Arc::clone(name))).collect())
    }
}

/// Makes values of what policies look at.
#[derive(Clone, Debug)]
pub(super) struct Subjects {
    meter: Arc<Meter>,
}

impl Subjects {
    pub(super) fn new(meter: &Arc<Meter>) -> Self {
        Self {
            meter: Arc::clone(meter),
        }
    }

    /// What an expression sees: the names with values, and those that are not known.
    pub(super) fn root(&self, named: &[(&str, Option<Value>)]) -> Value {
        let members = named.iter().map(|(name, value)| {
            let value = value.clone().map_or(Known::Unknown, Known::Value);
            (Arc::from(*name), value)
        });
        self.group("", members.collect(), false)
    }

    /// A JSON value.
    pub(super) fn json(&self, name: &'static str, value: &serde_json::Value) -> Value {
        match value {
            serde_json::Value::Array(items) => self.list(items.iter().map(|item| self.json(name, item)).collect()),
            serde_json::Value::Object(members) => {
                let members = members
                    .iter()
                    .map(|(key, value)| (Arc::from(key.as_str()), Known::Value(self.json(name, value))));
                self.group(name, members.collect(), false)
            }
            serde_json::Value::Null => Value::from(()),
            serde_json::Value::Bool(flag) => Value::from(*flag),
            serde_json::Value::Number(number) => number
                .as_i64()
                .map(Value::from)
                .or_else(|| number.as_f64().map(Value::from))
                .unwrap_or_default(),
            serde_json::Value::String(text) => Value::from(text.as_str()),
        }
    }

    /// The names of an inventory.
    pub(super) fn inventory(&self, inventory: &Inventory) -> Value {
        let members = Inventory::NAMES.iter().map(|list| {
            let names = inventory.list(list).iter().map(|name| Arc::from(name.as_str()));
            let names = Names {
                names: names.collect(),
                meter: Arc::clone(&self.meter),
            };
            (Arc::from(*list), Known::Value(Value::from_object(names)))
        });
        self.group("inventory", members.collect(), false)
    }

    /// The tasks of a DAG.
    pub(super) fn tasks(&self, read: &ReadDag) -> Vec<Value> {
        let tasks = read.dag.tasks.iter().zip(&read.tasks);
        tasks
            .map(|(task, read_task)| self.task(read, task, read_task))
            .collect()
    }

    /// A DAG that has these tasks, on a version of Airflow.
    pub(super) fn dag(&self, read: &ReadDag, tasks: &[Value], airflow: &str) -> Value {
        let Dag {
            dag_id,
            schedule,
            catchup,
            tags,
            description,
            groups,
            partial,
            unknown,
            ..
        } = &read.dag;
        let known = |member, value| {
            if unknown.contains(&member) {
                Known::Unknown
            } else {
                Known::Value(value)
            }
        };
        let complete = |value| if *partial { Known::Unknown } else { Known::Value(value) };
        let schedule = match schedule {
            Schedule::Unknown => Known::Unknown,
            other => Known::Value(Value::from(other.text())),
        };
        let groups = groups.iter().map(|group| Value::from(group.group_id.as_str()));
        let members = [
            ("arguments", Known::Value(self.arguments("dag.arguments", &read.told))),
            // Airflow 3 makes up for no runs unless it is told to.
            (
                "catchup",
                known(
                    Member::Catchup,
                    Value::from(catchup.unwrap_or(!at_least(airflow, "3.0"))),
                ),
            ),
            ("dag_id", known(Member::DagId, Value::from(dag_id.as_deref()))),
            (
                "description",
                known(Member::Description, Value::from(description.as_deref())),
            ),
            ("groups", complete(self.list(groups.collect()))),
            ("notifies", tells(false, &[callback(&read.told)])),
            ("schedule", schedule),
            ("tags", known(Member::Tags, self.texts(tags))),
            ("tasks", complete(self.list(tasks.to_vec()))),
        ];
        self.members("dag", members)
    }

    fn task(&self, dag: &ReadDag, task: &Task, read: &ReadTask) -> Value {
        let told = &read.told;
        let argument = |name: &str, otherwise: Value| match told.get(name) {
            Argument::Known(value) => Known::Value(self.json("task.arguments", value)),
            Argument::Missing => Known::Value(otherwise),
            Argument::Unknown => Known::Unknown,
        };
        let nothing = || Value::from(());
        let optional = |value: Option<Value>| value.map_or(Known::Unknown, Known::Value);
        let notified = [callback(told), emails(told), callback(&dag.told)];
        let told_by_task = |texts: &[String]| {
            if notified.iter().all(Option::is_some) {
                Known::Value(self.texts(texts))
            } else {
                Known::Unknown
            }
        };
        let timeout = match (read.execution_timeout, told.get("execution_timeout")) {
            (Some(seconds), _) => Known::Value(Value::from(seconds)),
            (None, Argument::Known(serde_json::Value::Null) | Argument::Missing) => Known::Value(nothing()),
            _ => Known::Unknown,
        };
        let members = [
            ("arguments", Known::Value(self.arguments("task.arguments", told))),
            ("connections", self.connections(told)),
            ("decorator", Known::Value(Value::from(task.decorator.as_deref()))),
            (
                "downstream",
                if dag.dag.partial {
                    Known::Unknown
                } else {
                    Known::Value(self.texts(&task.downstream))
                },
            ),
            ("emails", told_by_task(&read.emails)),
            ("execution_timeout", timeout),
            ("group", Known::Value(Value::from(task.group.as_deref()))),
            ("image", argument("image", nothing())),
            (
                "notifies",
                tells(!read.emails.is_empty() || !read.slack_channels.is_empty(), &notified),
            ),
            ("operator", optional(task.operator.as_deref().map(Value::from))),
            ("owner", argument("owner", Value::from("airflow"))),
            ("pool", argument("pool", Value::from("default_pool"))),
            ("queue", argument("queue", nothing())),
            ("retries", optional(task.retries.map(Value::from))),
            ("slack_channels", told_by_task(&read.slack_channels)),
            ("task_id", Known::Value(Value::from(task.task_id.as_str()))),
            ("trigger_rule", optional(task.trigger_rule.as_deref().map(Value::from))),
        ];
        self.members("task", members)
    }

    /// The connections that arguments name: those whose own name ends so.
    fn connections(&self, told: &Told) -> Known {
        let mut names = BTreeSet::new();
        for (_, value) in told.named.iter().filter(|(name, _)| name.ends_with("conn_id")) {
            match value {
                Some(serde_json::Value::String(name)) => {
                    names.insert(name.clone());
                }
                Some(serde_json::Value::Null) => {}
                _ => return Known::Unknown,
            }
        }
        if told.open {
            Known::Unknown
        } else {
            Known::Value(self.texts(&names))
        }
    }

    fn arguments(&self, name: &'static str, told: &Told) -> Value {
        let members = told.named.iter().map(|(key, value)| {
            let value = value.as_ref();
            let value = value.map_or(Known::Unknown, |value| Known::Value(self.json(name, value)));
            (Arc::from(key.as_str()), value)
        });
        self.group(name, members.collect(), told.open)
    }

    fn texts<'t>(&self, texts: impl IntoIterator<Item = &'t String>) -> Value {
        self.list(texts.into_iter().map(|text| Value::from(text.as_str())).collect())
    }

    fn list(&self, items: Vec<Value>) -> Value {
        Value::from_object(List {
            items,
            meter: Arc::clone(&self.meter),
        })
    }

    fn members<const N: usize>(&self, name: &'static str, members: [(&str, Known); N]) -> Value {
        let members = members.into_iter().map(|(key, value)| (Arc::from(key), value));
        self.group(name, members.collect(), false)
    }

    fn group(&self, name: &'static str, members: BTreeMap<Arc<str>, Known>, open: bool) -> Value {
        Value::from_object(Group {
            name,
            members,
            open,
            meter: Arc::clone(&self.meter),
        })
    }
}

/// Whether something is called on a failure; none where that is not known.
fn callback(told: &Told) -> Option<bool> {
    match told.get("on_failure_callback") {
        Argument::Known(callback) => Some(!callback.is_null()),
        Argument::Missing => Some(false),
        Argument::Unknown => None,
    }
}

/// No, where it is known whom a task writes to.
fn emails(told: &Told) -> Option<bool> {
    let is_known = |name| told.get(name) != Argument::Unknown;
    (is_known("email") && is_known("email_on_failure")).then_some(false)
}

/// Whether somebody is told: surely, surely not, or as far as is known.
fn tells(surely: bool, told: &[Option<bool>]) -> Known {
    if surely || told.contains(&Some(true)) {
        Known::Value(Value::from(true))
    } else if told.contains(&None) {
        Known::Unknown
    } else {
        Known::Value(Value::from(false))
    }
}
