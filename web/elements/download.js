/**
 * Hands a file to the person.
 * @param {Blob} file
 * @param {string} name
 */
export function download(file, name) {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads the address after the click has returned, so it is given back later.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
