"""A day's lessons: mine first, the one that is on now before all others."""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import groupby
from typing import TypedDict

from webapp.domain.text.words import day_words, day_words_long, listed
from webapp.domain.time.moment import instant
from webapp.domain.wire.school import LessonRow
from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.chrome import Chrome, chrome
from webapp.floor.both.parts.facts import (
    day_url,
    expected,
    in_order,
    lesson_title,
    local_day,
    marks_by_lesson,
    roll,
    room_words,
    staff_name,
    taken_by,
    teachers,
    times,
    window_days,
)
from webapp.floor.both.parts.viewer import Viewer

TEMPLATE = "floor/today.html"


class Card(TypedDict):
    """A lesson: who takes it, in which room, and in `note` who beside the holder or for whom, in words; how many are
    marked, `done` if that is all; `mine` if the holder takes it; `flag` "Now", "Next" or ""."""

    url: str
    title: str
    period: str
    times: str
    staff: str
    room: str
    note: str
    marked: str
    done: bool
    mine: bool
    flag: str


class Period(TypedDict):
    """The lessons that begin in a period."""

    period: str
    times: str
    lessons: list[Card]


class Link(TypedDict):
    url: str
    words: str


class Context(TypedDict):
    """A day's lessons, mine and all by period; `notice` says that there are none. `before` and `after` lead to the next
    days with lessons, and hold at most one."""

    chrome: Chrome
    notice: str
    mine: list[Card]
    everyone: list[Period]
    before: list[Link]
    after: list[Link]


def context(tables: Tables, viewer: Viewer, now: datetime, params: Mapping[str, str]) -> Context | None:
    today = local_day(now)
    held = window_days(today)
    day = params.get("date", today)
    if day not in held:
        return None
    days = sorted({row["date"] for row in tables["lessons"].values() if row["date"] in held})
    before = [other for other in days if other < day][-1:]
    after = [other for other in days if other > day][:1]
    shown = [day] if day in days else after
    cards = cards_of(tables, viewer, now, shown)
    mine = [card for card in cards if card["mine"]]
    return {
        "chrome": chrome(
            tables,
            viewer,
            now,
            day_words_long(date.fromisoformat(day)),
            sub=sub_words(tables, day, today),
            tab="today" if day == today else "",
        ),
        "notice": "" if day in shown else none_words(day == today, shown),
        "mine": [*[card for card in mine if card["flag"]], *[card for card in mine if not card["flag"]]],
        "everyone": by_period(cards),
        "before": [link(other, now) for other in before],
        "after": [link(other, now) for other in after],
    }


def sub_words(tables: Tables, day: str, today: str) -> str:
    """ "Today", and which week it is in a school that has two."""
    weeks = sorted({row["week"] or "" for row in tables["lessons"].values() if row["date"] == day and row.get("week")})
    words = ["Today"] if day == today else []
    return " · ".join([*words, *[f"Week {week}" for week in weeks[:1]]])


def none_words(is_today: bool, shown: list[str]) -> str:
    none = "No lessons today." if is_today else "No lessons on this day."
    if not shown:
        return f"{none} There are none in the two weeks after either."
    return f"{none} Next: {day_words(date.fromisoformat(shown[0]))}"


def cards_of(tables: Tables, viewer: Viewer, now: datetime, days: list[str]) -> list[Card]:
    """The day's lessons in order, with how many students are marked."""
    lessons = in_order([row for row in tables["lessons"].values() if row["date"] in days])
    marked = marks_by_lesson(tables, lessons)
    flagged = flag(lessons, viewer, now)
    cards: list[Card] = []
    for lesson in lessons:
        done = marked[lesson["id"]]
        due = len(expected(roll(tables, lesson, done), lesson, done))
        cards.append(
            {
                "url": f"/lesson/{lesson['id']}",
                "title": lesson_title(tables, lesson),
                "period": lesson["period"],
                "times": times(lesson),
                "staff": taken_by(tables, lesson),
                "room": room_words(lesson),
                "note": company(tables, lesson, viewer),
                "marked": f"{len(done)} of {due} marked",
                "done": len(done) == due,
                "mine": viewer.staff in teachers(lesson),
                "flag": flagged.get(lesson["id"], ""),
            }
        )
    return cards


def company(tables: Tables, lesson: LessonRow, viewer: Viewer) -> str:
    """With whom the holder takes a lesson, and whom somebody covers in it; "" of one's own alone."""
    others = [staff_name(tables, one) for one in teachers(lesson) if one != viewer.staff]
    covered = [staff_name(tables, one) for one in lesson.get("covered", [])]
    words = [f"with {listed(others)}"] if others else []
    return ", ".join([*words, f"for {listed(covered)}"] if covered else words)


def flag(lessons: list[LessonRow], viewer: Viewer, now: datetime) -> dict[str, str]:
    """My lesson that is on now; between lessons, today's next."""
    moment = instant(now)
    mine = [row for row in lessons if viewer.staff in teachers(row) and row["date"] == local_day(now)]
    current = [row for row in mine if row["starts"] <= moment < row["ends"]]
    coming = [row for row in mine if moment < row["starts"]]
    if current:
        return {row["id"]: "Now" for row in current}
    return {row["id"]: "Next" for row in coming[:1]}


def by_period(cards: list[Card]) -> list[Period]:
    """All lessons under the periods in which they begin."""
    groups = groupby(cards, key=lambda card: (card["period"], card["times"]))
    return [{"period": period, "times": when, "lessons": list(group)} for (period, when), group in groups]


def link(day: str, now: datetime) -> Link:
    return {"url": day_url(day, now), "words": day_words(date.fromisoformat(day))}
