//! Small files that ask for a lot of work.

use std::{sync::mpsc, thread, time::Duration};

use proptest::prelude::*;

use super::*;

/// The stack of a thread of the main program on the platform that gives the least, WebAssembly.
const STACK: usize = 1 << 20;

/// Far more than any file takes in a debug build; a file that does not end would never be noticed otherwise.
const PATIENCE: Duration = Duration::from_secs(60);

/// More bytes than any reading holds.
const LARGE: usize = 40_000_000;

/// Reads a file on a small stack. A stack that overflows ends the whole test.
fn read_small(name: &str, text: String) -> Result<Reading, Unreadable> {
    let (sender, receiver) = mpsc::channel();
    let reader = thread::Builder::new().stack_size(STACK).spawn(move || {
        let reading = read(&text, &Airflow::default());
        let _ = sender.send(reading);
    });
    reader.expect("a thread");
    match receiver.recv_timeout(PATIENCE) {
        Ok(reading) => reading,
        Err(error) => panic!("{name}: {error}"),
    }
}

/// A file with a DAG before the hostile lines, and one after them.
fn around(lines: &str) -> String {
    format!(
        "import os, json, elsewhere\nfrom functools import partial, reduce\nfrom airflow import DAG\n\
         from airflow.operators.empty import EmptyOperator as E\nfrom airflow.utils.task_group import TaskGroup\n\
         from airflow.utils.edgemodifier import Label\nfrom airflow.datasets import Dataset\n\
         from airflow.decorators import dag, task, task_group\n\
         with DAG('before', schedule=None): E(task_id='a')\n{lines}\n\
         with DAG('after', schedule=None): E(task_id='a') >> E(task_id='b')\n"
    )
}

/// How much memory a reading holds, more or less.
fn size(reading: &Reading) -> usize {
    let of_dag = |read: &ReadDag| {
        let tasks = read.dag.tasks.iter().map(|task| {
            let downstream: usize = task.downstream.iter().map(String::len).sum();
            let group = task.group.as_ref().map_or(0, String::len);
            300 + task.task_id.len() + task.trigger_rule.as_ref().map_or(0, String::len) + group + downstream
        });
        let groups = read.dag.groups.iter().map(|group| 100 + group.group_id.len());
        let emails = read.emails.iter().map(|email| 24 + email.len());
        let duplicates = read.duplicates.iter().map(|(id, ..)| 60 + id.len());
        let text =
            read.dag.dag_id.as_ref().map_or(0, String::len) + read.dag.tags.iter().map(String::len).sum::<usize>();
        let edges = read.edges.len() * 48;
        text + edges + tasks.sum::<usize>() + groups.sum::<usize>() + emails.sum::<usize>() + duplicates.sum::<usize>()
    };
    reading.dags.iter().map(of_dag).sum()
}

