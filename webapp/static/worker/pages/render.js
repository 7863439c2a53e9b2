// Jinja's semantics for compiled templates. Values are what JSON carries without fractions: strings, whole
// numbers, booleans, null, lists, and objects. A value that Jinja would treat in a way we don't copy (printing a
// list, walking an object) throws OutsideSubset; it never renders something else. Only own properties count, so
// no key finds anything on a prototype.

import { pyOrder } from "../python/values.js";

export class OutsideSubset extends Error {}

export class UndefinedError extends Error {}

/** What Jinja's StrictUndefined is: harmless until it is used. */
class Missing {
  /** @param {string | number} name */
  constructor(name) {
    this.name = name;
  }
}

/** The whole page.
 *  @param {Templates} templates @param {string} name @param {Json} context */
export function render(templates, name, context) {
  return new Page(templates, name).body(context);
}

/** One named block of the page: the fragment that htmx asked for.
 *  @param {Templates} templates @param {string} name @param {string} block @param {Json} context */
export function renderBlock(templates, name, block, context) {
  return new Page(templates, name).block(block, context);
}

export class Page {
  /** @param {Templates} templates @param {string | undefined} name */
  constructor(templates, name) {
    this.templates = templates;
    /** @type {Template[]} */
    this.lineage = []; // the page, its parent, its parent's parent …
    for (; name; name = templates[name].parent) this.lineage.push(templates[name]);
  }

  /** @param {Json} context */
  body(context) {
    return this.lineage[this.lineage.length - 1].body(context, this);
  }

  /** @param {string} name @param {Json} context */
  block(name, context) {
    const versions = this.lineage.map((t) => t.blocks).filter((blocks) => Object.hasOwn(blocks, name));
    /** @param {number} level @returns {string} */
    const call = (level) => {
      if (level >= versions.length) throw new UndefinedError(`there is no (parent) block '${name}'`);
      return versions[level][name](context, this, () => call(level + 1));
    };
    return call(0);
  }

  /** @param {string} name @param {Json} context */
  include(name, context) {
    return render(this.templates, name, context);
  }
}

/** @type {Record<string, string>} */
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "'": "&#39;", '"': "&#34;" };

/** @param {Json} value */
export const text = (value) => str(value).replace(/[&<>'"]/g, (character) => ESCAPES[character]);

/** @param {Json} value @returns {string} */
export function str(value) {
  if (typeof known(value) === "string") return value;
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Number.isSafeInteger(value)) return String(value);
  throw outside(value, "printed");
}

/** @param {Json} owner @param {string | number} key */
export function get(owner, key) {
  if (known(owner) === null) return new Missing(key);
  if (typeof owner !== "object" || Array.isArray(owner) !== (typeof key === "number")) {
    throw outside(owner, `asked for ${JSON.stringify(key)}`);
  }
  return Object.hasOwn(owner, key) ? owner[key] : new Missing(key);
}

/** @param {Json} value */
export const defined = (value) => !(value instanceof Missing);

/** @param {Json} value */
export function truthy(value) {
  const isContainer = known(value) !== null && typeof value === "object";
  return isContainer ? length(value) > 0 : Boolean(value);
}

/** @param {Json} left @param {() => Json} right */
export const and = (left, right) => (truthy(left) ? right() : left);

/** @param {Json} left @param {() => Json} right */
export const or = (left, right) => (truthy(left) ? left : right());

/** @param {Json} left @param {Json} right */
export function equal(left, right) {
  const [a, b] = [left, right].map((value) => (typeof known(value) === "boolean" ? Number(value) : value));
  if (a && b && typeof a === "object" && typeof b === "object") throw outside(a, "compared");
  return a === b;
}

/** @param {Json} value @param {Json} list */
export const within = (value, list) => items(list).some((item) => equal(item, value));

/** Negative, zero or positive.
 *  @param {Json} left @param {Json} right */
export function order(left, right) {
  const areStrings = typeof left === "string" && typeof right === "string";
  return areStrings ? pyOrder(left, right) : minus(left, right);
}

/** @param {Json} left @param {Json} right */
export const plus = (left, right) => whole(left) + whole(right);

/** @param {Json} left @param {Json} right */
export const minus = (left, right) => whole(left) - whole(right);

/** @param {Json} value @returns {Json[]} */
export function items(value) {
  if (Array.isArray(known(value))) return value;
  throw outside(value, "walked through");
}

/** What `print` makes of each item, or `otherwise` where there are none.
 *  @param {Json} list @param {(item: Json) => string} print @param {() => string} [otherwise] */
export function each(list, print, otherwise = () => "") {
  const all = items(list);
  return all.length ? all.map((item) => print(item)).join("") : otherwise();
}

/** Each item with what Jinja calls `loop`.
 *  @param {Json} list */
export const numbered = (list) =>
  items(list).map((item, index0) => [
    item,
    { index: index0 + 1, index0, first: index0 === 0, last: index0 === list.length - 1, length: list.length },
  ]);

/** @param {Json} value */
export function length(value) {
  if (typeof known(value) === "string") return [...value].length;
  if (value !== null && typeof value === "object") return Object.keys(value).length;
  throw outside(value, "measured");
}

/** @param {Json} list @param {string} separator */
export const join = (list, separator) => items(list).map(str).join(separator);

/** @param {Json} value */
function whole(value) {
  if (typeof known(value) === "boolean" || Number.isSafeInteger(value)) return Number(value);
  throw outside(value, "counted with");
}

/** @param {Json} value */
function known(value) {
  if (value instanceof Missing) throw new UndefinedError(`'${value.name}' is undefined`);
  return value;
}

/** @param {Json} value @param {string} what */
const outside = (value, what) => new OutsideSubset(`${JSON.stringify(value)} cannot be ${what}`);
