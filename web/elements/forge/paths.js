/** GitHub and Gitea take the slashes of branches and files as they are. @param {string} path */
export const inPath = (path) => path.split('/').map(encodeURIComponent).join('/');
