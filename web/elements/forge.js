// A git forge, seen from the page: who is there, what the project holds, and how files become a merge request.
//
// Every failure is a `Problem` with a code (`forge/problem.js`). Tokens live in closures: none is in a property, a message or an
// address. Nothing is kept between two calls, so that a page that was reloaded in the middle goes on where the forge stands.
import { speaker } from './forge/ask.js';
import { gitea } from './forge/gitea.js';
import { github } from './forge/github.js';
import { gitlab } from './forge/gitlab.js';
import { submit } from './forge/submit.js';

/** @import { Report, Speaker, Token, World } from './forge/ask.js' */

/**
 * @typedef {object} Settings
 * @property {'gitlab' | 'github' | 'gitea'} kind
 * @property {string} url of the forge, as https://gitlab.com
 * @property {string} project as group/name
 * @property {string} [target] the branch that requests go to; the project's default branch without
 *
 * @typedef {{name: string, login: string, email: string}} Person
 *
 * @typedef {object} Project
 * @property {string | number} id
 * @property {string} path
 * @property {string} url
 * @property {string} defaultBranch
 * @property {boolean} archived
 * @property {boolean | null} mayPush a hint only, null where the forge does not know
 *
 * @typedef {object} File
 * @property {string} text
 * @property {string} version the last commit of the file (GitLab) or the name of its content (GitHub, Gitea)
 * @property {string} commit that it was read from
 *
 * @typedef {{path: string, name: string, kind: 'file' | 'folder'}} Entry
 *
 * @typedef {object} Submission
 * @property {string} branch named after the content, so that the same content finds the same branch
 * @property {string} title
 * @property {string} message of the commit
 * @property {string} description
 * @property {string[]} [labels]
 * @property {boolean} [draft]
 * @property {{path: string, text: string, expected?: string | null}[]} files `expected` is the version that was opened, null where
 *   there was no file; without it nothing is compared
 *
 * @typedef {{url: string, number: number, branch: string, commit: string, updated: boolean, project: string}} Result
 * @typedef {{number: number, url: string, state: 'open' | 'merged' | 'closed', draft: boolean, branch: string, commit: string}} Request
 * @typedef {{state: 'waiting' | 'running' | 'passed' | 'failed' | 'cancelled' | 'skipped', url: string}} Pipeline
 *
 * @typedef {object} Forge
 * @property {() => Promise<Person>} person
 * @property {() => Promise<Project>} project
 * @property {(path: string, ref?: string) => Promise<File | null>} read
 * @property {(folder: string, ref?: string) => Promise<Entry[]>} list
 * @property {(submission: {branch: string}) => Promise<(Request & {pipeline: Pipeline | null}) | null>} state
 * @property {(submission: Submission, report?: Report) => Promise<Result>} submit
 *
 * What each kind of forge does in its own way.
 * @typedef {object} Host
 * @property {Project} here the project as the settings name it
 * @property {() => Promise<Person>} person
 * @property {() => Promise<Project>} project
 * @property {(project: Project, branch: string) => Promise<string | null>} head the commit of a branch
 * @property {(project: Project, path: string, ref: string) => Promise<File | null>} file
 * @property {(project: Project, folder: string, ref: string) => Promise<Entry[]>} list
 * @property {(project: Project, change: Change) => Promise<string>} write one commit, and the branch if there is none
 * @property {(upstream: Project) => Promise<Project>} fork the person's own, made if there is none
 * @property {(upstream: Project) => Promise<Project | null>} ownFork
 * @property {(upstream: Project, home: Project, branch: string, target: string) => Promise<Request[]>} requests open ones first, then the newest first
 * @property {(upstream: Project, number: number) => Promise<Request | null>} request
 * @property {(upstream: Project, home: Project, wanted: Submission & {target: string}) => Promise<Request>} open
 * @property {(upstream: Project, home: Project, branch: string, target: string) => string} openAddress
 * @property {(upstream: Project, home: Project, request: Request) => Promise<Pipeline | null>} pipeline
 * @property {Speaker['rest']} rest
 *
 * @typedef {object} Change
 * @property {string} branch
 * @property {string | null} head its commit, null where it does not exist yet
 * @property {{project: Project, branch: string, commit: string}} start where it starts then
 * @property {string} message
 * @property {{path: string, text: string, version: string | null}[]} changes
 */

const KINDS = { gitlab, github, gitea };

/**
 * @param {Settings} settings
 * @param {string | Token} token a token, or what gives one and renews it
 * @param {World & {report?: Report}} [world] `report` is told where anything but `submit`, which has its own, must wait
 * @returns {Forge}
 */
export function connect(settings, token, world = {}) {
  const kind = KINDS[settings.kind];
  const giver = typeof token === 'string' ? { current: () => token } : token;
  /** @param {Report} report @returns {Host} */
  const hostFor = (report) => kind.host(settings, speaker({ server: kind.server(settings.url.replace(/\/+$/, '')), token: giver, explain: kind.explain, world, report }));
  const host = hostFor(world.report ?? (() => {}));
  const branch = async (/** @type {string | undefined} */ ref) => ref ?? settings.target ?? (await host.project()).defaultBranch;

  return {
    person: host.person,
    project: host.project,
    async read(path, ref) {
      const file = await host.file(host.here, path, await branch(ref));
      // Nothing there, or nothing to be seen: the project knows.
      if (!file) await host.project();
      return file;
    },
    async list(folder, ref) {
      return host.list(host.here, folder, await branch(ref));
    },
    async state(submission) {
      const upstream = await host.project();
      const target = settings.target || upstream.defaultBranch;
      for (const find of [() => upstream, () => host.ownFork(upstream)]) {
        const home = await find();
        const [request] = home ? await host.requests(upstream, home, submission.branch, target) : [];
        if (home && request) return { ...request, pipeline: await host.pipeline(upstream, home, request) };
      }
      return null;
    },
    submit: (submission, report = () => {}) => submit(hostFor(report), settings.target, submission, report),
  };
}

/** Whether the page can ask forges of this kind. */
export const speaks = (/** @type {string} */ kind) => Object.hasOwn(KINDS, kind);

export { Problem } from './forge/problem.js';
