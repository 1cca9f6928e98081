// GitHub's REST API as an Enterprise server has it, below /api/v3. Words of errors: its documentation and recorded traffic.
import { NOTHING } from './git.mjs';
import { Refusal } from './refusal.mjs';
import { LEVELS } from './state.mjs';

const API = '/api/v3';
const REPO = `${API}/repos/{owner}/{repo}`;
const EXPOSED = 'ETag, Link, Location, Retry-After, X-GitHub-OTP, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Used, X-RateLimit-Resource, X-RateLimit-Reset, X-OAuth-Scopes, X-Accepted-OAuth-Scopes, X-Poll-Interval, X-GitHub-Media-Type, X-GitHub-SSO, X-GitHub-Request-Id, Deprecation, Sunset';
const ALLOWED = 'Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Unmodified-Since, Accept-Encoding, X-GitHub-OTP, X-Requested-With, User-Agent, GraphQL-Features';

export const github = {
  cors(_forge, path, headers, preflight) {
    if (!headers.origin || !path.startsWith('/api/')) return {};
    return {
      'access-control-allow-origin': '*',
      'access-control-expose-headers': EXPOSED,
      ...(preflight && { 'access-control-allow-methods': 'GET, POST, PATCH, PUT, DELETE', 'access-control-allow-headers': ALLOWED, 'access-control-max-age': '86400' }),
    };
  },
  lost: () => new Refusal(404, { message: 'Not Found', documentation_url: 'https://docs.github.com/rest', status: '404' }),
  routes: [
    ['GET', `${API}/user`, async (forge, asked) => ok(forge.fill('private-user', user(forge, signedIn(forge, asked)), { name: signedIn(forge, asked).name, email: signedIn(forge, asked).email }))],
    ['GET', `${API}/user/teams`, teams],
    ['GET', `${API}/repositories/{id}`, async (forge, asked) => ok(project(forge, forge.state.projects.find(({ id }) => id === Number(asked.params.id)), person(forge, asked)))],
    ['GET', REPO, async (forge, asked) => ok(project(forge, found(forge, asked), person(forge, asked)))],
    ['GET', `${REPO}/git/ref/heads/{branch+}`, ref],
    ['POST', `${REPO}/git/refs`, makeRef],
    ['PATCH', `${REPO}/git/refs/heads/{branch+}`, moveRef],
    ['GET', `${REPO}/git/commits/{sha}`, async (forge, asked) => ok(await commit(forge, found(forge, asked), asked.params.sha))],
    ['GET', `${REPO}/git/blobs/{sha}`, blob],
    ['GET', `${REPO}/git/trees/{sha}`, tree],
    ['POST', `${REPO}/git/trees`, makeTree],
    ['POST', `${REPO}/git/commits`, makeCommit],
    ['GET', `${REPO}/contents/{path+}`, contents],
    ['GET', `${REPO}/pulls`, pulls],
    ['POST', `${REPO}/pulls`, open],
    ['GET', `${REPO}/pulls/{number}`, async (forge, asked) => ok(await pull(forge, requestOf(forge, asked), 'pull-request'))],
    ['PATCH', `${REPO}/pulls/{number}`, changePull],
    ['POST', `${REPO}/pulls/{number}/requested_reviewers`, askReviewers],
    ['POST', `${REPO}/issues/{number}/labels`, label],
    ['POST', `${REPO}/forks`, fork],
    ['GET', `${REPO}/commits/{sha}/check-runs`, checks],
  ],
};

const ok = (body, status = 200, headers = {}) => ({ status, body, headers });
function refuse(status, message, errors, headers) {
  throw new Refusal(status, { message, ...(errors && { errors }), documentation_url: 'https://docs.github.com/rest', status: String(status) }, headers);
}

function person(forge, { headers }) {
  const given = headers.authorization?.replace(/^(?:Bearer|token) /, '');
  if (!given) return null;
  const token = forge.state.tokens.get(given);
  if (!token || token.expired) return refuse(401, 'Bad credentials');
  return token.person;
}