/// Lines that would take very long, very much memory or very deep recursion.
const GREEDY: &[(&str, &str)] = &[
    ("a list of lists", "x=[0]*99\nfor i in range(8): x=[x]*99\n"),
    ("its text", "x=[0]*99\nfor i in range(7): x=[x]*99\nstr(x)"),
    (
        "its text, written out",
        "x=[0]*99\nx=[x]*99\nx=[x]*99\nx=[x]*99\nx=[x]*99\nstr(x)",
    ),
    ("its representation", "x=[0]*99\nfor i in range(7): x=[x]*99\nrepr(x)"),
    (
        "an f-string",
        "x=[0]*99\nfor i in range(7): x=[x]*99\nf'{x} {x!r} {x!s}'",
    ),
    (
        "a format",
        "x=[0]*99\nfor i in range(7): x=[x]*99\n'{} {0}'.format(x)\n'%s' % (x,)\n'%s' % x",
    ),
    (
        "a comparison",
        "x=[0]*99\ny=[0]*99\nfor i in range(7): x=[x]*99; y=[y]*99\nx == y\nx != y",
    ),
    (
        "membership",
        "x=[0]*99\ny=[0]*99\nfor i in range(7): x=[x]*99; y=[y]*99\nx in y\nx not in [y]",
    ),
    (
        "index",
        "x=[0]*99\ny=[0]*99\nfor i in range(7): x=[x]*99; y=[y]*99\n[x].index(y)",
    ),
    (
        "a key",
        "x=(0,)*99\nfor i in range(7): x=(x,)*99\nd={x: 1}\nd[x]\nx in d\n{x}",
    ),
    (
        "a key of tuples",
        "x=(0,)\nx=tuple([x]*99)\nx=tuple([x]*99)\nx=tuple([x]*99)\nx=tuple([x]*99)\nx=tuple([x]*99)\nd={}\nd[x]=1\nd.get(x)",
    ),
    (
        "a sort",
        "x=[0]*99\nfor i in range(7): x=[x]*99\nsorted(x)\nsorted([x]*9999)\nx.sort()\nmax(x)\nsum(x)",
    ),
    (
        "an argument",
        "x=[0]*99\nfor i in range(7): x=[x]*99\nwith DAG('x'): E(task_id='t', a=x, b=x, c=x)",
    ),
    (
        "an argument of a foreign function",
        "x=[0]*99\nfor i in range(7): x=[x]*99\nwith DAG('x'): elsewhere.f(x)",
    ),
    ("a global", "x=[0]*99\nfor i in range(7): x=[x]*99\nglobals().update(x)"),
    (
        "a branch",
        "x=[0]*99\nfor i in range(7): x=[x]*99\nif os.environ['A']: x=[x]\nx == x",
    ),
    (
        "possible results",
        "x=[0]*99\ndef f(x):\n for i in range(99):\n  x=[x]*99\n  if os.environ['A']: return x\n return x\nf(x)",
    ),
    (
        "addresses",
        "e='a,'*32000\nd={'email':[e]*10000}\nwith DAG('x',default_args=d):\n for i in range(10000): E(task_id=str(i))",
    ),
    (
        "different addresses",
        "e=','.join([str(i) for i in range(9999)])\nd={'email':[e]*10000}\nwith DAG('x',default_args=d):\n for i in range(10000): E(task_id=str(i))",
    ),
    (
        "addresses of callbacks",
        "from airflow.providers.smtp.notifications.smtp import SmtpNotifier as S\ns=S(to='a,'*30000)\nwith DAG('x',default_args={'on_failure_callback':[s]*9999}):\n for i in range(9999): E(task_id=str(i))",
    ),
    (
        "nested groups",
        "with DAG('x'):\n g=None\n for i in range(10000): g=TaskGroup('x'*999,parent_group=g)",
    ),
    (
        "nested groups with defaults",
        "with DAG('x'):\n g=None\n for i in range(10000): g=TaskGroup('x',prefix_group_id=False,parent_group=g,default_args={})\n for i in range(10000): E(task_id=str(i),task_group=g)",
    ),
    (
        "long group ids",
        "with DAG('x'):\n for i in range(9999):\n  with TaskGroup(f'{i}'+'x'*60000): E(task_id='t')",
    ),
    (
        "long task ids",
        "with DAG('x'):\n p=E(task_id='p')\n for i in range(9999): p >> E(task_id=f'{i}'+'x'*60000)",
    ),
    (
        "one id again and again",
        "with DAG('x'):\n for i in range(10000): E(task_id='x'*240)",
    ),
    (
        "suffixes",
        "@task\ndef f(): pass\nwith DAG('x'):\n for i in range(10000): f()\n for i in range(10000): f()",
    ),
    (
        "groups before groups",
        "with DAG('x'):\n with TaskGroup('a') as a:\n  for i in range(900): E(task_id=str(i))\n with TaskGroup('b') as b:\n  for i in range(900): E(task_id=str(i))\n for i in range(9999): a >> b",
    ),
    (
        "groups in lists",
        "with DAG('x'):\n gs=[]\n for i in range(900):\n  with TaskGroup(str(i)) as g: E(task_id='a')\n  gs.append(g)\n for g in gs: g >> [h for h in gs if h is not g]\n for g in gs: gs >> g",
    ),
    (
        "all before all",
        "from airflow.models.baseoperator import chain, cross_downstream\nwith DAG('x'):\n a=[E(task_id=f'a{i}') for i in range(999)]\n b=[E(task_id=f'b{i}') for i in range(999)]\n cross_downstream(a,b)\n cross_downstream(b,a)\n chain(a,b)\n chain(*a)",
    ),
    (
        "labels",
        "with DAG('x'):\n l=Label('l')\n for i in range(9999): E(task_id=f'a{i}') >> l >> E(task_id=f'b{i}')",
    ),
    (
        "labels of labels",
        "with DAG('x'):\n l=Label('l')\n for i in range(9999):\n  m=Label('m')\n  l >> m\n  l=m\n E(task_id='a') >> l >> E(task_id='b')",
    ),
    (
        "dependencies of two DAGs",
        "with DAG('x'): a=[E(task_id=f'a{i}') for i in range(900)]\nwith DAG('y'): b=E(task_id='b')\nfor i in range(900): b >> a",
    ),
    (
        "teardowns",
        "with DAG('x'):\n with TaskGroup('g') as g:\n  ts=[E(task_id=str(i)).as_teardown() for i in range(999)]\n  for t in ts: t >> [u for u in ts if u is not t]\n for i in range(999): g >> E(task_id=f'z{i}')",
    ),
    (
        "outputs",
        "with DAG('x'):\n o=E(task_id='a').output\n for i in range(9999): o=o.concat(o)\n E(task_id='b',x=o)",
    ),
    (
        "outputs of many",
        "with DAG('x'):\n o=[E(task_id=str(i)).output for i in range(999)]\n for i in range(999): E(task_id=f'b{i}',x=o)",
    ),
    (
        "assets",
        "a=Dataset('s3://a')\nfor i in range(9999): a=a|a\nwith DAG('x',schedule=a): pass",
    ),
    (
        "a list of assets",
        "a=[Dataset(f's3://{i}') for i in range(9999)]\nwith DAG('x',schedule=a): pass",
    ),
    (
        "attributes of one task",
        "with DAG('x'):\n t=E(task_id='t',email='a,'*9999)\n t >> [E(task_id=str(i)) for i in range(900)]\n for i in range(9999): t.retries=1; t.email='b'",
    ),
    (
        "tasks by id",
        "with DAG('x') as d:\n for i in range(9999): E(task_id=str(i))\n for i in range(9999): d.get_task(str(i))\n for i in range(9999): d.tasks",
    ),
    (
        "tasks of a group by id",
        "with DAG('x') as d:\n with TaskGroup('g') as g:\n  for i in range(9999): E(task_id=str(i))\n for i in range(9999): g[str(i)]\n for i in range(9999): list(g)",
    ),
    (
        "DAGs",
        "for i in range(99999): DAG(str(i))\nfor i in range(9999): DAG('x'*60000,description='x'*60000,tags=['x'*60000])",
    ),
    (
        "spread dicts",
        "x={str(i): i for i in range(9999)}\nfor i in range(9999): y={**x}; z={**x,**y}; z|y; dict(x); x.copy(); x.items(); list(x)",
    ),
    (
        "spread arguments",
        "x={str(i): i for i in range(9999)}\ndef f(**k): return k\nfor i in range(9999): f(**x); f(**f(**x))",
    ),
    (
        "spread lists",
        "x=list(range(9999))\ndef f(*k): return k\nfor i in range(9999): f(*x,*x,*x); [*x,*x]; x+x; x[1:]; list(x); x.copy(); x*1; (*x,)",
    ),
    (
        "list methods",
        "x=list(range(9999))\nfor i in range(99999): x.insert(0,1); x.pop(0); x.reverse(); x.index(9998); 9998 in x; len(x); -1 in x",
    ),
    (
        "dict methods",
        "x={i: i for i in range(9999)}\nfor i in range(99999): x.pop(i,0); x[i]=1; x.keys(); x.values(); del x[i]",
    ),
    (
        "sets",
        "x=set(range(9999))\nfor i in range(9999): y=set(x); {a for a in x}; frozenset(y)",
    ),
    (
        "zips",
        "x=list(range(9999))\nzip(*[x]*9999)\nfor i in range(9999): list(zip(x,x,x)); list(enumerate(x)); list(map(str,x)); list(filter(None,x)); reversed(x)",
    ),
    (
        "reduce",
        "f=reduce(partial,[E]*10000)\nf()\nreduce(lambda a,b: [a,b]*9,range(9999))",
    ),
    (
        "long texts",
        "x='a'*65000\ny=x+'b'\nfor i in range(99999): x+x; x==y; x in y; x.upper(); x.split('a'); x.replace('a','b'); f'{x}'; x[1:]; x[5]; len(x); int(x); '%s' % x; '{}'.format(x); x.join([x])",
    ),
    (
        "texts in a list",
        "x=[]\nfor i in range(99999): x.append('a'*65000+str(i))",
    ),
    ("texts in texts", "for c in 'a'*65000:\n for d in 'a'*65000: x=c+d"),
    (
        "a chain of partials",
        "f=E\nfor i in range(100000): f=partial(f,i)\nwith DAG('x'): f(task_id='t')",
    ),
    (
        "a chain of lambdas",
        "f=1\nfor i in range(100000): f=lambda x=f: x\nf()()()",
    ),
    (
        "a chain of classes",
        "class A: pass\nfor i in range(100000):\n class A: b=A\nA.b.b.b",
    ),
    (
        "a chain of bases",
        "class A: pass\nfor i in range(100000):\n class A(A):\n  def __init__(self, **k): super().__init__(**k)\nA()",
    ),
    (
        "a chain of operators of the file",
        "class A(E): pass\nfor i in range(100000):\n class A(A):\n  def __init__(self, **k): super().__init__(**k)\nwith DAG('x'): A(task_id='t')",
    ),
    (
        "a lattice of bases",
        "class A: pass\nfor i in range(100):\n class A(A, A): pass\nA.x",
    ),
    (
        "an object in itself",
        "class A:\n def __init__(self): self.a=self\nf(A())\nfor i in range(100000): a=A()",
    ),
    (
        "objects without end",
        "class A(E):\n def __init__(self, **k):\n  super().__init__(**k)\n  A(**k)\nwith DAG('x'): A(task_id='t')",
    ),
    (
        "a chain of functions",
        "def f(): pass\nfor i in range(100000):\n def f(x=f): return x\nf()()",
    ),
    (
        "a chain of decorated functions",
        "@task\ndef f(x): pass\nfor i in range(100000): f=f.partial(x=f)\nwith DAG('x'): f.expand(y=[1])",
    ),
    (
        "a chain of overrides",
        "@task\ndef f(x): pass\nfor i in range(100000): f=f.override(a=f)\nwith DAG('x'): f(1)",
    ),
    (
        "a chain of operators",
        "o=E\nfor i in range(100000): o=E.partial(task_id='t',x=o)",
    ),
    (
        "a chain of methods",
        "x=[]\nfor i in range(100000): x=[x.append]\nm=x\nfor i in range(100000): m=partial(m).func",
    ),
    (
        "a chain of lists",
        "x=[]\nfor i in range(100000): x=[x]\nstr(x)\nwith DAG('x'): E(task_id='t',a=x)",
    ),
    (
        "a chain of static methods",
        "class A: pass\nfor i in range(100000):\n class A:\n  x=A\n  @classmethod\n  def m(cls,a=A): return a\nA.m",
    ),
    (
        "a class that calls itself",
        "class A:\n def __init__(self): A(); A()\nA()",
    ),
    (
        "functions that call themselves",
        "def f(): f(); f()\nf()\ndef g(h): return h(h)\ng(g)\nf=lambda: [f(), f()]\nf()",
    ),
    (
        "a DAG in itself",
        "@dag()\ndef d(): d()\nd()\n@task_group()\ndef g(): g(); g()\nwith DAG('x'): g()",
    ),
    (
        "functions in loops",
        "for i in range(99999):\n def f():\n  a=1; b=2; c=3; d=4; e=5; g=6; h=7\n f()",
    ),
    (
        "comprehensions",
        "[a for a in range(9999) for b in range(9999) for c in range(9999)]\n{a: b for a in range(9999) for b in range(9999)}\n{a for a in range(9999) for b in range(9999)}",
    ),
    ("an endless loop", "while True: x=1"),
    (
        "endless loops in endless loops",
        "while True:\n while True:\n  while True:\n   while True: x=1",
    ),
    (
        "loops in loops",
        "for a in range(9999):\n for b in range(9999):\n  for c in range(9999): x=a",
    ),
    (
        "a growing list",
        "x=[1]\nfor a in x: x.append(a)\nfor i in range(99): x=x+x; x.extend(x); x+=x; x*=9",
    ),
    (
        "possible breaks",
        "for i in range(99999):\n if os.environ['A']: break\n if os.environ['B']: continue\n x=i\n y=x",
    ),
    (
        "possible returns",
        "def f():\n for i in range(99999):\n  if os.environ['A']: return i\n  x=[x]*9\nf()",
    ),
    (
        "cross references",
        "x=[]\ny=[x]\nx.append(y)\nx==y\nstr(x)\nx in y\nwith DAG('x'): E(task_id='t',a=x,b=y)",
    ),
    (
        "nested functions",
        "def a():\n def b():\n  def c():\n   def d(): a(); b(); c(); d()\n   d(); d()\n  c(); c()\n b(); b()\na()",
    ),
    (
        "imports in loops",
        "for i in range(99999):\n from os import a,b,c,d,e,f,g,h\n import x.y.z, a.b.c",
    ),
];

