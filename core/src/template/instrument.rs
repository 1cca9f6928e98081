//! Instrumenting: a Jinja file is rewritten so that each placeholder says where its value is from, and so that what is
//! built on the way is charged to a budget.
//!
//! Calls are only put in between; no text of the file changes, and no line.

use std::{collections::BTreeMap, ops::Range};

use minijinja::{
    machinery::{
        Span, Token,
        ast::{BinOpKind, CallArg, Expr, Stmt},
        tokenize,
    },
    syntax::SyntaxConfig,
};

use super::{Target, gate::Placeholder};

/// The function that each placeholder is rewritten to call.
pub(crate) const EMIT: &str = "__emit";
/// The function that a placeholder calls instead where the target of a Markdown link stands.
pub(crate) const EMIT_TARGET: &str = "__emit_target";
/// Takes a value that becomes a part of a text or a list.
pub(crate) const PART: &str = "__part";
/// Takes a value that is multiplied.
pub(crate) const FACTOR: &str = "__factor";
/// Takes a value that gets a name.
pub(crate) const NAMED: &str = "__named";
/// Takes how many bytes of the file's own text were written.
pub(crate) const WRITTEN: &str = "__written";

/// A stretch of a Jinja file that reaches the output.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    /// The file's own text, its white space trimmed as the syntax says.
    Text(String),
    /// The beginning or the end of a text that is put elsewhere, so that it does not touch what stands beside it here.
    Break,
    /// A placeholder.
    Placeholder,
}

/// Longest tag, in bytes, and deepest nesting of blocks that are read: the Jinja parser recurses on both.
const MAXIMUM_TAG: usize = 2_000;
const MAXIMUM_BLOCKS: usize = 50;
/// Deepest nesting of brackets in a tag, and most colons: a list that holds itself becomes so much deeper with each call
/// of a macro, and each slice copies a text.
const MAXIMUM_BRACKETS: usize = 20;
const MAXIMUM_COLONS: usize = 100;
/// Most `elif` in a file: the parser takes each for a block within the one before.
const MAXIMUM_ALTERNATIVES: usize = 300;

/// The tokens of a file, up to the first place that is none; there the tokenizer would report the same error for ever.
fn tokens<'s>(source: &'s str, syntax: &SyntaxConfig) -> impl Iterator<Item = (Token<'s>, Span)> {
    tokenize(source, false, syntax.clone()).map_while(Result::ok)
}

/// Whether a file is too deep to be parsed without exhausting the stack.
pub(crate) fn is_too_deep(source: &str, syntax: &SyntaxConfig) -> bool {
    let mut open = None;
    let mut end = 0;
    let mut brackets = 0usize;
    let mut colons = 0usize;
    let mut blocks = 0usize;
    let mut alternatives = 0usize;
    let mut at_block = false;
    for (token, span) in tokens(source, syntax) {
        let begins_block = std::mem::replace(&mut at_block, matches!(token, Token::BlockStart));
        end = span.end_offset as usize;
        match token {
            Token::VariableStart | Token::BlockStart => {
                open = Some(span.start_offset as usize);
                brackets = 0;
                colons = 0;
            }
            Token::ParenOpen | Token::BracketOpen | Token::BraceOpen => brackets += 1,
            Token::ParenClose | Token::BracketClose | Token::BraceClose => brackets = brackets.saturating_sub(1),
            Token::Colon => colons += 1,
            Token::VariableEnd | Token::BlockEnd => {
                if open.take().is_some_and(|open| end - open > MAXIMUM_TAG) {
                    return true;
                }
            }
            Token::Ident(word) if begins_block => {
                if word == "elif" {
                    alternatives += 1;
                } else if word.starts_with("end") {
                    blocks = blocks.saturating_sub(1);
                } else if matches!(
                    word,
                    "autoescape" | "block" | "call" | "filter" | "for" | "if" | "macro" | "with"
                ) {
                    blocks += 1;
                }
            }
            _ => {}
        }
        if blocks > MAXIMUM_BLOCKS
            || alternatives > MAXIMUM_ALTERNATIVES
            || brackets > MAXIMUM_BRACKETS
            || colons > MAXIMUM_COLONS
        {
            return true;
        }
    }
    open.is_some_and(|open| end - open > MAXIMUM_TAG)
}

