// What the page's elements reckon, apart from what they draw; the browser tests show the rest.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { configOf, grouped, layout } from '../../web/elements/browse/paths.js';
import { counted, find, read, write } from '../../web/elements/catalogue/filter.js';
import { lines } from '../../web/elements/code/lines.js';
import { tokens } from '../../web/elements/code/tokens.js';
import { Engine } from '../../web/elements/check/engine.js';
import { isConfig, templates as templatesOf } from '../../web/elements/check/inputs.js';
import { findings, fits, inOrder, table } from '../../web/elements/check/report.js';
import { bring, fit, held, zoomed } from '../../web/elements/picture/camera.js';
import { path, short } from '../../web/elements/picture/curve.js';
import { LINES, family } from '../../web/elements/picture/family.js';
import { cut, fitted, shortName, steps } from '../../web/elements/picture/order.js';
import { otherwise, said } from '../../web/elements/review/answers.js';
import { changes } from '../../web/elements/review/changes.js';
import { shortNames } from '../../web/elements/review/names.js';
import { isOwn } from '../../web/elements/sign-in/owner.js';
import { ENGLISH } from '../../web/elements/words.js';
import { GERMAN } from '../../web/elements/words/german.js';

test('a small picture is not blown up, and a large one is whole', () => {
  assert.deepEqual(fit({ width: 100, height: 50 }, { width: 500, height: 300 }), { x: 200, y: 125, scale: 1 });
  assert.equal(fit({ width: 1000, height: 100 }, { width: 548, height: 300 }).scale, 0.5);
});

test('zooming keeps the point below the pointer, within bounds', () => {
  const view = zoomed({ x: 10, y: 20, scale: 1 }, 2, 110, 220);
  assert.deepEqual([(110 - view.x) / view.scale, (220 - view.y) / view.scale], [100, 200]);
  assert.equal(zoomed(view, 1e9, 0, 0).scale, 2.5);
});

test('a box is brought into the frame, and one that is there moves nothing', () => {
  const frame = { width: 400, height: 300 };
  const view = { x: 0, y: 0, scale: 1 };
  const box = { width: 100, height: 50 };
  assert.deepEqual(bring(view, { ...box, x: 100, y: 100 }, frame), view);
  assert.deepEqual(bring(view, { ...box, x: 500, y: 100 }, frame), { ...view, x: -224 });
  assert.deepEqual(bring(view, { ...box, x: 100, y: -100 }, frame), { ...view, y: 124 });
  // What is wider than the frame is shown from its beginning.
  assert.deepEqual(bring(view, { width: 900, height: 50, x: 50, y: 100 }, frame), { ...view, x: -26 });
});

test('a picture cannot be moved out of its frame', () => {
  const frame = { width: 400, height: 300 };
  for (const picture of [{ width: 200, height: 56 }, { width: 400, height: 300 }, { width: 2000, height: 900 }]) {
    for (const scale of [0.1, 1, 2.5]) {
      for (const [x, y] of [[-1e6, -1e6], [1e6, 1e6], [-1e6, 1e6]]) {
        const view = held({ x, y, scale }, picture, frame);
        const seen = (at, length, room) => Math.min(at + length * scale, room) - Math.max(at, 0);
        assert.ok(seen(view.x, picture.width, 400) >= Math.min(picture.width * scale, 400) / 2 - 1e-9);
        assert.ok(seen(view.y, picture.height, 300) >= Math.min(picture.height * scale, 300) / 2 - 1e-9);
      }
      assert.deepEqual(held(fit(picture, frame), picture, frame), fit(picture, frame));
    }
  }
});

test('edges are straight, with corners as round as their lines allow', () => {
  assert.equal(path([]), '');
  assert.equal(path([[0, 0], [10, 0]]), 'M0 0L10 0');
  assert.equal(path([[0, 0], [20, 0], [20, 20]]), 'M0 0L12 0Q20 0 20 8L20 20');
  assert.equal(path([[0, 0], [20, 0], [20, 4]]), 'M0 0L18 0Q20 0 20 2L20 4');
  assert.doesNotMatch(path([[1, 1], [1, 1], [1, 1]]), /NaN/);
  assert.deepEqual([0, -0.04, 0.26, -0.5, 12, -3.96].map((length) => String(short(length))), ['0', '0', '0.3', '-0.5', '12', '-4']);
});

