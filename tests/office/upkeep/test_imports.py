"""The desk's pages of imports over whole requests."""

import io
import re
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.imports.conftest import CALENDAR, PERIODS, STUDENTS
from tests.office.conftest import Person, Sign
from webapp.models import ImportRun, Student, Upload, db
from webapp.office.upkeep.uploads import LARGEST


@pytest.fixture
def office(sign_in: Sign) -> Person:
    return sign_in("office")


def upload(person: Person, kind: str, content: str | bytes, name: str = "export.csv") -> TestResponse:
    data = content.encode() if isinstance(content, str) else content
    answer = person.post("/office/import", kind=kind, file=(io.BytesIO(data), name))
    answer.request.environ["wsgi.input"].close()  # a large one is a file, which the client leaves open
    return answer


def preview(person: Person, kind: str, content: str) -> tuple[str, TestResponse]:
    """Where a file is looked at, and that page."""
    where = upload(person, kind, content).location
    return where, person.get(where)


def students() -> dict[str, str]:
    """Legal names by UPN; whoever has a namesake is called something more."""
    named = db.session.query(Student)
    return {student.upn: f"{student.legal_forename} {student.legal_surname}" for student in named}


def rows_of(page: str) -> list[list[str]]:
    """The cells of a page's tables, row by row."""
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    return [[re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]


def test_a_file_is_looked_at_before_anything_happens(office: Person):
    before = students()
    where, page = preview(office, "students", STUDENTS)
    assert page.status_code == 200
    assert "3 lines: 3 new, 0 changed, 0 as they were." in page.text
    assert ["A1", "Okafor", "Zoë", "8", "8B"] in rows_of(page.text)
    assert students() == before
    assert office.post(f"{where}/import").status_code == 303
    assert students() == before | {"A1": "Zoë Okafor", "A2": "Inaya Begum", "A3": "Cai Price"}
    assert "export.csv" in office.get("/office/import").text
    assert office.get(where).status_code == 404


def test_a_change_says_what_becomes_what(office: Person):
    where, _ = preview(office, "students", STUDENTS)
    office.post(f"{where}/import")
    _, page = preview(office, "students", STUDENTS.replace("Inaya,8,8B", "Inaaya,9,9H"))
    assert "3 lines: 0 new, 1 changed, 2 as they were." in page.text
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.text))
    assert "Inaya Begum Legal forename: Inaya becomes Inaaya Year: 8 becomes 9 Group: 8B becomes 9H" in told


def test_a_file_with_nothing_new_cannot_be_imported(office: Person):
    where, _ = preview(office, "students", STUDENTS)
    office.post(f"{where}/import")
    _, page = preview(office, "students", STUDENTS)
    assert "nothing new in them" in page.text
    assert '/import"><button' not in page.text


def test_every_wrong_place_is_named_and_nothing_is_imported(office: Person):
    before = students()
    where, page = preview(office, "students", "UPN,Surname,Forename,Year,Reg\nA1,Okafor,Zoë,8,8B\nA 2,Begum,,X,8B\n")
    assert page.status_code == 422
    assert "<title>Error: Students" in page.text
    assert "3 places are wrong." in page.text
    assert rows_of(page.text)[1:4] == [
        ["3", "UPN", "A 2", "a UPN: up to 20 characters without spaces"],
        ["3", "Forename", "nothing", "a forename"],
        ["3", "Year", "X", "a year group such as 8, Year 8 or Y8"],
    ]
    assert office.post(f"{where}/import").status_code == 422
    assert students() == before


def test_an_unusual_heading_is_picked_by_hand_and_remembered_for_the_next_file(office: Person):
    content = STUDENTS.replace("Year", "Cohort")
    where, page = preview(office, "students", content)
    assert page.status_code == 422
    picked = {"upn": "UPN", "legal_surname": "Surname", "legal_forename": "Forename", "reg": "Reg"}
    office.post(f"{where}/columns", **picked, year="Cohort")
    assert office.get(where).status_code == 200
    _, page = preview(office, "students", content)
    assert page.status_code == 200
    assert "3 lines: 3 new" in page.text
    assert re.search(r'id="year".*?<option selected>Cohort', page.text, re.DOTALL)
    _, page = preview(office, "students", STUDENTS)
    assert page.status_code == 200


