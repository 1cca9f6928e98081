//! Reads a module as Python would run it, as far as that can be known, and never further than a budget allows.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    rc::Rc,
};

use ruff_python_ast::{ModModule, Stmt};

use crate::{settings::Airflow, version::at_least};

use super::{
    Reading, Unreadable,
    budget::Budget,
    build::{Builder, Discovery},
    instances::Construction,
    names,
    parse::{parse, range_of},
    scope::{Exit, Scopes},
    statement::Flow,
    value::{Argument, Class, Collection, Heap, Key, Value},
};

const TOO_LONG: &str = "following this takes more steps than a file may take";

/// How deep expressions, statements and calls may be inside each other.
const DEPTH: usize = 120;

/// How many items a collection may have.
pub(super) const ITEMS: usize = 10_000;

/// How many entries of what could not be understood are kept; more would help nobody.
const UNRESOLVED: usize = 200;

/// Reads the DAGs of a file, as one Airflow would make them.
///
/// # Errors
///
/// Where the text is no Python, or nested too deep to be read.
pub(crate) fn read(text: &str, airflow: &Airflow) -> Result<Reading, Unreadable> {
    let parsed = parse(text)?;
    Ok(read_module(text, parsed.syntax(), airflow))
}

/// Reads the DAGs of a file that [`parse`] took.
pub(crate) fn read_module(text: &str, module: &ModModule, airflow: &Airflow) -> Reading {
    let mut interpreter = Interpreter::new(airflow);
    interpreter.run(&module.body);
    let mut undefined = names::undefined(module);
    undefined.retain(|name| interpreter.unbound.contains(&name.range.start));
    let (builder, unresolved) = interpreter.finish();
    Reading {
        dags: builder.finish(text),
        unresolved,
        undefined,
    }
}

pub(super) struct Interpreter<'a> {
    pub(super) airflow: &'a Airflow,
    pub(super) budget: Budget,
    /// What was paid for last.
    place: Range<usize>,
    pub(super) builder: Builder,
    pub(super) scopes: Scopes<'a>,
    /// The DAGs and groups whose `with` block, or whose function, is being read; innermost last.
    pub(super) open_dags: Vec<usize>,
    pub(super) open_groups: Vec<Option<usize>>,
    /// Why what is read now may not happen, or may happen otherwise; innermost last.
    doubts: Vec<Doubt>,
    /// What the function being read may have returned before its end.
    pub(super) possible_results: Vec<Value<'a>>,
    /// The `default_args` of each DAG and of each group.
    pub(super) dag_defaults: BTreeMap<usize, Argument<'a>>,
    pub(super) group_defaults: BTreeMap<usize, Argument<'a>>,
    /// For each function that was defined, by its place: whether it yields.
    pub(super) generators: BTreeMap<usize, bool>,
    /// The classes of the file by the scopes of their bodies.
    pub(super) classes: BTreeMap<usize, Rc<Class<'a>>>,
    /// What functions returned whose results Python remembers, by their places, scopes and arguments.
    pub(super) results: BTreeMap<Call, Value<'a>>,
    /// The first parameter of each function that is being read; innermost last.
    pub(super) receivers: Vec<Option<&'a str>>,
    /// The operators whose `__init__` is being read; innermost last.
    pub(super) constructions: Vec<Construction<'a>>,
    /// For objects that are tasks, by the dicts of their attributes: which.
    pub(super) constructed: BTreeMap<usize, usize>,
    /// The dicts of the attributes of tasks whose `__init__` stands in the file.
    pub(super) task_attributes: BTreeMap<usize, usize>,
    /// The classes of tasks, where they stand in the file.
    pub(super) task_classes: BTreeMap<usize, Rc<Class<'a>>>,
    unresolved: Vec<(Range<usize>, String)>,
    /// Where names are certainly used that nothing had bound by then.
    unbound: BTreeSet<usize>,
    depth: usize,
    /// Whether all items of the expression that is evaluated next are asked for.
    pub(super) consumes: bool,
    /// The last field, because values are dropped before it (see [`Heap`]).
    pub(super) heap: Heap<'a>,
}

/// A call by the place of the function, its scope, and the arguments.
type Call = (usize, usize, Vec<(Option<Rc<str>>, Key)>);

#[derive(Clone)]
struct Doubt {
    range: Range<usize>,
    reason: &'static str,
    lasts: Lasts,
}

/// Where a doubt about what follows ends, unless it is ended before.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Lasts {
    Loop,
    Function,
    File,
}

