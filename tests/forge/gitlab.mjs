// GitLab's API as a person's page meets it. Words of errors: lib/api and app/services of gitlab-org/gitlab.
import { createHash } from 'node:crypto';
import { NOTHING } from './git.mjs';
import { Refusal } from './refusal.mjs';
import { LEVELS } from './state.mjs';

const EXPOSED = 'Link, X-Total, X-Total-Pages, X-Per-Page, X-Page, X-Next-Page, X-Prev-Page, X-Gitlab-Blob-Id, X-Gitlab-Commit-Id, X-Gitlab-Content-Sha256, X-Gitlab-Encoding, X-Gitlab-File-Name, X-Gitlab-File-Path, X-Gitlab-Last-Commit-Id, X-Gitlab-Ref, X-Gitlab-Size, X-Request-Id, ETag';
const API = '/api/v4';
const PROJECT = `${API}/projects/{id}`;

export const gitlab = {
  cors(_forge, path, headers, preflight) {
    if (!headers.origin) return {};
    const any = { 'access-control-allow-origin': '*', 'access-control-max-age': '7200' };
    if (path.startsWith('/api/')) {
      return {
        ...any,
        'access-control-expose-headers': EXPOSED,
        ...(preflight && { 'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS', 'access-control-allow-headers': headers['access-control-request-headers'] ?? '' }),
      };
    }
    if (path === '/oauth/token' || path === '/oauth/revoke') {
      return { ...any, ...(preflight && { 'access-control-allow-methods': 'POST, OPTIONS', 'access-control-allow-headers': 'Authorization, X-CSRF-Token, X-Requested-With' }) };
    }
    return {};
  },
  lost: () => new Refusal(404, { error: '404 Not Found' }),
  routes: [
    ['GET', '/oauth/authorize', async (forge, { query }) => forge.oauth.authorize(query, forge.state.people.get(forge.consents))],
    ['POST', '/oauth/token', async (forge, { body }) => forge.oauth.token(body)],
    ['POST', '/oauth/revoke', async (forge, { body }) => forge.oauth.revoke(body)],
    ['GET', `${API}/user`, async (forge, asked) => ok(user(forge, signedIn(forge, asked)))],
    ['GET', `${API}/users`, async (forge, { query }) => ok([...forge.state.people.values()].filter(({ login }) => login === query.get('username')).map((each) => short(forge, each)))],
    ['GET', `${API}/groups`, groups],
    ['GET', PROJECT, async (forge, asked) => ok(await project(forge, found(forge, asked), person(forge, asked)))],
    ['POST', `${PROJECT}/fork`, fork],
    ['GET', `${PROJECT}/forks`, forks],
    ['GET', `${PROJECT}/repository/branches/{branch}`, branch],
    ['DELETE', `${PROJECT}/repository/branches/{branch}`, removeBranch],
    ['GET', `${PROJECT}/repository/tree`, tree],
    ['GET', `${PROJECT}/repository/files/{path}/raw`, raw],
    ['HEAD', `${PROJECT}/repository/files/{path}`, file],
    ['GET', `${PROJECT}/repository/files/{path}`, file],
    ['POST', `${PROJECT}/repository/commits`, commit],
    ['GET', `${PROJECT}/merge_requests`, requests],
    ['POST', `${PROJECT}/merge_requests`, open],
    ['GET', `${PROJECT}/merge_requests/{number}`, async (forge, asked) => ok(await request(forge, requestOf(forge, asked), true))],
    ['PUT', `${PROJECT}/merge_requests/{number}`, change],
    ['PUT', `${PROJECT}/merge_requests/{number}/merge`, merge],
  ],
};

const ok = (body, status = 200, headers = {}) => ({ status, body, headers });
const refuse = (status, message) => {
  throw new Refusal(status, { message });
};

function person(forge, { headers, method }) {
  const given = headers.authorization?.replace(/^Bearer /, '') ?? headers['private-token'];
  if (!given) return null;
  const token = forge.state.tokens.get(given);
  if (!token) return refuse(401, '401 Unauthorized');
  if (token.expired) throw new Refusal(401, { error: 'invalid_token', error_description: 'Token is expired. You can either do re-authorization or token refresh.' });
  const fit = method === 'GET' || method === 'HEAD' ? ['api', 'read_api'] : ['api'];
  if (token.scopes && !token.scopes.some((scope) => fit.includes(scope))) {
    throw new Refusal(403, { error: 'insufficient_scope', error_description: 'The request requires higher privileges than provided by the access token.', scope: fit.join(' ') });
  }
  return token.person;
}

