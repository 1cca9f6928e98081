// Runs the engine for `engine.mjs`, in a thread that can be ended.
import { parentPort, workerData } from 'node:worker_threads';
import { Engine, initSync } from '../engine.js';

const { program, settings, files } = workerData;
const { memory } = initSync({ module: program });
let engine = new Engine(settings);
if (files.length > 0) engine.load(files);

/** So much of the memory that the engine may have is as good as all of it (`npm/build.rs`). */
const NEARLY_ALL = 0.9 * 2 ** 30;

function answer(name, values) {
  switch (name) {
    case 'settings':
      return Engine.settings(...values);
    case 'open':
      engine = new Engine(...values);
      return undefined;
    default:
      return engine[name](...values);
  }
}

parentPort.on('message', ({ name, values }) => {
  try {
    parentPort.postMessage({ ok: answer(name, values) });
  } catch (error) {
    const isFailure = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
    if (!isFailure) parentPort.postMessage({ error });
    else parentPort.postMessage({ problem: memory.buffer.byteLength > NEARLY_ALL ? 'engine-out-of-memory' : 'engine-crashed' });
  }
});
