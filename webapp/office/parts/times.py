"""When something was recorded, in words that do not promise more than is known."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from webapp.models import Operation, db
from webapp.models.operation import IS_UNSURE
from webapp.school.clock import day_and_time

UNSURE = "time unsure"


def recorded_words(at: datetime, unsure: bool) -> str:
    """ "Tue 3 March, 10:05", or "Tue 3 March, 10:05 (time unsure)"."""
    return f"{day_and_time(at)} ({UNSURE})" if unsure else day_and_time(at)


def unsure_among(names: Iterable[str]) -> set[str]:
    """Those of these operations, by name, that were recorded by a clock that was wrong. Few of a school's are."""
    sought = set(names)
    return {one.id for one in db.session.scalars(select(Operation).where(IS_UNSURE))} & sought if sought else set()
