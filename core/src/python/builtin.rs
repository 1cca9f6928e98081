//! Python's own functions, and the methods of its own types.

use std::{ops::Range, rc::Rc};

use super::{
    build::Discovery,
    interpret::{ITEMS, Interpreter},
    statement::{Iteration, place},
    text,
    value::{Argument, Arguments, Recipe, TEXT, Value},
};

impl<'a> Interpreter<'a> {
    pub(super) fn call_builtin(&mut self, name: &str, arguments: &Arguments<'a>, range: &Range<usize>) -> Value<'a> {
        let first = arguments.positional.first().map(|argument| argument.value.clone());
        let second = arguments.positional.get(1).map(|argument| argument.value.clone());
        if let Some(Value::Text(text)) = &first
            && !self.budget.pay_text(text.len())
        {
            return Value::Unknown;
        }
        self.call_for_items(name, arguments, range);
        match (name, first, second) {
            ("type", Some(_), Some(_)) => self.class_of_parts(arguments, range),
            ("globals", None, _) => Value::Globals,
            ("super", ..) => self.parent(arguments),
            ("property", Some(Value::Function(getter)), _) => Value::Recipe(Rc::new(Recipe::Property(getter))),
            ("exec" | "eval" | "compile" | "__import__", ..) => {
                self.unresolved(range.clone(), "what this code does is not known");
                Value::Foreign
            }
            ("range", Some(Value::Integer(one)), second) => self.range(one, second, arguments),
            ("len", Some(value), _) => self.length(&value),
            ("str", Some(value), None) => text::of(&self.heap, &value).map_or(Value::Unknown, Value::text),
            ("repr", Some(value), None) => text::representation(&self.heap, &value).map_or(Value::Unknown, Value::text),
            ("int", Some(value), None) => match value {
                Value::Integer(_) => value,
                Value::Bool(flag) => Value::Integer(i64::from(flag)),
                Value::Text(text) => text.trim().parse().map_or(Value::Unknown, Value::Integer),
                _ => Value::Unknown,
            },
            ("bool", Some(value), None) => self.heap.truth(&value).map_or(Value::Unknown, Value::Bool),
            ("list" | "tuple" | "set" | "frozenset" | "sorted" | "reversed" | "iter", value, _) => {
                self.gathered(name, value, arguments)
            }
            ("dict", value, _) => self.new_dict(value, arguments),
            ("enumerate", Some(value), start) => {
                let start = match start.or_else(|| arguments.get("start").map(|start| start.value.clone())) {
                    None => 0,
                    Some(Value::Integer(start)) => start,
                    Some(_) => return Value::Foreign,
                };
                let iteration = self.iterate(&value);
                self.mapped(iteration, &value, |this, index, item| {
                    let number = i64::try_from(index).ok().and_then(|index| index.checked_add(start));
                    this.tuple(vec![number.map_or(Value::Unknown, Value::Integer), item])
                })
            }
            ("zip", Some(_), _) => self.zipped(arguments),
            ("map", Some(function), Some(value)) if arguments.positional.len() == 2 => {
                let iteration = self.iterate(&value);
                let range = range.clone();
                self.mapped(iteration, &value, move |this, _, item| {
                    let arguments = Arguments {
                        positional: vec![Argument {
                            value: item,
                            range: range.clone(),
                        }],
                        ..Arguments::default()
                    };
                    this.call(&function, &arguments, &range)
                })
            }
            ("filter", Some(_), Some(value)) => match self.iterate(&value) {
                Iteration::Known(items) | Iteration::Open(items) => Value::List(self.collect(items, true)),
                Iteration::Unknown => Value::Foreign,
            },
            ("min" | "max", ..) => self.extreme(name, arguments),
            ("sum", Some(value), None) => match self.iterate(&value) {
                Iteration::Known(items) => items
                    .iter()
                    .try_fold(0_i64, |sum, item| match item {
                        Value::Integer(number) => sum.checked_add(*number),
                        _ => None,
                    })
                    .map_or(Value::Unknown, Value::Integer),
                _ => Value::Unknown,
            },
            ("any" | "all", Some(value), _) => {
                let Iteration::Known(items) = self.iterate(&value) else {
                    return Value::Unknown;
                };
                let stop = name == "any";
                let mut known = true;
                for item in &items {
                    match self.heap.truth(item) {
                        Some(truth) if truth == stop => return Value::Bool(stop),
                        Some(_) => {}
                        None => known = false,
                    }
                }
                if known { Value::Bool(!stop) } else { Value::Unknown }
            }
            ("getattr", Some(owner), Some(Value::Text(name))) => self.attribute(&owner, &name),
            ("getattr" | "next" | "locals" | "vars", ..) => Value::Foreign,
            ("setattr", Some(owner), Some(Value::Text(name))) => {
                if let Some(argument) = arguments.positional.get(2) {
                    self.set_attribute(&owner, &name, argument);
                }
                Value::None
            }
            _ => Value::Unknown,
        }
    }

    /// `type(name, bases, members)`
    fn class_of_parts(&mut self, arguments: &Arguments<'a>, range: &Range<usize>) -> Value<'a> {
        let mut values = Vec::new();
        for argument in arguments.iter() {
            self.heap.walk(&argument.value, |value| values.push(value.clone()));
        }
        self.perhaps_call(&values, range);
        Value::Foreign
    }

    /// Calls the function that `sorted` and others call for each item.
    fn call_for_items(&mut self, name: &str, arguments: &Arguments<'a>, range: &Range<usize>) {
        let function = match name {
            "filter" => arguments.positional.first(),
            "max" | "min" | "sorted" => arguments.get("key"),
            _ => return,
        };
        let Some(function) = function.filter(|key| matches!(key.value, Value::Function(_) | Value::Recipe(_))) else {
            return;
        };
        let items = match (name, arguments.positional.as_slice()) {
            ("filter", [_, items]) | (_, [items]) => self.iterate(&items.value),
            (_, items) => Iteration::Known(items.iter().map(|item| item.value.clone()).collect()),
        };
        let (items, is_known) = match items {
            Iteration::Known(items) => (items, name != "filter"),
            Iteration::Open(items) => (items, false),
            Iteration::Unknown => (vec![Value::Unknown], false),
        };
        for value in items {
            let item = Arguments {
                positional: vec![Argument {
                    value,
                    range: range.clone(),
                }],
                ..Arguments::default()
            };
            let call = |this: &mut Self| this.call(&function.value, &item, range);
            if is_known {
                call(self);
            } else {
                self.doubtful(range.clone(), "whether this function is called is not known", call);
            }
        }
    }

    fn length(&self, value: &Value<'a>) -> Value<'a> {
        let length = match value {
            Value::List(index) | Value::Tuple(index) | Value::Set(index) | Value::Dict(index) => {
                let collection = self.heap.get(*index);
                (!collection.open).then_some(collection.items.len())
            }
            Value::Text(text) => Some(text.chars().count()),
            _ => None,
        };
        let length = length.and_then(|length| i64::try_from(length).ok());
        length.map_or(Value::Unknown, Value::Integer)
    }

    fn range(&mut self, one: i64, second: Option<Value<'a>>, arguments: &Arguments<'a>) -> Value<'a> {
        let (from, until) = match second {
            None => (0, one),
            Some(Value::Integer(until)) => (one, until),
            Some(_) => return Value::Unknown,
        };
        let step = match arguments.positional.get(2).map(|step| &step.value) {
            None => 1,
            Some(Value::Integer(step)) if *step != 0 => *step,
            Some(_) => return Value::Unknown,
        };
        let mut items = Vec::new();
        let mut next = from;
        while (step > 0 && next < until) || (step < 0 && next > until) {
            if items.len() >= ITEMS || !self.budget.pay(1) {
                return Value::List(self.collect(items, true));
            }
            items.push(Value::Integer(next));
            match next.checked_add(step) {
                Some(number) => next = number,
                None => break,
            }
        }
        self.list(items)
    }

    fn gathered(&mut self, name: &str, value: Option<Value<'a>>, arguments: &Arguments<'a>) -> Value<'a> {
        let Some(value) = value else {
            return match name {
                "tuple" => self.tuple(Vec::new()),
                "set" | "frozenset" => self.set(Vec::new(), false),
                _ => self.list(Vec::new()),
            };
        };
        let (mut items, open) = match self.iterate(&value) {
            Iteration::Known(items) => (items, false),
            Iteration::Open(items) => (items, true),
            Iteration::Unknown => {
                return match value {
                    Value::Unknown | Value::Output(_) => value,
                    _ => Value::Foreign,
                };
            }
        };
        match name {
            "tuple" => Value::Tuple(self.collect(items, open)),
            "set" | "frozenset" => self.set(items, open),
            "reversed" => {
                items.reverse();
                Value::List(self.collect(items, open))
            }
            "sorted" => {
                let texts: Option<Vec<Rc<str>>> = items
                    .iter()
                    .map(|item| match item {
                        Value::Text(text) => Some(text.clone()),
                        _ => None,
                    })
                    .collect();
                let numbers: Option<Vec<i64>> = items
                    .iter()
                    .map(|item| match item {
                        Value::Integer(number) => Some(*number),
                        _ => None,
                    })
                    .collect();
                let plain = arguments.named.is_empty();
                let mut sorted: Vec<Value<'a>> = match (texts, numbers) {
                    (Some(mut texts), _) if plain || arguments.get("key").is_none() => {
                        texts.sort_unstable();
                        texts.into_iter().map(Value::Text).collect()
                    }
                    (_, Some(mut numbers)) if plain || arguments.get("key").is_none() => {
                        numbers.sort_unstable();
                        numbers.into_iter().map(Value::Integer).collect()
                    }
                    // The order is not known: who only runs over the items does not mind.
                    _ => return Value::List(self.collect(items, true)),
                };
                match arguments.get("reverse").map(|reverse| self.heap.truth(&reverse.value)) {
                    Some(Some(true)) => sorted.reverse(),
                    Some(None) => return Value::List(self.collect(sorted, true)),
                    _ => {}
                }
                Value::List(self.collect(sorted, open))
            }
            _ => Value::List(self.collect(items, open)),
        }
    }