def test_a_column_can_be_left_out(office: Person):
    content = STUDENTS.replace("Reg\n", "Reg,Preferred Forename\n").replace("8B\n", "8B,Zed\n").replace("9H\n", "9H,\n")
    where, page = preview(office, "students", content)
    assert "Zed" in page.text
    picked = {"upn": "UPN", "legal_surname": "Surname", "legal_forename": "Forename", "year": "Year", "reg": "Reg"}
    office.post(f"{where}/columns", **picked)
    assert "Zed" not in "".join(cell for row in rows_of(office.get(where).text) for cell in row)


def test_lessons_that_follow_are_counted(office: Person):
    for kind, content in {"calendar": CALENDAR, "periods": PERIODS}.items():
        where, _ = preview(office, kind, content)
        office.post(f"{where}/import")
    _, page = preview(office, "timetable", "day,period,group,subject,staff\nTue,1,8B,Maths,a.adeyemi\n")
    assert re.search(r"\d+ new lessons in the calendar\.", page.text)


@pytest.mark.parametrize(
    ("form", "field"),
    [({"kind": "spells", "file": (io.BytesIO(b"x"), "x.csv")}, "kind"), ({"kind": "staff"}, "file")],
)
def test_what_the_form_lacks_is_named(office: Person, form: dict[str, Any], field: str):
    page = office.post("/office/import", **form)
    assert page.status_code == 422
    assert f'<a href="#{field}">' in page.text


@pytest.mark.parametrize("size", [LARGEST + 1, 17 * 1024 * 1024])
def test_a_file_that_is_too_large_is_answered_kindly(office: Person, size: int):
    page = upload(office, "staff", b"x" * size)
    assert page.status_code == 422
    assert "larger than 8 MB" in page.text


def test_nobody_else_sees_the_file_and_after_an_hour_it_is_gone(app: Flask, sign_in: Sign, office: Person):
    where, _ = preview(office, "students", STUDENTS)
    other = sign_in("head")
    assert other.get(where).status_code == 404
    assert other.post(f"{where}/import").status_code == 404
    app.config["CLOCK"].move(minutes=61)
    assert sign_in("office").get(where).status_code == 404
    upload(sign_in("head"), "students", STUDENTS)
    assert db.session.query(Upload).count() == 1


def test_what_a_file_says_reaches_the_page_escaped(office: Person):
    hostile = '"><img src=x onerror=alert(1)>'
    for content in (f"UPN,{hostile}\nA1,{hostile}\n", STUDENTS.replace("Zoë", hostile.replace('"', "'"))):
        _, page = preview(office, "students", content)
        assert "<img" not in page.text
    page = office.get(upload(office, "students", STUDENTS, "<img src=x>.csv").location)
    assert "<img" not in page.text


def test_a_dropped_file_is_forgotten(office: Person):
    where, _ = preview(office, "students", STUDENTS)
    assert office.post(f"{where}/drop").location == "/office/import"
    assert db.session.query(Upload).count() == 0
    assert db.session.query(ImportRun).count() == 0


def test_the_office_makes_no_leaders_by_a_file_and_nobody_changes_their_own_role(sign_in: Sign, office: Person):
    head = "username,surname,forename,role\n"
    promoted = head + "a.adeyemi,Adeyemi,Ada,head\n"
    _, page = preview(office, "staff", promoted)
    assert page.status_code == 422
    assert "only the head and administrators give or take this one" in page.text
    _, page = preview(office, "staff", head + "office,Office,Kit,teacher\n")
    assert "nobody changes their own role" in page.text
    leader = sign_in("head")
    where, page = preview(leader, "staff", promoted)
    assert page.status_code == 200
    run = leader.post(f"{where}/import").location
    answer = sign_in("office").post(f"{run}/undo")
    assert answer.status_code == 422
    assert "Only the leadership team" in answer.text
    assert sign_in("head").post(f"{run}/undo").status_code == 303
