"""What the reflection spaces look like now.

Whatever is said of a space is said of today: what was left open on an earlier day fills it no more.
"""

from datetime import date, datetime
from typing import Literal, TypedDict

from webapp.domain.text.words import age_words, clock_words, count_words
from webapp.domain.time.moment import instant
from webapp.domain.wire.spaces import AskRow, PlanRow, SpaceRow, StayRow
from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.facts import (
    at_clock,
    key_of,
    local_day,
    staff_name,
    window_days,
)

LIVE = ("asked", "confirmed", "waiting")
Words = Literal["reasons", "strategies", "interventions"]

APART = "Not beside somebody who is there now: choose another space"


def is_today(at: str, now: datetime) -> bool:
    return local_day(datetime.fromisoformat(at)) == local_day(now)


def spaces_in_order(tables: Tables) -> list[SpaceRow]:
    """The spaces by key stage, then by name."""
    return sorted(tables["spaces"].values(), key=lambda row: (row["key_stage"], row["name"], row["id"]))


def space_name(tables: Tables, name: object) -> str:
    space = tables["spaces"].get(key_of(name))
    return space["name"] if space else ""


def asks_today(tables: Tables, now: datetime) -> list[AskRow]:
    """Today's asks, oldest first."""
    asks = [row for row in tables["asks"].values() if is_today(row["at"], now)]
    return sorted(asks, key=lambda row: (row["at"], row["id"]))


def stays_today(tables: Tables, now: datetime) -> list[StayRow]:
    """Today's stays, oldest first."""
    stays = [row for row in tables["stays"].values() if is_today(row["entered"], now)]
    return sorted(stays, key=lambda row: (row["entered"], row["id"]))


def left_open(tables: Tables, now: datetime) -> list[StayRow]:
    """Stays of earlier days that nobody has ended, oldest first."""
    stays = [row for row in tables["stays"].values() if row["left"] is None and not is_today(row["entered"], now)]
    return sorted(stays, key=lambda row: (row["entered"], row["id"]))


def stay_of(tables: Tables, now: datetime, name: object) -> StayRow | None:
    """The stay of that id, if tablets hold it."""
    stay = tables["stays"].get(key_of(name))
    return stay if stay and (stay["left"] is None or is_held(stay["entered"], now)) else None


def is_held(at: str, now: datetime) -> bool:
    """Whether tablets hold what happened then; what nobody ended they hold whenever it began."""
    return local_day(datetime.fromisoformat(at)) >= window_days(local_day(now))[0]


def status_of(ask: AskRow, now: datetime) -> str:
    """How an ask stands. One that nobody entered in time has lapsed, though the school may not have said so yet."""
    until = ask["until"] if ask["status"] == "confirmed" else None
    is_late = until is not None and until <= instant(now)
    return "lapsed" if is_late else ask["status"]


def present(tables: Tables, now: datetime, space: str) -> list[StayRow]:
    """Who is in a space: the stays, oldest first."""
    return [stay for stay in stays_today(tables, now) if stay["space"] == space and stay["left"] is None]


def asked(tables: Tables, now: datetime, space: str, *statuses: str) -> list[AskRow]:
    """The asks for a space that stand so, oldest first."""
    return [ask for ask in asks_today(tables, now) if ask["space"] == space and status_of(ask, now) in statuses]


def places(tables: Tables, now: datetime, space: SpaceRow) -> int:
    """How many more students a space takes; an ask that is not at school yet holds no place."""
    held = asked(tables, now, space["id"], "confirmed")
    return space["capacity"] - len(present(tables, now, space["id"])) - len(held)


class State(TypedDict):
    """How a space is: whether there is room, in a word ("free", "used", "held", "asked"), and in words."""

    free: bool
    kind: str
    state: str


def state_of(tables: Tables, now: datetime, space: SpaceRow) -> State:
    free = places(tables, now, space)
    kind, words = _state(tables, now, space["id"])
    more = f" · {count_words(free, 'place', 'places')} free" if free > 0 and kind in ("used", "held") else ""
    return {"free": free > 0, "kind": kind, "state": words + more}


