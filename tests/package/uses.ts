// Uses every type of the package; it is compiled, never run.
import {
  Engine,
  ready,
  type Answer,
  type Checked,
  type Dag,
  type Diagnostic,
  type Field,
  type Json,
  type Label,
  type Layout,
  type Loaded,
  type Operation,
  type Prompt,
  type PythonAnswer,
  type Request,
  type Settings,
  type SettingsReading,
  type SourceFile,
  type Summary,
} from 'dagwright';

export async function use(python: string): Promise<string[]> {
  await ready();
  await ready(new URL('https://example.com/engine.wasm'));
  const settings: Settings = {
    title: 'Portal',
    logo: null,
    colours: { accent: '#0b57d0' },
    url: 'https://example.com',
    catalogues: ['templates'],
    environments: ['dev', 'prod'],
    airflow: { version: '3.3', providers: { slack: '9.0.0' } },
    paths: { config: 'configs/{name}.yaml', output: 'dags/{dag_id}.py' },
    forge: { kind: 'gitlab', url: 'https://gitlab.com', project: 'data/dags', reviewers: ['bob'] },
    owners: { finance: 'data/finance' },
    inventory: { connections: ['warehouse'], pools: [], variables: [], images: [], teams: ['finance'], assets: [] },
    language: 'en',
    audience: 'engineer',
  };
  new Engine();
  new Engine({ airflow: { version: '2.11.2' } });
  const engine = new Engine(settings);
  const files: SourceFile[] = [{ path: 'a/template.yaml', text: 'id: a' }];
  const loaded: Loaded = engine.load(files);
  const requests: Request[] = [
    { config: { text: 'template: a@1' } },
    { config: { values: { template: 'a@1' }, base: null }, environment: 'prod', now: 1_800_000_000, revision: 1 },
  ];
  const answers: Answer[] = requests.map((request) => engine.answer(request));
  const checked: Checked[] = requests.map((request) => engine.check(request));
  const layouts: Layout[] = answers.flatMap((answer) => answer.dags.map((dag) => engine.layout(dag, ['group'])));
  const summaries: Summary[] = answers.map((answer) => ({ file: answer.config.path, dag_ids: answer.dags.flatMap(({ dag_id }) => dag_id ?? []) }));
  const reading: PythonAnswer = engine.read(python, { path: 'dags/prod/a.py', environment: 'prod', now: 0 });
  const portal: SettingsReading = Engine.settings('{}');
  const lines = [
    ...loaded.templates.map((card) =>
      [card.id, card.version, card.title, card.summary, card.owner, ...card.tags, card.status satisfies 'draft' | 'active' | 'deprecated' | 'base', card.replaced_by ?? '', ...card.examples].join(' '),
    ),
    ...[loaded, reading, portal].flatMap((part) => part.diagnostics.map(diagnosticText)),
    ...engine.relate(summaries).map(diagnosticText),
    ...answers.flatMap(answerText),
    ...checked.flatMap(({ diagnostics, dag_ids, environments }) => [...diagnostics.map(diagnosticText), ...dag_ids, ...environments]),
    ...reading.dags.map(dagText),
    ...reading.unresolved.map(({ line, column, reason }) => `${line}:${column} ${reason}`),
    ...layouts.flatMap(layoutText),
    settingsText(portal.settings),
  ];
  engine.free();
  return lines;
}

function settingsText({ title, logo, colours, url, catalogues, environments, airflow, paths, language, audience }: Settings): string {
  const parts: (string | null | undefined)[] = [title, logo, colours['accent'], url, ...catalogues, ...environments.map((own) => (typeof own === 'string' ? own : `${own.name} ${own.airflow?.version ?? ''}`)), airflow.version, airflow.providers?.['slack'], paths.config, paths.output, language, audience];
  return parts.join(' ');
}

function answerText({ revision, config, fields, prompts, diagnostics, files, dags, unresolved, summary, upcoming }: Answer): string[] {
  return [
    `${revision} ${config.path} ${config.text} ${jsonText(config.document)} ${summary ?? ''} ${upcoming.map((second) => second.toFixed()).join()}`,
    ...fields.map(fieldText),
    ...prompts.map(promptText),
    ...diagnostics.map(diagnosticText),
    ...files.map(({ path, text, origins }) => `${path} ${origins.map(({ start, end, pointer }) => text.slice(start, end) + pointer).join()}`),
    ...dags.map(dagText),
    ...unresolved.map(({ reason }) => reason),
  ];
}

