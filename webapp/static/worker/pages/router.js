// Which request is answered here, and how. Everything else goes to the network.

import { broken, offline, redirect, scene, show } from "./answers.js";
import { openCard } from "./cards.js";
import { LEADS, rules, SCREENS, TAPS, taps } from "../floor.js";
import { changePin, hold, signIn, signOut } from "../people/holding.js";
import { inTurn, record } from "../store/outbox.js";
import { asset, isAsset, isOfTheHall, ofTheHall } from "./kept.js";
import { tellPages } from "./pages.js";
import { pyToJson } from "../python/values.js";
import { isReader, readerFile } from "./scanner.js";
import { dutyOf, load, noteFault } from "../store/store.js";
import { sync, syncSoon } from "../sync/sync.js";

const QUERY = ["week", "name", "to"]; // nothing else in a link has a say in what a screen shows
const LONGEST_FAULT = 120;
const FRAMES = 7; // more of a trace than that the school would cut off
const SEE_OTHER = 303;
const OPEN_TO_ALL = ["/sign-in", "/install"]; // shown though nobody holds the tablet

const SCREEN_AT = Object.fromEntries(SCREENS);

const ROUTES = [
  routeOf("GET", "/", ({ state }) => redirect(rules.home(dutyOf(state)))),
  ...SCREENS.map(([pattern, screen]) =>
    routeOf("GET", pattern, (visit) => look(screen, visit, OPEN_TO_ALL.includes(pattern))),
  ),
  ...TAPS.map(([pattern, tap, at]) =>
    routeOf("POST", pattern, (visit) => inTurn(() => touch(taps[tap], at, LEADS[pattern] ?? at, visit))),
  ),
  routeOf("GET", "/card/:key", openCard),
  routeOf("POST", "/sign-in", signIn),
  routeOf("POST", "/hold", hold),
  routeOf("POST", "/pin", changePin),
  routeOf("POST", "/sign-out", signOut),
];

/** @param {string} method @param {string} pattern @param {Route["handle"]} handle @returns {Route} */
function routeOf(method, pattern, handle) {
  return { method, pattern, shape: shapeOf(pattern), handle };
}

/** A promise of the answer, or null for a request that the worker leaves to the browser.
 *  @param {FetchEvent} event */
export function answerTo(event) {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin || url.pathname.startsWith("/sync/")) return null;
  if (isAsset(url.pathname)) return asset(request);
  if (request.method === "GET" && isOfTheHall(url.pathname)) return ofTheHall(request);
  if (isReader(url.pathname)) return readerFile(request);
  const found = find(request.method, url);
  if (found) return onTheFloor(event, found).catch((error) => failSoftly(event, found.route, error));
  return request.mode === "navigate" ? fromNetwork(request) : null;
}

/** @param {string} method @param {URL} url */
function find(method, url) {
  for (const route of ROUTES) {
    const parts = route.method === method && route.shape.exec(url.pathname);
    if (parts) return { route, params: { ...queryOf(url), ...decoded(parts.groups) } };
  }
  return null;
}

/** @param {string} pattern */
function shapeOf(pattern) {
  return new RegExp(`^${pattern.replace(/:(\w+)/g, "(?<$1>[^/]+)")}$`);
}

/** @param {URL} url */
const queryOf = ({ searchParams }) =>
  Object.fromEntries(QUERY.filter((name) => searchParams.has(name)).map((name) => [name, searchParams.get(name) ?? ""]));

/** @param {Params} [groups] */
const decoded = (groups = {}) =>
  Object.fromEntries(Object.entries(groups).map(([name, part]) => [name, plainly(part)]));

/** What an address means; one that nobody encoded rightly stays as it is, and nothing is found under it.
 *  @param {string} part */
