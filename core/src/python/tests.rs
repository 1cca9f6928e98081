//! Whole files, and files that are no files.

mod hostile;

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::{
    dag::{Member, Schedule, Task},
    settings::Airflow,
    source::LineIndex,
};

fn described_operator(task: &Task) -> String {
    let class = task.operator.as_deref().unwrap_or("?");
    match &task.decorator {
        Some(decorator) => format!("{class} ({decorator})"),
        None => class.to_owned(),
    }
}

/// A reading as people can check it against the file.
fn described(text: &str) -> String {
    let reading = match read(text, &Airflow::default()) {
        Ok(reading) => reading,
        Err(error) => return format!("{error:?}\n"),
    };
    let lines = LineIndex::new(text);
    let at = |range: &Range<usize>| {
        let quoted: String = text.get(range.clone()).unwrap_or("?").chars().take(50).collect();
        format!("{}: {}", lines.span(range.clone()).line, quoted.replace('\n', " "))
    };
    let mut result = String::new();
    for read in &reading.dags {
        let dag = &read.dag;
        let _ = writeln!(
            result,
            "{}{} schedule {:?} catchup {:?} tags {:?} description {:?} unknown {:?} emails {:?}",
            dag.dag_id.as_deref().unwrap_or("?"),
            if dag.partial { " (partial)" } else { "" },
            dag.schedule,
            dag.catchup,
            dag.tags,
            dag.description,
            dag.unknown,
            read.emails
        );
        for group in &dag.groups {
            let _ = writeln!(result, "  group {} in {:?}", group.group_id, group.parent);
        }
        assert_eq!(dag.groups.len(), read.groups.len());
        assert_eq!(dag.tasks.len(), read.tasks.len());
        for (task, place) in dag.tasks.iter().zip(&read.tasks) {
            let _ = writeln!(
                result,
                "  {} {} retries {} {} in {:?} timeout {:?} -> {:?}   [{}]",
                described_operator(task),
                task.task_id,
                task.retries
                    .map_or_else(|| "?".to_owned(), |retries| retries.to_string()),
                task.trigger_rule.as_deref().unwrap_or("?"),
                task.group,
                place.execution_timeout,
                task.downstream,
                at(&place.task_id)
            );
        }
        for edge in &read.edges {
            let _ = writeln!(
                result,
                "  [{}] before [{}]",
                at(&edge.upstream_range),
                at(&edge.downstream_range)
            );
        }
        for (id, first, second) in &read.duplicates {
            let _ = writeln!(result, "  {id} is taken: [{}] [{}]", at(first), at(second));
        }
    }
    for (range, reason) in &reading.unresolved {
        let _ = writeln!(result, "unresolved [{}] {reason}", at(range));
    }
    for undefined in &reading.undefined {
        let _ = writeln!(result, "undefined [{}]", at(&undefined.range));
    }
    result
}

#[expect(clippy::disallowed_methods, reason = "tests read their fixtures")]
#[test]
fn fixtures_are_read_as_airflow_reads_them() {
    insta::glob!("../../tests/fixtures/python", "*.py", |path| {
        let text = std::fs::read_to_string(path).expect("a fixture");
        insta::assert_snapshot!(described(&text));
    });
}

#[test]
fn what_python_refuses_is_refused_at_its_place() {
    for (text, place, words) in [
        ("a = (1", "(", "never closed"),
        ("a = 1)", ")", "never opened"),
        ("a = (1]", "]", "does not match"),
        ("a = 'x", "'x", "string"),
        ("a = \"\0\"", "\0", "null bytes"),
        ("f(a=1, a=2)", "a=2", "Duplicate keyword"),
        ("return 1", "return 1", "outside"),
        ("def f(a, a): pass", "a", "Duplicate"),
        ("x = [(yield 1) for y in z]", "yield 1", "yield"),
        ("class A:\n    await b", "await b", "await"),
        ("break", "break", "outside loop"),
        ("*a = 1", "*a", "starred"),
        ("def f():\n  x\n y", "", ""),
        ("a = 1 +", "", "expression"),
        ("x = $", "$", ""),
    ] {
        match parse(text) {
            Err(Unreadable::Syntax(range, said)) => {
                assert!(text[range.clone()].contains(place), "{text:?} at {range:?}: {said}");
                assert!(said.to_lowercase().contains(&words.to_lowercase()), "{text:?}: {said}");
            }
            other => panic!("{text:?} gave {:?}", other.map(|_| "a module")),
        }
    }
    let long = format!("a = {}", "1".repeat(4301));
    assert!(matches!(parse(&long), Err(Unreadable::Syntax(range, _)) if range == (4..4305)));
    assert!(parse(&long[..4304]).is_ok());
    assert!(parse(&format!("a = 0x{}", "f".repeat(5000))).is_ok());
}

