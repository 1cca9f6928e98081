// <dagwright-keys>: a button, and a dialog that tells which keys do what. The key `?` opens it as well. When somebody switches keys
// that are pressed alone on or off, `single` is dispatched, with `on` or `off` in the attribute.
import { draw, make } from './make.js';
import { shortcut } from './shortcut.js';
import { Stateful } from './stateful.js';
import { words } from './words.js';

class Keys extends Stateful {
  #ask = shortcut('?', () => this.dialog.showModal());

  connectedCallback() {
    super.connectedCallback();
    this.#ask.on();
  }

  disconnectedCallback() {
    this.#ask.off();
  }

  build() {
    const say = words();
    const icon = draw('svg', { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true' }, draw('path', { d: 'M9 9.5a3 3 0 115 2.2c-1.2 1-2 1.5-2 2.8M12 18v.3' }));
    const open = { type: 'button', class: 'icon-button', title: say.keysTitle, 'aria-label': say.keysTitle, onclick: () => this.dialog.showModal() };
    const parts = say.keyParts.map(([title, ...rows]) =>
      make(
        'section',
        {},
        make('h3', {}, title),
        make('dl', { class: 'keys' }, ...rows.map(([keys, does]) => make('div', {}, make('dt', {}, ...keys.split(' ').map((key) => make('kbd', {}, key))), make('dd', {}, does)))),
      ),
    );
    this.dialog = make(
      'dialog',
      { class: 'dialog', 'aria-labelledby': 'keys-title' },
      make('h2', { id: 'keys-title' }, say.keysTitle),
      ...parts,
      make('label', { class: 'keys-single' }, (this.single = make('input', { type: 'checkbox', onchange: () => this.#switch() })), ' ', say.singleKeys),
      make('div', { class: 'dialog-buttons' }, make('button', { type: 'button', class: 'button', onclick: () => this.dialog.close() }, say.close)),
    );
    this.single.checked = document.documentElement.dataset.singleKeys !== 'off';
    this.append(make('button', open, icon), this.dialog);
  }

  #switch() {
    const now = this.single.checked ? 'on' : 'off';
    document.documentElement.dataset.singleKeys = now;
    this.say('single', now);
  }
}

customElements.define('dagwright-keys', Keys);
