// Gitea and Forgejo: one call makes the branch and the commit, within one project. API: https://docs.gitea.com/api/
import { decoded, encoded } from './base64.js';
import { beginning, plain } from './draft.js';
import { askedToReview, mustBeHere, whenMade } from './github-like.js';
import { inPath } from './paths.js';
import { Problem } from './problem.js';

/** @import { Answer, Speaker } from './ask.js' */
/** @import { Host, Pipeline, Project, Request, Settings } from '../forge.js' */

/** No server of them lists more at once, unless its administrator said so. */
const PAGE = 50;
/** So many files of a tree come at once. */
const TREE_PAGE = 1000;
/** Titles of drafts begin so; the API has no other way. */
const DRAFT = 'WIP: ';

export const gitea = { server: (/** @type {string} */ url) => `${url}/api/v1`, explain, host };

/**
 * @param {Answer} answer
 * @param {string} words
 */
function explain({ status }, words) {
  if (status === 401) return { code: 'signed-out' };
  if (status === 429) return { code: 'rate-limit' };
  if (status >= 500) return { code: 'server' };
  const scope = /required scope\(s\):? ?\[?([^\]]*)/i.exec(words);
  if (scope) return { code: 'scope', params: { scope: scope[1] || 'write:repository' } };
  if (status === 423 || (status === 403 && /archived/i.test(words))) return { code: 'archived' };
  if (status === 403) return { code: 'protected' };
  if (/branch already exists/i.test(words)) return { code: 'branch-exists' };
  if (/does not match|file already exists|file does not exist|out.of.date/i.test(words)) return { code: 'conflict' };
  if (status === 404) return { code: 'not-found-or-no-access' };
  if (status === 409 && /pull request already exists/i.test(words)) return { code: 'request-exists' };
  return { code: 'rejected' };
}

/**
 * @param {Settings} settings
 * @param {Speaker} speaker
 * @returns {Host}
 */