const signedIn = (forge, asked) => person(forge, asked) ?? refuse(401, 'Requires authentication');

function found(forge, asked) {
  const who = person(forge, asked);
  const path = `${asked.params.owner}/${asked.params.repo}`;
  const one = forge.state.find(path);
  if (one && forge.state.mayRead(one, who)) return one;
  const moved = forge.state.moved.get(path.toLowerCase());
  if (moved && forge.state.mayRead(moved, who)) throw new Refusal(301, { message: 'Moved Permanently' }, { location: `${forge.url}${API}/repositories/${moved.id}` });
  return refuse(404, 'Not Found');
}

/** Writing: a token that is too small is refused in one of two ways, a person without the right sees nothing at all. */
function writable(forge, asked, branch) {
  const one = found(forge, asked);
  const who = signedIn(forge, asked);
  const { scopes } = forge.state.tokens.get(asked.headers.authorization.replace(/^(?:Bearer|token) /, ''));
  if (scopes?.some((scope) => scope.includes(':')) && !scopes.includes('contents:write')) refuse(403, 'Resource not accessible by personal access token', undefined, { 'x-accepted-github-permissions': 'contents=write' });
  if (scopes && !scopes.some((scope) => ['repo', 'contents:write'].includes(scope))) refuse(404, 'Not Found', undefined, { 'x-oauth-scopes': scopes.join(', '), 'x-accepted-oauth-scopes': 'repo' });
  if (one.archived) refuse(403, 'Repository was archived so is read-only.');
  if (forge.state.level(one, who) < LEVELS.write) refuse(404, 'Not Found');
  if (branch && !forge.state.mayPush(one, who, branch)) refuse(422, 'Repository rule violations found\n\nCannot create ref due to creations being restricted.\n\n');
  return { one, who };
}

const user = (forge, { id, login }) => ({ id, login, html_url: `${forge.url}/${login}`, type: 'User' });

function project(forge, one, who, inside = false) {
  const level = forge.state.level(one, who);
  const [owner, name] = one.path.split('/');
  return forge.fill(inside ? 'repository' : 'full-repository', {
    id: one.id,
    name,
    full_name: one.path,
    private: one.secret,
    owner: forge.fill('simple-user', user(forge, forge.state.people.get(owner) ?? { id: 1, login: owner })),
    html_url: `${forge.url}/${one.path}`,
    fork: one.forkOf !== null,
    default_branch: one.branch,
    archived: one.archived,
    allow_forking: one.forkable,
    ...(who && { permissions: { admin: level >= LEVELS.admin, push: level >= LEVELS.write, pull: true } }),
    ...(one.forkOf && !inside && { parent: project(forge, one.forkOf, who, true), source: project(forge, one.forkOf, who, true) }),
  });
}

const reference = (forge, one, branch, sha) => ({ ref: `refs/heads/${branch}`, node_id: 'REF', url: `${forge.url}${API}/repos/${one.path}/git/refs/heads/${branch}`, object: { sha, type: 'commit', url: `${forge.url}${API}/repos/${one.path}/git/commits/${sha}` } });

async function ref(forge, asked) {
  const one = found(forge, asked);
  // A fork is empty until it is made.
  if (one.looks > 0) {
    one.looks -= 1;
    refuse(409, 'Git Repository is empty.');
  }
  const sha = await one.repository.head(asked.params.branch);
  return sha ? ok(reference(forge, one, asked.params.branch, sha)) : refuse(404, 'Not Found');
}

