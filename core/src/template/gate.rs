//! The template gate: what a template may contain, so that no value can become anything but a literal.

use std::{collections::BTreeSet, ops::Range};

use minijinja::machinery::{
    Span,
    ast::{Call, CallArg, Expr, Stmt},
};
use ruff_python_ast::token::TokenKind;
use ruff_text_size::Ranged as _;

use super::{Target, instrument::Piece, mark, risks};
use crate::{
    finding::{Finding, Place},
    formats,
};

/// The filters that a template may use: each returns a fresh value, never marked text.
const FILTERS: [&str; 43] = [
    "abs",
    "attr",
    "batch",
    "bool",
    "capitalize",
    "chain",
    "d",
    "default",
    "dictsort",
    "first",
    "float",
    "groupby",
    "identifier",
    "int",
    "items",
    "join",
    "json",
    "last",
    "length",
    "lines",
    "list",
    "lower",
    "map",
    "max",
    "min",
    "reject",
    "rejectattr",
    "replace",
    "reverse",
    "round",
    "seconds",
    "select",
    "selectattr",
    "slice",
    "sort",
    "split",
    "string",
    "sum",
    "title",
    "trim",
    "unique",
    "upper",
    "zip",
];

/// One `{{ … }}` of a file.
#[derive(Clone, Debug)]
pub(super) struct Placeholder {
    /// The expression inside.
    pub(super) expression: Range<usize>,
    /// Where its value comes from, as two expressions: what holds it, and under which key.
    pub(super) origin: Option<(String, Option<String>)>,
    /// Whether it calls a macro, whose text is already marked.
    pub(super) is_macro: bool,
}

/// The names that macros and imports bind in a file.
#[derive(Debug, Default)]
pub(super) struct MacroNames(BTreeSet<String>);

impl MacroNames {
    /// Macros may be called before they stand in the file.
    fn collect(&mut self, statements: &[Stmt<'_>]) {
        for statement in statements {
            match statement {
                Stmt::Macro(declared) => {
                    self.0.insert(declared.name.to_owned());
                }
                Stmt::Import(import) => self.collect_name(&import.name),
                Stmt::FromImport(import) => {
                    for (name, alias) in &import.names {
                        self.collect_name(alias.as_ref().unwrap_or(name));
                    }
                }
                Stmt::Block(block) => self.collect(&block.body),
                Stmt::IfCond(condition) => {
                    self.collect(&condition.true_body);
                    self.collect(&condition.false_body);
                }
                _ => {}
            }
        }
    }

    fn collect_name(&mut self, name: &Expr<'_>) {
        if let Expr::Var(variable) = name {
            self.0.insert(variable.id.to_owned());
        }
    }

    /// Whether an expression calls a macro, or something else that writes text itself.
    pub(super) fn are_called_by(&self, expression: &Expr<'_>) -> bool {
        let Expr::Call(call) = expression else { return false };
        let bound = |name: &str| self.0.contains(name) || matches!(name, "caller" | "super");
        match &call.expr {
            Expr::Var(function) => bound(function.id),
            Expr::GetAttr(attribute) => {
                matches!(&attribute.expr, Expr::Var(module) if module.id == "self" || bound(module.id))
            }
            _ => false,
        }
    }
}

/// Reads the statements of one file.
pub(super) struct Walk<'a> {
    file: &'a str,
    target: Option<Target>,
    files: &'a BTreeSet<String>,
    pub(super) macros: MacroNames,
    /// Loop variables in scope: name, what is iterated, whether the items keep their positions.
    loops: Vec<(String, Option<String>, bool)>,
    pub(super) placeholders: Vec<Placeholder>,
    /// Names of other files.
    used: Vec<String>,
    /// Texts of the author that hold Jinja for Airflow.
    pub(super) jinja: Vec<String>,
    pub(super) findings: Vec<Finding>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(file: &'a str, target: Option<Target>, files: &'a BTreeSet<String>) -> Self {
        Self {
            file,
            target,
            files,
            macros: MacroNames::default(),
            loops: Vec::new(),
            placeholders: Vec::new(),
            used: Vec::new(),
            jinja: Vec::new(),
            findings: Vec::new(),
        }
    }

