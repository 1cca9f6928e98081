//! The lexical context of each tag: whether a placeholder stands in code, whichever branches are taken.
//!
//! The text of a template is read as Python's tokenizer would read it, through branches, loops, included files, parents
//! and blocks. Each of these parts must leave the context as it found it: what begins in code ends in code, and what
//! begins within a text ends within the same text. Then the context of a tag does not depend on the way to it.

use std::{collections::BTreeMap, ops::Range};

use minijinja::machinery::ast::{Block, Call, Expr, Stmt};
use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{Mode, lexer};

use super::gate::{self, MacroNames};
use crate::finding::{Finding, Place};

/// A Jinja file that writes Python.
#[derive(Debug)]
pub(super) struct File<'a> {
    /// Its path in the catalogue.
    pub(super) path: String,
    pub(super) source: &'a str,
    pub(super) root: &'a Stmt<'a>,
    pub(super) macros: MacroNames,
}

/// Checks the files of one template, by name.
pub(super) fn check(files: &BTreeMap<&str, File<'_>>) -> Vec<Finding> {
    let mut blocks: BTreeMap<&str, Vec<Body<'_>>> = BTreeMap::new();
    for file in files.values() {
        if let Stmt::Template(template) = file.root {
            collect_blocks(file, &template.children, &mut blocks);
        }
    }
    let mut reading = Reading {
        files,
        blocks: &blocks,
        exits: BTreeMap::new(),
        findings: Vec::new(),
    };
    for (name, file) in files {
        if !is_child(file.root) {
            reading.file(name, Context::START);
        }
    }
    let mut findings = reading.findings;
    findings.sort_by_key(|finding| match &finding.primary {
        Place::File(path, range) => (path.clone(), range.start, finding.code),
        _ => (String::new(), 0, finding.code),
    });
    findings.dedup();
    findings
}

/// Whether only the blocks of a file are written, in the places that its parent has for them.
fn is_child(root: &Stmt<'_>) -> bool {
    matches!(root, Stmt::Template(template)
        if template.children.iter().any(|statement| matches!(statement, Stmt::Extends(_))))
}

#[derive(Clone, Copy)]
struct Body<'a> {
    file: &'a File<'a>,
    /// The innermost block around.
    block: Option<&'a str>,
    statements: &'a [Stmt<'a>],
}

fn collect_blocks<'a>(file: &'a File<'a>, statements: &'a [Stmt<'a>], blocks: &mut BTreeMap<&'a str, Vec<Body<'a>>>) {
    for statement in statements {
        match statement {
            Stmt::Block(block) => {
                let Block { name, body, .. } = &**block;
                blocks.entry(name).or_default().push(Body {
                    file,
                    block: Some(name),
                    statements: body,
                });
                collect_blocks(file, body, blocks);
            }
            Stmt::ForLoop(each) => {
                collect_blocks(file, &each.body, blocks);
                collect_blocks(file, &each.else_body, blocks);
            }
            Stmt::IfCond(condition) => {
                collect_blocks(file, &condition.true_body, blocks);
                collect_blocks(file, &condition.false_body, blocks);
            }
            Stmt::WithBlock(with) => collect_blocks(file, &with.body, blocks),
            _ => {}
        }
    }
}

/// Where in Python a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Context {
    /// In code. What may stand directly before it is a set, since branches may end differently.
    Code(Before),
    /// In a text that is no f-string.
    Text(Text),
}

/// What may stand directly before a place in code: a set of bits.
type Before = u8;

/// A part of a name, a keyword or a number.
const WORD: Before = 1;
/// A text of the template's own.
const OWN_TEXT: Before = 2;
/// A value.
const VALUE: Before = 4;
/// A comment, which the place belongs to.
const COMMENT: Before = 8;
/// Two quotes that are an empty text unless a third follows.
const TWO_QUOTES: Before = 16;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Text {
    quote: char,
    is_triple: bool,
    /// Whether nothing but its first quote may have been read, so that two more would make three of it.
    may_be_empty: bool,
    /// Whether a backslash stands directly before.
    is_escaped: bool,
    /// How many of its quotes may stand directly before: a set of bits, the lowest for none.
    quotes: u8,
}

