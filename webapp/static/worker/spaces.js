// What the reflection spaces look like now: the twin of webapp/floor/spaces.py. Whatever is said of a space is said of
// today: what was left open on an earlier day fills it no more.

import { atClock, staffName, windowDays } from "./facts.js";
import { ageWords, clockWords, compare, countWords, isoWeekday, localDay } from "./words.js";

export const LIVE = ["asked", "confirmed", "waiting"];
export const APART = "Not beside somebody who is there now: choose another space";

const LONGEST_DAY = 25 * 3_600_000; // ms; days are slow to tell, so what is further off is not asked

export const isToday = (at, now) =>
  Math.abs(now - Date.parse(at)) < LONGEST_DAY && localDay(new Date(at)) === localDay(now);

/** The spaces by key stage, then by name. */
export const spacesInOrder = (tables) =>
  [...tables.spaces.values()].sort(
    (a, b) => a.key_stage - b.key_stage || compare(a.name, b.name) || compare(a.id, b.id),
  );

export const spaceName = (tables, name) => tables.spaces.get(String(name))?.name ?? "";

/** Today's asks, oldest first. */
export const asksToday = (tables, now) => oldestFirst(tables.asks, "at", (row) => isToday(row.at, now));

/** Today's stays, oldest first. */
export const staysToday = (tables, now) => oldestFirst(tables.stays, "entered", (row) => isToday(row.entered, now));

/** Stays of earlier days that nobody has ended, oldest first. */
export function leftOpen(tables, now) {
  return oldestFirst(tables.stays, "entered", (row) => row.left === null && !isToday(row.entered, now));
}

/** The rows of a table that are wanted, by when they began. */
export const oldestFirst = (table, key, isWanted) =>
  [...table.values()].filter(isWanted).sort((a, b) => compare(a[key], b[key]) || compare(a.id, b.id));

/** The stay of that id, if tablets hold it. */
export function stayOf(tables, now, name) {
  const stay = tables.stays.get(String(name));
  return stay && (stay.left === null || isHeld(stay.entered, now)) ? stay : null;
}

/** Whether tablets hold what happened then; what nobody ended they hold whenever it began. */
export const isHeld = (at, now) => localDay(new Date(at)) >= windowDays(localDay(now))[0];

/** How an ask stands. One that nobody entered in time has lapsed, though the school may not have said so yet. */
export const statusOf = ({ status, until }, now) =>
  status === "confirmed" && until <= now.toISOString() ? "lapsed" : status;

/** Who is in a space: the stays, oldest first. */
export const present = (tables, now, space) =>
  staysToday(tables, now).filter((stay) => stay.space === space && stay.left === null);

/** The asks for a space that stand so, oldest first. */
export const asked = (tables, now, space, ...statuses) =>
  asksToday(tables, now).filter((ask) => ask.space === space && statuses.includes(statusOf(ask, now)));

/** How many more students a space takes; an ask that is not at school yet holds no place. */
export function places(tables, now, { id, capacity }) {
  return capacity - present(tables, now, id).length - asked(tables, now, id, "confirmed").length;
}

/** How a space is: free or not, in a word and in words. */
export function stateOf(tables, now, space) {
  const free = places(tables, now, space);
  const [kind, words] = wordsOf(tables, now, space.id);
  const more = free > 0 && ["used", "held"].includes(kind) ? ` · ${countWords(free, "place", "places")} free` : "";
  return { free: free > 0, kind, state: words + more };
}

function wordsOf(tables, now, space) {
  const [inside] = present(tables, now, space);
  const [held] = asked(tables, now, space, "confirmed");
  if (inside) return ["used", `In use · ${since(inside.entered, now)}`];
  if (held) return ["held", `Asked by ${staffName(tables, held.by)}`];
  if (asked(tables, now, space, "asked").length) return ["asked", "Asked — radio it"];
  return ["free", "Free"];
}

/** How long ago: "14 min". */
export const since = (at, now) => ageWords(Math.max(0, Math.floor((now - Date.parse(at)) / 1000)));

/** The spaces for a key stage: its own before others, a free one before one that is taken. */
export function nearest(tables, now, keyStage) {
  const far = (row) => 2 * (row.key_stage !== keyStage) + (places(tables, now, row) <= 0);
  return spacesInOrder(tables).sort((a, b) => far(a) - far(b));
}

/** Where else there is room, nearest first: "Free now: Chestnut.". */
export function freeWords(tables, now, space) {
  const others = nearest(tables, now, tables.spaces.get(space)?.key_stage ?? 0);
  const free = others.find((row) => row.id !== space && places(tables, now, row) > 0);
  return free ? `Free now: ${free.name}.` : "No other space is free.";
}

/** What stands for each student today: the stay they are in, else their live ask. */
export function whereabouts(tables, now) {
  const live = asksToday(tables, now).filter((ask) => LIVE.includes(statusOf(ask, now)));
  const inside = staysToday(tables, now).filter((stay) => stay.left === null);
  return new Map([...live.reverse(), ...inside].map((row) => [row.student, row]));
}

/** A stay or a live ask in words: "In Hazel since 10:05", "Waiting for Hazel". */
export function whereWords(tables, row, now) {
  const space = spaceName(tables, row.space);
  if (row.entered) return `In ${space} since ${atClock(row.entered)}`;
  const status = statusOf(row, now);
  if (status === "asked") return `Asked for ${space} — radio it`;
  return status === "waiting" ? `Waiting for ${space}` : `Asked for ${space}`;
}

/** The students who must not go to a space now: kept apart from somebody in it or next to it, or on the way. */
export function keptAway(tables, now, space) {
  const near = [space.id, ...space.beside];
  const rows = near.flatMap((name) => [...present(tables, now, name), ...asked(tables, now, name, "confirmed")]);
  const there = new Set(rows.map(({ student }) => student));
  const pairs = [...tables.apart.values()].map(({ students }) => students);
  return new Set(pairs.flatMap(([a, b]) => [...(there.has(b) ? [a] : []), ...(there.has(a) ? [b] : [])]));
}

/** The interventions planned for today, in order. */
export const plansToday = (tables, now) => oldestFirst(tables.plans, "starts", (row) => takesPlace(row, localDay(now)));

function takesPlace({ weekday, first, last, ended }, day) {
  const isOver = (last !== null && last < day) || (ended !== null && ended <= day);
  return first <= day && isoWeekday(day) === weekday && !isOver;
}

export const planName = (tables, plan) => chosenName(tables, "interventions", plan.kind);

/** What is planned in a space next, or now: "Next: Draw and talk, 11:15". */
export function nextPlan(tables, now, space) {
  const clock = clockWords(now);
  const plan = plansToday(tables, now).find((row) => row.space === space && row.ends > clock);
  if (!plan) return "";
  const name = planName(tables, plan);
  return plan.starts > clock ? `Next: ${name}, ${plan.starts}` : `Planned now: ${name}, until ${plan.ends}`;
}

/** What staff call one of the policy's reasons, strategies or interventions; "" for none. */
export const chosenName = (tables, choice, key) =>
  tables.school.get("school").calls[choice].find((row) => row.key === key)?.name ?? "";
