//! The output gate: in the syntax tree of the text, each emission is exactly one literal, or one name, that reads back
//! as its value.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use minijinja::{Value, value::ValueKind};
use ruff_python_ast::{
    Alias, AnyNodeRef, Arguments, ExceptHandler, Expr, ExprCall, ExprContext, Identifier, ModModule, Number, Operator,
    Parameter, Pattern, PythonVersion, Stmt, TypeParams, UnaryOp,
    visitor::source_order::{
        SourceOrderVisitor, TraversalSignal, walk_alias, walk_arguments, walk_except_handler, walk_expr,
        walk_parameter, walk_stmt,
    },
};
use ruff_python_parser::Parsed;
use ruff_text_size::Ranged;

use super::{
    Emission, Emitted, MAXIMUM_OUTPUT, Rendered,
    composition::{Composition, Piece, may_compose, passed_on},
};
use crate::{
    formats::jinja_tags,
    pointer::Pointer,
    python::{self, Unreadable},
};

/// A rendered file that passed.
#[derive(Debug)]
pub(crate) struct Gated {
    pub(crate) text: String,
    pub(crate) emissions: Vec<Emission>,
    pub(crate) module: Parsed<ModModule>,
    /// Two equal answers in one list that bind one name; rules may have better words for what is wrong with them.
    pub(crate) duplicate: Option<Rejection>,
}

/// Why a rendered file is not written.
#[derive(Debug)]
pub(crate) enum Rejection {
    /// It is not Python.
    Unreadable(Unreadable),
    /// An emission is not what it must be.
    Emission(Emission),
    /// An emission makes, or completes, a tag that Airflow would render with Jinja.
    Jinja(Emission, String),
    /// Two emissions bind one name.
    SharedName(Box<[Emission; 2]>),
}

/// Checks a rendered file that must run on a version of Python; one that fails comes back with the reason.
///
/// `jinja` are the texts whose tags may reach Airflow, as far as this gate goes: those of the template's author, and
/// answers.
pub(crate) fn check(
    rendered: Rendered,
    version: PythonVersion,
    jinja: &[&str],
    answers: &serde_json::Value,
) -> Result<Gated, (String, Rejection)> {
    let Rendered { text, emissions } = rendered;
    let module = match python::parse_for(&text, version) {
        Ok(module) => module,
        Err(unreadable) => return Err((text, Rejection::Unreadable(unreadable))),
    };
    let mut confinement = Confinement {
        text: &text,
        all: &emissions,
        emissions: &emissions,
        is_refused: false,
        jinja,
        answers,
        composed: BTreeSet::new(),
        scope: 0,
        bound: BTreeMap::new(),
        duplicate: None,
        rejection: None,
    };
    confinement.visit_body(&module.syntax().body);
    let unfound = confinement.emissions.first().cloned().map(Rejection::Emission);
    let duplicate = confinement.duplicate;
    match unfound.or(confinement.rejection) {
        Some(rejection) => Err((text, rejection)),
        None => Ok(Gated {
            text,
            emissions,
            module,
            duplicate,
        }),
    }
}

/// One walk over the tree and the emissions, both in the order of the text.
///
/// An emission is taken off the list where the tree holds it as one literal or one name. One that is not found in its
/// place, or that stands where a value could do more than be a value, stays on the list.
struct Confinement<'a> {
    text: &'a str,
    all: &'a [Emission],
    /// The emissions that have not been found yet.
    emissions: &'a [Emission],
    is_refused: bool,
    /// Texts whose Jinja may reach Airflow.
    jinja: &'a [&'a str],
    answers: &'a serde_json::Value,
    /// Where the expressions begin and end whose texts were composed as a part of others.
    composed: BTreeSet<(usize, usize)>,
    /// Where the function or class begins that is being walked.
    scope: usize,
    /// What binds each name that came of an answer, by the scope that it is bound in.
    bound: BTreeMap<(usize, &'a str), &'a Emission>,
    duplicate: Option<Rejection>,
    /// What is wrong though every emission may be found.
    rejection: Option<Rejection>,
}

impl<'a> Confinement<'a> {
    /// The next emission, if it begins within a node, and the range that its literal must have.
    fn next_in(&self, node: &impl Ranged) -> Option<(&'a Emission, Range<usize>)> {
        let emission = self.emissions.first().filter(|_| !self.is_refused)?;
        let literal = without_parentheses(self.text, &emission.range);
        range_of(node).contains(&literal.start).then_some((emission, literal))
    }

    /// Refuses the next emission if it begins within a node.
    fn refuse_in(&mut self, node: &impl Ranged) {
        self.is_refused |= self.next_in(node).is_some();
    }