/// Texts that would go deep, by how often a piece is repeated.
fn deep(times: usize) -> Vec<(&'static str, String)> {
    let nested =
        |open: &str, inner: &str, close: &str| format!("x = {}{inner}{}", open.repeat(times), close.repeat(times));
    let mut blocks = String::new();
    for level in 0..times {
        let _ = writeln!(blocks, "{}if x:", " ".repeat(level));
    }
    vec![
        ("brackets", nested("(", "1", ")")),
        ("lists", nested("[", "1", "]")),
        ("dicts", nested("{1:", "1", "}")),
        ("calls in calls", nested("f(", "1", ")")),
        ("calls of calls", format!("x = f{}", "()".repeat(times))),
        ("subscripts", format!("x = f{}", "[0]".repeat(times))),
        ("attributes", format!("x = f{}", ".a".repeat(times))),
        ("minus", nested("-", "1", "")),
        ("not", nested("not ", "1", "")),
        ("tilde", nested("~", "1", "")),
        ("power", format!("x = 1{}", "**1".repeat(times))),
        ("lambda", nested("lambda a, b: ", "1", "")),
        ("lambda in a list", format!("x = [{}1]", "lambda a, b: ".repeat(times))),
        ("conditions", nested("1 if a else ", "1", "")),
        ("await", format!("async def f():\n  {}a", "await ".repeat(times))),
        ("async", format!("{}x", "async ".repeat(times))),
        ("walrus", nested("(a := ", "1", ")")),
        ("blocks", format!("{blocks}{}pass", " ".repeat(times))),
        ("hidden blocks", format!("(\n{blocks}\n)")),
        (
            "f-strings",
            format!("x = {}1{}", "f'{".repeat(times), "}'".repeat(times)),
        ),
        (
            "format specifications",
            format!("x = f'{{a{}{}'", ":{b".repeat(times), "}".repeat(times + 1)),
        ),
        (
            "patterns",
            format!("match x:\n  case {}1{}: pass", "[".repeat(times), "]".repeat(times)),
        ),
        (
            "yields",
            format!("def f():\n  x = {}1{}", "(yield ".repeat(times), ")".repeat(times)),
        ),
        ("slices", nested("a[1:", "1", "]")),
        ("generators", nested("(a for a in ", "b", ")")),
        ("stars", nested("[*", "a", "]")),
        ("sums", format!("x = 1{}", "+1".repeat(times))),
        ("shifts", format!("x{}", " >> x".repeat(times))),
        (
            "in brackets",
            format!("x = {}1{}", "(1+-".repeat(times), ")".repeat(times)),
        ),
    ]
}

#[test]
fn what_is_nested_too_deep_is_refused_and_no_more() {
    for (name, text) in deep(5) {
        assert!(
            !matches!(read(&text, &Airflow::default()), Err(Unreadable::TooDeep(_))),
            "{name} is not deep"
        );
    }
    for (name, text) in deep(30_000) {
        match read(&text, &Airflow::default()) {
            Err(Unreadable::TooDeep(range)) => assert!(range.end <= text.len(), "{name}"),
            // Newer Pythons read a nested quotation mark as the end of the string around it.
            Err(Unreadable::Syntax(..)) => {}
            Ok(_) => panic!("{name} was read"),
        }
    }
    // Just below the limit everything survives, whatever it is.
    for times in [20, 45, 60, 95, 99, 100, 101, 400, 990] {
        for (_, text) in deep(times) {
            let _ = read(&text, &Airflow::default());
        }
    }
}