function plainly(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** A mistake of the program is shown as a page with a way on, and told to the school.
 *  @param {FetchEvent} event @param {Route} route @param {any} error */
async function failSoftly(event, { method, pattern }, error) {
  console.error(error);
  const fault = `${method} ${pattern}: ${error?.message}`.slice(0, LONGEST_FAULT) + traceOf(error);
  event.waitUntil(load().then((state) => state.meta && noteFault(state, fault)).then(syncSoon).catch(() => {}));
  return broken(event.request);
}

/** Where in this script it failed, and from where that was called: lines and columns, which the school finds in Python.
 *  @param {any} error */
function traceOf(error) {
  const frames = [...(error?.stack ?? "").matchAll(/sw\.js:(\d+:\d+)/g)].slice(0, FRAMES);
  return frames.length ? ` (${frames.map(([, place]) => place).join(" ")})` : "";
}

/** @param {Request} request */
const fromNetwork = (request) => fetch(request).catch(offline);

/** Until the tablet is enrolled, and when its store cannot be opened, the school answers itself.
 *  @param {FetchEvent} event @param {{route: Route, params: Params}} found @param {Request} [request]
 *  @returns {Promise<Response>} */
async function onTheFloor(event, { route, params }, request = event.request) {
  const state = await load().catch(() => null);
  if (!state?.meta) return fromNetwork(request);
  const answer = await route.handle({ event, request, state, params });
  return answer.status === SEE_OTHER && request.headers.has("HX-Request") ? followed(event, answer, request) : answer;
}

/** Where a fragment is asked for, what a redirect leads to is the answer: Firefox logs each redirect that it follows for
 *  a fetch as an unexpected error.
 *  @param {FetchEvent} event @param {Response} answer @param {Request} request */
function followed(event, answer, { headers }) {
  const url = new URL(answer.headers.get("Location") ?? location.origin);
  const found = find("GET", url);
  return found ? onTheFloor(event, found, new Request(url, { headers })) : answer;
}

/** @param {string} screen @param {Visit} visit @param {boolean} isOpen */
function look(screen, visit, isOpen) {
  const seen = scene(visit.state, visit.params);
  if (!seen.viewer.staff && !isOpen) return redirect(rules.entrance(dutyOf(visit.state)));
  return show(visit, screen, seen, visit.params);
}

/** @param {import("../floor.js").Tap} tap @param {string} at @param {string} to @param {Visit} visit */
async function touch(tap, at, to, visit) {
  const { event, request, state, params } = visit;
  const form = Object.fromEntries(new URLSearchParams(await request.text()));
  const seen = scene(state, params);
  const { tables, viewer, now } = seen;
  if (!viewer.staff) return redirect(rules.entrance(dutyOf(state)));
  const drafts = tap(tables, viewer, now, params, form);
  if (!Array.isArray(drafts)) {
    const told = { ...form, ...params, error: drafts.detail, field: drafts.reason };
    return show(visit, SCREEN_AT[at], seen, told, 422, filled(at, params));
  }
  const trouble = viewer.doubtful ? "doubtful" : await recorded(state, pyToJson(drafts), event);
  const stays = to === at && request.headers.has("HX-Request");
  if (!stays && !trouble) return redirect(filled(to, params));
  return show(visit, SCREEN_AT[at], scene(state, params, trouble), params, 200, filled(at, params));
}

/** Stores what a tap means. On a full disk that is said on the screen, which then looks as before the tap.
 *  @param {Enrolled} state @param {readonly Draft[]} drafts @param {FetchEvent} event
 *  @returns {Promise<Trouble | undefined>} */
async function recorded(state, drafts, event) {
  if (!drafts.length) return undefined;
  try {
    await record(state, drafts);
    state.isFull = false;
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "QuotaExceededError")) throw error;
    console.error(error);
    state.isFull = true;
    event.waitUntil(syncSoon()); // its storage goes to the school with that
    return "full";
  }
  const isCall = drafts.some(({ kind }) => kind.startsWith("space."));
  event.waitUntil(Promise.all([tellPages(event.clientId), isCall ? sync() : syncSoon()]));
  return undefined;
}

/** @param {string} pattern @param {Params} params */
const filled = (pattern, params) => pattern.replace(/:(\w+)/g, (_, name) => encodeURIComponent(params[name]));
