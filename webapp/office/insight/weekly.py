"""The weekly tracker as the school prints it, and as a workbook with a sheet for each group."""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import Any

from flask import Response

from webapp.domain.marks.marks import Mark
from webapp.domain.text.words import WEEKDAYS, day_words, week_heading, week_words
from webapp.domain.time.calendar import is_week, week_of
from webapp.models import Group
from webapp.office.parts import sheets
from webapp.policies import Pack
from webapp.results import weekly
from webapp.results.weekly import GroupWeek, Line, Slot
from webapp.school.calendar import load_calendar
from webapp.school.clock import today
from webapp.school.school import school_pack

WEEKS_TO_CHOOSE = 12


def page(args: Mapping[str, str], mine: Collection[str] | None) -> dict[str, Any]:
    """All the page shows; `mine` are the groups that whoever asks may see, None for all."""
    week, pack = _week(args), school_pack()
    groups = _groups(week, mine)
    chosen = [group for group in groups if group.id == args.get("group")] or groups[:1]
    return {
        "week": week,
        "words": week_words(week),
        "weeks": [(one, week_heading(one)) for one in _weeks(week)],
        "groups": [(group.id, group.name) for group in groups],
        "group": chosen[0].id if chosen else "",
        "after": _after(week),
        "tables": [_table(found, pack) for found in weekly.week_of_groups(week, chosen)],
    }


def workbook(args: Mapping[str, str], mine: Collection[str] | None) -> Response:
    """The whole week, a sheet for each group."""
    week, pack = _week(args), school_pack()
    found = weekly.week_of_groups(week, _groups(week, mine))
    book = [(one.group.name, _lines(one, pack, _after(week))) for one in found]
    return sheets.download_book(book, f"tracker-{week}")


def _week(args: Mapping[str, str]) -> str:
    """The week asked for, else this one."""
    return args["week"] if is_week(args.get("week")) else week_of(today())


def _weeks(week: str) -> list[str]:
    """The weeks to choose from: the latest school weeks up to now, and the one shown."""
    calendar, now = load_calendar(), week_of(today())
    held = (now,) if now in calendar.school_weeks() else ()
    return sorted({week, *held, *calendar.weeks_before(now, WEEKS_TO_CHOOSE)}, reverse=True)


def _groups(week: str, mine: Collection[str] | None) -> list[Group]:
    return [group for group in weekly.groups_of_week(week) if mine is None or group.id in mine]


def _after(week: str) -> str:
    """What the column of the next level is called."""
    following = weekly.week_after(week)
    return f"Level, {week_words(following)}" if following else "Level after"


def _table(found: GroupWeek, pack: Pack) -> dict[str, Any]:
    days = [
        (WEEKDAYS[day.weekday()][:3], len(list(slots))) for day, slots in groupby(found.slots, lambda slot: slot[0])
    ]
    return {
        "group": found.group.name,
        "days": days,
        "periods": [period for _, period in found.slots],
        "lines": [_row(line, found.slots, pack) for line in found.lines],
    }


def _row(line: Line, slots: Sequence[Slot], pack: Pack) -> dict[str, Any]:
    return {
        "id": line.student.id,
        "name": line.student.name,
        "marks": [(letter_of(line.marks.get(slot)), pack.name_of(line.marks.get(slot))) for slot in slots],
        "mean": line.mean.shown(),
        "level": pack.level_name(line.level),
    }


def letter_of(mark: Mark) -> str:
    """A mark as a narrow column shows it: "4", "A" for authorised, "E" for exempt, "" for none."""
    return mark[0].upper() if isinstance(mark, str) else "" if mark is None else str(mark)


def _lines(found: GroupWeek, pack: Pack, after: str) -> list[list[Any]]:
    """A group's week as lines of a sheet; scores and means are numbers."""
    heads = [f"{day_words(day)}, {period}" for day, period in found.slots]
    lines: list[list[Any]] = [["Student", *heads, "Sum", "Marks", "Mean", after]]
    for line in found.lines:
        marks = [line.marks.get(slot) for slot in found.slots]
        cells = [mark if isinstance(mark, int) else letter_of(mark) for mark in marks]
        mean = line.mean
        lines.append([line.student.name, *cells, mean.sum, mean.count, mean.shown(), pack.level_name(line.level)])
    return lines
