// What files are called where their paths are too long to be read out.

/**
 * For each path the shortest end of it that belongs to no other: the name of the file, and folders before it where another has the
 * same name.
 * @param {string[]} paths
 * @returns {Map<string, string>}
 */
export function shortNames(paths) {
  return new Map(
    paths.map((path) => {
      const parts = path.split('/');
      const ends = parts.map((_, index) => parts.slice(parts.length - 1 - index).join('/'));
      const isOwn = (end) => paths.every((other) => other === path || (other !== end && !other.endsWith(`/${end}`)));
      return [path, ends.find(isOwn) ?? path];
    }),
  );
}
