// Signing in to GitLab: the code is worth something once, tokens are renewed once for all, and nothing shows them.
import assert from 'node:assert/strict';
import { createHash, webcrypto } from 'node:crypto';
import { test } from 'node:test';
import { inspect as show } from 'node:util';
import { sha256 } from '../../web/elements/forge/sha256.js';
import { begin as beginSigningIn, challenge, codeIn, finish } from '../../web/elements/forge/sign-in.js';
import { tokenPage } from '../../web/elements/forge/token-page.js';
import { begin, inspect, problem, submission } from './together.mjs';

const REDIRECT = 'https://portal.example.com/dags/';
const TOKEN = /\/oauth\/token$/;

/** Goes to GitLab and comes back. */
async function there(t, { consents = 'ada', ...more } = {}) {
  const set = await begin(t, 'gitlab', more);
  set.forge.consents = consents;
  set.forge.oauth.register('dagwright', [REDIRECT]);
  const application = { url: `${set.forge.url}/`, client: 'dagwright', redirect: REDIRECT };
  const kept = await beginSigningIn(application);
  const answer = await fetch(kept.address, { redirect: 'manual' });
  return { ...set, application, kept, back: answer.headers.get('location'), answer };
}

const session = async (set, world) => finish(set.application, { code: codeIn(set.back, set.kept.state), verifier: set.kept.verifier }, { origin: 'https://portal.example.com', ...world });

test('the challenge is the one of GitLab’s documentation, with and without the browser’s own SHA-256', async () => {
  const [verifier, expected] = ['ks02i3jdikdo2k0dkfodf3m39rjfjsdk0wk349rj3jrhf', '2i0WFA-0AerkjQm4X4oDEhqA17QIAKNjXpagHBXmO_U'];
  assert.equal(await challenge(verifier, webcrypto.subtle), expected);
  assert.equal(await challenge(verifier, null), expected);
  // RFC 7636, appendix B.
  assert.equal(await challenge('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk', null), 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
});

test('our SHA-256 is SHA-256, around every length of a block', () => {
  for (let length = 0; length < 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 37 + length) % 256);
    assert.equal(Buffer.from(sha256(bytes)).toString('hex'), createHash('sha256').update(bytes).digest('hex'), String(length));
  }
});

test('the address asks for what is needed, and never twice with the same secrets', async () => {
  const application = { url: 'https://gitlab.com', client: 'dagwright', redirect: REDIRECT };
  const [one, other] = [await beginSigningIn(application), await beginSigningIn(application)];
  const { origin, pathname, searchParams } = new URL(one.address);
  assert.equal(origin + pathname, 'https://gitlab.com/oauth/authorize');
  assert.deepEqual(Object.fromEntries(searchParams), {
    client_id: 'dagwright', redirect_uri: REDIRECT, response_type: 'code', state: one.state, scope: 'api', code_challenge: await challenge(one.verifier), code_challenge_method: 'S256',
  });
  assert.ok(!one.address.includes(one.verifier));
  assert.match(one.verifier, /^[\w-]{43}$/);
  assert.notEqual(one.state, other.state);
  assert.notEqual(one.verifier, other.verifier);
});

test('who signs in can submit', async (t) => {
  const set = await there(t);
  const ada = await session(set);
  assert.equal((await set.client(ada).person()).login, 'ada');
  await set.client(ada).submit(submission());
  await inspect(set.project.repository, submission());
  // A simple request: no browser asks the server first.
  const { headers } = set.forge.log.find(({ path }) => TOKEN.test(path));
  assert.match(headers['content-type'], /^application\/x-www-form-urlencoded/);
  assert.equal(headers.authorization, undefined);
});

test('a code is worth something once, and only with its verifier', async (t) => {
  const set = await there(t);
  const code = codeIn(set.back, set.kept.state);
  const wrong = await problem(finish(set.application, { code, verifier: 'x'.repeat(43) }), 'signed-out');
  assert.ok(!show(wrong).includes(code));
  await problem(session(set), 'signed-out');
});

test('an answer to another question is refused', async (t) => {
  const set = await there(t);
  for (const state of ['other', '', undefined]) assert.throws(() => codeIn(set.back, state), ({ code, params }) => code === 'rejected' && params.what === 'state');
});

test('who says no to GitLab has cancelled', async (t) => {
  const set = await there(t, { consents: null });
  assert.throws(() => codeIn(set.back, set.kept.state), { code: 'cancelled' });
});

test('an address that is not registered is GitLab’s to refuse', async (t) => {
  const set = await there(t);
  set.forge.oauth.register('dagwright', ['https://elsewhere.example.com/']);
  const { status, headers } = await fetch(set.kept.address, { redirect: 'manual' });
  assert.deepEqual([status, headers.get('location')], [400, null]);
});

