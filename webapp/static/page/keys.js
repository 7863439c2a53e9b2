// A reader of codes that types: keys that spell a code and end with Enter, wherever the focus is. What they spell tells
// it from a person; how fast they come does not, since a slow tablet hands them on slowly.

const LONGEST = 500; // keys; no code is longer

/** @type {Stroke[]} */
let keys = []; // since the last Enter, each with the field it went to and what stood there before

/** Hands on codes. `startOf` says where in a text that ends with one it begins, or -1. Other keys do as ever.
 *  @param {(typed: string) => number} startOf @param {(code: string) => void} take */
export function listenToKeys(startOf, take) {
  document.addEventListener("keydown", (event) => note(event, startOf, take), { capture: true });
}

/** @param {From<KeyboardEvent>} event @param {(typed: string) => number} startOf
 *  @param {(code: string) => void} take */
function note(event, startOf, take) {
  if (event.key.length === 1) keys = [...keys.slice(1 - LONGEST), stroke(event)];
  if (event.key === "Enter") finish(event, startOf, take);
}

/** @param {From<KeyboardEvent>} event @returns {Stroke} */
function stroke({ key, target }) {
  /** @type {HTMLInputElement | null} */
  const field = target.closest?.("input, textarea, select") ?? null; // the target may be the document
  return { key, field, before: field?.value ?? "" };
}

/** @param {KeyboardEvent} event @param {(typed: string) => number} startOf @param {(code: string) => void} take */
function finish(event, startOf, take) {
  const typed = keys.map(({ key }) => key).join("");
  const start = startOf(typed);
  const first = keys[start];
  keys = [];
  if (!first) return;
  event.preventDefault();
  event.stopPropagation();
  putBack(first);
  take(typed.slice(start));
}

/** What the reader typed into a field does not belong there.
 *  @param {Stroke} stroke */
function putBack({ field, before }) {
  if (!field || field.value === before) return;
  field.value = before;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
