"""The reward room: when it opens, who is inside, and what its door answers.

A window is a day and a kind of pause, and students go by the bells of their own year. So who was let in at break, and
was never seen to leave, fills nothing at lunch, and who had an early lunch nothing at the late one.
"""

from datetime import date, datetime

from webapp.domain.rewards.room import Answer, judge_door
from webapp.domain.text.words import clock_words
from webapp.domain.wire.policy import Pause, RoomRules
from webapp.domain.wire.rewards import AdmissionRow
from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.facts import at_clock, local_day
from webapp.floor.both.parts.receipt import level_name, level_now, level_on, level_row

WORDS = {
    Answer.WELCOME: "Welcome",
    Answer.INSIDE: "Already in",
    Answer.FULL: "Full for now",
    Answer.CLOSED: "Closed now",
    Answer.NOT_NOW: "Not now",
}
ADMITS = (Answer.WELCOME, Answer.FULL)
"""The answers with which staff can let a student in."""


def room_of(tables: Tables) -> RoomRules:
    return tables["school"]["school"]["room"]


def pauses(tables: Tables, now: datetime, year: int | None = None) -> list[Pause]:
    """The pauses of today in which the room opens, in the order of the day: those of a year, or of any."""
    kinds = room_of(tables)["windows"]
    rows = [row for row in tables["school"]["school"]["pauses"] if row["kind"] in kinds and is_rung(row, now)]
    return [row for row in rows if year is None or year in (row.get("years") or [year])]


def is_rung(pause: Pause, now: datetime) -> bool:
    """Whether the bells of today have a pause."""
    day, days = local_day(now), pause.get("days")
    first, last = pause.get("first") or day, pause.get("last") or day
    return first <= day <= last and (not days or date.fromisoformat(day).isoweekday() in days)


def year_of(tables: Tables, student: str) -> int | None:
    """By whose bells a student goes; None of somebody who is not known here."""
    row = tables["students"].get(student)
    return row["year"] if row else None


def latest_pause(tables: Tables, now: datetime, year: int | None = None) -> Pause | None:
    """The pause that is on, else the last one of today."""
    clock = clock_words(now)
    begun = [row for row in pauses(tables, now, year) if row["starts"] <= clock]
    return next((row for row in begun if clock < row["ends"]), begun[-1] if begun else None)


def is_open(tables: Tables, now: datetime, year: int | None = None) -> bool:
    pause = latest_pause(tables, now, year)
    return pause is not None and clock_words(now) < pause["ends"]


def window_of(tables: Tables, now: datetime, year: int | None = None) -> str:
    """The window that is open to a year, or was last today: "2026-03-03/break"; "" before the first."""
    pause = latest_pause(tables, now, year)
    return f"{local_day(now)}/{pause['kind']}" if pause else ""


def opening_words(tables: Tables, now: datetime, year: int | None = None) -> str:
    """Until when the room is open, or when it opens next: "Opens next: Lunch, 12:30–13:10"."""
    pause, clock = latest_pause(tables, now, year), clock_words(now)
    if pause and clock < pause["ends"]:
        return f"Open: {pause_words(pause)}"
    coming = [row for row in pauses(tables, now, year) if row["starts"] > clock]
    return f"Opens next: {pause_words(coming[0])}" if coming else "Closed for today"


def pause_words(pause: Pause) -> str:
    return f"{pause['name']}, {pause['starts']}–{pause['ends']}"


def present(tables: Tables, now: datetime) -> list[AdmissionRow]:
    """Who was let in and has not left, first come first. Whoever's own pause is over fills nothing in another's."""
    found = [row for row in tables["admissions"].values() if is_on(tables, now, row)]
    return first_come([row for row in found if row["left"] is None])


def admissions_in(tables: Tables, window: str) -> list[AdmissionRow]:
    """Who was let in during a window and has not left; twice where two tablets let somebody in."""
    return first_come([row for row in tables["admissions"].values() if row["window"] == window and row["left"] is None])


def first_come(found: list[AdmissionRow]) -> list[AdmissionRow]:
    return sorted(found, key=lambda row: (row["at"], row["id"]))


def is_on(tables: Tables, now: datetime, admission: AdmissionRow) -> bool:
    """Whether the window of an admission is the student's pause that is on, or was the last of all."""
    year = year_of(tables, admission["student"])
    own, last = latest_pause(tables, now, year), latest_pause(tables, now)
    if own is None or last is None or admission["window"] != f"{local_day(now)}/{own['kind']}":
        return False
    return clock_words(now) < own["ends"] or own["starts"] == last["starts"]


def inside(tables: Tables, now: datetime) -> dict[str, AdmissionRow]:
    """Everybody who is inside: student → their first admission."""
    return {row["student"]: row for row in reversed(present(tables, now))}


def count_inside(tables: Tables, now: datetime) -> str:
    return f"{len(inside(tables, now))} of {room_of(tables)['capacity']} inside"


def answer_to(tables: Tables, now: datetime, student: str) -> Answer:
    """What the door says to a student now."""
    room, there = room_of(tables), inside(tables, now)
    return judge_door(
        level_on(tables, student, local_day(now)),
        room["levels"],
        is_open=is_open(tables, now, year_of(tables, student)),
        is_inside=student in there,
        inside=len(there),
        capacity=room["capacity"],
    )


def why(tables: Tables, now: datetime, student: str, answer: Answer) -> str:
    """The reason for an answer, in words that the student may read."""
    if answer is Answer.INSIDE:
        return f"In since {at_clock(inside(tables, now)[student]['at'])}"
    if answer is Answer.FULL:
        return f"It holds {room_of(tables)['capacity']}. There may be room again soon."
    if answer is Answer.WELCOME:
        return f"{level_now(tables, student, local_day(now))['name']} this week"
    return (
        why_not(tables, now, student)
        if answer is Answer.NOT_NOW
        else opening_words(tables, now, year_of(tables, student))
    )


def why_not(tables: Tables, now: datetime, student: str) -> str:
    """What keeps the room from a student today: a limit, else the level."""
    opens, level = room_of(tables)["levels"], level_now(tables, student, local_day(now))
    row = level_row(tables, student, local_day(now))
    if row and row["earned"] in opens:
        return f"For now: {level['limit']}"
    return f"It goes with {' or '.join(level_name(tables, key) for key in opens)}. Now: {level['name']}"


def room_words(tables: Tables, now: datetime, student: str) -> str:
    """Whether the room is open to a student today, and why."""
    if student in inside(tables, now):
        return why(tables, now, student, Answer.INSIDE)
    room = room_of(tables)
    if level_on(tables, student, local_day(now)) in room["levels"]:
        return f"Yes, at {' and '.join(room['windows'])}"
    return f"Not today. {why_not(tables, now, student)}"
