"""The page behind a card, as the school answers it."""

import re
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.builders import create_group, create_student
from tests.builders_rewards import do, give, limit
from tests.builders_spaces import create_half_term
from tests.hostile import hostile_strings
from tests.student.conftest import CAI, INAYA, TUESDAY, WEDNESDAY, ZOE, Post
from webapp.config import Settings, read_settings
from webapp.models import OptionChoice, Student, db
from webapp.student import shell
from webapp.student.cards import issue
from webapp.sync.log.revisions import writing


@pytest.fixture
def client(classrooms: Flask) -> FlaskClient:
    return classrooms.test_client(use_cookies=False)


def test_a_card_shows_the_marks_the_week_the_level_and_the_way_on(post: Post, tokens: dict[int, str]):
    give(ZOE, 4, TUESDAY)
    answer = post("/card/points", token=tokens[ZOE])
    assert answer.status_code == 200
    for words in (
        "Tuesday 3 March",
        "Hello <bdi>Zoë</bdi>",
        "<bdi>Maths</bdi>",
        "Creative",
        "4.00",
        "You are Heroic this week",
        "Tuck shop: 2 items left today",
        "Reward room at break and lunch",
        "Options period: your choice, below",
        "A 4 in each of the 2 lessons left gets you to Creative next week.",
        "A 5 in each of the 2 lessons left gets you to Heroic next week.",
        "As of Tue 3 March, 10:21",
    ):
        assert words in answer.text, words


def test_the_mean_is_cut_and_never_rounded(post: Post, tokens: dict[int, str]):
    for period, mark in (("1", 5), ("2", 5), ("3", 4)):
        give(ZOE, mark, TUESDAY, period)
    assert '<p class="mean num">4.66</p>' in post("/card/points", token=tokens[ZOE]).text


def test_a_limit_shows_without_its_reason(post: Post, tokens: dict[int, str]):
    limit(ZOE, "creative", until="2026-03-06")
    page = post("/card/points", token=tokens[ZOE]).text
    assert "You are Creative this week" in page
    assert "Creative at most until Fri 6 March." in page
    assert "Smoke" not in page


def test_a_limit_that_goes_on_is_told_beside_the_goal(post: Post, tokens: dict[int, str]):
    limit(ZOE, "creative")
    assert "Your limit goes on into next week." in post("/card/points", token=tokens[ZOE]).text


def test_without_a_level_the_card_looks_ahead(post: Post, tokens: dict[int, str]):
    page = post("/card/points", token=tokens[INAYA]).text
    assert "A week for building up" in page
    assert "No marks yet. They show here as you earn them." in page
    assert "/card/option" not in page


def test_key_stage_4_sees_awards_and_no_levels(post: Post, tokens: dict[int, str]):
    give(CAI, 5, group="10A")
    do("pathway.award", {"student": str(CAI), "award": "unit", "note": "Food <b>hygiene</b>", "day": "2026-03-02"})
    page = post("/card/points", token=tokens[CAI]).text
    for words in ("Your awards", "A unit finished", "Food &lt;b&gt;hygiene", "Mon 2 March", "For being there"):
        assert words in page, words
    for words in ("Heroic", "Creative", "Tuck shop", "/card/option", "What gets me there"):
        assert words not in page, words


def test_before_the_first_award_one_is_told_where_it_will_be(post: Post, tokens: dict[int, str]):
    assert "Your first award will show here." in post("/card/points", token=tokens[CAI]).text


def test_in_the_holidays_a_card_says_when_school_starts(app: Flask, post: Post, tokens: dict[int, str]):
    create_half_term("Summer 1", date(2026, 4, 13), date(2026, 5, 22))
    app.config["CLOCK"].move(days=28)
    page = post("/card/points", token=tokens[ZOE]).text
    assert "School starts again on Monday 13 April." in page
    assert "What gets me there" not in page


def test_hostile_names_reach_the_page_escaped(post: Post, tokens: dict[int, str]):
    for text in [text for text in hostile_strings() if "<" in text and len(text) < 100 and "\ud83d" not in text]:
        with writing():
            db.session.get_one(Student, ZOE).preferred_forename = text
        page = post("/card/points", token=tokens[ZOE]).text
        assert not any(tag in page for tag in ("<script", "<img", "<style", "<base", "onload=alert(1)>"))


def test_a_choice_is_made_and_shown(post: Post, tokens: dict[int, str]):
    answer = post("/card/option", token=tokens[ZOE], choice="cooking")
    assert (answer.status_code, "Cooking it is, this week." in answer.text) == (200, True)
    assert "Options period: Cooking" in post("/card/points", token=tokens[ZOE]).text
    row = db.session.query(OptionChoice).one()
    assert (row.student_id, row.week, row.choice, row.by) == (ZOE, "2026-W10", "cooking", "student")


