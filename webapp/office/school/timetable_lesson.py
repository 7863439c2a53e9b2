"""One lesson of the timetable, as the desk changes it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from webapp.domain.text.text import sort_key
from webapp.domain.text.words import WEEKDAYS, count_words, listed
from webapp.domain.time.timetable import Taught, at_once
from webapp.imports.kinds import timetable as rules
from webapp.models import Cover, Group, Lesson, Period, Staff, TimetableEntry, db
from webapp.office.parts.form_fields import dated, read, said
from webapp.office.parts.forms import Problems
from webapp.office.school.bells import LESSON
from webapp.office.school.changes import Change
from webapp.office.school.timetable import SCHOOL_WEEK, STAFF, hour_words, load
from webapp.office.students.students import group_names
from webapp.school.audit import note
from webapp.school.clock import today
from webapp.sync.log.revisions import RevCounter
from webapp.sync.operations.ids import number

LABELS = {
    "day": "The day",
    "period": "The period",
    "group": "The group",
    "subject": "The subject",
    "staff": "Who takes it",
}
FIELDS = ("group", "subject", "staff")


@dataclass(frozen=True, slots=True)
class Slot:
    """A period of a weekday (1 is Monday), of a group or of one still to be chosen ("")."""

    weekday: int
    period: str
    group: str

    @property
    def words(self) -> str:
        when = f"{WEEKDAYS[self.weekday - 1]}, period {self.period}"
        return f"{group_names()[self.group]}: {when}" if self.group else when


def find(form: Mapping[str, str]) -> Slot | None:
    """The slot that a form or an address names, if the school has it."""
    weekday, period, group = number(form.get("day", "")), form.get("period", ""), form.get("group", "")
    if weekday is None or weekday not in SCHOOL_WEEK or "\0" in period + group or not _takes_lessons(period):
        return None
    is_known = not group or db.session.get(Group, group) is not None
    return Slot(weekday, period, group) if is_known else None


def page(slot: Slot, of: str, typed: Mapping[str, str], problems: Problems) -> dict[str, Any]:
    """The form of one lesson, opened from the week of whom `of` names."""
    entry, period = _entry(slot), db.session.get_one(Period, slot.period)
    is_settled = bool(slot.group) and (entry is not None or not of.startswith(f"{STAFF}:"))
    return {
        "slot": slot,
        "of": of,
        "times": f"{period.starts} to {period.ends}",
        "today": dated(today()),
        "entry": entry,
        "seen": seen(slot),
        "typed": {name: typed.get(name, "") for name in FIELDS},
        "problems": problems,
        "groups": [] if is_settled else list(group_names().items()),
        "subjects": sorted(db.session.scalars(select(TimetableEntry.subject).distinct()), key=sort_key),
        "staff": _teachers(entry),
    }


def typed_of(slot: Slot, of: str) -> dict[str, str]:
    """A lesson as its form shows it. An empty one is opened for whoever's week it was opened from."""
    entry = _entry(slot)
    whose = entry.staff_id if entry else of.removeprefix(f"{STAFF}:")
    person = db.session.get(Staff, whose) if "\0" not in whose else None
    return {
        "group": slot.group,
        "subject": entry.subject if entry else "",
        "staff": person.username if person else "",
    }


def seen(slot: Slot) -> str:
    """What stands there, for a form to carry: whoever saves it must have seen what they change."""
    entry = _entry(slot)
    return f"{entry.staff_id} {entry.subject}" if entry else ""


def is_as_seen(slot: Slot, form: Mapping[str, str]) -> bool:
    return seen(slot) == form.get("seen", "")


def faults(slot: Slot, form: Mapping[str, str]) -> Problems:
    """What stands against a lesson's form: what an import would refuse, and what somebody else saved meanwhile."""
    record, problems = read(rules.COLUMNS, form, LABELS)
    return problems or said(rules.check([record]), LABELS) or overtaken(slot, form)


