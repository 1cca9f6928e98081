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
  return each(answer, settings, chosen);
}

/**
 * The same in short.
 * @returns {import('../engine.d.ts').Checked[]}
 */
export function checks({ engine, settings }, text, chosen) {
  const check = (environment) => engine.check({ config: { text }, environment });
  return each(check, settings, chosen);
}

/** The engine says which environments there are; where the settings name them, it need not be asked. */
function each(ask, settings, chosen) {
  if (chosen === undefined && settings.environments.length > 0) return settings.environments.map(ask);
  if (chosen !== undefined) {
    mustBeKnown(chosen, settings.environments);
    return [ask(chosen)];
  }
  const plain = ask(null);
  return plain.environments.length > 0 ? plain.environments.map(ask) : [plain];
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

/** The ids of the DAGs that some answers make, each once. */
export function dagIds(list) {
  return [...new Set(list.flatMap((answer) => answer.dags.map((dag) => dag.dag_id)))];
}
