"""People with accounts, and the app on their phone."""

import re
from collections.abc import Callable
from datetime import datetime
from html import unescape

import pytest
from flask import Flask
from pyotp import TOTP
from werkzeug.test import TestResponse

from tests.builders import PASSWORD, Clock, create_staff, create_year
from tests.office.conftest import Person
from webapp.models import AuditLine, School, db
from webapp.models.school import REQUIRED
from webapp.sync.log.revisions import writing


class Phone:
    """An authenticator app that has read the page's key; it goes by the school's clock unless set otherwise."""

    def __init__(self, page: str, clock: Clock) -> None:
        found = re.search(r'class="num"><b>([A-Z2-7 ]+)</b>', page)
        assert found
        self.app, self.clock = TOTP(found[1].replace(" ", "")), clock

    def code(self, at: datetime | None = None) -> str:
        return self.app.at(at or self.clock.now)


class Careful(Person):
    """Somebody with a second factor."""

    phone: Phone
    recovery_codes: list[str]

    def set_up(self, clock: Clock) -> TestResponse:
        self.phone = self.read(self.post("/account/second-factor/key", **{"password-for-factor": PASSWORD}).text, clock)
        answer = self.post("/account/second-factor", code=self.phone.code())
        self.recovery_codes = re.findall(r'<li class="num">([A-Z2-9-]+)</li>', answer.text)
        return answer

    def read(self, page: str, clock: Clock) -> Phone:
        return Phone(page, clock)

    def show_code(self, code: str | None = None) -> TestResponse:
        return self.post("/sign-in/code", code=self.phone.code() if code is None else code)


@pytest.fixture
def clock(app: Flask) -> Clock:
    create_year()
    create_staff()
    clock: Clock = app.config["CLOCK"]
    return clock


Make = Callable[[str], Careful]


@pytest.fixture
def careful(app: Flask, clock: Clock) -> Make:
    """Somebody of a role who has set up a second factor and was away for a minute since."""

    def make(role: str) -> Careful:
        person = Careful(app, role)
        assert person.set_up(clock).status_code == 200
        clock.move(minutes=1)
        return person

    return make


def require() -> None:
    """The school wants a second factor of those who see what is sensitive."""
    with writing():
        db.session.query(School).one().second_factor = REQUIRED


def audited(event: str) -> list[str]:
    """Whom lines of the audit trail are about."""
    return [line.about for line in db.session.query(AuditLine).filter_by(event=event)]


def problem(answer: TestResponse) -> str:
    """What the page says is wrong."""
    assert answer.status_code == 422
    found = re.search(r'<li><a href="#[\w-]+">(.*?)</a></li>', answer.text)
    assert found
    return unescape(found[1])
