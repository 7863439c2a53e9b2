// Answers the worker gives in the school's stead.

import { corrected } from "./clock.js";
import { contexts } from "./floor.js";
import { headers, scanning, scanningHeaders } from "./headers.js";
import { PyMoment } from "./python/dates.js";
import { pyToJson } from "./python/values.js";
import { reduce } from "./reduce.js";
import { render, renderBlock } from "./render.js";
import { templates } from "./templates.js";
import { viewerOf } from "./viewer.js";

/** What a screen or a tap is given, as the tablet stands at this moment. */
export function scene(state, trouble) {
  const now = new PyMoment(corrected(Date.now(), state.meta.skew).getTime());
  return { tables: reduce(state), viewer: viewerOf(state, now, trouble), now };
}

/** A screen, by its template: its block for htmx, the whole page for anyone else. */
export function show(request, template, { tables, viewer, now }, params, status = 200) {
  const found = contexts[template](tables, viewer, now, params);
  if (found === null) return page(request, "floor/missing.html", {}, 404);
  return page(request, template, pyToJson(found), status);
}

function page(request, template, context, status) {
  const isFragment = request.headers.has("HX-Request");
  const text = isFragment ? renderBlock(templates, template, "screen", context) : render(templates, template, context);
  return html(text, status, new URL(request.url).pathname);
}

export const offline = () => html(render(templates, "floor/offline.html", {}), 503);

export const redirect = (path) => Response.redirect(path, 303);

function html(text, status, path = "") {
  const fitting = scanning.some((start) => path.startsWith(start)) ? scanningHeaders : headers;
  return new Response(text, { status, headers: { ...fitting, "Content-Type": "text/html; charset=utf-8" } });
}
