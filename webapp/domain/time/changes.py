"""What a change of calendar, bells or timetable does to lessons, so that it can be said before it is done."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from webapp.domain.text.words import count_words, day_and_year

Slot = tuple[date, str, str]
"""A lesson's day, period and group."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The days of the lessons that appear, go, become others, or stay only because they have marks, each in order."""

    appear: tuple[date, ...] = ()
    go: tuple[date, ...] = ()
    change: tuple[date, ...] = ()
    keep: tuple[date, ...] = ()

    def __bool__(self) -> bool:
        """Whether any lesson is concerned."""
        return bool(self.appear or self.go or self.change or self.keep)

    def words(self) -> Iterator[str]:
        """A sentence for each kind of change."""
        if self.appear:
            yield f"{_lessons(self.appear)} will be added, {_when(self.appear)}."
        if self.go:
            yield f"{_lessons(self.go)} will go, {_when(self.go)}. Nobody has marks in them."
        if self.change:
            yield f"{_lessons(self.change)} will have another time, subject or member of staff, {_when(self.change)}."
        if self.keep:
            stay = "stay as it is" if len(self.keep) == 1 else "stay as they are"
            yield f"{_lessons(self.keep)} with marks will {stay}, {_when(self.keep)}."


def compare(before: Mapping[Slot, object], after: Mapping[Slot, object], dropped: Collection[Slot]) -> Changes:
    """What has become of the lessons there were. `dropped` are those that timetable and calendar no longer name."""
    return Changes(
        appear=_days(slot for slot in after if slot not in before),
        go=_days(slot for slot in before if slot not in after),
        change=_days(slot for slot in before if slot in after and before[slot] != after[slot]),
        keep=_days(slot for slot in dropped if slot in after),
    )


def _days(slots: Iterable[Slot]) -> tuple[date, ...]:
    return tuple(sorted(day for day, _, _ in slots))


def _lessons(days: tuple[date, ...]) -> str:
    return count_words(len(days), "lesson", "lessons")


def _when(days: tuple[date, ...]) -> str:
    if days[0] == days[-1]:
        return f"on {day_and_year(days[0])}"
    return f"from {day_and_year(days[0])} to {day_and_year(days[-1])}"
