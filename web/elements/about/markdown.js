// What somebody wrote in Markdown, as elements. Markup in it stays text, and links lead to the web only.
import MarkdownIt from 'markdown-it/browser';
import { make } from '../make.js';

/** Addresses that are safe to follow. */
const SAFE = /^(https?:\/\/|mailto:)/i;
/** More than this is shown as it was written: a page should not hold more elements than it makes. */
const LONGEST = 200_000;
/** Quotes, lists and emphasis inside each other, deeper than anybody reads; browsers lay deep trees out by recursion. */
const DEEPEST = 40;

// Its time grows with the length of the text and no faster, whatever the text is. What is nested too deep for it is left out, so that this begins
// below what is drawn here. Addresses are judged when they are drawn.
const reader = new MarkdownIt({ html: false, linkify: false, maxNesting: DEEPEST + 20 });
reader.validateLink = () => true;

/** @typedef {ReturnType<typeof reader.parse>[number]} Token it opens something, closes it, or stands for itself */
/** @typedef {{heading: (level: number) => string, source: (lines: [number, number]) => string}} Way */

/**
 * The tokens of a text; null where it is too long to be read.
 * @param {string} text
 */
export const read = (text) => (text.length > LONGEST ? null : reader.parse(text, {}));

/**
 * A document, without its first heading, which the page has said already.
 * @param {string} text
 * @param {number} below the level of the heading that the document stands under
 * @returns {DocumentFragment}
 */
export function markdown(text, below) {
  const drawn = document.createDocumentFragment();
  const tokens = read(text);
  if (!tokens) {
    drawn.append(make('pre', {}, text));
    return drawn;
  }
  if (tokens[0]?.tag === 'h1') tokens.splice(0, 3);
  const levels = tokens.filter(({ type, level }) => type === 'heading_open' && level === 0).map(levelOf);
  const least = levels.reduce((one, other) => Math.min(one, other), 6);
  const lines = text.split(/\r\n?|\n/);
  draw(tokens, drawn, {
    heading: (level) => `h${Math.min(Math.max(level - least, 0) + below + 1, 6)}`,
    source: ([from, to]) => lines.slice(from, to).join('\n'),
  });
  return drawn;
}

/**
 * @param {Token[]} tokens
 * @param {DocumentFragment | Element} root
 * @param {Way} way
 */
function draw(tokens, root, way) {
  const open = [root];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    const parent = open[open.length - 1];
    if (token.nesting < 0) {
      open.pop();
    } else if (token.type === 'inline') {
      const isItem = tokens[at - 2]?.type === 'list_item_open';
      draw(isItem ? ticked(token.children ?? []) : (token.children ?? []), parent, way);
    } else if (token.nesting === 0) {
      parent.append(leaf(token));
    } else if (open.length <= DEEPEST) {
      open.push(begun(token, tokens[at + 1], parent, way));
    } else if (token.map) {
      parent.append(make('p', {}, way.source(token.map)));
      do at += 1;
      while (at < tokens.length && !(tokens[at].nesting < 0 && tokens[at].level === token.level));
    } else {
      open.push(parent);
    }
  }
}

/**
 * The element into which what follows belongs.
 * @param {Token} token that opens it
 * @param {Token | undefined} next
 * @param {DocumentFragment | Element} parent
 * @param {Way} way
 */
function begun(token, next, parent, { heading, source }) {
  const into = (/** @type {Element} */ element) => (parent.append(element), element);
  switch (token.type) {
    case 'heading_open':
      return into(make(heading(levelOf(token))));
    case 'paragraph_open':
      // The items of a list without empty lines between them hold no paragraphs.
      return token.hidden ? parent : into(make('p'));
    case 'blockquote_open':
    case 'bullet_list_open':
    case 'list_item_open':
    case 'thead_open':
    case 'tbody_open':
    case 'tr_open':
    case 'td_open':
    case 'strong_open':
    case 'em_open':
      return into(make(token.tag));
    case 's_open':
      return into(make('del'));
    case 'ordered_list_open':
      return into(make('ol', { start: token.attrGet('start') }));
    case 'table_open': {
      const table = make('table');
      parent.append(make('div', { class: 'wide', tabindex: 0 }, table));
      return table;
    }
    case 'th_open':
      // An empty heading heads nothing.
      return into(next?.content ? make('th', { scope: 'col' }) : make('td'));
    case 'link_open': {
      const address = String(token.attrGet('href'));
      return SAFE.test(address) ? into(make('a', { href: address, rel: 'noreferrer' })) : parent;
    }
    default:
      return into(make('p', {}, token.map ? source(token.map) : ''));
  }
}

/** @param {Token} token */
function leaf({ type, content }) {
  switch (type) {
    case 'fence':
    case 'code_block':
      return make('pre', { tabindex: 0 }, make('code', {}, content.replace(/\n$/, '')));
    case 'code_inline':
      return make('code', {}, content);
    case 'softbreak':
      return '\n';
    case 'hardbreak':
      return make('br');
    case 'hr':
      return make('hr');
    default:
      return content;
  }
}

/**
 * The words of an item; one that is to be done, or was, begins with its box.
 * @param {Token[]} tokens
 */
function ticked(tokens) {
  const [first] = tokens;
  if (first?.type === 'text') first.content = first.content.replace(/^\[( |x)\](?= )/i, (_, mark) => (mark === ' ' ? '☐' : '☑'));
  return tokens;
}

const levelOf = (/** @type {Token} */ { tag }) => Number(tag[1]);
