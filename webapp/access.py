"""Who is signed in, and who may open what.

Every route is listed here by its endpoint; one that is not listed is refused to everybody, and a test names it.
"""

import re
from datetime import timedelta

from flask import Flask, abort, current_app, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user
from werkzeug import Response

from webapp.domain.roles import ROLES
from webapp.identity import is_sure
from webapp.models import Staff, db

ANYBODY = "anybody"
DESK = "desk"
LEADERS = "leaders"
DESK_AND_LEADERS = "desk-and-leaders"
BOARD = "board"
SAFEGUARDS = "safeguards"
TUCK = "tuck"
STAFF = "staff"
WANTED = "reachable_wanted"
"""The cookie that holds which page somebody was on the way to when asked to sign in."""

WANTED_FOR = timedelta(minutes=15)
PATH = re.compile(r"/[\w-]+(/[\w.-]*)*", re.ASCII)
DESK_ROLES = ("office", "administrator", "head", "senior-leader")
LEADER_ROLES = ("head", "senior-leader", "head-of-year", "safeguarding-lead", "sendco", "administrator")
DESK_AND_LEADER_ROLES = tuple(dict.fromkeys(DESK_ROLES + LEADER_ROLES))
SAFEGUARD_ROLES = ("head", "safeguarding-lead", "administrator")
TUCK_ROLES = (*DESK_ROLES, "tuck-shop")
BOARD_ROLES = (*DESK_AND_LEADER_ROLES, "tutor")
ROLES_BY_RULE = {
    DESK: DESK_ROLES,
    LEADERS: LEADER_ROLES,
    DESK_AND_LEADERS: DESK_AND_LEADER_ROLES,
    SAFEGUARDS: SAFEGUARD_ROLES,
    BOARD: BOARD_ROLES,
    TUCK: TUCK_ROLES,
    STAFF: ROLES,
}

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
    "floor.spaces": ANYBODY,
    "floor.spaces_ask": ANYBODY,
    "floor.stay": ANYBODY,
    "floor.tuck": ANYBODY,
    "floor.tuck_student": ANYBODY,
    "floor.room": ANYBODY,
    "floor.room_student": ANYBODY,
    "floor.waiting": ANYBODY,
    "floor.sign_in": ANYBODY,
    "floor.install": ANYBODY,
    "floor.mark": ANYBODY,
    "floor.mark_all": ANYBODY,
    "floor.undo": ANYBODY,
    "floor.ask_for": ANYBODY,
    "floor.ask": ANYBODY,
    "floor.enter": ANYBODY,
    "floor.cancel": ANYBODY,
    "floor.take_over": ANYBODY,
    "floor.assist": ANYBODY,
    "floor.hear": ANYBODY,
    "floor.hand_over": ANYBODY,
    "floor.leave": ANYBODY,
    "floor.take_back_sale": ANYBODY,
    "floor.count_shelf": ANYBODY,
    "floor.sell": ANYBODY,
    "floor.take_back_from": ANYBODY,
    "floor.choose_option": ANYBODY,
    "floor.award": ANYBODY,
    "floor.limit": ANYBODY,
    "floor.lift": ANYBODY,
    "floor.admit": ANYBODY,
    "floor.leave_room": ANYBODY,
    "floor.settle": ANYBODY,
    "floor.open_card": ANYBODY,
    "floor.try_sign_in": ANYBODY,
    "floor.hold": ANYBODY,
    "floor.sign_out": ANYBODY,
    # A card holder is known by the token alone; what is for one tablet or for the desk asks for itself.
    "student.card_page": ANYBODY,
    "student.card_points": ANYBODY,
    "student.card_option": ANYBODY,
    "student.card_worker": ANYBODY,
    "student.kiosk": ANYBODY,
    "student.hall": ANYBODY,
    # A tablet is known by its cookie, which the protocol checks itself.
    "sync.enrol_device": ANYBODY,
    "sync.sign_in": ANYBODY,
    "sync.push": ANYBODY,
    "sync.pull_rows": ANYBODY,
    "sync.live_events": ANYBODY,
    "office.home": STAFF,
    "office.list_tablets": DESK,
    "office.new_code": DESK,
    "office.revoke_tablet": DESK,
    "office.needs_attention": DESK,
    "office.settle": DESK,
    "office.list_plans": DESK,
    "office.make_plan": DESK,
    "office.end_plan": DESK,
    "office.list_pairs": DESK_AND_LEADERS,
    "office.keep_apart": DESK_AND_LEADERS,
    "office.end_pair": DESK_AND_LEADERS,
    "office.hall_board": BOARD,
    "office.name_on_board": BOARD,
    "office.list_cards": DESK,
    "office.issue_cards": DESK,
    "office.list_records": LEADERS,
    "office.complete_record": LEADERS,
    "office.tracker": DESK_AND_LEADERS,
    "office.export_stays": DESK_AND_LEADERS,
    "insight.means": DESK_AND_LEADERS,
    "insight.lessons_behind": DESK_AND_LEADERS,
    "insight.export_means": DESK_AND_LEADERS,
    "insight.weekly_tracker": DESK_AND_LEADERS,
    "insight.export_weekly": DESK_AND_LEADERS,
    "calendar.show_calendar": DESK,
    "calendar.new_entry": DESK,
    "calendar.add_entry": DESK,
    "calendar.show_entry": DESK,
    "calendar.change_entry": DESK,
    "calendar.remove_entry": DESK,
    "bells.show_bells": DESK,
    "bells.new_period": DESK,
    "bells.add_period": DESK,
    "bells.show_period": DESK,
    "bells.change_period": DESK,
    "bells.remove_period": DESK,
    "audit.read_trail": SAFEGUARDS,
    "audit.export_trail": SAFEGUARDS,
    "imports.choose_file": DESK,
    "imports.bring_file": DESK,
    "imports.look_at_file": DESK,
    "imports.choose_columns": DESK,
    "imports.import_file": DESK,
    "imports.drop_file": DESK,
    "rewards.tuck_shop": TUCK,
    "rewards.change_item": TUCK,
    "rewards.count_item": TUCK,
    "rewards.take_back": TUCK,
    "rewards.export_sales": TUCK,
    "rewards.move_till": DESK_AND_LEADERS,
    "rewards.options_lists": STAFF,
    "rewards.export_options": STAFF,
    "rewards.list_limits": DESK_AND_LEADERS,
    "rewards.lift_limit": LEADERS,
    "rewards.trip": DESK_AND_LEADERS,
    "rewards.decide_trip": LEADERS,
    "rewards.export_trip": DESK_AND_LEADERS,
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
    if not is_sure():
        # Whoever holds a tablet may take up a colleague's name with one tap; the desk asks for the password.
        return _to_sign_in()
    if current_user.role not in ROLES_BY_RULE[rule]:
        abort(403)
    return None


def may_open(role: str, endpoint: str) -> bool:
    """Whether somebody in this role may open a page."""
    rule = RULES[endpoint]
    return rule == ANYBODY or role in ROLES_BY_RULE[rule]


def _to_sign_in() -> ResponseReturnValue:
    """A cookie keeps the page that was asked for, so that strangers leave nothing in the database."""
    answer = redirect("/sign-in", 303)
    if request.method == "GET":
        secure = current_app.config["SETTINGS"].secure
        answer.set_cookie(WANTED, request.path, WANTED_FOR, httponly=True, samesite="Lax", secure=secure)
    return answer


def to_wanted() -> Response:
    """On to the page somebody was on the way to when asked to sign in; else to the first page of the floor."""
    path = request.cookies.get(WANTED, "")
    answer = redirect(path if PATH.fullmatch(path) else "/today", 303)
    if path:
        answer.delete_cookie(WANTED)
    return answer
