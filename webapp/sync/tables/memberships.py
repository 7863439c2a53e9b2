"""Who is in which class: memberships put, and the registration group of today that follows from them.

What is put here holds from a day on; nothing before it changes.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, delete, select, update

from webapp.domain.time.stretch import Stretch, earliest
from webapp.models import Group, Membership, Student, db
from webapp.models.people import FORMER, REGISTRATION
from webapp.school import clock
from webapp.sync.log.revisions import RevCounter
from webapp.sync.tables.tombstones import bury


@dataclass
class Held:
    """A membership as it is or is to be; `row` is the one there is, which goes if it is `gone`."""

    group_id: str
    stretch: Stretch
    row: Membership | None = None
    gone: bool = False


def held_of(rows: Iterable[Membership]) -> list[Held]:
    return [Held(row.group_id, row.stretch, row) for row in rows]


def put(held: list[Held], group: str, stretch: Stretch, one_of: Collection[str] = ()) -> bool:
    """A student in a class for a stretch of days: before it their memberships stay as they were, and after it this one
    is over. Of the classes `one_of`, the registration groups, a student is in one at a time. Whether that is new."""
    before = [(one.stretch, one.gone) for one in held]
    own = [one for one in held if one.group_id == group and not one.gone and stretch.is_met_by(one.stretch)]
    whole = Stretch(earliest([stretch.first, *(one.stretch.first for one in own)]), stretch.last)
    for one in own:
        one.stretch, one.gone = whole, one is not own[0]
    added = [] if own else [Held(group, whole)]
    for one in held:
        if one.group_id != group and one.group_id in one_of and not one.gone and one.stretch.meets(stretch):
            left = list(one.stretch.without(stretch))
            one.stretch, one.gone = (left or [one.stretch])[0], not left
            added += [Held(one.group_id, rest) for rest in left[1:]]
    held += added
    return bool(added) or before != [(one.stretch, one.gone) for one in held]


def write(student: int, held: Iterable[Held], revs: RevCounter) -> None:
    """Write what has become of a student's memberships."""
    for one in held:
        if one.row is None and not one.gone:
            about = {"student_id": student, "group_id": one.group_id}
            db.session.add(Membership(**about, first=one.stretch.first, last=one.stretch.last, rev=revs.next()))
        elif one.row is not None and one.gone:
            db.session.delete(one.row)
            bury(revs, "memberships", [str(one.row.id)])
        elif one.row is not None and one.row.stretch != one.stretch:
            (one.row.first, one.row.last), one.row.rev = one.stretch, revs.next()
    db.session.flush()


def move(student: int, group: str, first: date | None, revs: RevCounter) -> None:
    """A student is in a registration group from a day on, and in no other."""
    held = held_of(db.session.scalars(select(Membership).where(Membership.student_id == student)))
    put(held, group, Stretch(first), registration_groups())
    write(student, held, revs)
    settle(revs, clock.today(), [student])


def registrations() -> list[Membership]:
    """All memberships in registration groups."""
    query = select(Membership).join(Group, Group.id == Membership.group_id).where(Group.kind == REGISTRATION)
    return list(db.session.scalars(query.order_by(Membership.id)))


def registration_groups() -> frozenset[str]:
    return frozenset(db.session.scalars(select(Group.id).where(Group.kind == REGISTRATION)))


def welcome(revs: RevCounter) -> None:
    """Students who are in no class yet are in their registration group, as if from ever."""
    new = select(Student.id, Student.group_id).where(
        Student.id.not_in(select(Membership.student_id)), ~Student.upn.startswith(FORMER)
    )
    for student, group in db.session.execute(new.order_by(Student.id)).all():
        db.session.add(Membership(student_id=student, group_id=group, rev=revs.next()))
    db.session.flush()


def forget(students: Collection[int], revs: RevCounter) -> None:
    """Delete which classes students were in, and tell tablets."""
    _drop(Membership.student_id.in_(students), revs)


def drop_registrations(student: int, revs: RevCounter) -> None:
    """Delete which registration groups a student was in, and tell tablets."""
    _drop((Membership.student_id == student) & Membership.group_id.in_(registration_groups()), revs)


def _drop(theirs: ColumnElement[bool], revs: RevCounter) -> None:
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
