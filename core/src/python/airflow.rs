//! What Airflow's own names do when they are called.

use std::{ops::Range, rc::Rc};

use crate::dag::Member;

use super::{
    build::{Claim, Direction, Discovery, End, GroupDraft, Node, Operator, TaskDraft},
    call::{decorated, with_role},
    dags,
    interpret::Interpreter,
    library::{self, Known},
    operators,
    statement::Iteration,
    value::{Argument, Arguments, Function, Kind, Recipe, Role, Value},
};

const CHANGED: &str = "what changing the DAG afterwards does is not known";
const RETRIES: &str = "how often this is tried again is not known";

const CLASS: &str = "what this class adds to the DAG is not known";

/// Seconds to microseconds.
const SECOND: f64 = 1_000_000.0;

/// A setting of a task, after everything that may give it was asked.
pub(super) enum Setting<'a> {
    Missing,
    Known(Value<'a>, Range<usize>),
    Unknown(Range<usize>),
}

impl<'a> Interpreter<'a> {
    pub(super) fn call_import(&mut self, path: &str, arguments: &Arguments<'a>, range: &Range<usize>) -> Value<'a> {
        let name = library::last(path);
        match library::known(path) {
            Some(Known::Dag) => Value::Dag(self.make_dag(arguments, None, range)),
            Some(Known::Group) => Value::Group(self.make_group(arguments, None, false, range)),
            // What it is given first is the condition, and no function to decorate.
            Some(Known::Decorator(Kind::Condition)) => Value::Recipe(Rc::new(Recipe::Decorator {
                kind: Kind::Condition,
                settings: arguments.clone(),
            })),
            Some(Known::Decorator(kind)) => match arguments.positional.first().map(|first| &first.value) {
                Some(Value::Function(function)) => decorated(kind, function, Arguments::default()),
                Some(Value::Recipe(recipe)) => with_role(recipe, &kind),
                // A function that is not known; `@dag` and `@task_group` may be given an id first.
                Some(_) if !matches!(kind, Kind::Dag | Kind::Group | Kind::Asset) => Value::Foreign,
                _ => Value::Recipe(Rc::new(Recipe::Decorator {
                    kind,
                    settings: arguments.clone(),
                })),
            },
            Some(Known::Chain) => self.chain(arguments, range),
            Some(Known::ChainLinear) => self.chain_linear(arguments, range),
            Some(Known::CrossDownstream) => self.cross_downstream(arguments),
            Some(Known::Label) => Value::Label(self.builder.add_label()),
            Some(Known::Output) => match arguments.at(0, "operator").map(|operator| &operator.value) {
                Some(Value::Task(task)) => Value::Output([*task].into()),
                _ => Value::Foreign,
            },
            Some(Known::TriggerRule) => match arguments.positional.first().map(|first| &first.value) {
                Some(Value::Text(rule)) => Value::Text(rule.clone()),
                _ => Value::Unknown,
            },
            Some(Known::Timedelta) => timedelta(arguments),
            Some(Known::Mail) => match arguments.get("to") {
                Some(to) => Value::Mail(self.addresses(&to.value.clone()).into()),
                None => Value::Unknown,
            },
            Some(Known::Slack) => match arguments.get("channel").map(|channel| &channel.value) {
                Some(Value::Text(channel)) => Value::Slack(channel.clone()),
                _ => Value::Unknown,
            },
            Some(Known::Asset) => dags::asset(arguments, &self.airflow.version),
            Some(Known::Cache) => match arguments.at(0, "user_function").map(|function| &function.value) {
                Some(Value::Function(function)) => Value::Recipe(Rc::new(Recipe::Cached(function.clone()))),
                // Its settings: the function comes next.
                None | Some(Value::None | Value::Integer(_)) => Value::Import("functools.cache".into()),
                Some(other) => other.clone(),
            },
            Some(Known::Wraps) => match arguments.at(0, "wrapped") {
                Some(original) => Value::Recipe(Rc::new(Recipe::Wraps(original.value.clone()))),
                None => Value::Foreign,
            },
            Some(Known::UpdateWrapper) => match (arguments.at(0, "wrapper"), arguments.at(1, "wrapped")) {
                (Some(wrapper), Some(original)) => self.wrap(&wrapper.value, &original.value, range),
                _ => Value::Foreign,
            },
            Some(Known::Partial) => match arguments.positional.split_first() {
                Some((callee, rest)) => Value::Recipe(Rc::new(Recipe::Partial {
                    callee: callee.value.clone(),
                    bound: Arguments {
                        positional: rest.to_vec(),
                        ..arguments.clone()
                    },
                })),
                None => Value::Unknown,
            },
            None => self.call_other(path, name, arguments, range),
        }
    }

    fn call_other(&mut self, path: &str, name: &str, arguments: &Arguments<'a>, range: &Range<usize>) -> Value<'a> {
        let operator = || Operator::of_class(operators::class_name(path));
        if arguments.get("task_id").is_some() && library::is_class(name) {
            return self.make_task(operator(), arguments, &[], range, false, Role::Work, None);
        }
        match path {
            "copy.copy" | "copy.deepcopy" => {
                return match arguments.positional.first().map(|first| first.value.clone()) {
                    Some(Value::Dict(dict)) => {
                        let copy = self.collect(Vec::new(), false);
                        self.update(copy, &Value::Dict(dict));
                        Value::Dict(copy)
                    }
                    Some(Value::List(list)) => {
                        let (items, open) = self.copied(list);
                        Value::List(self.collect(items, open))
                    }
                    Some(value) => value,
                    None => Value::Unknown,
                };
            }
            "collections.OrderedDict" => return self.call_builtin("dict", arguments, range),
            "operator.rshift" | "operator.irshift" | "operator.lshift" | "operator.ilshift" => {
                if let [one, two] = arguments.positional.as_slice() {
                    let direction = if name.ends_with("rshift") {
                        Direction::Downstream
                    } else {
                        Direction::Upstream
                    };
                    let ends = (one.range.clone(), two.range.clone());
                    self.depend((&one.value, None, ends.0), direction, (&two.value, None, ends.1));
                    return two.value.clone();
                }
            }
            "functools.reduce" => return self.reduce(arguments, range),
            _ => {}
        }
        if library::is_quiet(path) {
            if library::is_operator(name) && path.starts_with("airflow.") && !self.open_dags.is_empty() {
                return self.make_task(operator(), arguments, &[], range, false, Role::Work, None);
            }
            if !path.starts_with("airflow.") {
                let values: Vec<_> = arguments.iter().map(|argument| argument.value.clone()).collect();
                self.perhaps_call(&values, range);
            }
            return Value::Unknown;
        }
        self.call_foreign_class(name, arguments, range)
    }

    /// Calls what may be a class of that name, of which nothing is known.
    pub(super) fn call_foreign_class(
        &mut self,
        name: &str,
        arguments: &Arguments<'a>,
        range: &Range<usize>,
    ) -> Value<'a> {
        if library::is_class(name) && library::is_maker(name) {
            if arguments.get("dag_id").is_some() {
                let made = self.make_foreign_dag(arguments, range, true);
                if let Value::Dag(dag) = made
                    && let Some(draft) = self.builder.dags.get_mut(dag)
                {
                    draft.discovery = Discovery::Found;
                }
                return made;
            }
            if arguments.get("group_id").is_some() {
                return self.make_foreign_group(arguments, range, true);
            }
        }
        self.call_foreign(Some(name), arguments, range)
    }

    /// Makes a DAG by a class that inherits from Airflow's, and that may add something of its own.
    pub(super) fn make_foreign_dag(
        &mut self,
        arguments: &Arguments<'a>,
        range: &Range<usize>,
        adds: bool,
    ) -> Value<'a> {
        let dag = self.make_dag(arguments, None, range);
        if adds {
            self.unresolved_in(Some(dag), range.clone(), CLASS);
        }
        Value::Dag(dag)
    }

