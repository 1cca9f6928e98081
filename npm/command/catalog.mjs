import { statSync } from 'node:fs';
import { join } from 'node:path';
import { examineAll } from './examine.mjs';
import { display, readSource } from './files.mjs';
import { exitCode, findings, inOrder, textLines } from './findings.mjs';
import { asText } from './inputs.mjs';
import { loadCatalogues, openEngine } from './portal.mjs';
import { reason, Stop } from './stop.mjs';
import { complain, jsonText, painter, write } from './terminal.mjs';

export default {
  summary: 'Prints the catalogue.json of a folder of templates, which the page reads first.',
  usage: 'DIR',
  details: ['DIR holds one folder a template, each named by the id of its template. Findings go to standard error.'],
  options: {},
  async run(paths, values) {
    if (paths.length > 1) throw new Stop('“dagwright catalog” reads one folder.', 'Run it once for each.');
    const [folder] = paths;
    mustBeFolder(folder);
    const { engine, found } = await openEngine(values);
    const { templates, findings: wrong } = await loadCatalogues(engine, [folder]);
    found.push(...wrong);
    const cards = [];
    const seen = new Set();
    for (const card of templates) {
      // Of several versions the newest comes first, and it is the one that is offered.
      if (card.status === 'base' || seen.has(card.id)) continue;
      seen.add(card.id);
      cards.push({ ...card, preview: await preview(engine, folder, card, found) });
    }
    const list = inOrder(found);
    complain(textLines(list, painter(process.stderr)).map((line) => `${line}\n`).join(''));
    write(jsonText({ templates: cards }));
    return exitCode(list);
  },
};

/** More tasks than this make no small picture. */
const MOST = 60;

/** A small picture of what the template makes: of its largest example that is small enough; left out where there is none. */
async function preview(engine, folder, card, found) {
  const inputs = [];
  for (const name of card.examples) {
    const path = join(folder, card.id, name);
    inputs.push({ file: display(path), kind: 'config', ...(await asText(engine, readSource(path))) });
  }
  const answered = await examineAll(
    engine,
    inputs,
    async (engine, { text }) => ({ dags: (await engine.answer({ config: { text } })).dags.slice(0, 1), diagnostics: [] }),
    (diagnostics) => ({ dags: [], diagnostics }),
  );
  found.push(...answered.flatMap(({ diagnostics }, index) => findings(diagnostics, inputs[index].file)));
  const dags = answered.flatMap(({ dags }) => dags);
  const [dag] = dags.filter(({ tasks }) => tasks.length <= MOST).sort((one, other) => other.tasks.length - one.tasks.length);
  if (dag === undefined) return undefined;
  const { width, height, nodes, edges } = await engine.layout(dag, []);
  const tasks = new Map(dag.tasks.map((task) => [task.task_id, task]));
  return {
    width: Math.round(width),
    height: Math.round(height),
    nodes: nodes.map((node) => ({
      x: Math.round(node.x),
      y: Math.round(node.y),
      width: Math.round(node.width),
      height: Math.round(node.height),
      id: node.id,
      // A group has no operator; that of a task may not be known.
      operator: tasks.has(node.id) ? (tasks.get(node.id).operator ?? '') : undefined,
    })),
    edges: edges.map(({ points }) => points.map((point) => point.map(Math.round))),
  };
}

function mustBeFolder(path) {
  const remedy = 'Name the folder that holds the templates.';
  try {
    if (statSync(path).isDirectory()) return;
  } catch (error) {
    throw new Stop(`The catalogue ${display(path)} cannot be read: ${reason(error)}.`, remedy);
  }
  throw new Stop(`The catalogue ${display(path)} is not a folder.`, remedy);
}