function fieldText(field: Field): string {
  const { pointer, prompt, title, required, value, branches, branch } = field;
  const start = [pointer, prompt.toFixed(), title, required, jsonText(value ?? null), branches?.map((one) => one.title + jsonText(one.value)), branch].join();
  switch (field.kind) {
    case 'text':
      return `${start} ${field.format ?? ''} ${field.multiline} ${[field.language, field.inventory, ...(field.suggestions ?? [])].join()}`;
    case 'number':
      return `${start} ${field.integer} ${field.minimum ?? 0} ${field.maximum ?? 0}`;
    case 'switch':
      return start;
    case 'choice':
    case 'choices':
      return `${start} ${field.options.map(({ value: option, label, drops }) => label + jsonText(option) + (drops ?? []).join()).join()}`;
    case 'schedule':
      return `${start} ${field.presets.length} ${field.sentence ?? ''} ${field.upcoming.length}`;
    case 'list':
      return `${start} ${field.items.map(fieldText).join()} ${field.item_title} ${jsonText(field.blank)} ${field.minimum} ${field.maximum ?? 0} ${field.by_position}`;
    case 'map':
      return `${start} ${field.entries.map(fieldText).join()} ${field.key_title} ${jsonText(field.blank)} ${(field.names ?? []).join()}`;
    case 'group':
      return `${start} ${field.fields.map(fieldText).join()}`;
    case 'yaml':
      return `${start} ${field.text}`;
    default:
      return never(field);
  }
}

function promptText({ title, description, default: fallback, examples, unit, section, advanced, read_only, prose }: Prompt): string {
  return [title, description, jsonText(fallback ?? null), examples?.length, unit, section, advanced, read_only, prose?.length].join();
}

function diagnosticText({ code, severity, message, help, params, primary, related, fix }: Diagnostic): string {
  const rank: number = { error: 0, warning: 1, information: 2, hint: 3 }[severity];
  const operations = fix?.operations.map(operationText).join() ?? '';
  return [code, rank, message, help, jsonText(params ?? null), labelText(primary), ...(related ?? []).map(labelText), fix?.title, fix?.safe, operations].join(' ');
}

function operationText(operation: Operation): string {
  return operation.op === 'remove' ? operation.path : `${operation.op} ${operation.path} ${jsonText(operation.value)}`;
}

function labelText({ file, pointer, span }: Label): string {
  if (span === undefined) return `${file ?? ''} ${pointer ?? ''}`;
  const { start, end, line, column, end_line, end_column } = span;
  return [file, pointer, start, end, line, column, end_line, end_column].join();
}

function dagText({ dag_id, schedule, catchup, tags, description, tasks, groups, partial, unknown }: Dag): string {
  const names = tasks.map(({ task_id, operator, decorator, downstream, trigger_rule, retries, group, pointer, span }) =>
    [task_id, operator, decorator, ...downstream, trigger_rule, retries?.toFixed(), group, pointer, span?.line].join(),
  );
  const times = schedule.kind === 'given' || schedule.kind === 'default' ? (schedule.text ?? '') : (schedule.kind satisfies 'none' | 'unknown');
  const within = groups.map(({ group_id, parent }) => group_id + (parent ?? ''));
  return [dag_id, times, catchup, ...tags, description, ...names, ...within, partial, ...(unknown ?? [])].join();
}

function layoutText({ width, height, nodes, edges }: Layout): string[] {
  return [
    `${width} ${height}`,
    ...nodes.map(({ id, kind, parent, x, y, width: w, height: h }) => [id, kind satisfies 'task' | 'group' | 'folded', parent, x + w, y + h].join()),
    ...edges.map(({ from, to, points }) => from + to + points.map(([x, y]) => x + y).join()),
  ];
}

function jsonText(value: Json): string {
  return JSON.stringify(value);
}

function never(value: never): never {
  throw new Error(String(value));
}
