// Gitea's API. Words of errors: routers/api/v1 and services of go-gitea/gitea.
import { NOTHING } from './git.mjs';
import { Refusal } from './refusal.mjs';
import { LEVELS } from './state.mjs';

const API = '/api/v1';
const REPO = `${API}/repos/{owner}/{repo}`;

export const gitea = {
  // Off by default; its administrator has to say which pages may ask.
  cors(forge, path, headers, preflight) {
    if (!headers.origin || !(path.startsWith(API) || path === '/login/oauth/access_token') || !forge.options.cors) return {};
    return { 'access-control-allow-origin': '*', vary: 'Origin', ...(preflight && { 'access-control-allow-methods': headers['access-control-request-method'], 'access-control-allow-headers': 'Authorization, Content-Type', 'access-control-max-age': '600' }) };
  },
  lost: () => new Refusal(404, '404 page not found\n'),
  routes: [
    ['GET', '/login/oauth/authorize', async (forge, { query }) => forge.oauth.authorize(query, forge.state.people.get(forge.consents))],
    ['POST', '/login/oauth/access_token', async (forge, { body }) => forge.oauth.token(body)],
    ['GET', `${API}/user`, async (forge, asked) => ok(user(forge, scoped(forge, asked, 'read:user')))],
    ['GET', `${API}/user/teams`, teams],
    ['GET', REPO, async (forge, asked) => ok(project(forge, found(forge, asked), person(forge, asked)))],
    ['GET', `${REPO}/branches/{branch+}`, branch],
    ['GET', `${REPO}/git/trees/{sha}`, tree],
    ['GET', `${REPO}/contents/{path+}`, contents],
    ['POST', `${REPO}/contents`, change],
    ['GET', `${REPO}/pulls`, pulls],
    ['POST', `${REPO}/pulls`, open],
    ['GET', `${REPO}/pulls/{number}`, async (forge, asked) => ok(await pull(forge, found(forge, asked).requests.find(({ number }) => number === Number(asked.params.number)) ?? refuse(404, 'not found')))],
    ['PATCH', `${REPO}/pulls/{number}`, changePull],
    ['POST', `${REPO}/pulls/{number}/requested_reviewers`, askReviewers],
    ['GET', `${REPO}/labels`, async (forge, asked) => ok((found(forge, asked).labels ?? []).map((label) => ({ color: '00aabb', description: '', url: '', ...label })))],
    ['GET', `${REPO}/forks`, async (forge, asked) => ok(forge.state.projects.filter(({ forkOf }) => forkOf === found(forge, asked)).map((one) => project(forge, one, person(forge, asked))))],
    ['POST', `${REPO}/forks`, fork],
    ['POST', `${REPO}/merge-upstream`, sync],
    ['POST', `${REPO}/sync_fork/{branch+}`, sync],
    ['GET', `${REPO}/commits/{sha}/status`, status],
  ],
};

const ok = (body, status = 200) => ({ status, body, headers: {} });
function refuse(status, message) {
  throw new Refusal(status, { message, url: 'http://127.0.0.1/api/swagger' });
}

function person(forge, { headers }) {
  const given = headers.authorization?.replace(/^(?:Bearer|token) /, '');
  if (!given) return null;
  const token = forge.state.tokens.get(given);
  if (!token || token.expired) return refuse(401, 'invalid username, password or token');
  return token.person;
}

function scoped(forge, asked, scope) {
  const who = person(forge, asked) ?? refuse(401, 'token is required');
  const { scopes } = forge.state.tokens.get(asked.headers.authorization.replace(/^(?:Bearer|token) /, ''));
  if (scopes && !scopes.some((each) => each === scope || each === scope.replace('read:', 'write:'))) refuse(403, `token does not have at least one of required scope(s): [${scope}]`);
  return who;
}

function found(forge, asked) {
  const who = person(forge, asked);
  const path = `${asked.params.owner}/${asked.params.repo}`;
  const one = forge.state.find(path);
  if (one && forge.state.mayRead(one, who)) return one;
  const moved = forge.state.moved.get(path.toLowerCase());
  if (moved && forge.state.mayRead(moved, who)) throw new Refusal(asked.method === 'GET' ? 301 : 307, '', { location: forge.url + asked.path.replace(/(?<=\/repos\/)[^/]+\/[^/]+/, moved.path) });
  return refuse(404, "The target couldn't be found.");
}

