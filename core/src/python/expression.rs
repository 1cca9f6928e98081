//! Expressions, as far as their values are known without running them.

use std::ops::Range;

use ruff_python_ast::{
    CmpOp, Comprehension, ConversionFlag, Expr, ExprBinOp, ExprCall, ExprCompare, ExprDictComp, ExprFString,
    ExprLambda, ExprName, ExprSlice, FStringPartRef, InterpolatedStringElement, Number, Operator, StmtAugAssign,
    UnaryOp,
};

use super::{
    build::{Direction, End, Node},
    interpret::{ITEMS, Interpreter},
    library,
    parse::range_of,
    statement::{Iteration, place},
    text,
    value::{Argument, Arguments, Binding, Body, Function, Recipe, TEXT, Value, join},
};

const CHOICE: &str = "which of these values is taken is not known";
const LAZY: &str = "whether somebody asks for these items is not known";
const COMPREHENSION: &str = "which items this comprehension takes is not known";

impl<'a> Interpreter<'a> {
    /// Evaluates an expression that something takes all items of at once, so that a lazy one runs.
    pub(super) fn evaluate_consumed(&mut self, expression: &'a Expr) -> Value<'a> {
        self.consumes = true;
        self.evaluate(expression)
    }

    pub(super) fn evaluate(&mut self, expression: &'a Expr) -> Value<'a> {
        let consumed = std::mem::take(&mut self.consumes);
        let range = range_of(expression);
        if !self.spend(1, &range) {
            return Value::Foreign;
        }
        let value = self.deeper(&range, |this| match expression {
            Expr::Generator(list) if !consumed => {
                this.doubtful(range.clone(), LAZY, |this| this.listed(&list.elt, &list.generators))
            }
            Expr::Call(call) => this.call_expression(call, consumed),
            _ => this.expression(expression),
        });
        // What was not evaluated to its end may be anything.
        value.filter(|_| !self.budget.is_exceeded()).unwrap_or(Value::Foreign)
    }

    fn expression(&mut self, expression: &'a Expr) -> Value<'a> {
        match expression {
            Expr::NoneLiteral(_) => Value::None,
            Expr::BooleanLiteral(literal) => Value::Bool(literal.value),
            Expr::NumberLiteral(literal) => match &literal.value {
                Number::Int(number) => number.as_i64().map_or(Value::Unknown, Value::Integer),
                Number::Float(number) => Value::Float(*number),
                Number::Complex { .. } => Value::Unknown,
            },
            Expr::StringLiteral(literal) => {
                let text = literal.value.to_str();
                if text.len() > TEXT || !self.budget.pay_text(text.len()) {
                    return Value::Unknown;
                }
                Value::text(text.to_owned())
            }
            Expr::FString(string) => self.f_string(string),
            Expr::Name(name) => self.name(name),
            Expr::Attribute(attribute) => {
                let owner = self.evaluate(&attribute.value);
                self.attribute(&owner, &attribute.attr)
            }
            Expr::BinOp(operation) => self.operation(operation),
            Expr::BoolOp(operation) => {
                let stop = operation.op.is_or();
                self.first_that(&operation.values, stop)
            }
            Expr::UnaryOp(operation) => {
                let value = self.evaluate(&operation.operand);
                self.unary(operation.op, value)
            }
            Expr::Compare(comparison) => self.comparison(comparison),
            Expr::If(choice) => self.choice(choice),
            Expr::Named(named) => {
                let value = self.evaluate(&named.value);
                self.assign(&named.target, value.clone());
                value
            }
            Expr::List(list) => {
                let (items, open) = self.items(&list.elts);
                Value::List(self.collect(items, open))
            }
            Expr::Tuple(tuple) => {
                let (items, open) = self.items(&tuple.elts);
                Value::Tuple(self.collect(items, open))
            }
            Expr::Set(set) => {
                let (items, open) = self.items(&set.elts);
                self.set(items, open)
            }
            Expr::Dict(dict) => self.dict(dict),
            Expr::Subscript(subscript) => {
                let owner = self.evaluate(&subscript.value);
                if let Expr::Slice(slice) = &*subscript.slice {
                    return self.slice(&owner, slice);
                }
                let key = self.evaluate(&subscript.slice);
                self.item(&owner, &key)
            }
            Expr::ListComp(list) => self.listed(&list.elt, &list.generators),
            Expr::Generator(list) => self.listed(&list.elt, &list.generators),
            Expr::SetComp(set) => match self.listed(&set.elt, &set.generators) {
                Value::List(list) => {
                    let (items, open) = self.copied(list);
                    self.set(items, open)
                }
                other => other,
            },
            Expr::DictComp(dict) => self.mapped_dict(dict),
            Expr::Lambda(lambda) => self.lambda(lambda),
            Expr::Starred(starred) => self.evaluate_consumed(&starred.value),
            Expr::Yield(yielded) => {
                if let Some(value) = &yielded.value {
                    self.evaluate(value);
                }
                Value::Foreign
            }
            Expr::YieldFrom(yielded) => {
                self.evaluate(&yielded.value);
                Value::Foreign
            }
            Expr::Await(awaited) => {
                self.evaluate(&awaited.value);
                Value::Unknown
            }
            _ => Value::Unknown,
        }
    }

    fn unary(&self, operator: UnaryOp, value: Value<'a>) -> Value<'a> {
        match (operator, &value) {
            (UnaryOp::Not, _) => self
                .heap
                .truth(&value)
                .map_or(Value::Unknown, |truth| Value::Bool(!truth)),
            (UnaryOp::USub, Value::Integer(number)) => number.checked_neg().map_or(Value::Unknown, Value::Integer),
            (UnaryOp::USub, Value::Float(number)) => Value::Float(-number),
            (UnaryOp::USub, Value::Duration(length)) => length.checked_neg().map_or(Value::Unknown, Value::Duration),
            (UnaryOp::UAdd, _) => value,
            _ => Value::Unknown,
        }
    }

    fn mapped_dict(&mut self, dict: &'a ExprDictComp) -> Value<'a> {
        let index = self.collect(Vec::new(), false);
        let open = self.comprehension(&dict.generators, |this| {
            let Some(key) = &dict.key else {
                this.change(index, |dict| dict.open = true);
                return;
            };
            let key = this.evaluate(key);
            let value = this.evaluate(&dict.value);
            match this.heap.key(&key) {
                Some(place) if this.heap.get(index).items.len() < ITEMS => {
                    if let Some(dict) = this.heap.get_mut(index) {
                        dict.put(place, key, value);
                    }
                }
                _ => {
                    this.change(index, |dict| dict.open = true);
                }
            }
        });
        if open && let Some(dict) = self.heap.get_mut(index) {
            dict.open = true;
        }
        Value::Dict(index)
    }

    fn lambda(&mut self, lambda: &'a ExprLambda) -> Value<'a> {
        let mut defaults = std::collections::BTreeMap::new();
        for parameter in lambda
            .parameters
            .iter()
            .flat_map(|list| list.iter_non_variadic_params())
        {
            if let Some(default) = &parameter.default {
                let value = self.evaluate(default);
                defaults.insert(parameter.parameter.name.as_str(), value);
            }
        }
        self.heap.own(Value::Function(std::rc::Rc::new(Function {
            name: "<lambda>".into(),
            parameters: lambda.parameters.as_deref(),
            defaults,
            body: Body::Expression(&lambda.body),
            binding: Binding::Instance,
            scope: self.scopes.current,
            range: range_of(lambda),
        })))
    }

    fn name(&mut self, expression: &ExprName) -> Value<'a> {
        let name = expression.id.as_str();
        if let Some(value) = self.scopes.lookup(name) {
            return self.constructed(value.clone());
        }
        self.note_unbound(expression.range.start().to_usize());
        match name {
            "__name__" => Value::Text("unusual_prefix_dag_file".into()),
            "__file__" | "__doc__" => Value::Unknown,
            _ if super::names::is_builtin(name) => Value::Builtin(name.into()),
            _ => Value::Foreign,
        }
    }

    pub(super) fn attribute(&mut self, owner: &Value<'a>, name: &str) -> Value<'a> {
        match (owner, name) {
            (Value::Import(path), _) if library::known(path) == Some(library::Known::TriggerRule) => {
                Value::Text(name.to_ascii_lowercase().into())
            }
            (Value::Import(path), _) if path.len() < 500 => Value::Import(format!("{path}.{name}").into()),
            (Value::Task(task), "output") => Value::Output([*task].into()),
            (Value::Task(task), "operator") => Value::Task(*task),
            (Value::Output(tasks), "operator") => tasks.first().map_or(Value::Unknown, |task| Value::Task(*task)),
            // Of a text, only a member of an enumeration has a value.
            (Value::Output(_), "output") | (Value::Text(_), "value") => owner.clone(),
            (Value::Task(task), "task_id" | "node_id") => self
                .builder
                .tasks
                .get(*task)
                .map_or(Value::Unknown, |task| Value::Text(task.id.as_str().into())),
            (Value::Task(task), "dag") => self
                .builder
                .tasks
                .get(*task)
                .and_then(|task| task.dag)
                .map_or(Value::Foreign, Value::Dag),
            (Value::Task(task), "task_group") => self
                .builder
                .tasks
                .get(*task)
                .and_then(|task| task.group)
                .map_or(Value::Foreign, Value::Group),
            (Value::Group(group), "group_id" | "node_id") => self
                .builder
                .groups
                .get(*group)
                .map_or(Value::Unknown, |group| Value::Text(group.id.as_str().into())),
            (Value::Group(group), "dag") => self
                .builder
                .groups
                .get(*group)
                .and_then(|group| group.dag)
                .map_or(Value::Foreign, Value::Dag),
            (Value::Dag(dag), "dag_id") => self
                .builder
                .dags
                .get(*dag)
                .and_then(|dag| dag.id.as_deref())
                .map_or(Value::Unknown, |id| Value::Text(id.into())),
            (Value::Dag(dag), "tasks") => {
                let tasks = self.tasks_of(*dag);
                let open = self.builder.dags.get(*dag).is_none_or(|dag| dag.partial);
                Value::List(self.collect(tasks, open))
            }
            (Value::Dag(dag), "default_args") => self
                .dag_defaults
                .get(dag)
                .map_or(Value::Unknown, |argument| argument.value.clone()),
            (Value::Function(function), "__name__") => Value::Text(function.name.clone()),
            (Value::Recipe(recipe), "function" | "__wrapped__") => match &**recipe {
                Recipe::Decorated { function, .. } => Value::Function(function.clone()),
                _ => Value::Unknown,
            },
            (Value::Task(task), _) if self.own_attribute(*task, name).is_some() => {
                self.own_attribute(*task, name).unwrap_or(Value::Foreign)
            }
            (Value::Task(task), _) if self.property_of(*task, name).is_some() => match self.property_of(*task, name) {
                Some(class) => self.member(owner, &class, name, &(0..0)),
                None => Value::Foreign,
            },
            (Value::Class(class) | Value::Instance(class, _), _) => self.member(owner, class, name, &(0..0)),
            (Value::Foreign, _) => Value::Foreign,
            (
                Value::Text(_)
                | Value::List(_)
                | Value::Tuple(_)
                | Value::Set(_)
                | Value::Dict(_)
                | Value::Task(_)
                | Value::Output(_)
                | Value::Group(_)
                | Value::Dag(_)
                | Value::Recipe(_)
                | Value::Builtin(_)
                | Value::Globals,
                _,
            ) => self
                .heap
                .own(Value::Method(std::rc::Rc::new((owner.clone(), name.into())))),
            _ => Value::Unknown,
        }
    }

    pub(super) fn tasks_of(&self, dag: usize) -> Vec<Value<'a>> {
        if !self.budget.pay(self.builder.tasks.len()) {
            return Vec::new();
        }
        self.builder
            .tasks
            .iter()
            .enumerate()
            .filter(|(_, task)| task.dag == Some(dag))
            .map(|(index, _)| Value::Task(index))
            .collect()
    }

    fn items(&mut self, elements: &'a [Expr]) -> (Vec<Value<'a>>, bool) {
        let mut items = Vec::with_capacity(elements.len());
        let mut open = false;
        for element in elements {
            let value = self.evaluate(element);
            if matches!(element, Expr::Starred(_)) {
                match self.iterate(&value) {
                    Iteration::Known(more) => items.extend(more),
                    Iteration::Open(more) => {
                        items.extend(more);
                        open = true;
                    }
                    Iteration::Unknown => open = true,
                }
            } else {
                items.push(value);
            }
            if items.len() > ITEMS {
                return (items, true);
            }
        }
        (items, open)
    }

    pub(super) fn set(&mut self, items: Vec<Value<'a>>, open: bool) -> Value<'a> {
        let index = self.collect(Vec::new(), open);
        for item in items {
            let key = self.heap.key(&item);
            if let Some(set) = self.heap.get_mut(index) {
                match key {
                    Some(key) => set.put(key, item.clone(), item),
                    None => set.open = true,
                }
            }
        }
        Value::Set(index)
    }

    fn dict(&mut self, dict: &'a ruff_python_ast::ExprDict) -> Value<'a> {
        let index = self.collect(Vec::new(), false);
        for item in &dict.items {
            let Some(key) = &item.key else {
                let spread = self.evaluate(&item.value);
                self.update(index, &spread);
                continue;
            };
            let key = self.evaluate(key);
            let value = self.evaluate(&item.value);
            self.put(index, key, value);
        }
        Value::Dict(index)
    }

    /// Puts what one dict holds into another one.
    pub(super) fn update(&mut self, dict: usize, with: &Value<'a>) {
        let Value::Dict(other) = with else {
            self.change(dict, |dict| dict.open = true);
            return;
        };
        let other = self.heap.get(*other);
        let open = other.open || !self.budget.pay(other.items.len());
        let entries: Vec<_> = other
            .entries()
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        for (key, value) in entries {
            self.put(dict, key, value);
        }
        if open {
            self.change(dict, |dict| dict.open = true);
        }
    }

    fn item(&mut self, owner: &Value<'a>, key: &Value<'a>) -> Value<'a> {
        match (owner, key) {
            (Value::List(index) | Value::Tuple(index), Value::Integer(number)) => {
                let collection = self.heap.get(*index);
                if collection.open {
                    return Value::Foreign;
                }
                place(*number, collection.items.len())
                    .and_then(|place| collection.items.get(place).cloned())
                    .unwrap_or(Value::Foreign)
            }
            (Value::Dict(index), _) => {
                let collection = self.heap.get(*index);
                match self.heap.key(key) {
                    Some(key) => collection.get(&key).cloned().unwrap_or(Value::Foreign),
                    None if !collection.open
                        && self.budget.pay(collection.items.len())
                        && collection.items.iter().all(Value::is_plain) =>
                    {
                        Value::Unknown
                    }
                    None => Value::Foreign,
                }
            }
            (Value::Text(text), Value::Integer(number)) if self.budget.pay_text(text.len()) => {
                place(*number, text.chars().count())
                    .and_then(|place| text.chars().nth(place))
                    .map_or(Value::Unknown, |character| Value::Text(character.to_string().into()))
            }
            (Value::Import(path), Value::Text(name)) if library::known(path) == Some(library::Known::TriggerRule) => {
                self.attribute(owner, name)
            }
            (Value::Output(_), _) => owner.clone(),
            (Value::Group(group), Value::Text(label)) => self.child(*group, label),
            (Value::Globals, Value::Text(name)) => self.scopes.global(name).cloned().unwrap_or(Value::Foreign),
            (Value::Unknown | Value::Import(_) | Value::Class(_) | Value::Builtin(_) | Value::Text(_), _) => {
                Value::Unknown
            }
            _ => Value::Foreign,
        }
    }

    /// The task of a group that has this id inside it.
    pub(super) fn child(&self, group: usize, label: &str) -> Value<'a> {
        let Some(draft) = self.builder.groups.get(group) else {
            return Value::Foreign;
        };
        if !self
            .budget
            .pay(self.builder.tasks.len() / 8 + self.builder.groups.len() / 8)
        {
            return Value::Foreign;
        }
        let id = if draft.prefix && !draft.id.is_empty() {
            format!("{}.{label}", draft.id)
        } else {
            label.to_owned()
        };
        self.builder
            .tasks
            .iter()
            .position(|task| task.group == Some(group) && task.id == id)
            .map(Value::Task)
            .or_else(|| {
                self.builder
                    .groups
                    .iter()
                    .position(|child| child.parent == Some(group) && child.id == id)
                    .map(Value::Group)
            })
            .unwrap_or(Value::Foreign)
    }

    fn slice(&mut self, owner: &Value<'a>, slice: &'a ExprSlice) -> Value<'a> {
        let mut bound = |end: &'a Option<Box<Expr>>| match end {
            Some(end) => match self.evaluate(end) {
                Value::Integer(number) => Some(Some(number)),
                Value::None => Some(None),
                _ => None,
            },
            None => Some(None),
        };
        let bounds = (bound(&slice.lower), bound(&slice.upper), bound(&slice.step));
        let (Some(lower), Some(upper), Some(step)) = bounds else {
            return Value::Foreign;
        };
        let length = match owner {
            Value::List(index) | Value::Tuple(index) => self.heap.get(*index).items.len(),
            Value::Text(text) => text.chars().count(),
            Value::Unknown => return Value::Unknown,
            _ => return Value::Foreign,
        };
        let cut = |bound: Option<i64>, otherwise: usize| match bound {
            None => otherwise,
            Some(number) if number < 0 => {
                length.saturating_sub(usize::try_from(number.unsigned_abs()).unwrap_or(usize::MAX))
            }
            Some(number) => usize::try_from(number).unwrap_or(usize::MAX).min(length),
        };
        let backwards = match (step, lower, upper) {
            (None | Some(1), _, _) => false,
            (Some(-1), None, None) => true,
            _ => return Value::Foreign,
        };
        let (from, to) = (cut(lower, 0), cut(upper, length));
        let to = to.max(from);
        let paid = match owner {
            Value::Text(text) => self.budget.pay_text(text.len()),
            _ => self.budget.pay(to - from),
        };
        if !paid {
            return Value::Foreign;
        }
        match owner {
            Value::List(index) | Value::Tuple(index) => {
                let collection = self.heap.get(*index);
                let open = collection.open;
                let mut items = collection.items.get(from..to).unwrap_or_default().to_vec();
                if backwards {
                    items.reverse();
                }
                let index = self.collect(items, open);
                match owner {
                    Value::List(_) => Value::List(index),
                    _ => Value::Tuple(index),
                }
            }
            Value::Text(text) if backwards => Value::text(text.chars().rev().collect()),
            Value::Text(text) => Value::text(text.chars().skip(from).take(to - from).collect()),
            _ => Value::Foreign,
        }
    }

    fn f_string(&mut self, string: &'a ExprFString) -> Value<'a> {
        let mut result = String::new();
        for part in &string.value {
            let elements = match part {
                FStringPartRef::Literal(literal) => {
                    if result.len() + literal.value.len() > TEXT || !self.budget.pay_text(literal.value.len()) {
                        return Value::Unknown;
                    }
                    result.push_str(&literal.value);
                    continue;
                }
                FStringPartRef::FString(part) => &part.elements,
            };
            for element in elements {
                match element {
                    InterpolatedStringElement::Literal(literal) => {
                        if result.len() + literal.value.len() > TEXT || !self.budget.pay_text(literal.value.len()) {
                            return Value::Unknown;
                        }
                        result.push_str(&literal.value);
                    }
                    InterpolatedStringElement::Interpolation(hole) => {
                        let value = self.evaluate(&hole.expression);
                        let specification = match &hole.format_spec {
                            None => Some(String::new()),
                            Some(specification) => specification
                                .elements
                                .iter()
                                .map(|element| match element {
                                    InterpolatedStringElement::Literal(literal) => Some(&*literal.value),
                                    InterpolatedStringElement::Interpolation(_) => None,
                                })
                                .collect(),
                        };
                        let text = match (hole.conversion, specification) {
                            _ if hole.debug_text.is_some() => None,
                            (ConversionFlag::None, Some(specification)) => {
                                text::formatted(&self.heap, &value, &specification)
                            }
                            (ConversionFlag::Str, Some(empty)) if empty.is_empty() => text::of(&self.heap, &value),
                            (ConversionFlag::Repr, Some(empty)) if empty.is_empty() => {
                                text::representation(&self.heap, &value)
                            }
                            _ => None,
                        };
                        match text {
                            Some(text) => result.push_str(&text),
                            None => return Value::Unknown,
                        }
                    }
                }
                if result.len() > TEXT {
                    return Value::Unknown;
                }
            }
        }
        Value::text(result)
    }

    // ---- Choices ----

    fn first_that(&mut self, values: &'a [Expr], stop: bool) -> Value<'a> {
        let mut result: Option<Value<'a>> = None;
        let mut doubt = None;
        for (index, expression) in values.iter().enumerate() {
            let value = self.evaluate(expression);
            let truth = self.heap.truth(&value);
            let is_last = truth == Some(stop) || index + 1 == values.len();
            if is_last || truth.is_none() {
                if result.is_none() && !is_last {
                    doubt = Some(self.doubts());
                    self.doubt_here(self.doubts(), &range_of(expression), CHOICE);
                }
                result = Some(result.map_or(value.clone(), |other| join(&other, &value)));
            }
            if is_last {
                break;
            }
        }
        if let Some(depth) = doubt {
            self.end_doubt(depth);
        }
        result.unwrap_or(Value::Unknown)
    }

    fn choice(&mut self, choice: &'a ruff_python_ast::ExprIf) -> Value<'a> {
        let test = self.evaluate(&choice.test);
        match self.heap.truth(&test) {
            Some(true) => self.evaluate(&choice.body),
            Some(false) => self.evaluate(&choice.orelse),
            None => {
                let range = range_of(&*choice.test);
                let one = self.doubtful(range.clone(), CHOICE, |this| this.evaluate(&choice.body));
                let two = self.doubtful(range, CHOICE, |this| this.evaluate(&choice.orelse));
                self.joined_values(one, two)
            }
        }
    }

    fn comparison(&mut self, comparison: &'a ExprCompare) -> Value<'a> {
        let mut operands = comparison.operands.iter();
        let Some(first) = operands.next() else {
            return Value::Unknown;
        };
        let mut left = self.evaluate(first);
        let mut result = Some(true);
        for (operator, operand) in comparison.ops.iter().zip(operands) {
            let right = self.evaluate(operand);
            match self.compare(*operator, &left, &right) {
                Some(true) => {}
                Some(false) => return Value::Bool(false),
                None => result = None,
            }
            left = right;
        }
        result.map_or(Value::Unknown, Value::Bool)
    }

    fn compare(&self, operator: CmpOp, left: &Value<'a>, right: &Value<'a>) -> Option<bool> {
        match operator {
            CmpOp::Eq => self.heap.equal(left, right),
            CmpOp::NotEq => self.heap.equal(left, right).map(|equal| !equal),
            CmpOp::Is | CmpOp::IsNot => {
                let singleton = |value: &Value<'a>| matches!(value, Value::None | Value::Bool(_));
                if !singleton(left) && !singleton(right) {
                    return None;
                }
                // `1 == True`, and yet they are two.
                let same =
                    self.heap.equal(left, right)? && std::mem::discriminant(left) == std::mem::discriminant(right);
                Some(same == (operator == CmpOp::Is))
            }
            CmpOp::In | CmpOp::NotIn => {
                let found = match (left, right) {
                    (Value::Text(part), Value::Text(whole)) if self.budget.pay_text(whole.len()) => {
                        whole.contains(&**part)
                    }
                    (_, Value::Dict(index) | Value::Set(index)) => {
                        let key = self.heap.key(left)?;
                        let collection = self.heap.get(*index);
                        let found = collection.contains(&key);
                        if !found && collection.open {
                            return None;
                        }
                        found
                    }
                    (_, Value::List(index) | Value::Tuple(index)) => {
                        let collection = self.heap.get(*index);
                        let mut known = !collection.open;
                        let mut found = false;
                        for item in &collection.items {
                            match self.heap.equal(left, item) {
                                Some(true) => {
                                    found = true;
                                    break;
                                }
                                Some(false) => {}
                                None => known = false,
                            }
                        }
                        if !found && !known {
                            return None;
                        }
                        found
                    }
                    _ => return None,
                };
                Some(found == (operator == CmpOp::In))
            }
            _ => {
                let order = match (left, right) {
                    (Value::Integer(one), Value::Integer(two)) | (Value::Duration(one), Value::Duration(two)) => {
                        one.cmp(two)
                    }
                    (Value::Text(one), Value::Text(two)) => one.cmp(two),
                    (Value::Float(one), Value::Float(two)) => one.partial_cmp(two)?,
                    _ => return None,
                };
                Some(match operator {
                    CmpOp::Lt => order.is_lt(),
                    CmpOp::LtE => order.is_le(),
                    CmpOp::Gt => order.is_gt(),
                    _ => order.is_ge(),
                })
            }
        }
    }

    // ---- Comprehensions ----

    fn listed(&mut self, element: &'a Expr, generators: &'a [Comprehension]) -> Value<'a> {
        let mut items = Vec::new();
        let open = self.comprehension(generators, |this| {
            let item = this.evaluate(element);
            items.push(item);
        });
        Value::List(self.collect(items, open))
    }

    /// Reads what a comprehension makes, item by item. Returns whether there may be more or fewer items.
    fn comprehension(&mut self, generators: &'a [Comprehension], mut element: impl FnMut(&mut Self)) -> bool {
        let mut open = false;
        self.in_scope(self.scopes.current, |this| {
            this.generate(generators, &mut element, &mut open);
        });
        open
    }

    fn generate(&mut self, generators: &'a [Comprehension], element: &mut dyn FnMut(&mut Self), open: &mut bool) {
        let Some((first, rest)) = generators.split_first() else {
            element(self);
            return;
        };
        let followed = self.deeper(&range_of(first), |this| this.generate_from(first, rest, element, open));
        *open |= followed.is_none();
    }

    fn generate_from(
        &mut self,
        first: &'a Comprehension,
        rest: &'a [Comprehension],
        element: &mut dyn FnMut(&mut Self),
        open: &mut bool,
    ) {
        let value = self.evaluate_consumed(&first.iter);
        let range = range_of(&first.iter);
        let (items, known) = match self.iterate(&value) {
            Iteration::Known(items) => (items, true),
            Iteration::Open(items) => (items, false),
            Iteration::Unknown if matches!(value, Value::Foreign) => (vec![Value::Foreign], false),
            Iteration::Unknown => (vec![Value::Unknown], false),
        };
        *open |= !known;
        for item in items {
            if !self.spend(1, &range) {
                *open = true;
                return;
            }
            let once = |this: &mut Self| {
                this.assign(&first.target, item);
                for condition in &first.ifs {
                    let value = this.evaluate(condition);
                    match this.heap.truth(&value) {
                        Some(true) => {}
                        Some(false) => return,
                        None => {
                            *open = true;
                            let range = range_of(condition);
                            this.doubtful(range, COMPREHENSION, |this| this.generate(rest, element, open));
                            return;
                        }
                    }
                }
                this.generate(rest, element, open);
            };
            if known {
                once(self);
            } else {
                self.doubtful(range.clone(), COMPREHENSION, once);
            }
        }
    }

    // ---- Operators ----

    fn operation(&mut self, operation: &'a ExprBinOp) -> Value<'a> {
        // A chain leans to the left: it is followed in a loop, for it may be long.
        let mut rest: Vec<(Operator, &'a Expr)> = vec![(operation.op, &operation.right)];
        let mut first: &'a Expr = &operation.left;
        while let Expr::BinOp(inner) = first {
            rest.push((inner.op, &inner.right));
            first = &inner.left;
        }
        let mut left = self.evaluate(first);
        let mut named = first;
        while let Some((operator, expression)) = rest.pop() {
            if !self.spend(1, &range_of(expression)) {
                return Value::Foreign;
            }
            let right = self.evaluate(expression);
            left = self.binary(operator, (&left, named), (&right, expression));
            named = expression;
        }
        left
    }

    pub(super) fn augment(&mut self, assign: &'a StmtAugAssign, before: Value<'a>, value: Value<'a>) -> Value<'a> {
        if let (Value::List(list), Operator::Add) = (&before, assign.op) {
            self.extend(*list, &value);
            return before;
        }
        if let (Value::Dict(dict), Operator::BitOr) = (&before, assign.op) {
            self.update(*dict, &value);
            return before;
        }
        self.binary(assign.op, (&before, &assign.target), (&value, &assign.value))
    }

    /// Puts the items of one value behind those of a list.
    pub(super) fn extend(&mut self, list: usize, value: &Value<'a>) {
        let (items, open) = match self.iterate(value) {
            Iteration::Known(items) => (items, false),
            Iteration::Open(items) => (items, true),
            Iteration::Unknown => (Vec::new(), true),
        };
        self.change(list, |list| {
            list.items.extend(items);
            list.open |= open;
        });
    }

    fn binary(
        &mut self,
        operator: Operator,
        (left, left_expression): (&Value<'a>, &'a Expr),
        (right, right_expression): (&Value<'a>, &'a Expr),
    ) -> Value<'a> {
        use Value::{Dict, Duration, Float, Integer, List, Text, Tuple};
        let whole = |number: Option<i64>| number.map_or(Value::Unknown, Integer);
        match (operator, left, right) {
            (Operator::RShift, Integer(a), Integer(b)) => whole(u32::try_from(*b).ok().and_then(|b| a.checked_shr(b))),
            (Operator::LShift, Integer(_), Integer(_)) => Value::Unknown,
            (Operator::RShift | Operator::LShift, _, _) => {
                let direction = if operator == Operator::RShift {
                    Direction::Downstream
                } else {
                    Direction::Upstream
                };
                self.depend(
                    (left, Some(left_expression), range_of(left_expression)),
                    direction,
                    (right, Some(right_expression), range_of(right_expression)),
                );
                right.clone()
            }
            (Operator::Add, Integer(a), Integer(b)) => whole(a.checked_add(*b)),
            (Operator::Sub, Integer(a), Integer(b)) => whole(a.checked_sub(*b)),
            (Operator::Mult, Integer(a), Integer(b)) => whole(a.checked_mul(*b)),
            (Operator::FloorDiv, Integer(a), Integer(b)) if *b != 0 => {
                let quotient = a.checked_div_euclid(*b);
                // Euclid and Python round alike only where the divisor is positive.
                if *b > 0 { whole(quotient) } else { Value::Unknown }
            }
            (Operator::Mod, Integer(a), Integer(b)) if *b > 0 => Integer(a.rem_euclid(*b)),
            (Operator::Add, Float(a), Float(b)) => Float(a + b),
            (Operator::Sub, Float(a), Float(b)) => Float(a - b),
            (Operator::Mult, Float(a), Float(b)) => Float(a * b),
            (Operator::Add, Duration(a), Duration(b)) => a.checked_add(*b).map_or(Value::Unknown, Duration),
            (Operator::Sub, Duration(a), Duration(b)) => a.checked_sub(*b).map_or(Value::Unknown, Duration),
            (Operator::Mult, Duration(a), Integer(b)) | (Operator::Mult, Integer(b), Duration(a)) => {
                a.checked_mul(*b).map_or(Value::Unknown, Duration)
            }
            (Operator::Add, Text(a), Text(b))
                if a.len() + b.len() <= TEXT && self.budget.pay_text(a.len() + b.len()) =>
            {
                Value::text(format!("{a}{b}"))
            }
            (Operator::Mult, Text(text), Integer(times)) | (Operator::Mult, Integer(times), Text(text)) => {
                let times = usize::try_from(*times).unwrap_or(0);
                match text.len().checked_mul(times) {
                    Some(length) if length <= TEXT && self.budget.pay_text(length) => Value::text(text.repeat(times)),
                    _ => Value::Unknown,
                }
            }
            (Operator::BitOr | Operator::BitAnd, Value::Assets(a), Value::Assets(b))
                if self.budget.pay(a.uris.len() + b.uris.len()) =>
            {
                a.joined(b, operator == Operator::BitOr)
                    .map_or(Value::Unknown, |assets| Value::Assets(assets.into()))
            }
            (Operator::Mod, Text(pattern), _) => self.percent(pattern, right),
            (Operator::Add, List(a), List(b)) => List(self.joined(*a, *b)),
            (Operator::Add, Tuple(a), Tuple(b)) => Tuple(self.joined(*a, *b)),
            (Operator::Mult, List(list), Integer(times)) => {
                let collection = self.heap.get(*list);
                let times = usize::try_from(*times).unwrap_or(0);
                match collection.items.len().checked_mul(times) {
                    Some(length) if length <= ITEMS && self.budget.pay(length) => {
                        let repeated = collection.items.iter().cycle().take(length).cloned().collect();
                        List(self.collect(repeated, collection.open))
                    }
                    _ => Value::Foreign,
                }
            }
            (Operator::BitOr, Dict(_), Dict(_)) => {
                let merged = self.collect(Vec::new(), false);
                self.update(merged, left);
                self.update(merged, right);
                Dict(merged)
            }
            _ if left.is_plain() && right.is_plain() => Value::Unknown,
            (_, Value::Import(_), _) | (_, _, Value::Import(_)) => Value::Unknown,
            _ => Value::Foreign,
        }
    }

    fn joined(&mut self, one: usize, two: usize) -> usize {
        let (one, two) = (self.heap.get(one), self.heap.get(two));
        let all = one.items.len() + two.items.len();
        let length = all.min(ITEMS);
        let open = one.open || two.open || length < all || !self.budget.pay(length);
        let items: Vec<_> = one.items.iter().chain(&two.items).take(length).cloned().collect();
        self.collect(items, open)
    }

    /// The items of a collection, to be put into another one, and whether there may be others.
    pub(super) fn copied(&self, index: usize) -> (Vec<Value<'a>>, bool) {
        let collection = self.heap.get(index);
        if self.budget.pay(collection.items.len()) {
            (collection.items.clone(), collection.open)
        } else {
            (Vec::new(), true)
        }
    }

    /// `"…%s…" % value`
    fn percent(&self, pattern: &str, value: &Value<'a>) -> Value<'a> {
        if !self.budget.pay_text(pattern.len()) {
            return Value::Unknown;
        }
        let mut values = match value {
            Value::Tuple(index) => self.copied(*index).0,
            Value::Dict(_) => return Value::Unknown,
            other => vec![other.clone()],
        }
        .into_iter();
        let mut result = String::new();
        let mut characters = pattern.chars();
        while let Some(character) = characters.next() {
            if character != '%' {
                result.push(character);
                continue;
            }
            let mut specification = String::new();
            let kind = loop {
                match characters.next() {
                    Some(digit @ '0'..='9') => specification.push(digit),
                    other => break other,
                }
            };
            let text = match kind {
                Some('%') => Some("%".to_owned()),
                Some(kind @ ('s' | 'd')) => values.next().and_then(|value| {
                    // `%5s` aligns to the right, unlike `{:5s}`.
                    if kind == 'd' && !matches!(value, Value::Integer(_)) || kind == 's' && !specification.is_empty() {
                        return None;
                    }
                    text::formatted(&self.heap, &value, &specification)
                }),
                _ => None,
            };
            match text {
                Some(text) if result.len() + text.len() <= TEXT => result.push_str(&text),
                _ => return Value::Unknown,
            }
        }
        Value::text(result)
    }

    // ---- Dependencies ----

    /// Lets one side wait for the other: `left >> right` or `left << right`.
    pub(super) fn depend(
        &mut self,
        (left, left_expression, left_range): (&Value<'a>, Option<&'a Expr>, Range<usize>),
        direction: Direction,
        (right, right_expression, right_range): (&Value<'a>, Option<&'a Expr>, Range<usize>),
    ) {
        let (ends, left_known) = self.ends(left, left_expression, &left_range);
        let (others, right_known) = self.ends(right, right_expression, &right_range);
        let is_list = |value: &Value<'a>| matches!(value, Value::List(_) | Value::Tuple(_));
        if !left_known || !right_known {
            let is_node = |value: &Value<'a>| !matches!(value, Value::Import(_)) && !value.is_plain();
            if !is_node(left) && !is_node(right) {
                return;
            }
            let dag = ends
                .iter()
                .chain(&others)
                .find_map(|end| self.builder.dag_of(&end.node))
                .or_else(|| self.open_dags.last().copied());
            let range = if left_known {
                right_range.clone()
            } else {
                left_range.clone()
            };
            self.unresolved_in(dag, range, "which task this stands for is not known");
        }
        if is_list(left) && is_list(right) {
            self.unresolved(
                left_range.start.min(right_range.start)..left_range.end.max(right_range.end),
                "two lists cannot depend on each other",
            );
            return;
        }
        let work = ends.len().max(1) * others.len().max(1);
        if !self.spend(work, &left_range) {
            return;
        }
        match (is_list(left), ends.as_slice(), others.as_slice()) {
            (false, [one], _) => self.builder.relate(one, direction, &others),
            (true, _, [one]) => {
                let opposite = match direction {
                    Direction::Downstream => Direction::Upstream,
                    Direction::Upstream => Direction::Downstream,
                };
                self.builder.relate(one, opposite, &ends);
            }
            _ => {}
        }
        self.settle();
    }

    /// The tasks, groups and labels that a value stands for, and whether that is all.
    pub(super) fn ends(
        &self,
        value: &Value<'a>,
        expression: Option<&'a Expr>,
        range: &Range<usize>,
    ) -> (Vec<End>, bool) {
        let end = |node: Node, range: Range<usize>| (vec![End { node, range }], true);
        match value {
            Value::Task(task) => end(Node::Task(*task), range.clone()),
            Value::Output(tasks) => end(Node::Outputs(tasks.clone()), range.clone()),
            Value::Group(group) => end(Node::Group(*group), range.clone()),
            Value::Label(label) => end(Node::Label(*label), range.clone()),
            Value::List(index) | Value::Tuple(index) => {
                let collection = self.heap.get(*index);
                if !self.budget.pay(collection.items.len()) {
                    return (Vec::new(), false);
                }
                // Each element of a list that stands here has a place of its own.
                let elements: &[Expr] = match expression {
                    Some(Expr::List(list)) => &list.elts,
                    Some(Expr::Tuple(tuple)) => &tuple.elts,
                    _ => &[],
                };
                let own = elements.len() == collection.items.len()
                    && !elements.iter().any(|element| matches!(element, Expr::Starred(_)));
                let mut ends = Vec::with_capacity(collection.items.len());
                let mut known = !collection.open;
                for (index, item) in collection.items.iter().enumerate() {
                    let range = match elements.get(index) {
                        Some(element) if own => last_operand(element),
                        _ => range.clone(),
                    };
                    let node = match item {
                        Value::Task(task) => Node::Task(*task),
                        Value::Output(tasks) => Node::Outputs(tasks.clone()),
                        Value::Group(group) => Node::Group(*group),
                        Value::Label(label) => Node::Label(*label),
                        _ => {
                            known = false;
                            continue;
                        }
                    };
                    ends.push(End { node, range });
                }
                (ends, known)
            }
            _ => (Vec::new(), false),
        }
    }

    // ---- Calls ----

    fn call_expression(&mut self, call: &'a ExprCall, consumed: bool) -> Value<'a> {
        let range = range_of(call);
        if let Expr::Attribute(attribute) = &*call.func {
            let owner = self.evaluate(&attribute.value);
            let takes_all = matches!(attribute.attr.as_str(), "extend" | "join" | "update");
            let arguments = self.arguments(call, takes_all);
            return self.call_method(&owner, &attribute.attr, &arguments, &range);
        }
        let callee = self.evaluate(&call.func);
        let lazy = |name: &str| matches!(name, "enumerate" | "filter" | "iter" | "map" | "reversed" | "zip");
        let takes_all = match &callee {
            Value::Builtin(name) => {
                consumed && lazy(name)
                    || matches!(
                        &**name,
                        "dict" | "frozenset" | "list" | "max" | "min" | "set" | "sorted" | "sum" | "tuple"
                    )
            }
            Value::Import(path) => matches!(&**path, "collections.deque" | "functools.reduce"),
            _ => false,
        };
        let arguments = self.arguments(call, takes_all);
        if !consumed && matches!(&callee, Value::Builtin(name) if &**name == "map") {
            return self.doubtful(range.clone(), LAZY, |this| this.call(&callee, &arguments, &range));
        }
        self.call(&callee, &arguments, &range)
    }

    /// The arguments of a call, and whether it takes all items of each.
    fn arguments(&mut self, call: &'a ExprCall, takes_all: bool) -> Arguments<'a> {
        let mut arguments = Arguments::default();
        for expression in &call.arguments.args {
            let range = range_of(expression);
            self.consumes = takes_all;
            let value = self.evaluate(expression);
            if !matches!(expression, Expr::Starred(_)) {
                arguments.positional.push(Argument {
                    value,
                    range: last_operand(expression),
                });
                continue;
            }
            match self.iterate(&value) {
                Iteration::Known(items) => arguments.positional.extend(items.into_iter().map(|value| Argument {
                    value,
                    range: range.clone(),
                })),
                _ => arguments.spread_unknown(&value),
            }
        }
        for keyword in &call.arguments.keywords {
            let range = range_of(&keyword.value);
            let value = self.evaluate(&keyword.value);
            if let Some(name) = &keyword.arg {
                arguments.named.push((name.as_str().into(), Argument { value, range }));
                continue;
            }
            let Value::Dict(index) = value else {
                arguments.spread_unknown(&value);
                continue;
            };
            let dict = self.heap.get(index);
            let open = dict.open || !self.budget.pay(dict.items.len());
            arguments.open |= open;
            arguments.foreign |= open;
            for (key, value) in dict.entries() {
                if let Value::Text(name) = key {
                    arguments.named.push((
                        name.clone(),
                        Argument {
                            value: value.clone(),
                            range: range.clone(),
                        },
                    ));
                }
            }
        }
        arguments
    }
}

/// The part of an operand that names the task: of `a >> b`, whose value is `b`, the `b`.
fn last_operand(expression: &Expr) -> Range<usize> {
    match expression {
        Expr::BinOp(operation) if matches!(operation.op, Operator::RShift | Operator::LShift) => {
            range_of(&*operation.right)
        }
        _ => range_of(expression),
    }
}
