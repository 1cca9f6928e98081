// Asks the engine about documents, each on its own: one at which the engine fails costs no other its findings.
import { availableParallelism } from 'node:os';
import { EngineFailure } from './engine.mjs';

/** A further thread takes about as long to begin as this many documents take. */
const perThread = 100;

/**
 * What `ask` makes of each document, in the order of the documents. With many documents several engines are asked at once.
 * Where a document is none that can be read, and where the engine fails at it, `otherwise` is told why.
 * @template T
 * @param {import('./engine.mjs').Engine} engine
 * @param {import('./inputs.mjs').Input[]} inputs
 * @param {(engine: import('./engine.mjs').Engine, input: import('./inputs.mjs').Input) => Promise<T>} ask
 * @param {(diagnostics: import('../engine.d.ts').Diagnostic[]) => T} otherwise
 * @returns {Promise<T[]>}
 */
export async function examineAll(engine, inputs, ask, otherwise) {
  const results = [];
  let next = 0;
  const takePart = async (own) => {
    while (next < inputs.length) {
      const index = next;
      next += 1;
      results[index] = await examine(own, inputs[index], ask, otherwise);
    }
  };
  const threads = Math.min(availableParallelism(), Math.ceil(inputs.length / perThread));
  const others = Array.from({ length: threads - 1 }, () => engine.twin());
  await Promise.all([engine, ...others].map(takePart));
  return results;
}

async function examine(engine, input, ask, otherwise) {
  if (input.text === null) return otherwise(input.diagnostics);
  try {
    return await ask(engine, input);
  } catch (error) {
    if (!(error instanceof EngineFailure)) throw error;
    return otherwise(await engine.refuse(error.problem));
  }
}
