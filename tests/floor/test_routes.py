from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.builders import (
    PASSWORD,
    Tablet,
    be_signed_in_for_ever,
    create_group,
    create_lesson,
    create_staff,
    create_student,
    create_tablet,
)
from tests.floor.requests import HX, body
from webapp.domain.access.roles import ROLES
from webapp.domain.operations import RIGHTS
from webapp.domain.time.moment import instant
from webapp.floor.both.parts.chrome import DUTIES
from webapp.floor.both.parts.viewer import Viewer
from webapp.floor.both.screens import (
    Screen,
    board,
    choose,
    lesson,
    sign_in,
    stay,
    student,
    today,
    waiting,
)
from webapp.floor.load.screens import load_screen
from webapp.models import Operation, db
from webapp.school import clock


def marks() -> list[tuple[str, Any]]:
    operations = db.session.query(Operation).order_by(Operation.seq)
    return [(operation.device_id, operation.body) for operation in operations]


def test_home_is_today(client: FlaskClient) -> None:
    assert client.get("/").headers["Location"] == "/today"
    assert "<h1><bdi hx-ignore>Tuesday 3 March</bdi></h1>" in body(client, "/today")


@pytest.mark.parametrize(
    ("duty", "home"), [("floor", "/today"), ("till", "/tuck"), ("reception", "/room"), ("door", "/room")]
)
def test_a_tablet_leads_to_what_it_is_for(classroom: Flask, duty: str, home: str) -> None:
    tablet = create_tablet(classroom, "ada", duty)
    assert tablet.client.post("/hold", data={"staff": "ada"}).location == "/"
    assert tablet.client.get("/").location == home


def test_whoever_may_not_mark_sees_no_buttons_for_it(classroom: Flask) -> None:
    assert {role for role in ROLES if not RIGHTS["score.record"].allows(role)} == set(DUTIES)
    create_staff("shelf", "tuck-shop")
    client = classroom.test_client()
    client.post("/sign-in", data={"username": "shelf", "password": PASSWORD})
    page = body(client, "/lesson/1")
    assert 'name="mark"' not in page
    assert "All Active" not in page
    assert "Criteria" not in page


def test_without_a_holder_every_screen_leads_to_the_sign_in(classroom: Flask) -> None:
    client = classroom.test_client()
    screens = ("/today", "/day/2026-03-03", "/lesson/1", "/student/1", "/waiting", "/spaces", "/spaces/hazel/ask")
    for url in (*screens, "/stay/browser.x.1"):
        answer = client.get(url)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")
    for url in ("/lesson/1/mark", "/lesson/1/all", "/lesson/1/undo", "/waiting/settle", "/spaces/assist"):
        assert client.post(url, data={"student": "1", "mark": "4"}).headers["Location"] == "/sign-in"
    assert marks() == []


def test_a_wrong_password_is_explained_and_the_username_kept(classroom: Flask) -> None:
    answer = classroom.test_client().post("/sign-in", data={"username": "ada", "password": "no"})
    assert answer.status_code == 422
    assert "<title>Error: Sign in · Reachable</title>" in answer.text
    assert 'value="ada"' in answer.text
    assert "no" not in answer.text.split('id="password"')[1].split(">")[0]


def test_signing_out_puts_the_screens_away(client: FlaskClient) -> None:
    client.post("/sign-out")
    assert client.get("/today").status_code == 303


