"""What a student's level opens, the limits on it, and the awards on a pathway."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TypedDict

from webapp.domain.access.rights import LEADERS
from webapp.domain.text.words import count_words, day_words
from webapp.domain.time.calendar import FRIDAY, monday_of, week_of
from webapp.domain.wire.policy import AwardRule, OptionRule, Pathway
from webapp.domain.wire.rewards import AwardRow
from webapp.domain.wire.school import CapRow, StudentRow
from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.facts import local_day, staff_name
from webapp.floor.both.parts.receipt import level_name, level_on, limit_words
from webapp.floor.both.parts.room import room_of, room_words
from webapp.floor.both.parts.tuck import share_on, share_words
from webapp.floor.both.parts.viewer import Viewer


class Opened(TypedDict):
    """Something that is open to a student today, in words, and where."""

    url: str
    name: str
    words: str


class Option(TypedDict):
    """A choice for the options period, with the places left in words."""

    key: str
    name: str
    words: str
    full: bool
    chosen: bool


class Award(TypedDict):
    """An award, who gave it and when, and whether the holder may take it back."""

    id: str
    name: str
    reward: str
    note: str
    by: str
    back: bool


class Limit(TypedDict):
    """A limit in words, who set it and when, and whether the holder may lift it."""

    id: str
    words: str
    by: str
    lift: bool


class CapChoice(TypedDict):
    """What a level can be limited to."""

    key: str
    name: str
    chosen: bool


class Rewards(TypedDict):
    """The rewards on a student's page; on a pathway, awards instead of what a level opens.

    `option` says in words what was chosen; `reason` and `until` are what stands in the form of a limit.
    """

    lines: list[Opened]
    option: str
    options: list[Option]
    pathway: bool
    awards: list[Award]
    kinds: list[AwardRule]
    limits: list[Limit]
    caps: list[CapChoice]
    reason: str
    until: str
    today: str


def rewards_of(
    tables: Tables, viewer: Viewer, now: datetime, student: StudentRow, params: Mapping[str, str]
) -> Rewards:
    """`params` hold what was filled in if the form of a limit was shown before."""
    is_pathway, today = on_pathway(tables, student), local_day(now)
    return {
        "lines": [] if is_pathway else lines(tables, now, student),
        "option": "" if is_pathway else option_words(tables, now, student),
        "options": [] if is_pathway else options(tables, now, student),
        "pathway": is_pathway,
        "awards": [award_line(tables, viewer, row) for row in awards_of(tables, student)],
        "kinds": pathway_of(tables)["awards"] if is_pathway else [],
        "limits": [limit_line(tables, viewer, row, today) for row in limits_of(tables, student, today)],
        "caps": [{"key": key, "name": name, "chosen": key == params.get("cap", "none")} for key, name in caps(tables)],
        "reason": params.get("reason", ""),
        "until": params.get("until", end_of_week(today)),
        "today": today,
    }


def lines(tables: Tables, now: datetime, student: StudentRow) -> list[Opened]:
    """What stands open today, and where."""
    name, share = student["id"], share_on(tables, student["id"], local_day(now))
    return [
        {"url": f"/tuck/{name}", "name": "Tuck shop", "words": share_words(share)},
        {"url": f"/room/{name}", "name": room_of(tables)["name"], "words": room_words(tables, now, name)},
    ]


def option_words(tables: Tables, now: datetime, student: StudentRow) -> str:
    """What the student does in this week's options period."""
    chosen = chosen_on(tables, now, student)
    name = next((rule["name"] for rule in tables["school"]["school"]["options"] if rule["key"] == chosen), "")
    return name or ("Nothing chosen yet" if options(tables, now, student) else "Not this week")


