"""Lessons: the timetable, laid over every school day."""

from collections.abc import Collection, Iterable, Iterator
from collections.abc import Sequence as Rows
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from webapp.domain.time.calendar import Calendar, week_of
from webapp.models import Cover, Lesson, Period, Score, TimetableEntry, db, insert_rows
from webapp.school import clock
from webapp.school.calendar import load_calendar
from webapp.sync.log.revisions import RevCounter
from webapp.sync.tables.tombstones import bury
from webapp.sync.tables.window import window_on

Slot = tuple[date, str, str]  # day, period, group
Facts = dict[str, Any]

_COMPARED = ("subject", "staff_id", "starts", "ends", "gone")
_TABLE = Lesson.metadata.tables["lesson"]


@dataclass(frozen=True, slots=True)
class Held:
    """A lesson as stored; `fixed` once it is history: past and scored. `cover`: who is absent, and who takes it."""

    id: int
    facts: Facts
    scored: bool
    fixed: bool
    cover: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Basis:
    """What lessons follow from: calendar, bell schedule and timetable."""

    calendar: Calendar
    periods: Rows[Period]
    entries: Rows[TimetableEntry]


def basis_now() -> Basis:
    """As the school has it."""
    periods, entries = db.session.scalars(select(Period)).all(), db.session.scalars(select(TimetableEntry)).all()
    return Basis(load_calendar(), periods, entries)


def refresh_lessons(revs: RevCounter, reopened: Collection[date] = ()) -> int:
    """Make the lessons those of timetable, calendar and bell schedule; the number of rows that changed.

    A lesson no longer in the timetable is marked gone unless it was scored. A past day with a score is history: all of
    its lessons stay as they were, marked or not, unless it turns out to be no school day. `reopened` are days that were
    none until now, and are laid out anew. A covered lesson stays so
    for as long as the timetable gives it to whoever is absent; then its cover is over.
    """
    basis = basis_now()
    planned, held = _planned(basis), _held()
    history = _history(held, basis.calendar) - set(reopened)
    _end_cover(lesson.id for lesson in _no_longer_covered(held, planned, history))
    new, changed = _due_to(planned, held, history)
    _insert(new, revs)
    _update(changed, revs)
    return len(new) + len(changed)


@dataclass(frozen=True, slots=True)
class Outlook:
    """How many lessons would be new, how many others than they are, and whose cover would be over, by their ids."""

    new: int = 0
    changed: int = 0
    uncovered: Rows[int] = ()


def outlook(**others: Any) -> Outlook:
    """What would follow with `others` in the basis; only reads."""
    basis, held = replace(basis_now(), **others), _held()
    planned, history = _planned(basis), _history(held, basis.calendar)
    new, changed = _due_to(planned, held, history)
    return Outlook(len(new), len(changed), [lesson.id for lesson in _no_longer_covered(held, planned, history)])


def _due_to(planned: dict[Slot, Facts], held: dict[Slot, Held], history: Collection[date]) -> tuple[list[Facts], ...]:
    """The lessons to be added, and those to be changed."""
    new = [facts for slot, facts in planned.items() if slot not in held and slot[0] not in history]
    return new, list(_changed(held, planned, history))


def put_back(images: Iterable[tuple[int, Facts, Facts]], revs: RevCounter, reopened: Collection[date] = ()) -> None:
    """Give lessons back what an import had changed, each by its id with what it held before and after.

    Those that have become others since stay, and so do those of days that are history.
    """
    held = _held()
    history = _history(held, load_calendar()) - set(reopened)
    open_lessons = {lesson.id: lesson.facts for (day, _, _), lesson in held.items() if day not in history}
    changed = [
        _compared(before) | {"held_id": lesson}
        for lesson, before, after in images
        if open_lessons.get(lesson) == _compared(after)
    ]
    _update(changed, revs)


def _compared(facts: Facts) -> Facts:
    return {name: facts[name] for name in _COMPARED}


def forget(lessons: Collection[int], revs: RevCounter) -> None:
    """Delete those of these lessons that are gone, as if they had never been planned, and tell tablets."""
    gone = {lesson.id: day for (day, _, _), lesson in _held().items() if lesson.facts["gone"] and not lesson.scored}
    dropped = sorted(gone.keys() & set(lessons))
    if dropped:
        row = delete(_TABLE).where(_TABLE.c.id == bindparam("held_id"))
        db.session.connection().execute(row, [{"held_id": lesson} for lesson in dropped])
    # Those of later days were never on a tablet.
    bury(revs, "lessons", [str(lesson) for lesson in dropped if gone[lesson] <= window_on(clock.today()).last])


