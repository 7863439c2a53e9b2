"""Who is in which class: memberships put, and the registration group of today that follows from them.

What is put here holds from a day on; nothing before it changes.
"""

from collections.abc import Collection, Iterator
from datetime import date
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from sqlalchemy import delete, select, update

from webapp.domain.time.stretch import Stretch, earliest
from webapp.models import Group, Membership, Student, db
from webapp.models.people import FORMER, REGISTRATION
from webapp.school import clock
from webapp.sync.log.revisions import RevCounter
from webapp.sync.tables.tombstones import bury


class Held(Protocol):
    """A membership, there or planned."""

    @property
    def group_id(self) -> str: ...

    @property
    def stretch(self) -> Stretch: ...


One = TypeVar("One", bound=Held)


@dataclass(frozen=True)
class Put(Generic[One]):
    """What becomes of memberships: rows with the stretch that they have from now on, None of those that go, and a new
    one (a group and its stretch) if none is lengthened."""

    rows: list[tuple[One, Stretch | None]]
    new: list[tuple[str, Stretch]]

    @property
    def is_news(self) -> bool:
        return bool(self.new or any(row.stretch != stretch for row, stretch in self.rows))


def put(held: Collection[One], group: str, stretch: Stretch, alone: bool) -> Put[One]:
    """A student in a class for a stretch of days, beside the memberships `held` so far: not after it, and before it as
    they were. `alone`: in no other of these then, as with registration groups."""
    own = [row for row in held if row.group_id == group and stretch.is_met_by(row.stretch)]
    whole = Stretch(earliest([stretch.first, *(row.first for row in own)]), stretch.last)
    rows: list[tuple[One, Stretch | None]] = [(row, whole) for row in own[:1]]
    rows += [(row, None) for row in own[1:]]
    new = [] if own else [(group, whole)]
    for row in held if alone else ():
        if row.group_id != group and row.stretch.meets(stretch):
            left = list(row.stretch.without(stretch))
            rows.append((row, left[0] if left else None))
            new += [(row.group_id, rest) for rest in left[1:]]
    return Put(rows, new)


def carry_out(student: int, what: Put[Membership], revs: RevCounter) -> None:
    """Write what becomes of a student's memberships."""
    for row, stretch in what.rows:
        if stretch is None:
            db.session.delete(row)
            bury(revs, "memberships", [str(row.id)])
        elif row.stretch != stretch:
            row.first, row.last, row.rev = *stretch, revs.next()
    for group, stretch in what.new:
        row = Membership(student_id=student, group_id=group, first=stretch.first, last=stretch.last, rev=revs.next())
        db.session.add(row)
    db.session.flush()


def move(student: int, group: str, first: date | None, revs: RevCounter) -> None:
    """A student is in a registration group from a day on, and in no other."""
    held = registrations([student])
    carry_out(student, put(held, group, Stretch(first), alone=True), revs)
    settle(revs, clock.today(), [student])


def welcome(revs: RevCounter) -> None:
    """Students who are in no class yet are in their registration group, as if from ever."""
    new = select(Student.id, Student.group_id).where(
        Student.id.not_in(select(Membership.student_id)), ~Student.upn.startswith(FORMER)
    )
    for student, group in db.session.execute(new.order_by(Student.id)).all():
        db.session.add(Membership(student_id=student, group_id=group, rev=revs.next()))
    db.session.flush()


def registrations(students: Collection[int] | None = None) -> list[Membership]:
    """The memberships in registration groups of some students; None: of all."""
    query = select(Membership).join(Group, Group.id == Membership.group_id).where(Group.kind == REGISTRATION)
    if students is not None:
        query = query.where(Membership.student_id.in_(students))
    return list(db.session.scalars(query.order_by(Membership.id)))


def forget(students: Collection[int], revs: RevCounter) -> None:
    """Delete which classes students were in, and tell tablets."""
    theirs = Membership.student_id.in_(students)
    bury(revs, "memberships", [str(row) for row in db.session.scalars(select(Membership.id).where(theirs))])
    db.session.execute(delete(Membership).where(theirs))


def settle(revs: RevCounter, day: date, students: Collection[int] | None = None) -> None:
    """Students' own groups follow from their registration on a day; None: those of all. Whoever has none then keeps the
    one from before."""
    for student, group in _others(day, students):
        values = {"group_id": group, "rev": revs.next()}
        db.session.execute(update(Student).where(Student.id == student).values(values))


def _others(day: date, students: Collection[int] | None) -> Iterator[tuple[int, str]]:
    """Who is by now in another registration group than their row says, and in which."""
    query = (
        select(Membership.student_id, Membership.group_id, Membership.first, Membership.last)
        .join(Group, Group.id == Membership.group_id)
        .join(Student, Student.id == Membership.student_id)
        .where(Group.kind == REGISTRATION, Membership.group_id != Student.group_id)
        .order_by(Membership.student_id)
    )
    if students is not None:
        query = query.where(Membership.student_id.in_(students))
    for student, group, first, last in db.session.execute(query).all():
        if Stretch(first, last).holds(day):
            yield student, group
