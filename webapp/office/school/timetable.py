"""The timetable as the desk reads it: the week of a group or of a member of staff, as it stands on a day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from webapp.domain.text.words import WEEKDAYS, listed
from webapp.domain.time.bell import TAUGHT
from webapp.domain.time.spread import SCHOOL_DAYS
from webapp.domain.time.timetable import Hour, Taught, at_once, weeks_of
from webapp.domain.time.weeks import LETTERS
from webapp.imports.kinds.from_day import read_start
from webapp.models import Period, Staff, db
from webapp.office.school.bells import rows_on
from webapp.office.students.students import group_names
from webapp.school.calendar import load_calendar
from webapp.school.clock import today
from webapp.timetable.standing import entries_on

GROUP, STAFF = "group", "staff"
NOBODY_YET = "Nobody yet"


@dataclass(frozen=True, slots=True)
class Timetable:
    """All lessons in the order of the week as they stand on a day, and who is in them; `groups` are names by ids."""

    lessons: Sequence[Taught]
    groups: Mapping[str, str]
    staff: Mapping[str, Staff]

    def name(self, of: str) -> str:
        """Whose week "group:8B" or "staff:j.reid" is; "" if nobody's."""
        kind, _, key = of.partition(":")
        if kind == STAFF and key in self.staff:
            return self.staff[key].name
        return self.groups.get(key, "") if kind == GROUP else ""

    def week(self, of: str, letter: str | None) -> list[Taught]:
        """Of two weeks, the one of this letter."""
        kind, _, key = of.partition(":")
        shown = [taught for taught in self.lessons if taught.week in (None, letter)]
        return [taught for taught in shown if key in ((taught.group,) if kind == GROUP else taught.staff)]

    def names(self, taught: Taught) -> str:
        """Who takes a lesson."""
        return listed([self.staff[one].name for one in taught.staff]) if taught.staff else NOBODY_YET

    def left(self, taught: Taught) -> list[str]:
        """The names of those who take a lesson and have left."""
        return [self.staff[one].name for one in taught.staff if not self.staff[one].is_here(today())]


def load(day: date | None = None) -> Timetable:
    """As it stands on a day; on today if none is given."""
    rung = entries_on(day or today())
    lessons = [
        Taught(row.weekday, row.period, row.group_id, row.subject, row.staff, row.week, row.room) for row, _ in rung
    ]
    people = sorted(db.session.query(Staff), key=lambda person: (person.sort, person.id))
    return Timetable(lessons, group_names(), {person.id: person for person in people})


def page(args: Mapping[str, str]) -> dict[str, Any]:
    """The week of whom `of` names; while it names nobody, what is to be looked at in all weeks."""
    of, day = args.get("of", ""), read_start(args.get("on")) or today()
    timetable, letter = load(day), letter_of(args, day)
    name = timetable.name(of)
    return {
        "of": of if name else "",
        "on": day.isoformat(),
        "week": letter or "",
        "letters": LETTERS if letter else (),
        "name": name,
        "groups": [(f"{GROUP}:{key}", words) for key, words in timetable.groups.items()],
        "staff": list(_staff(timetable)),
        "days": [WEEKDAYS[weekday - 1] for weekday in school_week()],
        "rows": _rows(Shown(of, day, letter), timetable) if name else [],
        "together": [] if name else list(_together(timetable)),
        "left": [] if name else list(_without_staff(timetable)),
    }


def letter_of(args: Mapping[str, str], day: date) -> str | None:
    """Which of two weeks is asked for, else the one of the day; None in a school that does not tell them apart."""
    letter = load_calendar().letter_on(day)
    asked = args.get("week", "")
    return asked if letter and asked in LETTERS else letter


def school_week() -> list[int]:
    """The weekdays on which the school has lessons."""
    return sorted(SCHOOL_DAYS.union(*(year.days for year in load_calendar().years)))


def hour_words(taught: Taught) -> str:
    """ "Mondays, period 2"."""
    week = f" of week {taught.week}" if taught.week else ""
    return f"{WEEKDAYS[taught.weekday - 1]}s{week}, period {taught.period}"


@dataclass(frozen=True, slots=True)
class Shown:
    """Whose week is shown, as it stands on which day, and which of two weeks."""

    of: str
    day: date
    letter: str | None

    def address(self, weekday: int, period: str, group: str, week: str | None) -> str:
        """The form of a lesson, or of one to be added."""
        when = {"week": week, "on": self.day.isoformat() if self.day != today() else None}
        return url_for("timetable.show_lesson", of=self.of, day=weekday, period=period, group=group, **_said(when))


