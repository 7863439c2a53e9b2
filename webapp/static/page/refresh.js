// Shows the screen anew when something changed, though never under somebody's hands.

const OFTEN = 10_000; // ms
const LEAVING = 3_000; // ms in which another page comes, or none will

let isDue = false;
let left = -Infinity; // when another page was asked for: what this one asks for meanwhile would only be broken off
let stamp = null;

/** From what the screen was made that was swapped in last; null: it is the document's, and the worker knows. */
export const shown = () => stamp;

/** Whenever the worker says that something changed. */
export function refreshOnChange() {
  navigator.serviceWorker.addEventListener("message", ({ data }) => data.type === "changed" && refreshNow());
  addEventListener("beforeunload", () => (left = performance.now()));
  addEventListener("pageshow", ({ persisted }) => persisted && comeBack());
  document.addEventListener("htmx:after:swap", ({ detail }) => (stamp = detail.ctx.response?.headers.get("Screen-Stamp")));
  for (const event of ["focusout", "close", "visibilitychange", "htmx:finally:request"]) {
    // Later, because focus is still on its way and the finished request still counts as running.
    document.addEventListener(event, () => setTimeout(refresh), { capture: true });
  }
}

/** Every few seconds where time itself is shown. */
export function refreshOften() {
  setInterval(() => document.querySelector("#screen[data-often]") && refreshNow(), OFTEN);
}

/** Back to a page that was kept as it was. */
function comeBack() {
  left = -Infinity;
  refreshNow();
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
  performance.now() - left < LEAVING ||
  document.querySelector("dialog[open], .htmx-request, .problem") !== null || // what a form lacks is still being read
  document.activeElement.matches("input, textarea, select");
