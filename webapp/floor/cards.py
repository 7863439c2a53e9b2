"""Whose card was scanned."""

import re

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from webapp.floor.both.parts.homes import entrance
from webapp.floor.both.screens import card as screen
from webapp.floor.pages import show
from webapp.floor.viewer import current_viewer
from webapp.models import Card, db
from webapp.sync.tables.reward_rows import CARD_KEY

PLACES = ("student", "tuck", "room")

_KEY = re.compile(f"[0-9a-f]{{{CARD_KEY}}}")


def add_to(bp: Blueprint) -> None:
    bp.add_url_rule("/card/<key>", view_func=open_card)


def open_card(key: str) -> ResponseReturnValue:
    """Leads to the student's screen at the place that asks, one of PLACES; says so kindly where no card has this key.

    The key is the beginning of the digest of the card's token, so no token is in an address that a server may note.
    """
    viewer, to = current_viewer(), request.args.get("to", "")
    if viewer.staff is None:
        return redirect(entrance(viewer.duty), 303)
    to = to if to in PLACES else PLACES[0]
    student = _holder(key) if _KEY.fullmatch(key) else None
    return redirect(f"/{to}/{student}", 303) if student else show(screen, viewer, {"to": to}, 404)


def _holder(key: str) -> int | None:
    return db.session.scalar(select(Card.student_id).where(Card.digest.startswith(key)))
