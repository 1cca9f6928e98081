// What somebody wrote in Markdown, as elements. Markup in it stays text, and links lead to the web only.
import { lexer } from 'marked';
import { make } from '../make.js';

/** Addresses that are safe to follow. */
const SAFE = /^(https?:\/\/|mailto:)/i;
/** More than this is shown as it was written: reading takes time that grows with the text. */
const LONGEST = 200_000;
/** Quotes and lists inside each other, deeper than anybody reads. */
const DEEPEST = 20;

/**
 * The elements of a document, without its first heading, which the page has said already.
 * @param {string} text
 * @param {number} below the level of the heading that the document stands under
 * @returns {Node[]}
 */
export function markdown(text, below) {
  if (text.length > LONGEST) return [make('pre', {}, text)];
  const tokens = lexer(text).filter(({ type }) => type !== 'space' && type !== 'def');
  if (tokens[0]?.type === 'heading' && tokens[0].depth === 1) tokens.shift();
  const least = Math.min(...tokens.filter(({ type }) => type === 'heading').map((token) => ('depth' in token ? token.depth : 0)));
  return blocks(tokens, (depth) => Math.min(depth - least + below + 1, 6), 0);
}

function blocks(tokens, level, depth) {
  return tokens.flatMap((token) => block(token, level, depth) ?? []);
}

function block(token, level, depth) {
  if (depth > DEEPEST) return make('p', {}, token.raw);
  switch (token.type) {
    case 'heading':
      return make(`h${level(token.depth)}`, {}, ...inline(token.tokens, depth));
    case 'paragraph':
      return make('p', {}, ...inline(token.tokens, depth));
    case 'text':
      return inline(token.tokens ?? [token], depth);
    case 'code':
      return make('pre', { tabindex: 0 }, make('code', {}, token.text));
    case 'blockquote':
      return make('blockquote', {}, ...blocks(token.tokens, level, depth + 1));
    case 'list': {
      const items = token.items.map(({ tokens }) => make('li', {}, ...blocks(tokens, level, depth + 1)));
      const start = token.ordered && token.start !== 1 ? token.start : undefined;
      return make(token.ordered ? 'ol' : 'ul', { start }, ...items);
    }
    case 'table': {
      const row = (cells, head) =>
        // An empty heading heads nothing.
        make('tr', {}, ...cells.map(({ text, tokens }) => make(head && text ? 'th' : 'td', { scope: head && text ? 'col' : undefined }, ...inline(tokens, depth))));
      const head = make('thead', {}, row(token.header, true));
      const body = make('tbody', {}, ...token.rows.map((cells) => row(cells, false)));
      return make('div', { class: 'wide', tabindex: 0 }, make('table', {}, head, body));
    }
    case 'hr':
      return make('hr');
    case 'space':
    case 'def':
      return [];
    default:
      return make('p', {}, token.raw);
  }
}

function inline(tokens, depth) {
  return tokens.flatMap((token) => {
    const inside = () => (depth > DEEPEST || !token.tokens ? [token.text ?? token.raw] : inline(token.tokens, depth + 1));
    switch (token.type) {
      case 'text':
        return token.tokens ? inside() : plain(token.text);
      case 'escape':
        return token.text;
      case 'strong':
      case 'em':
      case 'del':
        return make(token.type, {}, ...inside());
      case 'codespan':
        return make('code', {}, token.text);
      case 'br':
        return make('br');
      case 'link':
        return SAFE.test(token.href) ? make('a', { href: token.href, rel: 'noreferrer' }, ...inside()) : inside();
      case 'image':
        return token.text;
      case 'checkbox':
        return token.checked ? '☑ ' : '☐ ';
      default:
        return token.raw;
    }
  });
}

const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' };

/** A text in which the characters that HTML writes by name stand for themselves. */
const plain = (text) => text.replace(/&(amp|lt|gt|quot|nbsp);/g, (_, name) => NAMED[name]);
