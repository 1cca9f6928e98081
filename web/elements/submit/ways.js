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
 * A message with room for the patch, which no link can attach. GitLab makes a merge request of it: there the subject is the branch.
 * @param {{kind?: string, mail?: string | null, target?: string | null}} forge
 * @param {{branch: string, title: string}} change
 * @returns {string | null} null where nobody takes patches by mail
 */
export function letter({ kind, mail, target }, { branch, title }) {
  // On GitLab, each person has an address of their own.
  if (!mail && kind !== 'gitlab') return null;
  const order = kind === 'gitlab' && target ? `\n\n/target_branch ${target}` : '';
  const line = title.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
  const facts = { subject: kind === 'gitlab' ? branch : `[PATCH] ${line}`, body: `${line}${order}\n` };
  const query = Object.entries(facts).map(([name, value]) => `${name}=${encodeURIComponent(value.replace(/\n/g, '\r\n'))}`);
  return `mailto:${encodeURIComponent(mail ?? '').replaceAll('%40', '@').replaceAll('%2B', '+')}?${query.join('&')}`;
}

/**
 * The branches of a config begin so, whatever it holds.
 * @param {string} name what it is about
 */
export function branchStem(name) {
  const plain = name.toLowerCase().replace(/[^a-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '');
  return `dagwright/${plain.slice(0, 60) || 'config'}-`;
}

/**
 * A branch for a change: what it is about, and its content, so that the same change has the same branch.
 * @param {string} name
 * @param {string} hash in hexadecimal digits
 */
export const branchName = (name, hash) => branchStem(name) + hash.slice(0, 8);
