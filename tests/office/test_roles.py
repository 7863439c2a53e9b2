"""Who makes whom what: nobody changes a role above their own, by no door, and somebody stays who looks after all."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from markupsafe import escape

from tests.builders import create_staff
from tests.office.conftest import Person, Sign
from webapp.domain.access.guesses import STAFF, Key
from webapp.domain.access.roles import LOOK_AFTER_ALL, ROLES, SECOND_FACTOR_ROLES
from webapp.imports import KINDS, Source, import_content
from webapp.imports.undo.undo import undo
from webapp.models import ImportRun, Staff, db
from webapp.sync.devices.rate_limit import QUARTER, RateLimit
from webapp.sync.log.revisions import writing

BELOW = ("office", "senior-leader")
WHO = "m.osei"


def staff() -> Staff:
    db.session.rollback()
    return db.session.get_one(Staff, WHO)


def form(role: str, **change: str) -> dict[str, str]:
    return {"username": WHO, "surname": "Osei", "forename": "Mo", "role": role, "left": ""} | change


def by_the_form(by: Person, role: str) -> None:
    by.post(f"/office/staff/person/{WHO}", **form(role))


def by_a_file(by: Person, role: str) -> None:
    line = f"username,surname,forename,role\n{WHO},Osei,Mo,{role}\n"
    import_content(KINDS["staff"], line.encode(), source=Source("staff.csv", by.username))


def by_undoing(by: Person, role: str) -> None:
    """Somebody who may has brought them from the role that is wanted to what they are."""
    now = staff().role
    with writing():
        staff().role = role
    by_a_file(Person(by.client.application, "administrator"), now)
    undo(db.session.query(ImportRun).order_by(ImportRun.id.desc()).first().id, by.username)  # type: ignore[union-attr]


Door = Callable[[Person, str], None]
DOORS: tuple[Door, ...] = (by_the_form, by_a_file, by_undoing)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("by", BELOW)
@pytest.mark.parametrize("above", LOOK_AFTER_ALL)
def test_nobody_below_makes_or_unmakes_those_above(sign_in: Sign, door: Door, by: str, above: str):
    person = sign_in(by)
    create_staff(WHO, "teacher", surname="Osei", forename="Mo")
    door(person, above)
    assert staff().role == "teacher"
    with writing():
        staff().role = above
    door(person, "teacher")
    assert staff().role == above


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("role", [role for role in ROLES if role in SECOND_FACTOR_ROLES])
def test_the_head_gives_every_role(sign_in: Sign, door: Door, role: str):
    person = sign_in("head")
    create_staff(WHO, "teacher", surname="Osei", forename="Mo")
    door(person, role)
    assert staff().role == role


@pytest.mark.parametrize("by", BELOW)
@pytest.mark.parametrize("above", LOOK_AFTER_ALL)
@pytest.mark.parametrize("change", [{"left": "2026-03-03"}, {"left": "2027-01-01"}, {"username": "mine"}])
def test_nor_locks_them_out(sign_in: Sign, by: str, above: str, change: dict[str, str]):
    create_staff(WHO, above, surname="Osei", forename="Mo")
    answer = sign_in(by).post(f"/office/staff/person/{WHO}", **form(above, **change))
    assert answer.status_code == 422
    assert (staff().username, staff().left) == (WHO, None)


@pytest.mark.parametrize("other", LOOK_AFTER_ALL)
def test_the_last_who_looks_after_all_stays(sign_in: Sign, other: str):
    """Two who note of each other that they leave would leave nobody."""
    head = sign_in("head")
    create_staff(WHO, other, surname="Osei", forename="Mo")
    with writing():
        db.session.get_one(Staff, "head").left = date(2026, 7, 1)
    for change in (form(other, left="2026-07-01"), form("teacher")):
        answer = head.post(f"/office/staff/person/{WHO}", **change)
        assert answer.status_code == 422
        assert "Nobody would be left of the head and administrators" in answer.text
    with writing():
        db.session.get_one(Staff, "head").left = None
    assert head.post(f"/office/staff/person/{WHO}", **form("teacher")).status_code == 303


def test_whoever_cannot_sign_in_looks_after_nobody(sign_in: Sign):
    head = sign_in("head")
    create_staff(WHO, "administrator", surname="Osei", forename="Mo")
    create_staff("n.new", "administrator")
    with writing():
        db.session.get_one(Staff, "n.new").password_hash = None
        db.session.get_one(Staff, "head").left = date(2026, 7, 1)
    assert head.post(f"/office/staff/person/{WHO}", **form("teacher")).status_code == 422


def test_the_last_is_not_taken_by_a_file_or_by_undoing_one(app: Flask, people: None):
    create_staff(WHO, "administrator", surname="Osei", forename="Mo")
    line = f"username,surname,forename,role\n{WHO},Osei,Mo,teacher\n"
    (problem,) = import_content(KINDS["staff"], line.encode()).problems
    assert "nobody would be left" in problem.expected
    with writing():
        staff().role = "teacher"
    run = import_content(KINDS["staff"], line.replace("teacher", "administrator").encode()).run
    assert run
    refusal = undo(run, "")
    assert refusal
    assert refusal.reason == "last-head"
    assert staff().role == "administrator"


def test_nobody_gets_their_own_role_back_by_undoing(app: Flask, sign_in: Sign):
    sign_in("administrator")
    create_staff(WHO, "administrator", surname="Osei", forename="Mo")
    by_a_file(Person(app, "administrator"), "head")
    run = db.session.query(ImportRun).one()
    refusal = undo(run.id, WHO)
    assert refusal
    assert refusal.reason == "not-allowed"
    assert staff().role == "head"


@pytest.mark.parametrize(("role", "status"), [("teacher", 303), ("head", 403), ("sendco", 403), ("office", 403)])
def test_the_office_ends_lock_outs_of_those_it_looks_after(app: Flask, sign_in: Sign, role: str, status: int):
    create_staff(WHO, role, surname="Osei", forename="Mo")
    key = Key("password", STAFF, WHO)
    with writing():
        for _ in range(5):
            RateLimit(5, QUARTER).count(key, app.config["CLOCK"].now)
    office = sign_in("office")
    page = office.get("/office/accounts/").text
    assert "Passwords of Mo Osei" in page
    assert (f'value="{escape(key.text)}"' in page) == (status == 303)
    assert office.post("/office/accounts/unlock", key=key.text).status_code == status
    assert sign_in("head").post("/office/accounts/unlock", key=key.text).status_code == 303
