// Speaks HTTP with a forge: one question, one answer or one Problem. Knows tokens, patience and when to ask again.
import { Problem, blank } from './problem.js';
import { wordsOf } from './words.js';

/**
 * What the outside gives, so that tests can give it otherwise.
 * @typedef {object} World
 * @property {typeof globalThis.fetch} [fetch]
 * @property {(milliseconds: number) => Promise<void>} [wait]
 * @property {() => number} [random]
 * @property {AbortSignal} [signal]
 * @property {number} [patience] milliseconds to wait for one answer
 * @property {string} [origin] of the page, which a server would have to let in
 *
 * @typedef {{current: () => string | Promise<string>, renew?: () => Promise<string>}} Token
 * @typedef {(step: string, detail?: Record<string, any>) => void} Report
 * @typedef {{status: number, data: any, text: string, headers: Headers}} Answer
 * @typedef {{query?: Record<string, string | number | boolean | undefined>, body?: object}} Content
 * @typedef {(method: string, path: string, content?: Content) => Promise<Answer>} Ask
 *
 * @typedef {object} Speaker
 * @property {Ask} ask fails with a Problem where the answer is not a good one
 * @property {Ask} seek the same, with `data` null where there is nothing (404)
 * @property {(tries: number) => Promise<void>} rest waits before another try
 */

const TRIES = 3;
const PATIENCE = 60_000;
/** A server that wants a longer rest than this is told of instead. */
const LONGEST_REST = 60;
const FIRST_REST = 2;

/**
 * @param {object} given
 * @param {string} given.server what every path is added to
 * @param {string} given.page where people find what is asked about
 * @param {Token} given.token
 * @param {(answer: Answer, words: string) => {code: string, params?: object}} given.explain
 * @param {World} given.world
 * @param {Report} given.report
 * @returns {Speaker}
 */
export function speaker({ server, page, token, explain, world, report }) {
  const { signal, random = Math.random } = world;
  const wait = world.wait ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)));
  /** @type {Set<string>} */
  const secrets = new Set();

  function stopped() {
    if (signal?.aborted) throw new Problem('cancelled');
  }

  /** Waits, but not longer than the person does. */
  async function pause(/** @type {number} */ seconds) {
    report('wait', { seconds });
    let stop = () => {};
    const cancelled = new Promise((resolve) => signal?.addEventListener('abort', (stop = () => resolve(undefined))));
    await Promise.race([wait(seconds * 1000), cancelled]);
    signal?.removeEventListener('abort', stop);
    stopped();
  }

  // All pages that were turned away at once shall not come back at once.
  const rest = (/** @type {number} */ tries) => pause(Math.min(LONGEST_REST, FIRST_REST * 2 ** (tries - 1)) * (0.5 + random() / 2));

  /** @returns {Promise<Answer>} */
  async function send(/** @type {string} */ method, /** @type {string} */ address, /** @type {object | undefined} */ body, /** @type {string} */ secret) {
    const headers = { Accept: 'application/json', ...(secret && { Authorization: `Bearer ${secret}` }), ...(body && { 'Content-Type': 'application/json' }) };
    const answer = await exchange(address, { method, headers, ...(body && { body: JSON.stringify(body) }) }, { page, world });
    return { ...answer, data: parsed(answer.text) };
  }

  /** @param {Answer} answer */
  function failed(answer) {
    const { status, data, text, headers } = answer;
    const words = blank(wordsOf(data, text), secrets);
    if (status < 300) return new Problem('server', { status, words });
    const { code, params } = explain(answer, words);
    const seconds = secondsToWait(headers);
    return new Problem(code, { status, words, params: { ...params, ...(code === 'rate-limit' && seconds !== undefined && { seconds }) } });
  }

  /** @type {Ask} */
  async function ask(method, path, { query, body } = {}) {
    const address = `${server}${path}${search(query)}`;
    const reads = method === 'GET' || method === 'HEAD';
    let renewed = false;
    for (let tries = 1; ; ) {
      const secret = await token.current();
      if (secret) secrets.add(secret);
      /** @type {Problem} */
      let problem;
      try {
        const answer = await send(method, address, body, secret);
        if (answer.status < 300 && (answer.data !== undefined || answer.status === 204)) return answer;
        problem = failed(answer);
      } catch (thrown) {
        problem = /** @type {Problem} */ (thrown);
      }
      const { code, status, params } = problem;
      if (code === 'signed-out' && token.renew && !renewed) {
        renewed = true;
        // Another question may have had it renewed while this one was on its way.
        if ((await token.current()) === secret) await token.renew();
        continue;
      }
      // What only reads is asked again whatever became of it; what writes, only if it is known that nothing was written.
      const again = code === 'rate-limit' || (reads && (code === 'no-cors-or-network' || (code === 'server' && status >= 502)));
      if (!again || tries === TRIES || params.seconds > LONGEST_REST) throw problem;
      await (params.seconds === undefined ? rest(tries) : pause(params.seconds));
      tries += 1;
    }
  }

  /** @type {Ask} */
  async function seek(method, path, content) {
    try {
      return await ask(method, path, content);
    } catch (problem) {
      if (problem instanceof Problem && problem.status === 404) return { status: 404, data: null, text: problem.words, headers: new Headers() };
      throw problem;
    }
  }

  return { ask, seek, rest };
}

