// Files and pages that this tablet keeps, for when the school cannot be reached.

import { offline } from "./answers.js";
import { assets, version } from "../assets.js";
import { isForStaff, load } from "../store/store.js";

export const CACHE = `reachable ${version}`;
const ASSETS = new Set(assets);
const HALL = /^\/(kiosk|hall|static\/student\/.+)$/;

/** @param {string} path */
export const isAsset = (path) => ASSETS.has(path);

/** @param {Request} request */
export async function asset(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(request, { ignoreSearch: true })) ?? fetch(request);
}

/** @param {string} path */
export const isOfTheHall = (path) => HALL.test(path);

/** What a tablet in the hall shows comes from the school, and without it is what came last.
 *  @param {Request} request */
export async function ofTheHall(request) {
  const [state, { url }] = [await load(), request];
  if (!state.meta || isForStaff(state)) return fetch(request).catch(offline);
  const cache = await caches.open(CACHE);
  try {
    const fresh = await fetch(request);
    if (fresh.ok) await cache.put(url, fresh.clone());
    return fresh;
  } catch {
    return (await cache.match(url, { ignoreVary: true })) ?? offline();
  }
}

/** Names on the board are none of a tablet's that was taken out of use. */
export async function forgetTheHall() {
  const cache = await caches.open(CACHE);
  const kept = await cache.keys();
  await Promise.all(kept.filter(({ url }) => isOfTheHall(new URL(url).pathname)).map((request) => cache.delete(request)));
}
