// Runs the engine beside the page, so that typing never waits and a crash of the engine never costs the form.
// A message is the JSON text of {id, call: {name: arguments}}; its reply is {id, ok} or {id, error: text}. What is `ok` is JSON
// text or, for `follow`, an object of such texts: only the parts of the answer that are not as the asker has seen them.
import init, { Engine } from "./engine.js";

const started = init({ module_or_path: new URL("./engine.wasm", import.meta.url) });
let engine;

/** The answers that somebody who follows them may have seen last, in parts, by their revisions. */
const followed = new Map();

const calls = {
  open({ settings }) {
    engine = new Engine(settings);
    return "true";
  },
  load: ({ files }) => JSON.stringify(engine.load(files)),
  answer: ({ request }) => JSON.stringify(engine.answer(request)),
  follow({ request, seen }) {
    const answer = engine.answer(request);
    const now = inParts(answer);
    const before = followed.get(seen);
    // An answer may come too late for the page and is then never seen, so that both may be what the next one is compared with.
    for (const revision of followed.keys()) if (revision !== seen) followed.delete(revision);
    followed.set(answer.revision, now);
    return { revision: String(answer.revision), ...news(now, before) };
  },
  layout: ({ dag, folded }) => JSON.stringify(engine.layout(JSON.parse(dag), folded)),
  check: ({ request }) => JSON.stringify(engine.check(request)),
  relate: ({ summaries }) => JSON.stringify(engine.relate(summaries)),
};

/** An answer as texts. What only elements draw is a text inside a text, which the page hands on unread. */
function inParts({ config: { path, text, document }, fields, prompts, diagnostics, files, dags, summary }) {
  const nodes = new Map();
  const roots = flat(fields, prompts.map((prompt) => JSON.stringify(prompt)), nodes);
  const parts = {
    roots,
    config: { path, text },
    document,
    diagnostics,
    files: files.map(({ path, ...rest }) => ({ name: path, text: JSON.stringify(rest) })),
    // Where a call stands and what a DAG is about changes with almost every letter, and no picture shows it.
    dags: dags.map(({ description, tasks, ...rest }) => ({
      name: rest.dag_id ?? '',
      partial: rest.partial,
      text: JSON.stringify({ ...rest, tasks: tasks.map(({ span, ...task }) => task) }),
    })),
    summary,
  };
  return { nodes, parts: Object.entries(parts).map(([name, part]) => [name, JSON.stringify(part)]) };
}

/** Lays fields flat: those inside a field become their pointers, so that a letter changes one text and not all around it. */
function flat(fields, prompts, nodes) {
  return fields.map(({ prompt, value, items, entries, fields: members, ...field }) => {
    const inside = items ?? entries ?? members;
    const own = JSON.stringify(inside ? { ...field, children: flat(inside, prompts, nodes) } : { ...field, value });
    nodes.set(field.pointer, { own, prompt: prompts[prompt] });
    return field.pointer;
  });
}

/** A field together with what it asks, which comes first: the field may have a title of its own. */
const whole = ({ own, prompt }) => `${prompt.slice(0, -1)},${own.slice(1)}`;

/** What is not as it was before; all of it where nothing is known of that. */
function news(now, before) {
  const parts = now.parts.filter(([, text], index) => text !== before?.parts[index][1]);
  const isChanged = ({ own, prompt }, then) => own !== then?.own || prompt !== then.prompt;
  const changed = [...now.nodes].filter(([pointer, node]) => isChanged(node, before?.nodes.get(pointer)));
  const gone = [...(before?.nodes.keys() ?? [])].filter((pointer) => !now.nodes.has(pointer));
  return {
    ...Object.fromEntries(parts),
    anew: String(!before),
    nodes: `[${changed.map(([, node]) => whole(node)).join()}]`,
    gone: JSON.stringify(gone),
  };
}

// Messages that arrive while the engine starts wait for it, in their order.
onmessage = async ({ data }) => {
  const { id, call } = JSON.parse(data);
  try {
    await started;
    const [[name, rest]] = Object.entries(call);
    postMessage({ id, ok: calls[name](rest) });
  } catch (error) {
    postMessage({ id, error: String(error) });
  }
};
