// What went wrong between the page and the forge, as people read it.
import { isWeb, outside } from '../link.js';
import { make } from '../make.js';

/**
 * @param {any} problem
 * @param {any} say
 * @returns {Node[]}
 */
export function notice(problem, say) {
  const words = problem.code ? say.problem(problem.code, problem.params) : say.problem('server', {});
  const said = problem.words ? make('p', { class: 'hint' }, say.serverSaid(problem.words)) : null;
  const open = problem.params?.open ?? problem.params?.url;
  const link = isWeb(open) ? make('p', {}, outside(open, say.goThere)) : null;
  return [make('p', { class: 'notice notice-warning' }, words), said, link].filter(Boolean);
}
