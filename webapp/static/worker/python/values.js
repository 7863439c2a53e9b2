// What Python's values are here, and how they are compared. None is null, whole numbers are numbers, lists and tuples
// are arrays. A dict is an object where its keys are names, else a PyDict. Everything else is a class below.

export class pyKeyError extends Error {}
export class pyIndexError extends Error {}
export class pyValueError extends Error {}
export class pyZeroDivisionError extends Error {}

/** What Python would do otherwise, or not at all: never an answer, since that would be another one than at school.
 *  @param {string} what */
export const pyOutside = (what) => new TypeError(`${what} is outside the subset`);

/** A dataclass: its fields in order are `pyFields`. */
export class PyRecord {
  /** @returns {Py[]} */
  get pyFields() {
    return [];
  }

  /** @returns {Iterable<Py>} */
  pyMembers() {
    throw pyOutside("walking through this");
  }

  [Symbol.iterator]() {
    return this.pyMembers()[Symbol.iterator]();
  }
}

/** A NamedTuple, which is also a tuple of its fields. */
export class PyTuple extends PyRecord {
  /** @override */
  pyMembers() {
    return this.pyFields;
  }
}

/** What makes two keys the same: True is 1, and tuples and days are what they hold.
 *  @param {Py} key @returns {string | number | null} */
export function pyHash(key) {
  if (typeof key === "string") return key.startsWith("\0") ? `\0"${key}` : key;
  if (typeof key === "boolean") return Number(key);
  if (key === null || typeof key === "number") return key;
  const parts = pyParts(key);
  if (parts) return `\0[${parts.map(pyPart).join(",")}]`;
  if (key.pyHash !== undefined) return `\0${key.constructor.name} ${key.pyHash}`;
  if (key instanceof PyRecord) return `\0${key.constructor.name}(${key.pyFields.map(pyPart).join(",")})`;
  throw pyOutside("this key");
}

/** @param {Py} part */
const pyPart = (part) => JSON.stringify(pyHash(part));

/** A dict with any keys, in the order in which they came. `missing` makes what is not there, as a defaultdict does. */
export class PyDict {
  entries = new Map();

  /** What a Counter has for a key that is not there.
   *  @type {Py} */
  absent;

  /** @param {Iterable<Pair>} [pairs] @param {() => Py} [missing] */
  constructor(pairs = [], missing = undefined) {
    for (const [key, value] of pairs) this.set(key, value);
    this.missing = missing;
  }

  get size() {
    return this.entries.size;
  }

  /** @param {Py} key */
  has(key) {
    return this.entries.has(pyHash(key));
  }

  /** @param {Py} key @returns {Py} */
  get(key) {
    return this.entries.get(pyHash(key))?.[1];
  }

  /** @param {Py} key @param {Py} value */
  set(key, value) {
    const hash = pyHash(key);
    this.entries.set(hash, [this.entries.get(hash)?.[0] ?? key, value]);
  }

  keys() {
    return this.pairs().map(([key]) => key);
  }

  values() {
    return this.pairs().map(([, value]) => value);
  }

  pairs() {
    return [...this.entries.values()];
  }
}

export class PySet {
  members = new Map();

  /** @param {Iterable<Py>} [members] */
  constructor(members = []) {
    for (const member of members) this.add(member);
  }

  get size() {
    return this.members.size;
  }

  /** @param {Py} member */
  has(member) {
    return this.members.has(pyHash(member));
  }

  /** @param {Py} member */
  add(member) {
    const hash = pyHash(member);
    if (!this.members.has(hash)) this.members.set(hash, member);
  }

  [Symbol.iterator]() {
    return this.members.values();
  }
}

/** @param {Py} x */
export const isPlain = (x) => x !== null && typeof x === "object" && Object.getPrototypeOf(x) === Object.prototype;

/** A list's or a tuple's parts; undefined of anything else.
 *  @param {Py} x @returns {Py[] | undefined} */
export function pyParts(x) {
  if (Array.isArray(x)) return x;
  return x instanceof PyTuple ? x.pyFields : undefined;
}

/** @param {Py} x @returns {boolean} */
export function pyTruth(x) {
  if (x === null || typeof x !== "object") return Boolean(x);
  if (Array.isArray(x)) return x.length > 0;
  if (isPlain(x)) return Object.keys(x).length > 0;
  if (x instanceof PyTuple) return x.pyFields.length > 0;
  if (x.pyTruth !== undefined) return x.pyTruth;
  return typeof x.size === "number" ? x.size > 0 : true;
}

