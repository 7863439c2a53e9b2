"""A mean kept as sum and count, so that thresholds compare exactly (D2)."""

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from webapp.domain.marks.marks import Mark


class Mean(NamedTuple):
    """The sum of the counted marks and how many they are; (0, 0) when nothing counted."""

    sum: int
    count: int  # type: ignore[assignment]  # the protocol's name; hides tuple.count, which nobody needs here

    def at_least(self, threshold: Fraction) -> bool:
        """Whether the exact mean reaches the threshold; a mean of nothing reaches none (D2)."""
        return self.count > 0 and self.sum * threshold.denominator >= threshold.numerator * self.count

    def shown(self) -> str:
        """The mean with two decimals, cut and never rounded: 4.598 shows "4.59" (D2); "" for nothing."""
        if self.count == 0:
            return ""
        whole, hundredths = divmod(self.sum * 100 // self.count, 100)
        return f"{whole}.{hundredths:02}"


def mean_of(marks: Iterable[Mark]) -> Mean:
    """The mean of the marks that count; the others leave no trace in it (D1)."""
    numbers = [mark for mark in marks if isinstance(mark, int)]
    return Mean(sum(numbers), len(numbers))
