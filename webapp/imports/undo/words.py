"""What an import did to rows, as the office reads it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from webapp.domain.access.roles import ROLES
from webapp.domain.attendance.tally import SESSIONS
from webapp.domain.footprint import Image, Touch
from webapp.domain.text.words import WEEKDAYS, count_words, day_words, lesson_words
from webapp.models import Contact, Lesson, Student, db

KINDS: Mapping[str, str] = {
    "calendar": "Calendar",
    "periods": "Bell schedule",
    "staff": "Staff",
    "students": "Students",
    "classes": "Classes",
    "timetable": "Timetable",
    "scores": "Scores from before",
    "contacts": "Contacts",
    "attendance": "Attendance",
}
"""What the kinds of imports are called on screen, in the order in which a school brings them in."""

FOLLOWS = ("lesson", "level")
"""Tables that follow from others: they are counted, not listed."""

COLUMNS: Mapping[str, str] = {
    "upn": "UPN",
    "group_id": "group",
    "staff_id": "staff",
    "also": "staff too",
    "since": "first period",
    "until": "last period",
    "admission": "admission number",
    "born": "date of birth",
    "joined": "date of admission",
    "left": "date of leaving",
    "place": "order",
    "responsibility": "parental responsibility",
    "do_not_contact": "do not contact",
    "note": "court order",
    "minutes": "minutes late",
    "starts": "start",
    "ends": "end",
    "first": "first day",
    "last": "last day",
}
UNTOLD = ("op", "by", "at", "week", "contested")
"""How a mark came about."""

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Change:
    """A row that changes or goes: what it is called, and what of it becomes what; nothing of a row that goes."""

    name: str
    differences: tuple[tuple[str, str, str], ...]


def changes_of(touches: Iterable[Touch]) -> list[Change]:
    """What changes in the rows that people know; new ones are not named."""
    told = [touch for touch in touches if touch.before and touch.place.table not in FOLLOWS]
    name = namer(told)
    return [Change(name(touch), tuple(_differences(touch)) if touch.after else ()) for touch in told]


def lessons_words(new: int, changed: int) -> str:
    """How many lessons follow, in a sentence; nothing if none do."""
    parts = [count_words(new, "new lesson", "new lessons")] if new else []
    if changed:
        parts.append(count_words(changed, "changed lesson", "changed lessons"))
    return f"{' and '.join(parts)} in the calendar." if parts else ""


def _differences(touch: Touch) -> Iterable[tuple[str, str, str]]:
    after = touch.after or {}
    for column, old in touch.changed.items():
        if column not in UNTOLD:
            yield (
                COLUMNS.get(column, column.replace("_", " ")),
                value_words(column, old),
                value_words(column, after[column]),
            )


def value_words(column: str, value: Any) -> str:
    """A cell as people write it."""
    if value is None:
        return "nothing"
    if column in ("start", "end", "born", "joined", "left", "first", "last"):
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    if column == "note":
        return "a note for safeguarding"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ROLES.get(value, value) if column == "role" else str(value)


def namer(touches: Iterable[Touch]) -> Callable[[Touch], str]:
    """What rows are called."""
    marks = [touch.place.key for touch in touches if touch.place.table == "score"]
    covered = {touch.place.key[0] for touch in touches if touch.place.table == "cover"}
    lessons = _lessons({lesson for lesson, _ in marks} | covered)
    theirs = {_whose(touch) for touch in touches if touch.place.table in OF_A_STUDENT}
    students = _students(theirs | {student for _, student in marks})

    def name(touch: Touch) -> str:
        if touch.place.table == "score":
            lesson, student = touch.place.key
            return f"{students[student]}, {lessons[lesson]}"
        if touch.place.table == "cover":
            return f"Cover, {lessons[touch.place.key[0]]}"
        if touch.place.table in OF_A_STUDENT:
            return f"{students[_whose(touch)]}, {OF_A_STUDENT[touch.place.table](_image(touch))}"
        return NAMES[touch.place.table](_image(touch))

    return name


def _image(touch: Touch) -> Image:
    return touch.before or touch.after or {}


def _whose(touch: Touch) -> int:
    return int(_image(touch)["student_id"])


def _weekday(row: Image) -> str:
    week = f" of week {row['week']}" if row["week"] else ""
    return f"{WEEKDAYS[row['weekday'] - 1]}{week}"


_NAME_PARTS = ("legal_surname", "legal_forename", "preferred_surname", "preferred_forename")

NAMES: Mapping[str, Callable[[Image], str]] = {
    "calendar_entry": lambda row: row["name"],
    "period": lambda row: f"Period {row['name']}",
    "staff": lambda row: f"{row['forename']} {row['surname']}".strip(),
    "group": lambda row: f"Group {row['name']}",
    "membership": lambda row: f"{_student(row['student_id'])} in {row['group_id']}",
    "former_upn": lambda row: f"Former UPN {row['upn']}",
    "spell": lambda row: f"Earlier at the school, until {value_words('left', row['left'])}",
    "student": lambda row: Student(**{name: row[name] for name in _NAME_PARTS}).name,
    "timetable_entry": lambda row: f"{_weekday(row)}, period {row['period']}, {row['group_id']}",
    "lesson": lambda row: f"{lesson_words(date.fromisoformat(row['day']), row['period'])}, {row['group_id']}",
}

OF_A_STUDENT: Mapping[str, Callable[[Image], str]] = {
    "contact": lambda row: Contact(surname=row["surname"], forename=row["forename"]).name,
    "attendance": lambda row: f"{day_words(date.fromisoformat(row['day']))}, {SESSIONS[row['session']]}",
}
"""Rows that are called by whose they are, and by this."""


def _student(student: int) -> str:
    found = db.session.get(Student, student)
    return found.name if found else "A student"


def _lessons(ids: Iterable[int]) -> dict[int, str]:
    wanted = set(ids)
    rows = db.session.execute(select(Lesson.id, Lesson.day, Lesson.period)) if wanted else ()
    return {lesson: lesson_words(day, period) for lesson, day, period in rows if lesson in wanted}


def _students(ids: Iterable[int]) -> dict[int, str]:
    wanted = set(ids)
    rows = db.session.scalars(select(Student)) if wanted else ()
    return {student.id: student.name for student in rows if student.id in wanted}
