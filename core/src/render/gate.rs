//! The output gate: in the syntax tree of the text, each emission is exactly one literal, or one name, that reads back
//! as its value.

use std::{collections::BTreeMap, ops::Range};

use minijinja::{Value, value::ValueKind};
use ruff_python_ast::{
    AnyNodeRef, Arguments, Expr, ExprContext, ExprStringLiteral, Identifier, ModModule, Number, Operator, Pattern,
    PythonVersion, Stmt, TypeParams, UnaryOp,
    visitor::source_order::{SourceOrderVisitor, TraversalSignal, walk_arguments, walk_expr, walk_stmt},
};
use ruff_python_parser::Parsed;
use ruff_text_size::Ranged;

use super::{Emission, Emitted, Rendered};
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
        sum: 0..0,
        scope: 0,
        bound: BTreeMap::new(),
        rejection: None,
    };
    confinement.visit_body(&module.syntax().body);
    let unfound = confinement.emissions.first().cloned().map(Rejection::Emission);
    match unfound.or(confinement.rejection) {
        Some(rejection) => Err((text, rejection)),
        None => Ok(Gated {
            text,
            emissions,
            module,
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
    /// The sum that is being walked.
    sum: Range<usize>,
    /// Where the function or class begins that is being walked.
    scope: usize,
    /// What binds each name that came of an answer, by the scope that it is bound in.
    bound: BTreeMap<(usize, &'a str), &'a Emission>,
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

    /// Refuses a second answer that binds a name in the same scope.
    fn bind(&mut self, emission: &'a Emission) {
        let (Emitted::Name(name), Some(pointer)) = (&emission.value, &emission.pointer) else {
            return;
        };
        let first = *self.bound.entry((self.scope, name)).or_insert(emission);
        let is_shared = first
            .pointer
            .as_ref()
            .is_some_and(|other| other != pointer && !self.is_duplicate(other, pointer));
        if is_shared && self.rejection.is_none() {
            let both = Box::new([first.clone(), emission.clone()]);
            self.rejection = Some(Rejection::SharedName(both));
        }
    }

    /// Whether two answers are one and the same in two items of a list; rules have better words for that.
    fn is_duplicate(&self, one: &Pointer, two: &Pointer) -> bool {
        let question = |pointer: &Pointer| -> Vec<String> {
            let parts = pointer.as_str().split('/');
            parts
                .map(|part| part.trim_matches(|letter: char| letter.is_ascii_digit()).to_owned())
                .collect()
        };
        question(one) == question(two) && self.answers.pointer(one.as_str()) == self.answers.pointer(two.as_str())
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

    /// Refuses a sum of texts that holds Jinja which only its values make or complete.
    fn check_sum(&mut self, sum: &Expr) {
        let mut terms = Vec::new();
        collect_terms(sum, &mut terms);
        for texts in terms.split(Option::is_none) {
            let texts = || texts.iter().flatten();
            let value = texts().find_map(|text| self.emission_at(&range_of(*text)));
            if let Some(value) = value
                && texts().count() > 1
            {
                let joined: String = texts().map(|text| text.value.to_str()).collect();
                self.check_text(&joined, value);
            }
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

/// The terms of a sum, in order: texts, and none for anything else.
fn collect_terms<'a>(expression: &'a Expr, terms: &mut Vec<Option<&'a ExprStringLiteral>>) {
    match expression {
        Expr::BinOp(operation) if operation.op == Operator::Add => {
            collect_terms(&operation.left, terms);
            collect_terms(&operation.right, terms);
        }
        Expr::StringLiteral(text) => terms.push(Some(text)),
        _ => terms.push(None),
    }
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
                if let Some((emission, name)) = self.next_in(&function.name)
                    && name == range_of(&function.name)
                {
                    self.bind(emission);
                }
                self.within_scope(start, |confinement| walk_stmt(confinement, statement));
            }
            Stmt::ClassDef(class) => {
                let start = class.body.first().map_or(0, |first| range_of(first).start);
                self.within_scope(start, |confinement| walk_stmt(confinement, statement));
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
                Expr::Name(name) if name.ctx == ExprContext::Store => self.bind(emission),
                _ => self.check_jinja(expression, emission),
            }
            return self.take(is_value);
        }
        if let Expr::BinOp(operation) = expression
            && operation.op == Operator::Add
            && !self.sum.contains(&range_of(expression).start)
        {
            self.sum = range_of(expression);
            self.check_sum(expression);
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
        walk_expr(self, expression);
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
    use crate::render::literal;

    /// What becomes of a text in which each `¤` is one value.
    fn checked(template: &str, value: &Emitted, indentation: Option<usize>) -> Result<String, Rejection> {
        let literal = match value {
            Emitted::Literal(value) => literal::python(value, indentation).unwrap(),
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
