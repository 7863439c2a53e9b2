"""The calendar, changed at the desk: said before it is done, and lessons follow."""

from datetime import date

import pytest

from tests.office.conftest import Person
from tests.office.school.conftest import lessons, mark, trail
from webapp.domain.time.calendar import Span
from webapp.models import CalendarEntry, Level, db
from webapp.school.calendar import load_calendar

LAST_MONDAY, MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 10)
CLOSURE = {"kind": "closure", "name": "Snow", "start": "2026-03-09", "end": "2026-03-10"}


def entry_of(name: str) -> str:
    db.session.rollback()
    return f"/office/calendar/{db.session.query(CalendarEntry).filter_by(name=name).one().id}"


def test_the_calendar_is_listed_under_its_kinds(office: Person):
    page = office.get("/office/calendar").text
    assert "<bdi>2025/26</bdi>" in page
    assert "Mon 1 September 2025 to Fri 17 July 2026" in page
    assert "Days without school" in page


def test_a_closure_says_what_it_takes_and_takes_nothing_until_somebody_is_sure(office: Person):
    page = office.post("/office/calendar/new", **CLOSURE).text
    assert "4 lessons will go, from Mon 9 March 2026 to Tue 10 March 2026. Nobody has marks in them." in page
    assert "<h1>Save Snow?</h1>" in page
    assert load_calendar().closures == ()
    assert len(lessons(MONDAY, TUESDAY)) == 3


def test_lessons_follow_once_somebody_is_sure(office: Person):
    assert office.post("/office/calendar/new", **CLOSURE, sure="yes").location == "/office/calendar"
    assert load_calendar().closures == (Span("Snow", MONDAY, TUESDAY),)
    assert lessons(MONDAY, TUESDAY) == []


def test_who_changed_the_calendar_is_on_the_trail(office: Person):
    office.post("/office/calendar/new", **CLOSURE)
    assert trail() == []
    office.post("/office/calendar/new", **CLOSURE, sure="yes")
    snow = entry_of("Snow").rpartition("/")[2]
    office.post(f"/office/calendar/{snow}/remove", sure="yes")
    about = f"calendar:{snow}"
    assert trail() == [("office", "calendar.add", about), ("office", "calendar.remove", about)]


def test_lessons_with_marks_are_kept_and_it_is_said(office: Person):
    mark(lessons(LAST_MONDAY)[0])
    form = CLOSURE | {"start": "2026-03-02", "end": "2026-03-02"}
    page = office.post("/office/calendar/new", **form).text
    assert "1 lesson with marks will stay as it is, on Mon 2 March 2026." in page
    assert "2 lessons will go, on Mon 2 March 2026." in page
    office.post("/office/calendar/new", **form, sure="yes")
    assert [lesson.period for lesson in lessons(LAST_MONDAY)] == ["1"]


def test_a_closure_of_a_past_day_that_was_a_mistake_gives_its_lessons_back(office: Person):
    mark(lessons(LAST_MONDAY)[0])
    office.post("/office/calendar/new", **CLOSURE | {"start": "2026-03-02", "end": "2026-03-02"}, sure="yes")
    page = office.post(f"{entry_of('Snow')}/remove").text
    assert "2 lessons will be added, on Mon 2 March 2026." in page
    office.post(f"{entry_of('Snow')}/remove", sure="yes")
    assert [lesson.period for lesson in lessons(LAST_MONDAY)] == ["1", "2"]


def test_an_entry_is_changed_in_place(office: Person):
    page = office.get(entry_of("Spring 2")).text
    assert 'value="2026-02-23"' in page
    form = {"kind": "half-term", "name": "Spring term 2", "start": "2026-02-23", "end": "2026-03-20"}
    assert office.post(entry_of("Spring 2"), **form).location == "/office/calendar"
    assert load_calendar().half_terms == (Span("Spring term 2", date(2026, 2, 23), date(2026, 3, 20)),)


def test_levels_follow_the_school_weeks(office: Person):
    mark(lessons(date(2026, 2, 24))[0], given=5)
    assert level_in("2026-W12") is None
    form = {"kind": "closure", "name": "Flood", "start": "2026-03-02", "end": "2026-03-06"}
    office.post("/office/calendar/new", **form, sure="yes")
    assert level_in("2026-W12") == "heroic"


def level_in(week: str) -> str | None:
    db.session.rollback()
    return db.session.query(Level.level).filter_by(student_id=1, week=week).scalar()


@pytest.mark.parametrize(
    ("other", "field", "words"),
    [
        ({"name": ""}, "name", "The name is missing."),
        ({"start": "yesterday"}, "start", "The first day must be a date such as 03/09/2026 or 2026-09-03."),
        ({"end": "2026-03-08"}, "end", "The last day must be a day not before the start."),
        ({"kind": "party"}, "kind", "The kind must be year, half-term, closure or week."),
        (
            {"kind": "half-term"},
            "start",
            "The first day must be a day after Spring 2, which ends on 27/03/2026.",
        ),
        (
            {"kind": "half-term", "start": "2026-02-16", "end": "2026-02-27"},
            "end",
            "The last day must be before Spring 2 begins (Mon 23 February 2026).",
        ),
        (
            {"kind": "half-term", "name": "Spring 2", "start": "2026-02-23"},
            "name",
            "There is one of this name that begins on this day.",
        ),
    ],
)
def test_what_the_import_would_refuse_is_refused(office: Person, other: dict[str, str], field: str, words: str):
    answer = office.post("/office/calendar/new", **CLOSURE | other, sure="yes")
    assert answer.status_code == 422
    assert f'<a href="#{field}">{words}</a>' in answer.text
    assert load_calendar().closures == ()


@pytest.mark.parametrize("name", ["0", "999", "nonsense", "%00"])
def test_an_entry_there_is_not_is_not_found(office: Person, name: str):
    assert office.get(f"/office/calendar/{name}").status_code == 404
    assert office.post(f"/office/calendar/{name}/remove").status_code == 404
