"""A tuck shop at work, and what tests of it say again and again."""

from dataclasses import replace
from typing import Any

from flask import Flask

from tests.builders import Tablet, create_desk, create_staff, create_student, create_tablet
from tests.builders_rewards import give

ZOE, INAYA, SAM = "1", "2", "3"
TODAY = "2026-03-03"


def open_shop(app: Flask) -> Tablet:
    """The school's first till, in the tuck shop's hands. This week Zoë is on Heroic, Inaya on Creative."""
    create_student("Inaya", "Begum")
    create_student("Sam", "Reed")
    for student, mark in ((1, 5), (2, 4), (3, 2)):
        give(student, mark)
    create_staff("t.tuck", role="tuck-shop")
    till = create_tablet(app, staff="t.tuck", duty="till")
    till.pull()
    return till


def person(app: Flask, role: str, duty: str = "floor") -> Tablet:
    """A tablet in the hands of somebody new in this role."""
    name = f"x.{role}.{duty}"
    create_staff(name, role=role)
    return create_tablet(app, staff=name, duty=duty)


def clerk(app: Flask, role: str) -> Tablet:
    """Somebody new in this role, at the desk."""
    name = f"x.{role}.desk"
    create_staff(name, role=role)
    return create_desk(app, name)


def sell(till: Tablet, student: str = ZOE, item: str = "apple", day: str = TODAY, **other: Any) -> str:
    """The id of a sale that was taken."""
    op = till.record("tuck.redeem", {"student": student, "item": item, "day": day}, **other)
    assert till.push().json["notes"] == []
    return till.id_of(op)


def why_not_sold(till: Tablet, student: str = ZOE, item: str = "apple", day: str = TODAY) -> list[str]:
    """The reasons for which another sale is refused, if it is."""
    return [reason for reason, _ in till.refusals("tuck.redeem", {"student": student, "item": item, "day": day})]


def left(tablet: Tablet, student: str = ZOE, week: str = "2026-W10") -> int:
    """What a tablet shows as left."""
    tablet.pull()
    return int(tablet.table("levels")[f"{student}.{week}"]["tuck_left"])


def holds_what_a_new_one_gets(app: Flask, tablet: Tablet) -> None:
    tablet.pull()
    new = replace(tablet, cursor=0, rows={})
    new.pull()
    assert tablet.rows == new.rows