def test_a_plain_form_marks_and_goes_back_to_the_lesson(client: FlaskClient) -> None:
    answer = client.post("/lesson/1/mark", data={"student": "1", "mark": "4"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/lesson/1")
    assert "1 of 2 marked" in body(client, "/lesson/1")


def test_htmx_gets_the_screen_and_nothing_around_it(client: FlaskClient) -> None:
    answer = client.post("/lesson/1/mark", data={"student": "1", "mark": "4"}, headers=HX)
    assert answer.text.startswith('<div id="screen"')
    assert answer.text.rstrip().endswith("</div>")
    assert answer.text.rstrip() in body(client, "/lesson/1")


def test_marks_from_a_browser_are_in_the_log_by_whoever_is_signed_in(client: FlaskClient) -> None:
    client.post("/lesson/1/mark", data={"student": "1", "mark": "4"})
    (operation,) = db.session.query(Operation).all()
    assert (operation.device_id, operation.by, operation.status) == ("browser", "ada", "applied")


def test_undo_takes_back_what_a_browser_marked(client: FlaskClient, classroom: Flask) -> None:
    client.post("/lesson/1/mark", data={"student": "1", "mark": "4"})
    classroom.config["CLOCK"].move(seconds=3)
    client.post("/lesson/1/all")
    assert "2 of 2 marked" in body(client, "/lesson/1")
    client.post("/lesson/1/undo")
    assert "1 of 2 marked" in body(client, "/lesson/1")
    client.post("/lesson/1/undo")
    client.post("/lesson/1/undo")
    assert "0 of 2 marked" in body(client, "/lesson/1")
    assert db.session.query(Operation).count() == 4


def test_nonsense_in_a_form_records_nothing(client: FlaskClient) -> None:
    for form in ({}, {"student": "1"}, {"student": "x", "mark": "4"}, {"student": "1", "mark": "9"}):
        assert client.post("/lesson/1/mark", data=form, headers=HX).status_code == 200
    assert marks() == []


@pytest.mark.parametrize(
    "url",
    [
        *("/lesson/2", "/lesson/x", "/lesson/1%00", "/student/9", "/student/1?week=x", "/day/2026-02-30", "/day/x"),
        *("/spaces/attic/ask", "/stay/browser.x.1", "/stay/%00"),
    ],
)
def test_what_is_not_on_the_floor_is_said_kindly(client: FlaskClient, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 404
    assert "We cannot show this here" in answer.text
    fragment = client.get(url, headers=HX).text
    assert fragment.startswith('<div id="screen">')


def test_hostile_names_are_escaped_wherever_they_stand(client: FlaskClient) -> None:
    create_student("<img src=x>", "\"'&{{ 7 * 7 }}")
    for url in ("/lesson/1", "/student/3"):
        page = body(client, url)
        assert "<img" not in page
        assert "&lt;img src=x&gt; &#34;&#39;&amp;{{ 7 * 7 }}" in page


def test_a_tablet_is_held_by_one_tap_by_those_signed_in_on_it(classroom: Flask) -> None:
    tablet = create_tablet(classroom, "ada")
    create_staff("ben", forename="Ben", surname="Bo")
    tablet.client.post("/sign-out")
    assert tablet.client.get("/today").status_code == 303
    assert tablet.client.post("/hold", data={"staff": "ben"}).status_code == 422
    assert tablet.client.post("/hold", data={"staff": "ada"}).headers["Location"] == "/"
    assert "Ada Adeyemi" in body(tablet.client, "/today")
    classroom.config["CLOCK"].move(days=8)
    assert tablet.client.get("/today").status_code == 303


def test_refused_entries_of_a_tablet_are_listed_until_settled(classroom: Flask) -> None:
    tablet = create_tablet(classroom, "ada")
    tablet.client.post("/hold", data={"staff": "ada"})
    tablet.mark(1, 1, 9)
    tablet.push()
    assert "Needs a look" in body(tablet.client, "/waiting")
    tablet.client.post("/waiting/settle", data={"operation": f"{tablet.device}.{tablet.incarnation}.1"})
    assert "Everything is at school." in body(tablet.client, "/waiting")


def test_what_one_browser_was_refused_is_not_shown_to_another(client: FlaskClient, classroom: Flask) -> None:
    create_staff("ben", forename="Ben", surname="Bo")
    client.post("/lesson/1/mark", data={"student": "1", "mark": "4"})
    operation = db.session.query(Operation).one()
    operation.status, operation.reason, operation.detail = "refused", "closed", "That week is closed."
    db.session.commit()
    assert "That week is closed." in body(client, "/waiting")
    other = classroom.test_client()
    other.post("/sign-in", data={"username": "ben", "password": PASSWORD})
    assert "That week is closed." not in body(other, "/waiting")


def history(classroom: Flask) -> Tablet:
    """Lessons around today, some out of reach; marks, a sit-in, a leaver, a late joiner, a refusal."""
    create_group("9A")
    today_ = clock.today()
    create_student("Late", "Joiner", joined=today_)
    create_student("Early", "Leaver", left=today_ - timedelta(days=1))
    create_student("Other", "Group", group="9A")
    for back in (-20, -14, -13, -8, -5, -1, 0, 1, 6, 14, 15):
        for period, group in (("1", "8B"), ("3", "9A")):
            create_lesson(today_ + timedelta(days=back), period, group, "ada")
    tablet = create_tablet(classroom, "ada")
    be_signed_in_for_ever()
    for number in range(1, 24):
        for who in range(1, 6):
            if (number * who) % 3:
                tablet.mark(who, number, ("exempt", 0, 3, 4, 5, None)[(number + who) % 6])
    tablet.mark(1, 1, 9)
    call_for_spaces(tablet)
    tablet.push()
    tablet.pull()
    return tablet


def call_for_spaces(tablet: Tablet) -> None:
    """What was asked, entered, left open, and refused, today and on days before."""
    for back in (20, 3, 0):
        wall = {"wall": instant(clock.now() - timedelta(days=back, minutes=9))}
        asked = tablet.record("space.ask", {"space": "hazel", "student": "2"}, **wall)
        tablet.record("space.ask", {"space": "hazel", "student": "4"}, **wall)
        entered = tablet.record("space.enter", {"space": "hazel", "student": "1"}, **wall)
        tablet.record("space.cancel", {"ask": tablet.id_of(asked)}, **wall)
        tablet.record("space.leave", {"stay": tablet.id_of(entered)}, **wall)
        tablet.record("space.assist", {"place": "Gym"}, **wall)


def test_what_flask_loads_gives_the_page_that_all_rows_of_a_tablet_give(classroom: Flask) -> None:
    tablet = history(classroom)
    names: tuple[str, ...] = (
        "school",
        "groups",
        "staff",
        "students",
        "memberships",
        "lessons",
        "scores",
        "levels",
        "caps",
        "refusals",
    )
    names += ("spaces", "asks", "stays", "assists", "plans", "apart")
    names += ("cards", "items", "redemptions", "admissions", "tills", "choices", "awards")
    held: Any = {name: tablet.table(name) for name in names}
    viewer = Viewer(tablet.device, tablet.incarnation, "ada", ["ada"], on_call=True)
    days = [(clock.today() + timedelta(days=n)).isoformat() for n in range(-16, 17)]
    visits: list[tuple[Screen, dict[str, str]]] = [(today, {}), (waiting, {}), (sign_in, {})]
    visits += [(today, {"date": day}) for day in days]
    visits += [(board, {}), *((choose, {"space": name}) for name in (*held["spaces"], "x"))]
    visits += [(stay, {"stay": name}) for name in (*held["stays"], "x")]
    visits += [(lesson, {"lesson": str(number)}) for number in range(25)]
    for week in ("2026-W08", "2026-W09", "2026-W10", "2026-W11", "2026-W12", "2026-W13"):
        visits += [(student, {"student": str(number), "week": week}) for number in range(7)]
    with classroom.test_request_context():
        for screen, params in visits:
            loaded = screen.context(load_screen(screen, params, viewer), viewer, clock.now(), params)
            assert loaded == screen.context(held, viewer, clock.now(), params), (screen.TEMPLATE, params)
    assert held["refusals"]
    assert held["levels"]
    assert held["asks"]
    assert held["stays"]
    assert held["assists"]
