"""How long records are kept: for a while from a day, or until whoever they are about is grown up."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from webapp.domain.text.words import count_words

DAYS: Final = "days"
YEARS: Final = "years"
AGE: Final = "age"

YEAR_BEGINS: Final = 9
"""The month. A student in Year N has a birthday number N + 5 in the twelve months from it on."""


@dataclass(frozen=True, slots=True)
class Term:
    """So many days or years from a day; or, of a student who has left, until that birthday for certain."""

    length: int
    unit: str

    def latest(self, today: date) -> date:
        """The latest day from which the time is over today. Not for ages."""
        return today - timedelta(days=self.length) if self.unit == DAYS else _years_before(today, self.length)

    def is_over(self, left: date, year: int, today: date) -> bool:
        """Whether the time is over for a student who left Year `year`, `left` being the first day not on roll."""
        return today >= self._has_age(left, year) if self.unit == AGE else left <= self.latest(today)

    def words(self, since: str) -> str:
        """ "7 years after the student leaves"; "until the student is 25"."""
        if self.unit == AGE:
            return f"until the student is {self.length}"
        one = self.unit.removesuffix("s")
        return f"{count_words(self.length, one, self.unit)} after {since}"

    def _has_age(self, left: date, year: int) -> date:
        """The first day on which everybody of the year group has this age. The school knows no dates of birth."""
        last = left - timedelta(days=1)
        began = last.year if last.month >= YEAR_BEGINS else last.year - 1
        return date(began + 1 + self.length - (year + 5), YEAR_BEGINS, 1)


def _years_before(day: date, years: int) -> date:
    """The same day so many years before; the 28th for a 29th of February that there was not."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
