"""A student's level on a day, and the receipt that shows how it came about."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any, TypedDict

from webapp.domain.marks import caps, levels
from webapp.domain.marks.marks import why_not_counted
from webapp.domain.marks.mean import Mean
from webapp.domain.text.words import count_words, day_words, decimal_words, lesson_words, week_words
from webapp.domain.time.calendar import monday_of, week_of
from webapp.domain.wire.policy import Level
from webapp.domain.wire.school import CapRow, LevelRow
from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.facts import mark_words, short_day, square_kind, square_text


class Square(TypedDict):
    """A mark where there is little room: where it leads ("": nowhere), short, read out, and "mark", "code", "none",
    "coming" or "blank"."""

    url: str
    text: str
    words: str
    kind: str


class Day(TypedDict):
    """A line of a grid: a day, and for each period the squares in it."""

    day: str
    cells: list[list[Square]]


class LevelNow(TypedDict):
    """A level by its name, and the limit that holds it down, in words."""

    name: str
    limit: str


_From = TypedDict("_From", {"from": str})


class Reached(_From):
    """A level, the least mean for it, the clause that says so, and whether it was reached."""

    name: str
    clause: str
    reached: bool


class Receipt(TypedDict):
    """How a level came about: the week's marks, those left out and why, and their mean beside each level."""

    week: str
    periods: list[str]
    days: list[Day]
    left_out: list[str]
    sum: str
    mean: str
    levels: list[Reached]


BLANK: Square = {"url": "", "text": "–", "words": "no mark", "kind": "blank"}


def level_now(tables: Tables, student: str, day: str) -> LevelNow:
    level, limits = level_on(tables, student, day), strictest(tables, student, day)
    return {
        "name": level_name(tables, level) if level else "No level this week",
        "limit": limit_words(tables, limits) if limits else "",
    }


def level_on(tables: Tables, student: str, day: str) -> str | None:
    """The level on a day: what the week has earned, within the caps in force on that day (D5)."""
    row = level_row(tables, student, day)
    earned = row["earned"] if row else None
    limits = strictest(tables, student, day)
    return scale_of(tables).lower_of(earned, limits[0]["cap"]) if limits else earned


def receipt(tables: Tables, student: str, day: str) -> Receipt:
    """Every mark behind the level of a day's week, and what they come to; without marks where none counted."""
    row = level_row(tables, student, day)
    if not row or row["from_week"] is None:
        return {"week": "", "periods": [], "days": [], "left_out": [], "sum": "", "mean": "", "levels": []}
    mean, marks = Mean(*row["mean"]), marks_of(row["from_week"], row)
    return {
        "week": week_words(row["from_week"]),
        "periods": periods_of(marks),
        "days": days_of(tables, marks),
        "left_out": [left_out(*mark) for mark in marks if why_not_counted(mark[2])],
        "sum": f"{mean.sum} ÷ {count_words(mean.count, 'mark', 'marks')}",
        "mean": mean.shown(),
        "levels": [threshold(rule, mean) for rule in levels_in(tables, row["week"])],
    }


def marks_of(week: str, row: LevelRow) -> list[tuple[str, str, Any]]:
    """The deciding week's marks as (day, period, mark)."""
    monday = monday_of(week)
    days = [(monday + timedelta(days=n)).isoformat() for n in range(7)]
    return [(day, *mark) for day, marks in zip(days, row["marks"], strict=True) for mark in marks]


def level_row(tables: Tables, student: str, day: str) -> LevelRow | None:
    return tables["levels"].get(f"{student}.{week_of(date.fromisoformat(day))}")


def level_name(tables: Tables, key: str) -> str:
    return next((rule["name"] for rule in tables["school"]["school"]["levels"] if rule["key"] == key), key)


def strictest(tables: Tables, student: str, day: str) -> list[CapRow]:
    """The caps that decide on a day: of those in force, the strictest."""
    today, scale = date.fromisoformat(day), scale_of(tables)
    rows = [row for row in tables["caps"].values() if row["student"] == student]
    least = caps.in_force([cap_of(row) for row in rows], today, today, scale)
    return [row for row in rows if row["cap"] == least and caps.in_force([cap_of(row)], today, today, scale)]


def limit_words(tables: Tables, limits: list[CapRow]) -> str:
    """What staff allow at most, and how long: "Creative at most, until Fri 6 March"."""
    cap = limits[0]["cap"]
    what = "No level" if cap == "none" else f"{level_name(tables, cap)} at most"
    ends = [row["until"] for row in limits if row["until"] is not None]
    if len(ends) < len(limits):
        return f"{what}, until staff lift it"
    return f"{what}, until {day_words(date.fromisoformat(max(ends)))}"


def periods_of(marks: list[tuple[str, str, Any]]) -> list[str]:
    """The periods of marks, 2 before 10."""
    return sorted({period for _, period, _ in marks}, key=lambda period: (len(period), period))


def days_of(tables: Tables, marks: list[tuple[str, str, Any]]) -> list[Day]:
    """A line for each day: a cell for each period, with the marks given in it."""
    return [
        {
            "day": short_day(day),
            "cells": [
                [square(tables, mark) for mark in marks if mark[0] == day and mark[1] == period] or [BLANK]
                for period in periods_of(marks)
            ],
        }
        for day in sorted({mark[0] for mark in marks})
    ]


def square(tables: Tables, marked: tuple[str, str, Any]) -> Square:
    mark = marked[2]
    return {
        "url": "",
        "text": square_text(tables, mark),
        "words": mark_words(tables, mark),
        "kind": square_kind(mark),
    }


def left_out(day: str, period: str, mark: Any) -> str:
    """A mark outside the mean, and why (D1)."""
    return f"{lesson_words(date.fromisoformat(day), period)}, {why_not_counted(mark)}"


def levels_in(tables: Tables, week: str) -> list[Level]:
    """The levels as the policy has them in a week. A tablet may have been offline since before they changed."""
    school = tables["school"]["school"]
    begun = [one["levels"] for one in school.get("versions", []) if one["week"] <= week]
    return begun[-1] if begun else list(school["levels"])


def threshold(rule: Level, mean: Mean) -> Reached:
    """What a level asks for, where the policy says so, and whether the exact mean reaches it (D2)."""
    least = Fraction(*rule["threshold"])
    return {
        "name": rule["name"],
        "from": decimal_words(least),
        "clause": rule["clause"],
        "reached": mean.at_least(least),
    }


def scale_of(tables: Tables) -> levels.LevelScale:
    """The school's levels. How far they look back does not matter here: that was decided at school."""
    rules = tables["school"]["school"]["levels"]
    return levels.LevelScale(
        tuple(
            levels.LevelRule(row["key"], row["name"], Fraction(*row["threshold"]), 0, row["clause"]) for row in rules
        ),
        look_back=0,
    )


def cap_of(row: CapRow) -> caps.Cap:
    start = date.fromisoformat(row["from"])
    return caps.Cap(row["cap"], start, day_of(row["until"]), day_of(row["lifted"]))


def day_of(day: str | None) -> date | None:
    return None if day is None else date.fromisoformat(day)
