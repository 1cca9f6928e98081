// The engine for browsers and bundlers: it has to be fetched first.
import initialize, { Engine } from './engine.js';

let fetched;

/**
 * Fetches the engine; every later call resolves with the first.
 * @param {string | URL | Response | BufferSource | WebAssembly.Module} [wasm] where it is, or it itself
 */
export function ready(wasm = new URL('./engine.wasm', import.meta.url)) {
  fetched ??= initialize({ module_or_path: wasm }).then(
    () => undefined,
    (error) => {
      fetched = undefined;
      throw error;
    },
  );
  return fetched;
}

export { Engine };
