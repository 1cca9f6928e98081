// What GitHub has, and Gitea has alike.
import { Problem } from './problem.js';

/** @import { Ask, Speaker } from './ask.js' */
/** @import { Host, Project, Settings } from '../forge.js' */

const FORK_LOOKS = 30;

/**
 * A project that was renamed answers under its old name, and takes nothing there.
 * @param {Settings} settings
 * @param {{full_name: string}} data
 */
export function mustBeHere(settings, { full_name: path }) {
  if (path.toLowerCase() !== settings.project.toLowerCase()) throw new Problem('moved', { params: { what: 'project', from: settings.project, to: path } });
}

/**
 * Asks people, and teams as group/team, to review a request: one by one, since one who cannot be asked would keep the others from it.
 * @param {Ask} ask
 * @param {string} request its path
 * @param {string[]} names
 * @returns {Promise<string[]>} those who could not be asked
 */
export async function askedToReview(ask, request, names) {
  const unasked = [];
  for (const name of names) {
    const body = name.includes('/') ? { team_reviewers: [name.split('/').pop()] } : { reviewers: [name] };
    try {
      await ask('POST', `${request}/requested_reviewers`, { body });
    } catch (problem) {
      // A request without reviewers is a good one.
      if (!(problem instanceof Problem) || problem.code === 'cancelled') throw problem;
      unasked.push(name);
    }
  }
  return unasked;
}

/**
 * A fork as soon as it holds something: it is made in the background.
 * @param {Project} fork
 * @param {Host['head']} head
 * @param {Speaker['rest']} rest
 */
export async function whenMade(fork, head, rest) {
  for (let looks = 1; looks <= FORK_LOOKS; looks++) {
    if (await head(fork, fork.defaultBranch)) return fork;
    await rest(1);
  }
  throw new Problem('timeout', { params: { what: 'fork' } });
}