#[test]
fn a_long_chain_is_not_deep() {
    let chain: Vec<String> = (0..600).map(|number| format!("t{number}")).collect();
    let mut names = String::new();
    for name in &chain {
        let _ = writeln!(names, "    {name} = E(task_id='{name}')");
    }
    let text = format!(
        "from airflow import DAG\nfrom airflow.operators.empty import EmptyOperator as E\nwith DAG('x'):\n{names}    {}\n",
        chain.join(" >> ")
    );
    let reading = read(&text, &Airflow::default()).expect("a long chain");
    assert_eq!(reading.unresolved, []);
    assert_eq!(reading.dags[0].edges.len(), 599);
}

#[test]
fn no_file_makes_it_run_for_long() {
    for body in [
        "while True:\n    x = 1",
        "def f(): f(); f()\nf()",
        "x = [1]\nfor a in x: x.append(a)",
        "x = 'a'\nfor _ in range(100): x = x + x",
        "x = [1]\nfor _ in range(100): x = x + x",
        "x = [1]\nfor _ in range(100): x.extend(x)",
        "x = []\nfor _ in range(1000): x = [x]\nprint(str(x), x == x)",
        "x = []\nx.append(x)\nprint(f'{x}', x == x, x in x)",
        "d = {}\nd['d'] = d\nBashOperator(task_id='t', env=d)",
        "x = 'a' * 10**9",
        "x = [0] * 10**9",
        "x = list(range(10**12))",
        "x = [a for a in range(9999) for b in range(9999) for c in range(9999)]",
        "t = [E(task_id=str(i)) for i in range(3000)]\nu = E(task_id='u')\nfor a in t: t >> u",
        "f = lambda g: g(g)\nf(f)",
        "class A:\n    def __init__(self): A()\nA()",
        "'{:9999999}'.format(1)",
        "f'{1:9999999}'",
        "x = 'a'.replace('a', 'b' * 60000)\nfor _ in range(99): x = x.replace('b', x)",
    ] {
        let body = body.replace('\n', "\n    ");
        let text = format!(
            "from airflow import DAG\nfrom airflow.operators.empty import EmptyOperator as E\nwith DAG('x'):\n    {body}\n"
        );
        let reading = read(&text, &Airflow::default()).expect("Python");
        assert_eq!(reading.dags.len(), 1, "{body}");
    }
}

