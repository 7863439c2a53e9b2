"""Addresses of staff accounts at the desk."""

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from webapp.account.endings import end_everything, end_if_other, forget_providers, standing_of
from webapp.account.links import make_link
from webapp.account.sessions import here
from webapp.domain.access.roles import LOOK_AFTER_ALL, may_look_after
from webapp.domain.text.text import email_of
from webapp.models import LockOut, School, Staff, db
from webapp.models.school import OFFERED, REQUIRED
from webapp.office.parts.forms import Problems
from webapp.office.parts.paging import number_of
from webapp.office.upkeep import accounts
from webapp.school import audit, clock
from webapp.sync.log.revisions import writing
from webapp.web import second_factor

bp = Blueprint("accounts", __name__, url_prefix="/office/accounts")


@bp.get("/")
def list_accounts() -> ResponseReturnValue:
    policy = db.session.scalar(select(School.second_factor))
    page = accounts.locked(clock.now(), current_user.role, number_of(request.args))
    decides = current_user.role in LOOK_AFTER_ALL
    return render_template(
        "office/upkeep/accounts.html",
        people=accounts.listed(),
        locks=page.rows,
        page=page,
        policy=policy,
        decides=decides,
    )


@bp.post("/second-factor")
def require_second_factor() -> ResponseReturnValue:
    """Whether those who see what is sensitive must have a second factor."""
    wanted = request.form.get("second_factor", "")
    if wanted not in (REQUIRED, OFFERED):
        abort(400)
    with writing():
        db.session.query(School).one().second_factor = wanted
        audit.note("school.second-factor", "school", second_factor=wanted)
    return redirect(url_for("accounts.list_accounts"), 303)


@bp.post("/unlock")
def unlock() -> ResponseReturnValue:
    """Forget the guesses under one key."""
    with writing():
        lock = db.session.get(LockOut, request.form.get("key", ""))
        if lock and not accounts.may_unlock(current_user.role, lock.key):
            abort(403)
        if lock:
            audit.note("guesses.unlock", f"guess:{lock.key}")
            db.session.delete(lock)
    return redirect(url_for("accounts.list_accounts"), 303)


@bp.get("/<key:staff>")
def account(staff: str) -> ResponseReturnValue:
    return _page(_person(staff), {})


@bp.post("/<key:staff>/link")
def new_link(staff: str) -> ResponseReturnValue:
    """A link with which the person chooses a password."""
    person = _looked_after(staff)
    with writing():
        token = make_link(person.id, clock.now())
        audit.note("account.link", f"staff:{person.id}")
    address = f"{current_app.config['SETTINGS'].public_url}{url_for('link.show', token=token)}"
    return render_template("office/upkeep/set_up_link.html", person=person, address=address)


@bp.post("/<key:staff>/second-factor/reset")
def reset_second_factor(staff: str) -> ResponseReturnValue:
    """For somebody who has neither phone nor recovery codes any more."""
    person = _looked_after(staff)
    with writing():
        second_factor.switch_off(person)
        end_everything(person.id, clock.now())
        audit.note("account.second-factor-reset", f"staff:{person.id}")
    return redirect(url_for("accounts.account", staff=staff), 303)


@bp.post("/<key:staff>/sign-out")
def sign_out(staff: str) -> ResponseReturnValue:
    person = _looked_after(staff)
    with writing():
        end_everything(person.id, clock.now())
        audit.note("account.sign-out", f"staff:{person.id}", which="all")
    return redirect(url_for("accounts.account", staff=staff), 303)


@bp.post("/<key:staff>/email")
def change_email(staff: str) -> ResponseReturnValue:
    """The address by which Microsoft or Google names the person; it decides anew whose account there it is."""
    person = _looked_after(staff)
    typed = request.form.get("email", "").strip()
    problems = _email_problems(typed, person)
    if problems:
        return _page(person, problems)
    with writing():
        row = db.session.get_one(Staff, staff)
        before, row.email = standing_of(row), email_of(typed)
        end_if_other(row, before, but=here() if staff == current_user.id else None)
        forget_providers(staff)
        audit.note("account.email", f"staff:{staff}")
    return redirect(url_for("accounts.account", staff=staff), 303)


def _email_problems(typed: str, person: Staff) -> Problems:
    address = email_of(typed)
    if typed and address is None:
        return {"email": "Type an address such as j.reid@school.example, or nothing."}
    other = db.session.scalar(select(Staff).where(Staff.email == address, Staff.id != person.id)) if address else None
    return {"email": f"{other.name} has this address already."} if other else {}


def _person(staff: str) -> Staff:
    return db.get_or_404(Staff, staff)


def _looked_after(staff: str) -> Staff:
    """A person whose account whoever is signed in may change."""
    person = _person(staff)
    if not may_look_after(current_user.role, person.role):
        abort(403)
    return person


def _page(person: Staff, problems: Problems) -> ResponseReturnValue:
    shown = accounts.account_of(person, clock.now(), current_user.role)
    if problems:
        shown["email"] = request.form.get("email", "")
    may_change = may_look_after(current_user.role, person.role)
    page = render_template("office/upkeep/account.html", problems=problems, may_change=may_change, **shown)
    return page, 422 if problems else 200