test('known operators have their family, and each family its icon', () => {
  for (const [operator, expected] of [
    ['KubernetesPodOperator', 'container'],
    ['PythonOperator', 'python'],
    ['BranchPythonOperator', 'branch'],
    ['ExternalTaskSensor', 'sensor'],
    ['S3ToRedshiftOperator', 'transfer'],
    ['SQLExecuteQueryOperator', 'database'],
    ['MySqlOperator', 'database'],
    ['BashOperator', 'shell'],
    ['EmptyOperator', 'empty'],
    ['TriggerDagRunOperator', 'trigger'],
    ['HttpOperator', 'web'],
    ['EmailOperator', 'message'],
    ['TokenOperator', 'other'],
  ]) {
    assert.equal(family(operator), expected, operator);
    assert.ok(LINES[expected], expected);
  }
});

test('a task comes behind those that it waits for, and a circle loses none', () => {
  const dag = (edges) => ({ tasks: Object.entries(edges).map(([task_id, downstream]) => ({ task_id, downstream })) });
  const ordered = steps(dag({ load: [], extract: ['clean'], clean: ['load'] }));
  assert.deepEqual(ordered.map(({ task }) => task.task_id), ['extract', 'clean', 'load']);
  assert.deepEqual(ordered[2].upstream, ['clean']);
  assert.equal(steps(dag({ a: ['b'], b: ['a'], c: ['missing'] })).length, 3);
});

test('a name is cut where it is wider than its box, whatever its letters are', () => {
  const measure = (text) => [...text].reduce((sum, letter) => sum + (/[A-ZW…]/.test(letter) ? 12 : letter > '\u2e80' ? 13 : 7), 0);
  for (const name of ['short', 'w'.repeat(40), 'EXTRACT_WAREHOUSE_WMWMWMWMWM', '抽出する注文の明細と返品の明細と在庫の明細']) {
    for (const width of [30, 100, 144, 300]) {
      const shown = fitted(name, width, measure);
      assert.ok(measure(shown) <= width, shown);
      if (shown !== name) assert.ok(measure(cut(name, [...shown].length + 1)) > width, `${shown} could be longer`);
    }
  }
  assert.equal(fitted('anything', 0, measure), '…');
});

test('names are cut in their middle, and short inside their group', () => {
  assert.equal(cut('refresh_all_tables_of_sales', 13), 'refres…_sales');
  assert.equal(cut('short', 5), 'short');
  assert.equal(cut('ärger', 3), 'ä…r');
  assert.equal(shortName('extract.orders', 'extract'), 'orders');
  assert.equal(shortName('orders', null), 'orders');
});

const templates = [
  { id: 'kubernetes-job', title: 'Kubernetes job', summary: 'Runs containers that wait for each other.', owner: 'platform', tags: ['container', 'batch'], status: 'active' },
  { id: 'sql-report', title: 'SQL report', summary: 'Sends the rows of a query.', owner: 'analytics', tags: ['sql', 'report'], status: 'active' },
  { id: 'old-report', title: 'Report', summary: 'Sends rows.', owner: 'analytics', tags: ['report'], status: 'deprecated' },
  { id: 'dump', title: 'Tägliche Sicherung', summary: 'Copies an SQL database into a bucket.', owner: 'platform', tags: ['batch'], status: 'active' },
];
const look = (filter) => find(templates, { words: '', tags: [], owner: '', ...filter }).map(({ id }) => id);

