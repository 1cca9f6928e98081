// GitHub: files become a tree, the tree a commit, the commit a branch. API: https://docs.github.com/en/rest
import { decoded } from './base64.js';
import { beginning, plain } from './draft.js';
import { askedToReview, mustBeHere, whenMade } from './github-like.js';
import { inPath } from './paths.js';
import { Problem } from './problem.js';

/** @import { Answer, Speaker } from './ask.js' */
/** @import { Host, Pipeline, Project, Request, Settings } from '../forge.js' */

const PAGE = 100;

export const github = { server, explain, host };

/** github.com has its API on a host of its own, an Enterprise server below its address. */
function server(/** @type {string} */ url) {
  const { protocol, host } = new URL(url);
  if (host === 'github.com' || host.endsWith('.ghe.com')) return `${protocol}//api.${host}`;
  return `${url}/api/v3`;
}

/**
 * @param {Answer} answer
 * @param {string} words
 */
function explain({ status, headers }, words) {
  if (status === 401) return { code: 'signed-out' };
  // 403 is both “you may not” and “not so fast”.
  if (status === 429 || (status === 403 && (headers.get('x-ratelimit-remaining') === '0' || headers.has('retry-after') || /rate limit/i.test(words)))) return { code: 'rate-limit' };
  if (status >= 500) return { code: 'server' };
  const scope = status === 403 || status === 404 ? missing(headers, words) : undefined;
  if (scope) return { code: 'scope', params: { scope } };
  if (status === 403 && /archived/i.test(words)) return { code: 'archived' };
  if (status === 403 && /SAML/.test(words)) return { code: 'not-found-or-no-access' };
  if (status === 403 || /creations being restricted|protected branch|through a pull request/i.test(words)) return { code: 'protected' };
  if (status === 404) return { code: 'not-found-or-no-access' };
  if (/Reference already exists/i.test(words)) return { code: 'branch-exists' };
  if (/not a fast.forward/i.test(words)) return { code: 'conflict' };
  if (/pull request already exists/i.test(words)) return { code: 'request-exists' };
  return { code: 'rejected' };
}

/** What the token would have to allow: fine-grained ones are refused with words, classic ones by two headers. */
function missing(/** @type {Headers} */ headers, /** @type {string} */ words) {
  if (/not accessible by (?:personal access token|integration)/i.test(words)) return headers.get('x-accepted-github-permissions')?.replaceAll('=', ':') ?? 'contents:write, pull_requests:write';
  const accepted = listed(headers.get('x-accepted-oauth-scopes'));
  const given = headers.get('x-oauth-scopes');
  return given !== null && accepted.length > 0 && !accepted.some((scope) => listed(given).includes(scope)) ? accepted[0] : undefined;
}

