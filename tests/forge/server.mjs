// A forge on this machine: real HTTP, real git, the rules and words of the real ones, and faults on demand.
import { createServer } from 'node:http';
import { Contract } from './contract.mjs';
import { gitea } from './gitea.mjs';
import { github } from './github.mjs';
import { gitlab } from './gitlab.mjs';
import { Refusal } from './refusal.mjs';
import { OAuth } from './oauth.mjs';
import { State } from './state.mjs';

const KINDS = { gitlab, github, gitea };

/**
 * @param {'gitlab' | 'github' | 'gitea'} kind
 * @param {object} [options] what an administrator of that forge can choose, as `cors`
 */
export async function startForge(kind, options = {}) {
  const state = await State.create();
  const forge = {
    kind: KINDS[kind],
    options,
    state,
    oauth: new OAuth(state),
    /** Who presses “Authorize”; without, somebody presses “Deny”. */
    consents: undefined,
    /** Every request with its answer. */
    log: [],
    /** Where requests or answers are not what the forge's own description says. */
    violations: [],
    faults: [],
    /**
     * The next requests that fit get a fault: {method, path: RegExp, times, act: 'drop' | 'drop-after' | 'answer' | 'answer-after' |
     * 'hold', status, body, headers, cors, until: Promise}. What ends in `after` happens when the work is done.
     */
    fault: (fault) => forge.faults.push({ times: 1, ...fault }),
    url: '',
    close,
  };
  const contract = new Contract(kind);
  /** What a description asks for and nobody reads is filled in. */
  forge.fill = (schema, ...given) => contract.fill(schema, Object.assign({}, ...given));
  const server = createServer((request, response) => {
    serve(forge, contract, request, response).catch((error) => {
      forge.violations.push(`The test forge itself failed: ${error.stack}`);
      response.destroy();
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  forge.url = `http://127.0.0.1:${server.address().port}`;
  return forge;

  async function close() {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await state.dispose();
  }
}

async function serve(forge, contract, request, response) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  const { pathname: sent, searchParams } = new URL(request.url, forge.url);
  // To GitLab alone a slash and an encoded one are two things.
  const pathname = forge.kind === gitlab ? sent : sent.replaceAll('%2F', '/');
  const { method } = request;
  const preflight = method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
  const cors = forge.kind.cors(forge, pathname, request.headers, preflight);
  if (preflight) {
    response.writeHead(Object.keys(cors).length > 0 ? 204 : 404, cors).end();
    return;
  }

  const fault = forge.faults.find((each) => each.times > 0 && (!each.method || each.method === method) && (!each.path || each.path.test(pathname)));
  if (fault) fault.times -= 1;
  if (fault?.act === 'drop') return void response.destroy();
  if (fault?.act === 'hold') await fault.until;
  let answer;
  if (fault?.act === 'answer') {
    answer = fault;
  } else {
    const body = text && request.headers['content-type'] === 'application/json' ? parse(text) : Object.fromEntries(new URLSearchParams(text));
    answer = await answered(forge, { method, path: pathname, query: searchParams, headers: request.headers, body });
    forge.violations.push(...contract.check({ method, path: pathname, query: searchParams, body: text ? body : undefined, answer }));
  }
  if (fault?.act === 'answer-after') answer = fault;
  forge.log.push({ method, path: decodeURIComponent(pathname), query: searchParams.toString(), body: text, status: answer.status, answer: answer.body, headers: request.headers });
  if (fault?.act === 'drop-after') return void response.destroy();
  const bytes = answer.body === undefined ? '' : Buffer.isBuffer(answer.body) || typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
  const type = typeof answer.body === 'string' ? (answer.body.startsWith('<') ? 'text/html' : 'text/plain') : 'application/json';
  response.writeHead(answer.status, { 'content-type': type, ...(fault?.cors === false ? {} : cors), ...answer.headers });
  response.end(method === 'HEAD' ? '' : bytes);
}

async function answered(forge, asked) {
  try {
    for (const [method, pattern, act] of forge.kind.routes) {
      if (method !== asked.method) continue;
      const params = match(pattern, asked.path);
      if (!params) continue;
      await forge.state.settled();
      return await act(forge, { ...asked, params });
    }
    return forge.kind.lost(forge, asked);
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal;
    throw refusal;
  }
}

/** `{name}` stands for one segment, `{name+}` for several. */
function match(pattern, path) {
  const source = pattern.replace(/[.]/g, '\\.').replace(/\{(\w+)(\+?)\}/g, (_, name, many) => `(?<${name}>${many ? '.+' : '[^/]+'})`);
  const found = new RegExp(`^${source}$`).exec(path);
  return found && Object.fromEntries(Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]));
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
