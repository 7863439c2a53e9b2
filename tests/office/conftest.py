"""A school, and people of every role at its desk."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, g
from werkzeug.test import TestResponse

from tests.builders import PASSWORD, create_group, create_staff, create_student, create_year
from tests.builders_spaces import create_half_term
from webapp.models import Staff, db


class Person:
    """Somebody at a browser, signed in with their password."""

    def __init__(self, app: Flask, role: str) -> None:
        self.client, self.username = app.test_client(), role
        if db.session.get(Staff, role) is None:
            create_staff(role, role, surname=role.title(), forename="Kit")
        self.sign_in()

    def sign_in(self) -> TestResponse:
        """Show the password (again)."""
        return self.post("/sign-in", username=self.username, password=PASSWORD)

    def get(self, url: str) -> TestResponse:
        return self._open(url, "GET")

    def post(self, url: str, **form: Any) -> TestResponse:
        return self._open(url, "POST", data=form)

    def _open(self, url: str, method: str, **other: Any) -> TestResponse:
        # Requests of a test share its context, and with it whoever the last one came from.
        g.pop("_login_user", None)
        return self.client.open(url, method=method, **other)


Sign = Callable[[str], Person]


@pytest.fixture
def people(app: Flask) -> None:
    """Ada, and four students in two groups."""
    create_year()
    create_half_term()
    create_group()
    create_group("9H")
    create_staff()
    create_student()
    create_student("Inaya", "Begum")
    create_student("Cai", "Price", group="9H")
    create_student("Ali", "Khan", group="9H")


@pytest.fixture
def sign_in(app: Flask, people: None) -> Sign:
    """Somebody of a role, such as "head"."""
    return lambda role: Person(app, role)
