"""Stretches of days to look at: a half term, a school year, or any dates."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from webapp.domain.text.words import day_words
from webapp.domain.time.calendar import Calendar, Span, parse_day
from webapp.office.parts.forms import Problems

OWN = "dates"
"""The choice of dates of one's own."""

NO_CALENDAR = timedelta(weeks=6)


class Chosen(NamedTuple):
    """The span asked for, or the usual one beside what is wrong with the dates typed."""

    span: Span
    problems: Problems


def current(calendar: Calendar, today: date) -> Span:
    """The half term of a day; in holidays the one before; without half terms the school year."""
    begun = [span for span in (*calendar.half_terms, *calendar.years) if span.start <= today]
    if not begun:
        return Span("The last six weeks", today - NO_CALENDAR, today)
    return max(begun, key=lambda span: span.start)


def choices(calendar: Calendar) -> list[dict[str, str]]:
    """Half terms, then school years, the latest first."""
    spans = (*reversed(calendar.half_terms), *reversed(calendar.years))
    return [{"value": value_of(span), "name": f"{span.name} ({words(span)})"} for span in spans]


def value_of(span: Span) -> str:
    """A span as a form and an address carry it."""
    return f"{span.start}/{span.end}"


def words(span: Span) -> str:
    """Both ends with their years, since a span may be an old one."""
    return f"{day_words(span.start)} {span.start.year} to {day_words(span.end)} {span.end.year}"


def choose(args: Mapping[str, str], calendar: Calendar, today: date) -> Chosen:
    """The span that the form's `period`, or its `first` and `last`, names."""
    usual = current(calendar, today)
    if args.get("period") == OWN:
        return _own(args, usual)
    spans = (*calendar.half_terms, *calendar.years)
    return Chosen(next((span for span in spans if value_of(span) == args.get("period")), usual), {})


def _own(args: Mapping[str, str], usual: Span) -> Chosen:
    first, last = parse_day(args.get("first")), parse_day(args.get("last"))
    problems = {}
    if first is None:
        problems["first"] = "The first day is missing, such as 2026-03-02."
    if last is None:
        problems["last"] = "The last day is missing, such as 2026-03-27."
    elif first is not None and last < first:
        problems["last"] = "The last day must not be before the first."
    if problems or first is None or last is None:
        return Chosen(usual, problems)
    return Chosen(Span("Dates of your own", first, last), {})
