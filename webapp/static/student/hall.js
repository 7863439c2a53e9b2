// The board changes by itself: one list after the other. Whoever asked for less movement moves on by hand.

const EACH = 15_000; // ms
const FRESH = 5 * 60_000;

const panels = document.querySelector("[data-panels]");
const moves = document.querySelector("[data-moves]");
const pause = document.querySelector("[data-move=pause]");

/** @type {Record<string, () => unknown>} */
const MOVES = {
  back: () => turn(-1),
  on: () => turn(1),
  pause: () => rest(!isResting()),
  full: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
};
/** @type {Record<string, string>} */
const KEYS = { ArrowLeft: "back", ArrowRight: "on" };

let shown = 0;

if (panels) start();
setInterval(renew, FRESH);

function start() {
  moves.hidden = false;
  rest(matchMedia("(prefers-reduced-motion: reduce)").matches);
  turn(0);
  moves.addEventListener("click", ({ target }) => MOVES[target.closest("button")?.dataset.move ?? ""]?.());
  addEventListener("keydown", ({ key }) => MOVES[KEYS[key]]?.());
  setInterval(() => isResting() || turn(1), EACH);
}

/** @param {number} by */
function turn(by) {
  const all = [...panels.querySelectorAll("[data-panel]")];
  shown = (shown + by + all.length) % all.length;
  all.forEach((panel, place) => (panel.hidden = place !== shown));
}

function isResting() {
  return pause.getAttribute("aria-pressed") === "true";
}

/** @param {boolean} should */
function rest(should) {
  pause.setAttribute("aria-pressed", String(should));
}

/** New names, if the school can be reached. A board that has none yet is loaded as a whole. */
async function renew() {
  const response = await fetch("/hall").catch(() => null);
  if (!response?.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector("[data-panels]");
  if (!panels || !fresh) return fresh && location.reload();
  panels.replaceChildren(...fresh.children);
  turn(0);
}
