// The configs that are measured: ordinary ones, each a little different.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('..', import.meta.url));

/** The files of the catalogue. The limit on steps is lifted, so that large DAGs can be measured too. */
export function catalogue() {
  const folder = join(repository, 'templates');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1))
    .sort()
    .map((path) => {
      const text = readFileSync(join(folder, path), 'utf8');
      return { path, text: path === 'kubernetes-job/template.yaml' ? text.replace('maxItems: 50\n', 'maxItems: 1000\n') : text };
    });
}

/** The config document of one job: a chain of steps, with a second dependency here and there. */
export function values(number, steps) {
  return {
    template: 'kubernetes-job@1',
    package: 'finance',
    name: `job${number}`,
    parameters: {
      description: `Closes the books of branch ${number}`,
      owner: 'finance',
      schedule: `${number % 60} ${number % 24} * * *`,
      email: ['finance@example.com'],
      tags: ['finance', `branch${number % 100}`],
      steps: Array.from({ length: steps }, (_, step) => ({
        name: `step${step}`,
        image: `finance/step${step}:1.${number}.0`,
        arguments: ['--branch', `${number}`, '--part', `${step}`],
        ...(step === 0 ? {} : { depends_on: step % 3 === 2 ? [`step${step - 2}`, `step${step - 1}`] : [`step${step - 1}`] }),
        environment_variables: { BRANCH: `${number}`, MODE: 'full' },
        resources: { cpu_request: '500m', memory_request: '1Gi' },
      })),
    },
  };
}

/** The same as YAML, as a person would write it. */
export function text(document) {
  const scalar = (value) => (/^[A-Za-z][A-Za-z0-9 @._/:-]*$/.test(value) && !value.includes(': ') ? value : JSON.stringify(value));
  const block = (value, indent) => {
    if (Array.isArray(value)) return value.map((item) => `\n${indent}- ${typeof item === 'object' ? block(item, `${indent}  `).trimStart() : scalar(item)}`).join('');
    if (typeof value !== 'object') return ` ${scalar(value)}`;
    return Object.entries(value).map(([key, member]) => `\n${indent}${key}:${block(member, `${indent}  `)}`).join('');
  };
  return `${block(document, '').trimStart()}\n`;
}

/** Writes `count` configs of `steps` steps into a folder. */
export function writeConfigs(folder, count, steps) {
  for (let number = 0; number < count; number += 1) {
    const path = join(folder, `${Math.floor(number / 100)}`, `${number}.yaml`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text(values(number, steps)));
  }
}