    fn take(&mut self, is_value: bool) {
        if is_value {
            self.emissions = self.emissions.get(1..).unwrap_or_default();
        } else {
            self.is_refused = true;
        }
    }

    /// Refuses an identifier that binds a name in a scope where one of another source binds it.
    fn bind(&mut self, identifier: &Range<usize>) {
        let Some(emission) = self.emission_at(identifier) else {
            return;
        };
        let Emitted::Name(name) = &emission.value else { return };
        let first = *self.bound.entry((self.scope, name)).or_insert(emission);
        if first.range == emission.range {
            return;
        }
        let both = || Some(Rejection::SharedName(Box::new([first.clone(), emission.clone()])));
        match (self.source(first), self.source(emission)) {
            (Some((one, _)), Some((two, _))) if one == two => {}
            (Some((one, text)), Some((two, other))) if text == other && are_items_alike(one, two) => {
                self.duplicate = self.duplicate.take().or_else(both);
            }
            _ => self.rejection = self.rejection.take().or_else(both),
        }
    }

    /// The one answer that an identifier was made of; none where that is not known.
    fn source(&self, emission: &'a Emission) -> Option<(&'a Pointer, &'a serde_json::Value)> {
        let pointer = emission.pointer.as_ref()?;
        let answer = self.answers.pointer(pointer.as_str())?;
        let is_one = answer.is_string() || answer.is_boolean() || answer.is_number();
        is_one.then_some((pointer, answer))
    }

    /// Refuses a value that holds Jinja of its own, in any of its texts.
    fn check_jinja(&mut self, literal: &Expr, emission: &Emission) {
        match literal {
            Expr::StringLiteral(text) => self.check_text(text.value.to_str(), emission),
            Expr::List(list) => list.elts.iter().for_each(|item| self.check_jinja(item, emission)),
            Expr::Dict(dict) => {
                for item in dict {
                    item.key.iter().for_each(|key| self.check_jinja(key, emission));
                    self.check_jinja(&item.value, emission);
                }
            }
            _ => {}
        }
    }

    /// Refuses an expression whose text holds Jinja which only its values make or complete.
    fn check_composition(&mut self, composition: &Composition<'a>) {
        let mut is_open = composition.is_open;
        for pieces in &composition.alternatives {
            for known in pieces.split(Option::is_none) {
                let known: Vec<_> = known.iter().flatten().collect();
                let value = known.iter().find_map(|piece| self.emission_of(piece));
                match (value, joined(&known)) {
                    (Some(value), Some(text)) if known.len() > 1 => self.check_text(&text, value),
                    (Some(_), None) => is_open = true,
                    _ => {}
                }
            }
        }
        if is_open {
            self.check_scattered(&composition.literals);
        }
    }

