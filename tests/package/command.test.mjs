import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { dagwright, home, workspace } from './installed.mjs';

const packaged = join(home, 'node_modules/dagwright/templates');
const example = readFileSync(join(packaged, 'kubernetes-job/examples/reporting_seeder_refresh_all.yaml'), 'utf8');

/** A config with one step. */
const config = ({ pkg = 'finance', name = 'nightly', image = 'finance/nightly:1.0.0', extra = '' } = {}) =>
  `template: kubernetes-job@1
package: ${pkg}
name: ${name}
parameters:
  description: Closes the day
  owner: finance
  steps:
    - name: run
      image: ${image}
${extra}`;

const json = (result) => JSON.parse(result.stdout);
const files = (folder) => readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1))
  .sort();

test('help and version', async (t) => {
  const place = workspace();
  const help = dagwright(place, ['--help']);
  assert.equal(help.status, 0);
  for (const command of ['validate', 'generate', 'diff', 'graph', 'check', 'catalog']) {
    assert.match(help.stdout, new RegExp(`^  ${command} `, 'm'));
    await t.test(`${command} --help names its options and the exit codes`, () => {
      const own = dagwright(place, [command, '--help']);
      assert.equal(own.status, 0);
      assert.match(own.stdout, new RegExp(`^Usage: dagwright ${command} `, 'm'));
      assert.match(own.stdout, /--airflow VERSION/);
      assert.match(own.stdout, /--portal FILE/);
      assert.match(own.stdout, /Exit codes: 0 .* 1 .* 2 /);
    });
  }
  const { version } = JSON.parse(readFileSync(join(home, 'node_modules/dagwright/package.json'), 'utf8'));
  assert.deepEqual(dagwright(place, ['--version']), { status: 0, signal: null, stdout: `${version}\n`, stderr: '' });
});

test('what cannot be run ends with 2, and says what and what to do', async (t) => {
  const place = workspace({
    'config.yaml': config(),
    'latin1/portal.json': Buffer.from('{"title": "caf\xe9"}', 'latin1'),
    'folder/portal.json/x': '',
    'broken/portal.json': '{"title": "P",',
    'unknown/portal.json': '{"titel": "P"}',
    'away/portal.json': '{"catalogues": ["nowhere"]}',
    'address/portal.json': '{"catalogues": ["https://example.com/templates"]}',
    'empty/note.txt': 'x',
    'dag.py': 'x = 1\n',
  });
  const cases = [
    ['no command', [], /No command was given/, /--help/],
    ['an unknown command', ['valdate'], /no command “valdate”/, /Did you mean “dagwright validate”/],
    ['an unknown option', ['validate', '--formt', 'json', 'config.yaml'], /no option --formt/, /Did you mean --format/],
    ['an option without its value', ['validate', 'config.yaml', '--portal'], /--portal needs a value/, /--portal FILE/],
    ['a value for an option that takes none', ['graph', '--json=yes', 'config.yaml'], /--json takes no value/, /alone/],
    ['an unknown format', ['validate', '--format', 'xml', 'config.yaml'], /--format cannot be “xml”/, /text, json/],
    ['no path', ['validate'], /not told what to read/, /Usage: dagwright validate PATH/],
    ['no folder to write to', ['generate', 'config.yaml'], /not told where to write/, /--out DIR/],
    ['a language that is none', ['validate', '--language', '../de', 'config.yaml'], /“\.\.\/de”/, /en, de or de-AT/],
    ['a version of no Airflow', ['validate', '--airflow', 'latest', 'config.yaml'], /“latest”/, /3\.3 or 2\.11\.2/],
    ['a missing file', ['validate', 'nowhere.yaml'], /nowhere\.yaml cannot be read: there is no such file/, /Check the path/],
    ['a deadline that is none', ['validate', 'config.yaml', '--deadline', 'soon'], /--deadline cannot be “soon”/, /such as 60/],
    ['a folder without configs', ['validate', 'empty'], /empty holds no config/, /“template:”/],
    ['Python where a config is wanted', ['generate', 'dag.py', '--out', 'out'], /dag\.py is Python/, /Name the config/],
    ['a broken portal.json', ['validate', 'config.yaml', '--portal', 'broken/portal.json'], /broken\/portal\.json:\d+:\d+ error/, /--portal/],
    ['a portal.json with an unknown key', ['validate', 'config.yaml', '--portal', 'unknown/portal.json'], /unknown\/portal\.json:1:\d+ error .*titel/, /--portal/],
    ['a missing portal.json', ['validate', 'config.yaml', '--portal', 'nowhere.json'], /nowhere\.json:1:1 error file-unreadable .*no such file/, /--portal/],
    ['a portal.json that is not UTF-8', ['validate', 'config.yaml', '--portal', 'latin1/portal.json'], /latin1\/portal\.json:1:1 error file-not-utf-8 /, /--portal/],
    ['a portal.json that is a folder', ['validate', 'config.yaml', '--portal', 'folder/portal.json'], /folder\/portal\.json:1:1 error file-not-regular /, /--portal/],
    ['a portal.json that never ends', ['validate', 'config.yaml', '--portal', '/dev/zero'], /\/dev\/zero:1:1 error file-not-regular /, /--portal/],
    ['a missing catalogue', ['validate', 'config.yaml', '--portal', 'away/portal.json'], /catalogue away\/nowhere cannot be read/, /“catalogues” of portal\.json/],
    ['a catalogue that is an address', ['validate', 'config.yaml', '--portal', 'address/portal.json'], /is an address/, /Check the catalogue out/],
    ['a catalogue that is a file', ['catalog', 'config.yaml'], /config\.yaml is not a folder/, /holds the templates/],
  ];
  for (const [name, words, what, remedy] of cases) {
    await t.test(name, () => {
      const result = dagwright(place, words);
      assert.equal(result.status, 2, result.stderr);
      assert.equal(result.stdout, '');
      assert.match(result.stderr, /^dagwright: /);
      assert.match(result.stderr, what);
      assert.match(result.stderr, remedy);
      assert.doesNotMatch(result.stderr, /\n\s+at /, 'a stack trace is no message');
    });
  }
});

