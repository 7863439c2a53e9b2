"""From a fresh server to a school at work, over whole requests."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.account.conftest import Phone
from tests.builders import Clock
from tests.conftest import TUESDAY_MORNING
from webapp import create_app
from webapp.config import read_settings
from webapp.models import AuditLine, CalendarEntry, Lesson, Period, School, Staff, db
from webapp.setup import first_run
from webapp.setup.school import make_tables

PASS_PHRASE = "three plain oak chairs"
ME = {"forename": "Marian", "surname": "Oakes", "username": "m.oakes", "password": PASS_PHRASE, "again": PASS_PHRASE}
STAFF = "username,surname,forename,role\nj.reid,Reid,Jo,teacher\n"
STUDENTS = "UPN,Surname,Forename,Year,Reg\nA1,Okafor,Zoë,8,8B\n"
TIMETABLE = "day,period,group,subject,staff\nWed,1,8B,Maths,j.reid\n"


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Flask]:
    """A server that was started for the first time."""
    app = create_app(read_settings({"REACHABLE_DATA": str(tmp_path)}), Clock(TUESDAY_MORNING))
    with app.app_context():
        make_tables()
        yield app
        db.session.remove()
        db.engine.dispose()


class Browser:
    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()

    def get(self, url: str) -> TestResponse:
        g.pop("_login_user", None)
        return self.client.get(url)

    def post(self, url: str, form: dict[str, object]) -> TestResponse:
        g.pop("_login_user", None)
        return self.client.post(url, data=form)

    def enter_code(self) -> None:
        assert self.post("/setup", {"code": first_run.code()}).status_code == 303

    def found_school(self) -> None:
        self.enter_code()
        assert "Name of the school" in self.get(self.get("/setup").location).text
        assert self.post("/setup/school", {"name": "Hazelwood", "policy": "reach"}).location == "/setup"
        assert "first administrator" in self.get(self.get("/setup").location).text
        assert self.post("/setup/administrator", dict(ME)).location == "/setup/steps"


@pytest.fixture
def browser(fresh: Flask) -> Browser:
    return Browser(fresh)


def usual(page: str) -> dict[str, object]:
    """The fields of a form as the page fills them."""
    inputs = re.findall(r'<input[^>]*?name="([\w-]+)"[^>]*?value="([^"]*)"', page)
    selects = re.findall(r'<select[^>]*?name="([\w-]+)">.*?<option selected>(\w+)', page, re.DOTALL)
    return dict(inputs + selects)


def test_every_page_of_a_server_without_a_school_leads_to_the_set_up(browser: Browser):
    for url in ("/", "/today", "/sign-in", "/office/tablets", "/hall"):
        where = browser.get(url).location
        while where != "/setup":
            where = browser.get(where).location
    page = browser.get("/setup")
    assert page.status_code == 200
    assert first_run.code() not in page.text


def test_a_school_is_at_work_after_eight_steps(fresh: Flask, browser: Browser):
    browser.found_school()
    assert "Go on: School year" in browser.get("/setup/steps").text
    assert browser.post("/setup/year", usual(browser.get("/setup/year").text)).location == "/setup/bells"
    assert browser.post("/setup/bells", usual(browser.get("/setup/bells").text)).location == "/setup/people/staff"
    for kind, content, following in (
        ("staff", STAFF, "Students"),
        ("students", STUDENTS, "Timetable"),
        ("timetable", TIMETABLE, "First tablet"),
    ):
        assert browser.get(f"/setup/people/{kind}").status_code == 200
        form: dict[str, object] = {"kind": kind, "file": (io.BytesIO(content.encode()), "export.csv")}
        where = browser.post("/office/import", form).location
        done = browser.post(f"{where}/import", {}).location
        assert f"Go on setting up: {following}" in browser.get(done).text
    assert "1 lesson a week" in browser.get("/setup/tablet").text
    assert "QR code" in browser.post("/office/tablets/code", {"duty": "floor"}).text
    assert db.session.query(Lesson).count() > 30
    assert db.session.query(CalendarEntry).count() == 7
    assert [period.name for period in db.session.query(Period).order_by(Period.starts)] == [
        *("1", "2", "Break", "3", "4", "Lunch", "5"),
    ]
    events = [line.event for line in db.session.query(AuditLine).order_by(AuditLine.sequence)]
    assert events[:2] == ["setup.school", "setup.administrator"]
    assert events.count("import.run") == 5


def test_the_set_up_can_be_left_and_taken_up_again(fresh: Flask, browser: Browser):
    browser.enter_code()
    browser.post("/setup/school", {"name": "Hazelwood", "policy": "reach"})
    other = Browser(fresh)
    assert other.get("/setup/administrator").status_code == 403
    assert "Code" in other.get("/setup").text
    other.enter_code()
    assert other.get("/setup").location == "/setup/administrator"
    other.post("/setup/administrator", dict(ME))
    later = Browser(fresh)
    later.post("/sign-in", {"username": "m.oakes", "password": PASS_PHRASE})
    assert later.get("/setup/steps").location == "/account/second-factor"
    shown = later.post("/account/second-factor/key", {"password-for-factor": PASS_PHRASE})
    phone = Phone(shown.text, fresh.config["CLOCK"])
    later.post("/account/second-factor", {"code": phone.code()})
    assert "Go on: School year" in later.get("/setup/steps").text


def test_without_the_code_nobody_takes_the_school(fresh: Flask, browser: Browser):
    page = browser.post("/setup", {"code": "AAAA-AAAA"})
    assert page.status_code == 422
    assert "not the code" in page.text
    for url in ("/setup/school", "/setup/administrator"):
        assert browser.get(url).status_code == 403
        assert browser.post(url, {"name": "Mine", "policy": "reach", **ME}).status_code == 403
    assert db.session.query(School).count() == db.session.query(Staff).count() == 0


def test_guessing_the_code_is_slowed_and_noted(fresh: Flask, browser: Browser):
    for _ in range(5):
        assert browser.post("/setup", {"code": "AAAA-AAAA"}).status_code == 422
    answer = browser.post("/setup", {"code": first_run.code()})
    assert "Too many tries. Try again in 1 minute" in answer.text
    assert db.session.query(AuditLine).filter_by(event="guesses.lock").count() == 1
    fresh.config["CLOCK"].move(minutes=1)
    browser.enter_code()


def test_the_code_is_worth_nothing_once_somebody_can_sign_in(fresh: Flask, browser: Browser):
    browser.found_school()
    stranger = Browser(fresh)
    assert "Somebody can sign in" in stranger.post("/setup", {"code": first_run.code()}).text
    assert stranger.get("/setup").location == "/setup/steps"
    assert stranger.get("/setup/steps").location == "/sign-in"
    assert stranger.get("/setup/administrator").status_code == 403


@pytest.mark.parametrize(
    ("url", "form", "field"),
    [
        ("/setup/school", {"name": " ", "policy": "reach"}, "name"),
        ("/setup/school", {"name": "Hazelwood", "policy": "reech"}, "policy"),
    ],
)
def test_what_the_school_lacks_is_named(browser: Browser, url: str, form: dict[str, object], field: str):
    browser.enter_code()
    page = browser.post(url, form)
    assert page.status_code == 422
    assert f'<a href="#{field}">' in page.text


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"username": "m oakes"}, "username"),
        ({"forename": ""}, "forename"),
        ({"password": "short", "again": "short"}, "password"),
        ({"again": "another one entirely"}, "again"),
    ],
)
def test_what_the_first_account_lacks_is_named(browser: Browser, change: dict[str, object], field: str):
    browser.enter_code()
    browser.post("/setup/school", {"name": "Hazelwood", "policy": "reach"})
    page = browser.post("/setup/administrator", ME | change)
    assert page.status_code == 422
    assert f'<a href="#{field}">' in page.text
    assert PASS_PHRASE not in page.text


def test_what_is_wrong_with_the_year_and_the_bells_is_named_in_its_place(browser: Browser):
    browser.found_school()
    year = usual(browser.get("/setup/year").text) | {"start-3": "soon"}
    page = browser.post("/setup/year", year)
    assert page.status_code == 422
    assert 'href="#start-3">Spring 1, start: expected a date' in page.text
    bells = usual(browser.get("/setup/bells").text) | {"start-1": "09:30"}
    page = browser.post("/setup/bells", bells)
    assert page.status_code == 422
    assert 'href="#start-1">2, start: expected a time from 09:50 on' in page.text
    assert 'value="09:30"' in page.text
    assert db.session.query(Period).count() == 0
