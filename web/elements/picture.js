// <dagwright-picture>: the graph of a DAG that can be moved, zoomed, walked by keyboard and saved.
//
// Its property `state` is the JSON text of {dag, layout, findings, focused, edited}, the first two as the engine gives them.
// What belongs to an answer carries `data-pointer`; pressing it is the page's to follow. When somebody folds a group, its
// attribute `folded`, a JSON list of ids, changes and `folded` is dispatched: the page has the DAG laid out anew.
import { draw, make, set } from './make.js';
import { bring, fit, held, zoomed } from './picture/camera.js';
import { path, short } from './picture/curve.js';
import { save } from './picture/export.js';
import { LINES, family, shown } from './picture/family.js';
import { fitted, ruler, shortName, steps } from './picture/order.js';
import { Stateful } from './stateful.js';
import { words } from './words.js';

/** One press of a button or key. */
const ZOOM = 1.25;
/** One turn of the wheel. */
const WHEEL = 1.05;
/** Where the name of a task begins in its box, and that of a group, in pixels. */
const NAME = 46;
const GROUP_NAME = 26;
/** A pointer that moves less than this, in pixels, is clicking. */
const CLICK = 4;

const ICONS = {
  minus: 'M5 12h14',
  plus: 'M12 5v14M5 12h14',
  fit: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
};

class Picture extends Stateful {
  #view = { x: 0, y: 0, scale: 1 };
  /** Whether somebody has moved the picture, which is then left where it is. */
  #touched = false;
  /** @type {import('../../npm/engine.d.ts').Dag} */
  #dag = { dag_id: null, schedule: { kind: 'unknown' }, catchup: null, tags: [], tasks: [], groups: [], partial: false };
  /** @type {import('../../npm/engine.d.ts').Layout} */
  #layout = { width: 0, height: 0, nodes: [], edges: [] };
  /** The drawn boxes by id. */
  #boxes = new Map();
  /** Id of the box that the Tab key leads to. */
  /** @type {string | null} */
  #current = null;
  #edited = null;
  #findings = [];
  /** What was drawn last, by the name of the part. */
  #before = new Map();
  /** @type {{x: number, y: number, moving: boolean} | null} */
  #grip = null;
  #watch = new ResizeObserver(() => this.#follow());

  connectedCallback() {
    super.connectedCallback();
    this.#watch.observe(this.frame);
  }

  disconnectedCallback() {
    this.#watch.disconnect();
  }

  show({ dag, layout, findings, focused, edited }) {
    this.#dag = dag;
    if (layout && this.#differs('layout', layout)) {
      this.#layout = layout;
      set(this.picture, { width: layout.width, height: layout.height });
      this.#follow();
      this.#drawEdges();
    }
    this.#draw(findings, focused, edited);
    this.#findings = findings;
    this.#list();
  }

