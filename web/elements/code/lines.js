// A text cut into lines, and each line into stretches of one colour and one origin.

/**
 * A stretch of one line: its kind, the answer that it came from, and its text.
 * @typedef {{kind: string, pointer?: string, text: string}} Piece
 */

/**
 * Cuts a text at the ends of tokens, origins and lines.
 * @param {string} text
 * @param {Iterable<import('./tokens.js').Token>} tokens
 * @param {{start: number, end: number, pointer: string}[]} origins in the order of the text
 * @returns {Generator<Piece[]>}
 */
export function* lines(text, tokens, origins) {
  /** @type {Piece[]} */
  let line = [];
  let first = true;
  let next = 0;
  for (const [kind, from, to] of tokens) {
    let start = from;
    while (start < to) {
      while (next < origins.length && origins[next].end <= start) next += 1;
      const origin = origins[next];
      const inside = origin !== undefined && origin.start <= start;
      const end = Math.min(to, origin === undefined ? to : inside ? origin.end : origin.start);
      const newline = text.indexOf('\n', start);
      const stop = newline >= 0 && newline < end ? newline : end;
      if (stop > start) line.push({ kind, pointer: inside ? origin.pointer : undefined, text: text.slice(start, stop) });
      if (stop < end) {
        yield line;
        line = [];
        first = false;
      }
      start = stop < end ? stop + 1 : end;
    }
  }
  if (first || line.length > 0) yield line;
}