/// Lines that bind `x`, and what it stands for behind them; none where it may be one thing or another.
const PATHS: &[(&str, Option<&str>)] = &[
    // A loop that may run any number of times.
    ("x = 'a'\nfor i in os.listdir(): x = 'b'", None),
    ("x = 'a'\nfor i in os.listdir(): x = 'a'", Some("a")),
    ("x = 'a'\nfor x in os.listdir(): pass", None),
    ("x = 'a'\nwhile os.getpid(): x = 'b'", None),
    ("x = 'a'\nfor i in os.listdir(): y = 'b'", Some("a")),
    ("x = 'a'\nfor i in [1, 2]: x = 'b'", Some("b")),
    // A loop that may be left early, or go on early.
    (
        "x = 'a'\nfor i in [1, 2]:\n    if os.getpid(): break\n    x = 'b'",
        None,
    ),
    (
        "x = 'a'\nfor i in [1, 2]:\n    x = 'b'\n    if os.getpid(): break",
        Some("b"),
    ),
    (
        "x = 'a'\nfor i in [1, 2]:\n    x = 'b'\n    if os.getpid():\n        x = 'c'\n        break",
        None,
    ),
    (
        "x = 'a'\nfor i in [1, 2]:\n    x = 'b'\n    if os.getpid():\n        x = 'c'\n        continue\n    x = 'd'",
        None,
    ),
    (
        "x = 'a'\nfor i in [1, 2]:\n    if os.getpid(): continue\n    x = 'a'",
        Some("a"),
    ),
    (
        "for i in [1, 2]:\n    x = 'c'\n    if os.getpid(): continue\n    y = 'd'\nx = x",
        Some("c"),
    ),
    (
        "x = 'a'\nfor i in [1, 2]:\n    if os.getpid(): continue\n    x = 'b'\n    break",
        None,
    ),
    (
        "x = 'a'\nfor i in [1, 2]:\n    if os.getpid(): break\n    x = 'b'\nelse:\n    x = 'c'",
        None,
    ),
    (
        "x = 'a'\nfor i in [1, 2]:\n    if os.getpid(): break\nelse:\n    raise E\n",
        Some("a"),
    ),
    (
        "x = 'a'\nwhile True:\n    if os.getpid():\n        x = 'b'\n        break\n    x = 'c'\n    break",
        None,
    ),
    (
        "x = 'a'\nwhile True:\n    if os.getpid():\n        x = 'b'\n        break\n    else:\n        x = 'b'\n        break",
        Some("b"),
    ),
    // Branches.
    ("x = 'a'\nif os.getpid(): x = 'b'", None),
    ("if os.getpid(): x = 'a'\nelse: x = 'a'", Some("a")),
    (
        "if os.getpid(): x = 'a'\nelif os.getuid(): x = 'b'\nelse: x = 'a'",
        None,
    ),
    ("x = 'a'\nif os.getpid(): raise E", Some("a")),
    ("if os.getpid(): x = 'a'\nelse: raise E", Some("a")),
    ("x = 'a'\nmatch os.getpid():\n    case 1: x = 'b'", None),
    ("x = 'a'\nmatch os.getpid():\n    case x: pass", None),
    (
        "x = 'a'\nmatch os.getpid():\n    case 1: x = 'a'\n    case _: raise E",
        Some("a"),
    ),
    ("x = 'a'\ntry: x = os.environ['X']\nexcept E: pass", None),
    ("try: x = 'a'; os.f()\nexcept E: x = 'a'", Some("a")),
    // Functions that bind names of the module.
    (
        "x = 'a'\ndef f():\n    global x\n    x = 'b'\nif os.getpid(): f()",
        None,
    ),
    (
        "x = 'a'\ndef f():\n    global x\n    if os.getpid(): return\n    x = 'b'\nf()",
        None,
    ),
    (
        "x = 'a'\ndef f():\n    global x\n    if os.getpid():\n        x = 'b'\n        return\nf()",
        None,
    ),
    (
        "def f():\n    for i in os.listdir(): return 'a'\n    return 'b'\nx = f()",
        None,
    ),
    (
        "def f():\n    for i in os.listdir(): return 'a'\n    return 'a'\nx = f()",
        Some("a"),
    ),
    // Functions of a class.
    (
        "class A:\n    @staticmethod\n    def m(y): return y\nx = A.m('a')",
        Some("a"),
    ),
    (
        "class A:\n    n = 'a'\n    @classmethod\n    def m(cls, y): return cls.n + y\nx = A.m('b')",
        Some("ab"),
    ),
    (
        "class A:\n    @classmethod\n    def m(cls): return cls.n()\n    @classmethod\n    def n(cls): return 'a'\nf = A.m\nx = f()",
        Some("a"),
    ),
    (
        "x = 'a'\nclass A:\n    x = 'b'\n    @staticmethod\n    def m(): return x\nx = A.m()",
        Some("a"),
    ),
];

#[test]
fn paths_join_where_they_meet() {
    for (lines, id) in PATHS {
        let text = format!(
            "import os\nfrom airflow import DAG\nfrom airflow.operators.empty import EmptyOperator\n{lines}\n\
             with DAG('x', schedule=None):\n    EmptyOperator(task_id=x)\n"
        );
        let reading = read(&text, &Airflow::default()).expect("Python");
        let dag = &reading.dags[0].dag;
        let task = dag.tasks.first().map(|task| task.task_id.as_str());
        // Where the id is not known, the task is left out or has another id than these, and the DAG is partial.
        assert_eq!(task.filter(|_| !dag.partial), *id, "{lines}\n{:?}", reading.unresolved);
    }
}