/**
 * One question and its answer, or a Problem: it is waited for as long as people wait, and followed nowhere else.
 * @param {string} address
 * @param {RequestInit} request
 * @param {{page: string, world: World}} around `page` is where people find what is asked about
 */
export async function exchange(address, request, { page, world }) {
  const { signal, patience = PATIENCE, fetch = globalThis.fetch.bind(globalThis), origin = globalThis.location?.origin ?? '' } = world;
  const server = new URL(address).origin;
  const control = new AbortController();
  const stop = () => control.abort();
  let late = false;
  const clock = setTimeout(() => ((late = true), stop()), patience);
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop);
  try {
    const answer = await fetch(address, {
      ...request,
      // A kept answer would hide what was written a second ago.
      cache: 'no-store',
      credentials: 'omit',
      // What is written would go on to wherever a redirect leads.
      redirect: 'manual',
      referrerPolicy: 'no-referrer',
      signal: control.signal,
    });
    if (isRedirect(answer)) throw new Problem('redirected', { params: { server, url: page } });
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  } catch (thrown) {
    if (thrown instanceof Problem) throw thrown;
    if (signal?.aborted) throw new Problem('cancelled');
    if (late) throw new Problem('timeout', { params: { seconds: patience / 1000 } });
    // A browser does not tell a dead line from a server that does not let this page in.
    throw new Problem('no-cors-or-network', { params: { origin, server } });
  } finally {
    clearTimeout(clock);
    signal?.removeEventListener('abort', stop);
  }
}

/**
 * Whether an answer leads elsewhere; a browser does not tell a page where to.
 * @param {Response} answer
 */
const isRedirect = ({ type, status }) => type === 'opaqueredirect' || (status >= 300 && status < 400);

function parsed(/** @type {string} */ text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Where the browser may read them; GitLab and Gitea show neither to a page. */
function secondsToWait(/** @type {Headers} */ headers) {
  const after = Number(headers.get('retry-after') ?? NaN);
  if (Number.isFinite(after)) return after;
  const reset = Number(headers.get('x-ratelimit-reset') ?? NaN);
  return headers.get('x-ratelimit-remaining') === '0' && Number.isFinite(reset) ? Math.max(1, Math.ceil(reset - Date.now() / 1000)) : undefined;
}

function search(/** @type {Content['query']} */ query = {}) {
  const told = Object.entries(query).filter(([, value]) => value !== undefined);
  return told.length === 0 ? '' : `?${new URLSearchParams(told.map(([name, value]) => [name, String(value)]))}`;
}