function host(settings, { ask, seek, rest }) {
  /** @type {Project} */
  const here = { id: settings.project, path: settings.project, url: '', defaultBranch: '', archived: false, mayPush: null };
  const at = (/** @type {Project} */ { path }) => `/repos/${inPath(path)}`;

  /** @type {Host['head']} */
  async function head(project, branch) {
    return (await seek('GET', `${at(project)}/branches/${inPath(branch)}`)).data?.commit.id ?? null;
  }

  async function contents(/** @type {Project} */ project, /** @type {string} */ path, /** @type {string} */ ref) {
    const commit = /^[0-9a-f]{40}$/.test(ref) ? ref : await head(project, ref);
    const data = commit && (await seek('GET', `${at(project)}/contents/${inPath(path)}`, { query: { ref: commit } })).data;
    return { commit, data };
  }

  /** Reads page after page; how many there are stands in a header that a page may not read. */
  async function pulls(/** @type {Project} */ upstream, /** @type {'open' | 'closed'} */ state, most = Infinity) {
    const all = [];
    for (let page = 1; page <= most; page++) {
      const { data } = await seek('GET', `${at(upstream)}/pulls`, { query: { state, limit: PAGE, page } });
      all.push(...(data ?? []));
      if ((data ?? []).length < PAGE) break;
    }
    return all;
  }

  /** @type {Host['ownFork']} */
  async function ownFork(upstream) {
    const { data: me } = await ask('GET', '/user');
    const { data } = await seek('GET', `/repos/${inPath(`${me.login}/${upstream.path.split('/')[1]}`)}`);
    if (data?.fork && data.parent?.full_name === upstream.path) return projectOf(data);
    const { data: forks } = await seek('GET', `${at(upstream)}/forks`, { query: { limit: PAGE } });
    const renamed = (forks ?? []).find((/** @type {any} */ { owner }) => owner.login === me.login);
    return renamed ? projectOf(renamed) : null;
  }

  /** A fork's branch is brought to where the upstream one is, as a commit can only start within its own project. */
  async function sync(/** @type {Project} */ fork, /** @type {string} */ branch, /** @type {string} */ commit) {
    if ((await head(fork, branch)) === commit) return;
    const told = await seek('POST', `${at(fork)}/merge-upstream`, { body: { branch } }).catch(() => null);
    // Forgejo has another name for it.
    if (told?.status === 404) await seek('POST', `${at(fork)}/sync_fork/${inPath(branch)}`).catch(() => null);
    if ((await head(fork, branch)) !== commit) throw new Problem('fork-behind', { params: { url: fork.url } });
  }

  return {
    here,
    rest,
    head,
    ownFork,

    async person() {
      const { data } = await ask('GET', '/user');
      return { name: data.full_name || data.login, login: data.login, email: data.email ?? '' };
    },

    async project() {
      const { data } = await ask('GET', at(here));
      mustBeHere(settings, data);
      return projectOf(data);
    },

    async file(project, path, ref) {
      const { commit, data } = await contents(project, path, ref);
      return commit && data?.type === 'file' ? { text: decoded(data.content), version: data.sha, commit } : null;
    },

    async files(project, folder, ref, found) {
      const commit = await head(project, ref);
      for (let page = 1, more = commit !== null; more; page++) {
        const { data } = await ask('GET', `${at(project)}/git/trees/${commit}`, { query: { recursive: true, per_page: TREE_PAGE, page } });
        const tree = data.tree ?? [];
        found(tree.filter((/** @type {any} */ { type, path }) => type === 'blob' && (!folder || path.startsWith(`${folder}/`))).map((/** @type {any} */ { path }) => path));
        // A server may send fewer at once than it was asked for.
        more = data.truncated && tree.length > 0;
      }
    },

    async teams() {
      const all = [];
      for (let page = 1; ; page++) {
        const { data } = await ask('GET', '/user/teams', { query: { limit: PAGE, page } });
        all.push(...data.flatMap((/** @type {any} */ { name, organization: { name: group } }) => [group, `${group}/${name}`]));
        if (data.length < PAGE) return [...new Set(all)];
      }
    },

    async write(project, { branch, head: old, start, message, changes }) {
      if (old === null && start.project.id !== project.id) await sync(project, start.branch, start.commit);
      const files = changes.map(({ path, text, version }) => ({ operation: version === null ? 'create' : 'update', path, content: encoded(text), ...(version !== null && { sha: version }) }));
      const { data } = await ask('POST', `${at(project)}/contents`, { body: { ...(old === null ? { branch: start.branch, new_branch: branch } : { branch }), message, files } });
      return data.commit.sha;
    },

    async fork(upstream) {
      const fork = (await ownFork(upstream)) ?? (await made(upstream));
      return whenMade(fork, head, rest);
    },

    async requests(upstream, home, branch, target) {
      // The server's own filters differ from version to version. Of those that are done with, the latest are enough.
      const [open, closed] = await Promise.all([pulls(upstream, 'open'), pulls(upstream, 'closed', 2)]);
      // When the branch is gone, only the label still has its name.
      return [...open, ...closed].filter(({ head, base }) => (head.label || head.ref) === branch && (head.repo?.full_name ?? home.path) === home.path && base.ref === target).map(requestOf);
    },

    async openRequests(upstream, target) {
      return (await pulls(upstream, 'open')).filter(({ base }) => base.ref === target).map(requestOf);
    },

    async request(upstream, number) {
      const { data } = await seek('GET', `${at(upstream)}/pulls/${number}`);
      return data && requestOf(data);
    },

    async describe(upstream, number, { title, description }) {
      const { data } = await ask('GET', `${at(upstream)}/pulls/${number}`);
      await ask('PATCH', `${at(upstream)}/pulls/${number}`, { body: { title: beginning(data.title) + title, body: description } });
    },

    async open(upstream, home, { branch, target, title, description, labels = [], reviewers = [], draft = false }) {
      const ids = labels.length > 0 && upstream.mayPush ? await known(upstream, labels) : [];
      const body = { title: draft ? DRAFT + title : title, head: home.path === upstream.path ? branch : `${home.path.split('/')[0]}:${branch}`, base: target, body: description, ...(ids.length > 0 && { labels: ids }) };
      const made = requestOf((await ask('POST', `${at(upstream)}/pulls`, { body })).data);
      return { ...made, unasked: await askedToReview(ask, `${at(upstream)}/pulls/${made.number}`, reviewers) };
    },

    openAddress(upstream, home, branch, target) {
      return `${upstream.url}/compare/${inPath(target)}...${home.path === upstream.path ? '' : `${home.path.split('/')[0]}:`}${inPath(branch)}`;
    },

    async pipeline(upstream, _home, { commit, url }) {
      const { data } = await seek('GET', `${at(upstream)}/commits/${commit}/status`);
      return data?.total_count > 0 ? { state: STATES[data.state] ?? 'waiting', url: data.statuses?.[0]?.target_url || url } : null;
    },
  };

  /** Labels go by number. Those that do not exist are left out. */
  async function known(/** @type {Project} */ upstream, /** @type {string[]} */ labels) {
    const { data } = await seek('GET', `${at(upstream)}/labels`, { query: { limit: PAGE } });
    return (data ?? []).filter((/** @type {any} */ { name }) => labels.includes(name)).map((/** @type {any} */ { id }) => id);
  }

  async function made(/** @type {Project} */ upstream) {
    const forks = `${at(upstream)}/forks`;
    try {
      return projectOf((await ask('POST', forks, { body: {} })).data);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      const fork = await ownFork(upstream);
      if (fork) return fork;
      if (problem.status === 409) return projectOf((await ask('POST', forks, { body: { name: `${upstream.path.split('/')[1]}-fork` } })).data);
      if (problem.status === 403 || problem.status === 404) throw new Problem('protected', { status: problem.status, words: problem.words, params: { fork: 'refused' } });
      throw problem;
    }
  }
}

/** @returns {Project} */
function projectOf(/** @type {any} */ data) {
  return { id: data.id, path: data.full_name, url: data.html_url, defaultBranch: data.default_branch, archived: data.archived, mayPush: data.permissions?.push ?? null };
}

/** @returns {Request} */
function requestOf(/** @type {any} */ data) {
  return { number: data.number, url: data.html_url, state: data.merged ? 'merged' : data.state, draft: data.draft ?? data.title.startsWith(DRAFT), branch: data.head.label || data.head.ref, commit: data.head.sha, source: data.head.repo?.full_name, author: data.user?.login ?? '', title: plain(data.title), description: data.body ?? '' };
}

/** @type {Record<string, Pipeline['state']>} */
const STATES = { success: 'passed', warning: 'passed', failure: 'failed', error: 'failed', skipped: 'skipped' };
