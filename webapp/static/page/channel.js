// New calls on the page, made heard: a short tone, and the words spoken by the browser. Both are off until somebody
// switches them on, and stay so on this device.

import { play } from "./tone.js";

const PITCH = 523; // Hz

const heard = new Set();

export function followChannel() {
  takeNote();
  showSwitches();
  document.addEventListener("click", ({ target }) => flip(target.closest("[data-switch]")));
  document.addEventListener("htmx:finally:request", putAway);
  document.addEventListener("htmx:after:swap", () => {
    showSwitches();
    takeNote().forEach(announce);
  });
}

/** The calls on the page that were not there before; a person's own are not for their own ears. */
function takeNote() {
  const calls = [...document.querySelectorAll("[data-call]")];
  const fresh = calls.filter(({ id }) => !heard.has(nameOf(id)));
  for (const { id } of fresh) heard.add(nameOf(id));
  return fresh.filter(({ dataset }) => dataset.own === undefined).slice(0, 1);
}

/** A call for help is a line of the channel and may be an alert, too.
 *  @param {string} id */
const nameOf = (id) => id.replace("alert-", "");

/** @param {HTMLElement} call */
function announce(call) {
  if (isOn("sound")) play(PITCH);
  if (isOn("speak")) speak(call.querySelector("[data-words]").textContent);
}

/** @param {string} words */
function speak(words) {
  const utterance = new SpeechSynthesisUtterance(words.replace(/\s+/g, " ").trim());
  utterance.lang = "en-GB";
  speechSynthesis.speak(utterance);
}

/** @param {HTMLElement | null} button */
function flip(button) {
  if (!button) return;
  const name = button.dataset.switch ?? "";
  localStorage.setItem(name, isOn(name) ? "" : "on");
  showSwitches();
  if (name !== "speak" && isOn(name)) play(PITCH); // so that one knows it
}

/** A call for help that was sent leaves its form empty and folded.
 *  @param {From<CustomEvent<{ctx: HtmxContext}>>} event */
function putAway({ target, detail }) {
  /** @type {HTMLDetailsElement | null} */
  const fold = target.closest?.("#help"); // where the tap's own part of the page is gone, the target is the document
  if (!fold || detail.ctx.response?.status !== 200) return;
  fold.querySelector("form").reset();
  fold.open = false;
  fold.querySelector("summary").focus();
}

/** @param {string} name */
const isOn = (name) => localStorage.getItem(name) === "on";

function showSwitches() {
  for (const button of document.querySelectorAll("[data-switch]")) {
    button.hidden = false;
    button.setAttribute("aria-pressed", String(isOn(button.dataset.switch ?? "")));
  }
}
