// What is not at school yet, and what the school refused. The twin of webapp/floor/screens/waiting.py.

import { chrome } from "../chrome.js";
import { atWords, lessonOf, markWords, staffName } from "../facts.js";
import { isHeld, spaceName, stayOf } from "../spaces.js";
import { compare, countWords, lessonWords } from "../words.js";

const KINDS = new Map([
  ["space.ask", "Asked for"],
  ["space.enter", "Went into"],
  ["space.leave", "Left"],
  ["space.handover", "Handed over in"],
  ["space.cancel", "Took back an ask for"],
  ["space.ack", "Heard a call"],
  ["space.assist", "Called for help"],
  ["reward.cap", "A reward limited"],
  ["reward.lift", "A limit lifted"],
  ["tuck.redeem", "Taken from the tuck shop"],
  ["tuck.void", "Taken back to the tuck shop"],
  ["tuck.count", "The shelf counted"],
  ["till.release", "A group handed to another till"],
  ["room.admit", "Let into the reward room"],
  ["room.leave", "Left the reward room"],
  ["options.choose", "A choice for the options period"],
  ["pathway.award", "An award"],
  ["pathway.withdraw", "An award taken back"],
  ["refusal.settle", "A refused entry marked as dealt with"],
]);

export const waitingScreen = {
  template: "floor/waiting.html",
  context(tables, viewer, now, _params) {
    const refused = [...tables.refusals.values()];
    refused.sort((a, b) => compare(a.at, b.at) || a.n - b.n || compare(a.id, b.id));
    const count = countWords(viewer.waiting.length, "entry is", "entries are");
    return {
      chrome: chrome(tables, viewer, now, "Waiting", { tab: "waiting" }),
      count: `${count} saved on this tablet. The tablet sends everything by itself.`,
      waiting: viewer.waiting.map((operation) => entry(tables, operation, now)),
      refused: refused.map((row) => ({ ...entry(tables, row, now), why: row.detail ?? "" })),
    };
  },
};

/** An operation in plain words, with the lesson it speaks of where that is still at hand. */
function entry(tables, operation, now) {
  const { body } = operation;
  const lesson = lessonOf(tables, now, body.lesson);
  const about = called(tables, now, body);
  return {
    id: operation.id,
    student: studentWords(tables, about.student),
    what: whatWords(tables, operation, about),
    lesson: lesson ? lessonLine(lesson) : "",
    url: lesson ? `/lesson/${lesson.id}` : "",
    who: `${staffName(tables, operation.by)}, ${atWords(operation.at, now)}`,
  };
}

/** What names the student and the space: the ask or the stay an operation speaks of, else the operation itself. */
function called(tables, now, body) {
  const ask = tables.asks.get(String(body.ask));
  return stayOf(tables, now, body.stay) ?? (ask && isHeld(ask.at, now) ? ask : body);
}

const studentWords = (tables, name) => tables.students.get(String(name))?.name ?? "";

function whatWords(tables, { kind, body }, about) {
  if (kind === "score.record") return markWords(tables, body.mark ?? null);
  const [words, space] = [KINDS.get(kind) ?? "An entry", spaceName(tables, about.space)];
  return space && kind !== "space.assist" ? `${words} ${space}` : words;
}

const lessonLine = (lesson) => `${lesson.subject}, ${lessonWords(lesson.date, lesson.period)}`;
