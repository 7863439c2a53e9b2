"""Groups, as the desk lists and changes them, and moving students between them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from webapp.domain.text.text import clean
from webapp.domain.text.words import count_words
from webapp.domain.time.calendar import parse_day
from webapp.imports.kinds.values import LONGEST_GROUP
from webapp.models import Group, Student, db
from webapp.models.people import REGISTRATION
from webapp.office.parts.forms import Problems
from webapp.office.students.students import group_names
from webapp.school.audit import note
from webapp.school.clock import today
from webapp.sync.log.revisions import writing
from webapp.sync.operations.ids import number
from webapp.sync.tables import memberships, namesakes

KEY_STAGES = [(str(stage), f"Key stage {stage}") for stage in range(1, 6)]
FIELDS = ("name", "key_stage")


def page(typed: Mapping[str, str], problems: Problems) -> dict[str, Any]:
    """All groups with how many are in them, and the form of a new one."""
    counts: dict[str, int] = {}
    for student in _here():
        counts[student.group_id] = counts.get(student.group_id, 0) + 1
    stages = dict(db.session.execute(select(Group.id, Group.key_stage)).all())
    rows = [
        {
            "id": group,
            "name": name,
            "about": f"Key stage {stages[group]}, {count_words(counts.get(group, 0), 'student', 'students')}",
        }
        for group, name in group_names().items()
    ]
    return {"groups": rows, "stages": KEY_STAGES, "problems": problems} | _typed(typed)


def group_page(group: Group, typed: Mapping[str, str], problems: Problems) -> dict[str, Any]:
    """One group: its form, who is in it, and where they may go."""
    students = sorted((one for one in _here() if one.group_id == group.id), key=lambda one: (one.sort, one.id))
    return {
        "group": group,
        "students": [{"id": str(student.id), "name": student.name} for student in students],
        "others": [(key, name) for key, name in group_names(REGISTRATION).items() if key != group.id],
        "today": str(today()),
        "stages": KEY_STAGES,
        "problems": problems,
    } | _typed(typed)


def find(group: str) -> Group | None:
    return db.session.get(Group, group) if "\0" not in group else None


def faults(form: Mapping[str, str], group: Group | None) -> Problems:
    name, problems = clean(form.get("name", "")), {}
    taken = {other for key, other in group_names().items() if group is None or key != group.id}
    if name in taken or (group is None and find(name)):
        problems["name"] = "Another group has this name."
    if not name:
        problems["name"] = "The name is missing."
    if len(name) > LONGEST_GROUP:
        problems["name"] = f"The name must have at most {LONGEST_GROUP} letters."
    if form.get("key_stage") not in dict(KEY_STAGES):
        problems["key_stage"] = "Choose a key stage."
    return problems


def save(form: Mapping[str, str], group: Group | None) -> str:
    """Write a form without faults; the group's id, which stays whatever the group is called."""
    name = clean(form["name"])
    with writing() as revs:
        row = db.session.get_one(Group, group.id) if group else Group(id=name)
        row.name, row.key_stage, row.rev = name, int(form["key_stage"]), revs.next()
        db.session.add(row)
        namesakes.follow(revs)
        note("group.change" if group else "group.add", f"group:{row.id}", name=name)
        return row.id


def move(group: Group, students: Sequence[str], to: str, day: object = None) -> Problems:
    """Move students of a group to another one from a day on, today if none is said."""
    first = parse_day(day) if day else today()
    if first is None:
        return {"day": "Say the first day in the other group, such as 2026-03-27."}
    if to not in group_names(REGISTRATION) or to == group.id:
        return {"to": "Choose the group they move to."}
    ids = {number(student) for student in students} - {None}
    with writing() as revs:
        query = select(Student).where(Student.id.in_(ids), Student.group_id == group.id).order_by(Student.id)
        for student in db.session.scalars(query):
            memberships.move(student.id, to, first, revs)
            note("student.move", f"student:{student.id}", to=to, day=first.isoformat())
        namesakes.follow(revs)
    return {} if ids else {"student": "Tick who moves."}


def _here() -> list[Student]:
    """Who is at the school or will be."""
    return [one for one in db.session.scalars(select(Student)) if one.left is None or one.left > today()]


def _typed(typed: Mapping[str, str]) -> dict[str, Any]:
    return {"typed": {name: typed.get(name, "") for name in FIELDS}}
