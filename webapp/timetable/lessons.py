"""Lessons: the timetable, laid over every school day."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Sequence as Rows
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from webapp.domain.time.bell import Bell, bell_of
from webapp.domain.time.calendar import Calendar, week_of
from webapp.domain.time.stretch import covers
from webapp.models import Cover, Lesson, Score, TimetableEntry, db, insert_rows
from webapp.models.lesson import NOBODY, staff_of
from webapp.school import clock
from webapp.school.bell_schedule import Years, load_bells, years_of_groups
from webapp.school.calendar import load_calendar
from webapp.sync.log.revisions import RevCounter
from webapp.sync.tables.tombstones import bury
from webapp.sync.tables.window import window_on

Slot = tuple[date, str, str]  # day, period, group
Facts = dict[str, Any]

_COMPARED = ("subject", "staff_id", "also", "room", "cycle", "starts", "ends", "gone")
NO_MORE = "[]"
_TABLE = Lesson.metadata.tables["lesson"]


@dataclass(frozen=True, slots=True)
class Held:
    """A lesson as stored; `fixed` once it is history: past and scored. `absent` are those whom others cover in it."""

    id: int
    facts: Facts
    scored: bool
    fixed: bool
    absent: Rows[str]


@dataclass(frozen=True, slots=True)
class Basis:
    """What lessons follow from: calendar, bell schedule, timetable, and the years of classes, most of it first."""

    calendar: Calendar
    bells: Rows[Bell]
    entries: Rows[TimetableEntry]
    years: Mapping[str, Years]


def basis_now() -> Basis:
    """As the school has it."""
    entries = db.session.scalars(select(TimetableEntry)).all()
    return Basis(load_calendar(), load_bells(), entries, years_of_groups())


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
    _end_cover(_no_longer_covered(held, planned, history))
    new, changed = _due_to(planned, held, history)
    _insert(new, revs)
    _update(changed, revs)
    return len(new) + len(changed)


@dataclass(frozen=True, slots=True)
class Outlook:
    """How many lessons would be new, how many others than they are, and which cover would be over: lesson and who is
    absent."""

    new: int = 0
    changed: int = 0
    uncovered: Rows[tuple[int, str]] = ()


def outlook(**others: Any) -> Outlook:
    """What would follow with `others` in the basis; only reads."""
    basis, held = replace(basis_now(), **others), _held()
    planned, history = _planned(basis), _history(held, basis.calendar)
    new, changed = _due_to(planned, held, history)
    return Outlook(len(new), len(changed), list(_no_longer_covered(held, planned, history)))


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
    entries: defaultdict[int, list[TimetableEntry]] = defaultdict(list)
    for entry in basis.entries:
        entries[entry.weekday].append(entry)
    for day in _days_of(basis.calendar):
        there = entries[day.isoweekday()]
        yield from _laid_over(day, there, basis) if there else ()


def _laid_over(day: date, entries: Iterable[TimetableEntry], basis: Basis) -> Iterator[Facts]:
    """The lessons of a day, in order."""
    letter, timed = basis.calendar.letter_on(day), _Times(day, basis)
    held = [entry for entry in entries if is_held(entry, day, letter)]
    rung = [(entry, bell) for entry in held if (bell := timed.bell(entry))]
    for entry, bell in sorted(rung, key=lambda pair: (pair[1].starts, pair[0].group_id, pair[0].id or 0)):
        yield _lesson(day, entry, letter, timed.moment(bell.starts), timed.moment(bell.ends))


def is_held(entry: TimetableEntry, day: date, letter: str | None) -> bool:
    """Whether the timetable has a lesson on a day of its weekday, which is in a week of this letter."""
    return covers(entry.first, entry.last, day) and entry.week in (None, letter)


class _Times:
    """When the lessons of one day are, remembered: many are at the same time."""

    def __init__(self, day: date, basis: Basis) -> None:
        self._day, self._basis = day, basis
        self._bells: dict[tuple[str, Years], Bell | None] = {}
        self._moments: dict[str, datetime] = {}

    def bell(self, entry: TimetableEntry) -> Bell | None:
        key = (entry.period, self._basis.years.get(entry.group_id, ()))
        if key not in self._bells:
            self._bells[key] = bell_of(self._basis.bells, self._basis.calendar.partly, self._day, *key)
        return self._bells[key]

    def moment(self, local: str) -> datetime:
        if local not in self._moments:
            self._moments[local] = clock.local_moment(self._day, time.fromisoformat(local))
        return self._moments[local]


def _lesson(day: date, entry: TimetableEntry, letter: str | None, starts: datetime, ends: datetime) -> Facts:
    return {
        "day": day,
        "week": week_of(day),
        "cycle": letter,
        "period": entry.period,
        "group_id": entry.group_id,
        "subject": entry.subject,
        "staff_id": entry.staff_id,
        "also": entry.also or NO_MORE,
        "room": entry.room,
        "starts": starts,
        "ends": ends,
        "gone": False,
    }


def _held() -> dict[Slot, Held]:
    scored = set(db.session.scalars(select(Score.lesson_id).distinct()))
    absent: defaultdict[int, list[str]] = defaultdict(list)
    for lesson, person in db.session.execute(select(Cover.lesson_id, Cover.absent_id)):
        absent[lesson].append(person)
    today = clock.today()
    columns = (Lesson.id, Lesson.day, Lesson.period, Lesson.group_id)
    return {
        (row.day, row.period, row.group_id): Held(
            id=row.id,
            facts={name: getattr(row, name) for name in _COMPARED},
            scored=row.id in scored,
            fixed=row.id in scored and row.day < today,
            absent=absent.get(row.id, ()),
        )
        for row in db.session.execute(select(*columns, *(_TABLE.c[name] for name in _COMPARED)))
    }


def _history(held: dict[Slot, Held], calendar: Calendar) -> set[date]:
    """The past school days with a score."""
    return {day for (day, _, _), lesson in held.items() if lesson.fixed} & set(_days_of(calendar))


def _no_longer_covered(
    held: dict[Slot, Held], planned: dict[Slot, Facts], history: Collection[date]
) -> Iterator[tuple[int, str]]:
    """The cover of whoever no longer has the lesson on the timetable: the lesson, and who was absent."""
    for slot, lesson in held.items():
        plan = None if lesson.fixed or slot[0] in history or not lesson.absent else planned.get(slot)
        if plan:
            yield from ((lesson.id, absent) for absent in lesson.absent if absent not in _timetabled(plan))


def _timetabled(plan: Facts) -> tuple[str, ...]:
    """Whose lesson it is."""
    return staff_of(plan["staff_id"], plan["also"]) or (NOBODY,)


def _end_cover(covers: Iterable[tuple[int, str]]) -> None:
    for lesson, absent in covers:
        db.session.execute(delete(Cover).where(Cover.lesson_id == lesson, Cover.absent_id == absent))


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
    return {name: plan[name] for name in _COMPARED}


def _insert(lessons: Iterable[Facts], revs: RevCounter) -> None:
    insert_rows(Lesson, [facts | {"rev": revs.next()} for facts in lessons])


def _update(lessons: Iterable[Facts], revs: RevCounter) -> None:
    rows = [facts | {"rev": revs.next()} for facts in lessons]
    if rows:
        db.session.connection().execute(update(_TABLE).where(_TABLE.c.id == bindparam("held_id")), rows)