test('validate', async (t) => {
  await t.test('finds nothing in the examples of the package', () => {
    const result = dagwright(workspace(), ['validate', join(packaged, 'kubernetes-job/examples')]);
    assert.equal(result.status, 0, result.stdout);
    assert.match(result.stdout, /\d files checked\.\n$/);
  });

  await t.test('prints findings with their place, as text and as JSON', () => {
    const place = workspace({ 'config.yaml': config({ image: 'finance/nightly' }).replace('owner: finance', 'ownr: finance') });
    const text = dagwright(place, ['validate', 'config.yaml']);
    assert.equal(text.status, 1);
    assert.match(text.stdout, /^config\.yaml:6:3 error [a-z-]+ .*ownr.*\n {4}\S/m);
    assert.match(text.stdout, /\d errors?.*; 1 file checked\.\n$/);
    const result = dagwright(place, ['validate', 'config.yaml', '--format', 'json']);
    assert.equal(result.status, 1);
    for (const finding of json(result)) {
      assert.deepEqual(Object.keys(finding), ['file', 'line', 'column', 'pointer', 'code', 'severity', 'message', 'help']);
      assert.equal(finding.file, 'config.yaml');
      assert.ok(['error', 'warning', 'information', 'hint'].includes(finding.severity));
      assert.match(finding.code, /^[a-z][a-z0-9-]+$/);
      assert.ok(finding.line >= 1 && finding.column >= 1);
    }
    assert.ok(json(result).some((finding) => finding.line === 6 && finding.column === 3 && finding.severity === 'error'));
    assert.ok(json(result).some((finding) => finding.pointer === '/parameters/steps/0/image'));
  });

  await t.test('reads standard input', () => {
    const result = dagwright(workspace(), ['validate', '-', '--format', 'json'], { input: 'template: nothing-like-it@1\npackage: a\nname: b\n' });
    assert.equal(result.status, 1);
    assert.deepEqual(json(result).map(({ file, line, code }) => ({ file, line, code })), [{ file: '-', line: 1, code: 'unknown-template' }]);
  });

  await t.test('a byte order mark and the line ends of Windows change nothing', () => {
    const place = workspace({ 'config.yaml': `\ufeff${config().replaceAll('\n', '\r\n')}`, 'wrong.yaml': `\ufeff${config({ image: 'x y' }).replaceAll('\n', '\r\n')}` });
    assert.equal(dagwright(place, ['validate', 'config.yaml']).status, 0);
    assert.match(dagwright(place, ['validate', 'wrong.yaml']).stdout, /^wrong\.yaml:9:14 error/m);
  });

  await t.test('broken YAML is a finding with its place', () => {
    const place = workspace({ 'config.yaml': 'template: kubernetes-job@1\npackage: [a\nname: b\n' });
    const result = dagwright(place, ['validate', 'config.yaml', '--format', 'json']);
    assert.equal(result.status, 1);
    assert.ok(json(result).every((finding) => finding.line > 1));
  });

  await t.test('a folder stands for the configs in it, in order', () => {
    const wrong = 'template: nowhere@1\npackage: a\nname: b\n';
    const place = workspace({
      'b/2.yml': wrong,
      'b/10.yaml': wrong,
      'a/x.yaml': wrong,
      'a/values.yaml': 'image: x\n',
      'a/.hidden/x.yaml': wrong,
      'node_modules/x/x.yaml': wrong,
      'large.yaml': `x: ${'y'.repeat(1_200_000)}`,
    });
    const result = dagwright(place, ['validate', '.', '--format', 'json']);
    assert.deepEqual(json(result).map((finding) => finding.file), ['a/x.yaml', 'b/10.yaml', 'b/2.yml']);
  });

  await t.test('links out of a folder are not followed', () => {
    const place = workspace({ 'outside/x.yaml': 'template: nowhere@1\n', 'inside/y.yaml': config() });
    symlinkSync(join(place, 'outside'), join(place, 'inside/folder'));
    symlinkSync(join(place, 'outside/x.yaml'), join(place, 'inside/file.yaml'));
    symlinkSync(join(place, 'inside'), join(place, 'inside/circle'));
    assert.equal(dagwright(place, ['validate', 'inside']).status, 0);
  });

  await t.test('two configs of one DAG are found, whatever they are called', () => {
    const place = workspace({ 'one.yaml': config({ pkg: 'a_b', name: 'c' }), 'two.yaml': config({ pkg: 'a', name: 'b_c' }) });
    const result = dagwright(place, ['validate', '.', '--format', 'json']);
    assert.equal(result.status, 1);
    assert.deepEqual(json(result).map(({ file, code }) => ({ file, code })), [{ file: 'two.yaml', code: 'duplicate-dag-id' }]);
  });

  await t.test('the same file twice is one file', () => {
    const place = workspace({ 'one.yaml': config() });
    const result = dagwright(place, ['validate', 'one.yaml', './one.yaml', '.']);
    assert.equal(result.status, 0, result.stdout);
    assert.match(result.stdout, /1 file checked/);
  });

  await t.test('every environment is checked, and an equal finding is told once', () => {
    const extra = 'environments:\n  dev: {retries: many}\n  prod: {}\n';
    const place = workspace({ 'config.yaml': config({ extra }), 'latest.yaml': config({ name: 'other', image: 'x/y:latest', extra: 'environments: {dev: {}, prod: {}}\n' }) });
    const dev = json(dagwright(place, ['validate', 'config.yaml', '--format', 'json']));
    assert.equal(dev.length, 1);
    assert.equal(dev[0].line, 11);
    assert.equal(dagwright(place, ['validate', 'config.yaml', '--environment', 'prod']).status, 0);
    assert.equal(json(dagwright(place, ['validate', 'latest.yaml', '--format', 'json'])).filter((finding) => finding.code.startsWith('image')).length, 1);
    const unknown = dagwright(place, ['validate', '.', '--environment', 'prd']);
    assert.equal(unknown.status, 1);
    for (const file of ['config', 'latest']) assert.match(unknown.stdout, new RegExp(`^${file}\\.yaml:\\d+:\\d+ error unknown-environment .*“prd”[^]*Did you mean prod`, 'm'));
    const declared = workspace({ 'portal.json': '{"environments": ["dev", "prod"]}', 'config.yaml': config() });
    const mistaken = dagwright(declared, ['validate', 'config.yaml', '--environment', 'prd']);
    assert.equal(mistaken.status, 2);
    assert.match(mistaken.stderr, /no environment “prd”[^]*Did you mean “prod”/);
  });

  await t.test('an environment that nobody declares, and too many of them, are errors', () => {
    const extra = (count) => `environments: {${Array.from({ length: count }, (_, index) => `e${index}: {retries: many}`).join(', ')}}\n`;
    const place = workspace({ 'few.yaml': config({ extra: extra(50) }), 'many.yaml': config({ name: 'many', extra: extra(51) }) });
    const codes = (path) => json(dagwright(place, ['validate', path, '--format', 'json'])).map(({ code }) => code);
    assert.deepEqual(codes('few.yaml'), Array(50).fill('wrong-type'));
    assert.deepEqual(codes('many.yaml').sort(), ['too-many-entries', ...Array(50).fill('wrong-type')]);
    const declared = workspace({ 'portal.json': '{"environments": ["dev"]}', 'config.yaml': config({ extra: extra(1) }) });
    assert.deepEqual(json(dagwright(declared, ['validate', '.', '--format', 'json'])).map(({ code, pointer }) => [code, pointer]), [['unknown-environment', '/environments/e0']]);
  });

  await t.test('a file of Python is read', () => {
    const place = workspace({ 'good.py': 'from airflow import DAG\nwith DAG("x"):\n    pass\n', 'bad.py': 'def (:\n' });
    assert.equal(dagwright(place, ['validate', 'good.py']).status, 0);
    for (const path of ['bad.py', '.']) {
      const bad = dagwright(place, ['validate', path, '--format', 'json']);
      assert.equal(bad.status, 1);
      assert.deepEqual(json(bad).map(({ file, line }) => [file, line]), [['bad.py', 1]]);
    }
    assert.match(dagwright(place, ['validate', '.']).stdout, /2 files checked/);
    assert.equal(json(dagwright(place, ['validate', '-', '--format', 'json'], { input: 'def (:\n' }))[0].code, 'python-syntax');
  });

  await t.test('a hostile file can neither move the cursor nor forge a line', () => {
    const place = workspace({ 'config.yaml': config({ image: '"x\\e[2Jy\\nother.yaml:1:1 error forged z"' }) });
    const { stdout } = dagwright(place, ['validate', 'config.yaml']);
    assert.doesNotMatch(stdout, /\u001b/);
    assert.doesNotMatch(stdout, /^other\.yaml/m);
  });

  await t.test('nor can a hostile name of a file', () => {
    const name = 'a\u001b[2J\u009b\u202eb\nother.yaml:1:1 error forged z.yaml';
    const place = workspace({ [name]: 'template: nowhere@1\n', [`${name}.py`]: 'x = 1\n' });
    const hostile = /[\u001b\u0080-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]|^other/mu;
    for (const words of [['validate', '.'], ['validate', `${name}x`], ['graph', '.'], ['generate', name, '--out', '.'], ['generate', `${name}.py`, '--out', '.'], ['catalog', name]]) {
      const { stdout, stderr } = dagwright(place, words);
      assert.ok(stdout + stderr !== '');
      assert.doesNotMatch(stdout + stderr, hostile, words.join(' '));
    }
    const result = dagwright(place, ['validate', '.', '--format', 'json']);
    assert.doesNotMatch(result.stdout, hostile);
    assert.equal(json(result)[0].file, name);
    assert.doesNotMatch(dagwright(place, ['graph', '.', '--json']).stdout, hostile);
  });

  await t.test('colours need a terminal', () => {
    const place = workspace({ 'config.yaml': 'template: nowhere@1\n' });
    assert.doesNotMatch(dagwright(place, ['validate', 'config.yaml'], { env: { NO_COLOR: '' } }).stdout, /\u001b/);
  });
});

