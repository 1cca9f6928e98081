//! What a template does with values that no gate can make safe: Python or a shell would run them, or look them up.

use std::ops::Range;

use ruff_python_ast::token::{Token, TokenKind};
use ruff_text_size::Ranged as _;

use crate::finding::{Finding, Place};

/// Functions that run a text or import what it names.
const RUNNING: [&str; 9] = [
    "__import__",
    "compile",
    "eval",
    "exec",
    "getoutput",
    "getstatusoutput",
    "import_module",
    "popen",
    "system",
];
/// Arguments whose text a shell runs.
const RUN: [&str; 1] = ["bash_command"];
/// Arguments that let more be run if they are true.
const PERMITTING: [&str; 2] = ["render_template_as_native_obj", "shell"];

/// An open bracket: what is called with it, and the argument that is being read.
#[derive(Default)]
struct Bracket<'t> {
    callee: Option<&'t str>,
    keyword: Option<&'t str>,
}

/// Warns about the risks in a Python file that was read as one text, with a name for each placeholder. `placeholders`
/// are their ranges in the file.
pub(super) fn find(
    file: &str,
    text: &str,
    stand_in: &str,
    tokens: &[&Token],
    placeholders: &[Range<usize>],
) -> Vec<Finding> {
    let mut brackets: Vec<Bracket<'_>> = Vec::new();
    let mut is_import = false;
    let mut placeholders = placeholders.iter();
    let mut findings = Vec::new();
    let kind = |position: Option<usize>| {
        position
            .and_then(|position| tokens.get(position))
            .map(|token| token.kind())
    };
    let word = |token: &Token| {
        text.get(token.start().to_usize()..token.end().to_usize())
            .unwrap_or_default()
    };
    for (position, token) in tokens.iter().enumerate() {
        let before = position.checked_sub(1);
        match token.kind() {
            TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => {
                let callee = before.and_then(|before| tokens.get(before)).map(|callee| word(callee));
                brackets.push(Bracket {
                    callee: callee.filter(|_| token.kind() == TokenKind::Lpar),
                    keyword: None,
                });
            }
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => {
                brackets.pop();
            }
            TokenKind::Comma => {
                if let Some(bracket) = brackets.last_mut() {
                    bracket.keyword = None;
                }
            }
            TokenKind::Import => is_import = true,
            TokenKind::Newline => is_import = false,
            TokenKind::Identifier if word(token) == stand_in => {
                let place = Place::File(file.to_owned(), placeholders.next().cloned().unwrap_or_default());
                let mut calls = brackets.iter().filter_map(|bracket| bracket.callee);
                let mut arguments = brackets.iter().filter_map(|bracket| bracket.keyword);
                let what = match kind(before) {
                    Some(TokenKind::Dot) => Some("object.attribute".to_owned()),
                    Some(TokenKind::DoubleStar) if !brackets.is_empty() => Some("**".to_owned()),
                    Some(TokenKind::As) => None,
                    _ if is_import => Some("import".to_owned()),
                    _ => None,
                };
                let running = calls.rfind(|callee| RUNNING.contains(callee));
                let run = arguments.rfind(|argument| RUN.contains(argument));
                let what = running.or(run).map(str::to_owned).or(what);
                findings.extend(what.map(|what| Finding::warning("template-risk", place).param("what", what)));
            }
            TokenKind::Identifier if kind(position.checked_add(1)) == Some(TokenKind::Equal) => {
                let Some(bracket) = brackets.last_mut() else { continue };
                bracket.keyword = Some(word(token));
                if PERMITTING.contains(&word(token)) && kind(position.checked_add(2)) == Some(TokenKind::True) {
                    let place = Place::File(file.to_owned(), 0..0);
                    let what = format!("{}=True", word(token));
                    findings.push(Finding::warning("template-risk", place).param("what", what));
                }
            }
            _ => {}
        }
    }
    findings
}
