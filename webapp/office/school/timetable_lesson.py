"""One lesson of the timetable, as the desk changes it from a day on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from webapp.domain.text.text import clean, sort_key
from webapp.domain.text.words import WEEKDAYS, count_words, listed
from webapp.domain.time.bell import TAUGHT
from webapp.domain.time.timetable import Taught, at_once, weeks_of
from webapp.domain.time.weeks import LETTERS
from webapp.imports.kinds import timetable as rules
from webapp.imports.kinds.from_day import read_start, turn
from webapp.imports.plan import Plan, carry_out
from webapp.models import Cover, Group, Lesson, Staff, TimetableEntry, db
from webapp.models.lesson import staff_columns
from webapp.office.parts.form_fields import read
from webapp.office.parts.forms import Problems
from webapp.office.school.bells import rows_on
from webapp.office.school.changes import Change, start_fault, start_typed
from webapp.office.school.timetable import NOBODY_YET, STAFF, hour_words, load, school_week
from webapp.office.students.students import group_names
from webapp.school.audit import note
from webapp.school.calendar import load_calendar
from webapp.school.clock import today
from webapp.sync.log.revisions import RevCounter
from webapp.sync.operations.ids import number
from webapp.timetable.standing import stands

LABELS = {
    "week": "The week",
    "day": "The day",
    "period": "The period",
    "group": "The group",
    "subject": "The subject",
    "staff": "Who takes it",
    "room": "The room",
    "from": "The day",
}
VACANT = "?"
"""Is chosen where nobody takes a lesson yet."""

WEEKS = (("", "Every week"), *((letter, f"Week {letter} only") for letter in LETTERS))
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Slot:
    """A period of a weekday (1 is Monday) in a week or in all, of a group or of one still to be chosen ("")."""

    weekday: int
    period: str
    group: str
    week: str | None = None

    @property
    def words(self) -> str:
        week = f" of week {self.week}" if self.week else ""
        when = f"{WEEKDAYS[self.weekday - 1]}{week}, period {self.period}"
        return f"{group_names()[self.group]}: {when}" if self.group else when


def find(form: Mapping[str, str]) -> Slot | None:
    """The slot that a form or an address names, if the school has it."""
    weekday, period, group = number(form.get("day", "")), form.get("period", ""), form.get("group", "")
    week = form.get("week") or None
    if weekday is None or weekday not in school_week() or "\0" in period + group or not _takes_lessons(period):
        return None
    is_known = (not group or db.session.get(Group, group) is not None) and week in (None, *LETTERS)
    return Slot(weekday, period, group, week) if is_known else None


def day_of(form: Mapping[str, str]) -> date:
    """From which day on a form is to hold, as far as it says one."""
    return read_start(form.get("from") or form.get("on")) or today()


def page(slot: Slot, of: str, typed: Mapping[str, str], problems: Problems, day: date) -> dict[str, Any]:
    """The form of one lesson, opened from the week of whom `of` names."""
    entry = entry_of(slot, day)
    is_settled = bool(slot.group) and (entry is not None or not of.startswith(f"{STAFF}:"))
    return {
        "slot": slot,
        "of": of,
        "times": ", ".join(_times(slot.period)),
        "entry": entry,
        "seen": seen(slot, day),
        "typed": {name: typed.get(name, "") for name in (*LABELS, "weeks")},
        "taking": [typed.get(name, "") for name in _fields(typed)],
        "problems": problems,
        "groups": [] if is_settled else list(group_names().items()),
        "weeks": WEEKS if load_calendar().marks else (),
        "subjects": sorted(db.session.scalars(select(TimetableEntry.subject).distinct()), key=sort_key),
        "staff": [(VACANT, NOBODY_YET), *_teachers(entry)],
    }


def typed_of(slot: Slot, of: str, day: date) -> dict[str, str]:
    """A lesson as its form shows it. An empty one is opened for whoever's week it was opened from."""
    entry = entry_of(slot, day)
    whose = entry.staff if entry else (of.removeprefix(f"{STAFF}:"),)
    people = [db.session.get(Staff, one) for one in whose if "\0" not in one]
    names = [person.username for person in people if person] or ([VACANT] if entry else [""])
    return {
        "group": slot.group,
        "subject": entry.subject if entry else "",
        "room": (entry.room or "") if entry else "",
        "weeks": slot.week or "",
        "from": day.isoformat(),
        "staff": names[0],
        **{f"staff-{n}": name for n, name in enumerate(names[1:], start=2)},
    }


