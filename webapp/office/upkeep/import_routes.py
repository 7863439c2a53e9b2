"""The addresses of imports: a file is brought, looked at, and then imported or dropped."""

import json
from typing import Any

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import RequestEntityTooLarge

from webapp.domain.refusal import Refusal
from webapp.imports import KINDS
from webapp.imports.kinds.from_day import read_start
from webapp.imports.questions import FROM
from webapp.imports.undo.undo import undo
from webapp.models import ImportRun, Upload, db
from webapp.models.imports import LOOK, WAITING
from webapp.office.parts.forms import Problems
from webapp.office.parts.paging import number_of
from webapp.office.setup import wizard
from webapp.office.upkeep import import_pages, uploads
from webapp.office.upkeep.import_desk import desk
from webapp.school.clock import today

bp = Blueprint("imports", __name__, url_prefix="/office/import")


@bp.get("")
def choose_file() -> ResponseReturnValue:
    return _form(request.args.get("kind", ""), {})


@bp.post("")
def bring_file() -> ResponseReturnValue:
    try:
        kind, file = request.form.get("kind", ""), request.files.get("file")
    except RequestEntityTooLarge:
        return _form("", {"file": uploads.TOO_LARGE})
    if kind not in KINDS:
        return _form("", {"kind": "Choose what the file holds."})
    if not file:
        return _form(kind, {"file": "Choose a file."})
    token = uploads.keep(kind, file, current_user.id)
    if token is None:
        return _form(kind, {"file": uploads.TOO_LARGE})
    return redirect(url_for("imports.look_at_file", token=token), 303)


@bp.get("/<token>")
def look_at_file(token: str) -> ResponseReturnValue:
    """What a file says and would do; or, until that is known, how far it is."""
    upload = _worked_on(token)
    if uploads.is_open(upload) or uploads.is_left(upload):
        return render_template("office/upkeep/import_waiting.html", **_waiting(upload))
    if "HX-Request" in request.headers:
        return "", 204, {"HX-Refresh": "true"}
    return _done(upload) if upload.task != LOOK and not _found(upload)["wrong"] else _preview(upload)


@bp.post("/<token>/columns")
def choose_columns(token: str) -> ResponseReturnValue:
    upload = _own(token)
    if upload.found:
        wanted = {column.key: request.form.get(column.key, "") for column in KINDS[upload.kind].COLUMNS}
        uploads.choose_columns(token, _found(upload)["headings"], wanted)
    return redirect(url_for("imports.look_at_file", token=token), 303)


@bp.post("/<token>/day")
def choose_day(token: str) -> ResponseReturnValue:
    """From which day on a file is to hold: it is looked at anew."""
    upload, day = _own(token), read_start(request.form.get(FROM))
    if day is None and upload.found:
        return _preview(upload, {FROM: "Say the first day on which it holds."})
    if day and upload.found:
        uploads.look_from(token, day)
    return redirect(url_for("imports.look_at_file", token=token), 303)


@bp.post("/<token>/layout")
def choose_layout(token: str) -> ResponseReturnValue:
    upload = _own(token)
    if upload.found:
        layout = import_pages.layout(_found(upload), uploads.layout_of(upload), request.form)
        if layout is None:
            return _preview(upload, {"heading-line": "Give the number of a line, such as 5, or nothing."})
        uploads.choose_layout(token, layout)
    return redirect(url_for("imports.look_at_file", token=token), 303)


@bp.post("/<token>/import")
def import_file(token: str) -> ResponseReturnValue:
    """Import what the preview showed, unless the school has changed so much meanwhile that it no longer fits."""
    upload = _worked_on(token)
    if upload.found and not (found := _found(upload))["wrong"]:
        if problems := import_pages.answer_faults(found, request.form):
            return _preview(upload, problems)
        uploads.bring_in(token, import_pages.answers(found, request.form))
        upload = _worked_on(token)
    if not upload.found:
        return redirect(url_for("imports.look_at_file", token=token), 303)
    if upload.task == LOOK or _found(upload)["wrong"]:
        return _preview(upload)
    done = _done(upload)
    uploads.drop(token)
    return done


@bp.post("/<token>/again")
def begin_again(token: str) -> ResponseReturnValue:
    uploads.again(_own(token).id)
    return redirect(url_for("imports.look_at_file", token=token), 303)


@bp.get("/runs/<int:run_id>")
def show_run(run_id: int) -> ResponseReturnValue:
    """An import that took place, and what undoing it would do."""
    return _run(run_id)


@bp.post("/runs/<int:run_id>/undo")
def undo_run(run_id: int) -> ResponseReturnValue:
    db.get_or_404(ImportRun, run_id)
    refusal = undo(run_id, current_user.id)
    return _run(run_id, refusal) if refusal else redirect(url_for("imports.show_run", run_id=run_id), 303)


@bp.post("/<token>/drop")
def drop_file(token: str) -> ResponseReturnValue:
    uploads.drop(_own(token).id)
    return redirect(url_for("imports.choose_file"), 303)


def _own(token: str) -> Upload:
    return uploads.find(token, current_user.id) or abort(404)


def _worked_on(token: str) -> Upload:
    """A file of whoever asks; what is to be done with it is done by now if that takes no time."""
    upload = _own(token)
    if upload.state == WAITING:
        desk().wake(current_app._get_current_object())  # type: ignore[attr-defined]
    if uploads.is_open(upload) and "HX-Request" not in request.headers:
        db.session.rollback()  # nothing of the database is held meanwhile
        desk().rest(current_app.config["IMPORT_PATIENCE"])
    return _own(token)


def _found(upload: Upload) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(upload.found or "{}")
    return found


def _done(upload: Upload) -> ResponseReturnValue:
    where = url_for("imports.show_run", run_id=upload.run) if upload.run else url_for("imports.choose_file")
    return redirect(where, 303)


def _waiting(upload: Upload) -> dict[str, Any]:
    return import_pages.waiting(upload) | {"token": upload.id, "is_left": uploads.is_left(upload)}


def _form(kind: str, problems: Problems) -> ResponseReturnValue:
    page = import_pages.page(kind, problems, number_of(request.args), uploads.of(current_user.id))
    return render_template("office/upkeep/import.html", **page), 422 if problems else 200


def _run(run_id: int, refusal: Refusal | None = None) -> ResponseReturnValue:
    page = import_pages.run_page(db.get_or_404(ImportRun, run_id), refusal) | {"next": wizard.next_step()}
    return render_template("office/upkeep/import_run.html", **page), 422 if refusal else 200


def _preview(upload: Upload, problems: Problems | None = None) -> ResponseReturnValue:
    page = _found(upload) | {
        "token": upload.id,
        "without_footer": uploads.layout_of(upload).without_footer,
        "problems": problems or {},
        "typed": request.form,
        "today": str(today()),
    }
    return render_template("office/upkeep/import_file.html", **page), 422 if page["wrong"] or problems else 200
