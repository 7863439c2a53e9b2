// Answers the worker gives in the school's stead.

import { schoolNow } from "../sync/clock.js";
import { contexts } from "../floor.js";
import { headers, scanning, scanningHeaders } from "../headers.js";
import { pyToJson } from "../python/values.js";
import { reduce } from "../store/reduce.js";
import { noteOpened } from "./pages.js";
import { render, renderBlock } from "./render.js";
import { stampOf } from "./stamp.js";
import { templates } from "../templates.js";
import { viewerOf } from "../people/viewer.js";

/** What a screen or a tap is given, as the tablet stands at this moment; of a `lesson` where it is one's.
 *  @param {Enrolled} state @param {Params} [params] @param {Trouble} [trouble] @returns {Facts} */
export function scene(state, { lesson } = {}, trouble) {
  const now = schoolNow(state);
  return { tables: reduce(state), viewer: viewerOf(state, now, lesson, trouble), now, stamp: stampOf(state) };
}

/** A screen, by its template: its block for htmx, the whole page for anyone else. `at` is its address where that is not
 *  the one asked.
 *  @param {Visit} visit @param {string} template @param {Facts} facts @param {Params} params
 *  @param {number} [status] @param {string} [at] */
export function show({ event, request }, template, { tables, viewer, now, stamp }, params, status = 200, at) {
  noteOpened(event, stamp);
  const found = contexts[template](tables, viewer, now, params);
  if (found === null) return page(request, stamp, at, "floor/missing.html", {}, 404);
  return page(request, stamp, at, template, pyToJson(found), status);
}

/** A fragment says where it belongs, under which title, and from what it was made. The address bar knows the place of a
 *  whole page, unless it answers a form.
 *  @param {Request} request @param {string} stamp @param {string | undefined} at @param {string} template
 *  @param {Json} context @param {number} status */
function page(request, stamp, at, template, context, status) {
  const { pathname, search } = new URL(request.url);
  if (!request.headers.has("HX-Request")) {
    return html(render(templates, template, at ? { ...context, at } : context), status, pathname);
  }
  const [title, screen] = ["title", "screen"].map((block) => renderBlock(templates, template, block, context));
  const place = { "HX-Replace-Url": at ?? pathname + search, "Screen-Title": encodeURIComponent(title) };
  return html(screen, status, pathname, { ...place, "Screen-Stamp": stamp });
}

/** Instead of a screen that could not be made.
 *  @param {Request} request */
export function broken(request) {
  const [is, none] = ["floor/broken.html", {}];
  const isFragment = request.headers.has("HX-Request");
  return html(isFragment ? renderBlock(templates, is, "screen", none) : render(templates, is, none), 500);
}

export const offline = () => html(render(templates, "floor/offline.html", {}), 503);

/** @param {string} path */
export const redirect = (path) => Response.redirect(path, 303);

/** @param {string} text @param {number} status @param {string} [path] @param {Record<string, string>} [told] */
function html(text, status, path = "", told = {}) {
  const fitting = scanning.some((start) => path.startsWith(start)) ? scanningHeaders : headers;
  return new Response(text, { status, headers: { ...fitting, ...told, "Content-Type": "text/html; charset=utf-8" } });
}
