"""What people do on a tablet, in any engine."""

import json
import re

from e2e.engines.tablet import Tablet
from e2e.server import Server

TEACHER, SELLER, RECEPTION, PASSWORD = "a.adeyemi", "y.haddad", "d.tranter", "reachable-demo"


def exactly(words: str) -> str:
    return f"^{re.escape(words)}$"


def enrol(tablet: Tablet, server: Server, username: str, duty: str = "floor") -> None:
    """A new tablet in somebody's hands, at the place its duty leads to."""
    code = json.loads(server.command("enrol-code", "--duty", duty, "--json"))["code"]
    tablet.open(f"{server.url}/enrol#code={code}")
    tablet.fill("^Name of the tablet", "Year 8 trolley")
    tablet.click("button", "^Enrol$")
    tablet.fill("^Username$", username)
    tablet.fill("^Password$", PASSWORD)
    tablet.click("button", "^Sign in$")
    tablet.see_no("button", "^Sign in$")


def open_lesson(tablet: Tablet) -> list[str]:
    """My first lesson of the day; the names in it."""
    tablet.click("link", r"of \d+ marked")
    tablet.see("button", "^All Active, then adjust$")
    names = tablet.evaluate("return [...document.querySelectorAll('main li .name a')].map((one) => one.innerText)")
    return [str(name) for name in names]


def mark(tablet: Tablet, student: str, value: int) -> None:
    tablet.click("button", f"^{re.escape(student)}: .*, {value}$")


def expect_mark(tablet: Tablet, student: str, value: int) -> None:
    def is_pressed() -> bool:
        button = tablet.look("button", f"^{re.escape(student)}: .*, {value}$")
        return button is not None and button.get_attribute("aria-pressed") == "true"

    tablet.wait(is_pressed, f"{student} is not marked {value}")


def expect_at_school(tablet: Tablet) -> None:
    tablet.see("status", "All saved at school")


def scan(tablet: Tablet, server: Server, token: str) -> None:
    """What a reader of codes does once the screen takes cards: it types the card's address and Enter."""
    tablet.see("button", "^Use the camera$")
    tablet.type(f"{server.url}/card#{token}")