    /// Refuses Jinja that a value may make of what it is added to. That is not known, so a brace may stand on either side.
    fn check_added(&mut self, composition: &Composition<'a>) {
        for pieces in &composition.alternatives {
            let edge = |piece: Option<&Option<Piece<'a>>>| {
                let piece = piece?.as_ref()?;
                self.emission_of(piece)
                    .filter(|_| jinja_tags(piece.text).next().is_none())
            };
            let (first, last) = (edge(pieces.first()), edge(pieces.last()));
            let known: Vec<_> = pieces.iter().map_while(Option::as_ref).collect();
            let (Some(value), Some(text)) = (first.or(last), joined(&known)) else {
                continue;
            };
            let before = if first.is_some() { "{" } else { "" };
            let behind = if last.is_some() { "}" } else { "" };
            let text = format!("{before}{text}{behind}");
            // What opens and does not end is more often a `#` before a comment than Jinja.
            if jinja_tags(&text).all(|(_, is_closed)| is_closed) {
                self.check_text(&text, value);
            }
        }
    }

    fn compose(&mut self, expression: &'a Expr) -> Composition<'a> {
        let mut composition = Composition::of(expression);
        let read = composition.read.drain(..).map(|range| (range.start, range.end));
        self.composed.extend(read);
        composition
    }

    /// Refuses literals that could make a tag wherever each of them ended up.
    fn check_scattered(&mut self, literals: &[Piece<'a>]) {
        let mut values = literals
            .iter()
            .filter_map(|piece| Some((piece, self.emission_of(piece)?)));
        let Some((_, first)) = values.clone().next() else {
            return;
        };
        let own_tag = literals
            .iter()
            .filter(|piece| self.emission_of(piece).is_none())
            .find_map(|piece| jinja_tags(piece.text).next());
        let brace = literals.iter().find(|piece| piece.text.contains('{'));
        let value = values.find(|(piece, _)| piece.text.contains(['{', '}', '%', '#']));
        let found = match (own_tag, brace, value) {
            (Some((tag, _)), ..) => Some((first, tag)),
            (None, Some(_), Some((piece, emission))) => Some((emission, piece.text)),
            _ => None,
        };
        if let Some((emission, found)) = found
            && self.rejection.is_none()
        {
            self.rejection = Some(Rejection::Jinja(emission.clone(), found.to_owned()));
        }
    }

    fn emission_of(&self, piece: &Piece<'_>) -> Option<&'a Emission> {
        self.emission_at(&piece.literal)
    }

    /// Refuses a text of a value that another expression passes on to where it would get a meaning.
    fn refuse_passed_on(&mut self, expression: &'a Expr) {
        let value = passed_on(expression)
            .iter()
            .find_map(|literal| self.emission_at(literal));
        if let Some(emission) = value
            && self.rejection.is_none()
        {
            self.rejection = Some(Rejection::Emission(emission.clone()));
        }
    }

    fn check_text(&mut self, text: &str, emission: &Emission) {
        if self.rejection.is_some() {
            return;
        }
        let strange = jinja_tags(text).find(|(tag, _)| !self.jinja.iter().any(|permitted| permitted.contains(tag)));
        if let Some((tag, _)) = strange {
            self.rejection = Some(Rejection::Jinja(emission.clone(), tag.to_owned()));
        }
    }

    /// The emission that a literal is.
    fn emission_at(&self, literal: &Range<usize>) -> Option<&'a Emission> {
        let behind = self
            .all
            .partition_point(|emission| emission.range.start <= literal.start);
        let emission = self.all.get(behind.checked_sub(1)?)?;
        (emission.range.end >= literal.end).then_some(emission)
    }

    fn within_scope(&mut self, start: usize, walk: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.scope, start);
        walk(self);
        self.scope = outer;
    }
}

