"""What was recorded about one student, entry by entry: every correction, and what could not be used."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from webapp.domain.operations import KINDS, fields_with
from webapp.domain.operations.kind import PUT_ASIDE, Holds
from webapp.models import Operation, Quarantined, Student, db
from webapp.office.data.subject_facts import (
    ANOTHER,
    HEADINGS,
    Free,
    Table,
    may_see,
    person,
    when,
)
from webapp.office.parts.wording import told
from webapp.sync.log.aliases import aliases, read_with

PEOPLE = fields_with(Holds.STUDENTS)
"""What in an entry holds the ids of several students."""

THIS = "this student"


def log_tables(student: Student, free: Free, role: str) -> Iterator[Table]:
    """The log as somebody of a role may see it: of each entry only what the pages with the same show them."""
    if may_see(role, "history"):
        columns = ("When", "By", "What", "What became of it", "Arrived")
        entries = [(entry, body) for entry, body in _about(student) if may_see(role, part_of(entry.kind))]
        rows = [_line(entry, _words(entry.kind, body, student, free), free) for entry, body in entries]
        yield Table("history", HEADINGS["history"], columns, rows)
    if may_see(role, "put-aside"):
        put_aside = list(_put_aside(student, free, role))
        yield Table("put-aside", HEADINGS["put-aside"], ("Arrived", "What", "Why"), put_aside)


def part_of(kind: str) -> str:
    """The part of the file that an entry belongs to. Those of kinds that are not known go with what was put aside."""
    return KINDS[kind].section if kind in KINDS else PUT_ASIDE


def _line(entry: Operation, what: str, free: Free) -> list[Any]:
    by = person(entry.by)
    # Whom the school does not know may be called anything.
    return [when(entry.at), free(by) if by == entry.by else by, what, free(_outcome(entry)), when(entry.received)]


def _about(student: Student) -> Iterator[tuple[Operation, dict[str, Any]]]:
    """The entries that name the student, and those that name such an entry (the end of a stay, a limit lifted)."""
    key, named, known = str(student.id), set[str](), aliases()
    query = select(Operation).order_by(Operation.seq).execution_options(yield_per=1000)
    for entry in db.session.scalars(query):
        body = read_with(known, entry.kind, json.loads(entry.body))
        if _names(body, key) or not named.isdisjoint(_texts(body)):
            named.add(entry.id)
            yield entry, body


def _names(body: dict[str, Any], key: str) -> bool:
    many = [value for name in PEOPLE if isinstance(value := body.get(name), list)]
    return body.get("student") == key or any(key in value for value in many)


def _texts(body: dict[str, Any]) -> set[str]:
    return {value for value in body.values() if isinstance(value, str)}


def _words(kind: str, body: dict[str, Any], student: Student, free: Free) -> str:
    """The entry in one line. Whom else it names is another student."""
    key = str(student.id)
    shown = {name: _anonymous(value, key) if name in PEOPLE else value for name, value in body.items()}
    if body.get("student") not in (None, key):
        shown["student"] = ANOTHER
    return told(kind, shown, free)


def _anonymous(value: Any, key: str) -> Any:
    return ", ".join(THIS if one == key else ANOTHER for one in value) if isinstance(value, list) else ANOTHER


def _outcome(entry: Operation) -> str:
    return entry.detail or "refused" if entry.reason else "counts, unless a later one replaced it"


def _put_aside(student: Student, free: Free, role: str) -> Iterator[list[Any]]:
    known = aliases()
    for item in db.session.scalars(select(Quarantined).order_by(Quarantined.id)):
        said = json.loads(item.content)
        body = said.get("body")
        if isinstance(body, dict):
            body = read_with(known, str(said.get("kind")), body)
        if isinstance(body, dict) and _names(body, str(student.id)) and may_see(role, part_of(str(said.get("kind")))):
            yield [when(item.received), _words(str(said.get("kind")), body, student, free), item.reason]
