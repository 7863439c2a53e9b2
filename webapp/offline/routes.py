"""Addresses of the worker, the manifest and the page on which a tablet is enrolled."""

from pathlib import Path

from flask import Blueprint, Response, abort, current_app, render_template
from flask.typing import ResponseReturnValue

from webapp.offline.bundle import bundle
from webapp.offline.manifest import MANIFEST

ALWAYS_ASK = {"Cache-Control": "no-cache"}
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}

bp = Blueprint("offline", __name__)


@bp.get("/sw.js")
def worker() -> ResponseReturnValue:
    """The worker's first file, which browsers compare byte by byte to notice an update."""
    if current_app.config["SETTINGS"].kill_worker:
        return _script(_kill_worker(), ALWAYS_ASK)
    return _script(f'// The service worker.\nimport "/worker/{bundle().version}/main.js";\n', ALWAYS_ASK)


@bp.get("/worker/<version>/<path:name>")
def worker_file(version: str, name: str) -> ResponseReturnValue:
    """A file of the current version; an older one must not be put together from newer files."""
    files = bundle().files if version == bundle().version else {}
    if name not in files:
        abort(404)
    return _script(files[name], FOR_EVER)


@bp.get("/manifest.webmanifest")
def manifest() -> ResponseReturnValue:
    return Response(MANIFEST, mimetype="application/manifest+json", headers=ALWAYS_ASK)


@bp.get("/enrol")
def enrol() -> ResponseReturnValue:
    return render_template("enrol.html")


def _kill_worker() -> str:
    return (Path(current_app.static_folder or "") / "worker" / "kill.js").read_text()


def _script(text: str, headers: dict[str, str]) -> Response:
    return Response(text, mimetype="text/javascript", headers=headers)