const listed = (/** @type {string | null} */ text) => (text ?? '').split(',').map((scope) => scope.trim()).filter(Boolean);

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
    const { data } = await seek('GET', `${at(project)}/git/ref/heads/${inPath(branch)}`).catch((problem) => {
      // So it is while a fork is being made.
      if (problem.status === 409 && /is empty/i.test(problem.words)) return { data: null };
      throw problem;
    });
    return data?.object.sha ?? null;
  }

  /** One state of the project, so that what is read together fits together. */
  const commitOf = async (/** @type {Project} */ project, /** @type {string} */ ref) => (/^[0-9a-f]{40}$/.test(ref) ? ref : head(project, ref));

  async function contents(/** @type {Project} */ project, /** @type {string} */ path, /** @type {string} */ ref) {
    const commit = await commitOf(project, ref);
    const data = commit && (await seek('GET', `${at(project)}/contents/${inPath(path)}`, { query: { ref: commit } })).data;
    return { commit, data };
  }

  /** @type {Host['ownFork']} */
  async function ownFork(upstream) {
    const { data: me } = await ask('GET', '/user');
    const { data } = await seek('GET', `/repos/${inPath(`${me.login}/${upstream.path.split('/')[1]}`)}`);
    return data?.fork && [data.parent, data.source].some((origin) => origin?.full_name === upstream.path) ? projectOf(data) : null;
  }

  return {
    here,
    rest,
    head,
    ownFork,

    async person() {
      const { data } = await ask('GET', '/user');
      return { name: data.name ?? data.login, login: data.login, email: data.email ?? '' };
    },

    async project() {
      const { data } = await ask('GET', at(here));
      mustBeHere(settings, data);
      return projectOf(data);
    },

    async file(project, path, ref) {
      const { commit, data } = await contents(project, path, ref);
      if (!commit || data?.type !== 'file') return null;
      // Files of more than a megabyte come without their content.
      const { content } = data.encoding === 'none' ? (await ask('GET', `${at(project)}/git/blobs/${data.sha}`)).data : data;
      return { text: decoded(content), version: data.sha, commit };
    },

    async files(project, folder, ref, found) {
      const commit = await commitOf(project, ref);
      if (commit) await below(project, commit, '', folder, found);
    },

    async teams() {
      const all = await pages('/user/teams', {});
      return all.map(({ slug, organization }) => `${organization.login}/${slug}`);
    },

    async write(project, { branch, head, start, message, changes }) {
      const parent = head ?? start.commit;
      const { data: old } = await ask('GET', `${at(project)}/git/commits/${parent}`);
      const blobs = changes.map(({ path, text }) => ({ path, mode: '100644', type: 'blob', content: text }));
      const { data: tree } = await ask('POST', `${at(project)}/git/trees`, { body: { base_tree: old.tree.sha, tree: blobs } });
      const { data: commit } = await ask('POST', `${at(project)}/git/commits`, { body: { message, tree: tree.sha, parents: [parent] } });
      // Until here nobody sees anything. This is refused if somebody was quicker.
      if (head === null) await ask('POST', `${at(project)}/git/refs`, { body: { ref: `refs/heads/${branch}`, sha: commit.sha } });
      else await ask('PATCH', `${at(project)}/git/refs/heads/${inPath(branch)}`, { body: { sha: commit.sha, force: false } });
      return commit.sha;
    },

    async fork(upstream) {
      const fork = (await ownFork(upstream)) ?? (await made(upstream));
      // Objects are shared, so that its own branches need not be up to date.
      return whenMade(fork, head, rest);
    },

    async requests(upstream, home, branch, target) {
      const query = { head: `${home.path.split('/')[0]}:${branch}`, base: target, state: 'all', sort: 'created', direction: 'desc', per_page: 100 };
      const { data } = await seek('GET', `${at(upstream)}/pulls`, { query });
      const all = (data ?? []).map(requestOf);
      return [...all.filter(isOpen), ...all.filter((/** @type {Request} */ each) => !isOpen(each))];
    },

    async openRequests(upstream, target) {
      return (await pages(`${at(upstream)}/pulls`, { base: target, state: 'open', sort: 'created', direction: 'desc' })).map(requestOf);
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
      const forked = home.path !== upstream.path;
      const body = { title, head: forked ? `${home.path.split('/')[0]}:${branch}` : branch, base: target, body: description, draft, ...(forked && { maintainer_can_modify: true }) };
      const request = await ask('POST', `${at(upstream)}/pulls`, { body }).catch((problem) => {
        // Some plans have no drafts.
        if (!draft || !/draft/i.test(problem.words)) throw problem;
        return ask('POST', `${at(upstream)}/pulls`, { body: { ...body, title: `Draft: ${title}`, draft: false } });
      });
      const made = requestOf(request.data);
      if (labels.length > 0 && upstream.mayPush) {
        await ask('POST', `${at(upstream)}/issues/${made.number}/labels`, { body: { labels } }).catch((problem) => {
          // A request without labels is a good one.
          if (problem.code === 'cancelled') throw problem;
        });
      }
      return { ...made, unasked: await askedToReview(ask, `${at(upstream)}/pulls/${made.number}`, reviewers) };
    },

    openAddress(upstream, home, branch, target) {
      return `${upstream.url}/compare/${inPath(target)}...${home.path.split('/')[0]}:${inPath(branch)}?quick_pull=1`;
    },

    async pipeline(upstream, _home, { commit, url }) {
      // Who may read a project need not be allowed to read its checks.
      const { data } = await ask('GET', `${at(upstream)}/commits/${commit}/check-runs`, { query: { per_page: 100 } }).catch((problem) => {
        if (problem.status === 403 || problem.status === 404) return { data: null };
        throw problem;
      });
      return data?.total_count > 0 ? { state: together(data.check_runs), url: `${url}/checks` } : null;
    },
  };

  /** Reads page after page. */
  async function pages(/** @type {string} */ path, /** @type {Record<string, string>} */ query) {
    const all = [];
    for (let page = 1; ; page++) {
      const { data } = await ask('GET', path, { query: { ...query, per_page: PAGE, page } });
      all.push(...data);
      if (data.length < PAGE) return all;
    }
  }

  /**
   * All files of a tree within the folder. Of a tree that is too large for one answer, its own trees are asked for one by one.
   * @param {Project} project
   * @param {string} tree
   * @param {string} path of the tree, with the slash at its end
   * @param {string} folder
   * @param {(paths: string[]) => void} found
   */
  async function below(project, tree, path, folder, found) {
    const whole = (await seek('GET', `${at(project)}/git/trees/${tree}`, { query: { recursive: 1 } })).data;
    const within = (/** @type {{path: string}} */ entry) => !folder || `${path}${entry.path}`.startsWith(`${folder}/`);
    const told = (/** @type {any[]} */ entries) => found(entries.filter((entry) => entry.type === 'blob' && within(entry)).map((entry) => path + entry.path));
    if (!whole?.truncated) return told(whole?.tree ?? []);
    const { data } = await ask('GET', `${at(project)}/git/trees/${tree}`);
    told(data.tree);
    for (const entry of data.tree) {
      const inside = `${path}${entry.path}/`;
      if (entry.type === 'tree' && (within(entry) || `${folder}/`.startsWith(inside))) await below(project, entry.sha, inside, folder, found);
    }
  }

  async function made(/** @type {Project} */ upstream) {
    try {
      // If there is one under another name, this is it.
      return projectOf((await ask('POST', `${at(upstream)}/forks`, { body: { default_branch_only: true } })).data);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      const fork = await ownFork(upstream);
      if (fork) return fork;
      if (problem.status === 403 || problem.status === 404) throw new Problem('protected', { status: problem.status, words: problem.words, params: { fork: 'refused' } });
      throw problem;
    }
  }
}

