"""The addresses at which what was recorded is found and put right."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.domain.operations.space_kinds import CORRECT
from webapp.models import Lesson, Redemption, Score, Stay, Student, db
from webapp.office.parts.forms import Problems, record
from webapp.office.parts.paging import number_of
from webapp.office.parts.picking import is_finding
from webapp.office.students import corrections
from webapp.sync.operations.projected import find
from webapp.sync.operations.score import RECORD as MARK
from webapp.sync.operations.tuck import VOID

bp = Blueprint("corrections", __name__, url_prefix="/office/corrections")

NO_WHY = "Say in a few words why. It stays with the entry, and only staff see it."


@bp.get("")
def find_entries() -> ResponseReturnValue:
    page = corrections.found(request.args.to_dict())
    return render_template("office/students/corrections.html", **page), 422 if page["problems"] else 200


@bp.get("/mark/<int:student>/<int:lesson>")
def one_mark(student: int, lesson: int) -> ResponseReturnValue:
    return _mark(*_named(student, lesson), {}, {})


@bp.post("/mark/<int:student>/<int:lesson>")
def correct_mark(student: int, lesson: int) -> ResponseReturnValue:
    marked, taught = _named(student, lesson)
    form = request.form
    problems = _missing_why(form)
    if form.get("mark") not in corrections.MARKS:
        problems = {"mark": "Choose the mark that should stand."} | problems
    problems = problems or _refused(MARK, corrections.mark_body(marked, taught, form), _standing(marked, taught))
    if problems:
        return _mark(marked, taught, form, problems)
    return redirect(url_for("corrections.one_mark", student=student, lesson=lesson), 303)


@bp.get("/stay/<name>")
def one_stay(name: str) -> ResponseReturnValue:
    return _stay(find(Stay, name) or abort(404), {}, {})


@bp.post("/stay/<name>")
def correct_stay(name: str) -> ResponseReturnValue:
    stay = find(Stay, name) or abort(404)
    if is_finding(request.form):
        return _stay(stay, request.form, {})
    problems = _missing_why(request.form) or _refused(CORRECT.name, corrections.stay_body(stay, request.form))
    if problems:
        return _stay(stay, request.form, problems)
    return redirect(url_for("corrections.one_stay", name=name), 303)


@bp.get("/sale/<name>")
def one_sale(name: str) -> ResponseReturnValue:
    return _sale(find(Redemption, name) or abort(404), {})


@bp.post("/sale/<name>")
def take_back_sale(name: str) -> ResponseReturnValue:
    sale = find(Redemption, name) or abort(404)
    body = {"redemption": sale.id, "why": request.form.get("why", "")}
    problems = _missing_why(request.form) or _refused(VOID, body)
    return _sale(sale, problems) if problems else redirect(url_for("corrections.one_sale", name=name), 303)


def _named(student: int, lesson: int) -> tuple[Student, Lesson]:
    return db.get_or_404(Student, student), db.get_or_404(Lesson, lesson)


def _standing(student: Student, lesson: Lesson) -> str | None:
    """The operation whose mark stands, which a correction replaces."""
    score = db.session.get(Score, (lesson.id, student.id))
    return score.op if score else None


def _missing_why(form: Mapping[str, str]) -> Problems:
    return {} if form.get("why", "").strip() else {"why": NO_WHY}


def _refused(kind: str, body: dict[str, Any], replaces: str | None = None) -> Problems:
    refusal = record(kind, body, replaces)
    return {"form": refusal.detail} if refusal else {}


def _mark(student: Student, lesson: Lesson, form: Mapping[str, str], problems: Problems) -> ResponseReturnValue:
    page = corrections.mark_page(student, lesson, number_of(request.args))
    typed = {name: form.get(name, "") for name in ("mark", "why")}
    return render_template("office/students/correct_mark.html", **page, typed=typed, problems=problems), _status(
        problems
    )


def _stay(stay: Stay, form: Mapping[str, str], problems: Problems) -> ResponseReturnValue:
    page = corrections.stay_page(stay, form, number_of(request.args))
    return render_template("office/students/correct_stay.html", **page, problems=problems), _status(problems)


def _sale(sale: Redemption, problems: Problems) -> ResponseReturnValue:
    page = corrections.sale_page(sale, number_of(request.args))
    return render_template("office/students/correct_sale.html", **page, problems=problems), _status(problems)


def _status(problems: Problems) -> int:
    return 422 if problems else 200
