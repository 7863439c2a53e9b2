"""Cover at the desk: who takes an absent colleague's lessons today."""

from datetime import date

from flask import Flask

from tests.builders import create_tablet
from tests.office.conftest import Person
from tests.office.set_up.conftest import lessons, trail

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