/** @param {Py} left @param {() => Py} right */
export const pyAnd = (left, right) => (pyTruth(left) ? right() : left);

/** @param {Py} left @param {() => Py} right */
export const pyOr = (left, right) => (pyTruth(left) ? left : right());

/** @param {Py} a @param {Py} b @returns {boolean} */
export function pyEqual(a, b) {
  if (a === b) return true;
  if (typeof a === "boolean" || typeof b === "boolean") return isNumber(a) && isNumber(b) && Number(a) === Number(b);
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return false;
  const [left, right] = [pyParts(a), pyParts(b)];
  if (left || right) return left !== undefined && right !== undefined && sameParts(left, right);
  if (a instanceof PyRecord) return a.constructor === b.constructor && sameParts(a.pyFields, b.pyFields);
  if (a instanceof PySet) return b instanceof PySet && a.size === b.size && [...a].every((one) => b.has(one));
  if (a.pyHash !== undefined) return a.constructor === b.constructor && a.pyHash === b.pyHash;
  const [one, other] = [asDict(a), asDict(b)];
  return one.size === other.size && one.pairs().every(([key, value]) => other.has(key) && pyEqual(value, other.get(key)));
}

/** @param {Py} x */
const isNumber = (x) => typeof x === "number" || typeof x === "boolean";

/** @param {Py[]} a @param {Py[]} b */
const sameParts = (a, b) => a.length === b.length && a.every((part, n) => pyEqual(part, b[n]));

/** @param {Py} x */
export const asDict = (x) => {
  if (x instanceof PyDict) return x;
  if (isPlain(x)) return new PyDict(Object.entries(x));
  throw pyOutside("this as a dict");
};

/** Negative, zero or positive. Text goes by code point; `<` would go by UTF-16 unit.
 *  @param {Py} a @param {Py} b @returns {number} */
export function pyOrder(a, b) {
  if (typeof a === "string" && typeof b === "string") return orderText(a, b);
  if (isNumber(a) && isNumber(b)) return Number(a) - Number(b);
  const [left, right] = [pyParts(a), pyParts(b)];
  if (left && right) return orderParts(left, right);
  if (a?.pyOrder && a.constructor === b?.constructor) return a.pyOrder(b);
  if (a?.pyOrder && isNumber(b)) return a.pyOrder(new a.constructor(Number(b), 1));
  throw pyOutside("this order");
}

/** @param {string} a @param {string} b */
function orderText(a, b) {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i += 1;
  // Two that differ only in the second half of a pair began before it.
  if (i > 0 && /[\ud800-\udbff]/.test(a[i - 1])) i -= 1;
  return (a.codePointAt(i) ?? -1) - (b.codePointAt(i) ?? -1);
}

/** @param {Py[]} a @param {Py[]} b */
function orderParts(a, b) {
  const i = a.findIndex((part, n) => n >= b.length || !pyEqual(part, b[n]));
  if (i < 0) return a.length - b.length;
  return i < b.length ? pyOrder(a[i], b[i]) : 1;
}

/** @param {Py} x */
export const pyIsBool = (x) => typeof x === "boolean";
/** @param {Py} x */
export const pyIsInt = (x) => Number.isInteger(x) || typeof x === "boolean";
/** @param {Py} x */
export const pyIsStr = (x) => typeof x === "string";
/** @param {Py} x */
export const pyIsList = (x) => pyParts(x) !== undefined;
/** @param {Py} x */
export const pyIsDict = (x) => x instanceof PyDict || isPlain(x);

/** An attribute; a method keeps what it belongs to.
 *  @param {Py} owner @param {string} name */
export function pyAttribute(owner, name) {
  if (owner === null || owner === undefined || !(name in Object(owner))) throw pyOutside(`the attribute ${name}`);
  const value = owner[name];
  return typeof value === "function" && owner instanceof PyRecord ? value.bind(owner) : value;
}

/** The same as JSON has it: what templates and the outbox take.
 *  @param {Py} x @returns {Json} */
export function pyToJson(x) {
  const parts = pyParts(x);
  if (parts) return parts.map(pyToJson);
  if (!pyIsDict(x)) return x;
  return Object.fromEntries(asDict(x).pairs().map(([key, value]) => [key, pyToJson(value)]));
}