/// The pieces of a file, in order. The file must have been parsed before.
pub(super) fn pieces(source: &str, syntax: &SyntaxConfig) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at_block = false;
    for (token, _) in tokens(source, syntax) {
        let begins_block = std::mem::replace(&mut at_block, matches!(token, Token::BlockStart));
        match token {
            Token::Ident("macro" | "endmacro" | "call" | "endcall") if begins_block => pieces.push(Piece::Break),
            Token::TemplateData(text) => pieces.push(Piece::Text(text.to_owned())),
            Token::VariableStart => pieces.push(Piece::Placeholder),
            _ => {}
        }
    }
    pieces
}

/// The file with calls put in; none where the tokens and the syntax tree do not match one to one.
///
/// `sizes` has the size of each file that may be included.
pub(super) fn instrument(
    source: &str,
    target: Option<Target>,
    root: &Stmt<'_>,
    placeholders: &[Placeholder],
    sizes: &BTreeMap<&str, usize>,
    syntax: &SyntaxConfig,
) -> Option<String> {
    let tokens: Vec<_> = tokens(source, syntax).collect();
    let mut edits = Edits {
        tokens: &tokens,
        opening: Vec::new(),
        closing: Vec::new(),
        closing_placeholders: Vec::new(),
    };
    let mut written = placeholders.iter();
    let mut open = None;
    for (token, span) in &tokens {
        match token {
            Token::VariableStart => open = Some(*span),
            Token::VariableEnd => {
                let start: Span = open.take()?;
                let before = source.get(..start.start_offset as usize)?;
                let function = match target {
                    Some(Target::Markdown) if before.ends_with("](") => EMIT_TARGET,
                    _ => EMIT,
                };
                edits.placeholder(function, written.next()?, start, *span)?;
            }
            _ => {}
        }
    }
    if written.next().is_some() {
        return None;
    }
    edits.blocks(source, sizes);
    for_each_expression(root, &mut |expression| edits.operators(expression))?;
    edits.apply(source)
}

/// What is put into a file.
struct Edits<'t, 's> {
    tokens: &'t [(Token<'s>, Span)],
    /// What opens a call, by offset; at the same offset the outer one is first.
    opening: Vec<(usize, String)>,
    /// What closes a call within a tag, by offset.
    closing: Vec<(usize, String)>,
    /// What closes the call around a whole placeholder, by offset.
    closing_placeholders: Vec<(usize, String)>,
}

/// A body that is open.
struct Body {
    /// Whether its text may be written more than once.
    is_repeated: bool,
    is_loop: bool,
    /// The text that it holds itself, in bytes.
    size: usize,
}

impl Edits<'_, '_> {
    /// `{{ e }}` becomes `{{ __emit((e), holder, key) }}`. Calls of macros stay: their text is marked inside.
    fn placeholder(&mut self, function: &str, placeholder: &Placeholder, start: Span, end: Span) -> Option<()> {
        let outer = start.start_offset as usize..end.end_offset as usize;
        if !outer.contains(&placeholder.expression.start) {
            return None;
        }
        if placeholder.is_macro {
            return Some(());
        }
        let closing = match &placeholder.origin {
            Some((holder, Some(key))) => format!("), {holder}, {key}) "),
            Some((holder, None)) => format!("), {holder}) "),
            None => ")) ".to_owned(),
        };
        self.opening.push((start.end_offset as usize, format!(" {function}((")));
        self.closing_placeholders.push((end.start_offset as usize, closing));
        Some(())
    }

    fn wrap(&mut self, function: &str, range: Range<usize>) {
        // Two brackets, because a tuple may have none of its own.
        self.opening.push((range.start, format!("{function}((")));
        self.closing.push((range.end, "))".to_owned()));
    }

    /// Charges what is joined, and sees to it that only numbers are multiplied.
    fn operators(&mut self, expression: &Expr<'_>) -> Option<()> {
        let Expr::BinOp(operation) = expression else {
            return Some(());
        };
        let (function, expected) = match operation.op {
            BinOpKind::Concat => (PART, Token::Tilde),
            BinOpKind::Add => (PART, Token::Plus),
            BinOpKind::Mul => (FACTOR, Token::Mul),
            _ => return Some(()),
        };
        let whole = operation.span();
        let left = operation.left.span();
        let behind = self
            .tokens
            .partition_point(|(_, span)| span.start_offset < left.end_offset);
        let (operator, at) = self
            .tokens
            .get(behind..)?
            .iter()
            .find(|(token, _)| !matches!(token, Token::ParenClose))?;
        if std::mem::discriminant(operator) != std::mem::discriminant(&expected) {
            return None;
        }
        // The parts of a chain are charged, and not its beginnings.
        let continues = matches!(&operation.left, Expr::BinOp(inner)
            if is_chained(operation.op, inner.op) && inner.span().start_offset == whole.start_offset);
        if !continues {
            self.wrap(function, whole.start_offset as usize..at.start_offset as usize);
        }
        self.wrap(function, at.end_offset as usize..whole.end_offset as usize);
        Some(())
    }

