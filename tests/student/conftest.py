"""A school with cards: Zoë was Heroic last week; Inaya and Cai, who is in key stage 4, have cards, too."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.builders import create_group, create_lesson, create_staff, create_student, create_tablet, create_year
from tests.builders_rewards import give
from tests.builders_spaces import create_half_term
from webapp.student.cards import issue

ZOE, INAYA, CAI = 1, 2, 3
TUESDAY, WEDNESDAY = date(2026, 3, 3), date(2026, 3, 4)
ADDRESS = "203.0.113.9"

Post = Callable[..., TestResponse]


@pytest.fixture
def classrooms(app: Flask) -> Flask:
    """Maths in period 1 is over, English in period 2 goes on; on Wednesday there is one lesson more."""
    create_year()
    create_half_term()
    create_group()
    create_group("10A", key_stage=4)
    create_staff()
    create_staff("p.okonkwo", role="office")
    create_student()
    create_student("Inaya", "Begum")
    create_student("Cai", "Price", group="10A", year=10)
    create_lesson(TUESDAY, "1")
    create_lesson(TUESDAY, "2", subject="English")
    create_lesson(WEDNESDAY, "1", subject="Art")
    give(ZOE, 5)
    return app


@pytest.fixture
def tokens(classrooms: Flask) -> dict[int, str]:
    """Everybody's card, by student."""
    return issue([ZOE, INAYA, CAI], "p.okonkwo")


@pytest.fixture
def post(classrooms: Flask) -> Post:
    """What a phone posts, from an address of its own."""
    client = classrooms.test_client(use_cookies=False)

    def post(path: str, address: str = ADDRESS, **form: Any) -> TestResponse:
        return client.post(path, data=form, environ_overrides={"REMOTE_ADDR": address})

    return post


@pytest.fixture
def kiosk(classrooms: Flask) -> FlaskClient:
    """The tablet in the hall."""
    client: FlaskClient = create_tablet(classrooms, duty="kiosk").client
    return client
