// The service worker as pages see it.

export const canWork = () => "serviceWorker" in navigator && "indexedDB" in window;

/** Whether this browser holds a tablet's records, so that a worker must look after them. */
export async function isEnrolled() {
  if (!canWork()) return false;
  const databases = await indexedDB.databases().catch(() => []); // a browser that keeps nothing holds none
  return databases.some(({ name }) => name === "reachable");
}

/** A page that a worker answers must not register one: that would bring back a worker that is ending itself. */
export const workerRegistration = () =>
  navigator.serviceWorker.controller ? navigator.serviceWorker.ready : registerWorker();

/** The registration with an active worker. */
export async function registerWorker() {
  const registration = await navigator.serviceWorker.register("/sw.js");
  const coming = registration.installing ?? registration.waiting;
  if (!registration.active && coming) await activated(coming);
  return registration;
}

/** @param {ServiceWorker} worker @returns {Promise<void>} */
function activated(worker) {
  return new Promise((resolve, reject) => {
    worker.addEventListener("statechange", () => {
      if (worker.state === "activated") resolve();
      if (worker.state === "redundant") reject(new Error("the worker could not be installed"));
    });
  });
}
