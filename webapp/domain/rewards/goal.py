"""What would get a student to a level with the lessons that are left."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from webapp.domain.marks.marks import HIGHEST
from webapp.domain.marks.mean import Mean


@dataclass(frozen=True, slots=True)
class Goal:
    """Marks that reach a mean: `high` in `times` of the lessons left and `rest` in the others.

    Where one mark does in every lesson, `times` is 0 and `high` is that mark too.
    """

    high: int
    times: int
    rest: int

    @property
    def there(self) -> bool:
        """Whether the mean stands whatever comes."""
        return self.high == 0


def to_reach(mean: Mean, left: int, threshold: Fraction) -> Goal | None:
    """The most even marks in the `left` lessons of the week that reach a threshold, or None if none do (policy 4.1).

    Every lesson left is taken to be marked, and not a point more is asked for than needed.
    """
    lessons = mean.count + left
    points = max(0, ceil(threshold * lessons) - mean.sum)
    if lessons == 0 or points > HIGHEST * left:
        return None
    if points == 0:
        return Goal(0, 0, 0)
    rest, times = divmod(points, left)
    return Goal(rest + bool(times), times, rest)
