// <dagwright-browse>: what the project on the forge holds already, to open one of it in its form.
//
// `state` is {portal, config, output}: the settings, and the patterns of paths that hold. When somebody opens a config, its attribute
// `open` has the text, and `open` is dispatched.
import { configOf, grouped, layout } from './browse/paths.js';
import { speaks } from './forge.js';
import { make, set } from './make.js';
import { door, signedIn } from './sign-in/door.js';
import { SessionElement } from './sign-in/element.js';
import { notice } from './sign-in/notice.js';
import { isOwn } from './sign-in/owner.js';
import { session } from './sign-in/session.js';
import { words } from './words.js';

/** Files that are drawn at once; the others wait behind a button. */
const MOST = 100;

class Browse extends SessionElement {
  /** @type {{forge: import('./sign-in/door.js').Settings, owners?: Record<string, string>} | undefined} */
  #portal;
  /** What is shown: configs or generated files, each with the layout of its paths and what was found. */
  /** @type {Record<string, {layout: any, entries: any[] | null, done?: boolean}>} */
  #shelves = {};
  #kind = 'configs';
  #shown = MOST;
  /** @type {ReturnType<typeof door> | undefined} */
  #door;
  /** @type {(name: string) => boolean} */
  #own = () => false;
  #control = new AbortController();
  /** Of the file that is being opened: another takes its place. */
  #opening = new AbortController();

  stop() {
    this.#door?.stop();
    this.#opening.abort();
    if (session.now) this.outcome.replaceChildren();
  }

