// One change in a form and the new answer, in Node's wasm: the median in milliseconds, for each number of tasks.
//
//   node form.mjs TASKS...
import { Engine } from '../npm/index.node.mjs';
import { catalogue, values } from './workload.mjs';

const engine = new Engine();
engine.load(catalogue());

const medians = process.argv.slice(2).map((argument) => {
  const tasks = Number(argument);
  const document = values(1, tasks);
  const change = (round) => {
    document.parameters.description = `Closes the books, round ${round}`;
    const start = performance.now();
    const { diagnostics, dags } = engine.answer({ config: { values: document }, now: 1_800_000_000, revision: round });
    const end = performance.now();
    if (diagnostics.some(({ severity }) => severity === 'error') || dags[0].tasks.length !== tasks) {
      throw new Error(`the answer is wrong: ${JSON.stringify(diagnostics.slice(0, 3))}`);
    }
    return end - start;
  };
  const rounds = tasks > 100 ? 60 : 400;
  const times = Array.from({ length: rounds * 2 }, (_, round) => change(round)).slice(rounds);
  return times.sort((a, b) => a - b)[rounds / 2];
});
console.log(JSON.stringify(medians));
