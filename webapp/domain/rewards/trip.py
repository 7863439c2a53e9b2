"""Who goes on the trip at the end of a half term, and who shares the last places (D6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from webapp.domain.marks.mean import Mean


@dataclass(frozen=True, slots=True)
class Candidate:
    """A student's half term so far: the mean, and of how many timetabled lessons how many are marked."""

    mean: Mean
    marked: int
    lessons: int


@dataclass(frozen=True, slots=True)
class TripList:
    """`going` are sure of a place, best first. Of those `tied` for the last ones a leader picks `places_left`."""

    going: tuple[int, ...]
    tied: tuple[int, ...]
    places_left: int


def trip_list(students: Mapping[int, Candidate], places: int, least: Fraction) -> TripList:
    """Those with the highest exact means, among students marked in at least the share `least` of their lessons.

    Who is tied for more places than there are is never picked here, and nobody is tied who all fit.
    """
    return leading({student: Fraction(*one.mean) for student, one in students.items() if _ranks(one, least)}, places)


def leading(values: Mapping[int, Fraction], places: int) -> TripList:
    """The highest values for so many places, at least one, whatever they measure."""
    order = sorted(values, key=lambda student: (-values[student], student))
    if len(order) <= places:
        return TripList(tuple(order), (), 0)
    last = values[order[places - 1]]
    going = tuple(student for student in order if values[student] > last)
    tied = tuple(student for student in order if values[student] == last)
    left = places - len(going)
    return TripList(going + tied, (), 0) if len(tied) == left else TripList(going, tied, left)


def _ranks(one: Candidate, least: Fraction) -> bool:
    return one.mean.count > 0 and one.marked >= least * one.lessons
