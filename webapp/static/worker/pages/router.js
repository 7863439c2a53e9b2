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

const QUERY = ["week", "to"]; // nothing else in a link has a say in what a screen shows
const LONGEST_FAULT = 120;
const FRAMES = 7; // more of a trace than that the school would cut off
const SEE_OTHER = 303;
const OPEN_TO_ALL = ["/sign-in", "/install"]; // shown though nobody holds the tablet

const ROUTES = [
  ["GET", "/", ({ state }) => redirect(rules.home(dutyOf(state)))],
  ...SCREENS.map(([pattern, screen]) => ["GET", pattern, (visit) => look(screen, visit, OPEN_TO_ALL.includes(pattern))]),
  ...TAPS.map(([pattern, tap, at]) => {
    const to = LEADS[pattern] ?? at;
    return ["POST", pattern, (visit) => inTurn(() => touch(taps[tap], at, to, visit))];
  }),
  ["GET", "/card/:key", openCard],
  ["POST", "/sign-in", signIn],
  ["POST", "/hold", hold],
  ["POST", "/pin", changePin],
  ["POST", "/sign-out", signOut],
].map(([method, pattern, handle]) => ({ method, pattern, shape: shapeOf(pattern), handle }));

/** A promise of the answer, or null for a request that the worker leaves to the browser. */
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

function find(method, url) {
  for (const route of ROUTES) {
    const parts = route.method === method && route.shape.exec(url.pathname);
    if (parts) return { route, params: { ...queryOf(url), ...decoded(parts.groups) } };
  }
  return null;
}

function shapeOf(pattern) {
  return new RegExp(`^${pattern.replace(/:(\w+)/g, "(?<$1>[^/]+)")}$`);
}

const queryOf = ({ searchParams }) =>
  Object.fromEntries(QUERY.filter((name) => searchParams.has(name)).map((name) => [name, searchParams.get(name)]));

const decoded = (groups = {}) =>
  Object.fromEntries(Object.entries(groups).map(([name, part]) => [name, plainly(part)]));

/** What an address means; one that nobody encoded rightly stays as it is, and nothing is found under it. */
function plainly(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** A mistake of the program is shown as a page with a way on, and told to the school. */
async function failSoftly(event, { method, pattern }, error) {
  console.error(error);
  const fault = `${method} ${pattern}: ${error?.message}`.slice(0, LONGEST_FAULT) + traceOf(error);
  event.waitUntil(load().then((state) => state.meta && noteFault(state, fault)).then(syncSoon).catch(() => {}));
  return broken(event.request);
}

/** Where in this script it failed, and from where that was called: lines and columns, which the school finds in Python. */
function traceOf(error) {
  const frames = [...(error?.stack ?? "").matchAll(/sw\.js:(\d+:\d+)/g)].slice(0, FRAMES);
  return frames.length ? ` (${frames.map(([, place]) => place).join(" ")})` : "";
}

const fromNetwork = (request) => fetch(request).catch(offline);

/** Until the tablet is enrolled, and when its store cannot be opened, the school answers itself. */
async function onTheFloor(event, { route, params }, request = event.request) {
  const state = await load().catch(() => null);
  if (!state?.meta) return fromNetwork(request);
  const answer = await route.handle({ event, request, state, params });
  return answer.status === SEE_OTHER && request.headers.has("HX-Request") ? followed(event, answer, request) : answer;
}

/** Where a fragment is asked for, what a redirect leads to is the answer: Firefox logs each redirect that it follows for
 *  a fetch as an unexpected error. */
function followed(event, answer, { headers }) {
  const url = new URL(answer.headers.get("Location"));
  const found = find("GET", url);
  return found ? onTheFloor(event, found, new Request(url, { headers })) : answer;
}

function look(screen, visit, isOpen) {
  const seen = scene(visit.state, visit.params);
  if (!seen.viewer.staff && !isOpen) return redirect(rules.entrance(dutyOf(visit.state)));
  return show(visit, screen, seen, visit.params);
}

async function touch(tap, at, to, visit) {
  const { event, request, state, params } = visit;
  const form = Object.fromEntries(new URLSearchParams(await request.text()));
  const seen = scene(state, params);
  const { tables, viewer, now } = seen;
  if (!viewer.staff) return redirect(rules.entrance(dutyOf(state)));
  const [, screen] = SCREENS.find(([pattern]) => pattern === at);
  const drafts = tap(tables, viewer, now, params, form);
  if (drafts.reason) {
    const told = { ...form, ...params, error: drafts.detail, field: drafts.reason };
    return show(visit, screen, seen, told, 422, filled(at, params));
  }
  const trouble = viewer.doubtful ? "doubtful" : await recorded(state, pyToJson(drafts), event);
  const stays = to === at && request.headers.has("HX-Request");
  if (!stays && !trouble) return redirect(filled(to, params));
  return show(visit, screen, scene(state, params, trouble), params, 200, filled(at, params));
}

/** Stores what a tap means. On a full disk that is said on the screen, which then looks as before the tap. */
async function recorded(state, drafts, event) {
  if (!drafts.length) return undefined;
  try {
    await record(state, drafts);
    state.isFull = false;
  } catch (error) {
    if (error?.name !== "QuotaExceededError") throw error;
    console.error(error);
    state.isFull = true;
    event.waitUntil(syncSoon()); // its storage goes to the school with that
    return "full";
  }
  const isCall = drafts.some(({ kind }) => kind.startsWith("space."));
  event.waitUntil(Promise.all([tellPages(event.clientId), isCall ? sync() : syncSoon()]));
  return undefined;
}

const filled = (pattern, params) => pattern.replace(/:(\w+)/g, (_, name) => encodeURIComponent(params[name]));