#[test]
fn what_asks_for_too_much_is_cut_short() {
    for (name, lines) in GREEDY {
        let reading = read_small(name, around(lines)).unwrap_or_else(|error| panic!("{name}: {error:?}"));
        let find = |id: &str| reading.dags.iter().find(|read| read.dag.dag_id.as_deref() == Some(id));
        assert!(size(&reading) < LARGE, "{name}: {}", size(&reading));
        let after = find("after").unwrap_or_else(|| panic!("{name}: the file is not read to its end"));
        assert_eq!(after.edges.len(), 1, "{name}");
        // What was cut short is told, and every DAG is marked.
        let is_cut = reading
            .unresolved
            .iter()
            .any(|(_, reason)| reason.contains("more steps"));
        let is_marked = find("before").is_some_and(|read| read.dag.partial) && after.dag.partial;
        assert!(is_marked || !is_cut, "{name}");
    }
}

/// Texts that are long or deep, by how often a piece is repeated.
fn repeated(times: usize) -> Vec<(&'static str, String)> {
    [long_statements(times), long_expressions(times), deep_blocks(times)].concat()
}

fn long_statements(times: usize) -> Vec<(&'static str, String)> {
    let lines = |line: &dyn Fn(usize) -> String| (0..times).map(line).collect::<String>();
    let joined = |piece: &str, between: &str| vec![piece; times].join(between);
    vec![
        (
            "elif",
            format!("if a: pass\n{}", lines(&|i| format!("elif b{i}: x{i} = {i}\n"))),
        ),
        (
            "elif of environment",
            format!(
                "if os.environ['a']: pass\n{}",
                lines(&|i| format!("elif os.environ['{i}']: y{i} = {i}\n"))
            ),
        ),
        (
            "elif and return",
            format!(
                "def f():\n if os.environ['a']: pass\n{}f()\n",
                lines(&|i| format!(" elif os.environ['{i}']: return {i}\n"))
            ),
        ),
        ("ifs", lines(&|i| format!("if os.environ['{i}']: z{i} = {i}\n"))),
        (
            "ifs that return",
            format!(
                "def f():\n{}f()\n",
                lines(&|i| format!(" if os.environ['{i}']: return {i}\n"))
            ),
        ),
        (
            "cases",
            format!(
                "match os.environ['a']:\n{}",
                lines(&|i| format!(" case {i}: x{i} = {i}\n"))
            ),
        ),
        (
            "patterns",
            format!("match os.environ['a']:\n case {}: pass\n", joined("1", " | ")),
        ),
        (
            "handlers",
            format!("try: f()\n{}", lines(&|i| format!("except E{i} as e: x{i} = {i}\n"))),
        ),
        ("tries", lines(&|i| format!("try: x{i} = f()\nexcept E: y{i} = 1\n"))),
        ("withs", format!("with {}: pass\n", joined("open('f')", ", "))),
    ]
}