#[test]
fn classes_of_the_file_make_what_they_inherit() {
    for (lines, dags, is_partial) in [
        (
            "class F:\n    def __init__(self, n): self.n = n\n    def make(self, id):\n        with DAG(id, schedule=None): E(task_id='a')\nF(1).make('d')",
            &["d: Operator a"][..],
            false,
        ),
        (
            "class F:\n    def make(self, id): self.add(DAG(id, schedule=None))\n    def add(self, dag):\n        with dag: E(task_id=self.id)\nF().make('d')",
            &["d:"],
            true,
        ),
        (
            "class F:\n    @staticmethod\n    def make(id):\n        with DAG(id, schedule=None): E(task_id='a')\nF().make('d')",
            &["d: Operator a"],
            false,
        ),
        (
            "class D(DAG): pass\nwith D('d', schedule=None): E(task_id='a')",
            &["d: Operator a"][..],
            false,
        ),
        (
            "class D(DAG): pass\nclass F(D): pass\nwith F('d', schedule=None): E(task_id='a')",
            &["d: Operator a"],
            false,
        ),
        (
            "class D(DAG):\n    def __init__(self, id): super().__init__(id)\nwith D('d'): E(task_id='a')",
            &["d: Operator a"],
            true,
        ),
        (
            "class G(TaskGroup): pass\nwith DAG('d', schedule=None):\n    with G('g'): E(task_id='a')",
            &["d: Operator g.a"],
            false,
        ),
        (
            "class O(elsewhere.Base): pass\nwith DAG('d', schedule=None): O(task_id='a')",
            &["d: O a"],
            false,
        ),
        (
            "class O(elsewhere.Base): pass\nclass P(O): pass\nwith DAG('d', schedule=None): P(task_id='a')",
            &["d: P a"],
            false,
        ),
        (
            "class O(elsewhere.BaseOperator): pass\nwith DAG('d', schedule=None): O(task_id='a')",
            &["d: O a"],
            false,
        ),
        (
            "class C(elsewhere.Config): pass\nwith DAG('d', schedule=None): C(1)",
            &["d:"],
            false,
        ),
        (
            "class C(elsewhere.Factory):\n    def make(self): pass\nwith DAG('d', schedule=None): C(1).make()",
            &["d:"],
            true,
        ),
        (
            "class D(elsewhere.OurDAG): pass\nwith D(dag_id='d', schedule=None): E(task_id='a')",
            &["d: Operator a"],
            true,
        ),
    ] {
        let text = format!(
            "import elsewhere\nfrom airflow import DAG\nfrom airflow.utils.task_group import TaskGroup\n\
             from airflow.operators.empty import EmptyOperator as E\n{lines}\n"
        );
        let reading = read(&text, &Airflow::default()).expect("Python");
        let found: Vec<String> = reading
            .dags
            .iter()
            .map(|read| {
                let mut found = format!("{}:", read.dag.dag_id.as_deref().unwrap_or("?"));
                for task in &read.dag.tasks {
                    let operator = task.operator.as_deref().unwrap_or("?");
                    let _ = write!(found, " {} {}", operator.trim_start_matches("Empty"), task.task_id);
                }
                found
            })
            .collect();
        assert_eq!(found, dags, "{lines}\n{:?}", reading.unresolved);
        assert_eq!(
            reading.dags[0].dag.partial, is_partial,
            "{lines}\n{:?}",
            reading.unresolved
        );
    }
}

/// Judged by Airflow 2.11.2.
#[test]
fn groups_of_airflow_2_are_not_those_of_airflow_3() {
    let airflow = Airflow {
        version: "2.11.2".into(),
        ..Airflow::default()
    };
    let group = "@task_group\ndef g(): E(task_id='a')\n";
    for (text, ids, is_partial) in [
        (
            "with DAG('x'):\n    g()\n    with TaskGroup('hh'): g()",
            &["g.a", "hh.g__1.a"][..],
            false,
        ),
        (
            "with DAG('x'):\n    with TaskGroup('n') as n: pass\n    E(task_id='s') >> n >> E(task_id='e')",
            &["s", "e"],
            false,
        ),
        (
            "with DAG('x'):\n    with TaskGroup('hh'):\n        g()\n        g()",
            &["hh.g.a", "hh.g__1.a"],
            true,
        ),
        (
            "with DAG('x'):\n    TaskGroup('n')\n    with TaskGroup('hh'): TaskGroup('n')",
            &[],
            true,
        ),
        ("d = DAG('x')\nwith TaskGroup('n', dag=d): E(task_id='a')", &[], true),
    ] {
        let text = format!(
            "from airflow import DAG\nfrom airflow.decorators import task_group\nfrom airflow.utils.task_group import TaskGroup\n\
             from airflow.operators.empty import EmptyOperator as E\n{group}{text}\n"
        );
        let reading = read(&text, &airflow).expect("Python");
        let dag = &reading.dags[0].dag;
        let found: Vec<_> = dag.tasks.iter().map(|task| &*task.task_id).collect();
        assert_eq!(
            (&*found, dag.partial),
            (ids, is_partial),
            "{text}\n{:?}",
            reading.unresolved
        );
        assert!(dag.tasks.iter().all(|task| task.downstream.is_empty()), "{text}");
    }
}

