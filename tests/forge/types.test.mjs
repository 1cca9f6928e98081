// The types that the page's editors and readers rely on stand in comments; a compiler checks them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

test('the types of the forge’s clients hold', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'dagwright-types-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const files = ['forge.js', 'forge/sign-in.js', 'forge/token-page.js'].map((name) => fileURLToPath(new URL(`../../web/elements/${name}`, import.meta.url)));
  const compilerOptions = { strict: true, allowJs: true, checkJs: true, noEmit: true, noUnusedLocals: true, noImplicitReturns: true, target: 'es2022', module: 'esnext', moduleResolution: 'bundler', lib: ['es2022', 'dom', 'dom.iterable'], types: [] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  try {
    execFileSync(fileURLToPath(new URL('../node_modules/.bin/tsc', import.meta.url)), ['--project', folder, '--pretty', 'false'], { encoding: 'utf8' });
  } catch (error) {
    assert.fail(error.stdout);
  }
});
