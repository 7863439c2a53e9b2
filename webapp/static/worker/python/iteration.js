// What walks through lists and whatever else has parts.

import { pyIter, walk } from "./containers.js";
import { pyAdd } from "./numbers.js";
import { pyEqual, pyOrder, pyOutside, pyTruth, pyValueError } from "./values.js";

/** What is unpacked into `count` names; `more`: at least as many, since one of them takes the rest.
 *  @param {Py} x @param {number} count @param {boolean} [more] */
export function pyUnpack(x, count, more = false) {
  const parts = pyIter(x);
  if (more ? parts.length >= count : parts.length === count) return parts;
  throw new pyValueError(`expected ${count} values`);
}

/** @param {number} start @param {number} [stop] @param {number} [step] */
export function pyRange(start, stop = undefined, step = 1) {
  const [from, to] = stop === undefined ? [0, start] : [start, stop];
  if (step === 0) throw new pyValueError("a step of nothing");
  const count = Math.max(0, Math.ceil((to - from) / step));
  return Array.from({ length: count }, (_, n) => from + n * step);
}

/** @param {Py} x */
export const pyReversed = (x) => [...pyIter(x)].reverse();
/** @param {Py} x @param {number} [start] */
export const pyEnumerate = (x, start = 0) => pyIter(x).map((one, n) => [n + start, one]);

/** @param {Py[]} lists @param {boolean} [strict] */
export function pyZip(lists, strict = false) {
  const walked = lists.map(pyIter);
  const lengths = walked.map((one) => one.length);
  if (strict && new Set(lengths).size > 1) throw new pyValueError("not as long as each other");
  return Array.from({ length: lengths.length ? Math.min(...lengths) : 0 }, (_, n) => walked.map((one) => one[n]));
}

/** @param {Py} x @param {Key} [key] @param {Py} [reverse] */
export function pySorted(x, key = null, reverse = false) {
  const keyed = pyIter(x).map((one) => [key ? key(one) : one, one]);
  const sign = pyTruth(reverse) ? -1 : 1;
  return keyed.sort((a, b) => sign * pyOrder(a[0], b[0])).map(([, one]) => one);
}

/** @param {Py[]} x @param {Key} [key] @param {Py} [reverse] */
export function pySort(x, key = null, reverse = false) {
  x.splice(0, x.length, ...pySorted(x, key, reverse));
  return null;
}

/** @param {1 | -1} sign @returns {(given: Py[], key?: Key, ...otherwise: Py[]) => Py} */
const best = (sign) => (given, key = null, ...otherwise) => {
  const all = given.length === 1 ? pyIter(given[0]) : given;
  if (!all.length && otherwise.length) return otherwise[0];
  if (!all.length) throw new pyValueError("there is nothing");
  const keyed = all.map((one) => [key ? key(one) : one, one]);
  return keyed.reduce((a, b) => (sign * pyOrder(b[0], a[0]) < 0 ? b : a))[1];
};

export const pyMin = best(1);
export const pyMax = best(-1);
/** @param {Py} x @param {Py} [start] */
export const pySum = (x, start = 0) => pyIter(x).reduce(pyAdd, start);

/** @param {Py} x */
export function pyAny(x) {
  for (const one of walk(x)) if (pyTruth(one)) return true;
  return false;
}

/** @param {Py} x */
export function pyAll(x) {
  for (const one of walk(x)) if (!pyTruth(one)) return false;
  return true;
}

/** @param {Iterator<Py>} x @param {...Py} otherwise */
export function pyNext(x, ...otherwise) {
  const { done, value } = x.next();
  if (!done) return value;
  if (otherwise.length) return otherwise[0];
  throw pyOutside("asking for more than there is");
}

/** What `each` makes of the first that passes the test.
 *  @param {Py[]} list @param {(one: Py) => boolean} test @param {(one: Py) => Py} each @param {Py} otherwise */
export function pyFirst(list, test, each, otherwise) {
  const n = list.findIndex(test);
  return n < 0 ? otherwise : each(list[n]);
}

/** Neighbours with the same key, as [key, group].
 *  @param {Py} x @param {Key} [key] */
export function pyGroupBy(x, key = null) {
  /** @type {[Py, Py[]][]} */
  const groups = [];
  for (const one of pyIter(x)) {
    const own = key ? key(one) : one;
    const last = groups.at(-1);
    if (last && pyEqual(last[0], own)) last[1].push(one);
    else groups.push([own, [one]]);
  }
  return groups;
}

/** @param {(one: Py) => Py} predicate @param {Py} x */
export function pyTakeWhile(predicate, x) {
  const taken = [];
  for (const one of walk(x)) {
    if (!pyTruth(predicate(one))) break;
    taken.push(one);
  }
  return taken;
}
