// GitLab's sign-in, as Doorkeeper does it: a code once, a pair of tokens, both dead when they are renewed.
import { createHash, randomBytes } from 'node:crypto';
import { Refusal } from './refusal.mjs';

const GRANT = 'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.';
const CLIENT = 'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.';
const LIFE = 7200;

const secret = () => randomBytes(32).toString('hex');
function refuse(status, error, words) {
  throw new Refusal(status, { error, error_description: words });
}

export class OAuth {
  applications = new Map();
  #codes = new Map();
  #refreshes = new Map();

  constructor(state) {
    this.state = state;
  }

  register(client, redirects) {
    this.applications.set(client, { redirects });
  }

  /** What happens when the person presses “Authorize”. */
  authorize(query, person) {
    const given = Object.fromEntries(query);
    const application = this.applications.get(given.client_id);
    if (!application) return new Refusal(401, '<html><title>Client authentication failed</title>');
    if (!application.redirects.includes(given.redirect_uri)) return new Refusal(400, '<html><title>The redirect URI included is not valid.</title>');
    const back = (facts) => ({ status: 302, body: '', headers: { location: `${given.redirect_uri}?${new URLSearchParams({ ...facts, state: given.state })}` } });
    if (!person) return back({ error: 'access_denied', error_description: 'The resource owner or authorization server denied the request.' });
    if (given.response_type !== 'code' || given.code_challenge_method !== 'S256') return back({ error: 'invalid_request', error_description: 'The code challenge method must be S256.' });
    const code = secret();
    this.#codes.set(code, { person, client: given.client_id, redirect: given.redirect_uri, challenge: given.code_challenge, scopes: given.scope.split(' ') });
    return back({ code });
  }

  token(form) {
    if (!this.applications.has(form.client_id)) refuse(401, 'invalid_client', CLIENT);
    if (form.grant_type === 'authorization_code') {
      const grant = this.#codes.get(form.code);
      this.#codes.delete(form.code);
      const proven = grant && createHash('sha256').update(form.code_verifier ?? '').digest('base64url') === grant.challenge;
      if (!proven || grant.client !== form.client_id || grant.redirect !== form.redirect_uri) refuse(400, 'invalid_grant', GRANT);
      return this.#pair(grant);
    }
    if (form.grant_type === 'refresh_token') {
      const grant = this.#refreshes.get(form.refresh_token);
      if (!grant || grant.redirect !== form.redirect_uri) refuse(400, 'invalid_grant', GRANT);
      this.#end(form.refresh_token);
      return this.#pair(grant);
    }
    return refuse(400, 'unsupported_grant_type', 'The authorization grant type is not supported by the authorization server.');
  }

  revoke({ client_id: client, token }) {
    if (!this.applications.has(client)) refuse(403, 'unauthorized_client', 'You are not authorized to revoke this token');
    this.#end(token);
    this.state.tokens.delete(token);
    return { status: 200, body: {}, headers: {} };
  }

  /** Tokens that run out all at once. */
  expire() {
    for (const token of this.state.tokens.values()) if (token.refresh) token.expired = true;
  }

  #end(refresh) {
    this.#refreshes.delete(refresh);
    for (const [value, token] of this.state.tokens) if (token.refresh === refresh) this.state.tokens.delete(value);
  }

  #pair(grant) {
    const [access, refresh] = [secret(), secret()];
    this.state.tokens.set(access, { value: access, person: grant.person, scopes: grant.scopes, expired: false, refresh });
    this.#refreshes.set(refresh, grant);
    return { status: 200, body: { access_token: access, token_type: 'Bearer', expires_in: LIFE, refresh_token: refresh, scope: grant.scopes.join(' '), created_at: Math.floor(Date.now() / 1000) }, headers: { 'cache-control': 'no-store' } };
  }
}
