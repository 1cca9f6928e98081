//! What a name can stand for while a file is read.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    rc::Rc,
};

use ruff_python_ast::{Expr, Parameters, Stmt};

use super::budget::Budget;
use crate::assets::Assets;

/// A value, as far as it is known without running the file.
///
/// Collections stand in the [`Heap`], so that two names may hold the same list and no value owns another one.
#[derive(Clone, Debug)]
pub(super) enum Value<'a> {
    /// Not known, and known to be neither a DAG nor a task.
    Unknown,
    /// Made by code that is not in this file and belongs neither to Python nor to Airflow: it may be anything.
    Foreign,
    None,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(Rc<str>),
    /// A `timedelta`, in microseconds.
    Duration(i64),
    /// An asset, or several with `&` or `|` between.
    Assets(Rc<Assets>),
    List(usize),
    Tuple(usize),
    Set(usize),
    Dict(usize),
    /// Index of a DAG.
    Dag(usize),
    /// Index of a task.
    Task(usize),
    /// Index of a task group.
    Group(usize),
    /// What tasks hand on (`XComArg`): the indexes of those tasks.
    Output(Rc<[usize]>),
    /// Something that tells these people by e-mail.
    Mail(Rc<[String]>),
    /// Something that posts to this Slack channel.
    Slack(Rc<str>),
    /// Index of an edge label.
    Label(usize),
    /// A module, or something in it, by its full dotted name.
    Import(Rc<str>),
    Builtin(Rc<str>),
    Function(Rc<Function<'a>>),
    Class(Rc<Class<'a>>),
    /// What a class of the file makes, and the dict of its attributes.
    Instance(Rc<Class<'a>>, usize),
    /// `super()`: what the bases of a class have, for this object.
    Parent(Rc<(Rc<Class<'a>>, Value<'a>)>),
    /// An attribute of a value, waiting to be called.
    Method(Rc<(Value<'a>, Rc<str>)>),
    /// Something of Airflow's that was given settings and waits for its call.
    Recipe(Rc<Recipe<'a>>),
    /// The dictionary of the module's names.
    Globals,
}

/// How many bytes a text may have.
pub(super) const TEXT: usize = 65_536;

impl Value<'_> {
    /// A text, where it is known and not too long to be kept.
    ///
    /// The replacement character stands for a character that was written by its name, which is not known here.
    pub(super) fn text(text: String) -> Self {
        if text.len() > TEXT || text.contains(char::REPLACEMENT_CHARACTER) {
            return Self::Unknown;
        }
        Self::Text(text.into())
    }

    /// Whether it is neither a DAG, a task or a group, nor a thing that may hold one.
    pub(super) fn is_plain(&self) -> bool {
        matches!(
            self,
            Self::Unknown
                | Self::None
                | Self::Bool(_)
                | Self::Integer(_)
                | Self::Float(_)
                | Self::Text(_)
                | Self::Duration(_)
                | Self::Assets(_)
                | Self::Mail(_)
                | Self::Slack(_)
        )
    }
}

/// What a name stands for where it may stand for either of two values.
pub(super) fn join<'a>(one: &Value<'a>, two: &Value<'a>) -> Value<'a> {
    if one.is_plain() && two.is_plain() {
        Value::Unknown
    } else {
        Value::Foreign
    }
}

/// A function or a lambda of the file.
#[derive(Clone, Debug)]
pub(super) struct Function<'a> {
    pub(super) name: Rc<str>,
    pub(super) parameters: Option<&'a Parameters>,
    /// Defaults by parameter, as they were when the function was defined.
    pub(super) defaults: BTreeMap<&'a str, Value<'a>>,
    pub(super) body: Body<'a>,
    pub(super) binding: Binding,
    /// The scope it was defined in.
    pub(super) scope: usize,
    pub(super) range: Range<usize>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Body<'a> {
    Statements(&'a [Stmt]),
    Expression(&'a Expr),
    /// It yields, so that it runs bit by bit when somebody asks.
    Generator,
}

/// What a function is given first where it is taken from a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binding {
    /// The object that it is taken from; nothing, where it is taken from the class.
    Instance,
    /// The class, as `@classmethod` says.
    Class,
    /// Nothing, as `@staticmethod` says.
    Nothing,
}

/// What a class of the file inherits, as far as a DAG is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Base {
    /// Nothing that could change a DAG.
    Plain,
    /// It is, or may be, an operator.
    Operator,
    Dag,
    Group,
    /// A class of this name, of which nothing is known.
    Unknown(Rc<str>),
}

/// A class of the file.
#[derive(Debug)]
pub(super) struct Class<'a> {
    pub(super) name: Rc<str>,
    pub(super) base: Base,
    /// The bases that are classes of the file.
    pub(super) parents: Vec<Rc<Class<'a>>>,
    /// What its body binds.
    pub(super) members: BTreeMap<String, Value<'a>>,
    /// The dict of what was assigned to its members later.
    pub(super) changed: usize,
}

impl<'a> Class<'a> {
    /// What this class or one that it inherits from has by a name.
    pub(super) fn find(&self, name: &str, budget: &Budget) -> Option<&Value<'a>> {
        self.members.get(name).or_else(|| self.inherited(name, budget))
    }

    /// What the classes that this one inherits from have by a name.
    pub(super) fn inherited(&self, name: &str, budget: &Budget) -> Option<&Value<'a>> {
        let mut open: Vec<&Rc<Class<'a>>> = self.parents.iter().rev().collect();
        while let Some(class) = open.pop().filter(|_| budget.pay(1)) {
            if let Some(member) = class.members.get(name) {
                return Some(member);
            }
            open.extend(class.parents.iter().rev());
        }
        None
    }
}

