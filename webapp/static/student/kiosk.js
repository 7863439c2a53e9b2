// The tablet in the hall: shows what a card opens, then forgets it. Nothing is stored; the token lives in here only.

import { scanCards } from "/static/page/scan.js";
import { askSchool, sendChoices } from "./school.js";

const SECONDS = 30;
const NO_NETWORK = "No network just now. Try again in a little while, or ask a member of staff.";

/** @type {string | null} */
let token = null;
let left = 0;

/** @param {string} name */
const part = (name) => document.querySelector(`[data-part=${name}]`);

scanCards(see, "Or ask a member of staff.");
part("done").addEventListener("click", forget);
part("more").addEventListener("click", () => keepFor(left + SECONDS));
sendChoices(part("points"), () => token ?? "", chosen);
setInterval(() => left && (left > 1 ? keepFor(left - 1) : forget()), 1000);

/** @param {string} scanned */
async function see(scanned) {
  if (scanned !== token) forget();
  token = scanned;
  const { status, content } = await askSchool("/card/points", { token: scanned });
  if (token !== scanned) return; // the next card was there sooner
  if (status === 200 && content) part("points").replaceChildren(content);
  tell(status === 200 ? "" : (content?.textContent ?? NO_NETWORK));
  part("empty").hidden = status === 200;
  part("timer").hidden = false;
  keepFor(SECONDS);
  scrollTo(0, 0);
}

/** @param {string} words */
async function chosen(words) {
  if (words && token) await see(token);
  tell(words || NO_NETWORK);
}

/** @param {number} seconds */
function keepFor(seconds) {
  left = seconds;
  part("left").textContent = String(left);
}

function forget() {
  token = null;
  left = 0;
  part("points").replaceChildren();
  part("empty").hidden = false;
  part("timer").hidden = true;
  tell("");
}

/** @param {string} words */
function tell(words) {
  part("note").textContent = words;
  part("note").hidden = !words;
}
