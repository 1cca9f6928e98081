// Bare repositories, made and read with git itself: what a test sees afterwards is what git sees.
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const NOTHING = '0'.repeat(40);

const ENVIRONMENT = { PATH: process.env.PATH, HOME: '/nonexistent', GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', LC_ALL: 'C' };

/** Runs git; gives bytes. */
function run(folder, args, { input, environment } = {}) {
  return new Promise((resolve, reject) => {
    const child = execFile('git', args, { cwd: folder, env: { ...ENVIRONMENT, ...environment }, encoding: 'buffer', maxBuffer: 1 << 26 }, (error, out, err) =>
      error ? reject(new Error(`git ${args.join(' ')}: ${err}`)) : resolve(out),
    );
    child.stdin.on('error', () => {});
    child.stdin.end(input ?? '');
  });
}

const line = async (...given) => (await run(...given)).toString().trim();
const lineOrNull = (...given) => line(...given).then((text) => text || null, () => null);

/** @param {{name: string, email: string}} person */
const signed = ({ name, email }) => ({ GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email });

export class Repository {
  constructor(folder) {
    this.folder = folder;
  }

  static async create(folder, branch) {
    await run(undefined, ['init', '--quiet', '--bare', `--initial-branch=${branch}`, folder]);
    return new Repository(folder);
  }

  static #seeds = new Map();

  /** A repository with one commit. Most tests begin alike, and copying is much quicker than making. */
  static async seed(folder, branch, files, person) {
    const key = JSON.stringify([branch, files, person]);
    const seeded = Repository.#seeds.get(key);
    if (seeded) {
      await cp(await seeded, folder, { recursive: true });
      return new Repository(folder);
    }
    const making = (async () => {
      const kept = await mkdtemp(join(tmpdir(), 'dagwright-seed-'));
      process.on('exit', () => rmSync(kept, { recursive: true, force: true }));
      await (await Repository.create(kept, branch)).push(branch, files, person, 'Begin');
      return kept;
    })();
    Repository.#seeds.set(key, making);
    await making;
    return Repository.seed(folder, branch, files, person);
  }

  /** Forks of a network share their objects, as they do on the real servers. */
  async fork(folder, only) {
    await run(undefined, ['clone', '--quiet', '--bare', '--shared', ...(only ? ['--single-branch', `--branch=${only}`] : []), this.folder, folder]);
  }

  head = (branch) => lineOrNull(this.folder, ['rev-parse', '--verify', '--quiet', `refs/heads/${branch}`]);
  /** A branch, or the name of a commit. */
  commit = (name) => (/^[0-9a-f]{40}$/.test(name) ? lineOrNull(this.folder, ['rev-parse', '--verify', '--quiet', `${name}^{commit}`]) : this.head(name));
  tree = (commit) => line(this.folder, ['rev-parse', `${commit}^{tree}`]);
  isTree = (name) => lineOrNull(this.folder, ['rev-parse', '--verify', '--quiet', `${name}^{tree}`]);
  validBranch = (name) => lineOrNull(this.folder, ['check-ref-format', '--branch', name]);
  lastCommit = (commit, path) => lineOrNull(this.folder, ['rev-list', '-1', commit, '--', path]);
  bytes = (blob) => run(this.folder, ['cat-file', 'blob', blob]);
  store = (bytes) => line(this.folder, ['hash-object', '-w', '--stdin'], { input: bytes });
  count = async (range) => Number(await line(this.folder, ['rev-list', '--count', range]));
  isAncestor = (old, fresh) => run(this.folder, ['merge-base', '--is-ancestor', old, fresh]).then(() => true, () => false);
  base = (one, other) => lineOrNull(this.folder, ['merge-base', one, other]);

  async branches() {
    const text = await line(this.folder, ['for-each-ref', '--format=%(refname:lstrip=2)', 'refs/heads']);
    return text ? text.split('\n') : [];
  }

  /** What a folder holds; with all that is in its folders, too, if `deep` says so. */
  async entries(commit, folder = '', deep = false) {
    const out = await run(this.folder, ['ls-tree', '-z', ...(deep ? ['-r', '-t'] : []), commit, ...(folder ? [`${folder.replace(/\/$/, '')}/`] : [])]);
    return out.toString().split('\0').filter(Boolean).map((row) => {
      const [, mode, type, sha, path] = /^(\d+) (\w+) (\w+)\t(.*)$/s.exec(row);
      return { mode, type, sha, path, name: path.split('/').pop() };
    });
  }

  async entry(commit, path) {
    const out = (await run(this.folder, ['ls-tree', '-z', commit, '--', path])).toString();
    const found = /^(\d+) (\w+) (\w+)\t/.exec(out);
    return found && { mode: found[1], type: found[2], sha: found[3], path, name: path.split('/').pop() };
  }

  /** A tree from another one and changes, in an index of its own. */
  async change(base, changes) {
    const folder = await mkdtemp(join(tmpdir(), 'dagwright-index-'));
    const environment = { GIT_INDEX_FILE: join(folder, 'index') };
    try {
      if (base) await run(this.folder, ['read-tree', base], { environment });
      const input = changes.map(({ path, blob, mode = '100644' }) => (blob ? `${mode} ${blob}\t${path}\0` : `0 ${NOTHING}\t${path}\0`)).join('');
      await run(this.folder, ['update-index', '-z', '--index-info'], { environment, input });
      return await line(this.folder, ['write-tree'], { environment });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  make = (tree, parents, message, person) =>
    line(this.folder, ['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent])], { input: message, environment: signed(person) });

  /** Moves a branch only if it is where it was seen; tells whether it did. */
  move = (branch, fresh, old) => run(this.folder, ['update-ref', `refs/heads/${branch}`, fresh, old]).then(() => true, () => false);
  remove = (branch) => run(this.folder, ['update-ref', '-d', `refs/heads/${branch}`]);
  fetch = (from, branch, ref) => run(this.folder, ['fetch', '--quiet', '--no-tags', from.folder, `+refs/heads/${branch}:${ref}`]);

  /** Commits files straight away, as somebody with a checkout would. */
  async push(branch, files, person, message = 'Change files', start) {
    const old = await this.head(branch);
    const base = old ?? (start ? await this.head(start) : null);
    // Thousands of files that hold the same are stored once.
    const blobs = new Map([[null, null]]);
    for (const text of new Set(Object.values(files))) if (text !== null) blobs.set(text, await this.store(text));
    const changes = Object.entries(files).map(([path, text]) => ({ path, blob: blobs.get(text) }));
    const commit = await this.make(await this.change(base, changes), base ? [base] : [], message, person);
    if (!(await this.move(branch, commit, old ?? NOTHING))) throw new Error(`${branch} moved meanwhile`);
    return commit;
  }

  async show(commit) {
    const out = await run(this.folder, ['show', '--no-patch', '--format=%H%x00%T%x00%P%x00%an%x00%ae%x00%aI%x00%B', commit]);
    const [sha, tree, parents, name, email, date, ...message] = out.toString().replace(/\n$/, '').split('\0');
    return { sha, tree, parents: parents ? parents.split(' ') : [], name, email, date, message: message.join('\0') };
  }

  async text(branch, path) {
    const entry = await this.entry(await this.commit(branch), path);
    return entry && (await this.bytes(entry.sha)).toString();
  }

  fsck = () => run(this.folder, ['fsck', '--strict', '--no-dangling']);
}
