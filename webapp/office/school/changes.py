"""Changes of the calendar, the bells or the timetable: told before they are made, and lessons follow."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date

from webapp.domain.text.text import clean
from webapp.domain.time.changes import Changes, compare
from webapp.imports.kinds.from_day import read_start, start_of
from webapp.imports.kinds.values import A_DATE
from webapp.imports.questions import FROM
from webapp.models import db
from webapp.office.parts.forms import Problems
from webapp.sync.log.revisions import RevCounter, writing
from webapp.sync.tables.levels import recompute
from webapp.timetable.lessons import planned_lessons, refresh_lessons, school_days, standing_lessons

Change = Callable[[RevCounter], None]
"""Writes one change, inside `with writing()`."""


def attempt(change: Change, sure: bool, fits: Callable[[], bool] = lambda: True) -> Changes | None:
    """Make a change and let lessons and levels follow. What that does to lessons; if it does anything and nobody is
    `sure` yet, all of it is taken back. None, and nothing is done, if it no longer `fits` what others have written."""
    found = Changes()
    with suppress(_NotYet), writing() as revs:
        if not fits():
            return None
        planned, lessons, days = planned_lessons(), standing_lessons(), school_days()
        change(revs)
        db.session.flush()
        refresh_lessons(revs, reopened=set(school_days()) - set(days))
        found = compare(lessons, standing_lessons(), planned.keys() - planned_lessons().keys())
        if found and not sure:
            raise _NotYet
        if school_days() != days:
            recompute(revs)
    return found


def start_typed(form: Mapping[str, str]) -> date | None:
    """From which day on a form without faults holds; None is from the beginning."""
    return start_of({FROM: form.get("from", "")})


def start_fault(form: Mapping[str, str]) -> Problems:
    """What is wrong with the day from which a form is to hold; it may be left out."""
    typed = clean(form.get("from", ""))
    return {"from": f"The day must be {A_DATE}."} if typed and read_start(typed) is None else {}


class _NotYet(Exception):  # noqa: N818  # not an error: somebody is to look first
    """Nothing of this write is to stay."""