def _said(query: Mapping[str, str | None]) -> dict[str, Any]:
    """The parts of an address that say something."""
    return {name: value for name, value in query.items() if value}


def _staff(timetable: Timetable) -> Iterator[tuple[str, str]]:
    """Who is here, and who has left and has lessons all the same."""
    teaching = {one for taught in timetable.lessons for one in taught.staff}
    for key, person in timetable.staff.items():
        if key in teaching or person.is_here(today()):
            yield f"{STAFF}:{key}", person.name


def _rows(shown: Shown, timetable: Timetable) -> list[dict[str, Any]]:
    """A row for each period of the bell schedule; those without lessons are pauses and have no cells."""
    week, clashes = timetable.week(shown.of, shown.letter), at_once(timetable.lessons)
    used = {taught.period for taught in week}
    return [
        {
            "period": name,
            "times": ", ".join(dict.fromkeys(f"{row.starts}–{row.ends}" for row in rows)),
            "is_pause": not any(row.kind in TAUGHT for row in rows) and name not in used,
            "cells": [_cell(shown, weekday, name, week, timetable, clashes) for weekday in school_week()],
        }
        for name, rows in _periods(shown.day).items()
    ]


def _periods(day: date) -> dict[str, list[Period]]:
    """The periods that there are on a day or after it, each with its rows."""
    found: dict[str, list[Period]] = {}
    for row in rows_on(day):
        found.setdefault(row.name, []).append(row)
    return found


def _cell(
    shown: Shown,
    weekday: int,
    period: str,
    week: Iterable[Taught],
    timetable: Timetable,
    clashes: Mapping[Hour, list[Taught]],
) -> dict[str, Any]:
    kind, _, key = shown.of.partition(":")
    there = [taught for taught in week if (taught.weekday, taught.period) == (weekday, period)]
    return {
        "words": f"{WEEKDAYS[weekday - 1]}, period {period}",
        "lessons": [
            {
                "subject": taught.subject,
                "with": timetable.names(taught) if kind == GROUP else timetable.groups[taught.group],
                "more": ", ".join(_more(taught)),
                "note": _note(taught, timetable, clashes),
                "address": shown.address(weekday, period, taught.group, taught.week),
            }
            for taught in there
        ],
        "address": shown.address(weekday, period, key if kind == GROUP else "", None),
    }


def _more(taught: Taught) -> Iterator[str]:
    if taught.room:
        yield f"room {taught.room}"
    if taught.week:
        yield f"week {taught.week} only"


def _note(taught: Taught, timetable: Timetable, clashes: Mapping[Hour, list[Taught]]) -> str:
    """What is odd about a lesson, if anything."""
    if timetable.left(taught):
        return "has left"
    hours = [(letter, taught.weekday, taught.period, one) for letter in weeks_of(taught) for one in taught.staff]
    there = [other for hour in hours for other in clashes.get(hour, [])]
    others = dict.fromkeys(timetable.groups[other.group] for other in there if other.group != taught.group)
    return f"also {listed(list(others))}" if others else ""


def _together(timetable: Timetable) -> Iterator[tuple[str, str]]:
    """Who has several groups at once, with the address of the week that shows it."""
    told = set()
    for (_, _, _, staff), there in at_once(timetable.lessons).items():
        groups = listed(list(dict.fromkeys(timetable.groups[taught.group] for taught in there)))
        week = next((taught.week for taught in there if taught.week), None)
        words = f"{timetable.staff[staff].name} has {groups} on {hour_words(there[0]._replace(week=week))}"
        if words not in told:
            told.add(words)
            yield words, url_for("timetable.show_week", of=f"{STAFF}:{staff}")


def _without_staff(timetable: Timetable) -> Iterator[tuple[str, str]]:
    """The lessons that nobody takes, or who has left, with the address of the week that shows each."""
    for taught in timetable.lessons:
        left = timetable.left(taught)
        if left or not taught.staff:
            with_whom = f"with {listed(left)}, who has left" if left else "with nobody yet"
            words = f"{timetable.groups[taught.group]} has {taught.subject} on {hour_words(taught)} {with_whom}"
            yield words, url_for("timetable.show_week", of=f"{GROUP}:{taught.group}")
