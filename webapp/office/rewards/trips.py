"""The trip at the end of a half term, as leaders read it and decide between those who are tied (decision D6)."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from webapp.domain.refusal import Refusal
from webapp.domain.rewards.trip import TripList
from webapp.domain.text.text import clean
from webapp.domain.text.words import count_words, day_words
from webapp.domain.time.calendar import Span
from webapp.models import CalendarEntry, TripDecision, db
from webapp.office.parts import spans
from webapp.office.parts.forms import Problems
from webapp.office.parts.people import student_names, who
from webapp.results.half_term import beginning_on, latest
from webapp.results.trip import Line, Standing, Trip, trip_of
from webapp.school.clock import local_date
from webapp.school.school import school_pack
from webapp.sync.operations.trip import judge_picked

WORDS = {
    Standing.GOING: "Going",
    Standing.PICKED: "Going, picked by a leader",
    Standing.TIED: "Tied for the last places",
    Standing.NOT_PICKED: "Tied, not picked",
    Standing.BELOW: "Not this time",
    Standing.TOO_FEW: "Too few marks so far",
}
COLUMNS = ("Student", "Group", "Points", "Marks", "Mean", "Lessons so far", "Lessons with a mark", "Standing")


def chosen(first: str | None, today: date) -> Span | None:
    """The half term that begins on the day asked for, else the latest one; None before there is any."""
    return beginning_on(first) or latest(today)


def page(half_term: Span | None, now: datetime, form: MultiDict[str, str], problems: Problems) -> dict[str, Any]:
    """All the page shows, with what was ticked in its form and is not stored yet."""
    trip = trip_of(half_term, now) if half_term else None
    return {
        "half_terms": _half_terms(local_date(now)),
        "half_term": half_term,
        "days": spans.words(half_term) if half_term else "",
        "rules": _rules(min(local_date(now), half_term.end)) if half_term else "",
        "lines": [_row(line) for line in trip.lines if line.standing is not Standing.TOO_FEW] if trip else [],
        "too_few": [_row(line) for line in trip.lines if line.standing is Standing.TOO_FEW] if trip else [],
        "tied": [_row(line) for line in trip.lines if line.student.id in trip.found.tied] if trip else [],
        "places_left": count_words(trip.found.places_left, "place", "places") if trip else "",
        "decision": _decision(trip.decision, trip.stands) if trip and trip.decision else None,
        "picked": form.getlist("picked"),
        "why": form.get("why", ""),
        "problems": problems,
    }


def body_of(form: MultiDict[str, str]) -> dict[str, Any]:
    """What the form means, as the body of `trip.decide`."""
    return {
        "half_term": form.get("half_term", ""),
        "picked": form.getlist("picked"),
        "tied": form.getlist("tied"),
        "why": form.get("why", ""),
    }


def faults(body: dict[str, Any], found: TripList) -> Iterator[tuple[str, Refusal]]:
    """What stands against it, each with the field it is about."""
    refusal = judge_picked(body, found)
    if refusal:
        yield "picked", refusal
    if not clean(body["why"]):
        yield "why", Refusal("no-reason", "A reason is needed. Only staff see it.")


def sheet(trip: Trip) -> list[list[Any]]:
    """The list as lines of a table, the first with its headings."""
    return [list(COLUMNS), *(_cells(line) for line in trip.lines)]


def _half_terms(today: date) -> list[tuple[str, str]]:
    """Those that have begun, the latest first."""
    query = select(CalendarEntry).where(CalendarEntry.kind == "half-term", CalendarEntry.start <= today)
    entries = db.session.scalars(query.order_by(CalendarEntry.start.desc()))
    return [(entry.start.isoformat(), entry.name) for entry in entries]


def _rules(day: date) -> str:
    rules = school_pack(day).rewards.trip
    return (
        f"The {rules.places} highest exact means of the half term go, "
        f"among students with a mark in at least {float(rules.least):.0%} of their lessons so far."
    )


def _row(line: Line) -> dict[str, Any]:
    mean = line.so_far.mean
    return {
        "id": str(line.student.id),
        "name": line.student.name,
        "group": line.group,
        "mean": mean.shown() or "no marks",
        "exact": f"{mean.sum} ÷ {mean.count}",
        "marked": f"{line.so_far.marked} of {line.so_far.lessons}",
        "standing": WORDS[line.standing],
    }


def _cells(line: Line) -> list[Any]:
    one = line.so_far
    points, marks = one.mean
    return [
        line.student.name,
        line.group,
        points,
        marks,
        one.mean.shown(),
        one.lessons,
        one.marked,
        WORDS[line.standing],
    ]


def _decision(decision: TripDecision, stands: bool) -> dict[str, Any]:
    names = student_names()
    return {
        "picked": [names[student] for student in sorted(map(int, _ids(decision)))],
        "why": decision.why,
        "by": f"{who(decision.by)}, {day_words(local_date(decision.at))}",
        "stands": stands,
    }


def _ids(decision: TripDecision) -> list[str]:
    ids: list[str] = json.loads(decision.picked)
    return ids
