// Links that lead out of the page.
import { make } from './make.js';

/** Whether an address leads to the web: settings and servers name them, and one with another scheme could run a script. */
export const isWeb = (/** @type {unknown} */ address) => typeof address === 'string' && /^https?:\/\//i.test(address);

/**
 * A link that opens in a window of its own; its words alone where the address is none of the web.
 * @param {string} address
 * @param {...(Node | string)} words
 */
export const outside = (address, ...words) =>
  isWeb(address) ? make('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, ...words) : make('span', {}, ...words);
