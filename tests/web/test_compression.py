"""What is packed, how, and what is left as it is."""

import gzip

import brotli
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from webapp.offline.bundle import bundle
from webapp.web import compression

BOTH = "gzip, deflate, br"


def get(app: Flask, path: str, accept: str) -> TestResponse:
    answer = app.test_client().get(path, headers={"Accept-Encoding": accept})
    answer.get_data()
    answer.close()
    return answer


@pytest.mark.parametrize(
    ("accept", "packer"),
    [(BOTH, "br"), ("br;q=0.1, gzip", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("*", "br")],
)
def test_whoever_can_gets_brotli(app: Flask, accept: str, packer: str):
    answer = get(app, "/sw.js", accept)
    assert answer.headers["Content-Encoding"] == packer
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress}[packer]
    assert unpack(answer.data).decode() == bundle().script
    assert answer.content_length == len(answer.data)


@pytest.mark.parametrize("accept", ["", "identity", "br;q=0, gzip;q=0", "zstd"])
def test_whoever_cannot_gets_it_as_it_is(app: Flask, accept: str):
    answer = get(app, "/sw.js", accept)
    assert "Content-Encoding" not in answer.headers
    assert answer.text == bundle().script
    assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize("path", ["/static/icons/icon-192.png", "/health", "/static/not-there.css"])
def test_pictures_small_answers_and_errors_are_not_packed(app: Flask, path: str):
    assert "Content-Encoding" not in get(app, path, BOTH).headers


def test_what_never_changes_is_packed_once_and_best(app: Flask):
    compression.densest.cache_clear()
    answers = [get(app, "/static/vendor/htmx.min.js", BOTH).data for _ in range(3)]
    assert compression.densest.cache_info().misses == 1
    assert set(answers) == {brotli.compress(brotli.decompress(answers[0]), quality=11)}
