"""In a school of a thousand no page is heavy, and nobody is asked to choose from a list of everybody."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from tests.builders import create_lesson, create_year
from tests.office.conftest import Person
from tests.office.crawl import walk
from webapp.models import Group, Staff, Student, db, insert_rows
from webapp.sync.log.revisions import writing

STUDENTS, STAFF, GROUPS = 1_020, 60, 120
HEAVY = 100_000
MOST_OPTIONS = 60
SELECT = re.compile(r"<select[^>]*>.*?</select>", re.DOTALL)
FLOOR = (
    "/today",
    "/lesson/1",
    "/student/1",
    "/spaces",
    "/spaces/hazel/ask",
    "/tuck",
    "/tuck/1",
    "/room",
    "/room/1",
)


def fill_school() -> None:
    """Students in classes of thirty, staff, and sets beside."""
    create_year()
    with writing() as revs:
        insert_rows(
            Group,
            [
                {"id": f"{n}", "name": f"{7 + n % 5}/{n}", "key_stage": 3, "kind": "registration", "rev": revs.next()}
                for n in range(GROUPS)
            ],
        )
        insert_rows(Staff, [_person(n) | {"rev": revs.next()} for n in range(STAFF)])
        insert_rows(Student, [_student(n) | {"rev": revs.next()} for n in range(STUDENTS)])
    create_lesson(group="1", staff="s1")
    db.session.expire_all()


def _person(n: int) -> dict[str, Any]:
    return {"id": f"s{n}", "username": f"s{n}", "surname": f"Jones {n}", "forename": "Margaret", "role": "teacher"}


def _student(n: int) -> dict[str, Any]:
    named = {"upn": f"U{n}", "legal_surname": f"Featherstone {n}", "legal_forename": "Alexandra"}
    return named | {"year": 7 + n % 5, "group_id": str(n % 34)}


@pytest.fixture
def large(app: Flask) -> Person:
    fill_school()
    return Person(app, "administrator")


def too_much(app: Flask, person: Person) -> Iterator[str]:
    """Each page that is heavier than it may be, or has a list of choices longer than it may be."""
    pages = [*walk(app, person, "/office/", most=1), *((address, person.get(address)) for address in FLOOR)]
    assert len(pages) > 40
    for address, answer in pages:
        if answer.mimetype != "text/html":
            continue
        options = max((text.count("<option") for text in SELECT.findall(answer.text)), default=0)
        if len(answer.data) > HEAVY or options > MOST_OPTIONS:
            yield f"{address}: {len(answer.data)} bytes, {options} options"


YET = re.compile(r"/office/(students|cover|plans|means|timetable|audit)\b.* (6[1-5]|121|182) options")
"""What still breaks the rule: choices of classes and staff at the desk."""


def test_no_page_of_a_large_school_is_heavy(app: Flask, large: Person):
    assert [page for page in too_much(app, large) if not YET.search(page)] == []
