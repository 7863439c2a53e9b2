"""Records due: what leaders have to write, and by when."""

from datetime import date, timedelta

import pytest
from flask import Flask

from tests.builders_spaces import TUESDAY, create_record
from tests.office.conftest import Person, Sign
from webapp.domain.access.rights import LEADERS
from webapp.domain.access.roles import ROLES
from webapp.models import Restraint, db
from webapp.office.today.records import clock_of


@pytest.fixture
def leader(sign_in: Sign) -> Person:
    return sign_in("safeguarding-lead")


def test_a_record_is_due_on_the_day_and_overdue_from_the_next(app: Flask, leader: Person):
    create_record()
    page = leader.get("/office/records").text
    assert "<bdi>Zoë Okafor</bdi></b>, Hazel" in page
    assert "Tue 3 March, 10:05 to 10:25, with <bdi>Ada Adeyemi</bdi>" in page
    assert "due today" in page
    app.config["CLOCK"].move(days=1)
    leader.sign_in()
    assert "overdue since Tue 3 March" in leader.get("/office/records").text


def test_a_completed_record_leaves_the_list_and_says_who_wrote_it(leader: Person):
    name = create_record()
    assert leader.post("/office/records/complete", record=name).location == "/office/records"
    page = leader.get("/office/records").text
    assert "No record is due" in page
    assert "Completed by Kit Safeguarding-Lead, Tue 3 March" in page
    leader.post("/office/records/complete", record=name)
    assert db.session.query(Restraint).one().completed_by == "safeguarding-lead"


def test_the_oldest_comes_first(leader: Person):
    create_record(student=2)
    create_record(TUESDAY - timedelta(days=1))
    page = leader.get("/office/records").text
    assert page.index("overdue since Mon 2 March") < page.index("due today")
    assert page.index("Zoë Okafor") < page.index("Inaya Begum")


def test_records_completed_in_an_earlier_half_term_are_not_shown(app: Flask, leader: Person):
    leader.post("/office/records/complete", record=create_record(date(2026, 2, 2)))
    with app.app_context():
        record = db.session.query(Restraint).one()
        assert record.completed_at is not None
        record.completed_at -= timedelta(days=20)
        db.session.commit()
    page = leader.get("/office/records").text
    assert "No record is due" in page
    assert "Zoë Okafor" not in page


def test_a_stay_with_nobody_named_says_so(leader: Person):
    create_record(staff=None)
    assert "with <bdi>nobody named</bdi>" in leader.get("/office/records").text


def test_a_record_due_later_names_its_day():
    assert clock_of(TUESDAY + timedelta(days=1), TUESDAY) == "due Wed 4 March"


@pytest.mark.parametrize("name", ["", "d1.a1.1", "junk", "\x00"])
def test_completing_what_there_is_not_changes_nothing(leader: Person, name: str):
    assert leader.post("/office/records/complete", record=name).location == "/office/records"
    assert db.session.query(Restraint).count() == 0


def test_records_are_for_leaders_alone(sign_in: Sign):
    name = create_record()
    for role in ROLES:
        person = sign_in(role)
        allowed = role in LEADERS
        assert (role, person.get("/office/records").status_code) == (role, 200 if allowed else 403)
        if not allowed:
            assert person.post("/office/records/complete", record=name).status_code == 403
    assert db.session.query(Restraint).one().completed_at is None
