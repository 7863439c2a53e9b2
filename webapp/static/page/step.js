// Asks the worker to sync whenever there may be something to sync.

const EVERY = 15_000; // ms

let live = null;

export function keepInStep(registration) {
  const sync = (news) => registration.active?.postMessage({ type: "sync", news });
  const tick = () => {
    listen(sync);
    if (!document.hidden) sync();
  };
  addEventListener("online", tick);
  document.addEventListener("visibilitychange", tick);
  setInterval(tick, EVERY);
  tick();
}

/** Hears of news while the page is seen, and hands on the rows that come along. A stream that the school refused closes
 *  for good, and is opened anew. */
function listen(sync) {
  if (document.hidden || live?.readyState === EventSource.CLOSED) {
    live?.close();
    live = null;
  }
  if (document.hidden || live) return;
  live = new EventSource("/sync/v1/live?rows=1");
  live.onmessage = ({ data }) => sync(JSON.parse(data));
}
