// <dagwright-catalogue>: the cards of the templates, with a search and filters.
//
// `state` is {templates, drafts, project, filter}: what the catalogue says of each template, what is kept in this browser, the project
// on the forge or null, and the filter as the query of an address. When somebody looks for something else, its attribute `filter` changes
// and `filter` is dispatched; when they throw a draft away or bring it back, `forget` and `keep` are, with the template and the id of
// the draft; when they want to see what the project holds, `browse` is.
import { counted, find, read, write } from './catalogue/filter.js';
import { miniature } from './catalogue/miniature.js';
import { make, set } from './make.js';
import { shortcut } from './shortcut.js';
import { Stateful } from './stateful.js';
import { locale, words } from './words.js';

/** With fewer templates than this, looking is quicker than searching. */
const SEARCHABLE = 5;
/** More tags than this are shown on request only. */
const TAGS = 12;

class Catalogue extends Stateful {
  #templates = [];
  #filter = read('');
  #slash = shortcut('/', () => this.search.focus());

  connectedCallback() {
    super.connectedCallback();
    this.#slash.on();
  }

  disconnectedCallback() {
    this.#slash.off();
  }

  build() {
    const say = words();
    this.search = make('input', {
      class: 'input',
      id: 'search',
      type: 'search',
      autocomplete: 'off',
      'aria-keyshortcuts': '/',
      oninput: () => this.#look({ words: this.search.value }),
    });
    this.owner = make('select', { class: 'input', id: 'owner', onchange: () => this.#look({ owner: this.owner.value }) });
    this.owners = make('div', { class: 'filter-owner' }, make('label', { for: 'owner' }, say.owner), this.owner);
    this.tags = make('ul', { class: 'filter-tags', 'aria-label': say.tags });
    this.count = make('p', { class: 'aside', role: 'status' });
    this.filters = make(
      'div',
      { class: 'filters', role: 'search' },
      make('div', { class: 'filter-words' }, make('label', { for: 'search' }, say.search), this.search),
      this.owners,
      this.tags,
      this.count,
    );
    this.cards = make('ul', { class: 'cards' });
    this.nothing = make(
      'div',
      { class: 'nothing', hidden: '' },
      make('p', {}, say.noTemplate),
      make('button', { type: 'button', class: 'button', onclick: () => this.#all() }, say.showAll),
    );
    this.drafts = make('ul', { class: 'drafts' });
    this.draftsPart = make('section', { class: 'drafts-part', 'aria-labelledby': 'drafts-title' }, make('h2', { id: 'drafts-title' }, say.drafts), this.drafts);
    this.project = make('p', { class: 'catalogue-project' });
    this.append(this.project, this.draftsPart, this.filters, this.cards, this.nothing);
  }

  show({ templates, drafts, project, filter }) {
    const browse = () => this.dispatchEvent(new Event('browse'));
    this.project.replaceChildren(words().orChange, ' ', make('button', { type: 'button', class: 'link', onclick: browse }, words().openOf(project)));
    set(this.project, { hidden: project ? null : '' });
    this.#templates = templates;
    const titles = new Map(templates.map(({ id, title }) => [id, title]));
    const known = drafts.filter(({ template }) => titles.has(template));
    set(this.draftsPart, { hidden: known.length === 0 ? '' : null });
    this.drafts.replaceChildren(...known.map((own) => this.#draft(own, titles.get(own.template))));
    this.#filter = read(filter);
    this.search.value = this.#filter.words;
    const owners = counted(templates.map(({ owner }) => owner).filter(Boolean));
    set(this.filters, { hidden: templates.length < SEARCHABLE ? '' : null });
    set(this.owners, { hidden: owners.length < 2 ? '' : null });
    const choice = (value, text) => make('option', { value }, text);
    this.owner.replaceChildren(choice('', words().everybody), ...owners.map(([name, count]) => choice(name, `${name} (${count})`)));
    this.#draw();
  }

  #draft({ template, id, saved, package: team, name }, title) {
    const say = words();
    const named = [team, name].filter(Boolean).join('_') || say.unnamed;
    const key = `${template} ${id}`;
    const address = `#/new/${encodeURIComponent(template)}?${new URLSearchParams({ draft: id })}`;
    const link = make('a', { href: address }, named);
    const button = make('button', { type: 'button', class: 'link', 'aria-label': say.throwAwayNamed(named) }, say.throwAway);
    const row = make('li', {}, link, make('span', { class: 'aside' }, `${title}, ${moment(saved)}`), button);
    button.addEventListener('click', () => {
      const gone = row.classList.toggle('draft-gone');
      link.toggleAttribute('inert', gone);
      button.textContent = gone ? say.bringBack : say.throwAway;
      set(button, { 'aria-label': gone ? say.bringBackNamed(named) : say.throwAwayNamed(named) });
      this.say(gone ? 'forget' : 'keep', key);
    });
    return row;
  }

  #look(change) {
    this.#filter = { ...this.#filter, ...change };
    this.#draw();
    this.say('filter', write(this.#filter));
  }

  #all() {
    this.search.value = '';
    this.#look(read(''));
    this.search.focus();
  }

  #draw() {
    const say = words();
    const found = find(this.#templates, this.#filter);
    this.owner.value = this.#filter.owner;
    this.#drawTags(found);
    this.cards.replaceChildren(...found.map(card));
    this.count.textContent = say.templates(found.length, this.#templates.length);
    set(this.nothing, { hidden: found.length > 0 ? '' : null });
  }

  /** A tag that would leave nothing is not on offer. */
  #drawTags(found) {
    const { tags } = this.#filter;
    const here = document.activeElement instanceof HTMLButtonElement && document.activeElement.closest('.filter-tags') ? document.activeElement.value : undefined;
    const offered = new Map(counted(found.flatMap((template) => template.tags)));
    const all = counted(this.#templates.flatMap((template) => template.tags));
    const often = all.filter(([tag]) => offered.has(tag) || tags.includes(tag)).sort(([, one], [, other]) => other - one);
    const shown = new Set([...often.slice(0, TAGS).map(([tag]) => tag), ...tags]);
    this.tags.replaceChildren(
      ...[...shown].sort((one, other) => one.localeCompare(other)).map((tag) => {
        const pressed = tags.includes(tag);
        const onclick = () => this.#look({ tags: pressed ? tags.filter((own) => own !== tag) : [...tags, tag] });
        const count = make('span', { class: 'filter-count' }, String(offered.get(tag) ?? 0));
        return make('li', {}, make('button', { type: 'button', class: 'chip', value: tag, 'aria-pressed': pressed, onclick }, tag, ' ', count));
      }),
    );
    set(this.tags, { hidden: shown.size === 0 ? '' : null });
    if (here) [...this.tags.querySelectorAll('button')].find(({ value }) => value === here)?.focus();
  }
}

/** A time of today as a time, and any other with its day. */
function moment(milliseconds) {
  const then = new Date(milliseconds);
  const today = then.toDateString() === new Date().toDateString();
  return then.toLocaleString(locale(), { hour: '2-digit', minute: '2-digit', ...(today ? {} : { day: 'numeric', month: 'short' }) });
}

/** One template. */
function card({ id, version, title, summary, owner, tags, status, replaced_by, preview }) {
  const say = words();
  const path = encodeURIComponent(id);
  return make(
    'li',
    { class: status === 'deprecated' ? 'card card-deprecated' : 'card' },
    make('div', { class: 'card-picture' }, miniature(preview)),
    make('h2', {}, make('a', { href: `#/new/${path}` }, title)),
    make('p', { class: 'card-summary' }, summary),
    status === 'deprecated' && make('p', { class: 'badge badge-warning' }, replaced_by ? say.useInstead(replaced_by) : say.notOffered),
    tags.length > 0 && make('ul', { class: 'tags', 'aria-label': say.tags }, ...tags.map((tag) => make('li', {}, tag))),
    make(
      'p',
      { class: 'card-facts' },
      make('span', {}, say.version(version)),
      owner && make('span', {}, say.keptBy(owner)),
      make('a', { class: 'card-about', href: `#/about/${path}`, 'aria-label': say.aboutTemplate(title) }, say.about),
    ),
  );
}

customElements.define('dagwright-catalogue', Catalogue);
