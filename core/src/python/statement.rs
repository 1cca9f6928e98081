//! Statements, in the order in which Python would run them.

use std::{collections::BTreeMap, ops::Range, rc::Rc};

use ruff_python_ast::{
    AnyParameterRef, ExceptHandler, Expr, Stmt, StmtClassDef, StmtFor, StmtFunctionDef, StmtIf, StmtImport,
    StmtImportFrom, StmtMatch, StmtTry, StmtWhile, StmtWith,
    helpers::any_over_expr,
    visitor::{self, Visitor},
};

use super::{
    build::Discovery,
    interpret::{ITEMS, Interpreter},
    library::{self, Known},
    names,
    parse::range_of,
    scope::Exit,
    value::{Argument, Arguments, Base, Binding, Body, Class, Function, Value},
};

const BRANCH: &str = "whether this condition holds is not known";
const LOOP: &str = "how often this loop runs is not known";
const ANNOTATION: &str = "whether this annotation is evaluated is not known";
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
            let flow = self.within_share(statement, |this| {
                this.deeper(&range_of(statement), |this| this.execute(statement))
                    .unwrap_or(Flow::Next)
            });
            if !matches!(flow, Flow::Next) {
                return flow;
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
                self.annotation(&assign.annotation);
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
            Stmt::Match(choice) => return self.match_one(choice),
            Stmt::Import(import) => self.import(import),
            Stmt::ImportFrom(import) => self.import_from(import),
            Stmt::Global(names) => {
                for name in &names.names {
                    self.budget.pay(1);
                    self.scopes.declare_global(name);
                }
            }
            Stmt::Nonlocal(names) => {
                for name in &names.names {
                    self.budget.pay(1);
                    self.scopes.declare_nonlocal(name);
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
            Stmt::Assert(assert) => {
                self.evaluate(&assert.test);
            }
            Stmt::Pass(_) | Stmt::TypeAlias(_) | Stmt::IpyEscapeCommand(_) => {}
        }
        Flow::Next
    }

    /// Some versions of Python evaluate an annotation where it stands, and others when somebody asks for it.
    fn annotation(&mut self, annotation: &'a Expr) {
        let is_call = |expression: &Expr| matches!(expression, Expr::Call(_) | Expr::BinOp(_));
        if any_over_expr(annotation, is_call) {
            let range = range_of(annotation);
            self.doubtful(range, ANNOTATION, |this| this.evaluate(annotation));
        }
    }

    // ---- Names ----

    pub(super) fn assign(&mut self, target: &'a Expr, value: Value<'a>) {
        if !self.budget.pay(1) {
            return;
        }
        match target {
            Expr::Name(name) => self.scopes.bind(name.id.as_str(), value),
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
                Value::Text(name) => self.scopes.bind_global(name.to_string(), value),
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
        if !self.budget.pay(1) {
            return;
        }
        match target {
            Expr::Name(name) => self.scopes.unbind(&name.id),
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
        let parameters = function.parameters.iter();
        for annotation in parameters
            .filter_map(AnyParameterRef::annotation)
            .chain(function.returns.as_deref())
        {
            self.annotation(annotation);
        }
        let mut defaults = BTreeMap::new();
        for parameter in function.parameters.iter_non_variadic_params() {
            if let Some(default) = &parameter.default {
                let value = self.evaluate(default);
                defaults.insert(parameter.parameter.name.as_str(), value);
            }
        }
        let is_generator = *self.generators.entry(range_of(function).start).or_insert_with(|| {
            let mut yields = Yields(function.is_async);
            yields.visit_body(&function.body);
            yields.0
        });
        let body = if is_generator {
            Body::Generator
        } else {
            Body::Statements(&function.body)
        };
        let mut value = self.heap.own(Value::Function(Rc::new(Function {
            name: function.name.as_str().into(),
            parameters: Some(&function.parameters),
            defaults,
            body,
            binding: Binding::Instance,
            scope: self.scopes.current,
            range: range_of(&function.name),
        })));
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
                Value::Builtin(name) if matches!(&**name, "staticmethod" | "classmethod") => match &value {
                    Value::Function(function) => self.heap.own(Value::Function(Rc::new(Function {
                        binding: if &**name == "classmethod" {
                            Binding::Class
                        } else {
                            Binding::Nothing
                        },
                        ..Function::clone(function)
                    }))),
                    _ => value,
                },
                Value::Import(path) if library::known(path).is_none() && library::is_quiet(path) => value,
                Value::Unknown => value,
                _ => self.call(&callee, &arguments, &range_of(decorator)),
            };
        }
        self.scopes.bind(function.name.as_str(), value);
    }

    fn define_class(&mut self, class: &'a StmtClassDef) {
        let mut base = Base::Plain;
        let mut parents = Vec::new();
        for expression in class.arguments.iter().flat_map(|arguments| &arguments.args) {
            let other = match self.evaluate(expression) {
                Value::Import(path) => imported_base(&path),
                Value::Class(other) => {
                    parents.push(other.clone());
                    other.base.clone()
                }
                Value::Builtin(_) => Base::Plain,
                _ if library::is_operator(&class.name) => Base::Operator,
                _ => Base::Unknown(class.name.as_str().into()),
            };
            // A class that comes first is asked first, but one that is known says more.
            if matches!(base, Base::Plain) || matches!(base, Base::Unknown(_)) && other != Base::Plain {
                base = other;
            }
        }
        let before = self.scopes.enter(self.scopes.current, true);
        let scope = self.scopes.current;
        self.run(&class.body);
        let members = self.scopes.take_members();
        self.scopes.current = before;
        let changed = self.collect(Vec::new(), false);
        let made = Rc::new(Class {
            name: class.name.as_str().into(),
            base,
            parents,
            members,
            changed,
        });
        self.classes.insert(scope, made.clone());
        let value = self.heap.own(Value::Class(made.clone()));
        if let Some(Value::Function(hook)) = made.inherited("__init_subclass__", &self.budget).cloned() {
            let range = range_of(&class.name);
            let arguments = Arguments {
                positional: vec![Argument {
                    value: value.clone(),
                    range: range.clone(),
                }],
                open: class.arguments.iter().any(|arguments| !arguments.keywords.is_empty()),
                ..Arguments::default()
            };
            self.call(&Value::Function(hook), &arguments, &range);
        }
        self.scopes.bind(class.name.as_str(), value);
    }

    fn import(&mut self, import: &'a StmtImport) {
        for alias in &import.names {
            if !self.budget.pay(1) || !self.budget.pay_text(alias.name.len()) {
                return;
            }
            if let Some(name) = &alias.asname {
                self.scopes
                    .bind(name.as_str(), Value::Import(alias.name.as_str().into()));
            } else {
                let root = alias.name.split('.').next().unwrap_or_default();
                self.scopes.bind(root, Value::Import(root.into()));
            }
        }
    }

    fn import_from(&mut self, import: &'a StmtImportFrom) {
        let module = import.module.as_deref().unwrap_or_default();
        let dots = ".".repeat(import.level.min(8) as usize);
        for alias in &import.names {
            if !self.budget.pay(1) || !self.budget.pay_text(module.len() + alias.name.len()) {
                return;
            }
            if alias.name.as_str() == "*" {
                if !library::is_quiet(module) || import.level > 0 {
                    self.unresolved(range_of(import), "what this import binds is not known");
                }
                continue;
            }
            let name = alias.asname.as_ref().unwrap_or(&alias.name);
            let path = format!("{dots}{module}.{}", alias.name);
            self.scopes.bind(name.as_str(), Value::Import(path.into()));
        }
    }

    // ---- Ways through the file ----

    fn branch(&mut self, branch: &'a StmtIf) -> Flow<'a> {
        let first = (Some(&*branch.test), &*branch.body);
        let others = branch.elif_else_clauses.iter();
        let clauses = std::iter::once(first).chain(others.map(|clause| (clause.test.as_ref(), &*clause.body)));
        let mut paths = Vec::new();
        let mut last: &'a [Stmt] = &[];
        let mut condition = range_of(&*branch.test);
        let doubts = self.doubts();
        for (test, body) in clauses {
            let truth = test.map_or(Some(true), |test| {
                condition = range_of(test);
                let value = self.evaluate(test);
                self.heap.truth(&value)
            });
            match truth {
                Some(false) => {}
                Some(true) => {
                    last = body;
                    break;
                }
                None => {
                    paths.push(self.doubtful(condition.clone(), BRANCH, |this| {
                        this.path(&condition, BRANCH, |this| this.run(body))
                    }));
                    if paths.len() > 1 {
                        self.end_doubt(doubts);
                    }
                    self.doubt_here(doubts, &condition, BRANCH);
                }
            }
        }
        if paths.is_empty() {
            return self.run(last);
        }
        paths.push(self.path(&condition, BRANCH, |this| this.run(last)));
        self.end_doubt(doubts);
        self.meet(paths)
    }

    fn match_one(&mut self, choice: &'a StmtMatch) -> Flow<'a> {
        let range = range_of(&*choice.subject);
        let captured = match self.evaluate(&choice.subject) {
            value if value.is_plain() => Value::Unknown,
            _ => Value::Foreign,
        };
        let mut paths = Vec::new();
        for case in &choice.cases {
            paths.push(self.doubtful(range.clone(), BRANCH, |this| {
                this.path(&range, BRANCH, |this| {
                    for name in names::captured_by(&case.pattern) {
                        this.scopes.bind(name, captured.clone());
                    }
                    if let Some(guard) = &case.guard {
                        this.evaluate(guard);
                    }
                    this.run(&case.body)
                })
            }));
        }
        paths.push(Self::empty_path(&range, BRANCH));
        self.meet(paths)
    }

    fn each(&mut self, each: &'a StmtFor) -> Flow<'a> {
        let value = self.evaluate_consumed(&each.iter);
        let range = range_of(&*each.iter);
        let (doubts, mark) = (self.doubts(), self.scopes.mark());
        let flow = match self.iterate(&value) {
            Iteration::Known(items) => self.over(each, items),
            Iteration::Open(items) => self.perhaps(&range, LOOP, |this| this.over(each, items)),
            Iteration::Unknown => {
                let item = match value {
                    Value::Foreign => Value::Foreign,
                    _ => Value::Unknown,
                };
                self.perhaps(&range, LOOP, |this| this.over(each, vec![item]))
            }
        };
        self.after_loop(flow, &each.orelse, doubts, mark, &range)
    }

    fn over(&mut self, each: &'a StmtFor, items: Vec<Value<'a>>) -> Flow<'a> {
        let range = range_of(each);
        for item in items {
            if !self.spend(1, &range) {
                return Flow::Raise;
            }
            let flow = self.once(&range_of(&*each.iter), |this| {
                this.assign(&each.target, item);
                this.run(&each.body)
            });
            if !matches!(flow, Flow::Next) {
                return flow;
            }
        }
        Flow::Next
    }

    fn repeat(&mut self, each: &'a StmtWhile) -> Flow<'a> {
        let range = range_of(&*each.test);
        let (doubts, mark) = (self.doubts(), self.scopes.mark());
        let flow = loop {
            if !self.spend(1, &range_of(each)) {
                return Flow::Raise;
            }
            let test = self.evaluate(&each.test);
            match self.heap.truth(&test) {
                Some(false) => break Flow::Next,
                Some(true) => match self.once(&range, |this| this.run(&each.body)) {
                    Flow::Next => {}
                    flow => break flow,
                },
                None => {
                    break self.perhaps(&range, LOOP, |this| this.once(&range, |this| this.run(&each.body)));
                }
            }
        };
        self.after_loop(flow, &each.orelse, doubts, mark, &range)
    }

    /// Reads the body of a loop once.
    fn once(&mut self, range: &Range<usize>, body: impl FnOnce(&mut Self) -> Flow<'a>) -> Flow<'a> {
        let mark = self.scopes.mark();
        let flow = match body(self) {
            Flow::Continue => Flow::Next,
            flow => flow,
        };
        self.stay_perhaps(flow, mark, Exit::Continue, range)
    }

    /// Goes on behind a loop. Where something may break it, what it does otherwise is in doubt.
    fn after_loop(
        &mut self,
        flow: Flow<'a>,
        otherwise: &'a [Stmt],
        doubts: usize,
        mark: usize,
        range: &Range<usize>,
    ) -> Flow<'a> {
        let body = doubts..self.doubts();
        let flow = match flow {
            Flow::Next => self.run(otherwise),
            Flow::Break => Flow::Next,
            flow => flow,
        };
        let flow = self.stay_perhaps(flow, mark, Exit::Break, range);
        self.end_loop(&body);
        flow
    }

    /// Joins the possible exits that lead to this point. Where there are any, Python may come here by them, even if it
    /// surely leaves otherwise.
    fn stay_perhaps(&mut self, flow: Flow<'a>, mark: usize, exit: Exit, range: &Range<usize>) -> Flow<'a> {
        if !self.scopes.has_exit(mark, exit) {
            return flow;
        }
        self.leave_perhaps(flow, BTreeMap::new(), range, LOOP);
        self.rejoin(mark, exit);
        Flow::Next
    }

    fn attempt(&mut self, attempt: &'a StmtTry) -> Flow<'a> {
        let surely_works = attempt.body.iter().all(|statement| match statement {
            Stmt::ImportFrom(import) => import.level == 0 && import.module.as_deref().is_some_and(library::is_quiet),
            Stmt::Import(import) => import.names.iter().all(|alias| library::is_quiet(&alias.name)),
            Stmt::Pass(_) => true,
            Stmt::Assign(assign) => assign.value.is_literal_expr(),
            _ => false,
        });
        let body = |this: &mut Self| match this.run(&attempt.body) {
            Flow::Next => this.run(&attempt.orelse),
            flow => flow,
        };
        let flow = if surely_works || attempt.handlers.is_empty() {
            body(self)
        } else {
            // The handlers are what may happen instead of the body.
            let range = range_of(attempt);
            self.settle();
            let before = self.builder.drafts();
            let mut paths = vec![self.path(&range, HANDLER, body)];
            self.settle();
            let guarded = before..self.builder.drafts();
            let mut is_caught = false;
            for ExceptHandler::ExceptHandler(handler) in &attempt.handlers {
                let path = self.doubtful(range.clone(), HANDLER, |this| {
                    this.path(&range, HANDLER, |this| {
                        let Some(name) = &handler.name else {
                            return this.run(&handler.body);
                        };
                        this.scopes.bind(name.as_str(), Value::Unknown);
                        let flow = this.run(&handler.body);
                        this.scopes.unbind(name.as_str());
                        flow
                    })
                });
                is_caught |= !path.raises() && handler.type_.as_deref().is_none_or(catches_airflow);
                paths.push(path);
            }
            if is_caught {
                for dag in self.builder.guard(&guarded) {
                    self.unresolved_in(Some(dag), range.clone(), HANDLER);
                }
            }
            self.meet(paths)
        };
        match self.run(&attempt.finalbody) {
            Flow::Next => flow,
            last => last,
        }
    }

    fn with(&mut self, with: &'a StmtWith) -> Flow<'a> {
        let (dags, groups) = (self.open_dags.len(), self.open_groups.len());
        let tasks = self.builder.tasks.len();
        let mut in_setup = None;
        let mut foreign = None;
        for item in &with.items {
            let value = self.evaluate(&item.context_expr);
            self.settle();
            match &value {
                Value::Dag(dag) => self.enter_dag(*dag),
                Value::Group(group) => self.open_groups.push(Some(*group)),
                Value::Task(_) | Value::Output(_) | Value::List(_) | Value::Tuple(_) => {
                    in_setup = Some(range_of(&item.context_expr));
                }
                Value::Foreign | Value::Instance(..) => foreign = Some(range_of(&item.context_expr)),
                _ => {}
            }
            if let Some(target) = &item.optional_vars {
                let entered = match value {
                    Value::Dag(_) | Value::Group(_) | Value::Foreign | Value::Instance(..) => value,
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
        if let Some(range) = foreign {
            let made = self.builder.tasks.iter().skip(tasks);
            if made.filter(|task| task.dag.is_none()).count() > 0 {
                self.builder.lost_tasks = true;
                self.unresolved(range, "which DAG the tasks of this block belong to is not known");
            }
        }
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
                    Value::Dict(_) => &collection.keys,
                    _ => &collection.items,
                };
                if !self.budget.pay(items.len()) {
                    return Iteration::Unknown;
                }
                if collection.open {
                    Iteration::Open(items.clone())
                } else {
                    Iteration::Known(items.clone())
                }
            }
            Value::Text(text) if text.len() <= ITEMS && self.budget.pay(text.len()) => Iteration::Known(
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

/// Whether a handler of these exceptions may catch what Airflow raises where it refuses an id.
fn catches_airflow(exceptions: &Expr) -> bool {
    let exceptions = match exceptions {
        Expr::Tuple(tuple) => tuple.elts.as_slice(),
        one => std::slice::from_ref(one),
    };
    exceptions.iter().any(|exception| {
        let Expr::Name(name) = exception else {
            return true;
        };
        !matches!(
            name.id.as_str(),
            "ArithmeticError"
                | "AssertionError"
                | "AttributeError"
                | "FileNotFoundError"
                | "ImportError"
                | "IndexError"
                | "KeyError"
                | "LookupError"
                | "ModuleNotFoundError"
                | "NameError"
                | "OSError"
        )
    })
}

/// What a class inherits from one that is imported.
fn imported_base(path: &str) -> Base {
    let name = library::last(path);
    match library::known(path) {
        Some(Known::Dag) => Base::Dag,
        Some(Known::Group) => Base::Group,
        _ if library::is_operator(name) => Base::Operator,
        _ if library::is_quiet(path) => Base::Plain,
        _ => Base::Unknown(name.into()),
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
