from flask import Flask
from flask.testing import FlaskClient

from tests.builders import PASSWORD, create_staff
from tests.floor.requests import HX, body
from webapp.models import Assist, Operation, Stay, db


def enter(client: FlaskClient) -> str:
    """Zoë is in Hazel with Ada; the address of the stay."""
    client.post("/spaces/ask", data={"space": "hazel", "student": "1", "what": "enter"})
    return f"/stay/{db.session.query(Stay).one().id}"


def test_a_space_is_asked_for_in_three_taps(client: FlaskClient) -> None:
    assert 'href="/spaces"' in body(client, "/today")
    assert 'href="/spaces/hazel/ask"' in body(client, "/spaces")
    assert '<button name="student" value="1">' in body(client, "/spaces/hazel/ask")
    answer = client.post("/spaces/ask", data={"space": "hazel", "student": "1", "what": "ask", "why": ""})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/spaces")
    page = body(client, "/spaces")
    assert "Asked by Ada Adeyemi" in page
    assert 'aria-label="We are in Hazel with Zoë Okafor"' in page


def test_a_space_is_asked_for_from_the_page_of_a_student(client: FlaskClient) -> None:
    answer = client.post("/student/1/ask", data={"space": "hazel"}, headers=HX)
    assert answer.text.startswith('<div id="screen"')
    assert "Asked for Hazel" in answer.text


def test_a_stay_ends_with_the_answer_and_leads_back_to_the_board(client: FlaskClient) -> None:
    stay = enter(client)
    assert "In use · just now" in body(client, "/spaces")
    answer = client.post(f"{stay}/leave", data={"free": "no", "helped-quiet": "on"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/spaces")
    assert "Zoë Okafor has left Hazel." in body(client, "/spaces")
    assert "Zoë Okafor left: 10:21." in body(client, stay)


def test_leaving_without_the_answer_records_nothing_and_keeps_what_was_filled_in(client: FlaskClient) -> None:
    stay = enter(client)
    answer = client.post(f"{stay}/leave", data={"helped-music": "on"})
    assert answer.status_code == 422
    assert "<title>Error: Zoë Okafor · Reachable</title>" in answer.text
    assert '<a href="#free-yes">Say whether the student was free to leave throughout.</a>' in answer.text
    assert 'name="helped-music" checked' in answer.text
    assert db.session.query(Operation).count() == 1


def test_handing_over_shows_the_stay_again(client: FlaskClient) -> None:
    create_staff("ben", forename="Ben", surname="Bo")
    stay = enter(client)
    answer = client.post(f"{stay}/handover", data={"staff": "ben"})
    assert answer.headers["Location"] == stay
    assert "With Ben Bo since 10:21" in body(client, stay)


def test_a_call_for_help_shows_on_every_screen_of_those_on_call(client: FlaskClient, classroom: Flask) -> None:
    create_staff("ben", forename="Ben", surname="Bo")
    client.post("/spaces/assist", data={"place": "Gym", "message": "Two of us"})
    other = classroom.test_client()
    words = "10:21 Ada Adeyemi calls for help: Gym. Two of us"
    other.post("/sign-in", data={"username": "ben", "password": PASSWORD})
    assert words not in body(other, "/today")
    other.post("/sign-in", data={"username": "ben", "password": PASSWORD, "on_call": "on"})
    assert words in body(other, "/today")
    call = db.session.query(Assist).one().id
    assert words not in other.post("/spaces/hear", data={"call": call}, headers=HX).text
    assert "Heard by Ben Bo" in body(client, "/spaces")
