// The shapes that go in and out of the engine, one for one those of `core/src`. Paths use `/`; offsets count UTF-16
// code units from 0, as JavaScript does; lines and columns count from 1, columns in Unicode code points.

/**
 * Resolves when `Engine` may be used. In Node it may be used at once; in browsers `engine.wasm` is fetched first, from
 * beside this module or from the address that is given. A call after a failure tries again.
 */
export function ready(wasm?: string | URL | Response | BufferSource | WebAssembly.Module): Promise<void>;

/**
 * Knows the templates it was given and answers questions about configs.
 *
 * Whatever is wrong with a config, a template or a file of Python becomes a `Diagnostic` of the answer. A method throws
 * an `Error` only for a value of another shape than its type says. Should it throw a `WebAssembly.RuntimeError`, that is
 * a fault of the engine: load the module anew (a new worker, a new process), for its memory is no longer sound.
 */
export class Engine {
  /** Members that are left out have their defaults. */
  constructor(settings?: Partial<Settings>);
  /** Takes a catalogue in place of the one it had. */
  load(files: SourceFile[]): Loaded;
  /** Answers one question; the same question always has the same answer. */
  answer(request: Request): Answer;
  /** Answers one question in short, which is quicker where there are many. */
  check(request: Request): Checked;
  /** Draws a DAG; groups whose ids are in `folded` stay closed. */
  layout(dag: Dag, folded: string[]): Layout;
  /** What only many files together show, such as two DAGs with one id. */
  relate(summaries: Summary[]): Diagnostic[];
  /** Reads a file of Python without running it. */
  read(python: string, about?: Omit<PythonRequest, 'text'>): PythonAnswer;
  /** Makes text of the bytes of a file: of UTF-8, of up to 1 MB. */
  decode(bytes: Uint8Array): Decoded;
  /** What is to be said of a file that gave nothing. */
  refuse(problem: FileProblem): Diagnostic[];
  /** Gives the memory back; the object must not be used afterwards. */
  free(): void;
  /** Reads the text of a `portal.json`. */
  static settings(text: string): SettingsReading;
}

/** A question about a file of Python on its own. */
export interface PythonRequest {
  /** The file. */
  text: string;
  /** Where it lies, which says for which environment it is, where `paths.output` does. */
  path?: string | null;
  /** The environment that it is for, where that is known. */
  environment?: string | null;
  /** The present, in seconds since 1970-01-01T00:00:00Z, for exceptions from policies. */
  now?: number | null;
}

/** Any value that JSON can hold. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The address of a value in a document: RFC 6901, such as `/parameters/steps/0/image`. */
export type Pointer = string;

/** What an organisation says about its portal. */
export interface Settings {
  /** Name of the portal. */
  title: string;
  /** Address of a picture, relative to the page. */
  logo: string | null;
  /** CSS colours by name; only `accent` is used now. */
  colours: Record<string, string>;
  /** Address of the portal itself, for links in generated files. */
  url: string | null;
  /** Folders (command line) or addresses (page) of catalogues. */
  catalogues: string[];
  /** The environments, in the order of promotion: names, or what is their own. */
  environments: (string | Environment)[];
  /** What the DAGs will run on; members that are left out have their defaults. */
  airflow: Partial<Airflow>;
  /** Where files belong; members that are left out have their defaults. */
  paths: Partial<Paths>;
  /** What there is to choose from, or the file or address that holds it: whoever reads the settings reads that too. */
  inventory: Partial<Inventory> | string;
  /** Where configs and files are kept, for merge requests from the page; null where they are only downloaded. */
  forge: Forge | null;
  /** The team that owns a package, by the package's name. */
  owners: Record<string, string>;
  /** The team that approves changes of a template, by the template's id; `*` stands for all others. */
  approvers?: Record<string, string>;
  /** Rules of the organisation: policies, or the addresses of files that hold some. Whoever reads the settings puts the file in the place of its address. */
  policies?: (Policy | SourceFile | string)[];
  /** The file that they were read from, for places in it. */
  source?: SourceFile;
  /** Language of the page and of the messages, such as `de-AT`: German is spoken, and English to everybody else. */
  language: string;
  /** For whom the messages are worded. */
  audience: Audience;
}

