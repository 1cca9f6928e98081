// An engine for many questions, in a worker of its own: the form's never waits for it.

/** How long one config may take, in milliseconds. */
const PATIENCE = 10_000;
/** How long a new engine may take to arrive and to start. */
const PATIENCE_AT_START = 60_000;
/** @typedef {import('../../../npm/engine.d.ts').Diagnostic} Diagnostic */

export class Engine {
  #address;
  #settings;
  #files;
  #worker;
  /** What the worker was sent and has not replied to, by id: it takes one after the other. */
  #waiting = new Map();
  /** Goes off when the worker takes too long over the first of them. */
  #alarm;
  #last = 0;

  /**
   * @param {string} address of the worker
   * @param {{environments?: (string | {name: string})[]}} settings
   * @param {{path: string, text: string}[]} files of the catalogue
   */
  constructor(address, settings, files) {
    this.#address = address;
    this.#settings = settings;
    this.#files = files;
  }

  /**
   * What is wrong with a config, in every environment of the settings, else in each that it names itself.
   * @param {string} text
   * @returns {Promise<{diagnostics: Diagnostic[], dag_ids: string[]}>}
   */
  async check(text) {
    if (!this.#worker) await this.#start();
    const now = Math.floor(Date.now() / 1000);
    const ask = (environment) => this.#ask({ check: { request: { config: { text }, environment, now } } }, PATIENCE);
    const all = (this.#settings.environments ?? []).map((own) => own.name ?? own);
    let answers;
    if (all.length > 0) {
      answers = await Promise.all(all.map(ask));
    } else {
      const plain = await ask(null);
      answers = plain.environments.length > 0 ? await Promise.all(plain.environments.map(ask)) : [plain];
    }
    return {
      diagnostics: answers.flatMap(({ diagnostics }) => diagnostics),
      dag_ids: [...new Set(answers.flatMap(({ dag_ids }) => dag_ids))],
    };
  }

  /**
   * What only many configs together show.
   * @param {{file: string, dag_ids: string[]}[]} summaries
   * @returns {Promise<Diagnostic[]>}
   */
  async relate(summaries) {
    if (!this.#worker) await this.#start();
    return this.#ask({ relate: { summaries } }, PATIENCE);
  }

  /** Ends the worker; a question that comes later starts another one. */
  stop() {
    this.#worker?.terminate();
    this.#worker = undefined;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#watch();
    for (const { fail } of waiting) fail(new Error('stopped'));
  }

  async #start() {
    this.#worker = new Worker(this.#address, { type: 'module' });
    this.#worker.onmessage = ({ data: { id, ok } }) => {
      const waiting = this.#waiting.get(id);
      // An engine that failed once may have left its memory in any state.
      if (typeof ok !== 'string') return this.stop();
      if (!waiting) return undefined;
      this.#waiting.delete(id);
      this.#watch();
      return waiting.take(JSON.parse(ok));
    };
    this.#worker.onerror = () => this.stop();
    await this.#ask({ open: { settings: this.#settings } }, PATIENCE_AT_START);
    await this.#ask({ load: { files: this.#files } }, PATIENCE);
  }

  /** Begins to wait for what the worker is at now. What stands behind it is waited for when its turn comes. */
  #watch() {
    clearTimeout(this.#alarm);
    const [next] = this.#waiting.values();
    this.#alarm = next && setTimeout(() => this.stop(), next.patience);
  }

  #ask(call, patience) {
    return new Promise((take, fail) => {
      if (!this.#worker) return fail(new Error('stopped'));
      const id = (this.#last += 1);
      this.#waiting.set(id, { take, fail, patience });
      if (this.#waiting.size === 1) this.#watch();
      return this.#worker.postMessage(JSON.stringify({ id, call }));
    });
  }
}
