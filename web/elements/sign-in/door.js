// The part that lets somebody sign in: in a window of the forge, or with a token.
import { connect } from '../forge.js';
import { tokenPage } from '../forge/token-page.js';
import { outside } from '../link.js';
import { make, set } from '../make.js';
import { session } from './session.js';
import { signInByWindow } from './window.js';

/** @typedef {import('../forge.js').Settings & {client?: string | null}} Settings */

/**
 * @param {Settings} settings
 * @param {any} say
 * @param {object} around
 * @param {string} around.id of the control for the token
 * @param {(...content: (Node | string)[]) => void} around.tell shows how it goes
 * @param {(problem: any) => void} around.fail shows what stands in the way
 * @param {() => void} around.entered takes the focus on
 */
export function door(settings, say, { id, tell, fail, entered }) {
  const url = settings.url.replace(/\/+$/, '');
  const { host } = new URL(url);
  const relay = /^https:\/\/([^/?#@]+)/.exec(settings.api ?? '')?.[1] ?? null;
  // A token goes nowhere that is not the forge, or a relay as the settings must name one.
  const isBroken = Boolean(settings.api) && relay === null;
  /** Counts who tried: what began before has no say any more. */
  let turn = 0;
  /** @type {AbortController | undefined} */
  let waiting;
  const token = make('input', { class: 'input', id, type: 'password', autocomplete: 'off', spellcheck: 'false' });
  const { kind, client } = settings;
  // GitHub lets no page without a secret sign people in, and a page that needs a relay cannot ask for what the window gave.
  const byWindow =
    kind !== 'github' && client && !settings.api && make('button', { type: 'button', class: 'button button-main', onclick: () => void enterByWindow({ kind, url, client }) }, say.signInAt(host));
  const ways = [
    byWindow,
    byWindow && make('p', { class: 'hint' }, say.orToken),
    make('label', { class: 'label', for: id }, say.token(host)),
    make('p', { class: 'hint' }, say.tokenHint(settings.kind, relay), ' ', outside(tokenPage(settings, 'Dagwright'), say.makeToken)),
    token,
    make('button', { type: 'button', class: 'button', onclick: () => void enter() }, say.signIn),
  ];
  const element = make('div', { class: 'sign-in' }, ...(isBroken ? [make('p', { class: 'notice notice-warning' }, say.brokenRelay(settings.api))] : ways));
  token.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    void enter();
  });

  const enter = async () => {
    const value = token.value.trim();
    token.value = '';
    if (!value) return token.focus();
    return through(async () => ({ open: (signal, report) => connect(settings, value, { signal, report }) }), token);
  };

  /** @param {{kind: 'gitlab' | 'gitea', url: string, client: string}} at */
  const enterByWindow = (at) => {
    // A window that was closed says nothing: another press begins anew.
    waiting?.abort();
    waiting = new AbortController();
    const { signal } = waiting;
    return through(async () => {
      const giver = await signInByWindow(at, signal);
      return { open: (signal, report) => connect(settings, giver, { signal, report }), revoke: giver.revoke };
    }, byWindow);
  };

  /** Goes in, or stays at the control that was to lead in. */
  const through = async (enter, control) => {
    const mine = (turn += 1);
    tell(say.signingIn);
    try {
      const found = await enter();
      let person;
      try {
        person = await found.open().person();
      } finally {
        // Nobody will sign out of what nobody is in.
        if (!person || mine !== turn || session.now) void found.revoke?.().catch(() => {});
      }
      if (mine !== turn) return;
      tell();
      if (session.now) return;
      session.begin({ ...found, person });
      entered();
    } catch (problem) {
      if (mine !== turn) return;
      fail(problem);
      control.focus();
    }
  };

  return {
    element,
    focus: () => (byWindow || token).focus(),
    /** Shows the way in to those who are out. */
    arrange: () => set(element, { hidden: session.now ? '' : null }),
    /** Nobody waits any more. */
    stop() {
      turn += 1;
      waiting?.abort();
      if (!session.now) tell();
    },
  };
}

/** Who is signed in, and the way out. */
export function signedIn({ person: { name, login } }, say, out) {
  const leave = make('button', { type: 'button', class: 'link', onclick: () => (session.end(), out()) }, say.signOut);
  return [say.signedInAs(name, login), ' ', leave];
}
