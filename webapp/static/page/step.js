// Asks the worker, whenever there may be something new, to sync, and whether what the page shows still holds.

import { isLeaving } from "./leave.js";

const EVERY = 15_000; // ms

/** @type {EventSource | null} */
let live = null;

/** `shown` says from what the screen was made, as far as the page knows.
 *  @param {ServiceWorkerRegistration} registration @param {() => string | null} shown */
export function keepInStep(registration, shown) {
  /** @param {unknown} [news] */
  const sync = (news) => registration.active?.postMessage({ type: "sync", news, shows: shown() });
  const tick = () => {
    listen(sync);
    if (!document.hidden) sync();
  };
  addEventListener("online", tick);
  for (const event of ["visibilitychange", "resume"]) document.addEventListener(event, tick); // woken, too
  navigator.serviceWorker.addEventListener("controllerchange", tick);
  addEventListener("pageshow", ({ persisted }) => persisted && tick());
  setInterval(tick, EVERY);
  tick();
}

/** Hears of news while the page is seen, and hands on the rows that come along. A stream that the school refused closes
 *  for good, and is opened anew.
 *  @param {(news: unknown) => void} sync */
function listen(sync) {
  if (document.hidden || live?.readyState === EventSource.CLOSED) hangUp();
  if (document.hidden || live || isLeaving()) return;
  live = new EventSource("/sync/v1/live?rows=1");
  live.onmessage = ({ data }) => sync(JSON.parse(data));
}

export function hangUp() {
  live?.close();
  live = null;
}
