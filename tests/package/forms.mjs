// Asks a schema of anybody's as the one parameter of a template, and takes the form apart.
import assert from 'node:assert/strict';

const dag = 'from airflow import DAG\n\nwith DAG(dag_id={{ dag_id }}) as dag:\n    pass\n';

/** A template that asks for one value of the schema. Its own address makes references begin at the schema. */
export function template(schema) {
  const hasAddress = typeof schema !== 'object' || /^[^#]/.test(schema.$id ?? schema.id ?? '');
  const own = hasAddress ? schema : { ...schema, $id: `urn:sample${schema.$id ?? schema.id ?? ''}` };
  const text = JSON.stringify({
    id: 'sample',
    version: '1.0.0',
    title: 'Sample',
    summary: 'Asks for one value.',
    owner: 'tests',
    parameters: { type: 'object', properties: { value: own } },
    outputs: [{ source: 'dag.py.j2' }],
  });
  return [
    { path: 'sample/template.yaml', text },
    { path: 'sample/dag.py.j2', text: dag },
  ];
}

/** The config that holds a value; none holds nothing. */
export function config(data) {
  const parameters = data === undefined ? {} : { value: data };
  return { template: 'sample@1', package: 'tests', name: 'sample', parameters };
}

/** What a schema refuses of a value: not what the rules of configs refuse, nor that an empty text is no answer. */
export function refusals({ diagnostics }, data) {
  const value = (pointer) => pointer.split('/').slice(3).reduce((inner, token) => inner?.[unescaped(token)], data);
  const isEmpty = ({ code, primary }) => code === 'required' && /^\s*$/.test(value(primary.pointer) ?? 'missing');
  const own = diagnostics.filter(({ primary }) => primary.pointer?.startsWith('/parameters/value'));
  const errors = own.filter(({ code, severity }) => severity === 'error' && !['inline-secret', 'jinja-in-text'].includes(code));
  return errors.filter((error) => !isEmpty(error));
}

const unescaped = (token) => token.replaceAll('~1', '/').replaceAll('~0', '~');

/** All fields, each before those inside it. */
export function* fieldsOf(fields) {
  for (const field of fields) {
    yield field;
    yield* fieldsOf(field.fields ?? field.items ?? field.entries ?? []);
  }
}

/** What the fields of a form hold, put together again. */
function collected(fields, document) {
  for (const field of fields) {
    const inside = field.fields ?? field.items ?? field.entries;
    if ('value' in field) put(document, field.pointer, field.value);
    if (field.kind === 'list' && inside.length > 0) put(document, field.pointer, []);
    if (inside) collected(inside, document);
  }
  return document;
}

function put(document, pointer, value) {
  const tokens = pointer.split('/').slice(1).map(unescaped);
  const last = tokens.pop();
  let place = document;
  for (const token of tokens) place = place[token] ??= {};
  Object.defineProperty(place, last, { value, writable: true, enumerable: true, configurable: true });
}

/** Draws the form for a value: an answer, with nothing lost on the way through form and text. */
export function draw(engine, data) {
  const values = config(data);
  const answer = engine.answer({ config: { values }, now: 1_800_000_000 });
  assert.deepEqual(answer.config.document, values, 'what is loaded is what is saved');
  const again = engine.answer({ config: { text: answer.config.text } });
  assert.deepEqual(again.config.document, values, 'what is written is what is read');
  const parameters = answer.fields.filter((field) => field.pointer.startsWith('/parameters'));
  assert.deepEqual(collected(parameters, { parameters: {} }), { parameters: values.parameters }, 'every part is in a field');
  const fields = [...fieldsOf(parameters)];
  return { answer, fields, errors: answer.diagnostics.filter(({ severity }) => severity === 'error') };
}
