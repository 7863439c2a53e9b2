// Offers a new version of the app; it never comes by itself under a page in use.

let isWanted = false;

/** @param {ServiceWorkerRegistration} registration */
export function offerUpdates(registration) {
  const offer = () => {
    for (const link of document.querySelectorAll("[data-update]")) link.hidden = !registration.waiting;
  };
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", offer);
  });
  document.addEventListener("htmx:after:swap", offer);
  document.addEventListener("click", ({ target }) => {
    if (target.closest("[data-update]")) take(registration);
  });
  navigator.serviceWorker.addEventListener("controllerchange", () => isWanted && location.reload());
  offer();
}

/** @param {ServiceWorkerRegistration} registration */
function take(registration) {
  isWanted = true;
  registration.waiting?.postMessage({ type: "update" });
}