def options(tables: Tables, now: datetime, student: StudentRow) -> list[Option]:
    """What goes with the level, with the places left as far as is known here, and what was chosen."""
    chosen, level = chosen_on(tables, now, student), level_on(tables, student["id"], local_day(now))
    taken = taken_by_others(tables, now, student)
    return [
        option(rule, rule["capacity"] - taken[rule["key"]], rule["key"] == chosen)
        for rule in tables["school"]["school"]["options"]
        if level in rule["levels"] or rule["key"] == chosen
    ]


def option(rule: OptionRule, left: int, is_chosen: bool) -> Option:
    words = count_words(left, "place left", "places left") if left > 0 else "Full"
    return {"key": rule["key"], "name": rule["name"], "words": words, "full": left <= 0, "chosen": is_chosen}


def chosen_on(tables: Tables, now: datetime, student: StudentRow) -> str | None:
    row = tables["choices"].get(f"{student['id']}.{this_week(now)}")
    return row["choice"] if row else None


def taken_by_others(tables: Tables, now: datetime, student: StudentRow) -> Counter[str]:
    rows = [row for row in tables["choices"].values() if row["week"] == this_week(now)]
    return Counter(row["choice"] for row in rows if row["choice"] and row["student"] != student["id"])


def this_week(now: datetime) -> str:
    return week_of(date.fromisoformat(local_day(now)))


def pathway_of(tables: Tables) -> Pathway:
    return tables["school"]["school"]["pathway"]


def on_pathway(tables: Tables, student: StudentRow) -> bool:
    """Whether a student's key stage has awards instead of levels."""
    return student["key_stage"] in pathway_of(tables)["key_stages"]


def awards_of(tables: Tables, student: StudentRow) -> list[AwardRow]:
    """A student's awards, newest first."""
    found = [row for row in tables["awards"].values() if row["student"] == student["id"]]
    return sorted(found, key=lambda row: (row["day"], row["id"]), reverse=True)


def award_line(tables: Tables, viewer: Viewer, award: AwardRow) -> Award:
    rule = next((rule for rule in pathway_of(tables)["awards"] if rule["key"] == award["award"]), None)
    day = day_words(date.fromisoformat(award["day"]))
    return {
        "id": award["id"],
        "name": rule["name"] if rule else "An award",
        "reward": rule["reward"] if rule else "",
        "note": award["note"],
        "by": f"{day}, {staff_name(tables, award['by'])}",
        "back": may_undo(tables, viewer, award),
    }


def limits_of(tables: Tables, student: StudentRow, today: str) -> list[CapRow]:
    """The limits that hold or will hold, in order of their first day."""
    rows = [row for row in tables["caps"].values() if row["student"] == student["id"] and row["lifted"] is None]
    left = [row for row in rows if row["until"] is None or row["until"] >= today]
    return sorted(left, key=lambda row: (row["from"], row["id"]))


def limit_line(tables: Tables, viewer: Viewer, cap: CapRow, today: str) -> Limit:
    begins = f"From {day_words(date.fromisoformat(cap['from']))}, set" if cap["from"] > today else "Set"
    return {
        "id": cap["id"],
        "words": limit_words(tables, [cap]),
        "by": f"{begins} by {staff_name(tables, cap['by'])}",
        "lift": may_undo(tables, viewer, cap),
    }


def caps(tables: Tables) -> list[tuple[str, str]]:
    """What a reward can be limited to, and in words: a level below the highest, or none."""
    levels = [row["key"] for row in tables["school"]["school"]["levels"][1:]]
    return [*((key, f"{level_name(tables, key)} at most") for key in levels), ("none", "No level")]


def may_undo(tables: Tables, viewer: Viewer, row: AwardRow | CapRow) -> bool:
    """Whether the holder did it, or is a leader."""
    staff = tables["staff"].get(str(viewer.staff))
    return row["by"] == viewer.staff or bool(staff and staff["role"] in LEADERS)


def end_of_week(today: str) -> str:
    """The Friday of a day's week, or the day itself if that is over."""
    friday = monday_of(week_of(date.fromisoformat(today))) + timedelta(days=FRIDAY - 1)
    return max(today, friday.isoformat())
