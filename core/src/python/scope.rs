//! Names, and what they stand for.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use super::value::Value;

/// A name in a scope.
pub(super) type Name<'a> = (usize, Cow<'a, str>);

/// What names stand for; none for one that is not bound.
pub(super) type Bindings<'a> = BTreeMap<Name<'a>, Option<Value<'a>>>;

/// A way to leave a block before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Exit {
    Continue,
    Break,
    Return,
}

/// The scopes of a file: the module, and one for each class body, call and comprehension.
pub(super) struct Scopes<'a> {
    all: Vec<Scope<'a>>,
    /// The scope that names are bound in now.
    pub(super) current: usize,
    /// The points that the reading may come back to, oldest first.
    logs: Vec<Log<'a>>,
}

#[derive(Default)]
struct Scope<'a> {
    names: BTreeMap<Cow<'a, str>, Value<'a>>,
    parent: Option<usize>,
    /// Whether functions inside of it do not see its names.
    is_class: bool,
    /// Names that belong to the module or to a function around.
    elsewhere: BTreeMap<&'a str, usize>,
}

/// What names stood for at some point, as far as they were bound anew since. A later log continues an earlier one.
struct Log<'a> {
    before: Bindings<'a>,
    /// How Python may have left the block at this point.
    exit: Option<Exit>,
    /// How many scopes there were.
    scopes: usize,
}

impl<'a> Scopes<'a> {
    pub(super) fn new() -> Self {
        Self {
            all: vec![Scope::default()],
            current: 0,
            logs: Vec::new(),
        }
    }

