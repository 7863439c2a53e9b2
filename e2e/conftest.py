"""A demo school as a school runs it, copied for each test, and the browsers of tablets and desks."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize

from e2e.browser import ARGUMENTS, chromium_path
from e2e.server import Server

Profile = Callable[[str], BrowserContext]
NewPage = Callable[[], Page]

TABLET: ViewportSize = {"width": 820, "height": 1180}


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a demo school, made once for all processes of a run; copied, never used."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "demo").exists():
            Server(shared / "draft").command("demo")
            (shared / "draft").rename(shared / "demo")
    return shared / "demo"


@pytest.fixture
def server(demo: Path, tmp_path: Path) -> Iterator[Server]:
    server = Server(Path(shutil.copytree(demo, tmp_path / "data")))
    server.start()
    yield server
    server.kill()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """Makes a page on one more tablet, or at one more desk."""
    contexts: list[BrowserContext] = []

    def make() -> Page:
        contexts.append(browser.new_context(viewport=TABLET))
        return contexts[-1].new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def profile(playwright: Playwright, tmp_path: Path) -> Iterator[Profile]:
    """Starts a browser on a named profile; started again after its end, it finds what was left there."""
    opened: list[BrowserContext] = []

    def open_profile(name: str) -> BrowserContext:
        context = playwright.chromium.launch_persistent_context(
            tmp_path / name, executable_path=chromium_path(), args=ARGUMENTS, viewport=TABLET
        )
        opened.append(context)
        return context

    yield open_profile
    for context in opened:
        context.close()