test('a search finds the best first, and what is no longer offered last', () => {
  assert.deepEqual(look({}), ['kubernetes-job', 'sql-report', 'dump', 'old-report']);
  assert.deepEqual(look({ words: 'sql' }), ['sql-report', 'dump']);
  assert.deepEqual(look({ words: 'report' }), ['sql-report', 'old-report']);
  assert.deepEqual(look({ words: 'JOB kube' }), ['kubernetes-job']);
  assert.deepEqual(look({ words: 'taglich' }), ['dump'], 'without accents');
  assert.deepEqual(look({ words: 'kuberentes' }), ['kubernetes-job'], 'two letters that changed places');
  assert.deepEqual(look({ words: 'reprt' }), ['sql-report', 'old-report'], 'a letter is missing');
  assert.deepEqual(look({ words: 'job sql' }), []);
  assert.deepEqual(look({ words: 'sqx' }), [], 'short words are taken as they are');
});

test('tags and owner narrow what is found', () => {
  assert.deepEqual(look({ tags: ['batch'] }), ['kubernetes-job', 'dump']);
  assert.deepEqual(look({ tags: ['batch', 'container'] }), ['kubernetes-job']);
  assert.deepEqual(look({ tags: ['batch'], owner: 'analytics' }), []);
  assert.deepEqual(counted(['b', 'a', 'b']), [['a', 1], ['b', 2]]);
});

test('a filter stands in the address', () => {
  for (const filter of [
    { words: 'sql & more', tags: ['a b', 'c'], owner: 'team=x' },
    { words: '', tags: [], owner: '' },
  ]) {
    assert.deepEqual(read(write(filter)), filter);
  }
  assert.equal(write(read('')), '');
});

/** The stretches of a text that are not plain, as `kind: text`. */
const coloured = (language, text) => [...tokens(language, text)].filter(([kind]) => kind).map(([kind, start, end]) => `${kind}: ${text.slice(start, end)}`);

const at = (pattern, path) => layout(pattern).read(path);

test('files of a project are told by the pattern of their paths', () => {
  const config = 'configs/{package}/{name}.yaml';
  assert.deepEqual(at(config, 'configs/finance/nightly.yaml'), { path: 'configs/finance/nightly.yaml', package: 'finance', name: 'nightly' });
  for (const path of ['configs/nightly.yaml', 'configs/a/b/c.yaml', 'other/configs/a/b.yaml', 'configs/a/b.yaml.bak', 'configs/a/bxyaml']) assert.equal(at(config, path), null, path);
  const output = 'dags/{environment}/{package}/{dag_id}.py';
  assert.deepEqual(at(output, 'dags/prod/finance/finance_nightly.py'), { path: 'dags/prod/finance/finance_nightly.py', package: 'finance', name: 'finance_nightly' });
  assert.equal(at(output, 'dags/finance/finance_nightly.py').package, 'finance', 'without environments');
  assert.equal(at('{package}/{package}_{name}.yaml', 'a/a_b.yaml').name, 'b');
  assert.equal(at('{package}/{package}_{name}.yaml', 'a/c_b.yaml'), null);
  assert.deepEqual(at('all/{dag_id}.py', 'all/x.py'), { path: 'all/x.py', package: '', name: 'x' });
  assert.deepEqual([config, output, '{package}.yaml', 'a/b-{name}.yaml', 'one.yaml'].map((pattern) => layout(pattern).folder), ['configs', 'dags', '', 'a', '']);
});

test('configs of a project stand by their packages, one’s own first, and are found by words', () => {
  const entries = ['b/two', 'a/one', 'c/zürich', 'b/one'].map((path) => ({ path, package: path[0], name: path.slice(2) }));
  const shown = (words) => grouped(entries, { words, own: (name) => name === 'c' }).map(([name, group]) => [name, group.map((entry) => entry.name)]);
  assert.deepEqual(shown(''), [['c', ['zürich']], ['a', ['one']], ['b', ['one', 'two']]]);
  assert.deepEqual(shown('ONE b'), [['b', ['one']]]);
  assert.deepEqual(shown('b_two'), [['b', ['two']]]);
  assert.deepEqual(shown('zurich'), [['c', ['zürich']]]);
  assert.deepEqual(shown('none'), []);
});

