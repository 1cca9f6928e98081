// The engine in a thread of its own, with a deadline: whatever a file does to it, the command goes on and says so.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';

// V8 finishes whatever code it has begun to optimize before a process may end, so it had better begin with little. This
// is fifty times what a function otherwise runs for before it is optimized.
setFlagsFromString('--wasm-tiering-budget=100000000');

/** The compiled engine; the threads of a command share it. */
let program;

/** The engine came to no answer. `problem` says why, as `Engine.refuse` takes it. */
export class EngineFailure extends Error {
  constructor(problem) {
    super(problem.problem);
    this.problem = problem;
  }
}

export class Engine {
  #seconds;
  /** @type {import('../engine.d.ts').Settings | undefined} */
  #settings;
  /** @type {import('../engine.d.ts').SourceFile[]} */
  #files = [];
  /** @type {Worker | undefined} */
  #worker;
  /** @type {{resolve: (value: any) => void, reject: (error: Error) => void, alarm: NodeJS.Timeout} | undefined} */
  #waiting;

  /** @param {number} seconds how long one question may take */
  constructor(seconds) {
    this.#seconds = seconds;
  }

  /** Another engine with the same settings and templates. */
  twin() {
    const twin = new Engine(this.#seconds);
    twin.#settings = this.#settings;
    twin.#files = this.#files;
    return twin;
  }

  settings = (text) => this.#ask('settings', text);
  answer = (request) => this.#ask('answer', request);
  check = (request) => this.#ask('check', request);
  read = (text, about) => this.#ask('read', text, about);
  layout = (dag, folded) => this.#ask('layout', dag, folded);
  relate = (summaries) => this.#ask('relate', summaries);
  decode = (bytes) => this.#ask('decode', bytes);
  refuse = (problem) => this.#ask('refuse', problem);

  /** Takes settings in place of the defaults; the templates are gone. */
  open(settings) {
    this.#settings = settings;
    this.#files = [];
    return this.#ask('open', settings);
  }

  /** Takes templates in place of those it had. An engine that fails at them has none. */
  async load(files) {
    this.#files = [];
    const loaded = await this.#ask('load', files);
    this.#files = files;
    return loaded;
  }

  /** One question at a time: the next is asked when the one before is answered. */
  #ask(name, ...values) {
    return new Promise((resolve, reject) => {
      this.#worker ??= this.#start();
      this.#worker.ref();
      const alarm = setTimeout(() => this.#fail({ problem: 'engine-too-slow', seconds: this.#seconds }), this.#seconds * 1000);
      this.#waiting = { resolve, reject, alarm };
      this.#worker.postMessage({ name, values });
    });
  }

  #start() {
    program ??= new WebAssembly.Module(readFileSync(new URL('../engine.wasm', import.meta.url)));
    const workerData = { program, settings: this.#settings, files: this.#files };
    const worker = new Worker(fileURLToPath(new URL('./worker.mjs', import.meta.url)), { workerData });
    worker.on('message', ({ ok, problem, error }) => {
      if (worker !== this.#worker) return;
      if (problem) this.#fail({ problem });
      else this.#settle((waiting) => (error ? waiting.reject(error) : waiting.resolve(ok)));
    });
    worker.on('error', (error) => {
      if (worker !== this.#worker) return;
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') this.#fail({ problem: 'engine-out-of-memory' });
      else this.#settle((waiting) => waiting.reject(error));
    });
    return worker;
  }

  /** An engine that failed once may have left its memory in any state: the next question starts another one. */
  #fail(problem) {
    void this.#worker?.terminate();
    this.#worker = undefined;
    this.#settle((waiting) => waiting.reject(new EngineFailure(problem)));
  }

  #settle(how) {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    // An engine with nothing to do does not keep the command from ending.
    this.#worker?.unref();
    if (!waiting) return;
    clearTimeout(waiting.alarm);
    how(waiting);
  }
}