const isOpen = (/** @type {Request} */ { state }) => state === 'open';

/** @returns {Project} */
function projectOf(/** @type {any} */ data) {
  return { id: data.id, path: data.full_name, url: data.html_url, defaultBranch: data.default_branch, archived: data.archived, mayPush: data.permissions?.push ?? null };
}

/** @returns {Request} */
function requestOf(/** @type {any} */ data) {
  const state = data.merged_at ? 'merged' : data.state;
  return { number: data.number, url: data.html_url, state, draft: data.draft ?? false, branch: data.head.ref, commit: data.head.sha, source: data.head.repo?.full_name, author: data.user?.login ?? '', title: plain(data.title), description: data.body ?? '' };
}

/** @returns {Pipeline['state']} */
function together(/** @type {{status: string, conclusion: string | null}[]} */ runs) {
  if (runs.some(({ conclusion }) => ['failure', 'timed_out', 'action_required', 'startup_failure'].includes(conclusion ?? ''))) return 'failed';
  if (runs.some(({ status }) => status === 'in_progress')) return 'running';
  if (runs.some(({ status }) => status !== 'completed')) return 'waiting';
  if (runs.some(({ conclusion }) => conclusion === 'cancelled')) return 'cancelled';
  return runs.every(({ conclusion }) => conclusion === 'skipped') ? 'skipped' : 'passed';
}
