const colours = { error: 31, warning: 33, information: 36, hint: 36, place: 1 };

/** Writes to standard output. A reader that has gone away, such as `head`, is no mistake. */
export function write(text) {
  process.stdout.write(text);
}

/** Writes to standard error. */
export function complain(text) {
  process.stderr.write(text);
}

/** Colours for a stream: only on a terminal, and not where NO_COLOR is set. */
export function painter(stream) {
  if (!stream.isTTY || process.env.NO_COLOR) return (text) => text;
  return (text, name) => `\u001b[${colours[name]}m${text}\u001b[0m`;
}

/** Characters that move the cursor, or reorder the text around them. */
const hidden = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+/gu;

/** Text from a hostile file, or its name, must neither move the cursor nor forge another line. */
export function visible(text) {
  return text.replace(hidden, (characters) =>
    /^[\r\n\t]+$/.test(characters)
      ? ' '
      : Array.from(characters, (character) => `\\u{${character.codePointAt(0).toString(16)}}`).join(''),
  );
}

/** A value as JSON for people and programs: what a terminal would act on is escaped. */
export function jsonText(value) {
  const text = JSON.stringify(value, null, 2);
  return `${text.replace(hidden, (characters) =>
    Array.from(characters, (character) => (character === '\n' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)).join(''),
  )}\n`;
}
