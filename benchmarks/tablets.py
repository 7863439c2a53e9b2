"""A tablet of the demo school in a real browser, for the benchmarks that look at what a person sees."""

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, ViewportSize, sync_playwright

from e2e.browser import launch
from e2e.server import Server

TEACHER = "a.adeyemi"
PASSWORD = "reachable-demo"
TABLET: ViewportSize = {"width": 820, "height": 1180}


School = Callable[[], AbstractContextManager[Server]]
"""What serves a school for as long as it is looked at."""


@contextmanager
def demo_school(change: Callable[[], None] | None = None) -> Iterator[Server]:
    """The demo school, changed in its own program if need be, served from a folder that goes away afterwards."""
    folder = Path(tempfile.mkdtemp())
    server = Server(folder)
    try:
        server.command("demo")
        if change:
            with server.school():
                change()
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


@contextmanager
def browser_context(*arguments: str) -> Iterator[BrowserContext]:
    """A fresh profile of a browser the size of a tablet, started with further command line arguments."""
    with sync_playwright() as playwright:
        browser = launch(playwright, *arguments)
        yield browser.new_context(viewport=TABLET)
        browser.close()


def enrol_code(server: Server, duty: str = "floor") -> str:
    return str(json.loads(server.command("enrol-code", "--json", "--duty", duty))["code"])
