// Whole numbers, exact fractions, and what + and - mean for everything else.

import {
  asDict, isPlain, pyIsInt, pyOutside, pyParts, PyDict, pyIsDict, PySet, pyValueError, pyZeroDivisionError,
} from "./values.js";

/** A number that is still exact; Python's have no end, so one beyond is no answer.
 *  @param {number} number */
function exact(number) {
  if (Number.isSafeInteger(number)) return number === 0 ? 0 : number;
  throw pyOutside(`the number ${number}`);
}

/** @param {Py} a @param {Py} b */
const both = (a, b) => pyIsInt(a) && pyIsInt(b);

/** @param {Py} a @param {Py} b */
export function pyAdd(a, b) {
  if (both(a, b)) return exact(Number(a) + Number(b));
  if (typeof a === "string" && typeof b === "string") return a + b;
  if (a?.pyAdd) return a.pyAdd(b);
  const [left, right] = [pyParts(a), pyParts(b)];
  if (left && right) return [...left, ...right];
  throw pyOutside("this sum");
}

/** @param {Py} a @param {Py} b */
export function pySubtract(a, b) {
  if (both(a, b)) return exact(a - b);
  if (a?.pySubtract) return a.pySubtract(b);
  if (a instanceof PySet && b instanceof PySet) return new PySet([...a].filter((one) => !b.has(one)));
  throw pyOutside("this difference");
}

/** @param {Py} a @param {Py} b */
export function pyMultiply(a, b) {
  if (both(a, b)) return exact(a * b);
  if (a?.pyMultiply) return a.pyMultiply(b);
  if (b?.pyMultiply) return b.pyMultiply(a);
  if (typeof a === "string" && pyIsInt(b)) return a.repeat(Math.max(0, b));
  throw pyOutside("this product");
}

/** @param {Py} a @param {Py} b */
export function pyFloorDivide(a, b) {
  if (!both(a, b)) throw pyOutside("this division");
  if (Number(b) === 0) throw new pyZeroDivisionError("division by zero");
  // The quotient of large numbers would be rounded before it is cut, so the rest is taken away first.
  return exact((a - (a % b)) / b - (leansBack(a % b, b) ? 1 : 0));
}

/** @param {Py} a @param {Py} b */
export function pyModulo(a, b) {
  if (!both(a, b)) throw pyOutside("this remainder");
  if (Number(b) === 0) throw new pyZeroDivisionError("modulo by zero");
  const rest = a % b;
  return exact(leansBack(rest, b) ? rest + Number(b) : rest);
}

/** Whether JavaScript's division, which cuts towards zero, stopped short of Python's, which goes down.
 *  @param {number} rest @param {number} b */
const leansBack = (rest, b) => rest !== 0 && rest < 0 !== b < 0;

/** @param {Py} a @param {Py} b */
export const pyDivmod = (a, b) => [pyFloorDivide(a, b), pyModulo(a, b)];

/** @param {Py} x */
export function pyNegate(x) {
  if (pyIsInt(x)) return exact(-x);
  if (x?.pyMultiply) return x.pyMultiply(-1);
  throw pyOutside("this negative");
}

/** @param {Py} x */
export const pyAbs = (x) => (pyTextOrder(x) < 0 ? pyNegate(x) : exact(Number(x)));

/** @param {Py} x */
const pyTextOrder = (x) => {
  if (pyIsInt(x)) return Number(x);
  throw pyOutside("this size");
};

/** @param {Py} a @param {Py} b */
export function pyUnite(a, b) {
  if (a instanceof PySet && b instanceof PySet) return new PySet([...a, ...b]);
  if (isPlain(a) && isPlain(b)) return { ...a, ...b };
  if (pyIsDict(a) && pyIsDict(b)) return new PyDict([...asDict(a).pairs(), ...asDict(b).pairs()]);
  throw pyOutside("this union");
}

/** @param {Py} a @param {Py} b */
export function pyIntersect(a, b) {
  if (a instanceof PySet && b instanceof PySet) return new PySet([...a].filter((one) => b.has(one)));
  throw pyOutside("what these share");
}

/** int(): a number without what follows its point, or what a text says in digits.
 *  @param {Py} [x] */
export function pyInt(x = 0) {
  if (typeof x === "number" || typeof x === "boolean") return exact(Math.trunc(Number(x)));
  if (typeof x !== "string") throw pyOutside("this as a number");
  if (/^\s*[+-]?[0-9]+(_[0-9]+)*\s*$/.test(x)) return exact(Number(x.replaceAll("_", "")));
  if (/\p{Nd}/u.test(x.replace(/[0-9]/g, ""))) throw pyOutside("digits of another script");
  throw new pyValueError(`not a number: ${x}`);
}

export class PyFraction {
  /** @param {number} numerator @param {number} denominator */
  constructor(numerator, denominator) {
    const shared = divisor(Math.abs(numerator), Math.abs(denominator)) * (denominator < 0 ? -1 : 1);
    this.numerator = exact(numerator / shared);
    this.denominator = exact(denominator / shared);
  }

  get pyHash() {
    return `${this.numerator}/${this.denominator}`;
  }

  get pyTruth() {
    return this.numerator !== 0;
  }

  /** @param {PyFraction} other */
  pyOrder(other) {
    const [left, right] = [BigInt(this.numerator) * BigInt(other.denominator), BigInt(other.numerator) * BigInt(this.denominator)];
    return left < right ? -1 : Number(left > right);
  }
}

/** @param {Py} [numerator] @param {Py} [denominator] */
export function pyFraction(numerator = 0, denominator = 1) {
  if (!both(numerator, denominator)) throw pyOutside("this fraction");
  if (Number(denominator) === 0) throw new pyZeroDivisionError("a fraction of nothing");
  return new PyFraction(Number(numerator), Number(denominator));
}

/** @param {number} a @param {number} b @returns {number} */
const divisor = (a, b) => (b ? divisor(b, a % b) : a);
