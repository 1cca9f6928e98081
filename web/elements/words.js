// What the elements say, in the languages of the page.

const ENGLISH = {
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
};

/** @type {typeof ENGLISH} */
const GERMAN = {
  tasksInWords: 'Die Tasks in Worten',
  keys: 'Die Pfeiltasten gehen von Task zu Task, Enter führt zu seinen Fragen, Plus und Minus ändern die Größe, 0 zeigt das Ganze.',
  picture: (count, dag) =>
    count === 1
      ? `${dag}: ${count} Task. Er ist unten in Worten beschrieben.`
      : `${dag}: ${count} Tasks. Sie sind unten in Worten beschrieben.`,
  task: (id, operator) => `${id} (${operator})`,
  step: (operator, upstream) => `(${operator}) wartet auf ${upstream.length === 0 ? 'nichts' : upstream.join(', ')}`,
  group: (id) => `Gruppe ${id}`,
  found: ([error, warning]) =>
    [error && `${error} Fehler`, warning && (warning === 1 ? '1 Warnung' : `${warning} Warnungen`)].filter(Boolean).join(', '),
  smaller: 'Kleiner',
  larger: 'Größer',
  whole: 'Das ganze Bild zeigen',
  fold: 'Gruppen zuklappen',
  unfold: 'Gruppen aufklappen',
  saveAs: (format) => `Das Bild als ${format} speichern`,
};

export const LANGUAGES = { en: ENGLISH, de: GERMAN };

/** The words of the page's language. */
export const words = () => LANGUAGES[document.documentElement.lang.split('-')[0]] ?? ENGLISH;
