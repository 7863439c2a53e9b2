// A reader of codes that types: a burst of keys that ends with Enter, wherever the focus is.

const PAUSE = 500; // ms; after it a burst may begin, and nobody lays the keyboard aside and scans a card faster

let typed = "";
let last = 0;
let field = null; // where the burst began, and what stood there before
let before = "";

/** Hands on the bursts that `isCode` knows. Other keys do what they always do. */
export function listenToKeys(isCode, take) {
  document.addEventListener("keydown", (event) => note(event, isCode, take), { capture: true });
}

function note(event, isCode, take) {
  if (event.timeStamp - last > PAUSE) begin(event.target);
  last = event.timeStamp;
  if (event.key.length === 1) typed += event.key;
  if (event.key !== "Enter" || !isCode(typed)) return;
  event.preventDefault();
  event.stopPropagation();
  putBack();
  take(typed);
  typed = "";
}

function begin(target) {
  typed = "";
  field = target.matches?.("input, textarea, select") ? target : null;
  before = field?.value;
}

/** What the reader typed into a field does not belong there. */
function putBack() {
  if (!field || field.value === before) return;
  field.value = before;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
