"""A demo school as a school runs it, copied for each test, and tablets with profiles of their own."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Playwright

from e2e.browser import ARGUMENTS, chromium_path
from e2e.server import Server

Profile = Callable[[str], BrowserContext]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a demo school; copied, never used."""
    folder = tmp_path_factory.mktemp("demo")
    Server(folder).command("demo")
    return folder


@pytest.fixture
def server(demo: Path, tmp_path: Path) -> Iterator[Server]:
    server = Server(Path(shutil.copytree(demo, tmp_path / "data")))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def profile(playwright: Playwright, tmp_path: Path) -> Iterator[Profile]:
    """Opens a browser on a named profile; opened again after closing, it finds what was left there."""
    opened: list[BrowserContext] = []

    def open_profile(name: str) -> BrowserContext:
        context = playwright.chromium.launch_persistent_context(
            tmp_path / name, executable_path=chromium_path(), args=ARGUMENTS, viewport={"width": 820, "height": 1180}
        )
        opened.append(context)
        return context

    yield open_profile
    for context in opened:
        context.close()