#[test]
fn a_function_that_only_some_python_calls_makes_no_false_error() {
    for (body, is_partial) in [
        ("map(add, ['a'])", true),
        ("x = (add(n) for n in ['a'])", true),
        ("list(add(n) for n in ['a'])", false),
        ("itertools.starmap(add, [('a',)])", true),
        ("once('a')\n    once('a')", false),
        ("filter(add, ['a'])", true),
        ("list(map(add, [n for n in 'ab']))", false),
        (
            "class F:\n        def __init__(self, dag): self.dag = dag\n    elsewhere.fill(F(dag))",
            true,
        ),
        ("add('a')\n    try: add('a')\n    except Exception: pass", true),
        ("add('a')\n    try: add('b')\n    except Exception: pass", false),
        ("match 1:\n        case n if add('a'): pass", true),
        ("task(elsewhere.f)()", true),
    ] {
        let text = format!(
            "import itertools, elsewhere\nfrom functools import lru_cache\nfrom airflow import DAG\n\
             from airflow.decorators import task\nfrom airflow.operators.empty import EmptyOperator as E\n\
             def add(n): return E(task_id=n)\n@lru_cache\ndef once(n): return add(n)\n\
             with DAG('x', schedule=None) as dag:\n    {body}\n"
        );
        let reading = read(&text, &Airflow::default()).expect("Python");
        assert_eq!(
            reading.dags[0].dag.partial, is_partial,
            "{body}\n{:?}",
            reading.unresolved
        );
        assert!(reading.dags[0].duplicates.is_empty(), "{body}");
    }
}

#[test]
fn tasks_of_a_dag_of_elsewhere_are_reported() {
    for (lines, is_known) in [
        ("with elsewhere.get_dag('x') as dag: E(task_id='a')", false),
        (
            "with elsewhere.get_dag('x') as dag: a = E(task_id='a')\nprint(dag)",
            false,
        ),
        (
            "class F:\n    def __init__(self): self.dag = elsewhere.get_dag('x')\n    def add(self):\n        with self.dag: E(task_id='a')\nF().add()",
            false,
        ),
        (
            "class F:\n    def __init__(self): self.dag = DAG('x', schedule=None)\n    def add(self):\n        with self.dag: E(task_id='a')\nF().add()",
            true,
        ),
        ("with elsewhere.lock(): print('x')", true),
        ("with elsewhere.lock(), DAG('x', schedule=None): E(task_id='a')", true),
    ] {
        let text = format!(
            "import elsewhere\nfrom airflow import DAG\nfrom airflow.operators.empty import EmptyOperator as E\n{lines}\n"
        );
        let reading = read(&text, &Airflow::default()).expect("Python");
        assert_eq!(
            reading.unresolved.is_empty(),
            is_known,
            "{lines}\n{:?}",
            reading.unresolved
        );
    }
}

#[test]
fn members_of_trigger_rules_are_texts() {
    for (rule, expected) in [
        ("TriggerRule.ALL_DONE", "all_done"),
        ("TriggerRule.ALL_DONE.value", "all_done"),
        ("TriggerRule['ALL_DONE']", "all_done"),
        ("TriggerRule('all_done')", "all_done"),
        ("TriggerRule('all_done').value", "all_done"),
        ("str(TriggerRule.ALL_DONE.value)", "all_done"),
        (
            "airflow.utils.trigger_rule.TriggerRule.NONE_FAILED.value",
            "none_failed",
        ),
    ] {
        let text = format!(
            "import airflow.utils.trigger_rule\nfrom airflow import DAG\nfrom airflow.utils.trigger_rule import TriggerRule\n\
             from airflow.operators.empty import EmptyOperator\n\
             with DAG('x', schedule=None): EmptyOperator(task_id='a', trigger_rule={rule})\n"
        );
        let reading = read(&text, &Airflow::default()).expect("Python");
        let task = &reading.dags[0].dag.tasks[0];
        assert_eq!(
            task.trigger_rule.as_deref(),
            Some(expected),
            "{rule}: {:?}",
            reading.unresolved
        );
    }
}