/** One environment, with what is its own. */
export interface Environment {
  /** Name, such as `prod`. */
  name: string;
  /** The Airflow that it runs, in place of that of the portal. */
  airflow?: Partial<Airflow>;
  /** What exists in it, in place of what exists elsewhere. */
  inventory?: Partial<Inventory> | string;
  /** Policies for it beside those of the portal; one of the same code takes the place of that of the portal. */
  policies?: (Policy | SourceFile | string)[];
}

/** A rule of an organisation. */
export interface Policy {
  /** Its name in findings. */
  code: string;
  /** What it looks at. */
  for: 'config' | 'dag' | 'task';
  /** How bad it is where it does not hold; `error` where nothing is said. */
  severity?: Severity;
  /** The Jinja expression that must be true. */
  check: string;
  /** What is wrong where it does not hold: a text, or texts by language. */
  message: string | Record<string, string>;
  /** What to do about it. */
  help?: string | Record<string, string>;
  /** The rule itself, for the written standards. */
  standard?: string | Record<string, string>;
  /** Where more is said. */
  link?: string;
  /** The place in the config that its findings are shown at. */
  at?: Pointer;
  /** Where it need not hold. */
  exceptions?: Exception[];
}

/** Where a policy need not hold: what fits all of the patterns. */
export interface Exception {
  /** The paths of the configs, with `*` for any letters. */
  config?: string;
  /** The ids of the DAGs. */
  dag_id?: string;
  /** The ids of the tasks. */
  task_id?: string;
  /** Why. */
  reason: string;
  /** The last day on which it holds, such as `2027-03-31`. */
  until: string;
}

/** A project on a git forge. */
export interface Forge {
  /** What it runs: `gitlab`, `github` or `gitea` (which Forgejo is too). */
  kind: string;
  /** Its address, such as `https://gitlab.com`. */
  url: string;
  /** The project below that address, such as `data/dags`. */
  project: string;
  /** The branch that changes are to be merged into; without it, the project's default branch. */
  target?: string | null;
  /** Title of a merge request; `{dag_id}`, `{package}` and `{name}` are filled in. */
  title?: string | null;
  /** Id of the portal as an application of GitLab or Gitea, for signing in without a token. */
  client?: string | null;
  /** Labels of a merge request. */
  labels?: string[] | null;
  /** Who is asked to review. */
  reviewers?: string[] | null;
  /** The address of a relay for the calls of the forge's API. */
  api?: string | null;
  /** Who takes patches by e-mail. */
  mail?: string | null;
}

/** The Airflow that the DAGs will run on. */
export interface Airflow {
  /** Version, such as `3.3` or `2.11.2`. */
  version: string;
  /** Versions of providers by name (`cncf.kubernetes`), where they differ from those of the Airflow release. */
  providers: Record<string, string>;
  /** Version of croniter, which reads cron expressions, where it is not the one that was current at the release. */
  croniter?: string;
}

/** Patterns of paths; `{package}`, `{name}`, `{dag_id}` and `{environment}` are filled in. */
export interface Paths {
  /** Where a config belongs. */
  config: string;
  /** Where a generated file belongs. Without environments, `{environment}/` falls away. */
  output: string;
}

/** What exists where the DAGs will run, by its names. A list that is empty says nothing. */
export interface Inventory {
  /** Airflow connections. */
  connections: string[];
  /** Airflow pools. */
  pools: string[];
  /** Airflow variables. */
  variables: string[];
  /** Container images. */
  images: string[];
  /** Teams. */
  teams: string[];
  /** Assets, which Airflow 2 calls datasets. */
  assets: string[];
}

/** For whom messages are worded: somebody who fills a form, or somebody who reads logs. */
export type Audience = 'requester' | 'engineer';

/** What a `portal.json` says. */
export interface SettingsReading {
  /** The settings, with defaults for what is missing or wrong. */
  settings: Settings;
  /** The files that they name, which are to be read and put in place. */
  references: Reference[];
  /** What is wrong with the text. */
  diagnostics: Diagnostic[];
}

/** A place in the settings at which the address of a file stands in place of what the file holds. */
export interface Reference {
  pointer: Pointer;
  /** The address, relative to the settings. */
  address: string;
  /** An inventory is put there as the JSON value that it is, policies as a `SourceFile`. */
  holds: 'inventory' | 'policies';
}

