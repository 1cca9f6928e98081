//! Alternative paths through a file: each is read from the same point, and they join where they meet.

use std::{collections::BTreeMap, ops::Range};

use super::{
    interpret::{Interpreter, Lasts},
    scope::{Bindings, Exit, Name},
    statement::Flow,
    value::{Value, join},
};

/// One of several paths, of which Python takes one.
pub(super) struct Path<'a> {
    flow: Flow<'a>,
    names: Bindings<'a>,
    /// What decides whether it is taken, and why that is not known.
    condition: (Range<usize>, &'static str),
}

impl Path<'_> {
    /// Whether it surely ends in an exception.
    pub(super) fn raises(&self) -> bool {
        matches!(self.flow, Flow::Raise)
    }
}

impl<'a> Interpreter<'a> {
    /// Reads a path, and takes back what it bound.
    pub(super) fn path(
        &mut self,
        range: &Range<usize>,
        reason: &'static str,
        inner: impl FnOnce(&mut Self) -> Flow<'a>,
    ) -> Path<'a> {
        let mark = self.scopes.mark();
        self.scopes.begin_path();
        let flow = inner(self);
        let names = self.scopes.take_back(mark);
        self.budget.pay(names.len());
        Path {
            flow,
            names,
            condition: (range.clone(), reason),
        }
    }

    /// The path on which nothing happens.
    pub(super) fn empty_path(range: &Range<usize>, reason: &'static str) -> Path<'a> {
        Path {
            flow: Flow::Next,
            names: Bindings::new(),
            condition: (range.clone(), reason),
        }
    }

    /// Reads something that may not happen. What it binds may not be bound.
    pub(super) fn perhaps(
        &mut self,
        range: &Range<usize>,
        reason: &'static str,
        inner: impl FnOnce(&mut Self) -> Flow<'a>,
    ) -> Flow<'a> {
        let path = self.doubtful(range.clone(), reason, |this| this.path(range, reason, inner));
        self.meet(vec![path, Self::empty_path(range, reason)])
    }

    /// Goes on where paths meet. A path that leaves the block while another one goes on becomes a possible exit.
    pub(super) fn meet(&mut self, paths: Vec<Path<'a>>) -> Flow<'a> {
        let Some(nearest) = paths.iter().map(|path| distance(&path.flow)).min() else {
            return Flow::Next;
        };
        let mut staying: Vec<Bindings<'a>> = Vec::new();
        let mut result: Option<Flow<'a>> = None;
        for path in paths {
            let (range, reason) = path.condition;
            if distance(&path.flow) != nearest {
                self.leave_perhaps(path.flow, path.names, &range, reason);
                continue;
            }
            result = Some(match (result, path.flow) {
                (Some(Flow::Return(one)), Flow::Return(two)) => Flow::Return(self.joined_values(one, two)),
                (_, flow) => flow,
            });
            staying.push(path.names);
        }
        let many = staying.len();
        let mut values: BTreeMap<Name<'a>, Vec<Option<Value<'a>>>> = BTreeMap::new();
        for (name, value) in staying.into_iter().flatten() {
            values.entry(name).or_default().push(value);
        }
        for (name, mut values) in values {
            if values.len() < many {
                values.push(self.scopes.read(&name).cloned());
            }
            self.bind_joined(name, values);
        }
        result.unwrap_or(Flow::Next)
    }

    /// Goes on behind a point at which Python may have left the block.
    pub(super) fn leave_perhaps(
        &mut self,
        flow: Flow<'a>,
        names: Bindings<'a>,
        range: &Range<usize>,
        reason: &'static str,
    ) {
        let exit = match flow {
            Flow::Continue => Exit::Continue,
            Flow::Break => Exit::Break,
            Flow::Return(value) => {
                self.possible_results.push(value);
                Exit::Return
            }
            // What an exception leaves behind is not seen again: it ends the reading of the file.
            Flow::Next | Flow::Raise => return,
        };
        self.scopes.note_exit(exit, names);
        let lasts = match exit {
            Exit::Continue | Exit::Break => Lasts::Loop,
            Exit::Return => Lasts::Function,
        };
        self.doubt_rest(range.clone(), reason, lasts);
    }

    /// Joins what holds now with what held at the possible exits of one kind since `mark`.
    pub(super) fn rejoin(&mut self, mark: usize, exit: Exit) {
        if !self.scopes.has_exit(mark, exit) {
            return;
        }
        for (name, mut values) in self.scopes.take_exits(mark, exit) {
            values.push(self.scopes.read(&name).cloned());
            self.bind_joined(name, values);
        }
    }

    /// A name that some paths do not bind would be an error on those, so that what the others bind stands.
    fn bind_joined(&mut self, name: Name<'a>, values: Vec<Option<Value<'a>>>) {
        self.budget.pay(values.len());
        let joined = values
            .into_iter()
            .flatten()
            .reduce(|one, two| self.joined_values(one, two));
        self.scopes.write(name, joined);
    }

    pub(super) fn joined_values(&self, one: Value<'a>, two: Value<'a>) -> Value<'a> {
        if self.heap.is_same(&one, &two) {
            one
        } else {
            join(&one, &two)
        }
    }
}

/// How far a path goes away from the statement that ends it.
fn distance(flow: &Flow<'_>) -> u8 {
    match flow {
        Flow::Next => 0,
        Flow::Continue => 1,
        Flow::Break => 2,
        Flow::Return(_) => 3,
        Flow::Raise => 4,
    }
}