    pub(super) fn template(&mut self, root: &Stmt<'_>) {
        if let Stmt::Template(template) = root {
            self.macros.collect(&template.children);
            self.statements(&template.children);
        }
        self.placeholders
            .sort_by_key(|placeholder| placeholder.expression.start);
    }

    fn refuse(&mut self, code: &'static str, span: Span, what: &str) {
        let place = Place::File(self.file.to_owned(), range(span));
        self.findings.push(Finding::error(code, place).param("what", what));
    }

    fn note_jinja(&mut self, text: &str) {
        if formats::jinja_tags(text).next().is_some() {
            self.jinja.push(text.to_owned());
        }
    }

    fn statements(&mut self, statements: &[Stmt<'_>]) {
        for statement in statements {
            self.statement(statement);
        }
    }

    fn statement(&mut self, statement: &Stmt<'_>) {
        match statement {
            Stmt::Template(template) => self.statements(&template.children),
            Stmt::EmitRaw(raw) => self.note_jinja(raw.raw),
            Stmt::EmitExpr(emit) => {
                self.expression(&emit.expr);
                if self.target.is_none() {
                    self.refuse("template-ending", emit.expr.span(), self.file.to_owned().as_str());
                }
                self.placeholders.push(Placeholder {
                    expression: range(emit.expr.span()),
                    origin: self.origin(&emit.expr),
                    is_macro: self.macros.are_called_by(&emit.expr),
                });
            }
            Stmt::ForLoop(for_loop) => {
                self.expression(&for_loop.target);
                self.expression(&for_loop.iter);
                for_loop.filter_expr.iter().for_each(|filter| self.expression(filter));
                let depth = self.loops.len();
                if let Expr::Var(target) = &for_loop.target {
                    let in_order = for_loop.filter_expr.is_none() && !for_loop.recursive;
                    self.loops.push((
                        target.id.to_owned(),
                        chain(&for_loop.iter),
                        in_order && !matches!(for_loop.iter, Expr::Filter(_)),
                    ));
                }
                self.statements(&for_loop.body);
                self.loops.truncate(depth);
                self.statements(&for_loop.else_body);
            }
            Stmt::IfCond(condition) => {
                self.expression(&condition.expr);
                self.statements(&condition.true_body);
                self.statements(&condition.false_body);
            }
            Stmt::WithBlock(with) => {
                for (target, value) in &with.assignments {
                    self.expression(target);
                    self.expression(value);
                }
                self.statements(&with.body);
            }
            Stmt::Set(set) => {
                self.expression(&set.target);
                self.expression(&set.expr);
            }
            Stmt::SetBlock(block) => self.refuse("template-statement", block.span(), "a set block"),
            Stmt::AutoEscape(block) => self.refuse("template-statement", block.span(), "autoescape"),
            Stmt::FilterBlock(block) => self.refuse("template-statement", block.span(), "a filter block"),
            Stmt::Block(block) => self.statements(&block.body),
            Stmt::Import(import) => {
                self.expression(&import.name);
                self.source(&import.expr);
            }
            Stmt::FromImport(import) => {
                for (name, alias) in &import.names {
                    self.expression(alias.as_ref().unwrap_or(name));
                }
                self.source(&import.expr);
            }
            Stmt::Extends(extends) => self.source(&extends.name),
            Stmt::Include(include) => self.source(&include.name),
            Stmt::Macro(declared) => {
                if declared.name.starts_with("__") || declared.name == "render" {
                    self.refuse("template-name", declared.span(), declared.name);
                }
                declared.args.iter().for_each(|argument| self.expression(argument));
                declared.defaults.iter().for_each(|default| self.expression(default));
                let loops = std::mem::take(&mut self.loops);
                self.statements(&declared.body);
                self.loops = loops;
            }
            Stmt::CallBlock(block) => {
                self.call(&block.call, block.span());
                self.statements(&block.macro_decl.body);
            }
            Stmt::Do(statement) => self.call(&statement.call, statement.span()),
        }
    }

    /// The name of another file must be there to be read, so that the gate sees every file, and must end alike, so
    /// that its values are written for the place where they end up.
    fn source(&mut self, name: &Expr<'_>) {
        self.file_of(name, self.target);
    }

    fn file_of(&mut self, name: &Expr<'_>, target: Option<Target>) {
        let text = constant_text(name);
        self.used.push(text.clone());
        if !self.files.contains(&text) {
            self.refuse("template-file-unknown", name.span(), &text);
        } else if Target::of(&text) != target {
            self.refuse("template-file-ending", name.span(), &text);
        }
    }

    fn call(&mut self, call: &Call<'_>, span: Span) {
        if !matches!(&call.expr, Expr::Var(function) if function.id == "render") {
            self.expression(&call.expr);
        }
        for argument in &call.args {
            self.argument(argument);
        }
        if let Expr::Var(function) = &call.expr
            && function.id == "render"
        {
            if let Some(CallArg::Pos(name)) = call.args.first() {
                self.used.push(constant_text(name));
            }
            match call.args.first() {
                // A text may be put into Python as a value; a text within a text could go on for ever.
                Some(CallArg::Pos(name)) if self.target == Some(Target::Python) => {
                    self.file_of(name, Some(Target::Markdown));
                }
                _ => self.refuse("template-file-ending", span, "render"),
            }
        }
    }

    fn argument(&mut self, argument: &CallArg<'_>) {
        match argument {
            CallArg::Pos(value) | CallArg::Kwarg(_, value) | CallArg::PosSplat(value) | CallArg::KwargSplat(value) => {
                self.expression(value);
            }
        }
    }

    fn expression(&mut self, expression: &Expr<'_>) {
        match expression {
            Expr::Var(variable) => {
                // Under another name, `render` could be called where it is not seen here.
                if variable.id.starts_with("__") || variable.id == "render" {
                    self.refuse("template-name", variable.span(), variable.id);
                }
            }
            Expr::Const(constant) => {
                let text = constant.value.as_str().unwrap_or_default();
                self.note_jinja(text);
                if mark::is_in(text) {
                    self.refuse("template-character", constant.span(), "");
                }
            }
            Expr::Slice(slice) => {
                self.expression(&slice.expr);
                for part in [&slice.start, &slice.stop, &slice.step].into_iter().flatten() {
                    self.expression(part);
                }
            }
            Expr::UnaryOp(operation) => self.expression(&operation.expr),
            Expr::BinOp(operation) => {
                self.expression(&operation.left);
                self.expression(&operation.right);
            }
            Expr::Compare(comparison) => {
                self.expression(&comparison.expr);
                for operation in &comparison.ops {
                    self.expression(&operation.expr);
                }
            }
            Expr::IfExpr(choice) => {
                self.expression(&choice.test_expr);
                self.expression(&choice.true_expr);
                choice.false_expr.iter().for_each(|other| self.expression(other));
            }
            Expr::Filter(filter) => {
                if !FILTERS.contains(&filter.name) {
                    self.refuse("template-filter", filter.span(), filter.name);
                }
                filter.expr.iter().for_each(|input| self.expression(input));
                filter.args.iter().for_each(|argument| self.argument(argument));
            }
            Expr::Test(test) => {
                self.expression(&test.expr);
                test.args.iter().for_each(|argument| self.argument(argument));
            }
            Expr::GetAttr(attribute) => self.expression(&attribute.expr),
            Expr::GetItem(item) => {
                self.expression(&item.expr);
                self.expression(&item.subscript_expr);
            }
            Expr::Call(call) => self.call(call, call.span()),
            Expr::List(list) => list.items.iter().for_each(|item| self.expression(item)),
            Expr::Tuple(tuple) => tuple.items.iter().for_each(|item| self.expression(item)),
            Expr::Map(map) => {
                map.keys.iter().for_each(|key| self.expression(key));
                map.values.iter().for_each(|value| self.expression(value));
            }
        }
    }

    /// Two expressions that name where a value comes from, where the expression is a plain path.
    fn origin(&self, expression: &Expr<'_>) -> Option<(String, Option<String>)> {
        match expression {
            // The source of an identifier tells it from others, so it must be the only one.
            Expr::Filter(filter) if filter.name == "identifier" => {
                let named = filter.expr.as_ref()?;
                self.origin(named).filter(|_| has_one_source(named))
            }
            Expr::Filter(filter) => self.origin(filter.expr.as_ref()?),
            Expr::GetAttr(attribute) => Some((chain(&attribute.expr)?, Some(format!("\"{}\"", attribute.name)))),
            Expr::GetItem(item) => Some((chain(&item.expr)?, chain_key(&item.subscript_expr))),
            Expr::Var(variable) => {
                let innermost = self.loops.len();
                let (depth, (_, iterated, in_order)) = self
                    .loops
                    .iter()
                    .enumerate()
                    .rev()
                    .find(|(_, (name, ..))| name == variable.id)?;
                let key = (depth + 1 == innermost && *in_order).then(|| "loop.index0".to_owned());
                Some((iterated.clone()?, key))
            }
            _ => None,
        }
    }
}

/// The names of the files that a file includes, imports, extends or renders, as far as they are written out.
pub(super) fn files_used(root: &Stmt<'_>) -> Vec<String> {
    let known = BTreeSet::new();
    let mut walk = Walk::new("", None, &known);
    walk.template(root);
    walk.used
}

/// Whether the filters on a path take nothing from elsewhere.
fn has_one_source(expression: &Expr<'_>) -> bool {
    let Expr::Filter(filter) = expression else { return true };
    let is_constant = |argument: &CallArg<'_>| match argument {
        CallArg::Pos(value) | CallArg::Kwarg(_, value) => value.as_const().is_some(),
        CallArg::PosSplat(_) | CallArg::KwargSplat(_) => false,
    };
    filter.args.iter().all(is_constant) && filter.expr.as_ref().is_none_or(has_one_source)
}

