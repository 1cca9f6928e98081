import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Engine } from './engine.mjs';
import { findings, textLines } from './findings.mjs';
import { display, readText, textFiles } from './files.mjs';
import { reason, Stop } from './stop.mjs';

/**
 * What the settings and the catalogue give: an engine that is ready to answer.
 * @typedef {object} Portal
 * @property {Engine} engine
 * @property {import('../engine.d.ts').Settings} settings
 * @property {string[]} catalogues the folders that the templates came from
 * @property {import('../engine.d.ts').SourceFile[]} files the templates
 * @property {object[]} findings what is wrong with the templates
 */

/**
 * Reads the settings and the catalogue.
 * @param {{portal?: string, airflow?: string, language?: string}} values
 * @returns {Portal}
 */
export function openPortal(values) {
  const { engine, settings, folder } = openEngine(values);
  const catalogues = catalogueFolders(settings, folder);
  const { files, findings } = loadCatalogues(engine, catalogues);
  return { engine, settings, catalogues, files, findings };
}

/** Reads the settings only: the engine has no templates yet. */
export function openEngine(values) {
  const { settings, folder } = readSettings(values.portal);
  if (values.airflow) settings.airflow = { version: airflowVersion(values.airflow), providers: {} };
  if (values.language) settings.language = languageTag(values.language);
  settings.audience = 'engineer';
  return { engine: new Engine(settings), settings, folder };
}

/**
 * Gives the engine the templates in some folders.
 * @returns {{templates: import('../engine.d.ts').TemplateCard[], files: import('../engine.d.ts').SourceFile[], findings: object[]}}
 *   the cards, the files, and what is wrong
 */
export function loadCatalogues(engine, folders) {
  const files = [];
  const places = new Map();
  for (const folder of folders) {
    for (const path of textFiles(folder)) {
      const text = readText(join(folder, path), isText);
      if (text === undefined) continue;
      files.push({ path, text });
      places.set(path, display(join(folder, path)));
    }
  }
  const { templates, diagnostics } = engine.load(files);
  const wrong = findings(diagnostics, display(folders[0]));
  return {
    templates,
    files,
    findings: wrong.map((finding) => ({ ...finding, file: places.get(finding.file) ?? finding.file })),
  };
}

/** Tells an author's words from an author's pictures. */
function isText(beginning) {
  return !beginning.includes('\0');
}

function readSettings(named) {
  const path = named ?? findUpward('portal.json');
  if (path === undefined) return { ...Engine.settings('{}'), folder: process.cwd() };
  const { settings, diagnostics } = Engine.settings(readText(path));
  const wrong = findings(diagnostics, display(path));
  if (wrong.some((finding) => finding.severity === 'error')) {
    throw new Stop(
      [`The settings in ${display(path)} cannot be used.`, ...textLines(wrong)].join('\n'),
      'Mend the file, or name another one with --portal.',
    );
  }
  const folder = dirname(resolve(path));
  if (typeof settings.inventory === 'string') settings.inventory = inventory(join(folder, settings.inventory));
  return { settings, folder };
}

/** The inventory in a file of its own, by the same rules as in the settings. */
function inventory(path) {
  const remedy = 'Mend the file, or write its lists into “inventory” of portal.json.';
  let lists;
  try {
    lists = JSON.parse(readText(path));
  } catch (error) {
    if (error instanceof Stop) throw error;
    throw new Stop(`The inventory ${display(path)} is not JSON: ${reason(error)}.`, remedy);
  }
  const { settings, diagnostics } = Engine.settings(JSON.stringify({ inventory: lists }));
  const wrong = findings(diagnostics, display(path));
  if (wrong.length > 0 || typeof settings.inventory === 'string') {
    throw new Stop([`The inventory ${display(path)} cannot be used.`, ...textLines(wrong)].join('\n'), remedy);
  }
  return settings.inventory;
}

function findUpward(name) {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const path = join(folder, name);
    if (existsSync(path)) return path;
    if (folder === dirname(folder)) return undefined;
  }
}

/** A version by the same rule as that of the settings. */
function airflowVersion(version) {
  const { diagnostics } = Engine.settings(JSON.stringify({ airflow: { version } }));
  if (diagnostics.length === 0) return version;
  throw new Stop(`--airflow cannot be “${version}”: that is no version of Airflow.`, 'Write it as 3.3 or 2.11.2.');
}

/** A language by the same rule as that of the settings. */
function languageTag(language) {
  const { diagnostics } = Engine.settings(JSON.stringify({ language }));
  if (diagnostics.length === 0) return language;
  throw new Stop(`--language cannot be “${language}”: that is no tag of a language.`, 'Write it as en, de or de-AT.');
}

function catalogueFolders(settings, folder) {
  if (settings.catalogues.length > 0) return settings.catalogues.map((catalogue) => configured(catalogue, folder));
  const beside = join(folder, 'templates');
  return [existsSync(beside) ? beside : fileURLToPath(new URL('../templates', import.meta.url))];
}

function configured(catalogue, folder) {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(catalogue)) {
    throw new Stop(
      `The catalogue ${catalogue} is an address, and the command line reads folders only.`,
      'Check the catalogue out, and name its folder in a portal.json of your own with --portal.',
    );
  }
  const path = resolve(folder, catalogue);
  const remedy = 'Name the folder that holds the templates in “catalogues” of portal.json; it is relative to that file.';
  let isFolder;
  try {
    isFolder = statSync(path).isDirectory() && readdirSync(path).length >= 0;
  } catch (error) {
    throw new Stop(`The catalogue ${display(path)} cannot be read: ${reason(error)}.`, remedy);
  }
  if (!isFolder) throw new Stop(`The catalogue ${display(path)} is not a folder.`, remedy);
  return path;
}
