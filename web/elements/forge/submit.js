// From files to a merge request, whatever the forge, and however often it is tried: what is there decides what is done next.
import { Problem } from './problem.js';

/** @import { Report } from './ask.js' */
/** @import { Host, Project, Request, Result, Submission } from '../forge.js' */

const TRIES = 3;
/** After these nobody knows, or somebody else was quicker: looking tells. */
const LOOK_AGAIN = new Set(['no-cors-or-network', 'server', 'timeout', 'branch-exists', 'conflict', 'request-exists']);
/** After these the server needs a moment. */
const REST = new Set(['no-cors-or-network', 'server', 'timeout']);

/**
 * @param {Host} host
 * @param {string | undefined} wanted the branch that requests go to
 * @param {Submission} submission
 * @param {Report} report
 * @returns {Promise<Result>}
 */
export async function submit(host, wanted, submission, report) {
  report('look');
  const upstream = await host.project();
  if (upstream.archived) throw new Problem('archived', { params: { url: upstream.url } });
  const target = wanted || upstream.defaultBranch;
  /** @param {Project} home where the branch is */
  const through = async (home) => {
    const place = { host, upstream, home, target, submission, report };
    const { commit, updated } = await commitTo(place);
    const { url, number, unasked = [] } = await requestFor(place, commit);
    const result = { url, number, branch: submission.branch, commit, updated, project: home.path, ...(unasked.length > 0 && { unasked }) };
    report('done', result);
    return result;
  };

  // What was begun in a fork goes on there, whatever the person may do by now.
  const begun = submission.fork ? await host.ownFork(upstream) : null;
  if (begun) return through(begun);
  if (upstream.mayPush !== false) {
    try {
      return await through(upstream);
    } catch (problem) {
      // Forges do not always know beforehand who may push, so that the refusal is what counts.
      if (upstream.mayPush || !(problem instanceof Problem) || problem.code !== 'protected') throw problem;
    }
  }
  const there = await alreadyThere({ host, upstream, home: upstream, target, submission, report });
  if (there) return there;
  report('fork');
  return through(await host.fork(upstream));
}

/**
 * Whoever may not push may still find that somebody who may has asked for the very same.
 * @param {Place} place
 * @returns {Promise<Result | null>}
 */
async function alreadyThere(place) {
  const { host, upstream, target, submission, report } = place;
  if ((await host.head(upstream, submission.branch)) === null) return null;
  const [request] = await host.requests(upstream, upstream, submission.branch, target);
  if (request?.state !== 'open') return null;
  const { head, changes } = await look({ ...place, submission: { ...submission, files: submission.files.map(({ path, text }) => ({ path, text })) } });
  if (changes.length > 0 || head === null) return null;
  const result = { url: request.url, number: request.number, branch: submission.branch, commit: head, updated: false, project: upstream.path };
  report('done', result);
  return result;
}

/** @typedef {{host: Host, upstream: Project, home: Project, target: string, submission: Submission, report: Report}} Place */

/**
 * Sees to it that the branch holds the files.
 * @param {Place} place
 */
async function commitTo(place) {
  const { host, home, submission, report } = place;
  /** @type {string | null} */
  let before = null;
  for (let tries = 1; ; tries++) {
    const { head, start, changes } = await look(place);
    if (tries === 1) before = head;
    // An answer that did not arrive may have been a good one, and then this is our own commit.
    if (changes.length === 0) return { commit: /** @type {string} */ (head), updated: before !== null && head !== before };
    report('branch', { branch: submission.branch, project: home.path, there: head !== null });
    report('commit', { files: changes.map(({ path }) => path) });
    try {
      return { commit: await host.write(home, { branch: submission.branch, head, start, message: submission.message, changes }), updated: head !== null };
    } catch (problem) {
      await lookAgain(place, problem, tries);
    }
  }
}

/**
 * Compares the files with those on the branch or, as long as there is no branch, with those that it would start from.
 * @param {Place} place
 */
