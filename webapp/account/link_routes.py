"""Choosing a password with a link from the desk."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from webapp.account.endings import end_everything
from webapp.account.links import owner_of
from webapp.account.new_password import problems_of
from webapp.models import Staff
from webapp.school import audit, clock
from webapp.sync.log.revisions import writing
from webapp.web.passwords import hash_password

bp = Blueprint("link", __name__)


@bp.get("/set-up/<token>")
def show(token: str) -> ResponseReturnValue:
    owner = owner_of(token, clock.now())
    return _page(token, owner, {}) if owner else _gone()


@bp.post("/set-up/<token>")
def choose(token: str) -> ResponseReturnValue:
    owner = owner_of(token, clock.now())
    if owner is None:
        return _gone()
    password = request.form.get("new", "")
    problems = problems_of(password, request.form.get("again", ""), owner)
    if problems:
        return _page(token, owner, problems)
    hashed = hash_password(password)
    with writing():
        owner = owner_of(token, clock.now())
        if owner is None:  # it was used meanwhile
            return _gone()
        owner.password_hash = hashed
        end_everything(owner.id, clock.now())
        audit.note("account.set-up", f"staff:{owner.id}")
    return redirect("/sign-in", 303)


def _page(token: str, owner: Staff, problems: dict[str, str]) -> ResponseReturnValue:
    page = render_template("account/set_up.html", token=token, name=owner.name, user=owner.username, problems=problems)
    return page, 422 if problems else 200


def _gone() -> ResponseReturnValue:
    return render_template("account/link_gone.html"), 404
