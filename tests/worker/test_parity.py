"""The convergence test of the whole system: after sync, every floor screen from the worker is byte for byte Flask's.

Two tablets live through random days: marks, corrections, undo, late joiners, leavers, limits on rewards, refused
entries, a school that cannot be reached. If this passes, a tablet knows exactly what the school knows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from difflib import unified_diff
from functools import partial
from random import Random
from typing import Any

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from tests.builders import Clock, create_group, create_staff, create_student, create_year
from tests.worker.school import School
from tests.worker.tablet import Tablet
from webapp.domain.moment import instant
from webapp.lessons import refresh_lessons
from webapp.models import Apart, Cap, Lesson, Period, Student, TimetableEntry, db
from webapp.sync.log import Draft, own_device, submit
from webapp.sync.sequence import head, writing

LIVES = (20260303, 20260304)  # seeds
DAYS = 100  # of each
PATHS_A_DAY = 5  # on each tablet
FIRST_DAY = date(2025, 9, 1)
LAST_DAY = date(2026, 7, 21)
STAFF = ("a.adeyemi", "b.baptiste")
HEAD = "c.quartey"
GROUPS = ("8B", "9A/Fr")
PERIODS = {"1": "09:00", "2": "10:05", "Tutor": "13:10"}
HOSTILE = ("Zoë Ní Bhriain", "<b>&amp;'\"", "\u202eanihC", "👩‍👩‍👧 Ångström", "{{ 7 * 7 }}", "x" * 300, "__proto__")
SPACES = ("hazel", "chestnut", "reflection-1")
MARKS = ("5", "4", "3", "2", "1", "0", "authorised", "exempt", "")

LOOK = """(paths) => Promise.all(paths.map(async (path) => [path, await (await fetch(path)).text()]))"""


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
        tablet.eventually(lambda: tablet.meta["heard"] >= instant(self.clock.now))
        if self.random.random() < 0.3 or tablet.look("/today")["path"] == "/sign-in":
            on_call = {"on_call": "on"} if self.random.random() < 0.5 else {}
            assert tablet.sign_in(self.random.choice((*STAFF, HEAD)), **on_call)["path"] == "/today"

    def lessons(self, count: int) -> list[Lesson]:
        """Some lessons that tablets hold."""
        near = Lesson.day.between(self.day - timedelta(days=12), self.day + timedelta(days=12))
        lessons = db.session.query(Lesson).filter(near, ~Lesson.gone).order_by(Lesson.id).all()
        return self.random.sample(lessons, min(count, len(lessons)))

    def some_student(self) -> Student:
        return self.random.choice(db.session.query(Student).all())

    # What can happen in a school

    def mark(self) -> None:
        tablet = self.random.choice(self.tablets)
        for lesson in self.lessons(2):
            for _ in range(self.random.randrange(1, 5)):
                tablet.mark(self.some_student().id, lesson.id, self.random.choice(MARKS))

    def mark_all_and_undo(self) -> None:
        tablet = self.random.choice(self.tablets)
        for lesson in self.lessons(1):
            tablet.tap(f"/lesson/{lesson.id}/all")
            for _ in range(self.random.randrange(3)):
                tablet.tap(f"/lesson/{lesson.id}/undo")

    def disagree(self) -> None:
        """Both tablets mark one student in one lesson without having heard of each other."""
        for lesson in self.lessons(1):
            student = self.some_student().id
            for tablet in self.tablets:
                tablet.mark(student, lesson.id, self.random.choice(MARKS))

    def correct_in_a_browser(self) -> None:
        for lesson in self.lessons(1):
            body = {"student": str(self.some_student().id), "lesson": str(lesson.id), "mark": self.random.randrange(6)}
            self.submit("score.record", body)

    def limit_a_reward(self) -> None:
        until = self.day + timedelta(days=self.random.randrange(10)) if self.random.random() < 0.5 else None
        body = {
            "student": str(self.some_student().id),
            "cap": self.random.choice(("none", "creative")),
            "from": (self.day + timedelta(days=self.random.randrange(-5, 5))).isoformat(),
            "until": until and max(until, self.day + timedelta(days=5)).isoformat(),
            "reason": "<i>Talked about it</i>",
        }
        self.submit("reward.cap", body)

    def lift_a_limit(self) -> None:
        for cap in db.session.query(Cap).filter_by(lifted=None).limit(1):
            self.submit("reward.lift", {"cap": cap.id})

    def submit(self, kind: str, body: dict[str, Any], by: str = "") -> None:
        with writing() as numbers:
            draft = Draft(kind, by or self.random.choice(STAFF), body, self.clock.now)
            assert submit(numbers, own_device("browser"), [draft]) == [None]

    def somebody_joins(self) -> None:
        name = self.random.choice(HOSTILE)
        create_student(name, "Okafor", self.random.choice(GROUPS), joined=self.day)

    def somebody_leaves(self) -> None:
        with writing() as numbers:
            student = self.some_student()
            student.left, student.rev = self.day, numbers.next()

    def somebody_changes_group(self) -> None:
        with writing() as numbers:
            student = self.some_student()
            student.group_id, student.rev = self.random.choice(GROUPS), numbers.next()

    def a_lesson_is_taken_off_while_a_tablet_is_away(self) -> None:
        """What was marked in it meanwhile is refused, and listed on the tablet."""
        for lesson in self.lessons(1):
            self.school.stop()
            self.tablets[0].mark(self.some_student().id, lesson.id, "4")
            with writing() as numbers:
                taken_off = db.session.get_one(Lesson, lesson.id)
                taken_off.gone, taken_off.rev = True, numbers.next()
            self.school.start()

    def the_network_goes_for_a_while(self) -> None:
        self.school.stop()
        self.mark()
        self.mark_all_and_undo()
        self.school.start()

    # What can happen in the reflection spaces

    def rows_of(self, tablet: Tablet, *fields: str) -> list[dict[str, Any]]:
        """The rows on a tablet that have these fields."""
        found = [row for row in tablet.rows.values() if row and all(field in row for field in fields)]
        return self.random.sample(found, min(2, len(found)))

    def call_for_spaces(self, tablet: Tablet | None = None) -> None:
        tablet = tablet or self.random.choice(self.tablets)
        for what in ("ask", "ask", "enter"):
            student = str(self.some_student().id)
            tablet.tap("/spaces/ask", space=self.random.choice(SPACES), student=student, what=what, why="upset")
        tablet.tap(f"/student/{self.some_student().id}/ask", space=self.random.choice(SPACES))
        tablet.tap(
            "/spaces/assist", space=self.random.choice((*SPACES, "")), place=" By the <gym>", message="Two of us"
        )

    def call_from_both_without_the_school(self) -> None:
        """Two who cannot know of each other may be in one space."""
        self.school.stop()
        for tablet in self.tablets:
            self.call_for_spaces(tablet)
            self.go_on_with_calls(tablet)
        self.school.start()

    def go_on_with_calls(self, tablet: Tablet | None = None) -> None:
        """Asks are entered or cancelled, stays handed over or ended, calls heard."""
        tablet = tablet or self.random.choice(self.tablets)
        for ask in self.rows_of(tablet, "until", "status"):
            tablet.tap(self.random.choice(("/spaces/enter", "/spaces/cancel")), ask=ask["id"])
        for stay in self.rows_of(tablet, "entered", "left"):
            tablet.tap("/spaces/take-over", stay=stay["id"])
            form: dict[str, Any] = self.random.choice(({"nobody": "yes"}, {"staff": self.random.choice(STAFF)}))
            tablet.tap(f"/stay/{stay['id']}/handover", **form)
            answer: dict[str, Any] = self.random.choice(
                ({}, {"free": "yes", "when": "23:58"}, {"free": "no", "helped-music": "on"})
            )
            tablet.tap(f"/stay/{stay['id']}/leave", **answer)
        for call in self.rows_of(tablet, "acks"):
            tablet.tap("/spaces/hear", call=call["id"])

    def plan_in_the_office(self) -> None:
        students = [str(self.some_student().id) for _ in range(2)]
        body = {"space": "hazel", "kind": "draw-and-talk", "weekday": self.day.isoweekday(), "starts": "00:05"}
        body |= {"ends": "23:55", "first": self.day.isoformat(), "staff": self.random.choice(STAFF)}
        self.submit("plan.make", body | {"last": None, "students": list(dict.fromkeys(students))}, HEAD)

    def keep_apart_in_the_office(self) -> None:
        """One pair or, every second time, no longer."""
        pair = db.session.query(Apart).filter_by(ended_at=None).first()
        if pair:
            self.submit("apart.end", {"pair": pair.id}, HEAD)
            return
        one, other = self.random.sample(db.session.query(Student).all(), 2)
        self.submit("apart.set", {"students": [str(one.id), str(other.id)], "reason": "<i>They know</i>"}, HEAD)

    def settle_what_was_refused(self) -> None:
        for row in self.tablets[0].rows.values():
            if row and "reason" in row:
                self.tablets[0].tap("/waiting/settle", operation=row["id"])

    # What must then be true

    def sync(self) -> None:
        """The first tablet twice, so that it hears of what the other one sent."""
        for tablet in (*self.tablets, self.tablets[0]):
            tablet.tell_worker("sync")
            tablet.eventually(partial(self.is_in_step, tablet))

    def is_in_step(self, tablet: Tablet) -> bool:
        db.session.rollback()
        return tablet.is_in_step_with(head())

    def paths(self) -> list[str]:
        days = [self.day + timedelta(days=self.random.randrange(-15, 16)) for _ in range(2)]
        lessons = [f"/lesson/{lesson.id}" for lesson in self.lessons(4)]
        students = [f"/student/{self.some_student().id}" for _ in range(3)]
        weeks = [f"{students[0]}?week={day.isocalendar().year}-W{day.isocalendar().week:02}" for day in days]
        everywhere = ["/today", "/waiting", "/sign-in", "/install", "/lesson/999999", "/student/nobody"]
        stays = [f"/stay/{stay['id']}" for stay in self.rows_of(self.tablets[0], "entered", "left")]
        everywhere += ["/spaces", "/spaces", "/spaces/hazel/ask", "/spaces/nowhere/ask", "/stay/nobody", *stays]
        paths = [*everywhere, *(f"/day/{day}" for day in days), *lessons, *students, *weeks]
        return self.random.sample(paths, PATHS_A_DAY)

    def compare(self) -> None:
        for tablet in self.tablets:
            flask = self.as_flask_sees(tablet)
            for path, text in tablet.page.evaluate(LOOK, self.paths()):
                with self.school.app.app_context():  # a request of its own shares nothing with the one before
                    from_flask = flask.get(path, follow_redirects=True).text
                if text != from_flask:
                    pytest.fail(f"{path} on {self.day}\n{_difference(text, from_flask)}")

    def as_flask_sees(self, tablet: Tablet) -> FlaskClient:
        """Flask, asked by the same tablet with the same person holding it."""
        client = self.school.app.test_client()
        for cookie in tablet.context.cookies():
            client.set_cookie(cookie["name"], cookie["value"], domain="localhost")
        return client


@pytest.fixture(params=LIVES)
def life(request: pytest.FixtureRequest, browser: Browser, school: School) -> Life:
    clock = school.app.config["CLOCK"]
    clock.now = datetime.combine(FIRST_DAY, time(7), UTC)
    _make_school()
    tablets = []
    for _ in range(2):
        context = browser.new_context()
        tablets.append(Tablet(context, school, context.new_page()))
        tablets[-1].enrol()
    return Life(school, clock, tablets, Random(request.param))


def _difference(worker: str, flask: str) -> str:
    return "\n".join(unified_diff(flask.splitlines(), worker.splitlines(), "flask", "worker", lineterm="", n=1))


def _make_school() -> None:
    create_year(FIRST_DAY, LAST_DAY)
    for group in GROUPS:
        create_group(group)
    create_staff(STAFF[0])
    create_staff(STAFF[1], forename="Ben", surname="<script>alert(1)</script>")
    create_staff(HEAD, role="head", forename="Cara", surname="Quartey")
    for number, name in enumerate(HOSTILE):
        create_student(name, f"Surname {number % 3}", GROUPS[number % 2])
    with writing() as numbers:
        for period, starts in PERIODS.items():
            db.session.add(Period(name=period, starts=starts, ends=starts[:2] + ":55", kind="lesson"))
        db.session.flush()
        for weekday in range(1, 6):
            for period in PERIODS:
                for group, staff in zip(GROUPS, STAFF, strict=True):
                    db.session.add(
                        TimetableEntry(
                            weekday=weekday, period=period, group_id=group, subject="Maths & more", staff_id=staff
                        )
                    )
        db.session.flush()
        refresh_lessons(numbers)


def happenings(life: Life) -> list[Callable[[], None]]:
    return [
        life.mark,
        life.mark,
        life.mark,
        life.mark_all_and_undo,
        life.disagree,
        life.correct_in_a_browser,
        life.limit_a_reward,
        life.lift_a_limit,
        life.somebody_joins,
        life.somebody_leaves,
        life.somebody_changes_group,
        life.a_lesson_is_taken_off_while_a_tablet_is_away,
        life.the_network_goes_for_a_while,
        life.settle_what_was_refused,
        life.call_for_spaces,
        life.call_for_spaces,
        life.call_from_both_without_the_school,
        life.go_on_with_calls,
        life.go_on_with_calls,
        life.plan_in_the_office,
        life.keep_apart_in_the_office,
    ]


def test_every_screen_is_the_same_from_worker_and_flask(life: Life) -> None:
    for _ in range(DAYS):
        life.next_day()
        for tablet in life.tablets:
            life.take_up(tablet)
        for happening in life.random.choices(happenings(life), k=2):
            happening()
        life.sync()
        life.compare()