fn long_expressions(times: usize) -> Vec<(&'static str, String)> {
    let joined = |piece: &str, between: &str| vec![piece; times].join(between);
    let chain = |first: &str, piece: &str| format!("x = {first}{}\n", piece.repeat(times));
    vec![
        (
            "comprehension clauses",
            format!("x = [1 {}]\n", joined("for a in b", " ")),
        ),
        (
            "known comprehension clauses",
            format!("x = [1 {}]\n", joined("for a in [1]", " ")),
        ),
        (
            "comprehension conditions",
            format!("x = [1 for a in [1] {}]\n", joined("if os.environ['a']", " ")),
        ),
        (
            "generator clauses",
            format!("x = f(1 {})\n", joined("for a in b if c", " ")),
        ),
        ("dict clauses", format!("x = {{1: 2 {}}}\n", joined("for a in b", " "))),
        ("and", format!("x = {}\n", joined("a", " and "))),
        ("or", format!("x = {}\n", joined("os.environ['a']", " or "))),
        ("and or", format!("x = {}\n", joined("a and b", " or "))),
        ("sums", format!("x = {}\n", joined("1", " + "))),
        ("texts", format!("x = {}\n", joined("'a'", " "))),
        ("sums of texts", format!("x = {}\n", joined("'a'", " + "))),
        ("shifts", format!("{}\n", joined("E(task_id='a')", " >> "))),
        (
            "shifts of names",
            format!("t = E(task_id='t')\n{}\n", joined("t", " >> ")),
        ),
        ("powers", format!("x = {}\n", joined("1", " ** "))),
        ("comparisons", format!("x = {}\n", joined("1", " < "))),
        ("memberships", format!("x = {}\n", joined("a", " not in "))),
        ("not", format!("x = {}1\n", "not ".repeat(times))),
        ("minus", format!("x = {}1\n", "- ".repeat(times))),
        ("tilde", format!("x = {}1\n", "~".repeat(times))),
        ("stars", format!("x = {}a\n", "* ".repeat(times))),
        ("stars in a call", format!("f({}a)\n", "* ".repeat(times))),
        ("await", format!("async def f(): {}a\n", "await ".repeat(times))),
        ("yield", format!("def f(): {}a\n", "yield ".repeat(times))),
        ("yield from", format!("def f(): {}a\n", "yield from ".repeat(times))),
        ("conditions", format!("x = {}1\n", "1 if a else ".repeat(times))),
        (
            "conditions of environment",
            format!("x = {}1\n", "1 if os.environ['a'] else ".repeat(times)),
        ),
        ("lambdas", format!("x = {}1\n", "lambda: ".repeat(times))),
        (
            "defaults of lambdas",
            format!("x = {}1{}\n", "lambda a=".repeat(times), ": 1".repeat(times)),
        ),
        ("attributes", chain("os", ".a")),
        ("calls", chain("f", "()")),
        ("subscripts", chain("f", "[0]")),
        ("method calls", chain("f", ".a()")),
        ("imports", format!("import {}\n", joined("a", "."))),
        ("relative imports", format!("from {} import a\n", ".".repeat(times))),
        ("decorators", format!("{}def f(): pass\n", "@f\n".repeat(times))),
        ("decorator marks", format!("{}f\n", "@ ".repeat(times))),
        ("targets", format!("{}1\n", "x = ".repeat(times))),
        ("many targets", format!("{} = x\n", joined("a", ", "))),
        ("globals", format!("def f():\n global {}\nf()\n", joined("a", ", "))),
        ("deletes", format!("del {}\n", joined("a", ", "))),
        (
            "parameters",
            format!(
                "def f({}): pass\nfor i in range(99): f()\n",
                (0..times).map(|i| format!("a{i}=1")).collect::<Vec<_>>().join(", ")
            ),
        ),
        (
            "keywords",
            format!(
                "def f(**k): pass\nfor i in range(99): f({})\n",
                (0..times).map(|i| format!("a{i}=1")).collect::<Vec<_>>().join(", ")
            ),
        ),
        ("dict of itself", format!("x = {{{}}}\n", joined("**x", ", "))),
    ]
}