/// The text of pieces; none where it is longer than any file.
fn joined(pieces: &[&Piece<'_>]) -> Option<String> {
    let length: usize = pieces.iter().map(|piece| piece.text.len()).sum();
    (length <= MAXIMUM_OUTPUT).then(|| pieces.iter().map(|piece| piece.text).collect())
}

/// Whether two addresses differ only in the position of an item.
fn are_items_alike(one: &Pointer, two: &Pointer) -> bool {
    let is_position = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (mut one, mut two) = (one.as_str().split('/'), two.as_str().split('/'));
    loop {
        match (one.next(), two.next()) {
            (None, None) => return true,
            (Some(part), Some(other)) if part == other || is_position(part) && is_position(other) => {}
            _ => return false,
        }
    }
}

/// The text that a call of `str.format` gives a meaning.
fn formatted_by_class(call: &ExprCall) -> Option<&Expr> {
    let Expr::Attribute(method) = &*call.func else {
        return None;
    };
    let is_format = matches!(method.attr.as_str(), "format" | "format_map")
        && matches!(&*method.value, Expr::Name(name) if name.id.as_str() == "str");
    call.arguments.args.first().filter(|_| is_format)
}

impl<'a> SourceOrderVisitor<'a> for Confinement<'a> {
    fn enter_node(&mut self, node: AnyNodeRef<'a>) -> TraversalSignal {
        if self.next_in(&node).is_some() {
            TraversalSignal::Traverse
        } else {
            TraversalSignal::Skip
        }
    }

    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            // These give a name, or a text, another meaning elsewhere.
            Stmt::Global(_) | Stmt::Nonlocal(_) | Stmt::TypeAlias(_) => self.refuse_in(statement),
            Stmt::FunctionDef(function) => {
                let start = function.body.first().map_or(0, |first| range_of(first).start);
                self.bind(&range_of(&function.name));
                self.within_scope(start, |confinement| walk_stmt(confinement, statement));
            }
            Stmt::ClassDef(class) => {
                let start = class.body.first().map_or(0, |first| range_of(first).start);
                self.bind(&range_of(&class.name));
                self.within_scope(start, |confinement| walk_stmt(confinement, statement));
            }
            Stmt::AugAssign(assignment) if assignment.op == Operator::Add => {
                if self.next_in(&*assignment.value).is_some() {
                    let composition = self.compose(&assignment.value);
                    self.check_composition(&composition);
                    self.check_added(&composition);
                }
                walk_stmt(self, statement);
            }
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        let Some((emission, literal)) = self.next_in(expression) else {
            return;
        };
        if range_of(expression) == literal {
            let is_value = reads_as(expression, &emission.value);
            match expression {
                Expr::Name(name) if name.ctx == ExprContext::Store => self.bind(&literal),
                _ => self.check_jinja(expression, emission),
            }
            return self.take(is_value);
        }
        let Range { start, end } = range_of(expression);
        if may_compose(expression) && !self.composed.contains(&(start, end)) {
            let composition = self.compose(expression);
            self.check_composition(&composition);
        }
        let base = match expression {
            Expr::FString(_) | Expr::TString(_) => return self.refuse_in(expression),
            // A method of a value, such as `format`, would give its text a meaning; a number would change where it ends.
            Expr::Attribute(attribute) => Some(&attribute.value),
            Expr::Subscript(subscript) => Some(&subscript.value),
            Expr::Call(call) => Some(&call.func),
            _ => None,
        };
        if base.is_some_and(|base| range_of(&**base) == literal) && matches!(emission.value, Emitted::Literal(_)) {
            return self.take(false);
        }
        if let Some(base) = base {
            self.refuse_passed_on(base);
        }
        match expression {
            // Its left side may be a text that says where the right side goes.
            Expr::BinOp(operation) if operation.op == Operator::Mod => self.refuse_passed_on(&operation.left),
            Expr::Call(call) => {
                if let Some(text) = formatted_by_class(call) {
                    self.refuse_passed_on(text);
                }
            }
            Expr::Lambda(_) => return self.within_scope(start, |confinement| walk_expr(confinement, expression)),
            _ => {}
        }
        walk_expr(self, expression);
    }

    fn visit_alias(&mut self, alias: &'a Alias) {
        self.bind(&range_of(alias.asname.as_ref().unwrap_or(&alias.name)));
        walk_alias(self, alias);
    }

    fn visit_except_handler(&mut self, handler: &'a ExceptHandler) {
        let ExceptHandler::ExceptHandler(named) = handler;
        if let Some(name) = &named.name {
            self.bind(&range_of(name));
        }
        walk_except_handler(self, handler);
    }

    fn visit_parameter(&mut self, parameter: &'a Parameter) {
        self.bind(&range_of(&parameter.name));
        walk_parameter(self, parameter);
    }

    fn visit_arguments(&mut self, arguments: &'a Arguments) {
        // Brackets around a value became those of a call, or of the bases of a class.
        if self
            .next_in(arguments)
            .is_some_and(|(emission, _)| emission.range == range_of(arguments))
        {
            return self.take(false);
        }
        walk_arguments(self, arguments);
    }

    fn visit_identifier(&mut self, identifier: &'a Identifier) {
        if let Some((emission, literal)) = self.next_in(identifier) {
            let is_name = matches!(&emission.value, Emitted::Name(name) if *name == identifier.id.as_str());
            self.take(is_name && literal == range_of(identifier));
        }
    }

    /// Python evaluates the text in an annotation when it is asked for type hints, which Airflow does.
    fn visit_annotation(&mut self, annotation: &'a Expr) {
        self.refuse_in(annotation);
    }

    fn visit_type_params(&mut self, parameters: &'a TypeParams) {
        self.refuse_in(parameters);
    }

    /// Values of different kinds are different patterns.
    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        self.refuse_in(pattern);
    }
}

fn range_of(node: &impl Ranged) -> Range<usize> {
    let range = node.range();
    range.start().to_usize()..range.end().to_usize()
}

/// The part of an emission that is a node of its own: negative numbers and texts of several lines stand in parentheses.
fn without_parentheses(text: &str, range: &Range<usize>) -> Range<usize> {
    let inner = text
        .get(range.clone())
        .and_then(|literal| literal.strip_prefix('(')?.strip_suffix(')'));
    match inner {
        Some(inner) => {
            let start = range.start + 1 + (inner.len() - inner.trim_ascii_start().len());
            start..start + inner.trim_ascii().len()
        }
        None => range.clone(),
    }
}

/// Whether an expression is what an emission must be.
fn reads_as(expression: &Expr, emitted: &Emitted) -> bool {
    match emitted {
        Emitted::Name(name) => matches!(expression, Expr::Name(read) if read.id.as_str() == name),
        Emitted::Literal(value) => is_literal(expression, value, 0),
    }
}

