// <dagwright-check>: many configs at once, and what is wrong with each.
//
// `state` is {worker, settings, needed, files}: the address of the engine's worker, the settings, and the files of the templates that
// were asked for with `needed`, or null until they are there. Which those are stands in the attribute `needs`, a JSON list of ids; when it
// changes, `needs` is dispatched. When somebody opens a config in its form, `open` is: its text is in the attribute. Once there are
// results, `holds` is dispatched, with `results` in the attribute; with nothing in it, once there are none.
import { Engine } from './check/engine.js';
import { MOST, chosen, configs, dropped, templates } from './check/inputs.js';
import { findings, fits, inOrder, table } from './check/report.js';
import { ROWS, clear, results } from './check/results.js';
import { download } from './download.js';
import { breakable, make, set } from './make.js';
import { Stateful } from './stateful.js';
import { words } from './words.js';

/** How often the numbers are drawn anew while files are being checked, in milliseconds. */
const PULSE = 100;

class Check extends Stateful {
  /** @type {any} */
  #state = null;
  /** Told apart, since a new drop ends the work on the one before. */
  #run = 0;
  /** @type {Engine | null} */
  #engine = null;
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
    if (results.rows.length > 0) this.#resume();
  }

  disconnectedCallback() {
    for (const name of ['dragover', 'dragleave', 'drop']) removeEventListener(name, this.#drag, true);
    this.#run += 1;
    this.#engine?.stop();
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
        results.words = this.search.value;
        results.shown = ROWS;
        this.#draw();
      },
    });
    this.search.value = results.words;
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
    clear();
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
    results.skipped = found.length - list.length;
    results.rows = list.map(({ path, text, problem }) => ({ path, text, status: 'waiting', findings: [], dag_ids: [], problem }));
    if (list.length === 0) {
      set(this.bar, { hidden: '' });
      this.#tell(say.noConfigs);
      return this.#draw();
    }
    await this.#begin(run);
  }

  /** Shows again what was there when the page was left, and goes on with what was not checked by then. */
  #resume() {
    set(this.results, { hidden: null });
    set(this.bar, { hidden: '' });
    set(this.stopButton, { hidden: '' });
    this.#draw();
    const { opened } = results;
    results.opened = null;
    // Behind the heading of the page, which takes the focus when a page comes.
    if (opened?.element?.isConnected) requestAnimationFrame(() => requestAnimationFrame(() => opened.element?.querySelector('button')?.focus()));
    if (!results.finished) void this.#begin((this.#run += 1));
  }

  /** Asks for the templates, then checks. */
  async #begin(run) {
    set(this.bar, { hidden: null });
    await new Promise((take) => {
      this.#waiting = take;
      this.say('needs', JSON.stringify(templates(results.rows)));
    });
    if (run === this.#run) await this.#check(run);
  }

  async #check(run) {
    const { worker, settings, files } = this.#state;
    const engine = (this.#engine = new Engine(worker, settings, files));
    set(this.stopButton, { hidden: null });
    const pulse = setInterval(() => this.#draw(), PULSE);
    for (const row of results.rows.filter(({ status }) => status === 'waiting')) {
      if (row.problem) {
        Object.assign(row, { status: 'error', findings: [own(words()[row.problem])] });
        continue;
      }
      try {
        const { diagnostics, dag_ids } = await engine.check(row.text);
        Object.assign(row, { findings: inOrder(diagnostics), dag_ids });
      } catch {
        if (run !== this.#run) break;
        row.findings = [own(words().engineStopped)];
      }
      row.status = status(row.findings);
    }
    if (run === this.#run) {
      const among = await engine.relate(results.rows.map(({ path, dag_ids }) => ({ file: path, dag_ids }))).catch(() => []);
      const byPath = new Map(results.rows.map((row) => [row.path, row]));
      for (const diagnostic of run === this.#run ? among : []) {
        const row = byPath.get(diagnostic.primary.file ?? '');
        if (!row) continue;
        const list = [...row.findings, diagnostic];
        Object.assign(row, { findings: list, status: status(list), element: undefined });
      }
    }
    clearInterval(pulse);
    engine.stop();
    if (run !== this.#run) return;
    results.finished = true;
    results.rows.sort((one, other) => ORDER.indexOf(one.status) - ORDER.indexOf(other.status));
    set(this.stopButton, { hidden: '' });
    set(this.bar, { hidden: '' });
    this.#draw();
  }

  /** Ends the checking; what was found stays. */
  #stop() {
    this.#run += 1;
    this.#engine?.stop();
    results.finished = true;
    results.rows = results.rows.filter(({ status }) => status !== 'waiting');
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
    const before = results.shown;
    results.shown += ROWS;
    this.#draw();
    this.list.querySelectorAll('summary')[before]?.focus();
  }

  #draw() {
    const say = words();
    const { rows, shown, only, words: sought, skipped: left } = results;
    const done = rows.filter(({ status }) => status !== 'waiting');
    const holds = done.length > 0 ? 'results' : '';
    if ((this.getAttribute('holds') ?? '') !== holds) this.say('holds', holds);
    if (rows.length > 0) {
      set(this.bar, { max: rows.length, value: done.length });
      const skipped = left > 0 ? ` ${say.leftOut(left)}` : '';
      if (done.length === rows.length) this.#tell(say.checked(done.length) + skipped);
      else this.progress.textContent = say.checking(done.length, rows.length) + skipped;
    }
    this.#drawFilter(done);
    const fitting = done.filter((row) => (only === 'all' || row.status === only) && fits(row, sought));
    const isEmpty = done.length > 0 && fitting.length === 0;
    set(this.nothing, { hidden: isEmpty ? null : '' });
    this.why.textContent = !isEmpty ? '' : sought.trim() ? say.noResult : say.noneOfKind;
    this.#drawRows(fitting.slice(0, shown));
    set(this.more, { hidden: fitting.length > shown ? null : '' });
    this.more.textContent = say.showMore(Math.min(ROWS, fitting.length - shown));
  }

  #showAll() {
    this.search.value = '';
    Object.assign(results, { words: '', only: 'all', shown: ROWS });
    this.search.focus();
    this.#draw();
  }

  #drawFilter(done) {
    const say = words();
    const here = document.activeElement instanceof HTMLButtonElement && document.activeElement.closest('.results .filter-tags') ? document.activeElement.value : undefined;
    const chip = (value, count) => {
      const onclick = () => {
        results.only = value;
        results.shown = ROWS;
        this.#draw();
      };
      const number = make('span', { class: 'filter-count' }, say.number(count));
      return make('button', { type: 'button', class: 'chip', value, 'aria-pressed': results.only === value, onclick }, say.status(value), ' ', number);
    };
    const counts = ORDER.map((value) => [value, done.filter(({ status }) => status === value).length]);
    const text = JSON.stringify([counts, results.only]);
    if (this.only.dataset.shows === text) return;
    this.only.dataset.shows = text;
    this.only.replaceChildren(chip('all', done.length), ...counts.map(([value, count]) => chip(value, count)));
    if (here) [...this.only.children].find(({ value }) => value === here)?.focus();
  }

  /** Rows that are there already stay, with what was unfolded in them. */
  #drawRows(rows) {
    const elements = rows.map((row) => (row.element ??= drawn(row)));
    const { children } = this.list;
    if (elements.length === children.length && elements.every((element, index) => element === children[index])) return;
    this.list.replaceChildren(...elements);
  }

  /** Opens a config in its form. */
  open(row) {
    results.opened = row;
    this.say('open', row.text);
  }

  #save(format) {
    const content = format === 'json' ? `${JSON.stringify(findings(results.rows), null, 2)}\n` : table(results.rows);
    // Spreadsheets take a text for UTF-8 only if it begins so.
    const type = format === 'json' ? 'application/json' : 'text/csv';
    download(new Blob([format === 'json' ? content : `\ufeff${content}`], { type }), `findings.${format}`);
  }
}

/** A config with its findings. It outlives the element that first showed it. */
function drawn(row) {
  const say = words();
  const { path, status, findings } = row;
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
  const open = ({ currentTarget }) => currentTarget.closest('dagwright-check').open(row);
  return make(
    'details',
    { class: 'result' },
    make('summary', {}, make('span', { class: 'result-path' }, ...breakable(path)), badge),
    make(
      'div',
      { class: 'result-body' },
      findings.length > 0 ? make('ul', {}, ...places) : make('p', { class: 'hint' }, say.nothingWrong),
      make('button', { type: 'button', class: 'button button-small', onclick: open }, say.openInForm),
    ),
  );
}

/** The worst first. */
const ORDER = ['error', 'warning', 'fine'];

const status = (findings) =>
  findings.some(({ severity }) => severity === 'error') ? 'error' : findings.some(({ severity }) => severity === 'warning') ? 'warning' : 'fine';

/** A finding of the page itself. */
const own = (message) => ({ code: 'not-checked', severity: 'error', message, primary: {} });

customElements.define('dagwright-check', Check);
