import { visible } from './terminal.mjs';

/**
 * A finding as `--format json` prints it.
 * @typedef {object} Finding
 * @property {string} file
 * @property {number} line from 1
 * @property {number} column from 1, in code points
 * @property {string | null} pointer JSON Pointer into the config
 * @property {string} code
 * @property {'error' | 'warning' | 'information' | 'hint'} severity
 * @property {string} message
 * @property {string | null} help
 * @property {string} [link] where more is said
 */

const severities = ['error', 'warning', 'information', 'hint'];

/** Diagnostics of the engine as findings; one that names no file, or no place in it, is about the start of `file`. */
export function findings(diagnostics, file) {
  return diagnostics.map(({ code, severity, message, help, link, primary }) => ({
    file: primary.file ?? file,
    line: primary.span?.line ?? 1,
    column: primary.span?.column ?? 1,
    pointer: primary.pointer ?? null,
    code,
    severity,
    message,
    help: help ?? null,
    ...(link && { link }),
  }));
}

/** Each finding once, file by file as they come, within a file in the order of the text. */
export function inOrder(list) {
  const unique = new Map(list.map((finding) => [JSON.stringify(finding), finding]));
  const files = new Map();
  for (const finding of unique.values()) {
    if (!files.has(finding.file)) files.set(finding.file, []);
    files.get(finding.file).push(finding);
  }
  const byPlace = (a, b) => a.line - b.line || a.column - b.column || severities.indexOf(a.severity) - severities.indexOf(b.severity);
  return [...files.values()].flatMap((ofFile) => ofFile.sort(byPlace));
}

/** 0, 1 or 2. */
export function exitCode(list) {
  if (list.some(({ code }) => code.startsWith('engine-'))) return 2;
  return list.some((finding) => finding.severity === 'error') ? 1 : 0;
}

/** The findings for people, two lines each, with colours where `paint` gives some. */
export function textLines(list, paint = (text) => text) {
  return list.flatMap(({ file, line, column, severity, code, message, help, link }) => [
    `${paint(`${visible(file)}:${line}:${column}`, 'place')} ${paint(severity, severity)} ${code} ${visible(message)}`,
    ...(help === null ? [] : [`    ${visible(help)}`]),
    ...(link === undefined ? [] : [`    ${visible(link)}`]),
  ]);
}

/** How many findings of which severity there are, such as `2 errors and 1 warning`. */
export function count(list) {
  const words = severities.flatMap((severity) => {
    const number = list.filter((finding) => finding.severity === severity).length;
    return number === 0 ? [] : [amount(number, severity === 'information' ? 'note' : severity)];
  });
  return words.length === 0 ? 'Nothing found' : words.join(', ').replace(/, ([^,]*)$/, ' and $1');
}

/** A number with its noun. */
export function amount(number, noun) {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