  arrange() {
    this.#door?.arrange();
    set(this.hall, { hidden: session.now ? null : '' });
    this.#control.abort();
    this.#control = new AbortController();
    this.#opening.abort();
    for (const shelf of Object.values(this.#shelves)) shelf.entries = null;
    this.#own = () => false;
    if (!session.now) {
      this.count.textContent = '';
      this.list.replaceChildren();
      this.outcome.replaceChildren();
      return;
    }
    this.who.replaceChildren(...signedIn(session.now, words(), () => this.#door?.focus()));
    void this.#look();
    void this.#learnOwn();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#control.abort();
  }

  build() {
    const say = words();
    this.who = make('p', { class: 'hint' });
    this.search = make('input', {
      class: 'input',
      id: 'browse-search',
      type: 'search',
      autocomplete: 'off',
      oninput: () => {
        this.#shown = MOST;
        this.#draw();
      },
    });
    const chip = (kind) => make('button', { type: 'button', class: 'chip', value: kind, onclick: () => this.#show(kind) }, say.shelf(kind));
    this.kinds = make('div', { class: 'filter-tags', role: 'group', 'aria-label': say.show }, chip('configs'), chip('generated'));
    this.count = make('p', { class: 'aside', role: 'status' });
    this.list = make('div', { class: 'browse-list' });
    this.more = make('button', { type: 'button', class: 'button button-small', hidden: '', onclick: () => this.#further() });
    this.hall = make(
      'div',
      { hidden: '' },
      this.who,
      make('div', { class: 'browse-filter' }, make('div', { class: 'filter-words' }, make('label', { for: 'browse-search' }, say.searchProject), this.search), this.kinds),
      this.list,
      this.more,
    );
    this.heading = make('h3', {});
    this.way = make('div');
    this.outcome = make('div', { class: 'browse-outcome', role: 'status' });
  }

  show({ portal, config, output }) {
    const say = words();
    this.#portal = portal;
    const { forge } = portal;
    if (!forge || !speaks(forge.kind)) return this.replaceChildren();
    this.#shelves = { configs: { layout: layout(config), entries: null }, generated: { layout: layout(output), entries: null } };
    const tell = (...content) => this.outcome.replaceChildren(...content);
    this.#door = door(forge, say, { id: 'browse-token', tell, fail: (problem) => tell(...notice(problem, say)), entered: () => this.search.focus() });
    this.heading.textContent = say.fromProject(forge.project);
    this.way.replaceChildren(this.#door.element);
    this.replaceChildren(make('section', { class: 'browse', 'aria-label': say.fromProject(forge.project) }, this.heading, this.way, this.hall, this.count, this.outcome));
    this.arrange();
  }

  #show(kind) {
    this.#kind = kind;
    this.#shown = MOST;
    if (this.#shelves[kind].entries) return this.#draw();
    return void this.#look();
  }

  /** Which packages are the person's own, as far as the settings and the forge tell. */
  async #learnOwn() {
    const { now } = session;
    if (!now || !this.#portal?.owners) return;
    const { owners, forge } = this.#portal;
    const teams = await session.teams();
    if (now !== session.now) return;
    const { login } = now.person;
    this.#own = (name) => Object.hasOwn(owners, name) && isOwn(owners[name], { teams, login, project: forge.project }) === true;
    this.#draw();
  }

  /** Asks for the files, and shows them as they come. */
  async #look() {
    const shelf = this.#shelves[this.#kind];
    // Somebody may look at the other shelf meanwhile, and come back.
    const isShown = () => shelf === this.#shelves[this.#kind] && shelf.entries === entries;
    /** @type {any[]} */
    const entries = [];
    shelf.entries = entries;
    shelf.done = false;
    this.outcome.replaceChildren();
    this.#draw();
    try {
      await session.now?.open(this.#control.signal).files(shelf.layout.folder, (paths) => {
        for (const path of paths) {
          const entry = shelf.layout.read(path);
          if (entry) entries.push(entry);
        }
        if (isShown()) this.#draw();
      });
      shelf.done = true;
    } catch (problem) {
      // Whoever left, or asked for something else, is told nothing.
      const wasShown = isShown();
      if (shelf.entries === entries) shelf.entries = null;
      if (wasShown) this.#failed(problem);
      return;
    }
    if (isShown()) this.#draw();
  }

  #failed(problem) {
    const say = words();
    if (problem.code === 'signed-out') session.end();
    this.count.textContent = '';
    const again = session.now && make('button', { type: 'button', class: 'button button-small', onclick: () => void this.#look() }, say.lookAgain);
    this.outcome.replaceChildren(...[...notice(problem, say), again].filter(Boolean));
  }

  #draw() {
    const say = words();
    const { entries, done } = this.#shelves[this.#kind];
    for (const chip of this.kinds.children) set(chip, { 'aria-pressed': chip.value === this.#kind });
    if (!entries) return;
    const groups = grouped(entries, { words: this.search.value, own: this.#own });
    const count = groups.reduce((sum, [, group]) => sum + group.length, 0);
    let room = this.#shown;
    const drawn = groups.flatMap(([name, group]) => {
      const part = group.slice(0, room);
      room -= part.length;
      return part.length > 0 ? [this.#group(name, part)] : [];
    });
    const here = /** @type {HTMLButtonElement | null} */ (document.activeElement?.closest('.browse-list button') ?? null)?.value;
    this.list.replaceChildren(...drawn);
    if (here) [...this.list.querySelectorAll('button')].find(({ value }) => value === here)?.focus();
    set(this.list, { hidden: drawn.length > 0 ? null : '' });
    set(this.more, { hidden: count > this.#shown ? null : '' });
    this.more.textContent = say.showMore(Math.min(MOST, count - this.#shown));
    const { folder } = this.#shelves[this.#kind].layout;
    const project = this.#portal?.forge.project;
    if (!done && entries.length === 0) this.count.textContent = say.lookingInto(project);
    else if (entries.length === 0) this.count.textContent = say.nothingThere(this.#kind, folder ? `${project}/${folder}` : project);
    else this.count.textContent = count === 0 ? say.nothingFits : `${say.filesFound(this.#kind, count)}${done ? '' : ` ${say.stillLooking}`}`;
  }

  #group(name, entries) {
    const say = words();
    const owner = this.#portal?.owners?.[name];
    const head = name && make('h4', {}, name, owner && make('span', { class: 'aside' }, ` ${say.keptBy(owner)}`));
    const rows = entries.map((entry) =>
      make('li', {}, make('button', { type: 'button', class: 'browse-file', value: entry.path, onclick: () => void this.#open(entry) }, make('span', {}, entry.name), make('span', { class: 'path' }, entry.path))),
    );
    return make('section', {}, head, make('ul', {}, ...rows));
  }

  #further() {
    const before = this.#shown;
    this.#shown += MOST;
    this.#draw();
    this.list.querySelectorAll('button')[before]?.focus();
  }

  /** Opens a config; of a generated file the config that it was made from, as long as it is there. */
  async #open({ path }) {
    const say = words();
    if (!session.now) return;
    this.#opening.abort();
    this.#opening = new AbortController();
    const { signal } = this.#opening;
    const isGenerated = this.#kind === 'generated';
    this.outcome.replaceChildren(say.opening(path));
    try {
      const forge = session.now.open(signal);
      const file = await forge.read(path);
      const config = file && isGenerated ? configOf(file.text) : null;
      const source = config && this.#shelves.configs.layout.read(config) ? await forge.read(config) : null;
      const found = source ?? file;
      if (signal.aborted) return;
      if (!found) {
        this.outcome.replaceChildren(make('p', { class: 'notice notice-warning' }, say.isGone(path)));
        return;
      }
      this.outcome.replaceChildren();
      this.say('open', found.text);
    } catch (problem) {
      if (!signal.aborted) this.#failed(problem);
    }
  }
}

customElements.define('dagwright-browse', Browse);
