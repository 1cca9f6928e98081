// <dagwright-submit>: ways to hand files in to those who review them.
//
// `state` is {made, portal, template}: what <dagwright-review> shows, the settings, and the template's id, version and title. Nothing
// that is typed here is kept anywhere.
import { download } from './download.js';
import { speaks } from './forge.js';
import { outside } from './link.js';
import { make, set } from './make.js';
import { outputs } from './review/answers.js';
import { shortNames } from './review/names.js';
import { SessionElement } from './sign-in/element.js';
import { description, message, title } from './submit/description.js';
import { patch } from './submit/patch.js';
import { requestPart } from './submit/request.js';
import { branchName, branchStem, letter, newFile, shell } from './submit/ways.js';
import { words } from './words.js';

/** What a merge request is called where the settings do not say. */
const TITLE = 'Add {dag_id}';

class Submit extends SessionElement {
  /** What would be handed in; none until there is something. */
  #change = null;
  #request = null;

  stop() {
    this.#request?.stop();
  }

  arrange() {
    this.#request?.arrange();
  }

  build() {
    const say = words();
    const input = (id, label, attributes) => {
      const own = make('input', { class: 'input', id, ...attributes });
      return [own, make('div', { class: 'field' }, make('label', { class: 'label', for: id }, label), own)];
    };
    const [name, nameField] = input('submit-name', say.yourName, { type: 'text', autocomplete: 'name' });
    const [mail, mailField] = input('submit-mail', say.yourMail, { type: 'email', autocomplete: 'email' });
    this.name = name;
    this.mail = mail;
    this.pages = make('ul', { class: 'submit-pages' });
    this.lines = make('pre', { class: 'submit-lines', tabindex: 0 });
    this.outcome = make('p', { class: 'aside', role: 'status' });
    const button = (label, onclick) => make('button', { type: 'button', class: 'button', onclick }, label);
    this.append(
      make(
        'details',
        { class: 'submit' },
        make('summary', {}, say.handIn),
        (this.place = make('div')),
        make('h4', {}, say.withoutToken),
        make('p', { class: 'hint' }, say.handInHint),
        this.pages,
        make('h4', {}, say.asPatch),
        make('p', { class: 'hint' }, say.asPatchHint),
        make('div', { class: 'submit-person' }, nameField, mailField),
        button(say.downloadPatch, () => this.#patch()),
        (this.letter = make('p', { class: 'hint' })),
        make('h4', {}, say.inShell),
        this.lines,
        button(say.copyLines, () => void this.#copy(this.lines.textContent ?? '', say.linesCopied)),
        this.outcome,
      ),
    );
  }

  show({ made, portal, template }) {
    const say = words();
    const { forge = null, owners = {} } = portal;
    const { answer, environments, was } = made;
    const { document, path, text } = answer.config;
    const written = outputs(answer, environments);
    const headed = (pattern) => pattern.exec(written[0]?.text ?? '')?.[1] ?? null;
    const hash = headed(/^# Config SHA-256: (\w+)$/m);
    const source = `${template.id}@${template.version}`;
    const named = { package: document.package ?? '', name: document.name ?? '', dag_id: answer.dags[0]?.dag_id ?? '' };
    const subject = title(forge?.title ?? TITLE, named);
    const about = named.dag_id || named.name;
    const branch = branchName(about, hash ?? '');
    const files = [{ path, text }, ...written].map((file) => ({ ...file, before: Object.hasOwn(was, file.path) ? was[file.path] : null }));
    this.#change = { subject, branch, hash, files, template: source };
    this.lines.textContent = shell(forge ?? {}, { branch, title: subject, patch: this.#patchName() });
    const address = forge && letter(forge, { branch, title: subject });
    this.letter.replaceChildren(...(address ? [make('a', { href: address }, say.writeLetter(forge.mail)), ' ', say.letterHint(forge.kind, forge.mail)] : []));
    set(this.letter, { hidden: address ? null : '' });
    if (forge && speaks(forge.kind) && !this.#request) {
      this.#request = requestPart(forge, say);
      this.place.append(this.#request.element);
    }
    this.#request?.show({
      branch,
      stem: branchStem(about),
      title: subject,
      hash,
      package: named.package,
      owner: owners[named.package] ?? null,
      message: (person) => message({ title: subject, template: source, hash, person }),
      description: description({ answer, environments, template, hash, link: headed(/^# Portal: (.*)$/m) }, say),
      labels: forge.labels ?? [],
      reviewers: forge.reviewers ?? [],
      files: files.map(({ path, text }) => ({ path, text })),
      config: { path, text, base: files[0].before },
    });
    const names = shortNames(files.map(({ path }) => path));
    const pages = forge ? files.filter(({ before }) => before === null).map((file) => [file, newFile(forge, file)]) : [];
    this.pages.replaceChildren(
      ...pages.flatMap(([file, page]) => {
        if (!page) return [];
        const fileName = names.get(file.path);
        const link = outside(page.address, page.filled ? say.writeThere(fileName) : say.pasteThere(fileName));
        // The page over there cannot be filled in from here.
        if (!page.filled) link.addEventListener('click', () => void this.#copy(file.text, say.textCopied(fileName)));
        return [make('li', {}, link)];
      }),
    );
    set(this.pages, { hidden: pages.length > 0 ? null : '' });
  }

  #patchName() {
    return `${this.#change.branch.replace(/^.*\//, '')}.patch`;
  }

  #patch() {
    const say = words();
    const { subject, hash, files, template } = this.#change;
    const name = this.name.value.trim();
    const mail = this.mail.value.trim();
    if (!name || !/^\S+@\S+$/.test(mail)) {
      (name ? this.mail : this.name).focus();
      this.outcome.textContent = say.whoAreYou;
      return;
    }
    const text = patch({ author: { name, email: mail }, date: new Date(), message: message({ title: subject, template, hash, person: `${name} <${mail}>` }) }, files);
    download(new Blob([text], { type: 'text/x-patch' }), this.#patchName());
    this.outcome.textContent = say.patchSaved(this.#patchName());
  }

  async #copy(text, done) {
    try {
      await navigator.clipboard.writeText(text);
      this.outcome.textContent = done;
    } catch {
      this.outcome.textContent = words().notCopied;
    }
  }
}

customElements.define('dagwright-submit', Submit);
