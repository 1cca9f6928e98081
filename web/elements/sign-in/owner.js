// Whether a package belongs to somebody's own team, as the settings name the owner and the forge names the teams.

/**
 * @param {string} owner a team by its whole name, as data/finance, or by its own name within the group of the project
 * @param {{teams: string[] | null, login: string, project: string}} person
 * @returns {boolean | null} null where the forge does not tell
 */
export function isOwn(owner, { teams, login, project }) {
  const group = project.replace(/\/[^/]*$/, '');
  const names = [owner, `${group}/${owner}`].map((name) => name.toLowerCase());
  const fits = (/** @type {string} */ name) => names.includes(name.toLowerCase());
  if (fits(login)) return true;
  return teams === null ? null : teams.some(fits);
}
