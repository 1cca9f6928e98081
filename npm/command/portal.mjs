import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Engine, EngineFailure } from './engine.mjs';
import { findings, textLines } from './findings.mjs';
import { display, filesBelow, isThere, readSource } from './files.mjs';
import { asText } from './inputs.mjs';
import { reason, Stop } from './stop.mjs';

/**
 * What the settings and the catalogue give: an engine that is ready to answer.
 * @typedef {object} Portal
 * @property {Engine} engine
 * @property {import('../engine.d.ts').Settings} settings
 * @property {string[]} catalogues the folders that the templates came from
 * @property {object[]} findings what is wrong with the inventory and the templates
 */

/**
 * Reads the settings and the catalogue.
 * @param {{portal?: string, airflow?: string, language?: string, deadline?: string}} values
 * @returns {Promise<Portal>}
 */
export async function openPortal(values) {
  const { engine, settings, folder, found } = await openEngine(values);
  const catalogues = catalogueFolders(settings, folder);
  const { findings } = await loadCatalogues(engine, catalogues);
  return { engine, settings, catalogues, findings: [...found, ...findings] };
}

/** Reads the settings only: the engine has no templates yet. */
export async function openEngine(values) {
  const engine = new Engine(deadline(values.deadline));
  const { settings, folder, found } = await readSettings(engine, values.portal);
  if (values.airflow) {
    settings.airflow = { version: await airflowVersion(engine, values.airflow), providers: {} };
    for (const environment of settings.environments) if (environment.name) delete environment.airflow;
  }
  if (values.language) settings.language = await languageTag(engine, values.language);
  settings.audience = 'engineer';
  await engine.open(settings);
  return { engine, settings, folder, found };
}

/**
 * Gives the engine the templates in some folders.
 * @returns {Promise<{templates: import('../engine.d.ts').TemplateCard[], findings: object[]}>} the cards, and what is wrong
 */
export async function loadCatalogues(engine, folders) {
  const files = [];
  const places = new Map();
  const found = [];
  for (const folder of folders) {
    for (const { path, problem } of filesBelow(folder)) {
      const place = join(folder, path);
      const source = problem ? { problem } : readSource(place, isText);
      if (source === undefined) continue;
      const { text, diagnostics } = await asText(engine, source);
      found.push(...findings(diagnostics, display(place)));
      places.set(path, display(place));
      if (text !== null) files.push({ path, text });
    }
  }
  const { templates, diagnostics } = await loadAll(engine, files);
  const wrong = findings(diagnostics, display(folders[0])).map((finding) => ({ ...finding, file: places.get(finding.file) ?? finding.file }));
  return { templates, findings: [...found, ...wrong] };
}

/** Loads templates. Where the engine fails at them, those at which it does are told and left out. */
async function loadAll(engine, files) {
  try {
    return await engine.load(files);
  } catch (error) {
    if (!(error instanceof EngineFailure)) throw error;
  }
  const byTemplate = new Map();
  for (const file of files) {
    const [name] = file.path.split('/');
    byTemplate.set(name, [...(byTemplate.get(name) ?? []), file]);
  }
  const good = [];
  const failed = [];
  for (const [name, own] of byTemplate) {
    try {
      await engine.load(own);
      good.push(...own);
    } catch (error) {
      if (!(error instanceof EngineFailure)) throw error;
      const diagnostics = await engine.refuse(error.problem);
      failed.push(...diagnostics.map((diagnostic) => ({ ...diagnostic, primary: { file: `${name}/template.yaml` } })));
    }
  }
  const { templates, diagnostics } = await engine.load(good);
  return { templates, diagnostics: [...failed, ...diagnostics] };
}

/** Tells an author's words from an author's pictures. */
function isText(beginning) {
  return !beginning.includes('\0');
}

