"""Members of staff at the desk: who joins, what they may do, whose they are responsible for, and who has left."""

from typing import Any

import pytest
from flask import Flask, g

from tests.builders import PASSWORD, create_staff
from tests.office.conftest import Person
from tests.office.school.conftest import trail
from webapp.models import Responsibility, Staff, db

NEW = {"username": "m.osei", "surname": "Osei", "forename": "Mo", "role": "tutor"}
OFFICE = {"username": "office", "surname": "Office", "forename": "Kit", "role": "office"}


def staff(person: str) -> Staff:
    db.session.rollback()
    return db.session.get_one(Staff, person)


def groups() -> list[str]:
    db.session.rollback()
    return sorted(row.group_id for row in db.session.query(Responsibility).filter_by(staff_id="w.kowal"))


def test_somebody_new_is_added_and_listed(office: Person):
    assert office.post("/office/staff/new", **NEW).location == "/office/staff/person/m.osei"
    assert "<bdi>Mo Osei</bdi>" in office.get("/office/staff").text
    assert staff("m.osei").role == "tutor"
    assert trail() == [("office", "staff.add", "staff:m.osei")]


def test_a_changed_username_keeps_the_person(office: Person):
    office.post("/office/staff/person/w.kowal", **NEW | {"username": "w.nowak"})
    assert staff("w.kowal").username == "w.nowak"
    office.post("/office/staff/new", **NEW | {"username": "w.kowal"})
    assert staff("w.kowal~2").username == "w.kowal"


def test_who_has_left_is_listed_apart_and_cannot_sign_in(app: Flask, office: Person):
    create_staff("p.lane", "teacher", surname="Lane", forename="Pat")
    form = {"username": "p.lane", "surname": "Lane", "forename": "Pat", "role": "teacher"}
    assert signs_in(app, "p.lane")
    g.pop("_login_user", None)
    office.post("/office/staff/person/p.lane", **form, left="2026-03-03")
    assert "Left on Tue 3 March 2026" in office.get("/office/staff").text
    assert not signs_in(app, "p.lane")


def signs_in(app: Flask, username: str) -> bool:
    g.pop("_login_user", None)
    return app.test_client().post("/sign-in", data={"username": username, "password": PASSWORD}).status_code in {
        302,
        303,
    }


def test_groups_are_given_one_by_one_or_a_year_at_a_time(office: Person):
    office.post("/office/staff/person/w.kowal/groups", group=["8B"])
    assert groups() == ["8B"]
    office.post("/office/staff/person/w.kowal/groups", year="9")
    assert groups() == ["8B", "9H"]
    assert trail() == [("office", "staff.groups", "staff:w.kowal")] * 2


@pytest.mark.parametrize(
    ("path", "form", "field", "words"),
    [
        ("new", NEW | {"surname": ""}, "surname", "The surname is missing."),
        ("new", NEW | {"username": "a.adeyemi"}, "username", "Somebody else has this username."),
        (
            "new",
            NEW | {"role": "head"},
            "role",
            "Only the head and administrators give or take this role, and nobody their own.",
        ),
        ("person/w.kowal", NEW | {"left": "soon"}, "left", "The day must be a date such as 2026-03-27."),
        ("person/office", OFFICE | {"left": "2026-03-03"}, "left", "Ask a colleague to note that you leave."),
        ("person/office", OFFICE | {"role": "teacher"}, "role", "Only the leadership team give or take this role,"),
    ],
)
def test_what_cannot_be_is_refused(office: Person, path: str, form: dict[str, Any], field: str, words: str):
    answer = office.post(f"/office/staff/{path}", **form)
    assert answer.status_code == 422
    assert f'<a href="#{field}">{words}' in answer.text
    assert trail() == []


def test_no_leader_takes_their_own_role_away(app: Flask, office: Person):
    head = Person(app, "administrator")
    form = {"username": "administrator", "surname": "Administrator", "forename": "Kit", "role": "office"}
    assert head.post("/office/staff/person/administrator", **form).status_code == 422
    assert staff("administrator").role == "administrator"


HEAD = {"username": "head", "surname": "Head", "forename": "Kit", "role": "head", "left": ""}


@pytest.mark.parametrize("change", [{"username": "mine"}, {"left": "2026-03-03"}])
def test_whoever_may_not_give_a_role_cannot_lock_its_holder_out(office: Person, change: dict[str, str]):
    create_staff("head", "head", surname="Head", forename="Kit")
    answer = office.post("/office/staff/person/head", **HEAD | change)
    assert answer.status_code == 422
    assert "Only the head and administrators change this of somebody with this role." in answer.text
    assert trail() == []
    assert office.post("/office/staff/person/head", **HEAD | {"surname": "Quartey"}).status_code == 303
    app = office.client.application
    create_staff("deputy", "senior-leader")
    assert Person(app, "deputy").post("/office/staff/person/head", **HEAD | change).status_code == 422
    assert Person(app, "administrator").post("/office/staff/person/head", **HEAD | change).location
    assert (staff("head").username, str(staff("head").left)) != ("head", "None")


def test_names_are_shown_as_they_are_typed(office: Person):
    office.post("/office/staff/new", **NEW | {"surname": "<img src=x>"})
    assert "<img src=x>" not in office.get("/office/staff").text
    assert "&lt;img src=x&gt;" in office.get("/office/staff").text
