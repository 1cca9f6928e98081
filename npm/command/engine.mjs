// The engine, loaded as a command needs it: V8 finishes whatever code it has begun to optimise before a process may end,
// so it had better begin with little. This is fifty times what a function otherwise runs for before it is optimised.
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { isMainThread, workerData } from 'node:worker_threads';
import { Engine, initSync } from '../engine.js';

setFlagsFromString('--wasm-tiering-budget=100000000');

/** The compiled engine. The threads of a command share it, and so what V8 makes of it. */
export const program = isMainThread
  ? new WebAssembly.Module(readFileSync(new URL('../engine.wasm', import.meta.url)))
  : workerData.program;

initSync({ module: program });

export { Engine };
