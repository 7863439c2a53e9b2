// The open pages of this tablet. What they show is a state that each asks about from when it starts to listen, and again
// and again: word of a change may go to a page that is just being left, or to one that does not listen yet.

import { load } from "../store/store.js";
import { stampOf } from "./stamp.js";

const REMEMBERED = 100; // pages; one forgotten fetches itself anew once

const opened = new Map(); // id of a page -> what its document was made from; empty when the browser restarts the worker

/** @param {FetchEvent} event @param {string} stamp */
export function noteOpened({ resultingClientId }, stamp) {
  if (resultingClientId) remember(resultingClientId, stamp);
}

/** @param {string} id @param {string} stamp */
function remember(id, stamp) {
  opened.delete(id);
  opened.set(id, stamp);
  if (opened.size > REMEMBERED) opened.delete(opened.keys().next().value);
}

/** Tells them to show themselves anew, except the one that has just been answered.
 *  @param {string} [except] */
export async function tellPages(except) {
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const page of pages) if (page.id !== except) tell(page);
}

/** Answers a page that asks whether what it shows still holds: `stamp` is that of the last screen swapped in, if any.
 *  @param {Client} page @param {string | null} [stamp] */
export async function answerPage(page, stamp) {
  const now = stampOf(await load());
  if (!now || (stamp ?? opened.get(page.id)) === now) return;
  remember(page.id, now); // it listens, so it need not be told of the same again
  tell(page);
}

/** @param {Client} page */
const tell = (page) => page.postMessage({ type: "changed" });

/** Lets a new worker take over, unless another page than the one asking is in use: that is said.
 *  @param {Asked} event */
export async function updateIfAlone({ source }) {
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  if (pages.length === 1) await skipWaiting();
  else source.postMessage({ type: "others" });
}
