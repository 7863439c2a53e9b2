"""What people see when there is no answer: a page in words, with a way on."""

import pytest
from flask import Flask, abort

from webapp.domain.access.rights import ANYBODY, PAGES


@pytest.fixture
def failing(own_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The app with addresses at which things go wrong."""
    own_app.config["PROPAGATE_EXCEPTIONS"] = False
    for rule, endpoint, does in (
        ("/broken", "broken", lambda: str(1 / 0)),
        ("/too-often", "too_often", lambda: abort(429)),
        ("/forms", "forms", lambda: abort(400)),
    ):
        monkeypatch.setitem(PAGES, endpoint, ANYBODY)
        own_app.add_url_rule(rule, endpoint, does)
    return own_app


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/broken", 500, "not yours"),
        ("/too-often", 429, "quarter of an hour"),
        ("/forms", 400, "Nothing was changed"),
        ("/no-such-page", 404, "a slip in it"),
    ],
)
def test_an_error_is_a_page_that_says_what_to_do(failing: Flask, address: str, status: int, words: str):
    answer = failing.test_client().get(address)
    assert answer.status_code == status
    assert words in answer.text
    assert '<a class="button go" href="/">' in answer.text
    assert 'lang="en-GB"' in answer.text


def test_the_page_keeps_the_headers_that_belong_to_the_error(app: Flask):
    answer = app.test_client().post("/health")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert "There is nothing here" in answer.text


def test_a_form_that_is_too_large_is_answered_in_words(app: Flask):
    answer = app.test_client().post("/sign-in", data={"username": "a" * app.config["MAX_CONTENT_LENGTH"]})
    assert answer.status_code == 413
    assert "Send a smaller file" in answer.text


def test_programs_are_told_the_number_alone(app: Flask):
    answer = app.test_client().get("/sync/v1/no-such-call")
    assert answer.status_code == 404
    assert "There is nothing here" not in answer.text
