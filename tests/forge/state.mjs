// What a forge remembers, whatever its kind: people, their tokens, projects, forks, merge requests.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Repository } from './git.mjs';

export const LEVELS = { none: 0, guest: 10, read: 20, write: 30, admin: 40 };

export class State {
  people = new Map();
  tokens = new Map();
  projects = [];
  /** Old paths of renamed projects. */
  moved = new Map();
  #ids = 100;
  #folder;

  static async create() {
    const state = new State();
    state.#folder = await mkdtemp(join(tmpdir(), 'dagwright-forge-'));
    return state;
  }

  dispose = () => rm(this.#folder, { recursive: true, force: true });

  addPerson({ login, name = login, email = `${login}@example.com`, teams = [] }) {
    const person = { id: (this.#ids += 1), login, name, email, teams };
    this.people.set(login, person);
    return person;
  }

  addToken(value, login, { scopes, expired = false } = {}) {
    this.tokens.set(value, { value, person: this.people.get(login), scopes, expired });
    return value;
  }

  async addProject({ path, files = { 'README.md': '# DAGs\n' }, members = {}, branch = 'main', ...more }) {
    const id = (this.#ids += 1);
    const repository = await Repository.seed(join(this.#folder, `${id}.git`), branch, files, { name: 'Founder', email: 'founder@example.com' });
    const project = { id, path, repository, members, branch, secret: false, archived: false, guarded: { [branch]: 'admin' }, forkable: true, forkOf: null, looks: 0, requests: [], pipelines: new Map(), rules: [], ...more };
    this.projects.push(project);
    return project;
  }

  async addFork(upstream, person, { name = upstream.path.split('/').pop(), looks = 0, only } = {}) {
    const id = (this.#ids += 1);
    const folder = join(this.#folder, `${id}.git`);
    const repository = new Repository(folder);
    // It is in the list at once, as on the real servers, so that a second one is refused; its content comes later.
    const cloning = upstream.repository.fork(folder, only);
    const fork = { ...upstream, id, path: `${person.login}/${name}`, repository, members: { [person.login]: 'admin' }, guarded: {}, forkOf: upstream, looks, cloning, requests: [], pipelines: new Map(), rules: [] };
    this.projects.push(fork);
    await cloning;
    return fork;
  }

  rename(project, path) {
    this.moved.set(project.path.toLowerCase(), project);
    project.path = path;
  }

  /** Everything that was begun is done. */
  settled = () => Promise.all(this.projects.map(({ cloning }) => cloning));

  find = (path) => this.projects.find((project) => project.path.toLowerCase() === path.toLowerCase()) ?? null;
  nextId = () => (this.#ids += 1);

  level = (project, person) => LEVELS[project.members[person?.login] ?? 'none'];
  mayRead = (project, person) => !project.secret || this.level(project, person) >= LEVELS.guest;
  mayPush(project, person, branch) {
    if (project.archived) return false;
    const level = this.level(project, person);
    const guard = Object.entries(project.guarded).find(([pattern]) => matches(pattern, branch));
    return level >= LEVELS.write && (!guard || level >= LEVELS[guard[1]]);
  }

  /** The commit of a request: its branch's, as long as there is one. */
  async follow(request) {
    const head = request.state === 'open' ? await request.source.repository.head(request.branch) : null;
    if (head) request.commit = head;
    return request;
  }

  async addRequest(upstream, { source, branch, target, person, ...more }) {
    const number = upstream.requests.length + 1;
    const request = { id: this.nextId(), number, upstream, source, branch, target, author: person, state: 'open', created: new Date().toISOString(), labels: [], reviewers: [], ...more };
    upstream.requests.push(request);
    await this.follow(request);
    return request;
  }

  async merge(request) {
    const { repository } = request.upstream;
    await repository.fetch(request.source.repository, request.branch, `refs/merge/${request.number}`);
    const [head, old] = [request.commit, await repository.head(request.target)];
    const commit = await repository.make(await repository.tree(head), [old, head], `Merge branch '${request.branch}'`, request.author);
    await repository.move(request.target, commit, old);
    request.state = 'merged';
    request.merged = commit;
  }
}

function matches(pattern, branch) {
  return new RegExp(`^${pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`).test(branch);
}