/** A file that the engine is given: part of a catalogue, or policies. */
export interface SourceFile {
  /** Path below the catalogue, such as `kubernetes-job/template.yaml`. */
  path: string;
  /** The text. */
  text: string;
}

/** What the engine found in the files it was given. */
export interface Loaded {
  /** One card a template, in the order of their ids. */
  templates: TemplateCard[];
  /** What is wrong with the files. */
  diagnostics: Diagnostic[];
}

/** What the catalogue shows of a template. */
export interface TemplateCard {
  /** Its name, such as `kubernetes-job`. */
  id: string;
  /** Semantic version. */
  version: string;
  /** Its name for people. */
  title: string;
  /** One sentence: what it is for. */
  summary: string;
  /** The team that keeps it. */
  owner: string;
  /** Words to find it by. */
  tags: string[];
  /** Where it is in its life: not yet offered, offered, still working but no longer offered, or there for other templates only. */
  status: 'draft' | 'active' | 'deprecated' | 'base';
  /** For a deprecated one: the id of the template to use instead. */
  replaced_by?: string;
  /** Names of its examples, such as `examples/refresh_all.yaml`. */
  examples: string[];
  /** The files of the catalogue that it is made of, those of its parents among them, sorted. */
  files: string[];
  /** Its words in other languages, by tags such as `de`. */
  locales?: Record<string, CardWords>;
}

/** What the catalogue shows of a template in another language. */
export interface CardWords {
  /** Its name for people, where it is another one. */
  title?: string;
  /** What it is for, where that is said. */
  summary?: string;
}

/** A question to the engine. */
export interface Request {
  /** What the person said. */
  config: ConfigText | ConfigValues;
  /** The environment to answer for; left out for the config as it stands, without overrides. */
  environment?: string | null;
  /** The present, in seconds since 1970-01-01T00:00:00Z, for the next runs; the engine has no clock. */
  now?: number | null;
  /** A number that comes back with the answer, so that a stale one can be told. */
  revision?: number;
}

/** What a person said, as a YAML document. */
export interface ConfigText {
  text: string;
}

/** What a person said, as the values of the form. */
export interface ConfigValues {
  /** The config document: template, package, name, parameters, environments. */
  values: Json;
  /** The YAML that was opened, whose comments and order are kept. */
  base?: string | null;
}

/** All that the engine has to say to one question. */
export interface Answer {
  /** The revision of the request. */
  revision: number;
  /** The config. */
  config: Config;
  /** The environments that the config is to be rendered for: those of the settings, or else those that it names itself. */
  environments: string[];
  /** The answers that are not the same in all of them; left out where all are. */
  differences?: Difference[];
  /** What the form asks now. */
  fields: Field[];
  /** What the fields ask: each names one of these by its place in the list. */
  prompts: Prompt[];
  /** Every finding, errors first, then in the order of the document. */
  diagnostics: Diagnostic[];
  /** What would be written; empty while nothing can be rendered. */
  files: OutputFile[];
  /** The DAGs as read from the files. */
  dags: Dag[];
  /** What in the files could not be understood without running them. */
  unresolved: Unresolved[];
  /** Whether DAGs, tasks or edges may be missing: nothing could be rendered, or not all of it could be understood. */
  partial: boolean;
  /** One sentence: what will run, when, and what happens when it fails. */
  summary: string | null;
  /** The next runs, in seconds since 1970-01-01T00:00:00Z. */
  upcoming: number[];
}

/** An answer that is not the same in all environments. */
export interface Difference {
  /** The place in the config document. */
  pointer: Pointer;
  /** The same for people, such as `resources.cpu`. */
  place: string;
  /** What holds without overrides: a text as it is, anything else as JSON; null where nothing is said. */
  text: string | null;
  /** What holds in each of the environments, in their order. */
  values: (string | null)[];
}

/** The config of an answer. */
export interface Config {
  /** Where it belongs by the settings' pattern. */
  path: string;
  /** The YAML document. */
  text: string;
  /** The document as JSON. */
  document: Json;
}

