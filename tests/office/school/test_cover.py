"""Cover at the desk: who takes an absent colleague's lessons today."""

from datetime import date

from flask import Flask

from tests.builders import create_tablet
from tests.office.conftest import Person
from tests.office.school.conftest import bring, lessons, trail
from webapp.imports import KINDS, import_content
from webapp.imports.undo.undo import undo
from webapp.imports.undo.words import changes_of

TUESDAY = date(2026, 3, 3)
ASKED = {"day": "2026-03-03", "staff": "a.adeyemi"}


def test_the_lessons_of_who_is_absent_are_listed(office: Person):
    page = office.get("/office/cover?day=2026-03-03&staff=a.adeyemi").text
    assert "<bdi>Period 1: Maths · 8B</bdi>" in page
    assert "Not covered: Ada Adeyemi" in page


def test_a_lesson_is_covered_and_taken_back_and_tablets_hear(app: Flask, office: Person):
    tablet = create_tablet(app, "office")
    (lesson,) = lessons(TUESDAY)
    field = {f"lesson-{lesson.id}": "w.kowal"}
    assert office.post("/office/cover", **ASKED, **field).location == "/office/cover?day=2026-03-03&staff=a.adeyemi"
    tablet.pull()
    assert tablet.rows["lessons", str(lesson.id)]["staff"] == "w.kowal"
    assert "<bdi>Wit Kowal</bdi> for <bdi>Ada Adeyemi</bdi>" in office.get("/office/cover?day=2026-03-03").text
    office.post("/office/cover", **ASKED, **{f"lesson-{lesson.id}": "a.adeyemi"})
    assert lessons(TUESDAY)[0].staff_id == "a.adeyemi"
    assert trail()[-2:] == [("office", "lesson.cover", f"lesson:{lesson.id}")] * 2


def test_what_nobody_could_have_chosen_changes_nothing(office: Person):
    (lesson,) = lessons(TUESDAY)
    office.post("/office/cover", **ASKED, **{f"lesson-{lesson.id}": "nobody", "lesson-999": "w.kowal", "lesson-x": ""})
    assert lessons(TUESDAY)[0].staff_id == "a.adeyemi"
    assert trail() == []


def test_cover_is_over_once_the_timetable_gives_the_lesson_to_another_and_comes_back_with_an_undone_import(
    office: Person,
):
    (lesson,) = lessons(TUESDAY)
    office.post("/office/cover", **ASKED, **{f"lesson-{lesson.id}": "w.kowal"})
    week = "day,period,group,subject,staff\nTue,1,8B,Maths,w.kowal\n"
    rehearsed = import_content(KINDS["timetable"], week.encode(), dry_run=True)
    assert "Cover, Tue 3 March, period 1" in [change.name for change in changes_of(rehearsed.touches)]
    run = bring(week)
    assert "for <bdi>Ada Adeyemi</bdi>" not in office.get("/office/cover?day=2026-03-03").text
    assert "Not covered: Wit Kowal" in office.get("/office/cover?day=2026-03-03&staff=w.kowal").text
    assert undo(run, "office") is None
    assert "<bdi>Wit Kowal</bdi> for <bdi>Ada Adeyemi</bdi>" in office.get("/office/cover?day=2026-03-03").text
    assert [row.taking for row in lessons(TUESDAY, date(2026, 3, 10))] == [("w.kowal",), ("a.adeyemi",)]
