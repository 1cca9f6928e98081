// The types that the elements' editors and readers rely on stand in comments; a compiler checks them. What has no type may be
// anything; the forge's clients leave nothing open (tests/forge/types.test.mjs).
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { repository } from './installed.mjs';

const elements = join(repository, 'web', 'elements');
/** The element that hands over, and its parts, carry no types yet. */
const isBare = (name) => /^submit\b/.test(name);

test('the types of the elements hold', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'dagwright-types-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const names = readdirSync(elements, { recursive: true }).filter((name) => name.endsWith('.js') && !isBare(name));
  assert.ok(names.includes('picture.js') && names.includes(join('code', 'lines.js')));
  const files = names.map((name) => join(elements, name));
  const compilerOptions = { strict: true, noImplicitAny: false, allowJs: true, checkJs: true, noEmit: true, noUnusedLocals: true, noImplicitReturns: true, target: 'es2022', module: 'esnext', moduleResolution: 'bundler', lib: ['es2022', 'dom', 'dom.iterable'], types: [] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  try {
    execFileSync(join(repository, 'tests', 'node_modules', '.bin', 'tsc'), ['--project', folder, '--pretty', 'false'], { encoding: 'utf8' });
  } catch (error) {
    assert.fail(error.stdout);
  }
});
