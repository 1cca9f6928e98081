//! The expressions of policies: what may stand in one, and how one is asked.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
};

use dagwright_json_schema::Pattern;
use minijinja::{
    Environment, Error, ErrorKind, UndefinedBehavior, Value, filters,
    machinery::{
        ast::{BinOpKind, CallArg, Expr},
        parse_expr,
    },
    syntax::SyntaxConfig,
    tests,
};

use super::{
    Target,
    exception::is_like,
    subject::{DAG_MEMBERS, Meter, TASK_MEMBERS},
};
use crate::template::instrument;

/// Instructions that one evaluation may take; nothing in an expression repeats.
const FUEL: u64 = 10_000;
/// Regular expressions that are kept compiled.
const MOST_PATTERNS: usize = 200;
/// The function that takes what an expression says.
const HOLDS: &str = "__holds";

/// What every expression sees.
pub(super) const NAMES: &[&str] = &[
    "airflow",
    "config",
    "environment",
    "inventory",
    "name",
    "owner",
    "owners",
    "package",
    "template",
];

const FILTERS: &[&str] = &[
    "abs",
    "count",
    "d",
    "default",
    "first",
    "float",
    "int",
    "items",
    "last",
    "length",
    "list",
    "lower",
    "map",
    "max",
    "min",
    "reject",
    "rejectattr",
    "round",
    "select",
    "selectattr",
    "sort",
    "split",
    "sum",
    "trim",
    "unique",
    "upper",
];

const TESTS: &[&str] = &[
    "boolean",
    "defined",
    "endingwith",
    "eq",
    "equalto",
    "even",
    "false",
    "float",
    "ge",
    "greaterthan",
    "gt",
    "in",
    "integer",
    "iterable",
    "le",
    "lessthan",
    "like",
    "lower",
    "lt",
    "mapping",
    "matching",
    "ne",
    "none",
    "number",
    "odd",
    "sequence",
    "startingwith",
    "string",
    "true",
    "undefined",
    "upper",
];

/// An expression that passed its gate.
#[derive(Debug)]
pub(super) struct Expression {
    /// Its name among the expressions.
    name: String,
    /// How many parts it has.
    weight: u64,
    /// Which of [`NAMES`] it asks for.
    roots: BTreeSet<String>,
}

impl Expression {
    /// Whether it asks for a name.
    pub(super) fn names(&self, name: &str) -> bool {
        self.roots.contains(name)
    }
}

/// What came of asking an expression.
#[derive(Debug)]
pub(super) enum Verdict {
    Holds,
    Fails,
    /// It depends on what is not known, by the names of that.
    Unknown(Vec<String>),
    /// It says neither yes nor no, but something of this type.
    NotBoolean(String),
    /// It could not be evaluated, in the words of the Jinja engine.
    Broken(String),
    /// The budget of the question is spent.
    Endless,
}

/// All expressions, compiled.
#[derive(Debug)]
pub(super) struct Expressions {
    environment: Environment<'static>,
    count: usize,
}

impl Expressions {
    pub(super) fn new() -> Self {
        let mut environment = Environment::empty();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(FUEL));
        add_filters(&mut environment);
        add_tests(&mut environment);
        environment.add_function(HOLDS, |value: Value| match bool::try_from(value.clone()) {
            Ok(flag) => flag.to_string(),
            Err(_) => value.kind().to_string(),
        });
        Self { environment, count: 0 }
    }

    /// Compiles an expression, or says what is wrong with it.
    pub(super) fn add(&mut self, text: &str, target: Target) -> Result<Expression, Refusal> {
        // Within a tag the parser recurses as it does in a template.
        if instrument::is_too_deep(&format!("{{{{ {text} }}}}"), &SyntaxConfig::default()) {
            return Err(Refusal::TooDeep);
        }
        let expression = parse_expr(text).map_err(|error| unreadable(&error))?;
        let mut gate = Gate {
            target,
            weight: 0,
            roots: BTreeSet::new(),
        };
        gate.walk(&expression)?;
        let name = self.count.to_string();
        let source = format!("{{{{ {HOLDS}(({text})) }}}}");
        let added = self.environment.add_template_owned(name.clone(), source);
        added.map_err(|error| unreadable(&error))?;
        self.count += 1;
        Ok(Expression {
            name,
            weight: gate.weight,
            roots: gate.roots,
        })
    }

    /// Asks an expression.
    pub(super) fn ask(&self, expression: &Expression, root: &Value, meter: &Meter) -> Verdict {
        meter.begin(expression.weight);
        let said = self
            .environment
            .get_template(&expression.name)
            .and_then(|template| template.render(root.clone()));
        if meter.is_spent() {
            return Verdict::Endless;
        }
        let unknown = meter.unknown();
        if !unknown.is_empty() {
            return Verdict::Unknown(unknown);
        }
        match said.as_deref() {
            Ok("true") => Verdict::Holds,
            Ok("false") => Verdict::Fails,
            Ok(kind) => Verdict::NotBoolean(kind.to_owned()),
            Err(error) if error.kind() == ErrorKind::OutOfFuel => Verdict::Endless,
            Err(error) => Verdict::Broken(error.detail().map_or_else(
                || error.kind().to_string(),
                |detail| format!("{}: {detail}", error.kind()),
            )),
        }
    }
}

