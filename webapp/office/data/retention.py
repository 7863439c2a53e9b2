"""What is kept and how long, what would be deleted now, and what was deleted: for the desk and the command line."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from webapp.domain.text.words import clock_words, count_words, day_words, short_day_words
from webapp.models import RetentionRun, Staff, Student, db
from webapp.office.parts.people import who
from webapp.office.students.students import group_names
from webapp.retention.past import Past, fingerprint
from webapp.school.audit import NOBODYS
from webapp.school.clock import local_date

Row = dict[str, Any]


def rules_page(past: Sequence[Past]) -> Row:
    """Every rule with what is past its time, and the reports, the latest first."""
    runs = db.session.scalars(select(RetentionRun).order_by(RetentionRun.id.desc())).all()
    return {
        "rules": [_rule(one) for one in past],
        "any": any(one.count for one in past),
        "runs": [{"id": run.id, "when": _when(run), "by": _who(run), "swept": run.swept} for run in runs],
    }


def preview_page(past: Sequence[Past]) -> Row:
    """Exactly what would go now: records by kind, and of whom."""
    groups = group_names()
    return {
        "kinds": [_rule(one) | {"names": _names(one, groups)} for one in past if one.count],
        "seen": fingerprint(past),
    }


def report_page(run: RetentionRun) -> Row:
    return {
        "when": _when(run),
        "by": _who(run),
        "kinds": [_reported(**row) for row in json.loads(run.counts)],
        "swept": run.swept,
    }


def _reported(key: str, name: str, kept: str, count: int, people: int) -> Row:
    return {"name": name, "kept": kept.capitalize(), "deleted": _words(key, count, people)}


def sentences(past: Sequence[Past]) -> list[str]:
    """What deleting does, for whoever is asked whether they are sure."""
    gone = [f"{one.rule.name}: {past_words(one)}." for one in past if one.count]
    return [*gone, "All of this is deleted, and cannot be taken back."]


def past_words(past: Past) -> str:
    """ "1,024 records of 3 students"; "12 records"; "3 students"."""
    return _words(past.rule.key, past.count, past.people)


def _words(key: str, count: int, people: int) -> str:
    persons = count_words(people, "person", "people") if key == "staff" else count_words(people, "student", "students")
    records = f"{count:,} {'record' if count == 1 else 'records'}"
    return persons if key in ("staff", "student") else f"{records} of {persons}" if people else records


def _rule(past: Past) -> Row:
    rule = past.rule
    said = {"name": rule.name, "holds": rule.holds, "kept": rule.kept.capitalize(), "why": rule.why}
    return said | {"past": past_words(past) if past.count else "none"}


def _names(past: Past, groups: dict[str, str]) -> list[tuple[str, str]]:
    """Whom it is about, by name, each with the group and the day of leaving."""
    students = db.session.scalars(select(Student).where(Student.id.in_(past.students))).all()
    staff = db.session.scalars(select(Staff).where(Staff.id.in_(past.staff))).all()
    found = [(one.name, f"{groups[one.group_id]}, {_left(one)}") for one in sorted(students, key=lambda one: one.sort)]
    return found + [(one.name, _left(one)) for one in staff]


def _left(person: Student | Staff) -> str:
    return f"left {short_day_words(person.left)} {person.left.year}" if person.left else ""


def _when(run: RetentionRun) -> str:
    day = local_date(run.at)
    return f"{day_words(day)} {day.year}, {clock_words(run.at)}"


def _who(run: RetentionRun) -> str:
    return NOBODYS.get(run.by) or who(run.by)