#[test]
fn what_is_not_known_makes_a_dag_partial() {
    for (body, is_partial) in [
        ("E(task_id='a')", false),
        ("x = os.environ['A']", false),
        ("if os.environ['A']: print('x')", false),
        ("if os.environ['A']: E(task_id='a')", true),
        ("for x in json.load(f): E(task_id='a')", true),
        ("E(task_id=os.environ['A'])", true),
        ("E(task_id='\\N{DIGIT ONE}')", true),
        ("E(task_id='a', bash_command=os.environ['A'])", false),
        ("elsewhere.add_tasks()", true),
        ("elsewhere.name_of(task_id='a')", true),
        ("E(task_id='a', env=os.path.join(task_id='a'))", false),
        ("elsewhere.Config(1)", false),
        ("a = E(task_id='a') if os.environ['A'] else E(task_id='b')", true),
        (
            "names = []\nif os.environ['A']: names.append('a')\nfor n in names: E(task_id=n)",
            true,
        ),
        (
            "def f():\n    if os.environ['A']: return\n    E(task_id='a')\nf()",
            true,
        ),
        ("for n in ['a']:\n    if os.environ['A']: break\n    E(task_id=n)", true),
        ("for n in ['a']:\n    if os.environ['A']: break\nE(task_id=n)", false),
        (
            "for n in ['a']:\n    if os.environ['A']: break\nelse:\n    E(task_id=n)",
            true,
        ),
        ("while False: pass\nelse: E(task_id='a')", false),
        (
            "while os.environ['A']:\n    if os.environ['B']: break\nelse:\n    E(task_id='a')",
            true,
        ),
        ("E(task_id='{}'.format(*elsewhere.NAMES, 'a'))", true),
        ("chain_linear(*elsewhere.NAMES)", true),
        (
            "try:\n    n = os.environ['A']\nexcept KeyError:\n    n = 'a'\nE(task_id=n)",
            true,
        ),
        ("try:\n    E(task_id='a')\nexcept Exception:\n    raise", false),
        ("E(task_id='a', **options)\noptions = 1", true),
        ("E(task_id='a', **elsewhere.OPTIONS)", true),
        ("E(task_id='a') >> something\nsomething = 1", true),
        ("while os.environ['A']: E(task_id='a')", true),
        ("exec('x')", true),
        ("E(task_id='a').retries = 4", false),
    ] {
        let body = body.replace('\n', "\n    ");
        let text = format!(
            "import os, json, elsewhere\nfrom airflow import DAG\nfrom airflow.sdk import chain_linear\nfrom airflow.operators.empty import EmptyOperator as E\n\
             with DAG('x', schedule=None):\n    {body}\n"
        );
        let reading = read(&text, &Airflow::default()).expect("Python");
        assert_eq!(
            reading.dags[0].dag.partial, is_partial,
            "{body}: {:?}",
            reading.unresolved
        );
        assert_eq!(
            reading.unresolved.is_empty(),
            !is_partial,
            "{body}: {:?}",
            reading.unresolved
        );
    }
}

