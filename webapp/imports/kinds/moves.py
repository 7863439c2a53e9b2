"""What files do to classes: who comes into one, who moves from which day, and which classes are new."""

from collections import defaultdict
from collections.abc import Sequence
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
        self._held: defaultdict[int, list[memberships.Held]] = defaultdict(list)
        for row in db.session.scalars(select(Membership).order_by(Membership.id)):
            self._held[row.student_id] += memberships.held_of([row])

    def named(self, name: str, year: int, kind: str = CLASS) -> str:
        """The id of the class of a name in any case; it is made if there is none."""
        group = self._ids.setdefault(name.casefold(), name)
        if group not in self.kinds:
            self.kinds[group] = kind
            self.plan.note(Group, None, {"id": group, "name": group, "key_stage": key_stage(year), "kind": kind})
        return group

    def join(self, student: Student, group: str) -> bool:
        """From that day on a student is in a class, and if it is a registration group in no other; unless they are in
        it that day, since what is to come then stays. Whether this says anything new."""
        return group not in self._there(student) and self.put(student, group, Stretch(self.start))

    def put(self, student: Student, group: str, stretch: Stretch) -> bool:
        """A student is in a class for a stretch of days. Whether this says anything new."""
        is_registration = self.kinds[group] == REGISTRATION
        groups = [one for one, kind in self.kinds.items() if kind == REGISTRATION] if is_registration else ()
        return memberships.put(self._held[student.id], group, stretch, groups)

    def tell(self) -> None:
        """Add to the plan what has become of memberships."""
        for student, rows in self._held.items():
            for one in rows:
                days = {"first": one.stretch.first, "last": one.stretch.last}
                if one.row is None and not one.gone:
                    self.plan.note(Membership, None, {"student_id": student, "group_id": one.group_id} | days)
                elif one.row is not None and one.gone:
                    self.plan.removed.append(one.row)
                elif one.row is not None:
                    self.plan.note(Membership, one.row, days)

    def _there(self, student: Student) -> list[str]:
        """The classes in which a student is on the day from which a file holds."""
        held = self._held[student.id]
        return [one.group_id for one in held if not one.gone and one.stretch.holds(self.day)]


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
