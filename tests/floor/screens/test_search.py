"""Whom a screen lists, and who is found by what is typed."""

from typing import Any

import pytest

from tests.floor.rows import NOW, make_student, make_tables, make_viewer
from webapp.domain.text.finding import MOST
from webapp.floor.both.parts.search import LISTED
from webapp.floor.both.screens import choose, room, tuck

MANY = [make_student(n, f"Ada Featherstone {n}", group="7A" if n % 2 else "8B") for n in range(1, LISTED + 2)]
SCREENS: list[Any] = [choose, tuck, room]


def shown(screen: Any, typed: str, students: list[Any]) -> tuple[list[str], str]:
    """The names on a screen, and what it says of them."""
    params = {"space": "hazel", "name": typed}
    found = screen.context(make_tables(students=students), make_viewer(), NOW, params)
    sections = found.get("groups", [found])
    return [one["name"] for section in sections for one in section["students"]], found["find"]["words"]


@pytest.mark.parametrize("screen", [choose, tuck])
def test_a_small_school_is_listed_and_a_large_one_is_asked_for_a_name(screen: Any) -> None:
    assert len(shown(screen, "", MANY[:LISTED])[0]) == LISTED
    assert shown(screen, " ", MANY) == ([], "Type any part of the name.")


@pytest.mark.parametrize("screen", SCREENS)
def test_a_name_is_found_by_any_part_of_it_in_any_order(screen: Any) -> None:
    people = [make_student(1, "Siân O’Neill"), make_student(2, "Ali Aziz")]
    for typed in ("sian", "NEILL", "oneill sian", "ian"):
        assert shown(screen, typed, people) == (["Siân O’Neill"], "1 student")
    assert shown(screen, "xyz", people) == ([], "Nobody of this name is at school today.")
    assert shown(screen, "i", people)[1] == "2 students"


@pytest.mark.parametrize("screen", SCREENS)
def test_of_many_the_first_are_shown(screen: Any) -> None:
    names, words = shown(screen, "feather", MANY)
    assert (len(names), words) == (MOST, f"{len(MANY)} students, the first {MOST}")
    assert shown(screen, "7", MANY)[0][0] == "Ada Featherstone 7"


def test_who_is_found_is_shown_with_their_group() -> None:
    found = tuck.context(make_tables(students=MANY), make_viewer(), NOW, {"name": "2"})
    assert found is not None
    assert [one["note"] for one in found["groups"][0]["students"]][:1] == ["8B"]
