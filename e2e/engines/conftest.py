"""The three engines, each with one browser for all the journeys that a process of the tests makes in it.

Every journey has a school of its own at an address of its own, which to a browser is another site: a fresh tablet.
"""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from e2e.engines.all import ENGINES, engine_named
from e2e.engines.tablet import Tablet, tablet_in
from e2e.server import Server


class Journey:
    """A tablet and its school, with what its consoles said while the school was there."""

    def __init__(self, tablet: Tablet, server: Server) -> None:
        self.tablet, self.server = tablet, server
        self.errors: list[str] = []

    def expect_silence(self) -> None:
        self.errors += self.tablet.errors()
        assert not self.errors, "\n".join(self.errors)

    @contextmanager
    def without_school(self) -> Iterator[None]:
        """The server is down. That it did not answer may be logged meanwhile, and nothing else."""
        self.errors += self.tablet.errors()
        self.server.kill()
        yield
        self.server.start()
        self.tablet.see("status", "All saved at school")
        expected = re.compile(self.tablet.engine.no_network)
        self.errors += [line for line in self.tablet.errors() if not expected.search(line)]


@pytest.fixture(scope="module", params=ENGINES)
def tablet(
    request: pytest.FixtureRequest, playwright: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Tablet]:
    engine = engine_named(request.param, playwright)
    with tablet_in(engine, tmp_path_factory.mktemp(request.param) / "profile") as tablet:
        yield tablet


@pytest.fixture
def journey(tablet: Tablet, demo: Path, tmp_path: Path) -> Iterator[Journey]:
    """A journey fails at its end, too, if a console logged an error."""
    server = Server(Path(shutil.copytree(demo, tmp_path / "data")))
    server.start()
    journey = Journey(tablet, server)
    yield journey
    try:
        journey.expect_silence()
    finally:
        tablet.open("about:blank")
        tablet.driver.delete_all_cookies()
        server.kill()
