// Makes this browser one of the school's tablets.

import { canWork, registerWorker } from "./worker.js";

/** @type {Record<number, string>} */
const WORDS = {
  0: "The school could not be reached. Check the connection, then try again with the same code.",
  403: "This code is not valid. A code works once and for 15 minutes; ask the office for a new one.",
};
const OTHER = "The school could not enrol this tablet just now. Wait a minute, then try again.";
const UNFIT =
  "This browser cannot keep records without a network. Use an up-to-date Safari or Chrome, not in a private window.";
const UNFINISHED =
  "The tablet is enrolled, but the school's lists have not all arrived. They come as soon as there is a connection.";

const form = document.querySelector("form");
/** @type {HTMLInputElement} */
const code = form.querySelector("[name=code]");
/** @type {HTMLInputElement} */
const name = form.querySelector("[name=name]");

readCode();
addEventListener("hashchange", readCode); // a code scanned while the page is open already
if (canWork()) {
  form.addEventListener("submit", submit);
  registerWorker().catch(() => {}); // fetches its files while somebody types; a failure shows when it matters
} else {
  tell(UNFIT);
}

function readCode() {
  code.value = new URLSearchParams(location.hash.slice(1)).get("code") ?? "";
}

/** @param {SubmitEvent} event */
async function submit(event) {
  event.preventDefault();
  form.querySelector("button").disabled = true;
  tell("Enrolling this tablet …");
  tell(await enrol());
  form.querySelector("button").disabled = false;
}

/** Enrols and goes on to the tablet's first page; resolves to the words for how that went. */
async function enrol() {
  const registration = await registerWorker().catch(() => null); // before the code, which works only once
  const worker = registration?.active;
  if (!worker) return WORDS[0];
  const { was } = await ask(worker, { type: "who" });
  const { status, answer } = await askSchool({ code: code.value, name: name.value, was });
  if (status !== 200) return WORDS[status] ?? OTHER;
  tell("Fetching the school's lists …");
  navigator.storage?.persist?.(); // asks the browser not to clear the records when space is short
  const { ready } = await ask(worker, { type: "enrolled", identity: answer });
  if (!ready) return UNFINISHED;
  location.assign("/"); // which leads to what the tablet is for
  return "This tablet is enrolled.";
}

/** @param {unknown} request */
async function askSchool(request) {
  const body = JSON.stringify(request);
  const headers = { "Content-Type": "application/json" };
  try {
    const response = await fetch("/sync/v1/enrol", { method: "POST", headers, body });
    return { status: response.status, answer: await response.json() };
  } catch {
    return { status: 0 };
  }
}

/** @param {ServiceWorker} worker @param {unknown} message @returns {Promise<any>} */
function ask(worker, message) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage(message, [port2]);
  });
}

/** @param {string} words */
function tell(words) {
  form.querySelector("[role=status]").textContent = words;
}