const user = (forge, { id, login, name, email }) => ({ id, login, login_name: '', full_name: name, email, avatar_url: '', html_url: `${forge.url}/${login}`, language: '', is_admin: false, active: true, visibility: 'public' });

function project(forge, one, who) {
  const level = forge.state.level(one, who);
  const [owner, name] = one.path.split('/');
  return {
    id: one.id,
    owner: user(forge, forge.state.people.get(owner) ?? { id: 1, login: owner, name: owner, email: '' }),
    name,
    full_name: one.path,
    private: one.secret,
    fork: one.forkOf !== null,
    html_url: `${forge.url}/${one.path}`,
    default_branch: one.branch,
    archived: one.archived,
    empty: false,
    permissions: { admin: level >= LEVELS.admin, push: level >= LEVELS.write, pull: true },
    ...(one.forkOf && { parent: project(forge, one.forkOf, who) }),
  };
}

async function branch(forge, asked) {
  const one = found(forge, asked);
  if (one.looks > 0) {
    one.looks -= 1;
    refuse(404, 'branch does not exist');
  }
  const name = asked.params.branch;
  const head = await one.repository.head(name);
  if (!head) refuse(404, `branch does not exist [name: ${name}]`);
  const { message, name: author, email, date } = await one.repository.show(head);
  const signed = { name: author, email, username: '' };
  return ok({ name, commit: { id: head, message, url: '', author: signed, committer: signed, timestamp: date }, protected: name in one.guarded, user_can_push: forge.state.mayPush(one, person(forge, asked), name) });
}

async function contents(forge, asked) {
  const one = found(forge, asked);
  const name = asked.query.get('ref') || one.branch;
  const commit = await one.repository.commit(name);
  if (!commit) refuse(404, `object does not exist [id: ${name}, rel_path: ]`);
  const path = asked.params.path ?? '';
  const entry = path ? await one.repository.entry(commit, path) : { type: 'tree' };
  if (!entry) refuse(404, `object does not exist [id: , rel_path: ${path}]`);
  const shape = async (each) => ({ name: each.name, path: each.path, sha: each.sha, type: each.type === 'tree' ? 'dir' : 'file', size: 0, url: '', html_url: '', git_url: '', download_url: '' });
  if (entry.type === 'tree') return ok(await Promise.all((await one.repository.entries(commit, path)).map(shape)));
  const bytes = await one.repository.bytes(entry.sha);
  return ok({ ...(await shape(entry)), last_commit_sha: await one.repository.lastCommit(commit, path), size: bytes.length, encoding: 'base64', content: bytes.toString('base64') });
}

async function tree(forge, asked) {
  const one = found(forge, asked);
  const { sha } = asked.params;
  if (!(await one.repository.isTree(sha))) refuse(404, `object does not exist [id: ${sha}, rel_path: ]`);
  const entries = await one.repository.entries(sha, '', asked.query.get('recursive') === 'true');
  // DEFAULT_GIT_TREES_PER_PAGE of the server's settings.
  const size = Math.min(forge.options.treePage ?? 1000, Number(asked.query.get('per_page') ?? Infinity));
  const page = Number(asked.query.get('page') ?? 1);
  const shown = entries.slice((page - 1) * size, page * size).map(({ path, mode, type, sha: own }) => ({ path, mode, type, size: 0, sha: own, url: '' }));
  return ok({ sha, url: '', tree: shown, truncated: page * size < entries.length, page, total_count: entries.length });
}

async function teams(forge, asked) {
  const who = scoped(forge, asked, 'read:organization');
  const size = Math.min(50, Number(asked.query.get('limit') ?? 30));
  const begin = (Number(asked.query.get('page') ?? 1) - 1) * size;
  return ok(who.teams.slice(begin, begin + size).map((path, id) => ({ id, name: path.split('/')[1], organization: { id, name: path.split('/')[0], username: path.split('/')[0] } })));
}

