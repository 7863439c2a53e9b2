"""Fields of the desk that pick students, or one of many classes, staff and the like: part of a name is typed, and those
found are there to choose from. *Find* sends the form to its own address, which shows it again with who is found, and
records nothing."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, TypedDict

from flask import request
from sqlalchemy import select

from webapp.domain.text.finding import MOST, found, key_of
from webapp.domain.text.words import count_words
from webapp.models import Group, Student, db
from webapp.school.scope import EVERYBODY, Scope

FIND: Final = "find"
"""The button that only looks, and what a field tells as it is typed into."""

TYPED: Final = "-typed"
"""What stands behind a field's name for the text that was typed into it."""

FEW: Final = 59
"""Choices that are looked through as quickly as one of them is typed; the choice of none is another."""


class Person(TypedDict):
    """Somebody to choose, with the class to tell them by."""

    id: str
    name: str
    group: str
    chosen: bool


class Picked(TypedDict):
    """A field as it stands: what was typed, those chosen and found, and in words how many there are."""

    typed: str
    people: list[Person]
    said: str


class Offer(TypedDict):
    """What a field of many choices offers: pairs of value and name, what was typed, and in words how many fit."""

    typed: str
    options: list[tuple[str, str]]
    said: str


def is_finding(form: Mapping[str, str]) -> bool:
    """Whether a form was only sent to find somebody."""
    return FIND in form


def student_key(student: Student, group: str) -> str:
    """What a student is found by at the desk: all names, the class, the admission number and the UPN."""
    return key_of([*(" ".join(name) for name in student.names), group, student.admission or "", student.upn])


def pick_students(typed: str, chosen: Sequence[str], first: date, mine: Scope = EVERYBODY) -> Picked:
    """Those chosen, and those on roll from a day on who are found by what was typed."""
    there = _on_roll(first, mine) if typed.strip() or any(chosen) else {}
    keys = {str(student.id): student_key(student, group) for student, group in there.values()} if typed.strip() else {}
    likely = found(typed, keys)
    shown = dict.fromkeys([*(name for name in chosen if name in there), *likely[:MOST]])
    return {
        "typed": typed,
        "people": [_person(*there[name], name in chosen) for name in shown],
        "said": _said(len(likely), "student", "students", "Nobody is found by this.") if typed.strip() else "",
    }


def offer(field: str, options: Sequence[tuple[object, str]], value: str) -> Offer | None:
    """What of many choices is offered: what is found by what the request says was typed, or the first of all, and the
    one that is chosen. None where they are so few that all are."""
    if len(options) <= FEW:
        return None
    names = {str(key): name for key, name in options}
    typed = request.values.get(f"{field}{TYPED}", "")
    likely = found(typed, {key: key_of([name]) for key, name in names.items()}) if typed.strip() else list(names)
    shown = dict.fromkeys([*((value,) if value in names else ()), *likely[:MOST]])
    said = _said(len(likely), "choice", "choices", "Nothing is found by this.")
    return {"typed": typed, "options": [(key, names[key]) for key in shown], "said": said}


def _on_roll(first: date, mine: Scope) -> dict[str, tuple[Student, str]]:
    """By id and in the order of lists, each with the name of their group."""
    rows = db.session.execute(select(Student, Group.name).join(Group, Group.id == Student.group_id))
    wanted = [
        (row.Student, row.name)
        for row in rows
        if mine.has_group(row.Student.group_id) and row.Student.on_roll(first, date.max)
    ]
    return {str(row[0].id): row for row in sorted(wanted, key=lambda row: (row[0].sort, row[0].id))}


def _person(student: Student, group: str, chosen: bool) -> Person:
    return {"id": str(student.id), "name": student.name, "group": group, "chosen": chosen}


def _said(count: int, one: str, many: str, none: str) -> str:
    if count > MOST:
        return f"The first {MOST} of {count} {many}. Type more of the name."
    return count_words(count, one, many) if count else none
