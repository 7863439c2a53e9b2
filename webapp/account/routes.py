"""One's own account: password, second factor, and where one is signed in."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.account import page
from webapp.account.endings import end_everything
from webapp.account.new_password import Problems, problems_of
from webapp.account.sessions import end_session, here, is_still_here, take_new_name
from webapp.models import Staff, db
from webapp.school import audit, clock
from webapp.school.school import the_school
from webapp.sync.devices.signing import check_code_of_app, check_own_password
from webapp.sync.log.revisions import writing
from webapp.web import identity, second_factor
from webapp.web.passwords import hash_password
from webapp.web.pictures import qr_picture
from webapp.web.security import forget_pages

SIGN_IN_AGAIN = "You have no password here. Sign in with Microsoft or Google once more, then try this again."

bp = Blueprint("account", __name__, url_prefix="/account")


@bp.get("/")
def home() -> ResponseReturnValue:
    return _home({})


@bp.post("/password")
def change_password() -> ResponseReturnValue:
    new = request.form.get("new", "")
    problems = problems_of(new, request.form.get("again", ""), current_user) or _proof_problems("current")
    if problems:
        return _home(problems)
    hashed = hash_password(new)
    with writing():
        _me().password_hash = hashed
        _end_all_else()
        audit.note("account.password", _about_me())
    return redirect(url_for("account.home", done="password"), 303)


@bp.post("/sessions/end", endpoint="end_session")
def sign_out() -> ResponseReturnValue:
    """Sign out one of one's browsers, or with `everywhere` all of them, this one too, and the tablets."""
    everywhere = "everywhere" in request.form
    with writing():
        if everywhere:
            end_everything(current_user.id, clock.now())
        else:
            end_session(current_user.id, request.form.get("session", ""))
        audit.note("account.sign-out", _about_me(), which="all" if everywhere else "one")
    if everywhere:
        identity.end()
        return forget_pages(redirect("/sign-in", 303))
    return redirect(url_for("account.home", done="session"), 303)


@bp.get("/second-factor")
def second_factor_page() -> ResponseReturnValue:
    """Asks for the password: whoever adds a second factor to somebody else's account has it for good."""
    if second_factor.is_on(current_user):
        return redirect(url_for("account.home"))
    return _ask_for_proof({})


@bp.post("/second-factor/key")
def show_second_factor() -> ResponseReturnValue:
    """What an authenticator app is to scan: another secret each time."""
    if problems := _proof_problems("password-for-factor"):
        return _ask_for_proof(problems)
    with writing():
        me = _me()
        if second_factor.is_on(me):
            return redirect(url_for("account.home"), 303)
        second_factor.prepare(me)
    identity.show_secret(clock.now())
    return _show_secret({})


@bp.post("/second-factor")
def confirm_second_factor() -> ResponseReturnValue:
    if not identity.was_shown(clock.now()):
        return redirect(url_for("account.second_factor_page"), 303)
    with writing():
        verdict = check_code_of_app(_me(), request.form.get("code", ""), clock.now())
        if isinstance(verdict, list):
            _end_all_else()
            audit.note("account.second-factor-on", _about_me())
    if not isinstance(verdict, list):
        return _show_secret({"code": verdict.detail})
    identity.forget_secret()
    return render_template("account/recovery_codes.html", codes=verdict)


@bp.post("/recovery-codes")
def new_recovery_codes() -> ResponseReturnValue:
    problems = _proof_problems("password-for-codes")
    if problems or not second_factor.is_on(current_user):
        return _home(problems)
    with writing():
        codes = second_factor.renew_recovery_codes(_me())
        audit.note("account.recovery-codes", _about_me())
    return render_template("account/recovery_codes.html", codes=codes)


@bp.post("/second-factor/off")
def switch_off() -> ResponseReturnValue:
    problems = _proof_problems("password-for-off")
    if problems or second_factor.is_asked_of(current_user):
        return _home(problems)
    with writing():
        second_factor.switch_off(_me())
        _end_all_else()
        audit.note("account.second-factor-off", _about_me())
    return redirect(url_for("account.home", done="off"), 303)


def _me() -> Staff:
    """Read anew under the lock, as long as the session was not ended before one came to hold it."""
    if not is_still_here():
        abort(redirect("/sign-in", 303))
    return db.session.get_one(Staff, current_user.get_id())


def _end_all_else() -> None:
    """Only this session goes on, and nobody who knows its name goes on with it."""
    end_everything(current_user.get_id(), clock.now(), but=here())
    take_new_name()


def _about_me() -> str:
    return f"staff:{current_user.get_id()}"


def _proof_problems(field: str) -> Problems:
    """Whether it is still the person who signed in: by their password, or for who has none by having just done so."""
    if current_user.password_hash is None:
        return {} if identity.has_just_proved(clock.now()) else {field: SIGN_IN_AGAIN}
    refusal = check_own_password(_me(), request.form.get(field, ""), clock.now())
    return {field: refusal.detail} if refusal else {}


def _home(problems: Problems) -> ResponseReturnValue:
    shown: dict[str, Any] = page.of(current_user, here())
    done = page.DONE.get(request.args.get("done", ""), "")
    return render_template("account/home.html", problems=problems, done=done, **shown), 422 if problems else 200


def _ask_for_proof(problems: Problems) -> ResponseReturnValue:
    shown = {"asked": identity.is_lacking(), "has_password": current_user.password_hash is not None}
    return render_template("account/proof.html", problems=problems, **shown), 422 if problems else 200


def _show_secret(problems: Problems) -> ResponseReturnValue:
    secret = second_factor.prepared(current_user)
    if secret is None:  # it was switched on in another window
        return redirect(url_for("account.second_factor_page"), 303)
    school = the_school()
    address = second_factor.address(current_user, secret, school.name if school else "")
    shown = {"secret": page.in_fours(secret), "picture": qr_picture(address)}
    return render_template("account/second_factor.html", problems=problems, **shown), 422 if problems else 200
