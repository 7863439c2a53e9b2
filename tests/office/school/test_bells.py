"""The bell schedule, changed at the desk: past lessons keep their times."""

from datetime import UTC, date, datetime

import pytest

from tests.office.conftest import Person
from tests.office.school.conftest import TODAY, lessons, mark
from webapp.models import Period, School, db

LAST_TUESDAY, NEXT_TUESDAY = date(2026, 2, 24), date(2026, 3, 10)
FIRST = "/office/bells/period/1"
LATER = {"start": "08:50", "end": "09:40", "kind": "lesson"}


def test_periods_are_listed_in_the_order_of_the_day(office: Person):
    page = office.get("/office/bells").text
    assert page.index("09:00 to 09:50") < page.index("09:50 to 10:10") < page.index("10:10 to 11:00")
    assert "Lesson, 3 lessons a week" in page


def test_lessons_to_come_get_the_new_times_and_those_of_a_day_with_marks_keep_theirs(office: Person):
    mark(lessons(LAST_TUESDAY)[0])
    page = office.post(FIRST, **LATER).text
    assert "will have another time, subject or member of staff" in page
    assert lessons(NEXT_TUESDAY)[0].starts == datetime(2026, 3, 10, 9, tzinfo=UTC)
    assert office.post(FIRST, **LATER, sure="yes").location == "/office/bells"
    assert lessons(NEXT_TUESDAY)[0].starts == datetime(2026, 3, 10, 8, 50, tzinfo=UTC)
    assert lessons(TODAY)[0].starts == datetime(2026, 3, 3, 8, 50, tzinfo=UTC)
    assert lessons(LAST_TUESDAY)[0].starts == datetime(2026, 2, 24, 9, tzinfo=UTC)


def test_a_new_pause_is_told_to_tablets_at_once(office: Person):
    before = db.session.query(School).one().rev
    form = {"period": "Lunch", "start": "12:00", "end": "12:45", "kind": "lunch"}
    assert office.post("/office/bells/new", **form).location == "/office/bells"
    db.session.rollback()
    assert db.session.query(Period).filter_by(name="Lunch").one().starts == "12:00"
    assert db.session.query(School).one().rev > before


def test_a_pause_can_be_removed(office: Person):
    assert office.post("/office/bells/period/Break/remove").location == "/office/bells"
    db.session.rollback()
    assert db.session.query(Period).filter_by(name="Break", last=None).all() == []


def test_a_period_that_the_timetable_needs_stays_a_lesson(office: Person):
    answer = office.post(f"{FIRST}/remove")
    assert answer.status_code == 422
    assert "The timetable has 3 lessons a week in this period. Move them first." in answer.text
    assert office.post(FIRST, **LATER | {"kind": "break"}).status_code == 422
    assert db.session.query(Period).filter_by(name="1").one().kind == "lesson"


@pytest.mark.parametrize(
    ("url", "form", "field", "words"),
    [
        ("new", LATER, "period", "The name is missing."),
        ("new", LATER | {"period": "1"}, "period", "There is a period of this name already."),
        ("period/1", LATER | {"end": "08:50"}, "end", "The end must be a time after the start."),
        ("period/1", LATER | {"end": "10:00"}, "end", "The end must be before Break begins (09:50)."),
        (
            "period/2",
            LATER | {"start": "10:00", "end": "11:00"},
            "start",
            "The start must be a time from 10:10 on, when period Break ends.",
        ),
    ],
)
def test_what_the_import_would_refuse_is_refused(
    office: Person, url: str, form: dict[str, str], field: str, words: str
):
    answer = office.post(f"/office/bells/{url}", **form, sure="yes")
    assert answer.status_code == 422
    assert f'<a href="#{field}">{words}</a>' in answer.text
