"""The timetable as the desk reads it: the week of a group or of a member of staff."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import select

from webapp.domain.text.words import WEEKDAYS, listed
from webapp.domain.time.timetable import Hour, Taught, at_once
from webapp.models import Period, Staff, TimetableEntry, db
from webapp.office.school.bells import LESSON
from webapp.office.students.students import group_names
from webapp.school.clock import today

GROUP, STAFF = "group", "staff"
SCHOOL_WEEK = range(1, 6)


@dataclass(frozen=True, slots=True)
class Timetable:
    """All lessons in the order of the week, and who is in them; groups by their ids are names."""

    lessons: Sequence[Taught]
    groups: Mapping[str, str]
    staff: Mapping[str, Staff]

    def name(self, of: str) -> str:
        """Whose week "group:8B" or "staff:j.reid" is; "" if nobody's."""
        kind, _, key = of.partition(":")
        if kind == STAFF and key in self.staff:
            return self.staff[key].name
        return self.groups.get(key, "") if kind == GROUP else ""

    def week(self, of: str) -> list[Taught]:
        kind, _, key = of.partition(":")
        return [taught for taught in self.lessons if key == (taught.group if kind == GROUP else taught.staff)]

    def has_left(self, staff: str) -> bool:
        return not self.staff[staff].is_here(today())


def load() -> Timetable:
    query = select(TimetableEntry, Period.starts).join(Period, Period.name == TimetableEntry.period)
    rows = db.session.execute(query.order_by(TimetableEntry.weekday, Period.starts, TimetableEntry.group_id))
    lessons = [Taught(row.weekday, row.period, row.group_id, row.subject, row.staff_id) for row, _ in rows]
    people = sorted(db.session.scalars(select(Staff)), key=lambda person: (person.sort, person.id))
    return Timetable(lessons, group_names(), {person.id: person for person in people})


def page(of: str) -> dict[str, Any]:
    """The week of whom `of` names; while it names nobody, what is to be looked at in all weeks."""
    timetable = load()
    name = timetable.name(of)
    return {
        "of": of if name else "",
        "name": name,
        "groups": [(f"{GROUP}:{key}", words) for key, words in timetable.groups.items()],
        "staff": list(_staff(timetable)),
        "days": [WEEKDAYS[day - 1] for day in SCHOOL_WEEK],
        "rows": _rows(of, timetable) if name else [],
        "together": [] if name else list(_together(timetable)),
        "left": [] if name else list(_without_staff(timetable)),
    }


def hour_words(taught: Taught) -> str:
    """ "Mondays, period 2"."""
    return f"{WEEKDAYS[taught.weekday - 1]}s, period {taught.period}"


def _staff(timetable: Timetable) -> Iterator[tuple[str, str]]:
    """Who is here, and who has left and has lessons all the same."""
    teaching = {taught.staff for taught in timetable.lessons}
    for key, person in timetable.staff.items():
        if key in teaching or not timetable.has_left(key):
            yield f"{STAFF}:{key}", person.name


def _rows(of: str, timetable: Timetable) -> list[dict[str, Any]]:
    """A row for each period of the bell schedule; those without lessons are pauses and have no cells."""
    week, clashes = timetable.week(of), at_once(timetable.lessons)
    used = {taught.period for taught in week}
    return [
        {
            "period": period.name,
            "times": f"{period.starts}–{period.ends}",
            "is_pause": period.kind != LESSON and period.name not in used,
            "cells": [_cell(of, day, period.name, week, timetable, clashes) for day in SCHOOL_WEEK],
        }
        for period in db.session.scalars(select(Period).order_by(Period.starts, Period.name))
    ]


def _cell(
    of: str, day: int, period: str, week: Iterable[Taught], timetable: Timetable, clashes: Mapping[Hour, list[Taught]]
) -> dict[str, Any]:
    kind, _, key = of.partition(":")
    there = [taught for taught in week if (taught.weekday, taught.period) == (day, period)]
    return {
        "words": f"{WEEKDAYS[day - 1]}, period {period}",
        "lessons": [
            {
                "subject": taught.subject,
                "with": timetable.staff[taught.staff].name if kind == GROUP else timetable.groups[taught.group],
                "note": _note(taught, timetable, clashes),
                "address": _address(of, day, period, taught.group),
            }
            for taught in there
        ],
        "address": _address(of, day, period, key if kind == GROUP else ""),
    }


def _note(taught: Taught, timetable: Timetable, clashes: Mapping[Hour, list[Taught]]) -> str:
    """What is odd about a lesson, if anything."""
    if timetable.has_left(taught.staff):
        return "has left"
    there = clashes.get((taught.weekday, taught.period, taught.staff), [])
    others = [timetable.groups[other.group] for other in there if other.group != taught.group]
    return f"also {listed(others)}" if others else ""


def _address(of: str, day: int, period: str, group: str) -> str:
    return url_for("timetable.show_lesson", of=of, day=day, period=period, group=group)


def _together(timetable: Timetable) -> Iterator[tuple[str, str]]:
    """Who has several groups at once, with the address of the week that shows it."""
    for (_, _, staff), there in at_once(timetable.lessons).items():
        groups = listed([timetable.groups[taught.group] for taught in there])
        words = f"{timetable.staff[staff].name} has {groups} on {hour_words(there[0])}"
        yield words, url_for("timetable.show_week", of=f"{STAFF}:{staff}")


def _without_staff(timetable: Timetable) -> Iterator[tuple[str, str]]:
    """The lessons of who has left, with the address of the week that shows each."""
    for taught in timetable.lessons:
        if timetable.has_left(taught.staff):
            with_whom = f"with {timetable.staff[taught.staff].name}, who has left"
            words = f"{timetable.groups[taught.group]} has {taught.subject} on {hour_words(taught)} {with_whom}"
            yield words, url_for("timetable.show_week", of=f"{GROUP}:{taught.group}")
