// Colours for what people read and write: enough for reading, never for judging.

/**
 * A stretch of a text: what it is, where it begins and what it ends before, in UTF-16 code units.
 * @typedef {[kind: '' | 'keyword' | 'text' | 'constant' | 'comment' | 'name', start: number, end: number]} Token
 */

const STRING = String.raw`"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?`;
const TRIPLE = String.raw`"""(?:\\[^]|[^\\])*?(?:"""|$(?![^]))|'''(?:\\[^]|[^\\])*?(?:'''|$(?![^]))`;
const NUMBER = String.raw`\b\d[\w.]*`;
const CALLED = String.raw`[\p{L}_][\p{L}\p{N}_]*(?=\()`;

const python = language({
  comment: '#.*',
  text: String.raw`(?:\b[rbfuRBFU]{1,2}(?=["']))?(?:${TRIPLE}|${STRING})`,
  keyword: words(
    'and as assert async await break class continue def del elif else except finally for from global if import in is lambda match nonlocal not or pass raise return try type while with yield',
  ),
  constant: `${NUMBER}|${words('None True False')}`,
  name: CALLED,
});

const sql = language(
  {
    comment: String.raw`--.*|/\*[^]*?(?:\*/|$(?![^]))`,
    text: String.raw`'(?:''|[^'])*'?`,
    keyword: words(
      'all alter and as asc begin between by case cast commit create cross database delete desc distinct drop else end except exists from full grant group having if in index inner insert intersect into is join left like limit merge not offset on or order outer over partition primary key references replace right rollback select set table temporary then truncate union unique update using values view when where window with',
    ),
    constant: `${NUMBER}|${words('null true false')}`,
    name: `"[^"\\n]*"?|${CALLED}`,
  },
  'i',
);

const shell = language({
  comment: String.raw`(?<=^|[\s;])#.*`,
  text: String.raw`"(?:\\[^]|[^"\\])*"?|'[^']*'?`,
  keyword: words('case do done elif else esac exit export fi for function if in local return set then until while'),
  constant: NUMBER,
  name: String.raw`\$(?:\w+|\{[^}\n]*\}?|[@#?*!$-])`,
});

const json = language({
  name: String.raw`"(?:\\.|[^"\\\n])*"(?=\s*:)`,
  text: String.raw`"(?:\\.|[^"\\\n])*"?`,
  constant: `-?${NUMBER}|${words('null true false')}`,
});

const LANGUAGES = { python, sql, shell, bash: shell, sh: shell, json, yaml };

/**
 * The tokens of a text, in order and without gaps, as they are asked for.
 * @param {string} name of the language; a text in any other one is plain
 * @param {string} text
 * @returns {Iterable<Token>}
 */
export const tokens = (name, text) => (LANGUAGES[name] ?? plain)(text);

const plain = (text) => (text ? [['', 0, text.length]] : []);

/** A reader of a language, from a pattern for each kind of token. */
function language(kinds, flags = '') {
  const pattern = new RegExp(Object.entries(kinds).map(([kind, own]) => `(?<${kind}>${own})`).join('|'), `gmu${flags}`);
  return function* (text) {
    let behind = 0;
    for (const match of text.matchAll(pattern)) {
      if (match.index > behind) yield ['', behind, match.index];
      behind = match.index + match[0].length;
      yield [Object.keys(kinds).find((kind) => match.groups[kind] !== undefined), match.index, behind];
    }
    if (behind < text.length) yield ['', behind, text.length];
  };
}

function words(list) {
  return String.raw`\b(?:${list.replaceAll(' ', '|')})\b`;
}

/** YAML, line by line. */
function* yaml(text) {
  let start = 0;
  let block = -1;
  for (const line of text.split(/(?<=\n)/)) {
    const content = line.trimEnd();
    const indent = line.length - line.trimStart().length;
    if (block >= 0 && (content === '' || indent > block)) {
      yield ['text', start, start + line.length];
    } else {
      block = /(?:^|[ :])[|>][+-]?\d?$/.test(content) ? indent : -1;
      yield* yamlLine(line, start).filter(([, from, to]) => to > from);
    }
    start += line.length;
  }
}

function yamlLine(line, start) {
  const lead = /^[ -]*/.exec(line)?.[0] ?? '';
  const rest = line.slice(lead.length);
  const at = start + lead.length;
  const end = start + line.length;
  if (rest.startsWith('#')) return [['', start, at], ['comment', at, end]];
  const key = /^(?:"(?:\\.|[^"\\])*"|'[^']*'|(?:(?! #)[^:]|:(?=\S))*)(?=:(?:\s|$))/.exec(rest)?.[0] ?? '';
  const value = rest.slice(key.length);
  const scalar = /^:?\s*(?:"(?:\\.|[^"\\])*"?|'[^']*'?|(?:(?! #)[^])*)\s*/.exec(value)?.[0] ?? '';
  const middle = at + key.length;
  const trimmed = scalar.replace(/^:/, '').trim();
  const kind = /^["']/.test(trimmed) ? 'text' : /^(?:null|true|false|~|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/i.test(trimmed) ? 'constant' : '';
  return [['', start, at], ['name', at, middle], [kind, middle, middle + scalar.length], ['comment', middle + scalar.length, end]];
}
