"""Builders for what marks earn: marks given and limits set at the school's own pages."""

from datetime import date, time
from typing import Any

from sqlalchemy import select

from tests.builders import create_lesson
from webapp.domain.time.calendar import week_of
from webapp.models import Admission, Award, Card, Lesson, OptionChoice, Redemption, Student, Till, db
from webapp.models.device import BROWSER
from webapp.school import clock
from webapp.school.clock import local_moment
from webapp.sync.log.log import Draft, own_device, submit
from webapp.sync.log.revisions import writing

LAST_WEEK = date(2026, 2, 24)
"""Marks of this day decide the week of Tuesday 3 March."""


def do(kind: str, body: dict[str, Any], by: str = "a.adeyemi") -> str | None:
    """Record something at the school's own pages; the reason if it is refused."""
    with writing() as revs:
        (refusal,) = submit(revs, own_device(BROWSER), [Draft(kind, by, body, clock.now())])
    return refusal.reason if refusal else None


def give(
    student: Student | int,
    mark: Any,
    day: date = LAST_WEEK,
    period: str = "1",
    group: str = "8B",
    by: str = "a.adeyemi",
) -> None:
    """A mark in the group's lesson in that period, which is created if need be."""
    key = student if isinstance(student, int) else student.id
    query = select(Lesson).where(Lesson.day == day, Lesson.period == period, Lesson.group_id == group)
    lesson = db.session.scalar(query) or create_lesson(day, period, group)
    assert do("score.record", {"student": str(key), "lesson": str(lesson.id), "mark": mark}, by) is None


def create_rewards(student: int = 1, day: date = date(2026, 3, 3), group: str = "8B") -> None:
    """A row of each table of the rewards, as if it had been recorded on a day. The tuck shop has been stocked."""
    at = local_moment(day, time(10, 45))
    common: dict[str, Any] = {"student_id": student, "by": "a.adeyemi", "at": at}
    sale: dict[str, Any] = {"item": "apple", "price": 1, "day": day, "device": "d9"}
    with writing() as revs:
        for row in (
            Card(**common, digest="0123456789abcdef" * 4),
            Redemption(**common | sale, id="d9.a9.1"),
            Admission(**common, id="d9.a9.2", window=f"{day}/break", day=day, left=None, again=True),
            OptionChoice(**common, week=week_of(day), choice="films"),
            Award(**common, id="d9.a9.3", award="unit", note="Bricklaying", day=day),
            Till(group_id=group, device="d9", to=None, by="a.adeyemi", at=at),
        ):
            row.rev = revs.next()
            db.session.add(row)


def limit(student: int, cap: str = "none", start: str = "2026-03-03", until: str | None = None) -> str | None:
    body = {"student": str(student), "cap": cap, "from": start, "until": until, "reason": "Smoke"}
    return do("reward.cap", body)
