"""Who is signed in, and whether they may open what they ask for, as `domain/access/rights.py` says."""

import re
from datetime import timedelta

from flask import Flask, abort, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user
from werkzeug import Response

from webapp.domain.access.rights import ANYBODY, PAGES
from webapp.models import Staff, db
from webapp.school import clock
from webapp.school.scope import Scope, scope_of
from webapp.web import cookies
from webapp.web.identity import is_lacking, is_sure, who_is_half_way

SETTING_UP = ("account.second_factor_page", "account.show_second_factor", "account.confirm_second_factor")
"""What is open to somebody who must set up a second factor before anything else at the desk."""

WANTED_FOR = timedelta(minutes=15)
"""How long it is kept which page somebody was on the way to when asked to sign in."""

PATH = re.compile(r"/[\w-]+(/[\w.-]*)*", re.ASCII)
STUDENT, GROUP = "student", "group"
"""How addresses name whom they are about; a page about one of them is checked here."""


def init_app(app: Flask) -> None:
    LoginManager(app).user_loader(_somebody_here)
    app.before_request(check)


def _somebody_here(key: str) -> Staff | None:
    """The member of staff a session is of; nobody once they have left."""
    staff = db.session.get(Staff, key)
    return staff if staff and staff.is_here(clock.today()) else None


def check() -> ResponseReturnValue | None:
    """Let the request pass, send it to the sign-in page, or refuse it."""
    right = PAGES.get(request.endpoint or "")
    if request.endpoint is None or right is ANYBODY:
        return None  # an unknown address answers 404 by itself
    if right is None:
        abort(403)
    if not is_sure():
        # Whoever holds a tablet may take up a colleague's name with one tap; the desk asks for the password.
        return _to_sign_in()
    if is_lacking() and request.endpoint not in SETTING_UP:
        return redirect("/account/second-factor", 303)
    if not right.allows(current_user.role) or not _is_within_scope(request.view_args or {}):
        abort(403)
    return None


def _is_within_scope(parts: dict[str, object]) -> bool:
    """Whether those whom an address names are among those whom the person may see."""
    if STUDENT in parts and not scope().has_student(str(parts[STUDENT])):
        return False
    return GROUP not in parts or scope().has_group(str(parts[GROUP]))


def scope() -> Scope:
    """What whoever is signed in may see on the page that is asked for: everybody, or the students given to them."""
    right = PAGES[request.endpoint or ""]
    return scope_of(current_user.id if right.only_own(current_user.role) else None)


def may_open(role: str, endpoint: str) -> bool:
    """Whether somebody in this role may open a page."""
    right = PAGES[endpoint]
    return right is ANYBODY or right.allows(role)


def _to_sign_in() -> ResponseReturnValue:
    """A cookie keeps the page that was asked for, so that strangers leave nothing in the database."""
    answer = redirect("/sign-in/code" if who_is_half_way(clock.now()) else "/sign-in", 303)
    if request.method == "GET":
        cookies.write(answer, cookies.WANTED, request.path, WANTED_FOR)
    return answer


def to_wanted(home: str = "/today") -> Response:
    """On to the page somebody was on the way to when asked to sign in; else to the first page of the floor."""
    path = cookies.read(cookies.WANTED) or ""
    answer = redirect(path if PATH.fullmatch(path) else home, 303)
    if path:
        cookies.drop(answer, cookies.WANTED)
    return answer
