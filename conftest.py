"""What all tests share: one browser, since a second one in the same process does not start, and their order."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from e2e.browser import launch


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = launch(playwright)
    yield browser
    browser.close()


LONGEST = ("test_parity", "test_space_histories")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, so that processes side by side end together."""
    items.sort(key=lambda item: not any(name in item.nodeid for name in LONGEST))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests measured, such as the share of printed cards that was read."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{name}: {value}")