test('a generated file names its config in its head, and nowhere else', () => {
  const head = '# Made by Dagwright. Change the config, not this file.\n# Template: job@1.0.0\n# Config: configs/a/b.yaml\n# Config SHA-256: 00\n';
  assert.equal(configOf(`${head}\nimport x\n`), 'configs/a/b.yaml');
  assert.equal(configOf(`import x\n${head}`), null);
  assert.equal(configOf('# Made by Dagwright 1.0.0. Change it.\n\n# Config: no.yaml\n'), null);
});

test('a package is one’s own by its team', () => {
  const person = { teams: ['data/finance', 'Ops'], login: 'ada', project: 'data/dags' };
  for (const [owner, own] of [['data/finance', true], ['finance', true], ['ops', true], ['ADA', true], ['sales', false], ['other/finance', false]]) assert.equal(isOwn(owner, person), own, owner);
  assert.equal(isOwn('finance', { ...person, teams: null }), null);
});

test('no character is lost to the colours', () => {
  const samples = {
    python: 'x = r\'a\\\'b\' # é𝄞\n\ndef f(n: int):\n    """two\n  lines"""\n    return 0x1f + n  # \'q\n\'open\nb"""never closed\n',
    yaml: '# top\na: "b: # c" # d\nlist:\n  - x: 1\n  - |\n    k: v\n\n    w\nend: ü\n"quoted: key": 1\r\n- - nested\nno value:\n',
    sql: "select 'it''s', \"a b\" from t -- why\n/* never closed\n",
    shell: 'echo "$HOME/${X}" \'q\' # why\nif true; then\n',
    json: '{"a": [1, "b", null]}',
    other: 'anything\n',
  };
  for (const [language, text] of Object.entries(samples)) {
    const all = [...tokens(language, text)];
    assert.equal(all.map(([, start, end]) => text.slice(start, end)).join(''), text, language);
    assert.equal([...lines(text, all, [])].map((pieces) => pieces.map((piece) => piece.text).join('')).join('\n'), text.replace(/\n$/, ''), language);
  }
  assert.deepEqual([...lines('', tokens('python', ''), [])], [[]]);
});

test('each language has its colours', () => {
  assert.deepEqual(coloured('python', '@dag(retries=3)\ndef f():  # why\n    return None'), [
    'name: dag', 'constant: 3', 'keyword: def', 'name: f', 'comment: # why', 'keyword: return', 'constant: None',
  ]);
  assert.deepEqual(coloured('yaml', 'image: "a:1" # pinned\nrun: |\n  key: not a key\nretries: 3\nurl: http://x#y\n'), [
    'name: image', 'text: : "a:1" ', 'comment: # pinned\n', 'name: run', 'text:   key: not a key\n', 'name: retries', 'constant: : 3\n', 'name: url',
  ]);
  assert.deepEqual(coloured('sql', "SELECT count(*) FROM t WHERE a = 'x' -- why"), [
    'keyword: SELECT', 'name: count', 'keyword: FROM', 'keyword: WHERE', "text: 'x'", 'comment: -- why',
  ]);
  assert.deepEqual(coloured('shell', 'for f in $FILES; do echo a#b # why'), ['keyword: for', 'keyword: in', 'name: $FILES', 'keyword: do', 'comment: # why']);
});

test('hostile texts are coloured in time that grows with them', () => {
  const start = performance.now();
  for (const language of ['python', 'yaml', 'sql', 'shell', 'json']) {
    for (const text of ['"""', "'", '"\\', '/*', '${', 'a: ', ': ', '- ', ' #', 'r"', '\\', '"a" '].map((part) => part.repeat(20_000))) Array.from(tokens(language, text));
  }
  assert.ok(performance.now() - start < 30_000);
});

test('what came from answers is cut out by UTF-16 units', () => {
  const text = "a = '𝄞é'\nb = 'x'\n";
  const start = text.indexOf("'x'");
  const marked = [...lines(text, tokens('python', text), [{ start: 4, end: 9, pointer: '/a' }, { start, end: start + 3, pointer: '/b' }])];
  assert.deepEqual(marked.flat().filter(({ pointer }) => pointer).map(({ text, pointer }) => [text, pointer]), [["'𝄞é'", '/a'], ["'x'", '/b']]);
});

