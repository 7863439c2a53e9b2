// Another screen was swapped in, as after a scanned card: the page then stands as if it had been loaded.

import { soundAnswer } from "./door.js";

let isElsewhere = false;

export function noticeArrivals() {
  takeOwnAddress();
  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => takeAddress(ctx));
  document.addEventListener("htmx:after:swap", () => isElsewhere && arrive());
}

/** A page that answers a form stands at the form's address, where nothing can be looked at. */
function takeOwnAddress() {
  /** @type {HTMLLinkElement} */
  const own = document.querySelector("link[rel=canonical]");
  if (own) history.replaceState(null, "", own.href);
}

/** Where an answer belongs it says itself: what browsers make of a redirect differs.
 *  @param {HtmxContext} ctx */
function takeAddress({ response }) {
  const [at, title] = ["HX-Replace-Url", "Screen-Title"].map((name) => response?.headers.get(name) ?? null);
  if (title !== null) document.querySelector("title").innerHTML = `${decodeURIComponent(title)} · Reachable`;
  isElsewhere = at !== null && at.split("?")[0] !== location.pathname; // another query: the same screen, narrowed
  if (at !== null && at !== location.pathname + location.search) history.replaceState(null, "", at);
}

function arrive() {
  isElsewhere = false;
  document.querySelector("#main").focus();
  scrollTo(0, 0);
  soundAnswer();
}
