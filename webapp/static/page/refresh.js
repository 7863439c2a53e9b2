// Shows the screen anew when something changed, though never under somebody's hands.

import { isLeaving } from "./leave.js";

const OFTEN = 10_000; // ms

let isDue = false;
/** @type {string | null} */
let stamp = null;

/** From what the screen was made that was swapped in last; null: it is the document's, and the worker knows. */
export const shown = () => stamp;

/** Whenever the worker says that something changed. */
export function refreshOnChange() {
  navigator.serviceWorker.addEventListener("message", ({ data }) => data.type === "changed" && refreshNow());
  addEventListener("pageshow", ({ persisted }) => persisted && refreshNow());
  document.addEventListener("htmx:after:swap", ({ detail }) => (stamp = detail.ctx.response?.headers.get("Screen-Stamp") ?? null));
  for (const event of ["focusout", "close", "visibilitychange", "htmx:finally:request"]) {
    // Later, because focus is still on its way and the finished request still counts as running.
    document.addEventListener(event, () => setTimeout(refresh), { capture: true });
  }
}

/** Every few seconds where time itself is shown. */
export function refreshOften() {
  setInterval(() => document.querySelector("#screen[data-often]") && refreshNow(), OFTEN);
}

function refreshNow() {
  isDue = true;
  refresh();
}

function refresh() {
  if (!isDue || document.hidden || isBusy()) return;
  isDue = false;
  htmx.ajax("GET", location.pathname + location.search, { target: "#screen", swap: "outerMorph" });
}

const isBusy = () =>
  isLeaving() ||
  document.querySelector("dialog[open], .htmx-request, .problem") !== null || // what a form lacks is still being read
  document.activeElement?.matches("input, textarea, select");
