//! Calls: of the file's own functions, and of everything else.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    rc::Rc,
};

use super::{
    build::{Direction, Discovery, Node, Operator},
    interpret::Interpreter,
    library, operators,
    statement::Flow,
    value::{Argument, Arguments, Base, Body, Function, Kind, Recipe, Role, Value},
};

impl<'a> Interpreter<'a> {
    pub(super) fn call(&mut self, callee: &Value<'a>, arguments: &Arguments<'a>, range: &Range<usize>) -> Value<'a> {
        let result = self.deeper(range, |this| this.called(callee, arguments, range));
        match result {
            Some(recipe @ Value::Recipe(_)) => self.heap.own(recipe),
            Some(value) => value,
            None => Value::Foreign,
        }
    }

    fn called(&mut self, callee: &Value<'a>, arguments: &Arguments<'a>, range: &Range<usize>) -> Value<'a> {
        if !self.spend(1, range) || !self.budget.pay(arguments.len()) {
            return Value::Foreign;
        }
        match callee {
            Value::Import(path) => self.call_import(path, arguments, range),
            Value::Builtin(name) => self.call_builtin(name, arguments, range),
            Value::Function(function) => self.call_function(function, arguments, range),
            Value::Class(class) => self.call_class(class, arguments, range),
            Value::Recipe(recipe) => self.call_recipe(recipe, arguments, range),
            Value::Method(method) => self.call_method(&method.0, &method.1, arguments, range),
            Value::Instance(class, _) if class.find("__call__", &self.budget).is_some() => {
                self.call_method(callee, "__call__", arguments, range)
            }
            Value::Unknown if arguments.get("task_id").is_none() => Value::Unknown,
            _ => self.call_foreign(None, arguments, range),
        }
    }

    /// Runs a function of the file with what is known of its arguments.
    pub(super) fn call_function(
        &mut self,
        function: &Rc<Function<'a>>,
        arguments: &Arguments<'a>,
        range: &Range<usize>,
    ) -> Value<'a> {
        let receiver = function
            .parameters
            .and_then(|parameters| parameters.iter_non_variadic_params().next());
        self.receivers
            .push(receiver.map(|receiver| receiver.parameter.name.as_str()));
        let result = self.result_of(function.scope, |this| {
            this.bind_parameters(function, arguments);
            match function.body {
                Body::Statements(statements) => this.run(statements),
                Body::Expression(expression) => Flow::Return(this.evaluate(expression)),
                Body::Generator => {
                    let values: Vec<_> = arguments.iter().map(|argument| argument.value.clone()).collect();
                    this.escape(&values.iter().collect::<Vec<_>>(), range);
                    if !this.open_dags.is_empty() {
                        this.unresolved(range.clone(), "what this generator makes is not known");
                    }
                    Flow::Return(Value::Foreign)
                }
            }
        });
        self.receivers.pop();
        result
    }

    /// Calls a function that is called once for each set of arguments.
    fn call_cached(
        &mut self,
        function: &Rc<Function<'a>>,
        arguments: &Arguments<'a>,
        range: &Range<usize>,
    ) -> Value<'a> {
        let names = arguments
            .named
            .iter()
            .map(|(name, argument)| (Some(name.clone()), argument));
        let all = arguments
            .positional
            .iter()
            .map(|argument| (None, argument))
            .chain(names);
        let keys: Option<Vec<_>> = all
            .map(|(name, argument)| Some((name, self.heap.key(&argument.value)?)))
            .collect();
        let Some(keys) = keys.filter(|_| !arguments.open) else {
            return self.doubtful(
                range.clone(),
                "whether this call is the first one is not known",
                |this| this.call_function(function, arguments, range),
            );
        };
        let call = (function.range.start, function.scope, keys);
        if let Some(result) = self.results.get(&call) {
            return result.clone();
        }
        let result = self.call_function(function, arguments, range);
        self.results.insert(call, result.clone());
        result
    }

    /// Reads the functions among some values, which code that is not known may call in any way.
    pub(super) fn perhaps_call(&mut self, values: &[Value<'a>], range: &Range<usize>) {
        let unknown = Arguments {
            open: true,
            foreign: true,
            ..Arguments::default()
        };
        for value in values {
            if matches!(value, Value::Function(_) | Value::Recipe(_) | Value::Method(_)) {
                self.doubtful(range.clone(), "whether this function is called is not known", |this| {
                    this.call(value, &unknown, range)
                });
            }
        }
    }

    fn bind_parameters(&mut self, function: &Rc<Function<'a>>, arguments: &Arguments<'a>) {
        let Some(parameters) = function.parameters else {
            return;
        };
        // A parameter is looked up by its name and bound.
        if !self.budget.pay(4 * parameters.len() + arguments.len()) {
            return;
        }
        let missing = if arguments.open { Value::Foreign } else { Value::Unknown };
        let mut positional = arguments.positional.iter();
        let named: BTreeMap<&str, &Argument<'a>> = arguments
            .named
            .iter()
            .map(|(name, argument)| (&**name, argument))
            .collect();
        let mut taken: BTreeSet<&str> = BTreeSet::new();
        for parameter in parameters.posonlyargs.iter().chain(&parameters.args) {
            let name = parameter.parameter.name.as_str();
            taken.insert(name);
            let value = positional
                .next()
                .or_else(|| named.get(name).copied())
                .map(|argument| argument.value.clone())
                .or_else(|| function.defaults.get(name).filter(|_| !arguments.open).cloned());
            self.scopes.bind(name, value.unwrap_or_else(|| missing.clone()));
        }
        if let Some(parameter) = &parameters.vararg {
            let rest: Vec<_> = positional.map(|argument| argument.value.clone()).collect();
            let rest = self.collect(rest, arguments.open);
            self.scopes.bind(parameter.name.as_str(), Value::Tuple(rest));
        }
        for parameter in &parameters.kwonlyargs {
            let name = parameter.parameter.name.as_str();
            taken.insert(name);
            let value = named
                .get(name)
                .map(|argument| argument.value.clone())
                .or_else(|| function.defaults.get(name).filter(|_| !arguments.open).cloned());
            self.scopes.bind(name, value.unwrap_or_else(|| missing.clone()));
        }
        if let Some(parameter) = &parameters.kwarg {
            let dict = self.collect(Vec::new(), arguments.open);
            for (name, argument) in &arguments.named {
                if !taken.contains(&**name) {
                    self.put(dict, Value::Text(name.clone()), argument.value.clone());
                }
            }
            self.scopes.bind(parameter.name.as_str(), Value::Dict(dict));
        }
    }

    /// Calls something that is not in this file and not known: it may do anything to the DAGs that it can reach.
    pub(super) fn call_foreign(
        &mut self,
        name: Option<&str>,
        arguments: &Arguments<'a>,
        range: &Range<usize>,
    ) -> Value<'a> {
        if arguments.get("task_id").is_some() {
            match name {
                // A function may take the id of a task for any reason.
                Some(name) if !library::is_class(name) => {}
                Some(name) => {
                    return self.make_task(Operator::of_class(name), arguments, &[], range, false, Role::Work, None);
                }
                None => {
                    self.unresolved(range.clone(), "which operator this makes is not known");
                    return Value::Foreign;
                }
            }
        }
        let escaping: Vec<_> = arguments.iter().map(|argument| argument.value.clone()).collect();
        self.escape(&escaping.iter().collect::<Vec<_>>(), range);
        let makes_tasks = match name {
            Some(name) => !library::is_class(name) || library::is_operator(name) || library::is_maker(name),
            None => true,
        };
        if makes_tasks && !self.open_dags.is_empty() {
            self.unresolved(range.clone(), "what this call adds to the DAG is not known");
        }
        Value::Foreign
    }

    /// Notes that DAGs, tasks and groups are handed to code that is not known.
    pub(super) fn escape(&mut self, values: &[&Value<'a>], range: &Range<usize>) {
        let mut dags = BTreeSet::new();
        let mut all = false;
        let mut objects = Vec::new();
        for value in values {
            self.heap.walk(value, |value| match value {
                Value::Dag(dag) => {
                    dags.insert(Some(*dag));
                }
                Value::Task(task) => {
                    dags.insert(self.builder.tasks.get(*task).and_then(|task| task.dag));
                }
                Value::Group(group) => {
                    dags.insert(self.builder.groups.get(*group).and_then(|group| group.dag));
                }
                Value::Output(tasks) if self.budget.pay(tasks.len()) => dags.extend(
                    tasks
                        .iter()
                        .map(|task| self.builder.tasks.get(*task).and_then(|task| task.dag)),
                ),
                Value::Globals => all = true,
                Value::Instance(_, attributes) => objects.push(*attributes),
                _ => {}
            });
        }
        for attributes in objects {
            self.change(attributes, |attributes| attributes.open = true);
        }
        if all {
            self.unresolved(range.clone(), "what this call binds in the module is not known");
        }
        for dag in dags {
            if let Some(draft) = dag.and_then(|dag| self.builder.dags.get_mut(dag)) {
                draft.discovery = Discovery::Found;
            }
            self.unresolved_in(dag, range.clone(), "what this call adds to the DAG is not known");
        }
    }

    fn call_recipe(&mut self, recipe: &Rc<Recipe<'a>>, arguments: &Arguments<'a>, range: &Range<usize>) -> Value<'a> {
        match &**recipe {
            Recipe::Decorator { kind, settings } => match arguments.positional.first().map(|first| &first.value) {
                Some(decorated) if *kind == Kind::Condition => decorated.clone(),
                Some(Value::Function(function)) if *kind == Kind::Asset => {
                    self.make_asset_dag(function, settings, range)
                }
                Some(Value::Function(function)) => decorated(kind.clone(), function, settings.clone()),
                Some(Value::Recipe(inner)) => with_role(inner, kind),
                _ => {
                    self.unresolved(range.clone(), "what is made of this function is not known");
                    Value::Foreign
                }
            },
            Recipe::Decorated {
                kind,
                function,
                settings,
                bound,
                role,
            } => {
                let given = bound.merged(arguments);
                match kind {
                    Kind::Dag => self.make_decorated_dag(function, settings, range),
                    Kind::Group => self.make_decorated_group(function, settings, &given, &[], range),
                    Kind::Task(flavour) => self.make_decorated_task(flavour, function, settings, &given, *role, range),
                    Kind::Setup | Kind::Teardown | Kind::Asset | Kind::Condition => Value::Foreign,
                }
            }
            Recipe::Operator { .. } | Recipe::Property(_) => Value::Foreign,
            Recipe::Cached(function) => self.call_cached(function, arguments, range),
            Recipe::Wraps(original) => match arguments.positional.first() {
                Some(wrapper) => self.wrap(&wrapper.value, original, range),
                None => Value::Foreign,
            },
            Recipe::Partial { callee, bound } => self.call(callee, &bound.merged(arguments), range),
        }
    }

    pub(super) fn call_method(
        &mut self,
        owner: &Value<'a>,
        name: &str,
        arguments: &Arguments<'a>,
        range: &Range<usize>,
    ) -> Value<'a> {
        match (owner, name) {
            (Value::Import(path), "partial") if library::is_class(library::last(path)) => {
                self.operator_partial(operators::class_name(path), arguments)
            }
            (Value::Class(class), "partial") if class.base == Base::Operator => {
                self.operator_partial(&class.name, arguments)
            }
            (Value::Task(_) | Value::Output(_) | Value::Group(_), "set_upstream" | "set_downstream") => {
                if let Some(other) = arguments.at(0, "task_or_task_list") {
                    let direction = if name == "set_upstream" {
                        Direction::Upstream
                    } else {
                        Direction::Downstream
                    };
                    let owner_range = owner_range(range, arguments);
                    self.depend(
                        (owner, None, owner_range),
                        direction,
                        (&other.value, None, other.range.clone()),
                    );
                }
                Value::None
            }
            (Value::Task(_) | Value::Output(_), "as_setup") => {
                self.set_role(owner, Role::Setup);
                owner.clone()
            }
            (Value::Task(_) | Value::Output(_), "as_teardown") => self.as_teardown(owner, arguments, range),
            (Value::Output(_), "map" | "zip" | "concat") => {
                let mut tasks = BTreeSet::new();
                for value in std::iter::once(owner).chain(arguments.iter().map(|argument| &argument.value)) {
                    tasks.extend(self.heap.outputs(value));
                }
                Value::Output(tasks.into_iter().collect())
            }
            (Value::Group(group), "get_child_by_label") => match arguments.positional.first().map(|first| &first.value)
            {
                Some(Value::Text(label)) => self.child(*group, label),
                _ => Value::Foreign,
            },
            (Value::Function(_) | Value::Recipe(_) | Value::Builtin(_) | Value::Import(_), "__call__") => {
                self.call(owner, arguments, range)
            }
            (Value::Dag(dag), _) => self.call_dag_method(*dag, name, arguments, range),
            (Value::Recipe(recipe), _) => {
                let result = self.call_recipe_method(&recipe.clone(), name, arguments, range);
                self.heap.own(result)
            }
            (
                Value::Task(_) | Value::Output(_) | Value::Group(_) | Value::Label(_),
                "__rshift__" | "__lshift__" | "__rrshift__" | "__rlshift__",
            ) => self.shift(owner, name, arguments, range),
            (Value::Method(method), _) => {
                self.change_inside(&method.0, &method.1, name, range);
                Value::Unknown
            }
            (Value::Parent(parent), _) => self
                .deeper(range, |this| {
                    this.call_parent(&parent.0, &parent.1, name, arguments, range)
                })
                .unwrap_or(Value::Foreign),
            (Value::Class(class) | Value::Instance(class, _), _) => {
                let callee = self.member(owner, class, name, range);
                self.call(&callee, arguments, range)
            }
            (
                Value::Text(_)
                | Value::List(_)
                | Value::Tuple(_)
                | Value::Set(_)
                | Value::Dict(_)
                | Value::Duration(_)
                | Value::Builtin(_)
                | Value::Globals,
                _,
            ) => self.call_builtin_method(owner, name, arguments),
            (Value::Task(task), _) => {
                let class = self.task_classes.get(task).cloned();
                match class.filter(|class| class.find(name, &self.budget).is_some()) {
                    Some(class) => {
                        let callee = self.member(owner, &class, name, range);
                        self.call(&callee, arguments, range)
                    }
                    None => Value::Unknown,
                }
            }
            (Value::Group(_) | Value::Output(_), _) => Value::Unknown,
            (Value::Foreign, _) => self.call_foreign(None, arguments, range),
            _ => {
                let callee = self.attribute(owner, name);
                self.call(&callee, arguments, range)
            }
        }
    }

    fn as_teardown(&mut self, owner: &Value<'a>, arguments: &Arguments<'a>, range: &Range<usize>) -> Value<'a> {
        self.set_role(owner, Role::Teardown);
        if let Some(setups) = arguments.get("setups").cloned() {
            let (ends, _) = self.ends(&setups.value, None, &setups.range);
            for end in &ends {
                match &end.node {
                    Node::Task(task) => self.set_role(&Value::Task(*task), Role::Setup),
                    Node::Outputs(tasks) => self.set_role(&Value::Output(tasks.clone()), Role::Setup),
                    Node::Group(_) | Node::Label(_) => {}
                }
            }
            self.depend(
                (owner, None, range.clone()),
                Direction::Upstream,
                (&setups.value, None, setups.range.clone()),
            );
        }
        owner.clone()
    }

    /// `owner.__rshift__(…)` and the like.
    fn shift(&mut self, owner: &Value<'a>, name: &str, arguments: &Arguments<'a>, range: &Range<usize>) -> Value<'a> {
        let direction = match name {
            "__rshift__" | "__rlshift__" => Direction::Downstream,
            _ => Direction::Upstream,
        };
        let Some(other) = arguments.positional.first() else {
            return Value::Foreign;
        };
        self.depend(
            (owner, None, owner_range(range, arguments)),
            direction,
            (&other.value, None, other.range.clone()),
        );
        other.value.clone()
    }

    /// `Operator.partial(…)`
    fn operator_partial(&mut self, class: &str, arguments: &Arguments<'a>) -> Value<'a> {
        self.heap.own(Value::Recipe(Rc::new(Recipe::Operator {
            class: class.into(),
            settings: arguments.clone(),
        })))
    }

    fn call_recipe_method(
        &mut self,
        recipe: &Rc<Recipe<'a>>,
        name: &str,
        arguments: &Arguments<'a>,
        range: &Range<usize>,
    ) -> Value<'a> {
        match (&**recipe, name) {
            (Recipe::Operator { class, settings }, "expand" | "expand_kwargs") => {
                let mapped: Vec<_> = arguments.iter().cloned().collect();
                self.make_task(
                    Operator::of_class(class),
                    settings,
                    &mapped,
                    range,
                    false,
                    Role::Work,
                    None,
                )
            }
            (
                Recipe::Decorated {
                    kind,
                    function,
                    settings,
                    bound,
                    role,
                },
                _,
            ) => match name {
                "override" => Value::Recipe(Rc::new(Recipe::Decorated {
                    kind: kind.clone(),
                    function: function.clone(),
                    settings: settings.merged(arguments),
                    bound: bound.clone(),
                    role: *role,
                })),
                "partial" => Value::Recipe(Rc::new(Recipe::Decorated {
                    kind: kind.clone(),
                    function: function.clone(),
                    settings: settings.clone(),
                    bound: bound.merged(arguments),
                    role: *role,
                })),
                "expand" | "expand_kwargs" => {
                    let mapped: Vec<_> = arguments.iter().cloned().collect();
                    match kind {
                        Kind::Group => self.make_decorated_group(function, settings, bound, &mapped, range),
                        Kind::Task(flavour) => {
                            let given = bound.merged(arguments);
                            self.make_decorated_task(flavour, function, settings, &given, *role, range)
                        }
                        _ => Value::Foreign,
                    }
                }
                _ => Value::Unknown,
            },
            _ => Value::Unknown,
        }
    }
}

