"""A school that never was: half a year of it, ending today, the same for everybody who starts it on one day."""

import csv
import io
from collections.abc import Iterable, Sequence

from sqlalchemy import select

from webapp.demo.families import HEADINGS, contact_lines, record_register
from webapp.demo.history import record_history
from webapp.demo.people import GROUPS, STAFF, STUDENTS, TUTOR, TUTOR_OF
from webapp.demo.rewards import record_rewards
from webapp.demo.spaces import record_spaces
from webapp.demo.week import calendar_lines, timetable_lines
from webapp.domain.time.defaults import BELLS
from webapp.imports import KINDS, import_content
from webapp.models import Responsibility, Staff, db
from webapp.school import clock
from webapp.sync.log.revisions import writing
from webapp.web.passwords import hash_password

PASSWORD = "reachable-demo"
PER_GROUP = 12


def build_demo() -> None:
    """Fill a school that has just been set up."""
    _import("calendar", ("kind", "name", "start", "end"), calendar_lines(clock.today()))
    _import("periods", ("period", "start", "end", "kind"), BELLS)
    _import("staff", ("username", "surname", "forename", "role"), STAFF)
    _import("students", ("UPN", "Adm No", "Surname", "Forename", "Preferred Forename", "Year", "Reg"), student_lines())
    _import("timetable", ("day", "period", "group", "subject", "staff"), timetable_lines())
    _give_groups()
    _set_passwords()
    record_history()
    record_spaces()
    record_rewards()
    _import("contacts", HEADINGS, contact_lines())
    record_register()


def student_lines() -> Iterable[tuple[str, ...]]:
    for number, entry in enumerate(STUDENTS.split(";")):
        surname, forename, preferred, *_ = [*entry.strip().split(","), ""]
        group = list(GROUPS)[number // PER_GROUP]
        yield f"D{number + 1:012}", f"{number + 1:05}", surname, forename, preferred, str(GROUPS[group]), group


def _import(kind: str, headings: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
    file = io.StringIO()
    csv.writer(file).writerows([headings, *lines])
    outcome = import_content(KINDS[kind], file.getvalue().encode())
    if outcome.problems:
        raise ValueError(f"{kind} of the demo school: {outcome.problems}")


def _give_groups() -> None:
    with writing():
        db.session.add_all(Responsibility(staff_id=TUTOR, group_id=group) for group in TUTOR_OF)


def _set_passwords() -> None:
    hashes = {staff: hash_password(PASSWORD) for staff in db.session.scalars(select(Staff.id)).all()}
    with writing():
        for staff, hashed in hashes.items():
            db.session.get_one(Staff, staff).password_hash = hashed
