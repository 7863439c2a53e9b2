"""Every engine by its name."""

from playwright.sync_api import Playwright

from e2e.engines.chromium import Chromium
from e2e.engines.firefox import Firefox
from e2e.engines.tablet import Engine
from e2e.engines.webkit import WebKit

ENGINES = ("chromium", "firefox", "webkit")


def engine_named(name: str, playwright: Playwright) -> Engine:
    """Playwright is Chromium's alone, and starts once in a process."""
    if name == "chromium":
        return Chromium(playwright)
    return Firefox() if name == "firefox" else WebKit()