/// What a decorator of Airflow makes of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Dag,
    Group,
    /// A task, by the last part of the decorator's name: `python` for `@task`, `bash` for `@task.bash`.
    Task(Rc<str>),
    Setup,
    Teardown,
    /// A DAG with one task, which brings an asset up to date.
    Asset,
    /// `@task.run_if(…)` and `@task.skip_if(…)`, which leave the task what it is.
    Condition,
}

#[derive(Clone, Debug)]
pub(super) enum Recipe<'a> {
    /// A decorator with settings and no function yet.
    Decorator { kind: Kind, settings: Arguments<'a> },
    /// A function that makes a DAG, a group or a task when it is called.
    Decorated {
        kind: Kind,
        function: Rc<Function<'a>>,
        settings: Arguments<'a>,
        /// Arguments of the function that were given in advance.
        bound: Arguments<'a>,
        role: Role,
    },
    /// `Operator.partial(…)`, by the name of the class.
    Operator { class: Rc<str>, settings: Arguments<'a> },
    /// A function that runs when the attribute is read, as `@property` says.
    Property(Rc<Function<'a>>),
    /// A function that `functools.cache` remembers the results of.
    Cached(Rc<Function<'a>>),
    /// `functools.wraps(…)`, by what it was given.
    Wraps(Value<'a>),
    /// `functools.partial(…)`.
    Partial { callee: Value<'a>, bound: Arguments<'a> },
}

/// The part that a task plays in its DAG.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    #[default]
    Work,
    Setup,
    Teardown,
}

/// The arguments of one call.
#[derive(Clone, Debug, Default)]
pub(super) struct Arguments<'a> {
    pub(super) positional: Vec<Argument<'a>>,
    pub(super) named: Vec<(Rc<str>, Argument<'a>)>,
    /// True where a `*` or `**` spreads something that is not known.
    pub(super) open: bool,
    /// True where that may hold DAGs, tasks and groups.
    pub(super) foreign: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Argument<'a> {
    pub(super) value: Value<'a>,
    pub(super) range: Range<usize>,
}

impl<'a> Arguments<'a> {
    pub(super) fn get(&self, name: &str) -> Option<&Argument<'a>> {
        self.named
            .iter()
            .rev()
            .find_map(|(key, argument)| (&**key == name).then_some(argument))
    }

    /// The argument at a position, or by its name.
    pub(super) fn at(&self, position: usize, name: &str) -> Option<&Argument<'a>> {
        self.positional.get(position).or_else(|| self.get(name))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Argument<'a>> {
        self.positional
            .iter()
            .chain(self.named.iter().map(|(_, argument)| argument))
    }

    /// These arguments, and `later` ones over them.
    pub(super) fn merged(&self, later: &Self) -> Self {
        let mut merged = self.clone();
        merged.positional.extend(later.positional.iter().cloned());
        let replaced: BTreeSet<&str> = later.named.iter().map(|(name, _)| &**name).collect();
        merged.named.retain(|(name, _)| !replaced.contains(&**name));
        merged.named.extend(later.named.iter().cloned());
        merged.open |= later.open;
        merged.foreign |= later.foreign;
        merged
    }

    /// Notes that `*` or `**` spreads a value that is not known.
    pub(super) fn spread_unknown(&mut self, value: &Value<'a>) {
        self.open = true;
        self.foreign |= !value.is_plain();
    }

    pub(super) fn len(&self) -> usize {
        self.positional.len() + self.named.len()
    }

    pub(super) fn with(mut self, name: &str, argument: Argument<'a>) -> Self {
        self.named.push((name.into(), argument));
        self
    }
}

/// A list, tuple, set or dict.
#[derive(Clone, Debug, Default)]
pub(super) struct Collection<'a> {
    /// The items, or the values of a dict.
    pub(super) items: Vec<Value<'a>>,
    /// The keys of a dict, beside its values.
    pub(super) keys: Vec<Value<'a>>,
    pub(super) places: BTreeMap<Key, usize>,
    /// True where it may hold more, or other things, than stand here.
    pub(super) open: bool,
    /// How many doubts there were when it was made.
    pub(super) doubts: usize,
    /// How many steps had been taken when it was last changed.
    pub(super) changed: usize,
}

