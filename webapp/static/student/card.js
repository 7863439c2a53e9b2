// The page behind a card: takes the token out of the address, shows what was fetched last, then what is new.

import { card, keep } from "./kept.js";
import { askSchool, sendChoices } from "./school.js";

const TOKEN = /^#([\w-]{22})$/;
const GONE = 404; // no such card any more
const NO_NETWORK = "No network just now.";

let shown = "";

/** @param {string} name */
const part = (name) => document.querySelector(`[data-part=${name}]`);

takeToken();
addEventListener("hashchange", takeToken); // another card scanned while the page is open
addEventListener("online", refresh);
document.addEventListener("visibilitychange", () => document.hidden || refresh());
sendChoices(part("points"), () => card()?.token ?? "", chosen);
part("forget").addEventListener("click", forget);
navigator.serviceWorker?.register("/card/worker.js", { scope: "/card" }).catch(() => {}); // it is tried at every visit

function takeToken() {
  const [, token] = TOKEN.exec(location.hash) ?? [];
  // At once, so that nobody reads it over a shoulder and no history keeps it.
  history.replaceState(null, "", location.pathname);
  if (token && token !== card()?.token) keep({ token });
  show();
  const kept = card();
  tell(kept && !kept.points ? "Getting your points …" : "");
  refresh();
}

async function refresh() {
  const asked = card();
  if (!asked) return;
  const { status, content } = await askSchool("/card/points", { token: asked.token });
  if (asked.token !== card()?.token) return; // forgotten meanwhile, or another card
  if (status === 200 && content) keep({ token: asked.token, points: content.outerHTML });
  if (status === GONE) keep(null);
  show();
  tell(status === 200 ? "" : (content?.textContent ?? withoutNetwork()));
}

function withoutNetwork() {
  const time = part("points").querySelector("[data-as-of]")?.textContent;
  return time ? `${NO_NETWORK} ${time}.` : `${NO_NETWORK} Your card is kept: open this page again later.`;
}

function show() {
  const points = card()?.points ?? "";
  if (points !== shown) part("points").innerHTML = shown = points; // else whoever is in the middle of it stays there
  part("empty").hidden = Boolean(card());
  part("kept").hidden = !card();
}

/** Says how a choice went, once the page shows it.
 *  @param {string} words */
async function chosen(words) {
  if (words) await refresh();
  tell(words || `${NO_NETWORK} Nothing was chosen.`);
  part("note").focus();
}

/** @param {string} words */
function tell(words) {
  part("note").textContent = words;
  part("note").hidden = !words;
}

function forget() {
  keep(null);
  show();
  tell("Forgotten. This phone keeps nothing of your card.");
  part("note").focus();
}