/// Whether an expression is a literal of a value.
fn is_literal(expression: &Expr, value: &Value, depth: usize) -> bool {
    if depth > 40 {
        return false;
    }
    match expression {
        Expr::NoneLiteral(_) => value.is_none(),
        Expr::BooleanLiteral(literal) => value.kind() == ValueKind::Bool && value.is_true() == literal.value,
        Expr::StringLiteral(literal) => value.as_str() == Some(literal.value.to_str()),
        Expr::NumberLiteral(literal) => is_number(&literal.value, value, false),
        Expr::UnaryOp(operation) => match &*operation.operand {
            Expr::NumberLiteral(literal) if operation.op == UnaryOp::USub => is_number(&literal.value, value, true),
            _ => false,
        },
        Expr::List(list) if list.ctx == ExprContext::Load => {
            matches!(value.kind(), ValueKind::Seq | ValueKind::Iterable)
                && value.try_iter().is_ok_and(|items| {
                    let items: Vec<_> = items.collect();
                    items.len() == list.elts.len()
                        && list
                            .elts
                            .iter()
                            .zip(&items)
                            .all(|(element, item)| is_literal(element, item, depth + 1))
                })
        }
        Expr::Dict(dict) => {
            value.kind() == ValueKind::Map
                && value.try_iter().is_ok_and(|keys| {
                    let keys: Vec<_> = keys.collect();
                    keys.len() == dict.items.len()
                        && dict.items.iter().zip(&keys).all(|(item, key)| {
                            item.key
                                .as_ref()
                                .is_some_and(|literal| is_literal(literal, key, depth + 1))
                                && value
                                    .get_item(key)
                                    .is_ok_and(|member| is_literal(&item.value, &member, depth + 1))
                        })
                })
        }
        _ => false,
    }
}

fn is_number(literal: &Number, value: &Value, negative: bool) -> bool {
    match literal {
        Number::Int(integer) => {
            let magnitude = integer.to_string().parse::<i128>().ok();
            let read = if negative {
                magnitude.map(|magnitude| -magnitude)
            } else {
                magnitude
            };
            value.is_integer() && read.is_some() && read == i128::try_from(value.clone()).ok()
        }
        Number::Float(float) => {
            let read = if negative { -float } else { *float };
            !value.is_integer() && f64::try_from(value.clone()).is_ok_and(|own| own.to_bits() == read.to_bits())
        }
        Number::Complex { .. } => false,
    }
}

#[cfg(test)]
mod tests {
    use minijinja::Value;
    use ruff_python_ast::PythonVersion;

    use super::{Emission, Emitted, Rejection, Rendered, check};
    use crate::{render::languages, template::Target};

    /// What becomes of a text in which each `¤` is one value.
    fn checked(template: &str, value: &Emitted, indentation: Option<usize>) -> Result<String, Rejection> {
        let literal = match value {
            Emitted::Literal(value) => languages::write(Target::Python, value, indentation).unwrap(),
            Emitted::Name(name) => name.clone(),
        };
        let mut rendered = Rendered {
            text: String::new(),
            emissions: Vec::new(),
        };
        for (position, own) in template.split('¤').enumerate() {
            if position > 0 {
                let start = rendered.text.len();
                rendered.text.push_str(&literal);
                rendered.emissions.push(Emission {
                    range: start..rendered.text.len(),
                    value: value.clone(),
                    pointer: None,
                });
            }
            rendered.text.push_str(own);
        }
        check(rendered, PythonVersion::PY314, &[], &serde_json::Value::Null)
            .map(|gated| gated.text)
            .map_err(|(_, rejection)| rejection)
    }

    fn values() -> Vec<Value> {
        vec![
            Value::from("text"),
            Value::from("first line\nsecond line"),
            Value::from("{__import__('os').system('id')}"),
            Value::from(""),
            Value::from(7),
            Value::from(-7),
            Value::from(0.5),
            Value::from(-0.0),
            Value::from(true),
            Value::from(()),
            Value::from(vec!["a"]),
            Value::from(vec!["a", "b"]),
            Value::from(Vec::<Value>::new()),
            Value::from_pairs([("a", Value::from(vec![1, -2]))]),
        ]
    }

    #[test]
    fn a_value_is_written_where_an_expression_stands() {
        for template in [
            "x = ¤",
            "x = [¤, ¤]",
            "x = (¤)",
            "x = {1: ¤, 'k': [¤]}",
            "f(¤, key=¤)",
            "f(*¤, **¤)",
            "x = a if ¤ else ¤",
            "x = 1 - ¤",
            "x = -¤",
            "x = ¤ ** 2 ** ¤",
            "x = a[¤] + a[¤:¤]",
            "def f(a, b=¤):\n    return ¤\n",
            "@f(¤)\ndef g():\n    ¤\n",
            "class A(f(¤)):\n    x: int = ¤\n",
            "with f(¤) as x:\n    pass\n",
            "for x in ¤:\n    pass\n",
            "match ¤:\n    case a:\n        pass\n",
            "x = lambda a=¤: ¤",
            "x = [a for a in ¤ if ¤]",
            "x = (\n    ¤\n)",
            "x = (a \\\n    , ¤)",
            "¤",
        ] {
            for value in values() {
                for indentation in [None, Some(8)] {
                    let emitted = Emitted::Literal(value.clone());
                    let result = checked(template, &emitted, indentation);
                    assert!(result.is_ok(), "{template}: {value:?}: {result:?}");
                }
            }
        }
    }