async function readSettings(engine, named) {
  const path = named ?? findUpward('portal.json');
  const { text, diagnostics } = path === undefined ? { text: '{}', diagnostics: [] } : await asText(engine, readSource(path));
  const { settings, references, diagnostics: more } = text === null ? { settings: null, diagnostics: [] } : await settingsIn(engine, path ?? 'portal.json', text);
  const wrong = findings([...diagnostics, ...more], display(path ?? 'portal.json'));
  if (wrong.some((finding) => finding.severity === 'error')) {
    throw new Stop(`The settings in ${display(path)} cannot be used.`, 'Correct the file, or name another one with --portal.', textLines(wrong));
  }
  const folder = path === undefined ? process.cwd() : dirname(resolve(path));
  if (settings.source) settings.source.path = display(path);
  const found = [];
  for (const { pointer, address, holds } of references) {
    const read = holds === 'policies' ? readPolicies : readInventory;
    const { held, found: inside } = await read(engine, join(folder, address));
    found.push(...inside);
    // Where no policies could be read the address stays, and the engine says that they are missing.
    if (held !== undefined || holds === 'inventory') put(settings, pointer, held);
  }
  return { settings, folder, found };
}

/** Puts a value at a place that is there. */
function put(settings, pointer, value) {
  const tokens = pointer.slice(1).split('/');
  const last = tokens.pop();
  tokens.reduce((holder, token) => holder[token], settings)[last] = value;
}

/** The file of some policies, which the engine reads. */
async function readPolicies(engine, path) {
  const { text, diagnostics } = await asText(engine, readSource(path));
  return { held: text === null ? undefined : { path: display(path), text }, found: findings(diagnostics, display(path)) };
}

/** What a text says as settings. Without them nothing can be said of any other file. */
async function settingsIn(engine, path, text) {
  try {
    return await engine.settings(text);
  } catch (error) {
    if (!(error instanceof EngineFailure)) throw error;
    const [{ message, help }] = await engine.refuse(error.problem);
    throw new Stop(`The settings in ${display(path)} cannot be used. ${message}`, help);
  }
}

/** The inventory in a file of its own, by the same rules as in the settings; none where it cannot be used. */
async function readInventory(engine, path) {
  const { text, diagnostics } = await asText(engine, readSource(path));
  if (text === null) return { held: undefined, found: findings(diagnostics, display(path)) };
  try {
    JSON.parse(text);
  } catch (error) {
    return { held: undefined, found: [notJson(path, error)] };
  }
  const before = '{"inventory": ';
  const { settings, diagnostics: more } = await settingsIn(engine, path, `${before}${text}}`);
  const found = findings(more, display(path)).map((finding) => (finding.line === 1 ? { ...finding, column: Math.max(1, finding.column - before.length) } : finding));
  return { held: typeof settings.inventory === 'string' ? undefined : settings.inventory, found };
}

function notJson(path, error) {
  return {
    file: display(path),
    line: 1,
    column: 1,
    pointer: null,
    code: 'inventory',
    severity: 'error',
    message: `This inventory is not JSON: ${reason(error)}.`,
    help: 'Correct the file, or write its lists into “inventory” of portal.json.',
  };
}

function findUpward(name) {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const path = join(folder, name);
    // A link that leads nowhere is there as well: reading it says what is wrong.
    if (isThere(path)) return path;
    if (folder === dirname(folder)) return undefined;
  }
}

/** A version by the same rule as that of the settings. */
async function airflowVersion(engine, version) {
  const { diagnostics } = await engine.settings(JSON.stringify({ airflow: { version } }));
  if (diagnostics.length === 0) return version;
  throw new Stop(`--airflow cannot be “${version}”: that is no version of Airflow.`, 'Write it as 3.3 or 2.11.2.');
}

/** A language by the same rule as that of the settings. */
async function languageTag(engine, language) {
  const { diagnostics } = await engine.settings(JSON.stringify({ language }));
  if (diagnostics.length === 0) return language;
  throw new Stop(`--language cannot be “${language}”: that is no tag of a language.`, 'Write it as en, de or de-AT.');
}

function deadline(seconds = '30') {
  const number = Number(seconds);
  if (Number.isInteger(number) && number >= 1 && number <= 3600) return number;
  throw new Stop(`--deadline cannot be “${seconds}”.`, 'Write a whole number of seconds from 1 to 3600, such as 60.');
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
