"""The tracker's page and the sheet behind it."""

from datetime import timedelta
from typing import Any

from webapp.domain.text.words import count_words
from webapp.domain.time.calendar import Span
from webapp.office.parts import spans
from webapp.results import tracker
from webapp.results.tracker import Asks, Searches, Visit
from webapp.school.calendar import load_calendar
from webapp.school.school import school_pack

TABLES = (
    ("Student", lambda visit: visit.student),
    ("Space", lambda visit: visit.space),
    ("Member of staff", lambda visit: visit.staff),
    ("Reason", lambda visit: visit.reason),
    ("Hour of the day", tracker.hour_of),
    ("Weekday", tracker.weekday_of),
)
COLUMNS = (
    *("Date", "Entered", "Left", "Minutes", "Student", "Group", "Space", "Adult", "Reason"),
    *(
        "Minutes until a space was found",
        "Free to leave throughout",
        "What helped",
        "Note",
        "More students than places",
    ),
)
MINUTE = timedelta(minutes=1)
YES_OR_NO = {True: "yes", False: "no", None: ""}


def page(chosen: spans.Chosen, args: dict[str, str]) -> dict[str, Any]:
    """All the page shows of a span."""
    span, calendar = chosen.span, load_calendar()
    visits = tracker.visits(span, school_pack().calls)
    return {
        "name": f"{span.name}: {spans.words(span)}",
        "choices": spans.choices(calendar),
        "own": spans.OWN,
        "period": args.get("period") or spans.value_of(span),
        "typed": {name: args.get(name, "") for name in ("first", "last")},
        "problems": chosen.problems,
        "facts": _facts(visits, tracker.asks(span)),
        "tables": [(heading, tracker.counted(visits, label_of)) for heading, label_of in TABLES if visits],
        "refused": tracker.refused(span),
        "export": {"period": spans.OWN, "first": span.start.isoformat(), "last": span.end.isoformat()},
    }


def sheet(span: Span) -> list[list[Any]]:
    """The stays of a span as lines of a table, the first with its headings."""
    return [list(COLUMNS), *(_line(visit) for visit in tracker.visits(span, school_pack().calls))]


def file_name(span: Span) -> str:
    return f"stays-{span.start}-to-{span.end}"


def length_words(length: timedelta) -> str:
    """A length of time: "under 1 min", "4 min", "1 h 5 min"."""
    hours, minutes = divmod(length // MINUTE, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min" if minutes else "under 1 min"


def _facts(visits: list[Visit], asks: Asks) -> list[tuple[str, str]]:
    return [
        ("Stays", str(len(visits))),
        ("Asks", str(asks.count)),
        ("Asks that had to wait", _share(asks)),
        ("Until a space was found", _search_words(tracker.searches(visits))),
        ("More students than places", count_words(sum(visit.clash for visit in visits), "stay", "stays")),
    ]


def _share(asks: Asks) -> str:
    """Both counts, and the share in whole per cent."""
    if not asks.count:
        return "0"
    return f"{asks.waited} of {asks.count} ({asks.waited / asks.count:.0%})"


def _search_words(searches: Searches | None) -> str:
    if searches is None:
        return "nobody asked first"
    middle, longest = length_words(searches.median), length_words(searches.longest)
    return f"{middle} at the median, {longest} at most ({count_words(searches.count, 'stay', 'stays')})"


def _line(visit: Visit) -> list[Any]:
    return [
        visit.entered.date(),
        f"{visit.entered:%H:%M}",
        f"{visit.left:%H:%M}" if visit.left else "",
        (visit.left - visit.entered) // MINUTE if visit.left else "",
        visit.name,
        visit.group,
        visit.space.name,
        visit.staff.name,
        visit.reason.name,
        "" if visit.search is None else visit.search // MINUTE,
        YES_OR_NO[visit.free_to_leave],
        ", ".join(visit.helped),
        visit.note,
        YES_OR_NO[visit.clash],
    ]
