// What a tap on rewards means, as drafts of operations: the twin of webapp/floor/treat_taps.py. Forms and drafts are as
// in taps.js; a form that lacks what only the person can say is answered with {reason, detail}: the id of the field, and
// what to do.

import { ADMITS, admissionsIn, answerAtDoor, windowOf } from "./room.js";
import { oneLine } from "./space_taps.js";
import {
  awardsOf, capsOf, chosenOn, limitsOf, mayUndo, onPathway, optionsOf, pathwayOf, thisWeek,
} from "./treats.js";
import { localDay } from "./words.js";

const [LONGEST_REASON, LONGEST_NOTE] = [200, 140];
const NO_REASON = { reason: "reason", detail: "Give a reason. Only staff see it." };
const NO_DAY = { reason: "until", detail: "Give a last day from today on, or leave it empty." };

/** Into the reward room, also when it is full; not without the level, and not while it is closed. */
export function admit(tables, _viewer, now, params, _form) {
  const student = tables.students.get(params.student);
  if (!student || !ADMITS.includes(answerAtDoor(tables, now, student.id))) return [];
  return [{ kind: "room.admit", body: { student: student.id, window: windowOf(tables, now) } }];
}

export function leaveRoom(tables, _viewer, now, _params, form) {
  const there = admissionsIn(tables, windowOf(tables, now)).find(({ id }) => id === form.admission);
  return there ? [{ kind: "room.leave", body: { admission: there.id } }] : [];
}

/** A choice for this week's options period; an empty one takes it back. */
export function chooseOption(tables, _viewer, now, params, form) {
  const [student, wanted] = [tables.students.get(params.student), form.choice ?? "x"];
  if (!student || onPathway(tables, student) || wanted === (chosenOn(tables, now, student) ?? "")) return [];
  if (wanted && !optionsOf(tables, now, student).some(({ key, full }) => key === wanted && !full)) return [];
  return [{ kind: "options.choose", body: { student: student.id, week: thisWeek(now), choice: wanted || null } }];
}

/** A step on a pathway rewarded; or, with `withdraw`, a reward taken back. */
export function award(tables, viewer, now, params, form) {
  const student = tables.students.get(params.student);
  if (!student) return [];
  if ("withdraw" in form) {
    const mine = awardsOf(tables, student).filter((row) => row.id === form.withdraw && mayUndo(tables, viewer, row));
    return mine.map(({ id }) => ({ kind: "pathway.withdraw", body: { award: id } }));
  }
  const wanted = pathwayOf(tables).awards.find(({ key }) => key === form.award);
  if (!onPathway(tables, student) || !wanted) return [];
  const note = oneLine(form.note ?? "", LONGEST_NOTE);
  return [{ kind: "pathway.award", body: { student: student.id, award: wanted.key, day: localDay(now), note } }];
}

/** A limit from today on, until the end of a day or, without one, until somebody lifts it (D5). */
export function limit(tables, _viewer, now, params, form) {
  const [student, cap, from] = [tables.students.get(params.student), form.cap ?? "", localDay(now)];
  if (!student || !capsOf(tables).some(([key]) => key === cap)) return [];
  const [reason, until] = [oneLine(form.reason ?? "", LONGEST_REASON), form.until || null];
  if (!reason) return NO_REASON;
  if (until && !(isDay(until) && until >= from)) return NO_DAY;
  return [{ kind: "reward.cap", body: { student: student.id, cap, from, until, reason } }];
}

/** Whether there is such a day: not 30 February. */
function isDay(text) {
  const date = new Date(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : NaN);
  return !Number.isNaN(+date) && date.toISOString().startsWith(text);
}

export function lift(tables, viewer, now, params, form) {
  const student = tables.students.get(params.student);
  const limits = student ? limitsOf(tables, student, localDay(now)) : [];
  const wanted = limits.filter((row) => row.id === form.limit && mayUndo(tables, viewer, row));
  return wanted.map(({ id }) => ({ kind: "reward.lift", body: { cap: id } }));
}