  /** Whether something is not what it was the last time: what did not change is not drawn again. */
  #differs(name, value) {
    const text = JSON.stringify(value);
    const differs = this.#before.get(name) !== text;
    this.#before.set(name, text);
    return differs;
  }

  get #folded() {
    return JSON.parse(this.getAttribute('folded') ?? '[]');
  }

  #fold(folded) {
    this.say('folded', JSON.stringify(folded));
  }

  build() {
    const say = words();
    const button = (icon, label, press) =>
      make(
        'button',
        { type: 'button', class: 'icon-button', title: label, 'aria-label': label, onclick: press },
        draw('svg', { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true' }, draw('path', { d: ICONS[icon] })),
      );
    this.groups = draw('g');
    this.edges = draw('g', { class: 'graph-edges' });
    this.tasks = draw('g');
    const arrow = draw('path', { class: 'graph-arrow', d: 'M1 1l6 3-6 3' });
    const marker = { id: 'arrow', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto' };
    this.picture = draw(
      'svg',
      { class: 'graph-picture', role: 'group', 'aria-description': say.keys },
      draw('defs', {}, draw('marker', marker, arrow)),
      this.groups,
      this.edges,
      this.tasks,
    );
    this.frame = make(
      'div',
      {
        class: 'graph-frame',
        onwheel: (event) => this.#wheel(event),
        onkeydown: (event) => this.#key(event),
        onpointerdown: ({ button: pressed, clientX, clientY }) => {
          if (pressed === 0) this.#grip = { x: clientX, y: clientY, moving: false };
        },
        onpointermove: (event) => this.#drag(event),
        onpointerup: () => this.#release(),
        onpointercancel: () => this.#release(),
      },
      this.picture,
    );
    this.foldButton = make('button', {
      type: 'button',
      class: 'button button-small',
      onclick: () => this.#fold(this.#folded.length > 0 ? [] : this.#dag.groups.map(({ group_id }) => group_id)),
    });
    const formats = ['SVG', 'PNG'].map((format) =>
      make(
        'li',
        {},
        make(
          'button',
          {
            type: 'button',
            onclick: ({ target }) => {
              target.closest('details').open = false;
              void save(this.picture, this.#layout, `${this.#dag.dag_id || 'dag'}.${format.toLowerCase()}`);
            },
          },
          say.saveAs(format),
        ),
      ),
    );
    const icon = draw('svg', { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true' }, draw('path', { d: ICONS.download }));
    const saving = make(
      'details',
      { class: 'menu menu-up' },
      make('summary', { class: 'icon-button', title: say.saveAs('SVG / PNG'), 'aria-label': say.saveAs('SVG / PNG') }, icon),
      make('ul', {}, ...formats),
    );
    this.list = make('ol');
    this.words = make('details', { class: 'in-words', ontoggle: () => this.#list() }, make('summary', {}, say.tasksInWords), this.list);
    this.append(
      make(
        'div',
        { class: 'graph' },
        this.frame,
        make(
          'div',
          { class: 'graph-buttons' },
          this.foldButton,
          button('minus', say.smaller, () => this.#zoom(1 / ZOOM)),
          button('plus', say.larger, () => this.#zoom(ZOOM)),
          button('fit', say.whole, () => this.#whole()),
          saving,
        ),
      ),
      this.words,
    );
  }

  #draw(findings, focused, edited) {
    const say = words();
    const tasks = new Map(this.#dag.tasks.map((task) => [task.task_id, task]));
    set(this.picture, { 'aria-label': say.picture(this.#dag.tasks.length, this.#dag.dag_id ?? '?') });
    set(this.foldButton, { hidden: this.#dag.groups.length > 0 ? null : '' });
    this.foldButton.textContent = this.#folded.length > 0 ? say.unfold : say.fold;

    const there = new Set();
    for (const node of this.#layout.nodes) {
      there.add(node.id);
      let box = this.#boxes.get(node.id);
      if (!box || (box.kind === 'task') !== (node.kind === 'task')) {
        box?.element.remove();
        box = node.kind === 'task' ? taskBox() : groupBox();
        this.#boxes.set(node.id, box);
        (node.kind === 'task' ? this.tasks : this.groups).append(box.element);
        box.element.addEventListener('focus', () => this.#settle(node.id));
        if (node.kind !== 'task') box.element.addEventListener('click', () => this.#toggle(node.id));
      }
      Object.assign(box, { kind: node.kind, node });
      const task = node.kind === 'task' ? tasks.get(node.id) : undefined;
      const inside = node.kind === 'folded' ? this.#dag.tasks.filter(({ task_id }) => task_id.startsWith(`${node.id}.`)) : [];
      const found = sum([...(task ? [task] : []), ...inside].map(({ pointer }) => countFor(findings, pointer)));
      const shown = JSON.stringify([node, task, found]);
      if (box.shown !== shown) {
        box.shown = shown;
        box.element.style.transform = `translate(${short(node.x)}px, ${short(node.y)}px)`;
        if (node.kind !== 'task' || task) box.fill(node, found, task);
      }
      if (task) box.mark(concerns(focused, task.pointer), edited !== this.#edited && concerns(edited, task.pointer));
    }
    this.#edited = edited;
    for (const [id, { element }] of this.#boxes) {
      if (there.has(id)) continue;
      element.remove();
      this.#boxes.delete(id);
    }
    if (!this.#boxes.has(this.#current)) this.#current = this.#layout.nodes.find(({ kind }) => kind !== 'group')?.id ?? null;
    this.#reach();
  }

  #drawEdges() {
    const drawn = [...this.edges.children];
    for (const edge of drawn.splice(this.#layout.edges.length)) edge.remove();
    for (const [index, { points }] of this.#layout.edges.entries()) {
      if (drawn[index]) set(drawn[index], { d: path(points) });
      else this.edges.append(draw('path', { class: 'graph-edge', d: path(points), 'marker-end': 'url(#arrow)' }));
    }
  }

  /** The same in words, as long as somebody reads them. */
  #list() {
    const findings = this.#findings;
    if (!this.words.open || !this.#differs('words', [this.#dag.tasks, findings])) return;
    const say = words();
    this.list.replaceChildren(
      ...steps(this.#dag).map(({ task, upstream }) => {
        const found = say.found(countFor(findings, task.pointer));
        return make(
          'li',
          {},
          task.pointer === undefined
            ? make('strong', {}, task.task_id)
            : make('button', { type: 'button', class: 'link', 'data-pointer': task.pointer }, task.task_id),
          ` ${say.step(shown(task), upstream)}`,
          found && make('span', { class: 'in-words-found' }, ` – ${found}`),
        );
      }),
    );
  }

  /** Only one box is on the way of the Tab key; the arrow keys lead to the others. */
  #reach() {
    for (const [id, { element }] of this.#boxes) set(element, { tabindex: id === this.#current ? 0 : -1 });
  }

  #settle(id) {
    this.#current = id;
    this.#reach();
    const box = this.#boxes.get(id);
    const { width, height } = this.frame.getBoundingClientRect();
    // An open group is as large as what it holds: its name is what must be seen.
    const shown = box.kind === 'group' ? { ...box.node, height: 28, width: Math.min(box.node.width, 120) } : box.node;
    const next = bring(this.#view, shown, { width, height });
    if (next.x !== this.#view.x || next.y !== this.#view.y) this.#move(next);
  }

  #toggle(id) {
    const folded = this.#folded;
    this.#fold(folded.includes(id) ? folded.filter((own) => own !== id) : [...folded, id]);
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const here = this.#boxes.get(this.#current);
    const go = (id) => id !== undefined && this.#boxes.get(id)?.element.focus({ preventScroll: true });
    switch (event.key) {
      case 'ArrowRight':
        go(this.#layout.edges.find(({ from }) => from === this.#current)?.to ?? this.#beside(here, 1));
        break;
      case 'ArrowLeft':
        go(this.#layout.edges.find(({ to }) => to === this.#current)?.from ?? this.#beside(here, -1));
        break;
      case 'ArrowDown':
        go(this.#above(here, 1));
        break;
      case 'ArrowUp':
        go(this.#above(here, -1));
        break;
      case 'Home':
        go(this.#layout.nodes[0]?.id);
        break;
      case 'End':
        go(this.#layout.nodes.at(-1)?.id);
        break;
      case 'Enter':
      case ' ':
        here?.element.dispatchEvent(new MouseEvent('click', { bubbles: true }));
        break;
      case '+':
      case '=':
        this.#zoom(ZOOM);
        break;
      case '-':
        this.#zoom(1 / ZOOM);
        break;
      case '0':
        this.#whole();
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  /** The nearest box above or below that stands over the same stretch. */
  #above(here, direction) {
    return this.#nearest(here, ({ x, y, width }, own) =>
      x < own.x + own.width && own.x < x + width ? (y - own.y) * direction : -1,
    );
  }

  /** The nearest box to the right or left, where no edge leads there. */
  #beside(here, direction) {
    return this.#nearest(here, ({ x, y }, own) =>
      (x - own.x) * direction > 0 ? (x - own.x) * direction + Math.abs(y - own.y) : -1,
    );
  }

  #nearest(here, distance) {
    const near = here ? this.#layout.nodes.map((node) => [distance(node, here.node), node.id]) : [];
    return near.filter(([far, id]) => far > 0 && id !== this.#current).sort(([one], [other]) => one - other)[0]?.[1];
  }

  /** It zooms with Control, and else moves the picture, but only where there is more of it than the frame shows;
   * otherwise the page scrolls. */
  #wheel(event) {
    const place = this.frame.getBoundingClientRect();
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      // A wheel has steps and a touch pad has not, so that it is the direction alone that counts.
      this.#move(zoomed(this.#view, event.deltaY < 0 ? WHEEL : 1 / WHEEL, event.clientX - place.left, event.clientY - place.top));
    } else if (this.#layout.width * this.#view.scale > place.width || this.#layout.height * this.#view.scale > place.height) {
      event.preventDefault();
      const [x, y] = event.shiftKey ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
      this.#move({ ...this.#view, x: this.#view.x - x, y: this.#view.y - y });
    }
  }

  #drag({ clientX, clientY, pointerId }) {
    const grip = this.#grip;
    if (!grip) return;
    if (!grip.moving && Math.abs(clientX - grip.x) + Math.abs(clientY - grip.y) < CLICK) return;
    if (!grip.moving) {
      this.frame.setPointerCapture(pointerId);
      this.frame.classList.add('graph-dragging');
    }
    this.#grip = { x: clientX, y: clientY, moving: true };
    this.#move({ ...this.#view, x: this.#view.x + clientX - grip.x, y: this.#view.y + clientY - grip.y });
  }

  #release() {
    this.#grip = null;
    this.frame.classList.remove('graph-dragging');
  }

  #zoom(by) {
    const { width, height } = this.frame.getBoundingClientRect();
    this.#move(zoomed(this.#view, by, width / 2, height / 2));
  }

  #whole() {
    this.#touched = false;
    this.#follow();
  }

  #move(view) {
    this.#touched = true;
    this.#show(view);
  }

  #follow() {
    const frame = this.frame.getBoundingClientRect();
    if (frame.width > 0) this.#show(this.#touched ? this.#view : fit(this.#layout, frame));
  }

  #show(view) {
    this.#view = held(view, this.#layout, this.frame.getBoundingClientRect());
    // What is drawn keeps its own size, so that no text in it is laid out anew when the frame grows or the view is zoomed.
    const { x, y, scale } = this.#view;
    this.picture.style.transform = `translate(${short(x)}px, ${short(y)}px) scale(${short(scale * 100)}%)`;
  }
}

/** The box of a task. */
function taskBox() {
  const title = draw('title');
  const frame = draw('rect', { class: 'task-frame', rx: 8 });
  const lines = draw('path');
  const icon = draw('g', { class: 'task-icon' }, draw('rect', { rx: 6, width: 26, height: 26 }), lines);
  const name = draw('text', { class: 'task-name', x: NAME });
  const operator = draw('text', { class: 'task-operator', x: NAME });
  const badge = foundBadge();
  const element = draw('g', { class: 'task-box', role: 'button' }, title, frame, icon, name, operator, badge.element);
  return {
    element,
    fill(node, found, task) {
      const room = node.width - NAME - 10;
      const kind = family(task.operator ?? '');
      const say = words();
      const named = [say.task(task.task_id, shown(task)), say.found(found)].filter(Boolean).join(', ');
      set(element, { 'data-family': kind, 'data-pointer': task.pointer });
      title.textContent = named;
      set(frame, { width: node.width, height: node.height });
      set(lines, { d: LINES[kind] });
      icon.style.transform = `translate(10px, ${short(node.height / 2 - 13)}px)`;
      set(name, { y: short(node.height / 2 - 3) });
      set(operator, { y: short(node.height / 2 + 13) });
      name.textContent = fitted(shortName(task.task_id, task.group), room, ruler(13, 600));
      operator.textContent = fitted(shown(task).replace(/(Operator)+$/, ''), room, ruler(11, 400));
      badge.fill(node, found);
    },
    mark(here, changed) {
      element.classList.toggle('task-here', here);
      // Two names take turns, since an animation starts anew only under another one.
      if (changed) set(element, { 'data-glow': element.dataset.glow === 'odd' ? 'even' : 'odd' });
    },
  };
}

/** A task group, open or folded. */
function groupBox() {
  const title = draw('title');
  const rect = draw('rect', { rx: 10 });
  const chevron = draw('path', { class: 'group-chevron' });
  const name = draw('text', { x: GROUP_NAME, y: 19 });
  const badge = foundBadge();
  const element = draw('g', { class: 'group-box', role: 'button' }, title, rect, chevron, name, badge.element);
  return {
    element,
    fill(node, found) {
      const folded = node.kind === 'folded';
      title.textContent = [words().group(node.id), words().found(found)].filter(Boolean).join(', ');
      set(element, { 'aria-expanded': !folded });
      element.classList.toggle('group-folded', folded);
      set(rect, { width: node.width, height: node.height });
      set(chevron, { d: folded ? 'M12 9l5 5-5 5' : 'M9 12l5 5 5-5' });
      name.textContent = fitted(shortName(node.id, node.parent), node.width - GROUP_NAME - 16, ruler(12, 600));
      badge.fill(node, found);
    },
  };
}

/** How much was found in what a box stands for, at its upper right corner. */
function foundBadge() {
  const count = draw('text', { y: 4 });
  const element = draw('g', { class: 'box-found' }, draw('circle', { r: 9 }), count);
  return {
    element,
    fill(node, [errors, warnings]) {
      set(element, {
        'data-severity': errors > 0 ? 'error' : 'warning',
        display: errors + warnings > 0 ? null : 'none',
        transform: `translate(${node.width - 6} 4)`,
      });
      count.textContent = String(errors || warnings);
    },
  };
}

/** How many errors and warnings stand at an answer or inside it. */
const countFor = (findings, pointer) =>
  pointer === undefined
    ? [0, 0]
    : ['error', 'warning'].map((kind) => findings.filter(([at, severity]) => severity === kind && concerns(at, pointer)).length);

const sum = (counts) => counts.reduce(([errors, warnings], [error, warning]) => [errors + error, warnings + warning], [0, 0]);

/** Whether what happens at one place touches what stands at the other. */
const concerns = (place, own) => Boolean(own) && Boolean(place) && (place === own || place.startsWith(`${own}/`));

customElements.define('dagwright-picture', Picture);