/// A value that can be looked up.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    None,
    Integer(i64),
    Float(u64),
    Text(Rc<str>),
    Tuple(Vec<Key>),
    Task(usize),
    Import(Rc<str>),
}

impl<'a> Collection<'a> {
    pub(super) fn get(&self, key: &Key) -> Option<&Value<'a>> {
        self.places.get(key).and_then(|place| self.items.get(*place))
    }

    pub(super) fn contains(&self, key: &Key) -> bool {
        self.places.contains_key(key)
    }

    pub(super) fn put(&mut self, key: Key, name: Value<'a>, value: Value<'a>) {
        if let Some(place) = self.places.get(&key) {
            if let Some(item) = self.items.get_mut(*place) {
                *item = value;
            }
        } else {
            self.places.insert(key, self.items.len());
            self.keys.push(name);
            self.items.push(value);
        }
    }

    pub(super) fn remove(&mut self, key: &Key) -> Option<Value<'a>> {
        let place = self.places.remove(key)?;
        self.keys.remove(place);
        for other in self.places.values_mut() {
            if *other > place {
                *other -= 1;
            }
        }
        Some(self.items.remove(place))
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = (&Value<'a>, &Value<'a>)> {
        self.keys.iter().zip(&self.items)
    }
}

/// The collections of a file.
#[derive(Debug, Default)]
pub(super) struct Heap<'a> {
    collections: Vec<Collection<'a>>,
    nothing: Collection<'a>,
    /// Values that own others, oldest first. A value owns only older ones, so that dropping the newest first never
    /// drops another one inside of it: a long chain of them would overflow the stack.
    owners: Vec<Value<'a>>,
    budget: Budget,
}

impl Drop for Heap<'_> {
    fn drop(&mut self) {
        self.collections.clear();
        while self.owners.pop().is_some() {}
    }
}

