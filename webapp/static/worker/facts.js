// What several screens ask of the rows: the twin of webapp/floor/facts.py.

import { addDays, clockWords, compare, dayWords, localDay, mondayOf, weekOf } from "./words.js";

const REACH = 14;

/** The days of the lessons that tablets hold. Screens speak of no others, wherever they are shown. */
export function windowDays(today) {
  const first = addDays(today, -REACH);
  return Array.from({ length: 2 * REACH + 1 }, (_, n) => addDays(first, n));
}

/** The weeks of which tablets hold every lesson that has been. */
export function wholeWeeks(today) {
  const weeks = [...new Set(windowDays(today).map((day) => weekOf(day)))].sort(compare);
  return weeks.filter((week) => mondayOf(week) >= windowDays(today)[0]);
}

/** The days of a week that tablets hold. */
export const daysOfWeek = (week, today) => windowDays(today).filter((day) => weekOf(day) === week);

/** The lesson of that id, if tablets hold it. */
export function lessonOf(tables, now, name) {
  const lesson = tables.lessons.get(String(name));
  return lesson && windowDays(localDay(now)).includes(lesson.date) ? lesson : null;
}

/** Lessons by time, then by group. */
export const inOrder = (lessons) =>
  [...lessons].sort(
    (a, b) =>
      compare(a.starts, b.starts) || compare(a.period, b.period) || compare(a.group, b.group) || a.id - b.id,
  );

/** The scores of these lessons that hold a mark of a student who is known: lesson → student → score. */
export function marksByLesson(tables, lessons) {
  const isKnown = ({ mark, student }) => mark !== null && tables.students.get(student);
  const marked = ({ id }) => tables.scores.of(id).filter(isKnown);
  return new Map(lessons.map((lesson) => [lesson.id, new Map(marked(lesson).map((score) => [score.student, score]))]));
}

/** The students of a lesson, in order: its group's on that day, and whoever was marked in it. */
export function roll(tables, lesson, marked) {
  const students = [...tables.students.values()].filter((row) => belongs(row, lesson) || marked.has(row.id));
  return students.sort((a, b) => compare(a.sort, b.sort) || a.id - b.id);
}

/** Whether a student is on roll in the lesson's group on its day. */
export function belongs(student, lesson) {
  const joined = student.joined === null || student.joined <= lesson.date;
  const left = student.left !== null && student.left <= lesson.date;
  return student.group === lesson.group && joined && !left;
}

/** Whether a student with a part-time timetable is not in school for a lesson. */
export const isAway = ({ part_time = [] }, { date, period }) =>
  part_time.some(
    ([weekday, name, first, last]) =>
      weekday === new Date(date).getUTCDay() && name === period && first <= date && (last ?? date) >= date,
  );

/** Of a lesson's students those who are to be marked: whoever is away is not, unless they turned up. */
export const expected = (students, lesson, marked) =>
  students.filter((row) => marked.has(row.id) || !isAway(row, lesson));

/** The marks of a week by student, in no order. */
export function weekMarks(tables, week, today) {
  const days = new Set(daysOfWeek(week, today));
  const lessons = [...tables.lessons.values()].filter(({ date }) => days.has(date));
  const found = new Map();
  for (const { student, mark } of lessons.flatMap(({ id }) => tables.scores.of(id))) {
    if (mark === null) continue;
    if (!found.has(student)) found.set(student, []);
    found.get(student).push(mark);
  }
  return found;
}

export const groupName = (tables, name) => tables.groups.get(name)?.name ?? name;

/** Who that was; what no member of staff did came from the office. */
export const staffName = (tables, name) => tables.staff.get(name)?.name ?? "the office";

/** Whether a member of staff no longer works at the school on a day. */
export const hasLeft = (person, day) => Boolean(person?.left && person.left <= day);

export const studentName = (tables, name) => tables.students.get(String(name))?.name ?? "a student";

/** What staff call a mark or a code; "" for none. */
export function markName(tables, mark) {
  const school = tables.school.get("school");
  return [...school.marks, ...school.codes].find((rule) => rule.mark === mark)?.name ?? "";
}

/** The letter that stands for a code: "A" for authorised absence. */
export const initial = (tables, mark) => [...markName(tables, mark)].slice(0, 1).join("");

/** A mark as read out: "Creative, 4", "Exempt", "no mark". */
export function markWords(tables, mark) {
  const name = markName(tables, mark);
  if (name === "") return "no mark";
  return Number.isInteger(mark) ? `${name}, ${mark}` : name;
}

/** A mark where there is little room: "4", "A", "". */
export function squareText(tables, mark) {
  if (mark === null) return "";
  return typeof mark === "string" ? initial(tables, mark) : String(mark);
}

export function squareKind(mark) {
  if (mark === null) return "none";
  return typeof mark === "string" ? "code" : "mark";
}

/** A day of a week that is named beside it: "Tue 3". */
export const shortDay = (day) => dayWords(day).split(" ").slice(0, 2).join(" ");

/** What is taught to whom: "Maths · 8B". */
export const lessonTitle = (tables, lesson) => `${lesson.subject} · ${groupName(tables, lesson.group)}`;

/** When a lesson begins and ends: "10:05–10:55". */
export const times = (lesson) => `${atClock(lesson.starts)}–${atClock(lesson.ends)}`;

export const atClock = (instant) => clockWords(new Date(instant));

/** When something happened: "10:21", or "Mon 2 March, 10:21" if not today. */
export function atWords(instant, now) {
  const day = localDay(new Date(instant));
  const prefix = day === localDay(now) ? "" : `${dayWords(day)}, `;
  return prefix + atClock(instant);
}

export const dayUrl = (day, now) => (day === localDay(now) ? "/today" : `/day/${day}`);

/** The moment when the school's clock shows "10:05" on a day; in autumn the first of the two. */
export function momentOf(day, at) {
  const winter = new Date(`${day}T${at}:00Z`);
  const summer = new Date(winter - 3_600_000);
  return localDay(summer) === day && clockWords(summer) === at ? summer : winter;
}
