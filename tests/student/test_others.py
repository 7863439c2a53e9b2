"""What a pupil reads without a card, at the kiosk, at the board, or with a card of their own: of others no more than
the board's names."""

import re
from collections.abc import Callable, Iterator
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.builders import create_tablet
from tests.builders_rewards import do, give, limit
from tests.builders_spaces import create_ask, create_stay
from tests.student.conftest import CAI, INAYA, TUESDAY, ZOE, Post
from webapp.models import Operation, Student, db
from webapp.student.routes import bp

PARTS = {"date": "2026-03-03", "ending": "csv", "filename": "css/floor.css", "worker": "sw.js"}
SECRETS = ("Okafor", "Begum", "Price", "cried", "UPN-", "Adm-", "no reason to tell")
"""What nobody without a sign-in reads anywhere; the board has first names."""


@pytest.fixture
def lived_in(classrooms: Flask, tokens: dict[int, str]) -> Flask:
    """Something of every kind is known about Inaya and Cai; Inaya does not want to be on the board."""
    give(INAYA, 4, TUESDAY)
    create_ask(student=INAYA, why="She cried")
    create_stay(student=INAYA, note="She cried")
    limit(INAYA)
    assert do("board.name", {"student": str(INAYA), "alias": "Comet", "opted_out": True}, by="p.okonkwo") is None
    award = {"student": str(CAI), "award": "unit", "note": "no reason to tell", "day": "2026-03-03"}
    assert do("pathway.award", award) is None
    for student in db.session.query(Student):
        student.upn, student.admission = f"UPN-{student.id}", f"Adm-{student.id}"
    db.session.commit()
    return classrooms


def addresses(app: Flask) -> Iterator[tuple[str, str]]:
    for rule in app.url_map.iter_rules():
        url = re.sub(r"<(?:[^<>:]+:)?(\w+)>", lambda part: PARTS.get(part[1], str(INAYA)), rule.rule)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield method, url


def stranger(app: Flask) -> FlaskClient:
    return app.test_client()


def tablet(duty: str) -> Callable[[Flask], FlaskClient]:
    def enrolled(app: Flask) -> FlaskClient:
        tablet = create_tablet(app, duty=duty)
        assert tablet.client.post("/sign-out").status_code in (302, 303)
        client: FlaskClient = tablet.client
        return client

    return enrolled


@pytest.mark.parametrize("visitor", [stranger, tablet("kiosk"), tablet("hall")], ids=["stranger", "kiosk", "hall"])
def test_no_address_tells_whoever_has_no_card_about_a_student(
    lived_in: Flask, tokens: dict[int, str], visitor: Callable[[Flask], FlaskClient]
):
    client, told = visitor(lived_in), []
    for method, url in addresses(lived_in):
        if url.startswith("/static/"):
            continue
        for asked in (url, f"{url}?student={INAYA}&rows=1&since=0&token={INAYA}"):
            form = {"student": str(INAYA), "token": str(INAYA), "card": str(INAYA)} if method == "POST" else None
            answer = client.open(asked, method=method, data=form, buffered=False)
            text = unescape(next(iter(answer.iter_encoded()), b"").decode(errors="replace"))
            answer.close()
            told += [f"{method} {asked}: {secret}" for secret in SECRETS if secret in text]
    assert told == []


def test_a_card_tells_of_nobody_but_its_holder(lived_in: Flask, post: Post, tokens: dict[int, str]):
    others = (*SECRETS, "Inaya", "Comet", "Cai")
    for extra in ({}, {"student": INAYA}, {"card": tokens[CAI]}, {"token2": tokens[CAI], "by": "head"}):
        page = post("/card/points", token=tokens[ZOE], **extra).text
        assert "Zoë" in page
        assert not [secret for secret in others if secret in page]


def test_whatever_a_card_sends_along_only_its_holder_chooses(lived_in: Flask, post: Post, tokens: dict[int, str]):
    before = db.session.query(Operation).count()
    for name in ("student", "students", "body", "by", "week", "kind"):
        post("/card/option", token=tokens[ZOE], choice="films", **{name: str(INAYA)})
    db.session.rollback()
    entries = db.session.query(Operation).order_by(Operation.seq).all()[before:]
    assert entries
    assert {entry.kind for entry in entries} == {"options.choose"}
    assert {entry.by for entry in entries} == {"student"}
    assert not [entry.body for entry in entries if f'"{INAYA}"' in entry.body]


def test_who_is_on_a_pathway_chooses_no_options(lived_in: Flask, post: Post, tokens: dict[int, str]):
    before = db.session.query(Operation).count()
    assert post("/card/option", token=tokens[CAI], choice="films").status_code == 422
    db.session.rollback()
    assert db.session.query(Operation).count() == before


def test_an_address_with_a_token_in_it_opens_nothing(lived_in: Flask, tokens: dict[int, str]):
    """Else it would stand in logs and in what browsers say where they come from."""
    client = lived_in.test_client()
    for rule in lived_in.url_map.iter_rules():
        if rule.endpoint.startswith(f"{bp.name}."):
            for method in (rule.methods or set()) & {"GET", "POST"}:
                answer = client.open(f"{rule.rule}?token={tokens[ZOE]}", method=method)
                assert "Zoë" not in answer.text, rule.rule
                assert tokens[ZOE] not in answer.text


def test_no_answer_to_a_card_says_its_token_again_nor_where_it_came_from(
    lived_in: Flask, post: Post, tokens: dict[int, str]
):
    answer = post("/card/points", token=tokens[ZOE])
    assert tokens[ZOE] not in answer.text + str(answer.headers)
    assert answer.headers["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
