"""Builders for what happens in the reflection spaces."""

from datetime import date, datetime, time
from itertools import count
from typing import Any

from webapp.models import Ask, CalendarEntry, Operation, Restraint, Stay, db
from webapp.models.operation import REFUSED
from webapp.school.clock import day_end, local_moment
from webapp.sync.log.revisions import writing

TUESDAY = date(2026, 3, 3)

_numbers = count(1)


def at(clock: str, day: date = TUESDAY) -> datetime:
    """A time on the school's clock, in UTC."""
    return local_moment(day, time.fromisoformat(clock))


def create_half_term(name: str = "Spring 2", start: date = date(2026, 2, 23), end: date = date(2026, 3, 27)) -> None:
    with writing():
        db.session.add(CalendarEntry(kind="half-term", name=name, start=start, end=end))


def create_ask(asked: str = "10:00", day: date = TUESDAY, **other: Any) -> str:
    """The id of an ask for Hazel."""
    values = {"space": "hazel", "student": 1, "why": None, "by": "a.adeyemi", "status": "entered", "waited": False}
    return _create(Ask, day, {"at": at(asked, day), "until": None} | values | other)


def create_stay(entered: str = "10:05", left: str | None = "10:25", day: date = TUESDAY, **other: Any) -> str:
    """The id of Zoë's stay in Hazel with Ada."""
    values = {"ask": None, "space": "hazel", "student": 1, "why": None, "by": "a.adeyemi", "staff": "a.adeyemi"}
    values |= {"free_to_leave": left and True, "helped": "[]", "note": None, "clash": False}
    times = {"entered": at(entered, day), "staff_since": at(entered, day), "left": left and at(left, day)}
    return _create(Stay, day, times | {"left_by": left and "a.adeyemi"} | values | other)


def _create(model: type[Ask] | type[Stay], day: date, values: dict[str, Any]) -> str:
    with writing() as revs:
        place = {"id": f"d9.a9.{next(_numbers)}", "seq": revs.next(), "rev": revs.next()}
        row = model(**place, day=day, ends=day_end(day), acks="[]", **values)
        db.session.add(row)
    return row.id


def create_record(day: date = TUESDAY, **other: Any) -> str:
    """The id of the draft of a record, with its stay."""
    stay = create_stay(day=day, free_to_leave=False, **other)
    with writing():
        row = db.session.get_one(Stay, stay)
        assert row.left is not None
        db.session.add(Restraint(id=stay, student=row.student, opened=row.left, opened_by="a.adeyemi", due=day))
    return stay


def create_refused(kind: str, detail: str, happened: datetime) -> None:
    """An operation of the browser's that could not be used."""
    with writing() as revs:
        seq = revs.next()
        db.session.add(
            Operation(
                seq=seq,
                device_id="browser",
                incarnation="made-up",
                n=seq,
                kind=kind,
                by="a.adeyemi",
                wall="",
                at=happened,
                received=happened,
                body="{}",
                digest="",
                status=REFUSED,
                reason="made-up",
                detail=detail,
                rev=seq,
            )
        )