impl<'a> Interpreter<'a> {
    fn new(airflow: &'a Airflow) -> Self {
        let budget = Budget::default();
        Self {
            airflow,
            heap: Heap::new(budget.clone()),
            builder: Builder::new(budget.clone(), !at_least(&airflow.version, "3.0")),
            budget,
            place: 0..0,
            scopes: Scopes::new(),
            open_dags: Vec::new(),
            open_groups: Vec::new(),
            doubts: Vec::new(),
            possible_results: Vec::new(),
            dag_defaults: BTreeMap::new(),
            group_defaults: BTreeMap::new(),
            generators: BTreeMap::new(),
            classes: BTreeMap::new(),
            results: BTreeMap::new(),
            receivers: Vec::new(),
            constructions: Vec::new(),
            constructed: BTreeMap::new(),
            task_attributes: BTreeMap::new(),
            task_classes: BTreeMap::new(),
            unresolved: Vec::new(),
            unbound: BTreeSet::new(),
            depth: 0,
            consumes: false,
        }
    }

    /// Ends the reading: DAGs that stand in a name of the module are found, like those that were entered.
    fn finish(mut self) -> (Builder, Vec<(Range<usize>, String)>) {
        self.settle();
        if self.budget.is_exceeded() {
            self.stop_following(self.place.clone());
        }
        for value in self.scopes.globals() {
            if let Value::Dag(index) = value
                && let Some(dag) = self.builder.dags.get_mut(*index)
            {
                dag.discovery = Discovery::Found;
            }
        }
        self.unresolved.sort_by_key(|(range, _)| (range.start, range.end));
        (self.builder, self.unresolved)
    }

    // ---- Budget ----

    /// Pays for steps that the file takes at a place; false where the budget is used up.
    pub(super) fn spend(&mut self, steps: usize, range: &Range<usize>) -> bool {
        if !self.budget.is_exceeded() {
            self.place = range.clone();
        }
        self.budget.pay(steps)
    }

