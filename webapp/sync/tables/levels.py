"""Weekly levels as tablets hold them: a projection of the marks and caps that stand."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import delete, select, update

from webapp.domain.marks.levels import WeekLevel
from webapp.domain.time.calendar import week_of
from webapp.models import Level, db, insert_rows
from webapp.results.levels import Frame, Week, load_frame, work_out
from webapp.school import clock
from webapp.sync.log.revisions import RevCounter
from webapp.sync.tables.tombstones import bury

Key = tuple[int, str]
"""A student's id and a week."""


def recompute_after(revs: RevCounter, changed: Iterable[Key]) -> int:
    """Levels that marks changed in these students' weeks may decide: those of the next few school weeks (D3)."""
    frame = load_frame()
    students_by_week: defaultdict[str, set[int]] = defaultdict(set)
    for student, week in changed:
        for later in frame.calendar.weeks_after(week, frame.look_back):
            students_by_week[later].add(student)
    weeks_by_students: defaultdict[frozenset[int], set[str]] = defaultdict(set)
    for week, students in students_by_week.items():
        weeks_by_students[frozenset(students)].add(week)
    return sum(recompute(revs, students, weeks, frame) for students, weeks in weeks_by_students.items())


def recompute(
    revs: RevCounter,
    students: Collection[int] | None = None,
    weeks: Collection[str] | None = None,
    frame: Frame | None = None,
) -> int:
    """Bring level rows in line with marks and caps; None means all. How many rows changed."""
    frame = frame or load_frame()
    school_weeks = frame.calendar.school_weeks() if weeks is None else weeks
    wanted = {
        (student, level.week): _values(student, level, deciding)
        for student, level, deciding in work_out(school_weeks, students, frame)
    }
    return _write(wanted, _standing(students, weeks), revs)


def renumber_this_week(revs: RevCounter, students: Collection[int] | None = None) -> None:
    """Tablets get these students' level rows anew: what is left at the tuck shop today is in them. None means all."""
    query = select(Level.student_id, Level.week).where(Level.week == week_of(clock.today()))
    if students is not None:
        query = query.where(Level.student_id.in_(students))
    rows = [dict(row) | {"rev": revs.next()} for row in db.session.execute(query).mappings()]
    if rows:
        db.session.execute(update(Level), rows)


def _values(student: int, level: WeekLevel, deciding: Week) -> dict[str, Any]:
    return {
        "student_id": student,
        "week": level.week,
        "level": level.level,
        "earned": level.earned,
        "cap": level.cap,
        "sum": level.mean.sum,
        "count": level.mean.count,
        "from_week": level.from_week,
        "marks": json.dumps(deciding.marks),
    }


EMPTY: dict[str, Any] = {
    "level": None,
    "earned": None,
    "cap": None,
    "sum": 0,
    "count": 0,
    "from_week": None,
    "marks": "[]",
}


def forget(keys: Collection[Key], revs: RevCounter) -> None:
    """Delete those of these level rows that nothing decides, as if they had never been worked out, and tell tablets."""
    query = select(Level.student_id, Level.week).filter_by(**EMPTY)
    empty = {tuple(row) for row in db.session.execute(query)} & set(keys)
    for student, week in empty:
        db.session.execute(delete(Level).filter_by(student_id=student, week=week))
    bury(revs, "levels", [f"{student}.{week}" for student, week in empty])


def drop(student: int) -> None:
    """Delete the level rows of a student who is no more; tablets are told by whoever asks for it."""
    db.session.execute(delete(Level).where(Level.student_id == student))


def _standing(students: Collection[int] | None, weeks: Collection[str] | None) -> dict[Key, dict[str, Any]]:
    """The level rows there are, without their rev."""
    query = select(Level.student_id, Level.week, *(getattr(Level, name) for name in EMPTY))
    if weeks is not None:
        query = query.where(Level.week.in_(weeks))
    if students is not None:
        query = query.where(Level.student_id.in_(students))
    return {(row["student_id"], row["week"]): dict(row) for row in db.session.execute(query).mappings()}


def _write(wanted: dict[Key, dict[str, Any]], standing: dict[Key, dict[str, Any]], revs: RevCounter) -> int:
    """Insert and change rows; one that nothing decides any more stays, empty, so that tablets hear of it."""
    for key in standing.keys() - wanted.keys():
        wanted[key] = {"student_id": key[0], "week": key[1]} | EMPTY
    new = [row for key, row in wanted.items() if key not in standing]
    changed = [row for key, row in wanted.items() if key in standing and row != standing[key]]
    for row in new + changed:
        row["rev"] = revs.next()
    insert_rows(Level, new)
    if changed:
        db.session.execute(update(Level), changed)
    return len(new) + len(changed)
