// Another screen was swapped in, as after a scanned card: the page then stands as if it had been loaded.

import { soundAnswer } from "./door.js";

let isElsewhere = false;

export function noticeArrivals() {
  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => takeAddress(ctx));
  document.addEventListener("htmx:after:swap", () => isElsewhere && arrive());
}

/** The address of what was looked at, or of where a tap led; one that stays on its screen has an address of its own. */
function takeAddress({ request, response: { raw } }) {
  const { pathname, search } = new URL(raw.url);
  const isAddress = request.method === "GET" || raw.redirected;
  isElsewhere = isAddress && pathname + search !== location.pathname + location.search;
  if (isElsewhere) history.replaceState(null, "", raw.url);
}

function arrive() {
  isElsewhere = false;
  document.title = `${document.querySelector("h1").textContent} · Reachable`;
  document.querySelector("#main").focus();
  scrollTo(0, 0);
  soundAnswer();
}
