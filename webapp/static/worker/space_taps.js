// What a tap on the reflection spaces means, as drafts of operations: the twin of webapp/floor/space_taps.py. Forms and
// drafts are as in taps.js; a form that lacks what only the person can say is answered with {reason, detail}: the id of
// the field, and what to do.

import { assistsToday, hasHeard } from "./channel.js";
import { atWords, momentOf } from "./facts.js";
import { asksToday, isToday, LIVE, present, statusOf, stayOf, staysToday } from "./spaces.js";
import { localDay } from "./words.js";

const [LONGEST_PLACE, LONGEST_MESSAGE] = [60, 140];
const ANSWERS = new Map([["yes", true], ["no", false]]);
const NO_ANSWER = { reason: "free-yes", detail: "Say whether the student was free to leave throughout." };
const NO_TIME = { reason: "when", detail: "Give the time the student left, like 11:40." };

/** A space for a student; or, with `what` enter, that they are in it already. */
export function ask(tables, _viewer, now, _params, form) {
  const space = tables.spaces.get(form.space ?? "");
  const student = tables.students.get(form.student ?? "");
  const why = form.why ?? "";
  const { reasons } = tables.school.get("school").calls;
  if (!space || !student || (why && !reasons.some(({ key }) => key === why))) return [];
  if (present(tables, now, space.id).some((stay) => stay.student === student.id)) return [];
  const live = asksToday(tables, now).filter((row) => LIVE.includes(statusOf(row, now)) && row.student === student.id);
  const own = live.find((row) => row.space === space.id);
  const body = { space: space.id, student: student.id, ...(why && { why }) };
  if (form.what === "enter") return [{ kind: "space.enter", body: { ...body, ...(own && { ask: own.id }) } }];
  return own ? [] : [{ kind: "space.ask", body }];
}

/** A space for the student whose page it is. */
export const askFor = (tables, viewer, now, params, form) =>
  ask(tables, viewer, now, params, { space: form.space ?? "", student: params.student });

/** Whom the space was asked for is in it, with whoever holds the tablet. */
export function enter(tables, _viewer, now, _params, form) {
  const asked = liveAsk(tables, now, form);
  return asked ? [{ kind: "space.enter", body: { space: asked.space, student: asked.student, ask: asked.id } }] : [];
}

export function cancel(tables, _viewer, now, _params, form) {
  const asked = liveAsk(tables, now, form);
  return asked ? [{ kind: "space.cancel", body: { ask: asked.id } }] : [];
}

/** The ask a form names, if it still stands. */
function liveAsk(tables, now, form) {
  const found = tables.asks.get(form.ask ?? "");
  return found && isToday(found.at, now) && LIVE.includes(statusOf(found, now)) ? found : null;
}

/** Whoever holds the tablet is the adult present from now on. */
export const takeOver = (tables, viewer, now, _params, form) =>
  handOver(tables, viewer, now, form, { staff: viewer.staff });

/** Another adult is present from now on; `nobody` in the form says that none is. */
export function handOver(tables, _viewer, now, params, form) {
  const stay = openStay(tables, now, params);
  const staff = "nobody" in form ? null : (form.staff ?? "");
  if (!stay || stay.staff === staff || (staff !== null && !tables.staff.get(staff))) return [];
  return [{ kind: "space.handover", body: { stay: stay.id, staff } }];
}

/** The end of a stay, never without the answer (policy 5); one of an earlier day with the time, too. */
export function leave(tables, _viewer, now, params, form) {
  const stay = openStay(tables, now, params);
  if (!stay) return [];
  const [free, when] = [ANSWERS.get(form.free), leftAt(stay, now, form)];
  if (free === undefined) return NO_ANSWER;
  if (when.reason) return when;
  const { strategies } = tables.school.get("school").calls;
  const helped = strategies.map(({ key }) => key).filter((key) => `helped-${key}` in form);
  return [{ kind: "space.leave", body: { stay: stay.id, free_to_leave: free, helped, ...(when && { when }) } }];
}

/** When the student left, where that was not just now: on the day of the stay, after it began. */
function leftAt(stay, now, form) {
  if (isToday(stay.entered, now)) return "";
  if (!/^([01][0-9]|2[0-3]):[0-5][0-9]$/.test(form.when ?? "")) return NO_TIME;
  const when = momentOf(localDay(new Date(stay.entered)), form.when).toISOString();
  const began = atWords(stay.entered, now);
  return when >= stay.entered ? when : { reason: "when", detail: `Give a later time: the stay began ${began}.` };
}

function openStay(tables, now, params) {
  const stay = stayOf(tables, now, params.stay ?? "");
  return stay?.left === null ? stay : null;
}

/** A call for help, to a space or any other place. */
export function assist(tables, _viewer, _now, _params, form) {
  const space = form.space ?? "";
  const place = oneLine(form.place ?? "", LONGEST_PLACE);
  const message = oneLine(form.message ?? "", LONGEST_MESSAGE);
  const body = { ...(tables.spaces.get(space) && { space }), ...(place && { place }), ...(message && { message }) };
  return Object.keys(body).length ? [{ kind: "space.assist", body }] : [];
}

export const oneLine = (text, most) =>
  [...text.replace(/[\x00-\x20\x7f-\xa0]+/g, " ").replace(/^ | $/g, "")].slice(0, most).join("");

/** Says that a call was heard; once is enough. */
export function hear(tables, viewer, now, _params, form) {
  const calls = [...asksToday(tables, now), ...staysToday(tables, now), ...assistsToday(tables, now)];
  const heard = calls.filter((row) => row.id === form.call && !hasHeard(row, viewer));
  return heard.map(({ id }) => ({ kind: "space.ack", body: { call: id } }));
}
