//! Reads a module as Python would run it, as far as that can be known, and never further than a budget allows.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use ruff_python_ast::ModModule;

use crate::settings::Airflow;

use super::{
    Reading, Unreadable,
    build::{Builder, Discovery},
    names,
    parse::parse,
    value::{Argument, Collection, Heap, Key, Value},
};

/// How many expressions and statements are followed.
const BUDGET: usize = 300_000;

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
    pub(super) heap: Heap<'a>,
    pub(super) builder: Builder,
    scopes: Vec<Scope<'a>>,
    /// The scope that names are bound in now.
    pub(super) scope: usize,
    /// The DAGs and groups whose `with` block, or whose function, is being read; innermost last.
    pub(super) open_dags: Vec<usize>,
    pub(super) open_groups: Vec<Option<usize>>,
    /// Why what is read now may not happen, or may happen otherwise; innermost last.
    doubts: Vec<Doubt>,
    /// What the function being read may have returned before its end.
    pub(super) possible_results: Vec<Value<'a>>,
    /// The `default_args` of each DAG, and of each group those that hold in it, innermost first.
    pub(super) dag_defaults: BTreeMap<usize, Argument<'a>>,
    pub(super) group_defaults: BTreeMap<usize, Vec<Argument<'a>>>,
    unresolved: Vec<(Range<usize>, String)>,
    /// Where names are certainly used that nothing had bound by then.
    unbound: BTreeSet<usize>,
    spent: usize,
    depth: usize,
}

#[derive(Default)]
pub(super) struct Scope<'a> {
    names: BTreeMap<Cow<'a, str>, Value<'a>>,
    parent: Option<usize>,
    /// Names that belong to the module or to a function around.
    elsewhere: BTreeMap<&'a str, usize>,
}

#[derive(Clone)]
struct Doubt {
    range: Range<usize>,
    reason: &'static str,
    /// Whether it is about having left the function, and not only a block or a loop.
    outlives_loop: bool,
}

impl<'a> Interpreter<'a> {
    fn new(airflow: &'a Airflow) -> Self {
        Self {
            airflow,
            heap: Heap::default(),
            builder: Builder::default(),
            scopes: vec![Scope::default()],
            scope: 0,
            open_dags: Vec::new(),
            open_groups: Vec::new(),
            doubts: Vec::new(),
            possible_results: Vec::new(),
            dag_defaults: BTreeMap::new(),
            group_defaults: BTreeMap::new(),
            unresolved: Vec::new(),
            unbound: BTreeSet::new(),
            spent: 0,
            depth: 0,
        }
    }

    /// Ends the reading: DAGs that stand in a name of the module are found, like those that were entered.
    fn finish(mut self) -> (Builder, Vec<(Range<usize>, String)>) {
        self.settle();
        if self.is_exhausted() {
            for dag in &mut self.builder.dags {
                dag.partial = true;
            }
        }
        if let Some(module) = self.scopes.first() {
            for value in module.names.values() {
                if let Value::Dag(index) = value
                    && let Some(dag) = self.builder.dags.get_mut(*index)
                {
                    dag.discovery = Discovery::Found;
                }
            }
        }
        self.unresolved.sort_by_key(|(range, _)| (range.start, range.end));
        (self.builder, self.unresolved)
    }

    // ---- Budget ----

    /// Pays for work; false where the budget is used up.
    pub(super) fn spend(&mut self, amount: usize, range: &Range<usize>) -> bool {
        if self.is_exhausted() {
            return false;
        }
        self.spent += amount;
        if self.is_exhausted() {
            self.note(range.clone(), "the file does more than can be followed");
            return false;
        }
        true
    }

