// GitLab: branch and commit are one call. API: https://docs.gitlab.com/api/rest/
import { Problem } from './problem.js';
import { decoded } from './base64.js';

/** @import { Answer, Speaker } from './ask.js' */
/** @import { Host, Pipeline, Project, Request, Settings } from '../forge.js' */

/** Developer: from here on a member pushes, unless a branch is protected. */
const DEVELOPER = 30;
/** How often, and how many seconds apart, a new fork is asked for whether it is ready. */
const FORK_LOOKS = 30;

export const gitlab = { server: (/** @type {string} */ url) => `${url}/api/v4`, explain, host };

/**
 * @param {Answer} answer
 * @param {string} words
 */
function explain({ status, data }, words) {
  if (status === 401) return { code: 'signed-out' };
  if (status === 429) return { code: 'rate-limit' };
  if (status >= 500) return { code: 'server' };
  if (status === 403 && data?.error === 'insufficient_scope') return { code: 'scope', params: { scope: data.scope ?? 'api' } };
  if (status === 403) return { code: 'protected' };
  if (status === 404) return { code: 'not-found-or-no-access' };
  if (status === 405 && /moved projects/i.test(words)) return { code: 'moved', params: { what: 'project' } };
  if (status === 409 && /merge request already exists/i.test(words)) return { code: 'request-exists', params: { number: numberIn(words) } };
  if (/^A branch called .* already exists/i.test(words)) return { code: 'branch-exists' };
  if (/has changed since you started editing|file with this name (?:already exists|doesn't exist)|refresh and try again/i.test(words)) return { code: 'conflict' };
  // GitLab's own check of the branch, which lies below the one of the API.
  if (/^You are not allowed to push into this branch/i.test(words)) return { code: 'protected' };
  return { code: 'rejected' };
}

function numberIn(/** @type {string} */ words) {
  const number = /!(\d+)/.exec(words)?.[1];
  return number === undefined ? undefined : Number(number);
}

/**
 * @param {Settings} settings
 * @param {Speaker} speaker
 * @returns {Host}
 */
function host(settings, { ask, seek, rest }) {
  /** @type {Project} */
  const here = { id: settings.project, path: settings.project, url: '', defaultBranch: '', archived: false, mayPush: null };
  const at = (/** @type {Project} */ { id }) => `/projects/${encodeURIComponent(id)}`;

  /** Reads page after page. */
  async function pages(/** @type {string} */ path, /** @type {Record<string, string | boolean | undefined>} */ query) {
    const all = [];
    for (let page = '1'; page; ) {
      const { data, headers } = await seek('GET', path, { query: { ...query, per_page: 100, page } });
      all.push(...(data ?? []));
      page = headers.get('x-next-page') ?? '';
    }
    return all;
  }

  /** @type {Host['ownFork']} */
  async function ownFork(upstream) {
    const [{ data: me }, forks] = await Promise.all([ask('GET', '/user'), pages(`${at(upstream)}/forks`, { owned: true })]);
    const fork = forks.find(({ namespace }) => namespace.full_path === me.username);
    return fork ? projectOf((await ask('GET', `/projects/${fork.id}`)).data) : null;
  }

  /** A fork is made in the background. */
  async function ready(/** @type {number} */ id) {
    for (let looks = 1; looks <= FORK_LOOKS; looks++) {
      const { data } = await ask('GET', `/projects/${id}`);
      if (data.import_status === 'failed') throw new Problem('server', { words: data.import_error ?? '' });
      if (data.import_status === 'finished' || data.import_status === 'none') return projectOf(data);
      await rest(1);
    }
    throw new Problem('timeout', { params: { what: 'fork' } });
  }

  return {
    here,
    rest,
    ownFork,

    async person() {
      const { data } = await ask('GET', '/user');
      return { name: data.name, login: data.username, email: data.commit_email ?? data.email ?? '' };
    },

    async project() {
      const { data } = await ask('GET', at(here));
      // A request for a renamed project is led on; what writes would be refused.
      if (data.path_with_namespace.toLowerCase() !== settings.project.toLowerCase()) {
        throw new Problem('moved', { params: { what: 'project', from: settings.project, to: data.path_with_namespace } });
      }
      return projectOf(data);
    },

    async head(project, branch) {
      return (await seek('GET', `${at(project)}/repository/branches/${encodeURIComponent(branch)}`)).data?.commit.id ?? null;
    },

    async file(project, path, ref) {
      const { data } = await seek('GET', `${at(project)}/repository/files/${encodeURIComponent(path)}`, { query: { ref } });
      return data && { text: decoded(data.content), version: data.last_commit_id, commit: data.commit_id };
    },

    async list(project, folder, ref) {
      const entries = await pages(`${at(project)}/repository/tree`, { path: folder || undefined, ref });
      return entries.map(({ path, name, type }) => ({ path, name, kind: type === 'tree' ? 'folder' : 'file' }));
    },

    async write(project, { branch, head, start, message, changes }) {
      // A branch that exists is committed to; else this call makes it, and fails if somebody else just has.
      const begin = head === null ? { start_branch: start.branch, ...(start.project.id !== project.id && { start_project: start.project.id }) } : {};
      const actions = changes.map(({ path, text, version }) => ({
        action: version === null ? 'create' : 'update',
        file_path: path,
        content: text,
        encoding: 'text',
        ...(version !== null && { last_commit_id: version }),
      }));
      const { data } = await ask('POST', `${at(project)}/repository/commits`, { body: { branch, ...begin, commit_message: message, actions } });
      return data.id;
    },

    async fork(upstream) {
      const fork = (await ownFork(upstream)) ?? (await made(upstream));
      return ready(Number(fork.id));
    },

    async requests(upstream, home, branch, target) {
      const all = await pages(`${at(upstream)}/merge_requests`, { source_branch: branch, target_branch: target, state: 'all' });
      const ours = all.filter(({ source_project_id: source }) => source === home.id).map(requestOf);
      return [...ours.filter(({ state }) => state === 'open'), ...ours.filter(({ state }) => state !== 'open')];
    },

    async request(upstream, number) {
      const { data } = await seek('GET', `${at(upstream)}/merge_requests/${number}`);
      return data && requestOf(data);
    },

    async open(upstream, home, { branch, target, title, description, labels = [], draft }) {
      const forked = home.id !== upstream.id;
      const body = {
        source_branch: branch,
        target_branch: target,
        title: draft ? `Draft: ${title}` : title,
        description,
        ...(labels.length > 0 && { labels }),
        remove_source_branch: true,
        ...(forked && { target_project_id: upstream.id, allow_collaboration: true }),
      };
      return requestOf((await ask('POST', `${at(home)}/merge_requests`, { body })).data);
    },

    openAddress(upstream, home, branch, target) {
      const query = { 'merge_request[source_branch]': branch, 'merge_request[target_branch]': target, ...(home.id !== upstream.id && { 'merge_request[target_project_id]': String(upstream.id) }) };
      return `${home.url}/-/merge_requests/new?${new URLSearchParams(query)}`;
    },

    async pipeline(upstream, _home, { number }) {
      const { data } = await ask('GET', `${at(upstream)}/merge_requests/${number}`);
      const pipeline = data.head_pipeline;
      return pipeline && { state: STATES[/** @type {keyof STATES} */ (pipeline.status)] ?? 'waiting', url: pipeline.web_url };
    },
  };

  async function made(/** @type {Project} */ upstream) {
    try {
      return (await ask('POST', `${at(upstream)}/fork`, { body: {} })).data;
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      // Another page of the same person was quicker, or a project of that name is something else.
      const fork = await ownFork(upstream);
      if (fork) return fork;
      if (problem.status === 409) return (await ask('POST', `${at(upstream)}/fork`, { body: { path: `${upstream.path.split('/').pop()}-fork` } })).data;
      if (problem.status === 403 || problem.status === 404) throw new Problem('protected', { status: problem.status, words: problem.words, params: { fork: 'refused' } });
      throw problem;
    }
  }
}

/** @returns {Project} */
function projectOf(/** @type {any} */ data) {
  const { project_access: own, group_access: group } = data.permissions ?? {};
  const level = Math.max(own?.access_level ?? 0, group?.access_level ?? 0);
  return {
    id: data.id,
    path: data.path_with_namespace,
    url: data.web_url,
    defaultBranch: data.default_branch,
    archived: data.archived,
    // Whoever comes through an invited group, or is an administrator, is not told here.
    mayPush: level >= DEVELOPER || null,
  };
}

/** @type {Record<string, Request['state']>} */
const REQUEST_STATES = { opened: 'open', locked: 'open', merged: 'merged', closed: 'closed' };

/** @returns {Request} */
function requestOf(/** @type {any} */ data) {
  return { number: data.iid, url: data.web_url, state: REQUEST_STATES[data.state], draft: data.draft ?? data.work_in_progress ?? false, branch: data.source_branch, commit: data.sha };
}

/** @type {Record<string, Pipeline['state']>} */
const STATES = { running: 'running', success: 'passed', failed: 'failed', canceled: 'cancelled', canceling: 'cancelled', skipped: 'skipped' };
