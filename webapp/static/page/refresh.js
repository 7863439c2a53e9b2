// Shows the screen anew when the worker says that something changed, though never under somebody's hands.

let isDue = false;

export function refreshOnChange() {
  navigator.serviceWorker.addEventListener("message", ({ data }) => data.type === "changed" && refreshNow());
  addEventListener("pageshow", ({ persisted }) => persisted && refreshNow()); // back to a page kept as it was
  for (const event of ["focusout", "close", "visibilitychange", "htmx:finally:request"]) {
    // Later, because focus is still on its way and the finished request still counts as running.
    document.addEventListener(event, () => setTimeout(refresh), { capture: true });
  }
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
  document.querySelector("dialog[open], .htmx-request") !== null ||
  document.activeElement.matches("input, textarea, select");