/// What may stand in an expression.
struct Gate {
    target: Target,
    weight: u64,
    roots: BTreeSet<String>,
}

impl Gate {
    fn walk(&mut self, expression: &Expr<'_>) -> Result<(), Refusal> {
        self.weight += 1;
        match expression {
            Expr::Const(_) => Ok(()),
            Expr::Var(name) => self.root(name.id),
            Expr::Slice(slice) => {
                self.walk(&slice.expr)?;
                let bounds = [&slice.start, &slice.stop, &slice.step];
                bounds.into_iter().flatten().try_for_each(|bound| self.walk(bound))
            }
            Expr::UnaryOp(operation) => self.walk(&operation.expr),
            Expr::BinOp(operation) => {
                let is_number = |side: &Expr<'_>| matches!(side, Expr::Const(constant) if constant.value.is_number());
                match operation.op {
                    // A text or a list could be multiplied to any size.
                    BinOpKind::Mul if is_number(&operation.left) && is_number(&operation.right) => {}
                    BinOpKind::Mul => return Err(Refusal::NotAllowed("*".to_owned())),
                    BinOpKind::Pow => return Err(Refusal::NotAllowed("**".to_owned())),
                    _ => {}
                }
                self.walk(&operation.left)?;
                self.walk(&operation.right)
            }
            Expr::Compare(comparison) => {
                self.walk(&comparison.expr)?;
                comparison
                    .ops
                    .iter()
                    .try_for_each(|operation| self.walk(&operation.expr))
            }
            Expr::IfExpr(choice) => {
                self.walk(&choice.test_expr)?;
                self.walk(&choice.true_expr)?;
                choice.false_expr.iter().try_for_each(|otherwise| self.walk(otherwise))
            }
            Expr::Filter(filter) => {
                known(filter.name, FILTERS)?;
                filter.expr.iter().try_for_each(|value| self.walk(value))?;
                self.arguments(&filter.args)
            }
            Expr::Test(test) => {
                known(test.name, TESTS)?;
                self.walk(&test.expr)?;
                self.arguments(&test.args)
            }
            Expr::GetAttr(access) => {
                match &access.expr {
                    Expr::Var(holder) if holder.id == "task" => known(access.name, TASK_MEMBERS)?,
                    Expr::Var(holder) if holder.id == "dag" => known(access.name, DAG_MEMBERS)?,
                    _ => {}
                }
                self.walk(&access.expr)
            }
            Expr::GetItem(access) => {
                self.walk(&access.expr)?;
                self.walk(&access.subscript_expr)
            }
            Expr::Call(call) => {
                let name = match &call.expr {
                    Expr::Var(name) => name.id,
                    Expr::GetAttr(access) => access.name,
                    _ => "",
                };
                Err(Refusal::NotAllowed(format!("{name}()")))
            }
            Expr::List(list) => list.items.iter().try_for_each(|item| self.walk(item)),
            Expr::Tuple(tuple) => tuple.items.iter().try_for_each(|item| self.walk(item)),
            Expr::Map(map) => map.keys.iter().chain(&map.values).try_for_each(|part| self.walk(part)),
        }
    }

