"""What files do to classes: who comes into one, who moves from which day, and which classes are new."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from webapp.domain.time.stretch import Stretch
from webapp.domain.time.years import key_stage
from webapp.imports.plan import Plan, carry_out
from webapp.imports.problems import Problem
from webapp.models import Group, Membership, Student, db
from webapp.models.people import CLASS, REGISTRATION
from webapp.school.clock import today
from webapp.sync.log.revisions import RevCounter
from webapp.sync.tables import memberships


class Classes:
    """The school's classes and who is in them; `start` is the day from which a file holds, None from ever."""

    def __init__(self, plan: Plan, start: date | None) -> None:
        self.plan, self.start, self.day = plan, start, start or today()
        self.kinds = dict(db.session.execute(select(Group.id, Group.kind)).all())
        self._ids = {group.casefold(): group for group in self.kinds}
        self._held: defaultdict[int, list[_Held]] = defaultdict(list)
        for row in db.session.scalars(select(Membership).order_by(Membership.id)):
            self._held[row.student_id].append(_Held(row.group_id, row.stretch, row))

    def named(self, name: str, year: int, kind: str = CLASS) -> str:
        """The id of the class of a name in any case; it is made if there is none."""
        group = self._ids.setdefault(name.casefold(), name)
        if group not in self.kinds:
            self.kinds[group] = kind
            self.plan.note(Group, None, {"id": group, "name": group, "key_stage": key_stage(year), "kind": kind})
        return group

    def move(self, student: Student, group: str) -> bool:
        """From that day on a student is in a registration group, unless they are in it that day: what is to come then
        stays. Whether this says anything new."""
        there = [row for row in self._of(student, REGISTRATION) if row.stretch.holds(self.day)]
        return bool(not there or there[0].group_id != group) and self.put(student, group, Stretch(self.start))

    def join(self, student: Student, group: str) -> bool:
        """From that day on a student is in a class, unless they are in it that day."""
        held = self._of(student, self.kinds[group])
        there = any(row.group_id == group and row.stretch.holds(self.day) for row in held)
        return not there and self.put(student, group, Stretch(self.start))

    def put(self, student: Student, group: str, stretch: Stretch) -> bool:
        """A student is in a class for a stretch of days. Whether this says anything new."""
        kind = self.kinds[group]
        found = memberships.put(self._of(student, kind), group, stretch, alone=kind == REGISTRATION)
        news = found.is_news
        for row, left in found.rows:
            row.stretch, row.gone = left or row.stretch, left is None
        self._held[student.id] += [_Held(other, left) for other, left in found.new]
        return news

    def tell(self) -> None:
        """Add to the plan what has become of memberships."""
        for student, rows in self._held.items():
            for held in rows:
                days = {"first": held.stretch.first, "last": held.stretch.last}
                if held.row is None and not held.gone:
                    self.plan.note(Membership, None, {"student_id": student, "group_id": held.group_id} | days)
                elif held.row is not None and held.gone:
                    self.plan.removed.append(held.row)
                elif held.row is not None:
                    self.plan.note(Membership, held.row, days)

    def _of(self, student: Student, kind: str) -> list["_Held"]:
        return [row for row in self._held[student.id] if self.kinds[row.group_id] == kind and not row.gone]


@dataclass
class _Held:
    """A membership as it would be; `row` is the one there is."""

    group_id: str
    stretch: Stretch
    row: Membership | None = None
    gone: bool = False


def write(plan: Plan, revs: RevCounter) -> Sequence[Problem]:
    """Write a plan that was made within the same write. Whoever is new is in their classes as if from ever, and
    everybody in the registration group that is theirs today."""
    problems = carry_out(plan, revs)
    ids = dict(db.session.execute(select(Student.upn, Student.id)).all())
    memberships.welcome(revs)
    for upn, group in plan.joins:
        db.session.add(Membership(student_id=ids[upn], group_id=group, rev=revs.next()))
    db.session.flush()
    memberships.settle(revs, today())
    return problems