    fn new_dict(&mut self, value: Option<Value<'a>>, arguments: &Arguments<'a>) -> Value<'a> {
        let dict = self.collect(Vec::new(), arguments.open);
        match &value {
            None => {}
            Some(Value::Dict(_)) => {
                if let Some(value) = &value {
                    self.update(dict, value);
                }
            }
            Some(value) => match self.iterate(value) {
                Iteration::Known(pairs) => {
                    for pair in pairs {
                        match self.iterate(&pair) {
                            Iteration::Known(pair) => {
                                if let [key, value] = pair.as_slice() {
                                    self.put(dict, key.clone(), value.clone());
                                }
                            }
                            _ => {
                                self.change(dict, |dict| dict.open = true);
                            }
                        }
                    }
                }
                _ => {
                    self.change(dict, |dict| dict.open = true);
                }
            },
        }
        for (name, argument) in &arguments.named {
            self.put(dict, Value::Text(name.clone()), argument.value.clone());
        }
        Value::Dict(dict)
    }

    fn mapped(
        &mut self,
        iteration: Iteration<'a>,
        value: &Value<'a>,
        mut map: impl FnMut(&mut Self, usize, Value<'a>) -> Value<'a>,
    ) -> Value<'a> {
        let (items, open) = match iteration {
            Iteration::Known(items) => (items, false),
            Iteration::Open(items) => (items, true),
            Iteration::Unknown => {
                return match value {
                    Value::Unknown => Value::Unknown,
                    _ => Value::Foreign,
                };
            }
        };
        let mut mapped = Vec::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            if !self.budget.pay(1) {
                return Value::Foreign;
            }
            mapped.push(map(self, index, item));
        }
        Value::List(self.collect(mapped, open))
    }

    fn zipped(&mut self, arguments: &Arguments<'a>) -> Value<'a> {
        let mut columns = Vec::new();
        let mut open = arguments.open;
        let mut unknown = false;
        for argument in &arguments.positional {
            match self.iterate(&argument.value) {
                Iteration::Known(items) => columns.push(items),
                Iteration::Open(items) => {
                    open = true;
                    columns.push(items);
                }
                Iteration::Unknown => unknown = true,
            }
        }
        if unknown {
            return Value::Foreign;
        }
        let length = columns.iter().map(Vec::len).min().unwrap_or(0);
        let mut rows = Vec::with_capacity(length);
        for row in 0..length {
            if !self.budget.pay(1 + columns.len()) {
                return Value::Foreign;
            }
            let items = columns.iter().filter_map(|column| column.get(row).cloned()).collect();
            let items = self.tuple(items);
            rows.push(items);
        }
        Value::List(self.collect(rows, open))
    }

    fn extreme(&mut self, name: &str, arguments: &Arguments<'a>) -> Value<'a> {
        let items = match arguments.positional.as_slice() {
            [only] => match self.iterate(&only.value) {
                Iteration::Known(items) => items,
                _ => return Value::Unknown,
            },
            many => many.iter().map(|argument| argument.value.clone()).collect(),
        };
        if !arguments.named.is_empty() {
            return Value::Foreign;
        }
        let numbers: Option<Vec<i64>> = items
            .iter()
            .map(|item| match item {
                Value::Integer(number) => Some(*number),
                _ => None,
            })
            .collect();
        let found = numbers.and_then(|numbers| {
            if name == "min" {
                numbers.into_iter().min()
            } else {
                numbers.into_iter().max()
            }
        });
        found.map_or(Value::Unknown, Value::Integer)
    }

    pub(super) fn call_builtin_method(
        &mut self,
        owner: &Value<'a>,
        name: &str,
        arguments: &Arguments<'a>,
    ) -> Value<'a> {
        match owner {
            Value::Text(text) => self.text_method(text, name, arguments),
            Value::List(index) => self.list_method(*index, name, arguments),
            Value::Tuple(index) => self.sequence_method(*index, name, arguments),
            Value::Dict(index) => self.dict_method(*index, name, arguments),
            Value::Set(index) => {
                if let ("add", Some(argument)) = (name, arguments.positional.first()) {
                    self.put(*index, argument.value.clone(), argument.value.clone());
                    return Value::None;
                }
                self.change(*index, |set| set.open = true);
                Value::Foreign
            }
            Value::Builtin(class) => match (&**class, name, arguments.positional.first()) {
                ("dict", "fromkeys", Some(keys)) => {
                    let value = arguments
                        .positional
                        .get(1)
                        .map_or(Value::None, |value| value.value.clone());
                    let dict = self.collect(Vec::new(), false);
                    match self.iterate(&keys.value) {
                        Iteration::Known(keys) => {
                            for key in keys {
                                self.put(dict, key, value.clone());
                            }
                        }
                        _ => {
                            self.change(dict, |dict| dict.open = true);
                        }
                    }
                    Value::Dict(dict)
                }
                _ => Value::Unknown,
            },
            Value::Globals => {
                match name {
                    "update" | "setdefault" | "__setitem__" => {
                        for argument in arguments.iter() {
                            let mut dags = Vec::new();
                            self.heap.walk(&argument.value, |value| {
                                if let Value::Dag(dag) = value {
                                    dags.push(*dag);
                                }
                            });
                            for dag in dags {
                                if let Some(draft) = self.builder.dags.get_mut(dag) {
                                    draft.discovery = Discovery::Found;
                                }
                            }
                        }
                    }
                    "get" => {
                        if let Some(Value::Text(name)) = arguments.positional.first().map(|first| &first.value) {
                            return self.scopes.global(name).cloned().unwrap_or(Value::Foreign);
                        }
                    }
                    _ => {}
                }
                Value::Foreign
            }
            Value::Duration(length) if name == "total_seconds" => length
                .to_string()
                .parse::<f64>()
                .map_or(Value::Unknown, |length| Value::Float(length / 1e6)),
            _ => Value::Unknown,
        }
    }

    fn list_method(&mut self, list: usize, name: &str, arguments: &Arguments<'a>) -> Value<'a> {
        let first = arguments.positional.first().map(|argument| argument.value.clone());
        let moves_items = matches!(name, "insert" | "pop" | "reverse" | "clear" | "remove");
        if moves_items && !self.budget.pay(self.heap.get(list).items.len() / 8) {
            return Value::Foreign;
        }
        match (name, first) {
            ("append", Some(value)) => {
                self.change(list, |list| list.items.push(value));
                Value::None
            }
            ("extend", Some(value)) => {
                self.extend(list, &value);
                Value::None
            }
            ("insert", Some(Value::Integer(index))) => {
                let value = arguments.positional.get(1).map(|argument| argument.value.clone());
                if let Some(value) = value {
                    let length = self.heap.get(list).items.len();
                    let place = place(index, length).unwrap_or(if index < 0 { 0 } else { length });
                    self.change(list, |list| list.items.insert(place, value));
                }
                Value::None
            }
            ("pop", index) => {
                let index = match index {
                    None => Some(-1),
                    Some(Value::Integer(index)) => Some(index),
                    Some(_) => None,
                };
                let length = self.heap.get(list).items.len();
                let Some(place) = index.and_then(|index| place(index, length)) else {
                    self.change(list, |list| list.open = true);
                    return Value::Foreign;
                };
                self.change(list, |list| list.items.remove(place))
                    .unwrap_or(Value::Foreign)
            }
            ("reverse", None) => {
                self.change(list, |list| list.items.reverse());
                Value::None
            }
            ("clear", None) => {
                self.change(list, |list| list.items.clear());
                Value::None
            }
            ("sort" | "remove", _) => {
                let sorted = match name {
                    "sort" => self.gathered("sorted", Some(Value::List(list)), arguments),
                    _ => Value::Foreign,
                };
                let items = match sorted {
                    Value::List(sorted) if !self.heap.get(sorted).open => Some(self.copied(sorted).0),
                    _ => None,
                };
                self.change(list, |list| match items {
                    Some(items) => list.items = items,
                    None => list.open = true,
                });
                Value::None
            }
            _ => self.sequence_method(list, name, arguments),
        }
    }

    fn sequence_method(&mut self, sequence: usize, name: &str, arguments: &Arguments<'a>) -> Value<'a> {
        let collection = self.heap.get(sequence);
        match (name, arguments.positional.first()) {
            ("copy", None) => {
                let (items, open) = self.copied(sequence);
                Value::List(self.collect(items, open))
            }
            ("index", Some(wanted)) if !collection.open => {
                for (index, item) in collection.items.iter().enumerate() {
                    match self.heap.equal(item, &wanted.value) {
                        Some(true) => return i64::try_from(index).map_or(Value::Unknown, Value::Integer),
                        Some(false) => {}
                        None => return Value::Unknown,
                    }
                }
                Value::Unknown
            }
            _ => Value::Unknown,
        }
    }

    fn dict_method(&mut self, dict: usize, name: &str, arguments: &Arguments<'a>) -> Value<'a> {
        let collection = self.heap.get(dict);
        let open = collection.open;
        let visits_all = matches!(name, "items" | "keys" | "values" | "pop");
        if visits_all && !self.budget.pay(collection.items.len()) {
            return Value::Foreign;
        }
        let first = arguments.positional.first().map(|argument| argument.value.clone());
        let otherwise = arguments.positional.get(1).map(|argument| argument.value.clone());
        match (name, first) {
            ("items", None) => {
                let entries: Vec<_> = collection
                    .entries()
                    .map(|(key, value)| vec![key.clone(), value.clone()])
                    .collect();
                let mut items = Vec::with_capacity(entries.len());
                for entry in entries {
                    items.push(self.tuple(entry));
                }
                Value::List(self.collect(items, open))
            }
            ("keys", None) => {
                let keys = collection.keys.clone();
                Value::List(self.collect(keys, open))
            }
            // What this gives is no list: only running over it, or making a list of it, is allowed.
            ("values", None) => {
                let values = collection.items.clone();
                Value::List(self.collect(values, open))
            }
            ("copy", None) => {
                let copy = self.collect(Vec::new(), false);
                self.update(copy, &Value::Dict(dict));
                Value::Dict(copy)
            }
            ("get" | "pop" | "setdefault", Some(key)) => {
                let Some(place) = self.heap.key(&key) else {
                    return Value::Foreign;
                };
                let found = collection.get(&place).cloned();
                if name == "pop" {
                    self.change(dict, |dict| dict.remove(&place));
                }
                match found {
                    Some(value) => value,
                    None if open => Value::Foreign,
                    None => {
                        let value = otherwise.unwrap_or(Value::None);
                        if name == "setdefault" {
                            self.put(dict, key, value.clone());
                        }
                        value
                    }
                }
            }
            ("update", with) => {
                if let Some(with) = with {
                    self.update(dict, &with);
                }
                for (name, argument) in &arguments.named {
                    self.put(dict, Value::Text(name.clone()), argument.value.clone());
                }
                if arguments.open {
                    self.change(dict, |dict| dict.open = true);
                }
                Value::None
            }
            _ => {
                self.change(dict, |dict| dict.open = true);
                Value::Foreign
            }
        }
    }

    fn text_method(&mut self, text: &str, name: &str, arguments: &Arguments<'a>) -> Value<'a> {
        if arguments.open || (name != "format" && !arguments.named.is_empty()) {
            return Value::Unknown;
        }
        if !self.budget.pay_text(text.len()) {
            return Value::Unknown;
        }
        let texts: Option<Vec<Rc<str>>> = arguments
            .positional
            .iter()
            .map(|argument| match &argument.value {
                Value::Text(text) => Some(text.clone()),
                _ => None,
            })
            .collect();
        match (name, texts.as_deref()) {
            ("lower", Some([])) => Value::text(text.to_lowercase()),
            ("upper", Some([])) => Value::text(text.to_uppercase()),
            ("strip", Some([])) => Value::text(text.trim().to_owned()),
            ("lstrip", Some([])) => Value::text(text.trim_start().to_owned()),
            ("rstrip", Some([])) => Value::text(text.trim_end().to_owned()),
            ("capitalize", Some([])) => {
                let mut characters = text.chars();
                let first: String = characters.next().into_iter().flat_map(char::to_uppercase).collect();
                Value::text(first + &characters.as_str().to_lowercase())
            }
            ("removeprefix", Some([prefix])) => Value::text(text.strip_prefix(&**prefix).unwrap_or(text).to_owned()),
            ("removesuffix", Some([suffix])) => Value::text(text.strip_suffix(&**suffix).unwrap_or(text).to_owned()),
            ("startswith", Some([prefix])) => Value::Bool(text.starts_with(&**prefix)),
            ("endswith", Some([suffix])) => Value::Bool(text.ends_with(&**suffix)),
            ("replace", Some([from, to])) if !from.is_empty() => {
                let longest = text.len().saturating_mul(to.len().max(1));
                if longest > 1_000_000 || !self.budget.pay_text(longest) {
                    return Value::Unknown;
                }
                Value::text(text.replace(&**from, to))
            }
            ("split", Some(separators)) => {
                let parts: Vec<_> = match separators {
                    [] => text.split_whitespace().map(|part| Value::Text(part.into())).collect(),
                    [separator] if !separator.is_empty() => {
                        text.split(&**separator).map(|part| Value::Text(part.into())).collect()
                    }
                    _ => return Value::Unknown,
                };
                if parts.len() > ITEMS || !self.budget.pay(parts.len()) {
                    return Value::Unknown;
                }
                self.list(parts)
            }
            ("zfill", None) => match arguments.positional.first().map(|first| &first.value) {
                Some(Value::Integer(width)) if text.bytes().all(|byte| byte.is_ascii_digit()) => {
                    let width = usize::try_from(*width).unwrap_or(0).min(1000);
                    Value::text(format!("{text:0>width$}"))
                }
                _ => Value::Unknown,
            },
            ("join", None) => {
                let Some(argument) = arguments.positional.first() else {
                    return Value::Unknown;
                };
                let Iteration::Known(items) = self.iterate(&argument.value) else {
                    return Value::Unknown;
                };
                let parts: Option<Vec<Rc<str>>> = items
                    .into_iter()
                    .map(|item| match item {
                        Value::Text(text) => Some(text),
                        _ => None,
                    })
                    .collect();
                match parts {
                    Some(parts) if parts.iter().map(|part| part.len() + text.len()).sum::<usize>() <= TEXT => {
                        Value::text(parts.join(text))
                    }
                    _ => Value::Unknown,
                }
            }
            ("format", _) => self.format(text, arguments),
            _ => Value::Unknown,
        }
    }

    /// `"…{}…{name}…".format(…)`
    fn format(&self, pattern: &str, arguments: &Arguments<'a>) -> Value<'a> {
        let mut result = String::new();
        let mut next = 0;
        let mut rest = pattern;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, behind) = rest.split_at(at);
            result.push_str(before);
            if let Some(escaped) = behind.strip_prefix("{{") {
                result.push('{');
                rest = escaped;
                continue;
            }
            if let Some(escaped) = behind.strip_prefix("}}") {
                result.push('}');
                rest = escaped;
                continue;
            }
            let Some((field, tail)) = behind.strip_prefix('{').and_then(|behind| behind.split_once('}')) else {
                return Value::Unknown;
            };
            let (name, specification) = field.split_once(':').unwrap_or((field, ""));
            let value = if name.is_empty() {
                next += 1;
                arguments.positional.get(next - 1)
            } else if let Ok(index) = name.parse::<usize>() {
                arguments.positional.get(index)
            } else {
                arguments.get(name)
            };
            match value.and_then(|argument| text::formatted(&self.heap, &argument.value, specification)) {
                Some(text) if result.len() + text.len() <= TEXT => result.push_str(&text),
                _ => return Value::Unknown,
            }
            rest = tail;
        }
        result.push_str(rest);
        Value::text(result)
    }
}
