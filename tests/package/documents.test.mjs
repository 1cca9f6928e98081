// The manuals are true: their files are written, their commands are run, and the output is what they show.
//
// A line `<!-- file: PATH -->` in front of a code block makes the block a file. In a `console` block each line that
// begins with `$ dagwright` is run in the folder of these files; what follows it is its output.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { dagwright, repository, workspace } from './installed.mjs';

const manuals = ['README.md', ...readdirSync(join(repository, 'docs')).map((name) => `docs/${name}`)].filter((name) =>
  name.endsWith('.md'),
);

let commands = 0;

for (const manual of manuals) {
  const text = readFileSync(join(repository, manual), 'utf8');
  const files = {};
  const runs = [];
  for (const [, path, language, block] of text.matchAll(/(?:^<!-- file: (\S+) -->\n)?^```(\w*)\n(.*?)^```$/gms)) {
    if (path) files[path] = block;
    if (language === 'console') runs.push(...block.split(/^(?=\$ )/m));
  }
  const ours = runs.map((run) => run.split('\n')).filter(([command]) => command.startsWith('$ dagwright '));
  if (ours.length === 0) continue;

  test(`${manual} shows what the command says`, () => {
    const place = workspace(files);
    for (const [command, ...expected] of ours) {
      const words = command.slice('$ dagwright '.length).split(' ');
      const { stdout, stderr } = dagwright(place, words);
      assert.equal((stdout + stderr).trim(), expected.join('\n').trim(), `${manual}: ${command}`);
      commands += 1;
    }
  });
}

test('commands were found in the manuals', () => assert.ok(commands >= 5, `only ${commands} commands`));