test('one file that cannot be read hides no other', async (t) => {
  const wrong = 'template: nowhere@1\npackage: a\nname: b\n';
  const place = workspace({
    'configs/a.yaml': wrong,
    'configs/cut.yaml': Buffer.from(`${config({ name: 'cut' })}# \xc3`, 'latin1'),
    'configs/huge.yaml': `template: kubernetes-job@1\n# ${'x'.repeat(1_100_000)}\n`,
    'configs/latin1.py': Buffer.from('# caf\xe9\n', 'latin1'),
    'configs/latin1.yaml': Buffer.from('template: x # caf\xe9\n', 'latin1'),
    'configs/utf16.yaml': Buffer.from(`\ufeff${config()}`, 'utf16le'),
    'configs/zero.yaml': wrong,
    'folder.yaml/x.yaml': wrong,
    'ok.yaml': config(),
  });
  symlinkSync('nowhere', join(place, 'dangling.yaml'));
  symlinkSync('circle.yaml', join(place, 'circle.yaml'));
  execFileSync('mkfifo', [join(place, 'pipe.yaml')]);
  const found = (result) => json(result).map(({ file, code }) => `${file} ${code}`);

  await t.test('in a folder', () => {
    const result = dagwright(place, ['validate', 'configs', '--format', 'json']);
    assert.equal(result.status, 1, result.stderr);
    assert.deepEqual(found(result), [
      'configs/a.yaml unknown-template',
      'configs/cut.yaml file-not-utf-8',
      'configs/huge.yaml file-too-large',
      'configs/latin1.py file-not-utf-8',
      'configs/latin1.yaml file-not-utf-8',
      'configs/utf16.yaml file-utf-16',
      'configs/zero.yaml unknown-template',
    ]);
    assert.match(json(result)[1].message, /line 10 /);
  });

  await t.test('among those that are named, where none is waited for', () => {
    const names = ['circle.yaml', 'dangling.yaml', 'pipe.yaml', '/dev/zero', '/dev/null', 'folder.yaml', 'ok.yaml'];
    const result = dagwright(place, ['validate', ...names, '--format', 'json']);
    assert.equal(result.status, 1, result.stderr);
    assert.deepEqual(found(result), [
      'circle.yaml file-unreadable',
      'dangling.yaml file-unreadable',
      'pipe.yaml file-not-regular',
      '/dev/zero file-not-regular',
      '/dev/null file-not-regular',
      'folder.yaml/x.yaml unknown-template',
    ]);
  });

  await t.test('in graph, generate and check', () => {
    const graph = dagwright(place, ['graph', 'configs/latin1.py', 'ok.yaml', '--json']);
    assert.equal(graph.status, 1);
    assert.deepEqual(json(graph).map(({ file, dags, partial }) => [file, dags.length, partial]), [['configs/latin1.py', 0, true], ['ok.yaml', 1, false]]);
    const generated = dagwright(place, ['generate', 'ok.yaml', 'configs/latin1.yaml', '--out', 'out']);
    assert.equal(generated.status, 1);
    assert.match(generated.stderr, /^configs\/latin1\.yaml:1:1 error file-not-utf-8 /m);
    assert.ok(!existsSync(join(place, 'out')));
    assert.deepEqual(found(dagwright(place, ['check', 'ok.yaml', 'configs/latin1.yaml', '--format', 'json'])), [
      'configs/latin1.yaml file-not-utf-8',
      'dags/finance/finance_nightly.py drift-missing',
    ]);
  });

  await t.test('in the catalogue and the inventory', () => {
    const settings = JSON.stringify({ catalogues: ['own', packaged], inventory: 'inventory.json' });
    const folder = workspace({
      'portal.json': settings,
      'inventory.json': '{"pools":\n ["x"],}',
      'own/odd/template.yaml': Buffer.from('id: caf\xe9\n', 'latin1'),
      'own/odd/huge.md': 'x'.repeat(1_100_000),
      'own/odd/logo.png': Buffer.from([0, 1, 0xff]),
      'ok.yaml': config(),
      'wrong.yaml': wrong,
    });
    const result = dagwright(folder, ['validate', 'ok.yaml', 'wrong.yaml', '--format', 'json']);
    assert.equal(result.status, 1, result.stderr);
    assert.deepEqual(found(result).filter((line) => !line.includes('template-')), [
      'inventory.json inventory',
      'own/odd/huge.md file-too-large',
      'own/odd/template.yaml file-not-utf-8',
      'wrong.yaml unknown-template',
    ]);
  });
});

