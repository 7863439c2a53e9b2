// Cards, read by the camera or by a reader that types: a place with data-scan="/tuck/{student}" opens that screen for
// the student of the card. The screen is swapped in, so that the camera stays on for the next card.

import { canLook, isLooking, startLooking, stopLooking } from "./camera.js";
import { listenToKeys } from "./keys.js";
import { CARD, cardIn, isTurned } from "./spelling.js";

const REST = 3_000; // ms in which a card still held there is not read again
const UNSEEN = "The camera could not be started. Try again.";
/** Why the camera does not look, by the name of its error; the reader of codes has its own.
 *  @type {Record<string, string>} */
const WORDS = {
  NotAllowedError: "The camera is not allowed here. Allow it in the browser's settings.",
  SecurityError: "This tablet does not let pages use its camera. Ask whoever looks after it.",
  NotFoundError: "This device has no camera.",
  OverconstrainedError: "The camera of this device cannot show what is needed here.",
  NotReadableError: "Another app is using the camera. Close it, then try again.",
  AbortError: "The camera broke off while it was starting. Try again, or start the tablet anew.",
  NotSupportedError: "This browser cannot use the camera. An up-to-date Safari or Chrome can.",
  ended: "The camera went off. Switch it on again.",
  insecure: "This page is not secure, and browsers keep the camera from those. Open Reachable by its address with https.",
  reader: "The code reader could not be loaded. It comes with a connection to the school, and then it stays.",
};
const BY_NAME = "Or find the name in the list.";
const STRANGE = "This is not one of the school's cards.";
const MISSPELT = "If it is one, set the reader and this tablet to an English keyboard.";
const TURNED = "Caps Lock is on. Switch it off, and scan the card again.";
const UNHEARD = "The school could not be reached. Try again in a moment.";

const panel = makePanel();
const video = panel.querySelector("video");
const status = panel.querySelector("p");
const button = panel.querySelector("button");
let use = open;
let other = BY_NAME;
let seen = { token: "", at: -Infinity };

/** `handOn` is given the token of each card; unless it is given, a card opens its student's screen. `instead` says how
 *  one goes on without the camera.
 *  @param {(token: string) => Promise<void>} [handOn] @param {string} [instead] */
export function scanCards(handOn = open, instead = BY_NAME) {
  [use, other] = [handOn, instead];
  listenToKeys({ isDue: () => place() !== null, codeIn: cardIn, take: see, explain: tellSpelt });
  button.addEventListener("click", flip);
  document.addEventListener("htmx:error", ({ detail }) => isOurs(detail.ctx) && show(UNHEARD));
  for (const event of ["htmx:after:swap", "visibilitychange"]) document.addEventListener(event, settle);
  settle();
}

const place = () => document.querySelector("[data-scan]");

/** The camera looks while a place to scan is on the screen and somebody looks at it. */
function settle() {
  const spot = place();
  if (spot && !spot.contains(panel)) spot.replaceChildren(panel);
  if (!spot || document.hidden || !isOn()) stopLooking();
  else if (!isLooking()) startLooking(video, take, spot.dataset.camera).catch(explain);
  if (isLooking()) video.play().catch(() => {}); // a video that was moved in the page stands still
  show(isLooking() ? "Hold a card in front of the camera." : "Scan a card");
}

function flip() {
  if (!canLook()) return tellBlind(isSecureContext ? "NotSupportedError" : "insecure");
  localStorage.setItem("camera", isLooking() ? "" : "on"); // one that failed is tried again
  settle();
}

const isOn = () => canLook() && localStorage.getItem("camera") === "on";

/** @param {string} words */
function show(words) {
  video.hidden = !isLooking();
  button.setAttribute("aria-pressed", String(isLooking()));
  if (status.textContent !== words) status.textContent = words;
}

/** @param {Error} error */
function explain(error) {
  console.error(error);
  tellBlind(error.name);
}

/** @param {string} name a key of WORDS */
function tellBlind(name) {
  show(`${WORDS[name] ?? UNSEEN} ${other}`);
}

/** @param {Stroke[]} keys */
function tellSpelt(keys) {
  show(isTurned(keys) ? TURNED : `${STRANGE} ${MISSPELT}`);
}

/** @param {string} text */
async function take(text) {
  const [, token] = CARD.exec(text) ?? [];
  if (token) await see(token);
  else show(STRANGE);
}

/** @param {string} token */
async function see(token) {
  const now = performance.now();
  const isHeldThere = token === seen.token && now - seen.at < REST;
  seen = { token, at: now };
  if (!isHeldThere) await use(token);
}

/** @param {string} token */
async function open(token) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token));
  const key = [...new Uint8Array(digest).slice(0, 12)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const [, to] = (place().dataset.scan ?? "").split("/");
  // From #screen, where requests wait for each other. From the page, htmx would drop it while the screen is fetched anew.
  await htmx.ajax("GET", `/card/${key}?to=${to}`, { source: "#screen", target: "#screen", swap: "outerMorph" });
}

/** @param {HtmxContext} ctx */
const isOurs = ({ request }) => request.action.startsWith("/card/");

function makePanel() {
  const made = document.createElement("section");
  made.className = "sheet scan";
  made.ariaLabel = "Scan a card";
  made.innerHTML =
    '<video muted playsinline hidden></video><p role="status"></p><button type="button">Use the camera</button>';
  return made;
}
