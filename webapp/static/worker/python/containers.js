// Lists, dicts and sets.

import {
  asDict, isPlain, pyEqual, pyIndexError, pyIsDict, pyIsInt, pyKeyError, pyOutside, pyParts, pyTruth, PyDict, PySet,
  pyValueError,
} from "./values.js";

/** An array of what Python would walk through. A generator is used up by it.
 *  @param {Py} x @returns {Py[]} */
export function pyIter(x) {
  if (Array.isArray(x)) return x;
  if (typeof x === "string") return [...x];
  if (x instanceof PyDict) return x.keys();
  if (isPlain(x)) return Object.keys(x);
  if (x?.[Symbol.iterator]) return [...x];
  throw pyOutside("walking through this");
}

/** The same, one after the other and no more than is asked for.
 *  @param {Py} x */
export const walk = (x) => (typeof x?.next === "function" ? x : pyIter(x));

/** @param {Py} [x] */
export const pyList = (x = []) => [...pyIter(x)];
/** @param {Py} [x] */
export const pySet = (x = []) => new PySet(pyIter(x));
/** @param {Pair[]} pairs */
export const pyDictOf = (pairs) => new PyDict(pairs);
/** @param {Py} [x] */
export const pyDict = (x = new PyDict()) => new PyDict(pyIsDict(x) ? asDict(x).pairs() : pyIter(x));
/** @param {Py} keys @param {Py} [value] */
export const pyFromKeys = (keys, value = null) => new PyDict(pyIter(keys).map((key) => [key, value]));
/** @param {() => Py} factory */
export const pyDefaultDict = (factory) => new PyDict([], factory);

/** @param {Py} [x] */
export function pyCounter(x = []) {
  const counted = new PyDict();
  for (const one of pyIter(x)) counted.set(one, (counted.get(one) ?? 0) + 1);
  counted.absent = 0;
  return counted;
}

/** @param {Py} x */
export function pyLen(x) {
  if (typeof x === "string" || isPlain(x)) return pyIter(x).length;
  const parts = pyParts(x);
  if (parts) return parts.length;
  if (typeof x?.size === "number") return x.size;
  throw pyOutside("the length of this");
}

/** @param {Py} x @param {Py} key */
export function pyItem(x, key) {
  if (isPlain(x)) {
    if (Object.hasOwn(x, key)) return x[key];
    throw new pyKeyError(String(key));
  }
  if (x instanceof PyDict) return itemOf(x, key);
  const parts = typeof x === "string" ? [...x] : pyParts(x);
  if (parts && pyIsInt(key)) {
    if (key < parts.length && key >= -parts.length) return parts.at(Number(key));
    throw new pyIndexError(`no place ${key}`);
  }
  if (typeof x?.get === "function") return x.get(key) ?? noSuchKey(key);
  throw pyOutside("asking this for a key");
}

/** @param {Py} key @returns {never} */
const noSuchKey = (key) => {
  throw new pyKeyError(String(key));
};

/** @param {PyDict} dict @param {Py} key */
function itemOf(dict, key) {
  if (dict.has(key)) return dict.get(key);
  if (dict.absent !== undefined) return dict.absent;
  if (!dict.missing) return noSuchKey(key);
  dict.set(key, dict.missing());
  return dict.get(key);
}

/** @param {Py} x @param {Py} key @param {Py} [otherwise] */
export function pyGet(x, key, otherwise = null) {
  if (isPlain(x)) return Object.hasOwn(x, String(key)) && typeof key === "string" ? x[key] : otherwise;
  if (x instanceof PyDict) return x.has(key) ? x.get(key) : otherwise;
  if (typeof x?.get === "function") return x.get(key) ?? otherwise;
  throw pyOutside("asking this for a key");
}

/** `x[key] = value`, of which Python works out the value first.
 *  @param {Py} value @param {Py} x @param {Py} key */
export function pySetItem(value, x, key) {
  if (x instanceof PyDict) x.set(key, value);
  else if (isPlain(x) && typeof key === "string" && (Object.hasOwn(x, key) || !/^[0-9]+$|^__proto__$/.test(key))) x[key] = value;
  else if (Array.isArray(x) && pyIsInt(key) && key < x.length && key >= -x.length) x[key < 0 ? x.length + key : Number(key)] = value;
  else throw Array.isArray(x) ? new pyIndexError(`no place ${key}`) : pyOutside("setting a key of this");
}

/** @param {Py} x @param {number | null} [from] @param {number | null} [to] @param {number | null} [step] */
export function pySlice(x, from = null, to = null, step = null) {
  const parts = typeof x === "string" ? [...x] : pyParts(x);
  if (!parts) throw pyOutside("a part of this");
  const taken = stepped(parts, from, to, step ?? 1);
  return typeof x === "string" ? taken.join("") : taken;
}

/** @param {Py[]} parts @param {number | null} from @param {number | null} to @param {number} step */
function stepped(parts, from, to, step) {
  if (step === 1) return parts.slice(from ?? 0, to ?? parts.length);
  if (step === -1 && from === null && to === null) return [...parts].reverse();
  throw pyOutside("this step");
}

/** @param {Py} one @param {Py} x */
export function pyIn(one, x) {
  if (typeof x === "string") {
    if (typeof one === "string") return x.includes(one);
    throw pyOutside("looking for this in a text");
  }
  if (x instanceof PyDict || x instanceof PySet) return x.has(one);
  if (isPlain(x)) return typeof one === "string" && Object.hasOwn(x, one);
  if (typeof x?.pyContains === "function") return pyTruth(x.pyContains(one));
  if (typeof x?.get === "function") return x.get(one) !== undefined;
  for (const other of walk(x)) if (pyEqual(one, other)) return true;
  return false;
}

/** @param {Py} x */
const dictOf = (x) => (pyIsDict(x) ? asDict(x) : undefined);

/** @param {Py} x */
export const pyKeys = (x) => dictOf(x)?.keys() ?? pyIter(x.keys());
/** @param {Py} x */
export const pyValues = (x) => dictOf(x)?.values() ?? pyIter(x.values());
/** @param {Py} x */
export const pyItems = (x) => dictOf(x)?.pairs() ?? pyIter(x.items());

/** @param {Py[]} x @param {Py} item */
export function pyAppend(x, item) {
  x.push(item);
  return null;
}

/** @param {Py[]} x @param {Py} items */
export function pyExtend(x, items) {
  x.push(...pyIter(items));
  return null;
}

/** @param {PySet} x @param {Py} item */
export function pySetAdd(x, item) {
  x.add(item);
  return null;
}

/** @param {Py} x @param {Py} value */
export function pyIndex(x, value) {
  const at = pyParts(x)?.findIndex((one) => pyEqual(one, value)) ?? -1;
  if (at < 0) throw new pyValueError("it is not there");
  return at;
}

/** @param {Py} x @param {Py} value */
export function pyCount(x, value) {
  if (typeof x === "string") return value === "" ? [...x].length + 1 : x.split(value).length - 1;
  return pyIter(x).filter((one) => pyEqual(one, value)).length;
}