const signedIn = (forge, asked) => person(forge, asked) ?? refuse(401, '401 Unauthorized');

function found(forge, asked) {
  const { params, method, path } = asked;
  const who = person(forge, asked);
  const { state } = forge;
  const one = /^\d+$/.test(params.id) ? state.projects.find(({ id }) => id === Number(params.id)) : state.find(params.id);
  if (one && state.mayRead(one, who)) return one;
  const moved = state.moved.get(params.id.toLowerCase());
  if (moved && state.mayRead(moved, who)) {
    if (method !== 'GET') refuse(405, 'Non GET methods are not allowed for moved projects');
    throw new Refusal(301, { message: 'Moved' }, { location: forge.url + path.replace(/(?<=projects\/)[^/]+/, moved.id) });
  }
  return refuse(404, '404 Project Not Found');
}

function user(forge, { id, login, name, email }) {
  return { ...short(forge, { id, login, name }), email, commit_email: email, created_at: '2026-01-01T00:00:00.000Z', bio: '' };
}

const short = (forge, { id, login, name }) => ({ id, username: login, name, state: 'active', avatar_url: null, web_url: `${forge.url}/${login}` });

async function project(forge, one, who) {
  // Polled forks become ready after some looks.
  const status = one.looks > 0 ? 'started' : one.forkOf ? 'finished' : 'none';
  if (one.looks > 0) one.looks -= 1;
  const level = forge.state.level(one, who);
  const [path, ...rest] = one.path.split('/').reverse();
  const space = rest.reverse().join('/');
  return {
    id: one.id,
    description: null,
    name: path,
    name_with_namespace: one.path.replaceAll('/', ' / '),
    path,
    path_with_namespace: one.path,
    created_at: '2026-01-01T00:00:00.000Z',
    default_branch: one.branch,
    web_url: `${forge.url}/${one.path}`,
    http_url_to_repo: `${forge.url}/${one.path}.git`,
    namespace: { id: 1, name: space, path: space.split('/').pop(), kind: forge.state.people.has(space) ? 'user' : 'group', full_path: space, parent_id: null, avatar_url: null, web_url: `${forge.url}/${space}` },
    empty_repo: (await one.repository.branches()).length === 0,
    archived: one.archived,
    visibility: one.secret ? 'private' : 'public',
    import_status: one.failed ? 'failed' : status,
    import_error: one.failed ?? null,
    can_create_merge_request_in: level >= LEVELS.write || !one.secret,
    ...(who && { permissions: { project_access: level && !one.invited ? { access_level: level, notification_level: 3 } : null, group_access: null } }),
    ...(one.forkOf && { forked_from_project: { id: one.forkOf.id, path_with_namespace: one.forkOf.path, web_url: `${forge.url}/${one.forkOf.path}` } }),
  };
}

async function fork(forge, asked) {
  const one = found(forge, asked);
  const who = signedIn(forge, asked);
  if (!one.forkable) refuse(403, '403 Forbidden - Forking is not allowed');
  const name = asked.body?.path ?? one.path.split('/').pop();
  if (forge.state.find(`${who.login}/${name}`)) throw new Refusal(409, { message: ['Project namespace name has already been taken', 'Name has already been taken', 'Path has already been taken'] });
  const made = await forge.state.addFork(one, who, { name, looks: forge.options.forkLooks ?? 2, only: asked.body?.branches });
  return ok({ ...(await project(forge, { ...made, looks: 1 }, who)), import_status: 'scheduled' }, 201);
}

async function forks(forge, asked) {
  const one = found(forge, asked);
  const who = person(forge, asked);
  const owned = asked.query.get('owned') === 'true';
  const all = forge.state.projects.filter((each) => each.forkOf === one && forge.state.mayRead(each, who) && (!owned || forge.state.level(each, who) >= LEVELS.admin));
  // A list is not a look: it does not make the fork ready.
  return paged(asked, await Promise.all(all.map((each) => project(forge, { ...each }, who))), forge);
}

async function branch(forge, asked) {
  const one = found(forge, asked);
  const name = asked.params.branch;
  const head = await one.repository.head(name);
  if (!head) refuse(404, '404 Branch Not Found');
  const guarded = !forge.state.mayPush(one, { login: '' }, name) && name in one.guarded;
  return ok({
    name,
    commit: commitShape(forge, one, await one.repository.show(head)),
    merged: false,
    protected: guarded,
    developers_can_push: false,
    developers_can_merge: false,
    can_push: forge.state.mayPush(one, person(forge, asked), name),
    default: name === one.branch,
    web_url: `${forge.url}/${one.path}/-/tree/${name}`,
  });
}

