"""The bell schedule as the school has it, and by whose bells its classes go."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import func, or_, select

from webapp.domain.time.bell import Bell
from webapp.domain.time.spread import ALL_DAYS, ALL_YEARS, members
from webapp.domain.time.years import years_in_name, years_of_key_stage
from webapp.models import Group, Membership, Period, Student, db
from webapp.school import clock

Years = tuple[int, ...]
"""The years of a class, the one with the most students first."""


def load_bells() -> tuple[Bell, ...]:
    """All of them, on whatever days and for whomever."""
    return bells_of(db.session.scalars(select(Period).order_by(Period.starts, Period.name, Period.id)))


def bells_of(periods: Iterable[Period]) -> tuple[Bell, ...]:
    """The bells that these rows make."""
    return tuple(bell_of_row(period) for period in periods)


def bell_of_row(period: Period) -> Bell:
    return Bell(
        period.name,
        period.starts,
        period.ends,
        period.kind,
        period.session,
        members(period.days, ALL_DAYS),
        members(period.years, ALL_YEARS),
        period.first,
        period.last,
    )


def years_of_groups() -> Mapping[str, Years]:
    """Of every group: its students' years, or those that its name or its key stage speaks of while it has none."""
    is_here = or_(Student.left.is_(None), Student.left > clock.today())
    query = select(Membership.group_id, Student.year, func.count()).join(Student, Student.id == Membership.student_id)
    query = query.where(is_here, or_(Membership.last.is_(None), Membership.last >= clock.today()))
    found: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for group, year, count in db.session.execute(query.group_by(Membership.group_id, Student.year)):
        found[group][year] += count
    return {group.id: _years(group, found[group.id]) for group in db.session.scalars(select(Group))}


def _years(group: Group, students: Counter[int]) -> Years:
    ordered = tuple(sorted(students, key=lambda year: (-students[year], year)))
    return ordered or years_in_name(group.name) or years_of_key_stage(group.key_stage)
