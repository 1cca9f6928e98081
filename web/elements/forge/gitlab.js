// GitLab: branch and commit are one call. API: https://docs.gitlab.com/api/rest/
import { Problem } from './problem.js';
import { decoded } from './base64.js';
import { beginning, plain } from './draft.js';

/** @import { Answer, Speaker } from './ask.js' */
/** @import { Host, Pipeline, Project, Request, Settings } from '../forge.js' */

/** Developer: from here on a member pushes, unless a branch is protected. */
const DEVELOPER = 30;
/** Guest: whoever has at least this is in a group. */
const GUEST = 10;
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
  if (status === 405 && /moved projects/i.test(words)) return { code: 'redirected' };
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
  async function pages(/** @type {string} */ path, /** @type {Record<string, string | number | boolean | undefined>} */ query) {
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

    async files(project, folder, ref, found) {
      // By pages one counts with, each page of a large tree takes as long as the whole.
      for (let token = /** @type {string | undefined} */ (''); token !== undefined; ) {
        const query = { path: folder || undefined, ref, recursive: true, pagination: 'keyset', per_page: 100, page_token: token || undefined };
        const { data, headers } = await seek('GET', `${at(project)}/repository/tree`, { query });
        found((data ?? []).filter((/** @type {any} */ { type }) => type === 'blob').map((/** @type {any} */ { path }) => path));
        const next = nextToken(headers.get('link') ?? '');
        // A server that leads to where it led before would never come to an end.
        token = next === token ? undefined : next;
      }
    },

    async teams() {
      return (await pages('/groups', { min_access_level: GUEST })).map(({ full_path: path }) => path);
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

    async openRequests(upstream, target) {
      return (await pages(`${at(upstream)}/merge_requests`, { target_branch: target, state: 'opened' })).map(requestOf);
    },

    async request(upstream, number) {
      const { data } = await seek('GET', `${at(upstream)}/merge_requests/${number}`);
      return data && requestOf(data);
    },

    async describe(upstream, number, { title, description }) {
      const { data } = await ask('GET', `${at(upstream)}/merge_requests/${number}`);
      await ask('PUT', `${at(upstream)}/merge_requests/${number}`, { body: { title: beginning(data.title) + title, description } });
    },

    async open(upstream, home, { branch, target, title, description, labels = [], reviewers = [], draft }) {
      const people = await Promise.all(reviewers.map(async (name) => ({ name, id: await idOf(name) })));
      const ids = people.map(({ id }) => id).filter((id) => id !== undefined);
      const forked = home.id !== upstream.id;
      const body = {
        source_branch: branch,
        target_branch: target,
        title: draft ? `Draft: ${title}` : title,
        description,
        ...(labels.length > 0 && { labels }),
        ...(ids.length > 0 && { reviewer_ids: ids }),
        remove_source_branch: true,
        ...(forked && { target_project_id: upstream.id, allow_collaboration: true }),
      };
      const { data } = await ask('POST', `${at(home)}/merge_requests`, { body });
      // Whoever may not see the project is left out without a word, and without a licence so are all but the first.
      const asked = new Set((data.reviewers ?? []).map((/** @type {any} */ { username }) => username));
      return { ...requestOf(data), unasked: reviewers.filter((name) => !asked.has(name)) };
    },

    openAddress(upstream, home, branch, target) {
      const query = { 'merge_request[source_branch]': branch, 'merge_request[target_branch]': target, ...(home.id !== upstream.id && { 'merge_request[target_project_id]': String(upstream.id) }) };
      return `${home.url}/-/merge_requests/new?${new URLSearchParams(query)}`;
    },

    async pipeline(upstream, _home, { number }) {
      const { data } = await ask('GET', `${at(upstream)}/merge_requests/${number}`);
      const pipeline = data.head_pipeline;
      return pipeline && { state: STATES[pipeline.status] ?? 'waiting', url: pipeline.web_url };
    },
  };

  async function idOf(/** @type {string} */ name) {
    // Groups are no reviewers; those of CODEOWNERS are asked by GitLab itself.
    if (name.includes('/')) return undefined;
    const { data } = await seek('GET', '/users', { query: { username: name } });
    return data?.[0]?.id;
  }

  async function made(/** @type {Project} */ upstream) {
    // Copies of other people's branches would stand in the way of those of the same name.
    const only = { branches: upstream.defaultBranch };
    try {
      return (await ask('POST', `${at(upstream)}/fork`, { body: only })).data;
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      // Another page of the same person was quicker, or a project of that name is something else.
      const fork = await ownFork(upstream);
      if (fork) return fork;
      if (problem.status === 409) return (await ask('POST', `${at(upstream)}/fork`, { body: { ...only, path: `${upstream.path.split('/').pop()}-fork` } })).data;
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
  return { number: data.iid, url: data.web_url, state: REQUEST_STATES[data.state], draft: data.draft ?? data.work_in_progress ?? false, branch: data.source_branch, commit: data.sha, source: data.source_project_id, author: data.author?.username ?? '', title: plain(data.title), description: data.description ?? '' };
}

/** Where the next page begins; nothing after the last. */
function nextToken(/** @type {string} */ link) {
  const address = /<([^>]*)>; rel="next"/.exec(link)?.[1];
  return (address && new URL(address).searchParams.get('page_token')) || undefined;
}

/** @type {Record<string, Pipeline['state']>} */
const STATES = { running: 'running', success: 'passed', failed: 'failed', canceled: 'cancelled', canceling: 'cancelled', skipped: 'skipped' };
