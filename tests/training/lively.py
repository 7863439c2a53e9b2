"""A school in which everything has happened, told in words that stand nowhere else."""

import json
from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import Column, Date, LargeBinary, String, Table, func, insert, select

from tests.builders import Tablet, create_group, create_lesson, create_staff, create_student, create_tablet, create_year
from tests.builders_rewards import LAST_WEEK, give
from tests.builders_spaces import create_half_term
from webapp.models import (
    Attendance,
    Base,
    CalendarEntry,
    Contact,
    Cover,
    Device,
    FormerUpn,
    Lesson,
    Operation,
    PartTime,
    PolicyVersion,
    Quarantined,
    Spell,
    Staff,
    db,
)
from webapp.models.base import Moment
from webapp.models.device import BROWSER
from webapp.school import clock
from webapp.sync.devices.devices import revoke
from webapp.sync.log.log import Draft, own_device, submit
from webapp.sync.log.revisions import writing
from webapp.training.columns import LEFT_OUT

MARK = "zqz"
"""What stands in everything that must not be in a copy."""

HEAD, SURNAME = "zqz.head", "Zqzski"
TODAY, HALF_TERM = "2026-03-03", "2026-02-23"
IN_CLASS = range(1, 11)  # the last three are tied for two places on the trip


def words(what: str) -> str:
    return f"{what} {MARK}"


def make_lively(app: Flask) -> None:
    _people()
    create_lesson(LAST_WEEK, group=words("8B"), staff=HEAD)
    create_lesson(group=words("8B"), staff=HEAD, subject=f"Maths with {SURNAME}")
    for student in IN_CLASS:
        give(student, 5 if student < 8 else 4, group=words("8B"), by=HEAD)
    _lessons()
    _levels()
    _spaces()
    till = _shop(app)
    _rewards()
    _strays(app, till)
    _elsewhere()


def record(kind: str, body: dict[str, Any], by: str = HEAD) -> str:
    """The id of an operation that the school's own pages recorded and that was applied."""
    with writing() as revs:
        (refusal,) = submit(revs, own_device(BROWSER), [Draft(kind, by, body, clock.now())])
    assert refusal is None, (kind, refusal)
    return db.session.scalars(select(Operation).order_by(Operation.seq.desc()).limit(1)).one().id


def _people() -> None:
    create_year()
    create_half_term()
    create_group(words("8B"))
    create_group(words("10H"), 4)
    create_staff(HEAD, "administrator", forename="Zqzanna", surname=SURNAME)
    create_staff("zqz.left", forename="Zqzlo", surname="Left")
    for number in IN_CLASS:
        create_student(f"Zqz{number}", SURNAME, words("8B"), upn=f"{MARK}{number}", admission=words(str(number)))
    their = {"surname": SURNAME, "forename": "Zqzora", "relationship": words("Aunt"), "language": SURNAME}
    told = {"phone": f"07700 {MARK}", "email": f"{MARK}@home.example", "do_not_contact": True, "note": words("Order")}
    with writing():
        db.session.add(Contact(student_id=1, place=1, responsibility=True, **their, **told))
        db.session.add(Attendance(student_id=1, day=date.fromisoformat(TODAY), session="am", code="L", minutes=4))
    names = {"preferred_forename": "Zqzebedee", "preferred_surname": "Zqzgood"}
    create_student("Zqz11", SURNAME, words("10H"), upn=f"{MARK}11", year=10, joined=date(2026, 1, 12), **names)


def _lessons() -> None:
    """What is set up at the desk: it is written, not recorded."""
    today = date.fromisoformat(TODAY)
    with writing() as revs:
        head = db.session.get_one(Staff, HEAD)
        lesson = db.session.get_one(Lesson, 2)
        lesson.period, lesson.also, lesson.room = SURNAME, json.dumps([HEAD]), f"{SURNAME}’s lab"
        head.email, head.initials, head.rev = f"{MARK}@example.org", words("H"), revs.next()
        away = {"weekday": 2, "period": SURNAME, "first": today, "last": None}
        closure = CalendarEntry(kind="closure", name=words("Funeral"), start=today, end=today)
        closure.since, closure.until = SURNAME, SURNAME
        week = CalendarEntry(kind="week", name="A", start=date(2026, 3, 2), end=date(2026, 3, 2))
        by: dict[str, Any] = {"by": HEAD, "at": clock.now()}
        version = PolicyVersion(week="2026-W12", settings="{}", why=words("Why"), withdrawn_by=HEAD, **by)
        db.session.add(Spell(student_id=2, joined=None, left=date(2025, 7, 18)))
        db.session.add(FormerUpn(student_id=2, upn="Y"))
        db.session.add_all([PartTime(student_id=2, reason=words("Why"), **away), closure, week, version])
        db.session.add(Cover(lesson_id=1, staff_id=HEAD, absent_id="zqz.left", **by))
        tables, group = Base.metadata.tables, {"group_id": words("8B"), "staff_id": HEAD}
        db.session.execute(insert(tables["responsibility"]), group)
        period = {"name": SURNAME, "starts": "09:00", "ends": "09:50", "kind": "lesson"}
        db.session.execute(insert(tables["period"]), period)
        taught = {"weekday": 2, "period": SURNAME, "subject": SURNAME}
        taught |= {"also": json.dumps([HEAD]), "room": f"{SURNAME}’s lab"}
        db.session.execute(insert(tables["timetable_entry"]), group | taught)


