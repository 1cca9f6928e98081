// <dagwright-code>: a text with colours and line numbers.
//
// `state` is {text, language, origins, focused, label}. What came from an answer carries `data-pointer`; pressing it is the
// page's to follow. What came from the answer that is focused is marked and brought into sight. Without a label it is there
// for the eyes only.
import { lines } from './code/lines.js';
import { tokens } from './code/tokens.js';
import { make } from './make.js';
import { Stateful } from './stateful.js';

/** So many lines are drawn at once; the others follow while nothing else is to be done. */
const AT_ONCE = 300;

class Code extends Stateful {
  #said = '';
  #focused = null;
  /** The drawn lines by what they show: one that did not change stays. */
  #drawn = new Map();
  #rest = 0;

  build() {
    this.code = make('code');
    this.frame = make('pre', { class: 'lines' }, this.code);
    this.append(this.frame);
  }

  disconnectedCallback() {
    clearTimeout(this.#rest);
  }

  show({ text, language, origins, focused, label }) {
    if (label) {
      this.frame.tabIndex = 0;
      this.frame.role = 'region';
      this.frame.ariaLabel = label;
    }
    const said = JSON.stringify([text, language, origins]);
    if (said !== this.#said) {
      this.#said = said;
      this.#draw(lines(text, tokens(language, text), origins ?? []));
    } else if (focused === this.#focused) return;
    this.#focused = focused;
    this.#mark();
  }

  #draw(all) {
    clearTimeout(this.#rest);
    const seen = new Map();
    const keys = all.map((pieces) => {
      const shown = pieces.map(({ kind, pointer, text }) => `${kind} ${pointer} ${text}`).join('\n');
      const count = (seen.get(shown) ?? 0) + 1;
      seen.set(shown, count);
      return `${count} ${shown}`;
    });
    const stay = new Set(keys);
    for (const [key, element] of this.#drawn) {
      if (stay.has(key)) continue;
      element.remove();
      this.#drawn.delete(key);
    }
    const further = (from) => {
      const to = Math.min(from + AT_ONCE, all.length);
      for (let at = from; at < to; at += 1) {
        const own = this.#drawn.get(keys[at]) ?? line(all[at]);
        this.#drawn.set(keys[at], own);
        if (this.code.children[at] !== own) this.code.insertBefore(own, this.code.children[at] ?? null);
      }
      if (to < all.length) this.#rest = setTimeout(() => further(to));
      if (from > 0) this.#mark();
    };
    further(0);
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

const line = (pieces) =>
  make(
    'span',
    { class: 'line' },
    ...pieces.map(({ kind, pointer, text }) =>
      kind || pointer ? make('span', { class: kind ? `code-${kind}` : undefined, 'data-pointer': pointer }, text) : text,
    ),
  );

customElements.define('dagwright-code', Code);
