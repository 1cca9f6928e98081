import { statSync } from 'node:fs';
import { display } from './files.mjs';
import { exitCode, textLines } from './findings.mjs';
import { loadCatalogues, openEngine } from './portal.mjs';
import { reason, Stop } from './stop.mjs';
import { complain, painter, write } from './terminal.mjs';

export default {
  summary: 'Prints the catalogue.json of a folder of templates, which the page reads first.',
  usage: 'DIR',
  details: ['DIR holds one folder a template, each named by the id of its template. Findings go to standard error.'],
  options: {},
  async run(paths, values) {
    if (paths.length > 1) throw new Stop('“dagwright catalog” reads one folder.', 'Run it once for each.');
    const [folder] = paths;
    mustBeFolder(folder);
    const { engine } = openEngine(values);
    const { templates, files, findings } = loadCatalogues(engine, [folder]);
    complain(textLines(findings, painter(process.stderr)).map((line) => `${line}\n`).join(''));
    const cards = templates.map((card) => ({
      ...card,
      files: files.map(({ path }) => path).filter((path) => path.startsWith(`${card.id}/`)),
    }));
    write(`${JSON.stringify({ templates: cards }, null, 2)}\n`);
    return exitCode(findings);
  },
};

function mustBeFolder(path) {
  const remedy = 'Name the folder that holds the templates.';
  try {
    if (statSync(path).isDirectory()) return;
  } catch (error) {
    throw new Stop(`The catalogue ${display(path)} cannot be read: ${reason(error)}.`, remedy);
  }
  throw new Stop(`The catalogue ${display(path)} is not a folder.`, remedy);
}
