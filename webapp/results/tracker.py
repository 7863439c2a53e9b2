"""How the reflection spaces are used: stays, asks and refusals of a stretch of days, read and counted.

Nobody is ranked: everything is listed by name, hours and days in their own order.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from statistics import median
from typing import Any

from sqlalchemy import func, select

from webapp.domain.operations import kinds_of
from webapp.domain.text.text import sort_key
from webapp.domain.text.words import WEEKDAYS
from webapp.domain.time.calendar import Span
from webapp.models import Ask, Group, Operation, Staff, Stay, Student, db
from webapp.models.operation import REFUSED
from webapp.policies.pack import CallRules
from webapp.school.clock import SCHOOL_ZONE, local_moment

NOBODY = "Nobody named"
NO_REASON = "Not given"


@dataclass(frozen=True, slots=True, order=True)
class Label:
    """What stays are counted under: `place` puts labels in order, `key` keeps namesakes apart."""

    place: str
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Visit:
    """One stay with everybody's names, as it is counted and exported.

    `entered` and `left` are on the school's clock. `search` is the time from the ask to the way in, None for whoever
    came without asking.
    """

    student: Label
    name: str
    group: str
    space: Label
    staff: Label
    reason: Label
    entered: datetime
    left: datetime | None
    search: timedelta | None
    free_to_leave: bool | None
    helped: tuple[str, ...]
    note: str
    clash: bool


@dataclass(frozen=True, slots=True)
class Searches:
    """How long it took until a space was found."""

    count: int
    median: timedelta
    longest: timedelta


@dataclass(frozen=True, slots=True)
class Asks:
    """How many asks there were, and how many of them had to wait."""

    count: int
    waited: int


def visits(span: Span, calls: CallRules) -> list[Visit]:
    """The stays that began in a span, in order."""
    query = (
        select(Stay, Student, Group.name, Ask.at)
        .join(Student, Student.id == Stay.student)
        .join(Group, Group.id == Student.group_id)
        .outerjoin(Ask, Ask.id == Stay.ask)
        .where(Stay.day.between(span.start, span.end))
        .order_by(Stay.entered, Stay.id)
    )
    people = {person.id: person for person in db.session.scalars(select(Staff))}
    return [_visit(row, people, calls) for row in db.session.execute(query)]


def asks(span: Span) -> Asks:
    """The asks of a span."""
    waited = select(Ask.waited, func.count()).where(Ask.day.between(span.start, span.end)).group_by(Ask.waited)
    counts = dict(db.session.execute(waited).all())
    return Asks(sum(counts.values()), counts.get(True, 0))


def refused(span: Span) -> list[tuple[str, int]]:
    """Why entries about the spaces could not be used, and how often."""
    begins, ends = local_moment(span.start), local_moment(span.end, time.max)
    query = (
        select(Operation.detail, func.count())
        .where(Operation.status == REFUSED, Operation.kind.in_(kinds_of("space")), Operation.at.between(begins, ends))
        .group_by(Operation.detail)
    )
    return sorted((detail or "", count) for detail, count in db.session.execute(query))


def counted(visits: Iterable[Visit], label_of: Callable[[Visit], Label]) -> list[tuple[str, int]]:
    """Each name with its number of stays, in the order of the labels."""
    return [(label.name, count) for label, count in sorted(Counter(map(label_of, visits)).items())]


def hour_of(visit: Visit) -> Label:
    """The hour of the day in which a stay began: "10:00 to 10:59"."""
    hour = f"{visit.entered.hour:02}"
    return Label(hour, "", f"{hour}:00 to {hour}:59")


def weekday_of(visit: Visit) -> Label:
    """The weekday on which a stay began."""
    weekday = visit.entered.weekday()
    return Label(str(weekday), "", WEEKDAYS[weekday])


def searches(visits: Iterable[Visit]) -> Searches | None:
    """How long whoever asked first took to be in a space; None if nobody asked first."""
    times = sorted(visit.search for visit in visits if visit.search is not None)
    if not times:
        return None
    return Searches(len(times), timedelta(seconds=median(time.total_seconds() for time in times)), times[-1])


def _visit(row: Any, people: dict[str, Staff], calls: CallRules) -> Visit:
    stay, student, group, asked = row
    return Visit(
        student=Label(student.sort, str(student.id), f"{student.name}, {group}"),
        name=student.name,
        group=group,
        space=_choice(calls.spaces, stay.space),
        staff=_person(people, stay.staff),
        reason=_choice(calls.reasons, stay.why) if stay.why else Label("", "", NO_REASON),
        entered=stay.entered.astimezone(SCHOOL_ZONE),
        left=stay.left and stay.left.astimezone(SCHOOL_ZONE),
        # A tablet's clock may say that the student was in before anybody asked.
        search=None if asked is None else max(stay.entered - asked, timedelta(0)),
        free_to_leave=stay.free_to_leave,
        helped=tuple(_choice(calls.strategies, key).name for key in json.loads(stay.helped)),
        note=stay.note or "",
        clash=stay.clash,
    )


def _choice(choices: Sequence[Any], key: str) -> Label:
    """What a pack calls a key; one that it no longer has stands for itself."""
    name = next((choice.name for choice in choices if choice.key == key), key)
    return Label(sort_key(name), key, name)


def _person(people: dict[str, Staff], key: str | None) -> Label:
    if key is None:
        return Label("", "", NOBODY)
    person = people.get(key)
    return Label(person.sort, key, person.name) if person else Label(key, key, key)
