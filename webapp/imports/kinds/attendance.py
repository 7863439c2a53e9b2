"""Marks of the register by session. A day can be brought in again and again: the later file counts."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, select

from webapp.domain.attendance.codes import CLOSED, KNOWN, LATE, code_on
from webapp.domain.attendance.tally import AFTERNOON, MORNING
from webapp.domain.footprint import Snapshot
from webapp.domain.text.text import clean
from webapp.imports.kinds.matching import students_by_upn
from webapp.imports.kinds.values import A_DATE, LONGEST_UPN, SHORT, read_date, read_upn
from webapp.imports.plan import Plan, carry_out, no_lessons, nothing_follows
from webapp.imports.problems import Problem
from webapp.imports.questions import NO_ANSWERS, Answers
from webapp.imports.table import Column, Record, Track
from webapp.imports.undo.snapshots import snapshot
from webapp.models import Attendance, db
from webapp.school.calendar import load_calendar

KEY = "attendance"
MOST = 100_000  # lines
IS_DATED = False
AT_ONCE = 2_000  # marks that are written in one go: others wait meanwhile

_SESSIONS = {
    **dict.fromkeys(("am", "a", "1", "morning"), MORNING),
    **dict.fromkeys(("pm", "p", "2", "afternoon"), AFTERNOON),
}
_AROUND = ("session", "registration", "register", "reg", "mark")
_CODE = re.compile(r"(?P<code>[A-Za-z][0-9]?|[/\\#-])(?: *[-–:(=] *.*)?")
_MINUTES = re.compile(r"(?:0?0:)?([0-9]{1,3})(?: ?m(?:in(?:ute)?s?)?\.?)?", re.ASCII | re.IGNORECASE)


def read_session(text: str) -> str | None:
    """`am` or `pm` for `AM`, `1`, `Morning`, `PM Registration`."""
    words = re.findall(r"[^\W\d]+|\d+", clean(text).casefold().replace(".", ""))
    told = [word for word in words if word not in _AROUND]
    return _SESSIONS.get(told[0]) if len(told) == 1 else None


def read_code(text: str) -> str | None:
    """The code in `L`, `l` or `L - Late`."""
    found = _CODE.fullmatch(clean(text))
    code = found["code"].upper() if found else ""
    return code if code in KNOWN else None


def read_minutes(text: str) -> int | None:
    found = _MINUTES.fullmatch(clean(text))
    return int(found[1]) if found else None


COLUMNS: tuple[Column, ...] = (
    Column("upn", read_upn, "the UPN of a student", LONGEST_UPN),
    Column("date", read_date, A_DATE, SHORT),
    Column("session", read_session, "AM or PM", SHORT),
    Column("code", read_code, "an attendance code such as /, L or I, or nothing for unmarked", 200, blank=True),
    Column("minutes_late", read_minutes, "a whole number of minutes", SHORT, optional=True),
)

write, follow, lessons = carry_out, nothing_follows, no_lessons


def portions(records: Sequence[Record]) -> list[Sequence[Record]]:
    """Day by day, so that each portion looks at few."""
    ordered = sorted(records, key=lambda record: (record["date"], record["upn"]))
    return [ordered[i : i + AT_ONCE] for i in range(0, len(ordered), AT_ONCE)]


def check(records: Sequence[Record], answers: Answers = NO_ANSWERS) -> Iterator[Problem]:  # noqa: ARG001
    known, calendar, first = students_by_upn(), load_calendar(), dict[object, int]()
    is_open = {day: calendar.is_school_day(day) for day in {record["date"] for record in records}}
    for record in records:
        student, day, code = known.get(record["upn"]), record["date"], record["code"]
        if student is None or student.is_former:
            yield record.problem("upn", "the UPN of a student of the school")
            continue
        line = first.setdefault((student.id, day, record["session"]), record.line)
        if line != record.line:
            yield record.problem("session", f"each session of a student once; line {line} has it already")
        if not is_open[day] and code != CLOSED:
            yield record.problem("date", "a day on which the school is open, by its calendar")
        elif code and not code_on(code, day):
            yield record.problem("code", f"a code that is used on {day:%d/%m/%Y}")
        if record.values.get("minutes_late") and code not in LATE:
            yield record.problem("minutes_late", f"nothing, or the code {' or '.join(LATE)} beside it")


def look(records: Sequence[Record]) -> Snapshot:
    return snapshot(Attendance, where=_concerned(records))


def plan(records: Sequence[Record], track: Track, answers: Answers = NO_ANSWERS) -> Plan:  # noqa: ARG001
    """A blank leaves what is there, as do sessions that the file does not name."""
    plan, known = Plan(), students_by_upn()
    there = {
        (row.student_id, row.day, row.session): row
        for row in db.session.scalars(select(Attendance).where(_concerned(records)))
    }
    for record in track(records, "Attendance"):
        if record["code"] is None:
            plan.unchanged += 1
            continue
        key = known[record["upn"]].id, record["date"], record["session"]
        values = dict(zip(("student_id", "day", "session"), key, strict=True))
        minutes = record.values.get("minutes_late") or None
        plan.merge(Attendance, there.get(key), values | {"code": record["code"], "minutes": minutes})
    return plan


def _concerned(records: Sequence[Record]) -> ColumnElement[bool]:
    """That a mark is of a student and a day of the file."""
    days = [record["date"] for record in records]
    known = students_by_upn()
    students = {known[upn].id for record in records if (upn := record["upn"]) in known}
    within = Attendance.day.between(min(days, default=date.max), max(days, default=date.min))
    return and_(within, Attendance.student_id.in_(students))
