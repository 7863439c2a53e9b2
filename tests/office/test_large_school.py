"""In a school of a thousand no page is heavy, and nobody is asked to choose from a list of everybody."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask

from tests.builders import create_lesson, create_year
from tests.office.conftest import Person
from tests.office.crawl import walk
from webapp.domain.text.finding import MOST
from webapp.models import Group, Lesson, Period, Staff, Student, TimetableEntry, db, insert_rows
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
        db.session.add(Period(name="1", starts="09:00", ends="09:50", kind="lesson"))
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


def test_no_page_of_a_large_school_is_heavy(app: Flask, large: Person):
    assert list(too_much(app, large)) == []


CHOICES = {
    "/office/students": ("group", "11/", "7/5"),
    "/office/cover": ("staff", "marg 57", "s3"),
    "/office/means": ("group", "11/114", "3"),
    "/office/timetable": ("of", "jones 57", "group:3"),
    "/office/audit": ("event", "part-time", "student.move"),
}
"""A page whose form only shows, its field, what is typed of a name, and what was chosen before."""
FOUND = {"group": "11/114", "staff": "Margaret Jones 57", "of": "Margaret Jones 57", "event": "Added to a part-time"}


@pytest.mark.parametrize("page", CHOICES)
def test_one_of_many_is_found_by_part_of_the_name(large: Person, page: str):
    field, typed, chosen = CHOICES[page]
    answer = large.get(f"{page}?{urlencode(_typed(field, typed) | {field: chosen})}")
    assert answer.status_code == 200
    assert FOUND[field] in _select(answer.text, field)


def test_looking_for_a_name_records_nothing_and_keeps_the_form(large: Person):
    student = large.post("/office/students/1", legal_forename="Zoë", reg="3", **_typed("reg", "11/114"))
    assert 'value="Zoë"' in student.text
    assert 'value="3" selected' in _select(student.text, "reg")
    assert "11/114<" in _select(student.text, "reg")
    plan = large.post("/office/plans", starts="10:05", **_typed("staff", "jones 57"))
    assert 'value="10:05"' in plan.text
    assert "Margaret Jones 57" in _select(plan.text, "staff")
    assert "Zoë" not in large.get("/office/students/1").text


def test_cover_is_given_to_somebody_who_is_found(large: Person):
    day = str(db.session.get_one(Lesson, 1).day)
    form = {"day": day, "staff": "s1", "lesson-1.s1": "s5"}
    cover = large.post("/office/cover", **form, **_typed("lesson-1", "57"))
    assert 'value="s57">Margaret Jones 57' in _select(cover.text, "lesson-1")
    assert 'value="s5" selected' in _select(cover.text, "lesson-1")
    assert "Nothing else is covered" in cover.text
    assert db.session.get_one(Lesson, 1).taking == ("s1",)
    large.post("/office/cover", **form | {"lesson-1.s1": "s57"})
    assert db.session.get_one(Lesson, 1).taking == ("s57",)


def test_a_lesson_of_the_timetable_finds_its_class_and_its_staff(large: Person):
    slot = {"of": "staff:s1", "day": "1", "period": "1", "seen": ""}
    _select(large.get(f"/office/timetable/lesson?{urlencode(slot)}").text, "staff")
    form = large.post("/office/timetable/lesson", **slot, subject="Latin", **_typed("group", "11/114"))
    assert 'value="Latin"' in form.text
    assert "11/114<" in _select(form.text, "group")
    assert db.session.query(TimetableEntry).count() == 0


def _typed(field: str, text: str) -> dict[str, str]:
    return {f"{field}-typed": text, "find": field}


def _select(text: str, field: str) -> str:
    """The choices of one field, few enough to read."""
    found = next(one for one in SELECT.findall(text) if f'id="{field}"' in one)
    assert found.count("<option") <= MOST + 2
    return found
