"""What browsers are given to install the worker and the app."""

import json
import re

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from webapp.offline.bundle import bundle, make_bundle


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def test_the_worker_is_asked_for_again_but_not_sent_again(client: FlaskClient) -> None:
    answer = client.get("/sw.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert client.get("/sw.js", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_whoever_looks_for_a_fault_can_read_the_worker(own_app: Flask) -> None:
    own_app.debug = True
    assert "\nfunction answerTo(event) {" in make_bundle(own_app).script


def test_what_pages_load_is_kept_on_the_tablet(app: Flask, client: FlaskClient) -> None:
    page = client.get("/sign-in").text
    loaded = [part.split('"')[0] for part in page.split('"/static/')[1:]]
    kept = bundle().script
    missing = [path for path in loaded if f'"/static/{path}"' not in kept and not path.endswith(".png")]
    assert loaded
    assert missing == []


def test_the_manifest_makes_an_app_of_it(client: FlaskClient) -> None:
    manifest = client.get("/manifest.webmanifest").json
    assert manifest
    assert (manifest["name"], manifest["start_url"], manifest["display"]) == ("Reachable", "/", "standalone")
    for icon in manifest["icons"]:
        with client.get(icon["src"]) as answer:
            assert answer.mimetype == icon["type"]


def test_the_worker_is_small(client: FlaskClient) -> None:
    answer = client.get("/sw.js", headers={"Accept-Encoding": "gzip, br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert brotli.decompress(answer.data).decode() == bundle().script
    assert len(answer.data) <= 40_000


def test_what_reads_codes_is_no_part_of_a_first_visit(client: FlaskClient) -> None:
    assets, reader = lists_of_paths(client)
    assert set(assets).isdisjoint(reader)
    for path in reader:
        with client.get(path) as answer:
            assert answer.mimetype == ("application/wasm" if path.endswith(".wasm") else "text/javascript")
            assert "'wasm-unsafe-eval'" in answer.headers["Content-Security-Policy"]
    assert sum(path.endswith(".wasm") for path in reader) == 1


def lists_of_paths(client: FlaskClient) -> list[list[str]]:
    """What pages load, and what reads codes: the lists of files in the worker's script."""
    return [json.loads(found) for found in re.findall(r'\["/static/[^]]+"\]', client.get("/sw.js").text)]