async function look({ host, upstream, home, target, submission }) {
  const [head, begin] = await Promise.all([host.head(home, submission.branch), host.head(upstream, target)]);
  if (begin === null) throw new Problem('moved', { params: { what: 'branch', from: target, to: upstream.defaultBranch } });
  const start = { project: upstream, branch: target, commit: begin };
  const [project, ref] = head === null ? [upstream, begin] : [home, head];
  const files = await Promise.all(submission.files.map(async (file) => ({ ...file, there: await host.file(project, file.path, ref) })));
  const different = files.filter(({ text, there }) => there?.text !== text);
  if (different.length === 0) {
    if (head === null) throw await unchanged(host, upstream, home, submission.branch, target);
    return { head, start, changes: [] };
  }
  if (head !== null) {
    const [request] = await host.requests(upstream, home, submission.branch, target);
    if (request?.state !== 'open') throw new Problem('branch-exists', { params: { branch: submission.branch, url: request?.url, number: request?.number } });
  }
  for (const { path, expected, there } of different) {
    if (expected !== undefined && expected !== (there?.version ?? null)) {
      throw new Problem('conflict', { params: { path, theirs: there && { text: there.text, version: there.version } } });
    }
  }
  return { head, start, changes: different.map(({ path, text, there }) => ({ path, text, version: there?.version ?? null })) };
}

/** All is there already; most often because an earlier request for it was merged. */
async function unchanged(/** @type {Host} */ host, /** @type {Project} */ upstream, /** @type {Project} */ home, /** @type {string} */ branch, /** @type {string} */ target) {
  const [request] = await host.requests(upstream, home, branch, target);
  return new Problem('unchanged', { params: { url: request?.url, number: request?.number } });
}

/**
 * Sees to it that there is one open request for the branch.
 * @param {Place} place
 * @param {string} commit
 * @returns {Promise<Request>}
 */
async function requestFor(place, commit) {
  const { host, upstream, home, target, submission, report } = place;
  try {
    for (let tries = 1; ; tries++) {
      const [request] = await host.requests(upstream, home, submission.branch, target);
      if (request?.state === 'open') return await described(place, request);
      if (request?.state === 'merged' && request.commit === commit) throw new Problem('unchanged', { params: { url: request.url, number: request.number } });
      report('request', { target });
      try {
        return await host.open(upstream, home, { ...submission, target });
      } catch (problem) {
        // The forge may know of a request before its own list does.
        const number = problem instanceof Problem && problem.code === 'request-exists' ? problem.params.number : undefined;
        const known = number === undefined ? null : await host.request(upstream, number);
        if (known) return known;
        await lookAgain(place, problem, tries);
      }
    }
  } catch (problem) {
    if (problem instanceof Problem && problem.code !== 'unchanged') problem.params = { ...problem.params, branch: submission.branch, open: host.openAddress(upstream, home, submission.branch, target) };
    throw problem;
  }
}

/**
 * Title and description of an open request follow what it brings. Those of somebody else stay as they are, and so does what
 * reviewers wrote into one that tells of this content already.
 * @param {Place} place
 * @param {Request} request
 */
async function described({ host, upstream, submission, report }, request) {
  const { title, description, hash } = submission;
  const told = hash ? request.description.includes(hash) : sameText(request.description, description);
  if (told && request.title === title) return request;
  try {
    if ((await host.person()).login !== request.author) return request;
    report('describe');
    await host.describe(upstream, request.number, { title, description: told ? request.description : description });
  } catch (problem) {
    // The content is there, which is what counts.
    if (!(problem instanceof Problem) || problem.code === 'cancelled') throw problem;
  }
  return request;
}

/** Forges keep the ends of lines, and lose empty ones at the end. */
const sameText = (/** @type {string} */ one, /** @type {string} */ other) => one.replace(/\r\n/g, '\n').trim() === other.replace(/\r\n/g, '\n').trim();

async function lookAgain(/** @type {Place} */ { host, report }, /** @type {unknown} */ problem, /** @type {number} */ tries) {
  if (!(problem instanceof Problem) || !LOOK_AGAIN.has(problem.code)) throw problem;
  if (tries === TRIES) {
    // The forge sees a change that cannot be seen; there is nothing to compare with.
    throw problem.code === 'conflict' || problem.code === 'request-exists' ? new Problem('rejected', problem) : problem;
  }
  if (REST.has(problem.code)) await host.rest(tries);
  report('look');
}