async function makeRef(forge, asked) {
  const { ref: name = '', sha } = asked.body;
  const branch = name.replace(/^refs\/heads\//, '');
  const { one, who } = writable(forge, asked, branch);
  if (!/^refs\/.+\/.+/.test(name) && !name.startsWith('refs/heads/')) refuse(422, 'Reference name must start with \'refs/\' and contain at least one other \'/\'.');
  if (!(await one.repository.validBranch(branch))) refuse(422, `${name} is not a valid ref name.`);
  if (!(await one.repository.commit(sha))) refuse(422, 'Object does not exist');
  const { message } = await one.repository.show(sha);
  for (const rule of one.rules) {
    const words = rule({ branch, message, person: who });
    if (words) refuse(422, `Repository rule violations found\n\n${words}\n\n`);
  }
  if (!(await one.repository.move(branch, sha, NOTHING))) refuse(422, 'Reference already exists');
  return ok(reference(forge, one, branch, sha), 201);
}

async function moveRef(forge, asked) {
  const { branch } = asked.params;
  const { one } = writable(forge, asked, branch);
  const old = await one.repository.head(branch);
  if (!old) refuse(422, 'Reference does not exist');
  if (!asked.body.force && !(await one.repository.isAncestor(old, asked.body.sha))) refuse(422, 'Update is not a fast forward');
  if (!(await one.repository.move(branch, asked.body.sha, old))) refuse(422, 'Update is not a fast forward');
  return ok(reference(forge, one, branch, asked.body.sha));
}

async function commit(forge, one, sha) {
  if (!(await one.repository.commit(sha))) refuse(404, 'Not Found');
  const { tree, parents, name, email, date, message } = await one.repository.show(sha);
  const url = `${forge.url}${API}/repos/${one.path}/git`;
  return forge.fill('git-commit', { sha, tree: { sha: tree, url: `${url}/trees/${tree}` }, message, parents: parents.map((parent) => ({ sha: parent, url: '', html_url: '' })), author: { name, email, date }, committer: { name, email, date } });
}

/** A large tree is cut off; how large that is, a test can say. */
async function tree(forge, asked) {
  const one = found(forge, asked);
  const { sha } = asked.params;
  if (!(await one.repository.isTree(sha))) refuse(404, 'Not Found');
  const deep = asked.query.has('recursive');
  const entries = await one.repository.entries(sha, '', deep);
  const most = forge.options.treeEntries ?? 100_000;
  const shown = entries.slice(0, deep ? most : undefined).map(({ path, mode, type, sha: own }) => ({ path, mode, type, sha: own, url: '', ...(type === 'blob' && { size: 1 }) }));
  return ok({ sha, url: '', tree: shown, truncated: deep && entries.length > most });
}

async function teams(forge, asked) {
  const who = signedIn(forge, asked);
  const { scopes } = forge.state.tokens.get(asked.headers.authorization.replace(/^Bearer /, ''));
  if (scopes) refuse(403, 'Resource not accessible by personal access token', undefined, { 'x-accepted-github-permissions': 'members=read' });
  return ok(who.teams.map((path) => forge.fill('team-full', { name: path.split('/')[1], slug: path.split('/')[1], organization: forge.fill('team-organization', { login: path.split('/')[0] }) })));
}

async function makeTree(forge, asked) {
  const { one } = writable(forge, asked);
  const { base_tree: base, tree = [] } = asked.body;
  if (base && !(await one.repository.isTree(base))) refuse(422, 'base_tree is not a valid tree oid');
  const changes = [];
  for (const { path, mode, content, sha } of tree) {
    if (!path || path.startsWith('/') || path.split('/').includes('..')) refuse(422, 'tree.path contains a malformed path component');
    changes.push({ path, mode, blob: content === undefined ? sha : await one.repository.store(content) });
  }
  const sha = await one.repository.change(base, changes);
  return ok({ sha, url: `${forge.url}${API}/repos/${one.path}/git/trees/${sha}`, tree: [], truncated: false }, 201);
}

async function makeCommit(forge, asked) {
  const { one, who } = writable(forge, asked);
  const { message, tree, parents = [] } = asked.body;
  if (!(await one.repository.isTree(tree))) refuse(422, 'Tree SHA does not exist');
  const sha = await one.repository.make(tree, parents, message, who);
  return ok(await commit(forge, one, sha), 201);
}

async function contents(forge, asked) {
  const one = found(forge, asked);
  const name = asked.query.get('ref') ?? one.branch;
  const sha = await one.repository.commit(name);
  if (!sha) refuse(404, `No commit found for the ref ${name}`);
  const path = (asked.params.path ?? '').replace(/\/$/, '');
  const entry = path ? await one.repository.entry(sha, path) : { type: 'tree' };
  if (!entry) refuse(404, 'Not Found');
  const shape = ({ sha: blob, name, path, type }, more) => ({
    ...{ type: type === 'tree' ? 'dir' : 'file', size: 0, name, path, sha: blob },
    ...{ url: '', git_url: '', html_url: '', download_url: null, _links: { self: '', git: '', html: '' } },
    ...more,
  });
  if (entry.type === 'tree') return ok((await one.repository.entries(sha, path)).slice(0, 1000).map((each) => shape(each)));
  const bytes = await one.repository.bytes(entry.sha);
  const large = bytes.length > 1 << 20;
  return ok(shape(entry, { size: bytes.length, content: large ? '' : lines(bytes), encoding: large ? 'none' : 'base64' }));
}

const lines = (bytes) => bytes.toString('base64').replace(/.{60}/g, '$&\n');

async function blob(forge, asked) {
  const bytes = await found(forge, asked).repository.bytes(asked.params.sha);
  return ok({ sha: asked.params.sha, node_id: 'BLOB', size: bytes.length, url: '', content: lines(bytes), encoding: 'base64' });
}

function requestOf(forge, asked) {
  return found(forge, asked).requests.find(({ number }) => number === Number(asked.params.number)) ?? refuse(404, 'Not Found');
}

async function pull(forge, each, schema) {
  await forge.state.follow(each);
  const { upstream, source, author } = each;
  const side = (one, branch, sha) => ({ label: `${one.path.split('/')[0]}:${branch}`, ref: branch, sha, user: forge.fill('simple-user', user(forge, author)), repo: project(forge, one, author, true) });
  return forge.fill(schema, {
    id: each.id,
    number: each.number,
    state: each.state === 'open' ? 'open' : 'closed',
    title: each.title,
    body: each.description,
    draft: each.draft ?? false,
    html_url: `${forge.url}/${upstream.path}/pull/${each.number}`,
    user: forge.fill('simple-user', user(forge, author)),
    merged_at: each.merged ? each.created : null,
    created_at: each.created,
    head: side(source, each.branch, each.commit),
    base: side(upstream, each.target, (await upstream.repository.head(each.target)) ?? NOTHING),
    labels: [],
    author_association: 'CONTRIBUTOR',
    ...(schema === 'pull-request' && { merged: each.state === 'merged' }),
  });
}

async function pulls(forge, asked) {
  const one = found(forge, asked);
  const { query } = asked;
  const state = query.get('state') ?? 'open';
  const fits = (each) =>
    (state === 'all' || (each.state === 'open' ? 'open' : 'closed') === state) && (!query.has('base') || query.get('base') === each.target) && (!query.has('head') || query.get('head') === `${each.source.path.split('/')[0]}:${each.branch}`);
  const all = one.requests.filter(fits);
  if ((query.get('direction') ?? 'desc') === 'desc') all.reverse();
  return ok(await Promise.all(all.slice(0, Number(query.get('per_page') ?? 30)).map((each) => pull(forge, each, 'pull-request-simple'))));
}

async function open(forge, asked) {
  const one = found(forge, asked);
  const who = signedIn(forge, asked);
  const { title, head = '', base, body = null, draft = false } = asked.body;
  if (one.archived) refuse(403, 'Repository was archived so is read-only.');
  const [owner, branch] = head.includes(':') ? head.split(':') : [one.path.split('/')[0], head];
  const source = owner === one.path.split('/')[0] ? one : forge.state.projects.find(({ path, forkOf }) => forkOf === one && path.startsWith(`${owner}/`));
  const bad = (errors) => refuse(422, 'Validation Failed', errors);
  const commit = await source?.repository.head(branch);
  if (!commit) bad([{ resource: 'PullRequest', field: 'head', code: 'invalid' }]);
  const target = await one.repository.head(base);
  if (!target) bad([{ resource: 'PullRequest', field: 'base', code: 'invalid' }]);
  const custom = (message) => bad([{ resource: 'PullRequest', code: 'custom', message }]);
  if (one.requests.some((each) => each.state === 'open' && each.source === source && each.branch === branch && each.target === base)) custom(`A pull request already exists for ${owner}:${branch}.`);
  if (await source.repository.isAncestor(commit, target)) custom(`No commits between ${base} and ${head}`);
  if (draft && forge.options.drafts === false) refuse(422, 'Draft pull requests are not supported in this repository.');
  const made = await forge.state.addRequest(one, { source, branch, target: base, person: who, title, description: body, draft });
  return ok(await pull(forge, made, 'pull-request'), 201);
}

async function changePull(forge, asked) {
  const each = requestOf(forge, asked);
  const who = signedIn(forge, asked);
  if (who !== each.author && forge.state.level(each.upstream, who) < LEVELS.write) refuse(403, 'Forbidden');
  if (asked.body.title !== undefined) each.title = asked.body.title;
  if (asked.body.body !== undefined) each.description = asked.body.body;
  return ok(await pull(forge, each, 'pull-request'));
}

async function askReviewers(forge, asked) {
  writable(forge, asked);
  const each = requestOf(forge, asked);
  const { reviewers = [], team_reviewers: teams = [] } = asked.body;
  const collaborates = (login) => forge.state.people.has(login) && forge.state.level(each.upstream, forge.state.people.get(login)) > 0;
  if (reviewers.includes(each.author.login)) refuse(422, 'Review cannot be requested from pull request author.');
  if (!reviewers.every(collaborates)) refuse(422, 'Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the data/dags repository.');
  const organization = each.upstream.path.split('/')[0];
  each.reviewers.push(...reviewers, ...teams.map((slug) => `${organization}/${slug}`));
  return ok(await pull(forge, each, 'pull-request-simple'), 201);
}

async function label(forge, asked) {
  writable(forge, asked);
  const each = requestOf(forge, asked);
  each.labels = [...new Set([...each.labels, ...asked.body.labels])];
  return ok(each.labels.map((name) => forge.fill('label', { name })));
}

async function fork(forge, asked) {
  const one = found(forge, asked);
  const who = signedIn(forge, asked);
  if (!one.forkable) refuse(403, 'The repository exists, but forking is disabled.');
  const there = forge.state.projects.find(({ path, forkOf }) => forkOf === one && path.startsWith(`${who.login}/`));
  const made = there ?? (await forge.state.addFork(one, who, { name: free(forge, `${who.login}/${one.path.split('/')[1]}`), looks: forge.options.forkLooks ?? 2, only: asked.body?.default_branch_only ? one.branch : undefined }));
  return ok(project(forge, made, who), 202);
}

/** A second project of a name gets a number. */
function free(forge, path) {
  let name = path;
  for (let number = 1; forge.state.find(name); number++) name = `${path}-${number}`;
  return name.split('/')[1];
}

const RUNS = { pending: ['queued', null], running: ['in_progress', null], success: ['completed', 'success'], failed: ['completed', 'failure'] };

async function checks(forge, asked) {
  const one = found(forge, asked);
  const status = one.pipelines.get(asked.params.sha)?.status;
  const runs = status ? [forge.fill('check-run', { head_sha: asked.params.sha, name: 'validate', status: RUNS[status][0], conclusion: RUNS[status][1] })] : [];
  return ok({ total_count: runs.length, check_runs: runs });
}
