//! What `CPython` refuses when it compiles a module, though its grammar allows it.

use std::cell::RefCell;

use ruff_python_ast::{
    Comprehension, Expr, ModModule, Parameters, PythonVersion, Stmt,
    visitor::{self, Visitor},
};
use ruff_python_parser::semantic_errors::{
    LazyImportContext, SemanticSyntaxChecker, SemanticSyntaxContext, SemanticSyntaxError,
};
use ruff_text_size::TextRange;

use super::{Unreadable, parse::bytes};

/// Checks a module that was parsed.
pub(super) fn check(text: &str, module: &ModModule, version: PythonVersion) -> Result<(), Unreadable> {
    let mut compiler = Compiler {
        text,
        version,
        checker: SemanticSyntaxChecker::new(),
        scopes: vec![Scope::Module],
        loops: vec![0],
        errors: RefCell::default(),
    };
    compiler.visit_body(&module.body);
    let first = compiler
        .errors
        .into_inner()
        .into_iter()
        .min_by_key(|error| error.range.start());
    match first {
        Some(error) => Err(Unreadable::Syntax(bytes(error.range), error.to_string())),
        None => Ok(()),
    }
}

enum Scope {
    Module,
    Class,
    Function { is_async: bool, parameters: Vec<String> },
    Lambda { parameters: Vec<String> },
    Comprehension { is_async: bool, is_generator: bool },
}

struct Compiler<'a> {
    text: &'a str,
    version: PythonVersion,
    checker: SemanticSyntaxChecker,
    scopes: Vec<Scope>,
    /// For the module and each function or class around: how many loops are open in it.
    loops: Vec<usize>,
    errors: RefCell<Vec<SemanticSyntaxError>>,
}

impl Compiler<'_> {
    /// Lets the checker look at the scopes while it keeps notes of its own.
    fn ask(&mut self, question: impl FnOnce(&mut SemanticSyntaxChecker, &Self)) {
        let mut checker = std::mem::take(&mut self.checker);
        question(&mut checker, self);
        self.checker = checker;
    }

    fn within(&mut self, scope: Scope, visit: impl FnOnce(&mut Self)) {
        self.scopes.push(scope);
        visit(self);
        self.scopes.pop();
    }

    fn comprehension<'b>(&mut self, generators: &'b [Comprehension], is_generator: bool, items: &[&'b Expr]) {
        // The first iterable is evaluated outside of the comprehension.
        if let Some(first) = generators.first() {
            self.visit_expr(&first.iter);
        }
        let is_async = generators.iter().any(|generator| generator.is_async);
        let scope = Scope::Comprehension { is_async, is_generator };
        self.within(scope, |compiler| {
            for (index, generator) in generators.iter().enumerate() {
                if index > 0 {
                    compiler.visit_expr(&generator.iter);
                }
                compiler.visit_expr(&generator.target);
                for condition in &generator.ifs {
                    compiler.visit_expr(condition);
                }
            }
            for item in items {
                compiler.visit_expr(item);
            }
        });
    }
}

impl Visitor<'_> for Compiler<'_> {
    fn visit_stmt(&mut self, statement: &Stmt) {
        self.ask(|checker, context| checker.visit_stmt(statement, context));
        match statement {
            Stmt::FunctionDef(function) => {
                for decorator in &function.decorator_list {
                    self.visit_decorator(decorator);
                }
                if let Some(type_params) = &function.type_params {
                    self.visit_type_params(type_params);
                }
                self.visit_parameters(&function.parameters);
                if let Some(returns) = &function.returns {
                    self.visit_annotation(returns);
                }
                let scope = Scope::Function {
                    is_async: function.is_async,
                    parameters: names(&function.parameters),
                };
                self.loops.push(0);
                self.within(scope, |compiler| compiler.visit_body(&function.body));
                self.loops.pop();
            }
            Stmt::ClassDef(class) => {
                for decorator in &class.decorator_list {
                    self.visit_decorator(decorator);
                }
                if let Some(type_params) = &class.type_params {
                    self.visit_type_params(type_params);
                }
                if let Some(arguments) = &class.arguments {
                    self.visit_arguments(arguments);
                }
                self.loops.push(0);
                self.within(Scope::Class, |compiler| compiler.visit_body(&class.body));
                self.loops.pop();
            }
            Stmt::For(each) => {
                self.visit_expr(&each.iter);
                self.visit_expr(&each.target);
                self.looped(&each.body);
                self.visit_body(&each.orelse);
            }
            Stmt::While(each) => {
                self.visit_expr(&each.test);
                self.looped(&each.body);
                self.visit_body(&each.orelse);
            }
            _ => visitor::walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &Expr) {
        // A chain leans to the left: it is followed in a loop, for it may be long.
        let mut expression = expression;
        loop {
            self.ask(|checker, context| checker.visit_expr(expression, context));
            expression = match expression {
                Expr::BinOp(operation) => {
                    self.visit_expr(&operation.right);
                    &operation.left
                }
                Expr::Call(call) => {
                    self.visit_arguments(&call.arguments);
                    &call.func
                }
                Expr::Subscript(subscript) => {
                    self.visit_expr(&subscript.slice);
                    &subscript.value
                }
                Expr::Attribute(attribute) => &attribute.value,
                first => return self.visit_first(first),
            };
        }
    }
}

impl Compiler<'_> {
    /// Visits an expression that is no chain, and that was checked.
    fn visit_first(&mut self, expression: &Expr) {
        match expression {
            Expr::Lambda(lambda) => {
                let mut parameters = Vec::new();
                if let Some(list) = &lambda.parameters {
                    self.visit_parameters(list);
                    parameters = names(list);
                }
                self.within(Scope::Lambda { parameters }, |compiler| {
                    compiler.visit_expr(&lambda.body);
                });
            }
            Expr::ListComp(comprehension) => {
                self.comprehension(&comprehension.generators, false, &[&*comprehension.elt]);
            }
            Expr::SetComp(comprehension) => {
                self.comprehension(&comprehension.generators, false, &[&*comprehension.elt]);
            }
            Expr::Generator(comprehension) => {
                self.comprehension(&comprehension.generators, true, &[&*comprehension.elt]);
            }
            Expr::DictComp(comprehension) => {
                let items: Vec<&Expr> = comprehension
                    .key
                    .as_deref()
                    .into_iter()
                    .chain([&*comprehension.value])
                    .collect();
                self.comprehension(&comprehension.generators, false, &items);
            }
            _ => visitor::walk_expr(self, expression),
        }
    }

