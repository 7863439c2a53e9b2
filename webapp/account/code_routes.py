"""The second step of signing in: a code of the authenticator app, or a recovery code."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from webapp.account.entrance import enter
from webapp.account.sessions import is_still_here
from webapp.school import audit, clock
from webapp.sync.devices.signing import check_code
from webapp.sync.log.revisions import writing
from webapp.web import second_factor
from webapp.web.identity import HalfWay, who_is_half_way

bp = Blueprint("code", __name__)


@bp.get("/sign-in/code")
def ask() -> ResponseReturnValue:
    person = who_is_half_way(clock.now())
    return _page(person, {}) if person else redirect("/sign-in", 303)


@bp.post("/sign-in/code")
def take() -> ResponseReturnValue:
    person = who_is_half_way(clock.now())
    if person is None:
        return redirect("/sign-in", 303)
    with writing():
        if not is_still_here():  # the password was changed meanwhile, or the like
            return redirect("/sign-in", 303)
        before = second_factor.recovery_codes_left(person.staff)
        refusal = check_code(person.staff, request.form.get("code", ""), clock.now())
        left = second_factor.recovery_codes_left(person.staff)
        if left < before:
            audit.note("account.recovery-code", f"staff:{person.staff.id}", left=str(left))
    if refusal:
        return _page(person, {"code": refusal.detail})
    return enter(person.staff, complete=True, on_call=person.on_call)


def _page(person: HalfWay, problems: dict[str, str]) -> ResponseReturnValue:
    page = render_template("account/code.html", name=person.staff.name, problems=problems)
    return page, 422 if problems else 200