    /// Charges what gets a name, and the file's own text wherever it may be written again.
    fn blocks(&mut self, source: &str, sizes: &BTreeMap<&str, usize>) {
        let mut bodies: Vec<Body> = Vec::new();
        let open = |is_repeated, is_loop| Body {
            is_repeated,
            is_loop,
            size: 0,
        };
        let tokens = self.tokens;
        for (position, (token, span)) in tokens.iter().enumerate() {
            if let Token::TemplateData(text) = token {
                if let Some(body) = bodies.iter_mut().rev().find(|body| body.is_repeated) {
                    body.size += text.len();
                }
                continue;
            }
            let (Token::BlockStart, Some((Token::Ident(keyword), _))) = (token, tokens.get(position + 1)) else {
                continue;
            };
            if matches!(*keyword, "set" | "with") {
                self.assignments(position);
            }
            let written = match *keyword {
                "for" | "macro" | "call" | "block" => {
                    bodies.push(open(true, *keyword == "for"));
                    0
                }
                "if" | "with" => {
                    bodies.push(open(false, false));
                    0
                }
                "else" => match bodies.last_mut() {
                    Some(body) if body.is_loop => std::mem::take(&mut body.size),
                    _ => 0,
                },
                "include" => match tokens.get(position + 2) {
                    Some((Token::Str(name), _)) => sizes.get(name).copied().unwrap_or_default(),
                    _ => sizes.values().sum(),
                },
                end if end.starts_with("end") => bodies.pop().map_or(0, |body| body.size),
                _ => 0,
            };
            if written > 0 {
                let start = span.start_offset as usize;
                let blank = source.get(start + 2..start + 3).unwrap_or_default();
                let blank = if matches!(blank, "-" | "+") { blank } else { "" };
                self.opening
                    .push((start, format!("{{%{blank} do {WRITTEN}({written}) %}}")));
            }
        }
    }

    /// Charges the values of `set` or `with`.
    fn assignments(&mut self, block_start: usize) {
        let tokens = self.tokens.get(block_start..).unwrap_or_default();
        let mut depth = 0usize;
        let mut value = None;
        for (position, (token, span)) in tokens.iter().enumerate() {
            let is_end = match token {
                Token::ParenOpen | Token::BracketOpen | Token::BraceOpen => {
                    depth += 1;
                    false
                }
                Token::ParenClose | Token::BracketClose | Token::BraceClose => {
                    depth = depth.saturating_sub(1);
                    false
                }
                Token::Assign if depth == 0 && value.is_none() => {
                    value = Some(span.end_offset as usize);
                    false
                }
                // The comma of a tuple is not that of another assignment.
                Token::Comma => {
                    depth == 0
                        && matches!(
                            tokens.get(position + 1..position + 3),
                            Some([(Token::Ident(_), _), (Token::Assign, _)])
                        )
                }
                Token::BlockEnd => true,
                _ => false,
            };
            if let Some(start) = value.take_if(|_| is_end) {
                self.wrap(NAMED, start..span.start_offset as usize);
            }
            if matches!(token, Token::BlockEnd) {
                return;
            }
        }
    }

    fn apply(mut self, source: &str) -> Option<String> {
        // What is at the same offset stays in its order.
        self.closing.append(&mut self.closing_placeholders);
        self.opening.sort_by_key(|(offset, _)| *offset);
        self.closing.sort_by_key(|(offset, _)| *offset);
        let (mut opening, mut closing) = (self.opening.iter().peekable(), self.closing.iter().peekable());
        let mut text = String::with_capacity(source.len() * 2);
        let mut at = 0;
        loop {
            let next = match (opening.peek(), closing.peek()) {
                (Some((open, _)), Some((close, _))) if open < close => opening.next(),
                (Some(_), None) => opening.next(),
                (_, Some(_)) => closing.next(),
                (None, None) => break,
            };
            let (offset, inserted) = next?;
            text.push_str(source.get(at..*offset)?);
            text.push_str(inserted);
            at = *offset;
        }
        text.push_str(source.get(at..)?);
        Some(text)
    }
}

