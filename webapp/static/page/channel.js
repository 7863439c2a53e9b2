// New calls on the page, made heard: a short tone, and the words spoken by the browser. Both are off until somebody
// switches them on, and stay so on this device.

const TONE = { pitch: 523, loudness: 0.15, seconds: 0.35 }; // Hz; soft, and over at once

const heard = new Set();
let audio = null;

export function followChannel() {
  takeNote();
  showSwitches();
  document.addEventListener("click", ({ target }) => flip(target.closest("[data-switch]")));
  document.addEventListener("htmx:finally:request", putAway);
  document.addEventListener("htmx:after:swap", () => {
    showSwitches();
    takeNote().forEach(make);
  });
}

/** The calls on the page that were not there before; a person's own are not for their own ears. */
function takeNote() {
  const calls = [...document.querySelectorAll("[data-call]")];
  const fresh = calls.filter(({ id }) => !heard.has(nameOf(id)));
  for (const { id } of fresh) heard.add(nameOf(id));
  return fresh.filter(({ dataset }) => dataset.own === undefined).slice(0, 1);
}

/** A call for help is a line of the channel and may be an alert, too. */
const nameOf = (id) => id.replace("alert-", "");

function make(call) {
  if (isOn("sound")) sound();
  if (isOn("speak")) speak(call.querySelector("[data-words]").textContent);
}

function sound() {
  audio ??= new AudioContext();
  audio.resume(); // a browser keeps it silent until the page was touched
  const [tone, volume] = [audio.createOscillator(), audio.createGain()];
  const end = audio.currentTime + TONE.seconds;
  tone.frequency.value = TONE.pitch;
  volume.gain.setValueAtTime(TONE.loudness, audio.currentTime);
  volume.gain.linearRampToValueAtTime(0, end);
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(end);
}

function speak(words) {
  const utterance = new SpeechSynthesisUtterance(words.replace(/\s+/g, " ").trim());
  utterance.lang = "en-GB";
  speechSynthesis.speak(utterance);
}

function flip(button) {
  if (!button) return;
  const name = button.dataset.switch;
  localStorage.setItem(name, isOn(name) ? "" : "on");
  showSwitches();
  if (name === "sound" && isOn(name)) sound(); // so that one knows it
}

/** A call for help that was sent leaves its form empty and folded. */
function putAway({ target, detail }) {
  const fold = target.closest("#help");
  if (!fold || detail.ctx.response?.status !== 200) return;
  fold.querySelector("form").reset();
  fold.open = false;
  fold.querySelector("summary").focus();
}

const isOn = (name) => localStorage.getItem(name) === "on";

function showSwitches() {
  for (const button of document.querySelectorAll("[data-switch]")) {
    button.hidden = false;
    button.setAttribute("aria-pressed", isOn(button.dataset.switch));
  }
}
