// The school's time. What this tablet's clock says is stored and sent as it is (the school corrects it); what people see
// is corrected by how far the clock was out when the school last answered. It is never earlier than what the school last
// said, or than what was recorded here since: after a clock was set back, time goes on from there.

import { pyInstant, PyMoment } from "../python/dates.js";

const SLACK = 120_000; // ms; a clock that is put right by less was not wrong

/** How far this clock is ahead of the school's, in ms, given its readings before and after a call.
 *  @param {number} sent @param {number} received @param {string} schoolNow */
export const skewOf = (sent, received, schoolNow) => Math.round((sent + received) / 2 - Date.parse(schoolNow));

/** The school's time, as far as this tablet knows.
 *  @param {Enrolled} state @returns {Moment} */
export function schoolNow(state) {
  const [shown, least] = [byClock(state), atLeast(state)];
  return new PyMoment(shown >= least ? shown : Math.max(least, sinceSetBack(state)));
}

/** What this clock says or, after it was set back, would say had nobody done so: as ISO text.
 *  @param {Enrolled} state */
export const wallNow = (state, now = schoolNow(state)) => pyInstant(new PyMoment(now.milliseconds + state.meta.skew));

/** @param {Enrolled} state */
export const isSetBack = (state) => byClock(state) < atLeast(state) - SLACK;

/** What meta has to note once the clock was set back: what it shows, less what the time was at least.
 *  @param {Enrolled} state */
export const noteOf = (state) =>
  isSetBack(state) && !(sinceSetBack(state) >= atLeast(state)) ? { slip: Date.now() - atLeast(state) } : null;

/** @param {Enrolled} state */
const byClock = ({ meta }) => Date.now() - meta.skew;

/** @param {Enrolled} state */
const sinceSetBack = ({ meta }) => Date.now() - (meta.slip ?? Infinity);

/** @param {Enrolled} state */
function atLeast({ meta, operations }) {
  const last = operations.at(-1);
  return Math.max(Date.parse(meta.heard ?? "") || 0, last && last.n > meta.upto ? Date.parse(last.at) : 0);
}
