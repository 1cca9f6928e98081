// The part that opens a merge request: who is there, what is handed in, how far it is, and what stands in the way.
import { connect } from '../forge.js';
import { tokenPage } from '../forge/token-page.js';
import { make, set } from '../make.js';
import { changes, drawn } from '../review/changes.js';
import { signInByWindow } from './window.js';

/**
 * Who is signed in, as long as the page is there: a reload forgets it. The token is known to `open` alone.
 * @type {{open: (signal?: AbortSignal, report?: import('../forge/ask.js').Report) => import('../forge.js').Forge, person: import('../forge.js').Person, revoke?: () => Promise<void>} | null}
 */
let session = null;
/**
 * What was handed in, by the path of its config, so that a second time continues the first.
 * @type {Map<string, {branch: string, text: string | null}>}
 */
const before = new Map();
/** The run under way, whatever shows it: two presses are one. */
let running = null;

/**
 * @typedef {{branch: string, title: string, message: (person: string) => string, description: string, labels: string[], files: {path: string, text: string}[],
 *   config: {path: string, text: string, base: string | null}}} Change
 */

/**
 * @param {import('../forge.js').Settings & {client?: string | null}} settings
 * @param {any} say
 */
export function requestPart(settings, say) {
  /** @type {Change | null} */
  let change = null;
  let control = null;
  const url = settings.url.replace(/\/+$/, '');
  const token = make('input', { class: 'input', id: 'submit-token', type: 'password', autocomplete: 'off', spellcheck: 'false' });
  const signIn = make('button', { type: 'button', class: 'button', onclick: () => void enter() }, say.signIn);
  let waiting = null;
  /** Counts who came and went: what began before has no say any more. */
  let turn = 0;
  const byWindow = settings.kind === 'gitlab' && settings.client && make('button', { type: 'button', class: 'button button-main', onclick: () => void enterByWindow() }, say.signInAt(new URL(url).host));
  const door = make(
    'div',
    { class: 'submit-door' },
    byWindow,
    byWindow && make('p', { class: 'hint' }, say.orToken),
    make('label', { class: 'label', for: 'submit-token' }, say.token(new URL(url).host)),
    make('p', { class: 'hint' }, say.tokenHint(settings.kind), ' ', make('a', { href: tokenPage(settings, 'Dagwright'), target: '_blank', rel: 'noopener noreferrer' }, say.makeToken)),
    token,
    signIn,
  );
  const who = make('p', {});
  const heading = make('input', { class: 'input', id: 'submit-title', type: 'text', maxlength: 255 });
  const send = make('button', { type: 'button', class: 'button button-main', onclick: () => void hand() }, say.submit);
  const cancel = make('button', { type: 'button', class: 'button', hidden: '', onclick: () => control?.abort() }, say.cancel);
  const steps = make('ol', { class: 'submit-steps' });
  const desk = make(
    'div',
    { class: 'submit-desk' },
    who,
    make('div', { class: 'field' }, make('label', { class: 'label', for: 'submit-title' }, say.titleOfRequest), heading),
    make('div', { class: 'actions' }, send, cancel),
    steps,
  );
  const outcome = make('div', { class: 'submit-outcome', role: 'status' });
  const element = make('section', { class: 'submit-request' }, make('h4', {}, say.asRequest(settings.project)), door, desk, outcome);

  /** Shows what there is to do now. */
  const arrange = () => {
    set(door, { hidden: session ? '' : null });
    set(desk, { hidden: session ? null : '' });
    if (!session) return;
    const leave = make('button', { type: 'button', class: 'link', onclick: () => (forget(), token.focus()) }, say.signOut);
    who.replaceChildren(say.signedInAs(session.person.name, session.person.login), ' ', leave);
  };

  const forget = () => {
    // Where it does not succeed, the token ends by itself before long.
    session?.revoke?.().catch(() => {});
    session = null;
    turn += 1;
    control?.abort();
    waiting?.abort();
    arrange();
  };

  const tell = (...content) => outcome.replaceChildren(...content);

  const failed = (problem) => {
    // Whoever stopped it knows.
    if (problem.code === 'signed-out') forget();
    const words = problem.code ? say.problem(problem.code, problem.params) : say.problem('server', {});
    const said = problem.words ? make('p', { class: 'hint' }, say.serverSaid(problem.words)) : null;
    const open = problem.params?.open ?? problem.params?.url;
    const link = open && /^https?:/.test(open) ? make('p', {}, make('a', { href: open, target: '_blank', rel: 'noopener noreferrer' }, say.goThere)) : null;
    tell(...[make('p', { class: 'notice notice-warning' }, words), said, link].filter(Boolean));
  };

  const enter = async () => {
    const value = token.value.trim();
    token.value = '';
    if (!value) return token.focus();
    return through(async () => ({ open: (signal, report) => connect(settings, value, { signal, report }) }), token);
  };

  const enterByWindow = () => {
    // A window that was closed says nothing: another press begins anew.
    waiting?.abort();
    waiting = new AbortController();
    const { signal } = waiting;
    return through(async () => {
      const giver = await signInByWindow({ url, client: settings.client }, signal);
      return { open: (signal, report) => connect(settings, giver, { signal, report }), revoke: giver.revoke };
    }, byWindow);
  };

  /** Goes in, or stays at the control that was to lead in. */
  const through = async (enter, control) => {
    const mine = (turn += 1);
    tell(say.signingIn);
    try {
      const entered = await enter();
      const person = await entered.open().person();
      if (mine !== turn) return;
      session = { ...entered, person };
      tell();
      arrange();
      send.focus();
      void look();
    } catch (problem) {
      if (mine !== turn) return;
      failed(problem);
      control.focus();
    }
  };

  /** The branch: that of the request which this change continues, or its own. */
  const branch = () => before.get(change.config.path)?.branch ?? change.branch;

  /** Tells of a request that is there already. */
  const look = async () => {
    if (!session || !change) return;
    const [at, run] = [change, control];
    try {
      const request = await session.open().state({ branch: branch() });
      // What was handed in meanwhile has told of itself.
      if (!request || at !== change || run !== control || !session || running) return;
      const { path } = change.config;
      send.textContent = request.state === 'open' ? say.update(request.number) : say.submit;
      if (request.state !== 'open') before.delete(path);
      // The branch is named after the content, so that this is what was handed in.
      else if (!before.has(path)) before.set(path, { branch: change.branch, text: change.config.text });
      told(request);
    } catch {
      // Nobody asked for this: whatever it is will be said when something is handed in.
    }
  };

  const told = (request) => {
    const again = make('button', { type: 'button', class: 'link', onclick: () => void look().then(() => outcome.querySelector('button')?.focus()) }, say.lookAgain);
    tell(
      make('p', {}, make('a', { href: request.url, target: '_blank', rel: 'noopener noreferrer' }, say.request(request.number)), ' ', say.requestState(request.state), ' ', request.pipeline ? say.pipeline(request.pipeline.state) : '', ' ', again),
    );
  };

  const hand = async (expected = undefined) => {
    if (running || !session || !change) return;
    control = new AbortController();
    const { person } = session;
    const report = (step, detail) => {
      const words = step === 'done' ? '' : say.stepOfSubmission(step, detail ?? {});
      // Looking for the config and looking for all of it are one to whoever waits.
      if (steps.lastElementChild?.textContent === words) return;
      steps.lastElementChild?.classList.add('submit-step-done');
      if (words) steps.append(make('li', {}, words));
    };
    const forge = session.open(control.signal, report);
    running = control;
    set(send, { 'aria-disabled': 'true' });
    // The focus stays: a second press of the key would cancel.
    set(cancel, { hidden: null });
    steps.replaceChildren();
    tell();
    const { config, files, labels, description, message } = change;
    const title = heading.value.trim() || change.title;
    report('look');
    try {
      const version = expected === undefined ? await opened(forge, config) : expected;
      const own = branch();
      const result = await forge.submit(
        {
          branch: own,
          title,
          message: message(`${person.name} <${person.email || person.login}>`),
          description,
          labels,
          files: files.map((file) => (file.path === config.path ? { ...file, expected: version } : file)),
        },
        report,
      );
      before.set(config.path, { branch: own, text: config.text });
      send.textContent = say.update(result.number);
      tell(make('p', { class: 'notice' }, say.handedIn, ' ', make('a', { href: result.url, target: '_blank', rel: 'noopener noreferrer' }, say.request(result.number))));
    } catch (problem) {
      if (problem instanceof Changed) ask(problem);
      else if (problem.code === 'conflict') ask(new Changed(config, problem.params.theirs));
      else failed(problem);
    } finally {
      running = null;
      set(send, { 'aria-disabled': null });
      if (document.activeElement === cancel) send.focus();
      set(cancel, { hidden: '' });
    }
  };

  /** What stands there now, what was opened, and what would take its place: the person decides. */
  const ask = ({ config, theirs }) => {
    const there = theirs?.text ?? '';
    const compare = (label, from, to) => {
      const lines = changes(from, to);
      return lines.length > 0 ? [make('h5', {}, label), drawn(lines, { label, gone: say.lineGone, new: say.lineNew })] : [];
    };
    const mine = make('button', { type: 'button', class: 'button', onclick: () => void hand(theirs?.version ?? null) }, say.takeMine);
    tell(
      make('p', { class: 'notice notice-warning' }, config.base === null ? say.isThere(config.path) : say.changedThere(config.path)),
      ...(config.base === null ? [] : compare(say.theirChange, config.base, there)),
      ...compare(say.yourChange, there, config.text),
      mine,
    );
    mine.focus();
  };

  return {
    element,
    /** @param {Change} next */
    show(next) {
      change = next;
      // What somebody wrote stays; what the page wrote follows the change.
      if (!heading.value || heading.dataset.own === heading.value) heading.value = next.title;
      heading.dataset.own = next.title;
      send.textContent = say.submit;
      arrange();
      void look();
    },
    /** Nothing goes on behind a dialog that was closed. */
    stop() {
      control?.abort();
      waiting?.abort();
    },
  };
}

/** The file has changed since it was opened, or there is one where none was expected. */
class Changed extends Error {
  constructor(config, theirs) {
    super('changed');
    this.config = config;
    this.theirs = theirs;
  }
}

/** The version of the config that a change goes on from: null where there is none, and undefined where anything will do. */
async function opened(forge, config) {
  const earlier = before.get(config.path);
  const theirs = await forge.read(config.path, earlier?.branch);
  if (earlier && !theirs) {
    // It may stand in a copy of the project, which is not to be seen here; or it was merged, and its branch taken away.
    const request = await forge.state({ branch: earlier.branch });
    if (request?.state === 'open') return undefined;
    before.delete(config.path);
    return opened(forge, { ...config, base: earlier.text });
  }
  const known = earlier ? earlier.text : config.base;
  if (theirs && theirs.text !== known && theirs.text !== config.text) throw new Changed({ ...config, base: known }, theirs);
  return theirs ? theirs.version : null;
}
