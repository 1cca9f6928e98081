#!/usr/bin/env node
// The command line. The engine is loaded only by a command that asks it something.
import { readFileSync } from 'node:fs';
import { complain, visible, write } from './command/terminal.mjs';
import { commandHelp, exitCodes, readArguments } from './command/arguments.mjs';
import { nearest } from './command/nearest.mjs';
import { reason, Stop } from './command/stop.mjs';

const commands = {
  validate: () => import('./command/validate.mjs'),
  generate: () => import('./command/generate.mjs'),
  diff: () => import('./command/diff.mjs'),
  graph: () => import('./command/graph.mjs'),
  check: () => import('./command/check.mjs'),
  catalog: () => import('./command/catalog.mjs'),
};

async function run([name, ...words]) {
  if (name === '--version' || name === '-v') {
    write(`${JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')).version}\n`);
    return 0;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    write(await help());
    return 0;
  }
  const { default: command } = await find(name)();
  const { values, paths } = readArguments(name, command, words);
  if (values.help) {
    write(commandHelp(name, command));
    return 0;
  }
  if (paths.length === 0) throw new Stop(`“dagwright ${name}” was not told what to read.`, `Usage: dagwright ${name} ${command.usage}`);
  return command.run(paths, values);
}

function find(name) {
  if (Object.hasOwn(commands, name ?? '')) return commands[name];
  const near = name && nearest(name, Object.keys(commands));
  throw new Stop(
    name === undefined ? 'No command was given.' : `There is no command “${name}”.`,
    near ? `Did you mean “dagwright ${near}”?` : 'Ask “dagwright --help” for the commands.',
  );
}

async function help() {
  const lines = await Promise.all(
    Object.entries(commands).map(async ([name, load]) => `  ${name.padEnd(10)}${(await load()).default.summary}`),
  );
  return [
    'Dagwright turns configs into Apache Airflow DAGs, and checks them. It never runs what it reads.',
    '',
    'Usage: dagwright COMMAND …',
    '',
    'Commands:',
    ...lines,
    '',
    'Ask “dagwright COMMAND --help” for the options of a command, “dagwright --version” for the version.',
    '',
    ...exitCodes,
    '',
  ].join('\n');
}

// A reader that goes away early, such as `head`, ends the output and is no mistake.
process.stdout.on('error', (error) => {
  if (error.code === 'EPIPE') return;
  complain(`dagwright: the output could not be written: ${reason(error)}.\n    Check where it goes, and whether there is room.\n`);
  process.exit(2);
});

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  process.exitCode = 2;
  if (error instanceof Stop) {
    complain([`dagwright: ${visible(error.message)}`, ...error.details, `    ${visible(error.remedy)}`, ''].join('\n'));
  } else {
    const problem = error.problem ? `the engine failed (${error.message})` : 'the command broke down';
    complain(`dagwright: ${problem}, which is a fault of Dagwright and not of yours.\n    ${error.stack}\n`);
  }
}
