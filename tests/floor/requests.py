"""Asking Flask for screens of the floor."""

from flask.testing import FlaskClient

HX = {"HX-Request": "true"}


def body(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.status
    return answer.text
