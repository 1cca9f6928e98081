// What GitHub has, and Gitea has alike.
import { Problem } from './problem.js';

/** @import { Speaker } from './ask.js' */
/** @import { Entry, Host, Project, Settings } from '../forge.js' */

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
 * What a folder holds; nothing where it is a file, or is not there.
 * @param {unknown} data
 * @returns {Entry[]}
 */
export const entries = (data) => (Array.isArray(data) ? data : []).map(({ path, name, type }) => ({ path, name, kind: type === 'dir' ? 'folder' : 'file' }));

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
