"""What a tap on rewards means."""

from datetime import datetime
from typing import Any

from webapp.domain.refusal import Refusal
from webapp.domain.time.calendar import parse_day
from webapp.domain.wire.school import CapRow
from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.facts import local_day
from webapp.floor.both.parts.rewards import (
    awards_of,
    caps,
    chosen_on,
    limits_of,
    may_undo,
    on_pathway,
    options,
    pathway_of,
    this_week,
)
from webapp.floor.both.parts.room import ADMITS, answer_to, present, window_of
from webapp.floor.both.parts.viewer import Viewer
from webapp.floor.both.taps import Draft, Form
from webapp.floor.both.taps.spaces import one_line

LONGEST_REASON, LONGEST_NOTE = 200, 140
NO_REASON = Refusal("reason", "Give a reason. Only staff see it.")
NO_DAY = Refusal("until", "Give a last day from today on, or leave it empty.")


def admit(tables: Tables, _viewer: Viewer, now: datetime, params: Form, _form: Form) -> list[Draft]:
    """Into the reward room, also when it is full; not without the level, and not while it is closed."""
    student = tables["students"].get(params["student"])
    if not student or answer_to(tables, now, student["id"]) not in ADMITS:
        return []
    window = window_of(tables, now, student["year"])
    return [{"kind": "room.admit", "body": {"student": student["id"], "window": window}}]


def leave_room(tables: Tables, _viewer: Viewer, now: datetime, _params: Form, form: Form) -> list[Draft]:
    there = [row["id"] for row in present(tables, now)]
    wanted = form.get("admission", "")
    return [{"kind": "room.leave", "body": {"admission": wanted}}] if wanted in there else []


def choose_option(tables: Tables, _viewer: Viewer, now: datetime, params: Form, form: Form) -> list[Draft]:
    """A choice for this week's options period; an empty one takes it back."""
    student, wanted = tables["students"].get(params["student"]), form.get("choice", "x")
    if not student or on_pathway(tables, student) or wanted == (chosen_on(tables, now, student) or ""):
        return []
    if wanted and wanted not in [row["key"] for row in options(tables, now, student) if not row["full"]]:
        return []
    body: dict[str, Any] = {"student": student["id"], "week": this_week(now), "choice": wanted or None}
    return [{"kind": "options.choose", "body": body}]


def award(tables: Tables, viewer: Viewer, now: datetime, params: Form, form: Form) -> list[Draft]:
    """A step on a pathway rewarded; or, with `withdraw`, a reward taken back."""
    student = tables["students"].get(params["student"])
    if not student:
        return []
    if "withdraw" in form:
        mine = [row["id"] for row in awards_of(tables, student) if may_undo(tables, viewer, row)]
        return [{"kind": "pathway.withdraw", "body": {"award": name}} for name in mine if name == form["withdraw"]]
    wanted = form.get("award", "")
    if not on_pathway(tables, student) or wanted not in [rule["key"] for rule in pathway_of(tables)["awards"]]:
        return []
    body = {"student": student["id"], "award": wanted, "day": local_day(now)}
    return [{"kind": "pathway.award", "body": body | {"note": one_line(form.get("note", ""), LONGEST_NOTE)}}]


def limit(tables: Tables, _viewer: Viewer, now: datetime, params: Form, form: Form) -> list[Draft] | Refusal:
    """A limit from today on, until the end of a day or, without one, until somebody lifts it (D5)."""
    student, cap = tables["students"].get(params["student"]), form.get("cap", "")
    if not student or cap not in dict(caps(tables)):
        return []
    reason, until = one_line(form.get("reason", ""), LONGEST_REASON), form.get("until") or None
    if not reason:
        return NO_REASON
    if until and (not parse_day(until) or until < local_day(now)):
        return NO_DAY
    body = {"student": student["id"], "cap": cap, "from": local_day(now), "until": until, "reason": reason}
    return [{"kind": "reward.cap", "body": body}]


def lift(tables: Tables, viewer: Viewer, now: datetime, params: Form, form: Form) -> list[Draft]:
    student = tables["students"].get(params["student"])
    limits: list[CapRow] = limits_of(tables, student, local_day(now)) if student else []
    wanted = [row["id"] for row in limits if row["id"] == form.get("limit") and may_undo(tables, viewer, row)]
    return [{"kind": "reward.lift", "body": {"cap": name}} for name in wanted]
