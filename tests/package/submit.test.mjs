// What leaves the page for a reviewer: patches that git takes, and descriptions in which nothing that was typed does anything.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { description, mermaid, message, title } from '../../web/elements/submit/description.js';
import { patch } from '../../web/elements/submit/patch.js';
import { branchName, branchStem, letter, newFile, shell } from '../../web/elements/submit/ways.js';
import { ENGLISH } from '../../web/elements/words.js';
import { GERMAN } from '../../web/elements/words/german.js';

const folder = mkdtempSync(join(tmpdir(), 'dagwright-submit-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** A repository with some files, and a way to ask git. */
function repository(name, files = {}) {
  const place = join(folder, name);
  mkdirSync(place, { recursive: true });
  const git = (...words) => execFileSync('git', ['-c', 'user.name=Committer', '-c', 'user.email=committer@example.com', ...words], { cwd: place, encoding: 'utf8', stdio: 'pipe' });
  git('init', '--quiet', '--initial-branch=main');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(place, path)), { recursive: true });
    writeFileSync(join(place, path), text);
  }
  git('add', '--all');
  git('commit', '--quiet', '--allow-empty', '--message=Begin');
  return { git, place, read: (path) => readFileSync(join(place, path), 'utf8'), write: (path, text) => writeFileSync(join(place, path), text) };
}

const author = { name: 'Ada Lovelace', email: 'ada@example.com' };
const date = new Date('2026-02-03T04:05:06Z');

/** The repository after a patch. */
function applied(name, before, files, text = 'Add a job\n\nWhy it is there.\n') {
  const own = repository(name, before);
  own.write('change.patch', patch({ author, date, message: text }, files));
  own.git('am', '--quiet', 'change.patch');
  return own;
}

test('git takes a patch with new files and changed ones, byte for byte', () => {
  const before = { 'configs/finance/nightly.yaml': 'a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\ng: 7\nh: 8\n', 'same.txt': 'same\n' };
  const files = [
    { path: 'configs/finance/nightly.yaml', text: 'a: 1\nb: two\nc: 3\nd: 4\ne: 5\nf: 6\ng: 7\n# ü\nh: 8', before: before['configs/finance/nightly.yaml'] },
    { path: 'dags/finance/nightly.py', text: '"""Ein Tag: ❤"""\n\nx = "a\\nb"\n-- \nFrom here\n' },
    { path: 'dags/with blank/ü "q".py', text: 'x = 1' },
    { path: 'same.txt', text: 'same\n', before: 'same\n' },
  ];
  const own = applied('bytes', before, files);
  for (const { path, text } of files) assert.equal(own.read(path), text, path);
  assert.equal(own.git('log', '-1', '--format=%an <%ae> %at%n%B').trim(), 'Ada Lovelace <ada@example.com> 1770091506\nAdd a job\n\nWhy it is there.');
  assert.equal(own.git('show', '--stat', '--format=').match(/files? changed/g).length, 1);
  assert.ok(!own.git('show', '--name-only', '--format=').includes('same.txt'));
});

test('nothing in a message ends it, begins another mail or becomes a header', () => {
  const text = 'Add “a”\r\nBcc: x@example.com\n\n---\ndiff --git a/x b/x\nFrom 0000 Mon Sep 17 00:00:00 2001\nFrom: eve\n\nDagwright-Template: job@1.0.0\n';
  const own = applied('hostile', {}, [{ path: 'a.py', text: 'x\n' }], text);
  assert.equal(own.git('log', '--format=%an %s').trim(), 'Ada Lovelace Add “a”\nCommitter Begin');
  const body = own.git('log', '-1', '--format=%b');
  assert.match(body, /Bcc: x@example\.com/);
  assert.match(own.git('log', '-1', '--format=%(trailers:key=Dagwright-Template,valueonly)'), /job@1\.0\.0/);
  const mail = patch({ author: { name: 'Eve\nX-Header: 1', email: 'a@b>\nX: <c' }, date, message: 'x' }, []);
  assert.doesNotMatch(mail, /^X/m);
});

test('a message has its trailers on lines of their own', () => {
  const text = message({ title: 'Add x\nSigned-off-by: eve', template: 'job@1.0.0', hash: 'abc', person: 'Ada\nReviewed-by: eve' });
  assert.equal(text, 'Add x Signed-off-by: eve\n\nDagwright-Template: job@1.0.0\nDagwright-Config-Hash: abc\nRequested-by: Ada Reviewed-by: eve\n');
  assert.equal(title('Add {dag_id} for {nobody}', { dag_id: 'finance_x' }), 'Add finance_x for {nobody}');
});

const field = (title, value) => ({ kind: 'text', prompt: 0, title, pointer: `/${title}`, value });
const answer = (fields, more = {}) => ({
  summary: 'Daily at 02:00 UTC.', fields, prompts: [{ title: '' }], diagnostics: [], environments: ['prod'], differences: [{ place: 'retries', text: '1', values: ['5'] }],
  dags: [{ dag_id: 'a', tasks: [{ task_id: 'extract', downstream: ['load'] }, { task_id: 'load', downstream: [] }] }], ...more,
});
const template = { id: 'job', version: '1.0.0', title: 'Job' };