const NO_QUOTE: u8 = 1;
const THREE_QUOTES: u8 = 8;

impl Context {
    const START: Self = Self::Code(0);

    /// The context behind two parts of which one is taken; none if they do not end in the same.
    fn join(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Code(one), Self::Code(two)) => Some(Self::Code(one | two)),
            (Self::Text(one), Self::Text(two)) => {
                let joined = |text| Text {
                    may_be_empty: one.may_be_empty || two.may_be_empty,
                    quotes: one.quotes | two.quotes,
                    ..text
                };
                (joined(one) == joined(two)).then_some(Self::Text(joined(one)))
            }
            _ => None,
        }
    }
}

/// What is wrong with a template's own text, and where in it.
struct Fault {
    code: &'static str,
    offset: usize,
}

/// The context behind a text.
fn read(text: &str, context: Context) -> Result<Context, Fault> {
    let begins_in_word = matches!(context, Context::Code(before) if before & WORD != 0);
    let mut context = context;
    let mut at = 0;
    while let Some(next) = text.get(at..).and_then(|rest| rest.chars().next()) {
        (context, at) = match context {
            // What a prefix means depends on what stands before the text.
            Context::Code(_) if matches!(next, '\'' | '"') && begins_in_word && word_before(text, at).len() == at => {
                return Err(Fault {
                    code: "template-unbalanced",
                    offset: at,
                });
            }
            Context::Code(before) => read_code(text, at, next, before)?,
            Context::Text(inside) => (read_text(inside, at, next)?, at + next.len_utf8()),
        };
    }
    Ok(context)
}

/// One step in code.
fn read_code(text: &str, at: usize, next: char, before: Before) -> Result<(Context, usize), Fault> {
    let rest = text.get(at..).unwrap_or_default();
    let fault = |code| Fault { code, offset: at };
    if next != '\n' && before == COMMENT {
        let length = rest.find('\n').unwrap_or(rest.len());
        return Ok((Context::Code(COMMENT), at + length));
    }
    let kept = before & COMMENT;
    match next {
        '\n' => Ok((Context::Code(0), at + 1)),
        '#' => Ok((Context::Code(COMMENT), at + 1)),
        '\'' | '"' => {
            if before & VALUE != 0 {
                return Err(fault("template-placeholder"));
            }
            // What branches left open decides what this quote is.
            if before & (COMMENT | TWO_QUOTES) != 0 {
                return Err(fault("template-unbalanced"));
            }
            let prefix = word_before(text, at);
            if is_format_prefix(prefix) {
                let start = at - prefix.len();
                return match format_string_end(text.get(start..).unwrap_or_default()) {
                    Some(length) => Ok((Context::Code(OWN_TEXT), start + length)),
                    None => Err(fault("template-format-string")),
                };
            }
            let quotes = rest.chars().take(3).take_while(|quote| *quote == next).count();
            let inside = Text {
                quote: next,
                is_triple: quotes == 3,
                may_be_empty: quotes == 1 && rest.len() == 1,
                is_escaped: false,
                quotes: NO_QUOTE,
            };
            match quotes {
                2 => {
                    let two_quotes = if rest.len() == 2 { TWO_QUOTES } else { 0 };
                    Ok((Context::Code(OWN_TEXT | two_quotes), at + 2))
                }
                _ => Ok((Context::Text(inside), at + quotes)),
            }
        }
        '\\' => Ok((Context::Code(WORD | kept), at + 1)),
        _ if is_of_word(next) => {
            if before & VALUE != 0 {
                return Err(fault("template-placeholder"));
            }
            Ok((Context::Code(WORD | kept), at + next.len_utf8()))
        }
        _ => Ok((Context::Code(kept), at + next.len_utf8())),
    }
}

