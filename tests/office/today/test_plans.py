"""Plans made, listed and ended at the desk."""

from datetime import date

import pytest
from flask import Flask

from tests.builders import create_student
from tests.office.conftest import Person, Sign
from webapp.domain.access.rights import DESK
from webapp.domain.access.roles import ROLES
from webapp.models import Operation, Plan, db

FORM = {
    "space": "hazel",
    "kind": "anger-management",
    "weekday": "4",
    "starts": "10:40",
    "ends": "11:20",
    "first": "2026-03-05",
    "last": "",
    "staff": "a.adeyemi",
    "students": ["1", "3"],
}


@pytest.fixture
def office(sign_in: Sign) -> Person:
    return sign_in("office")


def test_a_plan_made_is_listed_and_ends(office: Person):
    assert "Nothing is planned" in office.get("/office/plans").text
    assert office.post("/office/plans", **FORM).location == "/office/plans"
    page = office.get("/office/plans").text
    assert "Hazel: Anger management" in page
    assert "Thursdays, 10:40 to 11:20" in page
    assert "<bdi>Zoë Okafor</bdi>, <bdi>Cai Price</bdi>, with <bdi>Ada Adeyemi</bdi>" in page
    assert "from Thu 5 March until further notice" in page
    plan = db.session.query(Plan).one()
    assert (plan.by, plan.students) == ("office", '["1", "3"]')
    assert office.post("/office/plans/end", plan=plan.id).location == "/office/plans"
    page = office.get("/office/plans").text
    assert "Nothing is planned" in page
    assert "ended on Tue 3 March" in page


def test_a_plan_past_its_last_day_is_over(app: Flask, office: Person):
    office.post("/office/plans", **FORM | {"last": "2026-03-05"})
    assert "until Thu 5 March" in office.get("/office/plans").text
    app.config["CLOCK"].move(days=3)
    office.sign_in()
    page = office.get("/office/plans").text
    assert "Nothing is planned" in page
    assert "Over (1)" in page


def test_a_form_left_empty_names_every_field_and_stores_nothing(office: Person):
    answer = office.post("/office/plans", space="")
    assert answer.status_code == 422
    assert "<title>Error: Plans" in answer.text
    for field in ("space", "kind", "weekday", "starts", "ends", "first", "staff", "students"):
        assert f'<a href="#{field}">' in answer.text
        assert f'id="{field}"' in answer.text
        assert f'id="{field}-wrong"' in answer.text
    assert '<a href="#last">' not in answer.text
    assert db.session.query(Operation).count() == 0


def test_what_was_typed_stays_when_something_is_wrong(office: Person):
    page = office.post("/office/plans", **FORM | {"ends": "10:00", "last": "2026-03-01"}).text
    assert "It must end later than it starts." in page
    assert "not before the first" in page
    assert '<option value="hazel" selected>' in page
    assert '<option value="4" selected>' in page
    assert 'value="10:40"' in page
    assert page.count("checked>") == 2


def test_the_first_day_is_today_unless_somebody_says_otherwise(office: Person):
    assert 'value="2026-03-03"' in office.get("/office/plans").text


def test_only_spaces_for_plans_and_students_on_roll_are_offered(office: Person):
    create_student("Gone", "Away", left=date(2026, 3, 3))
    page = office.get("/office/plans").text
    assert 'value="hazel"' in page
    assert 'value="chestnut"' not in page
    fields = {name: {"students-typed": name, "find": "students"} for name in ("away", "khan")}
    looked_for = {name: office.post("/office/plans", **typed).text for name, typed in fields.items()}
    assert "Gone Away" not in looked_for["away"]
    assert "Ali Khan" in looked_for["khan"]


@pytest.mark.parametrize("plan", ["", "nonsense", "d1.a1.1", "\x00"])
def test_ending_what_there_is_not_changes_nothing(office: Person, plan: str):
    assert office.post("/office/plans/end", plan=plan).location == "/office/plans"
    assert db.session.query(Plan).count() == 0


def test_plans_are_the_desks(sign_in: Sign):
    for role in ROLES:
        expected = 200 if role in DESK else 403
        person = sign_in(role)
        assert (role, person.get("/office/plans").status_code) == (role, expected)
        made = person.post("/office/plans", **FORM).status_code
        assert (role, made) == (role, 303 if role in DESK else 403)