/// The text of a plain path such as `parameters.steps[0].image`; filters on it are left out.
fn chain(expression: &Expr<'_>) -> Option<String> {
    match expression {
        Expr::Var(variable) => Some(variable.id.to_owned()),
        Expr::GetAttr(attribute) => Some(format!("{}.{}", chain(&attribute.expr)?, attribute.name)),
        Expr::GetItem(item) => Some(format!("{}[{}]", chain(&item.expr)?, chain_key(&item.subscript_expr)?)),
        Expr::Filter(filter) => chain(filter.expr.as_ref()?),
        _ => None,
    }
}

fn chain_key(expression: &Expr<'_>) -> Option<String> {
    match expression {
        Expr::Const(constant) => match constant.value.as_str() {
            Some(text) if !text.contains(['"', '\\']) => Some(format!("\"{text}\"")),
            Some(_) => None,
            None => constant.value.as_i64().map(|index| index.to_string()),
        },
        other => chain(other),
    }
}

/// The names that a Python file's own text binds or reads: neither attributes, nor keyword arguments, nor parts of
/// module paths.
///
/// The file is read as one text: every branch in a row, each placeholder a name.
pub(super) fn own_names(walk: &mut Walk<'_>, pieces: &[Piece]) -> BTreeSet<String> {
    let file = walk.file;
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(own) => text.push_str(own),
            Piece::Break => text.push('\n'),
            Piece::Placeholder => text.push_str(STAND_IN),
        }
    }
    let refusal = match crate::python::check_limits(&text) {
        Ok(None) => None,
        Ok(Some(_)) => Some(
            Finding::error("template-syntax", Place::File(file.to_owned(), 0..0))
                .param("detail", "a part of its own text is not Python"),
        ),
        Err(_) => Some(Finding::error("template-too-deep", Place::File(file.to_owned(), 0..0))),
    };
    if let Some(refusal) = refusal {
        walk.findings.push(refusal);
        return BTreeSet::new();
    }
    let options = ruff_python_parser::ParseOptions::from(ruff_python_parser::Mode::Module);
    let parsed = ruff_python_parser::parse_unchecked(&text, options);
    let mut names = BTreeSet::new();
    let mut declarations = Declarations::default();
    let mut in_module_path = false;
    let tokens: Vec<_> = parsed.tokens().iter().collect();
    let places: Vec<_> = walk
        .placeholders
        .iter()
        .map(|placeholder| placeholder.expression.clone())
        .collect();
    walk.findings
        .extend(risks::find(file, &text, STAND_IN, &tokens, &places));
    for (position, token) in tokens.iter().enumerate() {
        declarations.pass(token.kind());
        match token.kind() {
            TokenKind::From => in_module_path = true,
            TokenKind::Import | TokenKind::Newline => in_module_path = false,
            TokenKind::Identifier => {
                let name = text
                    .get(token.start().to_usize()..token.end().to_usize())
                    .unwrap_or_default();
                let kind_at = |position: Option<usize>| tokens.get(position?).map(|token| token.kind());
                let is_attribute = kind_at(position.checked_sub(1)) == Some(TokenKind::Dot);
                let is_argument =
                    declarations.is_in_call() && kind_at(position.checked_add(1)) == Some(TokenKind::Equal);
                if name != STAND_IN && !is_attribute && !is_argument && !in_module_path {
                    names.insert(name.to_owned());
                }
            }
            _ => {}
        }
    }
    names
}