test('an output that is no regular file is neither read nor replaced', () => {
  const place = workspace({ 'config.yaml': config(), 'dags/finance/x': '' });
  const target = join(place, 'dags/finance/finance_nightly.py');
  execFileSync('mkfifo', [target]);
  const drifted = () => json(dagwright(place, ['check', 'config.yaml', '--format', 'json'])).map(({ code, message }) => [code, /not a regular file/.test(message)]);
  assert.deepEqual(drifted(), [['drift', true]]);
  const written = dagwright(place, ['generate', 'config.yaml', '--out', '.']);
  assert.equal(written.status, 2);
  assert.match(written.stderr, /finance_nightly\.py cannot be written: it is not a regular file/);
  rmSync(target);
  symlinkSync('/dev/zero', target);
  assert.deepEqual(drifted(), [['drift', true]]);
  assert.equal(dagwright(place, ['generate', 'config.yaml', '--out', '.']).status, 0);
  assert.equal(dagwright(place, ['check', 'config.yaml']).status, 0);
  const device = dagwright(place, ['generate', 'config.yaml', '--out', '/dev/null']);
  assert.equal(device.status, 2);
});

test('an output that has no room is told, and is no finding', () => {
  const place = workspace({ 'config.yaml': config() });
  for (const words of [['--help'], ['graph', 'config.yaml', '--json']]) {
    const result = spawnSync('sh', ['-c', '"$0" "$@" >/dev/full', join(home, 'node_modules/.bin/dagwright'), ...words], { cwd: place, encoding: 'utf8' });
    assert.equal(result.status, 2);
    assert.equal(result.stderr, 'dagwright: the output could not be written: the disk is full.\n    Check where it goes, and whether there is room.\n');
  }
});

test('a portal.json that leads nowhere is not passed over', () => {
  for (const [target, reason] of [['portal.json', 'its symbolic links lead in a circle'], ['nowhere.json', 'there is no such file']]) {
    const place = workspace({ 'config.yaml': config() });
    symlinkSync(target, join(place, 'portal.json'));
    const result = dagwright(place, ['validate', 'config.yaml']);
    assert.equal(result.status, 2);
    assert.ok(result.stderr.includes(`portal.json:1:1 error file-unreadable This file cannot be read: ${reason}.`), result.stderr);
  }
});