def seen(slot: Slot, day: date) -> str:
    """What stands there, for a form to carry: whoever saves it must have seen what they change."""
    entry = entry_of(slot, day)
    return " ".join((*entry.staff, entry.subject, *filter(None, [entry.room]))) if entry else ""


def is_as_seen(slot: Slot, form: Mapping[str, str]) -> bool:
    return seen(slot, day_of(form)) == form.get("seen", "")


def faults(slot: Slot, form: Mapping[str, str]) -> Problems:
    """What stands against a lesson's form: what an import would refuse, and what somebody else saved meanwhile."""
    _, problems = read(rules.COLUMNS, _as_line(slot, form), LABELS)
    if not form.get("staff"):
        problems["staff"] = f"{LABELS['staff']} is missing."
    elif set(_names(form)) - {*db.session.scalars(select(Staff.username))}:
        problems["staff"] = f"{LABELS['staff']} must be a member of staff."
    return problems | start_fault(form) or _beside(slot, form) or overtaken(slot, form)


def _as_line(slot: Slot, form: Mapping[str, str]) -> dict[str, str]:
    """A form as a line of a file."""
    line = {name: form.get(name, "") for name in ("group", "subject", "room")}
    return line | {"week": form.get("weeks", ""), "day": WEEKDAYS[slot.weekday - 1], "period": slot.period}


def _fields(form: Mapping[str, str]) -> list[str]:
    """The fields that say who takes a lesson, with one left for one more."""
    more = [f"staff-{n}" for n in range(2, 10) if form.get(f"staff-{n}")]
    return ["staff", *more, f"staff-{len(more) + 2}"]


def _names(form: Mapping[str, str]) -> list[str]:
    """The usernames of those who are to take a lesson."""
    names = [form.get("staff", ""), *(form.get(f"staff-{n}", "") for n in range(2, 10))]
    return list(dict.fromkeys(name for name in names if name not in ("", VACANT)))


def _beside(slot: Slot, form: Mapping[str, str]) -> Problems:
    """What the class has at that time in other weeks."""
    week, day = form.get("weeks") or slot.week, day_of(form)
    for other in (None, *LETTERS):
        entry = entry_of(Slot(slot.weekday, slot.period, slot.group, other), day) if other != slot.week else None
        if entry and (entry.week == week or None in (entry.week, week)):
            when = f"in week {entry.week}" if entry.week else "in every week"
            return {"form": f"{group_names()[slot.group]} has {entry.subject} here {when}. Change that one first."}
    return {}


def overtaken(slot: Slot, form: Mapping[str, str]) -> Problems:
    if is_as_seen(slot, form):
        return {}
    entry, group = entry_of(slot, day_of(form)), group_names()[slot.group]
    now = f"{group} has no lesson here any more"
    if entry:
        names = [db.session.get_one(Staff, one).name for one in entry.staff]
        now = f"{group} has {entry.subject} with {listed(names) if names else 'nobody yet'} here now"
    return {"form": f"{now}. Nothing was saved. Save again if yours is right."}


def doubts(slot: Slot, form: Mapping[str, str]) -> Iterator[str]:
    """What somebody is to look at before a form without faults is saved."""
    entry, day = entry_of(slot, day_of(form)), day_of(form)
    timetable, staff = load(day), _people(form)
    new = [one for one in staff if not entry or one not in entry.staff]
    lesson = Taught(slot.weekday, slot.period, slot.group, form["subject"], tuple(new), form.get("weeks") or slot.week)
    clashes = at_once([*timetable.lessons, lesson])
    for person in new:
        hours = [(letter, slot.weekday, slot.period, person) for letter in weeks_of(lesson)]
        there = dict.fromkeys(one.group for hour in hours for one in clashes.get(hour, []) if one.group != slot.group)
        if there:
            others = listed([timetable.groups[group] for group in there])
            yield f"{timetable.staff[person].name} also has {others} on {hour_words(lesson)}."
    if covered := _covered(slot, staff, day):
        yield f"{count_words(covered, 'lesson that is covered', 'lessons that are covered')} will no longer be."