impl<'a> Heap<'a> {
    pub(super) fn new(budget: Budget) -> Self {
        Self {
            collections: Vec::new(),
            nothing: Collection::default(),
            owners: Vec::new(),
            budget,
        }
    }

    /// Pays for steps that looking at a value takes.
    pub(super) fn pay(&self, steps: usize) -> bool {
        self.budget.pay(steps)
    }

    pub(super) fn pay_text(&self, bytes: usize) -> bool {
        self.budget.pay_text(bytes)
    }

    pub(super) fn add(&mut self, collection: Collection<'a>) -> usize {
        self.collections.push(collection);
        self.collections.len() - 1
    }

    /// Takes a value that owns others, such as a function with its defaults.
    pub(super) fn own(&mut self, value: Value<'a>) -> Value<'a> {
        self.owners.push(value.clone());
        value
    }

    pub(super) fn get(&self, index: usize) -> &Collection<'a> {
        self.collections.get(index).unwrap_or(&self.nothing)
    }

    pub(super) fn get_mut(&mut self, index: usize) -> Option<&mut Collection<'a>> {
        self.collections.get_mut(index)
    }

    /// Leaves open what was changed after so many steps.
    pub(super) fn open_since(&mut self, spent: usize) {
        for collection in &mut self.collections {
            collection.open |= collection.changed >= spent;
        }
    }

    /// The key that a value is in a dict; none where it is not known.
    pub(super) fn key(&self, value: &Value<'a>) -> Option<Key> {
        self.key_within(value, NESTING)
    }

    fn key_within(&self, value: &Value<'a>, nesting: usize) -> Option<Key> {
        if !self.budget.pay(1) {
            return None;
        }
        Some(match value {
            Value::None => Key::None,
            Value::Bool(flag) => Key::Integer(i64::from(*flag)),
            Value::Integer(number) => Key::Integer(*number),
            Value::Float(number) => Key::Float(number.to_bits()),
            Value::Text(text) => {
                if !self.budget.pay_text(text.len()) {
                    return None;
                }
                Key::Text(text.clone())
            }
            Value::Task(task) => Key::Task(*task),
            Value::Import(path) => Key::Import(path.clone()),
            Value::Tuple(index) if nesting > 0 => Key::Tuple(
                self.get(*index)
                    .items
                    .iter()
                    .map(|item| self.key_within(item, nesting - 1))
                    .collect::<Option<_>>()?,
            ),
            _ => return None,
        })
    }

    /// Whether a value counts as true; none where that is not known.
    pub(super) fn truth(&self, value: &Value<'a>) -> Option<bool> {
        match value {
            Value::None => Some(false),
            Value::Bool(flag) => Some(*flag),
            Value::Integer(number) => Some(*number != 0),
            Value::Float(number) => Some(number.abs() > 0.0),
            Value::Text(text) => Some(!text.is_empty()),
            Value::Duration(microseconds) => Some(*microseconds != 0),
            Value::List(index) | Value::Tuple(index) | Value::Set(index) | Value::Dict(index) => {
                let collection = self.get(*index);
                (!collection.open).then_some(!collection.items.is_empty())
            }
            Value::Dag(_)
            | Value::Task(_)
            | Value::Group(_)
            | Value::Function(_)
            | Value::Class(_)
            | Value::Recipe(_)
            | Value::Builtin(_) => Some(true),
            _ => None,
        }
    }

    /// Whether two values are equal; none where that is not known.
    pub(super) fn equal(&self, left: &Value<'a>, right: &Value<'a>) -> Option<bool> {
        self.equal_within(left, right, NESTING)
    }

    /// Whether two values are one and the same, or equal.
    pub(super) fn is_same(&self, one: &Value<'a>, two: &Value<'a>) -> bool {
        match (one, two) {
            (Value::Unknown, Value::Unknown) => true,
            (Value::List(a), Value::List(b))
            | (Value::Tuple(a), Value::Tuple(b))
            | (Value::Set(a), Value::Set(b))
            | (Value::Dict(a), Value::Dict(b))
                if a == b =>
            {
                true
            }
            (Value::Instance(_, a), Value::Instance(_, b)) => a == b,
            (Value::Output(a), Value::Output(b)) => a == b,
            _ => self.equal(one, two) == Some(true),
        }
    }

    fn equal_within(&self, left: &Value<'a>, right: &Value<'a>, nesting: usize) -> Option<bool> {
        if nesting == 0 || !self.budget.pay(1) {
            return None;
        }
        match (left, right) {
            (Value::List(one), Value::List(two)) | (Value::Tuple(one), Value::Tuple(two)) => {
                let (one, two) = (self.get(*one), self.get(*two));
                if one.open || two.open {
                    return None;
                }
                if one.items.len() != two.items.len() {
                    return Some(false);
                }
                one.items.iter().zip(&two.items).try_fold(true, |equal, (a, b)| {
                    Some(equal && self.equal_within(a, b, nesting - 1)?)
                })
            }
            (Value::Set(_) | Value::Dict(_), Value::Set(_) | Value::Dict(_))
            | (Value::Mail(_), Value::Mail(_))
            | (Value::Slack(_), Value::Slack(_)) => None,
            (Value::Duration(one), Value::Duration(two)) => Some(one == two),
            (Value::Dag(one), Value::Dag(two)) | (Value::Group(one), Value::Group(two)) => Some(one == two),
            (Value::Function(one), Value::Function(two)) => Some(Rc::ptr_eq(one, two)),
            (Value::Class(one), Value::Class(two)) => Some(Rc::ptr_eq(one, two)),
            (Value::Recipe(one), Value::Recipe(two)) => Rc::ptr_eq(one, two).then_some(true),
            (Value::Builtin(one), Value::Builtin(two)) => Some(one == two),
            (Value::Float(float), Value::Integer(whole)) | (Value::Integer(whole), Value::Float(float)) => whole
                .to_string()
                .parse::<f64>()
                .ok()
                .map(|whole| whole.total_cmp(float).is_eq()),
            _ => {
                if matches!(left, Value::Import(_)) || matches!(right, Value::Import(_)) {
                    let same = self.key(left)? == self.key(right)?;
                    return same.then_some(true);
                }
                match (self.key(left), self.key(right)) {
                    (Some(one), Some(two)) => Some(one == two),
                    // A value that is wholly known never equals one of another kind.
                    _ if is_known(left) && is_known(right) => Some(false),
                    _ => None,
                }
            }
        }
    }

    /// The tasks whose output stands somewhere in a value, each once.
    pub(super) fn outputs(&self, value: &Value<'a>) -> Vec<usize> {
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        self.walk(value, |value| {
            if let Value::Output(tasks) = value
                && self.budget.pay(tasks.len())
            {
                found.extend(tasks.iter().filter(|task| seen.insert(**task)));
            }
        });
        found
    }

    /// Shows a value and what it holds, each collection once.
    pub(super) fn walk(&self, value: &Value<'a>, mut see: impl FnMut(&Value<'a>)) {
        let mut seen = BTreeSet::new();
        let mut open = vec![value];
        while let Some(value) = open.pop() {
            if !self.budget.pay(1) {
                return;
            }
            see(value);
            if let Value::List(index)
            | Value::Tuple(index)
            | Value::Set(index)
            | Value::Dict(index)
            | Value::Instance(_, index) = value
                && seen.insert(*index)
            {
                open.extend(self.get(*index).items.iter().rev());
            }
        }
    }
}

/// How deep collections in collections are compared and written; a list may hold itself.
pub(super) const NESTING: usize = 8;

fn is_known(value: &Value<'_>) -> bool {
    !matches!(
        value,
        Value::Unknown
            | Value::Foreign
            | Value::Instance(..)
            | Value::Parent(_)
            | Value::Import(_)
            | Value::Output(_)
            | Value::Globals
            | Value::Method(_)
    )
}