#[test]
fn what_is_not_known_of_a_setting_leaves_the_graph_whole() {
    for (text, members, tasks) in [
        ("DAG('x', schedule=None)", &[][..], "0 all_success"),
        ("DAG(os.environ['A'], schedule=None)", &[Member::DagId], "0 all_success"),
        (
            "DAG('x', schedule=os.environ['A'])",
            &[Member::Schedule],
            "0 all_success",
        ),
        ("DAG('x', catchup=os.environ['A'])", &[Member::Catchup], "0 all_success"),
        (
            "DAG('x', tags=['a', os.environ['A']])",
            &[Member::Tags],
            "0 all_success",
        ),
        (
            "DAG('x', description=os.environ['A'])",
            &[Member::Description],
            "0 all_success",
        ),
        (
            "DAG('x', **json.load(f))",
            &[Member::Schedule, Member::Catchup, Member::Tags, Member::Description],
            "? ?",
        ),
        ("DAG('x', default_args={'retries': json.load(f)})", &[], "? all_success"),
        ("DAG('x', default_args=json.load(f))", &[], "? ?"),
        ("DAG('x', default_args={'trigger_rule': json.load(f)})", &[], "0 ?"),
    ] {
        let file = format!(
            "import os, json\nfrom airflow import DAG\nfrom airflow.operators.empty import EmptyOperator\nwith {text}:\n    EmptyOperator(task_id='a')\n"
        );
        let reading = read(&file, &Airflow::default()).expect("Python");
        let dag = &reading.dags[0].dag;
        assert!(!dag.partial, "{text}");
        assert_eq!(dag.unknown, members, "{text}");
        assert_eq!(dag.dag_id.is_none(), members.contains(&Member::DagId), "{text}");
        assert_eq!(
            dag.schedule == Schedule::Unknown,
            members.contains(&Member::Schedule),
            "{text}"
        );
        let task = &dag.tasks[0];
        let retries = task
            .retries
            .map_or_else(|| "?".to_owned(), |retries| retries.to_string());
        assert_eq!(
            format!("{retries} {}", task.trigger_rule.as_deref().unwrap_or("?")),
            tasks,
            "{text}"
        );
        let is_known = members.is_empty() && !tasks.contains('?');
        assert_eq!(
            reading.unresolved.is_empty(),
            is_known,
            "{text}: {:?}",
            reading.unresolved
        );
    }
}

#[test]
fn the_default_schedule_is_that_of_the_version() {
    for (version, text) in [
        ("2.5.3", Some("1 day, 0:00:00")),
        ("2.11", Some("1 day, 0:00:00")),
        ("3.0", None),
        ("3.3.2", None),
    ] {
        let airflow = Airflow {
            version: version.to_owned(),
            ..Airflow::default()
        };
        for (arguments, schedule) in [
            (
                "",
                Schedule::Default {
                    text: text.map(str::to_owned),
                },
            ),
            (", schedule=None", Schedule::None),
            (
                ", schedule='@daily'",
                Schedule::Given {
                    text: "@daily".to_owned(),
                },
            ),
        ] {
            let file = format!("from airflow import DAG\nwith DAG('x'{arguments}):\n    pass\n");
            let reading = read(&file, &airflow).expect("Python");
            assert_eq!(reading.dags[0].dag.schedule, schedule, "{version} {arguments}");
        }
    }
}

/// Fixtures with pieces cut out, doubled and moved.
#[expect(clippy::disallowed_methods, reason = "tests read their fixtures")]
fn mutated() -> impl Strategy<Value = String> {
    let fixtures: Vec<String> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/python"))
        .expect("the fixtures")
        .map(|entry| std::fs::read_to_string(entry.expect("an entry").path()).expect("a fixture"))
        .collect();
    let changes = proptest::collection::vec(
        (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..4_u8),
        1..6,
    );
    (prop::sample::select(fixtures), changes).prop_map(|(text, changes)| {
        let mut tokens: Vec<String> = text
            .split_inclusive([' ', '\n', '(', ')', ',', '=', '.'])
            .map(str::to_owned)
            .collect();
        for (one, two, change) in changes {
            let (one, two) = (one.index(tokens.len()), two.index(tokens.len()));
            match change {
                0 => {
                    tokens.remove(one);
                }
                1 => tokens.insert(one, tokens[two].clone()),
                2 => tokens.swap(one, two),
                _ => tokens.truncate(one.max(1)),
            }
            if tokens.is_empty() {
                break;
            }
        }
        tokens.concat()
    })
}

proptest! {
    #[test]
    fn no_text_brings_it_down(text in any::<String>(), code in "[-a-z0-9 ()\\[\\]{}:,.=\"'#\\\\\n@*+<>fx]{0,80}") {
        let _ = read(&text, &Airflow::default());
        let _ = read(&code, &Airflow::default());
    }

    #[test]
    fn no_change_of_a_file_brings_it_down(text in mutated()) {
        if let Ok(reading) = read(&text, &Airflow::default()) {
            for read in &reading.dags {
                for task in &read.tasks {
                    prop_assert!(text.get(task.task_id.clone()).is_some());
                }
                for edge in &read.edges {
                    prop_assert!(edge.upstream < read.tasks.len() && edge.downstream < read.tasks.len());
                    prop_assert!(text.get(edge.upstream_range.clone()).is_some());
                    prop_assert!(text.get(edge.downstream_range.clone()).is_some());
                }
            }
        }
    }
}