test('an engine that fails costs one file, and is said', async (t) => {
  // No file is known to bring the engine down, so a copy of the package has one with faults.
  const faulty = workspace();
  cpSync(join(home, 'node_modules/dagwright'), faulty, { recursive: true });
  writeFileSync(join(faulty, 'engine.js'), `${readFileSync(join(faulty, 'engine.js'), 'utf8')}
const wasm_of = (name, ...code) => new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0,
  1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, code.length + 4, 1, code.length + 2, 0, ...code, 11]))).exports.f;
const faults = {
  'fault-endless': wasm_of('endless', 3, 64, 12, 0, 11),
  'fault-trap': wasm_of('trap', 0),
  'fault-stack': wasm_of('stack', 16, 0),
  'fault-memory'() { for (;;) { try { wasm.memory.grow(64); } catch { faults['fault-trap'](); } if (wasm.memory.grow(0) > 16384) throw new Error('more than 1 GB'); } },
};
for (const name of ['answer', 'check', 'load', 'read']) {
  const real = Engine.prototype[name];
  Engine.prototype[name] = function (value) {
    const text = JSON.stringify(value);
    for (const [word, fault] of Object.entries(faults)) if (text.includes(word)) fault();
    return real.call(this, value);
  };
}
`);
  const run = (place, words) => spawnSync(process.execPath, [join(faulty, 'dagwright.mjs'), ...words, '--deadline', '2'], { cwd: place, encoding: 'utf8' });
  const wrong = (name) => `template: ${name}@1\npackage: a\nname: b\n`;
  const place = workspace({
    'a.yaml': wrong('nowhere'),
    'b.yaml': wrong('fault-endless'),
    'c.yaml': wrong('fault-trap'),
    'd.yaml': wrong('fault-stack'),
    'e.py': '# fault-trap\n',
    'f.yaml': wrong('fault-memory'),
    'g.yaml': wrong('nowhere'),
  });
  const expected = [
    'a.yaml unknown-template',
    'b.yaml engine-too-slow',
    'c.yaml engine-crashed',
    'd.yaml engine-crashed',
    'e.py engine-crashed',
    'f.yaml engine-out-of-memory',
    'g.yaml unknown-template',
  ];
  const found = (list) => list.map(({ file, code }) => `${file} ${code}`);

  await t.test('in validate', () => {
    const result = run(place, ['validate', '.', '--format', 'json']);
    assert.equal(result.status, 2, result.stderr);
    assert.deepEqual(found(json(result)), expected);
    assert.match(json(result)[1].message, /2 seconds/);
    assert.equal(result.stderr, '');
  });

  await t.test('in graph and generate', () => {
    const graph = run(place, ['graph', '.', '--json']);
    assert.equal(graph.status, 2);
    assert.deepEqual(json(graph).map(({ partial }) => partial), Array(7).fill(true));
    assert.match(graph.stderr, /^b\.yaml:1:1 error engine-too-slow /m);
    const generated = run(place, ['generate', '.', '--out', 'out']);
    assert.equal(generated.status, 2);
    assert.match(generated.stderr, /^c\.yaml:1:1 error engine-crashed /m);
    assert.match(generated.stderr, /nothing was written/);
  });

  await t.test('among many files on several threads', () => {
    const many = workspace(Object.fromEntries(Array.from({ length: 450 }, (_, index) => [`${1000 + index}.yaml`, wrong(index % 100 === 7 ? 'fault-trap' : 'nowhere')])));
    const result = run(many, ['validate', '.', '--format', 'json']);
    assert.equal(result.status, 2);
    const codes = json(result).map(({ code }) => code);
    assert.equal(codes.length, 450);
    for (const [index, code] of codes.entries()) assert.equal(code, index % 100 === 7 ? 'engine-crashed' : 'unknown-template', String(index));
  });

  await t.test('while templates are loaded', () => {
    const own = workspace({
      'portal.json': JSON.stringify({ catalogues: ['own', packaged] }),
      'own/bad/template.yaml': 'id: fault-endless\n',
      'ok.yaml': config(),
      'wrong.yaml': wrong('nowhere'),
    });
    const result = run(own, ['validate', 'ok.yaml', 'wrong.yaml', '--format', 'json']);
    assert.equal(result.status, 2, result.stderr);
    assert.deepEqual(found(json(result)), ['own/bad/template.yaml engine-too-slow', 'wrong.yaml unknown-template']);
  });
});

test('documents that are made to break a reader get an answer', async (t) => {
  const nested = (text) => `template: kubernetes-job@1\npackage: a\nname: b\nparameters:\n  x: ${text}\n`;
  const cases = {
    'deep flow lists': nested('['.repeat(400_000)),
    'deep flow maps': nested('{a: '.repeat(200_000)),
    'deep block lists': nested(`\n    ${'- '.repeat(300_000)}x`),
    'an alias bomb': `template: kubernetes-job@1\npackage: a\nname: b\nparameters:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n${Array.from(
      { length: 12 },
      (_, i) => `  a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(', ')}]\n`,
    ).join('')}`,
    'a million keys': nested(`\n${Array.from({ length: 60_000 }, (_, i) => `    k${i}: 1\n`).join('')}`),
    'a huge number': nested('9'.repeat(100_000)),
    'control characters': nested('"\\0\\u0001"'),
    'an empty document': '',
    'only a comment': '# nothing\n',
    'two documents': `${config()}---\n${config()}`,
    'a list': '- template: kubernetes-job@1\n',
    'a tag': nested('!!python/object/apply:os.system ["true"]'),
  };
  for (const [name, text] of Object.entries(cases)) {
    await t.test(name, () => {
      const place = workspace({ 'config.yaml': text });
      const result = dagwright(place, ['validate', 'config.yaml', '--format', 'json']);
      assert.equal(result.status, 1, result.stderr.slice(0, 500));
      assert.ok(json(result).every((finding) => finding.message.length < 1000));
    });
  }
  await t.test('10 MB of nesting', () => {
    const place = workspace({ 'config.yaml': nested('['.repeat(10_000_000)), 'dag.py': '('.repeat(900_000) });
    assert.match(dagwright(place, ['validate', 'config.yaml']).stdout, /^config\.yaml:1:1 error file-too-large /m);
    assert.match(dagwright(place, ['validate', '-'], { input: nested('['.repeat(10_000_000)) }).stdout, /^-:1:1 error file-too-large /m);
    assert.equal(dagwright(place, ['validate', 'dag.py']).status, 1);
  });
});

