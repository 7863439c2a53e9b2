"""The desk's pages over whole requests."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.builders import (
    PASSWORD,
    Tablet,
    create_group,
    create_lesson,
    create_staff,
    create_student,
    create_tablet,
    create_year,
)
from webapp.models import Score, db

HOSTILE = '"><img src=x onerror=alert(1)>'


@pytest.fixture
def tablet(app: Flask) -> Tablet:
    create_year()
    create_group()
    create_staff()
    create_staff("c.quartey", role="head")
    create_student()
    create_lesson()
    return create_tablet(app)


@pytest.fixture
def desk(app: Flask, tablet: Tablet) -> FlaskClient:
    client = app.test_client()
    client.post("/sign-in", data={"username": "c.quartey", "password": PASSWORD})
    return client


def test_a_code_shown_at_the_desk_enrols_a_tablet(app: Flask, desk: FlaskClient) -> None:
    page = desk.post("/office/tablets/code", data={"duty": "floor"}).text
    code = page.split('<p class="big num">')[1].split("</p>")[0]
    answer = app.test_client().post("/sync/v1/enrol", json={"code": code, "name": "Year 8 trolley"})
    assert answer.status_code == 200
    assert "Year 8 trolley" in desk.get("/office/tablets").text


def test_a_tablet_taken_out_of_use_reads_nothing_and_what_it_recorded_is_listed(
    tablet: Tablet, desk: FlaskClient
) -> None:
    desk.post(f"/office/tablets/{tablet.device}/revoke")
    tablet.mark(1, 1, 4)
    assert tablet.push().status_code == 401
    assert tablet.client.get("/sync/v1/pull").status_code == 401
    assert "no longer enrolled" in desk.get("/office/attention").text


def test_what_it_recorded_is_named_in_words_and_counts_once_it_is_accepted(tablet: Tablet, desk: FlaskClient) -> None:
    tablet.mark(1, 1, 4)
    tablet.mark(1, 1, 5)
    desk.post(f"/office/tablets/{tablet.device}/revoke")
    tablet.push()
    page = desk.get("/office/attention").text
    assert "Zoë Okafor, Maths, Tue 3 March, period 1, 4 Creative" in page
    assert "Accept all 2" in page
    desk.post("/office/attention/settle", data={"kind": "quarantine.accept", "name": ["1", "2"]})
    assert "Nothing needs attention" in desk.get("/office/attention").text
    assert db.session.query(Score).one().mark == "5"


def test_a_refused_entry_is_listed_until_settled(tablet: Tablet, desk: FlaskClient) -> None:
    tablet.mark(99, 1, 4)
    tablet.push()
    assert "This student is not known" in desk.get("/office/attention").text
    name = f"{tablet.device}.{tablet.incarnation}.1"
    desk.post("/office/attention/settle", data={"kind": "refusal.settle", "name": name})
    assert "Nothing needs attention" in desk.get("/office/attention").text
    tablet.pull()
    assert tablet.table("refusals") == {}


def test_a_quarantined_entry_is_listed_until_settled(tablet: Tablet, desk: FlaskClient) -> None:
    tablet.mark(1, 1, 4)
    tablet.push()
    tablet.push([tablet.ops[0] | {"body": {"student": "1", "lesson": "1", "mark": 5}}])
    assert "two different entries" in desk.get("/office/attention").text
    desk.post("/office/attention/settle", data={"kind": "quarantine.settle", "name": "1"})
    assert "Nothing needs attention" in desk.get("/office/attention").text


def test_two_marks_by_people_who_could_not_know_of_each_other_are_listed(
    app: Flask, tablet: Tablet, desk: FlaskClient
) -> None:
    other = create_tablet(app, staff="c.quartey")
    tablet.mark(1, 1, 4)
    other.mark(1, 1, 2)
    tablet.push()
    other.push()
    assert "Two people gave different marks" in desk.get("/office/attention").text
    other.pull()
    other.mark(1, 1, 3)
    other.push()
    assert "Nothing needs attention" in desk.get("/office/attention").text


def test_two_marks_in_one_period_are_listed_until_one_is_taken_away(tablet: Tablet, desk: FlaskClient) -> None:
    """As of a guest who is marked in both lessons."""
    create_group("8/Ma1")
    create_lesson(group="8/Ma1", subject="Set work")
    tablet.mark(1, 1, 4)
    tablet.record("lesson.guest", {"lesson": "2", "student": "1"})
    tablet.mark(1, 2, 2)
    tablet.push()
    page = desk.get("/office/attention").text
    assert "Two marks in one period" in page
    assert "Take away 4 Creative in Maths, 8B" in page
    given = {"mark": "none", "why": "Marked twice in one period"}
    assert desk.post("/office/corrections/mark/1/2", data=given).status_code in (302, 303)
    assert "Nothing needs attention" in desk.get("/office/attention").text


def test_what_a_tablet_sent_reaches_the_page_escaped(tablet: Tablet, desk: FlaskClient) -> None:
    tablet.record("score.record", {"student": HOSTILE, "lesson": HOSTILE, "mark": HOSTILE})
    tablet.push()
    page = desk.get("/office/attention").text
    assert HOSTILE not in page
    assert "&lt;img" in page


def test_a_teacher_is_not_shown_the_desk(app: Flask, tablet: Tablet) -> None:
    teacher = app.test_client()
    teacher.post("/sign-in", data={"username": "a.adeyemi", "password": PASSWORD})
    assert teacher.get("/office/tablets").status_code == 403


def test_taking_up_a_name_with_one_tap_does_not_open_the_desk(tablet: Tablet) -> None:
    tablet.sign_in("c.quartey")
    tablet.sign_in("a.adeyemi")
    assert tablet.client.post("/hold", data={"staff": "c.quartey"}).location == "/"
    assert tablet.client.get("/office/tablets").location == "/sign-in"
    answer = tablet.client.post("/sign-in", data={"username": "c.quartey", "password": PASSWORD})
    assert answer.location == "/office/tablets"