async function removeBranch(forge, asked) {
  const one = found(forge, asked);
  const name = asked.params.branch;
  if (!(await one.repository.head(name))) refuse(404, '404 Branch Not Found');
  if (!forge.state.mayPush(one, person(forge, asked), name)) refuse(403, '403 Forbidden');
  await one.repository.remove(name);
  return ok(undefined, 204);
}

async function tree(forge, asked) {
  const one = found(forge, asked);
  const commit = await one.repository.commit(asked.query.get('ref') ?? one.branch);
  if (!commit) refuse(404, '404 Tree Not Found');
  const folder = asked.query.get('path') ?? '';
  if (folder && (await one.repository.entry(commit, folder))?.type !== 'tree') {
    // Recordings of 2020 show an empty list, newer servers answer 404.
    if (forge.options.olderTree) return paged(asked, [], forge);
    refuse(404, '404 invalid revision or path Not Found');
  }
  const entries = await one.repository.entries(commit, folder, asked.query.get('recursive') === 'true');
  const all = entries.map(({ sha, name, type, path, mode }) => ({ id: sha, name, type, path, mode }));
  return asked.query.get('pagination') === 'keyset' ? after(asked, all, forge) : paged(asked, all, forge);
}

/** By a token that names the last entry of the page before: only the way to the next page is told. */
function after({ query, path }, all, forge) {
  const size = Math.min(100, Number(query.get('per_page') ?? 20));
  const begin = all.findIndex(({ path }) => path === decodedToken(query.get('page_token'))) + 1;
  const page = all.slice(begin, begin + size);
  const more = begin + size < all.length;
  const next = new URLSearchParams({ ...Object.fromEntries(query), page_token: Buffer.from(page.at(-1)?.path ?? '').toString('base64') });
  return ok(page, 200, { ...(more && { link: `<${forge.url}${path}?${next}>; rel="next"` }) });
}

const decodedToken = (token) => Buffer.from(token ?? '', 'base64').toString();

async function groups(forge, asked) {
  const who = signedIn(forge, asked);
  return paged(asked, (who.teams ?? []).map((path, id) => ({ id: id + 1, name: path.split('/').pop(), path: path.split('/').pop(), full_path: path, full_name: path, visibility: 'private', web_url: `${forge.url}/groups/${path}` })), forge);
}

async function blob(forge, asked) {
  const one = found(forge, asked);
  const ref = asked.query.get('ref') ?? one.branch;
  const commit = await one.repository.commit(ref);
  if (!commit) refuse(404, '404 Commit Not Found');
  const entry = await one.repository.entry(commit, asked.params.path);
  if (entry?.type !== 'blob') refuse(404, '404 File Not Found');
  const bytes = await one.repository.bytes(entry.sha);
  const facts = {
    file_name: entry.name,
    file_path: entry.path,
    size: bytes.length,
    encoding: 'base64',
    content_sha256: createHash('sha256').update(bytes).digest('hex'),
    ref,
    blob_id: entry.sha,
    commit_id: commit,
    last_commit_id: await one.repository.lastCommit(commit, entry.path),
  };
  const headers = Object.fromEntries(Object.entries(facts).map(([name, value]) => [`x-gitlab-${name.replaceAll('_', '-')}`, String(value)]));
  return { bytes, facts, headers };
}

async function file(forge, asked) {
  const { bytes, facts, headers } = await blob(forge, asked);
  return ok({ ...facts, content: bytes.toString('base64'), execute_filemode: false }, 200, headers);
}

async function raw(forge, asked) {
  const { bytes, headers } = await blob(forge, asked);
  return ok(bytes, 200, { ...headers, 'content-type': 'text/plain; charset=utf-8' });
}

