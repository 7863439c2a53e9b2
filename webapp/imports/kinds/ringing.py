"""What lines of a bell schedule do to the bells there are: which give way, and which are in the way."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from webapp.domain.time.bell import LESSON, Bell, Rectangle, left_of
from webapp.domain.time.spread import ALL_DAYS, ALL_YEARS, column
from webapp.imports.kinds.from_day import turn
from webapp.imports.plan import Plan
from webapp.imports.problems import Problem
from webapp.imports.table import Record
from webapp.models import Period, TimetableEntry, db
from webapp.school.bell_schedule import bell_of_row, years_of_groups

Held = Sequence[Period]
"""The rows that hold from a day on."""

FOR_WHOM = ", or a column “years” that says who has each"


def bell_of_line(record: Record) -> Bell:
    """What a line says; a column that is missing or blank leaves nothing out."""
    said = record.values
    days, years = said.get("days") or ALL_DAYS, said.get("years") or ALL_YEARS
    return Bell(said["period"], said["start"], said["end"], said["kind"], said.get("session"), days, years)


class Needed:
    """In which periods the timetable has lessons, on which days and for which years."""

    def __init__(self) -> None:
        years = years_of_groups()
        slots = db.session.execute(
            select(TimetableEntry.period, TimetableEntry.weekday, TimetableEntry.group_id).distinct()
        )
        self._cells = {(period, day, year) for period, day, group in slots for year in years.get(group, ())}

    def __call__(self, period: str, cells: Rectangle) -> bool:
        days, years = cells
        return any(name == period and day in days and year in years for name, day, year in self._cells)


def faults(records: Sequence[Record], held: Held, hint: str = FOR_WHOM) -> Iterator[Problem]:
    """What is wrong with lines, each by itself, beside the others, and beside what is there. `hint` says how two that
    clash can both stand."""
    lines = [(record, bell_of_line(record)) for record in records]
    for n, (record, bell) in enumerate(lines):
        if bell.ends <= bell.starts:
            yield record.problem("end", "a time after the start")
        yield from _beside(record, bell, lines[:n], hint)
    needed = Needed()
    for row in map(bell_of_row, held):
        parts = left_of(row, [bell for _, bell in lines], needed)
        left = [replace(row, days=days, years=years) for days, years in parts]
        for record, bell in lines:
            if any(part.overlaps(bell) for part in left):
                yield _in_the_way(record, bell, row, hint)


def _beside(record: Record, bell: Bell, before: Sequence[tuple[Record, Bell]], hint: str) -> Iterator[Problem]:
    for line, other in before:
        if other.name == bell.name and other.meets(bell):
            yield record.problem("period", f"each period once; line {line.line} has it already")
            return
    for other in [other for _, other in before if other.overlaps(bell)][-1:]:
        yield _in_the_way(record, bell, other, hint)


def _in_the_way(record: Record, bell: Bell, other: Bell, hint: str) -> Problem:
    """That both are on at once; where one is no lesson, such as a lunch, it may be for some years alone."""
    whose = "" if LESSON == bell.kind == other.kind else hint
    if other.starts <= bell.starts:
        return record.problem("start", f"a time from {other.ends} on, when period {other.name} ends{whose}")
    return record.problem("end", f"before {other.name} begins ({other.starts}){whose}")


def lay(plan: Plan, bells: Sequence[Bell], held: Held, start: date | None, own: Period | None = None) -> None:
    """From a day on these bells ring, and those there are give way. `own` is a row that one of them is to replace."""
    needed, matched = Needed(), set()
    for row in held:
        there = bell_of_row(row)
        alike = [bell for bell in bells if row is own or (bell.name, bell.cells) == (there.name, there.cells)]
        same = alike[0] if alike else None
        parts = [_values(same)] if same else [_cut(there, *part) for part in left_of(there, bells, needed)]
        if same in matched:
            turn(plan, row, (), start)
        elif same and row.last is None and same == replace(there, first=None, last=None):
            plan.unchanged += 1
        elif parts != [_values(there)]:
            plan.changed += bool(same)
            turn(plan, row, [part | {"last": None} for part in parts] if same else parts, start)
        matched |= {same} if same else set()
    for bell in (bell for bell in bells if bell not in matched):
        is_known = any(row.name == bell.name for row in held)
        plan.changed, plan.added = plan.changed + is_known, plan.added + (not is_known)
        plan.note(Period, None, _values(bell) | {"first": start, "last": None})


def _cut(bell: Bell, days: frozenset[int], years: frozenset[int]) -> dict[str, Any]:
    return _values(replace(bell, days=days, years=years))


def _values(bell: Bell) -> dict[str, Any]:
    return {
        "name": bell.name,
        "starts": bell.starts,
        "ends": bell.ends,
        "kind": bell.kind,
        "session": bell.session,
        "days": column(bell.days, ALL_DAYS),
        "years": column(bell.years, ALL_YEARS),
    }
