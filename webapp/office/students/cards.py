"""Students' cards at the desk: who has one, and sheets of new ones.

A card is printed when it is issued, since only a hash of its token is kept: printing it again is issuing another.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from flask import current_app
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from webapp.config import Settings
from webapp.domain.text.finding import MOST, found
from webapp.domain.text.text import normal, sort_key
from webapp.domain.text.words import day_words
from webapp.models import Card, Group, Student, db
from webapp.office.parts.forms import Problems
from webapp.office.parts.picking import student_key
from webapp.policies.rewards import FIRST, FIRST_INITIAL
from webapp.school import audit
from webapp.school.clock import local_date
from webapp.school.school import school_pack, the_school
from webapp.student.cards import issue, photo_of
from webapp.sync.log.revisions import writing
from webapp.sync.operations.ids import number
from webapp.web.pictures import photo_fault

EVERYBODY = "everybody"


class Holder(NamedTuple):
    """A student on roll with the group and the card, if there is one."""

    student: Student
    group: Group
    card: Card | None


def page(today: date, args: Mapping[str, str], problems: Problems) -> dict[str, Any]:
    """All the page shows: the groups, the students of the one that is asked for, and who is found by what was typed."""
    holders = _holders(today)
    by_group = [list(rows) for _, rows in groupby(holders, key=lambda holder: holder.group.id)]
    asked, typed = args.get("group", ""), args.get("name", "")
    return _counts(holders) | {
        "groups": [_group(rows, asked) for rows in by_group],
        "unfit": _unfit_photos(holder.student for holder in holders),
        "typed": typed,
        "found": [_line(holder) for holder in _named(typed, holders)],
        "problems": problems,
    }


def chosen(form: MultiDict[str, str], today: date) -> list[Student]:
    """Who gets a new card: one student, or those of a group or the school who have none, or all of them."""
    student, group = number(form.get("student", "")), form.get("group", "")
    holders = [holder for holder in _holders(today) if group in ("", holder.group.id)]
    if "student" in form:
        return [holder.student for holder in holders if holder.student.id == student]
    everybody = form.get("who") == EVERYBODY
    return [holder.student for holder in holders if everybody or holder.card is None]


def print_new(students: Sequence[Student], by: str, settings: Settings) -> bytes:
    """New cards for these students, as a PDF; the cards they had stop working now."""
    from webapp.office.students.card_sheet import CardFace, card_sheet  # loads all of what makes PDFs

    school, rules = the_school(), school_pack().rewards.cards
    assert school is not None
    names = {student.id: name_on_card(student, rules.names) for student in students}
    photos = {student.id: photo_of(student, settings.data) if rules.photo else None for student in students}
    tokens = issue(names, by)
    with writing():
        audit.note("cards.print", cards=str(len(tokens)))
    faces = [CardFace(names[id], f"{settings.public_url}/card#{token}", photos[id]) for id, token in tokens.items()]
    return card_sheet(school.name, faces)


def name_on_card(student: Student, style: str) -> str:
    """The name in one of the pack's styles: "Zoë", "Zoë O." or "Zoë Okafor"."""
    forename = student.preferred_forename or student.legal_forename
    surname = normal(student.preferred_surname or student.legal_surname)
    if style == FIRST:
        return forename
    return f"{forename} {surname[:1].upper()}." if style == FIRST_INITIAL and surname else student.name


def _unfit_photos(students: Iterable[Student]) -> list[tuple[str, str]]:
    """Whose photo would be left out although there is a file, and why."""
    if not school_pack().rewards.cards.photo:
        return []
    data: Path = current_app.config["SETTINGS"].data
    files = ((student.name, photo_of(student, data)) for student in students)
    faults = ((name, photo_fault(file)) for name, file in files if file and file.exists())
    return [(name, fault) for name, fault in faults if fault]


def _holders(today: date) -> list[Holder]:
    """Everybody on roll from today on, group by group."""
    query = select(Student, Group, Card).join(Group, Group.id == Student.group_id)
    rows = db.session.execute(query.outerjoin(Card, Card.student_id == Student.id))
    there = [Holder(*row) for row in rows if row[0].on_roll(today, date.max)]
    return sorted(there, key=lambda row: (sort_key(row.group.name), row.group.id, row.student.sort, row.student.id))


def _counts(holders: Sequence[Holder]) -> dict[str, int]:
    return {"count": len(holders), "without": sum(holder.card is None for holder in holders)}


def _named(typed: str, holders: Sequence[Holder]) -> list[Holder]:
    """Those who are found by what was typed of them."""
    by_id = {str(holder.student.id): holder for holder in holders}
    keys = {name: student_key(holder.student, holder.group.name) for name, holder in by_id.items()}
    return [by_id[name] for name in found(typed, keys)[:MOST]]


def _group(holders: Sequence[Holder], asked: str) -> dict[str, Any]:
    group = holders[0].group
    lines = [_line(holder) for holder in holders] if group.id == asked else []
    return _counts(holders) | {"id": group.id, "name": group.name, "students": lines}


def _line(holder: Holder) -> dict[str, Any]:
    since = holder.card and day_words(local_date(holder.card.at))
    return {"id": holder.student.id, "name": holder.student.name, "group": holder.group.name, "since": since}
