"""What lines of a timetable mean in this school: which class, which people, which period of the bell schedule."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from webapp.domain.text.text import clean
from webapp.domain.time.bell import REGISTRATION, SESSIONS, TAUGHT, Bell
from webapp.domain.time.spread import DAY_NAMES, SCHOOL_DAYS, days_words, years_words
from webapp.domain.time.years import key_stage, years_in_name
from webapp.imports.kinds.slots import when_of
from webapp.imports.problems import Problem
from webapp.imports.table import Record
from webapp.models import Group, Staff, db
from webapp.school.bell_schedule import Years, load_bells, years_of_groups
from webapp.school.calendar import load_calendar

MOST_NAMED = 100  # periods, or people; each wrong line lists them

NO_WEEKS = "a calendar that says which weeks are A: bring in a line such as week,A,02/11/2026 with a Monday first"
_PEOPLE = re.compile(r"\s*[;&/\n]\s*")
_NOBODY = frozenset({"", "?", "-", "tbc", "tba", "vacancy", "vacant"})

Key = tuple[str | None, int, str, str]
"""Week, weekday, period and group."""


class Taken(NamedTuple):
    """What a class does in a period of the week, and who takes it, in order; nobody yet if none do."""

    week: str | None
    weekday: int
    period: str
    group: str
    subject: str
    staff: tuple[str, ...]
    room: str | None

    @property
    def key(self) -> Key:
        return self.week, self.weekday, self.period, self.group


class Classes:
    """The classes of the school, found by any case of their names, and those that a file makes."""

    def __init__(self) -> None:
        groups = db.session.scalars(select(Group).order_by(Group.id)).all()
        self._known = {group.name.casefold(): group.id for group in groups}
        self._known |= {group.id.casefold(): group.id for group in groups}
        self._stages = Counter(group.key_stage for group in groups)
        self._years = dict(years_of_groups())
        self.new: dict[str, int] = {}

    def find(self, name: str) -> str:
        """The id of a class; one that the school does not have yet is made, with its name as the id."""
        found = self._known.setdefault(name.casefold(), name)
        if found not in self._years:
            self._years[found] = years_in_name(found)
            self.new[found] = self._stage(self._years[found])
        return found

    def years(self, group: str) -> Years:
        return self._years[group]

    def _stage(self, years: Years) -> int:
        """The key stage of a new class: where its name tells no year, that of most classes."""
        usual = min(self._stages, key=lambda stage: (-self._stages[stage], stage), default=key_stage(7))
        return key_stage(years[0]) if years else usual


class Periods:
    """The periods in which classes can have lessons, from a day on."""

    def __init__(self, start: date | None) -> None:
        bells = [bell for bell in load_bells() if start is None or bell.last is None or bell.last >= start]
        self._bells = [bell for bell in bells if bell.kind in TAUGHT]

    def find(self, text: str, weekday: int, years: Years) -> str | None:
        """The name of a period on a weekday for some years: by any case of it, or am and pm for a registration."""
        there, word = self._there(weekday, years), text.casefold()
        named = sorted((one for one in there if one.name.casefold() == word), key=lambda one: one.name != text)
        session = [bell for bell in there if bell.kind == REGISTRATION and bell.session == word]
        return next((bell.name for bell in [*named, *session]), None)

    def expected(self, text: str, weekday: int, years: Years) -> str:
        """What should stand there instead."""
        if text.casefold() in SESSIONS:
            return f"a registration of the bell schedule with the session {text.casefold()}"
        there = _names(self._there(weekday, years))
        whose = f" of year {years_words(years)}" if years else ""
        when = "" if there == _names(self._bells) else f"{whose} on {DAY_NAMES[weekday - 1].title()}"
        return f"a lesson of the bell schedule{when}: {some(there)}"

    def _there(self, weekday: int, years: Years) -> list[Bell]:
        return [one for one in self._bells if weekday in one.days and not (years and one.years.isdisjoint(years))]


def _names(bells: Iterable[Bell]) -> list[str]:
    return list(dict.fromkeys(bell.name for bell in bells))


def some(known: Collection[str]) -> str:
    more = f" and {len(known) - MOST_NAMED} more" if len(known) > MOST_NAMED else ""
    return ", ".join(list(known)[:MOST_NAMED]) + more or "none has been imported yet"


class People:
    """Members of staff, by username, initials or name in any case."""

    def __init__(self) -> None:
        people = db.session.scalars(select(Staff).order_by(Staff.username)).all()
        self.usernames = [person.username for person in people]
        self._known = [
            {person.username.casefold(): [person.id] for person in people},
            self._by([(person.initials or "", person.id) for person in people]),
            self._by([(name, one.id) for one in people for name in (one.name, f"{one.surname}, {one.forename}")]),
        ]

    @staticmethod
    def _by(names: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name, person in names:
            found[name.casefold()].append(person)
        return found

    def find(self, word: str) -> list[str]:
        """Who is meant: nobody, one, or several of whom it cannot be told which."""
        return next((known[word.casefold()] for known in self._known if known.get(word.casefold())), [])


class Lines:
    """Reads lines of a timetable that holds from a day on."""

    def __init__(self, start: date | None) -> None:
        calendar = load_calendar()
        self.classes, self._periods, self._people = Classes(), Periods(start), People()
        self._has_weeks = bool(calendar.marks)
        years = [year for year in calendar.years if start is None or year.end >= start]
        self._days = frozenset().union(*(year.days for year in years)) or SCHOOL_DAYS

    def faults(self, records: Iterable[Record]) -> Iterator[Problem]:
        """What is wrong with lines, each by itself and beside those before it."""
        seen: dict[tuple[int, str, str], list[tuple[Taken, Record]]] = defaultdict(list)
        for record in records:
            wrong = list(self._wrong(record))
            yield from wrong
            if not wrong:
                taken = self._taken(record)
                there = seen[taken.weekday, taken.period, taken.group]
                yield from _beside(taken, record, there)
                there.append((taken, record))

    def merged(self, records: Iterable[Record]) -> list[Taken]:
        """What lines without faults say, with one entry for those who teach together."""
        found: dict[Key, Taken] = {}
        for taken in map(self._taken, records):
            held = found.setdefault(taken.key, taken)
            staff = tuple(dict.fromkeys((*held.staff, *taken.staff)))
            found[taken.key] = held._replace(staff=staff, room=held.room or taken.room)
        return list(found.values())

    def _wrong(self, record: Record) -> Iterator[Problem]:
        when = when_of(record.values)
        if when.clash:
            yield record.problem(when.clash, "the same day and week as in the other columns")
        elif when.week and not self._has_weeks:
            yield record.problem("week" if record.values.get("week") else _day_column(record), NO_WEEKS)
        if when.weekday is None:
            yield record.problem("period", "a day and a period, such as Mon:3, where no column has the day")
        elif when.weekday not in self._days:
            yield record.problem(_day_column(record), f"a day with school; the calendar has {days_words(self._days)}")
        else:
            yield from self._wrong_period(record, when.period, when.weekday)
        yield from self._wrong_staff(record)

    def _wrong_period(self, record: Record, period: str, weekday: int) -> Iterator[Problem]:
        years = self.classes.years(self.classes.find(record["group"]))
        if self._periods.find(period, weekday, years) is None:
            yield record.problem("period", self._periods.expected(period, weekday, years))

    def _wrong_staff(self, record: Record) -> Iterator[Problem]:
        for word in _words(record):
            found = self._people.find(word)
            if len(found) > 1:
                yield record.problem("staff", f"a username; {word} could be {', '.join(found)}")
            elif not found:
                yield record.problem("staff", f"the username of a member of staff: {some(self._people.usernames)}")

    def _taken(self, record: Record) -> Taken:
        when, group = when_of(record.values), self.classes.find(record["group"])
        assert when.weekday is not None
        period = self._periods.find(when.period, when.weekday, self.classes.years(group)) or when.period
        staff = tuple(dict.fromkeys(self._people.find(word)[0] for word in _words(record)))
        return Taken(when.week, when.weekday, period, group, record["subject"], staff, record.values.get("room"))


def _day_column(record: Record) -> str:
    """Where a line says its day."""
    return "day" if record.values.get("day") else "period"


def _words(record: Record) -> list[str]:
    """Who takes a lesson, as a line writes it; nobody yet if there is nothing or a question mark."""
    words = _PEOPLE.split(clean(record["staff"] or ""))
    return [word for word in words if word.casefold() not in _NOBODY]


def _beside(taken: Taken, record: Record, before: Iterable[tuple[Taken, Record]]) -> Iterator[Problem]:
    """What is wrong with a line once others have spoken of its class and period."""
    for other, line in before:
        if other.week != taken.week and None not in (other.week, taken.week):
            continue
        if other.week != taken.week:
            yield record.problem("group", f"each class in a period once; line {line.line} has it for other weeks too")
        elif other.subject != taken.subject or set(taken.staff) <= set(other.staff):
            yield record.problem("group", f"each group in a period once; line {line.line} has it already")
        else:
            continue
        return
