"""Classes: which students are in which sets, interventions and registration groups, from when and until when."""

from collections.abc import Iterator, Sequence
from datetime import date

from webapp.domain.footprint import Snapshot
from webapp.domain.time.stretch import Stretch
from webapp.imports.kinds.from_day import start_of
from webapp.imports.kinds.matching import students_by_upn
from webapp.imports.kinds.moves import Classes, write
from webapp.imports.kinds.values import A_DATE, LONGEST_GROUP, LONGEST_UPN, SHORT, read_date, read_group, read_upn
from webapp.imports.plan import Plan, at_once, no_lessons, nothing_follows
from webapp.imports.problems import Problem
from webapp.imports.questions import NO_ANSWERS, Answers
from webapp.imports.table import Column, Record, Track
from webapp.imports.undo.snapshots import snapshot
from webapp.models import Group, Membership, Student

__all__ = ["COLUMNS", "IS_DATED", "KEY", "MOST", "check", "follow", "lessons", "look", "plan", "portions", "write"]

KEY = "classes"
MOST = 50_000  # lines
IS_DATED = True
COLUMNS: tuple[Column, ...] = (
    Column("upn", read_upn, "the UPN of a student", LONGEST_UPN),
    Column("class", read_group, f"a class, of up to {LONGEST_GROUP} letters", LONGEST_GROUP),
    Column("from", read_date, A_DATE, SHORT, optional=True),
    Column("until", read_date, A_DATE, SHORT, optional=True),
)

portions = at_once
follow, lessons = nothing_follows, no_lessons


def check(records: Sequence[Record], answers: Answers = NO_ANSWERS) -> Iterator[Problem]:
    known, start = students_by_upn(), start_of(answers)
    for record in records:
        first, last = _days(record, start)
        if record["upn"] not in known:
            yield record.problem("upn", "the UPN of a student of the school")
        if first and last and last < first:
            yield record.problem("until", f"a day not before {first:%d/%m/%Y}")


def look(records: Sequence[Record]) -> Snapshot:  # noqa: ARG001  # whatever is in the file
    return snapshot(Group, Student, Membership)


def plan(records: Sequence[Record], track: Track, answers: Answers = NO_ANSWERS) -> Plan:
    """Memberships not in the file stay; one that is in it holds from the first day to the last that it says."""
    plan, known, start = Plan(start=start_of(answers)), students_by_upn(), start_of(answers)
    classes = Classes(plan, start)
    for record in track(_in_order(records, start), "Classes"):
        student = known[record["upn"]]
        new = classes.put(student, classes.named(record["class"], student.year), Stretch(*_days(record, start)))
        plan.added += new
        plan.unchanged += not new
    classes.tell()
    return plan


def _in_order(records: Sequence[Record], start: date | None) -> list[Record]:
    """The earliest first, so that who moves twice ends where they moved last."""
    return sorted(records, key=lambda record: (_days(record, start)[0] or date.min, record.line))


def _days(record: Record, start: date | None) -> tuple[date | None, date | None]:
    return record.values.get("from") or start, record.values.get("until")
