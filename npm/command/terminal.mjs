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
