// What all elements of the page have in common.

/**
 * An element that draws what its property `state` says, which is JSON text. It is built once, when it is first shown.
 */
export class Stateful extends HTMLElement {
  #built = false;
  #text = '';

  connectedCallback() {
    if (this.#built) return;
    this.#built = true;
    this.build();
    // What the page said before this class was there lies on the element itself, and hides the setter.
    const early = Object.getOwnPropertyDescriptor(this, 'state');
    if (early) Reflect.deleteProperty(this, 'state');
    this.state = early ? early.value : this.#text;
  }

  /** Makes what stays the same. */
  build() {}

  /**
   * Draws the state.
   * @param {any} _state
   */
  show(_state) {}

  /** @param {string} text */
  set state(text) {
    this.#text = text;
    if (this.#built && text) this.show(JSON.parse(text));
  }

  /**
   * Says to the page what was done: an attribute has its new value, and an event of its name is dispatched.
   * @param {string} attribute
   * @param {string} value
   */
  say(attribute, value) {
    this.setAttribute(attribute, value);
    this.dispatchEvent(new Event(attribute));
  }
}
