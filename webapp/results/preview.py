"""What a change of the policy would do to levels, before it holds: the levels of the marks that stand, worked out once
by the policy as it is and once as it would be."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from webapp.domain.marks.levels import WeekLevel
from webapp.domain.policy import Moved, held_back, moved
from webapp.domain.time.calendar import monday_of, sunday_of, week_of
from webapp.models import Student, db
from webapp.policies import Pack
from webapp.results.levels import Frame, load_frame, work_out
from webapp.school import clock
from webapp.school.school import Packs

HALF_TERM = 6  # school weeks

Levels = Mapping[int, WeekLevel]
"""Levels of one week by student."""


@dataclass(frozen=True, slots=True)
class WeekPreview:
    """One week. `moved` are the students whose level would be another, `held` those who would have earned another but
    for a cap, by id; `now` and `then` say how many of those on roll have each level."""

    week: str
    moved: Mapping[int, Moved]
    held: Mapping[int, Moved]
    now: Counter[str | None]
    then: Counter[str | None]


@dataclass(frozen=True, slots=True)
class Preview:
    """A change from `week` on. `weeks` are those from then on that marks so far decide; `past` the latest that are
    over, as they would have been if it had held."""

    week: str
    weeks: tuple[WeekPreview, ...]
    past: tuple[WeekPreview, ...]

    def names(self) -> list[tuple[str, int, str | None, str | None]]:
        """Every level that would change, as week, student, level now and level then, in order."""
        return [
            (one.week, key, both.now.level, both.then.level) for one in self.weeks for key, both in one.moved.items()
        ]


def preview(pack: Pack, week: str) -> Preview:
    """What would happen if this pack held from a school week on."""
    frame, this_week = load_frame(), week_of(clock.today())
    calendar = frame.calendar
    changed = replace(frame, packs=frame.packs.followed_by(week, pack, clock.now()))
    always = replace(frame, packs=Packs(pack))
    to_come = [one for one in calendar.school_weeks() if one >= week]
    return Preview(
        week,
        _compare(to_come, frame, changed),
        _compare(calendar.weeks_before(this_week, HALF_TERM)[::-1], frame, always),
    )


def _compare(weeks: Sequence[str], as_is: Frame, as_would_be: Frame) -> tuple[WeekPreview, ...]:
    """The weeks of these that marks decide."""
    now, then = _levels(weeks, as_is), _levels(weeks, as_would_be)
    students = db.session.scalars(select(Student)).all()
    return tuple(_week(week, now[week], then[week], students) for week in weeks if week in now)


def _levels(weeks: Collection[str], frame: Frame) -> dict[str, dict[int, WeekLevel]]:
    found: dict[str, dict[int, WeekLevel]] = {}
    for student, level, _ in work_out(weeks, frame=frame):
        found.setdefault(level.week, {})[student] = level
    return found


def _week(week: str, now: Levels, then: Levels, students: Collection[Student]) -> WeekPreview:
    there = {one.id for one in students if one.on_roll(monday_of(week), sunday_of(week))}
    now, then = ({key: level for key, level in levels.items() if key in there} for levels in (now, then))
    return WeekPreview(week, moved(now, then), held_back(now, then), _counts(now, there), _counts(then, there))


def _counts(levels: Levels, there: Collection[int]) -> Counter[str | None]:
    return Counter(levels[key].level if key in levels else None for key in there)
