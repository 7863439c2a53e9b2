"""The card page's own worker: what it keeps of the page, so that it opens without a network."""

import json
from hashlib import sha256
from pathlib import Path

from flask import Flask, render_template

SCOPE = "/card"
PAGE = "/card"
ASSETS = (
    "/static/css/floor.css",
    "/static/student/student.css",
    "/static/student/card.js",
    "/static/student/kept.js",
    "/static/student/school.js",
    "/static/student/manifest.json",
    "/static/icons/icon.svg",
)


def worker_script(app: Flask) -> str:
    """The worker with the files it keeps and a version that changes with any of them; or the one that ends it."""
    static = Path(app.static_folder or "")
    if app.config["SETTINGS"].kill_worker:
        return (static / "worker" / "kill.js").read_text()
    made: str = app.extensions.get("card-worker") or app.extensions.setdefault("card-worker", _make(static))
    return made


def _make(static: Path) -> str:
    files = [render_template("student/card.html").encode()]
    files += [(static.parent / path.removeprefix("/")).read_bytes() for path in ASSETS]
    script = (static / "student" / "worker.js").read_text()
    version = sha256(b"".join(sha256(file).digest() for file in files)).hexdigest()[:12]
    return f"const VERSION = {json.dumps(version)};\nconst SHELL = {json.dumps([PAGE, *ASSETS])};\n{script}"
