// Opens the card's page without a network. It keeps the page itself, never what a card shows: that is the page's to keep.

const CACHE = `card ${VERSION}`;

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(keepShell());
});

addEventListener("activate", (event) => event.waitUntil(Promise.all([dropOldShells(), clients.claim()])));

addEventListener("fetch", (event) => {
  const { pathname } = new URL(event.request.url);
  if (event.request.method === "GET" && SHELL.includes(pathname)) event.respondWith(shell(pathname));
});

async function keepShell() {
  const cache = await caches.open(CACHE);
  await cache.addAll(SHELL.map((path) => new Request(path, { cache: "no-cache" })));
}

/** By its path alone: whatever else an address carries is nobody's business here.
 *  @param {string} path */
async function shell(path) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(path);
}

async function dropOldShells() {
  const names = (await caches.keys()).filter((name) => name.startsWith("card ") && name !== CACHE);
  await Promise.all(names.map((name) => caches.delete(name)));
}
