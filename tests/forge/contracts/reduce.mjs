// Reduces the OpenAPI document of a forge to the operations that our clients use, without prose: `node reduce.mjs KIND DOCUMENT`.
// Sources and licences stand in README.md. Run it when a document is replaced by a newer one.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const USED = {
  gitlab: {
    prefix: '',
    operations: `GET /api/v4/user; GET /api/v4/projects/{id}; POST /api/v4/projects/{id}/fork; GET /api/v4/projects/{id}/forks;
      GET /api/v4/projects/{id}/repository/tree; GET /api/v4/projects/{id}/repository/branches/{branch}; DELETE /api/v4/projects/{id}/repository/branches/{branch};
      GET /api/v4/projects/{id}/repository/files/{file_path}; HEAD /api/v4/projects/{id}/repository/files/{file_path};
      GET /api/v4/projects/{id}/repository/files/{file_path}/raw; POST /api/v4/projects/{id}/repository/commits;
      GET /api/v4/projects/{id}/merge_requests; POST /api/v4/projects/{id}/merge_requests;
      GET /api/v4/projects/{id}/merge_requests/{merge_request_iid}; PUT /api/v4/projects/{id}/merge_requests/{merge_request_iid}`,
  },
  github: {
    prefix: '/api/v3',
    operations: `GET /user; GET /repos/{owner}/{repo}; GET /repos/{owner}/{repo}/git/ref/{ref}; POST /repos/{owner}/{repo}/git/refs;
      PATCH /repos/{owner}/{repo}/git/refs/{ref}; GET /repos/{owner}/{repo}/contents/{path}; POST /repos/{owner}/{repo}/git/trees;
      GET /repos/{owner}/{repo}/git/blobs/{file_sha};
      GET /repos/{owner}/{repo}/git/commits/{commit_sha}; POST /repos/{owner}/{repo}/git/commits; GET /repos/{owner}/{repo}/pulls; POST /repos/{owner}/{repo}/pulls;
      GET /repos/{owner}/{repo}/pulls/{pull_number}; POST /repos/{owner}/{repo}/issues/{issue_number}/labels; POST /repos/{owner}/{repo}/forks;
      GET /repos/{owner}/{repo}/commits/{ref}/check-runs; GET /repos/{owner}/{repo}/git/trees/{tree_sha}; GET /user/teams;
      PATCH /repos/{owner}/{repo}/pulls/{pull_number}; POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers`,
  },
  gitea: {
    prefix: '/api/v1',
    operations: `GET /user; GET /repos/{owner}/{repo}; GET /repos/{owner}/{repo}/contents; POST /repos/{owner}/{repo}/contents;
      GET /repos/{owner}/{repo}/contents/{filepath}; GET /repos/{owner}/{repo}/branches/{branch}; GET /repos/{owner}/{repo}/pulls;
      POST /repos/{owner}/{repo}/pulls; POST /repos/{owner}/{repo}/forks`,
  },
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [kind, path] = process.argv.slice(2);
  writeFileSync(new URL(`${kind}.json`, import.meta.url), `${JSON.stringify(reduced(kind, JSON.parse(readFileSync(path, 'utf8'))))}\n`);
}

/**
 * @param {'gitlab' | 'github' | 'gitea'} kind
 * @param {any} source the whole document
 */
export function reduced(kind, source) {
  const { prefix, operations } = USED[kind];
  const schemas = {};
  const document = { info: { title: source.info.title, version: source.info.version, license: source.info.license }, paths: {}, schemas };
  for (const operation of operations.split(/;\s*/)) {
    const [method, route] = operation.trim().split(' ');
    const item = source.paths[route];
    const { parameters = [], requestBody, responses } = item[method.toLowerCase()];
    const body = resolved(requestBody);
    (document.paths[prefix + route] ??= {})[method] = {
      query: [...(item.parameters ?? []), ...parameters].map(resolved).filter((each) => each.in === 'query').map(({ name, required, schema }) => ({ name, required, schema: bare(schema) })),
      ...(body && { required: body.required, body: bare((body.content['application/json'] ?? Object.values(body.content)[0]).schema) }),
      answers: Object.fromEntries(Object.entries(responses).map(([status, response]) => [status, bare(resolved(response)?.content?.['application/json']?.schema) ?? null])),
    };
  }
  return document;

  /** A component that is not a schema is put in the place of its name. */
  function resolved(value) {
    if (!value?.$ref) return value;
    return resolved(value.$ref.split('/').slice(1).reduce((inside, name) => inside[name], source));
  }

  /** A schema without prose and as plain JSON Schema: `nullable` and exclusive limits are said otherwise in OpenAPI 3.0. */
  function bare(schema) {
    if (Array.isArray(schema)) return schema.map(bare);
    if (typeof schema !== 'object' || schema === null) return schema;
    if (schema.$ref) {
      const name = schema.$ref.split('/').pop();
      if (!(name in schemas)) {
        schemas[name] = {};
        schemas[name] = bare(resolved(schema));
      }
      return { $ref: `#/schemas/${name}` };
    }
    const { nullable, exclusiveMinimum, exclusiveMaximum, properties, ...others } = schema;
    const left = {};
    for (const keyword of ['type', 'enum', 'required', 'items', 'oneOf', 'anyOf', 'allOf', 'not', 'pattern', 'minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'additionalProperties']) {
      if (others[keyword] !== undefined) left[keyword] = keyword === 'required' || keyword === 'enum' || keyword === 'type' ? others[keyword] : bare(others[keyword]);
    }
    if (properties) left.properties = Object.fromEntries(Object.entries(properties).map(([name, inside]) => [name, bare(inside)]));
    if (exclusiveMinimum === true) [left.exclusiveMinimum, left.minimum] = [left.minimum, undefined];
    if (exclusiveMaximum === true) [left.exclusiveMaximum, left.maximum] = [left.maximum, undefined];
    return nullable ? { anyOf: [left, { type: 'null' }] } : left;
  }
}
