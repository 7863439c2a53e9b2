"""Timetables of two weeks: which is a week A, and which a week B. Weeks are written as ISO weeks are: "2026-W11".

The first mark begins the turns, and weeks take turns from there in both directions; weeks without school days are
skipped. A later mark begins them anew, or says what its week alone is.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, NamedTuple

A, B = "A", "B"
LETTERS: Final = (A, B)


class WeekMark(NamedTuple):
    """A week that the calendar says is A or B, and whether that says nothing of others."""

    week: str
    letter: str
    alone: bool = False


def letter_of(week: str, marks: Sequence[WeekMark], school_weeks: Sequence[str]) -> str | None:
    """Whether a week is A or B; None if there are no marks. Marks and school weeks are in order."""
    if not marks:
        return None
    own = [mark.letter for mark in marks if mark.alone and mark.week == week]
    begun = [marks[0], *(mark for mark in marks[1:] if not mark.alone)]
    mark = next((one for one in reversed(begun) if one.week <= week), begun[0])
    turns = bisect_left(school_weeks, week) - bisect_left(school_weeks, mark.week)
    return own[-1] if own else LETTERS[(LETTERS.index(mark.letter) + turns) % 2]
