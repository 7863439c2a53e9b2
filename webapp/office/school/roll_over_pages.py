"""The page of the year roll-over: a form with a line for each class, and what it would do."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from webapp.domain.text.text import clean
from webapp.domain.text.words import count_words, listed
from webapp.domain.time.calendar import parse_day
from webapp.domain.time.roll_over import next_name
from webapp.imports.kinds.values import LONGEST_GROUP
from webapp.models import RollOver, Student
from webapp.office.parts.form_fields import dated
from webapp.office.parts.forms import Problems
from webapp.office.parts.people import who
from webapp.office.school.roll_over import LONGEST_AHEAD, Order, concerned, pending
from webapp.office.students.students import group_names
from webapp.school.calendar import load_calendar
from webapp.school.clock import day_and_time, today

DAY = timedelta(days=1)


def page(form: Mapping[str, str], problems: Problems) -> dict[str, Any]:
    """What is prepared, or the form for it."""
    prepared = pending()
    waits = prepared is not None and not prepared.done
    typed = {"day": str(_first_day()), "leaving": str(_last_day() + DAY)} | dict(form)
    rows = [] if waits else _rows(parse_day(typed["day"]) or _first_day(), form)
    return {"prepared": _told(prepared), "waits": waits, "typed": typed, "rows": rows, "problems": problems}


def order_of(form: Mapping[str, str]) -> Order | Problems:
    """What a form asks for, or what stands against it."""
    day, leaving = parse_day(form.get("day")), parse_day(form.get("leaving"))
    problems: Problems = {}
    if day is None or not today() <= day <= today() + LONGEST_AHEAD:
        problems["day"] = "The day must be today or later, within a year."
    if leaving is None or (day and leaving > day):
        problems["leaving"] = "The day of leaving must not be after the day of the roll-over."
    if problems or day is None or leaving is None:
        return problems
    rows = _rows(day, form)
    for row in rows:
        if not row["leaves"] and not 0 < len(row["to"]) <= LONGEST_GROUP:
            problems[row["field"]] = f"What is {row['name']} called then, in at most {LONGEST_GROUP} letters?"
    names = {row["id"]: row["to"] for row in rows if not row["leaves"]}
    return problems or Order(day, leaving, names)


def words(order: Order) -> Iterator[str]:
    """What a roll-over does, a sentence each."""
    names, there = group_names(), concerned(order.day)
    up = sum(len(students) for group, students in there.items() if group in order.names)
    yield f"{count_words(up, 'student goes', 'students go')} up a year on {dated(order.day)}. Nothing before changes."
    into = defaultdict(list)
    for group, students in sorted(there.items()):
        count = count_words(len(students), "student", "students")
        if to := order.names.get(group):
            into[to].append(names[group])
            yield f"{names[group]} becomes {to}: {count}."
        else:
            yield f"{names[group]} leaves: {count}, no longer at the school from {dated(order.leaving)}."
    yield from (f"{listed(these)} become one class, {to}." for to, these in into.items() if len(these) > 1)
    new = sorted(set(order.names.values()) - set(names.values()) - set(names))
    if new:
        yield f"New classes: {', '.join(new)}."


def _rows(day: date, form: Mapping[str, str]) -> list[dict[str, Any]]:
    """A line for each class with students, and what becomes of it as typed, or as it mostly does."""
    names, there = group_names(), concerned(day)
    top = max((student.year for students in there.values() for student in students), default=0)
    is_typed = "day" in form
    return [
        {
            "id": group,
            "field": f"to-{place}",
            "tick": f"leaves-{place}",
            "name": name,
            "about": f"Year {_year(there[group])}, {count_words(len(there[group]), 'student', 'students')}",
            "to": clean(form.get(f"to-{place}", "") if is_typed else next_name(name, _year(there[group]))),
            "leaves": f"leaves-{place}" in form if is_typed else _year(there[group]) == top,
        }
        for place, (group, name) in enumerate((group, name) for group, name in names.items() if group in there)
    ]


def _year(students: list[Student]) -> int:
    """The year group of most."""
    years = [student.year for student in students]
    return max(sorted(set(years)), key=years.count)


def _first_day() -> date:
    """The first day of the next school year, as far as the calendar says."""
    begin = [year.start for year in load_calendar().years if year.start > today()]
    this = date(today().year, 9, 1)
    return min(begin, default=this if this > today() else date(today().year + 1, 9, 1))


def _last_day() -> date:
    """The last day of the school year before that."""
    return max((year.end for year in load_calendar().years if year.end < _first_day()), default=_first_day() - DAY)


def _told(prepared: RollOver | None) -> dict[str, Any] | None:
    if prepared is None:
        return None
    by = f"Prepared {day_and_time(prepared.at)}, by {who(prepared.by)}."
    return {"id": prepared.id, "day": dated(prepared.day), "by": by, "done": prepared.done}