test('a config is told by its template, as on the command line', () => {
  assert.ok(isConfig('# why\ntemplate: job@1\n') && isConfig('{"template": "job@1"}') && isConfig("'template' : job"));
  assert.ok(!isConfig('services:\n  template: job\n') && !isConfig('templates: []'));
  assert.deepEqual(templatesOf([{ text: 'template: "b@1"' }, { text: 'name: x\ntemplate: a@2.1\n' }, { text: 'template: b@2' }, { text: 'template: [' }]), ['a', 'b']);
});

test('findings are handed on as the command line prints them, and safely to spreadsheets', () => {
  const finding = (message, line) => ({ code: 'c', severity: 'error', message, primary: { span: { line, column: 2 }, pointer: '/a' } });
  const rows = [{ path: '=cmd.yaml', findings: [finding('say "no", twice', 3)] }];
  assert.deepEqual(findings(rows), [{ file: '=cmd.yaml', line: 3, column: 2, pointer: '/a', code: 'c', severity: 'error', message: 'say "no", twice', help: null }]);
  assert.equal(table(rows), 'file,line,column,severity,code,message,help\r\n\'=cmd.yaml,3,2,error,c,"say ""no"", twice",\r\n');
  assert.deepEqual(inOrder([finding('b', 9), finding('a', 2), finding('b', 9)]).map(({ message }) => message), ['a', 'b']);
});

test('answers are told in words, grouped as the form groups them', () => {
  const say = { yes: 'Yes', no: 'No', none: 'None' };
  const prompts = [{ title: '' }, { title: 'Name', section: 'What' }, { title: '', section: 'What' }, { title: 'Wait', unit: 'minutes' }];
  const fields = [
    { kind: 'text', prompt: 1, pointer: '/name', value: 'x' },
    { kind: 'choice', prompt: 2, title: 'Kind', pointer: '/k', value: 1, options: [{ value: 1, label: 'One' }] },
    { kind: 'text', prompt: 2, title: 'Not said', pointer: '/n' },
    { kind: 'number', prompt: 3, pointer: '/w', value: 5 },
    { kind: 'switch', title: 'On', pointer: '/o', value: false },
    { kind: 'schedule', title: 'When', pointer: '/s', value: '@daily', sentence: 'Daily' },
    { kind: 'list', title: 'Tags', pointer: '/t', items: [{ kind: 'text', value: 'a' }, { kind: 'text', value: 'b, c' }] },
    { kind: 'list', title: 'Bounds', pointer: '/b', by_position: true, items: [{ kind: 'number', title: 'Lowest', pointer: '/b/0', value: 1 }, { kind: 'number', title: 'Highest', pointer: '/b/1' }] },
    { kind: 'list', title: 'Not asked', pointer: '/e', items: [] },
    { kind: 'list', title: 'Emptied', pointer: '/m', value: [], items: [] },
    { kind: 'map', title: 'Variables', pointer: '/v', entries: [{ kind: 'text', title: 'MODE', pointer: '/v/MODE', value: 'full' }] },
    { kind: 'schedule', title: 'Waits', pointer: '/w', value: { assets: ['x'] }, sentence: 'When x is updated', fields: [{ kind: 'list', title: 'Data', pointer: '/w/assets', items: [{ kind: 'text', value: 'x' }] }] },
    { kind: 'list', title: 'Steps', pointer: '/l', items: [{ kind: 'group', title: 'Step 1', pointer: '/l/0', fields: [{ kind: 'text', title: 'Image', pointer: '/l/0/i', value: 'a\nb' }] }] },
    { kind: 'yaml', title: 'Raw', pointer: '/r', value: { a: 1 }, text: 'a: 1\n' },
  ];
  const flat = (rows) => rows.map(({ title, value, items, inside }) => [title, ...(items ? [items] : value === undefined ? [] : [value]), ...(inside ? [flat(inside)] : [])]);
  assert.deepEqual(flat(said({ fields, prompts }, say)), [
    ['What', [['Name', 'x'], ['Kind', 'One']]],
    ['Wait', '5 (minutes)'],
    ['On', 'No'],
    ['When', 'Daily (@daily)'],
    ['Tags', ['a', 'b, c']],
    ['Bounds', [['Lowest', '1']]],
    ['Emptied', 'None'],
    ['Variables', [['MODE', 'full']]],
    ['Waits', 'When x is updated', [['Data', ['x']]]],
    ['Steps', [['Step 1', [['Image', 'a\nb']]]]],
    ['Raw', 'a: 1'],
  ]);
  const answer = { environments: ['dev', 'prod'], differences: [{ place: 'retries', text: '1', values: ['1', '5'] }, { place: 's', text: null, values: [null, 'null'] }] };
  assert.deepEqual(otherwise(answer, 'prod'), [{ place: 'retries', after: '5' }, { place: 's', after: 'null' }]);
  for (const none of ['dev', 'elsewhere']) assert.deepEqual(otherwise(answer, none), []);
});

