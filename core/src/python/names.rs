//! Names that a file uses and never binds.

use std::collections::BTreeSet;

use ruff_python_ast::{
    ExceptHandler, Expr, ExprContext, ExprName, Identifier, ModModule, Operator, Parameter, Pattern, Stmt, TypeParam,
    visitor::{self, Visitor},
};

use super::{Undefined, parse::range_of};

/// The names that are used and never bound anywhere in the file, in the order of the file.
///
/// A name that is bound in one function and used in another counts as bound: what is reported here is certain.
pub(super) fn undefined(module: &ModModule) -> Vec<Undefined> {
    let mut names = Names::default();
    names.visit_body(&module.body);
    if names.has_star {
        return Vec::new();
    }
    let bound = names.bound;
    let mut undefined: Vec<Undefined> = names
        .used
        .into_iter()
        .filter(|used| !bound.contains(used.name.as_str()) && !is_builtin(&used.name))
        .collect();
    undefined.sort_by_key(|used| used.range.start);
    undefined.dedup_by_key(|used| used.range.start);
    undefined
}

/// The names that a statement, and what is inside of it, may bind.
pub(super) fn bound_by(statement: &Stmt) -> BTreeSet<&str> {
    let mut names = Names::default();
    names.visit_stmt(statement);
    names.bound
}

/// The names that a pattern of a `case` binds.
pub(super) fn captured_by(pattern: &Pattern) -> BTreeSet<&str> {
    let mut names = Names::default();
    names.visit_pattern(pattern);
    names.bound
}

/// Whether Python binds a name by itself.
pub(crate) fn is_builtin(name: &str) -> bool {
    BUILTINS.binary_search(&name).is_ok()
}

#[derive(Default)]
struct Names<'a> {
    bound: BTreeSet<&'a str>,
    used: Vec<Undefined>,
    /// Whether something is imported by `*`, so that any name may be bound.
    has_star: bool,
    /// Whether the expression being visited says what waits for what.
    in_dependency: bool,
}

impl<'a> Names<'a> {
    fn dependency(&mut self, operand: &'a Expr) {
        let before = self.in_dependency;
        self.in_dependency = may_be_task(operand);
        self.visit_expr(operand);
        self.in_dependency = before;
    }

    fn name(&mut self, name: &'a ExprName) {
        match name.ctx {
            ExprContext::Load => self.used.push(Undefined {
                range: range_of(name),
                name: name.id.to_string(),
                is_dependency: self.in_dependency,
            }),
            _ => {
                self.bound.insert(&name.id);
            }
        }
    }
}

