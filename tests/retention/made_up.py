"""A small school in which most things happened to everybody once, told with names in what people wrote; years later."""

from dataclasses import dataclass, field
from datetime import date, time
from random import Random
from typing import Any

from flask import Flask
from sqlalchemy import select

from tests.builders import Tablet, create_group, create_lesson, create_staff, create_student, create_tablet, create_year
from tests.builders_rewards import do
from webapp.models import Base, Cap, Device, Operation, PartTime, Quarantined, Staff, Stay, Student, db
from webapp.models.operation import REFUSED
from webapp.school import clock
from webapp.sync.devices.devices import revoke
from webapp.sync.log.revisions import writing

HEAD = "h.head"
THEN = date(2026, 3, 3)
LATER = date(2036, 1, 10)
LEFT: tuple[date | None, ...] = (date(2026, 4, 1), date(2027, 1, 9), date(2030, 2, 1), date(2035, 6, 1), None)
YEARS = (7, 9, 10, 11, 13)
LAST_WEEK = (date(2026, 2, 23), date(2026, 2, 24), date(2026, 2, 26))


@dataclass
class School:
    """The students by id, each with the names nobody else bears, and the tablets as they were then."""

    app: Flask
    random: Random
    names: dict[int, tuple[str, str, str]] = field(default_factory=dict)
    tablets: list[Tablet] = field(default_factory=list)

    @property
    def floor(self) -> Tablet:
        return self.tablets[0]

    @property
    def till(self) -> Tablet:
        return self.tablets[1]


def a_school(app: Flask, seed: int) -> School:
    """What happened on Tuesday 3 March 2026; some of the students have left since."""
    school = School(app, Random(seed))
    create_year()
    create_group("8B")
    create_group("10A", key_stage=4)
    for username, role in ((HEAD, "head"), ("a.adeyemi", "teacher"), ("t.tuck", "tuck-shop")):
        create_staff(username, role)
    for _ in range(school.random.randint(4, 7)):
        _create_student(school)
    lessons = [create_lesson(day, group=group).id for day in LAST_WEEK for group in ("8B", "10A")]
    school.tablets = [create_tablet(app), create_tablet(app, "t.tuck", duty="till"), create_tablet(app)]
    for tablet in school.tablets:
        tablet.pull()
    for student in school.names:
        _live(school, str(student), lessons)
    _sell(school)
    for student in school.names:
        _at_the_desk(school, str(student))
    _put_aside(school)
    for tablet in school.tablets[:2]:
        tablet.pull()
    _years_go_by(school)
    return school


def _years_go_by(school: School) -> None:
    """Students leave, and Ada does. The first is 25 by then, and the second stays."""
    with writing() as revs:
        for student in db.session.scalars(select(Student)).all():
            student.left, student.rev = school.random.choice(LEFT), revs.next()
        first, second = (db.session.get_one(Student, number) for number in (1, 2))
        first.year, first.left, second.left = 13, LEFT[0], None
        db.session.get_one(Staff, "a.adeyemi").left = LEFT[0]
    school.app.config["CLOCK"].now = clock.local_moment(LATER, time(9))


def _create_student(school: School) -> None:
    names = [f"Q{''.join(school.random.choices('aeiouklmnprst', k=6))}" for _ in range(3)]
    year = school.random.choice(YEARS)
    group = "10A" if year == 10 else "8B"
    student = create_student(names[0], names[1], group, year=year, preferred_forename=names[2])
    school.names[student.id] = (names[0], names[1], names[2])
    with writing():
        reason = f"{names[2]} visits the hospital"
        db.session.add(PartTime(student_id=student.id, weekday=2, period="1", first=THEN, last=None, reason=reason))


def _about_somebody(school: School) -> str:
    _, surname, forename = school.random.choice(list(school.names.values()))
    return school.random.choice(
        [f"Fell out with {forename} {surname}", f"{forename} saw it", f"Told {surname}, {forename}"]
    )


