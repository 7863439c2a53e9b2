"""The list for the trip: exact means of the half term so far, who is on it, and what becomes of ties."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from tests.builders import create_group, create_lesson, create_staff, create_student, create_year
from tests.builders_rewards import do, give
from tests.builders_spaces import create_half_term
from webapp.models import Group, PartTime, Student, db
from webapp.results.half_term import beginning_on
from webapp.results.trip import Line, Trip, trip_of
from webapp.school import clock
from webapp.sync.log.revisions import writing

FIRST = date(2026, 2, 23)
DAYS = [date(2026, 2, day) for day in (23, 24, 25, 26)]


@pytest.fixture(autouse=True)
def school(app: Flask) -> None:
    """Group 8B with a lesson on each of four days."""
    create_year()
    create_half_term()
    create_group()
    create_staff()
    create_staff("c.quartey", role="head")
    for day in DAYS:
        create_lesson(day)


def trip() -> Trip:
    half_term = beginning_on("2026-02-23")
    assert half_term
    return trip_of(half_term, clock.now())


def lines() -> dict[str, Line]:
    return {line.student.legal_forename: line for line in trip().lines}


def create(name: str, *marks: Any, **other: Any) -> Student:
    """A student with marks on the first days."""
    student = create_student(name, **other)
    for day, mark in zip(DAYS, marks, strict=False):
        give(student, mark, day)
    return student


def test_means_are_exact_and_of_this_half_term_alone(app: Flask):
    ada = create("Ada", 5, 4, 4)
    give(ada, 0, FIRST - timedelta(days=7))
    create("Ben", 5, 4, 5, 4)
    assert [(line.student.legal_forename, line.so_far.mean) for line in trip().lines] == [
        ("Ben", (18, 4)),
        ("Ada", (13, 3)),
    ]


def test_half_of_the_lessons_so_far_must_have_a_mark():
    create("Ada", 5, 5)
    create("Ben", 5, "authorised", "exempt")
    create("Cai")
    found = lines()
    assert {name: (line.so_far.marked, line.so_far.lessons) for name, line in found.items()} == {
        "Ada": (2, 4),
        "Ben": (1, 4),
        "Cai": (0, 4),
    }
    assert [found[name].standing for name in ("Ada", "Ben", "Cai")] == ["going", "too-few", "too-few"]


def test_lessons_to_come_do_not_count(app: Flask):
    create("Ada", 5, 5)
    for day in (clock.today() + timedelta(days=n) for n in range(5)):
        create_lesson(day, "5")
    assert lines()["Ada"].so_far.lessons == 4


def test_lessons_before_a_student_joined_do_not_count():
    create("Ada", joined=DAYS[3])
    give(1, 5, DAYS[3])
    assert (lines()["Ada"].so_far.marked, lines()["Ada"].so_far.lessons) == (1, 1)


def test_lessons_that_a_part_time_timetable_leaves_out_do_not_count(app: Flask):
    ada = create("Ada", 5)
    with writing():
        about: dict[str, Any] = {
            "student_id": ada.id,
            "period": "1",
            "first": FIRST,
            "last": None,
            "reason": "Hospital",
        }
        db.session.add_all(PartTime(weekday=day.isoweekday(), **about) for day in DAYS[1:])
    assert (lines()["Ada"].so_far.marked, lines()["Ada"].so_far.lessons) == (1, 1)


def test_a_lesson_spent_in_another_group_is_marked_there():
    create_group("9A")
    ada = create("Ada", 5)
    give(ada, 3, DAYS[1], group="9A")
    assert (lines()["Ada"].so_far.marked, lines()["Ada"].so_far.mean) == (2, (8, 2))


def test_key_stages_on_a_pathway_and_leavers_are_not_on_the_list():
    create_group("11C", key_stage=4)
    create("Ada", 5, 5, left=date(2026, 3, 3))
    give(create_student("Ben", group="11C", year=11), 5, group="11C")
    create("Cai", 4, 4, left=date(2026, 3, 4))
    assert list(lines()) == ["Cai"]


def test_the_list_of_a_half_term_that_is_over_is_that_of_its_last_day(app: Flask):
    create("Ada", 5, 5, left=date(2026, 4, 1))
    app.config["CLOCK"].move(days=60)
    assert list(lines()) == ["Ada"]


def tie() -> None:
    """Seven students ahead, and Yan and Zoë tied for the eighth place."""
    for n in range(7):
        create(f"S{n}", 5, 5)
    create("Yan", 4, 4, surname="Abe")
    create("Zoë", 4, 4)
    create("Last", 3, 3)


def decide(*picked: str) -> str | None:
    tied = [str(student) for student in trip().found.tied]
    body = {"half_term": "2026-02-23", "picked": list(picked), "tied": tied, "why": "Turns"}
    return do("trip.decide", body, by="c.quartey")


def test_the_tied_wait_for_a_leader():
    tie()
    assert (trip().found.tied, trip().found.places_left, trip().stands) == ((8, 9), 1, False)
    assert [line.standing for line in trip().lines[6:]] == ["going", "tied", "tied", "below"]


def test_a_decision_settles_the_tie():
    tie()
    assert decide("9") is None
    assert [(line.student.id, line.standing) for line in trip().lines[7:]] == [
        (9, "picked"),
        (8, "not-picked"),
        (10, "below"),
    ]
    assert trip().stands


def test_a_decision_made_for_another_tie_stands_no_more():
    tie()
    decide("9")
    give(10, 5, DAYS[2])
    give(10, 5, DAYS[3])
    decision = trip().decision
    assert (trip().found.tied, trip().stands) == ((8, 9, 10), False)
    assert decision
    assert decision.why == "Turns"
    assert {line.standing for line in trip().lines[7:]} == {"tied"}


def test_groups_are_listed_by_their_names():
    create("Ada", 5, 5)
    with writing():
        db.session.get_one(Group, "8B").name = "Birch"
    assert lines()["Ada"].group == "Birch"