def test_a_choice_is_changed_and_taken_back(post: Post, tokens: dict[int, str]):
    for choice in ("cooking", "films", ""):
        assert post("/card/option", token=tokens[ZOE], choice=choice).status_code == 200
    assert db.session.query(OptionChoice).one().choice is None
    assert "Options period: your choice, below" in post("/card/points", token=tokens[ZOE]).text


def test_a_full_choice_is_told_kindly_and_nothing_is_stored(post: Post, tokens: dict[int, str]):
    create_group("8C")
    for number in range(8):
        other = create_student(group="8C")
        give(other, 4, period=str(number + 2), group="8C")
        do("options.choose", {"student": str(other.id), "week": "2026-W10", "choice": "cooking"})
    answer = post("/card/option", token=tokens[ZOE], choice="cooking")
    assert (answer.status_code, "This choice is full." in answer.text) == (422, True)
    assert db.session.get(OptionChoice, (ZOE, "2026-W10")) is None
    page = post("/card/points", token=tokens[ZOE]).text
    assert "<small>Full this week</small>" in page
    assert 'value="cooking"' not in page


@pytest.mark.parametrize("choice", ["reward-room", "nonsense", "cooking' --", "\x00"])
def test_a_choice_that_is_not_open_is_not_made(post: Post, tokens: dict[int, str], choice: str):
    limit(ZOE, "creative")
    answer = post("/card/option", token=tokens[ZOE], choice=choice)
    assert (answer.status_code, "goes with another level" in answer.text) == (422, True)
    assert db.session.query(OptionChoice).count() == 0


def test_a_choice_is_for_this_week_and_this_student_whatever_is_sent_along(post: Post, tokens: dict[int, str]):
    post("/card/option", token=tokens[ZOE], choice="cooking", week="2026-W11", student=str(INAYA), id=str(INAYA))
    assert [(row.student_id, row.week) for row in db.session.query(OptionChoice)] == [(ZOE, "2026-W10")]


def test_a_new_card_shows_the_same_and_the_old_one_nothing(post: Post, tokens: dict[int, str]):
    fresh = issue([ZOE], "p.okonkwo")[ZOE]
    assert "Zoë" in post("/card/points", token=fresh).text
    assert post("/card/points", token=tokens[ZOE]).status_code == 404


def test_who_has_left_has_no_card_any_more(post: Post, tokens: dict[int, str]):
    with writing():
        db.session.get_one(Student, ZOE).left = WEDNESDAY
    assert post("/card/points", token=tokens[ZOE]).status_code == 200
    with writing():
        db.session.get_one(Student, ZOE).left = TUESDAY
    assert post("/card/points", token=tokens[ZOE]).status_code == 404


def test_nothing_is_kept_on_the_way(post: Post, client: FlaskClient, tokens: dict[int, str]):
    answers = [post("/card/points", token=tokens[ZOE]), post("/card/points", token="x"), client.get("/card")]
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}
    assert not any("Set-Cookie" in answer.headers for answer in answers)


def test_the_page_itself_holds_nobodys_points(client: FlaskClient, tokens: dict[int, str]):
    page = client.get("/card").text
    assert "Zoë" not in page
    assert "noscript" in page


def test_the_worker_keeps_all_that_the_page_loads(client: FlaskClient):
    loaded = re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js|json|svg))"', client.get("/card").text)
    script = Path(client.application.static_folder or "", "student", "card.js").read_text()
    modules = [f"/static/student/{name}" for name in re.findall(r'from "\./([^"]+)"', script)]
    assert sorted(loaded + modules) == sorted(shell.ASSETS)


def test_the_worker_has_the_scope_of_the_card_and_is_asked_for_again_in_vain(client: FlaskClient):
    answer = client.get("/card/worker.js")
    assert answer.headers["Service-Worker-Allowed"] == "/card"
    assert client.get("/card/worker.js", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_another_page_makes_another_worker(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    before = client.get("/card/worker.js").text
    del app.extensions["card-worker"]
    monkeypatch.setattr(shell, "ASSETS", shell.ASSETS[1:])
    assert client.get("/card/worker.js").text.splitlines()[0] != before.splitlines()[0]


def test_the_school_can_end_the_worker_with_the_others(client: FlaskClient, app: Flask, settings: Settings):
    env = {"REACHABLE_DATA": str(settings.data), "REACHABLE_KILL_WORKER": "1"}
    app.config["SETTINGS"] = read_settings(env)
    assert "registration.unregister()" in client.get("/card/worker.js").text
