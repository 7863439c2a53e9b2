// Asks the worker, whenever there may be something new, to sync, and whether what the page shows still holds.

import { isLeaving } from "./leave.js";

const EVERY = 15_000; // ms

let live = null;

/** `shown` says from what the screen was made, as far as the page knows. */
export function keepInStep(registration, shown) {
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
 *  for good, and is opened anew. */
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
