"""Addresses of the worker, the manifest and the page on which a tablet is enrolled."""

from pathlib import Path

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from webapp.offline.bundle import bundle
from webapp.offline.manifest import MANIFEST

ALWAYS_ASK = {"Cache-Control": "no-cache"}

bp = Blueprint("offline", __name__)


@bp.get("/sw.js")
def worker() -> ResponseReturnValue:
    """The worker, or the one that ends it; browsers compare it byte by byte to notice an update."""
    script = _kill_worker() if current_app.config["SETTINGS"].kill_worker else bundle().script
    response = Response(script, mimetype="text/javascript", headers=ALWAYS_ASK)
    response.add_etag()
    return response.make_conditional(request)


@bp.get("/manifest.webmanifest")
def manifest() -> ResponseReturnValue:
    return Response(MANIFEST, mimetype="application/manifest+json", headers=ALWAYS_ASK)


@bp.get("/enrol")
def enrol() -> ResponseReturnValue:
    return render_template("enrol.html")


def _kill_worker() -> str:
    return (Path(current_app.static_folder or "") / "worker" / "kill.js").read_text()
