"""A week of the timetable as it stands on a day: what its classes do, and when."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import select

from webapp.domain.time.bell import Bell, bell_of
from webapp.domain.time.stretch import covers
from webapp.models import TimetableEntry, db
from webapp.school.bell_schedule import Years, load_bells, years_of_groups

Rung = tuple[TimetableEntry, Bell | None]
"""What a class does, and when; None where its years have no such period."""


def entries_on(day: date, groups: Collection[str] | None = None) -> list[Rung]:
    """What stands on a day, of both weeks and all weekdays, in the order of the week; of some groups, or of all."""
    query = select(TimetableEntry)
    wanted = query if groups is None else query.where(TimetableEntry.group_id.in_(groups))
    entries = [entry for entry in db.session.scalars(wanted) if stands(entry, day)]
    bells, years = load_bells(), years_of_groups()
    rung = [(entry, _bell(entry, day, bells, years)) for entry in entries]
    return sorted(rung, key=_order)


def stands(entry: TimetableEntry, day: date) -> bool:
    """Whether the timetable has it on a day, in whichever week and on whichever weekday."""
    return covers(entry.first, entry.last, day)


def _bell(entry: TimetableEntry, day: date, bells: Sequence[Bell], years: Mapping[str, Years]) -> Bell | None:
    on = day + timedelta(days=(entry.weekday - day.isoweekday()) % 7)
    return bell_of(bells, (), on, entry.period, years.get(entry.group_id, ()))


def _order(rung: Rung) -> tuple[int, str, str, str]:
    entry, bell = rung
    return entry.weekday, bell.starts if bell else "", entry.group_id, entry.week or ""
