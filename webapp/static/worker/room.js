// The reward room: when it opens, who is inside, and what its door answers. The twin of webapp/floor/room.py, with the
// rule of webapp/domain/rewards/room.py.
//
// A window is a day and a kind of pause. So who was let in at break, and was never seen to leave, fills nothing at lunch.

import { atClock } from "./facts.js";
import { levelName, levelNow, levelOn, levelRow } from "./receipt.js";
import { oldestFirst } from "./spaces.js";
import { clockWords, localDay } from "./words.js";

export const DOOR_WORDS = {
  welcome: "Welcome",
  inside: "Already in",
  full: "Full for now",
  closed: "Closed now",
  "not-now": "Not now",
};

/** The answers with which staff can let a student in. */
export const ADMITS = ["welcome", "full"];

export const roomOf = (tables) => tables.school.get("school").room;

/** The pauses in which the room opens, in the order of the day. */
const pauses = (tables) =>
  tables.school.get("school").pauses.filter(({ kind }) => roomOf(tables).windows.includes(kind));

/** The pause that is on, else the last one of today. */
function latestPause(tables, now) {
  const clock = clockWords(now);
  const begun = pauses(tables).filter(({ starts }) => starts <= clock);
  return begun.find(({ ends }) => clock < ends) ?? begun.at(-1);
}

const isOpen = (tables, now) => clockWords(now) < (latestPause(tables, now)?.ends ?? "");

/** The window that is open or was last today: "2026-03-03/break"; "" before the first. */
export function windowOf(tables, now) {
  const pause = latestPause(tables, now);
  return pause ? `${localDay(now)}/${pause.kind}` : "";
}

/** Until when the room is open, or when it opens next: "Opens next: Lunch, 12:30–13:10". */
export function openingWords(tables, now) {
  if (isOpen(tables, now)) return `Open: ${pauseWords(latestPause(tables, now))}`;
  const coming = pauses(tables).find(({ starts }) => starts > clockWords(now));
  return coming ? `Opens next: ${pauseWords(coming)}` : "Closed for today";
}

const pauseWords = ({ name, starts, ends }) => `${name}, ${starts}–${ends}`;

/** Who was let in during a window and has not left, first come first; twice where two tablets let somebody in. */
export const admissionsIn = (tables, window) =>
  oldestFirst(tables.admissions, "at", (row) => row.window === window && row.left === null);

/** Everybody who is inside: student → their first admission. */
export const inside = (tables, now) =>
  new Map(admissionsIn(tables, windowOf(tables, now)).reverse().map((row) => [row.student, row]));

export const countInside = (tables, now) => `${inside(tables, now).size} of ${roomOf(tables).capacity} inside`;

/** What the door says to a student now. */
export function answerAtDoor(tables, now, student) {
  const [{ levels, capacity }, there] = [roomOf(tables), inside(tables, now)];
  if (there.has(student)) return "inside";
  if (!isOpen(tables, now)) return "closed";
  if (!levels.includes(levelOn(tables, student, localDay(now)))) return "not-now";
  return there.size >= capacity ? "full" : "welcome";
}

/** The reason for an answer, in words that the student may read. */
export function why(tables, now, student, answer) {
  if (answer === "inside") return `In since ${atClock(inside(tables, now).get(student).at)}`;
  if (answer === "full") return `It holds ${roomOf(tables).capacity}. There may be room again soon.`;
  if (answer === "welcome") return `${levelNow(tables, student, localDay(now)).name} this week`;
  return answer === "not-now" ? whyNot(tables, now, student) : openingWords(tables, now);
}

/** What keeps the room from a student today: a limit, else the level. */
function whyNot(tables, now, student) {
  const [{ levels }, day] = [roomOf(tables), localDay(now)];
  const { name, limit } = levelNow(tables, student, day);
  if (levels.includes(levelRow(tables, student, day)?.earned)) return `For now: ${limit}`;
  return `It goes with ${levels.map((key) => levelName(tables, key)).join(" or ")}. Now: ${name}`;
}

/** Whether the room is open to a student today, and why. */
export function roomWords(tables, now, student) {
  if (inside(tables, now).has(student)) return why(tables, now, student, "inside");
  const { levels, windows } = roomOf(tables);
  const isTheirs = levels.includes(levelOn(tables, student, localDay(now)));
  return isTheirs ? `Yes, at ${windows.join(" and ")}` : `Not today. ${whyNot(tables, now, student)}`;
}
