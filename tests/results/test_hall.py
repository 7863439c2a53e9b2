"""The board in the hall: who appears on it, by which name, and in which list."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from tests.builders import create_group, create_staff, create_student, create_year
from tests.builders_rewards import do, give
from tests.builders_spaces import create_half_term
from webapp.models import Student
from webapp.results.hall import Board, board_on

TODAY = date(2026, 3, 3)
BEFORE = date(2026, 2, 24)


@pytest.fixture(autouse=True)
def school(app: Flask) -> None:
    create_year()
    create_half_term()
    create_group()
    create_staff(role="head-of-year")


def board(day: date = TODAY) -> Board:
    found = board_on(day)
    assert found
    return found


def create(name: str, surname: str, *marks: Any, **other: Any) -> Student:
    """A student with marks of the week before and of this week."""
    student = create_student(name, surname, **other)
    for day, mark in zip((BEFORE, TODAY), marks, strict=False):
        if mark is not None:
            give(student, mark, day)
    return student


def call(student: Student, alias: str | None = None, opted_out: bool = False) -> None:
    assert do("board.name", {"student": str(student.id), "alias": alias, "opted_out": opted_out}) is None


def test_the_highest_means_lead_and_the_tied_stand_together():
    for n, mark in enumerate((5, 5, 5, 5, 5, 5, 5, 4, 4, 3)):
        create(f"S{n}", "Okafor", mark)
    assert board().leading == tuple(f"S{n}" for n in range(9))


def test_a_week_above_all_before_is_a_personal_best_and_the_greatest_rise_comes_first():
    create("Zoë", "Okafor", 3, 4)
    create("Yan", "Abe", 1, 4)
    create("Cai", "Price", 5, 5)
    create("Mia", "Reid", None, 5)
    assert (board().week, board().bests, board().improved) == ("2026-W10", ("Yan", "Zoë"), ("Yan", "Zoë"))


def test_the_week_at_hand_is_the_latest_with_a_mark():
    zoe = create("Zoë", "Okafor", 4)
    give(zoe, 2, date(2026, 2, 23))
    give(zoe, "authorised", TODAY)
    assert (board().week, board().bests) == ("2026-W09", ())


def test_before_any_mark_the_board_is_empty():
    create("Zoë", "Okafor")
    assert (board().week, board().leading, board().bests, board().improved) == (None, (), (), ())


def test_in_the_holidays_the_board_is_that_of_the_half_term_before():
    create("Zoë", "Okafor", 5)
    assert board(date(2026, 4, 2)).half_term.name == "Spring 2"
    assert board(date(2026, 4, 2)).leading == ("Zoë",)
    assert board_on(date(2026, 2, 22)) is None


def test_marks_of_another_half_term_and_of_days_to_come_do_not_count():
    zoe = create("Zoë", "Okafor", 4)
    give(zoe, 5, BEFORE - timedelta(days=7))
    give(zoe, 5, TODAY + timedelta(days=1))
    assert (board().week, board().bests) == ("2026-W09", ())


def test_key_stages_on_a_pathway_leavers_and_those_who_opted_out_are_not_on_the_board():
    create_group("11C", key_stage=4)
    give(create_student("Ben", "Boyle", "11C", year=11), 5, group="11C")
    create("Ada", "Abe", 5, left=TODAY)
    call(create("Cai", "Price", 5), opted_out=True)
    create("Zoë", "Okafor", 2)
    assert board().leading == ("Zoë",)


def test_whoever_opted_out_leaves_the_place_to_another():
    for n in range(8):
        create(f"S{n}", "Okafor", 5)
    call(create("Cai", "Price", 5), opted_out=True)
    assert len(board().leading) == 8


def test_an_alias_or_the_name_a_student_goes_by_is_shown():
    call(create("Zoë", "Okafor", 5), alias="The Owl")
    create("Benjamin", "Boyle", 4, preferred_forename="Ben")
    assert board().leading == ("The Owl", "Ben")


def test_namesakes_are_told_apart_by_as_little_of_the_surname_as_will_do():
    for name in ("Zoe Okafor", "Zoë Price", "Sam Khan", "Sam Kerr", "Sam Li", "Al Wu", "Al Wu"):
        create(*name.split(), 5)
    assert sorted(board().leading) == ["Al Wu", "Al Wu", "Sam Ke.", "Sam Kh.", "Sam L.", "Zoe O.", "Zoë P."]


def test_an_alias_gives_nothing_away():
    call(create("Sam", "Khan", 5), alias="The Owl")
    call(create("Mia", "Reid", 4), alias="Zoë")
    create("Sam", "Kerr", 3)
    create("Zoë", "Okafor", 2)
    assert board().leading == ("The Owl", "Zoë", "Sam", "Zoë O.")
