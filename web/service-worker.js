// Keeps the page for times without a connection. The files of one version belong together, so a newer version waits
// until the person lets it in; what the keepers of a portal change by themselves is always asked for first.

// Both are filled in when the page is built.
const VERSION = "";
const FILES = { own: [], kept: [] };

const { scope } = registration;
// Several pages may share one origin, so the folder of the page is part of the names.
const OWN = `dagwright ${scope} ${VERSION}`;
const KEPT = `dagwright ${scope} kept`;

const own = new Set(FILES.own.map((path) => new URL(path, scope).href));

addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(OWN);
      await cache.addAll([...own].map((address) => new Request(address, { cache: "no-cache" })));
      const kept = await caches.open(KEPT);
      // A portal may have taken some of them away.
      await Promise.allSettled(FILES.kept.map((path) => kept.add(new URL(path, scope).href)));
    })(),
  );
});

addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const mine = (await caches.keys()).filter((name) => name.startsWith(`dagwright ${scope} `));
      await Promise.all(mine.filter((name) => name !== OWN && name !== KEPT).map((name) => caches.delete(name)));
      await clients.claim();
    })(),
  );
});

addEventListener("message", ({ data }) => {
  if (data === "take over") void skipWaiting();
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const address = request.url.split(/[?#]/)[0];
  if (request.method !== "GET" || !address.startsWith(scope)) return;
  const file = address === scope ? new URL("index.html", scope).href : address;
  event.respondWith(own.has(file) ? ofThisVersion(file, request) : newest(file, request));
});

async function ofThisVersion(file, request) {
  const cache = await caches.open(OWN);
  return (await cache.match(file)) ?? fetch(request);
}

async function newest(file, request) {
  const cache = await caches.open(KEPT);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(file, response.clone());
    return response;
  } catch (error) {
    const before = await cache.match(file);
    if (before) return before;
    throw error;
  }
}
