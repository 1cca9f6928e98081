// Runs before the page is drawn: the chosen theme, so that nothing flashes, and a readable end where the page cannot run.
(() => {
  try {
    const theme = localStorage.getItem("dagwright theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is forbidden here: the device's theme serves.
  }

  // The window in which somebody signs in comes back here, tells the page that opened it, and is done.
  const query = new URLSearchParams(location.search);
  if (query.has("state") && (query.has("code") || query.has("error"))) {
    new BroadcastChannel("dagwright sign-in").postMessage(location.href);
    history.replaceState(null, "", location.pathname);
    close();
  }

  // What the program asks for first is on its way before the program is there.
  const early = (globalThis.early = new Map());
  const ask = (address) => {
    // As long as fetch.rs waits.
    const answer = fetch(address, { signal: AbortSignal.timeout(30_000) });
    answer.catch(() => {});
    early.set(address, answer);
    return answer;
  };
  const read = async (address) => (await ask(address)).clone().json();
  const askAhead = async () => {
    const { catalogues = [] } = await read("portal.json");
    const folders = catalogues.length > 0 ? catalogues : ["templates"];
    await Promise.allSettled(folders.map((folder) => askForCatalogue(folder.replace(/\/+$/, ""))));
  };
  // Whoever comes by a link to a form needs the files of its template next: those that `needed` in fetch.rs names.
  const askForCatalogue = async (folder) => {
    const { templates } = await read(`${folder}/catalogue.json`);
    const [, wanted] = /^#\/new\/([^/?]+)/.exec(location.hash) ?? [];
    const files = templates.find(({ id }) => id === wanted)?.files ?? [];
    for (const path of files) if (!/\/(examples|locales)\/|\.md$/.test(path)) ask(`${folder}/${path}`);
  };
  askAhead().catch(() => {});

  // The catalogue is what most people come to.
  const parts = document.getElementById("catalogue-parts");
  if (!/^#\/\w/.test(location.hash)) document.head.append(parts.content);
  parts.remove();

  let started = false;
  const unable = () => {
    if (started) return;
    document.getElementById("placeholder")?.remove();
    document.getElementById("unable")?.removeAttribute("hidden");
  };
  addEventListener("TrunkApplicationStarted", () => {
    started = true;
    document.getElementById("unable").hidden = true;
    // The first visit has better things to load than what later ones without a connection need.
    if ("serviceWorker" in navigator) setTimeout(() => keepForOffline().catch(() => {}), 3000);
  });
  addEventListener("unhandledrejection", unable);
  addEventListener("error", ({ target }) => (target === window || target.localName === "script") && unable(), true);

  // A newer version waits until the person lets it in: nothing changes under their hands.
  async function keepForOffline() {
    const registration = await navigator.serviceWorker.register("service-worker.js");
    const notice = document.getElementById("newer");
    const offer = (worker) => {
      if (!worker || !navigator.serviceWorker.controller) return;
      notice.hidden = false;
      notice.querySelector("button").onclick = () => {
        navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
        worker.postMessage("take over");
      };
    };
    offer(registration.waiting);
    registration.addEventListener("updatefound", () => {
      const worker = registration.installing;
      worker.addEventListener("statechange", () => worker.state === "installed" && offer(worker));
    });
  }

  if (typeof WebAssembly !== "object" || !("noModule" in HTMLScriptElement.prototype)) {
    addEventListener("DOMContentLoaded", unable);
  }
})();
