"""The office's addresses for students."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.models import Student
from webapp.office.insight import attendance_pages
from webapp.office.parts.forms import Problems
from webapp.office.parts.picking import is_finding
from webapp.office.students import contact_pages, students
from webapp.school.audit import viewed
from webapp.web.access import may_open

bp = Blueprint("students", __name__, url_prefix="/office/students")


@bp.get("")
def list_students() -> ResponseReturnValue:
    return render_template("office/students/students.html", **students.page(request.args))


@bp.get("/new")
def new_student() -> ResponseReturnValue:
    return _form(None, {"reg": request.args.get("group", "")}, {})


@bp.post("/new")
def add_student() -> ResponseReturnValue:
    return _save(None)


@bp.get("/<student>")
def show_student(student: str) -> ResponseReturnValue:
    found = _found(student)
    return _form(found, {}, {})


@bp.post("/<student>")
def change_student(student: str) -> ResponseReturnValue:
    return _save(_found(student))


@bp.post("/<student>/leave")
def leave(student: str) -> ResponseReturnValue:
    return _turn(_found(student), comes=False)


@bp.post("/<student>/return")
def come_back(student: str) -> ResponseReturnValue:
    return _turn(_found(student), comes=True)


@bp.post("/<student>/part-time")
def add_part_time(student: str) -> ResponseReturnValue:
    found = _found(student)
    problems = students.part_time_faults(request.form, found)
    if problems:
        return _form(found, request.form, problems)
    students.add_part_time(request.form, found)
    return redirect(url_for("students.show_student", student=student), 303)


@bp.post("/<student>/part-time/end")
def end_part_time(student: str) -> ResponseReturnValue:
    students.end_part_time(_found(student), request.form.get("part", ""))
    return redirect(url_for("students.show_student", student=student), 303)


def _found(student: str) -> Student:
    return students.find(student) or abort(404)


def _save(student: Student | None) -> ResponseReturnValue:
    kept = {"left": str(student.left or "")} if student else {"left": ""}
    form = request.form.to_dict() | kept
    if is_finding(form):
        return _form(student, form, {})
    problems = students.faults(form, student)
    if problems:
        return _form(student, form, problems)
    return redirect(url_for("students.show_student", student=students.save(form, student)), 303)


def _turn(student: Student, comes: bool) -> ResponseReturnValue:
    problems = students.turn(student, request.form.get("day"), comes)
    if problems:
        return _form(student, request.form, problems)
    return redirect(url_for("students.show_student", student=student.id), 303)


def _home(student: Student | None) -> dict[str, Any]:
    """What the school's other systems say of a student. What a court has ordered is for those who safeguard."""
    if student is None:
        return {}
    sees_notes = may_open(current_user.role, "contacts.list_orders")
    found = contact_pages.rows(student, sees_notes)
    if any(row["note"] for row in found):
        viewed("court-orders", f"student:{student.id}")
    return {"contacts": found, "half_terms": attendance_pages.half_terms(student)}


def _form(student: Student | None, form: Mapping[str, str], problems: Problems) -> ResponseReturnValue:
    """The page of a student. What another of its forms was about stands there as it is stored."""
    stored = students.typed_of(student) if student else {}
    page = students.form_page(student, {**stored, **form}, request.form.getlist("slot"), problems)
    return render_template("office/students/student.html", **page, **_home(student)), 422 if problems else 200
