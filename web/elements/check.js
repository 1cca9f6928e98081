// <dagwright-check>: many configs at once, and what is wrong with each.
//
// `state` is {worker, settings, needed, files}: the address of the engine's worker, the settings, and the files of the templates that
// were asked for with `needed`, or null until they are there. Which those are stands in the attribute `needs`, a JSON list of ids; when it
// changes, `needs` is dispatched. When somebody opens a config in its form, `open` is: its text is in the attribute.
import { Engine } from './check/engine.js';
import { MOST, chosen, configs, dropped, templates } from './check/inputs.js';
import { findings, fits, inOrder, table } from './check/report.js';
import { download } from './download.js';
import { breakable, make, set } from './make.js';
import { Stateful } from './stateful.js';
import { words } from './words.js';

/** Rows that are drawn at once; the others wait behind a button. */
const ROWS = 200;
/** How often the numbers are drawn anew while files are being checked, in milliseconds. */
const PULSE = 100;

class Check extends Stateful {
  /** @type {any} */
  #state = null;
  /** One row a config: {path, text, status, findings, element}. */
  #rows = [];
  #shown = ROWS;
  #only = 'all';
  #words = '';
  /** Told apart, since a new drop ends the work on the one before. */
  #run = 0;
  /** @type {Engine | null} */
  #engine = null;
  #skipped = 0;
  /**
   * Goes on when the page has given the templates.
   * @type {((value?: any) => void) | null}
   */
  #waiting = null;
  #drag = (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    // The page around opens single configs in their form.
    event.stopImmediatePropagation();
    event.preventDefault();
    this.zone.classList.toggle('drop-zone-over', event.type === 'dragover');
    if (event.type === 'drop') void this.#take(dropped(event.dataTransfer));
  };

  connectedCallback() {
    super.connectedCallback();
    for (const name of ['dragover', 'dragleave', 'drop']) addEventListener(name, this.#drag, true);
  }

  disconnectedCallback() {
    for (const name of ['dragover', 'dragleave', 'drop']) removeEventListener(name, this.#drag, true);
    this.#stop();
  }

  build() {
    const say = words();
    const input = (id, label, attributes) => {
      const own = make('input', {
        type: 'file',
        id,
        class: 'file',
        ...attributes,
        onchange: () => {
          void this.#take(Promise.resolve(chosen(own.files)));
          // The same can then be chosen once more.
          own.value = '';
        },
      });
      return make('div', { class: 'field' }, make('label', { class: 'label', for: id }, label), own);
    };
    this.zone = make(
      'div',
      { class: 'drop-zone' },
      make('p', {}, say.dropConfigs),
      make('div', { class: 'drop-inputs' }, input('check-files', say.chooseFiles, { multiple: '', accept: '.yaml,.yml' }), input('check-folder', say.chooseFolder, { webkitdirectory: '' })),
      make('p', { class: 'hint' }, say.staysHere),
    );
    this.bar = make('progress', { 'aria-label': say.progress });
    this.progress = make('p', { 'aria-hidden': 'true' });
    this.status = make('p', { class: 'visually-hidden', role: 'status' });
    this.stopButton = make('button', { type: 'button', class: 'button button-small', onclick: () => this.#stop() }, say.stop);
    this.only = make('div', { class: 'filter-tags', role: 'group', 'aria-label': say.show });
    this.search = make('input', {
      class: 'input',
      id: 'check-search',
      type: 'search',
      autocomplete: 'off',
      oninput: () => {
        this.#words = this.search.value;
        this.#shown = ROWS;
        this.#draw();
      },
    });
    this.results = make(
      'div',
      { class: 'results', hidden: '' },
      make('div', { class: 'results-head' }, this.progress, this.status, this.bar, this.stopButton),
      make(
        'div',
        { class: 'filters' },
        make('div', { class: 'filter-words' }, make('label', { for: 'check-search' }, say.searchFindings), this.search),
        make(
          'div',
          { class: 'actions' },
          make('button', { type: 'button', class: 'button', onclick: () => this.#save('csv') }, say.saveTable),
          make('button', { type: 'button', class: 'button', onclick: () => this.#save('json') }, say.saveJson),
        ),
        this.only,
      ),
      (this.list = make('div', { class: 'wide' })),
      (this.nothing = make(
        'div',
        { class: 'results-none', hidden: '' },
        (this.why = make('p', { role: 'status' })),
        make('button', { type: 'button', class: 'button button-small', onclick: () => this.#showAll() }, say.showAllFiles),
      )),
      (this.more = make('button', { type: 'button', class: 'button', onclick: () => this.#further() }, '')),
    );
    this.append(this.zone, this.results);
  }

  show(state) {
    this.#state = state;
    // The answer to an earlier question is none to this one.
    if (state.files && this.#waiting && state.needed === this.getAttribute('needs')) {
      this.#waiting();
      this.#waiting = null;
    }
  }

  async #take(finding) {
    const say = words();
    const run = (this.#run += 1);
    this.#engine?.stop();
    this.#rows = [];
    this.#only = 'all';
    this.#shown = ROWS;
    set(this.results, { hidden: null });
    set(this.stopButton, { hidden: '' });
    this.#tell(say.reading);
    this.bar.removeAttribute('value');
    set(this.bar, { hidden: null });
    let found;
    let list;
    try {
      found = await finding;
      list = (await configs(found)).slice(0, MOST);
    } catch {
      found = list = [];
    }
    if (run !== this.#run) return;
    this.#skipped = found.length - list.length;
    this.#rows = list.map(({ path, text, problem }) => ({ path, text, status: 'waiting', findings: [], problem }));
    if (list.length === 0) {
      set(this.bar, { hidden: '' });
      this.#tell(say.noConfigs);
      return this.#draw();
    }
    await new Promise((take) => {
      this.#waiting = take;
      this.say('needs', JSON.stringify(templates(list)));
    });
    if (run === this.#run) await this.#check(run);
  }

  async #check(run) {
    const { worker, settings, files } = this.#state;
    const engine = (this.#engine = new Engine(worker, settings, files));
    set(this.stopButton, { hidden: null });
    const pulse = setInterval(() => this.#draw(), PULSE);
    const summaries = [];
    for (const row of this.#rows) {
      if (row.problem) {
        Object.assign(row, { status: 'error', findings: [own(words()[row.problem])] });
        continue;
      }
      try {
        const { diagnostics, dag_ids } = await engine.check(row.text);
        row.findings = inOrder(diagnostics);
        summaries.push({ file: row.path, dag_ids });
      } catch {
        if (run !== this.#run) break;
        row.findings = [own(words().engineStopped)];
      }
      row.status = status(row.findings);
    }
    if (run === this.#run) {
      const among = await engine.relate(summaries).catch(() => []);
      const byPath = new Map(this.#rows.map((row) => [row.path, row]));
      for (const diagnostic of among) {
        const row = byPath.get(diagnostic.primary.file);
        if (!row) continue;
        const list = [...row.findings, diagnostic];
        Object.assign(row, { findings: list, status: status(list), element: undefined });
      }
      this.#rows.sort((one, other) => ORDER.indexOf(one.status) - ORDER.indexOf(other.status));
    }
    clearInterval(pulse);
    engine.stop();
    if (run !== this.#run) return;
    set(this.stopButton, { hidden: '' });
    set(this.bar, { hidden: '' });
    this.#draw();
  }

  /** Ends the checking; what was found stays. */
  #stop() {
    this.#run += 1;
    this.#engine?.stop();
    this.#rows = this.#rows.filter(({ status }) => status !== 'waiting');
    set(this.stopButton, { hidden: '' });
    set(this.bar, { hidden: '' });
    this.#draw();
  }

  /** What is worth hearing, and not each number on the way. */
  #tell(text) {
    this.progress.textContent = text;
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  #further() {
    const before = this.#shown;
    this.#shown += ROWS;
    this.#draw();
    this.list.querySelectorAll('summary')[before]?.focus();
  }

  #draw() {
    const say = words();
    const done = this.#rows.filter(({ status }) => status !== 'waiting');
    if (this.#rows.length > 0) {
      set(this.bar, { max: this.#rows.length, value: done.length });
      const skipped = this.#skipped > 0 ? ` ${say.leftOut(this.#skipped)}` : '';
      if (done.length === this.#rows.length) this.#tell(say.checked(done.length) + skipped);
      else this.progress.textContent = say.checking(done.length, this.#rows.length) + skipped;
    }
    this.#drawFilter(done);
    const fitting = done.filter((row) => (this.#only === 'all' || row.status === this.#only) && fits(row, this.#words));
    const isEmpty = done.length > 0 && fitting.length === 0;
    set(this.nothing, { hidden: isEmpty ? null : '' });
    this.why.textContent = !isEmpty ? '' : this.#words.trim() ? say.noResult : say.noneOfKind;
    this.#drawRows(fitting.slice(0, this.#shown));
    set(this.more, { hidden: fitting.length > this.#shown ? null : '' });
    this.more.textContent = say.showMore(Math.min(ROWS, fitting.length - this.#shown));
  }

  #showAll() {
    this.search.value = this.#words = '';
    this.#only = 'all';
    this.#shown = ROWS;
    this.search.focus();
    this.#draw();
  }

  #drawFilter(done) {
    const say = words();
    const here = document.activeElement instanceof HTMLButtonElement && document.activeElement.closest('.results .filter-tags') ? document.activeElement.value : undefined;
    const chip = (value, count) => {
      const onclick = () => {
        this.#only = value;
        this.#shown = ROWS;
        this.#draw();
      };
      const number = make('span', { class: 'filter-count' }, say.number(count));
      return make('button', { type: 'button', class: 'chip', value, 'aria-pressed': this.#only === value, onclick }, say.status(value), ' ', number);
    };
    const counts = ORDER.map((value) => [value, done.filter(({ status }) => status === value).length]);
    const text = JSON.stringify([counts, this.#only]);
    if (this.only.dataset.shows === text) return;
    this.only.dataset.shows = text;
    this.only.replaceChildren(chip('all', done.length), ...counts.map(([value, count]) => chip(value, count)));
    if (here) [...this.only.children].find(({ value }) => value === here)?.focus();
  }

  /** Rows that are there already stay, with what was unfolded in them. */
  #drawRows(rows) {
    const elements = rows.map((row) => (row.element ??= this.#row(row)));
    const { children } = this.list;
    if (elements.length === children.length && elements.every((element, index) => element === children[index])) return;
    this.list.replaceChildren(...elements);
  }

  #row({ path, text, status, findings }) {
    const say = words();
    const counts = ['error', 'warning'].map((kind) => findings.filter(({ severity }) => severity === kind).length);
    const badge = make('span', { class: `badge badge-${status}` }, status === 'fine' ? say.status(status) : say.found(counts));
    const places = findings.map(({ severity, message, help, primary: { span } }) =>
      make(
        'li',
        { class: `result-finding result-${severity}` },
        make('p', {}, span && make('span', { class: 'result-line' }, `${say.line(span.line)}: `), message),
        help && make('p', { class: 'hint' }, help),
      ),
    );
    return make(
      'details',
      { class: 'result' },
      make('summary', {}, make('span', { class: 'result-path' }, ...breakable(path)), badge),
      make(
        'div',
        { class: 'result-body' },
        findings.length > 0 ? make('ul', {}, ...places) : make('p', { class: 'hint' }, say.nothingWrong),
        make('button', { type: 'button', class: 'button button-small', onclick: () => this.say('open', text) }, say.openInForm),
      ),
    );
  }

  #save(format) {
    const content = format === 'json' ? `${JSON.stringify(findings(this.#rows), null, 2)}\n` : table(this.#rows);
    // Spreadsheets take a text for UTF-8 only if it begins so.
    const type = format === 'json' ? 'application/json' : 'text/csv';
    download(new Blob([format === 'json' ? content : `\ufeff${content}`], { type }), `findings.${format}`);
  }
}

/** The worst first. */
const ORDER = ['error', 'warning', 'fine'];

const status = (findings) =>
  findings.some(({ severity }) => severity === 'error') ? 'error' : findings.some(({ severity }) => severity === 'warning') ? 'warning' : 'fine';

/** A finding of the page itself. */
const own = (message) => ({ code: 'not-checked', severity: 'error', message, primary: {} });

customElements.define('dagwright-check', Check);
