// Keeps the last seen week of each child, and shows it when there is no network.
//
// It runs twice: under /diary, whose pages it keeps, and under /identity/, where it only hears that somebody signs out or in,
// and forgets. What it keeps stands under the reader's pseudonym; a page that comes for another reader removes it.

const KEPT = "diary-of-";
const ASSETS = "assets-of-diary";
const DAYS = 30;
const WEEK = /^\/diary\/(per_[0-9A-Z]{26})$/;
const CHILD = /^\/diary\/(per_[0-9A-Z]{26})(\/|$)/;
const HIDDEN = 'id="offline" hidden';

const isKept = (name) => name.startsWith(KEPT);

addEventListener("install", () => skipWaiting());

addEventListener("activate", (event) => {
  const preload = registration.scope.endsWith("/diary") ? registration.navigationPreload?.enable() : undefined;
  event.waitUntil(Promise.resolve(preload).then(() => clients.claim()));
});

addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (origin !== location.origin) return;
  if (pathname.startsWith("/identity/")) {
    const leaves = method === "POST" && pathname === "/identity/sign-out";
    if (mode === "navigate" && (leaves || pathname === "/identity/callback")) event.waitUntil(forget());
  } else if (method === "GET" && mode === "navigate") {
    event.respondWith(page(event, pathname));
  } else if (method === "GET" && pathname.startsWith("/assets/")) {
    event.respondWith(asset(event));
  }
});

// A page that was there before the worker asks to be kept too; the browser has it and its files, so nothing is sent for.
addEventListener("message", (event) => {
  const { week, assets } = event.data;
  const { origin, pathname } = new URL(week, location.href);
  if (origin !== location.origin || !WEEK.test(pathname)) return;
  const own = assets.filter((file) => file.startsWith(location.origin + "/assets/"));
  const kept = own.map((file) => fetch(file, { cache: "force-cache" }).then((answer) => keepAsset(file, answer)));
  const read = fetch(week, { cache: "force-cache", headers: { accept: "text/html" } }).then((answer) => note(pathname, answer));
  event.waitUntil(Promise.allSettled([...kept, read]));
});

async function page(event, pathname) {
  try {
    const answer = (await event.preloadResponse) ?? (await fetch(event.request));
    event.waitUntil(note(pathname, answer.clone()));
    return answer;
  } catch {
    return (await lastSeen(pathname)) ?? Response.error();
  }
}

async function note(pathname, answer) {
  const isWeek = WEEK.test(pathname);
  if (isWeek && (answer.status === 403 || answer.status === 404)) await remove(pathname);
  const reader = answer.headers.get("diary-reader");
  if (!reader) return;
  const own = KEPT + reader;
  const names = await caches.keys();
  await Promise.all(names.filter((name) => isKept(name) && name !== own).map((name) => caches.delete(name)));
  if (!isWeek || !answer.ok || answer.redirected) return;
  const cache = await caches.open(own);
  // Taken out first, so that the week seen last stands last.
  await cache.delete(pathname, { ignoreVary: true });
  await cache.put(pathname, answer);
}

// The kept week of the child whose page was asked for; for the diary's first page, the week that was seen last.
async function lastSeen(pathname) {
  const child = CHILD.exec(pathname)?.[1];
  for (const name of (await caches.keys()).filter(isKept)) {
    const cache = await caches.open(name);
    for (const { url } of (await cache.keys()).reverse()) {
      const kept = new URL(url).pathname;
      if (child && kept !== "/diary/" + child) continue;
      const answer = await cache.match(url, { ignoreVary: true });
      const age = Date.now() - Date.parse(answer.headers.get("date") ?? "");
      if (age > DAYS * 24 * 60 * 60 * 1000) {
        await cache.delete(url, { ignoreVary: true });
      } else if (kept !== pathname) {
        return Response.redirect(kept);
      } else {
        return marked(answer);
      }
    }
  }
}

// The page says itself, in its own words, of which moment it is: that line is only shown when it is an old one.
async function marked(answer) {
  const headers = new Headers(answer.headers);
  headers.delete("content-encoding");
  headers.delete("content-length");
  const text = await answer.text();
  return new Response(text.replace(HIDDEN, 'id="offline"'), { headers });
}

async function asset(event) {
  const cache = await caches.open(ASSETS);
  const kept = await cache.match(event.request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(event.request);
  event.waitUntil(keepAsset(event.request.url, answer.clone()));
  return answer;
}

// Files stand under a folder named by the content of all: when one of another folder comes, those of the old are over.
async function keepAsset(url, answer) {
  if (!answer.ok) return;
  const folder = (address) => new URL(address).pathname.split("/")[2];
  const cache = await caches.open(ASSETS);
  const old = (await cache.keys()).filter((kept) => folder(kept.url) !== folder(url));
  await Promise.all(old.map((kept) => cache.delete(kept, { ignoreVary: true })));
  await cache.put(url, answer);
}

async function remove(pathname) {
  for (const name of (await caches.keys()).filter(isKept)) {
    const cache = await caches.open(name);
    await cache.delete(pathname, { ignoreVary: true });
  }
}

async function forget() {
  const names = await caches.keys();
  await Promise.all(names.filter(isKept).map((name) => caches.delete(name)));
}