test('generate', async (t) => {
  await t.test('writes every environment, the same bytes each time', () => {
    const place = workspace({ 'config.yaml': example });
    const first = dagwright(place, ['generate', 'config.yaml', '--out', 'out/deep']);
    assert.equal(first.status, 0, first.stderr);
    const paths = ['dev', 'prod', 'staging'].map((name) => `dags/${name}/reporting_seeder/reporting_seeder_refresh_all.py`);
    assert.deepEqual(files(join(place, 'out/deep')), paths);
    assert.match(first.stdout, /^written {2}out\/deep\/dags\/dev\//m);
    assert.match(first.stdout, /3 files written, 0 unchanged\.\n$/);
    const before = paths.map((path) => readFileSync(join(place, 'out/deep', path), 'utf8'));
    assert.equal(new Set(before).size, 3);
    const second = dagwright(place, ['generate', '-', '--out', 'out/deep'], { input: example });
    assert.match(second.stdout, /0 files written, 3 unchanged\.\n$/);
    assert.deepEqual(paths.map((path) => readFileSync(join(place, 'out/deep', path), 'utf8')), before);
  });

  await t.test('writes one environment, or none', () => {
    const place = workspace({ 'example.yaml': example, 'plain.yaml': config() });
    assert.equal(dagwright(place, ['generate', 'example.yaml', '--out', 'one', '--environment', 'prod']).status, 0);
    assert.deepEqual(files(join(place, 'one')), ['dags/prod/reporting_seeder/reporting_seeder_refresh_all.py']);
    assert.equal(dagwright(place, ['generate', 'plain.yaml', '--out', 'none']).status, 0);
    assert.deepEqual(files(join(place, 'none')), ['dags/finance/finance_nightly.py']);
    const unknown = dagwright(place, ['generate', 'example.yaml', '--out', 'no', '--environment', 'production']);
    assert.equal(unknown.status, 1);
    assert.match(unknown.stderr, /^example\.yaml:\d+:\d+ error unknown-environment /m);
    assert.ok(!existsSync(join(place, 'no')));
  });

  await t.test('the environments of the settings come before those of the config', () => {
    const place = workspace({ 'portal.json': '{"environments": ["test", "live"]}', 'deep/er/config.yaml': config() });
    const result = dagwright(join(place, 'deep/er'), ['generate', 'config.yaml', '--out', 'out']);
    assert.equal(result.status, 0, result.stderr);
    assert.deepEqual(files(join(place, 'deep/er/out')), ['dags/live/finance/finance_nightly.py', 'dags/test/finance/finance_nightly.py']);
  });

  await t.test('where anything is wrong nothing is written', () => {
    const place = workspace({ 'good.yaml': config(), 'wrong.yaml': config({ name: 'other', image: '""' }) });
    const result = dagwright(place, ['generate', 'good.yaml', 'wrong.yaml', '--out', 'out']);
    assert.equal(result.status, 1);
    assert.match(result.stderr, /^wrong\.yaml:\d+:\d+ error /m);
    assert.match(result.stderr, /nothing was written/);
    assert.ok(!existsSync(join(place, 'out')));
  });

  await t.test('two texts for one path are refused', () => {
    const place = workspace({
      'portal.json': '{"paths": {"output": "dags/{package}.py"}}',
      'one.yaml': config({ name: 'one' }),
      'two.yaml': config({ name: 'two' }),
    });
    const result = dagwright(place, ['generate', '.', '--out', 'out']);
    assert.equal(result.status, 1);
    assert.match(result.stderr, /^two\.yaml:1:1 error output-collision .*one\.yaml/m);
    assert.ok(!existsSync(join(place, 'out')));
  });

  await t.test('nothing is written outside of the folder', () => {
    for (const output of ['../{dag_id}.py', 'a/../../{dag_id}.py', '/tmp/{dag_id}.py', 'C:/{dag_id}.py', 'a\\\\..\\\\{dag_id}.py', './{dag_id}.py', 'a//{dag_id}.py']) {
      const place = workspace({ 'portal.json': `{"paths": {"output": "${output}"}}`, 'in/config.yaml': config() });
      const result = dagwright(join(place, 'in'), ['generate', 'config.yaml', '--out', 'out']);
      assert.equal(result.status, 2, `${output}: ${result.stdout}${result.stderr}`);
      assert.deepEqual(files(place), ['in/config.yaml', 'portal.json']);
    }
  });

  await t.test('a link that leads out of the folder is not followed', () => {
    const place = workspace({ 'config.yaml': config(), 'elsewhere/kept.txt': 'x' });
    mkdirSync(join(place, 'out'));
    symlinkSync(join(place, 'elsewhere'), join(place, 'out/dags'));
    const result = dagwright(place, ['generate', 'config.yaml', '--out', 'out']);
    assert.equal(result.status, 2, result.stdout);
    assert.match(result.stderr, /does not stay in out/);
    assert.deepEqual(files(join(place, 'elsewhere')), ['kept.txt']);
  });

  await t.test('a link in place of the file is replaced, and what it led to is left alone', () => {
    const place = workspace({ 'config.yaml': config(), 'secret.txt': 'x', 'out/dags/finance/other.py': '' });
    symlinkSync(join(place, 'secret.txt'), join(place, 'out/dags/finance/finance_nightly.py'));
    assert.equal(dagwright(place, ['generate', 'config.yaml', '--out', 'out']).status, 0);
    assert.equal(readFileSync(join(place, 'secret.txt'), 'utf8'), 'x');
  });

  await t.test('a folder that cannot be made is told', () => {
    const place = workspace({ 'config.yaml': config(), out: 'a file' });
    const result = dagwright(place, ['generate', 'config.yaml', '--out', 'out']);
    assert.equal(result.status, 2);
    assert.match(result.stderr, /^dagwright: out.* cannot be (used|written): /);
    assert.deepEqual(files(place), ['config.yaml', 'out']);
  });

  await t.test('no language changes what is written', () => {
    const place = workspace({ 'config.yaml': config() });
    const [english, german] = ['en', 'de'].map((language) => {
      const result = dagwright(place, ['generate', 'config.yaml', '--out', language, '--language', language]);
      assert.equal(result.status, 0, result.stderr);
      return readFileSync(join(place, language, 'dags/finance/finance_nightly.py'), 'utf8');
    });
    assert.equal(german, english);
  });

  await t.test('--airflow changes what is written', () => {
    const place = workspace({ 'config.yaml': config() });
    const texts = ['2.5.3', '2.11.2', '3.3.2'].map((version) => {
      const result = dagwright(place, ['generate', 'config.yaml', '--out', version, '--airflow', version]);
      assert.equal(result.status, 0, result.stderr);
      return readFileSync(join(place, version, 'dags/finance/finance_nightly.py'), 'utf8');
    });
    assert.notEqual(texts[0], texts[1]);
    assert.notEqual(texts[1], texts[2]);
    assert.match(texts[2], /from airflow\.sdk import/);
  });
});

test('an answer that an old Airflow cannot follow is pointed at, in the config', () => {
  const schedule = '  schedule:\n    assets: [s3://lake/orders, s3://lake/returns]\n    wait_for: any\n';
  const place = workspace({ 'config.yaml': config({ extra: schedule }) });
  const validate = (version) => dagwright(place, ['validate', 'config.yaml', '--airflow', version, '--format', 'json']);
  const [{ code, pointer, line }] = json(validate('2.5.3'));
  assert.deepEqual([code, pointer], ['schedule-any-too-new', '/parameters/schedule/wait_for']);
  const lines = readFileSync(join(place, 'config.yaml'), 'utf8').split('\n');
  assert.match(lines[line - 1], /wait_for: any/);
  assert.deepEqual(json(validate('2.11.2')), []);
});

test('check finds drift', () => {
  const place = workspace({ 'config.yaml': config() });
  const path = join(place, 'dags/finance/finance_nightly.py');
  assert.equal(dagwright(place, ['generate', 'config.yaml', '--out', '.']).status, 0);
  const fresh = dagwright(place, ['check', 'config.yaml']);
  assert.equal(fresh.status, 0, fresh.stdout);
  assert.match(fresh.stdout, /1 generated file compared\.\n$/);

  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replaceAll('\n', '\r\n'));
  assert.equal(dagwright(place, ['check', '.']).status, 0, 'the line ends that git makes on Windows are no drift');

  const lines = text.split('\n');
  writeFileSync(path, [...lines.slice(0, 9), `é${lines[9]}`, ...lines.slice(10)].join('\n'));
  const changed = dagwright(place, ['check', 'config.yaml', '--format', 'json']);
  assert.equal(changed.status, 1);
  const [finding] = json(changed);
  assert.deepEqual(
    { file: finding.file, line: finding.line, column: finding.column, code: finding.code },
    { file: 'dags/finance/finance_nightly.py', line: 10, column: 1, code: 'drift' },
  );

  writeFileSync(path, `${text}\nmore\n`);
  assert.match(dagwright(place, ['check', 'config.yaml']).stdout, new RegExp(`nightly\\.py:${lines.length + 1}:1 error drift `));

  rmSync(path);
  const missing = dagwright(place, ['check', 'config.yaml']);
  assert.equal(missing.status, 1);
  assert.match(missing.stdout, /error drift-missing .*config\.yaml gives it/);
  assert.ok(!existsSync(path), 'check writes nothing');

  assert.equal(dagwright(place, ['generate', 'config.yaml', '--out', 'elsewhere']).status, 0);
  assert.equal(dagwright(place, ['check', 'config.yaml', '--out', 'elsewhere']).status, 0);
});

