"""Two tablets and a school that live through random days together."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from tests.builders import Clock, create_group, create_staff, create_student, create_year
from tests.worker.school import School
from tests.worker.tablet import Tablet
from webapp.domain.time.moment import instant
from webapp.models import CalendarEntry, Lesson, Period, Student, TimetableEntry, db
from webapp.models.people import CLASS
from webapp.school.calendar import WEEK
from webapp.sync.log.log import Draft, own_device, submit
from webapp.sync.log.revisions import head, writing
from webapp.timetable.lessons import refresh_lessons

FIRST_DAY = date(2025, 9, 1)
LAST_DAY = date(2026, 7, 21)
STAFF = ("a.adeyemi", "b.baptiste")
HEAD = "c.quartey"
GROUPS = ("8B", "9A/Fr")
SETS = {"8/Ma1": "A", "9/&Dr": None}  # each with the week in which it is taught; None: in all
IN_SETS = ("3", "11:15")  # a period, and when it starts
PERIODS = {"1": "09:00", "2": "10:05", "Tutor": "13:10"}
PAUSES = (("Break", "00:10", "11:50", "break"), ("<Lunch>", "12:10", "23:30", "lunch"))  # days begin at any hour
HOSTILE = ("Zoë Ní Bhriain", "<b>&amp;'\"", "\u202eanihC", "👩‍👩‍👧 Ångström", "{{ 7 * 7 }}", "x" * 300, "__proto__")


@dataclass
class Life:
    """A school, its two tablets, and chance."""

    school: School
    clock: Clock
    tablets: list[Tablet]
    random: Random
    day: date = FIRST_DAY

    def next_day(self) -> None:
        """Some days on, at any time of the day, also in the night."""
        self.day += timedelta(days=self.random.choice((0, 1, 1, 1, 2, 3)))
        moment = datetime.combine(self.day, time(self.random.randrange(24), self.random.randrange(60), 30), UTC)
        self.clock.now = max(self.clock.now + timedelta(minutes=1), moment)

    def take_up(self, tablet: Tablet) -> None:
        """The tablet hears what time it is; now and then, and when the last sign-in has ended, somebody signs in."""
        tablet.tell_worker("sync")
        tablet.wait_until(heard=instant(self.clock.now))
        if self.random.random() < 0.3 or tablet.look("/today")["path"] == "/sign-in":
            on_call = {"on_call": "on"} if self.random.random() < 0.5 else {}
            assert tablet.sign_in(self.random.choice((*STAFF, HEAD)), **on_call)["path"] == "/tuck"
        tablet.still()

    def lessons(self, count: int) -> list[Lesson]:
        """Some lessons that tablets hold."""
        near = Lesson.day.between(self.day - timedelta(days=12), self.day + timedelta(days=12))
        lessons = db.session.query(Lesson).filter(near, ~Lesson.gone).order_by(Lesson.id).all()
        return self.random.sample(lessons, min(count, len(lessons)))

    def some_student(self) -> Student:
        return self.random.choice(db.session.query(Student).all())

    def submit(self, kind: str, body: dict[str, Any], by: str = "") -> None:
        with writing() as revs:
            draft = Draft(kind, by or self.random.choice(STAFF), body, self.clock.now)
            assert submit(revs, own_device("browser"), [draft]) == [None]

    def rows_of(self, tablet: Tablet, *fields: str) -> list[dict[str, Any]]:
        """The rows on a tablet that have these fields."""
        found = [row for row in tablet.rows.values() if row and all(field in row for field in fields)]
        return self.random.sample(found, min(2, len(found)))

    def sync(self) -> None:
        """The first tablet twice, so that it hears of what the other one sent."""
        for tablet in (*self.tablets, self.tablets[0]):
            tablet.tell_worker("sync")
            tablet.wait_until(sent=True)
            db.session.rollback()
            tablet.wait_until(cursor=head(), sent=True)


def make_school() -> None:
    create_year(FIRST_DAY, LAST_DAY)
    with writing():
        db.session.add(CalendarEntry(kind=WEEK, name="A", start=FIRST_DAY, end=FIRST_DAY))
    for group in GROUPS:
        create_group(group)
    for group in SETS:
        create_group(group, kind=CLASS)
    create_staff(STAFF[0])
    create_staff(STAFF[1], forename="Ben", surname="<script>alert(1)</script>")
    create_staff(HEAD, role="head", forename="Cara", surname="Quartey")
    for number, name in enumerate(HOSTILE):
        create_student(name, f"Surname {number % 3}", GROUPS[number % 2], year=10 if number % 3 == 2 else 8)
    with writing() as revs:
        db.session.add_all(_bells())
        db.session.flush()
        db.session.add_all(_timetable())
        db.session.flush()
        refresh_lessons(revs)


def _bells() -> list[Period]:
    taught = (*PERIODS.items(), IN_SETS)
    lessons = [(period, starts, starts[:2] + ":55", "lesson") for period, starts in taught]
    return [Period(name=name, starts=starts, ends=ends, kind=kind) for name, starts, ends, kind in (*PAUSES, *lessons)]


def _timetable() -> Iterator[TimetableEntry]:
    for weekday in range(1, 6):
        for period in PERIODS:
            for group, staff in zip(GROUPS, STAFF, strict=True):
                yield _entry(weekday, period, group, staff)
        for group, week in SETS.items():
            yield _entry(weekday, IN_SETS[0], group, STAFF[0], week)


def _entry(weekday: int, period: str, group: str, staff: str, week: str | None = None) -> TimetableEntry:
    about = {"weekday": weekday, "period": period, "group_id": group, "week": week}
    return TimetableEntry(**about, subject="Maths & more", staff_id=staff)