/// Whether two operators bind alike, so that one continues what the other began.
fn is_chained(operator: BinOpKind, before: BinOpKind) -> bool {
    match operator {
        BinOpKind::Concat => matches!(before, BinOpKind::Concat),
        BinOpKind::Add => matches!(before, BinOpKind::Add | BinOpKind::Sub),
        _ => matches!(
            before,
            BinOpKind::Mul | BinOpKind::Div | BinOpKind::FloorDiv | BinOpKind::Rem
        ),
    }
}

/// Visits every expression of a file, the outer ones before those in them, until one has no answer.
fn for_each_expression(statement: &Stmt<'_>, visit: &mut dyn FnMut(&Expr<'_>) -> Option<()>) -> Option<()> {
    let mut own: Vec<&Expr<'_>> = Vec::new();
    let mut bodies: [&[Stmt<'_>]; 2] = [&[], &[]];
    match statement {
        Stmt::Template(template) => bodies[0] = &template.children,
        Stmt::EmitExpr(emit) => own.push(&emit.expr),
        Stmt::ForLoop(each) => {
            own.push(&each.iter);
            own.extend(&each.filter_expr);
            bodies = [&each.body, &each.else_body];
        }
        Stmt::IfCond(condition) => {
            own.push(&condition.expr);
            bodies = [&condition.true_body, &condition.false_body];
        }
        Stmt::WithBlock(with) => {
            own.extend(with.assignments.iter().map(|(_, value)| value));
            bodies[0] = &with.body;
        }
        Stmt::Set(set) => own.push(&set.expr),
        Stmt::Block(block) => bodies[0] = &block.body,
        Stmt::Macro(declared) => {
            own.extend(&declared.defaults);
            bodies[0] = &declared.body;
        }
        Stmt::CallBlock(block) => {
            own.extend(block.call.args.iter().map(argument));
            bodies[0] = &block.macro_decl.body;
        }
        Stmt::Do(statement) => own.extend(statement.call.args.iter().map(argument)),
        // The other statements are refused, or hold no more than the name of a file.
        _ => {}
    }
    for expression in own {
        within_expression(expression, visit)?;
    }
    bodies
        .into_iter()
        .flatten()
        .try_for_each(|statement| for_each_expression(statement, visit))
}

fn within_expression(expression: &Expr<'_>, visit: &mut dyn FnMut(&Expr<'_>) -> Option<()>) -> Option<()> {
    visit(expression)?;
    let mut inner: Vec<&Expr<'_>> = Vec::new();
    match expression {
        Expr::Var(_) | Expr::Const(_) => {}
        Expr::Slice(slice) => {
            inner.push(&slice.expr);
            inner.extend([&slice.start, &slice.stop, &slice.step].into_iter().flatten());
        }
        Expr::UnaryOp(operation) => inner.push(&operation.expr),
        Expr::BinOp(operation) => inner.extend([&operation.left, &operation.right]),
        Expr::Compare(comparison) => {
            inner.push(&comparison.expr);
            inner.extend(comparison.ops.iter().map(|operation| &operation.expr));
        }
        Expr::IfExpr(choice) => {
            inner.extend([&choice.test_expr, &choice.true_expr]);
            inner.extend(&choice.false_expr);
        }
        Expr::Filter(filter) => {
            inner.extend(&filter.expr);
            inner.extend(filter.args.iter().map(argument));
        }
        Expr::Test(test) => {
            inner.push(&test.expr);
            inner.extend(test.args.iter().map(argument));
        }
        Expr::GetAttr(attribute) => inner.push(&attribute.expr),
        Expr::GetItem(item) => inner.extend([&item.expr, &item.subscript_expr]),
        Expr::Call(call) => {
            inner.push(&call.expr);
            inner.extend(call.args.iter().map(argument));
        }
        Expr::List(list) => inner.extend(&list.items),
        Expr::Tuple(tuple) => inner.extend(&tuple.items),
        Expr::Map(map) => {
            inner.extend(&map.keys);
            inner.extend(&map.values);
        }
    }
    inner
        .into_iter()
        .try_for_each(|expression| within_expression(expression, visit))
}

fn argument<'e, 's>(argument: &'e CallArg<'s>) -> &'e Expr<'s> {
    match argument {
        CallArg::Pos(value) | CallArg::Kwarg(_, value) | CallArg::PosSplat(value) | CallArg::KwargSplat(value) => value,
    }
}