fn deep_blocks(times: usize) -> Vec<(&'static str, String)> {
    let joined = |piece: &str, between: &str| vec![piece; times].join(between);
    let chain = |first: &str, piece: &str| format!("x = {first}{}\n", piece.repeat(times));
    let nested = |head: &str| {
        let mut text = String::new();
        for level in 0..times {
            text.extend([" ".repeat(level), format!("{head}\n")]);
        }
        text + &" ".repeat(times) + "pass\n"
    };
    vec![
        ("functions", nested("def f():")),
        ("classes", nested("class A:")),
        ("blocks", nested("if os.environ['a']:")),
        ("loops", nested("for a in [1]:")),
        ("whiles", nested("while os.environ['a']:")),
        ("with blocks", nested("with open('f'):")),
        ("try blocks", {
            let mut text = String::new();
            for level in 0..times {
                text.extend([" ".repeat(level), "try:\n".to_owned()]);
            }
            text.extend([" ".repeat(times), "pass\n".to_owned()]);
            for level in (0..times).rev() {
                text.extend([" ".repeat(level), "except E: pass\n".to_owned()]);
            }
            text
        }),
        ("blocks in one line", format!("{}pass\n", "if a: ".repeat(times))),
        ("else without if", "else: ".repeat(times)),
        ("classes in one line", format!("{}pass\n", "class A: ".repeat(times))),
        ("matches in one line", format!("{}pass\n", "match a: ".repeat(times))),
        ("soft keywords", format!("{}\n", "match ".repeat(times))),
        ("soft cases", format!("{}\n", "case ".repeat(times))),
        ("soft types", format!("{}\n", "type ".repeat(times))),
        (
            "f-strings",
            format!("x = {}1{}\n", "f'{".repeat(times), "}'".repeat(times)),
        ),
        (
            "f-strings of two quotes",
            format!("x = {}1{}\n", "f'{f\"{".repeat(times), "}\"}'".repeat(times)),
        ),
        (
            "format specifications",
            format!("x = f'{{a{}{}'\n", ":{b".repeat(times), "}".repeat(times + 1)),
        ),
        ("holes", format!("x = f'{}'\n", "{a}".repeat(times))),
        ("brackets", format!("x = {}{}\n", "(".repeat(times), ")".repeat(times))),
        ("open brackets", format!("x = {}\n", "(".repeat(times))),
        ("open braces", format!("x = {}\n", "{".repeat(times))),
        (
            "with brackets",
            format!("with {}a{}: pass\n", "(".repeat(times), ")".repeat(times)),
        ),
        (
            "match brackets",
            format!("match {}a{}:\n case 1: pass\n", "(".repeat(times), ")".repeat(times)),
        ),
        ("annotations", format!("{}1\n", "x: ".repeat(times))),
        ("arrows", format!("def f() {}a: pass\n", "-> ".repeat(times))),
        ("walrus", format!("({}1)\n", "a := ".repeat(times))),
        ("slices", format!("x[{}]\n", joined("1", ":"))),
        ("commas", format!("x = {}\n", ",".repeat(times))),
        ("semicolons", format!("x = 1{}\n", ";x".repeat(times))),
        ("type parameters", format!("def f[{}](): pass\n", joined("T", ", "))),
        ("brackets in blocks", {
            let mut text = String::new();
            for level in 0..times.min(48) {
                text.extend([" ".repeat(level), "if os.environ['a']:\n".to_owned()]);
            }
            text.extend([" ".repeat(times.min(48)), "x = ".to_owned()]);
            text + &"f(".repeat(times) + &")".repeat(times) + "\n"
        }),
        (
            "operators in brackets",
            format!("x = {}1{}\n", "(1 + - not ".repeat(times), ")".repeat(times)),
        ),
        ("method calls with arguments", chain("f", ".a(b=[{1: (2)}])")),
        (
            "bounds",
            format!("def f[{}int{}](): pass\n", "T: (".repeat(times), ")".repeat(times)),
        ),
    ]
}

