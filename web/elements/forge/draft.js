// Titles of drafts begin with a word that is none of their own.

const BEGINNING = /^(?:\[(?:draft|wip)\]|\((?:draft|wip)\)|(?:draft|wip):)\s*/i;

export const beginning = (/** @type {string} */ title) => BEGINNING.exec(title)?.[0] ?? '';

export const plain = (/** @type {string} */ title) => title.replace(BEGINNING, '');
