// Lets the last seen week of a child be read without a network: asks the browser for the diary's worker. Without workers, or
// where storage is not allowed, the diary is as it is.

const worker = navigator.serviceWorker;

async function start() {
  const isFirst = !worker.controller;
  const options = { updateViaCache: "all" };
  await worker.register("/diary/worker.js", { ...options, scope: "/diary" });
  await worker.register("/diary/worker.js", { ...options, scope: "/identity/" });
  if (!isFirst) return;
  // This page came before the worker did.
  const { active } = await worker.ready;
  const files = performance.getEntriesByType("resource").map(({ name }) => name);
  const assets = files.filter((name) => name.startsWith(location.origin + "/assets/"));
  active.postMessage({ week: location.href, assets });
}

// What a worker cannot do is no fault of the page: nothing is said.
if (worker) start().catch(() => undefined);
