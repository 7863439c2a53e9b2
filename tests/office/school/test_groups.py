"""Groups at the desk, and who is in them."""

import pytest
from flask import Flask

from tests.builders import create_tablet
from tests.hostile import hostile_strings
from tests.office.conftest import Person
from tests.office.crawl import Page
from tests.office.school.conftest import trail
from webapp.domain.text.text import clean
from webapp.models import Group, Student, db
from webapp.sync.log.revisions import writing


def test_groups_are_listed_with_how_many_are_in_them(office: Person):
    assert "Key stage 3, 2 students" in office.get("/office/groups").text


def test_a_group_is_added_and_renamed_and_tablets_hear_of_it(app: Flask, office: Person):
    tablet = create_tablet(app, "office")
    assert office.post("/office/groups", name="8C", key_stage="3").location == "/office/groups/group/8C"
    office.post("/office/groups/group/8C", name="Oak", key_stage="3")
    db.session.rollback()
    assert db.session.get_one(Group, "8C").name == "Oak"
    tablet.pull()
    assert tablet.rows["groups", "8C"]["name"] == "Oak"
    assert trail()[-2:] == [("office", "group.add", "group:8C"), ("office", "group.change", "group:8C")]


def test_students_move_and_those_of_other_groups_stay(office: Person):
    office.post("/office/groups/move/8B", student=["1", "3"], to="9H")
    db.session.rollback()
    assert [student.group_id for student in db.session.query(Student).order_by(Student.id)] == ["9H", "8B", "9H"]
    assert trail() == [("office", "student.move", "student:1")]


@pytest.mark.parametrize(
    ("path", "form", "words"),
    [
        ("", {"name": " ", "key_stage": "3"}, "The name is missing."),
        ("", {"name": "8B", "key_stage": "3"}, "Another group has this name."),
        ("/group/9H", {"name": "8B", "key_stage": "3"}, "Another group has this name."),
        ("", {"name": "8" * 61, "key_stage": "3"}, "The name must have at most 60 letters."),
        ("", {"name": "8C", "key_stage": "9"}, "Choose a key stage."),
        ("/move/8B", {"student": "1", "to": "8B"}, "Choose the group they move to."),
        ("/move/8B", {"to": "9H"}, "Tick who moves."),
    ],
)
def test_what_cannot_be_is_refused(office: Person, path: str, form: dict[str, str], words: str):
    answer = office.post(f"/office/groups{path}", **form)
    assert answer.status_code == 422
    assert words in answer.text
    assert trail() == []


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_page_opens_whatever_its_group_period_or_person_is_called(office: Person):
    hostile = [clean(text.encode(errors="replace").decode()) for text in hostile_strings()[:40]]
    awkward = ["10A/Ma1", "/8A", "8A/", "8//A", ".", "..", "...", "8?A", "8#A", "8%2FA", "8=2FA", "8\\A", "9" * 60]
    names = list(dict.fromkeys([*awkward, *filter(None, hostile)]))
    with writing() as revs:
        db.session.add_all(Group(id=name, name=name, key_stage=3, rev=revs.next()) for name in names)
    links = [link for link in Page("/office/groups", office.get("/office/groups").text).links if "/group/" in link]
    assert len(links) == len(names) + 2
    assert {link: answer.status_code for link in links if (answer := office.get(link)).status_code != 200} == {}
    office.post("/office/bells/new", period="5/6 ?", start="12:00", end="12:45", kind="lunch")
    office.post("/office/staff/new", username="jo/reid", surname="Reid", forename="Jo", role="tutor")
    for address, action in (("/office/bells", "/period/5=2F6 =3F"), ("/office/staff", "/person/jo=2Freid")):
        link = next(link for link in Page(address, office.get(address).text).links if "=2F" in link)
        page = office.get(link)
        assert page.status_code == 200
        assert f'action="{address}{action}"' in page.text
