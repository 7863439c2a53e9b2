"""Awards for attendance: proposed by the register, given with one press, never twice."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask

from tests.builders import create_group, create_student, give_groups
from tests.builders_spaces import create_half_term
from tests.office.conftest import Person, Sign
from webapp.domain.attendance.codes import UNMARKED
from webapp.models import Attendance, Award, CalendarEntry, db
from webapp.sync.log.revisions import writing

PAGE = "/office/attendance?group=10P"
BEFORE, FIRST, FRIDAY = date(2026, 1, 5), date(2026, 2, 23), date(2026, 2, 27)
HALF_TERM = (date(2026, 1, 5), date(2026, 2, 13))
FULL_WEEK = {"award": "full-week", "day": "2026-02-27", "group": "10P"}


def mark(student: int, first: date, last: date, missed: int = 0, code: str = "I") -> None:
    """A register of both sessions, the first `missed` of them with another code."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    sessions = [(day, session) for day in days if day.isoweekday() < 6 for session in ("am", "pm")]
    with writing():
        for n, (day, session) in enumerate(sessions):
            there = "/" if session == "am" else "\\"
            row = {"student_id": student, "day": day, "session": session, "code": code if n < missed else there}
            db.session.merge(Attendance(**row))


def awards() -> list[tuple[int, str, str]]:
    query = db.session.query(Award).filter_by(withdrawn_at=None).order_by(Award.student_id, Award.day)
    return [(one.student_id, one.award, one.day.isoformat()) for one in query]


def ticks(page: str) -> dict[str, bool]:
    """Who is proposed for something, and whether they are ticked."""
    found = re.findall(r'name="student" value="\d+"( checked)?> <span><bdi>(.*?)</bdi>', page)
    return {name: bool(ticked) for ticked, name in found}


@pytest.fixture
def desk(sign_in: Sign) -> Person:
    """Four of year 10 after a week: there all the time, ill once, not marked once, at school since Thursday."""
    create_half_term("Spring 1", *HALF_TERM)
    create_group("10P", key_stage=4)
    for forename in ("Ana", "Ben", "Cy"):
        create_student(forename, "Ames", group="10P", year=10)
    create_student("Dot", "Ames", group="10P", year=10, joined=date(2026, 2, 26))
    mark(5, FIRST, FRIDAY)
    mark(6, FIRST, FRIDAY, missed=1)
    mark(7, FIRST, FRIDAY, missed=1, code=UNMARKED)
    mark(8, date(2026, 2, 26), FRIDAY)
    return sign_in("head-of-year")


def test_nothing_is_given_before_somebody_presses_and_nothing_twice(desk: Person):
    page = desk.get(PAGE).text
    assert ticks(page) == {"Ana Ames": True, "Dot Ames": True}
    assert "1 session<" in page  # of Cy, who is not marked once
    assert awards() == []
    for _ in range(2):
        desk.post("/office/attendance/awards", student=["5", "6", "7"], **FULL_WEEK)
        assert awards() == [(5, "full-week", "2026-02-27")]
    award = db.session.query(Award).one()
    assert (award.note, award.by) == ("Week of 23 February", desk.username)
    assert ticks(desk.get(PAGE).text) == {"Dot Ames": True}


@pytest.mark.parametrize(
    ("day", "ticked"),
    [("2026-02-26", False), ("2026-02-27", None), ("2026-03-02", None), ("2026-02-20", True)],
)
def test_one_given_by_hand_counts_for_the_week_that_had_ended_last(desk: Person, day: str, ticked: bool | None):
    """Where it may have been either, nobody is ticked and the page says why."""
    desk.post("/student/5/award", award="full-week")
    with writing():
        db.session.query(Award).update({"day": date.fromisoformat(day)})
    page = desk.get(PAGE).text
    assert ticks(page).get("Ana Ames") is ticked
    assert ("has one of" in page) == (ticked is False)
    assert ("Mon 2 March" in page) == (day == "2026-03-02")


def test_one_taken_back_is_not_given_again_unasked(desk: Person):
    desk.post("/office/attendance/awards", student="5", **FULL_WEEK)
    desk.post("/student/5/award", withdraw=db.session.query(Award).one().id)
    assert awards() == []
    assert ticks(desk.get(PAGE).text)["Ana Ames"] is False


def test_a_half_term_is_measured_by_itself_and_against_the_one_before(desk: Person, app: Flask):
    mark(5, *HALF_TERM)
    mark(6, *HALF_TERM, missed=8)
    assert "A full half term" not in desk.get(PAGE).text
    for student, missed in ((5, 0), (6, 1), (7, 0)):
        mark(student, FIRST, date(2026, 3, 27), missed)
    app.config["CLOCK"].move(days=24)
    desk.sign_in()
    page = desk.get(PAGE).text
    assert page.index("Better attendance than last half term") < page.index("Week of 16 March")
    better = {"award": "better-attendance", "day": "2026-03-27", "group": "10P"}
    desk.post("/office/attendance/awards", student=["5", "6", "7"], **better)
    desk.post("/office/attendance/awards", student=["5", "6", "7"], **better | {"award": "full-half-term"})
    assert [(student, award) for student, award, _ in awards()] == [
        *((5, "full-half-term"), (6, "better-attendance"), (7, "full-half-term")),
    ]


def test_no_mark_is_expected_where_school_is_closed_for_a_year(desk: Person):
    with writing():
        closure = {"name": "Inspection", "start": FIRST, "end": FIRST, "years": "10"}
        db.session.add(CalendarEntry(kind="closure", **closure))
    assert ticks(desk.get(PAGE).text)["Cy Ames"] is True


def test_tutors_give_them_to_their_own_alone(desk: Person, sign_in: Sign):
    tutor = sign_in("tutor")
    tutor.post("/office/attendance/awards", student="5", **FULL_WEEK)
    assert awards() == []
    give_groups("tutor", "10P")
    tutor.post("/office/attendance/awards", student="5", **FULL_WEEK)
    assert len(awards()) == 1


def test_levels_have_no_such_awards(desk: Person):
    mark(1, FIRST, FRIDAY)
    assert "Awards for attendance" not in desk.get("/office/attendance?group=8B").text
    assert "no register" in desk.get("/office/attendance?group=9H").text
