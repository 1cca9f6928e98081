// Where a person makes a token to paste, filled in as far as the forge allows.

/**
 * @param {{kind: 'gitlab' | 'github' | 'gitea', url: string}} settings
 * @param {string} name of the token
 */
export function tokenPage({ kind, url }, name) {
  const root = url.replace(/\/+$/, '');
  if (kind === 'gitlab') return `${root}/-/user_settings/personal_access_tokens?${new URLSearchParams({ name, scopes: 'api' })}`;
  // GitHub's parameters were taken out of its documentation as broken, so that the page tells the steps instead.
  if (kind === 'github') return `${root}/settings/personal-access-tokens/new`;
  return `${root}/user/settings/applications`;
}