/** What of an answer those need who check many configs. */
export interface Checked {
  /** Every finding, errors first, then in the order of the document. */
  diagnostics: Diagnostic[];
  /** The ids of the DAGs, in the order of the files. */
  dag_ids: string[];
  /** The environments that the config is to be checked for: those of the settings, or else those that it names itself. */
  environments: string[];
}

/** Why a file gave nothing. */
export type FileProblem =
  /** It is a device, a pipe, a socket or a folder. */
  | { problem: 'not-regular' }
  /** It has more than 1 MB. */
  | { problem: 'too-large' }
  /** The operating system refused it; the reason is the name of the error, such as `EACCES`. */
  | { problem: 'unreadable'; reason: string }
  /** The engine broke down when it read the file. */
  | { problem: 'engine-crashed' }
  /** The engine needed more memory than it may have. */
  | { problem: 'engine-out-of-memory' }
  /** The engine was not done in time. */
  | { problem: 'engine-too-slow'; seconds: number };

/** The text of a file, or what is wrong with it. */
export interface Decoded {
  /** The text, without a byte order mark. */
  text: string | null;
  /** Why there is none. */
  diagnostics: Diagnostic[];
}

/** A file that would be written. */
export interface OutputFile {
  path: string;
  text: string;
  /** Which stretches of the text came from which answers, in the order of the text. */
  origins: Origin[];
}

/** A stretch of a generated text and the answer that it came from. */
export interface Origin {
  /** First code unit. */
  start: number;
  /** Behind the last code unit. */
  end: number;
  /** The place in the config document. */
  pointer: Pointer;
}

/** One field of the form. */
export type Field = FieldCommon & FieldKind;

/** What every field of the form has. */
export interface FieldCommon {
  /** Where the answer stands in the config document. */
  pointer: Pointer;
  /** What is asked there: which of the prompts of the answer it is. */
  prompt: number;
  /** The label, where it is not that of the prompt: an item or entry is named after what it holds. */
  title?: string;
  /** Whether an answer must be given; left out where not. */
  required?: boolean;
  /** The answer; left out where nothing was said and the default, if any, holds. */
  value?: Json;
  /** The forms that the answer may have, where it may have several. The fields are those of the form it has. */
  branches?: Branch[];
  /** Which of the branches the answer is of; left out where it is of none yet. */
  branch?: number;
}

/** What is asked. The steps of a DAG all ask the same, so an answer says it once. */
export interface Prompt {
  /** The label; empty where each field has its own. */
  title: string;
  /** The hint below the label. */
  description?: string;
  /** What holds where nothing was said. */
  default?: Json;
  /** Good answers, for the placeholder. */
  examples?: Json[];
  /** What a number counts, such as `minutes`. */
  unit?: string;
  /** Heading under which it stands, together with its neighbours of the same section. */
  section?: string;
  /** Whether it stands among the things that few people need; left out where not. */
  advanced?: boolean;
  /** Whether the template fixes the answer; left out where not. */
  read_only?: boolean;
  /** The description where it is more than one plain sentence: what its Markdown means. */
  prose?: Paragraph[];
}

/** One of the forms that an answer may have. */
export interface Branch {
  /** What it is called. */
  title: string;
  /** The answer that choosing it gives: what goes with it of what was said. */
  value: Json;
}

/** A paragraph of a description, or an item of a list. */
export interface Paragraph {
  /** Whether it is an item of a list. */
  item: boolean;
  /** The text, in pieces. */
  pieces: Piece[];
}

/** A stretch of text. */
export interface Piece {
  text: string;
  /** How it is set. */
  style: 'plain' | 'emphasis' | 'strong' | 'code';
  /** Where it leads: an address that begins with `http:`, `https:` or `mailto:`. */
  link?: string;
}

/** How a question is asked. */
export type FieldKind =
  | TextField
  | NumberField
  | SwitchField
  | ChoiceField
  | ChoicesField
  | ScheduleField
  | ListField
  | MapField
  | GroupField
  | YamlField;

export interface TextField {
  kind: 'text';
  /** JSON Schema or Dagwright format, such as `image` or `email-list`. */
  format?: string;
  /** Whether it may have several lines; left out where not. */
  multiline?: boolean;
  /** The language it is written in, such as `sql`. */
  language?: string;
  /** Which list of the inventory has its answers, such as `connections`. */
  inventory?: string;
  /** Answers to choose from; others may be written. */
  suggestions?: string[];
}

