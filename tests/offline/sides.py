"""The two sides that must agree: Jinja, and the compiled templates in a browser."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError
from playwright.sync_api import Page, Route

from webapp.offline.compiler import compile_templates

WORKER = Path(__file__).parents[2] / "webapp/static/worker"
ORIGIN = "http://tablet.test/"
RENDER_ALL = """async ([module, jobs]) => {
  const { templates } = await import(module);
  const { render, renderBlock } = await import("/pages/render.js");
  const draw = ([name, block, context]) =>
    block ? renderBlock(templates, name, block, context) : render(templates, name, context);
  return jobs.map(([name, block, context]) => {
    try {
      return [draw([name, block, JSON.parse(context)]), null];
    } catch (error) {
      return [null, error.constructor.name];
    }
  });
}"""


@dataclass(frozen=True)
class Job:
    """A template to render, or one block of it, with a context of plain JSON."""

    name: str
    context: Mapping[str, Any]
    block: str | None = None


@dataclass(frozen=True)
class Outcome:
    """The text, or the kind of error: `undefined`, `outside` (what neither side, or only Jinja, can do)."""

    text: str | None
    error: str | None = None


def floor_environment(**sources: str) -> Environment:
    """Templates by their name without `.html`, in an environment set like the floor's."""
    return Environment(
        loader=DictLoader({f"{name}.html": source for name, source in sources.items()}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def jinja(env: Environment, job: Job) -> Outcome:
    """What Flask would send. A block's forebears are searched for in `layout.html`, if there is one."""
    template = env.get_template(job.name)
    try:
        if not job.block:
            return Outcome(template.render(job.context))
        context = template.new_context(dict(job.context))
        for name, version in env.get_template("layout.html").blocks.items():
            context.blocks.setdefault(name, []).append(version)
        return Outcome("".join(context.blocks[job.block][0](context)))
    except UndefinedError:
        return Outcome(None, "undefined")
    except TypeError:
        return Outcome(None, "outside")


class Tablet:
    """Renders compiled templates in a browser page, as the service worker would."""

    ERRORS = {"UndefinedError": "undefined", "OutsideSubset": "outside"}  # noqa: RUF012

    def __init__(self, page: Page) -> None:
        self.page = page
        self.modules: list[str] = []
        page.route("**/*", self.serve)
        page.goto(ORIGIN)

    def serve(self, route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN)
        if path.endswith(".js"):
            route.fulfill(path=WORKER / path, content_type="text/javascript")
        elif path:
            route.fulfill(body=self.modules[int(path)], content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html>", content_type="text/html")

    def render(self, env: Environment, *jobs: Job) -> list[Outcome]:
        self.modules.append(compile_templates(env, {job.name for job in jobs}))
        asked = [[job.name, job.block, json.dumps(job.context)] for job in jobs]
        answers = self.page.evaluate(RENDER_ALL, [f"/{len(self.modules) - 1}", asked])
        return [Outcome(text, self.ERRORS[error] if error else None) for text, error in answers]
