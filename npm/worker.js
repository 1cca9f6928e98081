// Runs the engine beside the page, so that typing never waits and a crash of the engine never costs the form.
// A message is the JSON text of {id, call: {name: arguments}}; its reply is {id, ok: JSON text} or {id, error: text}.
import init, { Engine } from "./engine.js";

const started = init({ module_or_path: new URL("./engine.wasm", import.meta.url) });
let engine;

const calls = {
  open({ settings }) {
    engine = new Engine(settings);
    return true;
  },
  load: ({ files }) => engine.load(files),
  answer: ({ request }) => engine.answer(request),
  layout: ({ dag, folded }) => engine.layout(dag, folded),
  check: ({ request }) => engine.check(request),
  relate: ({ summaries }) => engine.relate(summaries),
};

// Messages that arrive while the engine starts wait for it, in their order.
onmessage = async ({ data }) => {
  const { id, call } = JSON.parse(data);
  try {
    await started;
    const [[name, rest]] = Object.entries(call);
    postMessage({ id, ok: JSON.stringify(calls[name](rest)) });
  } catch (error) {
    postMessage({ id, error: String(error) });
  }
};