def saved(slot: Slot, form: Mapping[str, str]) -> Change:
    """Write the form, which has no faults, over what stands there or where nothing does, from a day on."""

    def change(revs: RevCounter) -> None:
        day, staff, plan = day_of(form), _people(form), Plan()
        row, was, start = entry_of(slot, day), seen(slot, day), start_typed(form)
        week = (form["weeks"] or None) if "weeks" in form else slot.week
        subject, room = clean(form["subject"]), clean(form.get("room", "")) or None
        values = {"week": week, "weekday": slot.weekday, "period": slot.period, "group_id": slot.group}
        values |= {"subject": subject, "room": room, **staff_columns(staff)}
        if row and all(getattr(row, name) == value for name, value in values.items()):
            return
        if row:
            turn(plan, row, [values], start)
        else:
            plan.note(TimetableEntry, None, values | {"first": start, "last": _until(slot, start)})
        carry_out(plan, revs)
        _note("timetable.change" if row else "timetable.add", slot, was, subject=subject, staff=" ".join(staff))

    return change


def removed(slot: Slot, form: Mapping[str, str]) -> Change:
    def change(revs: RevCounter) -> None:
        plan = Plan()
        if entry := entry_of(slot, day_of(form)):
            _note("timetable.remove", slot, seen(slot, day_of(form)))
            turn(plan, entry, (), start_typed(form))
            carry_out(plan, revs)

    return change


def _until(slot: Slot, start: date | None) -> date | None:
    """The last day before what is prepared for later, if anything is."""
    ahead = [row.first for row in _rows_of(slot) if row.first and (start is None or row.first > start)]
    return min(ahead) - DAY if ahead else None


def _note(event: str, slot: Slot, was: str, **now: str) -> None:
    when = WEEKDAYS[slot.weekday - 1] + (f" of week {slot.week}" if slot.week else "")
    note(event, f"group:{slot.group}", weekday=when, period=slot.period, was=was, **now)


def _takes_lessons(period: str) -> bool:
    """Whether a period is one for lessons, or has some left from when it was."""
    known = [row for row in rows_on(today()) if row.name == period]
    has_some = select(TimetableEntry.id).where(TimetableEntry.period == period).limit(1)
    return any(row.kind in TAUGHT for row in known) or bool(known and db.session.scalar(has_some))


def _times(period: str) -> Iterator[str]:
    rows = [row for row in rows_on(today()) if row.name == period]
    yield from dict.fromkeys(f"{row.starts} to {row.ends}" for row in rows)


def _rows_of(slot: Slot) -> list[TimetableEntry]:
    named = {"week": slot.week, "weekday": slot.weekday, "period": slot.period, "group_id": slot.group}
    return list(db.session.scalars(select(TimetableEntry).filter_by(**named)))


def entry_of(slot: Slot, day: date) -> TimetableEntry | None:
    """What stands in a slot on a day."""
    return next((row for row in _rows_of(slot) if stands(row, day)), None)


def _people(form: Mapping[str, str]) -> list[str]:
    """Who takes the lesson by a form without faults, in order."""
    ids = dict(db.session.execute(select(Staff.username, Staff.id)).all())
    return [ids[name] for name in _names(form)]


def _teachers(entry: TimetableEntry | None) -> list[tuple[str, str]]:
    """Who may take a lesson, by username: whoever is here, and whoever has it."""
    people = load().staff.values()
    return [
        (person.username, person.name)
        for person in people
        if person.is_here(today()) or (entry and person.id in entry.staff)
    ]


def _covered(slot: Slot, staff: list[str], day: date) -> int:
    """How many lessons to come somebody else takes in place of people who will not have them any more."""
    query = select(Lesson).join(Cover, Cover.lesson_id == Lesson.id)
    query = query.where(Lesson.group_id == slot.group, Lesson.period == slot.period, Lesson.day >= day)
    there = db.session.scalars(query.where(Cover.absent_id.not_in(staff)).distinct())
    return sum(one.day.isoweekday() == slot.weekday and slot.week in (None, one.cycle) for one in there)
