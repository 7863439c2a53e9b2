// Text, and how things are printed.

import { pyIter } from "./containers.js";
import { pyIsInt, pyOutside, pyValueError } from "./values.js";

export function pyStr(x = "") {
  if (typeof x === "string") return x;
  if (x === null) return "None";
  if (typeof x === "boolean") return x ? "True" : "False";
  if (Number.isSafeInteger(x)) return String(x);
  if (x?.pyText !== undefined) return x.pyText;
  throw pyOutside("printing this");
}

/** A number filled up with zeros to so many digits. */
export function pyFilled(x, digits) {
  if (!pyIsInt(x)) throw pyOutside("filling up this");
  const sign = x < 0 ? "-" : "";
  return sign + String(Math.abs(x)).padStart(digits - sign.length, "0");
}

export const pyJoin = (text, parts) => pyIter(parts).map(textOnly).join(text);

function textOnly(x) {
  if (typeof x === "string") return x;
  throw pyOutside("joining this");
}

export function pySplit(text, separator = null) {
  if (separator === "") throw new pyValueError("an empty separator");
  if (separator !== null) return text.split(separator);
  return strip(text, null, true, true).split(BLANK_RUN).filter(Boolean);
}

/** What Python takes for white space: besides JavaScript's also four separators and NEL, but not the byte order mark. */
const BLANK_CLASS = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const BLANK_RUN = new RegExp(`${BLANK_CLASS}+`);
const BLANK = new RegExp(`^${BLANK_CLASS}$`);

function strip(text, characters, left, right) {
  const all = [...text];
  const wanted = characters === null ? null : new Set(characters);
  const goes = (one) => (wanted ? wanted.has(one) : BLANK.test(one));
  let [from, to] = [0, all.length];
  while (left && from < to && goes(all[from])) from += 1;
  while (right && to > from && goes(all[to - 1])) to -= 1;
  return all.slice(from, to).join("");
}

export const pyStrip = (text, characters = null) => strip(text, characters, true, true);
export const pyLstrip = (text, characters = null) => strip(text, characters, true, false);
export const pyRstrip = (text, characters = null) => strip(text, characters, false, true);

export const pyStartsWith = (text, prefix) => text.startsWith(prefix);
export const pyEndsWith = (text, suffix) => text.endsWith(suffix);
export const pyRemovePrefix = (text, prefix) => (text.startsWith(prefix) ? text.slice(prefix.length) : text);
export const pyRemoveSuffix = (text, suffix) =>
  suffix && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;
export const pyReplace = (text, old, by) => (old === "" ? replaceNothing(text, by) : text.split(old).join(by));
const replaceNothing = (text, by) => by + [...text].map((one) => one + by).join("");
export const pyLower = (text) => text.toLowerCase();
export const pyUpper = (text) => text.toUpperCase();
export const pyIsDecimal = (text) => /^\p{Nd}+$/u.test(text);

export const pyAscii = "ascii";

/** A regular expression as both languages read it. */
class Pattern {
  constructor(source) {
    this.whole = new RegExp(`^(?:${source})$`, "u");
    this.any = new RegExp(source, "gu");
  }
}

export const pyPattern = (source) => new Pattern(source);
export const pyFullMatch = (pattern, text) => {
  const found = pattern.whole.exec(text);
  return found && found[0].length === text.length ? found : null;
};
export const pySub = (pattern, by, text) => text.replace(pattern.any, () => by);
