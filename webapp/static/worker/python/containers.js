// Lists, dicts and sets, and what walks through them.

import { asDict, isPlain, pyEqual, pyIndexError, pyIsDict, pyIsInt, pyKeyError, pyOrder, pyOutside, pyParts, pyTruth, PyDict, PyRecord, PySet, pyValueError } from "./values.js";
import { pyAdd } from "./numbers.js";

/** An array of what Python would walk through. A generator is used up by it. */
export function pyIter(x) {
  if (Array.isArray(x)) return x;
  if (typeof x === "string") return [...x];
  if (x instanceof PyDict) return x.keys();
  if (isPlain(x)) return Object.keys(x);
  if (x?.[Symbol.iterator]) return [...x];
  throw pyOutside("walking through this");
}

/** The same, one after the other and no more than is asked for. */
const walk = (x) => (typeof x?.next === "function" ? x : pyIter(x));

export const pyList = (x = []) => [...pyIter(x)];
export const pySet = (x = []) => new PySet(pyIter(x));
export const pyDictOf = (pairs) => new PyDict(pairs);
export const pyDict = (x = new PyDict()) => new PyDict(pyIsDict(x) ? asDict(x).pairs() : pyIter(x));
export const pyFromKeys = (keys, value = null) => new PyDict(pyIter(keys).map((key) => [key, value]));
export const pyDefaultDict = (factory) => new PyDict([], factory);

export function pyCounter(x = []) {
  const counted = new PyDict();
  for (const one of pyIter(x)) counted.set(one, (counted.get(one) ?? 0) + 1);
  counted.absent = 0;
  return counted;
}

export function pyLen(x) {
  if (typeof x === "string" || isPlain(x)) return pyIter(x).length;
  const parts = pyParts(x);
  if (parts) return parts.length;
  if (typeof x?.size === "number") return x.size;
  throw pyOutside("the length of this");
}

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

const noSuchKey = (key) => {
  throw new pyKeyError(String(key));
};

function itemOf(dict, key) {
  if (dict.has(key)) return dict.get(key);
  if (dict.absent !== undefined) return dict.absent;
  if (!dict.missing) return noSuchKey(key);
  dict.set(key, dict.missing());
  return dict.get(key);
}

export function pyGet(x, key, otherwise = null) {
  if (isPlain(x)) return Object.hasOwn(x, String(key)) && typeof key === "string" ? x[key] : otherwise;
  if (x instanceof PyDict) return x.has(key) ? x.get(key) : otherwise;
  if (typeof x?.get === "function") return x.get(key) ?? otherwise;
  throw pyOutside("asking this for a key");
}

export function pySetItem(x, key, value) {
  if (x instanceof PyDict) x.set(key, value);
  else if (isPlain(x) && typeof key === "string" && (Object.hasOwn(x, key) || !/^[0-9]+$|^__proto__$/.test(key))) x[key] = value;
  else if (Array.isArray(x) && pyIsInt(key) && key < x.length && key >= -x.length) x[key < 0 ? x.length + key : Number(key)] = value;
  else throw Array.isArray(x) ? new pyIndexError(`no place ${key}`) : pyOutside("setting a key of this");
}

export function pySlice(x, from = null, to = null, step = null) {
  const parts = typeof x === "string" ? [...x] : pyParts(x);
  if (!parts) throw pyOutside("a part of this");
  const taken = stepped(parts, from, to, step ?? 1);
  return typeof x === "string" ? taken.join("") : taken;
}

function stepped(parts, from, to, step) {
  if (step === 1) return parts.slice(from ?? 0, to ?? parts.length);
  if (step === -1 && from === null && to === null) return [...parts].reverse();
  throw pyOutside("this step");
}

export function pyIn(one, x) {
  if (typeof x === "string") {
    if (typeof one === "string") return x.includes(one);
    throw pyOutside("looking for this in a text");
  }
  if (x instanceof PyDict || x instanceof PySet) return x.has(one);
  if (isPlain(x)) return typeof one === "string" && Object.hasOwn(x, one);
  if (x instanceof PyRecord && x.pyContains) return pyTruth(x.pyContains(one));
  if (typeof x?.get === "function") return x.get(one) !== undefined;
  for (const other of walk(x)) if (pyEqual(one, other)) return true;
  return false;
}

