"""The last calls of today, as they would be said over the radio."""

from datetime import datetime
from typing import TypedDict

from webapp.domain.wire.spaces import AskRow, AssistRow, StayRow
from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.facts import at_clock, staff_name, student_name
from webapp.floor.both.parts.spaces import (
    LIVE,
    asks_today,
    is_today,
    space_name,
    status_of,
    stays_today,
)
from webapp.floor.both.parts.viewer import Viewer

MOST = 12
ENDINGS = {
    "asked": "Not at school yet: radio it.",
    "confirmed": "Confirmed.",
    "waiting": "It has to wait.",
    "entered": "They are in.",
    "cancelled": "Cancelled.",
    "lapsed": "Nobody came in time.",
}
"""How an ask went on."""


class Line(TypedDict):
    """What was said at a time, how it went on, and who heard; `call` as in an Alert, `own`: the holder said it."""

    id: str
    at: str
    words: str
    own: bool
    after: str
    heard: str
    call: str


def lines(tables: Tables, viewer: Viewer, now: datetime) -> list[Line]:
    """What was called, newest first."""
    said = [
        *(ask_line(tables, viewer, now, ask) for ask in asks_today(tables, now)),
        *(line for stay in stays_today(tables, now) for line in stay_lines(tables, viewer, stay)),
        *(assist_line(tables, viewer, assist) for assist in assists_today(tables, now)),
    ]
    said.sort(key=lambda line: (line["at"], line["id"]), reverse=True)
    return [line | {"at": at_clock(line["at"])} for line in said[:MOST]]


def assists_today(tables: Tables, now: datetime) -> list[AssistRow]:
    """Today's calls for help, oldest first."""
    assists = [row for row in tables["assists"].values() if is_today(row["at"], now)]
    return sorted(assists, key=lambda row: (row["at"], row["id"]))


def ask_line(tables: Tables, viewer: Viewer, now: datetime, ask: AskRow) -> Line:
    """An ask, which can be heard for as long as it stands."""
    who, space = staff_name(tables, ask["by"]), space_name(tables, ask["space"])
    words = f"{who} asks for {space} with {student_name(tables, ask['student'])}."
    status = status_of(ask, now)
    return said(f"ask-{ask['id']}", ask["at"], words, ask["by"] == viewer.staff) | {
        "after": ENDINGS[status],
        "heard": heard_by(tables, ask),
        "call": ask["id"] if status in LIVE and can_hear(ask, viewer) else "",
    }


def stay_lines(tables: Tables, viewer: Viewer, stay: StayRow) -> list[Line]:
    """Who went in, whether another adult took over, and who left."""
    space, student = space_name(tables, stay["space"]), student_name(tables, stay["student"])
    adult = staff_name(tables, stay["staff"]) if stay["staff"] else ""
    is_own = viewer.staff in (stay["by"], stay["staff"])
    handed = stay["staff_since"] != stay["entered"]
    who = "" if handed else f" with {adult}" if adult else ", no adult named"
    found = [said(f"in-{stay['id']}", stay["entered"], f"{student} is in {space}{who}.", is_own)]
    if handed:
        words = f"{adult or 'Nobody named'} takes over in {space} with {student}."
        found.append(said(f"over-{stay['id']}", stay["staff_since"], words, is_own))
    if stay["left"] is not None:
        found.append(said(f"out-{stay['id']}", stay["left"], f"{student} has left {space}.", is_own))
    return found


def assist_line(tables: Tables, viewer: Viewer, assist: AssistRow) -> Line:
    words = f"{staff_name(tables, assist['by'])} calls for help{place_words(tables, assist)}."
    return said(f"help-{assist['id']}", assist["at"], words, assist["by"] == viewer.staff) | {
        "after": assist["message"],
        "heard": heard_by(tables, assist),
        "call": assist["id"] if can_hear(assist, viewer) else "",
    }


def said(name: str, at: str, words: str, is_own: bool) -> Line:
    return {"id": name, "at": at, "words": words, "own": is_own, "after": "", "heard": "", "call": ""}


def place_words(tables: Tables, assist: AssistRow) -> str:
    """Where help is wanted: " in Hazel", ": by the gym"."""
    space = f" in {space_name(tables, assist['space'])}" if assist["space"] else ""
    return space + (f": {assist['place']}" if assist["place"] else "")


def can_hear(call: AskRow | AssistRow, viewer: Viewer) -> bool:
    """Whether it is somebody else's, and the holder has not said yet that they heard."""
    return call["by"] != viewer.staff and not has_heard(call, viewer)


def has_heard(call: AskRow | StayRow | AssistRow, viewer: Viewer) -> bool:
    return any(staff == viewer.staff for staff, _ in call["acks"])


def heard_by(tables: Tables, call: AskRow | AssistRow) -> str:
    names = [staff_name(tables, staff) for staff, _ in call["acks"]]
    return f"Heard by {', '.join(names)}" if names else ""
