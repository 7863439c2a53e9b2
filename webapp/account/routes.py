"""One's own account: password, second factor, and where one is signed in."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp import audit, clock, identity, second_factor
from webapp.account import page
from webapp.account.new_password import Problems, problems_of
from webapp.models import Staff, db
from webapp.passwords import hash_password
from webapp.pictures import qr_picture
from webapp.school import the_school
from webapp.sessions import end_sessions, here
from webapp.sync.sequence import writing
from webapp.sync.signing import check_code_of_app, check_own_password

bp = Blueprint("account", __name__, url_prefix="/account")


@bp.get("/")
def home() -> ResponseReturnValue:
    return _home({})


@bp.post("/password")
def change_password() -> ResponseReturnValue:
    new = request.form.get("new", "")
    problems = problems_of(new, request.form.get("again", ""), current_user) or _password_problems("current")
    if problems:
        return _home(problems)
    hashed = hash_password(new)
    with writing():
        _me().password_hash = hashed
        end_sessions(current_user.id, but=here())
        audit.note("account.password", _about_me())
    return redirect(url_for("account.home", done="password"), 303)


@bp.post("/sessions/end")
def end_session() -> ResponseReturnValue:
    """Sign out one of one's browsers, or with `everywhere` all of them, this one too."""
    everywhere = "everywhere" in request.form
    with writing():
        end_sessions(current_user.id, only=None if everywhere else request.form.get("session", ""))
        audit.note("account.sign-out", _about_me(), which="all" if everywhere else "one")
    if everywhere:
        identity.end()
        return redirect("/sign-in", 303)
    return redirect(url_for("account.home", done="session"), 303)


@bp.get("/second-factor")
def second_factor_page() -> ResponseReturnValue:
    if second_factor.is_on(current_user):
        return redirect(url_for("account.home"))
    return _set_up({})


@bp.post("/second-factor")
def confirm_second_factor() -> ResponseReturnValue:
    with writing():
        verdict = check_code_of_app(_me(), request.form.get("code", ""), clock.now())
        if isinstance(verdict, list):
            end_sessions(current_user.id, but=here())
            audit.note("account.second-factor-on", _about_me())
    if not isinstance(verdict, list):
        return _set_up({"code": verdict.detail})
    identity.lacks_nothing()
    return render_template("account/recovery_codes.html", codes=verdict)


@bp.post("/recovery-codes")
def new_recovery_codes() -> ResponseReturnValue:
    problems = _password_problems("password-for-codes")
    if problems or not second_factor.is_on(current_user):
        return _home(problems)
    with writing():
        codes = second_factor.renew_recovery_codes(_me())
        audit.note("account.recovery-codes", _about_me())
    return render_template("account/recovery_codes.html", codes=codes)


@bp.post("/second-factor/off")
def switch_off() -> ResponseReturnValue:
    problems = _password_problems("password-for-off")
    if problems or second_factor.is_asked_of(current_user):
        return _home(problems)
    with writing():
        second_factor.switch_off(_me())
        audit.note("account.second-factor-off", _about_me())
    return redirect(url_for("account.home", done="off"), 303)


def _me() -> Staff:
    """Read anew under the lock."""
    return db.session.get_one(Staff, current_user.get_id())


def _about_me() -> str:
    return f"staff:{current_user.get_id()}"


def _password_problems(field: str) -> Problems:
    """Whether it is still the person who signed in; who has no password need not show one."""
    refusal = check_own_password(_me(), request.form.get(field, ""), clock.now())
    return {field: refusal.detail} if refusal else {}


def _home(problems: Problems) -> ResponseReturnValue:
    shown: dict[str, Any] = page.of(current_user, here())
    done = page.DONE.get(request.args.get("done", ""), "")
    return render_template("account/home.html", problems=problems, done=done, **shown), 422 if problems else 200


def _set_up(problems: Problems) -> ResponseReturnValue:
    with writing():
        secret = second_factor.prepare(_me())
    school = the_school()
    address = second_factor.address(current_user, secret, school.name if school else "")
    shown = {"secret": page.in_fours(secret), "picture": qr_picture(address), "asked": identity.is_lacking()}
    return render_template("account/second_factor.html", problems=problems, **shown), 422 if problems else 200