const dictOf = (x) => (pyIsDict(x) ? asDict(x) : undefined);

export const pyKeys = (x) => dictOf(x)?.keys() ?? x.keys();
export const pyValues = (x) => dictOf(x)?.values() ?? x.values();
export const pyItems = (x) => dictOf(x)?.pairs() ?? x.items();

export function pyAppend(x, item) {
  x.push(item);
  return null;
}

export function pyExtend(x, items) {
  x.push(...pyIter(items));
  return null;
}

export function pySetAdd(x, item) {
  x.add(item);
  return null;
}

export function pyIndex(x, value) {
  const at = pyParts(x)?.findIndex((one) => pyEqual(one, value)) ?? -1;
  if (at < 0) throw new pyValueError("it is not there");
  return at;
}

export function pyCount(x, value) {
  if (typeof x === "string") return value === "" ? [...x].length + 1 : x.split(value).length - 1;
  return pyIter(x).filter((one) => pyEqual(one, value)).length;
}

/** What is unpacked into `count` names; `more`: at least as many, since one of them takes the rest. */
export function pyUnpack(x, count, more = false) {
  const parts = pyIter(x);
  if (more ? parts.length >= count : parts.length === count) return parts;
  throw new pyValueError(`expected ${count} values`);
}

export function pyRange(start, stop = undefined, step = 1) {
  const [from, to] = stop === undefined ? [0, start] : [start, stop];
  if (step === 0) throw new pyValueError("a step of nothing");
  const count = Math.max(0, Math.ceil((to - from) / step));
  return Array.from({ length: count }, (_, n) => from + n * step);
}

export const pyReversed = (x) => [...pyIter(x)].reverse();
export const pyEnumerate = (x, start = 0) => pyIter(x).map((one, n) => [n + start, one]);

export function pyZip(lists, strict = false) {
  const walked = lists.map(pyIter);
  const lengths = walked.map((one) => one.length);
  if (strict && new Set(lengths).size > 1) throw new pyValueError("not as long as each other");
  return Array.from({ length: lengths.length ? Math.min(...lengths) : 0 }, (_, n) => walked.map((one) => one[n]));
}

export function pySorted(x, key = null, reverse = false) {
  const keyed = pyIter(x).map((one) => [key ? key(one) : one, one]);
  const sign = pyTruth(reverse) ? -1 : 1;
  return keyed.sort((a, b) => sign * pyOrder(a[0], b[0])).map(([, one]) => one);
}

export function pySort(x, key = null, reverse = false) {
  x.splice(0, x.length, ...pySorted(x, key, reverse));
  return null;
}

const best = (sign) => (given, key = null, ...otherwise) => {
  const all = given.length === 1 ? pyIter(given[0]) : given;
  if (!all.length && otherwise.length) return otherwise[0];
  if (!all.length) throw new pyValueError("there is nothing");
  const keyed = all.map((one) => [key ? key(one) : one, one]);
  return keyed.reduce((a, b) => (sign * pyOrder(b[0], a[0]) < 0 ? b : a))[1];
};

export const pyMin = best(1);
export const pyMax = best(-1);
export const pySum = (x, start = 0) => pyIter(x).reduce(pyAdd, start);

export function pyAny(x) {
  for (const one of walk(x)) if (pyTruth(one)) return true;
  return false;
}

export function pyAll(x) {
  for (const one of walk(x)) if (!pyTruth(one)) return false;
  return true;
}

export function pyNext(x, ...otherwise) {
  const { done, value } = x.next();
  if (!done) return value;
  if (otherwise.length) return otherwise[0];
  throw pyOutside("asking for more than there is");
}

/** Neighbours with the same key, as [key, group]. */
export function pyGroupBy(x, key = null) {
  const groups = [];
  for (const one of pyIter(x)) {
    const own = key ? key(one) : one;
    if (groups.length && pyEqual(groups.at(-1)[0], own)) groups.at(-1)[1].push(one);
    else groups.push([own, [one]]);
  }
  return groups;
}

export function pyTakeWhile(predicate, x) {
  const taken = [];
  for (const one of walk(x)) {
    if (!pyTruth(predicate(one))) break;
    taken.push(one);
  }
  return taken;
}