/// One step in a text.
fn read_text(inside: Text, at: usize, next: char) -> Result<Context, Fault> {
    let begun = Text {
        may_be_empty: false,
        is_escaped: false,
        quotes: NO_QUOTE,
        ..inside
    };
    let fault = Fault {
        code: "template-unbalanced",
        offset: at,
    };
    Ok(match next {
        _ if inside.is_escaped => Context::Text(Text {
            // A line may end with two characters.
            is_escaped: next == '\r',
            ..begun
        }),
        '\\' => Context::Text(Text {
            is_escaped: true,
            ..begun
        }),
        '\n' if !inside.is_triple => return Err(fault),
        quote if quote == inside.quote && !inside.is_triple => {
            let two_quotes = if inside.may_be_empty { TWO_QUOTES } else { 0 };
            Context::Code(OWN_TEXT | two_quotes)
        }
        quote if quote == inside.quote => match inside.quotes << 1 {
            THREE_QUOTES => Context::Code(OWN_TEXT),
            quotes if quotes & THREE_QUOTES != 0 => return Err(fault),
            quotes => Context::Text(Text { quotes, ..begun }),
        },
        _ => Context::Text(begun),
    })
}

fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || !character.is_ascii()
}

fn word_before(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or_default();
    before
        .get(before.trim_end_matches(is_of_word).len()..)
        .unwrap_or_default()
}

fn is_format_prefix(word: &str) -> bool {
    ["f", "fr", "rf", "t", "tr", "rt"]
        .iter()
        .any(|prefix| word.eq_ignore_ascii_case(prefix))
}

/// The length of the f-string that a text begins with, if it ends there.
fn format_string_end(text: &str) -> Option<usize> {
    let mut lexer = lexer::lex(text, Mode::Module);
    let mut open = 0usize;
    loop {
        match lexer.next_token() {
            TokenKind::FStringStart | TokenKind::TStringStart => open += 1,
            TokenKind::FStringEnd | TokenKind::TStringEnd => open = open.saturating_sub(1),
            TokenKind::Unknown | TokenKind::EndOfFile => return None,
            _ => {}
        }
        if open == 0 {
            return Some(lexer.current_range().end().to_usize());
        }
    }
}

