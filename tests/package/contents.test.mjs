import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { contents, home, repository } from './installed.mjs';

const manifest = JSON.parse(readFileSync(join(home, 'node_modules/dagwright/package.json'), 'utf8'));

test('the package holds what its users need, and nothing else', () => {
  const own = contents.filter((path) => !path.startsWith('templates/'));
  assert.deepEqual(own, [
    'LICENSE',
    'README.md',
    'command/answers.mjs',
    'command/arguments.mjs',
    'command/catalog.mjs',
    'command/check.mjs',
    'command/diff.mjs',
    'command/engine.mjs',
    'command/examine.mjs',
    'command/files.mjs',
    'command/findings.mjs',
    'command/generate.mjs',
    'command/graph.mjs',
    'command/inputs.mjs',
    'command/nearest.mjs',
    'command/output.mjs',
    'command/portal.mjs',
    'command/stop.mjs',
    'command/terminal.mjs',
    'command/validate.mjs',
    'command/worker.mjs',
    'dagwright.mjs',
    'engine.d.ts',
    'engine.js',
    'engine.wasm',
    'index.node.mjs',
    'index.web.mjs',
    'package.json',
    'policies/recommended.yaml',
    'worker.js',
  ]);
});

test('the catalogue in the package is the one of the repository', () => {
  const tracked = execFileSync('find', ['templates', '-type', 'f'], { cwd: repository, encoding: 'utf8' });
  const templates = contents.filter((path) => path.startsWith('templates/'));
  assert.deepEqual(templates, tracked.trim().split('\n').sort());
});

test('the package runs nothing when it is installed, and needs nothing', () => {
  assert.equal(manifest.scripts, undefined);
  assert.equal(manifest.dependencies, undefined);
  assert.equal(manifest.optionalDependencies, undefined);
  assert.equal(manifest.peerDependencies, undefined);
});

test('the package has the version of the workspace', () => {
  const workspace = readFileSync(join(repository, 'Cargo.toml'), 'utf8');
  assert.equal(manifest.version, /\[workspace\.package\][^[]*?\nversion = "(.*)"/.exec(workspace)[1]);
});

test('every file that the package names is in it', () => {
  const named = [...Object.values(manifest.exports).flatMap((entry) => (typeof entry === 'string' ? [entry] : Object.values(entry))), ...Object.values(manifest.bin)];
  for (const path of named) assert.ok(contents.includes(path.replace(/^\.\//, '')), `${path} is not in the package`);
});

test('the engine does not tell where it was built', () => {
  const wasm = readFileSync(join(home, 'node_modules/dagwright/engine.wasm'), 'latin1');
  for (const place of [repository.replace(/\/$/, ''), process.env.CARGO_HOME, process.env.HOME]) {
    if (place && place !== '/') assert.ok(!wasm.includes(`${place}/`), `engine.wasm holds the path ${place}`);
  }
});
