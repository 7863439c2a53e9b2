// What a person must hear of on whatever screen they are: the twin of webapp/floor/alerts.py.

import { assistsToday, canHear, hasHeard, placeWords } from "./channel.js";
import { atClock, momentOf, staffName, studentName } from "./facts.js";
import { asked, asksToday, freeWords, planName, plansToday, spaceName, statusOf, staysToday } from "./spaces.js";
import { localDay } from "./words.js";

const FRESH = 30; // minutes; how long a call for help goes out to everybody on call
const LEADERS = ["head", "senior-leader", "head-of-year", "safeguarding-lead", "sendco"];
const NUMBERS = ["None", "One", "Two", "Three", "Four", "Five"];

/** In words, with the `call` that can be heard, or "" for what ends by itself. */
export function alerts(tables, viewer, now) {
  if (!viewer.staff) return [];
  return [helps, unnamed, clashes, lapses, displaced].flatMap((alertsOf) => alertsOf(tables, viewer, now));
}

/** Calls for help, for those on call. */
function helps(tables, viewer, now) {
  const since = ago(now, FRESH);
  const wanted = assistsToday(tables, now).filter((row) => row.at >= since && canHear(row, viewer));
  return viewer.on_call ? wanted.map((row) => alert(`help-${row.id}`, helpWords(tables, row), row.id)) : [];
}

function helpWords(tables, assist) {
  const [who, place] = [staffName(tables, assist.by), placeWords(tables, assist)];
  return `${atClock(assist.at)} ${who} calls for help${place}.${assist.message ? ` ${assist.message}` : ""}`;
}

/** Students with whom no adult has been named for too long, for leaders and those on call (policy 5). */
function unnamed(tables, viewer, now) {
  const alone = staysToday(tables, now).filter((row) => row.left === null && row.staff === null);
  const isLeader = LEADERS.includes(tables.staff.get(viewer.staff)?.role);
  if (!alone.length || !(viewer.on_call || isLeader)) return [];
  const limit = ago(now, tables.school.get("school").calls.unnamed);
  const late = alone.filter((row) => row.staff_since <= limit);
  return late.map((row) => alert(`unnamed-${row.id}`, unnamedWords(tables, row), ""));
}

function unnamedWords(tables, stay) {
  const [student, space] = [studentName(tables, stay.student), spaceName(tables, stay.space)];
  return `No adult named with ${student} in ${space} since ${atClock(stay.staff_since)}.`;
}

/** Stays of theirs that turned out to be too many for the space. */
function clashes(tables, viewer, now) {
  const stays = staysToday(tables, now).filter((row) => row.clash && [row.by, row.staff].includes(viewer.staff));
  const wanted = stays.filter((row) => !hasHeard(row, viewer));
  return wanted.map((row) => alert(`clash-${row.id}`, clashWords(tables, now, row), row.id));
}

function clashWords(tables, now, stay) {
  const together = staysToday(tables, now).filter((row) => row.space === stay.space && overlap(row, stay));
  const number = NUMBERS[together.length] ?? String(together.length);
  const names = together.map((row) => studentName(tables, row.student)).join(", ");
  const [space, at] = [spaceName(tables, stay.space), atClock(together.at(-1).entered)];
  if (together.some((row) => row.left !== null)) return `${number} were in ${space} at ${at}: ${names}.`;
  return `${number} in ${space} since ${at}: ${names}. ${freeWords(tables, now, stay.space)}`;
}

/** Whether two stays were at one time; each overlaps itself. */
function overlap(one, other) {
  const before = other.left === null || one.entered < other.left;
  const after = one.left === null || other.entered < one.left;
  return one.id === other.id || (before && after);
}

/** Asks of theirs for which nobody came in time, or that reached school too late. */
function lapses(tables, viewer, now) {
  const own = asksToday(tables, now).filter((row) => row.by === viewer.staff && statusOf(row, now) === "lapsed");
  const wanted = own.filter((row) => !hasHeard(row, viewer));
  return wanted.map((row) => alert(`lapsed-${row.id}`, lapseWords(tables, row), row.id));
}

function lapseWords(tables, ask) {
  const [space, student] = [spaceName(tables, ask.space), studentName(tables, ask.student)];
  return `Your ask for ${space} with ${student} at ${atClock(ask.at)} has lapsed. Ask again if it is still needed.`;
}

/** Interventions of theirs, begun and not over, whose space went to somebody who needed it. */
function displaced(tables, viewer, now) {
  const own = plansToday(tables, now).filter((row) => [row.by, row.staff].includes(viewer.staff));
  const wanted = own.filter((row) => isDisplaced(tables, now, row));
  return wanted.map((row) => alert(`plan-${row.id}`, displacedWords(tables, now, row), ""));
}

function isDisplaced(tables, now, plan) {
  const [starts, ends] = [plan.starts, plan.ends].map((at) => momentOf(localDay(now), at).toISOString());
  const inside = staysToday(tables, now).filter((row) => row.space === plan.space);
  const met = inside.filter((row) => row.entered < ends && (row.left === null || row.left > starts));
  const others = [...met, ...asked(tables, now, plan.space, "confirmed")];
  const isOn = starts <= now.toISOString() && now.toISOString() < ends;
  return isOn && others.some((row) => !plan.students.includes(row.student));
}

function displacedWords(tables, now, plan) {
  const [what, space] = [planName(tables, plan), spaceName(tables, plan.space)];
  return `${what} at ${plan.starts}: ${space} went to a live call. ${freeWords(tables, now, plan.space)}`;
}

const ago = (now, minutes) => new Date(now - minutes * 60_000).toISOString();

const alert = (name, words, call) => ({ id: `alert-${name}`, words, call });
