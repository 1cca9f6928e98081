// Runs before the page is drawn: the chosen theme, so that nothing flashes, and a readable end where the page cannot run.
(() => {
  try {
    const theme = localStorage.getItem("dagwright theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is forbidden here: the device's theme serves.
  }

  let started = false;
  const unable = () => {
    if (started) return;
    document.getElementById("placeholder")?.remove();
    document.getElementById("unable")?.removeAttribute("hidden");
  };
  addEventListener("TrunkApplicationStarted", () => {
    started = true;
    document.getElementById("unable").hidden = true;
  });
  addEventListener("unhandledrejection", unable);
  addEventListener("error", ({ target }) => (target === window || target.localName === "script") && unable(), true);
  if (typeof WebAssembly !== "object" || !("noModule" in HTMLScriptElement.prototype)) {
    addEventListener("DOMContentLoaded", unable);
  }
})();