#[test]
fn what_is_long_or_deep_is_read_or_refused_on_a_small_stack() {
    for times in [3, 49, 99, 330, 990, 8000] {
        for (name, text) in repeated(times) {
            let reading = read_small(name, around(&text));
            assert!(
                times > 3 || !matches!(reading, Err(Unreadable::TooDeep(_))),
                "{name} is not deep"
            );
        }
    }
}

fn indented(lines: &str) -> String {
    lines.split_inclusive('\n').flat_map(|line| ["  ", line]).collect()
}

/// Lines of the same building blocks in any order, inside of each other.
fn program() -> impl Strategy<Value = String> {
    let times = || prop::sample::select(vec!["2", "99", "999", "9999"]);
    let expression = prop::sample::select(vec![
        "[x] * N",
        "(x,) * N",
        "x + x",
        "x * N",
        "str(x)",
        "f'{x}{y}'",
        "x == y",
        "x in y",
        "{x: y}",
        "{**x, **y}",
        "[*x, *y]",
        "sorted(x)",
        "list(range(N))",
        "'a' * N",
        "'a,' * N",
        "x.split('a')",
        "'-'.join(x)",
        "partial(x, y)",
        "lambda a=x: y",
        "[a for a in x for b in y if a]",
        "{a: b for a in x for b in y}",
        "os.environ['a'] and x",
        "x if os.environ['a'] else y",
        "E(task_id=str(y), a=x, email=x)",
        "TaskGroup(str(y), parent_group=x)",
        "Dataset(str(x)) | y",
        "dict(zip(x, y))",
        "f(x, y)",
        "f(*x, **y)",
        "x.output.concat(y)",
        "reduce(f, x)",
        "list(map(f, x))",
        "x.copy()",
        "x.items()",
        "Label(str(x))",
        "task(f)(x)",
        "[x >> y, y >> x]",
        "DAG(str(x), tags=y)",
    ]);
    let line = prop::sample::select(vec![
        "x = @",
        "y = @",
        "x, y = y, @",
        "x += @",
        "x.append(@)",
        "x[y] = @",
        "x.pop(0)",
        "x >> @",
        "@ << y",
        "globals()[y] = @",
        "f = lambda x, y: @",
        "x.retries = @",
        "del x[y]",
        "g = partial(f, @)",
        "break",
        "continue",
    ]);
    let simple = (line, expression, times())
        .prop_map(|(line, expression, times)| format!("{}\n", line.replace('@', expression).replace('N', times)));
    simple.prop_recursive(5, 24, 4, move |inner| {
        let head = prop::sample::select(vec![
            "for i in range(N):",
            "for x in y:",
            "for y in x.values():",
            "while True:",
            "while os.environ['a']:",
            "if os.environ['a']:",
            "if x:",
            "with DAG(str(y)) as d:",
            "with TaskGroup(str(y)) as x:",
            "def f(x, y=x):",
            "@task_group\ndef f(x, y):",
            "@dag()\ndef f(x, y):",
            "class A:",
            "try:",
            "match x:\n case 1:",
        ]);
        (head, times(), prop::collection::vec(inner, 1..4)).prop_map(|(head, times, lines)| {
            let body = indented(&lines.concat());
            let end = match head {
                "try:" => "except E: x = y\n",
                function if function.contains("def f") => "f(x, y)\n",
                _ => "",
            };
            format!("{}\n{body}{end}", head.replace('N', times))
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_program_takes_more_than_its_budget(lines in prop::collection::vec(program(), 1..4)) {
        let lines = indented(&lines.concat());
        let text = around(&format!("x = y = [1]\ndef f(x, y): return [x, y]\nfor i in [1, 2]:\n{lines}"));
        let reading = read_small(&text, text.clone());
        // A `break` in a function is none of a loop.
        prop_assume!(reading.is_ok());
        if let Ok(reading) = reading {
            prop_assert!(size(&reading) < LARGE);
            let is_cut = reading.unresolved.iter().any(|(_, reason)| reason.contains("more steps"));
            let before = reading.dags.iter().find(|read| read.dag.dag_id.as_deref() == Some("before"));
            prop_assert!(!is_cut || before.is_some_and(|read| read.dag.partial));
            let after = reading.dags.iter().find(|read| read.dag.dag_id.as_deref() == Some("after"));
            prop_assert!(after.is_some(), "the file is not read to its end");
        }
    }
}
