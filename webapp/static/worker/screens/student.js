// One student: the week's marks, the mean so far, the level now and how it came about, and what it opens. The twin of
// webapp/floor/screens/student.py. `error` among the parameters says what the form of a limit lacks, `field` where.

import { chrome } from "../chrome.js";
import {
  atClock, belongs, daysOfWeek, groupName, inOrder, isAway, markWords, shortDay, squareKind, squareText, wholeWeeks,
} from "../facts.js";
import { levelNow, receipt } from "../receipt.js";
import { meanOf, meanShown } from "../rules.js";
import { APART, keptAway, nearest, stateOf, whereabouts, whereWords } from "../spaces.js";
import { treats } from "../treats.js";
import { compare, countWords, localDay, weekOf, weekWords } from "../words.js";

export const studentScreen = {
  template: "floor/student.html",
  context(tables, viewer, now, params) {
    const today = localDay(now);
    const weeks = wholeWeeks(today);
    const student = tables.students.get(params.student);
    const week = params.week ?? weekOf(today);
    if (!student || !weeks.includes(week)) return null;
    const lessons = lessonsOf(tables, student, daysOfWeek(week, today));
    const mean = meanOf(lessons.map((lesson) => markIn(tables, student, lesson)));
    const at = weeks.indexOf(week);
    return {
      chrome: chrome(tables, viewer, now, student.name, {
        sub: `${groupName(tables, student.group)} · Year ${student.year}`,
        back: "/today",
      }),
      level: levelNow(tables, student.id, today),
      week: weekWords(week),
      mean: meanShown(mean),
      count: countWords(mean[1], "mark", "marks"),
      periods: periodsOf(lessons),
      days: daysOf(tables, student, lessons, now),
      receipt: receipt(tables, student.id, today),
      url: `/student/${student.id}`,
      stands: stands(tables, now, student),
      spaces: nearest(tables, now, student.key_stage).map((space) => spaceChoice(tables, now, student, space)),
      rewards: treats(tables, viewer, now, student, params),
      error: params.error ?? "",
      field: params.field ?? "",
      before: weeks.slice(0, at).slice(-1).map((other) => weekLink(student, other)),
      after: weeks.slice(at + 1).slice(0, 1).map((other) => weekLink(student, other)),
    };
  },
};

/** The lessons of the student's group while on roll in it, and any other with a mark. */
function lessonsOf(tables, student, days) {
  const lessons = [...tables.lessons.values()].filter((row) => days.includes(row.date));
  return inOrder(lessons.filter((row) => isOwn(student, row) || markIn(tables, student, row) !== null));
}

const markIn = (tables, student, lesson) => tables.scores.get(`${student.id}.${lesson.id}`)?.mark ?? null;

const isOwn = (student, lesson) => belongs(student, lesson) && !isAway(student, lesson);

/** The week's periods in the order of the day. */
function periodsOf(lessons) {
  const periods = lessons.map((lesson) => [atClock(lesson.starts), lesson.period]);
  periods.sort(([a, first], [b, second]) => compare(a, b) || compare(first, second));
  return [...new Set(periods.map(([, period]) => period))];
}

/** A line for each day with lessons: a cell for each period, with the lessons in it. */
function daysOf(tables, student, lessons, now) {
  const periods = periodsOf(lessons);
  const days = [...new Set(lessons.map((lesson) => lesson.date))].sort(compare);
  return days.map((day) => ({
    day: shortDay(day),
    cells: periods.map((period) =>
      lessons
        .filter((lesson) => lesson.date === day && lesson.period === period)
        .map((lesson) => cell(tables, student, lesson, now)),
    ),
  }));
}

/** A lesson as a small square: the mark, the first letter of a code, or nothing. */
function cell(tables, student, lesson, now) {
  const mark = markIn(tables, student, lesson);
  const coming = mark === null && lesson.starts > now.toISOString();
  return {
    url: `/lesson/${lesson.id}`,
    text: squareText(tables, mark),
    words: `${lesson.subject}: ${coming ? "to come" : markWords(tables, mark)}`,
    kind: coming ? "coming" : squareKind(mark),
  };
}

const weekLink = (student, week) => ({
  url: `/student/${student.id}?week=${week}`,
  words: `W${weekWords(week).slice(1)}`,
});

/** The stay or the ask of a student that stands: then there is nothing to ask for. */
function stands(tables, now, student) {
  const row = whereabouts(tables, now).get(student.id);
  if (!row) return [];
  const [url, link] = row.entered ? [`/stay/${row.id}`, "Hand over or leave"] : ["/spaces", "Go to the spaces"];
  return [{ words: whereWords(tables, row, now), url, link }];
}

/** A space to ask for, with what to know before the tap. */
function spaceChoice(tables, now, student, space) {
  const warning = keptAway(tables, now, space).has(student.id) ? APART : "";
  const state = stateOf(tables, now, space);
  return { ...state, id: space.id, label: `${state.free ? "Ask" : "Wait"} for ${space.name}`, warning };
}
