//! The texts that Python makes of the literals in one expression: by `+`, `*`, `%`, `or`, `if`, `join` and `format`.

use std::ops::Range;

use ruff_python_ast::{
    Expr, ExprAttribute, ExprCall, ExprFString, ExprStringLiteral, FStringPartRef, InterpolatedStringElement, Operator,
    visitor::source_order::{SourceOrderVisitor, walk_expr},
};
use ruff_text_size::Ranged;

/// Most texts that one expression may stand for, and most pieces in all of them.
const MAXIMUM_ALTERNATIVES: usize = 64;
const MAXIMUM_PIECES: usize = 200_000;
/// How deep expressions are followed: the stack of WebAssembly is small.
const MAXIMUM_DEPTH: usize = 50;

/// A text, or a part of one, that a literal in the file says.
#[derive(Clone, Debug)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    /// Where the literal stands.
    pub(super) literal: Range<usize>,
}

/// A text from pieces; what is not known is none.
pub(super) type Pieces<'a> = Vec<Option<Piece<'a>>>;

/// What is known of the texts that one expression may stand for.
#[derive(Debug, Default)]
pub(super) struct Composition<'a> {
    /// Each text that it may stand for.
    pub(super) alternatives: Vec<Pieces<'a>>,
    /// Every literal that takes part.
    pub(super) literals: Vec<Piece<'a>>,
    /// Whether the literals may also be put together in ways that the alternatives do not show.
    pub(super) is_open: bool,
    /// The expressions that were read on the way.
    pub(super) read: Vec<Range<usize>>,
    depth: usize,
}

impl<'a> Composition<'a> {
    pub(super) fn of(expression: &'a Expr) -> Self {
        let mut composition = Self::default();
        composition.alternatives = composition.read(expression);
        composition
    }

