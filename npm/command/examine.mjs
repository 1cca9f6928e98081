// Examines documents, many of them on several threads: this module is also what each further thread runs.
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { checks } from './answers.mjs';
import { Engine, program } from './engine.mjs';
import { Stop } from './stop.mjs';

/** A further thread takes about as long to begin as this many documents take. */
const perThread = 100;

/** How many documents a thread takes at once. */
const batch = 10;

/**
 * What is wrong with each document, and which DAGs it makes, in the order of the documents.
 * @param {import('./portal.mjs').Portal} portal
 * @param {import('./inputs.mjs').Input[]} inputs
 * @param {string} [environment] the one that was asked for
 * @returns {Promise<{diagnostics: import('../engine.d.ts').Diagnostic[], ids: string[]}[]>}
 */
export async function examineAll(portal, inputs, environment) {
  const { settings, files } = portal;
  const work = { settings, files, inputs, environment, program, taken: new Int32Array(new SharedArrayBuffer(4)) };
  const threads = Math.min(availableParallelism(), Math.ceil(inputs.length / perThread));
  const others = Array.from({ length: threads - 1 }, () => share(work));
  const results = [...takePart(portal, work), ...(await Promise.all(others)).flat()];
  results.sort((a, b) => a.index - b.index);
  const failed = results.find(({ failure }) => failure);
  if (failed) throw revived(failed.failure);
  return results;
}

/** What another thread makes of its part. */
function share(work) {
  return new Promise((resolve, reject) => {
    const thread = new Worker(fileURLToPath(import.meta.url), { workerData: work });
    thread.on('message', resolve);
    thread.on('error', reject);
  });
}

/** Takes batch after batch until none is left. After a failure nobody takes more: all that stands before it is taken. */
function takePart(portal, { inputs, environment, taken }) {
  const results = [];
  for (let start; (start = Atomics.add(taken, 0, batch)) < inputs.length; ) {
    for (let index = start; index < Math.min(start + batch, inputs.length); index += 1) {
      try {
        results.push({ index, ...examine(portal, inputs[index], environment) });
      } catch (error) {
        Atomics.store(taken, 0, inputs.length);
        results.push({ index, failure: portable(error, error instanceof WebAssembly.RuntimeError) });
        return results;
      }
    }
  }
  return results;
}

function examine(portal, { kind, text }, environment) {
  if (kind === 'python') {
    const { dags, diagnostics } = portal.engine.read(text);
    return { diagnostics, ids: dags.map((dag) => dag.dag_id) };
  }
  const list = checks(portal, text, environment);
  return { diagnostics: list.flatMap(({ diagnostics }) => diagnostics), ids: [...new Set(list.flatMap(({ dag_ids }) => dag_ids))] };
}

/** Between threads an error loses its kind. */
function portable({ message, stack, remedy }, trap) {
  return { message, stack, remedy, trap };
}

function revived({ message, stack, remedy, trap }) {
  const error = remedy === undefined ? new (trap ? WebAssembly.RuntimeError : Error)(message) : new Stop(message, remedy);
  return Object.assign(error, { stack });
}

if (!isMainThread) {
  const { settings, files } = workerData;
  const engine = new Engine(settings);
  engine.load(files);
  parentPort.postMessage(takePart({ engine, settings }, workerData));
}
