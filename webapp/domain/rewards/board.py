"""Who appears on the hall board of a half term. Places are not numbered; the tied stand together (policy 4.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from webapp.domain.marks.mean import Mean
from webapp.domain.rewards.trip import leading


@dataclass(frozen=True, slots=True)
class Progress:
    """A student's means in a half term: of the week at hand, and of each week before it."""

    week: Mean
    earlier: tuple[Mean, ...]


def best_means(means: Mapping[int, Mean], places: int) -> tuple[int, ...]:
    """The students with the highest means, best first; all who are tied for the last places."""
    return _first({student: Fraction(*mean) for student, mean in means.items() if mean.count}, places)


def personal_bests(students: Mapping[int, Progress]) -> tuple[int, ...]:
    """The students whose week is better than every earlier one, in the order of their ids."""
    return tuple(sorted(student for student, progress in students.items() if _is_best(progress)))


def most_improved(students: Mapping[int, Progress], places: int) -> tuple[int, ...]:
    """The students whose week rose most above their own mean of the weeks before; all tied for the last places."""
    rises = {student: _rise(progress) for student, progress in students.items()}
    return _first({student: rise for student, rise in rises.items() if rise > 0}, places)


def _first(values: Mapping[int, Fraction], places: int) -> tuple[int, ...]:
    found = leading(values, places)
    return found.going + found.tied


def _is_best(progress: Progress) -> bool:
    earlier = [Fraction(*mean) for mean in progress.earlier if mean.count]
    return bool(earlier) and progress.week.count > 0 and Fraction(*progress.week) > max(earlier)


def _rise(progress: Progress) -> Fraction:
    """How far the week lies above the mean of all marks before it; 0 where either has no marks."""
    points, marks = sum(mean.sum for mean in progress.earlier), sum(mean.count for mean in progress.earlier)
    if not marks or not progress.week.count:
        return Fraction(0)
    return Fraction(*progress.week) - Fraction(points, marks)
