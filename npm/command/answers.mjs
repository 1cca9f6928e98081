import { nearest } from './nearest.mjs';
import { Stop } from './stop.mjs';

/**
 * The answers for one config: one an environment, or one without where there are no environments.
 * @param {import('./engine.mjs').Engine} engine
 * @param {import('../engine.d.ts').Settings} settings
 * @param {string} text
 * @param {string} [chosen] the one environment that was asked for
 * @returns {Promise<import('../engine.d.ts').Answer[]>}
 */
export function answers(engine, settings, text, chosen) {
  return each((environment) => engine.answer({ config: { text }, environment, now: now() }), settings, chosen);
}

/**
 * The same in short.
 * @returns {Promise<import('../engine.d.ts').Checked[]>}
 */
export function checks(engine, settings, text, chosen) {
  return each((environment) => engine.check({ config: { text }, environment, now: now() }), settings, chosen);
}

/**
 * What is to be said of a file of Python.
 * @param {import('./inputs.mjs').Input} input
 * @returns {Promise<import('../engine.d.ts').PythonAnswer>}
 */
export function reading(engine, settings, { file, text }, chosen) {
  if (chosen !== undefined) mustBeKnown(chosen, environmentNames(settings));
  return engine.read(text, { path: file, environment: chosen ?? null, now: now() });
}

/** The present, for exceptions from policies. */
export const now = () => Math.floor(Date.now() / 1000);

/** The names of the environments that the settings declare. */
export const environmentNames = ({ environments }) => environments.map((own) => own.name ?? own);

/** The engine says which environments there are; where the settings name them, it need not be asked. */
async function each(ask, settings, chosen) {
  const declared = environmentNames(settings);
  if (chosen !== undefined) {
    mustBeKnown(chosen, declared);
    return [await ask(chosen)];
  }
  const plain = declared.length > 0 ? undefined : await ask(null);
  const names = plain?.environments ?? declared;
  if (names.length === 0) return [plain];
  const list = [];
  for (const name of names) list.push(await ask(name));
  return list;
}

/** An environment that the settings do not name is a mistake in the call; one that a config does not name is a finding. */
function mustBeKnown(environment, environments) {
  if (environments.length === 0 || environments.includes(environment)) return;
  const near = nearest(environment, environments);
  throw new Stop(
    `There is no environment “${environment}”.`,
    near ? `Did you mean “${near}”?` : `There are ${environments.join(', ')}.`,
  );
}

/** The ids of the DAGs that some answers make, each once, as far as they are known. */
export function dagIds(list) {
  return [...new Set(list.flatMap((answer) => answer.dags.map((dag) => dag.dag_id)))].filter((id) => id !== null);
}
