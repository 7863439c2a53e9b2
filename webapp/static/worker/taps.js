// What a tap means, as drafts of operations [{kind, body, replaces?}]: the twin of webapp/floor/taps.py. `form` is an
// object of strings.

import { expected, lessonOf, marksByLesson, roll } from "./facts.js";
import { lastGesture } from "./rules.js";
import { localDay } from "./words.js";

const ACTIVE = 3;
const MARKS = new Map([
  ...[0, 1, 2, 3, 4, 5].map((mark) => [String(mark), mark]),
  ["authorised", "authorised"],
  ["exempt", "exempt"],
  ["", null],
]);

/** One student's mark. The mark that stands already is not recorded again. */
export function mark(tables, _viewer, now, params, form) {
  const lesson = lessonOf(tables, now, params.lesson);
  const student = tables.students.get(form.student ?? "");
  const wanted = form.mark ?? "none";
  if (!lesson || !student || !MARKS.has(wanted)) return [];
  const score = scoreOf(tables, student.id, lesson);
  if (MARKS.get(wanted) === (score?.mark ?? null)) return [];
  return [scoreDraft(student.id, lesson, MARKS.get(wanted), score)];
}

/** Active for every student who is there and has no mark yet. */
export function markAll(tables, _viewer, now, params, _form) {
  const lesson = lessonOf(tables, now, params.lesson);
  if (!lesson) return [];
  const marked = marksByLesson(tables, [lesson]).get(lesson.id);
  const students = expected(roll(tables, lesson, marked), lesson, marked);
  const unmarked = students.filter((student) => !marked.has(student.id));
  return unmarked.map((row) => scoreDraft(row.id, lesson, ACTIVE, scoreOf(tables, row.id, lesson)));
}

/** Takes back the last tap. */
export function undo(tables, viewer, now, params, _form) {
  const lesson = lessonOf(tables, now, params.lesson);
  return lesson ? undoable(tables, viewer, now, lesson).map((step) => takeBack(tables, step, lesson)) : [];
}

/** A refused operation that somebody has dealt with. */
export function settle(tables, _viewer, _now, _params, form) {
  const operation = form.operation ?? "";
  return tables.refusals.get(operation) ? [{ kind: "refusal.settle", body: { operation } }] : [];
}

/** What Undo takes back, latest first: a person's own marks of today that nobody else has changed since. */
export function undoable(tables, viewer, now, lesson) {
  const kept = viewer.own.filter((operation) => !tables.refusals.get(operation.id));
  const marks = kept.filter((operation) => isOwnMark(operation, viewer, lesson));
  const own = new Map(marks.map((operation) => [operation.id, operation]));
  return lastGesture(marks.filter((row) => isFresh(tables, row, own, now, lesson)).map(stepOf));
}

const isOwnMark = (operation, viewer, lesson) =>
  operation.kind === "score.record" && operation.by === viewer.staff && operation.body.lesson === lesson.id;

/**
 * Whether the mark that stands is the person's own of today, and this one of the same day.
 *
 * When a mark was made is an estimate that the school may correct. So "today" is asked of the row, and "the same
 * day" of the tablet's clock as it was: of these two the school and the tablet know the same.
 */
function isFresh(tables, operation, own, now, lesson) {
  const score = scoreOf(tables, operation.body.student, lesson);
  if (!score || !own.has(score.op)) return false;
  const today = localDay(new Date(score.at)) === localDay(now);
  return today && own.get(score.op).wall.slice(0, 10) === operation.wall.slice(0, 10);
}

function stepOf({ id, body, wall, replaces }) {
  const undoes = body.undo ? replaces : null;
  return { op: id, student: body.student, wall, undoes, was: body.was ?? null };
}

function takeBack(tables, step, lesson) {
  const was = scoreOf(tables, step.student, lesson)?.mark ?? null;
  const body = { student: step.student, lesson: lesson.id, mark: step.was, was, undo: true };
  return { kind: "score.record", body, replaces: step.op };
}

function scoreDraft(student, lesson, mark, score) {
  const body = { student, lesson: lesson.id, mark, was: score?.mark ?? null };
  return { kind: "score.record", body, ...(score && { replaces: score.op }) };
}

const scoreOf = (tables, student, lesson) => tables.scores.get(`${student}.${lesson.id}`);
