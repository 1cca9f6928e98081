// Who is signed in at the forge, whichever part of the page they did it in: a reload forgets it.

/** @import { Forge, Person } from '../forge.js' */
/** @import { Report } from '../forge/ask.js' */

/**
 * The token is known to `open` alone.
 * @typedef {{open: (signal?: AbortSignal, report?: Report) => Forge, person: Person, revoke?: () => Promise<void>}} SignedIn
 */

/** Dispatches `change` when somebody came or went. */
class Session extends EventTarget {
  /** @type {SignedIn | null} */
  #now = null;
  /** @type {Promise<string[] | null> | null} */
  #teams = null;

  get now() {
    return this.#now;
  }

  /** @param {SignedIn} signedIn */
  begin(signedIn) {
    this.#now = signedIn;
    this.#teams = null;
    this.dispatchEvent(new Event('change'));
  }

  end() {
    if (!this.#now) return;
    // Where it does not succeed, the token ends by itself before long.
    this.#now.revoke?.().catch(() => {});
    this.#now = null;
    this.dispatchEvent(new Event('change'));
  }

  /** The teams of the person; null where the forge does not tell them. */
  teams() {
    this.#teams ??= this.#now?.open().teams().catch(() => null) ?? null;
    return this.#teams;
  }
}

export const session = new Session();
