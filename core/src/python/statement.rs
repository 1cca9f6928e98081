//! Statements, in the order in which Python would run them.

use std::{collections::BTreeMap, ops::Range, rc::Rc};

use ruff_python_ast::{
    ExceptHandler, Expr, Stmt, StmtClassDef, StmtFor, StmtFunctionDef, StmtIf, StmtImport, StmtImportFrom, StmtTry,
    StmtWith,
    visitor::{self, Visitor},
};

use super::{
    build::Discovery,
    interpret::Interpreter,
    library,
    parse::range_of,
    value::{Argument, Arguments, Body, Class, Function, Value},
};

const BRANCH: &str = "whether this condition holds is not known";
const LOOP: &str = "how often this loop runs is not known";
const HANDLER: &str = "whether this exception is raised is not known";

/// Where Python would go on after a statement.
#[derive(Debug)]
pub(super) enum Flow<'a> {
    Next,
    Break,
    Continue,
    Return(Value<'a>),
    Raise,
}

/// What a loop runs over.
pub(super) enum Iteration<'a> {
    /// All items.
    Known(Vec<Value<'a>>),
    /// Some items; there may be more, or fewer.
    Open(Vec<Value<'a>>),
    Unknown,
}

impl<'a> Interpreter<'a> {
    pub(super) fn run(&mut self, statements: &'a [Stmt]) -> Flow<'a> {
        for statement in statements {
            if !self.spend(1, &range_of(statement)) {
                return Flow::Raise;
            }
            let range = range_of(statement);
            match self.deeper(&range, |this| this.execute(statement)) {
                Some(Flow::Next) => {}
                Some(flow) => return flow,
                None => return Flow::Next,
            }
        }
        Flow::Next
    }

    fn execute(&mut self, statement: &'a Stmt) -> Flow<'a> {
        match statement {
            Stmt::Expr(expression) => {
                self.evaluate(&expression.value);
            }
            Stmt::Assign(assign) => {
                let value = self.evaluate(&assign.value);
                for target in &assign.targets {
                    self.assign(target, value.clone());
                }
            }
            Stmt::AnnAssign(assign) => {
                if let Some(expression) = &assign.value {
                    let value = self.evaluate(expression);
                    self.assign(&assign.target, value);
                }
            }
            Stmt::AugAssign(assign) => {
                let before = self.evaluate(&assign.target);
                let value = self.evaluate(&assign.value);
                let result = self.augment(assign, before, value);
                self.assign(&assign.target, result);
            }
            Stmt::FunctionDef(function) => self.define(function),
            Stmt::ClassDef(class) => self.define_class(class),
            Stmt::Return(result) => {
                let value = result.value.as_ref().map_or(Value::None, |value| self.evaluate(value));
                return Flow::Return(value);
            }
            Stmt::If(branch) => return self.branch(branch),
            Stmt::For(each) => return self.each(each),
            Stmt::While(each) => return self.repeat(each),
            Stmt::With(with) => return self.with(with),
            Stmt::Try(attempt) => return self.attempt(attempt),
            Stmt::Match(choice) => {
                self.evaluate(&choice.subject);
                let cases: Vec<_> = choice.cases.iter().map(|case| (None, &*case.body)).collect();
                return self.one_of(&cases, range_of(choice));
            }
            Stmt::Import(import) => self.import(import),
            Stmt::ImportFrom(import) => self.import_from(import),
            Stmt::Global(names) => {
                for name in &names.names {
                    self.declare_global(name);
                }
            }
            Stmt::Nonlocal(names) => {
                for name in &names.names {
                    self.declare_nonlocal(name);
                }
            }
            Stmt::Delete(delete) => {
                for target in &delete.targets {
                    self.delete(target);
                }
            }
            Stmt::Raise(_) => return Flow::Raise,
            Stmt::Break(_) => return Flow::Break,
            Stmt::Continue(_) => return Flow::Continue,
            Stmt::Assert(_) | Stmt::Pass(_) | Stmt::TypeAlias(_) | Stmt::IpyEscapeCommand(_) => {}
        }
        Flow::Next
    }

    // ---- Names ----

    pub(super) fn assign(&mut self, target: &'a Expr, value: Value<'a>) {
        match target {
            Expr::Name(name) => self.bind(name.id.as_str(), value),
            Expr::Tuple(targets) => self.unpack(&targets.elts, &value),
            Expr::List(targets) => self.unpack(&targets.elts, &value),
            Expr::Starred(starred) => self.assign(&starred.value, value),
            Expr::Attribute(attribute) => {
                let owner = self.evaluate(&attribute.value);
                let argument = Argument {
                    value,
                    range: range_of(target),
                };
                self.set_attribute(&owner, &attribute.attr, &argument);
            }
            Expr::Subscript(subscript) => {
                let owner = self.evaluate(&subscript.value);
                let key = self.evaluate(&subscript.slice);
                self.set_item(&owner, key, value, &range_of(target));
            }
            _ => {}
        }
    }

    fn unpack(&mut self, targets: &'a [Expr], value: &Value<'a>) {
        let items = match self.iterate(value) {
            Iteration::Known(items) => items,
            Iteration::Open(_) | Iteration::Unknown => Vec::new(),
        };
        let star = targets.iter().position(|target| matches!(target, Expr::Starred(_)));
        let fits = match star {
            Some(_) => items.len() + 1 >= targets.len(),
            None => items.len() == targets.len(),
        };
        if !fits {
            let unknown = match value {
                Value::Unknown => Value::Unknown,
                Value::Output(tasks) => Value::Output(tasks.clone()),
                _ => Value::Foreign,
            };
            for target in targets {
                self.assign(target, unknown.clone());
            }
            return;
        }
        let spare = items.len() + 1 - targets.len().min(items.len() + 1);
        let mut items = items.into_iter();
        for (index, target) in targets.iter().enumerate() {
            if star == Some(index) {
                let many: Vec<_> = items.by_ref().take(spare).collect();
                let many = self.list(many);
                self.assign(target, many);
            } else if let Some(item) = items.next() {
                self.assign(target, item);
            }
        }
    }

    fn set_item(&mut self, owner: &Value<'a>, key: Value<'a>, value: Value<'a>, range: &Range<usize>) {
        match owner {
            Value::Dict(dict) => self.put(*dict, key, value),
            Value::List(list) => {
                let length = self.heap.get(*list).items.len();
                let place = match key {
                    Value::Integer(index) => place(index, length),
                    _ => None,
                };
                self.change(*list, |list| match place.and_then(|place| list.items.get_mut(place)) {
                    Some(item) => *item = value,
                    None => list.open = true,
                });
            }
            Value::Globals => match key {
                Value::Text(name) => self.bind_global(name.to_string(), value),
                _ => {
                    // Whatever the name is, the DAG stands in one.
                    if let Value::Dag(dag) = value
                        && let Some(dag) = self.builder.dags.get_mut(dag)
                    {
                        dag.discovery = Discovery::Found;
                    }
                }
            },
            Value::Foreign => self.escape(&[&value], range),
            _ => {}
        }
    }

    fn delete(&mut self, target: &'a Expr) {
        match target {
            Expr::Name(name) => self.unbind(&name.id),
            Expr::Subscript(subscript) => {
                let owner = self.evaluate(&subscript.value);
                let key = self.evaluate(&subscript.slice);
                if let Value::Dict(dict) = owner {
                    let key = self.heap.key(&key);
                    self.change(dict, |dict| match key {
                        Some(key) => {
                            dict.remove(&key);
                        }
                        None => dict.open = true,
                    });
                } else if let Value::List(list) = owner {
                    self.change(list, |list| list.open = true);
                }
            }
            _ => {}
        }
    }

    // ---- Definitions ----

    fn define(&mut self, function: &'a StmtFunctionDef) {
        let mut defaults = BTreeMap::new();
        for parameter in function.parameters.iter_non_variadic_params() {
            if let Some(default) = &parameter.default {
                let value = self.evaluate(default);
                defaults.insert(parameter.parameter.name.as_str(), value);
            }
        }
        let mut yields = Yields(false);
        yields.visit_body(&function.body);
        let body = if yields.0 || function.is_async {
            Body::Generator
        } else {
            Body::Statements(&function.body)
        };
        let mut value = Value::Function(Rc::new(Function {
            name: function.name.as_str().into(),
            parameters: Some(&function.parameters),
            defaults,
            body,
            scope: self.scope,
            range: range_of(&function.name),
        }));
        for decorator in function.decorator_list.iter().rev() {
            let callee = self.evaluate(&decorator.expression);
            let arguments = Arguments {
                positional: vec![Argument {
                    value: value.clone(),
                    range: range_of(&function.name),
                }],
                ..Arguments::default()
            };
            value = match &callee {
                Value::Import(path) if library::known(path).is_none() && library::is_quiet(path) => value,
                Value::Unknown => value,
                _ => self.call(&callee, &arguments, &range_of(decorator)),
            };
        }
        self.bind(function.name.as_str(), value);
    }

    fn define_class(&mut self, class: &'a StmtClassDef) {
        let mut is_operator = false;
        for base in class.arguments.iter().flat_map(|arguments| &arguments.args) {
            is_operator |= match self.evaluate(base) {
                Value::Import(path) => library::is_operator(library::last(&path)),
                Value::Class(base) => base.is_operator,
                _ => library::is_operator(&class.name),
            };
        }
        let scope = self.scope;
        let (_, names) = self.in_scope(scope, |this| this.run(&class.body));
        let members = names
            .into_iter()
            .map(|(name, value)| (name.into_owned(), value))
            .collect();
        self.bind(
            class.name.as_str(),
            Value::Class(Rc::new(Class {
                name: class.name.as_str().into(),
                is_operator,
                members,
            })),
        );
    }

    fn import(&mut self, import: &'a StmtImport) {
        for alias in &import.names {
            if let Some(name) = &alias.asname {
                self.bind(name.as_str(), Value::Import(alias.name.as_str().into()));
            } else {
                let root = alias.name.split('.').next().unwrap_or_default();
                self.bind(root, Value::Import(root.into()));
            }
        }
    }

    fn import_from(&mut self, import: &'a StmtImportFrom) {
        let module = import.module.as_deref().unwrap_or_default();
        let dots = ".".repeat(import.level.min(8) as usize);
        for alias in &import.names {
            if alias.name.as_str() == "*" {
                if !library::is_quiet(module) || import.level > 0 {
                    self.unresolved(range_of(import), "what this import binds is not known");
                }
                continue;
            }
            let name = alias.asname.as_ref().unwrap_or(&alias.name);
            let path = format!("{dots}{module}.{}", alias.name);
            self.bind(name.as_str(), Value::Import(path.into()));
        }
    }

    // ---- Ways through the file ----

    fn branch(&mut self, branch: &'a StmtIf) -> Flow<'a> {
        let mut clauses: Vec<(Option<&'a Expr>, &'a [Stmt])> = vec![(Some(&branch.test), &branch.body)];
        for clause in &branch.elif_else_clauses {
            clauses.push((clause.test.as_ref(), &clause.body));
        }
        self.clauses(&clauses)
    }

    fn clauses(&mut self, clauses: &[(Option<&'a Expr>, &'a [Stmt])]) -> Flow<'a> {
        for (index, (test, body)) in clauses.iter().enumerate() {
            let Some(test) = test else {
                return self.run(body);
            };
            let value = self.evaluate(test);
            match self.heap.truth(&value) {
                Some(true) => return self.run(body),
                Some(false) => {}
                None => {
                    let rest = clauses.get(index + 1..).unwrap_or_default();
                    let range = range_of(*test);
                    return self.either(&range, BRANCH, |this| this.run(body), |this| this.clauses(rest));
                }
            }
        }
        Flow::Next
    }

    /// Reads blocks of which one, or none, is run.
    fn one_of(&mut self, blocks: &[(Option<&'a str>, &'a [Stmt])], range: Range<usize>) -> Flow<'a> {
        match blocks.split_first() {
            Some(((name, block), rest)) => {
                let again = range.clone();
                self.either(
                    &range,
                    if name.is_some() { HANDLER } else { BRANCH },
                    |this| {
                        if let Some(name) = *name {
                            this.bind(name, Value::Unknown);
                        }
                        this.run(block)
                    },
                    |this| this.one_of(rest, again),
                )
            }
            None => Flow::Next,
        }
    }

    /// Reads two ways through the file, of which Python would go one.
    fn either(
        &mut self,
        range: &Range<usize>,
        reason: &'static str,
        one: impl FnOnce(&mut Self) -> Flow<'a>,
        two: impl FnOnce(&mut Self) -> Flow<'a>,
    ) -> Flow<'a> {
        let before = self.names_here();
        let first = self.doubtful(range.clone(), reason, one);
        let first_names = self.names_here();
        self.set_names_here(before);
        let second = self.doubtful(range.clone(), reason, two);
        match (first, second) {
            (Flow::Raise, flow) => flow,
            (flow, Flow::Raise) => {
                self.set_names_here(first_names);
                flow
            }
            (Flow::Next, Flow::Next) => {
                self.join_names(first_names);
                Flow::Next
            }
            (Flow::Return(a), Flow::Return(b)) => {
                let same = self.heap.equal(&a, &b) == Some(true);
                Flow::Return(if same { a } else { undecided(&a, &b) })
            }
            (Flow::Break, Flow::Break) => Flow::Break,
            (Flow::Continue, Flow::Continue) => Flow::Continue,
            (Flow::Next, other) => {
                self.set_names_here(first_names);
                self.leave_maybe(other, range, reason);
                Flow::Next
            }
            (other, Flow::Next) => {
                self.leave_maybe(other, range, reason);
                Flow::Next
            }
            (Flow::Return(value), other) | (other, Flow::Return(value)) => {
                self.possible_results.push(value);
                self.doubt_rest(range.clone(), reason, true);
                other
            }
            (other, _) => {
                self.doubt_rest(range.clone(), reason, false);
                other
            }
        }
    }

    /// What follows is run only where this way out was not taken.
    fn leave_maybe(&mut self, flow: Flow<'a>, range: &Range<usize>, reason: &'static str) {
        let returns = matches!(flow, Flow::Return(_));
        if let Flow::Return(value) = flow {
            self.possible_results.push(value);
        }
        self.doubt_rest(range.clone(), reason, returns);
    }

    fn each(&mut self, each: &'a StmtFor) -> Flow<'a> {
        let value = self.evaluate(&each.iter);
        let range = range_of(&*each.iter);
        let depth = self.doubts();
        let flow = match self.iterate(&value) {
            Iteration::Known(items) => self.over(each, items),
            Iteration::Open(items) => self.doubtful(range.clone(), LOOP, |this| this.over(each, items)),
            Iteration::Unknown => {
                let item = match value {
                    Value::Foreign => Value::Foreign,
                    _ => Value::Unknown,
                };
                self.doubtful(range.clone(), LOOP, |this| this.over(each, vec![item]))
            }
        };
        self.after_loop(flow, &each.orelse, depth)
    }

    /// Goes on behind a loop; what it does where nothing breaks it is in doubt where something may.
    fn after_loop(&mut self, flow: Flow<'a>, otherwise: &'a [Stmt], depth: usize) -> Flow<'a> {
        let body = depth..self.doubts();
        let flow = match flow {
            Flow::Next => self.run(otherwise),
            Flow::Break => Flow::Next,
            flow => flow,
        };
        self.end_loop(&body);
        flow
    }

    fn over(&mut self, each: &'a StmtFor, items: Vec<Value<'a>>) -> Flow<'a> {
        for item in items {
            if !self.spend(1, &range_of(each)) {
                return Flow::Raise;
            }
            self.assign(&each.target, item);
            match self.run(&each.body) {
                Flow::Next | Flow::Continue => {}
                flow => return flow,
            }
        }
        Flow::Next
    }

    fn repeat(&mut self, each: &'a ruff_python_ast::StmtWhile) -> Flow<'a> {
        let depth = self.doubts();
        let flow = loop {
            if !self.spend(1, &range_of(each)) {
                return Flow::Raise;
            }
            let test = self.evaluate(&each.test);
            let flow = match self.heap.truth(&test) {
                Some(false) => break Flow::Next,
                Some(true) => self.run(&each.body),
                None => {
                    let before = self.names_here();
                    let flow = self.doubtful(range_of(&*each.test), LOOP, |this| this.run(&each.body));
                    self.join_names(before);
                    if !matches!(flow, Flow::Next | Flow::Continue) {
                        self.leave_maybe(flow, &range_of(&*each.test), LOOP);
                    }
                    break Flow::Next;
                }
            };
            match flow {
                Flow::Next | Flow::Continue => {}
                flow => break flow,
            }
        };
        self.after_loop(flow, &each.orelse, depth)
    }

    fn attempt(&mut self, attempt: &'a StmtTry) -> Flow<'a> {
        let surely_works = attempt.body.iter().all(|statement| match statement {
            Stmt::ImportFrom(import) => import.level == 0 && import.module.as_deref().is_some_and(library::is_quiet),
            Stmt::Import(import) => import.names.iter().all(|alias| library::is_quiet(&alias.name)),
            Stmt::Pass(_) => true,
            Stmt::Assign(assign) => assign.value.is_literal_expr(),
            _ => false,
        });
        let flow = if surely_works {
            self.run(&attempt.body)
        } else {
            let before = self.names_here();
            let flow = match self.run(&attempt.body) {
                Flow::Next => self.run(&attempt.orelse),
                flow => flow,
            };
            let handlers: Vec<(Option<&'a str>, &'a [Stmt])> = attempt
                .handlers
                .iter()
                .map(|ExceptHandler::ExceptHandler(handler)| {
                    let name = handler.name.as_ref().map_or("_", |name| name.as_str());
                    (Some(name), &*handler.body)
                })
                .collect();
            self.handle(flow, before, &handlers, &range_of(attempt))
        };
        let flow = match flow {
            Flow::Next if surely_works => self.run(&attempt.orelse),
            flow => flow,
        };
        match self.run(&attempt.finalbody) {
            Flow::Next => flow,
            last => last,
        }
    }

    /// The handlers are what may happen instead of the body.
    fn handle(
        &mut self,
        flow: Flow<'a>,
        before: BTreeMap<std::borrow::Cow<'a, str>, Value<'a>>,
        handlers: &[(Option<&'a str>, &'a [Stmt])],
        range: &Range<usize>,
    ) -> Flow<'a> {
        if handlers.is_empty() {
            return flow;
        }
        let after = self.names_here();
        let mut flow = flow;
        let mut names = after;
        for (name, body) in handlers {
            self.set_names_here(before.clone());
            let other = self.doubtful(range.clone(), HANDLER, |this| {
                this.bind(name.unwrap_or("_"), Value::Unknown);
                let flow = this.run(body);
                this.unbind(name.unwrap_or("_"));
                flow
            });
            match (&flow, other) {
                (_, Flow::Raise) => self.set_names_here(names.clone()),
                (Flow::Raise, other) => flow = other,
                (Flow::Next, Flow::Next) => self.join_names(names.clone()),
                (Flow::Return(a), Flow::Return(b)) => {
                    let same = self.heap.equal(a, &b) == Some(true);
                    flow = Flow::Return(if same { b } else { undecided(a, &b) });
                }
                (_, other) => {
                    if matches!(flow, Flow::Next) {
                        self.set_names_here(names.clone());
                    }
                    if let Flow::Return(value) = std::mem::replace(&mut flow, Flow::Next) {
                        self.possible_results.push(value);
                    }
                    self.leave_maybe(other, range, HANDLER);
                }
            }
            names = self.names_here();
        }
        flow
    }

    fn with(&mut self, with: &'a StmtWith) -> Flow<'a> {
        let (dags, groups) = (self.open_dags.len(), self.open_groups.len());
        let mut in_setup = None;
        for item in &with.items {
            let value = self.evaluate(&item.context_expr);
            self.settle();
            match &value {
                Value::Dag(dag) => self.enter_dag(*dag),
                Value::Group(group) => self.open_groups.push(Some(*group)),
                Value::Task(_) | Value::Output(_) | Value::List(_) | Value::Tuple(_) => {
                    in_setup = Some(range_of(&item.context_expr));
                }
                _ => {}
            }
            if let Some(target) = &item.optional_vars {
                let entered = match value {
                    Value::Dag(_) | Value::Group(_) | Value::Foreign => value,
                    _ => Value::Unknown,
                };
                self.assign(target, entered);
            }
        }
        let flow = match in_setup {
            Some(range) => self.doubtful(
                range,
                "which dependencies this setup or teardown block adds is not known",
                |this| this.run(&with.body),
            ),
            None => self.run(&with.body),
        };
        if dags < self.open_dags.len() || groups < self.open_groups.len() {
            self.settle();
        }
        self.open_dags.truncate(dags);
        self.open_groups.truncate(groups);
        flow
    }

    pub(super) fn enter_dag(&mut self, dag: usize) {
        if let Some(draft) = self.builder.dags.get_mut(dag)
            && draft.discovery == Discovery::Open
        {
            draft.discovery = Discovery::Found;
        }
        self.open_dags.push(dag);
        self.open_groups.push(None);
    }

    pub(super) fn leave_dag(&mut self) {
        self.settle();
        self.open_dags.pop();
        self.open_groups.pop();
    }

    /// The items that a loop over a value runs through.
    pub(super) fn iterate(&mut self, value: &Value<'a>) -> Iteration<'a> {
        match value {
            Value::List(index) | Value::Tuple(index) | Value::Set(index) | Value::Dict(index) => {
                let collection = self.heap.get(*index);
                let items = match value {
                    Value::Dict(_) => collection.keys.clone(),
                    _ => collection.items.clone(),
                };
                if collection.open {
                    Iteration::Open(items)
                } else {
                    Iteration::Known(items)
                }
            }
            Value::Text(text) => Iteration::Known(
                text.chars()
                    .map(|character| Value::Text(character.to_string().into()))
                    .collect(),
            ),
            Value::Group(group) => {
                Iteration::Known(self.builder.members(*group).into_iter().map(Value::Task).collect())
            }
            _ => Iteration::Unknown,
        }
    }
}

/// The value where one of two holds, and which is not known.
pub(super) fn undecided<'a>(one: &Value<'a>, two: &Value<'a>) -> Value<'a> {
    if one.is_plain() && two.is_plain() {
        Value::Unknown
    } else {
        Value::Foreign
    }
}

/// The place in a list that an index of Python's means.
pub(super) fn place(index: i64, length: usize) -> Option<usize> {
    if index < 0 {
        length.checked_sub(usize::try_from(index.unsigned_abs()).ok()?)
    } else {
        usize::try_from(index).ok().filter(|index| *index < length)
    }
}

/// Finds `yield` in the body of a function, and not in the functions inside it.
struct Yields(bool);

impl<'a> Visitor<'a> for Yields {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if !matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
            visitor::walk_stmt(self, statement);
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Yield(_) | Expr::YieldFrom(_) => self.0 = true,
            Expr::Lambda(_) => {}
            _ => visitor::walk_expr(self, expression),
        }
    }
}