impl<'a> Visitor<'a> for Names<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(function) => {
                self.bound.insert(&function.name);
            }
            Stmt::ClassDef(class) => {
                self.bound.insert(&class.name);
            }
            Stmt::Import(import) => {
                for alias in &import.names {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name);
                    self.bound.insert(name.split('.').next().unwrap_or_default());
                }
            }
            Stmt::ImportFrom(import) => {
                for alias in &import.names {
                    if alias.name.as_str() == "*" {
                        self.has_star = true;
                    }
                    self.bound.insert(alias.asname.as_ref().unwrap_or(&alias.name));
                }
            }
            Stmt::Global(names) => self.bound.extend(names.names.iter().map(Identifier::as_str)),
            Stmt::Nonlocal(names) => self.bound.extend(names.names.iter().map(Identifier::as_str)),
            _ => {}
        }
        visitor::walk_stmt(self, statement);
    }

    fn visit_annotation(&mut self, _annotation: &'a Expr) {
        // Annotations may name what only a type checker imports.
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        let before = self.in_dependency;
        // A chain leans to the left: it is followed in a loop, for it may be long.
        let mut expression = expression;
        loop {
            expression = match expression {
                Expr::BinOp(operation) if matches!(operation.op, Operator::RShift | Operator::LShift) => {
                    self.dependency(&operation.right);
                    self.in_dependency = may_be_task(&operation.left);
                    &operation.left
                }
                Expr::Call(call) if states_dependency(&call.func) => {
                    for argument in &call.arguments.args {
                        self.dependency(argument);
                    }
                    for keyword in &call.arguments.keywords {
                        self.dependency(&keyword.value);
                    }
                    &call.func
                }
                Expr::BinOp(operation) => {
                    self.in_dependency = false;
                    self.visit_expr(&operation.right);
                    &operation.left
                }
                Expr::Call(call) => {
                    self.in_dependency = false;
                    self.visit_arguments(&call.arguments);
                    &call.func
                }
                Expr::Subscript(subscript) => {
                    self.in_dependency = false;
                    self.visit_expr(&subscript.slice);
                    &subscript.value
                }
                Expr::Attribute(attribute) => {
                    self.in_dependency = false;
                    &attribute.value
                }
                Expr::Name(name) => {
                    self.name(name);
                    break;
                }
                Expr::List(_) | Expr::Tuple(_) => {
                    visitor::walk_expr(self, expression);
                    break;
                }
                _ => {
                    self.in_dependency = false;
                    visitor::walk_expr(self, expression);
                    break;
                }
            };
        }
        self.in_dependency = before;
    }

    fn visit_parameter(&mut self, parameter: &'a Parameter) {
        self.bound.insert(&parameter.name);
    }

    fn visit_except_handler(&mut self, handler: &'a ExceptHandler) {
        let ExceptHandler::ExceptHandler(inner) = handler;
        self.bound.extend(inner.name.as_ref().map(Identifier::as_str));
        visitor::walk_except_handler(self, handler);
    }

    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        let name = match pattern {
            Pattern::MatchAs(pattern) => pattern.name.as_ref(),
            Pattern::MatchStar(pattern) => pattern.name.as_ref(),
            Pattern::MatchMapping(pattern) => pattern.rest.as_ref(),
            _ => None,
        };
        self.bound.extend(name.map(Identifier::as_str));
        visitor::walk_pattern(self, pattern);
    }

    fn visit_type_param(&mut self, parameter: &'a TypeParam) {
        self.bound.insert(parameter.name());
        visitor::walk_type_param(self, parameter);
    }
}

/// Whether an operand of `>>` or `<<` may be a task by its form.
fn may_be_task(operand: &Expr) -> bool {
    matches!(operand, Expr::Name(_) | Expr::List(_) | Expr::Tuple(_) | Expr::BinOp(_))
}

/// Whether a call says what waits for what.
fn states_dependency(function: &Expr) -> bool {
    let name = match function {
        Expr::Name(name) => name.id.as_str(),
        Expr::Attribute(attribute) => attribute.attr.as_str(),
        _ => return false,
    };
    matches!(
        name,
        "chain" | "chain_linear" | "cross_downstream" | "set_upstream" | "set_downstream"
    )
}