def overtaken(slot: Slot, form: Mapping[str, str]) -> Problems:
    if is_as_seen(slot, form):
        return {}
    entry, group = _entry(slot), group_names()[slot.group]
    now = f"{group} has no lesson here any more"
    if entry:
        now = f"{group} has {entry.subject} with {db.session.get_one(Staff, entry.staff_id).name} here now"
    return {"form": f"{now}. Nothing was saved. Save again if yours is right."}


def doubts(slot: Slot, form: Mapping[str, str]) -> Iterator[str]:
    """What somebody is to look at before a form without faults is saved."""
    entry, person = _entry(slot), _person(form)
    if entry and entry.staff_id == person.id:
        return
    timetable = load()
    lesson = Taught(slot.weekday, slot.period, slot.group, form["subject"], person.id)
    there = at_once([*timetable.lessons, lesson]).get((slot.weekday, slot.period, person.id), [])
    others = [timetable.groups[taught.group] for taught in there if taught.group != slot.group]
    if others:
        yield f"{person.name} also has {listed(others)} on {hour_words(lesson)}."
    if covered := _covered(slot):
        yield f"{count_words(covered, 'lesson that is covered', 'lessons that are covered')} will no longer be."


def saved(slot: Slot, form: Mapping[str, str]) -> Change:
    """Write the form, which has no faults, over what stands there or where nothing does."""
    record, _ = read(rules.COLUMNS, form, LABELS)

    def change(_numbers: RevCounter) -> None:
        row, was, staff = _entry(slot), seen(slot), _person(form).id
        event = "timetable.change" if row else "timetable.add"
        row = row or TimetableEntry(weekday=slot.weekday, period=slot.period, group_id=slot.group)
        row.subject, row.staff_id = record["subject"], staff
        db.session.add(row)
        db.session.flush()
        if seen(slot) != was:
            _note(event, slot, was, subject=row.subject, staff=staff)

    return change


def removed(slot: Slot) -> Change:
    def change(_numbers: RevCounter) -> None:
        if entry := _entry(slot):
            _note("timetable.remove", slot, seen(slot))
            db.session.delete(entry)

    return change


def _note(event: str, slot: Slot, was: str, **now: str) -> None:
    note(event, f"group:{slot.group}", weekday=WEEKDAYS[slot.weekday - 1], period=slot.period, was=was, **now)


def _takes_lessons(period: str) -> bool:
    """Whether a period is one for lessons, or has some left from when it was."""
    known = db.session.get(Period, period)
    has_some = select(TimetableEntry.id).where(TimetableEntry.period == period).limit(1)
    return known is not None and (known.kind == LESSON or db.session.scalar(has_some) is not None)


def _entry(slot: Slot) -> TimetableEntry | None:
    named = {"weekday": slot.weekday, "period": slot.period, "group_id": slot.group}
    return db.session.query(TimetableEntry).filter_by(**named).one_or_none()


def _person(form: Mapping[str, str]) -> Staff:
    """Who takes the lesson, by a form without faults."""
    record, _ = read(rules.COLUMNS, form, LABELS)
    return db.session.scalars(select(Staff).where(Staff.username == record["staff"])).one()


def _teachers(entry: TimetableEntry | None) -> list[tuple[str, str]]:
    """Who may take a lesson, by username: whoever is here, and whoever has it."""
    people = load().staff.values()
    return [
        (person.username, person.name)
        for person in people
        if person.is_here(today()) or (entry and person.id == entry.staff_id)
    ]


def _covered(slot: Slot) -> int:
    """How many lessons to come somebody else takes."""
    query = select(Lesson.day).join(Cover, Cover.lesson_id == Lesson.id)
    query = query.where(Lesson.group_id == slot.group, Lesson.period == slot.period, Lesson.day >= today())
    return sum(day.isoweekday() == slot.weekday for day in db.session.scalars(query))
