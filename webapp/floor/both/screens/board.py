"""The reflection spaces: how each one is, what can be done, and the channel with the last calls."""

from collections.abc import Mapping
from datetime import datetime
from itertools import groupby
from typing import TypedDict

from webapp.domain.text.words import age_words
from webapp.domain.wire.spaces import AskRow, SpaceRow, StayRow
from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.channel import Line, lines
from webapp.floor.both.parts.chrome import Chrome, chrome
from webapp.floor.both.parts.facts import at_clock, at_words, staff_name, student_name
from webapp.floor.both.parts.spaces import (
    LIVE,
    State,
    asked,
    free_words,
    left_open,
    next_plan,
    present,
    since,
    space_name,
    spaces_in_order,
    state_of,
    status_of,
)
from webapp.floor.both.parts.viewer import Viewer

TEMPLATE = "floor/board.html"
SILENCE = 120
"""Seconds without a word from school after which the board is no longer to be trusted."""


_From = TypedDict("_From", {"from": str})


class StayLine(_From):
    """A student in a space; `other`: the holder is not the adult named there and can take over."""

    id: str
    student: str
    adult: str
    named: bool
    age: str
    other: bool


class AskLine(TypedDict):
    """A student for whom a space was asked, and by whom."""

    id: str
    student: str
    staff: str
    words: str
    waits: bool


class Card(State):
    """A space with everybody in it and everybody who asked for it."""

    id: str
    name: str
    stage: str
    next: str
    clash: str
    stays: list[StayLine]
    asks: list[AskLine]
    queue: str


class Stage(TypedDict):
    """The spaces of a key stage."""

    name: str
    cards: list[Card]


class OpenLine(TypedDict):
    """A stay of an earlier day that nobody ended."""

    id: str
    student: str
    words: str


class Context(TypedDict):
    """What the spaces are for and never for, the spaces, the stays left open, and the channel, newest first."""

    chrome: Chrome
    purpose: str
    never: str
    stages: list[Stage]
    open: list[OpenLine]
    lines: list[Line]


def context(tables: Tables, viewer: Viewer, now: datetime, _params: Mapping[str, str]) -> Context | None:
    calls = tables["school"]["school"]["calls"]
    cards = [card(tables, viewer, now, space) for space in spaces_in_order(tables)]
    stages = groupby(cards, key=lambda one: one["stage"])
    return {
        "chrome": chrome(tables, viewer, now, "Reflection spaces", sub=freshness(viewer, now), tab="spaces"),
        "purpose": calls["purpose"],
        "never": f"Never for {', '.join(calls['never'])}.",
        "stages": [{"name": name, "cards": list(group)} for name, group in stages],
        "open": [open_line(tables, now, stay) for stay in left_open(tables, now)],
        "lines": lines(tables, viewer, now),
    }


def freshness(viewer: Viewer, now: datetime) -> str:
    """How far what is shown can be trusted."""
    if viewer.heard is None:
        return "Not heard yet: radio it"
    seconds = max(0, int((now - datetime.fromisoformat(viewer.heard)).total_seconds()))
    if seconds >= SILENCE:
        return f"Not heard for {age_words(seconds)}: radio it"
    if seconds < 10:
        return "Heard just now"
    return f"Heard {seconds} s ago" if seconds < 60 else f"Heard {age_words(seconds)} ago"


def card(tables: Tables, viewer: Viewer, now: datetime, space: SpaceRow) -> Card:
    name = space["id"]
    waiting = len(asked(tables, now, name, "waiting"))
    state = state_of(tables, now, space)
    return {
        "free": state["free"],
        "kind": state["kind"],
        "state": state["state"],
        "id": name,
        "name": space["name"],
        "stage": f"Key stage {space['key_stage']}",
        "next": next_plan(tables, now, name),
        "clash": crowd_words(tables, now, space),
        "stays": [stay_line(tables, viewer, now, stay) for stay in present(tables, now, name)],
        "asks": [ask_line(tables, now, ask) for ask in asked(tables, now, name, *LIVE)],
        "queue": f"{waiting} waiting" if waiting else "",
    }


def crowd_words(tables: Tables, now: datetime, space: SpaceRow) -> str:
    """What to know when more are in a space than it takes."""
    inside = present(tables, now, space["id"])
    if len(inside) <= space["capacity"]:
        return ""
    return f"{len(inside)} are in here, and it takes {space['capacity']}. {free_words(tables, now, space['id'])}"


def stay_line(tables: Tables, viewer: Viewer, now: datetime, stay: StayRow) -> StayLine:
    adult = staff_name(tables, stay["staff"]) if stay["staff"] else ""
    return {
        "id": stay["id"],
        "student": student_name(tables, stay["student"]),
        "adult": f"with {adult}" if adult else f"No adult named since {at_clock(stay['staff_since'])}",
        "named": bool(adult),
        "age": since(stay["entered"], now),
        "from": f" from {adult}" if adult else "",
        "other": stay["staff"] != viewer.staff,
    }


def ask_line(tables: Tables, now: datetime, ask: AskRow) -> AskLine:
    words = {
        "asked": "asked — radio it",
        "confirmed": "on the way",
        "waiting": f"waiting, {since(ask['at'], now)}",
    }
    return {
        "id": ask["id"],
        "student": student_name(tables, ask["student"]),
        "staff": staff_name(tables, ask["by"]),
        "words": words[status_of(ask, now)],
        "waits": status_of(ask, now) == "waiting",
    }


def open_line(tables: Tables, now: datetime, stay: StayRow) -> OpenLine:
    space, at = space_name(tables, stay["space"]), at_words(stay["entered"], now)
    return {"id": stay["id"], "student": student_name(tables, stay["student"]), "words": f"in {space} since {at}"}
