// A git forge, seen from the page: who is there, what the project holds, and how files become a merge request.
//
// Every failure is a `Problem` with a code (`forge/problem.js`). Tokens live in closures: none is in a property, a message or an
// address. Nothing is kept between two calls, so that a page that was reloaded in the middle goes on where the forge stands.
import { speaker } from './forge/ask.js';
import { gitea } from './forge/gitea.js';
import { github } from './forge/github.js';
import { gitlab } from './forge/gitlab.js';
import { Problem } from './forge/problem.js';
import { submit } from './forge/submit.js';

/** @import { Report, Speaker, Token, World } from './forge/ask.js' */

/**
 * @typedef {object} Settings
 * @property {'gitlab' | 'github' | 'gitea'} kind
 * @property {string} url of the forge, as https://gitlab.com
 * @property {string} project as group/name
 * @property {string} [target] the branch that requests go to; the project's default branch without
 * @property {string | null} [api] where its API is to be had, if not from the forge itself
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
 * @typedef {object} Submission
 * @property {string} branch named after the content, so that the same content finds the same branch
 * @property {string} title
 * @property {string} message of the commit
 * @property {string} description
 * @property {string[]} [labels]
 * @property {boolean} [draft]
 * @property {string[]} [reviewers] names of people, and of teams as group/team
 * @property {string | null} [hash] of the content: a description that holds it is left as it is
 * @property {boolean} [fork] whether the branch is in the person's own fork
 * @property {{path: string, text: string, expected?: string | null}[]} files `expected` is the version that was opened, null where
 *   there was no file; without it nothing is compared
 *
 * `unasked` are the reviewers whom the forge did not let be asked.
 * @typedef {{url: string, number: number, branch: string, commit: string, updated: boolean, project: string, unasked?: string[]}} Result
 *
 * @typedef {object} Request
 * @property {number} number
 * @property {string} url
 * @property {'open' | 'merged' | 'closed'} state
 * @property {boolean} draft
 * @property {string} branch
 * @property {string} commit
 * @property {string | number | undefined} source the project of the branch, by its id or path; forks go away
 * @property {string} author by login
 * @property {string} title
 * @property {string} description
 * @property {string[]} [unasked]
 *
 * @typedef {{state: 'waiting' | 'running' | 'passed' | 'failed' | 'cancelled' | 'skipped', url: string}} Pipeline
 *
 * @typedef {object} Forge
 * @property {() => Promise<Person>} person
 * @property {() => Promise<Project>} project
 * @property {(path: string, ref?: string, place?: {fork?: boolean}) => Promise<File | null>} read `fork`: in the person's own
 * @property {(folder: string, found?: (paths: string[]) => void) => Promise<string[]>} files all paths below a folder; `found` has them as they come
 * @property {() => Promise<string[] | null>} teams that the person is in, by their whole names; null where the forge does not say
 * @property {(submission: {branch: string}) => Promise<Known | null>} state
 * @property {(config: {stem: string, path: string}) => Promise<(Known & {own: boolean}) | null>} earlier the open request for a config
 *   under an earlier content; `stem` is its branch without the hash
 * @property {(submission: Submission, report?: Report) => Promise<Result>} submit
 *
 * @typedef {Request & {fork: boolean, pipeline: Pipeline | null}} Known `fork`: whether its branch is in a fork
 *
 * What each kind of forge does in its own way.
 * @typedef {object} Host
 * @property {Project} here the project as the settings name it
 * @property {() => Promise<Person>} person
 * @property {() => Promise<Project>} project
 * @property {(project: Project, branch: string) => Promise<string | null>} head the commit of a branch
 * @property {(project: Project, path: string, ref: string) => Promise<File | null>} file
 * @property {(project: Project, folder: string, ref: string, found: (paths: string[]) => void) => Promise<void>} files
 * @property {() => Promise<string[]>} teams
 * @property {(project: Project, change: Change) => Promise<string>} write one commit, and the branch if there is none
 * @property {(upstream: Project) => Promise<Project>} fork the person's own, made if there is none
 * @property {(upstream: Project) => Promise<Project | null>} ownFork
 * @property {(upstream: Project, home: Project, branch: string, target: string) => Promise<Request[]>} requests open ones first, then the newest first
 * @property {(upstream: Project, target: string) => Promise<Request[]>} openRequests the newest first
 * @property {(upstream: Project, number: number) => Promise<Request | null>} request
 * @property {(upstream: Project, number: number, change: {title: string, description: string}) => Promise<void>} describe
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
  const forge = settings.url.replace(/\/+$/, '');
  /** @param {Report} report @returns {Host} */
  const hostFor = (report) => kind.host(settings, speaker({ server: settings.api ? settings.api.replace(/\/+$/, '') : kind.server(forge), page: `${forge}/${settings.project}`, token: giver, explain: kind.explain, world, report }));
  const host = hostFor(world.report ?? (() => {}));
  const branch = async (/** @type {string | undefined} */ ref) => ref ?? settings.target ?? (await host.project()).defaultBranch;

  return {
    person: host.person,
    project: host.project,
    async read(path, ref, { fork = false } = {}) {
      const home = fork ? await host.ownFork(await host.project()) : host.here;
      const file = home && (await host.file(home, path, await branch(ref)));
      // Nothing there, or nothing to be seen: the project knows.
      if (!file && !fork) await host.project();
      return file;
    },
    async files(folder, found = () => {}) {
      /** @type {string[]} */
      const all = [];
      await host.files(await host.project(), folder, await branch(undefined), (paths) => {
        all.push(...paths);
        found(paths);
      });
      return all;
    },
    async teams() {
      try {
        return await host.teams();
      } catch (problem) {
        // A token need not be allowed to see them.
        if (problem instanceof Problem && ['scope', 'protected', 'not-found-or-no-access', 'rejected'].includes(problem.code)) return null;
        throw problem;
      }
    },
    async state(submission) {
      const upstream = await host.project();
      const target = settings.target || upstream.defaultBranch;
      for (const find of [() => upstream, () => host.ownFork(upstream)]) {
        const home = await find();
        const [request] = home ? await host.requests(upstream, home, submission.branch, target) : [];
        if (home && request) return { ...request, fork: home !== upstream, pipeline: await host.pipeline(upstream, home, request) };
      }
      return null;
    },
    async earlier({ stem, path }) {
      const [upstream, me] = await Promise.all([host.project(), host.person()]);
      const all = await host.openRequests(upstream, settings.target || upstream.defaultBranch);
      const alike = all.filter(({ branch }) => branch.startsWith(stem) && /^[0-9a-f]{8}$/.test(branch.slice(stem.length)));
      // One's own come first: those are what can be gone on with.
      for (const request of [...alike.filter(({ author }) => author === me.login), ...alike.filter(({ author }) => author !== me.login)]) {
        const own = request.author === me.login;
        const fork = !isOf(upstream, request);
        const home = fork ? own && (await host.ownFork(upstream)) : upstream;
        // Two names can be spelled alike in a branch; the config itself tells. Into the forks of others nobody need see.
        if (fork && !own) return { ...request, own, fork, pipeline: null };
        if (home && isOf(home, request) && (await host.file(home, path, request.branch))) {
          return { ...request, own, fork, pipeline: await host.pipeline(upstream, home, request) };
        }
      }
      return null;
    },
    submit: (submission, report = () => {}) => submit(hostFor(report), settings.target, submission, report),
  };
}

/** Whether the branch of a request is in a project. */
const isOf = (/** @type {Project} */ { id, path }, /** @type {Request} */ { source }) => source === id || source === path;

/** Whether the page can ask forges of this kind. */
export const speaks = (/** @type {string} */ kind) => Object.hasOwn(KINDS, kind);

export { Problem };
