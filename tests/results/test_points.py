"""What a card shows, gathered from the rows of its student alone."""

import re
from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from tests.builders import create_group, create_lesson, create_staff, create_student, create_year
from tests.builders_rewards import do, give, limit
from tests.builders_spaces import at, create_half_term
from webapp.domain.marks.mean import Mean
from webapp.models import Student, db
from webapp.results.points import (
    Holiday,
    Limit,
    Place,
    Points,
    Standing,
    places_of,
    points_of,
)

TUESDAY, WEDNESDAY = date(2026, 3, 3), date(2026, 3, 4)
NEW_TERM = date(2026, 4, 13)


@pytest.fixture(autouse=True)
def zoe(app: Flask) -> Student:
    """Zoë, with two lessons on Tuesday, of which one is over, and one on Wednesday."""
    create_year()
    create_half_term()
    create_half_term("Summer 1", NEW_TERM, date(2026, 5, 22))
    create_group()
    create_group("9H")
    create_staff()
    for day, period in ((TUESDAY, "1"), (TUESDAY, "2"), (WEDNESDAY, "1")):
        create_lesson(day, period)
    return create_student(preferred_forename="Zo")


def points(moment: datetime | None = None, student: int = 1) -> Points:
    return points_of(student, moment or at("10:21"))


def standing(moment: datetime | None = None) -> Standing:
    found = points(moment).standing
    assert found
    return found


def test_the_first_name_is_the_one_the_student_goes_by():
    assert points().first_name == "Zo"


def test_the_lessons_of_the_week_with_what_is_left_of_them():
    give(1, 4, TUESDAY)
    assert [(lesson.day, lesson.period, lesson.mark, lesson.left) for lesson in points().lessons] == [
        (TUESDAY, "1", 4, False),
        (TUESDAY, "2", None, True),
        (WEDNESDAY, "1", None, True),
    ]
    assert (points().mean, points().lessons_left) == (Mean(4, 1), 2)


def test_a_lesson_over_without_a_mark_is_not_left():
    assert [lesson.left for lesson in points().lessons] == [False, True, True]
    assert points(at("10:50")).lessons_left == 1


def test_a_lesson_to_come_that_has_a_mark_already_is_not_left():
    give(1, "exempt", WEDNESDAY)
    assert points().lessons_left == 1
    assert points().mean == Mean(0, 0)


def test_a_mark_in_another_group_counts():
    give(1, 5, TUESDAY, "3", group="9H")
    assert points().mean == Mean(5, 1)
    assert points().lessons_left == 2


def test_a_mark_taken_back_leaves_nothing():
    give(1, 5, TUESDAY, "3", group="9H")
    give(1, None, TUESDAY, "3", group="9H")
    assert len(points().lessons) == 3


def test_the_level_and_what_it_opens():
    give(1, 5)
    found = standing()
    assert (found.level, found.allowance, found.left, found.room) == ("heroic", 2, 2, True)
    assert [place.name for place in found.places] == ["Cooking", "Sport", "Films", "Art and craft", "Reward room"]
    assert (found.limit, found.choice) == (None, None)


def test_without_a_level_nothing_is_open():
    found = standing()
    assert (found.level, found.allowance, found.room, found.places) == (None, 0, False, ())


def test_a_limit_holds_until_its_last_day_and_says_no_reason():
    give(1, 5)
    limit(1, "creative", until="2026-03-06")
    found = standing()
    assert (found.level, found.limit) == ("creative", Limit("creative", date(2026, 3, 6)))
    assert not found.limited_next
    assert "Smoke" not in repr(points())


def test_of_several_limits_the_strictest_counts_and_the_longest_of_those():
    give(1, 5)
    limit(1, "creative")
    limit(1, "none", until="2026-03-05")
    limit(1, "none", until="2026-03-09")
    assert standing().limit == Limit("none", date(2026, 3, 9))
    assert standing().limited_next


def test_a_limit_that_nobody_gave_an_end_has_none():
    limit(1, "none", until="2026-03-05")
    limit(1, "none")
    assert standing().limit == Limit("none", None)


def test_a_limit_to_come_does_not_hold_yet():
    give(1, 5)
    limit(1, "none", start="2026-03-04")
    assert standing().limit is None


def test_a_choice_is_full_once_others_hold_every_place():
    give(1, 4)
    for _ in range(8):
        other = create_student()
        give(other, 4)
        assert do("options.choose", {"student": str(other.id), "week": "2026-W10", "choice": "cooking"}) is None
    assert standing().places[:2] == (Place("cooking", "Cooking", True), Place("sport", "Sport", False))
    assert places_of(other.id, TUESDAY)[0] == Place("cooking", "Cooking", False)


def test_the_choice_made_shows():
    give(1, 4)
    do("options.choose", {"student": "1", "week": "2026-W10", "choice": "films"})
    assert standing().choice == "films"


def test_the_next_school_week_comes_after_the_holidays():
    assert standing().next_week == "2026-W11"
    assert standing(at("10:00", date(2026, 3, 27))).next_week == "2026-W16"
    assert standing(at("10:00", date(2026, 7, 20))).next_week is None


def test_a_week_off_says_when_school_starts_and_with_which_level():
    give(1, 5, date(2026, 3, 26))
    found = points(at("10:00", date(2026, 4, 1)))
    assert (found.holiday, found.is_school_day, found.lessons) == (Holiday(NEW_TERM, "heroic"), False, ())
    assert points().holiday is None
    assert points(at("10:00", date(2026, 8, 5))).holiday is None


def test_key_stage_4_has_awards_and_no_level():
    cai = create_student("Cai", year=10)
    give(cai, 5)
    for award, day in (("unit", "2026-03-02"), ("full-week", "2026-03-03")):
        body: dict[str, Any] = {"student": str(cai.id), "award": award, "note": "Well done", "day": day}
        assert do("pathway.award", body) is None
    found = points(student=cai.id)
    assert found.standing is None
    assert [(award.rule.name, award.note, award.day) for award in found.awards] == [
        ("A full week", "Well done", TUESDAY),
        ("A unit finished", "Well done", date(2026, 3, 2)),
    ]


def test_an_award_withdrawn_is_gone():
    cai = create_student("Cai", year=10)
    do("pathway.award", {"student": str(cai.id), "award": "unit", "note": "", "day": "2026-03-02"})
    [award] = db.session.execute(db.text("select id from award")).scalars()
    do("pathway.withdraw", {"award": award})
    assert points(student=cai.id).awards == ()


def test_only_the_students_own_rows_are_asked_for():
    """Every question to a table with students in it names this one; of others only choices are counted."""
    give(1, 5)
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        asked.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    points()
    event.remove(db.engine, "before_cursor_execute", note)
    of_students = [(text, given) for text, given in asked if "student" in text]
    assert len(of_students) > 5
    for text, given in of_students:
        counts_others = text.startswith("SELECT option_choice.choice") and "!=" in text
        assert 1 in given, text
        assert counts_others or re.search(r"student(_id|\.id) (=|IN)|= (part_time|spell)\.student_id", text)