async function changePull(forge, asked) {
  const each = found(forge, asked).requests.find(({ number }) => number === Number(asked.params.number)) ?? refuse(404, 'not found');
  const who = scoped(forge, asked, 'write:repository');
  if (who !== each.author && forge.state.level(each.upstream, who) < LEVELS.write) refuse(403, '');
  if (asked.body.title !== undefined) each.title = asked.body.title;
  if (asked.body.body !== undefined) each.description = asked.body.body;
  return ok(await pull(forge, each), 201);
}

async function askReviewers(forge, asked) {
  const one = found(forge, asked);
  const who = scoped(forge, asked, 'write:repository');
  const each = one.requests.find(({ number }) => number === Number(asked.params.number)) ?? refuse(404, 'not found');
  const { reviewers = [], team_reviewers: teams = [] } = asked.body;
  if (who !== each.author && forge.state.level(one, who) < LEVELS.write) refuse(422, 'user should have permission to edit the reviewers');
  for (const login of reviewers) {
    if (!forge.state.people.has(login)) refuse(404, `user does not exist [uid: 0, name: ${login}]`);
    if (login === each.author.login) refuse(422, "poster of pr can't be reviewer");
  }
  each.reviewers.push(...reviewers, ...teams.map((name) => `${one.path.split('/')[0]}/${name}`));
  return ok([], 201);
}

async function change(forge, asked) {
  const one = found(forge, asked);
  const who = scoped(forge, asked, 'write:repository');
  if (one.archived) refuse(423, 'repo is archived');
  const { branch: from = one.branch, new_branch: to = from, message, files } = asked.body ?? {};
  if (!files) refuse(422, '[Files]: Required');
  if (!forge.state.mayPush(one, who, to)) refuse(403, 'user should have a permission to write to the target branch');
  const base = await one.repository.head(from);
  if (!base) refuse(404, `branch does not exist [name: ${from}]`);
  const old = await one.repository.head(to);
  if (to !== from && old) refuse(422, `branch already exists [name: ${to}]`);
  if (!(await one.repository.validBranch(to))) refuse(422, `branch name is invalid [name: ${to}]`);
  const changes = [];
  for (const { operation, path, content = '', sha } of files) {
    const there = await one.repository.entry(base, path);
    if (operation === 'create' && there) refuse(422, `repository file already exists [path: ${path}]`);
    if (operation !== 'create' && !there) refuse(404, `repository file does not exist [path: ${path}]`);
    if (operation !== 'create' && !sha) refuse(422, 'a SHA or commit ID must be proved when updating a file');
    if (operation !== 'create' && sha !== there.sha) refuse(422, `sha does not match [given: ${sha}, expected: ${there.sha}]`);
    changes.push({ path, blob: operation === 'delete' ? null : await one.repository.store(Buffer.from(content, 'base64')) });
  }
  for (const rule of one.rules) {
    const words = rule({ branch: to, message, person: who });
    if (words) refuse(403, words);
  }
  const made = await one.repository.make(await one.repository.change(base, changes), [base], message, who);
  if (!(await one.repository.move(to, made, old ?? NOTHING))) {
    // handleChangeRepoFilesError has no answer of its own for this.
    if (old) refuse(500, 'PushOutOfDate Error: the push is out of date');
    refuse(422, `branch already exists [name: ${to}]`);
  }
  const { name, email, date } = who && (await one.repository.show(made));
  const signed = { name, email, date };
  return ok({ files: [], commit: { sha: made, url: '', html_url: `${forge.url}/${one.path}/commit/${made}`, message, author: signed, committer: signed, parents: [{ sha: base, url: '' }] }, verification: { verified: false, reason: 'gpg.error.not_signed_commit', signature: '', payload: '' } }, 201);
}

async function pull(forge, each) {
  await forge.state.follow(each);
  const { upstream, source } = each;
  const there = await source.repository.head(each.branch);
  const draft = /^(?:WIP:|\[WIP\])/i.test(each.title);
  return {
    id: each.id,
    number: each.number,
    user: user(forge, each.author),
    title: each.title,
    body: each.description ?? '',
    labels: each.labels.map((name, id) => ({ id, name, color: '', description: '', url: '' })),
    state: each.state === 'open' ? 'open' : 'closed',
    draft,
    merged: each.state === 'merged',
    mergeable: true,
    html_url: `${forge.url}/${upstream.path}/pulls/${each.number}`,
    created_at: each.created,
    base: { label: each.target, ref: each.target, sha: (await upstream.repository.head(each.target)) ?? '', repo_id: upstream.id, repo: project(forge, upstream, each.author) },
    // When the branch is gone, its name is left in the label only.
    head: { label: each.branch, ref: there ? each.branch : `refs/pull/${each.number}/head`, sha: each.commit, repo_id: source.id, repo: project(forge, source, each.author) },
  };
}

