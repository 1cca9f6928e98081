// The engine, loaded as a command needs it: V8 finishes whatever code it has begun to optimise before a process may end,
// so it had better begin with little. This is fifty times what a function otherwise runs for before it is optimised.
import { setFlagsFromString } from 'node:v8';

setFlagsFromString('--wasm-tiering-budget=100000000');

export const { Engine } = await import('../index.node.mjs');
