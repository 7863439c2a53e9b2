"""Who goes on the trip at the end of a half term, by the marks given so far (policy 4.1, decision D6)."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from itertools import chain

from sqlalchemy import select

from webapp.domain.marks.marks import counts
from webapp.domain.rewards.trip import Candidate, TripList, trip_list
from webapp.domain.time.calendar import Span
from webapp.models import Group, Lesson, Student, TripDecision, db
from webapp.results.half_term import earning_levels, marks_in, mean_so_far
from webapp.results.levels import Week
from webapp.school.classes import ClassLesson, load_classes
from webapp.school.clock import local_date
from webapp.school.school import school_pack

Slot = tuple[str, str]
"""A day and a period. Whoever sits in with another group is marked in the same slot."""


class Standing(StrEnum):
    """How a student stands, in the order of the list. Of those tied for the last places a leader picks."""

    GOING = "going"
    PICKED = "picked"
    TIED = "tied"
    NOT_PICKED = "not-picked"
    BELOW = "below"
    TOO_FEW = "too-few"


@dataclass(frozen=True, slots=True)
class Line:
    """One student of the list: the mean so far, and how many of the lessons so far have a mark."""

    student: Student
    group: str
    so_far: Candidate
    standing: Standing


@dataclass(frozen=True, slots=True)
class Trip:
    """The list of a half term: `found` is what the marks say.

    `decision` is what a leader decided last; it `stands` while the same students are tied for as many places.
    """

    half_term: Span
    lines: tuple[Line, ...]
    found: TripList
    decision: TripDecision | None
    stands: bool


def trip_of(half_term: Span, now: datetime) -> Trip:
    """The list as it is at a moment: of students on roll on that day, or on the last one of the half term."""
    last = min(local_date(now), half_term.end)
    rules, students = school_pack(last).rewards.trip, earning_levels(last)
    candidates = _candidates(students, half_term, now)
    found = trip_list(candidates, rules.places, rules.least)
    decision = db.session.get(TripDecision, half_term.start)
    picked = _standing_picks(decision, found)
    groups = dict(db.session.execute(select(Group.id, Group.name)).all())
    lines = (
        Line(student, groups[student.group_id], one, _standing(student.id, one, found, picked, rules.least))
        for student, one in zip(students, candidates.values(), strict=True)
    )
    return Trip(half_term, tuple(sorted(lines, key=_order)), found, decision, bool(picked))


def _candidates(students: Iterable[Student], half_term: Span, now: datetime) -> dict[int, Candidate]:
    marks, classes, taught = marks_in(half_term, local_date(now)), load_classes(), _taught(half_term, now)
    visited = [lesson for lessons in taught.values() for lesson in lessons if lesson.id in classes.visited]
    found = {}
    for student in students:
        lessons = chain(visited, *(taught[group] for group in classes.of(student.id)))
        slots = {(one.day.isoformat(), one.period) for one in lessons if classes.expect(student, one)}
        found[student.id] = _candidate(marks.get(student.id, {}), slots)
    return found


def _candidate(weeks: dict[str, Week], lessons: Collection[Slot]) -> Candidate:
    marked = {(day, period) for week in weeks.values() for day, period, mark in week.marks if counts(mark)}
    return Candidate(mean_so_far(weeks), sum(slot in marked for slot in lessons), len(lessons))


def _taught(half_term: Span, now: datetime) -> Mapping[str, list[ClassLesson]]:
    """The lessons of each class that have begun."""
    query = select(Lesson.id, Lesson.group_id, Lesson.day, Lesson.period).where(
        Lesson.day.between(half_term.start, half_term.end), Lesson.starts <= now, ~Lesson.gone
    )
    lessons: defaultdict[str, list[ClassLesson]] = defaultdict(list)
    for row in db.session.execute(query):
        lessons[row.group_id].append(ClassLesson(*row))
    return lessons


def _standing_picks(decision: TripDecision | None, found: TripList) -> set[int]:
    """Whom a leader picked, if those tied and the places left are still what the decision was made for."""
    if decision is None or _ids(decision.tied) != set(found.tied):
        return set()
    picked = _ids(decision.picked)
    return picked if len(picked) == found.places_left else set()


def _ids(text: str) -> set[int]:
    return {int(student) for student in json.loads(text)}


def _standing(student: int, one: Candidate, found: TripList, picked: Collection[int], least: Fraction) -> Standing:
    if student in found.going:
        return Standing.GOING
    if student in found.tied and picked:
        return Standing.PICKED if student in picked else Standing.NOT_PICKED
    if student in found.tied:
        return Standing.TIED
    alone = trip_list({student: one}, 1, least)
    return Standing.BELOW if alone.going else Standing.TOO_FEW


def _order(line: Line) -> tuple[int, Fraction, str]:
    """By standing, then the highest mean first, then by name."""
    mean = line.so_far.mean
    return list(Standing).index(line.standing), -Fraction(*mean) if mean.count else Fraction(0), line.student.sort
