"""500 hostile strings as names and notes reach every screen escaped, from Flask and from the worker."""

from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from tests.builders import (
    PASSWORD,
    create_group,
    create_lesson,
    create_staff,
    create_tablet,
    create_year,
    put_in,
)
from tests.hostile import COUNT, hostile_strings
from tests.worker.school import School
from tests.worker.tablet import Tablet
from webapp.domain.text.text import clean
from webapp.models import Stay, Student, db
from webapp.school import clock
from webapp.sync.log.log import Draft, own_device, submit
from webapp.sync.log.revisions import writing

SCRIPTS = ["/static/vendor/htmx.min.js", "/static/page/floor.js"]
ELEMENTS = """
    html head meta title link script body header main nav section div h1 h2 h3 p span small b bdi a ul ol li dl dt dd
    table caption thead tbody tr th td form fieldset legend label input select option button details summary svg path
    circle rect line use
"""


class Page(HTMLParser):
    """What a browser would make of a page: the elements, and the text within each `bdi`."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: list[str | None] = []
        self.isolated: list[str] = []
        self.is_isolated = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ELEMENTS.split(), f"<{tag}> has no business on a page"
        assert not [name for name, _ in attrs if name.startswith("on") or name == "style"]
        if tag == "script":
            self.scripts.append(dict(attrs).get("src"))
        if tag == "bdi":
            self.is_isolated = True
            self.isolated.append("")

    def handle_endtag(self, tag: str) -> None:
        self.is_isolated = self.is_isolated and tag != "bdi"

    def handle_data(self, data: str) -> None:
        if self.is_isolated:
            self.isolated[-1] += data


def read(text: str) -> Page:
    page = Page(text)
    assert page.scripts == SCRIPTS
    return page


@pytest.fixture
def names(app: Flask) -> list[str]:
    """A school in which everything that has a name has a hostile one; the students' names, 500 of them."""
    strings = hostile_strings()
    assert len(strings) == COUNT
    create_year()
    create_group("8B")
    create_staff(surname=clean(strings[11]), forename=clean(strings[12]))
    names = [f"{clean(text) or 'Sam'} Surname {number:03}" for number, text in enumerate(strings)]
    with writing() as revs:
        for number, name in enumerate(names):
            forename, surname = name.rsplit(" Surname ", 1)
            student = Student(
                upn=f"U{number}",
                legal_forename=forename,
                legal_surname=f"Surname {surname}",
                year=8,
                group_id="8B",
                rev=revs.next(),
            )
            db.session.add(student)
            db.session.flush()
            put_in(student, revs)
    create_lesson(subject=clean(strings[13]))
    _cap_for_hostile_reasons(strings)
    return names


def _cap_for_hostile_reasons(strings: list[str]) -> None:
    reasons = [text for text in strings if clean(text)]
    today = clock.today().isoformat()
    bodies = [{"student": str(n), "cap": "none", "from": today, "reason": text} for n, text in enumerate(reasons, 1)]
    drafts = [Draft("reward.cap", "a.adeyemi", body, clock.now()) for body in bodies]
    with writing() as revs:
        assert submit(revs, own_device("browser"), drafts) == [None] * len(drafts)


@pytest.fixture
def teacher(app: Flask, names: list[str]) -> FlaskClient:
    client = app.test_client()
    client.post("/sign-in", data={"username": "a.adeyemi", "password": PASSWORD})
    return client


def test_names_reach_flasks_screens_as_text(teacher: FlaskClient, names: list[str]) -> None:
    assert set(names) <= set(read(teacher.get("/lesson/1").text).isolated)
    for path in ("/today", "/waiting", "/sign-in", "/install"):
        read(teacher.get(path).text)
    for number in range(1, COUNT + 1, 7):
        assert names[number - 1] in read(teacher.get(f"/student/{number}").text).isolated
    for path in ("/spaces/hazel/ask", "/tuck", "/room"):
        for number in range(1, COUNT + 1, 50):
            found = teacher.get(path, query_string={"name": f"Surname {number - 1:03}"})
            assert names[number - 1] in read(found.text).isolated
            assert names[number] not in read(found.text).isolated
    for path in ("/tuck/21", "/room/21"):
        assert names[20] in read(teacher.get(path).text).isolated


def test_names_and_messages_reach_flasks_board_as_text(teacher: FlaskClient, names: list[str]) -> None:
    for number, text in enumerate(hostile_strings()[:40], 1):
        teacher.post("/spaces/assist", data={"place": text, "message": text})
        teacher.post("/spaces/ask", data={"space": "hazel", "student": str(number), "what": "enter"})
        page = read(teacher.get("/spaces").text)
        assert names[number - 1] in page.isolated
        read(teacher.get(f"/stay/{db.session.query(Stay.id).limit(1).scalar()}").text)


def test_names_reach_the_workers_screens_as_text(browser: Browser, school: School, names: list[str]) -> None:
    context = browser.new_context()
    tablet = Tablet(context, school, context.new_page())
    tablet.page.on("dialog", lambda _dialog: pytest.fail("a name was run as a script"))
    tablet.enrol()
    tablet.sign_in()
    paths = ["/lesson/1", "/today", "/student/21", "/waiting", "/sign-in", "/spaces/hazel/ask", "/tuck", "/tuck/21"]
    finds = [f"{path}?name=surname+02" for path in ("/spaces/hazel/ask", "/tuck", "/room")]
    for path in (*paths, *finds, "/room", "/room/21"):
        read(tablet.look(path, is_fragment=False)["text"])
    tablet.page.goto(f"{school.url}/lesson/1")
    shown = tablet.page.get_by_role("main").get_by_role("listitem").get_by_role("link").all_text_contents()
    assert set(names) == set(shown)
    assert tablet.page.locator("script").count() == len(SCRIPTS)
    context.close()


def test_whatever_a_tablet_sends_is_shown_as_text(app: Flask, names: list[str]) -> None:
    create_staff("c.quartey", role="head")
    tablet = create_tablet(app)
    for text in hostile_strings():
        tablet.record("score.record", {"student": text[:300], "lesson": text[:300], "mark": text[:300]})
    for first in range(0, COUNT, 100):
        assert tablet.push(tablet.ops[first : first + 100]).status_code == 200
    assert "Nothing is lost" in tablet.client.get("/waiting").text
    read(tablet.client.get("/waiting").text)
    desk = app.test_client()
    with app.app_context():
        desk.post("/sign-in", data={"username": "c.quartey", "password": PASSWORD})
    with app.app_context():
        page = Page(desk.get("/office/attention").text)
    assert page.scripts == []
