// The engine for Node: it stands beside this file and is ready as soon as the module is loaded.
import { readFileSync } from 'node:fs';
import { Engine, initSync } from './engine.js';

initSync({ module: new WebAssembly.Module(readFileSync(new URL('./engine.wasm', import.meta.url))) });

/** Resolves at once: in Node there is nothing to wait for. */
export async function ready() {}

export { Engine };