test('graph', async (t) => {
  await t.test('shows the tasks and edges of a config', () => {
    const place = workspace({ 'config.yaml': config({ extra: '    - name: then\n      image: a/b:1\n      depends_on: [run]\n' }) });
    const result = dagwright(place, ['graph', 'config.yaml', '--json']);
    assert.equal(result.status, 0, result.stderr);
    assert.deepEqual(json(result), [
      {
        file: 'config.yaml',
        dags: [
          {
            dag_id: 'finance_nightly',
            schedule: { kind: 'none' },
            catchup: false,
            tags: json(result)[0].dags[0].tags,
            tasks: [
              { task_id: 'run', operator: 'KubernetesPodOperator', decorator: null, downstream: ['then'], trigger_rule: 'all_success', retries: 2, group: null },
              { task_id: 'then', operator: 'KubernetesPodOperator', decorator: null, downstream: [], trigger_rule: 'all_success', retries: 2, group: null },
            ],
            groups: [],
            partial: false,
            unknown: [],
          },
        ],
        unresolved: [],
        partial: false,
      },
    ]);
    const text = dagwright(place, ['graph', 'config.yaml']);
    assert.equal(text.stdout, 'finance_nightly  only by hand\n  run  KubernetesPodOperator  >> then\n  then  KubernetesPodOperator\n');
  });

  await t.test('reads the file that generate wrote as it reads the config', () => {
    const place = workspace({ 'config.yaml': config() });
    dagwright(place, ['generate', 'config.yaml', '--out', '.']);
    const [config_, python] = json(dagwright(place, ['graph', 'config.yaml', 'dags', '--json']));
    assert.equal(python.file, 'dags/finance/finance_nightly.py');
    assert.deepEqual(python.dags, config_.dags);
  });

  await t.test('reads an environment of a config, and Python from standard input', () => {
    const place = workspace({ 'example.yaml': example });
    const schedule = (words, input) => json(dagwright(place, ['graph', '--json', ...words], { input }))[0].dags[0].schedule;
    assert.deepEqual(schedule(['example.yaml']), { kind: 'given', text: '0 2 * * *' });
    assert.deepEqual(schedule(['example.yaml', '--environment', 'dev']), { kind: 'none' });
    const python = (words, more = []) => schedule(['-', ...more], `from airflow import DAG\nwith DAG("x"${words}):\n    pass\n`);
    assert.deepEqual(python(', schedule="@daily"'), { kind: 'given', text: '@daily' });
    assert.deepEqual(python(', schedule=f()'), { kind: 'unknown' });
    assert.deepEqual(python('', ['--airflow', '2.11.2']), { kind: 'default', text: '1 day, 0:00:00' });
    assert.deepEqual(python('', ['--airflow', '3.3.2']), { kind: 'default', text: null });
  });

  await t.test('tells what is not known from what is absent', () => {
    const file = 'from airflow import DAG\nfrom elsewhere import NAME, TIMES, TAGS, Step\nwith DAG(NAME, schedule=TIMES, tags=[TAGS]) as dag:\n    Step(task_id="a", retries=TAGS)\n';
    const place = workspace({ 'dag.py': file });
    const [{ dags, unresolved }] = json(dagwright(place, ['graph', 'dag.py', '--json']));
    assert.equal(dags[0].dag_id, null);
    assert.deepEqual(dags[0].unknown, ['dag_id', 'schedule', 'tags']);
    assert.equal(dags[0].tasks[0].retries, null);
    assert.equal(dags[0].partial, false);
    assert.equal(unresolved.length, 4);
    assert.match(dagwright(place, ['graph', 'dag.py']).stdout, /^\? {2}schedule not known {2}\(not known: dag_id, tags\)\n {2}a {2}Step\n/);
  });

  await t.test('what cannot be read is an error', () => {
    const result = dagwright(workspace({ 'bad.py': 'def (:\n' }), ['graph', 'bad.py', '--json']);
    assert.equal(result.status, 1);
    assert.deepEqual(json(result), [{ file: 'bad.py', dags: [], unresolved: [], partial: true }]);
    assert.match(result.stderr, /^bad\.py:1:\d+ error /);
    assert.match(dagwright(workspace({ 'bad.py': 'def (:\n' }), ['graph', 'bad.py']).stdout, /^bad\.py {2}\(not everything could be read\)$/m);
  });

  await t.test('nothing of what is read is run', () => {
    const place = workspace({ 'evil.py': 'open("ran", "w").write("x")\nimport os; os.system("touch ran")\n' });
    dagwright(place, ['graph', 'evil.py', '--json']);
    dagwright(place, ['validate', 'evil.py']);
    assert.deepEqual(files(place), ['evil.py']);
  });
});