    pub(super) fn lookup(&self, name: &str) -> Option<&Value<'a>> {
        let mut index = self.current;
        loop {
            let scope = self.all.get(index)?;
            if !scope.is_class || index == self.current {
                if let Some(value) = scope.names.get(name) {
                    return Some(value);
                }
                if let Some(other) = scope.elsewhere.get(name) {
                    return self.all.get(*other)?.names.get(name);
                }
            }
            index = scope.parent?;
        }
    }

    pub(super) fn bind(&mut self, name: impl Into<Cow<'a, str>>, value: Value<'a>) {
        let name = name.into();
        let scope = self.owner(&name);
        self.write((scope, name), Some(value));
    }

    pub(super) fn unbind(&mut self, name: &'a str) {
        let scope = self.owner(name);
        self.write((scope, name.into()), None);
    }

    pub(super) fn bind_global(&mut self, name: String, value: Value<'a>) {
        self.write((0, name.into()), Some(value));
    }

    pub(super) fn global(&self, name: &str) -> Option<&Value<'a>> {
        self.all.first()?.names.get(name)
    }

    pub(super) fn globals(&self) -> impl Iterator<Item = &Value<'a>> {
        self.all.iter().take(1).flat_map(|module| module.names.values())
    }

    /// The scope that an assignment to a name binds it in.
    fn owner(&self, name: &str) -> usize {
        let here = self.all.get(self.current);
        here.and_then(|here| here.elsewhere.get(name).copied())
            .unwrap_or(self.current)
    }

    pub(super) fn declare_global(&mut self, name: &'a str) {
        if let Some(scope) = self.all.get_mut(self.current) {
            scope.elsewhere.insert(name, 0);
        }
    }

    pub(super) fn declare_nonlocal(&mut self, name: &'a str) {
        let mut around = self.all.get(self.current).and_then(|scope| scope.parent);
        while let Some(index) = around {
            let Some(scope) = self.all.get(index) else {
                return;
            };
            if !scope.is_class && scope.names.contains_key(name) {
                if let Some(here) = self.all.get_mut(self.current) {
                    here.elsewhere.insert(name, index);
                }
                return;
            }
            around = scope.parent;
        }
    }

    /// Binds the names of the current scope that stand for a function to another one.
    pub(super) fn replace(&mut self, function: &Value<'a>, with: &Value<'a>) {
        let Value::Function(function) = function else {
            return;
        };
        let is_it = |value: &Value<'a>| matches!(value, Value::Function(other) if Rc::ptr_eq(other, function));
        let here = self.all.get(self.current).map(|scope| &scope.names);
        let names: Vec<_> = here.into_iter().flatten().filter(|(_, value)| is_it(value)).collect();
        let names: Vec<_> = names.into_iter().map(|(name, _)| name.clone()).collect();
        for name in names {
            self.write((self.current, name), Some(with.clone()));
        }
    }

    /// The scope around the current one.
    pub(super) fn enclosing(&self) -> Option<usize> {
        self.all.get(self.current)?.parent
    }

    /// Enters a new scope inside of `parent`. Returns the one to go back to.
    pub(super) fn enter(&mut self, parent: usize, is_class: bool) -> usize {
        self.all.push(Scope {
            parent: Some(parent),
            is_class,
            ..Scope::default()
        });
        std::mem::replace(&mut self.current, self.all.len() - 1)
    }

    /// Takes the names of the current scope, which is a class body that ends.
    pub(super) fn take_members(&mut self) -> BTreeMap<String, Value<'a>> {
        let names = self
            .all
            .get_mut(self.current)
            .map(|scope| std::mem::take(&mut scope.names));
        let names = names.unwrap_or_default().into_iter();
        names.map(|(name, value)| (name.into_owned(), value)).collect()
    }

    // ---- Points to come back to ----

    pub(super) fn read(&self, (scope, name): &Name<'a>) -> Option<&Value<'a>> {
        self.all.get(*scope)?.names.get(name)
    }

    /// Binds a name, or unbinds it. Returns what it stood for.
    pub(super) fn write(&mut self, name: Name<'a>, value: Option<Value<'a>>) -> Option<Value<'a>> {
        let scope = self.all.get_mut(name.0)?;
        let before = match value {
            Some(value) => scope.names.insert(name.1.clone(), value),
            None => scope.names.remove(&name.1),
        };
        if let Some(log) = self.logs.last_mut()
            && name.0 < log.scopes
        {
            log.before.entry(name).or_insert_with(|| before.clone());
        }
        before
    }

    /// How many points there are. What is noted later belongs to what begins here.
    pub(super) fn mark(&self) -> usize {
        self.logs.len()
    }

    /// Notes this point, to come back to it by [`Scopes::take_back`].
    pub(super) fn begin_path(&mut self) {
        self.note(Bindings::new(), None);
    }

    /// Notes that Python may have left the block here, where `names` stood for other things than they do now.
    pub(super) fn note_exit(&mut self, exit: Exit, names: Bindings<'a>) {
        self.note(names, Some(exit));
    }

    fn note(&mut self, before: Bindings<'a>, exit: Option<Exit>) {
        self.logs.push(Log {
            before,
            exit,
            scopes: self.all.len(),
        });
    }

    /// Goes back to the point `mark`. Returns what was bound since.
    pub(super) fn take_back(&mut self, mark: usize) -> Bindings<'a> {
        let before = self.since(mark);
        self.forget(mark, |log, index| index == mark && log.exit.is_none());
        let mut bound = Bindings::new();
        for (name, value) in before {
            let now = self.write(name.clone(), value);
            bound.insert(name, now);
        }
        bound
    }

    /// What names stood for at the point `mark`, as far as they were bound since.
    fn since(&self, mark: usize) -> Bindings<'a> {
        let mut before = Bindings::new();
        for log in self.logs.get(mark..).unwrap_or_default().iter().rev() {
            for (name, value) in &log.before {
                before.insert(name.clone(), value.clone());
            }
        }
        before
    }

    pub(super) fn has_exit(&self, mark: usize, exit: Exit) -> bool {
        let logs = self.logs.get(mark..).unwrap_or_default();
        logs.iter().any(|log| log.exit == Some(exit))
    }

    /// Closes the exits of one kind since `mark`. Returns for each name what else it may stand for, newest first.
    pub(super) fn take_exits(&mut self, mark: usize, exit: Exit) -> BTreeMap<Name<'a>, Vec<Option<Value<'a>>>> {
        let mut then = Bindings::new();
        let mut fresh = BTreeSet::new();
        let mut found: BTreeMap<Name<'a>, Vec<Option<Value<'a>>>> = BTreeMap::new();
        for log in self.logs.get(mark..).unwrap_or_default().iter().rev() {
            for (name, value) in &log.before {
                then.insert(name.clone(), value.clone());
                fresh.insert(name.clone());
            }
            if log.exit == Some(exit) {
                for name in std::mem::take(&mut fresh) {
                    let value = then.get(&name).cloned().flatten();
                    found.entry(name).or_default().push(value);
                }
            }
        }
        self.forget(mark, |log, _| log.exit == Some(exit));
        found
    }

    /// Removes points; the one before each goes on with what it knows.
    fn forget(&mut self, mark: usize, goes: impl Fn(&Log<'a>, usize) -> bool) {
        let later = self.logs.split_off(mark.min(self.logs.len()));
        for (index, log) in (mark..).zip(later) {
            if !goes(&log, index) {
                self.logs.push(log);
            } else if let Some(earlier) = self.logs.last_mut() {
                for (name, value) in log.before {
                    if name.0 < earlier.scopes {
                        earlier.before.entry(name).or_insert(value);
                    }
                }
            }
        }
    }
}
