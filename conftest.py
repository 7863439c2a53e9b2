"""What all tests share: one browser, since a second one in the same process does not start, and their order."""

from collections.abc import Iterator, Sequence
from zlib import crc32

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from e2e.browser import launch
from tests.postgres import DATABASES


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = launch(playwright)
    yield browser
    browser.close()


LONGEST = (
    "test_parity",
    "test_every_desk_page",
    "e2e/engines/",
    "test_line_3_nothing",
    "test_large_school_weeks",
    "e2e/",
    "test_space_histories",
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest first, so that processes side by side end together."""
    if not config.getoption("--long", default=False):
        left_out = set(twins_out_of_turn(items))
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    return next((place for place, name in enumerate(LONGEST) if name in item.nodeid), len(LONGEST))


def twins_out_of_turn(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """Of tests that can be tried on two databases, the half on each that is tried on the other one only."""
    names = {item.nodeid for item in items}
    return [item for item in items if (twin := twin_in_turn(item)) and twin in names]


def twin_in_turn(item: pytest.Item) -> str | None:
    """The same test on the other database, if the turn is that one's and one will do."""
    callspec = getattr(item, "callspec", None)
    own = callspec and callspec.params.get("settings")
    if own not in DATABASES or item.get_closest_marker("both_databases"):
        return None
    nobody = item.nodeid.replace(own, "")
    chosen = DATABASES[crc32(nobody.encode()) % len(DATABASES)]
    return item.nodeid.replace(own, chosen) if chosen != own else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests measured, such as the share of printed cards that was read."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{name}: {value}")
