"""The office's addresses for making two records of one person one."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.domain.refusal import Refusal
from webapp.models import Merge, db
from webapp.office.students import merge_pages, merging
from webapp.sync.operations.ids import number

bp = Blueprint("merges", __name__, url_prefix="/office/merge")


@bp.get("")
def choose() -> ResponseReturnValue:
    return render_template("office/students/merge.html", **merge_pages.page(request.args))


@bp.post("")
def merge() -> ResponseReturnValue:
    kept, gone = (number(request.form.get(field)) or abort(404) for field in ("kept", "gone"))
    return _done(kept, merging.merge(merging.Pair(kept, gone), current_user.id))


@bp.post("/<int:merge_id>/undo")
def undo(merge_id: int) -> ResponseReturnValue:
    merged = db.get_or_404(Merge, merge_id)
    kept, gone = merged.kept, merged.gone
    return _done(gone, merging.undo(merge_id, current_user.id), {"kept": str(kept)})


def _done(student: int, refusal: Refusal | None, asked: dict[str, str] | None = None) -> ResponseReturnValue:
    if refusal is None:
        return redirect(url_for("students.show_student", student=student), 303)
    page = merge_pages.page(asked or request.form, refusal.detail)
    return render_template("office/students/merge.html", **page), 422
