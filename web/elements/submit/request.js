// The part that opens a merge request: who is there, what is handed in, how far it is, and what stands in the way.
import { outside } from '../link.js';
import { make, set } from '../make.js';
import { changes, drawn } from '../review/changes.js';
import { door, signedIn } from '../sign-in/door.js';
import { notice } from '../sign-in/notice.js';
import { isOwn } from '../sign-in/owner.js';
import { session } from '../sign-in/session.js';

/**
 * The open requests of this person, by the path of their config, so that a second time goes on with the first. `text` is the config
 * as this page handed it in, and undefined where it did not.
 * @type {Map<string, {branch: string, fork: boolean, text: string | undefined}>}
 */
const before = new Map();
session.addEventListener('change', () => before.clear());
/** The run under way, whatever shows it: two presses are one. */
let running = null;

/**
 * `stem` is the branch without what tells its content.
 * @typedef {{branch: string, stem: string, title: string, hash: string | null, package: string, owner: string | null, message: (person: string) => string,
 *   description: string, labels: string[], reviewers: string[], files: {path: string, text: string}[], config: {path: string, text: string, base: string | null}}} Change
 */

/**
 * @param {import('../forge.js').Settings & {client?: string | null}} settings
 * @param {any} say
 */
export function requestPart(settings, say) {
  /** @type {Change | null} */
  let change = null;
  /** The change for which the forge was asked about earlier requests, and the request that it told. */
  let looked = { change: null, request: null };
  let control = null;
  const who = make('p', {});
  const owned = make('p', { class: 'notice', hidden: '' });
  const heading = make('input', { class: 'input', id: 'submit-title', type: 'text', maxlength: 255 });
  const send = make('button', { type: 'button', class: 'button button-main', onclick: () => void hand() }, say.submit);
  const cancel = make('button', { type: 'button', class: 'button', hidden: '', onclick: () => control?.abort() }, say.cancel);
  const steps = make('ol', { class: 'submit-steps' });
  const outcome = make('div', { class: 'submit-outcome', role: 'status' });
  const tell = (...content) => outcome.replaceChildren(...content);
  const failed = (problem) => {
    // Whoever stopped it knows.
    if (problem.code === 'signed-out') session.end();
    tell(...notice(problem, say));
  };
  const entrance = door(settings, say, { id: 'submit-token', tell, fail: failed, entered: () => send.focus() });
  const desk = make(
    'div',
    { class: 'submit-desk' },
    who,
    owned,
    make('div', { class: 'field' }, make('label', { class: 'label', for: 'submit-title' }, say.titleOfRequest), heading),
    make('div', { class: 'actions' }, send, cancel),
    steps,
  );
  const element = make('section', { class: 'submit-request' }, make('h4', {}, say.asRequest(settings.project)), entrance.element, desk, outcome);

  /** Shows what there is to do now. */
  const arrange = () => {
    entrance.arrange();
    set(desk, { hidden: session.now ? null : '' });
    if (!session.now) {
      control?.abort();
      steps.replaceChildren();
      tell();
      return;
    }
    who.replaceChildren(...signedIn(session.now, say, entrance.focus));
    looked = { change: null, request: null };
    void look();
    void tellOwner();
  };

  /** Says whose package it is, if it is not one of the person's own teams. Nobody is kept from asking. */
  const tellOwner = async () => {
    const at = change;
    set(owned, { hidden: '' });
    if (!at?.owner) return;
    const teams = await session.teams();
    if (at !== change || !session.now) return;
    const own = isOwn(at.owner, { teams, login: session.now.person.login, project: settings.project });
    owned.textContent = own === false ? say.ownedByOthers(at.package, at.owner) : say.ownedBy(at.package, at.owner);
    set(owned, { hidden: own ? '' : null });
  };

  /** The branch: that of the request which this change goes on with, or its own. */
  const branch = (at) => before.get(at.config.path)?.branch ?? at.branch;

  /**
   * The request that a change goes on with; one of the very same content comes before an earlier one.
   * @param {import('../forge.js').Forge} forge
   * @param {Change} at
   * @param {import('../sign-in/session.js').SignedIn} now whose requests are their own
   */
  const search = async (forge, at, now) => {
    const { path, text } = at.config;
    const known = before.get(path);
    const same = await forge.state({ branch: branch(at) });
    const earlier = same?.state === 'open' ? null : await forge.earlier({ stem: at.stem, path });
    // Who has left meanwhile leaves nothing to whoever came.
    if (now !== session.now) return null;
    const own = same?.author === now.person.login;
    if (known && same?.state !== 'open') before.delete(path);
    // The branch is named after the content, so that this is what was handed in.
    if (!known && own && same?.state === 'open') before.set(path, { branch: same.branch, fork: same.fork, text });
    if (earlier?.own) before.set(path, { branch: earlier.branch, fork: earlier.fork, text: undefined });
    return earlier ?? (same && { ...same, own, same: true });
  };

  /** Tells of a request that is there already. */
  const look = async () => {
    const { now } = session;
    if (!now || !change) return;
    const [at, run] = [change, control];
    try {
      const request = await search(now.open(), at, now);
      // What was handed in meanwhile has told of itself.
      if (at !== change || run !== control || now !== session.now || running) return;
      looked = { change: at, request };
      if (!request) return;
      const goesOn = request.own && request.state === 'open';
      send.textContent = goesOn ? say.update(request.number) : say.submit;
      if (goesOn) suggest(request.title);
      told(request);
    } catch {
      // Nobody asked for this: whatever it is will be said when something is handed in.
    }
  };

  /** What somebody wrote stays; what the page wrote follows the change. */
  const suggest = (title) => {
    if (!heading.value || heading.dataset.own === heading.value) heading.value = title;
    heading.dataset.own = title;
  };

  const told = (request) => {
    const again = make('button', { type: 'button', class: 'link', onclick: () => void look().then(() => outcome.querySelector('button')?.focus()) }, say.lookAgain);
    const link = outside(request.url, say.request(request.number));
    tell(
      make('p', {}, link, ' ', request.own ? say.requestState(request.state) : say.requestOfOthers(request.author), ' ', request.pipeline ? say.pipeline(request.pipeline.state) : '', ' ', again),
    );
  };

  const hand = async (expected = undefined) => {
    const { now } = session;
    const at = change;
    if (running || !now || !at) return;
    control = new AbortController();
    const { person, open } = now;
    const report = (step, detail) => {
      const words = step === 'done' ? '' : say.stepOfSubmission(step, detail ?? {});
      // Looking for the config and looking for all of it are one to whoever waits.
      if (steps.lastElementChild?.textContent === words) return;
      steps.lastElementChild?.classList.add('submit-step-done');
      if (words) steps.append(make('li', {}, words));
    };
    const forge = open(control.signal, report);
    running = control;
    set(send, { 'aria-disabled': 'true' });
    // The focus stays: a second press of the key would cancel.
    set(cancel, { hidden: null });
    steps.replaceChildren();
    tell();
    const { config, files, labels, description, message, hash, owner, reviewers } = at;
    report('look');
    try {
      if (looked.change !== at) looked = { change: at, request: await search(forge, at, now) };
      const { request } = looked;
      // The very same is open already, and it is somebody else's: there is nothing to hand in.
      if (request?.same && !request.own && request.state === 'open') {
        told(request);
        return;
      }
      const title = heading.value.trim() || at.title;
      const version = expected === undefined ? await opened(forge, config) : expected;
      const known = before.get(config.path);
      const own = branch(at);
      // GitLab asks no groups; its own rules do.
      const team = owner?.includes('/') && settings.kind !== 'gitlab' ? [owner] : [];
      const result = await forge.submit(
        {
          branch: own,
          fork: known?.fork ?? false,
          title,
          hash,
          message: message(`${person.name} <${person.email || person.login}>`),
          description,
          labels,
          // Nobody reviews what is their own.
          reviewers: [...new Set([...reviewers, ...team])].filter((name) => name.toLowerCase() !== person.login.toLowerCase()),
          files: files.map((file) => (file.path === config.path ? { ...file, expected: version } : file)),
        },
        report,
      );
      if (now === session.now) before.set(config.path, { branch: own, fork: result.project.toLowerCase() !== settings.project.toLowerCase(), text: config.text });
      send.textContent = say.update(result.number);
      heading.dataset.own = title;
      const link = outside(result.url, say.request(result.number));
      tell(...[make('p', { class: 'notice' }, say.handedIn, ' ', link), result.unasked && make('p', { class: 'hint' }, say.unasked(result.unasked))].filter(Boolean));
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
    const { path, base } = config;
    const compare = (label, from, to) => {
      const lines = changes(from, to);
      return lines.length > 0 ? [make('h5', {}, label), drawn(lines, { label, gone: say.lineGone, new: say.lineNew })] : [];
    };
    const mine = make('button', { type: 'button', class: 'button', onclick: () => void hand(theirs?.version ?? null) }, say.takeMine);
    tell(
      make('p', { class: 'notice notice-warning' }, base === undefined ? say.requestHolds(path) : base === null ? say.isThere(path) : say.changedThere(path)),
      ...(typeof base === 'string' ? compare(say.theirChange, base, there) : []),
      ...compare(say.yourChange, there, config.text),
      mine,
    );
    mine.focus();
  };

  return {
    element,
    arrange,
    /** @param {Change} next */
    show(next) {
      change = next;
      // What was done for an earlier change tells nothing of this one.
      if (!running) steps.replaceChildren();
      suggest(next.title);
      send.textContent = say.submit;
      arrange();
    },
    /** Nothing goes on behind a dialog that was closed. */
    stop() {
      control?.abort();
      entrance.stop();
    },
  };
}

/** The file is not as it was known: when it was opened, when it was handed in, or at all. */
class Changed extends Error {
  constructor(config, theirs) {
    super('changed');
    this.config = config;
    this.theirs = theirs;
  }
}

/** The version of the config that a change goes on from; null where there is none. */
async function opened(forge, config) {
  const earlier = before.get(config.path);
  const theirs = await forge.read(config.path, earlier?.branch, { fork: earlier?.fork });
  if (earlier && !theirs) {
    // It was merged, and its branch taken away.
    before.delete(config.path);
    return opened(forge, { ...config, base: earlier.text ?? config.base });
  }
  const known = earlier ? earlier.text : config.base;
  if (theirs && theirs.text !== known && theirs.text !== config.text) throw new Changed({ ...config, base: known }, theirs);
  return theirs ? theirs.version : null;
}
