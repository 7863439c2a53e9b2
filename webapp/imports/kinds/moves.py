"""What a file of students does to classes: who comes, and who moves from which day."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from webapp.domain.time.stretch import Stretch
from webapp.imports.plan import Change, Plan, carry_out
from webapp.imports.problems import Problem
from webapp.models import Membership, Student
from webapp.sync.log.revisions import RevCounter
from webapp.sync.tables import memberships


def plan_moves(plan: Plan, first: date) -> None:
    """Students who are in another registration group by a plan move from a day on; nothing before it changes."""
    moving = {change.row.id: str(change.values["group_id"]) for change in plan.changes if _moves(change)}
    held: defaultdict[int, list[Membership]] = defaultdict(list)
    for row in memberships.registrations(moving) if moving else ():
        held[row.student_id].append(row)
    for student, group in moving.items():
        plan_put(plan, student, memberships.put(held[student], group, Stretch(first), alone=True))


def _moves(change: Change) -> bool:
    return change.model is Student and change.row is not None and "group_id" in change.values


def plan_put(plan: Plan, student: int, put: memberships.Put) -> None:
    """Add what becomes of a student's memberships."""
    for row, stretch in put.rows:
        if stretch is None:
            plan.removed.append(row)
        else:
            plan.note(Membership, row, {"first": stretch.first, "last": stretch.last})
    for group, stretch in put.new:
        values = {"student_id": student, "group_id": group, "first": stretch.first, "last": stretch.last}
        plan.note(Membership, None, values)


def write(plan: Plan, revs: RevCounter) -> Sequence[Problem]:
    """Write a plan that was made within the same write. Whoever is new is in their group as if from ever."""
    problems = carry_out(plan, revs)
    memberships.follow(revs)
    return problems
