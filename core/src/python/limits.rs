//! How deep a text may be nested.
//!
//! The parser, and everything that walks its tree, recurses; in WebAssembly the stack is small and running over its
//! end cannot be caught. So the tokens are counted before the parser runs.

use std::ops::Range;

use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{Mode, lexer};

use super::{Unreadable, parse::bytes};

/// How much nesting one expression may hold. A token that makes the parser recurse weighs [`RECURSION`], one that only
/// makes the tree deeper weighs [`STEP`]: a chain of `>>` may be long, a pile of brackets may not be high.
const WEIGHT: usize = 1000;
const RECURSION: usize = 10;
const STEP: usize = 1;

/// How many levels of indentation a text may have, brackets included.
const INDENTATION: usize = 50;

/// Digits that `CPython` reads in one decimal number.
const DIGITS: usize = 4300;

/// Checks the depth of a text. Returns the first place, if any, that is no Python token.
pub(crate) fn check(text: &str) -> Result<Option<Range<usize>>, Unreadable> {
    let mut scan = Scan {
        text,
        levels: vec![Level::default()],
        indents: Vec::new(),
        total: 0,
    };
    let mut lexer = lexer::lex(text, Mode::Module);
    let mut before = TokenKind::Newline;
    loop {
        let kind = lexer.next_token();
        let range = bytes(lexer.current_range());
        match kind {
            TokenKind::EndOfFile => break,
            // The end of the text inside brackets is no token either; the bracket is the better place to point at.
            TokenKind::Unknown if range.end >= text.len() && scan.is_inside_brackets() => break,
            TokenKind::Unknown => return Ok(Some(range)),
            TokenKind::Comment | TokenKind::Indent | TokenKind::Dedent => continue,
            _ => {}
        }
        if matches!(before, TokenKind::Newline | TokenKind::NonLogicalNewline) {
            scan.indent(&range)?;
        }
        scan.token(kind, before, range)?;
        before = kind;
    }
    match scan.levels.pop().and_then(|level| level.open) {
        Some((_, range)) => Err(Unreadable::Syntax(range, "this bracket was never closed".to_owned())),
        None => Ok(None),
    }
}

struct Scan<'a> {
    text: &'a str,
    /// The open brackets, outermost first; the first level is the text outside of any.
    levels: Vec<Level>,
    /// The widths of the indentations that are open.
    indents: Vec<usize>,
    /// The weight of all levels.
    total: usize,
}

#[derive(Default)]
struct Level {
    open: Option<(TokenKind, Range<usize>)>,
    /// Weight that ends with the next comma, because the items of a list stand beside each other.
    item: usize,
    /// Weight that a comma does not end, because a `lambda` has commas of its own.
    kept: usize,
}

impl Scan<'_> {
    fn is_inside_brackets(&self) -> bool {
        self.levels.len() > 1
    }

    fn token(&mut self, kind: TokenKind, before: TokenKind, range: Range<usize>) -> Result<(), Unreadable> {
        match kind {
            TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => {
                if ends_operand(before) {
                    self.add(STEP);
                }
                self.total += RECURSION;
                self.levels.push(Level {
                    open: Some((kind, range.clone())),
                    ..Level::default()
                });
            }
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => self.close(kind, range.clone())?,
            TokenKind::Newline | TokenKind::Semi => {
                if let Some(level) = self.levels.last_mut() {
                    self.total -= level.item + level.kept;
                    level.item = 0;
                    level.kept = 0;
                }
            }
            TokenKind::Comma => {
                if let Some(level) = self.levels.last_mut() {
                    self.total -= level.item;
                    level.item = 0;
                }
            }
            TokenKind::Lambda | TokenKind::Async => {
                if let Some(level) = self.levels.last_mut() {
                    level.kept += RECURSION;
                    self.total += RECURSION;
                }
            }
            TokenKind::Plus | TokenKind::Minus | TokenKind::Star if ends_operand(before) => self.add(STEP),
            TokenKind::Plus
            | TokenKind::Minus
            | TokenKind::Tilde
            | TokenKind::Not
            | TokenKind::Star
            | TokenKind::DoubleStar
            | TokenKind::If
            | TokenKind::Else
            | TokenKind::Await
            | TokenKind::Yield => self.add(RECURSION),
            TokenKind::Dot | TokenKind::ColonEqual | TokenKind::And | TokenKind::Or => self.add(STEP),
            TokenKind::Int => self.digits(&range)?,
            operator if operator.is_arithmetic() || operator.is_bitwise_or_shift() => self.add(STEP),
            _ => {}
        }
        if self.total > WEIGHT {
            return Err(Unreadable::TooDeep(range));
        }
        Ok(())
    }

    fn add(&mut self, weight: usize) {
        if let Some(level) = self.levels.last_mut() {
            level.item += weight;
            self.total += weight;
        }
    }

    fn close(&mut self, kind: TokenKind, range: Range<usize>) -> Result<(), Unreadable> {
        let wanted = match kind {
            TokenKind::Rpar => TokenKind::Lpar,
            TokenKind::Rsqb => TokenKind::Lsqb,
            _ => TokenKind::Lbrace,
        };
        let level = self.levels.pop().unwrap_or_default();
        let Some((open, _)) = level.open else {
            return Err(Unreadable::Syntax(range, "this bracket was never opened".to_owned()));
        };
        if open != wanted {
            return Err(Unreadable::Syntax(
                range,
                "this bracket does not match the one that is open".to_owned(),
            ));
        }
        self.total -= RECURSION + level.item + level.kept;
        Ok(())
    }

    /// Counts the indentation of a line whose first token is at `range`.
    ///
    /// Lines inside brackets count too: where the parser mends an error, it may read them as statements.
    fn indent(&mut self, range: &Range<usize>) -> Result<(), Unreadable> {
        let before = self.text.get(..range.start).unwrap_or_default();
        let width = before
            .bytes()
            .rev()
            .take_while(|byte| matches!(byte, b' ' | b'\t' | b'\x0c'))
            .count();
        while self.indents.last().is_some_and(|open| *open >= width) {
            self.indents.pop();
        }
        if width > 0 {
            self.indents.push(width);
        }
        if self.indents.len() > INDENTATION {
            return Err(Unreadable::TooDeep(range.clone()));
        }
        Ok(())
    }

    /// `CPython` refuses long decimal numbers, since reading them takes quadratic time.
    fn digits(&self, range: &Range<usize>) -> Result<(), Unreadable> {
        let text = self.text.get(range.clone()).unwrap_or_default();
        let decimal = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
        if decimal && text.bytes().filter(u8::is_ascii_digit).count() > DIGITS {
            return Err(Unreadable::Syntax(
                range.clone(),
                format!("a number may have at most {DIGITS} digits"),
            ));
        }
        Ok(())
    }
}

/// Whether a value may end with this token, so that what follows continues it.
fn ends_operand(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::Int
            | TokenKind::Float
            | TokenKind::Complex
            | TokenKind::String
            | TokenKind::FStringEnd
            | TokenKind::TStringEnd
            | TokenKind::Rpar
            | TokenKind::Rsqb
            | TokenKind::Rbrace
            | TokenKind::Ellipsis
            | TokenKind::True
            | TokenKind::False
            | TokenKind::None
            | TokenKind::Identifier
    ) || kind.is_soft_keyword()
}
