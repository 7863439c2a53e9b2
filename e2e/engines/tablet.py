"""A tablet in any engine, as a person meets it: by role, label and text. Journeys are written once, against this."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from selenium.common.exceptions import (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    JavascriptException,
    NoSuchElementException,
    StaleElementReferenceException,
)
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

PATIENCE = 60  # seconds, for a machine with other things to do
PAUSE = 0.02  # seconds between two looks

FIND = """
const [role, wanted] = [arguments[0], new RegExp(arguments[1], "u")];
const KINDS = {
  button: "button", link: "a[href]", heading: "h1, h2, h3", radio: "[type=radio]", checkbox: "[type=checkbox]",
  field: "input, select, textarea", status: "[role=status]", log: "[role=log]", main: "main", summary: "summary",
};
const text = (one) => one.textContent.replace(/\\s+/g, " ").trim();
const name = (one) => one.getAttribute("aria-label") ?? (one.labels?.length ? text(one.labels[0]) : text(one));
return [...document.querySelectorAll(KINDS[role])].find((one) => one.checkVisibility() && wanted.test(name(one)));
"""
"""The first thing to be seen of a role whose name (or for a status, log or main part: text) fits."""

NOT_YET = (
    NoSuchElementException,
    StaleElementReferenceException,  # the screen was shown anew between look and tap
    ElementNotInteractableException,
    ElementClickInterceptedException,
    JavascriptException,  # the document went away under the question
)


class Watched(NamedTuple):
    """A running browser, and what tells the errors of its consoles since it was last asked."""

    driver: WebDriver
    errors: Callable[[], list[str]]
    close: Callable[[], None]


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

    @property
    def driver(self) -> WebDriver:
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
        self.driver.refresh()

    def reopen(self) -> None:
        """Close the browser, and start it again with what it kept."""
        self.browser.close()
        self.browser = self.engine.launch(self.profile)

    def evaluate(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def wait(self, until: Callable[[], Any], words: str) -> Any:
        """What a condition says once it is true. An error tells in `words` what did not come about, and where."""
        waiting = WebDriverWait(self.driver, PATIENCE, PAUSE, NOT_YET)
        return waiting.until(lambda _: until(), f"{words} at {self.address}")

    def look(self, role: str, name: str = "") -> WebElement | None:
        """The first visible one whose name fits a regular expression."""
        found = self.evaluate(FIND, role, name)
        return found if isinstance(found, WebElement) else None

    def see(self, role: str, name: str = "") -> WebElement:
        element = self.wait(lambda: self.look(role, name), f"no {role} “{name}”")
        assert isinstance(element, WebElement)
        return element

    def see_no(self, role: str, name: str) -> None:
        self.wait(lambda: self.look(role, name) is None, f"still a {role} “{name}”")

    def click(self, role: str, name: str) -> None:
        self._do(role, name, WebElement.click)

    def fill(self, label: str, text: str) -> None:
        def write(field: WebElement) -> None:
            field.clear()
            field.send_keys(text)

        self._do("field", label, write)

    def type(self, text: str) -> None:
        """Keys pressed on nothing in particular, as a reader of codes does."""
        self.driver.switch_to.active_element.send_keys(text, Keys.ENTER)

    def _do(self, role: str, name: str, do: Callable[[WebElement], None]) -> None:
        """Once: whatever is raised before a click or a key was sent is waited out."""

        def done() -> bool:
            element = self.look(role, name)
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
