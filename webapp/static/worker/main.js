// The service worker: on an enrolled tablet, the server of the floor's pages.

import { offline } from "./pages/answers.js";
import { assets } from "./assets.js";
import { CACHE } from "./pages/kept.js";
import { answerPage, updateIfAlone } from "./pages/pages.js";
import { answerTo } from "./pages/router.js";
import { fetchReader, READER_CACHE } from "./pages/scanner.js";
import { enrol, identity, sync } from "./sync/sync.js";

addEventListener("install", (event) => event.waitUntil(fetchAssets()));

addEventListener("activate", (event) => event.waitUntil(Promise.all([dropOldAssets(), clients.claim()])));

addEventListener("fetch", (event) => {
  const answer = answerTo(event);
  if (answer) event.respondWith(answer.catch(failed));
});

/** Browsers blame a page for an answer that never comes.
 *  @param {unknown} error */
function failed(error) {
  console.error(error);
  return offline();
}

/** What a page may ask of the worker.
 *  @type {Record<string, (event: Asked) => Promise<unknown>>} */
const MESSAGES = {
  enrolled: async ({ data, ports }) => ports[0].postMessage({ ready: await enrol(data.identity) }),
  who: async ({ ports }) => ports[0].postMessage({ was: await identity() }),
  sync: ({ data, source }) => Promise.all([answerPage(source, data.shows), sync(data.news).then(fetchReader)]),
  update: updateIfAlone,
};

addEventListener("message", (event) => event.waitUntil(MESSAGES[event.data?.type]?.(event)));

async function fetchAssets() {
  const cache = await caches.open(CACHE);
  await cache.addAll(assets.map((path) => new Request(path, { cache: "no-cache" })));
}

async function dropOldAssets() {
  const names = await caches.keys();
  const old = names.filter((name) => name !== CACHE && name !== READER_CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}