def _levels() -> None:
    cap = {"student": "2", "cap": "creative", "from": TODAY, "reason": words("Why")}
    record("reward.lift", {"cap": record("reward.cap", cap)})
    record("reward.cap", {"student": "3", "cap": "none", "from": TODAY, "until": "2026-03-20", "reason": words("Why")})
    record("score.record", {"student": "4", "lesson": "1", "mark": "exempt", "was": 5, "why": words("Why")})
    record("lesson.guest", {"lesson": "2", "student": "11"})


def _spaces() -> None:
    ask = record("space.ask", {"space": "chestnut", "student": "1", "why": "upset"})
    record("space.ack", {"call": ask})
    record("space.cancel", {"ask": record("space.ask", {"space": "chestnut", "student": "2"})})
    stay = record("space.enter", {"space": "hazel", "student": "3", "why": "talk", "extra": words("Extra")})
    record("space.ack", {"call": stay})
    record("space.handover", {"stay": stay, "staff": "zqz.left"})
    helped = ["music", words("a hug"), "quiet"]
    record("space.leave", {"stay": stay, "free_to_leave": False, "helped": helped, "note": words("Note")})
    record("space.correct", {"stay": stay, "why": words("Why"), "student": "4", "staff": HEAD})
    record("restraint.complete", {"record": stay})
    record("space.ack", {"call": record("space.assist", {"place": words("Hall"), "message": words("Help")})})
    plan = {"space": "hazel", "kind": "prosocial", "weekday": 2, "starts": "10:00", "ends": "10:30", "first": TODAY}
    record("plan.end", {"plan": record("plan.make", plan | {"staff": HEAD, "students": ["4", "1"]})})
    record("apart.end", {"pair": record("apart.set", {"students": ["5", "2"], "reason": words("Why")})})
    record("apart.set", {"students": ["1", "5"], "reason": words("Why")})


def _shop(app: Flask) -> Tablet:
    till = create_tablet(app, HEAD, "till")
    other = create_tablet(app, HEAD, "till")
    cake = {"item": f"cake-{MARK}", "name": f"{SURNAME}’s cake", "price": 1, "stock": 9, "gone": False}
    record("tuck.item", cake | {"allergens": [f"{SURNAME} nuts", "milk"], "picture": SURNAME})
    record("tuck.count", {"item": cake["item"], "stock": 8})
    sale = till.record("tuck.redeem", {"student": "1", "item": cake["item"], "day": TODAY})
    till.record("tuck.redeem", {"student": "5", "item": cake["item"], "day": TODAY})
    assert till.push().json["notes"] == []
    record("tuck.void", {"redemption": till.id_of(sale), "why": words("Why")})
    record("till.move", {"group": words("8B"), "to": other.device})
    assert till.refusals("till.release", {"group": words("8B")}) == []
    record("till.override", {"group": words("8B"), "to": till.device, "why": words("Why")})
    return till


def _rewards() -> None:
    record("card.issue", {"student": "1", "digest": "0123456789abcdef" * 4})
    admission = record("room.admit", {"student": "1", "window": f"{TODAY}/break"})
    record("room.leave", {"admission": admission})
    record("options.choose", {"student": "1", "week": "2026-W10", "choice": "films"})
    tied = ["8", "9", "10"]
    record("trip.decide", {"half_term": HALF_TERM, "picked": ["10", "9"], "tied": tied, "why": words("Why")})
    record("board.name", {"student": "1", "alias": words("Star"), "opted_out": False})
    award = {"student": "11", "award": "unit", "note": words("Note"), "day": TODAY}
    record("pathway.withdraw", {"award": record("pathway.award", award)})
    record("pathway.award", award | {"note": None})


def _strays(app: Flask, till: Tablet) -> None:
    """What could not be used, whatever it said."""
    junk = {"student": words("8"), "mark": words("5"), "reason": {MARK: [MARK]}, MARK: MARK, "staff": MARK}
    refused = till.record("score.record", junk, by=MARK, wall=MARK, replaces=MARK)
    till.record(MARK, junk)
    till.record("space.ask", junk | {"space": MARK, "why": MARK, "when": MARK})
    till.push(health={"version": MARK, "fault": MARK})
    record("refusal.settle", {"operation": till.id_of(refused)})
    with writing() as revs:
        revoke(db.session.get_one(Device, till.device), clock.now(), revs)
    for note in (words("one"), words("two")):
        till.record("space.assist", {"message": note})
    till.push()
    first, second = db.session.scalars(select(Quarantined.id).order_by(Quarantined.n.desc()).limit(2))
    record("quarantine.settle", {"quarantined": str(first)})
    record("quarantine.accept", {"quarantined": str(second)})
    with writing():
        for device in db.session.query(Device):
            device.trouble, device.name = words("Trouble"), words("Tablet")


def _elsewhere() -> None:
    """A line in each table that no copy holds."""
    with writing():
        for name in LEFT_OUT:
            table = Base.metadata.tables[name]
            if not db.session.scalar(select(func.count()).select_from(table)):
                db.session.execute(insert(table), _line(table))


def _line(table: Table) -> dict[str, Any]:
    return {column.name: _value(column) for column in table.columns}


def _value(column: Column[Any]) -> Any:
    for key in column.foreign_keys:
        return {"staff": HEAD, "student": 1}.get(key.column.table.name, BROWSER)
    if isinstance(column.type, LargeBinary):
        return MARK.encode()
    if isinstance(column.type, String):
        return words(column.name)
    if isinstance(column.type, Date):
        return clock.today()
    return clock.now() if isinstance(column.type, Moment) else 1
