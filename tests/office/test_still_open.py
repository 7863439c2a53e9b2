"""Stays that nobody ended are listed, and never closed silently."""

from datetime import timedelta

from flask import Flask

from tests.builders_spaces import TUESDAY, create_stay
from tests.office.conftest import Sign
from webapp.models import Stay, db


def test_a_stay_is_listed_once_its_day_is_over(app: Flask, sign_in: Sign):
    office = sign_in("office")
    stay = create_stay(left=None)
    assert "Nothing needs attention" in office.get("/office/attention").text
    app.config["CLOCK"].move(days=1)
    office.sign_in()
    page = office.get("/office/attention").text
    assert "Still open" in page
    assert "<bdi>Zoë Okafor</bdi></b>, Hazel" in page
    assert "Since Tue 3 March, 10:05, with <bdi>Ada Adeyemi</bdi>" in page
    assert f'href="/stay/{stay}"' in page
    assert db.session.query(Stay).one().left is None


def test_stays_that_ended_are_not_listed(sign_in: Sign):
    create_stay(day=TUESDAY - timedelta(days=1))
    assert "Nothing needs attention" in sign_in("office").get("/office/attention").text
