//! The output gate: each emission is whole tokens that read back as its value, and the text is Python.

use minijinja::{Value, value::ValueKind};
use ruff_python_ast::{Expr, ModModule, Number};
use ruff_python_parser::Parsed;

use super::{Emission, Emitted, Rendered};
use crate::python::{self, Unreadable};

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
}

/// Checks a rendered file; one that fails comes back with the reason.
pub(crate) fn check(rendered: Rendered) -> Result<Gated, (String, Rejection)> {
    let Rendered { text, emissions } = rendered;
    let module = match python::parse(&text) {
        Ok(module) => module,
        Err(unreadable) => return Err((text, Rejection::Unreadable(unreadable))),
    };
    let tokens = module.tokens();
    for emission in &emissions {
        let starts = tokens.binary_search_by_key(&emission.range.start, |token| {
            ruff_text_size::Ranged::start(token).to_usize()
        });
        let ends = tokens.binary_search_by_key(&emission.range.end, |token| {
            ruff_text_size::Ranged::end(token).to_usize()
        });
        let literal = text.get(emission.range.clone()).unwrap_or_default();
        if starts.is_err() || ends.is_err() || !reads_as(literal, &emission.value) {
            let emission = emission.clone();
            return Err((text, Rejection::Emission(emission)));
        }
    }
    Ok(Gated {
        text,
        emissions,
        module,
    })
}

fn reads_as(literal: &str, emitted: &Emitted) -> bool {
    match emitted {
        Emitted::Name(name) => literal == name && super::literal::is_identifier(name),
        Emitted::Literal(value) => {
            value.as_str().is_some_and(|text| is_verbatim(literal, text))
                || ruff_python_parser::parse_expression(literal).is_ok_and(|parsed| matches(parsed.expr(), value, 0))
        }
    }
}

/// Whether a literal is a text between quotes in which every character stands for itself. Most values are, and need no
/// parser.
fn is_verbatim(literal: &str, text: &str) -> bool {
    literal.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) == Some(text)
        && text
            .bytes()
            .all(|byte| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\')
}

/// Whether an expression is a literal of a value.
fn matches(expression: &Expr, value: &Value, depth: usize) -> bool {
    if depth > 40 {
        return false;
    }
    match expression {
        Expr::NoneLiteral(_) => value.is_none(),
        Expr::BooleanLiteral(literal) => value.kind() == ValueKind::Bool && value.is_true() == literal.value,
        Expr::StringLiteral(literal) => value.as_str() == Some(literal.value.to_str()),
        Expr::NumberLiteral(literal) => is_number(&literal.value, value, false),
        Expr::UnaryOp(operation) => match &*operation.operand {
            Expr::NumberLiteral(literal) if operation.op == ruff_python_ast::UnaryOp::USub => {
                is_number(&literal.value, value, true)
            }
            _ => false,
        },
        Expr::List(list) => {
            matches!(value.kind(), ValueKind::Seq | ValueKind::Iterable)
                && value.try_iter().is_ok_and(|items| {
                    let items: Vec<_> = items.collect();
                    items.len() == list.elts.len()
                        && list
                            .elts
                            .iter()
                            .zip(&items)
                            .all(|(element, item)| matches(element, item, depth + 1))
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
                                .is_some_and(|literal| matches(literal, key, depth + 1))
                                && value
                                    .get_item(key)
                                    .is_ok_and(|member| matches(&item.value, &member, depth + 1))
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
