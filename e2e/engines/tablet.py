"""A tablet in any engine, as a person meets it: by role, label and text. Journeys are written once, against this."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import Any, NamedTuple, Protocol

from playwright.sync_api import Error as PlaywrightError
from selenium.common.exceptions import (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    JavascriptException,
    NoSuchElementException,
    StaleElementReferenceException,
)

PATIENCE = 60  # seconds, for a machine with other things to do
PAUSE = 0.02  # seconds between two looks
ENTER = "\n"

FIND = """
const [role, wanted] = [arguments[0], new RegExp(arguments[1])];
const KINDS = {
  button: "button", link: "a[href]", heading: "h1, h2, h3", radio: "[type=radio]", checkbox: "[type=checkbox]",
  field: "input, select, textarea", status: "[role=status]", log: "[role=log]", main: "main", summary: "summary",
};
const text = (one) => one.textContent.replace(/\\s+/g, " ").trim();
const name = (one) => one.getAttribute("aria-label") ?? (one.labels?.length ? text(one.labels[0]) : text(one));
const all = [...document.querySelectorAll(KINDS[role])];
const found = all.find((one) => one.checkVisibility() && wanted.test(name(one))) ?? null;
if (arguments[2]) found?.scrollIntoView({ block: "center", behavior: "instant" });
return found;
"""
"""The first thing to be seen of a role whose name (or for a status, log or main part: text) fits."""

NOT_YET = (
    NoSuchElementException,
    StaleElementReferenceException,  # the screen was shown anew between look and tap
    ElementNotInteractableException,
    ElementClickInterceptedException,
    JavascriptException,  # the document went away under the question
    PlaywrightError,  # any of these in Chromium
)

SCRIPTED = (JavascriptException, PlaywrightError)
GONE = re.compile(r"context was destroyed|not attached|not visible|unloaded|navigat")
"""What these say of a document that went away; anything else is a fault in a script, or a true one."""


class Element(Protocol):
    def click(self) -> None: ...
    def clear(self) -> None: ...
    def send_keys(self, *keys: str) -> None: ...
    def get_attribute(self, name: str) -> str | None: ...


class Driver(Protocol):
    """What is asked of a WebDriver."""

    @property
    def current_url(self) -> str: ...
    @property
    def title(self) -> str: ...
    def get(self, url: str) -> None: ...
    def execute_script(self, script: str, *arguments: Any) -> Any: ...
    def delete_all_cookies(self) -> None: ...


class Watched(NamedTuple):
    """A running browser, and what tells the errors of its consoles since it was last asked."""

    driver: Driver
    errors: Callable[[], list[str]]
    close: Callable[[], None]
    type: Callable[[str], None]
    """Presses keys, wherever the focus is."""


class Engine(Protocol):
    """A browser that keeps what it is told in a profile."""

    no_network: str  # how its console says that the school did not answer: a regular expression

    def launch(self, profile: Path) -> Watched: ...


@dataclass
class Tablet:
    """A browser with one page."""

    engine: Engine
    profile: Path
    browser: Watched
    said: list[str] = field(default_factory=list)

    @property
    def driver(self) -> Driver:
        return self.browser.driver

    @property
    def address(self) -> str:
        return str(self.driver.current_url)

    @property
    def title(self) -> str:
        return str(self.driver.title)

    def open(self, url: str) -> None:
        self.driver.get(url)

    def reload(self) -> None:
        """As people do it: a driver's own reload goes past the worker in Firefox."""
        self.turn_page(lambda: self.evaluate("setTimeout(() => location.reload())"))

    def turn_page(self, act: Callable[[], None]) -> None:
        """Until what was done has led to another document."""
        self.evaluate("window.isLeft = true")
        act()
        self.wait(lambda: self.evaluate("return !window.isLeft && document.readyState !== 'loading'"), "no new page")

    def reopen(self) -> None:
        """Close the browser, and start it again with what it kept."""
        self.said += self.browser.errors()
        self.browser.close()
        self.browser = self.engine.launch(self.profile)

    def errors(self) -> list[str]:
        """What the consoles logged since they were last read."""
        fresh, self.said = self.said + self.browser.errors(), []
        return fresh

    def evaluate(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def wait(self, until: Callable[[], Any], words: str) -> Any:
        """What a condition says once it is true. An error tells in `words` what did not come about."""
        deadline = monotonic() + PATIENCE
        reason: Exception | None = None
        while monotonic() < deadline:
            try:
                if found := until():
                    return found
            except NOT_YET as not_yet:
                if isinstance(not_yet, SCRIPTED) and not GONE.search(str(not_yet)):
                    raise
                reason = not_yet
            sleep(PAUSE)
        raise AssertionError(words) from reason

    def look(self, role: str, name: str, to_use: bool = False) -> Element | None:
        """The first visible one whose name fits a regular expression; one to use is brought into view."""
        found: Element | None = self.evaluate(FIND, role, name, to_use)
        return found

    def see(self, role: str, name: str) -> None:
        self.wait(lambda: self.look(role, name), f"no {role} “{name}”")

    def see_no(self, role: str, name: str) -> None:
        self.wait(lambda: self.look(role, name) is None, f"still a {role} “{name}”")

    def click(self, role: str, name: str) -> None:
        self._do(role, name, lambda element: element.click())

    def fill(self, label: str, text: str) -> None:
        def write(field: Element) -> None:
            field.clear()
            field.send_keys(text)

        self._do("field", label, write)

    def type(self, text: str) -> None:
        """Keys pressed on nothing in particular, as a reader of codes does."""
        self.browser.type(text + ENTER)

    def _do(self, role: str, name: str, do: Callable[[Element], None]) -> None:
        """Once: whatever is raised before a click or a key was sent is waited out."""

        def done() -> bool:
            element = self.look(role, name, to_use=True)
            if element is not None:
                do(element)
            return element is not None

        self.wait(done, f"no {role} “{name}” to use")


@contextmanager
def tablet_in(engine: Engine, profile: Path) -> Iterator[Tablet]:
    """A tablet whose profile is a folder, which may be empty."""
    tablet = Tablet(engine, profile, engine.launch(profile))
    try:
        yield tablet
    finally:
        tablet.browser.close()
