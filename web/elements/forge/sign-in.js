// Signing in to GitLab, Gitea or Forgejo without a server of ours: OAuth 2 with PKCE (RFC 7636). The window that opens is the page's affair.
//
// The page keeps `state` and `verifier` of `begin` until the person is back, and nothing else: the tokens stay in the session.
import { exchange } from './ask.js';
import { Problem, blank } from './problem.js';
import { sha256 } from './sha256.js';
import { wordsOf } from './words.js';

/** @import { Token, World } from './ask.js' */

/**
 * @typedef {object} Application as the forge knows this page
 * @property {'gitlab' | 'gitea'} [kind]
 * @property {string} url of the forge
 * @property {string} client the application's id; it is no secret
 * @property {string} redirect exactly as it is registered: no query, no fragment
 * @property {string} [scope]
 *
 * @typedef {Required<Token> & {revoke: () => Promise<void>}} Session what `connect` takes as its token
 * @typedef {World & {now?: () => number}} Surroundings
 */

/** Where each kind of forge has what, and what a page needs there. Gitea takes no token back: it ends by itself. */
const KINDS = {
  // `write_repository` is for git itself and not for the API.
  gitlab: { authorize: '/oauth/authorize', token: '/oauth/token', revoke: '/oauth/revoke', scope: 'api' },
  gitea: { authorize: '/login/oauth/authorize', token: '/login/oauth/access_token', revoke: null, scope: 'read:user read:organization write:repository' },
};
/** A token that ends while the answer is on its way is of no use. */
const MARGIN = 60_000;

const encodedForAddress = (/** @type {Uint8Array} */ bytes) => btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const chance = () => encodedForAddress(crypto.getRandomValues(new Uint8Array(32)));

/**
 * @param {string} verifier
 * @param {SubtleCrypto | null} [subtle]
 */
export async function challenge(verifier, subtle = globalThis.crypto?.subtle ?? null) {
  const bytes = new TextEncoder().encode(verifier);
  return encodedForAddress(subtle ? new Uint8Array(await subtle.digest('SHA-256', bytes)) : sha256(bytes));
}

/**
 * Where to send the person, and what to keep until they are back.
 * @param {Application} application
 */
export async function begin({ kind = 'gitlab', url, client, redirect, scope = KINDS[kind].scope }) {
  const [state, verifier] = [chance(), chance()];
  const query = new URLSearchParams({ client_id: client, redirect_uri: redirect, response_type: 'code', state, scope, code_challenge: await challenge(verifier), code_challenge_method: 'S256' });
  return { address: `${trimmed(url)}${KINDS[kind].authorize}?${query}`, state, verifier };
}

/**
 * The code in the address that the person came back to.
 * @param {string} address
 * @param {string} state that was kept
 */
export function codeIn(address, state) {
  const query = new URL(address).searchParams;
  // Somebody else's sign-in must not become this person's.
  if (!state || query.get('state') !== state) throw new Problem('rejected', { params: { what: 'state' } });
  const code = query.get('code');
  if (!code) throw new Problem(query.get('error') === 'access_denied' ? 'cancelled' : 'rejected', { words: query.get('error_description') ?? query.get('error') ?? '' });
  return code;
}

/**
 * Turns the code into a session.
 * @param {Application} application
 * @param {{code: string, verifier: string}} kept
 * @param {Surroundings} [world]
 * @returns {Promise<Session>}
 */
export async function finish(application, { code, verifier }, world = {}) {
  const { now = Date.now } = world;
  const { token, revoke } = KINDS[application.kind ?? 'gitlab'];
  /** @type {{access_token: string, refresh_token: string, expires_in?: number}} */
  let pair = await post(application, token, { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: application.redirect }, world);
  let end = ending();
  /** @type {Promise<string> | null} */
  let renewing = null;

  function ending() {
    return pair.expires_in ? now() + pair.expires_in * 1000 - MARGIN : Infinity;
  }

  /** Both tokens die when they are renewed, so that all who ask meanwhile wait for the same answer. */
  function renew() {
    renewing ??= (async () => {
      try {
        pair = await post(application, token, { grant_type: 'refresh_token', refresh_token: pair.refresh_token, redirect_uri: application.redirect }, world);
        end = ending();
        return pair.access_token;
      } finally {
        renewing = null;
      }
    })();
    return renewing;
  }

  return {
    current: async () => (renewing ? renewing : now() >= end ? renew() : pair.access_token),
    renew,
    async revoke() {
      const { refresh_token: refresh, access_token: access } = pair;
      pair = { access_token: '', refresh_token: '' };
      end = Infinity;
      if (revoke) for (const token of [refresh, access]) if (token) await post(application, revoke, { token }, world);
    },
  };
}

/**
 * As a form, which a browser sends without asking first.
 * @param {Application} application
 * @param {string} path
 * @param {Record<string, string>} form
 * @param {World} world
 */
async function post({ url, client }, path, form, world) {
  const { status, text } = await exchange(trimmed(url) + path, { method: 'POST', body: new URLSearchParams({ client_id: client, ...form }) }, { page: url, world });
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    // What is no JSON comes from something before GitLab.
  }
  if (status < 300 && (data?.access_token || form.token)) return data;
  const { code, code_verifier: verifier, refresh_token: refresh, token } = form;
  const words = blank(wordsOf(data, text), [code, verifier, refresh, token].filter(Boolean));
  if (status === 429) throw new Problem('rate-limit', { status, words });
  if (data?.error === 'invalid_grant') throw new Problem('signed-out', { status, words });
  throw new Problem(status >= 500 || status < 300 || data === undefined ? 'server' : 'rejected', { status, words });
}

const trimmed = (/** @type {string} */ url) => url.replace(/\/+$/, '');
