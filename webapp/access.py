"""Who is signed in, and who may open what.

Every route is listed here by its endpoint; one that is not listed is refused to everybody, and a test names it.
"""

from flask import Flask, abort, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user, login_fresh

from webapp.models import Staff, db

ANYBODY = "anybody"
DESK = "desk"
WANTED = "wanted"
DESK_ROLES = ("office", "administrator", "head", "senior-leader")

RULES = {
    "static": ANYBODY,
    "offline.worker": ANYBODY,
    "offline.manifest": ANYBODY,
    "offline.enrol": ANYBODY,
    # The floor asks for itself who holds the tablet, as its twin in the worker does.
    "floor.home": ANYBODY,
    "floor.today": ANYBODY,
    "floor.day": ANYBODY,
    "floor.lesson": ANYBODY,
    "floor.student": ANYBODY,
    "floor.waiting": ANYBODY,
    "floor.sign_in": ANYBODY,
    "floor.install": ANYBODY,
    "floor.mark": ANYBODY,
    "floor.mark_all": ANYBODY,
    "floor.undo": ANYBODY,
    "floor.settle": ANYBODY,
    "floor.try_sign_in": ANYBODY,
    "floor.hold": ANYBODY,
    "floor.sign_out": ANYBODY,
    # A tablet is known by its cookie, which the protocol checks itself.
    "sync.enrol_device": ANYBODY,
    "sync.sign_in": ANYBODY,
    "sync.push": ANYBODY,
    "sync.pull_rows": ANYBODY,
    "sync.live_events": ANYBODY,
    "office.home": DESK,
    "office.list_tablets": DESK,
    "office.new_code": DESK,
    "office.revoke_tablet": DESK,
    "office.needs_attention": DESK,
    "office.settle": DESK,
}


def init_app(app: Flask) -> None:
    LoginManager(app).user_loader(lambda key: db.session.get(Staff, key))
    app.before_request(check)


def check() -> ResponseReturnValue | None:
    """Let the request pass, send it to the sign-in page, or refuse it."""
    rule = RULES.get(request.endpoint or "")
    if request.endpoint is None or rule == ANYBODY:
        return None  # an unknown address answers 404 by itself
    if rule is None:
        abort(403)
    if not (current_user.is_authenticated and login_fresh()):
        # Whoever holds a tablet may take up a colleague's name with one tap; the desk asks for the password.
        if request.method == "GET":
            session[WANTED] = request.path
        return redirect("/sign-in", 303)
    if rule == DESK and current_user.role not in DESK_ROLES:
        abort(403)
    return None


def wanted() -> str:
    """The page somebody was on the way to when asked to sign in; else the first page of the floor."""
    return str(session.pop(WANTED, "/today"))
