"""What the trail holds of the desk's work, and the page that shows it."""

import csv
import io

import pytest
from flask import Flask, g
from sqlalchemy import select

from tests.builders import create_tablet
from tests.office.conftest import Person, Sign
from webapp.domain.access.guesses import Key
from webapp.models import AuditLine, ImportRun, db
from webapp.school import audit
from webapp.sync.log.revisions import writing


@pytest.fixture
def lead(sign_in: Sign) -> Person:
    return sign_in("safeguarding-lead")


def events() -> list[tuple[str, str, str]]:
    """By whom, what, and about what, the oldest first."""
    lines = db.session.scalars(select(AuditLine).order_by(AuditLine.sequence))
    return [(line.by, line.event, line.about) for line in lines]


def test_looking_at_what_is_sensitive_is_noted_once_and_for_each_person(lead: Person, sign_in: Sign):
    for _ in range(2):
        for page in ("records", "apart", "limits"):
            assert lead.get(f"/office/{page}").status_code == 200
    sign_in("head").get("/office/records")
    assert events() == [
        ("safeguarding-lead", "records.view", ""),
        ("safeguarding-lead", "apart.view", ""),
        ("safeguarding-lead", "limits.view", ""),
        ("head", "records.view", ""),
    ]


def test_who_was_refused_a_page_has_not_looked_at_it(sign_in: Sign):
    assert sign_in("office").get("/office/records").status_code == 403
    assert events() == []


def test_a_tablets_life_is_noted_from_its_code_on(app: Flask, sign_in: Sign):
    desk = sign_in("office")
    desk.post("/office/tablets/code", duty="till")
    g.pop("_login_user")  # what comes next comes from nobody at the desk
    tablet = create_tablet(app)
    desk.post(f"/office/tablets/{tablet.device}/revoke")
    desk.post(f"/office/tablets/{tablet.device}/revoke")
    assert events() == [
        ("office", "tablet.code", ""),
        ("command line", "tablet.code", ""),
        ("school", "tablet.enrol", "tablet:d3"),
        ("office", "tablet.revoke", "tablet:d3"),
    ]


def test_a_download_and_printed_cards_are_noted(sign_in: Sign):
    desk = sign_in("office")
    desk.get("/office/tracker/stays.csv")
    desk.post("/office/cards", student="1")
    assert [event for _, event, _ in events()] == ["export.download", "cards.print"]


def test_the_page_says_who_did_what_about_whom_in_words(app: Flask, lead: Person):
    with writing():
        audit.note("student.greet", "student:1", parts="all")
        audit.note("tablet.code", duty="till")
        audit.note("guesses.lock", f"guess:{Key('password', 'staff', 'a.adeyemi').text}", tries="5")
        audit.note("guesses.lock", "password:hunter2 at tablet d9", tries="5")
        counts = {"added": 1, "changed": 0, "unchanged": 0}
        db.session.add(ImportRun(id=7, kind="timetable", file="", by="", at=app.config["CLOCK"].now, **counts))
        audit.note("import.run", "import:7")
    page = lead.get("/office/audit").text
    assert "<b>student.greet</b>: <bdi>Zoë Okafor</bdi>" in page
    assert "<b>Made a code for a tablet</b>" in page
    assert "<b>Locked out after wrong tries</b>: <bdi>Passwords of Ada Adeyemi</bdi>" in page
    assert "<b>Locked out after wrong tries</b>: <bdi>Passwords</bdi>" in page  # a line of long ago
    assert "hunter2" not in page
    assert "<b>Imported a file</b>: <bdi>Timetable</bdi>" in page
    assert "<bdi>The command line</bdi> · Tue 3 March 2026, 10:21 · <bdi>duty: till</bdi>" in page


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", {"a.one", "b.two", "c.three"}),
        ("person=command+line", {"a.one", "b.two"}),
        ("person=safeguarding-lead", {"c.three"}),
        ("event=b.two", {"b.two"}),
        ("day=2026-03-03", {"a.one"}),
        ("day=2026-03-04", {"b.two", "c.three"}),
        ("before=3", {"a.one", "b.two"}),
        ("day=never&before=many&person=nobody", set()),
    ],
)
def test_lines_are_found_by_person_event_and_day(app: Flask, sign_in: Sign, asked: str, shown: set[str]):
    with writing():
        audit.note("a.one")
    app.config["CLOCK"].move(days=1)
    with writing():
        audit.note("b.two")
        line = AuditLine(sequence=3, at=app.config["CLOCK"].now, by="safeguarding-lead", event="c.three", about="")
        line.facts, line.previous, line.hash = "{}", "", ""
        db.session.add(line)
    page = sign_in("safeguarding-lead").get(f"/office/audit?{asked}").text
    assert {event for event in ("a.one", "b.two", "c.three") if f"<b>{event}</b>" in page} == shown


def test_a_long_trail_is_shown_a_page_at_a_time(lead: Person):
    with writing():
        for count in range(150):
            audit.note("a.b", number=str(count + 1))
    page = lead.get("/office/audit").text
    assert page.count('class="entry"') == 100
    earlier = lead.get("/office/audit?before=51&person=&event=&day=").text
    assert "before=51" in page
    assert earlier.count('class="entry"') == 50
    assert "Earlier lines" not in earlier


def test_the_trail_can_be_taken_away_as_a_table(lead: Person):
    with writing():
        audit.note("=HYPERLINK(1)", "student:1", file="=1+1")
    rows = list(csv.reader(io.StringIO(lead.get("/office/audit/lines.csv").data.decode("utf-8-sig"))))
    assert rows[0][:4] == ["Line", "Date", "Time", "Who"]
    assert rows[1] == [
        *("1", "2026-03-03", "10:21", "The command line"),
        *("'=HYPERLINK(1)", "'=HYPERLINK(1)", "Zoë Okafor", "file: =1+1"),
    ]


def test_the_trail_is_for_the_head_the_safeguarding_lead_and_the_administrator(sign_in: Sign):
    for role in ("office", "senior-leader", "teacher", "sendco"):
        assert sign_in(role).get("/office/audit").status_code == 403
    for role in ("head", "safeguarding-lead", "administrator"):
        assert sign_in(role).get("/office/audit").status_code == 200
