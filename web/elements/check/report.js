// What was found: as files for other programs, and as somebody looks for it.
import { folded } from '../catalogue/filter.js';

/**
 * The findings as `dagwright validate --format json` prints them.
 * @param {{path: string, findings: any[]}[]} rows
 */
export function findings(rows) {
  return rows.flatMap(({ path, findings }) =>
    findings.map(({ code, severity, message, help, primary }) => ({
      file: path,
      line: primary.span?.line ?? 1,
      column: primary.span?.column ?? 1,
      pointer: primary.pointer ?? null,
      code,
      severity,
      message,
      help: help ?? null,
    })),
  );
}

/** The same as a table, one finding a line. */
export function table(rows) {
  const columns = ['file', 'line', 'column', 'severity', 'code', 'message', 'help'];
  const lines = findings(rows).map((finding) => columns.map((name) => cell(finding[name] ?? '')).join(','));
  return [columns.join(','), ...lines, ''].join('\r\n');
}

/** A spreadsheet runs what begins like a formula, so such a text begins with a quote. */
function cell(value) {
  const text = String(value).replace(/^(?=[=+\-@\t\r])/, "'");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Whether all words that somebody looks for stand in the path or the findings of a file.
 * @param {{path: string, findings: any[]}} row
 * @param {string} words
 */
export function fits({ path, findings }, words) {
  const text = folded([path, ...findings.flatMap(({ code, message, help }) => [code, message, help ?? ''])].join('\n'));
  return folded(words)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Each finding once, in the order of the text. */
export function inOrder(diagnostics) {
  const unique = [...new Map(diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic])).values()];
  const place = ({ primary: { span } }) => (span ? span.line * 1e6 + span.column : 0);
  return unique.sort((one, other) => place(one) - place(other));
}
