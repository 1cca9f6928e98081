// Files as a patch that `git am` takes, for those who send changes by mail.
import { structuredPatch } from 'diff/lib/patch/create.js';

/**
 * A file of a patch; `before` is the text that it has now, and null where there is none yet.
 * @typedef {{path: string, text: string, before?: string | null}} Changed
 */

/** git takes what begins so for a mail; the time is the one of git itself. */
const POSTMARK = 'From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001';

/**
 * One commit as a mail. Files that stay as they are do not stand in it.
 * @param {{author: {name: string, email: string}, date: Date, message: string}} commit the first line of the message is its subject
 * @param {Changed[]} files
 * @returns {string}
 */
export function patch({ author, date, message }, files) {
  const [subject, ...body] = message.trimEnd().split('\n');
  return [
    POSTMARK,
    `From: ${header(author.name)} <${header(author.email).replace(/[<>\s]/g, '')}>`,
    `Date: ${date.toUTCString().replace('GMT', '+0000')}`,
    `Subject: [PATCH] ${header(subject)}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=UTF-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    // What looks like the beginning of a patch ends the message for git, and a postmark begins another mail.
    ...body.slice(body[0] === '' ? 1 : 0).map((line) => line.replace(/^(?=(?:---|diff |Index: |From |@@ ))/, ' ')),
    '---',
    ...files.flatMap(difference),
    '-- ',
    'Dagwright',
    '',
  ].join('\n');
}

function difference({ path, text, before = null }) {
  if (before === text) return [];
  const { hunks } = structuredPatch(path, path, before ?? '', text, undefined, undefined, { context: 3 });
  const name = quoted(path);
  return [
    `diff --git ${name('a/')} ${name('b/')}`,
    ...(before === null ? ['new file mode 100644', '--- /dev/null'] : [`--- ${name('a/')}`]),
    `+++ ${name('b/')}`,
    ...hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [`@@ -${oldLines === 0 ? 0 : oldStart},${oldLines} +${newStart},${newLines} @@`, ...lines]),
  ];
}

/** A path as git writes it: in quotes, by bytes, where it is not plain. */
function quoted(path) {
  if (/^[\x21\x23-\x5b\x5d-\x7e]+$/.test(path)) return (side) => side + path;
  const bytes = Array.from(new TextEncoder().encode(path), (byte) =>
    byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`,
  ).join('');
  return (side) => `"${side}${bytes}"`;
}

/** A text on one line, without what would end or fold a header. */
const header = (text) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
