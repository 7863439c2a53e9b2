"""Who is expected where and when, worked out from a school's files alone: nothing of the product is used here."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

Row = Mapping[str, str]
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")


class Expected(NamedTuple):
    """A lesson: its times are local, `HH:MM`."""

    week: str
    period: str
    starts: str
    ends: str
    group: str
    subject: str
    staff: tuple[str, ...]
    room: str
    students: frozenset[str]


def rows(text: str) -> list[Row]:
    return list(csv.DictReader(text.splitlines()))


def day(text: str) -> date:
    return datetime.strptime(text, "%d/%m/%Y").date()  # a day has no time zone


def monday(of: date) -> date:
    return of - timedelta(days=of.weekday())


class School:
    """A school by its files; `later` is a timetable from a day on."""

    def __init__(self, files: Mapping[str, str], later: date) -> None:
        self.files, self.later = files, later
        self.calendar = rows(files["calendar"])
        self.bells = rows(files["periods"])
        self.usernames = {row["initials"]: row["username"] for row in rows(files["staff"])}
        self.years = {row["UPN"]: int(row["Year"]) for row in rows(files["students"])}
        self.forms = {row["UPN"]: row["Reg"] for row in rows(files["students"])}
        self.classes = rows(files["classes"])
        self.timetables = [rows(files["timetable"]), rows(files["january"])]
        self.days = list(self._school_days())
        self.letters = dict(self._letters())

    def _school_days(self) -> Iterator[date]:
        (year,) = [row for row in self.calendar if row["kind"] == "year"]
        terms = sorted((day(row["start"]), day(row["end"])) for row in self.calendar if row["kind"] == "half-term")
        at = day(year["start"])
        while at <= day(year["end"]):
            holiday = any(end < at < start for (_, end), (start, _) in pairwise(terms))
            whole = any(self._is_whole(row, at) for row in self.calendar if row["kind"] == "closure")
            if at.weekday() < 5 and not holiday and not whole:
                yield at
            at += timedelta(days=1)

    @staticmethod
    def _is_whole(row: Row, at: date) -> bool:
        part = row["from"] or row["until"] or row["years"]
        return not part and day(row["start"]) <= at <= day(row["end"])

    def _letters(self) -> Iterator[tuple[date, str]]:
        """The letter of each school week by its Monday, walking from mark to mark."""
        marks = [row for row in self.calendar if row["kind"] == "week"]
        begins = {day(row["start"]): row["name"] for row in marks if not row["end"]}
        alone = {day(row["start"]): row["name"] for row in marks if row["end"]}
        mondays = sorted({monday(one) for one in self.days})
        first = min(begins)
        letter = begins[first]
        for _ in [one for one in mondays if one < first]:
            letter = self._other(letter)
        for one in mondays:
            letter = begins.get(one, letter)
            yield one, alone.get(one, letter)
            letter = self._other(letter)

    @staticmethod
    def _other(letter: str) -> str:
        return "B" if letter == "A" else "A"

    def bell(self, at: date, period: str, year: int) -> Row | None:
        name = WEEKDAYS[at.weekday()]
        for row in self.bells:
            is_it = row["period"] == period or (row["session"] == period and row["kind"] == "registration")
            friday = (row["days"] == "Fri") == (name == "Fri")
            ends = [int(end) for end in (row["years"] or "0-99").split("-")]
            if is_it and friday and ends[0] <= year <= ends[-1]:
                return row
        return None

    def is_closed(self, at: date, bell: Row, year: int) -> bool:
        for row in self.calendar:
            if row["kind"] != "closure" or not day(row["start"]) <= at <= day(row["end"]):
                continue
            ends = [int(end) for end in (row["years"] or "0-99").split("-")]
            since, until = (self.bell(at, row[name], year) if row[name] else None for name in ("from", "until"))
            before = since and at == day(row["start"]) and bell["start"] < since["start"]
            after = until and at == day(row["end"]) and bell["start"] >= until["end"]
            if ends[0] <= year <= ends[-1] and not before and not after:
                return True
        return False

    def members(self, at: date) -> dict[str, set[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for upn, form in self.forms.items():
            found[form].add(upn)
        for row in self.classes:
            begun = not row["from"] or day(row["from"]) <= at
            if begun and (not row["until"] or at <= day(row["until"])):
                found[row["class"]].add(row["upn"])
        return found

    def staff(self, cell: str) -> tuple[str, ...]:
        return tuple(self.usernames.get(word, word) for word in cell.split(";") if word != "?")

    def lessons(self, at: date) -> list[Expected]:
        """What there is on a day, in no order that means something."""
        if at not in self.days:
            return []
        letter, members = self.letters[monday(at)], self.members(at)
        found = []
        for row in self.timetables[at >= self.later]:
            year = int(row["group"].split("/")[0].rstrip("HKLMNPRS"))
            bell = self.bell(at, row["period"], year)
            if row["day"] != WEEKDAYS[at.weekday()] or row["week"] not in ("", "12"["AB".index(letter)]) or not bell:
                continue
            if not self.is_closed(at, bell, year):
                students = frozenset(members[row["group"]])
                staff = self.staff(row["staff"])
                when = (letter, bell["period"], bell["start"], bell["end"])
                found.append(Expected(*when, row["group"], row["subject"], staff, row["room"], students))
        return found
