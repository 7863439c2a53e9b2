"""Means of many lessons, and which of them are of too few students to be shown."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from webapp.domain.marks.mean import Mean

FEWEST_STUDENTS: Final = 5
"""A mean of fewer students says too much about each of them."""


@dataclass(frozen=True, slots=True)
class Figure:
    """The mean of the marks given under one key, such as a subject, and how many students they were given to.

    `hidden`: not to be shown.
    """

    key: tuple[str, ...]
    mean: Mean
    students: int
    hidden: bool = False


def hide_small(figures: Iterable[Figure]) -> list[Figure]:
    """The figures in their order, with those of too few students hidden.

    A single hidden one could be worked out from all the others and their total, so the next smallest goes with it.
    """
    found = list(figures)
    small = {figure.key for figure in found if figure.students < FEWEST_STUDENTS}
    if len(small) == 1 and len(found) > 1:
        small.add(min((figure for figure in found if figure.key not in small), key=lambda one: one.mean.count).key)
    return [replace(figure, hidden=figure.key in small) for figure in found]
