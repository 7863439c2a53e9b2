"""What a tap on the reflection spaces means."""

import re
from datetime import datetime
from typing import Any

from webapp.domain.refusal import Refusal
from webapp.domain.time.moment import instant
from webapp.domain.wire.spaces import AskRow, AssistRow, StayRow
from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.channel import assists_today, has_heard
from webapp.floor.both.parts.facts import at_words, local_day, moment_of
from webapp.floor.both.parts.spaces import (
    LIVE,
    asks_today,
    is_today,
    present,
    status_of,
    stay_of,
    stays_today,
)
from webapp.floor.both.parts.viewer import Viewer
from webapp.floor.both.taps import Draft, Form

LONGEST_PLACE, LONGEST_MESSAGE = 60, 140
ANSWERS = {"yes": True, "no": False}
NO_ANSWER = Refusal("free-yes", "Say whether the student was free to leave throughout.")
NO_TIME = Refusal("when", "Give the time the student left, like 11:40.")

_BLANK = re.compile(r"[\x00-\x20\x7f-\xa0]+")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def ask(tables: Tables, _viewer: Viewer, now: datetime, _params: Form, form: Form) -> list[Draft]:
    """A space for a student; or, with `what` enter, that they are in it already."""
    space = tables["spaces"].get(form.get("space", ""))
    student = tables["students"].get(form.get("student", ""))
    why = form.get("why", "")
    reasons = [rule["key"] for rule in tables["school"]["school"]["calls"]["reasons"]]
    if not space or not student or (why and why not in reasons):
        return []
    if any(stay["student"] == student["id"] for stay in present(tables, now, space["id"])):
        return []
    live = [row for row in asks_today(tables, now) if status_of(row, now) in LIVE and row["student"] == student["id"]]
    own = [row["id"] for row in live if row["space"] == space["id"]]
    body = {"space": space["id"], "student": student["id"]} | ({"why": why} if why else {})
    if form.get("what", "ask") == "enter":
        return [{"kind": "space.enter", "body": body | ({"ask": own[0]} if own else {})}]
    return [] if own else [{"kind": "space.ask", "body": body}]


def ask_for(tables: Tables, viewer: Viewer, now: datetime, params: Form, form: Form) -> list[Draft]:
    """A space for the student whose page it is."""
    return ask(tables, viewer, now, params, {"space": form.get("space", ""), "student": params["student"]})


def enter(tables: Tables, _viewer: Viewer, now: datetime, _params: Form, form: Form) -> list[Draft]:
    """Whom the space was asked for is in it, with whoever holds the tablet."""
    asked = live_ask(tables, now, form)
    body = {"space": asked["space"], "student": asked["student"], "ask": asked["id"]} if asked else {}
    return [{"kind": "space.enter", "body": body}] if body else []


def cancel(tables: Tables, _viewer: Viewer, now: datetime, _params: Form, form: Form) -> list[Draft]:
    asked = live_ask(tables, now, form)
    return [{"kind": "space.cancel", "body": {"ask": asked["id"]}}] if asked else []


def live_ask(tables: Tables, now: datetime, form: Form) -> AskRow | None:
    """The ask a form names, if it still stands."""
    found = tables["asks"].get(form.get("ask", ""))
    is_live = found and is_today(found["at"], now) and status_of(found, now) in LIVE
    return found if is_live else None


def take_over(tables: Tables, viewer: Viewer, now: datetime, _params: Form, form: Form) -> list[Draft]:
    """Whoever holds the tablet is the adult present from now on."""
    return hand_over(tables, viewer, now, form, {"staff": str(viewer.staff)})


def hand_over(tables: Tables, _viewer: Viewer, now: datetime, params: Form, form: Form) -> list[Draft]:
    """Another adult is present from now on; `nobody` in the form says that none is."""
    stay = open_stay(tables, now, params)
    staff = None if "nobody" in form else form.get("staff", "")
    if not stay or stay["staff"] == staff or (staff is not None and staff not in tables["staff"]):
        return []
    return [{"kind": "space.handover", "body": {"stay": stay["id"], "staff": staff}}]


def leave(tables: Tables, _viewer: Viewer, now: datetime, params: Form, form: Form) -> list[Draft] | Refusal:
    """The end of a stay, never without the answer (policy 5); one of an earlier day with the time, too."""
    stay = open_stay(tables, now, params)
    if not stay:
        return []
    free, when = ANSWERS.get(form.get("free", "")), left_at(stay, now, form)
    if free is None:
        return NO_ANSWER
    if isinstance(when, Refusal):
        return when
    strategies = tables["school"]["school"]["calls"]["strategies"]
    helped = [rule["key"] for rule in strategies if f"helped-{rule['key']}" in form]
    body = {"stay": stay["id"], "free_to_leave": free, "helped": helped}
    return [{"kind": "space.leave", "body": body | ({"when": when} if when else {})}]


def left_at(stay: StayRow, now: datetime, form: Form) -> str | Refusal:
    """When the student left, where that was not just now: on the day of the stay, after it began."""
    if is_today(stay["entered"], now):
        return ""
    if not _CLOCK.fullmatch(form.get("when", "")):
        return NO_TIME
    when = instant(moment_of(local_day(datetime.fromisoformat(stay["entered"])), form["when"]))
    began = at_words(stay["entered"], now)
    return when if when >= stay["entered"] else Refusal("when", f"Give a later time: the stay began {began}.")


def open_stay(tables: Tables, now: datetime, params: Form) -> StayRow | None:
    stay = stay_of(tables, now, params.get("stay", ""))
    return stay if stay and stay["left"] is None else None


def assist(tables: Tables, _viewer: Viewer, _now: datetime, _params: Form, form: Form) -> list[Draft]:
    """A call for help, to a space or any other place."""
    space = form.get("space", "")
    place, message = one_line(form.get("place", ""), LONGEST_PLACE), one_line(form.get("message", ""), LONGEST_MESSAGE)
    body: dict[str, Any] = {"space": space} if space in tables["spaces"] else {}
    body |= {key: text for key, text in (("place", place), ("message", message)) if text}
    return [{"kind": "space.assist", "body": body}] if body else []


def one_line(text: str, most: int) -> str:
    return _BLANK.sub(" ", text).strip(" ")[:most]


def hear(tables: Tables, viewer: Viewer, now: datetime, _params: Form, form: Form) -> list[Draft]:
    """Says that a call was heard; once is enough."""
    calls: list[AskRow | StayRow | AssistRow] = [
        *asks_today(tables, now),
        *stays_today(tables, now),
        *assists_today(tables, now),
    ]
    heard = [row["id"] for row in calls if row["id"] == form.get("call") and not has_heard(row, viewer)]
    return [{"kind": "space.ack", "body": {"call": name}} for name in heard]
