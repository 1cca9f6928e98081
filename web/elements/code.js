// <dagwright-code>: a text with colours and line numbers.
//
// `state` is {text, language, origins, focused, label}; text and origins may stand in a `file` of their own. What came from an
// answer carries `data-pointer`; pressing it is the page's to follow. What came from the answer that is focused is marked and
// brought into sight. Without a label it is there for the eyes only.
import { lines } from './code/lines.js';
import { tokens } from './code/tokens.js';
import { make } from './make.js';
import { Stateful } from './stateful.js';

/** So many milliseconds are taken at once for reading and drawing; a key that is pressed need not wait for the rest. */
const AT_ONCE = 8;

/** So many lines stand in a block; blocks out of sight cost the browser nothing. */
const BLOCK = 50;

class Code extends Stateful {
  /** @type {string | undefined} */
  #text;
  #language = '';
  /** @type {{start: number, end: number, pointer: string}[]} */
  #origins = [];
  #focused = null;
  /** The drawn lines by what they show: one that did not change stays. */
  #drawn = new Map();
  #rest = 0;
  /** Goes on with what is not drawn yet. */
  #further = () => {};

  build() {
    this.code = make('code');
    this.frame = make('pre', { class: 'lines' }, this.code);
    this.append(this.frame);
  }

  connectedCallback() {
    this.#further();
    super.connectedCallback();
  }

  disconnectedCallback() {
    clearTimeout(this.#rest);
  }

  show({ file, ...state }) {
    const { text, language, origins, focused, label } = { ...state, ...file };
    if (label) {
      this.frame.tabIndex = 0;
      this.frame.role = 'region';
      this.frame.ariaLabel = label;
    }
    const moved = focused !== this.#focused;
    this.#focused = focused;
    if (text !== this.#text || language !== this.#language || !alike(origins ?? [], this.#origins)) {
      [this.#text, this.#language, this.#origins] = [text, language, origins ?? []];
      this.#draw(lines(text, tokens(language, text), this.#origins));
    } else if (moved) this.#mark();
  }

  /** Draws the lines, block by block; one that stands there already stays. */
  #draw(all) {
    const seen = new Map();
    const stay = new Set();
    let count = 0;
    let longest = 0;
    /** @type {Element} */
    let block = this.code;
    /** @type {ChildNode | null} */
    let next = null;
    /** @param {ChildNode | null} end */
    const past = (end) => {
      while (next && next !== end) {
        const gone = next;
        next = next.nextSibling;
        gone.remove();
      }
    };
    const put = (pieces) => {
      if (count % BLOCK === 0) {
        past(null);
        block = this.#block(count / BLOCK);
        next = block.firstChild;
      }
      count += 1;
      longest = Math.max(longest, columns(pieces.map(({ text }) => text).join('')));
      const shown = pieces.map(({ kind, pointer, text }) => `${kind} ${pointer} ${text}`).join('\n');
      const same = (seen.get(shown) ?? 0) + 1;
      seen.set(shown, same);
      const key = `${same} ${shown}`;
      stay.add(key);
      const known = this.#drawn.get(key);
      if (known?.parentNode === block) {
        // What stands before it is gone, or comes later.
        past(known);
        next = known.nextSibling;
        return;
      }
      const own = known ?? line(pieces);
      this.#drawn.set(key, own);
      block.insertBefore(own, next);
    };
    this.#further = () => {
      clearTimeout(this.#rest);
      const until = performance.now() + AT_ONCE;
      for (let step = all.next(); !step.done; step = all.next()) {
        put(step.value);
        if (performance.now() < until) continue;
        this.#rest = setTimeout(this.#further);
        return;
      }
      past(null);
      while (this.code.children.length > Math.ceil(count / BLOCK)) this.code.lastChild.remove();
      // What is out of sight is not measured: so wide is the widest line, and so many lines stand in the last block.
      this.code.style.setProperty('--longest', String(longest));
      this.code.style.setProperty('--rest', String(count % BLOCK || BLOCK));
      for (const key of this.#drawn.keys()) if (!stay.has(key)) this.#drawn.delete(key);
      this.#mark();
      this.#further = () => {};
    };
    this.#further();
  }

  /** The block with a number from 0, made if it is the next one. */
  #block(number) {
    const known = this.code.children[number];
    if (known) return known;
    const block = make('span', { class: 'line-block' });
    block.style.setProperty('--before', String(number * BLOCK));
    this.code.append(block);
    return block;
  }

  /** Marks what came from the focused answer, or from inside it. */
  #mark() {
    const focused = this.#focused;
    let first = null;
    for (const mark of this.code.querySelectorAll('[data-pointer]')) {
      const { pointer } = mark.dataset;
      const here = Boolean(focused) && (pointer === focused || pointer.startsWith(`${focused}/`));
      mark.classList.toggle('origin-here', here);
      if (here) first ??= mark;
    }
    if (first) this.#reveal(first);
  }

  /** Scrolls a mark into the sight of the text around it, and nothing but that text. */
  #reveal(mark) {
    const frame = this.frame.getBoundingClientRect();
    const place = mark.getBoundingClientRect();
    if (place.top >= frame.top && place.bottom <= frame.bottom) return;
    this.frame.scrollTop += place.top - frame.top - frame.height / 3;
  }
}

/** Whether two lists of origins say the same. */
const alike = (one, other) =>
  one.length === other.length &&
  one.every(({ start, end, pointer }, index) => other[index].start === start && other[index].end === end && other[index].pointer === pointer);

/** How many columns a line takes at most, which the browser would have to draw it to know: what is not ASCII may take two. */
const columns = (text) => text.replaceAll('\t', '    ').replace(/[^ -~]/g, '··').length;

const line = (pieces) =>
  make(
    'span',
    { class: 'line' },
    ...pieces.map(({ kind, pointer, text }) =>
      kind || pointer ? make('span', { class: kind ? `code-${kind}` : undefined, 'data-pointer': pointer }, text) : text,
    ),
  );

customElements.define('dagwright-code', Code);
