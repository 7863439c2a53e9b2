"""What tablets hold: the days from 14 before to 14 after the school's today."""

from datetime import date, timedelta
from typing import NamedTuple

from webapp.domain.time.calendar import week_of
from webapp.domain.time.stretch import Stretch
from webapp.domain.wire.tables import REACH

WEEK = timedelta(days=7)


class Window(NamedTuple):
    """First and last day of what tablets hold."""

    first: date
    last: date

    def holds_day(self, day: date) -> bool:
        return self.first <= day <= self.last

    def meets(self, first: date | None, last: date | None) -> bool:
        """Whether a day of it lies from a first to a last one; None: for ever."""
        return Stretch(self.first, self.last).meets(Stretch(first, last))

    def weeks(self) -> tuple[str, str]:
        """First and last week whose levels tablets hold: the one before today's, and the one after."""
        return week_of(self.first + WEEK), week_of(self.last - WEEK)

    def holds_week(self, week: str) -> bool:
        first, last = self.weeks()
        return first <= week <= last


def window_on(today: date) -> Window:
    return Window(today - REACH, today + REACH)