test('files of the same name are told apart by their folders', () => {
  const paths = ['dags/dev/finance/close.py', 'dags/prod/finance/close.py', 'configs/finance/close.yaml', 'close.py/x'];
  assert.deepEqual([...shortNames(paths).values()], ['dev/finance/close.py', 'prod/finance/close.py', 'close.yaml', 'x']);
  assert.deepEqual([...shortNames(['a.py', 'b/a.py']).entries()], [['a.py', 'a.py'], ['b/a.py', 'b/a.py']]);
});

test('a search goes through paths, codes, sentences and advice', () => {
  const row = { path: 'configs/Täglich.yaml', findings: [{ code: 'image-latest-tag', message: 'Image takes whatever version is newest.', help: 'Enter a version.' }] };
  for (const words of ['', ' ', 'latest', 'täglich', 'TAGLICH', 'newest image', 'enter version yaml']) assert.ok(fits(row, words), words);
  for (const words of ['oldest', 'latest oldest']) assert.ok(!fits(row, words), words);
});

test('what changed is shown with the lines around it', () => {
  const before = Array.from({ length: 20 }, (_, index) => `line ${index}`).join('\n') + '\n';
  const shown = changes(before, before.replace('line 10', 'line ten')).map(({ kind, text }) => `${kind} ${text}`);
  assert.deepEqual(shown, ['gap ', 'same line 7', 'same line 8', 'same line 9', 'gone line 10', 'new line ten', 'same line 11', 'same line 12', 'same line 13', 'gap ']);
  assert.deepEqual(changes(before, before), []);
});