/// Which brackets are open, so that a parameter with a default is told from an argument with a name.
#[derive(Default)]
struct Declarations {
    /// For each open bracket, whether it is that of a call.
    brackets: Vec<bool>,
    /// How many brackets were open before the parameters of each `lambda`.
    lambdas: Vec<usize>,
    /// The keyword before a name whose parameters are about to come.
    keyword: Option<TokenKind>,
}

impl Declarations {
    fn pass(&mut self, kind: TokenKind) {
        match kind {
            // These begin a statement, so that no bracket is open, whatever the branches before them opened.
            TokenKind::Def | TokenKind::Class => {
                *self = Self {
                    keyword: Some(kind),
                    ..Self::default()
                };
            }
            TokenKind::Lsqb | TokenKind::Lbrace => self.brackets.push(false),
            TokenKind::Lpar if self.brackets.is_empty() => {
                let keyword = self.keyword.take();
                self.brackets.push(keyword != Some(TokenKind::Def));
            }
            TokenKind::Lpar => self.brackets.push(true),
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => {
                self.brackets.pop();
                self.lambdas.retain(|depth| *depth <= self.brackets.len());
            }
            TokenKind::Lambda => self.lambdas.push(self.brackets.len()),
            TokenKind::Colon => {
                self.lambdas.pop_if(|depth| *depth == self.brackets.len());
            }
            TokenKind::Newline => *self = Self::default(),
            _ => {}
        }
    }

    fn is_in_call(&self) -> bool {
        self.lambdas.last() != Some(&self.brackets.len()) && self.brackets.last() == Some(&true)
    }
}

/// A name that stands for a placeholder.
const STAND_IN: &str = "dagwright_placeholder";

pub(super) fn range(span: Span) -> Range<usize> {
    span.start_offset as usize..span.end_offset as usize
}

/// A text that an expression says; empty where it says none.
pub(super) fn constant_text(expression: &Expr<'_>) -> String {
    let constant = expression.as_const();
    let text = constant.as_ref().and_then(minijinja::Value::as_str);
    text.unwrap_or_default().to_owned()
}
