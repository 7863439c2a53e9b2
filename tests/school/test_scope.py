"""Whose students are whose, and that pages show people theirs alone."""

import pytest
from flask import Flask

from tests.builders import create_group, create_lesson, create_staff, create_student, create_year, give_groups
from tests.office.conftest import Person
from webapp.domain.access.rights import LEADERS, PAGES, TEACHERS, Right
from webapp.models import Period, TimetableEntry, db
from webapp.school.scope import groups_of, scope_of, students_of
from webapp.sync.log.revisions import writing


@pytest.fixture
def classes(app: Flask) -> None:
    """Zoë in 8B, which Ada teaches; Cai in 9H, and Ali in 7C, which nobody does."""
    create_year()
    create_staff()
    for name, group in (("Zoë", "8B"), ("Cai", "9H"), ("Ali", "7C")):
        create_group(group)
        create_student(name, group=group)
        create_lesson(group=group)
    with writing():
        db.session.add(Period(name="1", starts="09:00", ends="10:00", kind="lesson"))
        db.session.flush()
        db.session.add(TimetableEntry(weekday=2, period="1", group_id="8B", subject="Maths", staff_id="a.adeyemi"))


def test_a_teacher_has_the_groups_of_the_timetable_and_those_given(classes: None):
    assert (groups_of("a.adeyemi"), students_of("a.adeyemi")) == ({"8B"}, {1})
    give_groups("a.adeyemi", "9H")
    assert (groups_of("a.adeyemi"), students_of("a.adeyemi")) == ({"8B", "9H"}, {1, 2})


def test_who_has_no_group_sees_nobody_and_who_sees_all_sees_everybody(classes: None):
    create_staff("new")
    nobody, everybody = scope_of("new"), scope_of(None)
    assert not nobody.has_student("1")
    assert not nobody.has_group("8B")
    assert everybody.has_student("1")
    assert everybody.has_group("7C")


def test_a_tutor_names_their_own_on_the_board_and_no_others(app: Flask, classes: None):
    tutor = Person(app, "tutor")
    give_groups("tutor", "9H")
    head = Person(app, "head")
    head.post("/office/board", student="1", alias="Comet")
    found = {"find": "student", "student": "", "alias": ""}
    assert "Cai" in tutor.post("/office/board", **found, **{"student-typed": "Cai"}).text
    page = tutor.post("/office/board", **found, **{"student-typed": "Zo"}).text
    assert "Okafor" not in page
    assert "Comet" not in page
    assert tutor.post("/office/board", student="2", alias="Star").status_code == 303
    assert tutor.post("/office/board", student="1", alias="Moon").status_code == 422
    assert "Comet" in head.get("/office/board").text


def test_a_teacher_reads_the_weekly_tracker_of_their_own_groups(app: Flask, classes: None):
    teacher = Person(app, "teacher")
    give_groups("teacher", "8B")
    page = teacher.get("/office/weekly").text
    assert "8B" in page
    assert "9H" not in page
    assert "9H" in Person(app, "head").get("/office/weekly").text


def test_an_address_that_names_a_student_or_a_group_opens_to_those_whose_they_are(
    own_app: Flask, classes: None, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(PAGES, "probe.student", Right(LEADERS, own=TEACHERS))
    monkeypatch.setitem(PAGES, "probe.group", Right(LEADERS, own=TEACHERS))
    own_app.add_url_rule("/probe/student/<int:student>", "probe.student", lambda **_: "in")
    own_app.add_url_rule("/probe/group/<group>", "probe.group", lambda **_: "in")
    give_groups("a.adeyemi", "9H")
    seen = {"a.adeyemi": [200, 200, 403, 200, 403], "head": [200] * 5, "office": [403] * 5}
    for who, expected in seen.items():
        person = Person(own_app, who)
        asked = ("student/1", "student/2", "student/3", "group/8B", "group/7C")
        assert [person.get(f"/probe/{one}").status_code for one in asked] == expected, who