async function pulls(forge, asked) {
  const one = found(forge, asked);
  const { query } = asked;
  const state = query.get('state') ?? 'open';
  const size = Math.min(50, Number(query.get('limit') ?? 30));
  const begin = (Number(query.get('page') ?? 1) - 1) * size;
  const all = one.requests.filter((each) => state === 'all' || (each.state === 'open' ? 'open' : 'closed') === state).reverse();
  return ok(await Promise.all(all.slice(begin, begin + size).map((each) => pull(forge, each))));
}

async function open(forge, asked) {
  const one = found(forge, asked);
  const who = scoped(forge, asked, 'write:repository');
  if (one.archived) refuse(423, 'repo is archived');
  const { title, head = '', base, body = '', labels = [] } = asked.body ?? {};
  const [owner, branch] = head.includes(':') ? head.split(':') : [one.path.split('/')[0], head];
  const source = owner === one.path.split('/')[0] ? one : forge.state.projects.find(({ path, forkOf }) => forkOf === one && path.startsWith(`${owner}/`));
  if (!source || !(await source.repository.head(branch)) || !(await one.repository.head(base))) refuse(404, "The target couldn't be found.");
  const same = one.requests.find((each) => each.state === 'open' && each.source === source && each.branch === branch && each.target === base);
  if (same) refuse(409, `pull request already exists for these targets [id: ${same.id}, issue_id: ${same.id + 7}, head_repo_id: ${source.id}, base_repo_id: ${one.id}, head_branch: ${branch}, base_branch: ${base}]`);
  if (!title) refuse(422, '[Title]: Required');
  const names = (one.labels ?? []).filter(({ id }) => labels.includes(id)).map(({ name }) => name);
  return ok(await pull(forge, await forge.state.addRequest(one, { source, branch, target: base, person: who, title, description: body, labels: names })), 201);
}

async function fork(forge, asked) {
  const one = found(forge, asked);
  const who = scoped(forge, asked, 'write:repository');
  if (!one.forkable) refuse(403, 'forking is not allowed');
  const name = asked.body?.name ?? one.path.split('/')[1];
  const there = forge.state.projects.find(({ path, forkOf }) => forkOf === one && path.startsWith(`${who.login}/`));
  if (there) refuse(409, `repository is already forked by user [uname: ${who.login}, repo path: ${one.path}, fork path: ${there.path}]`);
  if (forge.state.find(`${who.login}/${name}`)) refuse(409, `The repository with the same name already exists.`);
  return ok(project(forge, await forge.state.addFork(one, who, { name, looks: forge.options.forkLooks ?? 2 }), who), 202);
}

/** Gitea knows one of the two addresses, Forgejo the other. */
async function sync(forge, asked) {
  const forgejo = asked.path.includes('/sync_fork/');
  if (forgejo !== Boolean(forge.options.forgejo)) return gitea.lost();
  const one = found(forge, asked);
  scoped(forge, asked, 'write:repository');
  const name = forgejo ? asked.params.branch : asked.body.branch;
  const [ours, theirs] = await Promise.all([one.repository.head(name), one.forkOf.repository.head(name)]);
  if (!(await one.repository.isAncestor(ours, theirs))) refuse(409, 'fast forward is not possible');
  await one.repository.fetch(one.forkOf.repository, name, `refs/heads/${name}`);
  return forgejo ? { status: 204, headers: {} } : ok({ merge_style: 'fast-forward' });
}

const STATES = { pending: 'pending', running: 'pending', success: 'success', failed: 'failure' };

async function status(forge, asked) {
  const state = found(forge, asked).pipelines.get(asked.params.sha)?.status;
  return ok({ state: state ? STATES[state] : '', sha: asked.params.sha, total_count: state ? 1 : 0, statuses: state ? [{ id: 1, status: STATES[state], target_url: `${forge.url}/actions/runs/1`, context: 'validate' }] : null });
}
