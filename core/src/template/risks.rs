//! What a template does with values that no gate can make safe: Python or a shell would run them, or look them up.

use std::ops::Range;

use ruff_python_ast::token::{Token, TokenKind};
use ruff_text_size::Ranged as _;

use crate::finding::{Finding, Place};

/// Functions that run a text or import what it names.
const RUNNING: [&str; 18] = [
    "__import__",
    "compile",
    "eval",
    "exec",
    "execl",
    "execle",
    "execlp",
    "execlpe",
    "execv",
    "execve",
    "execvp",
    "execvpe",
    "getoutput",
    "getstatusoutput",
    "import_module",
    "pickle.loads",
    "popen",
    "system",
];
/// Arguments whose text a shell runs.
const RUN: [&str; 1] = ["bash_command"];
/// Arguments that are run only by what is called with them.
const RUN_BY: [(&str, &str); 1] = [("SSHOperator", "command")];
/// Arguments that let more be run if they are true.
const PERMITTING: [&str; 2] = ["render_template_as_native_obj", "shell"];

/// An open bracket: what is called with it, and the argument that is being read.
#[derive(Default)]
struct Bracket<'t> {
    callee: Option<&'t str>,
    /// A keyword, or a key of a dictionary that may be spread into keywords.
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
                let is_declared = kind(before.and_then(|name| name.checked_sub(1))) == Some(TokenKind::Def);
                let callee = before.and_then(|before| tokens.get(before)).map(|callee| {
                    let module = before.and_then(|before| tokens.get(before.checked_sub(2)?));
                    match (word(callee), module) {
                        // Other modules load data and nothing else.
                        ("loads", Some(module)) if word(module) == "pickle" => "pickle.loads",
                        (name, _) => name,
                    }
                });
                brackets.push(Bracket {
                    callee: callee.filter(|_| token.kind() == TokenKind::Lpar && !is_declared),
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
                    _ if kind(position.checked_add(1)) == Some(TokenKind::Equal)
                        && brackets.last().is_some_and(|bracket| bracket.callee.is_some()) =>
                    {
                        Some("keyword=".to_owned())
                    }
                    _ if is_import => Some("import".to_owned()),
                    _ => None,
                };
                let running = calls.rfind(|callee| RUNNING.contains(callee));
                let run = arguments.rfind(|argument| RUN.contains(argument));
                let run_by = brackets.iter().rev().find_map(|bracket| {
                    let named = (bracket.callee?, bracket.keyword?);
                    RUN_BY.contains(&named).then_some(named.1)
                });
                let what = running.or(run).or(run_by).map(str::to_owned).or(what);
                findings.extend(what.map(|what| Finding::warning("template-risk", place).param("what", what)));
            }
            TokenKind::Identifier | TokenKind::String => {
                let Some(bracket) = brackets.last_mut() else { continue };
                let expected = if token.kind() == TokenKind::String {
                    TokenKind::Colon
                } else {
                    TokenKind::Equal
                };
                if kind(position.checked_add(1)) != Some(expected) {
                    continue;
                }
                let name = word(token).trim_matches(['"', '\'']);
                bracket.keyword = Some(name);
                let value = position.checked_add(2).and_then(|value| tokens.get(value));
                let is_true = value.is_some_and(|value| match value.kind() {
                    TokenKind::True => true,
                    TokenKind::Int => word(value) != "0",
                    _ => false,
                });
                if PERMITTING.contains(&name) && is_true {
                    let place = Place::File(file.to_owned(), 0..0);
                    let what = format!("{name}=True");
                    findings.push(Finding::warning("template-risk", place).param("what", what));
                }
            }
            _ => {}
        }
    }
    findings
}
