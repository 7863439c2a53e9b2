"""Choosing a password with a link from the desk."""

from datetime import timedelta

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from webapp import audit, clock
from webapp.account.new_password import problems_of
from webapp.endings import end_everything
from webapp.models import Staff
from webapp.passwords import hash_password
from webapp.set_up_links import owner_of
from webapp.sync.sequence import writing
from webapp.sync.signing import link_guess

bp = Blueprint("link", __name__)


@bp.get("/set-up/<token>")
def show(token: str) -> ResponseReturnValue:
    owner = _owner(token)
    return _page(token, owner, {}) if isinstance(owner, Staff) else _gone(owner)


@bp.post("/set-up/<token>")
def choose(token: str) -> ResponseReturnValue:
    owner = _owner(token)
    if not isinstance(owner, Staff):
        return _gone(owner)
    password = request.form.get("new", "")
    problems = problems_of(password, request.form.get("again", ""), owner)
    if problems:
        return _page(token, owner, problems)
    hashed = hash_password(password)
    with writing():
        owner = owner_of(token, clock.now())
        if owner is None:  # it was used meanwhile
            return _gone(None)
        owner.password_hash = hashed
        end_everything(owner.id, clock.now())
        audit.note("account.set-up", f"staff:{owner.id}")
    return redirect("/sign-in", 303)


def _owner(token: str) -> Staff | timedelta | None:
    """Whose link it is, or how long to wait; wrong ones are counted by where they come from."""
    guess, now = link_guess(), clock.now()
    with writing():
        if wait := guess.left(now):
            return wait
        owner = owner_of(token, now)
        if owner is None:
            guess.count(now)
    return owner


def _page(token: str, owner: Staff, problems: dict[str, str]) -> ResponseReturnValue:
    page = render_template("account/set_up.html", token=token, name=owner.name, user=owner.username, problems=problems)
    return page, 422 if problems else 200


def _gone(wait: timedelta | None) -> ResponseReturnValue:
    return render_template("account/link_gone.html", wait=wait is not None), 429 if wait else 404
