"""The addresses of imports: a file is brought, looked at, and then imported or dropped."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import RequestEntityTooLarge

from webapp.domain.refusal import Refusal
from webapp.imports import KINDS, Outcome, bring_in
from webapp.imports.undo import undo
from webapp.models import ImportRun, Upload, db
from webapp.office import importing, uploads, wizard
from webapp.office.forms import Problems

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
    return _preview(_own(token))


@bp.post("/<token>/columns")
def choose_columns(token: str) -> ResponseReturnValue:
    upload = _own(token)
    table = importing.table_of(upload)
    chosen = {column.key: request.form.get(column.key, "") for column in KINDS[upload.kind].COLUMNS}
    uploads.choose_columns(token, list(table.headings), chosen)
    return redirect(url_for("imports.look_at_file", token=token), 303)


@bp.post("/<token>/import")
def import_file(token: str) -> ResponseReturnValue:
    """Import what the preview showed, unless the school has changed so much meanwhile that it no longer fits."""
    upload = _own(token)
    outcome = bring_in(KINDS[upload.kind], importing.table_of(upload), uploads.source_of(upload))
    if outcome.problems:
        return _preview(_own(token), outcome)
    uploads.drop(token)
    done = url_for("imports.show_run", run_id=outcome.run) if outcome.run else url_for("imports.choose_file")
    return redirect(done, 303)


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


def _form(kind: str, problems: Problems) -> ResponseReturnValue:
    return render_template("office/import.html", **importing.page(kind, problems)), 422 if problems else 200


def _run(run_id: int, refusal: Refusal | None = None) -> ResponseReturnValue:
    page = importing.run_page(db.get_or_404(ImportRun, run_id), refusal) | {"next": wizard.next_step()}
    return render_template("office/import_run.html", **page), 422 if refusal else 200


def _preview(upload: Upload, outcome: Outcome | None = None) -> ResponseReturnValue:
    page = importing.preview(upload, importing.table_of(upload), outcome)
    return render_template("office/import_file.html", **page), 422 if page["wrong"] else 200
