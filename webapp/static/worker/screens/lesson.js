// One lesson: its students and their marks. The twin of webapp/floor/screens/lesson.py.

import { chrome, mayMark } from "../chrome.js";
import {
  atWords, dayUrl, expected, initial, isAway, lessonOf, lessonTitle, markName, markWords, marksByLesson, roll, staffName,
  times, weekMarks, wholeWeeks,
} from "../facts.js";
import { meanOf, meanShown } from "../rules.js";
import { undoable } from "../taps.js";
import { compare, lessonWords, localDay, weekOf } from "../words.js";

// Where six names stand side by side there is no room for three words, and "not yet" is kinder.
const SHORT = new Map([["Did not achieve", "Not yet"]]);

export const lessonScreen = {
  template: "floor/lesson.html",
  context(tables, viewer, now, params) {
    const lesson = lessonOf(tables, now, params.lesson);
    if (!lesson) return null;
    const marked = marksByLesson(tables, [lesson]).get(lesson.id);
    const students = roll(tables, lesson, marked);
    const due = expected(students, lesson, marked).length;
    const means = weekMeans(tables, lesson, now);
    const when = lessonWords(lesson.date, lesson.period);
    return {
      chrome: chrome(tables, viewer, now, lessonTitle(tables, lesson), {
        sub: `${when} · ${times(lesson)}`,
        back: dayUrl(lesson.date, now),
      }),
      url: `/lesson/${lesson.id}`,
      marked: `${marked.size} of ${due} marked`,
      last: lastWords(tables, now, marked),
      all: marked.size < due,
      undo: undoWords(tables, viewer, now, lesson),
      columns: mayMark(tables, viewer) ? tables.school.get("school").marks.map(column) : [],
      rows: students.map((student) => row(tables, student, lesson, marked.get(student.id), means)),
    };
  },
};

/** Each student's mean of the lesson's week, as far as it has come; none where some of the week is out of reach. */
function weekMeans(tables, lesson, now) {
  const [week, today] = [weekOf(lesson.date), localDay(now)];
  if (!wholeWeeks(today).includes(week)) return new Map();
  return new Map([...weekMarks(tables, week, today)].map(([student, marks]) => [student, meanShown(meanOf(marks))]));
}

/** Who marked last and when. */
function lastWords(tables, now, marked) {
  const scores = [...marked.values()].sort((a, b) => compare(a.at, b.at) || a.student - b.student);
  if (!scores.length) return "";
  return `Last by ${staffName(tables, scores.at(-1).by)}, ${atWords(scores.at(-1).at, now)}`;
}

/** What Undo would take back; "" when there is nothing. */
function undoWords(tables, viewer, now, lesson) {
  const steps = undoable(tables, viewer, now, lesson);
  if (steps.length !== 1) return steps.length ? `${steps.length} marks` : "";
  const student = tables.students.get(steps[0].student);
  const score = tables.scores.get(`${steps[0].student}.${lesson.id}`);
  return `${student?.name ?? "a student"}: ${markWords(tables, score?.mark ?? null)}`;
}

const column = (rule) => ({
  mark: String(rule.mark),
  name: rule.name,
  short: SHORT.get(rule.name) ?? rule.name,
  criteria: rule.criteria,
});

/** A student with the buttons, of which one may be pressed. */
function row(tables, student, lesson, score, means) {
  const school = tables.school.get("school");
  const mark = score?.mark ?? null;
  return {
    id: student.id,
    name: student.name,
    note: note(tables, mark, isAway(student, lesson), means.get(student.id) ?? ""),
    state: mark === null ? "" : String(mark),
    letter: typeof mark === "string" ? initial(tables, mark) : "",
    marks: school.marks.map((rule) => button(rule, mark)),
    codes: school.codes.map((rule) => button(rule, mark)),
  };
}

function note(tables, mark, away, mean) {
  if (typeof mark === "string") return markName(tables, mark);
  if (away && mark === null) return "Not in school for this lesson";
  return mean ? `${mean} this week` : "No mark this week";
}

const button = (rule, mark) => ({ mark: String(rule.mark), name: rule.name, pressed: rule.mark === mark });
