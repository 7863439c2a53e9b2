// The worker that ends all workers, for when one must go from every tablet: pages come from the school again.
// What was recorded stays in IndexedDB and is sent once a worker may run again.

addEventListener("install", () => skipWaiting());

addEventListener("activate", (event) => event.waitUntil(end()));

async function end() {
  for (const name of await caches.keys()) await caches.delete(name);
  await registration.unregister();
  // Only pages that a worker answered: a page that has just come from the school would load for ever.
  for (const page of await clients.matchAll({ type: "window" })) page.navigate(page.url);
}
