// What is not at school yet, and what the school refused. The twin of webapp/floor/screens/waiting.py.

import { chrome } from "../chrome.js";
import { atWords, lessonOf, markWords, staffName } from "../facts.js";
import { compare, countWords, lessonWords } from "../words.js";

export const template = "floor/waiting.html";

const KINDS = new Map([
  ["reward.cap", "A reward limited"],
  ["reward.lift", "A limit lifted"],
  ["refusal.settle", "A refused entry marked as dealt with"],
]);

export function context(tables, viewer, now, _params) {
  const refused = [...tables.refusals.values()];
  refused.sort((a, b) => compare(a.at, b.at) || a.n - b.n || compare(a.id, b.id));
  const count = countWords(viewer.waiting.length, "entry is", "entries are");
  return {
    chrome: chrome(tables, viewer, now, "Waiting", { tab: "waiting" }),
    count: `${count} saved on this tablet. The tablet sends everything by itself.`,
    waiting: viewer.waiting.map((operation) => entry(tables, operation, now)),
    refused: refused.map((row) => ({ ...entry(tables, row, now), why: row.detail ?? "" })),
  };
}

/** An operation in plain words, with the lesson it speaks of where that is still at hand. */
function entry(tables, operation, now) {
  const { body } = operation;
  const lesson = lessonOf(tables, now, body.lesson);
  return {
    id: operation.id,
    student: studentWords(tables, body.student),
    what: whatWords(tables, operation),
    lesson: lesson ? lessonLine(lesson) : "",
    url: lesson ? `/lesson/${lesson.id}` : "",
    who: `${staffName(tables, operation.by)}, ${atWords(operation.at, now)}`,
  };
}

const studentWords = (tables, name) => tables.students.get(String(name))?.name ?? "";

function whatWords(tables, operation) {
  if (operation.kind !== "score.record") return KINDS.get(operation.kind) ?? "An entry";
  return markWords(tables, operation.body.mark ?? null);
}

const lessonLine = (lesson) => `${lesson.subject}, ${lessonWords(lesson.date, lesson.period)}`;
