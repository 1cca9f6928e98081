// Keeps the page for times without a connection. The files of one version belong together, so a newer version waits
// until the person lets it in; what the keepers of a portal change by themselves is always asked for first.

// Both are filled in when the page is built: `own` holds the digest of each file.
const VERSION = "";
const FILES = { own: {}, kept: [] };

const { scope } = registration;
// Several pages may share one origin, so the folder of the page is part of the names.
const OWN = `dagwright ${scope} ${VERSION}`;
const KEPT = `dagwright ${scope} kept files`;
/** How long a host may take before what was kept stands in for it, in milliseconds. */
const PATIENCE = 4000;
/** The same while it is known to be slow: a page needs several files one after the other. */
const PATIENCE_WITH_SLOW = 500;
/** How long a file may take that is fetched ahead. */
const PATIENCE_AHEAD = 60_000;

const at = (path) => new URL(path, scope).href;
const own = new Map(Object.entries(FILES.own).map(([path, digest]) => [at(path), digest]));

addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(OWN);
      // What is not the very file that was built, such as the page on which a network asks to sign in, ends the installation.
      await cache.addAll([...own].map(([address, integrity]) => new Request(address, { cache: "no-cache", integrity })));
      // A portal may have taken some of them away.
      await Promise.allSettled(
        FILES.kept.map((path) => ask(new Request(at(path), { cache: "no-cache", signal: AbortSignal.timeout(PATIENCE_AHEAD) }))),
      );
    })(),
  );
});

addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const mine = (await caches.keys()).filter((name) => name.startsWith(`dagwright ${scope} `));
      await Promise.all(mine.filter((name) => name !== OWN && name !== KEPT).map((name) => caches.delete(name)));
      const [kept, known] = await Promise.all([caches.open(KEPT), knownFiles()]);
      const stray = (await kept.keys()).filter(({ url }) => !known.has(url));
      await Promise.all(stray.map((request) => kept.delete(request)));
      await clients.claim();
    })(),
  );
});

addEventListener("message", ({ data }) => {
  if (data === "take over") void skipWaiting();
});

addEventListener("fetch", (event) => {
  const { method, url, mode, cache } = event.request;
  const [address, query] = url.split("#")[0].split("?");
  if (method !== "GET" || cache === "no-store" || !address.startsWith(scope)) return;
  const isNavigation = mode === "navigate";
  const file = address === scope ? at("index.html") : address;
  // Only the page itself is asked for with a query: by the forge where somebody signs in.
  if (own.has(file) && (isNavigation || query === undefined)) event.respondWith(ofThisVersion(file, event.request));
  else if (!isNavigation && query === undefined) event.respondWith(newest(event));
});

async function ofThisVersion(file, request) {
  const cache = await caches.open(OWN);
  return (await cache.match(file)) ?? fetch(request);
}

/** How long the host may take now. */
let patience = PATIENCE;

/** What the host has now or, where it does not answer in time, what it had before. */
async function newest(event) {
  const { request } = event;
  if (!(await knownFiles()).has(request.url)) return fetch(request);
  const kept = await (await caches.open(KEPT)).match(request.url);
  const asked = ask(request);
  if (!kept) return (await asked).response;
  // An answer that comes too late is kept for the next time.
  event.waitUntil(asked.catch(() => {}));
  const late = new Promise((resolve) => setTimeout(resolve, patience, "late"));
  const answer = await Promise.race([asked.catch(() => null), late]);
  patience = answer === "late" ? PATIENCE_WITH_SLOW : PATIENCE;
  return answer?.isOfHost ? answer.response : kept;
}

/** Asks the host, and keeps its answer if it is the file that was asked for. */
async function ask(request) {
  const response = await fetch(request);
  const text = await response.clone().text();
  const isOfHost = response.status < 500 && !isForeign(response, text);
  if (response.status === 200 && isOfHost && mayBeKept(response) && isWhole(request.url, response, text)) {
    const kept = await caches.open(KEPT);
    // Where there is no room left, the answer is as good.
    await kept.put(request.url, response.clone()).catch(() => {});
    if (request.url.endsWith(".json")) known = undefined;
  }
  return { response, isOfHost };
}

/** No file that is kept is a page: networks and proxies answer with one of theirs, on which people are to sign in. */
const isForeign = ({ headers }, text) =>
  /^text\/html\b/i.test(headers.get("content-type") ?? "") || /^\s*<(!doctype|html|head|body|meta|script)\b/i.test(text);

const mayBeKept = ({ headers }) => !/\bno-store\b/i.test(headers.get("cache-control") ?? "");

/** Whether an answer can be read as what its name says. */
function isWhole(address, { headers }, text) {
  if (address.endsWith(".json")) return isObject(parsed(text));
  if (/\.ya?ml$/.test(address)) return /^[\s{-]*["']?[\w$.-]+["']?[ \t]*:(\s|$)/m.test(text);
  return address !== logo || /^image\//i.test(headers.get("content-type") ?? "");
}

/** The addresses that settings and catalogues name, read when they are needed. */
let known;
/** The address of the logo, if it lies below this folder. */
let logo;

function knownFiles() {
  known ??= readKnownFiles();
  return known;
}

async function readKnownFiles() {
  const kept = await caches.open(KEPT);
  const read = async (address) => parsed((await (await kept.match(address))?.text()) ?? "");
  const settings = await read(at("portal.json"));
  const folders = texts(settings?.catalogues).map((folder) => folder.replace(/\/*$/, "/"));
  const found = [...FILES.kept, "portal.json", ...texts([settings?.logo, settings?.inventory])];
  if (typeof settings?.language === "string") found.push(`words/${settings.language.split("-")[0]}.json`);
  for (const folder of folders.length > 0 ? folders : ["templates/"]) {
    found.push(`${folder}catalogue.json`);
    const { templates } = (await read(absolute(`${folder}catalogue.json`))) ?? {};
    for (const template of Array.isArray(templates) ? templates : []) found.push(...texts(template?.files).map((file) => folder + file));
  }
  logo = typeof settings?.logo === "string" ? absolute(settings.logo) : undefined;
  return new Set(found.map(absolute).filter((address) => address.startsWith(scope)));
}

/** An address seen from the page; empty where it is none. */
const absolute = (path) => (URL.canParse(path, scope) ? at(path) : "");

const texts = (list) => (Array.isArray(list) ? list.filter((text) => typeof text === "string") : []);

const isObject = (value) => typeof value === "object" && value !== null;

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