test('an application that GitLab does not know is the administrator’s to mend', async (t) => {
  const set = await there(t);
  set.forge.oauth.applications.clear();
  assert.match((await problem(session(set), 'rejected')).words, /unknown client/);
});

test('tokens that ran out are renewed once, however many ask', async (t) => {
  const set = await there(t);
  const ada = await session(set);
  set.forge.oauth.expire();
  const client = set.client(ada);
  await Promise.all([client.person(), client.project(), client.submit(submission(1)), client.submit(submission(2)), client.read('README.md')]);
  assert.equal(set.forge.log.filter(({ path, body }) => TOKEN.test(path) && body.includes('refresh_token')).length, 1);
  assert.equal(set.project.requests.length, 2);
});

test('two who want new tokens at once get the same', async (t) => {
  const set = await there(t);
  const ada = await session(set);
  const [one, other] = await Promise.all([ada.renew(), ada.renew()]);
  assert.equal(one, other);
  assert.equal(await ada.current(), one);
});

test('tokens are renewed shortly before they run out', async (t) => {
  let now = 0;
  const set = await there(t);
  const ada = await session(set, { now: () => now });
  const first = await ada.current();
  now = 7_139_000;
  assert.equal(await ada.current(), first);
  now = 7_141_000;
  const [second, third] = await Promise.all([ada.current(), ada.current()]);
  assert.equal(second, third);
  assert.notEqual(second, first);
});

test('a refusal to renew leads to signing in, a broken line does not', async (t) => {
  const set = await there(t);
  const ada = await session(set);
  set.forge.oauth.expire();
  set.forge.fault({ method: 'POST', path: TOKEN, act: 'drop' });
  assert.equal((await problem(set.client(ada).person(), 'no-cors-or-network')).params.origin, 'https://portal.example.com');
  await set.client(ada).person();
  set.forge.oauth.expire();
  set.forge.fault({ method: 'POST', path: TOKEN, act: 'drop-after' });
  await problem(set.client(ada).person(), 'no-cors-or-network');
  // That answer held the only tokens that are alive.
  await problem(set.client(ada).person(), 'signed-out');
});

test('faults while signing in have their codes', async (t) => {
  const set = await there(t);
  for (const [status, body, code] of [[429, 'Retry later\n', 'rate-limit'], [502, '<title>502</title>', 'server'], [200, '<title>Proxy</title>', 'server'], [400, { error: 'invalid_request', error_description: 'Missing required parameter' }, 'rejected']]) {
    set.forge.fault({ method: 'POST', path: TOKEN, act: 'answer', status, body });
    assert.equal((await problem(session(set), code)).status, status);
  }
  set.forge.fault({ method: 'POST', path: TOKEN, act: 'answer', status: 307, body: '', headers: { location: `${set.forge.url}/elsewhere` } });
  assert.equal((await problem(session(set), 'redirected')).params.server, set.forge.url);
  // It is waited for no longer than people wait.
  set.forge.fault({ method: 'POST', path: TOKEN, act: 'hold', until: new Promise((go) => t.after(go)) });
  assert.equal((await problem(session(set, { patience: 50 }), 'timeout')).params.seconds, 0.05);
  const stop = AbortSignal.abort();
  await problem(session(set, { signal: stop }), 'cancelled');
});

test('signing out revokes both tokens', async (t) => {
  const set = await there(t);
  const ada = await session(set);
  const token = await ada.current();
  await ada.revoke();
  assert.ok(!set.forge.state.tokens.has(token));
  assert.equal(set.forge.log.filter(({ path }) => path === '/oauth/revoke').length, 2);
  await problem(set.client(ada).person(), 'signed-out');
});

test('a session shows no token', async (t) => {
  const set = await there(t);
  const ada = await session(set);
  const token = await ada.current();
  for (const text of [show(ada, { depth: 9, showHidden: true }), JSON.stringify(ada)]) assert.ok(!text.includes(token));
  const ended = await problem(set.client({ current: ada.current }, { settings: { project: 'data/none' } }).project(), 'not-found-or-no-access');
  assert.ok(!show(ended, { depth: 9 }).includes(token));
});

test('there is a page to make a token on', () => {
  assert.equal(tokenPage({ kind: 'gitlab', url: 'https://gitlab.example.com/' }, 'DAG portal'), 'https://gitlab.example.com/-/user_settings/personal_access_tokens?name=DAG+portal&scopes=api');
  assert.equal(tokenPage({ kind: 'github', url: 'https://github.com' }, 'x'), 'https://github.com/settings/personal-access-tokens/new');
  assert.equal(tokenPage({ kind: 'gitea', url: 'https://codeberg.org' }, 'x'), 'https://codeberg.org/user/settings/applications');
});
