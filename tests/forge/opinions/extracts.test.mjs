// The clients for GitLab and Gitea against what these say of their own API: the extracts become documents again, and Prism, which
// is not ours, compares with them what passes between client and test forge.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { isKnown } from '../contract.mjs';
import { TOKENS, begin, handedIn, problem, submission } from '../together.mjs';
import { here, listening } from './newer.mjs';

/** What `../contract.mjs` knows to be wrong in GitLab's description, in the words of Prism. */
const WRONG = [
  /\/repository\/tree response\.body type/,
  /\/merge_requests\S* response\.body\S*\.(?:assignees|reviewers) type/,
  /response\.body\.permissions\.\w+\.(?:access|notification)_level type/,
  /^POST \S+\/repository\/commits response \w+: Unable to match the returned status code/,
];

/** Paths that a forge answers with a file, whose slashes Prism takes for the ends of segments. */
const WITH_SLASHES = /(?<=\/(?:contents|branches)\/)[^?]+/;

/** What is described and no client asks for: three are in GitLab’s recorded traffic. */
const LEFT = {
  gitlab: [
    'DELETE /api/v4/projects/{id}/repository/branches/{branch}',
    'HEAD /api/v4/projects/{id}/repository/files/{file_path}',
    'GET /api/v4/projects/{id}/repository/files/{file_path}/raw',
  ],
  gitea: ['GET /api/v1/repos/{owner}/{repo}/contents'],
};

const extract = (kind) => JSON.parse(readFileSync(new URL(`../contracts/${kind}.json`, import.meta.url), 'utf8'));

/** The operations of an extract that none of the calls was. */
function left(kind, calls) {
  const operations = Object.entries(extract(kind).paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
  return operations.filter((operation) => {
    const source = operation.replace(/\{(\w+)\}/g, (_, name) => (kind === 'gitea' && ['filepath', 'branch'].includes(name) ? '.+' : '[^/]+'));
    return !calls.some((call) => new RegExp(`^${source}$`).test(call));
  });
}

/** An extract as an OpenAPI document. */
function document(kind) {
  const { info, paths, schemas } = extract(kind);
  const content = (schema) => ({ content: { 'application/json': { schema } } });
  const operation = ({ query, body, required = false, answers }) => ({
    parameters: query.map((each) => ({ in: 'query', ...each })),
    ...(body && { requestBody: { required, ...content(body) } }),
    responses: Object.fromEntries(Object.entries(answers).map(([status, schema]) => [status, { description: '', ...(schema && content(schema)) }])),
  });
  const item = (path, operations) => ({
    parameters: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ in: 'path', name, required: true, schema: { type: 'string' } })),
    ...Object.fromEntries(Object.entries(operations).map(([method, described]) => [method.toLowerCase(), operation(described)])),
  });
  const whole = {
    openapi: '3.1.0',
    info,
    paths: Object.fromEntries(Object.entries(paths).map(([path, operations]) => [path, item(path, operations)])),
    components: { schemas },
  };
  return JSON.stringify(whole).replaceAll('"#/schemas/', '"#/components/schemas/');
}

for (const kind of ['gitlab', 'gitea']) {
  test(`${kind}: Prism finds nothing that is not described in what the client says and hears`, { timeout: 300_000 }, async (t) => {
    const { forge, project, client: plain } = await begin(t, kind);
    const folder = mkdtempSync(join(tmpdir(), 'dagwright-prism-'));
    t.after(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'forge.json'), document(kind));
    const url = await listening(t, [here('node_modules/@stoplight/prism-cli/dist/index.js'), 'proxy', join(folder, 'forge.json'), forge.url, '--host', '127.0.0.1', '--port', '0']);

    const odd = [];
    const done = new Set();
    const fetchThrough = async (address, given = {}) => {
      const { pathname } = new URL(address);
      const { method = 'GET' } = given;
      if (!pathname.startsWith('/api/') || isKnown(method, pathname)) return fetch(address, given);
      const there = address.replace(forge.url, url).replace(kind === 'gitea' ? WITH_SLASHES : /$^/, (path) => encodeURIComponent(decodeURIComponent(path)));
      const answer = await fetch(there, given);
      done.add(`${method} ${pathname}`);
      const body = await answer.clone().json().catch(() => undefined);
      for (const { location, code, message } of JSON.parse(answer.headers.get('sl-violations') ?? '[]')) {
        const value = location.slice(2).reduce((inside, name) => inside?.[name], body);
        // Neither marks next to anything as nullable that is null in what it sends.
        if (location[0] === 'response' && code === 'type' && value === null) continue;
        const words = `${method} ${pathname} ${location.join('.')} ${code}: ${message}`;
        if (!WRONG.some((wrong) => wrong.test(words))) odd.push(words);
      }
      return answer;
    };
    const client = (token = TOKENS.ada, settings = {}) => plain(token, { settings, fetch: fetchThrough });

    // First, that Prism looks.
    const turned = await fetch(url + (kind === 'gitlab' ? '/api/v4/projects/data%2Fdags/merge_requests' : '/api/v1/repos/data/dags/pulls'), {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKENS.ada}`, 'content-type': 'application/json' },
      body: JSON.stringify({ title: 5 }),
    });
    assert.match(turned.headers.get('sl-violations') ?? '', /title/);

    const { path, version } = await handedIn(client, project);
    const update = submission(1, { message: 'Change it', title: 'Change it', hash: 'f'.repeat(64), files: [{ path, text: 'changed: ü\n', expected: version }] });
    await client().submit(update);
    assert.equal((await client().read(path, update.branch)).text, update.files[0].text);
    await problem(client().submit(submission(1, { files: [{ path, text: 'mine\n', expected: version }] })), 'conflict');
    assert.deepEqual(await client().files('configs'), ['configs/reporting/daily.yaml']);
    await client(TOKENS.bob).submit(submission(2));
    await problem(client(TOKENS.ada, { project: 'data/nothing' }).project(), 'not-found-or-no-access');
    assert.deepEqual([...new Set(odd)], []);
    assert.deepEqual(left(kind, [...done]), LEFT[kind]);
  });
}