def _live(school: School, student: str, lessons: list[int]) -> None:
    """Most kinds of entries once for a student, at the school's own pages and on a tablet; some are refused."""
    random, floor = school.random, school.floor
    for lesson in lessons:
        floor.mark(student, lesson, random.choice([0, 3, 5, 5, 5, 5, "exempt", None]))
        if random.random() < 0.3:
            floor.mark(student, lesson, 5)
    floor.mark(student, 999, 5)
    floor.record("score.record", {"student": student, "lesson": "1", "mark": 4, "why": _about_somebody(school)})
    ask = floor.record("space.ask", {"space": "hazel", "student": student})
    stay = floor.record("space.enter", {"space": "hazel", "student": student, "ask": floor.id_of(ask)})
    end = {"stay": floor.id_of(stay), "free_to_leave": random.random() < 0.5, "note": _about_somebody(school)}
    floor.record("space.leave", end)
    floor.record("space.assist", {"space": "hazel", "message": _about_somebody(school)})
    assert floor.push().status_code == 200
    do("room.admit", {"student": student, "window": "2026-03-03/break"}, HEAD)
    do("options.choose", {"student": student, "week": "2026-W10", "choice": random.choice(["films", "sport"])}, HEAD)
    do("card.issue", {"student": student, "digest": f"{int(student):064x}"}, HEAD)
    do("board.name", {"student": student, "alias": school.names[int(student)][2], "opted_out": False}, HEAD)


def _at_the_desk(school: School, student: str) -> None:
    """What leaders record, some of it about two students."""
    random, other = school.random, str(school.random.choice(list(school.names)))
    for stay in db.session.scalars(select(Stay.id).where(Stay.student == int(student))).all():
        do("space.correct", {"stay": stay, "why": _about_somebody(school), "student": other}, HEAD)
    do("reward.cap", {"student": student, "cap": "none", "from": "2026-03-04", "reason": _about_somebody(school)}, HEAD)
    for cap in db.session.scalars(select(Cap.id).where(Cap.student_id == int(student))).all():
        if random.random() < 0.5:
            do("reward.lift", {"cap": cap}, HEAD)
    do("apart.set", {"students": [student, other], "reason": _about_somebody(school)}, HEAD)
    plan = {"space": "hazel", "kind": "friendship", "weekday": 2, "starts": "10:00", "ends": "10:40"}
    do("plan.make", plan | {"first": "2026-03-03", "staff": HEAD, "students": [student, other]}, HEAD)
    award = {"student": student, "award": "unit", "note": _about_somebody(school), "day": "2026-03-03"}
    do("pathway.award", award, HEAD)


def _sell(school: School) -> None:
    """Sales, some taken back once or twice, and what was counted on the shelf between them."""
    till, random = school.till, school.random
    for student in school.names:
        sale = till.record("tuck.redeem", {"student": str(student), "item": "apple", "day": THEN.isoformat()})
        if random.random() < 0.5:
            till.record("tuck.count", {"item": "apple", "stock": random.randrange(5, 40)})
        for _ in range(random.choice([0, 0, 1, 2])):
            till.record("tuck.void", {"redemption": till.id_of(sale), "why": _about_somebody(school)})
    assert till.push().status_code == 200
    do("till.override", {"group": "8B", "to": till.device, "why": _about_somebody(school)}, HEAD)


def _put_aside(school: School) -> None:
    """The third tablet is lost, and sends something all the same. Some of what could not be used is settled."""
    lost = school.tablets[2]
    with writing() as revs:
        revoke(db.session.get_one(Device, lost.device), clock.now(), revs)
    for _ in range(2):
        lost.record("space.assist", {"message": _about_somebody(school)})
    assert lost.push().status_code == 401
    refused = [one.id for one in db.session.scalars(select(Operation).where(Operation.status == REFUSED))]
    for operation in school.random.sample(refused, len(refused) // 2):
        assert do("refusal.settle", {"operation": operation}, HEAD) is None
    for item in db.session.scalars(select(Quarantined.id)).all():
        if school.random.random() < 0.7:
            assert do("quarantine.settle", {"quarantined": str(item)}, HEAD) is None


Tables = dict[str, dict[tuple[Any, ...], dict[str, Any]]]


def all_rows() -> Tables:
    """Every table, each row under its key."""
    db.session.rollback()
    found: Tables = {}
    for table in Base.metadata.sorted_tables:
        rows = [dict(row) for row in db.session.execute(select(table)).mappings()]
        found[table.name] = {tuple(row[column.name] for column in table.primary_key): row for row in rows}
    return found
