// Fetching what changed at school.

import { pulledRows } from "../store/rows.js";
import { call, heard } from "./school.js";
import { amend, isForStaff, takeIn } from "../store/store.js";

const PAGE = 10_000; // rows, the most the school gives at once

/** Takes in all that is new at once; false if the school was restored from a backup, and all rows are due anew.
 *  @param {Enrolled} state */
export async function pull(state) {
  const { meta } = state;
  const { epoch } = meta;
  // Where students pass nothing is kept but what comes now, which is little.
  const cursor = isForStaff(state) ? meta.cursor : 0;
  const fresh = cursor === 0 ? "&fresh=1" : ""; // on every page, so that none names what was gone before
  const changes = [];
  let since = cursor;
  /** @type {Pulled} */
  let page;
  do {
    page = await call(`pull?since=${since}&limit=${PAGE}&columns=1${fresh}`);
    if (page.epoch !== epoch) {
      const { epoch: other } = page;
      await amend(state, () => ({ epoch: other, cursor: 0, acks: [] }));
      return false;
    }
    changes.push(...pulledRows(page));
    since = page.next;
  } while (page.more);
  await takeIn(state, changes, cursor === 0, (now) => ({
    ...heard(page),
    ...reached(now, page.next),
    // Who signs in at this moment is not named yet, and an earlier release of the school names nobody.
    ...(meta === state.meta && page.signed_in && stillIn(now, page.signed_in)),
  }));
  return true;
}

/** Whether an event of the school brought everything that is missing here.
 *  @param {Enrolled} state @param {News} news */
export const isEnough = ({ meta }, news) =>
  Boolean(news.rows) && news.since === meta.cursor && news.epoch === meta.epoch;

/** Takes in the rows that came with an event. How wrong this clock is shows only in an answer.
 *  @param {Enrolled} state @param {News} news */
export const takeNews = (state, { now, head, rows = [] }) =>
  takeIn(state, rows, false, (meta) => ({ heard: now, ...reached(meta, head) }));

/** Who may hold this tablet no longer, as the school has `told`, with a PIN that is forgotten.
 *  @param {Meta} meta @param {Record<string, string>} told */
function stillIn({ signed_in, pins = {} }, told) {
  /** @type {SignedIn[]} */
  const still = [];
  const kept = { ...pins };
  for (const one of signed_in) {
    const until = told[one.id] ?? "";
    if (until < one.until) delete kept[one.id];
    still.push(until < one.until ? { ...one, until } : one);
  }
  return { signed_in: still, pins: kept };
}

/** @param {Meta} meta @param {number} cursor */
const reached = (meta, cursor) => ({ cursor, landed: cursor >= meta.head ? meta.upto : meta.landed });