/// What is known about a template while its files are read.
struct Reading<'a> {
    files: &'a BTreeMap<&'a str, File<'a>>,
    /// The bodies that a block may have, by its name.
    blocks: &'a BTreeMap<&'a str, Vec<Body<'a>>>,
    /// The context behind each file and each block, by the context before it. A part that is being read counts as one
    /// that leaves its context alone, which is what it is held to.
    exits: BTreeMap<(Part<'a>, Context), Context>,
    findings: Vec<Finding>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part<'a> {
    File(&'a str),
    Block(&'a str),
}

impl<'a> Reading<'a> {
    fn refuse(&mut self, code: &'static str, file: &File<'_>, range: Range<usize>) {
        self.findings
            .push(Finding::error(code, Place::File(file.path.clone(), range)));
    }

    /// Refuses a placeholder, with its braces.
    fn refuse_placeholder(&mut self, file: &File<'_>, expression: &Range<usize>) {
        let opening = file
            .source
            .get(..expression.start)
            .and_then(|before| before.rfind("{{"));
        let closing = file.source.get(expression.end..).and_then(|behind| behind.find("}}"));
        let start = opening.unwrap_or(expression.start);
        let end = closing.map_or(expression.end, |closing| expression.end + closing + 2);
        self.refuse("template-placeholder", file, start..end);
    }

    fn file(&mut self, name: &'a str, before: Context) -> Context {
        let Some(file) = self.files.get(name) else {
            return before;
        };
        if let Some(exit) = self.exits.get(&(Part::File(name), before)) {
            return *exit;
        }
        self.exits.insert((Part::File(name), before), before);
        let mut exit = before;
        if let Stmt::Template(template) = file.root {
            let body = Body {
                file,
                block: None,
                statements: &template.children,
            };
            exit = self
                .part(body, before, file.source.len()..file.source.len())
                .unwrap_or(before);
        }
        self.exits.insert((Part::File(name), before), exit);
        exit
    }

    fn block(&mut self, name: &'a str, before: Context, range: &Range<usize>) -> Context {
        if let Some(exit) = self.exits.get(&(Part::Block(name), before)) {
            return *exit;
        }
        self.exits.insert((Part::Block(name), before), before);
        let mut exit = before;
        let bodies: &'a [Body<'a>] = self.blocks.get(name).map_or(&[], Vec::as_slice);
        for body in bodies {
            let behind = self.part(*body, before, range.clone());
            exit = behind.and_then(|behind| exit.join(behind)).unwrap_or(exit);
        }
        self.exits.insert((Part::Block(name), before), exit);
        exit
    }

    /// A part that may be left out or repeated: the context behind it includes the one before it.
    fn part(&mut self, body: Body<'a>, before: Context, range: Range<usize>) -> Option<Context> {
        before.join(self.branch(body, before, range)?)
    }

    /// A part must end in the context it began in. None where it does not, or where something else is wrong in it that
    /// makes all that follows unclear.
    fn branch(&mut self, body: Body<'a>, before: Context, range: Range<usize>) -> Option<Context> {
        let mut exit = before;
        for statement in body.statements {
            exit = self.statement(body, statement, exit)?;
        }
        if before.join(exit).is_none() {
            self.refuse("template-unbalanced", body.file, range);
            return None;
        }
        Some(exit)
    }

    fn statement(&mut self, body: Body<'a>, statement: &'a Stmt<'a>, before: Context) -> Option<Context> {
        let file = body.file;
        let within = |statements| Body { statements, ..body };
        match statement {
            Stmt::EmitRaw(raw) => match read(raw.raw, before) {
                Ok(behind) => Some(behind),
                Err(fault) => {
                    let start = (raw.raw.as_ptr() as usize).saturating_sub(file.source.as_ptr() as usize);
                    let start = start + fault.offset;
                    let line = file.source.get(start..).and_then(|rest| rest.lines().next());
                    self.refuse(fault.code, file, start..start + line.unwrap_or_default().len());
                    None
                }
            },
            Stmt::EmitExpr(emit) => {
                let range = gate::range(emit.expr.span());
                match &emit.expr {
                    Expr::Call(call) if file.macros.are_called_by(&emit.expr) => {
                        Some(self.call(body, call, before, range))
                    }
                    _ => {
                        if before != Context::START {
                            self.refuse_placeholder(file, &range);
                        }
                        match before {
                            Context::Code(_) => Some(Context::Code(VALUE)),
                            Context::Text(_) => Some(before),
                        }
                    }
                }
            }
            Stmt::ForLoop(each) => {
                let range = gate::range(each.span());
                let looped = self.part(within(&each.body), before, range.clone())?;
                looped.join(self.branch(within(&each.else_body), before, range)?)
            }
            Stmt::IfCond(condition) => {
                let range = gate::range(condition.span());
                let one = self.branch(within(&condition.true_body), before, range.clone())?;
                one.join(self.branch(within(&condition.false_body), before, range)?)
            }
            Stmt::WithBlock(with) => self.branch(within(&with.body), before, gate::range(with.span())),
            Stmt::Block(block) => Some(self.block(block.name, before, &gate::range(block.span()))),
            Stmt::Include(include) => {
                let name = gate::constant_text(&include.name);
                match self.files.get_key_value(name.as_str()) {
                    Some((name, _)) => before.join(self.file(name, before)),
                    None => Some(before),
                }
            }
            // The text of a macro is read by itself, and so may be called from code alone.
            Stmt::Macro(declared) => {
                self.part(within(&declared.body), Context::START, gate::range(declared.span()))?;
                Some(before)
            }
            Stmt::CallBlock(block) => {
                let range = gate::range(block.span());
                self.part(within(&block.macro_decl.body), Context::START, range.clone())?;
                Some(self.in_code(file, before, &range))
            }
            _ => Some(before),
        }
    }

    /// The call of something that writes text itself.
    fn call(&mut self, body: Body<'a>, call: &'a Call<'a>, before: Context, range: Range<usize>) -> Context {
        let block = match &call.expr {
            Expr::Var(function) if function.id == "super" => body.block,
            Expr::GetAttr(attribute) if matches!(&attribute.expr, Expr::Var(holder) if holder.id == "self") => {
                Some(attribute.name)
            }
            _ => return self.in_code(body.file, before, &range),
        };
        match block {
            Some(name) => self.block(name, before, &range),
            None => before,
        }
    }

    fn in_code(&mut self, file: &File<'_>, before: Context, range: &Range<usize>) -> Context {
        match before {
            Context::Code(what) if what & COMMENT == 0 => Context::Code(0),
            _ => {
                self.refuse_placeholder(file, range);
                before
            }
        }
    }
}