    #[test]
    fn a_value_in_any_other_place_is_refused() {
        for template in [
            "x = f'{os.name}¤'",
            "x = F'{os.name}¤'",
            "x = rf'{os.name}¤'",
            "x = t'{os.name}¤'",
            "x = f'''\n¤'''",
            "x = f'{¤}'",
            "x = f'{a:{¤}}'",
            "x = f'a' ¤",
            "x = ¤ f'a'",
            "x = 'a' ¤",
            "x = ¤ 'a'",
            "x = ¤ ¤",
            "x = ¤¤",
            "x = f¤",
            "x = b¤",
            "x = r¤",
            "x = u¤",
            "x = 1¤",
            "x = ¤1",
            "x = ¤j",
            "x = ¤_0",
            "x = ¤.real",
            "x = ¤ .format(os)",
            "x = ¤[0]",
            "x = ¤(0)",
            "x = f ¤",
            "x = 'Team: ' ¤",
            "class A ¤:\n    pass\n",
            "class A: x: ¤ = 1",
            "x: ¤ = 1",
            "x: a[¤]",
            "def f(a: ¤): pass",
            "def f() -> ¤: pass",
            "def f[T: ¤](): pass",
            "type x = ¤",
            "match x:\n    case ¤:\n        pass\n",
            "match x:\n    case [a, ¤]:\n        pass\n",
            "match x:\n    case A ¤:\n        pass\n",
            "# ¤",
            "'¤'",
            "\"¤\"",
            "'''¤'''",
            "¤ = 1",
            "for ¤ in a: pass",
            "import ¤",
            "from a import ¤",
            "from a import b ¤",
            "global ¤",
            "del ¤",
            "x = \\¤",
            "def f ¤: pass",
            "@f ¤\ndef g(): pass\n",
            "lambda ¤: 1",
        ] {
            for value in values() {
                for indentation in [None, Some(8)] {
                    let emitted = Emitted::Literal(value.clone());
                    let result = checked(template, &emitted, indentation);
                    assert!(result.is_err(), "{template}: {value:?}: {result:?}");
                }
            }
        }
    }

