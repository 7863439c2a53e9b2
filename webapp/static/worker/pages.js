// The open pages of this tablet.

/** Tells them to show themselves anew, except the one that has just been answered. */
export async function tellPages(except) {
  const pages = await clients.matchAll({ type: "window" });
  for (const page of pages) if (page.id !== except) page.postMessage({ type: "changed" });
}

/** Lets a new worker take over, unless another page than the one asking is in use. */
export async function updateIfAlone() {
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  if (pages.length === 1) await skipWaiting();
}
