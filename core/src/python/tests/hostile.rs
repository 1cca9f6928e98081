//! Small files that ask for a lot of work.

use std::{sync::mpsc, thread, time::Duration};

use super::*;

/// The stack of a thread of the main program on the platform that gives the least, WebAssembly.
const STACK: usize = 1 << 20;

/// Far more than any file takes in a debug build; a file that does not end would never be noticed otherwise.
const PATIENCE: Duration = Duration::from_secs(60);

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
        assert!(size(&reading) < 40_000_000, "{name}: {}", size(&reading));
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
