// <dagwright-review>: all that is about to be handed over, to be read once more.
//
// `state` is {answer, base, environments, layout, whole}: the engine's answer, the text that was opened or null, for each environment
// its name and answer, the layout of the first DAG or null, and whether there are no errors, so that files may be taken. To change an answer, `go` is dispatched, with its pointer in
// the attribute; to take a file, `take`, with its path.
import { miniature } from './catalogue/miniature.js';
import { breakable, make } from './make.js';
import { otherwise, outputs, said } from './review/answers.js';
import { changes, drawn } from './review/changes.js';
import { shortNames } from './review/names.js';
import { Stateful } from './stateful.js';
import { locale, words } from './words.js';

/** So many of the next runs are told. */
const RUNS = 3;

class Review extends Stateful {
  show({ answer, base, environments, layout, whole }) {
    const say = words();
    const [dag] = answer.dags;
    const operators = new Map(dag?.tasks.map(({ task_id, operator }) => [task_id, operator ?? '']));
    const preview = layout && { ...layout, edges: layout.edges.map(({ points }) => points), nodes: layout.nodes.map((node) => ({ ...node, operator: operators.get(node.id) })) };
    const picture = miniature(preview, { named: true });
    const section = (title, ...content) => make('section', { class: 'review-part' }, make('h3', {}, title), ...content);
    const { path, text } = answer.config;
    const files = [...outputs(answer, environments), { path, text }];
    const names = shortNames(files.map(({ path }) => path));
    this.replaceChildren(
      ...[
        answer.summary && make('p', { class: 'lead' }, answer.summary),
        answer.upcoming.length > 0 && section(say.nextRuns, runs(answer.upcoming)),
        picture && make('div', { class: 'about-picture' }, picture),
        base && section(say.whatChanges, ...compared(base, text)),
        section(say.yourAnswers, this.#answers(said(answer, say))),
        environments.length > 0 && section(say.environments, sideBySide(environments, answer)),
        section(
          say.files,
          make('ul', { class: 'files' }, ...files.map((file) => this.#file(file, names.get(file.path), whole))),
        ),
      ].filter(Boolean),
    );
  }

  #answers(rows, around) {
    return make('dl', { class: 'answers' }, ...rows.flatMap((row) => this.#answer(row, around)));
  }

  /** One answer with what stands inside it; `around` is the innermost question that holds it. */
  #answer({ title, pointer, section, value, lines, items, inside }, around) {
    const say = words();
    const told = items
      ? make('ul', { class: 'answer-items' }, ...items.map((item) => make('li', {}, item)))
      : value !== undefined && (lines ? make('pre', { tabindex: 0 }, value) : make('span', {}, value));
    if (!told) return [make('div', { class: 'answers-group' }, make('dt', {}, title), make('dd', {}, this.#answers(inside, section ? around : title)))];
    const named = say.changeAnswer(around ? `${title} (${around})` : title);
    const change = make('button', { type: 'button', class: 'link', 'aria-label': named, onclick: () => this.say('go', pointer) }, say.change);
    const own = make('div', { class: 'answer' }, make('dt', {}, title), make('dd', {}, told), make('dd', {}, change));
    return [own, ...(inside ?? []).flatMap((row) => this.#answer(row, title))];
  }

  #file({ path, text }, name, whole) {
    const say = words();
    const lines = text.split('\n').length - 1;
    return make(
      'li',
      {},
      make('span', {}, make('strong', {}, path.replace(/^.*\//, '')), make('span', { class: 'path' }, ...breakable(path))),
      make('span', { class: 'aside' }, say.lines(lines)),
      make('button', { type: 'button', class: 'button', disabled: whole ? null : '', 'aria-label': say.downloadNamed(name), onclick: () => this.say('take', path) }, say.download),
    );
  }
}

/** The next runs, by the person's clock and in UTC. */
function runs(upcoming) {
  const time = (seconds, zone) =>
    new Date(seconds * 1000).toLocaleString(locale(), { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone: zone });
  return make('ul', { class: 'runs' }, ...upcoming.slice(0, RUNS).map((seconds) => make('li', {}, time(seconds), make('span', { class: 'aside' }, ` (${time(seconds, 'UTC')} UTC)`))));
}

/** What each environment says otherwise. */
function sideBySide(environments, whole) {
  const say = words();
  const titles = [say.environment, say.whatRuns, say.otherwise];
  // A table that is drawn as blocks, where there is no room for columns, is one by its roles alone.
  const cell = (title, ...content) => make('td', { role: 'cell', 'data-title': title }, ...content);
  const rows = environments.map(({ name, answer }) => {
    const errors = answer.diagnostics.filter(({ severity }) => severity === 'error');
    const own = otherwise(whole, name);
    return make(
      'tr',
      { role: 'row' },
      make('th', { scope: 'row', role: 'rowheader' }, name),
      cell(titles[1], answer.summary ?? '', ...errors.map(({ message }) => make('p', { class: 'finding finding-error' }, message))),
      cell(titles[2], own.length > 0 ? make('ul', {}, ...own.map(({ place, after }) => make('li', {}, make('code', {}, place), ': ', after ?? say.notSaid))) : say.asAbove),
    );
  });
  const head = make('tr', { role: 'row' }, ...titles.map((title) => make('th', { scope: 'col', role: 'columnheader' }, title)));
  const table = make('table', { class: 'side-by-side', role: 'table' }, make('thead', { role: 'rowgroup' }, head), make('tbody', { role: 'rowgroup' }, ...rows));
  return make('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': say.environments }, table);
}

/** What the config says otherwise than the one that was opened. */
function compared(before, after) {
  const say = words();
  if (before === after) return [make('p', { class: 'hint' }, say.nothingChanged)];
  const lines = changes(before, after);
  return [lines.length > 0 ? drawn(lines, { label: say.whatChanges, gone: say.lineGone, new: say.lineNew }) : make('p', { class: 'hint' }, say.allChanged)];
}

customElements.define('dagwright-review', Review);