test('no text in Markdown is read for ever', () => {
  // Shapes at which readers of Markdown are known to take time that grows with the square of the length, or faster.
  const shapes = ['> ', '>', '- ', '1. ', '* - + ', '> - ', '~~a~', '~a ', '*a ', '*a **a ', '_a ', 'a* ', 'a***', '**x* ', '*_', '[', '![', '[a](', '[a](<b', '[a](b "', '![a](', '[a][', '[a]: b "c\n', '[a]: <', '`a``b```', '``a`', '<',
    '<a ', '<a x="', '<!--', '<?', '<![CDATA[', '<!A ', '<http:', '<a@b', 'a@', 'a.b-', 'www.a', 'http://a.b/(', '\\', '&', '&#1', '&amp;', ' \n', '\t', '\n', 'a\n', 'a\n===\n', '```\n', '~~~a\n', '<div>\n', '<pre>\n', '- a\n', '- a\n\n', '1. a\n', '- a\n  b\n', '- [ ] a\n', '> a\n', '>>>>>>>>a\n',
    '|', 'a|b\n', '|a|\n|-|\n', '|-|:-:', '_ ', '* ', '- - ', '# a # ', '*[a](b)', '[^a]: b\n', '\0', '😀é'];
  const module = new URL('../../web/elements/about/markdown.js', import.meta.url);
  const script = `
    import { read } from ${JSON.stringify(module)};
    const fill = (shape, length) => shape.repeat(length / shape.length);
    for (const shape of ${JSON.stringify(shapes)}) read(fill(shape, 100_000));
    for (const [open, close] of [['[', ']'], ['*a ', ' a*'], ['**a ', ' a**'], ['~~a ', ' a~~'], ['(', ')'], ['a|', '\\n']]) read(fill(open, 50_000) + fill(close, 50_000));
    for (const gap of [' ', '\\t', '#', '-', '=']) read('# a' + fill(gap, 100_000) + 'b');
    for (const line of [(n) => ' '.repeat(n) + '- a', (n) => '> '.repeat(n) + 'a', (n) => 'a' + '\`'.repeat(n), (n) => ' '.repeat(n) + 'a']) {
      let text = '';
      for (let n = 0; text.length < 100_000; n += 1) text += line(n) + '\\n';
      read(text);
    }
    console.log(read('x'.repeat(200_001)));
  `;
  // This fails where it does not come to its end: nothing else could stop it.
  assert.equal(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', timeout: 120_000 }), 'null\n');
});

test('no sentence of the elements takes the name of another', () => {
  for (const file of ['words.js', 'words/german.js']) {
    const language = readFileSync(new URL(`../../web/elements/${file}`, import.meta.url), 'utf8');
    const names = [...language.matchAll(/^  (\w+):/gm)].map(([, name]) => name);
    assert.ok(names.length > 20);
    assert.deepEqual(names.filter((name, index) => names.indexOf(name) !== index), []);
  }
});

test('the elements say everything in every language', () => {
  for (const [language, words] of Object.entries({ ENGLISH, GERMAN })) {
    assert.deepEqual(Object.keys(words), Object.keys(ENGLISH), language);
    for (const [name, sentence] of Object.entries(words)) {
      assert.equal(typeof sentence, typeof ENGLISH[name], `${language} ${name}`);
      if (typeof sentence === 'function') assert.equal(sentence.length, ENGLISH[name].length, `${language} ${name}`);
    }
  }
});

test('a severity has one name wherever it is shown', () => {
  const rust = readFileSync(new URL('../../web/src/words.rs', import.meta.url), 'utf8');
  const german = JSON.parse(readFileSync(new URL('../../public/words/de.json', import.meta.url), 'utf8'));
  for (const severity of ['error', 'warning', 'information', 'hint']) {
    assert.equal(ENGLISH.severity(severity), new RegExp(`^ {4}${severity}\\(\\) => "(.*)";`, 'm').exec(rust)?.[1]);
    assert.equal(GERMAN.severity(severity), german[severity]);
  }
});

test('a question waits for its turn without its patience running out', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const ended = [];
  /** A worker that takes nine seconds for each message, one after the other. */
  globalThis.Worker = class {
    #queue = [];
    postMessage(text) {
      if (this.#queue.push(JSON.parse(text)) === 1) this.#work();
    }
    #work() {
      setTimeout(() => {
        const { id } = this.#queue.shift();
        if (this.#queue.length > 0) this.#work();
        this.onmessage?.({ data: { id, ok: '{"diagnostics": [], "dag_ids": ["a"]}' } });
      }, 9_000);
    }
    terminate() {
      ended.push('ended');
      this.onmessage = null;
    }
  };
  t.after(() => delete globalThis.Worker);
  const environments = Array.from({ length: 5 }, (_, index) => `e${index}`);
  const engine = new Engine('worker.js', { environments }, []);
  const checked = engine.check('template: a@1');
  for (let second = 0; second < 70; second += 1) {
    await new Promise((done) => setImmediate(done));
    t.mock.timers.tick(1_000);
  }
  assert.deepEqual(await checked, { diagnostics: [], dag_ids: ['a'] });
  assert.deepEqual(ended, []);

  // What takes too long itself is ended.
  globalThis.Worker.prototype.postMessage = () => {};
  const silent = engine.relate([]);
  t.mock.timers.tick(10_000);
  await assert.rejects(silent, /stopped/);
  assert.deepEqual(ended, ['ended']);
});
