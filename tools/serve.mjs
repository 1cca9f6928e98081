// Serves a folder at http://127.0.0.1:PORT, as any static host would: no rewriting, nothing kept back by the browser.
//
//   node tools/serve.mjs FOLDER [PORT] [PREFIX]      PREFIX is a sub-path such as /portal
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';

const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.j2': 'text/plain; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.woff2': 'font/woff2',
  '.yaml': 'application/yaml; charset=utf-8',
};

const [folder = 'dist', portText = '8080', prefix = ''] = process.argv.slice(2);
const root = resolve(folder);
const port = Number(portText);

if (!existsSync(join(root, 'index.html'))) stop(`${folder}/index.html is missing.`, 'Run “make build” first.');
if (!Number.isInteger(port) || port < 0 || port > 65535) stop(`“${portText}” is not a port.`, 'Run “make serve PORT=8081”.');

const server = createServer((request, response) => {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, 'Only GET and HEAD are answered.');
  const found = locate(request.url);
  if (found === undefined) return refuse(response, 404, 'There is nothing here.');
  const { encoding, path, size } = sent(found, request.headers['accept-encoding'] ?? '');
  response.writeHead(200, {
    'content-type': types[extname(found.path)] ?? 'application/octet-stream',
    'content-length': size,
    ...(encoding && { 'content-encoding': encoding }),
    vary: 'accept-encoding',
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
  });
  if (request.method === 'HEAD') return response.end();
  // A build may take a file away while it is sent.
  return createReadStream(path).on('error', () => response.destroy()).pipe(response);
});

server.on('error', (error) => {
  if (error.code === 'EADDRINUSE') stop(`Port ${port} is taken by another program.`, `Choose another one: make serve PORT=${port + 1}`);
  if (error.code === 'EACCES') stop(`Port ${port} is not open to you.`, 'Choose one above 1023: make serve PORT=8080');
  throw error;
});

server.listen(port, '127.0.0.1', () => {
  console.log(`The portal is at http://127.0.0.1:${server.address().port}${prefix}/ (stop with Ctrl+C).`);
});

/** The file behind an address; undefined where there is none, or where it leads out of the folder. */
function locate(url) {
  try {
    const path = decodeURIComponent(new URL(url, 'http://127.0.0.1').pathname);
    const place = resolve(join(root, path.slice(prefix.length)));
    const inside = path.startsWith(`${prefix}/`) && (place === root || place.startsWith(root + sep));
    return inside ? (file(place) ?? file(join(place, 'index.html'))) : undefined;
  } catch {
    // An address that is no address, or a path that no file system takes.
    return undefined;
  }
}

function file(path) {
  const status = statSync(path, { throwIfNoEntry: false });
  return status?.isFile() ? { path, size: status.size } : undefined;
}

/** What is compressed already stands beside the file. */
function sent(found, accepted) {
  for (const [encoding, ending] of [['br', '.br'], ['gzip', '.gz']]) {
    const compressed = accepted.split(/[\s,;]+/).includes(encoding) ? file(found.path + ending) : undefined;
    if (compressed) return { encoding, ...compressed };
  }
  return found;
}

function refuse(response, status, words) {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${words}\n`);
}

function stop(what, remedy) {
  console.error(`${what}\n${remedy}`);
  process.exit(1);
}