export interface NumberField {
  kind: 'number';
  /** Whether it must be whole; left out where not. */
  integer?: boolean;
  /** Smallest number allowed. */
  minimum?: number;
  /** Largest number allowed. */
  maximum?: number;
}

export interface SwitchField {
  kind: 'switch';
}

export interface ChoiceField {
  kind: 'choice';
  /** The values, in order. */
  options: Choice[];
}

/** Several of a few values, each once. */
export interface ChoicesField {
  kind: 'choices';
  /** The values, in order. */
  options: Choice[];
}

/** When the DAG runs: null for only by hand, a cron expression or a preset, or an object that names assets. */
export interface ScheduleField {
  kind: 'schedule';
  /** Common answers, in words. */
  presets: Choice[];
  /** The answer in words; left out where it is not a schedule. */
  sentence?: string;
  /** The next runs, in seconds since 1970-01-01T00:00:00Z; empty where the request names no present. */
  upcoming: number[];
  /** Where it waits for assets: the questions about them. */
  fields?: Field[];
}

export interface ListField {
  kind: 'list';
  /** One field an item; the title of each names the item. */
  items: Field[];
  /** What one item is called, such as `step`. */
  item_title: string;
  /** The item that "add" puts in. */
  blank: Json;
  /** Fewest items allowed. */
  minimum: number;
  /** Most items allowed. */
  maximum?: number;
  /** Whether each place has its own question, so that items neither move nor fall out of the middle; left out where not. */
  by_position?: boolean;
}

export interface MapField {
  kind: 'map';
  /** One field an entry; the last token of its pointer is the name. */
  entries: Field[];
  /** What one name is called, such as `variable`. */
  key_title: string;
  /** The answer that "add" puts in. */
  blank: Json;
  /** Names that an entry may have, where they are known. */
  names?: string[];
}

export interface GroupField {
  kind: 'group';
  /** The questions, in order. */
  fields: Field[];
}

/** Anything that has no better control. */
export interface YamlField {
  kind: 'yaml';
  /** The value as YAML. */
  text: string;
}

/** One value of a choice. */
export interface Choice {
  /** What is written into the config. */
  value: Json;
  /** What the person reads. */
  label: string;
  /** Answers that do not go with it and fall away when it is chosen. */
  drops?: Pointer[];
}

/** One finding, in words for the reader that the settings name. */
export interface Diagnostic {
  /** Kebab-case name of the rule, such as `dependency-cycle`. */
  code: string;
  severity: Severity;
  /** What is wrong and why it matters. */
  message: string;
  /** What to do about it. */
  help?: string;
  /** Where more is said. */
  link?: string;
  /** The facts that the message was made of. */
  params?: Record<string, Json>;
  /** Where it is. */
  primary: Label;
  /** Other places that belong to it, such as the first of two equal names. */
  related?: Label[];
  /** A change that mends it. */
  fix?: Fix;
}

/** How bad a finding is, in the terms of the Language Server Protocol. */
export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** A place that a finding points at. */
export interface Label {
  /** The file; left out for the config that was asked about. */
  file?: string;
  /** The value in the config document. */
  pointer?: Pointer;
  /** Whether the name under which the value stands is meant, and not the value; left out where it is not. */
  key?: true;
  /** The stretch of the file's text. */
  span?: Span;
}

/** A stretch of a text; the end is exclusive. */
export interface Span {
  start: number;
  end: number;
  line: number;
  column: number;
  end_line: number;
  end_column: number;
}

/** A change that mends a finding, as JSON Patch (RFC 6902) on the config document. */
export interface Fix {
  /** What the change does, as the words of a button. */
  title: string;
  /** Whether it keeps the meaning, so that it may be done without asking. */
  safe: boolean;
  /** The operations, in order. */
  operations: Operation[];
}

/** One JSON Patch operation. */
export type Operation =
  | { op: 'add'; path: Pointer; value: Json }
  | { op: 'replace'; path: Pointer; value: Json }
  | { op: 'remove'; path: Pointer };

