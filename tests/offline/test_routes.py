"""What browsers are given to install the worker and the app."""

import json
import re

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from webapp.offline.bundle import bundle, without_comments


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def test_the_worker_is_asked_for_again_but_not_sent_again(client: FlaskClient) -> None:
    answer = client.get("/sw.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert client.get("/sw.js", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_the_worker_is_one_script(app: Flask) -> None:
    assert not [line for line in bundle().script.splitlines() if line.startswith(("import ", "export "))]


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
    assert (manifest["name"], manifest["start_url"], manifest["display"]) == ("Reachable", "/today", "standalone")
    for icon in manifest["icons"]:
        with client.get(icon["src"]) as answer:
            assert answer.mimetype == icon["type"]


def test_the_worker_is_small(client: FlaskClient) -> None:
    answer = client.get("/sw.js", headers={"Accept-Encoding": "gzip, br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert brotli.decompress(answer.data).decode() == bundle().script
    assert len(answer.data) <= 36 * 1024


def test_what_reads_codes_is_no_part_of_a_first_visit(client: FlaskClient) -> None:
    assets, reader = (listed(client, name) for name in ("assets", "readerFiles"))
    assert set(assets).isdisjoint(reader)
    for path in reader:
        with client.get(path) as answer:
            assert answer.mimetype == ("application/wasm" if path.endswith(".wasm") else "text/javascript")
            assert "'wasm-unsafe-eval'" in answer.headers["Content-Security-Policy"]
    assert sum(path.endswith(".wasm") for path in reader) == 1


def listed(client: FlaskClient, name: str) -> list[str]:
    """A list of paths in the worker's script."""
    found = re.search(rf"const {name} = (\[.*?\]);", client.get("/sw.js").text)
    assert found
    return list(json.loads(found[1]))


def test_comments_go_but_lines_stay() -> None:
    script = '// One\nlet a; // two\n  /** Three\n   *  four. */\nlet b = "/* five */";\nlet c = "; // six";\n'
    assert without_comments(script) == '\nlet a;\n\n\nlet b = "/* five */";\nlet c = "; // six";\n'
