// Trunk runs this when it has built the page. It adds what Trunk cannot: the engine in a folder named after its content,
// the templates with their catalogue, the schemas of our documents, and the content security policy.
import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const staging = process.env.TRUNK_STAGING_DIR;
if (!staging) fail("Trunk runs this file as its post_build hook; there is nothing to do without it.");

const engine = await addEngine();
await addTemplates();
// Editors find the schemas of our documents here: the first line of a config names them.
await cp(join(root, "core", "schemas"), join(staging, "schemas"), { recursive: true });
await finishPage(engine);

async function addEngine() {
  const names = ["engine.js", "engine.wasm", "worker.js"];
  for (const name of names) {
    if (!existsSync(join(root, "npm", name))) fail(`npm/${name} is missing. Make it first: make package`);
  }
  const hash = createHash("sha256");
  for (const name of names) hash.update(await readFile(join(root, "npm", name)));
  const folder = `engine-${hash.digest("hex").slice(0, 16)}`;
  await mkdir(join(staging, folder), { recursive: true });
  for (const name of names) await cp(join(root, "npm", name), join(staging, folder, name));
  return folder;
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

async function finishPage(engine) {
  const path = join(staging, "index.html");
  let page = await readFile(path, "utf8");
  const hashes = [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([^]*?)<\/script>/g)].map(
    ([, text]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`,
  );
  const policy = [
    "default-src 'none'",
    ["script-src 'self' 'wasm-unsafe-eval'", ...hashes].join(" "),
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self' https:",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  page = setMeta(page, /<meta[^>]*http-equiv="?Content-Security-Policy"?[^>]*>/i, `<meta http-equiv="Content-Security-Policy" content="${policy}">`);
  page = setMeta(page, /<meta[^>]*name="?dagwright-engine"?[^>]*>/, `<meta name="dagwright-engine" content="${engine}">`);
  await writeFile(path, page);
}

function setMeta(page, pattern, tag) {
  if (!pattern.test(page)) fail(`index.html has no ${tag.slice(0, 40)}…`);
  return page.replace(pattern, () => tag);
}

function fail(reason) {
  console.error(`finish.mjs: ${reason}`);
  process.exit(1);
}
