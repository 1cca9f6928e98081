// Trunk runs this when it has built the page. It adds what Trunk cannot: the engine and the elements in folders named after
// their content, the templates with their catalogue, the schemas of our documents, and the content security policy. And it makes the
// page's own program as small as it can be.
import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";

const FEATURES = ["bulk-memory", "bulk-memory-opt", "multivalue", "nontrapping-float-to-int", "reference-types", "sign-ext", "simd"].map(
  (feature) => `--enable-${feature}`,
);
/**
 * The libraries that the elements are made with: what their names in imports mean, the files behind them, by the names that they get, and the
 * libraries whose code these files hold as well.
 */
const LIBRARIES = {
  diff: {
    names: { "diff/lib/": "libesm/" },
    files: Object.fromEntries(["diff/base", "diff/line", "patch/create", "util/params"].map((name) => [`libesm/${name}.js`, `libesm/${name}.js`])),
    holds: [],
  },
  "markdown-it": {
    names: { "markdown-it/browser": "markdown-it.js" },
    // Not every host knows the type of .mjs.
    files: { "markdown-it.js": "dist/browser/markdown-it.esm.min.mjs" },
    holds: ["entities", "linkify-it", "mdurl", "punycode.js", "uc.micro"],
  },
};
/** Smaller files, in bytes, go into one packet anyway. */
const WORTH_COMPRESSING = 1000;
const RENAME = "--minify-imports-and-exports-and-modules";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const staging = process.env.TRUNK_STAGING_DIR;
if (!staging) fail("Trunk runs this file as its post_build hook; there is nothing to do without it.");

await shrinkProgram();
const folders = { engine: await addEngine(), elements: await addElements() };
await addTemplates();
// Editors find the schemas of our documents here: the first line of a config names them.
await cp(join(root, "core", "schemas"), join(staging, "schemas"), { recursive: true });
await finishPage(folders);
await addServiceWorker();
await compress();

// The names by which the program and its script know each other are long, and each ends in a hash that does not compress:
// both get short ones. Trunk's own call of wasm-opt cannot tell the script.
async function shrinkProgram() {
  const names = await readdir(staging);
  const [program] = names.filter((name) => name.endsWith("_bg.wasm"));
  const script = program?.replace("_bg.wasm", ".js");
  if (!names.includes(script)) fail("Trunk left no program with its script; there is nothing to finish.");
  const path = join(staging, program);
  const renamed = execFileSync(
    "wasm-opt",
    [path, "--output", path, ...FEATURES, "--zero-filled-memory", "--flatten", "--rereloop", "-Oz", "-Oz", "-Oz", "--strip-producers", "--strip-target-features", RENAME],
    { encoding: "utf8", maxBuffer: 1 << 24 },
  );
  const { imports, exports } = JSON.parse(renamed);
  const [module, ...others] = new Set(imports.map(([module]) => module));
  if (others.length > 0) fail(`The page's program imports from ${others}, which wasm-opt would mix with ${module}.`);
  const fresh = new Map([...imports.map(([, name, short]) => [name, short]), ...exports]);
  let text = await readFile(join(staging, script), "utf8");
  text = text.replace(/(?<=^ {8})\w+(?=: )|(?<=\bwasm\.)\w+/gm, (name) => fresh.get(name) ?? name);
  // It calls the only module "a".
  text = text.replace(`"${module}": `, '"a": ');
  await writeFile(join(staging, script), text);
}

// A folder is named after its content, so that a browser may keep it for ever.
async function addFolder(name, files) {
  const hash = createHash("sha256");
  const sorted = [...files].sort(([one], [other]) => (one < other ? -1 : 1));
  for (const [path, from] of sorted) hash.update(path).update(await readFile(from));
  const folder = `${name}-${hash.digest("hex").slice(0, 16)}`;
  for (const [path, from] of sorted) await cp(from, join(staging, folder, path));
  return folder;
}

async function addEngine() {
  const files = new Map(["engine.js", "engine.wasm", "worker.js"].map((name) => [name, join(root, "npm", name)]));
  for (const [name, from] of files) {
    if (!existsSync(from)) fail(`npm/${name} is missing. Make it first: make package`);
  }
  return addFolder("engine", files);
}

