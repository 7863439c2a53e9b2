"""Two records of one person become one, and two again.

What follows from the log is made again from it, read with the student who stands for both; what lies beside the log
moves, and how it lay is kept for the undoing.
"""

from collections.abc import Collection, Mapping
from typing import Any, Final, NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from webapp.domain.footprint import Snapshot, compare, take_back
from webapp.domain.refusal import Refusal
from webapp.imports.undo.runs import forget_old
from webapp.imports.undo.snapshots import packed, snapshot, unpacked
from webapp.imports.undo.undo import put_rows_back
from webapp.models import (
    Apart,
    Attendance,
    Contact,
    FormerUpn,
    Lesson,
    Membership,
    Merge,
    PartTime,
    Score,
    Spell,
    Student,
    db,
)
from webapp.models.base import Replicated
from webapp.school import clock
from webapp.school.audit import note
from webapp.sync import operations
from webapp.sync.log.revisions import RevCounter, writing
from webapp.sync.operations import score
from webapp.sync.tables import levels, memberships, namesakes, scores
from webapp.sync.tables.replicated import TABLES
from webapp.sync.tables.tombstones import bury

OWN: Final[tuple[Any, ...]] = (PartTime, FormerUpn, Spell, Membership, Contact)
"""What names a student and does not follow from the log; all else does."""

GONE = Refusal("no-such-student", "One of the two records is no longer there.")
ONE = Refusal("same-student", "These are one record. Choose two.")
APART = Refusal("kept-apart", "The two are kept apart from each other. End that first, if they are one person.")
TOO_OLD = Refusal("too-old", "This was undone already, or took place too long ago to be undone.")
MERGED_ON = Refusal("merged-on", "The record was merged into a third one since. Undo that first.")
TAKEN = Refusal("taken", "Another student has the UPN of the record that would come back. Nothing was undone.")


class Pair(NamedTuple):
    """The record that stays, and the one that becomes part of it."""

    kept: int
    gone: int


def judge(pair: Pair) -> Refusal | None:
    """Why the two cannot become one, if so."""
    if pair.kept == pair.gone:
        return ONE
    if any(db.session.get(Student, student) is None for student in pair):
        return GONE
    first, second = sorted(pair)
    standing = select(Apart.id).where(Apart.one == first, Apart.other == second, Apart.ended_at.is_(None))
    return APART if db.session.scalar(standing.limit(1)) else None


def merge(pair: Pair, by: str) -> Refusal | None:
    """Make two records one, all of it or nothing; why not, if not."""
    with writing() as revs:
        if refusal := judge(pair):
            return refusal
        forget_old()
        before, held, marked = _own_rows(pair), _names(pair), _marked(pair)
        merged = Merge(gone=pair.gone, kept=pair.kept, by=by, at=clock.now())
        db.session.add(merged)
        db.session.flush()
        _move_own(pair, revs)
        _follow(pair, marked, revs)
        _remove(pair, revs)
        _tell(held, pair, revs)
        namesakes.follow(revs)
        merged.touches = packed(compare(before, _own_rows(pair)))
        note("student.merge", f"student:{pair.kept}", gone=str(pair.gone))
    return None


def undo(merge_id: int, by: str) -> Refusal | None:
    """Make one record two again. What was recorded since stays with the one it was recorded for."""
    try:
        with writing() as revs:
            return _undo(db.session.get_one(Merge, merge_id), by, revs)
    except IntegrityError:
        return TAKEN


def _undo(merged: Merge, by: str, revs: RevCounter) -> Refusal | None:
    if merged.touches is None:
        return TOO_OLD
    pair = Pair(merged.kept, merged.gone)
    if db.session.get(Student, pair.kept) is None:
        return MERGED_ON
    held, marked = _names(pair), _marked(pair)
    touches = unpacked(merged.touches)
    merged.touches, merged.undone_at, merged.undone_by = None, clock.now(), by
    db.session.flush()
    put_rows_back(take_back(touches, _own_rows(pair), {}), revs)
    _follow(pair, marked, revs)
    _tell(held, pair, revs)
    namesakes.follow(revs)
    note("student.unmerge", f"student:{pair.kept}", back=str(pair.gone))
    return None


def _own_rows(pair: Pair) -> Snapshot:
    return {**snapshot(Student, *OWN), **snapshot(Attendance, where=Attendance.student_id.in_(pair))}


def _marked(pair: Pair) -> set[scores.Key]:
    """The marks that either of the two may have: of both, in every lesson in which one has any."""
    lessons = db.session.scalars(select(Score.lesson_id).where(Score.student_id.in_(pair))).all()
    return {(student, lesson) for lesson in lessons for student in pair}


def _move_own(pair: Pair, revs: RevCounter) -> None:
    memberships.drop_registrations(pair.gone, revs)  # the one who stays is in a registration group already
    for model in OWN:
        rev = {"rev": revs.next()} if issubclass(model, Replicated) else {}
        theirs = update(model).where(model.student_id == pair.gone)
        db.session.execute(theirs.values(student_id=pair.kept, **rev))
    _move_attendance(pair)
    kept, gone = (db.session.get_one(Student, student) for student in pair)
    db.session.merge(FormerUpn(upn=gone.upn.upper(), student_id=pair.kept))
    if gone.left and kept.joined and gone.left <= kept.joined:
        db.session.add(Spell(student_id=pair.kept, joined=gone.joined, left=gone.left))
    db.session.flush()


def _move_attendance(pair: Pair) -> None:
    """Where both have a mark for a session, the one of the record that stays counts."""
    theirs = select(Attendance.day, Attendance.session).where(Attendance.student_id == pair.kept)
    taken = {tuple(row) for row in db.session.execute(theirs)}
    for row in db.session.scalars(select(Attendance).where(Attendance.student_id == pair.gone)).all():
        if (row.day, row.session) in taken:
            db.session.delete(row)
        else:
            row.student_id = pair.kept
    db.session.flush()


def _follow(pair: Pair, marked: Collection[scores.Key], revs: RevCounter) -> None:
    """Make again what follows from the log, and from the marks."""
    weeks = dict(db.session.execute(select(Lesson.id, Lesson.week)).all())
    scores.decide_again(marked, weeks, revs)
    for noun in operations.ALL:
        if noun is not score:
            noun.rebuild(revs)
    levels.recompute(revs, pair)


def _remove(pair: Pair, revs: RevCounter) -> None:
    """The record that is no more. Whatever still names it would keep it from going."""
    levels.drop(pair.gone)
    db.session.execute(delete(Student).where(Student.id == pair.gone))
    db.session.get_one(Student, pair.kept).rev = revs.next()
    db.session.flush()


def _names(pair: Pair) -> Mapping[str, set[str]]:
    """What tablets call the rows that are named after one of the two students, by table."""
    return {
        table.name: {".".join(map(str, name)) for name in db.session.execute(_keys(table, pair))}
        for table in TABLES.values()
        if table.name == "students" or "student_id" in table.key
    }


def _keys(table: Any, pair: Pair) -> Any:
    student = Student.id if table.name == "students" else table.model.student_id
    return select(*(getattr(table.model, name) for name in table.key)).where(student.in_(pair))


def _tell(held: Mapping[str, set[str]], pair: Pair, revs: RevCounter) -> None:
    """Tablets forget the rows that are no more."""
    there = _names(pair)
    for table, names in held.items():
        bury(revs, table, sorted(names - there[table]))
