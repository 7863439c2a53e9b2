"""Taking the tablet up and putting it down: signing in, holding and signing out."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from webapp.account.entrance import enter
from webapp.domain.refusal import Refusal
from webapp.floor.both.screens import sign_in as screen
from webapp.floor.pages import show
from webapp.floor.viewer import current_viewer
from webapp.models import Staff, db
from webapp.school import clock
from webapp.sync.devices.devices import current_device
from webapp.sync.devices.pins import pin_problem, set_pin
from webapp.sync.devices.signing import sign_in
from webapp.web import identity
from webapp.web.security import forget_pages

SIGN_IN = "/sign-in"


def add_to(bp: Blueprint) -> None:
    bp.add_url_rule(SIGN_IN, view_func=try_sign_in, methods=["POST"])
    bp.add_url_rule("/hold", view_func=hold, methods=["POST"])
    bp.add_url_rule("/pin", view_func=change_pin, methods=["POST"])
    bp.add_url_rule("/sign-out", view_func=sign_out, methods=["POST"])


def try_sign_in() -> ResponseReturnValue:
    username, password = (request.form.get(key, "") for key in ("username", "password"))
    on_call = "on_call" in request.form
    verdict = sign_in(current_device(), username, password, clock.now(), on_call)
    if isinstance(verdict, Refusal):
        return show(screen, current_viewer(), {"error": verdict.detail, "username": username}, 422, SIGN_IN)
    return enter(verdict.staff, verdict.complete, on_call)


def hold() -> ResponseReturnValue:
    """One tap takes up a tablet on which one has signed in, or a tap and a PIN."""
    viewer = current_viewer()
    staff = db.session.get(Staff, request.form.get("staff", ""))
    if staff is None or staff.id not in viewer.signed_in:
        return show(screen, viewer, {"error": "That sign-in has ended. Sign in with your password."}, 422, SIGN_IN)
    if staff.id in viewer.pins and (problem := _pin_asked_for(staff.id)) is not None:
        return show(screen, viewer, {"asking": staff.id, "error": problem}, 422 if problem else 200, SIGN_IN)
    identity.take_up(staff)
    return redirect("/", 303)


def _pin_asked_for(staff: str) -> str | None:
    """What is wrong with the PIN that was typed; empty if it is still to be typed, None if nothing."""
    device, pin = current_device(), request.form.get("pin", "")
    if device is None or not pin:
        return ""
    return pin_problem(device, staff, pin, clock.now())


def change_pin() -> ResponseReturnValue:
    """Set the PIN of whoever holds the tablet, or remove it."""
    viewer, device = current_viewer(), current_device()
    pin = None if request.form.get("remove") else request.form.get("pin", "")
    if viewer.staff is None or device is None:
        return redirect(SIGN_IN, 303)
    unfit = set_pin(device, viewer.staff, pin)
    if unfit:
        return show(screen, viewer, {"error": unfit, "setting": "yes"}, 422, SIGN_IN)
    return redirect(SIGN_IN, 303)


def sign_out() -> ResponseReturnValue:
    identity.end()
    return forget_pages(redirect(SIGN_IN, 303))
