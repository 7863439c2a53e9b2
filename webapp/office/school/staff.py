"""Members of staff, as the desk lists and changes them: roles, responsibilities, and who has left."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import delete, select

from webapp.account.endings import end_if_other, standing_of
from webapp.domain.access.giving import givers, may_give
from webapp.domain.access.rights import DESK, LEADERSHIP
from webapp.domain.access.role_groups import People
from webapp.domain.access.roles import ROLES
from webapp.domain.text.text import clean
from webapp.domain.time.calendar import parse_day
from webapp.imports.kinds import staff as rules
from webapp.imports.kinds.heads import LAST, takes_the_last
from webapp.models import Responsibility, Staff, Student, db
from webapp.office.parts.form_fields import dated, read
from webapp.office.parts.forms import Problems
from webapp.office.students.students import group_names
from webapp.school.audit import note
from webapp.school.clock import today
from webapp.sync.log.revisions import writing

LABELS = {"username": "The username", "surname": "The surname", "forename": "The forename", "role": "The role"}
COLUMNS = [column for column in rules.COLUMNS if column.key in LABELS]  # addresses are kept on the page of accounts
FIELDS = (*LABELS, "left")
SIGN_IN = ("username", "left")
"""What decides whether somebody can sign in."""


def page() -> dict[str, Any]:
    """Everybody, by surname; those who have left apart."""
    given, names = _given(), group_names()
    people = sorted(db.session.scalars(select(Staff)), key=lambda one: (one.sort, one.id))
    rows = [(one.is_here(today()), _row(one, [names[group] for group in given.get(one.id, [])])) for one in people]
    return {"staff": [row for here, row in rows if here], "gone": [row for here, row in rows if not here]}


def find(person: str) -> Staff | None:
    return db.session.get(Staff, person) if "\0" not in person else None


def typed_of(person: Staff) -> dict[str, str]:
    """A member of staff as the form shows them."""
    return {name: str(getattr(person, name) or "") for name in FIELDS}


def form_page(person: Staff | None, typed: Mapping[str, str], problems: Problems) -> dict[str, Any]:
    """The form, and the groups that are the person's, year by year."""
    return {
        "person": person,
        "typed": {name: typed.get(name, "") for name in FIELDS},
        "problems": problems,
        "roles": list(ROLES.items()),
        "years": _years(),
        "given": _given().get(person.id, []) if person else [],
    }


def faults(form: Mapping[str, str], person: Staff | None, by: Staff) -> Problems:
    """What stands against a form that `by` fills in."""
    record, problems = read(COLUMNS, form, LABELS)
    same = select(Staff.id).where(Staff.username == record["username"], Staff.id != (person.id if person else ""))
    if record["username"] and db.session.scalar(same.limit(1)):
        problems["username"] = "Somebody else has this username."
    if form.get("left") and parse_day(form["left"]) is None:
        problems["left"] = "The day must be a date such as 2026-03-27."
    if person is not None and person.id == by.id and form.get("left"):
        problems["left"] = "Ask a colleague to note that you leave."
    if person is not None and not may_give(by.role, person.role):
        typed = {name: clean(form.get(name, "")) for name in SIGN_IN}
        beyond = f"Only {givers(person.role).words} change this of somebody with this role."
        problems |= {name: beyond for name in SIGN_IN if typed[name] != typed_of(person)[name]}
    if "role" not in problems and not _may_turn(by, person, record["role"]):
        who = _givers_of(person, record["role"]).words
        problems["role"] = f"Only {who} give or take this role, and nobody their own."
    if not problems and person is not None and takes_the_last({person.id: (record["role"], _left(form))}):
        problems["left" if _left(form) else "role"] = LAST.detail
    return problems


def _left(form: Mapping[str, str]) -> date | None:
    return parse_day(form.get("left"))


def _givers_of(person: Staff | None, role: str) -> People:
    """Who decides about a role, as a sentence names them. Of those the office gives, it is its own that it may not."""
    found = givers(person and person.role, role)
    return LEADERSHIP if found is DESK else found


def save(form: Mapping[str, str], person: Staff | None) -> str:
    """Write a form without faults; the person's id."""
    record, _ = read(COLUMNS, form, LABELS)
    with writing() as revs:
        row = db.session.get_one(Staff, person.id) if person else Staff(id=_new_id(record["username"]))
        was, before = row.role, standing_of(row) if person else None
        for name in LABELS:
            setattr(row, name, record[name])
        row.left, row.rev = _left(form), revs.next()
        db.session.add(row)
        if before:
            end_if_other(row, before)
        note(
            "staff.change" if person else "staff.add",
            f"staff:{row.id}",
            role=row.role,
            was=was or "",
            left=str(row.left or ""),
        )
        return row.id


def give(person: Staff, groups: Iterable[str]) -> None:
    """These groups are the person's, and no others."""
    wanted = [group for group in group_names() if group in set(groups)]
    with writing():
        db.session.execute(delete(Responsibility).where(Responsibility.staff_id == person.id))
        db.session.add_all(Responsibility(staff_id=person.id, group_id=group) for group in wanted)
        note("staff.groups", f"staff:{person.id}", groups=", ".join(wanted))


def with_year(person: Staff, year: str) -> list[str]:
    """The groups a person has, and all those of a year."""
    return [*_given().get(person.id, []), *(key for found in _years() if found["year"] == year for key in found["ids"])]


def _may_turn(by: Staff, person: Staff | None, role: str) -> bool:
    """Whether somebody may make a person's role another; nobody changes their own."""
    if person is None:
        return may_give(by.role, role)
    return person.role == role or (person.id != by.id and may_give(by.role, person.role, role))


def _new_id(username: str) -> str:
    """The username, or if somebody had it once, one that nobody has."""
    taken = set(db.session.scalars(select(Staff.id)))
    return next(name for name in (username, *(f"{username}~{n}" for n in range(2, 99))) if name not in taken)


def _given() -> dict[str, list[str]]:
    """The groups given to each member of staff."""
    found: dict[str, list[str]] = {}
    for row in db.session.scalars(select(Responsibility).order_by(Responsibility.group_id)):
        found.setdefault(row.staff_id, []).append(row.group_id)
    return found


def _years() -> list[dict[str, Any]]:
    """The groups of each year by its students; groups without any come last."""
    names, years = group_names(), dict[str, int]()
    for group, year in db.session.execute(select(Student.group_id, Student.year).order_by(Student.id)):
        years.setdefault(group, year)
    found = []
    for of in [*sorted(set(years.values())), None]:
        ids = [group for group in names if years.get(group) == of]
        if ids:
            words = f"Year {of}" if of is not None else "Without students"
            found.append({"year": str(of), "words": words, "ids": ids, "groups": [(g, names[g]) for g in ids]})
    return found


def _row(person: Staff, groups: list[str]) -> dict[str, str]:
    leaving = f"{'Leaves' if person.is_here(today()) else 'Left'} on {dated(person.left)}" if person.left else ""
    return {
        "id": person.id,
        "name": person.name,
        "about": ", ".join([ROLES.get(person.role, person.role), *groups]),
        "username": person.username,
        "state": leaving,
    }
