// Text, and how things are printed.

import { pyIter } from "./containers.js";
import { pyIsInt, pyOutside, pyValueError } from "./values.js";

/** @param {Py} [x] @returns {string} */
export function pyStr(x = "") {
  if (typeof x === "string") return x;
  if (x === null) return "None";
  if (typeof x === "boolean") return x ? "True" : "False";
  if (Number.isSafeInteger(x)) return String(x);
  if (x?.pyText !== undefined) return x.pyText;
  throw pyOutside("printing this");
}

/** A number filled up with zeros to so many digits.
 *  @param {Py} x @param {number} digits */
export function pyFilled(x, digits) {
  if (!pyIsInt(x)) throw pyOutside("filling up this");
  const sign = x < 0 ? "-" : "";
  return sign + String(Math.abs(x)).padStart(digits - sign.length, "0");
}

/** @param {string} text @param {Py} parts */
export const pyJoin = (text, parts) => pyIter(parts).map(textOnly).join(text);

/** @param {Py} x */
function textOnly(x) {
  if (typeof x === "string") return x;
  throw pyOutside("joining this");
}

/** @param {string} text @param {string | null} [separator] */
export function pySplit(text, separator = null) {
  if (separator === "") throw new pyValueError("an empty separator");
  if (separator !== null) return text.split(separator);
  return strip(text, null, true, true).split(BLANK_RUN).filter(Boolean);
}

/** What Python takes for white space: besides JavaScript's also four separators and NEL, but not the byte order mark. */
const BLANK_CLASS = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const BLANK_RUN = new RegExp(`${BLANK_CLASS}+`);
const BLANK = new RegExp(`^${BLANK_CLASS}$`);

/** @param {string} text @param {string | null} characters @param {boolean} left @param {boolean} right */
function strip(text, characters, left, right) {
  const all = [...text];
  const wanted = characters === null ? null : new Set(characters);
  /** @param {string} one */
  const goes = (one) => (wanted ? wanted.has(one) : BLANK.test(one));
  let [from, to] = [0, all.length];
  while (left && from < to && goes(all[from])) from += 1;
  while (right && to > from && goes(all[to - 1])) to -= 1;
  return all.slice(from, to).join("");
}

/** @param {string} text @param {string | null} [characters] */
export const pyStrip = (text, characters = null) => strip(text, characters, true, true);
/** @param {string} text @param {string | null} [characters] */
export const pyLstrip = (text, characters = null) => strip(text, characters, true, false);
/** @param {string} text @param {string | null} [characters] */
export const pyRstrip = (text, characters = null) => strip(text, characters, false, true);

/** @param {string} text @param {string} prefix */
export const pyStartsWith = (text, prefix) => text.startsWith(prefix);
/** @param {string} text @param {string} suffix */
export const pyEndsWith = (text, suffix) => text.endsWith(suffix);
/** @param {string} text @param {string} prefix */
export const pyRemovePrefix = (text, prefix) => (text.startsWith(prefix) ? text.slice(prefix.length) : text);
/** @param {string} text @param {string} suffix */
export const pyRemoveSuffix = (text, suffix) =>
  suffix && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;
/** @param {string} text @param {string} old @param {string} by */
export const pyReplace = (text, old, by) => (old === "" ? replaceNothing(text, by) : text.split(old).join(by));
/** @param {string} text @param {string} by */
const replaceNothing = (text, by) => by + [...text].map((one) => one + by).join("");
/** @param {string} text */
export const pyLower = (text) => text.toLowerCase();
/** @param {string} text */
export const pyUpper = (text) => text.toUpperCase();
/** @param {string} text */
export const pyIsDecimal = (text) => /^\p{Nd}+$/u.test(text);

export const pyAscii = "ascii";

/** A regular expression as both languages read it. */
class Pattern {
  /** @param {string} source */
  constructor(source) {
    this.whole = new RegExp(`^(?:${source})$`, "u");
    this.any = new RegExp(source, "gu");
  }
}

/** @param {string} source */
export const pyPattern = (source) => new Pattern(source);
/** @param {Pattern} pattern @param {string} text */
export const pyFullMatch = (pattern, text) => {
  const found = pattern.whole.exec(text);
  return found && found[0].length === text.length ? found : null;
};
/** @param {Pattern} pattern @param {string} by @param {string} text */
export const pySub = (pattern, by, text) => text.replace(pattern.any, () => by);
