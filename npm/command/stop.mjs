/** The command cannot run at all: exit code 2. The message says what is wrong and where, `remedy` what to do. */
export class Stop extends Error {
  /** @param {string[]} details lines below the message, fit for a terminal */
  constructor(message, remedy, details = []) {
    super(message);
    this.remedy = remedy;
    this.details = details;
  }
}

/** What a failed call of the file system means, in words. */
export function reason(error) {
  const words = {
    EACCES: 'permission is denied',
    EISDIR: 'it is a folder',
    ELOOP: 'its symbolic links lead in a circle',
    ENAMETOOLONG: 'the name is too long',
    ENOENT: 'there is no such file or folder',
    ENOSPC: 'the disk is full',
    ENOTDIR: 'a part of the path is not a folder',
    EPERM: 'it is not permitted',
    EROFS: 'the disk may only be read',
  };
  return words[error.code] ?? error.message;
}
