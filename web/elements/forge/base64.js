// Forges send and take files as Base64, and files are UTF-8.

/** @param {string} text Base64, with line breaks or without */
export function decoded(text) {
  const bytes = Uint8Array.from(atob(text.replace(/\s/g, '')), (character) => character.charCodeAt(0));
  // The mark at the beginning belongs to the file: without it the file would seem changed.
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** @param {string} text */
export function encoded(text) {
  let bytes = '';
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return btoa(bytes);
}
