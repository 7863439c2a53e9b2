"""The year roll-over: prepared on one page before the holiday, carried out as one change, and taken back as one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from webapp.domain.footprint import Place, Snapshot, Touch, Undoing, compare, take_back
from webapp.domain.refusal import Refusal
from webapp.domain.time.years import key_stage
from webapp.imports.undo.references import references_to
from webapp.imports.undo.snapshots import packed, snapshot, unpacked
from webapp.imports.undo.undo import put_rows_back
from webapp.models import Group, Membership, RollOver, Student, db
from webapp.models.people import REGISTRATION
from webapp.school import clock
from webapp.school.audit import note
from webapp.sync.log.revisions import RevCounter, writing
from webapp.sync.tables import memberships, namesakes, roll_overs

LONGEST_AHEAD: Final = timedelta(days=400)
UNDONE: Final = Refusal("too-old", "This roll-over was undone already.")


@dataclass(frozen=True, slots=True)
class Order:
    """From which day on what holds. `names` are the new classes by those of now; of a class without one everybody
    leaves, and is no longer at the school from `leaving` on."""

    day: date
    leaving: date
    names: Mapping[str, str]


def pending() -> RollOver | None:
    """The roll-over that is prepared or was the last to be carried out."""
    query = select(RollOver).where(RollOver.undone_at.is_(None)).order_by(RollOver.day.desc(), RollOver.id.desc())
    return db.session.scalars(query.limit(1)).first()


def concerned(day: date) -> dict[str, list[Student]]:
    """The students on roll until the day before, by their registration group then. Who joins on it is in the new year
    already."""
    last = day - timedelta(days=1)
    held = {row.student_id: row.group_id for row in memberships.registrations() if row.stretch.holds(last)}
    found: dict[str, list[Student]] = {}
    for student in db.session.scalars(select(Student).order_by(Student.id)):
        if not student.is_former and student.on_roll(clock.today(), last) and not _has_gone(student, day):
            found.setdefault(held.get(student.id, student.group_id), []).append(student)
    return found


def _has_gone(student: Student, day: date) -> bool:
    """Whether somebody has left by then, or comes only then."""
    return (student.left is not None and student.left < day) or (student.joined is not None and student.joined >= day)


def carry_out(order: Order, by: str) -> None:
    """Write all of it. Nothing before the day changes: memberships begin then, and years turn then."""
    with writing() as revs:
        before, classes = _rows(), concerned(order.day)
        going_up = []
        _make_groups(order, classes, revs)
        for group, students in classes.items():
            to = _id_of(order.names.get(group, ""))
            for student in students:
                if to is None:
                    student.left, student.rev = order.leaving, revs.next()
                else:
                    memberships.move(student.id, to, order.day, revs)
                    going_up.append(student.id)
        db.session.flush()
        touches = compare(before, _rows())
        at = clock.now()
        row = RollOver(day=order.day, students=json.dumps(going_up), by=by, at=at, touches=packed(touches))
        db.session.add(row)
        _follow(revs)
        note("school.roll-over", day=order.day.isoformat(), up=str(len(going_up)))


def _make_groups(order: Order, students: Mapping[str, list[Student]], revs: RevCounter) -> None:
    """Classes that the school does not have yet."""
    for group, name in order.names.items():
        if _id_of(name) is None and students.get(group):
            stage = key_stage(students[group][0].year + 1)
            db.session.add(Group(id=name, name=name, key_stage=stage, kind=REGISTRATION, rev=revs.next()))
            db.session.flush()


def _id_of(name: str) -> str | None:
    known = select(Group.id).where((Group.name == name) | (Group.id == name)).order_by(Group.name != name)
    return db.session.scalars(known.limit(1)).first()


def undo(roll_over: RollOver, by: str) -> Refusal | None:
    """Take it back, before its day or after. What others changed since stays as they left it."""
    with writing() as revs:
        row = db.session.get_one(RollOver, roll_over.id)
        if row.touches is None:
            return UNDONE
        touches = unpacked(row.touches)
        if row.done:
            roll_overs.step(json.loads(row.students), -1, revs)
        row.touches, row.undone_at, row.undone_by = None, clock.now(), by
        put_rows_back(take_back([touch for touch in touches if touch.place.table != "group"], _rows(), {}), revs)
        _follow(revs)
        put_rows_back(_unused([touch for touch in touches if touch.place.table == "group"]), revs)
        note("school.roll-over-undo", day=row.day.isoformat())
    return None


def _unused(groups: Sequence[Touch]) -> Undoing:
    """New classes go unless somebody uses them by now."""
    added = {touch.place for touch in groups if touch.before is None}
    return take_back(groups, _rows(), references_to(added))


def _follow(revs: RevCounter) -> None:
    memberships.settle(revs, clock.today())
    roll_overs.follow(revs, clock.today())
    namesakes.follow(revs)


def _rows() -> Snapshot:
    """What a roll-over touches: of students only the day on which they leave."""
    left = db.session.execute(select(Student.id, Student.left))
    days = {Place("student", (id,)): {"left": day.isoformat() if day else None} for id, day in left}
    return {**snapshot(Group, Membership), **days}