test('a description tells the reviewer everything, in each language', () => {
  const finding = { severity: 'warning', code: 'image-without-tag', message: 'The image has no tag.' };
  const made = { answer: answer([field('Owner', 'finance')], { diagnostics: [finding] }), environments: [{ name: 'prod', answer: answer([], { diagnostics: [finding] }) }], template, hash: 'abc123', link: 'https://portal.example.com/#/open/1.e30' };
  assert.equal(
    description(made, ENGLISH),
    `\`Daily at 02:00 UTC.\`

| Environment | What will run |
| --- | --- |
| \`prod\` | \`Daily at 02:00 UTC.\` |

### Your answers

| Question | Answer |
| --- | --- |
| \`Owner\` | \`finance\` |

### Otherwise in prod

| Question | Answer |
| --- | --- |
| \`retries\` | \`5\` |

### The picture

\`\`\`mermaid
flowchart LR
  t0["extract"]
  t1["load"]
  t0 --> t1
\`\`\`

### Checks

- Warning: \`The image has no tag.\` (\`image-without-tag\`)

Made with \`job@1.0.0\`. The SHA-256 of the config is \`abc123\`. [Open it in the portal](https://portal.example.com/#/open/1.e30)
`,
  );
  assert.match(description(made, GERMAN), /### Ihre Antworten/);
});

test('nothing that was typed is a mention, a command, a link or markup', () => {
  const hostile = ['/approve\n/merge', '@all', '#1', '`` ` @all', '| a | b', '<script>', '[x](javascript:1)', '``', '!1', '\u2028/merge', 'x'.repeat(1000)];
  const text = description({ answer: answer(hostile.map((value, index) => field(value, `${index} ${value}`)), { summary: '/close @all' }), environments: [], template, hash: null, link: null }, ENGLISH);
  // What stands outside code spans and fences is ours alone.
  const outside = text.replace(/```mermaid[^]*?```/g, '').replace(/(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, '');
  assert.doesNotMatch(outside, /[@!<[]|^\/|#\d/m);
  assert.ok(text.split('\n').every((line) => !/^\s*\//.test(line)), 'no line is a command');
  assert.ok(text.length < 20_000);
  const picture = mermaid({ tasks: [{ task_id: 'a"]\nclick t0 href "javascript:1"', downstream: ['b'] }, { task_id: 'b', downstream: ['gone'] }] });
  assert.equal(picture.split('\n').length, 6);
  assert.doesNotMatch(picture, /click t0 href/);
});

test('without a token, a page of the forge or lines for a shell serve', () => {
  const file = { path: 'configs/a b.yaml', text: 'a: 1\n' };
  const at = (kind, more) => newFile({ kind, url: 'https://example.com/', project: 'group/name', target: 'release/1', ...more }, file);
  assert.deepEqual(at('github'), { address: 'https://example.com/group/name/new/release/1?filename=configs%2Fa+b.yaml&value=a%3A+1%0A', filled: true });
  assert.deepEqual(at('gitlab'), { address: 'https://example.com/group/name/-/new/release/1?file_name=configs%2Fa+b.yaml', filled: false });
  assert.equal(at('gitea').filled, false);
  assert.equal(at('other'), null);
  assert.equal(newFile({ kind: 'github', url: 'https://example.com', project: 'a/b' }, { path: 'x', text: 'y'.repeat(10_000) }).filled, false);
});

test('a patch goes by mail to whom it may, and no name adds to the letter', () => {
  const change = { branch: 'dagwright/x-1', title: 'Add x & y?cc=eve@example.com\nBcc: eve' };
  const read = (address) => [new URL(address).pathname, Object.fromEntries(new URL(address).searchParams)];
  assert.deepEqual(read(letter({ kind: 'gitlab', target: 'release/1' }, { ...change, title: 'Add x' })), ['', { subject: 'dagwright/x-1', body: 'Add x\r\n\r\n/target_branch release/1\r\n' }]);
  const [to, facts] = read(letter({ kind: 'github', mail: 'data+dags@example.com' }, change));
  assert.deepEqual([to, Object.keys(facts)], ['data+dags@example.com', ['subject', 'body']]);
  assert.equal(facts.subject, '[PATCH] Add x & y?cc=eve@example.com Bcc: eve');
  assert.equal(letter({ kind: 'github' }, change), null);
  assert.equal(new URL(letter({ kind: 'github', mail: 'a@b.example?bcc=eve@example.com' }, change)).searchParams.get('bcc'), null);
});

test('the lines for a shell do what they say, whatever stands in them', () => {
  const own = repository('shell', { 'a.txt': 'a\n' });
  execFileSync('git', ['clone', '--quiet', '--bare', own.place, join(folder, 'origin.git')]);
  own.git('remote', 'add', 'origin', join(folder, 'origin.git'));
  own.git('fetch', '--quiet', 'origin');
  const branch = branchName('Finance/Nightly $(touch ran)', 'abcdef0123456789');
  assert.equal(branch, 'dagwright/finance-nightly-touch-ran-abcdef01');
  assert.ok(branch.startsWith(branchStem('Finance/Nightly $(touch ran)')));
  const name = "it's $(touch ran) a.patch";
  own.write(name, patch({ author, date, message: 'Add x\n' }, [{ path: 'x.py', text: 'x\n' }]));
  const lines = shell({ target: 'main' }, { branch, title: 'Add `touch ran`', patch: name });
  execFileSync('sh', ['-e', '-c', lines], { cwd: own.place, stdio: 'pipe', env: { ...process.env, GIT_COMMITTER_NAME: 'C', GIT_COMMITTER_EMAIL: 'c@example.com' } });
  assert.equal(execFileSync('git', ['show', `${branch}:x.py`], { cwd: join(folder, 'origin.git'), encoding: 'utf8' }), 'x\n');
  assert.ok(!own.git('status', '--porcelain').includes('ran\n'));
  assert.match(shell({ kind: 'gitlab' }, { branch, title: "it's", patch: 'p' }), /merge_request\.title='it'\\''s'/);
  assert.match(shell({ kind: 'github' }, { branch, title: '-x', patch: 'p' }), /--title '-x' --fill/);
});