/// What Python binds by itself.
const BUILTINS: &[&str] = &[
    "ArithmeticError",
    "AssertionError",
    "AttributeError",
    "BaseException",
    "BaseExceptionGroup",
    "BlockingIOError",
    "BrokenPipeError",
    "BufferError",
    "BytesWarning",
    "ChildProcessError",
    "ConnectionAbortedError",
    "ConnectionError",
    "ConnectionRefusedError",
    "ConnectionResetError",
    "DeprecationWarning",
    "EOFError",
    "Ellipsis",
    "EncodingWarning",
    "EnvironmentError",
    "Exception",
    "ExceptionGroup",
    "FileExistsError",
    "FileNotFoundError",
    "FloatingPointError",
    "FutureWarning",
    "GeneratorExit",
    "IOError",
    "ImportError",
    "ImportWarning",
    "IndentationError",
    "IndexError",
    "InterruptedError",
    "IsADirectoryError",
    "KeyError",
    "KeyboardInterrupt",
    "LookupError",
    "MemoryError",
    "ModuleNotFoundError",
    "NameError",
    "NotADirectoryError",
    "NotImplemented",
    "NotImplementedError",
    "OSError",
    "OverflowError",
    "PendingDeprecationWarning",
    "PermissionError",
    "ProcessLookupError",
    "PythonFinalizationError",
    "RecursionError",
    "ReferenceError",
    "ResourceWarning",
    "RuntimeError",
    "RuntimeWarning",
    "StopAsyncIteration",
    "StopIteration",
    "SyntaxError",
    "SyntaxWarning",
    "SystemError",
    "SystemExit",
    "TabError",
    "TimeoutError",
    "TypeError",
    "UnboundLocalError",
    "UnicodeDecodeError",
    "UnicodeEncodeError",
    "UnicodeError",
    "UnicodeTranslateError",
    "UnicodeWarning",
    "UserWarning",
    "ValueError",
    "Warning",
    "WindowsError",
    "ZeroDivisionError",
    "__annotations__",
    "__build_class__",
    "__builtins__",
    "__cached__",
    "__class__",
    "__debug__",
    "__dict__",
    "__doc__",
    "__file__",
    "__import__",
    "__loader__",
    "__module__",
    "__name__",
    "__package__",
    "__path__",
    "__qualname__",
    "__spec__",
    "abs",
    "aiter",
    "all",
    "anext",
    "any",
    "ascii",
    "bin",
    "bool",
    "breakpoint",
    "bytearray",
    "bytes",
    "callable",
    "chr",
    "classmethod",
    "compile",
    "complex",
    "copyright",
    "credits",
    "delattr",
    "dict",
    "dir",
    "divmod",
    "enumerate",
    "eval",
    "exec",
    "exit",
    "filter",
    "float",
    "format",
    "frozenset",
    "getattr",
    "globals",
    "hasattr",
    "hash",
    "help",
    "hex",
    "id",
    "input",
    "int",
    "isinstance",
    "issubclass",
    "iter",
    "len",
    "license",
    "list",
    "locals",
    "map",
    "max",
    "memoryview",
    "min",
    "next",
    "object",
    "oct",
    "open",
    "ord",
    "pow",
    "print",
    "property",
    "quit",
    "range",
    "repr",
    "reveal_type",
    "reversed",
    "round",
    "set",
    "setattr",
    "slice",
    "sorted",
    "staticmethod",
    "str",
    "sum",
    "super",
    "tuple",
    "type",
    "vars",
    "zip",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::parse::parse;

    fn undefined_in(text: &str) -> Vec<(String, bool)> {
        undefined(parse(text).unwrap().syntax())
            .into_iter()
            .map(|undefined| (undefined.name, undefined.is_dependency))
            .collect()
    }

    #[test]
    fn the_builtins_can_be_searched() {
        assert!(BUILTINS.is_sorted());
    }

    #[test]
    fn only_what_is_never_bound_is_undefined() {
        for (text, expected) in [
            ("a = 1\nprint(a)", vec![]),
            ("def f(x, *y, **z): return x, y, z, later\nlater = 1", vec![]),
            ("import os.path as p, sys\np, sys, os", vec![("os", false)]),
            ("from m import *\nanything", vec![]),
            ("a = 1\na >> b >> [c, a]", vec![("b", true), ("c", true)]),
            ("a = 1\na >> f(b)", vec![("f", false), ("b", false)]),
            ("chain(a, [b])", vec![("chain", false), ("a", true), ("b", true)]),
            ("[x for x in y if (z := x)]", vec![("y", false)]),
            ("match 1:\n    case {'k': v, **rest}: v, rest", vec![]),
            ("try: pass\nexcept E as e: e", vec![("E", false)]),
            ("def f(a: Missing) -> Missing: ...", vec![]),
        ] {
            let expected: Vec<_> = expected
                .into_iter()
                .map(|(name, flag)| (name.to_owned(), flag))
                .collect();
            assert_eq!(undefined_in(text), expected, "{text}");
        }
    }
}