    /// Reads a statement within its share of the budget, and goes on behind it where that does not suffice.
    pub(super) fn within_share(&mut self, statement: &'a Stmt, inner: impl FnOnce(&mut Self) -> Flow<'a>) -> Flow<'a> {
        let before = self.budget.spent();
        let outer = self.budget.begin_share();
        let flow = inner(self);
        if !self.budget.end_share(outer) {
            return flow;
        }
        let range = range_of(statement);
        self.heap.open_since(before);
        for name in names::bound_by(statement) {
            if self.scopes.lookup(name).is_some() {
                self.scopes.bind(name, Value::Foreign);
            }
        }
        self.stop_following(range.clone());
        self.doubt_rest(range, TOO_LONG, Lasts::File);
        Flow::Next
    }

    /// Notes that a part of the file was not read to its end: it may have changed every DAG.
    fn stop_following(&mut self, range: Range<usize>) {
        for dag in &mut self.builder.dags {
            dag.partial = true;
        }
        self.note(range, TOO_LONG.to_owned());
    }

    /// Goes one level deeper, and back; none where that would be too deep.
    pub(super) fn deeper<T>(&mut self, range: &Range<usize>, inner: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.depth >= DEPTH {
            self.unresolved(range.clone(), "nested too deep to be followed");
            return None;
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        Some(result)
    }

    // ---- What is not understood ----

    /// Notes that something could not be understood that changes the DAG that is open.
    pub(super) fn unresolved(&mut self, range: Range<usize>, reason: impl Into<String>) {
        let dag = self.open_dags.last().copied();
        self.unresolved_in(dag, range, reason);
    }

    /// Notes that something could not be understood that changes a DAG.
    pub(super) fn unresolved_in(&mut self, dag: Option<usize>, range: Range<usize>, reason: impl Into<String>) {
        if let Some(dag) = dag.and_then(|dag| self.builder.dags.get_mut(dag)) {
            dag.partial = true;
        }
        self.note(range, reason);
    }

    /// Notes that something could not be understood that leaves the shape of every DAG as it is.
    pub(super) fn note(&mut self, range: Range<usize>, reason: impl Into<String>) {
        let reason = reason.into();
        let known = self
            .unresolved
            .iter()
            .any(|(other, words)| *other == range && *words == reason);
        if !known && self.unresolved.len() < UNRESOLVED {
            self.unresolved.push((range, reason));
        }
    }

    /// Reads something that may not happen, or may happen otherwise. DAGs that it changes become partial.
    pub(super) fn doubtful<T>(
        &mut self,
        range: Range<usize>,
        reason: &'static str,
        inner: impl FnOnce(&mut Self) -> T,
    ) -> T {
        self.settle();
        let depth = self.doubts.len();
        self.doubts.push(Doubt {
            range,
            reason,
            lasts: Lasts::Loop,
        });
        let result = inner(self);
        self.settle();
        // What was begun inside and reaches further, such as having perhaps returned, stays.
        if depth < self.doubts.len() {
            self.doubts.remove(depth);
        }
        result
    }

    /// Doubts everything that follows.
    pub(super) fn doubt_rest(&mut self, range: Range<usize>, reason: &'static str, lasts: Lasts) {
        self.settle();
        self.doubts.push(Doubt { range, reason, lasts });
    }

    /// Doubts what follows from here to [`Interpreter::end_doubt`].
    pub(super) fn doubt_here(&mut self, depth: usize, range: &Range<usize>, reason: &'static str) {
        self.settle();
        let doubt = Doubt {
            range: range.clone(),
            reason,
            lasts: Lasts::Loop,
        };
        self.doubts.insert(depth.min(self.doubts.len()), doubt);
    }

    pub(super) fn end_doubt(&mut self, depth: usize) {
        self.settle();
        if depth < self.doubts.len() {
            self.doubts.remove(depth);
        }
    }

    pub(super) fn doubts(&self) -> usize {
        self.doubts.len()
    }

    /// Ends the doubts that were added in a function, since there were so many.
    fn end_function(&mut self, depth: usize) {
        if self.doubts.len() > depth {
            self.settle();
            let mut place = 0;
            self.doubts.retain(|doubt| {
                place += 1;
                place <= depth || doubt.lasts == Lasts::File
            });
        }
    }

    /// Ends the doubts that were added in the body of a loop: these.
    pub(super) fn end_loop(&mut self, body: &Range<usize>) {
        if !body.is_empty() {
            self.settle();
            let mut place = 0;
            self.doubts.retain(|doubt| {
                place += 1;
                !body.contains(&(place - 1)) || doubt.lasts > Lasts::Loop
            });
        }
    }

    /// Marks what was changed in doubt, and reports what the builder could not do.
    pub(super) fn settle(&mut self) {
        for (range, reason, dag) in self.builder.take_complaints() {
            self.unresolved_in(dag, range, reason);
        }
        self.builder.mark(!self.doubts.is_empty());
        let touched = self.builder.take_touched();
        if let Some(doubt) = self.doubts.last().cloned() {
            for dag in touched {
                self.unresolved_in(Some(dag), doubt.range.clone(), doubt.reason);
            }
        }
    }

    // ---- Scopes ----

    /// Notes the use of a name that nothing binds, unless it may not happen.
    pub(super) fn note_unbound(&mut self, place: usize) {
        if self.doubts.is_empty() {
            self.unbound.insert(place);
        }
    }

    /// Reads something in a new scope inside of `parent`.
    pub(super) fn in_scope<T>(&mut self, parent: usize, inner: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.scopes.enter(parent, false);
        let result = inner(self);
        self.scopes.current = before;
        result
    }

    /// What a function returns that is read in a new scope inside of `parent`.
    pub(super) fn result_of(&mut self, parent: usize, inner: impl FnOnce(&mut Self) -> Flow<'a>) -> Value<'a> {
        let doubts = self.doubts.len();
        let mark = self.scopes.mark();
        let results = std::mem::take(&mut self.possible_results);
        let flow = self.in_scope(parent, inner);
        self.rejoin(mark, Exit::Return);
        self.end_function(doubts);
        let possible = std::mem::replace(&mut self.possible_results, results);
        let result = match flow {
            Flow::Return(value) => value,
            _ => Value::None,
        };
        possible
            .into_iter()
            .fold(result, |result, other| self.joined_values(result, other))
    }

    // ---- Collections ----

    pub(super) fn collect(&mut self, items: Vec<Value<'a>>, open: bool) -> usize {
        self.heap.add(Collection {
            items,
            open,
            doubts: self.doubts.len(),
            changed: self.budget.spent(),
            ..Collection::default()
        })
    }

    pub(super) fn list(&mut self, items: Vec<Value<'a>>) -> Value<'a> {
        Value::List(self.collect(items, false))
    }

    pub(super) fn tuple(&mut self, items: Vec<Value<'a>>) -> Value<'a> {
        Value::Tuple(self.collect(items, false))
    }

    /// Changes a collection; what is done to it in doubt leaves it open.
    pub(super) fn change<T>(&mut self, index: usize, inner: impl FnOnce(&mut Collection<'a>) -> T) -> Option<T> {
        let doubts = self.doubts.len();
        let spent = self.budget.spent();
        let collection = self.heap.get_mut(index)?;
        collection.changed = spent;
        if collection.doubts < doubts || collection.items.len() >= ITEMS {
            collection.open = true;
        }
        if collection.items.len() >= ITEMS {
            return None;
        }
        Some(inner(collection))
    }

    pub(super) fn put(&mut self, dict: usize, key: Value<'a>, value: Value<'a>) {
        match self.heap.key(&key) {
            Some(place) => {
                self.change(dict, |collection| collection.put(place, key, value));
            }
            None => {
                self.change(dict, |collection| collection.open = true);
            }
        }
    }

    /// The value of a dict by a text.
    pub(super) fn entry(&self, dict: usize, name: &str) -> Option<Value<'a>> {
        self.heap.get(dict).get(&Key::Text(name.into())).cloned()
    }
}
