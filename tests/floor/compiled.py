"""The floor compiled, in a page, so that it can be asked what Python is asked."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route

from webapp.offline.bundle import worker_files
from webapp.offline.compiler import compile_templates
from webapp.offline.floor import floor_module

WORKER = Path(__file__).parents[2] / "webapp/static/worker"
ORIGIN = "http://tablet.test/"
PRELUDE = """async (text) => {
  const given = JSON.parse(text);
  const { contexts, taps, SCREENS } = await import("/floor.js");
  const { PyMoment } = await import("/python/dates.js");
  const { pyToJson } = await import("/python/values.js");
  const moment = (text) => new PyMoment(Date.parse(text));
  // Backwards: a tablet's rows come in no order that a screen could rely on.
  const backwards = (rows) => new Map(Object.entries(rows).reverse());
  const mapped = (given) => {
    const tables = Object.fromEntries(Object.entries(given).map(([name, rows]) => [name, backwards(rows)]));
    if (tables.scores) tables.scores.of = (id) => [...tables.scores.values()].filter(({ lesson }) => lesson === id);
    const { memberships } = tables;
    if (memberships) memberships.of = (id) => [...memberships.values()].filter((row) => row.class === id);
    return tables;
  };
  %s
}"""


class Compiled:
    """The floor as tablets run it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.floor = floor_module(worker_files(WORKER))
        self.templates = ""
        page.route("**/*", self._serve)
        page.goto(ORIGIN)

    def _serve(self, route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN)
        if path == "floor.js":
            route.fulfill(body=self.floor, content_type="text/javascript")
        elif path == "templates.js":
            route.fulfill(body=self.templates, content_type="text/javascript")
        elif path:
            route.fulfill(path=WORKER / path, content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html>", content_type="text/html")

    def ask(self, script: str, given: Any = None) -> Any:
        """What `script` returns; it has `words`, `rules`, `taps`, `SCREENS`, `mapped(tables)` and `given`."""
        return self.page.evaluate(PRELUDE % script, json.dumps(given))

    def with_templates(self, env: Any, names: list[str]) -> None:
        """Compile these templates; `import("/templates.js")` finds them."""
        self.templates = self.templates or compile_templates(env, names)
