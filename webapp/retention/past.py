"""What is past its time today, kind by kind."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from webapp.models import Student, db
from webapp.policies.kept import OF_STUDENTS, REWARDS, STUDENT, KeepRule
from webapp.retention.ageing import KINDS
from webapp.retention.photos import photos_of
from webapp.school.clock import day_end
from webapp.school.school import school_pack
from webapp.sync.log.erasing import PARTS, held


@dataclass(frozen=True, slots=True)
class Past:
    """What is past its time by one rule: how many records, and what they are found by. For kinds of records about
    students, or about staff, these are the people."""

    rule: KeepRule
    count: int
    found: Sequence[Any]

    @property
    def students(self) -> Sequence[int]:
        return self.found if self.rule.key in OF_STUDENTS else ()

    @property
    def staff(self) -> Sequence[str]:
        return self.found if self.rule.key == "staff" else ()

    @property
    def people(self) -> int:
        return len(self.students) + len(self.staff)


def past_on(today: date) -> list[Past]:
    """One for each rule, in their order, also where nothing is past its time."""
    rules = school_pack().kept
    students = _students(rules, today)
    return [students[rule.key] if rule.key in students else _ageing(rule, today) for rule in rules]


def fingerprint(past: Collection[Past]) -> str:
    """Another one for anything else that would go."""
    said = [[one.rule.key, one.count, [str(key) for key in one.found]] for one in past]
    return sha256(json.dumps(said).encode()).hexdigest()


def _students(rules: Collection[KeepRule], today: date) -> dict[str, Past]:
    """The name goes last, once everything else about the student may."""
    leavers = db.session.scalars(select(Student).where(Student.left <= today).order_by(Student.id)).all()
    of_students = {rule.key: rule for rule in rules if rule.key in OF_STUDENTS}
    over = {
        key: {one.id for one in leavers if one.left and rule.term.is_over(one.left, one.year, today)}
        for key, rule in of_students.items()
    }
    named = {one.id for one in leavers if not one.is_former}
    nameless = sorted(named.intersection(*over.values()))
    found = {key: _held(of_students[key], over[key]) for key in PARTS}
    return found | {STUDENT: Past(of_students[STUDENT], len(nameless), nameless)}


def _held(rule: KeepRule, students: Collection[int]) -> Past:
    counts = held(rule.key, students)
    if rule.key == REWARDS:
        counts.update(photos_of(students).keys())
    return Past(rule, counts.total(), sorted(counts))


def _ageing(rule: KeepRule, today: date) -> Past:
    found = KINDS[rule.key].find(day_end(rule.term.latest(today)))
    return Past(rule, len(found), found)
