"""The Chromium that tests drive: the system's own, never a download."""

import os
import shutil
from typing import Any

from playwright.sync_api import Browser, Playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
"""The first is the same browser without its windows, and does the same work in two thirds of the time."""


def chromium_path() -> str:
    """Where Chromium is: `CHROMIUM` from the environment, or the first one on the path."""
    candidates = [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES)]
    found = next(filter(None, candidates), None)
    if not found:
        raise FileNotFoundError("no Chromium found: install chromium-headless-shell, or set CHROMIUM to its path")
    return found


def launch(playwright: Playwright, *arguments: str, **options: Any) -> Browser:
    """A headless browser with further command line arguments; `options` go to playwright's own `launch`."""
    return playwright.chromium.launch(executable_path=chromium_path(), args=[*ARGUMENTS, *arguments], **options)
