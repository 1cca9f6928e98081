import { parseArgs } from 'node:util';
import { nearest } from './nearest.mjs';
import { Stop } from './stop.mjs';

/** Options that every command has. */
export const common = {
  airflow: { type: 'string', value: 'VERSION', help: 'check for this Airflow, whatever portal.json says' },
  deadline: { type: 'string', value: 'SECONDS', help: 'how long the engine may take for one file; 30 is the default' },
  language: { type: 'string', value: 'TAG', help: 'say findings in this language (en, de), whatever portal.json says' },
  portal: { type: 'string', value: 'FILE', help: 'the settings; else portal.json here or in a folder above' },
  help: { type: 'boolean', short: 'h', help: 'show this and stop' },
};

/**
 * Reads the words behind a command.
 * @returns {{values: Record<string, string | boolean>, paths: string[]}}
 */
export function readArguments(name, command, words) {
  const options = { ...command.options, ...common };
  const { tokens } = parseArgs({ args: words, options, strict: false, allowPositionals: true, tokens: true });
  const values = {};
  const paths = [];
  for (const token of tokens) {
    if (token.kind === 'positional') paths.push(token.value);
    if (token.kind === 'option') values[token.name] = optionValue(name, options, token);
  }
  return { values, paths };
}

function optionValue(name, options, { name: option, rawName, value }) {
  const known = Object.hasOwn(options, option) ? options[option] : undefined;
  const ask = `Ask “dagwright ${name} --help” for the options.`;
  if (!known) {
    const near = nearest(option, Object.keys(options));
    throw new Stop(`“dagwright ${name}” has no option ${rawName}.`, near ? `Did you mean --${near}?` : ask);
  }
  if (known.type === 'boolean') {
    if (value !== undefined) throw new Stop(`${rawName} takes no value, but was given “${value}”.`, `Write ${rawName} alone.`);
    return true;
  }
  if (value === undefined || value === '') {
    throw new Stop(`${rawName} needs a value.`, `Write ${rawName} ${known.value}.`);
  }
  if (known.choices && !known.choices.includes(value)) {
    throw new Stop(`${rawName} cannot be “${value}”.`, `It is one of ${known.choices.join(', ')}.`);
  }
  return value;
}

/** The help of one command. */
export function commandHelp(name, command) {
  const options = Object.entries({ ...command.options, ...common }).map(([option, { short, value, choices, help }]) => [
    `${short ? `-${short}, ` : ''}--${option}${value ? ` ${choices?.join('|') ?? value}` : ''}`,
    help,
  ]);
  const width = Math.max(...options.map(([left]) => left.length));
  return [
    command.summary,
    '',
    `Usage: dagwright ${name} ${command.usage}`,
    '',
    ...command.details,
    '',
    'Options:',
    ...options.map(([left, help]) => `  ${left.padEnd(width)}  ${help}`),
    '',
    ...exitCodes,
    '',
  ].join('\n');
}

export const exitCodes = ['Exit codes: 0 no error found, 1 errors found, 2 could not run, or the engine failed at a file.'];
