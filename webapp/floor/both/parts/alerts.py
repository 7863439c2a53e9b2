"""What a person must hear of on whatever screen they are."""

from datetime import datetime, timedelta
from typing import TypedDict

from webapp.domain.time.moment import instant
from webapp.domain.wire.spaces import AskRow, AssistRow, PlanRow, StayRow
from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.channel import assists_today, can_hear, has_heard, place_words
from webapp.floor.both.parts.facts import (
    at_clock,
    local_day,
    moment_of,
    staff_name,
    student_name,
)
from webapp.floor.both.parts.spaces import (
    asked,
    asks_today,
    free_words,
    plan_name,
    plans_today,
    space_name,
    status_of,
    stays_today,
)
from webapp.floor.both.parts.viewer import Viewer

FRESH = timedelta(minutes=30)
"""How long a call for help goes out to everybody on call."""
LEADERS = ("head", "senior-leader", "head-of-year", "safeguarding-lead", "sendco")
NUMBERS = ("None", "One", "Two", "Three", "Four", "Five")


class Alert(TypedDict):
    """What to hear of, with the id of the `call` that can be heard, or "" for what ends by itself."""

    id: str
    words: str
    call: str


def alerts(tables: Tables, viewer: Viewer, now: datetime) -> list[Alert]:
    if not viewer.staff:
        return []
    return [
        *helps(tables, viewer, now),
        *unnamed(tables, viewer, now),
        *clashes(tables, viewer, now),
        *lapses(tables, viewer, now),
        *displaced(tables, viewer, now),
    ]


def helps(tables: Tables, viewer: Viewer, now: datetime) -> list[Alert]:
    """Calls for help, for those on call."""
    since = instant(now - FRESH)
    wanted = [row for row in assists_today(tables, now) if row["at"] >= since and can_hear(row, viewer)]
    return [alert(f"help-{row['id']}", help_words(tables, row), row["id"]) for row in wanted if viewer.on_call]


def help_words(tables: Tables, assist: AssistRow) -> str:
    who, place = staff_name(tables, assist["by"]), place_words(tables, assist)
    message = f" {assist['message']}" if assist["message"] else ""
    return f"{at_clock(assist['at'])} {who} calls for help{place}.{message}"


def unnamed(tables: Tables, viewer: Viewer, now: datetime) -> list[Alert]:
    """Students with whom no adult has been named for too long, for leaders and those on call (policy 5)."""
    staff = tables["staff"].get(str(viewer.staff))
    alone = [row for row in stays_today(tables, now) if row["left"] is None and row["staff"] is None]
    if not alone or not (viewer.on_call or (staff and staff["role"] in LEADERS)):
        return []
    limit = instant(now - timedelta(minutes=tables["school"]["school"]["calls"]["unnamed"]))
    return [
        alert(f"unnamed-{row['id']}", unnamed_words(tables, row), "") for row in alone if row["staff_since"] <= limit
    ]


def unnamed_words(tables: Tables, stay: StayRow) -> str:
    student, space = student_name(tables, stay["student"]), space_name(tables, stay["space"])
    return f"No adult named with {student} in {space} since {at_clock(stay['staff_since'])}."


def clashes(tables: Tables, viewer: Viewer, now: datetime) -> list[Alert]:
    """Stays of theirs that turned out to be too many for the space."""
    stays = [row for row in stays_today(tables, now) if row["clash"] and viewer.staff in (row["by"], row["staff"])]
    wanted = [row for row in stays if not has_heard(row, viewer)]
    return [alert(f"clash-{row['id']}", clash_words(tables, now, row), row["id"]) for row in wanted]


def clash_words(tables: Tables, now: datetime, stay: StayRow) -> str:
    together = [row for row in stays_today(tables, now) if row["space"] == stay["space"] and overlap(row, stay)]
    number = NUMBERS[len(together)] if len(together) < len(NUMBERS) else str(len(together))
    names = ", ".join(student_name(tables, row["student"]) for row in together)
    space, at = space_name(tables, stay["space"]), at_clock(together[-1]["entered"])
    if any(row["left"] is not None for row in together):
        return f"{number} were in {space} at {at}: {names}."
    return f"{number} in {space} since {at}: {names}. {free_words(tables, now, stay['space'])}"


def overlap(one: StayRow, other: StayRow) -> bool:
    """Whether two stays were at one time; each overlaps itself."""
    before = other["left"] is None or one["entered"] < other["left"]
    after = one["left"] is None or other["entered"] < one["left"]
    return one["id"] == other["id"] or (before and after)


def lapses(tables: Tables, viewer: Viewer, now: datetime) -> list[Alert]:
    """Asks of theirs for which nobody came in time, or that reached school too late."""
    own = [row for row in asks_today(tables, now) if row["by"] == viewer.staff and status_of(row, now) == "lapsed"]
    return [
        alert(f"lapsed-{row['id']}", lapse_words(tables, row), row["id"]) for row in own if not has_heard(row, viewer)
    ]


def lapse_words(tables: Tables, ask: AskRow) -> str:
    space, student = space_name(tables, ask["space"]), student_name(tables, ask["student"])
    return f"Your ask for {space} with {student} at {at_clock(ask['at'])} has lapsed. Ask again if it is still needed."


def displaced(tables: Tables, viewer: Viewer, now: datetime) -> list[Alert]:
    """Interventions of theirs, begun and not over, whose space went to somebody who needed it."""
    own = [row for row in plans_today(tables, now) if viewer.staff in (row["by"], row["staff"])]
    wanted = [row for row in own if is_displaced(tables, now, row)]
    return [alert(f"plan-{row['id']}", displaced_words(tables, now, row), "") for row in wanted]


def is_displaced(tables: Tables, now: datetime, plan: PlanRow) -> bool:
    day = local_day(now)
    starts, ends = (instant(moment_of(day, plan[key])) for key in ("starts", "ends"))
    inside = [row for row in stays_today(tables, now) if row["space"] == plan["space"]]
    met = [row for row in inside if row["entered"] < ends and (row["left"] is None or row["left"] > starts)]
    others = [*met, *asked(tables, now, plan["space"], "confirmed")]
    is_on = starts <= instant(now) < ends
    return is_on and any(row["student"] not in plan["students"] for row in others)


def displaced_words(tables: Tables, now: datetime, plan: PlanRow) -> str:
    what, space = plan_name(tables, plan), space_name(tables, plan["space"])
    return f"{what} at {plan['starts']}: {space} went to a live call. {free_words(tables, now, plan['space'])}"


def alert(name: str, words: str, call: str) -> Alert:
    return {"id": f"alert-{name}", "words": words, "call": call}
