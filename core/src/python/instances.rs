//! What classes of the file make: objects with attributes, and operators whose `__init__` runs.

use std::{ops::Range, rc::Rc};

use super::{
    build::Operator,
    interpret::Interpreter,
    value::{Argument, Arguments, Base, Binding, Class, Function, Recipe, Role, Value},
};

const INIT: &str = "what this class adds to the DAG is not known";

/// Methods that change what happens when a task is made, or what `>>` does with it.
const SPECIAL: &[&str] = &[
    "__call__",
    "__getattribute__",
    "__lshift__",
    "__new__",
    "__post_init__",
    "__rlshift__",
    "__rrshift__",
    "__rshift__",
    "__setattr__",
    "_set_relatives",
    "set_downstream",
    "set_upstream",
    "update_relative",
];

/// An operator whose `__init__` is being read.
pub(super) struct Construction<'a> {
    class: Rc<Class<'a>>,
    /// The dict of the attributes of the object.
    object: usize,
    arguments: Arguments<'a>,
    range: Range<usize>,
    task: Option<usize>,
}

impl<'a> Interpreter<'a> {
    pub(super) fn call_class(
        &mut self,
        class: &Rc<Class<'a>>,
        arguments: &Arguments<'a>,
        range: &Range<usize>,
    ) -> Value<'a> {
        let has_init = class.find("__init__", &self.budget).is_some();
        match &class.base {
            Base::Operator => self.make_own_task(class, arguments, range),
            Base::Unknown(_) if arguments.get("task_id").is_some() => self.make_own_task(class, arguments, range),
            Base::Dag => self.make_foreign_dag(arguments, range, has_init),
            Base::Group => self.make_foreign_group(arguments, range, has_init),
            Base::Unknown(name) => self.call_foreign_class(name, arguments, range),
            Base::Plain => {
                let instance = self.new_instance(class);
                if has_init {
                    let init = self.member(&instance, class, "__init__", range);
                    self.call(&init, arguments, range);
                }
                instance
            }
        }
    }

    fn new_instance(&mut self, class: &Rc<Class<'a>>) -> Value<'a> {
        let attributes = self.collect(Vec::new(), false);
        self.heap.own(Value::Instance(class.clone(), attributes))
    }

    /// Makes a task by an operator of the file.
    fn make_own_task(&mut self, class: &Rc<Class<'a>>, arguments: &Arguments<'a>, range: &Range<usize>) -> Value<'a> {
        let is_special = SPECIAL.iter().any(|name| class.find(name, &self.budget).is_some());
        let init = class.find("__init__", &self.budget).cloned();
        match init {
            None if !is_special => self.make_task_of(class, arguments, range),
            Some(Value::Function(init)) if !is_special => self.run_init(class, &init, arguments, range),
            _ => self.doubtful(range.clone(), INIT, |this| this.make_task_of(class, arguments, range)),
        }
    }

    fn make_task_of(&mut self, class: &Rc<Class<'a>>, arguments: &Arguments<'a>, range: &Range<usize>) -> Value<'a> {
        let operator = Operator::of_class(&class.name);
        let made = self.make_task(operator, arguments, &[], range, false, Role::Work, None);
        if let Value::Task(task) = made {
            self.task_classes.insert(task, class.clone());
        }
        made
    }

    fn run_init(
        &mut self,
        class: &Rc<Class<'a>>,
        init: &Rc<Function<'a>>,
        arguments: &Arguments<'a>,
        range: &Range<usize>,
    ) -> Value<'a> {
        let instance = self.new_instance(class);
        let Value::Instance(_, object) = instance else {
            return Value::Foreign;
        };
        self.constructions.push(Construction {
            class: class.clone(),
            object,
            arguments: arguments.clone(),
            range: range.clone(),
            task: None,
        });
        self.initialize(init, &instance, arguments, range);
        let task = self.constructions.pop().and_then(|construction| construction.task);
        if let Some(task) = task {
            return Value::Task(task);
        }
        let dag = match arguments.get("dag").map(|dag| &dag.value) {
            Some(Value::Dag(dag)) => Some(*dag),
            _ => self.open_dags.last().copied(),
        };
        self.unresolved_in(dag, range.clone(), INIT);
        Value::Foreign
    }

    /// Calls the `__init__` of an operator, with what Airflow adds to its arguments.
    fn initialize(
        &mut self,
        init: &Rc<Function<'a>>,
        instance: &Value<'a>,
        arguments: &Arguments<'a>,
        range: &Range<usize>,
    ) {
        let dag = match arguments.get("dag").map(|dag| &dag.value) {
            Some(Value::Dag(dag)) => Some(*dag),
            None | Some(Value::None) => self.open_dags.last().copied(),
            Some(_) => None,
        };
        let group = match arguments.get("task_group").map(|group| &group.value) {
            Some(Value::Group(group)) => Some(*group),
            _ if dag.is_some() => self.open_groups.last().copied().flatten(),
            _ => None,
        };
        let mut given = arguments.clone();
        let parameters = init.parameters.into_iter();
        for parameter in parameters.flat_map(|parameters| parameters.iter_non_variadic_params().skip(1)) {
            let name = parameter.parameter.name.as_str();
            if !self.budget.pay(1) || given.get(name).is_some() {
                continue;
            }
            if let Some(argument) = self.default_argument(name, &given, dag, group, range) {
                given = given.with(name, argument);
            }
        }
        let place = |value| Argument {
            value,
            range: range.clone(),
        };
        if let Some(dag) = dag {
            given.named.retain(|(name, _)| &**name != "dag");
            given = given.with("dag", place(Value::Dag(dag)));
        }
        if let Some(group) = group.filter(|_| arguments.get("task_group").is_none()) {
            given = given.with("task_group", place(Value::Group(group)));
        }
        given.positional.insert(0, place(instance.clone()));
        self.call_function(init, &given, range);
    }

    /// `super().__init__(…)` where it reaches Airflow's own.
    fn construct(&mut self, object: usize, arguments: &Arguments<'a>, range: &Range<usize>) -> Value<'a> {
        let construction = self.constructions.last();
        let Some(construction) = construction.filter(|this| this.object == object && this.task.is_none()) else {
            self.unresolved(range.clone(), INIT);
            return Value::Foreign;
        };
        let (class, call) = (construction.class.clone(), construction.range.clone());
        // What is handed on stands where the task is made.
        let mut given = arguments.clone();
        for (name, argument) in &mut given.named {
            let original = construction.arguments.get(name);
            argument.range = original.map_or_else(|| call.clone(), |original| original.range.clone());
        }
        if let Value::Task(task) = self.make_task_of(&class, &given, &call) {
            self.constructed.insert(object, task);
            self.task_attributes.insert(task, object);
            if let Some(construction) = self.constructions.last_mut() {
                construction.task = Some(task);
            }
            let attributes: Vec<_> = self
                .heap
                .get(object)
                .entries()
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect();
            for (name, value) in attributes {
                if let Value::Text(name) = name {
                    let range = call.clone();
                    self.set_field(task, &name, &Argument { value, range });
                }
            }
        }
        Value::None
    }

    /// `task.name = value`: where Airflow renders that field, the task waits for those whose output the value holds.
    pub(super) fn set_field(&mut self, task: usize, name: &str, argument: &Argument<'a>) {
        let sources = self.heap.outputs(&argument.value);
        if sources.is_empty() {
            return;
        }
        let fields = self
            .task_classes
            .get(&task)
            .and_then(|class| class.find("template_fields", &self.budget).cloned());
        let is_field = match fields {
            Some(Value::List(index) | Value::Tuple(index)) => {
                let fields = self.heap.get(index);
                let is_known = !fields.open && fields.items.iter().all(|field| matches!(field, Value::Text(_)));
                let is_field = |field: &Value<'a>| matches!(field, Value::Text(field) if &**field == name);
                is_known.then(|| fields.items.iter().any(is_field))
            }
            _ => None,
        };
        let draft = self.builder.tasks.get(task);
        let (dag, call) = draft.map_or((None, 0..0), |draft| (draft.dag, draft.call.clone()));
        match is_field {
            Some(false) => {}
            Some(true) => {
                for source in sources {
                    self.builder.add_edge(source, task, &argument.range, &call);
                }
                self.settle();
            }
            None => self.unresolved_in(
                dag,
                argument.range.clone(),
                "whether this task waits for this output is not known",
            ),
        }
    }

    /// What an object is by now: an operator that was made is its task.
    pub(super) fn constructed(&self, value: Value<'a>) -> Value<'a> {
        match &value {
            Value::Instance(_, object) => self.constructed.get(object).map_or(value, |task| Value::Task(*task)),
            _ => value,
        }
    }

    /// Whether the class of a task, where it stands in the file, has a property of this name.
    pub(super) fn property_of(&self, task: usize, name: &str) -> Option<Rc<Class<'a>>> {
        let class = self.task_classes.get(&task)?;
        let is_property = matches!(class.find(name, &self.budget), Some(Value::Recipe(recipe)) if matches!(**recipe, Recipe::Property(_)));
        is_property.then(|| class.clone())
    }

    /// An attribute of a task that its class in the file sets.
    pub(super) fn own_attribute(&self, task: usize, name: &str) -> Option<Value<'a>> {
        let attributes = *self.task_attributes.get(&task)?;
        self.entry(attributes, name)
    }

    /// `super()`, in a method of a class of the file.
    pub(super) fn parent(&mut self, arguments: &Arguments<'a>) -> Value<'a> {
        let (class, object) = match arguments.positional.as_slice() {
            [] => {
                let class = self
                    .scopes
                    .enclosing()
                    .and_then(|scope| self.classes.get(&scope).cloned());
                let receiver = self.receivers.last().copied().flatten();
                let object = receiver.and_then(|receiver| self.scopes.lookup(receiver).cloned());
                (class, object)
            }
            [class, object] => match &class.value {
                Value::Class(class) => (Some(class.clone()), Some(object.value.clone())),
                _ => (None, None),
            },
            _ => (None, None),
        };
        match (class, object) {
            (Some(class), Some(object)) => self.heap.own(Value::Parent(Rc::new((class, object)))),
            _ => Value::Foreign,
        }
    }

    /// `super().name(…)`
    pub(super) fn call_parent(
        &mut self,
        class: &Rc<Class<'a>>,
        object: &Value<'a>,
        name: &str,
        arguments: &Arguments<'a>,
        range: &Range<usize>,
    ) -> Value<'a> {
        let is_operator = matches!(class.base, Base::Operator | Base::Unknown(_));
        match class.inherited(name, &self.budget).cloned() {
            Some(Value::Function(init)) if name == "__init__" && is_operator => {
                self.initialize(&init, object, arguments, range);
                Value::None
            }
            Some(Value::Function(function)) => {
                let mut given = arguments.clone();
                let first = match function.binding {
                    Binding::Instance => Some(object.clone()),
                    Binding::Class => Some(Value::Class(class.clone())),
                    Binding::Nothing => None,
                };
                if let Some(value) = first {
                    let range = range.clone();
                    given.positional.insert(0, Argument { value, range });
                }
                self.call_function(&function, &given, range)
            }
            Some(_) => self.call_foreign(None, arguments, range),
            None => match object {
                Value::Instance(_, index) if name == "__init__" && is_operator => {
                    self.construct(*index, arguments, range)
                }
                _ => Value::Unknown,
            },
        }
    }

    /// A member of a class, as it was last assigned.
    fn class_member(&self, class: &Rc<Class<'a>>, name: &str) -> Option<Value<'a>> {
        let mut open = vec![class];
        while let Some(class) = open.pop().filter(|_| self.budget.pay(1)) {
            if let Some(member) = self.entry(class.changed, name) {
                return Some(member);
            }
            if self.heap.get(class.changed).open {
                return Some(Value::Foreign);
            }
            if let Some(member) = class.members.get(name) {
                return Some(member.clone());
            }
            open.extend(class.parents.iter().rev());
        }
        None
    }

    /// What a class of the file has by a name, taken from it or from an instance.
    pub(super) fn member(
        &mut self,
        owner: &Value<'a>,
        class: &Rc<Class<'a>>,
        name: &str,
        range: &Range<usize>,
    ) -> Value<'a> {
        if let Value::Instance(_, attributes) = owner {
            if let Some(value) = self.entry(*attributes, name) {
                return value;
            }
            if self.heap.get(*attributes).open {
                return Value::Foreign;
            }
        }
        let is_object = !matches!(owner, Value::Class(_));
        let Some(member) = self.class_member(class, name) else {
            return Value::Foreign;
        };
        let first = match &member {
            Value::Function(function) => match function.binding {
                Binding::Class => Value::Class(class.clone()),
                Binding::Instance if is_object => owner.clone(),
                Binding::Instance | Binding::Nothing => return member,
            },
            Value::Recipe(recipe) if is_object && matches!(**recipe, Recipe::Property(_)) => {
                let Recipe::Property(getter) = &**recipe else {
                    return Value::Foreign;
                };
                let arguments = Arguments {
                    positional: vec![Argument {
                        value: owner.clone(),
                        range: range.clone(),
                    }],
                    ..Arguments::default()
                };
                return self.call(&Value::Function(getter.clone()), &arguments, range);
            }
            // What a property or another descriptor gives is not known.
            Value::Unknown | Value::Recipe(_) if is_object => return Value::Foreign,
            _ => return member,
        };
        let first = Argument {
            value: first,
            range: range.clone(),
        };
        self.heap.own(Value::Recipe(Rc::new(Recipe::Partial {
            callee: member,
            bound: Arguments {
                positional: vec![first],
                ..Arguments::default()
            },
        })))
    }
}
