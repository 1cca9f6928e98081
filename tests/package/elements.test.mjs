// What the page's elements reckon, apart from what they draw; the browser tests show the rest.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counted, find, read, write } from '../../web/elements/catalogue/filter.js';
import { bring, fit, zoomed } from '../../web/elements/picture/camera.js';
import { path, short } from '../../web/elements/picture/curve.js';
import { LINES, family } from '../../web/elements/picture/family.js';
import { cut, shortName, steps } from '../../web/elements/picture/order.js';
import { LANGUAGES } from '../../web/elements/words.js';

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

test('the elements say everything in every language', () => {
  for (const [language, words] of Object.entries(LANGUAGES)) {
    assert.deepEqual(Object.keys(words), Object.keys(LANGUAGES.en), language);
    for (const [name, sentence] of Object.entries(words)) {
      assert.equal(typeof sentence, typeof LANGUAGES.en[name], `${language} ${name}`);
      if (typeof sentence === 'function') assert.equal(sentence.length, LANGUAGES.en[name].length, `${language} ${name}`);
    }
  }
});
