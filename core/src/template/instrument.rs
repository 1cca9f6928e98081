//! Instrumenting: each placeholder of a Jinja file is rewritten to say which one it is and where its value is from.

use std::{fmt::Write as _, ops::Range};

use minijinja::{
    machinery::{Span, Token, tokenize},
    syntax::SyntaxConfig,
};

use super::gate::Placeholder;

/// The function that each placeholder is rewritten to call.
pub(crate) const EMIT: &str = "__emit";

/// A stretch of a Jinja file that reaches the output.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    /// The file's own text, its white space trimmed as the syntax says.
    Text(String),
    /// The beginning or the end of a text that is put elsewhere, so that it does not touch what stands beside it here.
    Break,
    /// A placeholder.
    Placeholder {
        /// With its braces.
        outer: Range<usize>,
        /// Between its braces.
        inner: Range<usize>,
    },
}

/// Longest tag, in bytes, and deepest nesting of blocks that are read: the Jinja parser recurses on both.
const MAXIMUM_TAG: usize = 2_000;
const MAXIMUM_BLOCKS: usize = 50;
/// Most `elif` in a file: the parser takes each for a block within the one before.
const MAXIMUM_ALTERNATIVES: usize = 300;

/// The tokens of a file, up to the first place that is none; there the tokenizer would report the same error for ever.
fn tokens<'s>(source: &'s str, syntax: &SyntaxConfig) -> impl Iterator<Item = (Token<'s>, Span)> {
    tokenize(source, false, syntax.clone()).map_while(Result::ok)
}

/// Whether a file is too deep to be parsed without exhausting the stack.
pub(super) fn is_too_deep(source: &str, syntax: &SyntaxConfig) -> bool {
    let mut open = 0;
    let mut blocks = 0usize;
    let mut alternatives = 0usize;
    let mut at_block = false;
    for (token, span) in tokens(source, syntax) {
        let begins_block = std::mem::replace(&mut at_block, matches!(token, Token::BlockStart));
        match token {
            Token::VariableStart | Token::BlockStart => open = span.start_offset as usize,
            Token::VariableEnd | Token::BlockEnd => {
                if span.end_offset as usize - open > MAXIMUM_TAG {
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
        if blocks > MAXIMUM_BLOCKS || alternatives > MAXIMUM_ALTERNATIVES {
            return true;
        }
    }
    source.len().saturating_sub(open) > MAXIMUM_TAG && source.get(open..).is_some_and(|rest| !rest.contains('}'))
}

/// The pieces of a file, in order. The file must have been parsed before.
pub(super) fn pieces(source: &str, syntax: &SyntaxConfig) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    let mut at_block = false;
    for (token, span) in tokens(source, syntax) {
        let (start, end) = (span.start_offset as usize, span.end_offset as usize);
        let begins_block = std::mem::replace(&mut at_block, matches!(token, Token::BlockStart));
        match token {
            Token::Ident("macro" | "endmacro" | "call" | "endcall") if begins_block => pieces.push(Piece::Break),
            Token::TemplateData(text) => pieces.push(Piece::Text(text.to_owned())),
            Token::VariableStart => open = Some((start, end)),
            Token::VariableEnd => {
                if let Some((outer, inner)) = open.take() {
                    pieces.push(Piece::Placeholder {
                        outer: outer..end,
                        inner: inner..start,
                    });
                }
            }
            _ => {}
        }
    }
    pieces
}

/// The file with each placeholder rewritten; none where placeholders and expressions do not match one to one.
///
/// `{{ e }}` becomes `{{ __emit((e), holder, key) }}`. Calls of macros stay: their text is marked inside.
pub(super) fn instrument(source: &str, pieces: &[Piece], placeholders: &[Placeholder]) -> Option<String> {
    let ranges: Vec<_> = pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Placeholder { outer, inner } => Some((outer, inner)),
            Piece::Text(_) | Piece::Break => None,
        })
        .collect();
    if ranges.len() != placeholders.len() {
        return None;
    }
    let mut text = String::with_capacity(source.len() * 2);
    let mut at = 0;
    for ((outer, inner), placeholder) in ranges.into_iter().zip(placeholders) {
        if !outer.contains(&placeholder.expression.start) {
            return None;
        }
        text.push_str(source.get(at..inner.start)?);
        let expression = source.get(inner.clone())?;
        if placeholder.is_macro {
            text.push_str(expression);
        } else {
            // Writing into a String cannot fail.
            let _ = match &placeholder.origin {
                Some((holder, Some(key))) => write!(text, " {EMIT}(({expression}), {holder}, {key}) "),
                Some((holder, None)) => write!(text, " {EMIT}(({expression}), {holder}) "),
                None => write!(text, " {EMIT}(({expression})) "),
            };
        }
        at = inner.end;
    }
    text.push_str(source.get(at..)?);
    Some(text)
}
