// Ways to hand files in without a token: pages of the forge that are filled in already, and lines for a shell.

/** Longer addresses are refused by some hosts. */
const LONGEST = 6000;

/**
 * The page of the forge on which a new file is written; nothing where there is none.
 * @param {{kind: string, url: string, project: string, target?: string | null}} forge
 * @param {{path: string, text: string}} file
 * @returns {{address: string, filled: boolean} | null} `filled`: whether the text stands in it already
 */
export function newFile({ kind, url, project, target }, { path, text }) {
  const root = `${url.replace(/\/+$/, '')}/${project}`;
  // Without a name, the forge takes the default branch.
  const branch = (target || 'HEAD').split('/').map(encodeURIComponent).join('/');
  if (kind === 'github') {
    const named = `${root}/new/${branch}?${new URLSearchParams({ filename: path })}`;
    const whole = `${named}&${new URLSearchParams({ value: text })}`;
    return whole.length <= LONGEST ? { address: whole, filled: true } : { address: named, filled: false };
  }
  if (kind === 'gitlab') return { address: `${root}/-/new/${branch}?${new URLSearchParams({ file_name: path })}`, filled: false };
  if (kind === 'gitea') return { address: `${root}/_new/${branch}?${new URLSearchParams({ filename: path })}`, filled: false };
  return null;
}

/**
 * Lines for a shell that put a downloaded patch on a branch of its own and ask for its merge.
 * @param {{kind?: string, target?: string | null}} forge
 * @param {{branch: string, title: string, patch: string}} change
 * @returns {string}
 */
export function shell({ kind, target }, { branch, title, patch }) {
  const push = ['git push --set-upstream origin', quote(branch)];
  if (kind === 'gitlab') push.push('-o merge_request.create', ...(target ? [`-o merge_request.target=${quote(target)}`] : []), `-o merge_request.title=${quote(title)}`);
  const lines = [`git switch --create ${quote(branch)} ${quote(`origin/${target || 'HEAD'}`)}`, `git am ${quote(patch)}`, push.join(' ')];
  if (kind === 'github') lines.push(`gh pr create ${target ? `--base ${quote(target)} ` : ''}--title ${quote(title)} --fill`);
  return `${lines.join('\n')}\n`;
}

/** A word for the shell, whatever it holds. */
function quote(text) {
  const line = text.replace(/[\p{Cc}]+/gu, ' ');
  return /^[\w@%+=:,./-]+$/.test(line) && !line.startsWith('-') ? line : `'${line.replaceAll("'", `'\\''`)}'`;
}

/**
 * A branch for a change: what it is about, and its content, so that the same change has the same branch.
 * @param {string} name
 * @param {string} hash in hexadecimal digits
 */
export function branchName(name, hash) {
  const plain = name.toLowerCase().replace(/[^a-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '');
  return `dagwright/${plain.slice(0, 60) || 'config'}-${hash.slice(0, 8)}`;
}