test('catalog lists the templates and their files', () => {
  const result = dagwright(workspace(), ['catalog', packaged]);
  assert.equal(result.status, 0, result.stderr);
  const card = json(result).templates.find(({ id }) => id === 'kubernetes-job');
  assert.match(card.version, /^\d+\.\d+\.\d+$/);
  assert.ok(card.title && card.summary && card.owner && card.status);
  assert.ok(card.files.includes('kubernetes-job/template.yaml'));
  const { width, height, nodes, edges } = card.preview;
  assert.ok(width > 0 && height > 0 && nodes.length > 3 && edges.length > 2, 'a picture of the largest example');
  for (const node of nodes) assert.ok(node.x >= 0 && node.x + node.width <= width && node.operator === 'KubernetesPodOperator');
  for (const path of card.files) assert.ok(existsSync(join(packaged, path)), path);
  // Which language asks makes no difference: the card has the words of all.
  assert.equal(card.title, 'Kubernetes job');
  assert.equal(card.locales.de.title, 'Kubernetes-Job');
  assert.ok(card.locales.de.summary);
  assert.ok(card.files.includes('kubernetes-job/locales/de.yaml'));
  assert.equal(dagwright(workspace(), ['catalog', packaged, '--language', 'de']).stdout, result.stdout);
});

test('findings follow the language that is asked for, and no other', async (t) => {
  const wrong = config().replace(/^  owner:.*$/m, '');
  const said = (portal, ...options) => {
    const files = { 'config.yaml': wrong, ...(portal && { 'portal.json': JSON.stringify(portal) }) };
    const place = workspace(files);
    const result = dagwright(place, ['validate', 'config.yaml', ...options], { env: { LANG: 'de_DE.UTF-8' } });
    assert.equal(result.status, 1, result.stderr);
    return result.stdout;
  };
  await t.test('English, whatever the terminal speaks', () => assert.match(said(undefined), /\/parameters\/owner is required/));
  await t.test('that of portal.json', () => assert.match(said({ language: 'de-AT' }), /\/parameters\/owner ist erforderlich/));
  await t.test('--language before that of portal.json', () => {
    assert.match(said({ language: 'de' }, '--language', 'en'), /\/parameters\/owner is required/);
    assert.match(said(undefined, '--language', 'de'), /\/parameters\/owner ist erforderlich/);
  });
});

test('catalogues', async (t) => {
  const template = (id, source) => ({
    [`${id}/template.yaml`]: `id: ${id}
version: 1.0.0
title: A template
summary: It does a thing.
owner: us
tags: []
outputs:
  - source: dag.py.j2
parameters:
  type: object
  properties: {}
`,
    [`${id}/dag.py.j2`]: source,
  });
  const inside = (folder, files) => Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));

  await t.test('./templates serves where the settings name none, and is not taken for configs', () => {
    const place = workspace({
      ...inside('templates', template('own', 'from airflow import DAG\nwith DAG({{ dag_id }}):\n    pass\n')),
      'templates/own/examples/x.yaml': 'template: own@1\npackage: a\nname: b\n',
      'x.yaml': 'template: own@1\npackage: a\nname: b\n',
      'y.yaml': config(),
    });
    const result = dagwright(place, ['validate', '.', '--format', 'json']);
    assert.deepEqual(json(result).map(({ file, code }) => `${file} ${code}`), ['y.yaml unknown-template']);
    assert.match(dagwright(place, ['validate', 'templates']).stdout, /1 file checked/);
  });

  await t.test('several folders are one catalogue, relative to portal.json', () => {
    const place = workspace({
      'settings/portal.json': '{"catalogues": ["one", "../two"]}',
      ...inside('settings/one', template('first', 'from airflow import DAG\nwith DAG({{ dag_id }}):\n    pass\n')),
      ...inside('two', template('second', 'from airflow import DAG\nwith DAG({{ dag_id }}):\n    pass\n')),
      'a.yaml': 'template: first@1\npackage: a\nname: a\n',
      'b.yaml': 'template: second@1\npackage: a\nname: b\n',
    });
    const result = dagwright(place, ['validate', 'a.yaml', 'b.yaml', '--portal', 'settings/portal.json']);
    assert.equal(result.status, 0, result.stdout);
  });

  await t.test('a template with a placeholder inside quotes is refused, with its place', () => {
    const place = workspace({
      ...inside('templates', template('bad', 'from airflow import DAG\nx = "{{ name }}"\n')),
      'a.yaml': 'template: bad@1\npackage: a\nname: a\n',
    });
    const result = dagwright(place, ['validate', 'a.yaml']);
    assert.equal(result.status, 1);
    assert.match(result.stdout, /^templates\/bad\/dag\.py\.j2:2:\d+ error template-/m);
  });

  await t.test('an endless template is stopped', () => {
    const endless = 'x = 1\n{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}{% endfor %}{% endfor %}{% endfor %}\n';
    const place = workspace({
      ...inside('templates', template('endless', endless)),
      'a.yaml': 'template: endless@1\npackage: a\nname: a\n',
    });
    const result = dagwright(place, ['validate', 'a.yaml']);
    assert.equal(result.status, 1, result.stderr);
    assert.match(result.stdout, /error template-/);
  });
});