// The libraries that the elements import lie beside them, and so do the licences.
async function addElements() {
  const from = join(root, "web", "elements");
  const names = (await readdir(from, { recursive: true })).map((name) => name.replaceAll("\\", "/"));
  const files = new Map(names.filter((name) => name.endsWith(".js")).map((name) => [name, join(from, name)]));
  const modules = join(root, "web", "node_modules");
  for (const [name, { files: parts, holds }] of Object.entries(LIBRARIES)) {
    if (!existsSync(join(modules, name))) fail(`The library ${name} is missing. Get it first: tools/setup build`);
    for (const [part, from] of Object.entries(parts)) files.set(`${name}/${part}`, join(modules, name, from));
    for (const library of [name, ...holds]) {
      const [licence] = (await readdir(join(modules, library))).filter((file) => /^licen[cs]e/i.test(file));
      // Not in a folder of the library's name: one of them is called punycode.js, which looks like a module.
      files.set(`licenses/${library}.txt`, join(modules, library, licence));
    }
  }
  return addFolder("elements", files);
}

async function addTemplates() {
  const from = join(root, "templates");
  const to = join(staging, "templates");
  if (!existsSync(from)) fail("The folder templates is missing.");
  await cp(from, to, { recursive: true });
  const command = join(root, "npm", "dagwright.mjs");
  if (!existsSync(command)) fail("npm/dagwright.mjs is missing; it makes the catalogue. Make it first: make package");
  let catalogue;
  try {
    catalogue = execFileSync(process.execPath, [command, "catalog", from], { encoding: "utf8" });
  } catch (error) {
    fail(`The catalogue of the templates could not be made: ${error.message}`);
  }
  await writeFile(join(to, "catalogue.json"), catalogue);
}