/** What is to be said of a file of Python on its own. */
export interface PythonAnswer {
  /** The DAGs, in the order of the file. */
  dags: Dag[];
  /** What could not be understood without running the file. */
  unresolved: Unresolved[];
  /** Whether DAGs, tasks or edges may be missing: the file could not be read, or not all of it could be understood. */
  partial: boolean;
  /** Every finding. */
  diagnostics: Diagnostic[];
}

/** One DAG. */
export interface Dag {
  /** The generated file that it was read from; left out for a file that was given. */
  file?: string;
  /** The id that Airflow knows it by; null where it is not known. */
  dag_id: string | null;
  /** When it runs by itself. */
  schedule: Schedule;
  /** Whether runs missed in the past are made up for; null where the file does not say, or where that is not known. */
  catchup: boolean | null;
  /** Labels, sorted, each once. */
  tags: string[];
  /** One line about it. */
  description?: string;
  /** The tasks, in the order of the file. */
  tasks: Task[];
  /** The task groups, parents before children. */
  groups: Group[];
  /** True where the shape of the graph could not be read completely: tasks, groups or dependencies may be missing, or may not exist. */
  partial: boolean;
  /** The members that the file sets to something that is not known. Unknown is not absent. */
  unknown?: ('dag_id' | 'schedule' | 'catchup' | 'tags' | 'description')[];
}

/** When a DAG runs by itself. */
export type Schedule =
  /** Never: the file says `None`, and somebody has to start it. */
  | { kind: 'none' }
  /** A cron expression, a preset, a duration as Python writes it, or assets with `&` or `|` between. */
  | { kind: 'given'; text: string }
  /** The file does not say, so that Airflow's own default holds: a duration on Airflow 2; null on Airflow 3, where somebody has to start it. */
  | { kind: 'default'; text: string | null }
  /** The file sets it to something that is not known. */
  | { kind: 'unknown' };

/** One task of a DAG. */
export interface Task {
  /** The full id, with the names of its groups in front. */
  task_id: string;
  /** Class name as Airflow reports it, such as `KubernetesPodOperator` or `_PythonDecoratedOperator`; null where it is not known. */
  operator: string | null;
  /** The decorator that made the task, such as `@task.bash`. */
  decorator?: string;
  /** Ids of the tasks that wait for this one, sorted, each once. */
  downstream: string[];
  /** When it may start, such as `all_success`; null where it is not known. */
  trigger_rule: string | null;
  /** How often it is tried again; null where it is not known. */
  retries: number | null;
  /** Id of the innermost task group it is in. */
  group: string | null;
  /** The place in the config that it was made from. */
  pointer?: Pointer;
  /** The call that makes it. */
  span?: Span;
}

/** One task group of a DAG. */
export interface Group {
  /** The full id, with the names of its parents in front. */
  group_id: string;
  /** Id of the group around it. */
  parent: string | null;
}

/** A piece of Python whose effect on a DAG is not known. */
export interface Unresolved {
  /** The generated file that it stands in; left out for a file that was given. */
  file?: string;
  line: number;
  column: number;
  /** What is not known, for an engineer. */
  reason: string;
}

/** What one file contributes to questions about many files. */
export interface Summary {
  /** Path of the config or Python file. */
  file: string;
  /** Ids of the DAGs it makes. */
  dag_ids: string[];
}

/** A picture, in CSS pixels, with the origin in the upper left corner. Time runs from left to right. */
export interface Layout {
  width: number;
  height: number;
  /** Boxes, groups before what they hold. */
  nodes: NodeBox[];
  /** Edges between boxes. */
  edges: Route[];
}

/** The box of a task or of a task group. */
export interface NodeBox {
  /** Id of the task or group. */
  id: string;
  /** What it stands for: a task, an open group, or a closed group whose tasks are not drawn. */
  kind: 'task' | 'group' | 'folded';
  /** Id of the group around it. */
  parent: string | null;
  /** Left edge. */
  x: number;
  /** Upper edge. */
  y: number;
  width: number;
  height: number;
}

/** The way of one edge. */
export interface Route {
  /** Id of the box it leaves. */
  from: string;
  /** Id of the box it enters. */
  to: string;
  /** Corners of a path of horizontal and vertical lines, at least two. */
  points: [x: number, y: number][];
}
