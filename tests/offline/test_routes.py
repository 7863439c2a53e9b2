"""What browsers are given to install the worker and the app."""

import gzip

import pytest
from flask import Flask
from flask.testing import FlaskClient

from webapp.offline.bundle import bundle, without_comments


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def test_the_worker_names_the_version_of_its_files(client: FlaskClient) -> None:
    answer = client.get("/sw.js")
    assert f'import "/worker/{bundle().version}/main.js";' in answer.text
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"


def test_files_of_the_version_never_change(client: FlaskClient) -> None:
    answer = client.get(f"/worker/{bundle().version}/screens/lesson.js")
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["0123456789ab/main.js", "{version}/kill.js", "{version}/../config.py"])
def test_nothing_else_is_given_out_as_a_file_of_the_worker(client: FlaskClient, path: str) -> None:
    assert client.get(f"/worker/{path.format(version=bundle().version)}").status_code == 404


def test_every_file_that_is_imported_is_there(app: Flask) -> None:
    files = bundle().files
    for name, text in files.items():
        for line in text.splitlines():
            if " from " in line and line.endswith('.js";'):
                imported = line.rpartition('"./')[2].removesuffix('";')
                folder = "" if "../" in line else name.rpartition("/")[0]
                path = line.rpartition('"../')[2].removesuffix('";') if "../" in line else f"{folder}/{imported}"
                assert path.strip("/") in files, f"{name}: {line}"


def test_what_pages_load_is_kept_on_the_tablet(app: Flask, client: FlaskClient) -> None:
    page = client.get("/sign-in").text
    loaded = [part.split('"')[0] for part in page.split('"/static/')[1:]]
    kept = bundle().files["assets.js"]
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


def test_the_worker_is_small(app: Flask) -> None:
    packed = sum(len(gzip.compress(text.encode(), 6)) for text in bundle().files.values())
    assert packed <= 30 * 1024


def test_comments_go_but_lines_stay() -> None:
    script = '// One\nlet a; // two\n  /** Three\n   *  four. */\nlet b = "/* five */";\n'
    assert without_comments(script) == '\nlet a; // two\n\n\nlet b = "/* five */";\n'
