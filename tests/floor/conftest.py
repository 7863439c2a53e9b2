from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from tests.builders import PASSWORD, create_group, create_lesson, create_staff, create_student, create_year
from tests.builders_rewards import LAST_WEEK, give
from tests.floor.compiled import Compiled


@pytest.fixture(scope="session")
def compiled(browser: Browser) -> Iterator[Compiled]:
    page = browser.new_page()
    yield Compiled(page)
    page.close()


@pytest.fixture
def classroom(app: Flask) -> Flask:
    """Ada teaches Zoë and Ali of 8B in period 2, which is lesson 1; Zoë is student 1."""
    create_year()
    create_group()
    create_staff("ada", forename="Ada", surname="Adeyemi")
    create_student("Zoë", "Okafor")
    create_student("Ali", "Aziz")
    create_lesson(period="2", staff="ada")
    return app


@pytest.fixture
def client(classroom: Flask) -> Iterator[FlaskClient]:
    with classroom.test_client() as client:
        client.post("/sign-in", data={"username": "ada", "password": PASSWORD})
        yield client


@pytest.fixture
def heroic(client: FlaskClient) -> FlaskClient:
    """Zoë is Heroic this week."""
    create_lesson(LAST_WEEK, staff="ada")
    give(1, 5, by="ada")
    return client
