"""The timetable: what each class does in each lesson of a week, or of two."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import select

from webapp.domain.footprint import Snapshot
from webapp.domain.time.years import years_in_name
from webapp.imports.kinds.from_day import is_ahead, say_start, start_of, turn
from webapp.imports.kinds.slots import DAYS_NAMED, read_day_of_week, read_period, read_week
from webapp.imports.kinds.teaching import Key, Lines, Taken
from webapp.imports.kinds.values import A_NAME, LONGEST_GROUP, SHORT, read_text
from webapp.imports.plan import Plan, at_once, carry_out
from webapp.imports.problems import Problem
from webapp.imports.questions import NO_ANSWERS, Answers
from webapp.imports.table import Column, Record, Track
from webapp.imports.undo.snapshots import snapshot
from webapp.models import Cover, Group, Lesson, TimetableEntry, db
from webapp.models.lesson import staff_columns
from webapp.models.people import CLASS
from webapp.school.bell_schedule import years_of_groups
from webapp.sync.log.revisions import RevCounter
from webapp.timetable.lessons import Outlook, outlook, refresh_lessons

KEY = "timetable"
MOST = 20_000  # lines
IS_DATED = True
COLUMNS: tuple[Column, ...] = (
    Column("week", read_week, "a week: A or B, 1 or 2, or nothing for every week", SHORT, optional=True),
    Column("day", read_day_of_week, f"a day: {DAYS_NAMED}", SHORT, optional=True),
    Column("period", read_period, "a period, such as 3 or Mon:3", SHORT),
    Column("group", read_text, "a class", LONGEST_GROUP),
    Column("subject", read_text, "a subject", A_NAME),
    Column("staff", read_text, "a username or initials", A_NAME * 3, blank=True),
    Column("room", read_text, "a room", A_NAME, optional=True),
)


def check(records: Sequence[Record], answers: Answers = NO_ANSWERS) -> Iterator[Problem]:
    return Lines(start_of(answers)).faults(records)


def look(records: Sequence[Record]) -> Snapshot:  # noqa: ARG001  # whatever is in the file
    return snapshot(Group, TimetableEntry, Lesson, Cover)


portions, write = at_once, carry_out


def plan(records: Sequence[Record], track: Track, answers: Answers = NO_ANSWERS) -> Plan:
    """A file is the whole timetable from a day on: what it does not name ends before, and counts as a change."""
    plan, start = Plan(), start_of(answers)
    lines = Lines(start)
    slots = lines.merged(track(records, "Timetable"))
    _make_classes(lines.classes.new, plan)
    left = _ahead(start)
    for slot in slots:
        _merge(plan, slot, left.pop(slot.key, []), start)
    for entries in left.values():
        plan.changed += 1
        for entry in entries:
            turn(plan, entry, (), start)
    say_start(plan, start)
    return plan


def _make_classes(new: Mapping[str, int], plan: Plan) -> None:
    for name, stage in new.items():
        plan.note(Group, None, {"id": name, "name": name, "key_stage": stage, "kind": CLASS})


def _ahead(start: date | None) -> dict[Key, list[TimetableEntry]]:
    """The entries that hold on a day or after it, the earliest first."""
    found: defaultdict[Key, list[TimetableEntry]] = defaultdict(list)
    for entry in db.session.scalars(select(TimetableEntry).order_by(TimetableEntry.id)):
        if is_ahead(entry, start):
            found[entry.week, entry.weekday, entry.period, entry.group_id].append(entry)
    return found


def _merge(plan: Plan, slot: Taken, entries: Sequence[TimetableEntry], start: date | None) -> None:
    """From a day on a slot is what a file says, for good."""
    values = dict(zip(("week", "weekday", "period", "group_id"), slot.key, strict=True))
    values |= {"subject": slot.subject, "room": slot.room, **staff_columns(slot.staff)}
    if len(entries) == 1 and _says(entries[0], values, start):
        plan.unchanged += 1
    elif entries:
        plan.changed += 1
        turn(plan, entries[0], [values | {"last": None}], start)
        for entry in entries[1:]:
            turn(plan, entry, (), start)
    else:
        plan.added += 1
        plan.note(TimetableEntry, None, values | {"first": start, "last": None})


def _says(entry: TimetableEntry, values: Mapping[str, object], start: date | None) -> bool:
    """Whether an entry says just this from a day on, for good."""
    begun = start is None or entry.first is None or entry.first <= start
    return begun and entry.last is None and all(getattr(entry, name) == value for name, value in values.items())


def lessons(plan: Plan) -> Outlook:
    """What follows for lessons."""
    entries = plan.rows_of(TimetableEntry, db.session.scalars(select(TimetableEntry)).all())
    new = {change.values["id"]: years_in_name(change.values["id"]) for change in plan.changes if change.model is Group}
    return outlook(entries=entries, years={**new, **years_of_groups()})


def follow(revs: RevCounter, reopened: Collection[date] = ()) -> None:
    """Lessons follow."""
    refresh_lessons(revs, reopened)
