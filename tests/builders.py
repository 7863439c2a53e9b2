"""Builders for tests: each makes one thing with sensible defaults, so that a test says only what matters to it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import update

from webapp.domain.access.duties import BROWSER, is_staffed
from webapp.domain.time.calendar import week_of
from webapp.domain.time.moment import instant, parse_instant
from webapp.models import CalendarEntry, Group, Lesson, Membership, Responsibility, SignIn, Staff, Student, db
from webapp.models.people import REGISTRATION
from webapp.school.clock import local_moment
from webapp.sync.devices.devices import make_code
from webapp.sync.log.log import Draft, own_device, submit
from webapp.sync.log.revisions import RevCounter, writing

YEAR_START = date(2025, 9, 1)
YEAR_END = date(2026, 7, 21)
PASSWORD = "a long pass phrase"
PASSWORD_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)  # quick to check

_upns = count(1)


class Clock:
    """A clock that stands until a test moves it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


def create_year(start: date = YEAR_START, end: date = YEAR_END) -> None:
    with writing():
        db.session.add(CalendarEntry(kind="year", name=f"{start.year}", start=start, end=end))


def create_group(name: str = "8B", key_stage: int = 3, kind: str = REGISTRATION) -> Group:
    with writing() as revs:
        group = Group(id=name, name=name, key_stage=key_stage, kind=kind, rev=revs.next())
        db.session.add(group)
    return group


def create_staff(username: str = "a.adeyemi", role: str = "teacher", **names: str) -> Staff:
    with writing() as revs:
        staff = Staff(
            id=username,
            username=username,
            surname=names.get("surname", "Adeyemi"),
            forename=names.get("forename", "Ada"),
            role=role,
            password_hash=PASSWORD_HASH,
            rev=revs.next(),
        )
        db.session.add(staff)
    return staff


def give_groups(staff: str, *groups: str) -> None:
    with writing():
        db.session.add_all(Responsibility(staff_id=staff, group_id=group) for group in groups)


def create_student(forename: str = "Zoë", surname: str = "Okafor", group: str = "8B", **other: Any) -> Student:
    with writing() as revs:
        student = Student(
            upn=other.pop("upn", f"A{next(_upns):012}"),
            legal_forename=forename,
            legal_surname=surname,
            group_id=group,
            year=other.pop("year", 8),
            rev=revs.next(),
            **other,
        )
        db.session.add(student)
        db.session.flush()
        put_in(student, revs)
    return student


def put_in(student: Student, revs: RevCounter, group: str = "", first: date | None = None) -> Membership:
    """A student in a class from a day on; in their own group if no other is named."""
    row = Membership(student_id=student.id, group_id=group or student.group_id, first=first, rev=revs.next())
    db.session.add(row)
    return row


def create_lesson(
    day: date = date(2026, 3, 3),
    period: str = "1",
    group: str = "8B",
    staff: str = "a.adeyemi",
    subject: str = "Maths",
) -> Lesson:
    begins = local_moment(day, time(8 + int(period)))
    with writing() as revs:
        lesson = Lesson(
            day=day,
            week=week_of(day),
            period=period,
            group_id=group,
            subject=subject,
            staff_id=staff,
            starts=begins,
            ends=begins + timedelta(minutes=50),
            rev=revs.next(),
        )
        db.session.add(lesson)
    return lesson