def planned_lessons() -> dict[Slot, Facts]:
    """Every lesson that timetable, calendar and bell schedule give rise to, in order."""
    return _planned(basis_now())


def standing_lessons() -> dict[Slot, Facts]:
    """The lessons there are."""
    return {slot: lesson.facts for slot, lesson in _held().items() if not lesson.facts["gone"]}


def school_days() -> list[date]:
    """Every school day of every year, in order."""
    return _days_of(load_calendar())


def _days_of(calendar: Calendar) -> list[date]:
    return sorted({day for year in calendar.years for day in calendar.school_days(year.start, year.end)})


def _planned(basis: Basis) -> dict[Slot, Facts]:
    return {(facts["day"], facts["period"], facts["group_id"]): facts for facts in _laid_out(basis)}


def _laid_out(basis: Basis) -> Iterator[Facts]:
    periods = {period.name: period for period in basis.periods}
    entries = sorted(basis.entries, key=lambda entry: (periods[entry.period].starts, entry.group_id))
    for day in _days_of(basis.calendar):
        times = {name: (_moment(day, p.starts), _moment(day, p.ends)) for name, p in periods.items()}
        for entry in entries:
            if entry.weekday == day.isoweekday():
                yield _lesson(day, entry, *times[entry.period])


def _lesson(day: date, entry: TimetableEntry, starts: datetime, ends: datetime) -> Facts:
    return {
        "day": day,
        "week": week_of(day),
        "period": entry.period,
        "group_id": entry.group_id,
        "subject": entry.subject,
        "staff_id": entry.staff_id,
        "starts": starts,
        "ends": ends,
        "gone": False,
    }


def _moment(day: date, local: str) -> datetime:
    return clock.local_moment(day, time.fromisoformat(local))


def _held() -> dict[Slot, Held]:
    scored = set(db.session.scalars(select(Score.lesson_id).distinct()))
    covers = {cover.lesson_id: (cover.absent_id, cover.staff_id) for cover in db.session.scalars(select(Cover))}
    today = clock.today()
    columns = (Lesson.id, Lesson.day, Lesson.period, Lesson.group_id)
    return {
        (row.day, row.period, row.group_id): Held(
            id=row.id,
            facts={name: getattr(row, name) for name in _COMPARED},
            scored=row.id in scored,
            fixed=row.id in scored and row.day < today,
            cover=covers.get(row.id),
        )
        for row in db.session.execute(select(*columns, *(_TABLE.c[name] for name in _COMPARED)))
    }


def _history(held: dict[Slot, Held], calendar: Calendar) -> set[date]:
    """The past school days with a score."""
    return {day for (day, _, _), lesson in held.items() if lesson.fixed} & set(_days_of(calendar))


def _no_longer_covered(held: dict[Slot, Held], planned: dict[Slot, Facts], history: Collection[date]) -> Iterator[Held]:
    """The covered lessons that the timetable gives to somebody else than who is absent."""
    for slot, lesson in held.items():
        plan = None if lesson.fixed or slot[0] in history else planned.get(slot)
        if plan and lesson.cover and lesson.cover[0] != plan["staff_id"]:
            yield lesson


def _end_cover(lessons: Iterable[int]) -> None:
    for lesson in lessons:
        db.session.execute(delete(Cover).where(Cover.lesson_id == lesson))


def _changed(held: dict[Slot, Held], planned: dict[Slot, Facts], history: Collection[date]) -> Iterator[Facts]:
    for slot, lesson in held.items():
        stays = lesson.fixed or slot[0] in history
        facts = lesson.facts | _due(lesson, planned.get(slot), stays)
        if facts != lesson.facts:
            yield facts | {"held_id": lesson.id}


def _due(lesson: Held, plan: Facts | None, stays: bool) -> Facts:
    if lesson.scored and (stays or plan is None):
        return {"gone": False}
    if stays:
        return {}
    if plan is None:
        return {"gone": True}
    facts = {name: plan[name] for name in _COMPARED}
    absent, covering = lesson.cover or ("", "")
    return facts | {"staff_id": covering} if plan["staff_id"] == absent else facts


def _insert(lessons: Iterable[Facts], revs: RevCounter) -> None:
    insert_rows(Lesson, [facts | {"rev": revs.next()} for facts in lessons])


def _update(lessons: Iterable[Facts], revs: RevCounter) -> None:
    rows = [facts | {"rev": revs.next()} for facts in lessons]
    if rows:
        db.session.connection().execute(update(_TABLE).where(_TABLE.c.id == bindparam("held_id")), rows)
