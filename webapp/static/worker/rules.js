// The school's rules that screens need: the twins of marks.py, mean.py, levels.py, caps.py and
// undo.py in webapp/domain. A mean is [sum, count], so that thresholds compare exactly (D2).

const WHY_NOT = new Map([["authorised", "authorised absence"], ["exempt", "exempt"], [null, "not marked"]]);

export function meanOf(marks) {
  const numbers = marks.filter(Number.isInteger);
  return [numbers.reduce((sum, mark) => sum + mark, 0), numbers.length];
}

/** A mean with two decimals, cut and never rounded (D2); "" for nothing. */
export function meanShown([sum, count]) {
  if (count === 0) return "";
  const hundredths = Math.floor((sum * 100) / count);
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}`;
}

/** Whether the exact mean reaches a threshold [numerator, denominator]; a mean of nothing reaches none (D2). */
export const reaches = ([sum, count], [numerator, denominator]) =>
  count > 0 && sum * denominator >= numerator * count;

/** The few words a receipt gives for a mark outside the mean; empty for one inside it. */
export const whyNotCounted = (mark) => (Number.isInteger(mark) ? "" : WHY_NOT.get(mark));

/** 0 for no level (null or "none"), then 1 for the lowest. `levels` are the school's, highest first. */
export function rank(levels, key) {
  const index = levels.findIndex((level) => level.key === key);
  return index < 0 ? 0 : levels.length - index;
}

/** The lower of two levels; null when either is no level. */
export function lower(levels, a, b) {
  const lowest = rank(levels, b) < rank(levels, a) ? b : a;
  return rank(levels, lowest) ? lowest : null;
}

/** The strictest caps among those in force on a day. */
export function strictest(levels, caps, day) {
  const binding = caps.filter((cap) => binds(cap, day));
  const least = Math.min(...binding.map((cap) => rank(levels, cap.cap)));
  return binding.filter((cap) => rank(levels, cap.cap) === least);
}

/** The steps that "Undo" takes back, latest first. */
export function lastGesture(steps) {
  const undone = new Set(steps.map((step) => step.undoes));
  const left = steps.filter((step) => step.undoes === null && !undone.has(step.op)).reverse();
  const end = left.findIndex((step) => step.wall !== left[0].wall);
  return end < 0 ? left : left.slice(0, end);
}

function binds(cap, day) {
  const begun = cap.from <= day;
  const ended = cap.until !== null && cap.until < day;
  const forgiven = cap.lifted !== null && cap.lifted <= day;
  return begun && !ended && !forgiven;
}
