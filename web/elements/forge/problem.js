// What went wrong with a forge, as a code and facts. The page has the sentences.

/**
 * Codes, beside what their `params` hold:
 * `signed-out`; `scope` {scope}; `not-found-or-no-access`; `archived` {url}; `protected` {branch, fork};
 * `branch-exists` {branch, url, number}; `conflict` {path, theirs: {text, version} or null}; `rejected`; `unchanged` {url, number};
 * `rate-limit` {seconds}; `no-cors-or-network` {origin, server}; `timeout` {seconds}; `server`; `cancelled`;
 * `redirected` {server, url}: what was asked for is elsewhere; `moved` {what: 'project' or 'branch', from, to}; `fork-behind` {url}.
 * Where the commit is safe and only the request could not be opened, `params.open` leads to the forge's own page for it.
 */
export class Problem extends Error {
  /**
   * @param {string} code
   * @param {{status?: number, words?: string, params?: Record<string, any>}} [facts]
   */
  constructor(code, { status = 0, words = '', params = {} } = {}) {
    super(words ? `${code}: ${words}` : code);
    this.name = 'Problem';
    this.code = code;
    this.status = status;
    /** The server's words, without any secret. */
    this.words = words;
    this.params = params;
  }
}

/** What tokens of the forges look like, and headers that carry one. */
const TOKENS = /\b(?:gl[a-z]{2,6}-[\w.-]{8,}|gh[a-z]_\w{8,}|github_pat_\w{8,})|\b(?:authorization|private-token)["']?\s*[:=]\s*["']?(?:(?:bearer|basic|token)\s+)?[^\s"',;]+|\b(?:bearer|basic)\s+[^\s"',;]{8,}/gi;

/**
 * A server may repeat what it was sent; nobody shall read a token on the page or in a report.
 * @param {string} words
 * @param {Iterable<string>} secrets
 */
export function blank(words, secrets) {
  let left = words;
  for (const secret of secrets) {
    for (const spelling of [secret, encodeURIComponent(secret)]) if (spelling) left = left.replaceAll(spelling, '…');
  }
  return left.replace(TOKENS, '…');
}
