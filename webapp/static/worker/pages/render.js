// Jinja's semantics for compiled templates. Values are what JSON carries without fractions: strings, whole
// numbers, booleans, null, lists, and objects. A value that Jinja would treat in a way we don't copy (printing a
// list, walking an object) throws OutsideSubset; it never renders something else. Only own properties count, so
// no key finds anything on a prototype.

import { pyOrder } from "../python/values.js";

export class OutsideSubset extends Error {}

export class UndefinedError extends Error {}

/** What Jinja's StrictUndefined is: harmless until it is used. */
class Missing {
  constructor(name) {
    this.name = name;
  }
}

/** The whole page. */
export function render(templates, name, context) {
  return new Page(templates, name).body(context);
}

/** One named block of the page: the fragment that htmx asked for. */
export function renderBlock(templates, name, block, context) {
  return new Page(templates, name).block(block, context);
}

class Page {
  constructor(templates, name) {
    this.templates = templates;
    this.lineage = []; // the page, its parent, its parent's parent …
    for (; name; name = templates[name].parent) this.lineage.push(templates[name]);
  }

  body(context) {
    return this.lineage.at(-1).body(context, this);
  }

  block(name, context) {
    const versions = this.lineage.map((t) => t.blocks).filter((blocks) => Object.hasOwn(blocks, name));
    const call = (level) => {
      if (level >= versions.length) throw new UndefinedError(`there is no (parent) block '${name}'`);
      return versions[level][name](context, this, () => call(level + 1));
    };
    return call(0);
  }

  include(name, context) {
    return render(this.templates, name, context);
  }
}

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "'": "&#39;", '"': "&#34;" };

export const text = (value) => str(value).replace(/[&<>'"]/g, (character) => ESCAPES[character]);

export function str(value) {
  if (typeof known(value) === "string") return value;
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Number.isSafeInteger(value)) return String(value);
  throw outside(value, "printed");
}

export function get(owner, key) {
  if (known(owner) === null) return new Missing(key);
  if (typeof owner !== "object" || Array.isArray(owner) !== (typeof key === "number")) {
    throw outside(owner, `asked for ${JSON.stringify(key)}`);
  }
  return Object.hasOwn(owner, key) ? owner[key] : new Missing(key);
}

export const defined = (value) => !(value instanceof Missing);

export function truthy(value) {
  const isContainer = known(value) !== null && typeof value === "object";
  return isContainer ? length(value) > 0 : Boolean(value);
}

export const and = (left, right) => (truthy(left) ? right() : left);

export const or = (left, right) => (truthy(left) ? left : right());

export function equal(left, right) {
  const [a, b] = [left, right].map((value) => (typeof known(value) === "boolean" ? Number(value) : value));
  if (a && b && typeof a === "object" && typeof b === "object") throw outside(a, "compared");
  return a === b;
}

export const within = (value, list) => items(list).some((item) => equal(item, value));

/** Negative, zero or positive. */
export function order(left, right) {
  const areStrings = typeof left === "string" && typeof right === "string";
  return areStrings ? pyOrder(left, right) : minus(left, right);
}

export const plus = (left, right) => whole(left) + whole(right);

export const minus = (left, right) => whole(left) - whole(right);

export function items(value) {
  if (Array.isArray(known(value))) return value;
  throw outside(value, "walked through");
}

/** What `print` makes of each item, or `otherwise` where there are none. */
export function each(list, print, otherwise = () => "") {
  return items(list).length ? list.map((item) => print(item)).join("") : otherwise();
}

/** Each item with what Jinja calls `loop`. */
export const numbered = (list) =>
  items(list).map((item, index0) => [
    item,
    { index: index0 + 1, index0, first: index0 === 0, last: index0 === list.length - 1, length: list.length },
  ]);

export function length(value) {
  if (typeof known(value) === "string") return [...value].length;
  if (value !== null && typeof value === "object") return Object.keys(value).length;
  throw outside(value, "measured");
}

export const join = (list, separator) => items(list).map(str).join(separator);

function whole(value) {
  if (typeof known(value) === "boolean" || Number.isSafeInteger(value)) return Number(value);
  throw outside(value, "counted with");
}

function known(value) {
  if (value instanceof Missing) throw new UndefinedError(`'${value.name}' is undefined`);
  return value;
}

const outside = (value, what) => new OutsideSubset(`${JSON.stringify(value)} cannot be ${what}`);
