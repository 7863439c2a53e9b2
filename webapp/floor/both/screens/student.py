"""One student: the week's marks, the mean so far, the level now and how it came about, and what it opens.

`error` among the parameters says what the form of a limit lacks, `field` where.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypedDict

from webapp.domain.marks.mean import mean_of
from webapp.domain.marks.roll import is_expected, is_listed
from webapp.domain.text.words import count_words, week_words
from webapp.domain.time.calendar import week_of
from webapp.domain.time.moment import instant
from webapp.domain.time.stretch import covers
from webapp.domain.wire.school import LessonRow, MembershipRow, StudentRow
from webapp.domain.wire.spaces import SpaceRow
from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.chrome import Chrome, chrome
from webapp.floor.both.parts.facts import (
    at_clock,
    days_of_week,
    group_name,
    guests_of,
    in_order,
    is_away,
    is_here,
    local_day,
    mark_words,
    short_day,
    square_kind,
    square_text,
    whole_weeks,
)
from webapp.floor.both.parts.receipt import Day, LevelNow, Receipt, Square, level_now, receipt
from webapp.floor.both.parts.rewards import Rewards, rewards_of
from webapp.floor.both.parts.spaces import (
    APART,
    State,
    kept_away,
    nearest,
    state_of,
    where_words,
    whereabouts,
)
from webapp.floor.both.parts.viewer import Viewer

TEMPLATE = "floor/student.html"


class Link(TypedDict):
    url: str
    words: str


class Stands(TypedDict):
    """Where a student is or is to be, and where to go for that."""

    words: str
    url: str
    link: str


class SpaceChoice(State):
    """A space to ask for, with what to know before the tap."""

    id: str
    label: str
    warning: str


class Context(TypedDict):
    """A student's week: `mean` of `count` marks (both in words), a grid of `periods` and `days`, and how the level of
    now came about. `stands` holds at most one; `before` and `after` lead to the next weeks. `error` speaks of the field
    `field`."""

    chrome: Chrome
    level: LevelNow
    week: str
    mean: str
    count: str
    periods: list[str]
    days: list[Day]
    receipt: Receipt
    url: str
    stands: list[Stands]
    spaces: list[SpaceChoice]
    rewards: Rewards
    error: str
    field: str
    before: list[Link]
    after: list[Link]


def context(tables: Tables, viewer: Viewer, now: datetime, params: Mapping[str, str]) -> Context | None:
    today = local_day(now)
    weeks = whole_weeks(today)
    student = tables["students"].get(params["student"])
    week = params.get("week", week_of(date.fromisoformat(today)))
    if not student or week not in weeks:
        return None
    lessons = lessons_of(tables, student, days_of_week(week, today))
    mean = mean_of([mark_in(tables, student, lesson) for lesson in lessons])
    at = weeks.index(week)
    return {
        "chrome": chrome(
            tables,
            viewer,
            now,
            student["name"],
            sub=f"{group_name(tables, student['group'])} · Year {student['year']}",
            back="/today",
        ),
        "level": level_now(tables, student["id"], today),
        "week": week_words(week),
        "mean": mean.shown(),
        "count": count_words(mean.count, "mark", "marks"),
        "periods": periods_of(lessons),
        "days": days_of(tables, student, lessons, now),
        "receipt": receipt(tables, student["id"], today),
        "url": f"/student/{student['id']}",
        "stands": stands(tables, now, student),
        "spaces": [space_choice(tables, now, student, space) for space in nearest(tables, now, student["key_stage"])],
        "rewards": rewards_of(tables, viewer, now, student, params),
        "error": params.get("error", ""),
        "field": params.get("field", ""),
        "before": [link(student, other) for other in weeks[:at][-1:]],
        "after": [link(student, other) for other in weeks[at + 1 :][:1]],
    }


def lessons_of(tables: Tables, student: StudentRow, days: list[str]) -> list[LessonRow]:
    """The lessons in which the student is expected, and any other with a mark."""
    classes = [row for row in tables["memberships"].values() if row["student"] == student["id"]]
    lessons = [row for row in tables["lessons"].values() if row["date"] in days]
    return in_order(
        [row for row in lessons if is_own(student, classes, row) or mark_in(tables, student, row) is not None]
    )


def is_own(student: StudentRow, classes: list[MembershipRow], lesson: LessonRow) -> bool:
    """Whether a student of these classes is expected in a lesson."""
    day, guest = lesson["date"], student["id"] in guests_of(lesson)
    inside = [row for row in classes if row["class"] == lesson["group"] and covers(row["from"], row["until"], day)]
    return is_expected(is_listed(bool(inside), is_here(student, day), guest), is_away(student, lesson), guest)


def mark_in(tables: Tables, student: StudentRow, lesson: LessonRow) -> Any:
    score = tables["scores"].get(f"{student['id']}.{lesson['id']}")
    return score["mark"] if score else None


def periods_of(lessons: list[LessonRow]) -> list[str]:
    """The week's periods in the order of the day."""
    periods = sorted({(at_clock(lesson["starts"]), lesson["period"]) for lesson in lessons})
    return list(dict.fromkeys(period for _, period in periods))


def days_of(tables: Tables, student: StudentRow, lessons: list[LessonRow], now: datetime) -> list[Day]:
    """A line for each day with lessons: a cell for each period, with the lessons in it."""
    periods = periods_of(lessons)
    return [
        {
            "day": short_day(day),
            "cells": [
                [
                    cell(tables, student, lesson, now)
                    for lesson in lessons
                    if lesson["date"] == day and lesson["period"] == period
                ]
                for period in periods
            ],
        }
        for day in sorted({lesson["date"] for lesson in lessons})
    ]


def cell(tables: Tables, student: StudentRow, lesson: LessonRow, now: datetime) -> Square:
    """A lesson as a small square: the mark, the first letter of a code, or nothing."""
    mark = mark_in(tables, student, lesson)
    coming = mark is None and lesson["starts"] > instant(now)
    return {
        "url": f"/lesson/{lesson['id']}",
        "text": square_text(tables, mark),
        "words": f"{lesson['subject']}: {'to come' if coming else mark_words(tables, mark)}",
        "kind": "coming" if coming else square_kind(mark),
    }


def link(student: StudentRow, week: str) -> Link:
    return {"url": f"/student/{student['id']}?week={week}", "words": f"W{week_words(week)[1:]}"}


def stands(tables: Tables, now: datetime, student: StudentRow) -> list[Stands]:
    """The stay or the ask of a student that stands: then there is nothing to ask for."""
    row = whereabouts(tables, now).get(student["id"])
    if not row:
        return []
    inside = "entered" in row
    url, link = (f"/stay/{row['id']}", "Hand over or leave") if inside else ("/spaces", "Go to the spaces")
    return [{"words": where_words(tables, row, now), "url": url, "link": link}]


def space_choice(tables: Tables, now: datetime, student: StudentRow, space: SpaceRow) -> SpaceChoice:
    warning = APART if student["id"] in kept_away(tables, now, space) else ""
    state = state_of(tables, now, space)
    verb = "Ask" if state["free"] else "Wait"
    return {
        "free": state["free"],
        "kind": state["kind"],
        "state": state["state"],
        "id": space["id"],
        "label": f"{verb} for {space['name']}",
        "warning": warning,
    }