    fn looped(&mut self, body: &[Stmt]) {
        if let Some(open) = self.loops.last_mut() {
            *open += 1;
        }
        self.visit_body(body);
        if let Some(open) = self.loops.last_mut() {
            *open -= 1;
        }
    }
}

impl SemanticSyntaxContext for Compiler<'_> {
    fn future_annotations_or_stub(&self) -> bool {
        false
    }

    fn lazy_import_context(&self) -> Option<LazyImportContext> {
        match self.scopes.last() {
            Some(Scope::Function { .. } | Scope::Lambda { .. }) => Some(LazyImportContext::Function),
            Some(Scope::Class) => Some(LazyImportContext::Class),
            _ => None,
        }
    }

    fn python_version(&self) -> PythonVersion {
        self.version
    }

    fn source(&self) -> &str {
        self.text
    }

    // Names are not followed here: what depends on them is left to Python.
    fn global(&self, _name: &str) -> Option<TextRange> {
        None
    }

    fn has_nonlocal_binding(&self, _name: &str) -> bool {
        true
    }

    fn in_async_context(&self) -> bool {
        self.scopes
            .iter()
            .rev()
            .find_map(|scope| match scope {
                Scope::Function { is_async, .. } => Some(*is_async),
                Scope::Lambda { .. } | Scope::Class | Scope::Module => Some(false),
                Scope::Comprehension { is_async, .. } => is_async.then_some(true),
            })
            .unwrap_or(false)
    }

    fn in_await_allowed_context(&self) -> bool {
        self.scopes
            .iter()
            .rev()
            .find_map(|scope| match scope {
                Scope::Function { .. } | Scope::Lambda { .. } => Some(true),
                Scope::Class | Scope::Module => Some(false),
                Scope::Comprehension { .. } => None,
            })
            .unwrap_or(false)
    }

    fn in_yield_allowed_context(&self) -> bool {
        matches!(self.scopes.last(), Some(Scope::Function { .. } | Scope::Lambda { .. }))
    }

    fn in_sync_comprehension(&self) -> bool {
        self.scopes
            .iter()
            .rev()
            .take_while(|scope| matches!(scope, Scope::Comprehension { .. }))
            .any(|scope| matches!(scope, Scope::Comprehension { is_async: false, .. }))
    }

    fn in_class_body_comprehension(&self) -> bool {
        let around = self
            .scopes
            .iter()
            .rev()
            .find(|scope| !matches!(scope, Scope::Comprehension { .. }));
        matches!(around, Some(Scope::Class))
    }

    fn in_module_scope(&self) -> bool {
        matches!(self.scopes.last(), Some(Scope::Module))
    }

    fn in_function_scope(&self) -> bool {
        matches!(self.scopes.last(), Some(Scope::Function { .. }))
    }

    fn in_generator_context(&self) -> bool {
        self.scopes
            .iter()
            .any(|scope| matches!(scope, Scope::Comprehension { is_generator: true, .. }))
    }

    fn in_notebook(&self) -> bool {
        false
    }

    fn report_semantic_error(&self, error: SemanticSyntaxError) {
        self.errors.borrow_mut().push(error);
    }

    fn in_loop_context(&self) -> bool {
        self.loops.last().is_some_and(|open| *open > 0)
    }

    fn is_bound_parameter(&self, name: &str) -> bool {
        match self.scopes.last() {
            Some(Scope::Function { parameters, .. } | Scope::Lambda { parameters }) => {
                parameters.iter().any(|parameter| parameter == name)
            }
            _ => false,
        }
    }
}

fn names(parameters: &Parameters) -> Vec<String> {
    parameters
        .iter()
        .map(|parameter| parameter.name().to_string())
        .collect()
}
