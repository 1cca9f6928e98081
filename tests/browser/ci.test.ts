// What the project's own CI says of a branch that the page has made: a clone of it, and the command as npm installs it.
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { install } from '../package/install.mjs';
import { HOST, expect, handedIn, ready, submit, test as base } from './forge.ts';

const test = base.extend<{}, { command: string }>({
  command: [
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'dagwright-ci-'));
      await use(join(install(folder).home, 'node_modules/.bin/dagwright'));
      rmSync(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
});

const FORGE = { kind: 'gitlab', url: HOST, project: 'data/dags' };

for (const [name, settings, files] of [
  ['a project with the usual settings', {}, ['dags/finance_reports/finance_reports_nightly.py']],
  [
    'a project with environments, an older Airflow and folders of its own',
    { url: 'https://dags.example.com', environments: ['dev', 'prod'], airflow: { version: '2.11' }, paths: { config: 'jobs/{name}/{package}.yaml', output: 'airflow/{environment}/{dag_id}.py' } },
    ['airflow/dev/finance_reports_nightly.py', 'airflow/prod/finance_reports_nightly.py'],
  ],
] as const) {
  test(`CI finds nothing in what was handed in, and finds what was changed by hand: ${name}`, async ({ page, context, forge, command }) => {
    const portal = { ...settings, forge: FORGE };
    const project = await forge.state.addProject({ path: 'data/dags', members: { ada: 'write' }, files: { 'portal.json': JSON.stringify(portal) } });
    await context.route('**/portal.json', (route) => route.fulfill({ json: portal }));
    await ready(page);
    await submit(page);
    await handedIn(page);

    const clone = mkdtempSync(join(tmpdir(), 'dagwright-clone-'));
    const git = (...words: string[]) => execFileSync('git', words, { cwd: clone, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    git('clone', '--quiet', '--branch', project.requests[0].branch, project.repository.folder, '.');
    const run = (...words: string[]) => {
      const { status, stdout, stderr } = spawnSync(command, words, { cwd: clone, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
      return { status, said: stdout + stderr };
    };
    const [config] = git('ls-files', '*.yaml').trim().split('\n');
    expect(git('ls-files', '*.py').trim().split('\n')).toEqual(files);
    expect(run('validate', '.')).toEqual({ status: 0, said: `Nothing found; ${files.length + 1} files checked.\n` });
    expect(run('check', '.')).toEqual({ status: 0, said: `Nothing found; ${files.length === 1 ? '1 generated file' : `${files.length} generated files`} compared.\n` });
    expect(run('generate', config!, '--out', '.').status).toBe(0);
    expect(git('status', '--porcelain')).toBe('');

    appendFileSync(join(clone, files[0]), 'import os\n');
    const drift = run('check', '.');
    expect(drift.status).toBe(1);
    expect(drift.said).toContain(`${files[0]}:`);
    expect(drift.said).toContain('error drift');
    git('checkout', '--quiet', '.');
    rmSync(join(clone, files[0]));
    expect(run('check', '.')).toMatchObject({ status: 1, said: expect.stringContaining('error drift-missing') });
    rmSync(clone, { recursive: true });
  });
}