    /// Makes a group by a class that inherits from Airflow's, and that may add something of its own.
    pub(super) fn make_foreign_group(
        &mut self,
        arguments: &Arguments<'a>,
        range: &Range<usize>,
        adds: bool,
    ) -> Value<'a> {
        let group = self.make_group(arguments, None, false, range);
        if adds {
            let dag = self.builder.groups.get(group).and_then(|group| group.dag);
            self.unresolved_in(dag, range.clone(), CLASS);
        }
        Value::Group(group)
    }

    /// `functools.update_wrapper(wrapper, original)`: the one takes the name of the other.
    pub(super) fn wrap(&mut self, wrapper: &Value<'a>, original: &Value<'a>, range: &Range<usize>) -> Value<'a> {
        let Value::Function(function) = wrapper else {
            return wrapper.clone();
        };
        let (name, place) = match original {
            Value::Function(original) => (original.name.clone(), original.range.clone()),
            Value::Recipe(recipe) => match &**recipe {
                Recipe::Decorated { function, .. } => (function.name.clone(), function.range.clone()),
                _ => return Value::Foreign,
            },
            Value::Class(class) => (class.name.clone(), range.clone()),
            _ => return Value::Foreign,
        };
        let renamed = self.heap.own(Value::Function(Rc::new(Function {
            name,
            range: place,
            ..Function::clone(function)
        })));
        self.scopes.replace(wrapper, &renamed);
        renamed
    }

    fn reduce(&mut self, arguments: &Arguments<'a>, range: &Range<usize>) -> Value<'a> {
        let (Some(function), Some(items)) = (arguments.positional.first(), arguments.positional.get(1)) else {
            return Value::Foreign;
        };
        let Iteration::Known(items) = self.iterate(&items.value) else {
            return self.call_foreign(None, arguments, range);
        };
        let mut items = arguments
            .positional
            .get(2)
            .map(|start| start.value.clone())
            .into_iter()
            .chain(items);
        let Some(mut result) = items.next() else {
            return Value::Foreign;
        };
        let argument = |value| Argument {
            value,
            range: range.clone(),
        };
        for item in items {
            let pair = Arguments {
                positional: vec![argument(result), argument(item)],
                ..Arguments::default()
            };
            result = self.call(&function.value, &pair, range);
        }
        result
    }

    // ---- DAGs ----

    pub(super) fn make_decorated_dag(
        &mut self,
        function: &Rc<Function<'a>>,
        settings: &Arguments<'a>,
        range: &Range<usize>,
    ) -> Value<'a> {
        let dag = self.make_dag(settings, Some((&function.name, &function.range)), range);
        self.enter_dag(dag);
        // Airflow hands over a placeholder for each parameter, whose value comes with a run.
        let placeholders = Arguments {
            open: true,
            ..Arguments::default()
        };
        self.run_inside(function, &placeholders, range);
        self.leave_dag();
        Value::Dag(dag)
    }

    /// Makes the DAG of an `@asset`, whose only task is the function.
    pub(super) fn make_asset_dag(
        &mut self,
        function: &Rc<Function<'a>>,
        settings: &Arguments<'a>,
        range: &Range<usize>,
    ) -> Value<'a> {
        let dag = self.make_dag(settings, Some((&function.name, &function.range)), range);
        self.enter_dag(dag);
        let nothing = Arguments::default();
        let operator = Operator {
            class: Some("_AssetMainOperator".into()),
            decorator: Some("@asset".into()),
        };
        self.make_task(operator, &nothing, &[], range, false, Role::Work, Some(function));
        self.leave_dag();
        Value::Unknown
    }

    /// Runs the function of a DAG, whose parameters have no values yet.
    fn run_inside(&mut self, function: &Rc<Function<'a>>, arguments: &Arguments<'a>, range: &Range<usize>) {
        let mut given = arguments.clone();
        if let Some(parameters) = function.parameters {
            for parameter in parameters.iter_non_variadic_params() {
                let name = parameter.parameter.name.as_str();
                given = given.with(
                    name,
                    Argument {
                        value: Value::Unknown,
                        range: range.clone(),
                    },
                );
            }
        }
        self.call_function(function, &given, range);
    }

    pub(super) fn call_dag_method(
        &mut self,
        dag: usize,
        name: &str,
        arguments: &Arguments<'a>,
        range: &Range<usize>,
    ) -> Value<'a> {
        let find = |this: &Self, id: &Value<'a>| match id {
            Value::Text(id) if this.budget.pay(this.builder.tasks.len() / 8) => this
                .builder
                .tasks
                .iter()
                .position(|task| task.dag == Some(dag) && *task.id == **id),
            _ => None,
        };
        match name {
            "get_task" => arguments
                .at(0, "task_id")
                .and_then(|id| find(self, &id.value))
                .map_or(Value::Foreign, Value::Task),
            "add_task" | "add_tasks" => {
                if let Some(tasks) = arguments.positional.first().cloned() {
                    let (ends, known) = self.ends(&tasks.value, None, &tasks.range);
                    for end in ends {
                        if let Node::Task(task) = end.node
                            && self.builder.tasks.get(task).is_some_and(|task| task.dag.is_none())
                        {
                            self.builder.join(task, dag);
                        }
                    }
                    if !known {
                        self.unresolved_in(Some(dag), tasks.range, "which task this adds is not known");
                    }
                }
                Value::None
            }
            "set_dependency" => {
                let ends = (
                    arguments.at(0, "upstream_task_id"),
                    arguments.at(1, "downstream_task_id"),
                );
                if let (Some(one), Some(two)) = ends {
                    match (find(self, &one.value), find(self, &two.value)) {
                        (Some(upstream), Some(downstream)) => {
                            self.builder.add_edge(upstream, downstream, &one.range, &two.range);
                        }
                        _ => self.unresolved_in(Some(dag), range.clone(), "which task this stands for is not known"),
                    }
                }
                Value::None
            }
            "task" => {
                let kind = Kind::Task("python".into());
                let settings = Arguments {
                    positional: Vec::new(),
                    ..arguments.clone()
                };
                let settings = settings.with(
                    "dag",
                    Argument {
                        value: Value::Dag(dag),
                        range: range.clone(),
                    },
                );
                match arguments.positional.first().map(|first| &first.value) {
                    Some(Value::Function(function)) => decorated(kind, function, settings),
                    _ => Value::Recipe(Rc::new(Recipe::Decorator { kind, settings })),
                }
            }
            _ => Value::Unknown,
        }
    }

    // ---- Groups ----

    fn make_group(
        &mut self,
        arguments: &Arguments<'a>,
        named: Option<&Rc<Function<'a>>>,
        suffix: bool,
        range: &Range<usize>,
    ) -> usize {
        let parent = match arguments.get("parent_group").map(|argument| &argument.value) {
            Some(Value::Group(group)) => Some(*group),
            _ => self.open_groups.last().copied().flatten(),
        };
        let dag = match arguments.get("dag").map(|argument| &argument.value) {
            Some(Value::Dag(dag)) => Some(*dag),
            _ => parent
                .and_then(|parent| self.builder.groups.get(parent)?.dag)
                .or_else(|| self.open_dags.last().copied()),
        };
        let (id, place) = match (arguments.at(0, "group_id"), named) {
            (Some(argument), _) => match &argument.value {
                Value::Text(id) => (Some(id.to_string()), argument.range.clone()),
                Value::None => (Some(String::new()), argument.range.clone()),
                _ => (None, argument.range.clone()),
            },
            (None, Some(function)) => (Some(function.name.to_string()), function.range.clone()),
            (None, None) => (None, range.clone()),
        };
        let nameless = id.is_none() || arguments.open;
        if nameless {
            self.unresolved_in(dag, place.clone(), "the id of this task group is not known");
        }
        let flag = |name: &str| match arguments.get(name).map(|argument| &argument.value) {
            None => None,
            Some(Value::Bool(flag)) => Some(Ok(*flag)),
            Some(_) => Some(Err(())),
        };
        let prefix = match flag("prefix_group_id").or_else(|| {
            arguments.positional.get(1).map(|argument| match argument.value {
                Value::Bool(flag) => Ok(flag),
                _ => Err(()),
            })
        }) {
            None => true,
            Some(Ok(prefix)) => prefix,
            Some(Err(())) => {
                self.unresolved_in(
                    dag,
                    range.clone(),
                    "whether this task group puts its id in front is not known",
                );
                true
            }
        };
        let suffix = suffix || matches!(flag("add_suffix_on_collision"), Some(Ok(true)));
        let group = self.builder.add_group(
            &id.unwrap_or_default(),
            &place,
            suffix,
            GroupDraft {
                prefix,
                dag,
                parent,
                claim: if nameless { Claim::Unknown } else { Claim::Granted },
                ..GroupDraft::default()
            },
        );
        if let Some(defaults) = arguments.get("default_args") {
            let defaults = self.copied_defaults(defaults);
            self.group_defaults.insert(group, defaults);
        }
        self.settle();
        group
    }

    pub(super) fn make_decorated_group(
        &mut self,
        function: &Rc<Function<'a>>,
        settings: &Arguments<'a>,
        given: &Arguments<'a>,
        mapped: &[Argument<'a>],
        range: &Range<usize>,
    ) -> Value<'a> {
        let group = self.make_group(settings, Some(function), true, range);
        self.open_groups.push(Some(group));
        let mut sources = Vec::new();
        for argument in mapped {
            sources.extend(self.heap.outputs(&argument.value));
        }
        let mut given = given.clone();
        if !mapped.is_empty()
            && let Some(parameters) = function.parameters
        {
            for parameter in parameters.iter_non_variadic_params() {
                let name = parameter.parameter.name.as_str();
                if given.get(name).is_none() {
                    given = given.with(
                        name,
                        Argument {
                            value: Value::Output(sources.clone().into()),
                            range: range.clone(),
                        },
                    );
                }
            }
        }
        let result = self.call_function(function, &given, range);
        for source in sources {
            let place = mapped
                .first()
                .map_or_else(|| range.clone(), |argument| argument.range.clone());
            let end = |node, range| End { node, range };
            self.builder.relate(
                &end(Node::Group(group), range.clone()),
                Direction::Upstream,
                &[end(Node::Task(source), place)],
            );
        }
        self.open_groups.pop();
        self.settle();
        match result {
            Value::None => Value::Group(group),
            other => other,
        }
    }

    // ---- Tasks ----

    pub(super) fn make_decorated_task(
        &mut self,
        flavour: &str,
        function: &Rc<Function<'a>>,
        settings: &Arguments<'a>,
        given: &Arguments<'a>,
        role: Role,
        range: &Range<usize>,
    ) -> Value<'a> {
        let inputs: Vec<_> = given.iter().cloned().collect();
        let operator = Operator {
            class: operators::decorated_class(flavour).map(Rc::from),
            decorator: Some(operators::decorator_name(flavour).into()),
        };
        match self.make_task(operator, settings, &inputs, range, true, role, Some(function)) {
            Value::Task(task) => Value::Output([task].into()),
            other => other,
        }
    }

    /// Makes a task from the arguments of its operator, and lets it wait for those whose output it takes.
    #[expect(clippy::too_many_arguments, reason = "they are the whole of what makes a task")]
    pub(super) fn make_task(
        &mut self,
        operator: Operator,
        arguments: &Arguments<'a>,
        inputs: &[Argument<'a>],
        range: &Range<usize>,
        suffix: bool,
        role: Role,
        function: Option<&Rc<Function<'a>>>,
    ) -> Value<'a> {
        let dag = match arguments.get("dag").map(|argument| (&argument.value, &argument.range)) {
            Some((Value::Dag(dag), _)) => Some(*dag),
            None | Some((Value::None, _)) => self.open_dags.last().copied(),
            Some((value, place)) => {
                self.builder.lost_tasks |= !matches!(value, Value::Import(_));
                self.unresolved(place.clone(), "which DAG this task belongs to is not known");
                return Value::Foreign;
            }
        };
        let group = match arguments.get("task_group").map(|argument| &argument.value) {
            Some(Value::Group(group)) => Some(*group),
            _ if dag.is_some() => self.open_groups.last().copied().flatten(),
            _ => None,
        };
        if dag.is_none() && self.builder.is_airflow_2 {
            let group = self.open_groups.last().copied().flatten();
            let around = group.and_then(|group| self.builder.groups.get(group)?.dag);
            if around.is_some() {
                self.unresolved_in(
                    around,
                    range.clone(),
                    "whether this task belongs to this group is not known",
                );
            }
        }
        let (id, id_range) = match (arguments.get("task_id"), function) {
            (Some(argument), _) => (Some(argument.value.clone()), argument.range.clone()),
            (None, Some(function)) if !arguments.open => {
                (Some(Value::Text(function.name.clone())), function.range.clone())
            }
            _ => match self.setting("task_id", arguments, dag, group, range) {
                Setting::Known(value, place) => (Some(value), place),
                _ => (None, range.clone()),
            },
        };
        let Some(Value::Text(id)) = id else {
            self.unresolved_in(dag, id_range, "the id of this task is not known");
            return Value::Foreign;
        };
        let mut draft = TaskDraft {
            id: id.to_string(),
            id_range,
            call: range.clone(),
            operator,
            trigger_rule: Some(match role {
                Role::Teardown => "all_done_setup_success".to_owned(),
                _ => "all_success".to_owned(),
            }),
            retries: Some(0),
            role,
            dag,
            group,
            ..TaskDraft::default()
        };
        self.apply_settings(&mut draft, arguments, range);
        self.note_arguments(&mut draft, arguments, range);
        draft.homeless = dag.is_none() && arguments.open;
        if arguments.foreign {
            self.unresolved_in(dag, range.clone(), "what these arguments add to the DAG is not known");
        }
        let task = self.builder.add_task(draft, suffix);
        let waits_for = |argument: &&Argument<'a>| !matches!(argument.value, Value::Dag(_) | Value::Group(_));
        for argument in arguments.iter().chain(inputs).filter(waits_for) {
            for source in self.heap.outputs(&argument.value) {
                self.builder.add_edge(source, task, &argument.range, range);
            }
        }
        self.settle();
        Value::Task(task)
    }

    fn apply_settings(&mut self, draft: &mut TaskDraft, arguments: &Arguments<'a>, range: &Range<usize>) {
        let (dag, group) = (draft.dag, draft.group);
        draft.retries = match self.setting("retries", arguments, dag, group, range) {
            Setting::Known(Value::Integer(number), _) => Some(u32::try_from(number).unwrap_or(0)),
            Setting::Known(Value::Text(number), place) => {
                let number = number.trim().parse().ok();
                if number.is_none() {
                    self.note(place, RETRIES);
                }
                number
            }
            Setting::Missing | Setting::Known(Value::None, _) => Some(0),
            Setting::Known(_, place) | Setting::Unknown(place) => {
                self.note(place, RETRIES);
                None
            }
        };
        if draft.role != Role::Teardown {
            match self.setting("trigger_rule", arguments, dag, group, range) {
                Setting::Known(Value::Text(rule), _) => draft.trigger_rule = Some(current_rule(&rule).to_owned()),
                Setting::Missing => {}
                Setting::Known(_, place) | Setting::Unknown(place) => {
                    draft.trigger_rule = None;
                    self.note(place, "when this task may start is not known");
                }
            }
        }
        if let Setting::Known(Value::Duration(length), _) =
            self.setting("execution_timeout", arguments, dag, group, range)
        {
            draft.execution_timeout = length.to_string().parse::<f64>().ok().map(|length| length / SECOND);
        }
        let on_failure = self.setting("email_on_failure", arguments, dag, group, range);
        if !matches!(on_failure, Setting::Known(Value::Bool(false), _))
            && let Setting::Known(emails, _) = self.setting("email", arguments, dag, group, range)
        {
            draft.emails.extend(self.addresses(&emails));
        }
        if let Setting::Known(callbacks, _) = self.setting("on_failure_callback", arguments, dag, group, range) {
            let callbacks = match &callbacks {
                Value::Mail(_) | Value::Slack(_) => vec![callbacks],
                other => self.known_items(other),
            };
            for callback in callbacks {
                match callback {
                    Value::Mail(addresses) if self.budget.pay(addresses.len()) => {
                        draft.emails.extend(addresses.iter().cloned());
                    }
                    Value::Slack(channel) if self.budget.pay_text(channel.len()) => {
                        draft.slack_channels.push(channel.to_string());
                    }
                    _ => {}
                }
            }
        }
    }

    /// The addresses of a text, or of a list of texts.
    fn addresses(&mut self, value: &Value<'a>) -> Vec<String> {
        let texts = match value {
            Value::Text(_) => vec![value.clone()],
            other => self.known_items(other),
        };
        let mut addresses = Vec::new();
        for text in texts {
            if let Value::Text(text) = text
                && self.budget.pay(text.len() / 4)
            {
                let parts = text.split([',', ';']).map(str::trim);
                addresses.extend(parts.filter(|address| !address.is_empty()).map(str::to_owned));
            }
        }
        addresses
    }

    fn known_items(&mut self, value: &Value<'a>) -> Vec<Value<'a>> {
        match self.iterate(value) {
            Iteration::Known(items) | Iteration::Open(items) => items,
            Iteration::Unknown => Vec::new(),
        }
    }

    /// The `default_args` of a DAG or a group, which Airflow copies.
    pub(super) fn copied_defaults(&mut self, defaults: &Argument<'a>) -> Argument<'a> {
        let mut defaults = defaults.clone();
        if matches!(defaults.value, Value::Dict(_) | Value::None) {
            let copy = self.collect(Vec::new(), false);
            if matches!(defaults.value, Value::Dict(_)) {
                self.update(copy, &defaults.value);
            }
            defaults.value = Value::Dict(copy);
        }
        defaults
    }

    /// `owner.attribute.name(…)`, of something that belongs to a DAG and is no value here.
    pub(super) fn change_inside(&mut self, owner: &Value<'a>, attribute: &str, name: &str, range: &Range<usize>) {
        let changes = matches!(
            name,
            "add"
                | "append"
                | "clear"
                | "difference_update"
                | "discard"
                | "extend"
                | "insert"
                | "intersection_update"
                | "pop"
                | "popitem"
                | "remove"
                | "setdefault"
                | "update"
                | "__delitem__"
                | "__setitem__"
        );
        let dag = match owner {
            Value::Dag(dag) => Some(*dag),
            Value::Task(task) => self.builder.tasks.get(*task).and_then(|task| task.dag),
            Value::Group(group) => self.builder.groups.get(*group).and_then(|group| group.dag),
            _ => None,
        };
        match (dag, attribute) {
            (Some(dag), "tags") if changes && matches!(owner, Value::Dag(_)) => {
                self.unknown_member(dag, Member::Tags, range.clone(), CHANGED);
            }
            (
                Some(_),
                "children"
                | "downstream_group_ids"
                | "downstream_task_ids"
                | "task_dict"
                | "upstream_group_ids"
                | "upstream_task_ids"
                | "used_group_ids",
            ) if changes => self.unresolved_in(dag, range.clone(), CHANGED),
            _ => {}
        }
    }

    /// What `default_args` say of an argument that an operator was not given.
    pub(super) fn default_argument(
        &self,
        name: &str,
        arguments: &Arguments<'a>,
        dag: Option<usize>,
        group: Option<usize>,
        range: &Range<usize>,
    ) -> Option<Argument<'a>> {
        match self.setting(name, arguments, dag, group, range) {
            Setting::Known(value, range) => Some(Argument { value, range }),
            // A setting, and no part of the graph.
            Setting::Unknown(range) if !arguments.open => Some(Argument {
                value: Value::Unknown,
                range,
            }),
            Setting::Unknown(_) | Setting::Missing => None,
        }
    }

    /// What holds for a task: its own argument, or the nearest `default_args` that has one.
    pub(super) fn setting(
        &self,
        name: &str,
        arguments: &Arguments<'a>,
        dag: Option<usize>,
        group: Option<usize>,
        range: &Range<usize>,
    ) -> Setting<'a> {
        if let Some(argument) = arguments.get(name) {
            return Setting::Known(argument.value.clone(), argument.range.clone());
        }
        if arguments.open {
            return Setting::Unknown(range.clone());
        }
        let own = arguments.get("default_args").into_iter();
        let around = |group: &usize| self.builder.groups.get(*group)?.parent.filter(|_| self.budget.pay(1));
        let groups = std::iter::successors(group, around).filter_map(|group| self.group_defaults.get(&group));
        let dags = dag.and_then(|dag| self.dag_defaults.get(&dag)).into_iter();
        for defaults in own.chain(groups).chain(dags) {
            match &defaults.value {
                Value::None => {}
                Value::Dict(dict) => {
                    if let Some(value) = self.entry(*dict, name) {
                        return Setting::Known(value, defaults.range.clone());
                    }
                    if self.heap.get(*dict).open {
                        return Setting::Unknown(defaults.range.clone());
                    }
                }
                _ => return Setting::Unknown(defaults.range.clone()),
            }
        }
        Setting::Missing
    }

    pub(super) fn set_role(&mut self, owner: &Value<'a>, role: Role) {
        let tasks: Vec<usize> = match owner {
            Value::Task(task) => vec![*task],
            Value::Output(tasks) => tasks.to_vec(),
            _ => return,
        };
        for task in tasks {
            if let Some(draft) = self.builder.tasks.get_mut(task) {
                draft.role = role;
                if role == Role::Teardown {
                    draft.trigger_rule = Some("all_done_setup_success".to_owned());
                }
            }
        }
    }

    /// `owner.name = value`
    pub(super) fn set_attribute(&mut self, owner: &Value<'a>, name: &str, argument: &Argument<'a>) {
        match (owner, name) {
            (Value::Task(task), "dag") => {
                if let Value::Dag(dag) = argument.value {
                    if self.builder.tasks.get(*task).is_some_and(|task| task.dag.is_none()) {
                        self.builder.join(*task, dag);
                        self.settle();
                    }
                } else {
                    self.unresolved(argument.range.clone(), "which DAG this task belongs to is not known");
                }
            }
            (Value::Class(class), _) if name.starts_with("__") || name == "template_fields" => {
                self.builder.lost_tasks = true;
                self.note(
                    argument.range.clone(),
                    format!("what changing {} does is not known", class.name),
                );
            }
            (Value::Class(class), _) => self.put(class.changed, Value::Text(name.into()), argument.value.clone()),
            (Value::Instance(_, attributes), _) => {
                self.put(*attributes, Value::Text(name.into()), argument.value.clone());
            }
            (Value::Task(task), "retries" | "trigger_rule" | "execution_timeout" | "email") => {
                let Some(draft) = self.builder.tasks.get(*task) else {
                    return;
                };
                let mut changed = TaskDraft {
                    trigger_rule: draft.trigger_rule.clone(),
                    retries: draft.retries,
                    role: draft.role,
                    dag: draft.dag,
                    group: draft.group,
                    ..TaskDraft::default()
                };
                let arguments = Arguments::default().with(name, argument.clone());
                self.apply_settings(&mut changed, &arguments, &argument.range);
                if self.doubts() > 0 {
                    match name {
                        "retries" => changed.retries = None,
                        "trigger_rule" => changed.trigger_rule = None,
                        _ => {}
                    }
                    self.note(argument.range.clone(), "whether this is set is not known");
                }
                let said = self.literal_if_certain(&argument.value);
                if let Some(draft) = self.builder.tasks.get_mut(*task) {
                    draft.told.named.insert(name.to_owned(), said);
                    match name {
                        "retries" => draft.retries = changed.retries,
                        "trigger_rule" => draft.trigger_rule = changed.trigger_rule,
                        "execution_timeout" => draft.execution_timeout = changed.execution_timeout,
                        _ => draft.emails = changed.emails,
                    }
                }
            }
            (
                Value::Task(task),
                "task_id"
                | "_task_id"
                | "task_group"
                | "upstream_task_ids"
                | "downstream_task_ids"
                | "task_type"
                | "_task_type"
                | "template_fields"
                | "is_setup"
                | "is_teardown",
            ) => {
                let dag = self.builder.tasks.get(*task).and_then(|task| task.dag);
                self.unresolved_in(
                    dag,
                    argument.range.clone(),
                    "what changing the task afterwards does is not known",
                );
            }
            (Value::Task(task), _) => {
                let said = self.literal_if_certain(&argument.value);
                if let Some(draft) = self.builder.tasks.get_mut(*task) {
                    draft.told.named.insert(name.to_owned(), said);
                }
                if let Some(attributes) = self.task_attributes.get(task).copied() {
                    self.put(attributes, Value::Text(name.into()), argument.value.clone());
                }
                self.set_field(*task, name, argument);
            }
            (Value::Dag(dag), "default_args") => self.unresolved_in(Some(*dag), argument.range.clone(), CHANGED),
            (Value::Dag(dag), name) => {
                let member = match name {
                    "dag_id" => Member::DagId,
                    "schedule" | "schedule_interval" | "timetable" => Member::Schedule,
                    "catchup" => Member::Catchup,
                    "tags" => Member::Tags,
                    "description" => Member::Description,
                    _ => return,
                };
                self.unknown_member(*dag, member, argument.range.clone(), CHANGED);
            }
            _ => {}
        }
    }

    // ---- Dependencies ----

    fn chain(&mut self, arguments: &Arguments<'a>, range: &Range<usize>) -> Value<'a> {
        if arguments.open {
            self.unresolved(range.clone(), "which tasks this chain holds is not known");
        }
        for pair in arguments.positional.windows(2) {
            let [up, down] = pair else {
                continue;
            };
            let is_list = |value: &Value<'a>| matches!(value, Value::List(_) | Value::Tuple(_));
            if !is_list(&up.value) || !is_list(&down.value) {
                self.depend(
                    (&up.value, None, up.range.clone()),
                    Direction::Downstream,
                    (&down.value, None, down.range.clone()),
                );
                continue;
            }
            let (ends, one) = self.ends(&up.value, None, &up.range);
            let (others, two) = self.ends(&down.value, None, &down.range);
            if !one || !two || ends.len() != others.len() {
                let dag = ends
                    .iter()
                    .chain(&others)
                    .find_map(|end| self.builder.dag_of(&end.node));
                self.unresolved_in(dag, up.range.start..down.range.end, "these lists cannot be paired");
                continue;
            }
            for (end, other) in ends.iter().zip(others) {
                self.builder.relate(end, Direction::Downstream, &[other]);
            }
        }
        self.settle();
        Value::None
    }

    fn chain_linear(&mut self, arguments: &Arguments<'a>, range: &Range<usize>) -> Value<'a> {
        if arguments.open {
            self.unresolved(range.clone(), "which tasks this chain holds is not known");
        }
        for pair in arguments.positional.windows(2) {
            if let [up, down] = pair {
                self.cross(up, down);
            }
        }
        self.settle();
        Value::None
    }

    fn cross_downstream(&mut self, arguments: &Arguments<'a>) -> Value<'a> {
        let ends = (arguments.at(0, "from_tasks"), arguments.at(1, "to_tasks"));
        if let (Some(up), Some(down)) = (ends.0.cloned(), ends.1.cloned()) {
            self.cross(&up, &down);
        }
        self.settle();
        Value::None
    }

    fn cross(&mut self, up: &Argument<'a>, down: &Argument<'a>) {
        let (ends, one) = self.ends(&up.value, None, &up.range);
        let (others, two) = self.ends(&down.value, None, &down.range);
        if !one || !two {
            let dag = ends
                .iter()
                .chain(&others)
                .find_map(|end| self.builder.dag_of(&end.node))
                .or_else(|| self.open_dags.last().copied());
            self.unresolved_in(
                dag,
                up.range.start..down.range.end,
                "which tasks these are is not known",
            );
        }
        if self.spend(ends.len() * others.len(), &up.range) {
            for end in &ends {
                self.builder.relate(end, Direction::Downstream, &others);
            }
        }
    }
}

/// A trigger rule by its name of today: Airflow 2 takes two old ones for it, and Airflow 3 refuses them.
fn current_rule(rule: &str) -> &str {
    match rule {
        "dummy" => "always",
        "none_failed_or_skipped" => "none_failed_min_one_success",
        rule => rule,
    }
}

/// `timedelta(…)`; unknown where an argument is.
fn timedelta<'a>(arguments: &Arguments<'a>) -> Value<'a> {
    const NAMES: [(&str, f64); 7] = [
        ("days", 86_400.0),
        ("seconds", 1.0),
        ("microseconds", 1e-6),
        ("milliseconds", 1e-3),
        ("minutes", 60.0),
        ("hours", 3600.0),
        ("weeks", 604_800.0),
    ];
    if arguments.open {
        return Value::Unknown;
    }
    let mut seconds = 0.0;
    for (position, (name, unit)) in NAMES.iter().enumerate() {
        match arguments.at(position, name).map(|argument| &argument.value) {
            None => {}
            Some(Value::Integer(number)) => seconds += number.to_string().parse::<f64>().unwrap_or(f64::NAN) * unit,
            Some(Value::Float(number)) => seconds += number * unit,
            Some(_) => return Value::Unknown,
        }
    }
    let microseconds = (seconds * SECOND).round();
    // Far below what a timedelta or an i64 can hold, and far above what any schedule needs.
    if !(-1e17..1e17).contains(&microseconds) {
        return Value::Unknown;
    }
    format!("{microseconds:.0}")
        .parse()
        .map_or(Value::Unknown, Value::Duration)
}
