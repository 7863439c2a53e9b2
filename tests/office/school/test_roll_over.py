"""The year roll-over: prepared in March for September, waiting until then, and taken back as one change."""

import json
from datetime import date

import pytest
from flask import Flask

from tests.conftest import TUESDAY_MORNING
from tests.office.conftest import Person
from tests.office.school.conftest import trail
from webapp.domain.time.roll_over import next_name
from webapp.models import Group, Membership, RollOver, Student, db
from webapp.sync.tables.rolling import roll

DAY = {"day": "2026-09-01", "leaving": "2026-07-18"}
FORM = DAY | {"to-0": "9B", "to-1": "", "leaves-1": "on"}


@pytest.mark.parametrize(
    ("name", "year", "then"),
    [("8H", 8, "9H"), ("Year 8 Oak", 8, "Year 9 Oak"), ("Oak", 8, "Oak"), ("10C", 10, "11C"), ("8x/Ma8", 8, "9x/Ma8")],
)
def test_a_class_is_called_after_the_next_year(name: str, year: int, then: str):
    assert next_name(name, year) == then


def standing() -> list[tuple[str, int, str, date | None]]:
    db.session.rollback()
    return [(one.upn, one.year, one.group_id, one.left) for one in db.session.query(Student).order_by(Student.id)]


BEFORE = [("A1", 8, "8B", None), ("A2", 8, "8B", None), ("A3", 9, "9H", None)]
UNTIL = [("A1", 8, "8B", None), ("A2", 8, "8B", None), ("A3", 9, "9H", date(2026, 7, 18))]
AFTER = [("A1", 9, "9B", None), ("A2", 9, "9B", None), ("A3", 9, "9H", date(2026, 7, 18))]


def prepare(office: Person) -> int:
    page = office.get("/office/roll-over").text
    assert 'value="9B"' in page
    assert 'name="leaves-1" checked' in page
    said = office.post("/office/roll-over", **FORM).text
    for sentence in (
        "2 students go up a year",
        "8B becomes 9B: 2 students.",
        "9H leaves: 1 student",
        "New classes: 9B.",
    ):
        assert sentence in said
    assert standing() == BEFORE
    assert office.post("/office/roll-over", **FORM, sure="yes").status_code == 303
    id: int = db.session.query(RollOver.id).scalar()
    return id


def test_what_is_prepared_waits_until_its_day_and_can_be_undone(app: Flask, office: Person):
    memberships = db.session.query(Membership).count()
    id = prepare(office)
    assert standing() == UNTIL
    assert "It waits until that day" in office.get("/office/roll-over").text
    assert office.post("/office/roll-over", **FORM, sure="yes").status_code == 422
    office.post(f"/office/roll-over/{id}/undo")
    assert standing() == BEFORE
    assert (db.session.get(Group, "9B"), db.session.query(Membership).count()) == (None, memberships)
    assert [event for _, event, _ in trail()[-2:]] == ["school.roll-over", "school.roll-over-undo"]


def test_on_the_day_everybody_is_a_year_older_once(app: Flask, office: Person):
    id = prepare(office)
    app.config["CLOCK"].now = TUESDAY_MORNING.replace(month=9, day=1)
    for _ in range(2):
        roll()
        assert standing() == AFTER
    office.sign_in()
    office.post(f"/office/roll-over/{id}/undo")
    assert standing() == BEFORE
    assert json.loads(db.session.get_one(RollOver, id).students) == [1, 2]


@pytest.mark.parametrize(
    ("wrong", "field"), [({"day": ""}, "day"), ({"leaving": "2026-09-02"}, "leaving"), ({"to-0": ""}, "to-0")]
)
def test_what_is_wrong_is_said_at_its_field(office: Person, wrong: dict[str, str], field: str):
    answer = office.post("/office/roll-over", **(FORM | wrong), sure="yes")
    assert (answer.status_code, f'href="#{field}"' in answer.text) == (422, True)
    assert standing() == BEFORE
