"""Students at the desk: joiners, leavers, who comes back, and part-time timetables."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from tests.builders import create_tablet
from tests.office.conftest import Person
from tests.office.school.conftest import TODAY, lessons, mark, trail
from webapp.models import AuditLine, PartTime, Student, db
from webapp.sync.log.revisions import writing

JOINER = {
    "upn": "A9",
    "legal_surname": "Khan",
    "legal_forename": "Ali",
    "year": "8",
    "reg": "8B",
    "joined": "2026-03-04",
}
PART_TIME = {"slot": "1 2", "first": "2026-03-02", "reason": "Medical"}


def student(upn: str) -> Student:
    db.session.rollback()
    return db.session.query(Student).filter_by(upn=upn).one()


def test_students_are_found_by_name_and_group(office: Person):
    page = office.get("/office/students?name=beg&group=8B").text
    assert "<bdi>Inaya Begum</bdi>" in page
    assert "Okafor" not in page


def test_a_joiner_is_added_and_tablets_hear_of_them(app: Flask, office: Person):
    tablet = create_tablet(app, "office")
    tablet.pull()
    answer = office.post("/office/students/new", **JOINER)
    new = student("A9")
    assert answer.location == f"/office/students/{new.id}"
    assert new.joined == date(2026, 3, 4)
    tablet.pull()
    assert ("students", str(new.id)) in tablet.rows
    assert ("office", "student.add", f"student:{new.id}") in trail()


def test_a_leaver_is_listed_apart_and_gone_from_tablets(app: Flask, office: Person):
    tablet = create_tablet(app, "office")
    tablet.pull()
    assert ("students", "1") in tablet.rows
    office.post("/office/students/1/leave", day="2026-03-03")
    assert "Zoë Okafor" not in office.get("/office/students").text
    assert "Left on Tue 3 March 2026" in office.get("/office/students?state=left").text
    tablet.pull()
    assert ("students", "1") not in tablet.rows
    office.post("/office/students/1/return", day="2026-03-09")
    assert "From Mon 9 March 2026" in office.get("/office/students").text
    assert trail()[-2:] == [("office", "student.leave", "student:1"), ("office", "student.return", "student:1")]


def test_who_came_back_keeps_the_scores_and_dates_of_before(office: Person):
    with writing():
        student("A1").joined = date(2025, 9, 1)
    mark(lessons(date(2026, 2, 24))[0], given=5)
    office.post("/office/students/1/leave", day="2026-02-27")
    office.post("/office/students/1/return", day="2026-03-16")
    assert "Zoë Okafor" in office.get("/office/weekly?week=2026-W09&group=8B").text
    assert "Zoë Okafor" not in office.get("/office/weekly?week=2026-W10&group=8B").text
    newest = db.session.query(AuditLine).order_by(AuditLine.sequence.desc()).limit(1).one()
    assert json.loads(newest.facts) == {"day": "2026-03-16", "joined": "2025-09-01", "left": "2026-02-27"}


def test_saving_the_form_of_a_leaver_keeps_the_day(office: Person):
    office.post("/office/students/1/leave", day="2026-03-20")
    office.post("/office/students/1", **JOINER | {"upn": "A1", "joined": ""})
    assert student("A1").left == date(2026, 3, 20)
    assert student("A1").legal_surname == "Khan"


def test_a_part_time_timetable_begins_and_ends(office: Person):
    office.post("/office/students/1/part-time", **PART_TIME)
    assert "Mondays, period 2" in office.get("/office/students/1").text
    part = db.session.query(PartTime).one()
    assert (part.weekday, part.period, part.last) == (1, "2", None)
    office.post("/office/students/1/part-time/end", part=str(part.id))
    db.session.rollback()
    assert db.session.query(PartTime).one().last == TODAY - timedelta(days=1)
    assert [event for _, event, _ in trail()] == ["student.part-time", "student.part-time-end"]


def test_a_part_of_another_students_timetable_is_not_ended(office: Person):
    office.post("/office/students/1/part-time", **PART_TIME)
    part = db.session.query(PartTime).one()
    office.post("/office/students/2/part-time/end", part=str(part.id))
    db.session.rollback()
    assert db.session.query(PartTime).one().last is None


@pytest.mark.parametrize(
    ("path", "form", "field", "words"),
    [
        ("new", JOINER | {"upn": ""}, "upn", "The UPN is missing."),
        ("new", JOINER | {"upn": "A1"}, "upn", "Another student has this UPN."),
        ("new", JOINER | {"reg": "10Z"}, "reg", "The group must be one of the school&#39;s."),
        ("new", JOINER | {"joined": "soon"}, "joined", "The date of admission must be a date such as"),
        ("1/leave", {"day": ""}, "day", "The day is missing, such as 2026-03-27."),
        ("1/part-time", PART_TIME | {"slot": "7 2"}, "slot", "Tick at least one lesson."),
        ("1/part-time", PART_TIME | {"last": "2026-03-01"}, "last", "The last day must not be before the first."),
        ("1/part-time", PART_TIME | {"reason": " "}, "reason", "The reason is missing. Only the office sees it."),
    ],
)
def test_what_cannot_be_is_refused(office: Person, path: str, form: dict[str, Any], field: str, words: str):
    answer = office.post(f"/office/students/{path}", **form)
    assert answer.status_code == 422
    assert f'<a href="#{field}">{words}' in answer.text
    assert trail() == []


def test_names_are_shown_as_they_are_typed(office: Person):
    office.post("/office/students/new", **JOINER | {"legal_surname": "<script>alert(1)</script>"})
    for url in ("/office/students", f"/office/students/{student('A9').id}", "/office/groups/group/8B"):
        assert "<script>alert" not in office.get(url).text
        assert "&lt;script&gt;alert" in office.get(url).text


def test_whoever_comes_back_was_here_both_times(office: Person):
    office.post("/office/students/1/leave", day="2026-02-02")
    office.post("/office/students/1/return", day="2026-03-02")
    student = db.session.get_one(Student, 1)
    days = [date(2026, 2, 1), date(2026, 2, 2), date(2026, 3, 1), date(2026, 3, 2)]
    assert [student.on_roll(day, day) for day in days] == [True, False, False, True]
    assert "At the school before, until Mon 2 February 2026" in office.get("/office/students/1").text


def test_two_of_one_name_are_told_apart_everywhere_and_one_alone_is_not(office: Person):
    student = db.session.get_one(Student, 1)
    twin = {"legal_forename": student.legal_forename, "legal_surname": student.legal_surname, "year": "9", "reg": "9H"}
    before = student.name
    office.post("/office/students/new", **twin, upn="TWIN")
    names = {one.name for one in db.session.query(Student) if one.name.startswith(before)}
    assert names == {f"{before} (8B)", f"{before} (9H)"}
    assert f"{before} (8B)" in office.get("/office/students").text
    other = db.session.query(Student).filter_by(upn="TWIN").one().id
    office.post(f"/office/students/{other}", **twin | {"legal_surname": "Else", "upn": "TWIN"})
    assert db.session.get_one(Student, 1).name == before