    fn read(&mut self, expression: &'a Expr) -> Vec<Pieces<'a>> {
        if self.depth == MAXIMUM_DEPTH {
            return self.scattered(expression);
        }
        self.depth += 1;
        let texts = self.texts(expression);
        self.depth -= 1;
        texts
    }

    fn texts(&mut self, expression: &'a Expr) -> Vec<Pieces<'a>> {
        if may_compose(expression) {
            self.read.push(range_of(expression));
        }
        match expression {
            Expr::StringLiteral(literal) => {
                let piece = whole(literal);
                self.literals.push(piece.clone());
                vec![vec![Some(piece)]]
            }
            Expr::FString(literal) => {
                let pieces = pieces_of(literal);
                self.literals.extend(pieces.iter().flatten().cloned());
                vec![pieces]
            }
            Expr::BinOp(operation) => match operation.op {
                Operator::Add => self.sum(expression),
                Operator::Mult => {
                    let (left, right) = (self.read(&operation.left), self.read(&operation.right));
                    self.repeated(left, right)
                }
                Operator::Mod => self.formatted(&operation.left, &operation.right),
                _ => unknown(),
            },
            Expr::BoolOp(operation) => self.either(operation.values.iter()),
            Expr::If(choice) => self.either([&*choice.body, &*choice.orelse].into_iter()),
            Expr::Named(named) => self.read(&named.value),
            Expr::Subscript(subscript) => match &*subscript.value {
                Expr::List(list) => self.either(list.elts.iter()),
                Expr::Tuple(tuple) => self.either(tuple.elts.iter()),
                Expr::Dict(dict) => self.either(dict.items.iter().map(|item| &item.value)),
                value => {
                    let texts = self.read(value);
                    self.is_open |= is_text(&texts);
                    unknown()
                }
            },
            Expr::Call(_) => self.called(expression),
            _ => unknown(),
        }
    }

    /// A sum may be long, so its terms are not read by recursion.
    fn sum(&mut self, mut expression: &'a Expr) -> Vec<Pieces<'a>> {
        let mut terms = Vec::new();
        while let Expr::BinOp(operation) = expression
            && operation.op == Operator::Add
        {
            self.read.push(range_of(expression));
            terms.push(&*operation.right);
            expression = &operation.left;
        }
        let mut texts = self.read(expression);
        for term in terms.into_iter().rev() {
            let next = self.read(term);
            texts = self.followed(texts, &next);
        }
        texts
    }

    /// Each text, with each of the next behind it.
    fn followed(&mut self, mut texts: Vec<Pieces<'a>>, next: &[Pieces<'a>]) -> Vec<Pieces<'a>> {
        let count = |texts: &[Pieces<'a>]| texts.iter().map(Vec::len).sum::<usize>();
        let pieces = count(&texts) * next.len() + count(next) * texts.len();
        if texts.len() * next.len() > MAXIMUM_ALTERNATIVES || pieces > MAXIMUM_PIECES {
            self.is_open = true;
            return unknown();
        }
        if let [only] = next {
            for text in &mut texts {
                text.extend_from_slice(only);
            }
            return texts;
        }
        texts
            .iter()
            .flat_map(|text| next.iter().map(|next| [text.as_slice(), next].concat()))
            .collect()
    }

    fn either(&mut self, choices: impl Iterator<Item = &'a Expr>) -> Vec<Pieces<'a>> {
        let mut texts = Vec::new();
        for choice in choices {
            texts.extend(self.read(choice));
        }
        if texts.len() > MAXIMUM_ALTERNATIVES {
            self.is_open = true;
        }
        if texts.is_empty() || texts.len() > MAXIMUM_ALTERNATIVES {
            return unknown();
        }
        texts
    }

    /// A text that is repeated: two in a row show whatever more of them would.
    fn repeated(&mut self, left: Vec<Pieces<'a>>, right: Vec<Pieces<'a>>) -> Vec<Pieces<'a>> {
        let texts = match (is_text(&left), is_text(&right)) {
            (true, false) => left,
            (false, true) => right,
            (is_left, _) => {
                self.is_open |= is_left;
                return unknown();
            }
        };
        let twice = texts
            .iter()
            .map(|text| [text.as_slice(), text].concat())
            .collect::<Vec<_>>();
        if twice.iter().map(Vec::len).sum::<usize>() > MAXIMUM_PIECES || twice.len() * 3 > MAXIMUM_ALTERNATIVES {
            self.is_open = true;
            return unknown();
        }
        std::iter::once(Vec::new()).chain(texts).chain(twice).collect()
    }

    /// A chain of calls, such as `a.b().c()`, may be long.
    fn called(&mut self, expression: &'a Expr) -> Vec<Pieces<'a>> {
        let (first, calls) = method_calls(expression);
        if calls.is_empty() {
            return unknown();
        }
        let base = self.read(first);
        self.read.extend(calls.iter().map(|(call, _)| range_of(*call)));
        if !is_text(&base) {
            return unknown();
        }
        let mut calls = calls.into_iter().rev();
        let Some((call, method)) = calls.next() else {
            return unknown();
        };
        let mut texts = self.method(&base, call, method);
        for (call, _) in calls {
            texts = self.scattered_arguments(call);
        }
        texts
    }

    /// What a method of a text makes.
    fn method(&mut self, base: &[Pieces<'a>], call: &'a ExprCall, method: &'a ExprAttribute) -> Vec<Pieces<'a>> {
        let arguments = &call.arguments;
        let has_splat = arguments.args.iter().any(Expr::is_starred_expr)
            || arguments.keywords.iter().any(|keyword| keyword.arg.is_none());
        match (method.attr.as_str(), &*arguments.args, &*method.value) {
            ("join", [parts], _) if arguments.keywords.is_empty() => {
                let parts = match parts {
                    Expr::List(list) => &list.elts[..],
                    Expr::Tuple(tuple) => &tuple.elts[..],
                    Expr::Set(set) => &set.elts[..],
                    _ => return self.scattered(parts),
                };
                if parts.iter().any(Expr::is_starred_expr) {
                    return parts
                        .iter()
                        .map(|part| self.scattered(part))
                        .last()
                        .unwrap_or_else(unknown);
                }
                let mut texts = vec![Vec::new()];
                for (position, part) in parts.iter().enumerate() {
                    if position > 0 {
                        texts = self.followed(texts, base);
                    }
                    let part = self.read(part);
                    texts = self.followed(texts, &part);
                }
                texts
            }
            ("format", positional, Expr::StringLiteral(literal)) if !has_splat => {
                let fields = format_fields(literal);
                let argument = |field: &Field<'a>| match field {
                    Field::Position(position) => positional.get(*position),
                    Field::Name(name) => arguments.find_keyword(name).map(|keyword| &keyword.value),
                };
                match fields.and_then(|fields| resolve(fields, argument)) {
                    Some(parts) => self.filled(parts),
                    None => self.scattered_arguments(call),
                }
            }
            _ => self.scattered_arguments(call),
        }
    }

    /// `left % right`.
    fn formatted(&mut self, left: &'a Expr, right: &'a Expr) -> Vec<Pieces<'a>> {
        let base = self.read(left);
        if !is_text(&base) {
            return unknown();
        }
        let Expr::StringLiteral(literal) = left else {
            return self.scattered(right);
        };
        let argument = |field: &Field<'a>| match (field, right) {
            (Field::Position(position), Expr::Tuple(tuple)) => tuple.elts.get(*position),
            (Field::Position(0), other) => Some(other),
            (Field::Name(name), Expr::Dict(dict)) => dict.items.iter().rev().find_map(|item| {
                let is_named = matches!(&item.key, Some(Expr::StringLiteral(key)) if key.value.to_str() == *name);
                is_named.then_some(&item.value)
            }),
            _ => None,
        };
        match percent_fields(literal).and_then(|fields| resolve(fields, argument)) {
            Some(parts) => self.filled(parts),
            None => self.scattered(right),
        }
    }

    fn filled(&mut self, parts: Vec<Filled<'a>>) -> Vec<Pieces<'a>> {
        let mut texts = vec![Vec::new()];
        for part in parts {
            let next = match part {
                Filled::Own(piece) => vec![vec![Some(piece)]],
                Filled::Argument(argument) => self.read(argument),
                Filled::Number => unknown(),
            };
            texts = self.followed(texts, &next);
        }
        texts
    }

    fn scattered_arguments(&mut self, call: &'a ExprCall) -> Vec<Pieces<'a>> {
        for argument in &call.arguments.args {
            self.scattered(argument);
        }
        for keyword in &call.arguments.keywords {
            self.scattered(&keyword.value);
        }
        self.is_open = true;
        unknown()
    }

    /// Takes the literals of an expression that may end up anywhere in the text.
    fn scattered(&mut self, expression: &'a Expr) -> Vec<Pieces<'a>> {
        Literals(&mut self.literals).visit_expr(expression);
        self.is_open = true;
        unknown()
    }
}

/// Whether an expression may put texts together.
pub(super) fn may_compose(expression: &Expr) -> bool {
    match expression {
        Expr::BinOp(operation) => matches!(operation.op, Operator::Add | Operator::Mult | Operator::Mod),
        Expr::Call(call) => call.func.is_attribute_expr(),
        Expr::BoolOp(_) | Expr::If(_) | Expr::Subscript(_) => true,
        _ => false,
    }
}

/// The literals whose text an expression passes on: the methods of its value would be methods of theirs.
pub(super) fn passed_on(expression: &Expr) -> Vec<Range<usize>> {
    let mut literals = Vec::new();
    collect_passed_on(expression, false, &mut literals, 0);
    literals
}

/// `within` says whether the items of a list are passed on.
fn collect_passed_on(mut expression: &Expr, within: bool, literals: &mut Vec<Range<usize>>, depth: usize) {
    if depth > MAXIMUM_DEPTH {
        let mut all = Vec::new();
        Literals(&mut all).visit_expr(expression);
        literals.extend(all.into_iter().map(|piece| piece.literal));
        return;
    }
    let depth = depth + 1;
    while let Expr::BinOp(operation) = expression {
        match operation.op {
            Operator::Add | Operator::Mult => collect_passed_on(&operation.right, within, literals, depth),
            Operator::Mod => collect_passed_on(&operation.right, true, literals, depth),
            _ => return,
        }
        expression = &operation.left;
    }
    match expression {
        Expr::StringLiteral(_) => literals.push(range_of(expression)),
        Expr::BoolOp(operation) => {
            for value in &operation.values {
                collect_passed_on(value, within, literals, depth);
            }
        }
        Expr::If(choice) => {
            collect_passed_on(&choice.body, within, literals, depth);
            collect_passed_on(&choice.orelse, within, literals, depth);
        }
        Expr::Named(named) => collect_passed_on(&named.value, within, literals, depth),
        Expr::Subscript(subscript) => collect_passed_on(&subscript.value, true, literals, depth),
        Expr::Starred(starred) => collect_passed_on(&starred.value, true, literals, depth),
        Expr::Call(_) => {
            let (first, calls) = method_calls(expression);
            if calls.is_empty() {
                return;
            }
            let before = literals.len();
            collect_passed_on(first, true, literals, depth);
            if literals.len() > before {
                for (call, _) in calls {
                    for argument in &call.arguments.args {
                        collect_passed_on(argument, true, literals, depth);
                    }
                    for keyword in &call.arguments.keywords {
                        collect_passed_on(&keyword.value, true, literals, depth);
                    }
                }
            }
        }
        Expr::List(list) if within => list
            .elts
            .iter()
            .for_each(|item| collect_passed_on(item, true, literals, depth)),
        Expr::Tuple(tuple) if within => tuple
            .elts
            .iter()
            .for_each(|item| collect_passed_on(item, true, literals, depth)),
        Expr::Set(set) if within => set
            .elts
            .iter()
            .for_each(|item| collect_passed_on(item, true, literals, depth)),
        Expr::Dict(dict) if within => {
            for item in &dict.items {
                item.key
                    .iter()
                    .for_each(|key| collect_passed_on(key, true, literals, depth));
                collect_passed_on(&item.value, true, literals, depth);
            }
        }
        _ => {}
    }
}

/// What the first method of a chain of calls is called of, and the calls, the last one first.
fn method_calls(mut expression: &Expr) -> (&Expr, Vec<(&ExprCall, &ExprAttribute)>) {
    let mut calls = Vec::new();
    while let Expr::Call(call) = expression
        && let Expr::Attribute(method) = &*call.func
    {
        calls.push((call, method));
        expression = &method.value;
    }
    (expression, calls)
}

struct Literals<'a, 'l>(&'l mut Vec<Piece<'a>>);

impl<'a> SourceOrderVisitor<'a> for Literals<'a, '_> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::StringLiteral(literal) => self.0.push(whole(literal)),
            Expr::FString(literal) => {
                self.0.extend(pieces_of(literal).into_iter().flatten());
                walk_expr(self, expression);
            }
            _ => walk_expr(self, expression),
        }
    }
}

/// What stands for an argument in a text with places for arguments.
enum Field<'a> {
    Position(usize),
    Name(&'a str),
}

/// A part of a text with places for arguments.
enum Part<'a> {
    Own(Piece<'a>),
    /// The text of an argument.
    Argument(Field<'a>),
    /// A number.
    Number,
}

/// The same, with the arguments in their places.
enum Filled<'a> {
    Own(Piece<'a>),
    Argument(&'a Expr),
    Number,
}

fn resolve<'a>(parts: Vec<Part<'a>>, argument: impl Fn(&Field<'a>) -> Option<&'a Expr>) -> Option<Vec<Filled<'a>>> {
    parts
        .into_iter()
        .map(|part| match part {
            Part::Own(piece) => Some(Filled::Own(piece)),
            Part::Argument(field) => argument(&field).map(Filled::Argument),
            Part::Number => Some(Filled::Number),
        })
        .collect()
}

/// The parts of a text that `format` reads; none where more is asked of an argument than its text.
fn format_fields(literal: &ExprStringLiteral) -> Option<Vec<Part<'_>>> {
    let mut parts = Vec::new();
    let mut rest = literal.value.to_str();
    let mut position = 0;
    while let Some(start) = rest.find(['{', '}']) {
        let (own, behind) = rest.split_at_checked(start)?;
        parts.push(part_of(literal, own));
        let brace = behind.get(..1)?;
        if behind.get(1..2) == Some(brace) {
            parts.push(part_of(literal, brace));
            rest = behind.get(2..)?;
            continue;
        }
        let (field, behind) = behind.strip_prefix('{')?.split_once('}')?;
        rest = behind;
        let (name, specification) = field.split_once(':').unwrap_or((field, ""));
        let name = name.split_once('!').map_or(name, |(name, _)| name);
        if field.contains('{') {
            return None;
        }
        if specification.contains('.') {
            if !specification.ends_with(['e', 'E', 'f', 'F', 'g', 'G', '%']) {
                return None;
            }
            position += usize::from(name.is_empty());
            parts.push(Part::Number);
            continue;
        }
        let field = if name.is_empty() {
            position += 1;
            Field::Position(position - 1)
        } else if let Ok(position) = name.parse() {
            Field::Position(position)
        } else if name.contains(['.', '[']) {
            return None;
        } else {
            Field::Name(name)
        };
        parts.push(Part::Argument(field));
    }
    parts.push(part_of(literal, rest));
    Some(parts)
}

/// The parts of a text that `%` reads; none where more is asked of an argument than its text.
fn percent_fields(literal: &ExprStringLiteral) -> Option<Vec<Part<'_>>> {
    let mut parts = Vec::new();
    let mut rest = literal.value.to_str();
    let mut position = 0;
    while let Some((own, behind)) = rest.split_once('%') {
        parts.push(part_of(literal, own));
        let (name, behind) = match behind.strip_prefix('(') {
            Some(behind) => {
                let (name, behind) = behind.split_once(')')?;
                (Some(name), behind)
            }
            None => (None, behind),
        };
        let end = behind.find(|letter: char| letter.is_ascii_alphabetic() || letter == '%')?;
        let (modifiers, behind) = behind.split_at_checked(end)?;
        let kind = behind.get(..1)?;
        rest = behind.get(1..)?;
        if kind == "%" {
            parts.push(part_of(literal, kind));
            continue;
        }
        let field = name.map_or(Field::Position(position), Field::Name);
        position += usize::from(name.is_none());
        match kind {
            _ if modifiers.contains('*') => return None,
            "s" | "r" | "a" | "c" if modifiers.contains('.') => return None,
            "s" | "r" | "a" | "c" => parts.push(Part::Argument(field)),
            _ => parts.push(Part::Number),
        }
    }
    parts.push(part_of(literal, rest));
    Some(parts)
}

fn part_of<'a>(literal: &ExprStringLiteral, text: &'a str) -> Part<'a> {
    Part::Own(Piece {
        text,
        literal: range_of(literal),
    })
}

fn whole(literal: &ExprStringLiteral) -> Piece<'_> {
    Piece {
        text: literal.value.to_str(),
        literal: range_of(literal),
    }
}

fn pieces_of(literal: &ExprFString) -> Pieces<'_> {
    let own = |text, literal| Some(Piece { text, literal });
    let mut pieces = Vec::new();
    for part in &literal.value {
        match part {
            FStringPartRef::Literal(part) => pieces.push(own(part.as_str(), range_of(part))),
            FStringPartRef::FString(part) => {
                for element in &part.elements {
                    pieces.push(match element {
                        InterpolatedStringElement::Literal(part) => own(&part.value, range_of(part)),
                        InterpolatedStringElement::Interpolation(_) => None,
                    });
                }
            }
        }
    }
    pieces
}

fn is_text(texts: &[Pieces<'_>]) -> bool {
    texts.iter().any(|text| text.iter().any(Option::is_some))
}

fn unknown<'a>() -> Vec<Pieces<'a>> {
    vec![vec![None]]
}

fn range_of(node: &impl Ranged) -> Range<usize> {
    let range = node.range();
    range.start().to_usize()..range.end().to_usize()
}