/// Where `owner` stands in `owner.method(…)`: what is before the first argument is near enough for a reader.
fn owner_range(range: &Range<usize>, arguments: &Arguments<'_>) -> Range<usize> {
    let end = arguments
        .iter()
        .map(|argument| argument.range.start)
        .min()
        .unwrap_or(range.end);
    range.start..end.max(range.start)
}

/// What a decorator of Airflow makes of a function.
pub(super) fn decorated<'a>(kind: Kind, function: &Rc<Function<'a>>, settings: Arguments<'a>) -> Value<'a> {
    let (kind, role) = match kind {
        Kind::Setup => (Kind::Task("python".into()), Role::Setup),
        Kind::Teardown => (Kind::Task("python".into()), Role::Teardown),
        kind => (kind, Role::Work),
    };
    Value::Recipe(Rc::new(Recipe::Decorated {
        kind,
        function: function.clone(),
        settings,
        bound: Arguments::default(),
        role,
    }))
}

/// What `@setup` and `@teardown` make of a function that is a task already.
pub(super) fn with_role<'a>(recipe: &Rc<Recipe<'a>>, kind: &Kind) -> Value<'a> {
    let role = match kind {
        Kind::Setup => Role::Setup,
        Kind::Teardown => Role::Teardown,
        _ => return Value::Foreign,
    };
    let mut recipe = (**recipe).clone();
    if let Recipe::Decorated { role: before, .. } = &mut recipe {
        *before = role;
    }
    Value::Recipe(Rc::new(recipe))
}
