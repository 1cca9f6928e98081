// What elements have in common that show what depends on who is signed in.
import { Stateful } from '../stateful.js';
import { session } from './session.js';

/** An element that follows who is signed in, and in which nothing goes on behind a dialog that was closed. */
export class SessionElement extends Stateful {
  #arrange = () => this.arrange();
  #stop = () => this.stop();
  /** @type {HTMLDialogElement | null} */
  #dialog = null;

  connectedCallback() {
    super.connectedCallback();
    // A dialog that was closed is not taken away.
    this.#dialog = this.closest('dialog');
    this.#dialog?.addEventListener('close', this.#stop);
    session.addEventListener('change', this.#arrange);
  }

  disconnectedCallback() {
    this.#dialog?.removeEventListener('close', this.#stop);
    session.removeEventListener('change', this.#arrange);
    this.stop();
  }

  /** Shows what there is for whoever is signed in now. */
  arrange() {}

  /** Ends what goes on. */
  stop() {}
}