def _state(tables: Tables, now: datetime, space: str) -> tuple[str, str]:
    inside = present(tables, now, space)
    held = asked(tables, now, space, "confirmed")
    if inside:
        return "used", f"In use · {since(inside[0]['entered'], now)}"
    if held:
        return "held", f"Asked by {staff_name(tables, held[0]['by'])}"
    if asked(tables, now, space, "asked"):
        return "asked", "Asked — radio it"
    return "free", "Free"


def since(at: str, now: datetime) -> str:
    """How long ago: "14 min"."""
    return age_words(max(0, int((now - datetime.fromisoformat(at)).total_seconds())))


def nearest(tables: Tables, now: datetime, key_stage: int) -> list[SpaceRow]:
    """The spaces for a key stage: its own before others, a free one before one that is taken."""
    near = spaces_in_order(tables)
    return sorted(near, key=lambda row: (row["key_stage"] != key_stage, places(tables, now, row) <= 0))


def free_words(tables: Tables, now: datetime, space: str) -> str:
    """Where else there is room, nearest first: "Free now: Chestnut."."""
    here = tables["spaces"].get(space)
    others = nearest(tables, now, here["key_stage"] if here else 0)
    free = [row["name"] for row in others if row["id"] != space and places(tables, now, row) > 0]
    return f"Free now: {free[0]}." if free else "No other space is free."


def whereabouts(tables: Tables, now: datetime) -> dict[str, AskRow | StayRow]:
    """What stands for each student today: the stay they are in, else their live ask."""
    live = {ask["student"]: ask for ask in reversed(asks_today(tables, now)) if status_of(ask, now) in LIVE}
    return live | {stay["student"]: stay for stay in stays_today(tables, now) if stay["left"] is None}


def where_words(tables: Tables, row: AskRow | StayRow, now: datetime) -> str:
    """A stay or a live ask in words: "In Hazel since 10:05", "Waiting for Hazel"."""
    space = space_name(tables, row["space"])
    if "entered" in row:
        return f"In {space} since {at_clock(row['entered'])}"
    words = {"asked": f"Asked for {space} — radio it", "waiting": f"Waiting for {space}"}
    return words.get(status_of(row, now), f"Asked for {space}")


def kept_away(tables: Tables, now: datetime, space: SpaceRow) -> set[str]:
    """The students who must not go to a space now: kept apart from somebody in it or next to it, or on the way."""
    near = [space["id"], *space["beside"]]
    there = {
        row["student"] for name in near for row in [*present(tables, now, name), *asked(tables, now, name, "confirmed")]
    }
    pairs = [row["students"] for row in tables["apart"].values()]
    return {one for pair in pairs for one, other in (pair, pair[::-1]) if other in there}


def plans_today(tables: Tables, now: datetime) -> list[PlanRow]:
    """The interventions planned for today, in order."""
    plans = [row for row in tables["plans"].values() if takes_place(row, local_day(now))]
    return sorted(plans, key=lambda row: (row["starts"], row["id"]))


def takes_place(plan: PlanRow, day: str) -> bool:
    begun = plan["first"] <= day and date.fromisoformat(day).isoweekday() == plan["weekday"]
    over = (plan["last"] is not None and plan["last"] < day) or (plan["ended"] is not None and plan["ended"] <= day)
    return begun and not over


def plan_name(tables: Tables, plan: PlanRow) -> str:
    return chosen_name(tables, "interventions", plan["kind"])


def next_plan(tables: Tables, now: datetime, space: str) -> str:
    """What is planned in a space next, or now: "Next: Draw and talk, 11:15"."""
    clock = clock_words(now)
    plan = next((row for row in plans_today(tables, now) if row["space"] == space and row["ends"] > clock), None)
    if not plan:
        return ""
    name = plan_name(tables, plan)
    return f"Next: {name}, {plan['starts']}" if plan["starts"] > clock else f"Planned now: {name}, until {plan['ends']}"


def chosen_name(tables: Tables, choice: Words, key: object) -> str:
    """What staff call one of the policy's reasons, strategies or interventions; "" for none."""
    choices = tables["school"]["school"]["calls"][choice]
    return next((row["name"] for row in choices if row["key"] == key), "")