async function commit(forge, asked) {
  const one = found(forge, asked);
  const who = signedIn(forge, asked);
  const { branch: name, start_branch: begin, start_sha: sha, start_project: from, commit_message: message, actions } = asked.body ?? {};
  const absent = Object.entries({ branch: name, commit_message: message, actions }).filter(([, value]) => value === undefined);
  if (absent.length > 0) throw new Refusal(400, { error: absent.map(([key]) => `${key} is missing`).join(', ') });
  if (begin && sha) throw new Refusal(400, { error: 'start_branch, start_sha are mutually exclusive' });
  if (!forge.state.mayPush(one, who, name)) refuse(403, '403 Forbidden - You are not allowed to push into this branch');
  const start = from === undefined ? one : forge.state.projects.find(({ id, path }) => id === from || path === from);
  if (start !== one && (!start || root(start) !== root(one))) refuse(403, "403 Forbidden - Project is not included in the fork network for " + one.path);
  const old = await one.repository.head(name);
  const fresh = begin !== undefined || sha !== undefined;
  if (fresh && (start !== one || begin !== name) && old) refuse(400, `A branch called '${name}' already exists. Switch to that branch in order to make changes`);
  const base = sha ?? (await start.repository.head(begin ?? name));
  if (!base) refuse(400, 'You can only create or edit files when you are on a branch');
  if (!(await one.repository.validBranch(name))) refuse(400, `Something went wrong when we tried to create '${name}' for you: Branch name is invalid`);

  const changes = [];
  for (const { action, file_path: path, content = '', encoding, last_commit_id: last } of actions) {
    if (!path || path.split('/').includes('..')) refuse(400, 'Path cannot include traversal syntax');
    const there = await start.repository.entry(base, path);
    if (last && (await start.repository.lastCommit(base, path)) !== last) refuse(400, `The file has changed since you started editing it: ${path}`);
    if (action === 'create' && there) refuse(400, 'A file with this name already exists');
    if (action !== 'create' && !there) refuse(400, "A file with this name doesn't exist");
    if (!['create', 'update', 'delete'].includes(action)) throw new Refusal(400, { error: 'actions[0][action] does not have a valid value' });
    changes.push({ path, blob: action === 'delete' ? null : await one.repository.store(Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8')) });
  }
  for (const rule of one.rules) {
    const words = rule({ branch: name, message, person: who });
    if (words) refuse(400, words);
  }
  const made = await one.repository.make(await one.repository.change(base, changes), [base], message, who);
  if (!(await one.repository.move(name, made, old ?? NOTHING))) {
    // Between the look and the write somebody else was quicker.
    refuse(400, old ? 'Could not update branch. Please refresh and try again.' : `A branch called '${name}' already exists. Switch to that branch in order to make changes`);
  }
  return ok({ ...commitShape(forge, one, await one.repository.show(made)), stats: { additions: 1, deletions: 0, total: 1 }, status: null, project_id: one.id, last_pipeline: null }, 201);
}

const root = (project) => (project.forkOf ? root(project.forkOf) : project);

function commitShape(forge, one, { sha, parents, name, email, date, message }) {
  return {
    id: sha,
    short_id: sha.slice(0, 8),
    created_at: date,
    parent_ids: parents,
    title: message.split('\n')[0],
    message,
    author_name: name,
    author_email: email,
    authored_date: date,
    committer_name: name,
    committer_email: email,
    committed_date: date,
    web_url: `${forge.url}/${one.path}/-/commit/${sha}`,
  };
}

function requestOf(forge, asked) {
  const one = found(forge, asked);
  return one.requests.find(({ number }) => number === Number(asked.params.number)) ?? refuse(404, '404 Not found');
}

const STATES = { open: 'opened', merged: 'merged', closed: 'closed' };

async function request(forge, each, full = false) {
  await forge.state.follow(each);
  const { upstream, source, author } = each;
  const pipeline = upstream.pipelines.get(each.commit);
  return {
    id: each.id,
    iid: each.number,
    project_id: upstream.id,
    title: each.title,
    description: each.description,
    state: STATES[each.state],
    created_at: each.created,
    updated_at: each.created,
    merged_by: null,
    merged_at: null,
    closed_by: null,
    closed_at: null,
    target_branch: each.target,
    source_branch: each.branch,
    user_notes_count: 0,
    upvotes: 0,
    downvotes: 0,
    author: short(forge, author),
    assignee: null,
    assignees: [],
    reviewers: each.reviewers.map((login) => short(forge, forge.state.people.get(login))),
    source_project_id: source.id,
    target_project_id: upstream.id,
    labels: each.labels,
    draft: /^Draft: /.test(each.title),
    work_in_progress: /^Draft: /.test(each.title),
    milestone: null,
    merge_status: 'can_be_merged',
    detailed_merge_status: pipeline?.status === 'running' ? 'ci_still_running' : 'mergeable',
    sha: each.commit,
    merge_commit_sha: each.merged ?? null,
    force_remove_source_branch: each.removes,
    reference: `!${each.number}`,
    web_url: `${forge.url}/${upstream.path}/-/merge_requests/${each.number}`,
    squash: false,
    has_conflicts: false,
    ...(full && { head_pipeline: pipeline ? { id: 1, sha: each.commit, ref: each.branch, web_url: `${forge.url}/${upstream.path}/-/pipelines/1`, ...pipeline } : null, user: { can_merge: true } }),
  };
}

async function requests(forge, asked) {
  const one = found(forge, asked);
  const { query } = asked;
  const state = query.get('state') ?? 'all';
  const fits = (each) =>
    (state === 'all' || STATES[each.state] === state) &&
    ['source_branch', 'target_branch'].every((key) => !query.has(key) || query.get(key) === (key === 'source_branch' ? each.branch : each.target));
  const all = one.requests.filter(fits).reverse();
  return paged(asked, await Promise.all(all.map((each) => request(forge, each))), forge);
}

async function open(forge, asked) {
  const source = found(forge, asked);
  const who = signedIn(forge, asked);
  // Decap sends the same names in the query, and GitLab takes them from there too.
  const given = { ...Object.fromEntries(asked.query), ...asked.body };
  const absent = ['title', 'source_branch', 'target_branch'].filter((name) => given[name] === undefined);
  if (absent.length > 0) throw new Refusal(400, { error: absent.map((name) => `${name} is missing`).join(', ') });
  const upstream = given.target_project_id === undefined ? source : forge.state.projects.find(({ id }) => id === Number(given.target_project_id));
  if (!upstream || !forge.state.mayRead(upstream, who)) refuse(404, '404 Project Not Found');
  if (root(upstream) !== root(source)) refuse(422, ['Source project is not a fork of the target project']);
  if (forge.state.level(source, who) < LEVELS.write) refuse(403, '403 Forbidden');
  const { source_branch: name, target_branch: target } = given;
  const absentBranches = [];
  if (!(await source.repository.head(name))) absentBranches.push(`Source branch "${name}" does not exist`);
  if (!(await upstream.repository.head(target))) absentBranches.push(`Target branch "${target}" does not exist`);
  if (source === upstream && name === target) refuse(422, ["You can't use same project/branch for source and target"]);
  if (absentBranches.length > 0) refuse(400, absentBranches);
  const same = upstream.requests.find((each) => each.state === 'open' && each.source === source && each.branch === name && each.target === target);
  if (same) refuse(409, [`Another open merge request already exists for this source branch: !${same.number}`]);
  const labels = Array.isArray(given.labels) ? given.labels : given.labels ? given.labels.split(',') : [];
  const made = await forge.state.addRequest(upstream, { source, branch: name, target, person: who, title: given.title, description: given.description ?? null, labels: forge.state.level(upstream, who) >= LEVELS.guest ? labels : [], removes: String(given.remove_source_branch) === 'true', reviewers: reviewersOf(forge, upstream, given.reviewer_ids ?? []) });
  return ok(await request(forge, made, true), 201);
}

/** Those who may not see the project are left out without a word; without a licence one is all. */
function reviewersOf(forge, project, ids) {
  const known = [...forge.state.people.values()].filter((each) => ids.includes(each.id) && forge.state.mayRead(project, each)).map(({ login }) => login);
  return forge.options.oneReviewer ? known.slice(0, 1) : known;
}

async function change(forge, asked) {
  const each = requestOf(forge, asked);
  const who = signedIn(forge, asked);
  if (who !== each.author && forge.state.level(each.upstream, who) < LEVELS.write) refuse(403, '403 Forbidden');
  const given = { ...Object.fromEntries(asked.query), ...asked.body };
  if (given.labels !== undefined) each.labels = String(given.labels).split(',').filter(Boolean);
  for (const name of ['title', 'description']) if (given[name] !== undefined) each[name] = given[name];
  if (given.state_event === 'close') each.state = 'closed';
  return ok(await request(forge, each, true));
}

async function merge(forge, asked) {
  const each = requestOf(forge, asked);
  if (each.state !== 'open') refuse(405, '405 Method Not Allowed');
  await forge.state.follow(each);
  await forge.state.merge(each);
  if (asked.query.get('should_remove_source_branch') === 'true') await each.source.repository.remove(each.branch);
  return ok(await request(forge, each, true));
}

function paged({ query, path }, all, forge) {
  const size = Math.min(100, Number(query.get('per_page') ?? 20));
  const page = Number(query.get('page') ?? 1);
  const last = Math.max(1, Math.ceil(all.length / size));
  const link = (to, rel) => `<${forge.url}${path}?page=${to}&per_page=${size}>; rel="${rel}"`;
  return ok(all.slice((page - 1) * size, page * size), 200, {
    link: [link(1, 'first'), link(last, 'last')].join(', '),
    'x-page': String(page),
    'x-per-page': String(size),
    'x-next-page': page < last ? String(page + 1) : '',
    'x-prev-page': page > 1 ? String(page - 1) : '',
    'x-total': String(all.length),
    'x-total-pages': String(last),
  });
}