    fn arguments(&mut self, arguments: &[CallArg<'_>]) -> Result<(), Refusal> {
        arguments.iter().try_for_each(|argument| match argument {
            CallArg::Pos(value) | CallArg::Kwarg(_, value) => self.walk(value),
            CallArg::PosSplat(_) | CallArg::KwargSplat(_) => Err(Refusal::NotAllowed("**".to_owned())),
        })
    }

    fn root(&mut self, name: &str) -> Result<(), Refusal> {
        let beside: &[&'static str] = match self.target {
            Target::Config => &[],
            Target::Dag => &["dag"],
            Target::Task => &["dag", "task"],
        };
        let names: Vec<&'static str> = NAMES.iter().chain(beside).copied().collect();
        known(name, &names)?;
        self.roots.insert(name.to_owned());
        Ok(())
    }
}

/// Why an expression may not be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It cannot be read, in the words of the Jinja engine.
    Unreadable(String),
    /// It is nested too deeply, or too long.
    TooDeep,
    /// It uses something that could grow, or that is not there.
    NotAllowed(String),
    /// It uses a name that is not known, where these are.
    Unknown(String, Vec<&'static str>),
}

fn known(name: &str, names: &[&'static str]) -> Result<(), Refusal> {
    if names.contains(&name) {
        Ok(())
    } else {
        Err(Refusal::Unknown(name.to_owned(), names.to_vec()))
    }
}

fn unreadable(error: &Error) -> Refusal {
    let detail = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    Refusal::Unreadable(detail)
}

/// The filters that return no more than they are given.
fn add_filters(environment: &mut Environment<'static>) {
    environment.add_filter("abs", filters::abs);
    environment.add_filter("count", filters::length);
    environment.add_filter("d", filters::default);
    environment.add_filter("default", filters::default);
    environment.add_filter("first", filters::first);
    environment.add_filter("float", filters::float);
    environment.add_filter("int", filters::int);
    environment.add_filter("items", filters::items);
    environment.add_filter("last", filters::last);
    environment.add_filter("length", filters::length);
    environment.add_filter("list", filters::list);
    environment.add_filter("lower", filters::lower);
    environment.add_filter("map", filters::map);
    environment.add_filter("max", filters::max);
    environment.add_filter("min", filters::min);
    environment.add_filter("reject", filters::reject);
    environment.add_filter("rejectattr", filters::rejectattr);
    environment.add_filter("round", filters::round);
    environment.add_filter("select", filters::select);
    environment.add_filter("selectattr", filters::selectattr);
    environment.add_filter("sort", filters::sort);
    environment.add_filter("split", filters::split);
    environment.add_filter("sum", filters::sum);
    environment.add_filter("trim", filters::trim);
    environment.add_filter("unique", filters::unique);
    environment.add_filter("upper", filters::upper);
}

fn add_tests(environment: &mut Environment<'static>) {
    for name in ["defined", "undefined", "none", "boolean"] {
        let test = match name {
            "defined" => tests::is_defined,
            "undefined" => tests::is_undefined,
            "none" => tests::is_none,
            _ => tests::is_boolean,
        };
        environment.add_test(name, test);
    }
    environment.add_test("even", tests::is_even);
    environment.add_test("odd", tests::is_odd);
    environment.add_test("true", tests::is_true);
    environment.add_test("false", tests::is_false);
    environment.add_test("number", tests::is_number);
    environment.add_test("integer", tests::is_integer);
    environment.add_test("float", tests::is_float);
    environment.add_test("string", tests::is_string);
    environment.add_test("sequence", tests::is_sequence);
    environment.add_test("iterable", tests::is_iterable);
    environment.add_test("mapping", tests::is_mapping);
    environment.add_test("startingwith", tests::is_startingwith);
    environment.add_test("endingwith", tests::is_endingwith);
    environment.add_test("lower", tests::is_lower);
    environment.add_test("upper", tests::is_upper);
    environment.add_test("eq", tests::is_eq);
    environment.add_test("equalto", tests::is_eq);
    environment.add_test("ne", tests::is_ne);
    environment.add_test("lt", tests::is_lt);
    environment.add_test("lessthan", tests::is_lt);
    environment.add_test("le", tests::is_le);
    environment.add_test("gt", tests::is_gt);
    environment.add_test("greaterthan", tests::is_gt);
    environment.add_test("ge", tests::is_ge);
    environment.add_test("in", tests::is_in);
    environment.add_test("like", |text: &str, pattern: &str| is_like(text, pattern));
    let patterns = Patterns::default();
    environment.add_test("matching", move |text: &str, pattern: &str| {
        patterns.matches(text, pattern)
    });
}

/// Regular expressions, each compiled once.
#[derive(Default)]
struct Patterns(Mutex<BTreeMap<String, Arc<Pattern>>>);

impl Patterns {
    fn matches(&self, text: &str, pattern: &str) -> Result<bool, Error> {
        let broken = || {
            Error::new(
                ErrorKind::InvalidOperation,
                format!("{pattern} is no regular expression"),
            )
        };
        let mut known = self.0.lock().map_err(|_| broken())?;
        if let Some(compiled) = known.get(pattern) {
            return Ok(compiled.matches(text));
        }
        let compiled = Arc::new(Pattern::new(pattern).ok_or_else(broken)?);
        if known.len() < MOST_PATTERNS {
            known.insert(pattern.to_owned(), Arc::clone(&compiled));
        }
        Ok(compiled.matches(text))
    }
}