    pub(super) fn is_exhausted(&self) -> bool {
        self.spent > BUDGET
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
            outlives_loop: false,
        });
        let result = inner(self);
        self.settle();
        // What was begun inside and reaches further, such as having perhaps returned, stays.
        if depth < self.doubts.len() {
            self.doubts.remove(depth);
        }
        result
    }

    /// Doubts everything that follows, until the loop around ends or, where that is left too, the function.
    pub(super) fn doubt_rest(&mut self, range: Range<usize>, reason: &'static str, outlives_loop: bool) {
        self.settle();
        self.doubts.push(Doubt {
            range,
            reason,
            outlives_loop,
        });
    }

    pub(super) fn doubts(&self) -> usize {
        self.doubts.len()
    }

    /// Ends the doubts that were added in a function, since there were so many.
    pub(super) fn end_function(&mut self, depth: usize) {
        if self.doubts.len() > depth {
            self.settle();
            self.doubts.truncate(depth);
        }
    }

    /// Ends the doubts that were added in the body of a loop: these.
    pub(super) fn end_loop(&mut self, body: &Range<usize>) {
        if !body.is_empty() {
            self.settle();
            let mut place = 0;
            self.doubts.retain(|doubt| {
                place += 1;
                !body.contains(&(place - 1)) || doubt.outlives_loop
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

    // ---- Names ----

    /// Notes the use of a name that nothing binds, unless it may not happen.
    pub(super) fn note_unbound(&mut self, place: usize) {
        if self.doubts.is_empty() {
            self.unbound.insert(place);
        }
    }

    pub(super) fn lookup(&self, name: &str) -> Option<Value<'a>> {
        let mut scope = self.scopes.get(self.scope);
        while let Some(here) = scope {
            if let Some(value) = here.names.get(name) {
                return Some(value.clone());
            }
            if let Some(other) = here.elsewhere.get(name) {
                return self.scopes.get(*other)?.names.get(name).cloned();
            }
            scope = here.parent.and_then(|parent| self.scopes.get(parent));
        }
        None
    }

    pub(super) fn bind(&mut self, name: impl Into<Cow<'a, str>>, value: Value<'a>) {
        let name = name.into();
        let scope = self
            .scopes
            .get(self.scope)
            .and_then(|here| here.elsewhere.get(&*name).copied())
            .unwrap_or(self.scope);
        if let Some(scope) = self.scopes.get_mut(scope) {
            scope.names.insert(name, value);
        }
    }

    pub(super) fn bind_global(&mut self, name: String, value: Value<'a>) {
        if let Some(module) = self.scopes.first_mut() {
            module.names.insert(Cow::Owned(name), value);
        }
    }

    pub(super) fn global(&self, name: &str) -> Option<Value<'a>> {
        self.scopes.first()?.names.get(name).cloned()
    }

    pub(super) fn unbind(&mut self, name: &str) {
        if let Some(scope) = self.scopes.get_mut(self.scope) {
            scope.names.remove(name);
        }
    }

    pub(super) fn declare_global(&mut self, name: &'a str) {
        if let Some(scope) = self.scopes.get_mut(self.scope) {
            scope.elsewhere.insert(name, 0);
        }
    }

    pub(super) fn declare_nonlocal(&mut self, name: &'a str) {
        let mut around = self.scopes.get(self.scope).and_then(|scope| scope.parent);
        while let Some(index) = around {
            let Some(scope) = self.scopes.get(index) else {
                return;
            };
            if scope.names.contains_key(name) {
                if let Some(here) = self.scopes.get_mut(self.scope) {
                    here.elsewhere.insert(name, index);
                }
                return;
            }
            around = scope.parent;
        }
    }

    /// Reads something in a new scope inside of `parent`. Returns the names that it bound.
    pub(super) fn in_scope<T>(
        &mut self,
        parent: usize,
        inner: impl FnOnce(&mut Self) -> T,
    ) -> (T, BTreeMap<Cow<'a, str>, Value<'a>>) {
        let before = self.scope;
        self.scopes.push(Scope {
            parent: Some(parent),
            ..Scope::default()
        });
        self.scope = self.scopes.len() - 1;
        let here = self.scope;
        let result = inner(self);
        self.scope = before;
        let names = self
            .scopes
            .get(here)
            .map(|scope| scope.names.clone())
            .unwrap_or_default();
        (result, names)
    }

    /// The names bound in the current scope, to compare them later.
    pub(super) fn names_here(&self) -> BTreeMap<Cow<'a, str>, Value<'a>> {
        self.scopes
            .get(self.scope)
            .map(|scope| scope.names.clone())
            .unwrap_or_default()
    }

    pub(super) fn set_names_here(&mut self, names: BTreeMap<Cow<'a, str>, Value<'a>>) {
        if let Some(scope) = self.scopes.get_mut(self.scope) {
            scope.names = names;
        }
    }

    /// Keeps of the current names only what another way through the file would have bound too.
    pub(super) fn join_names(&mut self, other: BTreeMap<Cow<'a, str>, Value<'a>>) {
        let mut here = self.names_here();
        for (name, value) in &mut here {
            let same = match other.get(name) {
                Some(theirs) => self.same(value, theirs),
                // A name that only one way binds would be an error on the other, so that the value stands.
                None => true,
            };
            if !same {
                *value = Value::Foreign;
            }
        }
        for (name, value) in other {
            here.entry(name).or_insert(value);
        }
        self.set_names_here(here);
    }

    /// Whether two ways through a file gave a name the same value.
    fn same(&self, one: &Value<'a>, two: &Value<'a>) -> bool {
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
            (Value::Output(a), Value::Output(b)) => a == b,
            _ => self.heap.equal(one, two) == Some(true),
        }
    }

    // ---- Collections ----

    pub(super) fn collect(&mut self, items: Vec<Value<'a>>, open: bool) -> usize {
        self.heap.add(Collection {
            items,
            open,
            doubts: self.doubts.len(),
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
        let collection = self.heap.get_mut(index)?;
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
