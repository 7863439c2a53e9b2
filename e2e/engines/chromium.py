"""Chromium as all other tests drive it, by Playwright, behind the few calls that a tablet makes of a driver."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, ElementHandle, Page, Playwright, ViewportSize

from e2e.browser import ARGUMENTS, chromium_path
from e2e.engines.tablet import PATIENCE, Watched

SIZE: ViewportSize = {"width": 820, "height": 1180}


class Chromium:
    no_network = r"net::ERR_(CONNECTION|INCOMPLETE_CHUNKED|EMPTY_RESPONSE).*/sync/"

    def __init__(self, playwright: Playwright) -> None:
        self.playwright = playwright

    def launch(self, profile: Path) -> Watched:
        context = self.playwright.chromium.launch_persistent_context(
            profile, executable_path=chromium_path(), args=ARGUMENTS, viewport=SIZE, timeout=PATIENCE * 1000
        )
        context.set_default_timeout(PATIENCE * 1000)
        found: list[str] = []

        def note(message: ConsoleMessage) -> None:
            if message.type in ("error", "assert"):
                found.append(f"{message.text} ({message.location['url']})")

        context.on("console", note)
        context.on("weberror", lambda error: found.append(str(error.error)))
        context.on("serviceworker", lambda worker: worker.on("console", note))

        def errors() -> list[str]:
            fresh = list(found)
            found.clear()
            return fresh

        return Watched(Driver(context.pages[0]), errors, context.close, context.pages[0].keyboard.type)


@dataclass(frozen=True)
class Element:
    """What a WebDriver's element can do."""

    handle: ElementHandle

    def click(self) -> None:
        self.handle.click()

    def clear(self) -> None:
        self.handle.fill("")

    def send_keys(self, *keys: str) -> None:
        self.handle.type("".join(keys))

    def get_attribute(self, name: str) -> str | None:
        return self.handle.get_attribute(name)


@dataclass(frozen=True)
class Driver:
    """What a WebDriver can do."""

    page: Page

    @property
    def current_url(self) -> str:
        return self.page.url

    @property
    def title(self) -> str:
        return self.page.title()

    def get(self, url: str) -> None:
        self.page.goto(url)

    def execute_script(self, script: str, *arguments: Any) -> Any:
        handle = self.page.evaluate_handle(f"(given) => (function () {{ {script} }})(...given)", list(arguments))
        element = handle.as_element()
        return Element(element) if element else handle.json_value()

    def delete_all_cookies(self) -> None:
        self.page.context.clear_cookies()
