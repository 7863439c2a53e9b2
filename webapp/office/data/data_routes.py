"""The office's addresses for what the law asks of a school's data."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.models import Student, db
from webapp.office.data.subject_facts import left_out
from webapp.office.data.subject_file import file_name, subject_file
from webapp.office.parts.picking import Picked, is_finding, pick_students
from webapp.school import audit, clock
from webapp.sync.log.revisions import writing
from webapp.sync.operations.ids import number

bp = Blueprint("data", __name__, url_prefix="/office/data")


@bp.get("")
def show_data() -> ResponseReturnValue:
    return _page({})


@bp.post("/student")
def give_out_student() -> ResponseReturnValue:
    """Everything about one student as a ZIP."""
    student = db.session.get(Student, number(request.form.get("student")) or 0)
    if is_finding(request.form):
        return _page({})
    if student is None:
        return _page({"student": "Choose a student."})
    with writing():
        missing = {"left_out": ", ".join(left_out(current_user.role))} if left_out(current_user.role) else {}
        audit.note("student.export", f"student:{student.id}", **missing)
    answer = Response(subject_file(student, current_user.role), content_type="application/zip")
    answer.headers.set("Content-Disposition", "attachment", filename=file_name(student))
    return answer


def _picked() -> Picked:
    form = request.form
    return pick_students(form.get("student-typed", ""), form.getlist("student"), clock.today())


def _page(problems: dict[str, str]) -> ResponseReturnValue:
    missing = left_out(current_user.role)
    page = {"students": _picked(), "problems": problems, "missing": missing}
    return render_template("office/data/data.html", **page), 422 if problems else 200
