// Telling the school what was recorded here and hearing what changed there: one round at a time.

import { noteOf } from "./clock.js";
import { depart } from "./departure.js";
import { carriedOver, pending, purge } from "../store/outbox.js";
import { tellPages } from "../pages/pages.js";
import { stored } from "../pages/stamp.js";
import { isEnough, pull, takeNews } from "./pull.js";
import { push } from "./push.js";
import { Failed } from "./school.js";
import { amend, begin, load } from "../store/store.js";
import { letGo } from "./tills.js";

const PAUSE = 200; // ms; taps come in runs, and painting them comes first
/** @type {Record<number, Trouble>} */
const TROUBLES = { 400: "unread", 401: "revoked", 413: "unread", 426: "old", 503: "closed", 507: "closed" };

/** @type {Promise<void> | null} */
let coming = null;
/** @type {Promise<void> | null} */
let running = null;
let isDue = false; // whether a round is asked for that has not begun
/** @type {News | null} */
let told = null; // the latest event of the school, perhaps with all there is to know
let greeted = false; // whether the school has told this worker what it holds of this tablet

/** Syncs until nothing more was asked for meanwhile, then tells the pages when there is something new to show.
 *  @param {News | null} [news] */
export function sync(news = null) {
  told = news;
  isDue = true;
  running ??= untilNothingIsDue();
  return running;
}

/** The same in a moment, once for all the taps until then. */
export function syncSoon() {
  coming ??= new Promise((resolve) => setTimeout(resolve, PAUSE)).then(() => {
    coming = null;
    return sync();
  });
  return coming;
}

/** Who this tablet is, if it is one of the school's; what it recorded up to number `gone` it no longer keeps. */
export async function identity() {
  const { meta, operations } = await load();
  return meta && { device: meta.device, incarnation: meta.incarnation, gone: (operations[0]?.n ?? 1) - 1 };
}

/** Becomes the tablet `answer` names, keeping what the school does not have, and fetches its rows. `had` is up to where
 *  a school that knows the tablet has it, which after a restore may be less than it once confirmed.
 *  @param {Enrolment} answer */
export async function enrol({ had = Infinity, ...answer }) {
  await running?.catch(() => {});
  const state = await load();
  if (state.meta) await amend(state, ({ upto }) => ({ upto: Math.min(upto, had) }));
  await begin(state, answer, state.meta ? carriedOver(state, answer) : []);
  greeted = false;
  await sync();
  return (state.meta?.cursor ?? 0) > 0; // it may have been taken out of use meanwhile
}

async function untilNothingIsDue() {
  try {
    while (isDue) await rounds();
  } finally {
    running = null; // at once, so that nobody is told to wait for what is over
  }
}

async function rounds() {
  const state = await load();
  const before = stored(state);
  do {
    isDue = false;
    const news = told;
    told = null;
    if (state.meta) await round(state, news);
  } while (isDue);
  const isWaiting = state.meta && pending(state).length > 0; // for how long is shown too
  if (isWaiting || stored(state) !== before) await tellPages();
}

/** @param {Enrolled} state @param {News | null} news */
async function round(state, news) {
  const note = noteOf(state);
  if (note) await amend(state, () => note);
  try {
    const isQuiet = greeted && !isUnwell(state) && !pending(state).length;
    if (isQuiet && news && isEnough(state, news)) await takeNews(state, news);
    else await exchange(state);
    if (await letGo(state)) isDue = true;
  } catch (failure) {
    if (!(failure instanceof Failed)) throw failure;
    greeted = false;
    if (failure.answer.reason === "revoked") await depart(state);
    else await noteTrouble(state, TROUBLES[failure.status]);
  }
}

/** Whether there is something to tell even if nothing was recorded.
 *  @param {Enrolled} state */
const isUnwell = ({ meta, isFull }) => Boolean(meta.fault || isFull);

/** @param {Enrolled} state */
async function exchange(state) {
  await push(state, !greeted || isUnwell(state));
  greeted = await pull(state);
  if (!greeted) isDue = true; // first hear what a restored school still has of ours, then take its rows
  await purge(state);
}

/** @param {Enrolled} state @param {Trouble} [trouble] */
async function noteTrouble(state, trouble) {
  if (trouble) await amend(state, (meta) => ({ trouble: meta.trouble === "forked" ? "forked" : trouble }));
}
