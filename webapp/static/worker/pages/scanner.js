// The reader of codes: a megabyte that a device needs only where cards are scanned, so it is no part of a first visit.

import { readerFiles, readerVersion } from "../reader.js";
import { dutyOf, load } from "../store/store.js";

export const READER_CACHE = `reachable reader ${readerVersion}`;
const SCANS_ALL_DAY = ["till", "reception", "door"]; // duties

/** @param {string} path */
export const isReader = (path) => readerFiles.includes(path);

/** A file of the reader, kept since it was first asked for.
 *  @param {Request} request */
export async function readerFile(request) {
  const cache = await caches.open(READER_CACHE);
  const kept = await cache.match(request);
  if (kept) return kept;
  const fresh = await fetch(request);
  if (fresh.ok) await cache.put(request, fresh.clone());
  return fresh;
}

/** Fetches all of it ahead where it is sure to be needed, once nobody waits for the school any more. */
export async function fetchReader() {
  const state = await load();
  if (!state.meta?.holder || !SCANS_ALL_DAY.includes(dutyOf(state))) return;
  const cache = await caches.open(READER_CACHE);
  const kept = await cache.keys();
  if (kept.length < readerFiles.length) await cache.addAll(readerFiles).catch(() => {}); // the next round tries again
}