    #[test]
    fn jinja_that_an_expression_makes_of_a_value_is_refused() {
        for (template, value) in [
            (r#"x = "{" + ¤ + "}""#, "{ 7*7 }"),
            (r#"x = f"{{" + ¤ + "}""#, "{ 7*7 }"),
            (r#"x = "a" + str("{" + ¤ + "}")"#, "{ 7*7 }"),
            (r#"x = ["a", "{" + ¤ + "}"] + y"#, "{ 7*7 }"),
            (r#"x = "a" + (y if z else "{" + ¤ + "}")"#, "{ 7*7 }"),
            (r#"x = "a" + (y if "{" + ¤ + "}" else z)"#, "{ 7*7 }"),
            (r#"f(bash_command="echo " + quote("{" + ¤ + "}"))"#, "{ 7*7 }"),
            (r#"x = "{" + (¤ or "") + "}""#, "{ 7*7 }"),
            (r#"x = "{" + (¤ if True else "") + "}""#, "{ 7*7 }"),
            (r#"x = "{" + (y := ¤) + "}""#, "{ 7*7 }"),
            (r#"x = "{" + ["a", ¤][1] + "}""#, "{ 7*7 }"),
            (r#"x = "{" + {"a": ¤}["a"] + "}""#, "{ 7*7 }"),
            (r#"x = "".join(["{", ¤, "}"])"#, "{ 7*7 }"),
            (r#"x = ¤.join(["{", "}"])"#, "{ 7*7 }"),
            (r#"x = "{".join(("", ¤))"#, "{ 7*7 }}"),
            (r#"x = "".join(["{"] + [¤])"#, "{ 7*7 }}"),
            (r#"x = "".join(a for a in ["{", ¤])"#, "{ 7*7 }}"),
            (r#"x = "".join(a for a in [f"{{{b}", ¤])"#, "{ 7*7 }}"),
            (r#"x = "{" * 2 + ¤"#, " 7*7 }}"),
            (r#"x = 2 * "{" + ¤"#, " 7*7 }}"),
            (r#"x = "{%s}" % ¤"#, "{ 7*7 }"),
            (r#"x = "{%s%s" % (¤, "}")"#, "{ 7*7 }"),
            (r#"x = "{%(a)s}" % {"a": ¤}"#, "{ 7*7 }"),
            (r#"x = "%s{%.9s}" % (y, ¤)"#, "{ 7*7 }"),
            (r#"x = "{{{}}}".format(¤)"#, "{ 7*7 }"),
            (r#"x = "{{{1}}}".format(y, ¤)"#, "{ 7*7 }"),
            (r#"x = "{{{a!s:>9}}}".format(a=¤)"#, "{ 7*7 }"),
            (r#"x = "{{{:.9}}}".format(¤)"#, "{ 7*7 }"),
            (r#"x = "{x}".replace("x", ¤)"#, "{ 7*7 }"),
            ("x += ¤", "{ 7*7 }"),
            (r#"x += "a" + ¤"#, "{{ 7*7 }"),
            (r#"x += "{" + ¤ + "}""#, "{ 7*7 }"),
            ("x += ¤", "% set x = 7 %}"),
        ] {
            let result = checked(template, &Emitted::Literal(Value::from(value)), None);
            assert!(result.is_err(), "{template}: {value}: {result:?}");
        }
        for value in ["ds", "a b", "50 %"] {
            for template in [
                r#"x = "${" + ¤ + "}""#,
                r#"x = "{" + (¤ or "") + "}""#,
                r#"x = ", ".join([¤, ¤])"#,
                r#"x = "${%s} %.2f" % (¤, y)"#,
                r#"x = "%(a)s %(a)d%%" % {"a": ¤}"#,
                r#"x = "{} {:>9} {a} {:.2f} {b!r}".format(¤, ¤, y, a=¤, b=¤)"#,
                r#"x = "a-b".replace("-", ¤)"#,
                "x += ¤",
                r#"x += "{" + ¤ + "}""#,
                "x = f('{', ¤)",
            ] {
                let result = checked(template, &Emitted::Literal(Value::from(value)), None);
                assert!(result.is_ok(), "{template}: {value}: {result:?}");
            }
        }
        for template in ["x += ¤", "x = ''.join([¤, ¤])", "x = '%s' % ¤", "x = '#' + ¤"] {
            let result = checked(template, &Emitted::Literal(Value::from("# comment")), None);
            assert!(result.is_ok(), "{template}: {result:?}");
        }
    }

    #[test]
    fn a_text_of_many_alternatives_is_read_within_bounds() {
        let choice = "(a if b else ¤) + ";
        let value = |text| Emitted::Literal(Value::from(text));
        let template = format!("x = {}''", choice.repeat(90));
        assert!(checked(&template, &value("a"), None).is_ok());
        let template = format!("x = '{{' + {}''", choice.repeat(90));
        assert!(checked(&template, &value("a"), None).is_ok());
        assert!(checked(&template, &value("{ 7*7 }}"), None).is_err());
        let template = format!("x = '{}'.join([{}])", "a".repeat(5000), "¤, ".repeat(5000));
        assert!(checked(&template, &value("a"), None).is_ok());
        assert!(checked(&template, &value("{ a"), None).is_err());
    }

    #[test]
    fn an_expression_that_is_deep_is_read_within_bounds() {
        let value = Emitted::Literal(Value::from("{ 7*7 }"));
        let choices = format!("x = {}¤{} + '}}'", "('{' + (y if z else ".repeat(20), "))".repeat(20));
        assert!(checked(&choices, &value, None).is_err());
        let calls = format!("x = f(¤){}", ".a()".repeat(300));
        assert!(checked(&calls, &Emitted::Literal(Value::from("a")), None).is_ok());
        let methods = format!("x = ('a' + ¤){}", ".a()".repeat(300));
        assert!(checked(&methods, &Emitted::Literal(Value::from("a")), None).is_err());
    }

    #[test]
    fn a_text_of_a_value_gets_no_meaning_by_a_detour() {
        for template in [
            r#"x = ("Team " + ¤).format(os)"#,
            r#"x = (¤ + "Team ").format(os)"#,
            r#"x = (¤ or "").format(os)"#,
            "x = (a if b else ¤).format(os)",
            "x = (y := ¤).format(os)",
            "x = [¤][0].format(os)",
            "x = [[¤]][0][0].format(os)",
            r#"x = {"a": ¤}["a"].format(os)"#,
            r#"x = {"a": ¤}.get("a").format(os)"#,
            r#"x = "".join(["a", ¤]).format(os)"#,
            r#"x = "%s" % ¤ % {"a": os}"#,
            r#"x = ("%s" % ¤).format(os)"#,
            "x = (¤ * 2).format(os)",
            r#"x = ¤ % {"a": os}"#,
            r#"x = ("a" + ¤) % os"#,
            "x = (¤ or a)(b)",
            "x = (¤ or a)[b]",
            "x = str.format(¤, os)",
        ] {
            let result = checked(template, &Emitted::Literal(Value::from("{0.a}")), None);
            assert!(result.is_err(), "{template}: {result:?}");
        }
        for template in [
            "x = f(¤).format(os)",
            "x = [¤, ¤][0]",
            r#"x = {"a": ¤}.items()"#,
            r#"x = y["a" + ¤].format(os)"#,
            "x = (y or f(¤))[0]",
            r#"x = "%s" % ¤"#,
        ] {
            let result = checked(template, &Emitted::Literal(Value::from("a")), None);
            assert!(result.is_ok(), "{template}: {result:?}");
        }
        let number = Emitted::Literal(Value::from(7));
        assert!(checked("x = ¤ % 2 + (1 + ¤) % ¤", &number, None).is_ok());
    }

    #[test]
    fn identifiers_of_unknown_sources_bind_a_name_once() {
        let name = Emitted::Name("one".to_owned());
        for template in [
            "¤ = 1\n¤ = 2",
            "¤ = ¤ = 2",
            "¤ = 1\nclass ¤: pass",
            "¤ = 1\ndef ¤(): pass",
            "¤ = 1\nimport os as ¤",
            "¤ = 1\nimport ¤",
            "¤ = 1\nfrom os import a as ¤",
            "¤ = 1\nfrom os import ¤",
            "¤ = 1\ntry: pass\nexcept A as ¤: pass",
            "¤ = 1\nfor ¤ in a: pass",
            "¤ = 1\nfor a, *¤ in a: pass",
            "¤ = 1\nwith f() as ¤: pass",
            "¤ = 1\nf(¤ := 2)",
            "¤ = 1\n¤ += 2",
            "def f(¤):\n    ¤ = 1",
            "def f(*¤):\n    ¤ = 1",
            "def f(a=1, *, ¤=1):\n    for ¤ in a: pass",
            "¤ = 1\nmatch a:\n    case ¤: pass",
        ] {
            let result = checked(template, &name, None);
            assert!(result.is_err(), "{template}: {result:?}");
        }
        for template in [
            "¤ = ¤ + ¤",
            "¤ = 1\nimport ¤ as a",
            "¤ = 1\ndef f(¤): pass",
            "¤ = 1\nf(¤=1)",
            "¤ = 1\na.¤ = 1",
            "¤ = lambda ¤: ¤",
            "def f():\n    ¤ = 1\ndef g():\n    ¤ = 1",
        ] {
            let result = checked(template, &name, None);
            assert!(result.is_ok(), "{template}: {result:?}");
        }
    }

    #[test]
    fn a_name_is_written_where_a_name_stands() {
        let name = Emitted::Name("one".to_owned());
        for template in [
            "¤ = f(¤, ¤=1)",
            "¤ >> [¤, ¤]",
            "def ¤(a, b=¤): return ¤",
            "def f(¤): return ¤",
            "class ¤(¤): pass",
            "import a as ¤",
            "with f() as ¤: pass",
            "try: pass\nexcept A as ¤: pass",
            "@¤\ndef g(): pass\n",
            "¤.append(1)",
            "¤(1)[0]",
        ] {
            let result = checked(template, &name, None);
            assert!(result.is_ok(), "{template}: {result:?}");
        }
        for template in [
            "¤¤ = 1",
            "a¤ = 1",
            "¤1 = 1",
            "f'{¤}'",
            "x = f'¤'",
            "x = '¤'",
            "# ¤",
            "def f():\n    global ¤\n",
            "def f():\n    x = 1\n    def g():\n        nonlocal ¤\n",
            "type ¤ = int",
            "x: ¤ = 1",
            "def f[¤](): pass",
            "match x:\n    case ¤:\n        pass\n",
            "match x:\n    case A(¤=1):\n        pass\n",
            "import a.¤",
            "x = ¤'a'",
            "x = ¤ 'a'",
        ] {
            let result = checked(template, &name, None);
            assert!(result.is_err(), "{template}: {result:?}");
        }
    }
}
