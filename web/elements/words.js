// What the elements say, in English; German stands in a file of its own.

export const ENGLISH = {
  tasksInWords: 'The tasks in words',
  keys: 'Arrow keys go along the tasks, Enter leads to the questions of one, plus and minus zoom, 0 shows the whole.',
  picture: (count, dag) =>
    count === 1
      ? `${dag}: ${count} task. It is listed in words below.`
      : `${dag}: ${count} tasks. They are listed in words below.`,
  task: (id, operator) => `${id} (${operator})`,
  step: (operator, upstream) => `(${operator}) waits for ${upstream.length === 0 ? 'nothing' : upstream.join(', ')}`,
  group: (id) => `Group ${id}`,
  found: ([error, warning]) =>
    [error && (error === 1 ? '1 error' : `${error} errors`), warning && (warning === 1 ? '1 warning' : `${warning} warnings`)]
      .filter(Boolean)
      .join(', '),
  smaller: 'Smaller',
  larger: 'Larger',
  whole: 'Show the whole picture',
  fold: 'Fold the groups',
  unfold: 'Open the groups',
  saveAs: (format) => `Save the picture as ${format}`,

  search: 'Search the templates',
  owner: 'Kept by',
  everybody: 'Everybody',
  tags: 'Tags',
  templates: (count, total) =>
    count === total ? (total === 1 ? '1 template' : `${total} templates`) : `${count} of ${total === 1 ? '1 template' : `${total} templates`}`,
  noTemplate: 'No template fits that.',
  showAll: 'Show all templates',
  useInstead: (id) => `No longer offered, use ${id}`,
  notOffered: 'No longer offered',
  orChange: 'Or change a job that exists:',
  openOf: (project) => `Open a config of ${project}`,
  drafts: 'Go on with a draft',
  unnamed: 'Without a name',
  throwAway: 'Throw away',
  throwAwayNamed: (name) => `Throw away: ${name}`,
  bringBack: 'Bring back',
  bringBackNamed: (name) => `Bring back: ${name}`,
  version: (version) => `Version ${version}`,
  keptBy: (owner) => `by ${owner}`,
  about: 'About it',
  aboutTemplate: (title) => `About it: ${title}`,

  pictureOfExample: 'What an example makes.',
  useTemplate: 'Use this template',
  startFromExample: 'Start from an example',
  versionOfTemplate: 'Version',
  inConfigs: 'In a config',
  changes: 'What changed',

  dropConfigs: 'Drop configs or a folder here.',
  chooseFiles: 'Or choose files',
  chooseFolder: 'Or a folder',
  staysHere: 'They are checked in this browser. Nothing is sent anywhere.',
  progress: 'Checked so far',
  stop: 'Stop',
  show: 'Show',
  searchFindings: 'Search files and findings',
  saveTable: 'Save as table',
  saveJson: 'Save as JSON',
  reading: 'Reading the files…',
  noConfigs: 'There is no config among these files. A config is a .yaml file with “template:” at its top level.',
  tooLarge: 'The file is larger than any config may be, so it was not read.',
  unreadable: 'The browser could not read this file, so it was not checked.',
  engineStopped: 'The checks did not come to an end with this config.',
  checking: (done, total) => `${done} of ${total} configs checked.`,
  checked: (total) => (total === 1 ? '1 config checked.' : `${total} configs checked.`),
  leftOut: (count) => (count === 1 ? '1 other file was left out.' : `${count} other files were left out.`),
  showMore: (count) => `Show ${count} more`,
  number: (count) => count.toLocaleString('en'),
  status: (status) => ({ all: 'All', error: 'With errors', warning: 'With warnings', fine: 'In order' })[status],
  line: (line) => `Line ${line}`,
  nothingWrong: 'Nothing is wrong with it.',
  noResult: 'No file and no finding has all these words.',
  noneOfKind: 'No file is like that.',
  showAllFiles: 'Show all files',
  openInForm: 'Open in its form',

  nextRuns: 'The next runs',
  yourAnswers: 'Your answers',
  change: 'Change',
  changeAnswer: (title) => `Change: ${title}`,
  yes: 'Yes',
  no: 'No',
  none: 'None',
  environments: 'The environments side by side',
  environment: 'Environment',
  whatRuns: 'What will run',
  otherwise: 'What it says otherwise',
  asAbove: 'Nothing',
  notSaid: 'not said',
  whatChanges: 'What changes in the config',
  nothingChanged: 'Nothing changes: it says what it said when you opened it.',
  allChanged: 'Nearly every line changes.',
  lineGone: 'Gone',
  lineNew: 'New',
  files: 'The files',
  lines: (count) => (count === 1 ? '1 line' : `${count} lines`),
  download: 'Download',
  downloadNamed: (name) => `Download ${name}`,

  fromProject: (project) => `From ${project}`,
  searchProject: 'Search by package, name or folder',
  shelf: (kind) => ({ configs: 'Configs', generated: 'Generated files' })[kind],
  lookingInto: (project) => `Looking into ${project}…`,
  stillLooking: 'Still looking…',
  filesFound: (kind, count) =>
    kind === 'configs' ? (count === 1 ? '1 config' : `${count.toLocaleString('en')} configs`) : count === 1 ? '1 generated file' : `${count.toLocaleString('en')} generated files`,
  nothingThere: (kind, place) => (kind === 'configs' ? `There is no config in ${place} yet.` : `There is no generated file in ${place} yet.`),
  nothingFits: 'Nothing there has all these words in its path.',
  opening: (path) => `Opening ${path}…`,
  isGone: (path) => `${path} is no longer there. Somebody has moved or removed it.`,

  handIn: 'Hand it in for review',
  handInHint: 'Somebody looks at it before it runs. Each of these ways leads to a merge request without signing in here.',
  writeThere: (name) => `Write ${name} on the forge`,
  pasteThere: (name) => `Copy ${name} and open the page to paste it`,
  textCopied: (name) => `${name} is in the clipboard. Paste it into the page that has opened.`,
  asPatch: 'As a patch',
  asPatchHint: 'One file with the whole change, to send to somebody with access to the repository. It says who asked for it.',
  yourName: 'Your name',
  yourMail: 'Your e-mail address',
  whoAreYou: 'Write your name and your e-mail address first: the change says who asked for it.',
  downloadPatch: 'Download the patch',
  patchSaved: (name) => `${name} is downloaded.`,
  writeLetter: (address) => (address ? `Write to ${address}` : 'Write the e-mail'),
  letterHint: (kind, address) =>
    kind === 'gitlab'
      ? `Attach the patch, and leave the subject as it is: GitLab makes it the name of the branch.${address ? '' : ' The address to send it to is your own; GitLab shows it with the project’s list of merge requests.'}`
      : 'Attach the patch to the e-mail.',
  inShell: 'In a shell, with the patch',
  copyLines: 'Copy the lines',
  linesCopied: 'The lines are in the clipboard.',
  notCopied: 'The browser did not allow copying. Select the text and copy it yourself.',

  withoutToken: 'Without signing in',
  asRequest: (project) => `As a merge request in ${project}`,
  token: (host) => `A token of ${host}`,
  tokenHint: (kind, relay) =>
    `${
      {
        gitlab: 'A personal access token with the scope “api”.',
        github: 'A fine-grained token for the repository that may write contents and pull requests.',
        gitea: 'An access token that may write the repository.',
      }[kind]
    } This page sends it only to ${relay ? `${relay}, which passes it on` : 'that host'}, keeps it nowhere, and forgets it when it is reloaded.`,
  brokenRelay: (api) => `Nobody can sign in: the relay in the settings of this portal, “${api}”, is no address that begins with https://. Whoever keeps the portal can mend “forge.api” in portal.json.`,
  makeToken: 'Make one there',
  signIn: 'Sign in',
  signInAt: (host) => `Sign in at ${host}`,
  orToken: 'A window opens there. Or paste a token:',
  signingIn: 'Signing in…',
  signOut: 'Sign out',
  signedInAs: (name, login) => `Signed in as ${name} (${login}).`,
  titleOfRequest: 'Title',
  submit: 'Submit for review',
  update: (number) => `Update merge request ${number}`,
  cancel: 'Cancel',
  stepOfSubmission: (step, detail) =>
    ({
      look: 'Looking at what is there',
      fork: 'Making a copy of the project, since you may not write to it',
      branch: `Branch ${detail.branch}`,
      commit: `Writing ${detail.files?.length === 1 ? '1 file' : `${detail.files?.length} files`}`,
      request: 'Opening the merge request',
      describe: 'Bringing its title and description up to date',
      wait: `The server asked for a rest of ${Math.ceil(detail.seconds ?? 0)} seconds`,
    })[step] ?? step,
  handedIn: 'It is handed in:',
  request: (number) => `Merge request ${number}`,
  requestState: (state) => ({ open: 'is open.', merged: 'is merged.', closed: 'was closed.' })[state],
  requestOfOthers: (login) => `by ${login} is open for this config. Talk to them before you open another.`,
  ownedBy: (name, owner) => `The package ${name} belongs to ${owner}. They will want to see this.`,
  ownedByOthers: (name, owner) => `The package ${name} belongs to ${owner}, and you are not one of them. You can hand it in all the same: they will want to see it.`,
  unasked: (names) => `These could not be asked to look at it: ${names.join(', ')}. Tell them yourself.`,
  pipeline: (state) =>
    ({ waiting: 'Its checks are waiting.', running: 'Its checks are running.', passed: 'Its checks have passed.', failed: 'Its checks have failed.', cancelled: 'Its checks were cancelled.', skipped: 'Its checks were skipped.' })[state],
  lookAgain: 'Look again',
  serverSaid: (words) => `The server said: ${words}`,
  goThere: 'Go there',
  isThere: (path) => `There is a ${path} already, and it says something else.`,
  changedThere: (path) => `Somebody has changed ${path} since you opened it.`,
  requestHolds: (path) => `Your merge request holds another ${path}, and this page does not know whether you wrote it.`,
  theirChange: 'What they changed',
  yourChange: 'What yours would change there',
  takeMine: 'Put mine in its place',
  problem: (code, params) =>
    ({
      'no-window': 'The browser did not let the window open. Allow it for this page, or paste a token.',
      'signed-out': 'The token is not valid, or no longer. Sign in again; everything you wrote is here.',
      scope: `The token may not do this. It needs ${params.scope ? `the scope “${params.scope}”` : 'more rights'}.`,
      'not-found-or-no-access': 'The project is not there, or you may not see it. Ask those who keep the portal.',
      archived: 'The project is archived: nothing can be changed in it.',
      protected: `You may not write to ${params.branch ? `the branch ${params.branch}` : 'the project'}, and it does not let you make a copy.`,
      'branch-exists': `The branch ${params.branch} is there already, with something else in it.`,
      conflict: 'A file has changed meanwhile.',
      rejected: 'The project does not take the change as it is.',
      unchanged: 'There is nothing to hand in: the project holds exactly this already.',
      'rate-limit': 'The server has had too many questions. Try again in some minutes.',
      'no-cors-or-network': `The server cannot be reached from this page. Either there is no connection, or it does not let pages from ${params.origin ?? 'here'} ask: those who keep it must allow that.`,
      timeout: 'The server did not answer in time. Press the button again: nothing is done twice.',
      server: 'The server has a problem of its own. Press the button again in a moment: nothing is done twice.',
      cancelled: 'Cancelled. What was written already stays there, and pressing the button again goes on from it.',
      redirected: 'The server sends this page on to another address. The page does not follow, since what you wrote would go there too. Either the project was renamed or moved: open it, and tell those who keep the portal its new name. Or a sign-in page stands in between: sign in there, then try again.',
      moved: `The ${params.what === 'branch' ? 'branch' : 'project'} ${params.from} is now called ${params.to}. Those who keep the portal must change its settings.`,
      'fork-behind': 'Your copy of the project is too old. Bring it up to date there, then press the button again.',
    })[code] ?? 'The server answered in a way that is not known.',

  question: 'Question',
  answer: 'Answer',
  otherwiseIn: (environment) => `Otherwise in ${environment}`,
  thePicture: 'The picture',
  checks: 'Checks',
  nothingFound: 'Nothing was found.',
  severity: (severity) => ({ error: 'Error', warning: 'Warning', information: 'Note', hint: 'Hint' })[severity],
  madeWith: (template) => `Made with ${template}.`,
  configHash: (hash) => `The SHA-256 of the config is ${hash}.`,
  openInPortal: 'Open it in the portal',

  close: 'Close',
  keysTitle: 'Keys',
  singleKeys: 'Keys that are pressed alone (? and /) do something',
  keyParts: [
    ['Everywhere', ['?', 'shows these keys'], ['Tab', 'goes to the next control'], ['Esc', 'closes a dialog']],
    ['All templates', ['/', 'goes to the search']],
    ['A form', ['Ctrl Z', 'takes the last change back'], ['Ctrl Shift Z', 'does it again']],
    ['Picture, Code, Config, Checks', ['← →', 'goes to the next of them']],
    ['The picture', ['← → ↑ ↓', 'goes along the tasks'], ['Enter', 'goes to the questions of a task, and folds a group'], ['+ −', 'zooms'], ['0', 'shows the whole']],
  ],
};

/**
 * The page speaks its language before it fetches any element. A language that cannot be had is said in English.
 * @type {any}
 */
const spoken = globalThis.document?.documentElement.lang.split('-')[0] === 'de' ? await import('./words/german.js').then(({ GERMAN }) => GERMAN, () => ENGLISH) : ENGLISH;

/** The tag by which dates and numbers are written: English has days before months and 24 hours, as the engine's sentences have it. */
export function locale() {
  const { lang } = document.documentElement;
  return lang === 'en' ? 'en-GB' : lang;
}

/** The words of the page's language. */
export const words = () => spoken;
