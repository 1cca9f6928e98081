import { nearest } from './nearest.mjs';
import { Stop } from './stop.mjs';

/**
 * The answers for one config: one an environment, or one without where there are no environments.
 * @param {import('./portal.mjs').Portal} portal
 * @param {string} text
 * @param {string} [chosen] the one environment that was asked for
 * @returns {import('../engine.d.ts').Answer[]}
 */
export function answers({ engine, settings }, text, chosen) {
  const answer = (environment) => engine.answer({ config: { text }, environment });
  return each(answer, ({ config }) => namesIn(config.document), settings, chosen);
}

/**
 * The same in short.
 * @returns {import('../engine.d.ts').Checked[]}
 */
export function checks({ engine, settings }, text, chosen) {
  const check = (environment) => engine.check({ config: { text }, environment });
  return each(check, ({ environments }) => environments, settings, chosen);
}

function each(ask, named, settings, chosen) {
  if (chosen === undefined && settings.environments.length > 0) return settings.environments.map(ask);
  const plain = ask(chosen ?? null);
  const own = few(named(plain));
  if (chosen === undefined) return own.length > 0 ? own.map(ask) : [plain];
  mustBeKnown(chosen, settings.environments.length > 0 ? settings.environments : own);
  return [plain];
}

function namesIn(document) {
  const { environments } = document ?? {};
  return isObject(environments) ? Object.keys(environments) : [];
}

/** A config that names more environments than anybody has is answered as it stands. */
function few(names) {
  return names.length <= 50 ? names : [];
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Where nothing names environments, any name will do. */
function mustBeKnown(environment, environments) {
  if (environments.length === 0 || environments.includes(environment)) return;
  const near = nearest(environment, environments);
  throw new Stop(
    `There is no environment “${environment}”.`,
    near ? `Did you mean “${near}”?` : `There are ${environments.join(', ')}.`,
  );
}

/** The ids of the DAGs that some answers make, each once. */
export function dagIds(list) {
  return [...new Set(list.flatMap((answer) => answer.dags.map((dag) => dag.dag_id)))];
}
