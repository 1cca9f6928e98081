// Compares requests and answers with what a forge says of its own API, so that client and test forge cannot agree on a mistake.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';

/** Operations that no description holds, and why we believe in them all the same. */
const KNOWN = [
  // GitLab: only the recorded traffic knows it; the client never merges.
  ['PUT', /^\/api\/v4\/projects\/[^/]+\/merge_requests\/\d+\/merge$/],
  // Gitea: not among the operations that were taken over; its source has them.
  ['POST', /^\/api\/v1\/repos\/[^/]+\/[^/]+\/(?:merge-upstream|sync_fork\/.+)$/],
  // GitHub: where it leads those who ask for a renamed project.
  ['GET', /^\/api\/v3\/repositories\/\d+$/],
  ['GET', /^\/api\/v1\/(?:user\/teams|repos\/[^/]+\/[^/]+\/(?:pulls\/\d+|labels|forks|commits\/[^/]+\/status|git\/trees\/[^/]+))$/],
  ['PATCH', /^\/api\/v1\/repos\/[^/]+\/[^/]+\/pulls\/\d+$/],
  ['POST', /^\/api\/v1\/repos\/[^/]+\/[^/]+\/pulls\/\d+\/requested_reviewers$/],
  // GitLab: not among the operations that were taken over; its documentation has them.
  ['GET', /^\/api\/v4\/(?:groups|users)$/],
];

/** Where a description is known to be wrong: places in answers, as “operation place”. */
const WRONG = [
  // One object where the server sends a list (README of the extract; the recordings show the list).
  /^GET \/api\/v4\/projects\/\{id\}\/repository\/tree /,
  /^\w+ \/api\/v4\/.*merge_requests\S* .*\/(?:assignees|reviewers)\b/,
  // Described as text; the recordings show a number.
  /^\w+ \/api\/v4\/\S+ answer\/permissions\/\w+\/(?:access|notification)_level must be string$/,
  // A folder is a list, though only the file is described.
  /^GET \/api\/v1\/\S+\/contents\/\{filepath\} answer must be object$/,
];

/** Any operation may be answered so, whether its description says it or not. */
const ALWAYS = new Set([301, 401, 403, 404, 429]);
/** GitLab documents 200, the recordings show 201. */
const INSTEAD = { 'POST /api/v4/projects/{id}/repository/commits 201': '200' };

/** Whether an operation is one that no description holds. */
export const isKnown = (method, path) => KNOWN.some(([known, fits]) => known === method && fits.test(path));

export class Contract {
  #document;
  #ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  #coercing = new Ajv({ strict: false, validateFormats: false, coerceTypes: true });
  #routes;
  #nulls;

  constructor(kind) {
    // GitLab and Gitea mark next to nothing as nullable that is null in what they send.
    this.#nulls = kind === 'github';
    const path = new URL(`contracts/${kind}.json`, import.meta.url);
    this.#document = JSON.parse(readFileSync(path, 'utf8'));
    for (const ajv of [this.#ajv, this.#coercing]) ajv.addSchema({ $id: 'forge', schemas: this.#document.schemas });
    // GitLab wants slashes encoded, the others take them as they are.
    const many = kind === 'gitlab' ? [] : ['path', 'ref', 'filepath', 'branch'];
    this.#routes = Object.entries(this.#document.paths).map(([path, operations]) => {
      const source = path.replace(/[.]/g, '\\.').replace(/\{(\w+)\}/g, (_, name) => (many.includes(name) ? '.+' : '[^/]+'));
      return { path, operations, fits: new RegExp(`^${source}$`), fixed: path.replace(/\{\w+\}/g, '').length };
    });
    // The most particular route first.
    this.#routes.sort((one, other) => other.fixed - one.fixed);
  }

  /** @returns {string[]} what is not as described */
  check({ method, path, query, body, answer }) {
    // Pages and OAuth are described in words.
    if (!path.startsWith('/api/')) return [];
    const route = this.#routes.find(({ fits, operations }) => fits.test(path) && operations[method]);
    if (!route) return isKnown(method, path) ? [] : [`${method} ${path} is in no description`];
    const name = `${method} ${route.path}`;
    const operation = route.operations[method];
    const found = [];
    const say = (words) => WRONG.some((wrong) => wrong.test(`${name} ${words}`)) || found.push(`${name} ${words}`);
    // What was refused may be as wrong as it likes.
    if (answer.status < 400) {
      this.#query(operation, query, say);
      if (operation.body) {
        if (body === undefined) operation.required && say('body is missing');
        else this.#against(operation.body, body, (words) => say(`body${words}`));
      }
    }
    this.#answer(name, operation, method, answer, say);
    return found;
  }

  #query(operation, query, say) {
    const told = Object.fromEntries(query);
    for (const { name, required, schema } of operation.query) {
      if (told[name] === undefined) {
        if (required) say(`query ${name} is missing`);
      } else {
        const holder = { value: told[name] };
        const fits = this.#coercing.compile({ type: 'object', properties: { value: pointed(schema) } });
        if (!fits(holder)) say(`query ${name} ${fits.errors[0].message}`);
      }
      delete told[name];
    }
    for (const name of Object.keys(told)) if (!(operation.body && !operation.query.length)) say(`query ${name} is not known`);
  }

  #answer(name, operation, method, { status, body }, say) {
    const key = INSTEAD[`${name} ${status}`] ?? String(status);
    if (!(key in operation.answers)) {
      if (!ALWAYS.has(status) && status < 500) say(`answer ${status} is not described`);
      return;
    }
    const schema = operation.answers[key];
    if (schema && status < 300 && method !== 'HEAD' && !Buffer.isBuffer(body)) this.#against(schema, known(body, this.#nulls), (words) => say(`answer${words}`));
  }

  /** An object with everything that its description requires. */
  fill(name, given) {
    const made = this.#neutral({ $ref: `#/schemas/${name}` });
    return { ...made, ...given };
  }

  #neutral(schema) {
    if (schema.$ref) return this.#neutral(this.#document.schemas[schema.$ref.split('/').pop()]);
    if (schema.enum) return schema.enum[0];
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices) return choices.some(({ type }) => type === 'null') ? null : this.#neutral(choices[0]);
    if (schema.allOf) return this.#neutral(schema.allOf[0]);
    if (schema.type === 'object' || schema.properties) {
      return Object.fromEntries((schema.required ?? []).map((key) => [key, this.#neutral(schema.properties?.[key] ?? {})]));
    }
    return { string: '', integer: 0, number: 0, boolean: false, array: [] }[schema.type] ?? null;
  }

  #compiled = new Map();

  #against(schema, value, say) {
    if (!this.#compiled.has(schema)) this.#compiled.set(schema, this.#ajv.compile(pointed(schema)));
    const fits = this.#compiled.get(schema);
    if (!fits(value)) for (const { instancePath, message, params } of fits.errors) say(`${instancePath} ${message}${params.additionalProperty ? ` ${params.additionalProperty}` : ''}`);
  }
}

/** As it is sent; without what is null, where the description does not say what may be. */
function known(body, nulls) {
  return JSON.parse(JSON.stringify(body), (_, value) => (value === null && !nulls ? undefined : value));
}

/** References from outside the document name it. */
function pointed(schema) {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/schemas/', '"forge#/schemas/'));
}
