"""A small school that has something on every page: a scanner tries each of them, and some many times over."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import timedelta

from webapp.domain.time.calendar import monday_of, week_of
from webapp.imports import KINDS, import_content
from webapp.models import Staff, db
from webapp.models.school import OFFERED
from webapp.school import clock
from webapp.setup.school import set_up
from webapp.sync.log.revisions import writing
from webapp.web.passwords import hash_password

PASSWORD = "a scanner's pass phrase"
HEAD, TEACHER = "c.quartey", "a.adeyemi"
STUDENTS = {"S000000000001": "8A", "S000000000002": "8A", "S000000000003": "10A"}


def make_school() -> None:
    """Two weeks of school with one lesson for each group in each, marked last week so that there are levels in this."""
    set_up("reach", "A school to scan", second_factor=OFFERED)
    monday = monday_of(week_of(clock.today()))
    first, last = monday - timedelta(days=7), monday + timedelta(days=6)
    half_term = ("half-term", "Now", first, last)
    _import("calendar", ("kind", "name", "start", "end"), [("year", "This year", first, last), half_term])
    bells = [("1", "09:00", "09:50", "lesson"), ("Break", "09:50", "10:10", "break")]
    _import("periods", ("period", "start", "end", "kind"), bells)
    staff = [(HEAD, "Quartey", "Comfort", "Head"), (TEACHER, "Adeyemi", "Ada", "Teacher")]
    _import("staff", ("username", "surname", "forename", "role"), staff)
    students = [(upn, "Student", upn[-1], group[:-1], group) for upn, group in STUDENTS.items()]
    _import("students", ("UPN", "Surname", "Forename", "Year", "Reg"), students)
    week = [("Mon", "1", group, "Maths", TEACHER) for group in ("8A", "10A")]
    _import("timetable", ("day", "period", "group", "subject", "staff"), week)
    _import("scores", ("date", "period", "upn", "score"), [(first, "1", upn, 5) for upn in STUDENTS])
    hashed = hash_password(PASSWORD)
    with writing():
        for person in db.session.query(Staff):
            person.password_hash = hashed


def _import(kind: str, headings: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
    file = io.StringIO()
    csv.writer(file).writerows([headings, *lines])
    outcome = import_content(KINDS[kind], file.getvalue().encode())
    assert not outcome.problems, outcome.problems