@dataclass
class Tablet:
    """A tablet as a stranger might write one: it speaks the protocol and nothing else."""

    client: Any  # Flask's test client, or one that speaks to a real server in the same words
    clock: Clock
    staff: str = "a.adeyemi"
    skew: timedelta = timedelta(0)
    device: str = ""
    incarnation: str = ""
    epoch: str = ""
    cursor: int = 0
    ops: list[dict[str, Any]] = field(default_factory=list)
    rows: dict[tuple[str, str], Any] = field(default_factory=dict)

    def enrol(self, code: str, name: str = "Tablet") -> None:
        answer = self.post("enrol", {"code": code, "name": name})
        assert answer.status_code == 200, answer.text
        self.device, self.incarnation = answer.json["device"], answer.json["incarnation"]
        self.epoch = answer.json["epoch"]

    def sign_in(self, username: str | None = None, password: str = PASSWORD) -> Any:
        said = {"username": username or self.staff, "password": password}
        return self.post("sign-in", said | {"now": instant(self.clock.now + self.skew)})

    def sign_in_by_a_wrong_clock(self, **ahead: float) -> str:
        """Sign in while the clock is wrong, which is put right afterwards; what it said."""
        self.skew = timedelta(**ahead)
        assert self.sign_in().status_code == 200
        said, self.skew = instant(self.clock.now + self.skew), timedelta(0)
        return said

    def post(self, call: str, body: Any) -> Any:
        return self.client.post(f"/sync/v1/{call}", json=body)

    def record(self, kind: str, body: dict[str, Any], **other: Any) -> dict[str, Any]:
        """Write an operation into the outbox."""
        wall = instant(self.clock.now + self.skew)
        op = {
            "n": len(self.ops) + 1,
            "kind": kind,
            "by": self.staff,
            "wall": wall,
            "body": body,
            "base": self.cursor,
        }
        self.ops.append(op | other)
        return self.ops[-1]

    def id_of(self, op: dict[str, Any]) -> str:
        """The id of an operation of the outbox, as the school knows it."""
        return f"{self.device}.{self.incarnation}.{op['n']}"

    def mark(self, student: Any, lesson: Any, mark: Any, **other: Any) -> dict[str, Any]:
        return self.record("score.record", {"student": str(student), "lesson": str(lesson), "mark": mark}, **other)

    def push(self, ops: Sequence[Any] | None = None, **other: Any) -> Any:
        """Send operations, all of them unless given."""
        envelope = {
            "device": self.device,
            "incarnation": self.incarnation,
            "epoch": self.epoch,
            "now": instant(self.clock.now + self.skew),
            "ops": self.ops if ops is None else ops,
        }
        return self.post("push", envelope | other)

    def refusals(self, kind: str, body: dict[str, Any], **other: Any) -> list[tuple[str, str]]:
        """Record one more operation and send everything; reason and detail of what is refused."""
        self.record(kind, body, **other)
        return [(note["reason"], note["detail"]) for note in self.push().json["notes"]]

    def pull(self, limit: int = 1000) -> None:
        """Apply everything new."""
        while self.pull_page(limit):
            pass

    def pull_page(self, limit: int) -> bool:
        """Apply at most `limit` rows; whether there are more."""
        answer = self.client.get(f"/sync/v1/pull?since={self.cursor}&limit={limit}").json
        for row in answer["rows"]:
            if row["data"] is None:
                self.rows.pop((row["table"], row["id"]), None)
            else:
                self.rows[row["table"], row["id"]] = row["data"]
        self.cursor = answer["next"]
        return bool(answer["more"])

    def table(self, name: str) -> dict[str, Any]:
        return {key: data for (table, key), data in self.rows.items() if table == name}


class Said:
    """What became of what was said at the desk, in the words of an answer to a push."""

    status_code = 200

    def __init__(self, upto: int, notes: list[dict[str, Any]]) -> None:
        self.json = {"upto": upto, "notes": notes}


@dataclass
class Desk(Tablet):
    """Somebody at the desk's pages, which record through the browser's writer. A tablet beside them pulls the rows."""

    names: list[str] = field(default_factory=list)

    def id_of(self, op: dict[str, Any]) -> str:
        return self.names[op["n"] - 1]

    def push(self, ops: Sequence[Any] | None = None, **_: Any) -> Any:
        """Record at school what is not yet, and say what became of it."""
        new = self.ops[len(self.names) :] if ops is None else ops
        with writing() as revs:
            browser = own_device(BROWSER)
            self.names += [f"{browser.id}.{browser.incarnation}.{browser.upto + n}" for n in range(1, len(new) + 1)]
            drafts = [self._draft(op) for op in new]
            refusals = submit(revs, browser, drafts)
        refused = [(op["n"], refusal) for op, refusal in zip(new, refusals, strict=True) if refusal]
        notes = [{"n": n, "status": "refused", "reason": one.reason, "detail": one.detail} for n, one in refused]
        return Said(len(self.ops), notes)

    def _draft(self, op: dict[str, Any]) -> Draft:
        at = parse_instant(op["wall"]) or self.clock.now
        return Draft(op["kind"], op["by"], op["body"], at, op.get("replaces"))


def create_desk(app: Flask, staff: str = "p.okonkwo") -> Desk:
    """Somebody at the desk."""
    tablet = create_tablet(app, staff)
    return Desk(**{name: getattr(tablet, name) for name in Tablet.__dataclass_fields__})


def create_tablet(app: Flask, staff: str = "a.adeyemi", duty: str = "floor", **other: Any) -> Tablet:
    """An enrolled tablet with somebody signed in."""
    tablet = Tablet(app.test_client(), app.config["CLOCK"], staff, **other)
    with app.app_context(), writing():
        code = make_code(duty, tablet.clock.now).text
    tablet.enrol(code)
    assert tablet.sign_in().status_code == (200 if is_staffed(duty) else 403)
    return tablet


def be_signed_in_for_ever() -> None:
    """Whoever signed in on a tablet may have recorded there at any time, for tests of what clocks do."""
    with writing():
        ever = {"since": datetime(1, 2, 1, tzinfo=UTC), "until": datetime(2126, 1, 1, tzinfo=UTC)}
        db.session.execute(update(SignIn).values(ever))