async function finishPage(folders) {
  const path = join(staging, "index.html");
  let page = await withIntegrity(await inlined(await readFile(path, "utf8")), folders.elements);
  const hashes = (pattern) => [...page.matchAll(pattern)].map(([, text]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`);
  const policy = [
    "default-src 'none'",
    ["script-src 'self' 'wasm-unsafe-eval'", ...hashes(/<script(?![^>]*\ssrc=)[^>]*>([^]*?)<\/script>/g)].join(" "),
    ["style-src 'self'", ...hashes(/<style>([^]*?)<\/style>/g)].join(" "),
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self' https:",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  page = setMeta(page, /<meta[^>]*http-equiv="?Content-Security-Policy"?[^>]*>/i, `<meta http-equiv="Content-Security-Policy" content="${policy}">`);
  for (const [name, folder] of Object.entries(folders)) {
    page = setMeta(page, new RegExp(`<meta[^>]*name="?dagwright-${name}"?[^>]*>`), `<meta name="dagwright-${name}" content="${folder}">`);
  }
  await writeFile(path, page);
}

// The first paint waits for nothing but the page itself: all styles together are some kilobytes, and so is the script that
// runs before it.
async function inlined(page) {
  const take = async (pattern, wrap) => {
    const names = [...page.matchAll(pattern)].map(([tag, name]) => ({ tag, path: join(staging, name) }));
    const texts = await Promise.all(names.map(({ path }) => readFile(path, "utf8")));
    names.forEach(({ tag }, index) => (page = page.replace(tag, () => (index === 0 ? wrap(texts.join("")) : ""))));
    await Promise.all(names.map(({ path }) => rm(path)));
  };
  await take(/<link href=(\S+\.css)[^>]*rel=stylesheet[^>]*>/g, (text) => `<style>${text}</style>`);
  await take(/<script[^>]*src=(\.\/start-\S+?\.js)[^>]*><\/script>/g, (text) => `<script>${text}</script>`);
  if (/rel=stylesheet|src=\.\/start/.test(page)) fail("index.html has styles or a script in a shape that is not known.");
  return page;
}

// A browser runs a script only if it is the one that was built. Trunk says so of those that the page names itself; modules,
// which other scripts name, stand in an import map.
async function withIntegrity(page, elements) {
  const modules = (await readdir(staging)).filter((name) => /^dagwright-web-.*\.js$/.test(name));
  for (const name of await readdir(join(staging, elements), { recursive: true })) {
    if (name.endsWith(".js")) modules.push(`${elements}/${name.replaceAll("\\", "/")}`);
  }
  const libraries = Object.entries(LIBRARIES).flatMap(([library, { names }]) =>
    Object.entries(names).map(([name, path]) => [name, `./${elements}/${library}/${path}`]),
  );
  const map = { imports: Object.fromEntries(libraries), integrity: {} };
  for (const name of modules.sort()) {
    const hash = createHash("sha384").update(await readFile(join(staging, name)));
    map.integrity[`./${name}`] = `sha384-${hash.digest("base64")}`;
  }
  // The parts of the catalogue are fetched together with the program, where it is the catalogue that is to be seen: start.js knows.
  const first = (await needs(join(staging, elements), "catalogue.js")).map((name) => `<link rel="modulepreload" href="./${elements}/${name}">`);
  return page.replace(/(?=<script)/, () => `<script type="importmap">${JSON.stringify(map)}</script><template id="catalogue-parts">${first.join("")}</template>`);
}

// A module and all that it imports from its own folder.
async function needs(folder, name, found = new Set()) {
  found.add(name);
  const text = await readFile(join(folder, name), "utf8");
  for (const [, path] of text.matchAll(/^import .* from '(\.[^']+)';$/gm)) {
    const next = join(dirname(name), path);
    if (!found.has(next)) await needs(folder, next, found);
  }
  return [...found];
}

/** Those who keep a portal change its settings and templates without building the page anew. */
function isTheirs(path) {
  return path === "portal.json" || path.startsWith("templates/");
}

// The worker knows every file by name, and changes whenever one of them does.
async function addServiceWorker() {
  const entries = await readdir(staging, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => relative(staging, join(entry.parentPath ?? entry.path, entry.name)));
  const files = { own: {}, kept: [] };
  for (const path of paths.map((path) => path.replaceAll("\\", "/")).sort()) {
    if (isTheirs(path)) files.kept.push(path);
    else files.own[path] = `sha256-${createHash("sha256").update(await readFile(join(staging, path))).digest("base64")}`;
  }
  let text = await readFile(join(root, "web", "service-worker.js"), "utf8");
  const version = createHash("sha256").update(JSON.stringify(files.own)).digest("hex").slice(0, 16);
  text = text.replace('VERSION = ""', `VERSION = "${version}"`);
  text = text.replace("{ own: {}, kept: [] }", () => JSON.stringify(files));
  await writeFile(join(staging, "service-worker.js"), text);
}

// Hosts that send what is compressed already find it beside the file, except beside those that somebody may change later. The
// engine alone takes ten seconds at the highest level, so that what was compressed once is kept.
async function compress() {
  const kept = join(root, "target", "compressed");
  await mkdir(kept, { recursive: true });
  const ways = { ".br": promisify(brotliCompress), ".gz": (bytes) => promisify(gzip)(bytes, { level: 9 }) };
  const entries = await readdir(staging, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && !/\.(png|woff2)$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !isTheirs(relative(staging, file).replaceAll("\\", "/")));
  // Several files may have the same content, such as licences.
  const made = new Map();
  const make = async (copy, bytes, way) => {
    if (existsSync(copy)) return;
    await writeFile(`${copy}.partial`, await way(bytes));
    await rename(`${copy}.partial`, copy);
  };
  await Promise.all(
    files.flatMap((file) =>
      Object.entries(ways).map(async ([ending, way]) => {
        const bytes = await readFile(file);
        if (bytes.length < WORTH_COMPRESSING) return;
        const copy = join(kept, createHash("sha256").update(bytes).digest("hex") + ending);
        if (!made.has(copy)) made.set(copy, make(copy, bytes, way));
        await made.get(copy);
        await cp(copy, file + ending);
      }),
    ),
  );
}

function setMeta(page, pattern, tag) {
  if (!pattern.test(page)) fail(`index.html has no ${tag.slice(0, 40)}…`);
  return page.replace(pattern, () => tag);
}

function fail(reason) {
  console.error(`finish.mjs: ${reason}`);
  process.exit(1);
}
