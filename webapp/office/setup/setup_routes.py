"""The addresses of the set-up: from a fresh server to a school at work, one thing a page."""

from flask import Blueprint, Flask, abort, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.domain.access.duties import FLOOR_TABLET
from webapp.domain.text.text import clean
from webapp.imports.undo.words import KINDS as KIND_NAMES
from webapp.office.parts.forms import Problems
from webapp.office.setup import wizard
from webapp.school import clock
from webapp.school.audit import note
from webapp.school.school import is_set_up
from webapp.setup import first_run
from webapp.setup.school import found
from webapp.sync.log.revisions import writing
from webapp.web import identity

bp = Blueprint("setup", __name__, url_prefix="/setup")

KNOWS_CODE = "first_run"
"""Where the session notes that somebody has entered the code from the console."""

OPEN = ("static", "setup.", "offline.")
PEOPLE = ("staff", "students", "timetable")


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    app.extensions["school_known"] = False
    app.before_request(lead_to_setup)


def lead_to_setup() -> ResponseReturnValue | None:
    """Where there is no school yet, every page leads here."""
    if current_app.extensions["school_known"] or (request.endpoint or "").startswith(OPEN):
        return None
    current_app.extensions["school_known"] = is_set_up()
    return None if current_app.extensions["school_known"] else redirect("/setup", 303)


@bp.get("")
def start() -> ResponseReturnValue:
    if not first_run.is_waiting():
        return redirect(url_for("setup.overview"), 303)
    if not session.get(KNOWS_CODE):
        return _code({})
    return redirect(url_for("setup.make_administrator" if is_set_up() else "setup.found_school"), 303)


@bp.post("")
def enter_code() -> ResponseReturnValue:
    refusal = first_run.try_code(request.form.get("code", ""), request.remote_addr or "", clock.now())
    if refusal:
        return _code({"code": refusal.detail})
    session[KNOWS_CODE] = True
    return redirect(url_for("setup.start"), 303)


@bp.route("/school", methods=["GET", "POST"])
def found_school() -> ResponseReturnValue:
    _only_first()
    problems = wizard.school_faults(request.form) if request.method == "POST" else {}
    if request.method == "GET" or problems:
        progress = wizard.first_progress(1, "The school")
        return _page("school", problems, policies=wizard.policies(), typed=_typed("name", "policy"), **progress)
    if found(request.form["policy"], clean(request.form["name"])):
        with writing():
            note("setup.school", policy=request.form["policy"])
    return redirect(url_for("setup.start"), 303)


@bp.route("/administrator", methods=["GET", "POST"])
def make_administrator() -> ResponseReturnValue:
    _only_first()
    if not is_set_up():
        return redirect(url_for("setup.start"), 303)
    problems = wizard.person_faults(request.form) if request.method == "POST" else {}
    if request.method == "GET" or problems:
        typed = _typed("forename", "surname", "username")
        return _page("administrator", problems, typed=typed, **wizard.first_progress(2, "Your account"))
    username, forename, surname = (clean(request.form[field]) for field in ("username", "forename", "surname"))
    staff = first_run.make_administrator(username, forename, surname, request.form["password"])
    if staff:
        session.pop(KNOWS_CODE, None)
        identity.begin(staff, clock.now())
        identity.excuse()  # the second factor can wait until the school is there; the next sign-in asks for it
    return redirect(url_for("setup.overview"), 303)


@bp.get("/steps")
def overview() -> ResponseReturnValue:
    return render_template("office/setup/steps.html", **wizard.overview())


@bp.get("/year")
def choose_year() -> ResponseReturnValue:
    return _page("year", {}, rows=wizard.usual_year(clock.today()), **wizard.progress("year"))


@bp.post("/year")
def save_year() -> ResponseReturnValue:
    rows = wizard.rows_of(request.form, ("kind", "name", "start", "end"))
    problems = wizard.put_in("calendar", rows, "name", current_user.id)
    if problems:
        return _page("year", problems, rows=rows, **wizard.progress("year"))
    return redirect(url_for("setup.choose_bells"), 303)


@bp.get("/bells")
def choose_bells() -> ResponseReturnValue:
    return _page("bells", {}, rows=wizard.usual_bells(), **wizard.progress("bells"))


@bp.post("/bells")
def save_bells() -> ResponseReturnValue:
    rows = wizard.rows_of(request.form, ("period", "start", "end", "kind"))
    problems = wizard.put_in("periods", rows, "period", current_user.id)
    if problems:
        return _page("bells", problems, rows=rows, **wizard.progress("bells"))
    return redirect(url_for("setup.bring_people", kind="staff"), 303)


@bp.get("/people/<kind>")
def bring_people(kind: str) -> ResponseReturnValue:
    if kind not in PEOPLE:
        abort(404)
    columns = wizard.columns_of(kind)
    return _page("people", {}, kind=kind, kind_name=KIND_NAMES[kind], columns=columns, **wizard.progress(kind))


@bp.get("/tablet")
def first_tablet() -> ResponseReturnValue:
    return _page("tablet", {}, duty=FLOOR_TABLET, counts=wizard.counts(), **wizard.progress("tablet"))


def _only_first() -> None:
    """These pages are for whoever knows the code, while nobody can sign in."""
    if not (session.get(KNOWS_CODE) and first_run.is_waiting()):
        abort(403)


def _code(problems: Problems) -> ResponseReturnValue:
    return render_template("office/setup/code.html", problems=problems), 422 if problems else 200


def _typed(*fields: str) -> dict[str, str]:
    """What the form said, to show it again."""
    return {field: request.form.get(field, "") for field in fields}


def _page(name: str, problems: Problems, **context: object) -> ResponseReturnValue:
    return render_template(f"office/setup/{name}.html", problems=problems, **context), 422 if problems else 200
