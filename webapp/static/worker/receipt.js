// A student's level on a day, and the receipt that shows how it came about: the twin of webapp/floor/receipt.py.

import { markWords, shortDay, squareKind, squareText } from "./facts.js";
import { lower, meanShown, reaches, strictest, whyNotCounted } from "./rules.js";
import { addDays, compare, countWords, dayWords, lessonWords, mondayOf, weekOf, weekWords } from "./words.js";

const BLANK = { url: "", text: "–", words: "no mark", kind: "blank" };

/** The level on a day, and the limit that holds it down, in words. */
export function levelNow(tables, student, day) {
  const [level, limits] = [levelOn(tables, student, day), limitsOn(tables, student, day)];
  return {
    name: level ? levelName(tables, level) : "No level this week",
    limit: limits.length ? limitWords(tables, limits) : "",
  };
}

/** The level on a day: what the week has earned, within the caps in force on that day (D5). */
export function levelOn(tables, student, day) {
  const earned = levelRow(tables, student, day)?.earned ?? null;
  const limits = limitsOn(tables, student, day);
  return limits.length ? lower(tables.school.get("school").levels, earned, limits[0].cap) : earned;
}

/** The caps that decide on a day: of those in force, the strictest. */
function limitsOn(tables, student, day) {
  const caps = [...tables.caps.values()].filter((row) => row.student === student);
  return strictest(tables.school.get("school").levels, caps, day);
}

/** Every mark behind the level of a day's week, and what they come to; without marks where none counted. */
export function receipt(tables, student, day) {
  const row = levelRow(tables, student, day);
  if (!row || row.from_week === null) {
    return { week: "", periods: [], days: [], left_out: [], sum: "", mean: "", levels: [] };
  }
  const [sum, count] = row.mean;
  const marks = marksOf(row);
  return {
    week: weekWords(row.from_week),
    periods: markedPeriods(marks),
    days: markedDays(tables, marks),
    left_out: marks.filter(([, , mark]) => whyNotCounted(mark)).map((mark) => leftOut(...mark)),
    sum: `${sum} ÷ ${countWords(count, "mark", "marks")}`,
    mean: meanShown(row.mean),
    levels: levelsIn(tables, row.week).map((rule) => threshold(rule, row.mean)),
  };
}

/** The deciding week's marks as [day, period, mark]. */
function marksOf(row) {
  const monday = mondayOf(row.from_week);
  return row.marks.flatMap((marks, n) => marks.map((mark) => [addDays(monday, n), ...mark]));
}

export const levelRow = (tables, student, day) => tables.levels.get(`${student}.${weekOf(day)}`);

export function levelName(tables, key) {
  return tables.school.get("school").levels.find((rule) => rule.key === key)?.name ?? key;
}

/** What staff allow at most, and how long: "Creative at most, until Fri 6 March". */
export function limitWords(tables, limits) {
  const { cap } = limits[0];
  const what = cap === "none" ? "No level" : `${levelName(tables, cap)} at most`;
  const ends = limits.map((row) => row.until);
  if (ends.includes(null)) return `${what}, until staff lift it`;
  return `${what}, until ${dayWords(ends.sort(compare).at(-1))}`;
}

/** The periods of marks, 2 before 10. */
function markedPeriods(marks) {
  const periods = [...new Set(marks.map(([, period]) => period))];
  return periods.sort((a, b) => [...a].length - [...b].length || compare(a, b));
}

/** A line for each day: a cell for each period, with the marks given in it. */
function markedDays(tables, marks) {
  const days = [...new Set(marks.map(([day]) => day))].sort(compare);
  return days.map((day) => ({
    day: shortDay(day),
    cells: markedPeriods(marks).map((period) => {
      const given = marks.filter((mark) => mark[0] === day && mark[1] === period);
      return given.length ? given.map((mark) => square(tables, mark)) : [BLANK];
    }),
  }));
}

const square = (tables, [, , mark]) => ({
  url: "",
  text: squareText(tables, mark),
  words: markWords(tables, mark),
  kind: squareKind(mark),
});

/** A mark outside the mean, and why (D1). */
const leftOut = (day, period, mark) => `${lessonWords(day, period)}, ${whyNotCounted(mark)}`;

/** The levels as the policy has them in a week. A tablet may have been offline since before they changed. */
export function levelsIn(tables, week) {
  const { levels, versions = [] } = tables.school.get("school");
  return versions.filter((one) => one.week <= week).at(-1)?.levels ?? levels;
}

/** What a level asks for, where the policy says so, and whether the exact mean reaches it (D2). */
const threshold = (rule, mean) => ({
  name: rule.name,
  from: decimal(rule.threshold),
  clause: rule.clause,
  reached: reaches(mean, rule.threshold),
});

/** A threshold as the policy writes it: "4.6", "4.0", "4.625". */
function decimal([numerator, denominator]) {
  const thousandths = Math.floor((numerator * 1000) / denominator);
  const digits = String(thousandths % 1000).padStart(3, "0").replace(/(?!^)0+$/, "");
  return `${Math.floor(thousandths / 1000)}.${digits}`;
}
