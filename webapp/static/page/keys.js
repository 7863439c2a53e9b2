// A reader of codes that types: keys that spell a code, wherever the focus is. Most end it with Enter or Tab, some with
// nothing. What they spell tells them from a person; how fast it comes does not, since a slow tablet hands it on slowly.

const LONGEST = 500; // keys; no code is longer
const PAUSE = 400; // ms after a code's last key in which its Enter may still come
const LATE = 1_000; // ms in which an Enter still belongs to a code that was handed on without it
const ENDS = ["Enter", "Tab"];
const STRANGE = /:\/\/|\d{6}|\S{30}/; // nobody types that into a field for names
const DIFFERENT = 5; // letters that nobody types into no field

/** @type {Stroke[]} */
let keys = []; // since the last end, each with the field it went to and what stood there before
/** @type {number | undefined} */
let pause;
let handedOn = -Infinity;

/** While `isDue()`, hands on codes to `take`: `codeIn(keys)` says which one keys end with. What else a reader seems to
 *  have spelt goes to `explain`. Other keys do as ever.
 *  @param {KeyReader} reader */
export function listenToKeys(reader) {
  document.addEventListener("keydown", (event) => reader.isDue() && note(event, reader), { capture: true });
}

/** @param {From<KeyboardEvent>} event @param {KeyReader} reader */
function note(event, reader) {
  clearTimeout(pause);
  if (event.key.length === 1) {
    keys = [...keys.slice(1 - LONGEST), stroke(event)];
    pause = setTimeout(() => settle(reader, false), PAUSE);
  } else if (ENDS.includes(event.key) && settle(reader, true)) {
    event.preventDefault();
    event.stopPropagation();
  }
}

/** @param {From<KeyboardEvent>} event @returns {Stroke} */
function stroke({ key, code, shiftKey, target }) {
  /** @type {HTMLInputElement | null} */
  const field = target.closest?.("input, textarea, select") ?? null; // the target may be the document
  return { key, code, shiftKey, field, before: field?.value ?? "" };
}

/** Whether the keys so far, which are all there is if `isEnd`, came from a reader.
 *  @param {KeyReader} reader @param {boolean} isEnd */
function settle(reader, isEnd) {
  const code = reader.codeIn(keys);
  const spelt = code ? keys.slice(-code.length) : strange(isEnd);
  const isLate = isEnd && !keys.length && performance.now() - handedOn < LATE;
  if (code || isEnd) keys = [];
  if (spelt && (code || isEnd)) putBack(spelt[0]);
  if (code) handedOn = isEnd ? -Infinity : performance.now();
  if (code) reader.take(code.text);
  else if (spelt) reader.explain(spelt);
  return Boolean(spelt) || isLate;
}

/** The last keys that went to one place, if no person types so; what goes into a field only its end can tell.
 *  @param {boolean} isEnd */
function strange(isEnd) {
  const field = keys.at(-1)?.field;
  const spelt = keys.slice(keys.findLastIndex((key) => key.field !== field) + 1);
  const text = spelt.map(({ key }) => key).join("");
  return (field ? isEnd && STRANGE.test(text) : new Set(text).size >= DIFFERENT) ? spelt : null;
}

/** What the reader typed into a field does not belong there.
 *  @param {Stroke} stroke */
function putBack({ field, before }) {
  if (!field || field.value === before) return;
  field.value = before;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
