// Offers a new version of the app; it never comes by itself under a page in use.

const OTHERS = "Close Reachable's other pages on this tablet first, then tap here again";

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
  navigator.serviceWorker.addEventListener("message", ({ data }) => data.type === "others" && tellOfOthers());
  navigator.serviceWorker.addEventListener("controllerchange", () => isWanted && location.reload());
  offer();
}

function tellOfOthers() {
  isWanted = false;
  for (const link of document.querySelectorAll("[data-update]")) link.textContent = OTHERS;
}

/** @param {ServiceWorkerRegistration} registration */
function take(registration) {
  isWanted = true;
  registration.waiting?.postMessage({ type: "update" });
}
