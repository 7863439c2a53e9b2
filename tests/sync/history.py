"""Random histories of a school: three tablets with clocks of their own and a network that repeats and loses."""

import gzip
import json
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from flask import Flask
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from tests.builders import (
    Clock,
    Tablet,
    be_signed_in_for_ever,
    create_group,
    create_lesson,
    create_staff,
    create_student,
    create_tablet,
    create_year,
)
from tests.conftest import TUESDAY_MORNING
from tests.sync import oracle
from webapp.domain.time.moment import instant
from webapp.models import CalendarEntry, Cap, Device, Level, Operation, Quarantined, School, Score, db
from webapp.models.device import BROWSER, IMPORT, OWN_DEVICES
from webapp.sync.log.log import Draft, own_device, submit
from webapp.sync.log.revisions import writing
from webapp.sync.tables.rolling import roll

STUDENTS = (1, 2, 3)
DAYS = (
    date(2026, 2, 5),
    date(2026, 2, 12),
    date(2026, 2, 17),  # a lesson in the holidays decides nothing
    date(2026, 2, 24),
    date(2026, 3, 2),
    date(2026, 3, 3),
    date(2026, 3, 17),
    date(2026, 4, 8),
)
LESSONS = tuple(range(1, len(DAYS) + 1))
TEACHERS = ("a.adeyemi", "b.boyle", "c.chen")
WAYS = ("as they are", "reversed", "doubled", "again and again", "swapped", "cut")
TEN_YEARS = 10 * 366 * 86_400
PROJECTIONS = (Score, Level, Cap)


def create_school(app: Flask) -> list[Tablet]:
    """The school of every history, with its three tablets."""
    create_year()
    with writing():
        for name, start, end in (
            ("Spring 1", date(2026, 1, 5), date(2026, 2, 13)),
            ("Spring 2", date(2026, 2, 23), date(2026, 7, 21)),
        ):
            db.session.add(CalendarEntry(kind="half-term", name=name, start=start, end=end))
        start, end = oracle.CLOSED_WEEK
        db.session.add(CalendarEntry(kind="closure", name="Flood", start=start, end=end))
    create_group()
    for username in TEACHERS:
        create_staff(username, role="head-of-year")  # who may lift each other's caps
    for _ in STUDENTS:
        create_student()
    for day in DAYS:
        create_lesson(day)
    tablets = [create_tablet(app, username) for username in TEACHERS]
    roll()  # the tuck shop is stocked before any history begins
    be_signed_in_for_ever()
    return tablets


def forget(clock: Clock, tablets: list[Tablet]) -> list[Tablet]:
    """Tuesday morning again, before anything was recorded."""
    clock.now = TUESDAY_MORNING
    with writing():
        for model in (*PROJECTIONS, Quarantined):
            db.session.execute(delete(model))
        db.session.execute(delete(Operation).where(Operation.device_id != IMPORT))
        db.session.execute(update(Device).where(Device.id.not_in(OWN_DEVICES)).values(upto=0, trouble=None))
        db.session.execute(update(School).values(rolled=None))
    return [replace(tablet, cursor=0, rows={}, ops=[], skew=timedelta(0)) for tablet in tablets]


@dataclass
class History:
    """A school in use, and everything somebody standing beside it would have noted down."""

    clock: Clock
    tablets: list[Tablet]
    upto: list[int] = field(default_factory=lambda: [0, 0, 0])
    at: dict[str, datetime] = field(default_factory=dict)
    base: dict[str, int] = field(default_factory=dict)
    stored: dict[str, datetime] = field(default_factory=dict)
    had_seen: list[tuple[str, str]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)

    def do(self, action: tuple[Any, ...]) -> None:
        name, *details = action
        getattr(self, name)(*details)

    def mark(self, who: int, student: int, lesson: int, mark: Any, names_it: bool) -> None:
        tablet = self.tablets[who]
        shown = tablet.rows.get(("scores", f"{student}.{lesson}"))
        other = {"replaces": shown["op"]} if shown and names_it else {}
        op = tablet.mark(student, lesson, mark, **other)
        if shown:
            self.had_seen.append((_name(tablet, op["n"]), shown["op"]))

    def cap(self, who: int, student: int, cap: str, start: int, length: int | None) -> None:
        first = self.clock.now.date() + timedelta(days=start)
        until = None if length is None else (first + timedelta(days=length)).isoformat()
        body = {"student": str(student), "cap": cap, "from": first.isoformat(), "until": until, "reason": "Smoke"}
        self.tablets[who].record("reward.cap", body)

    def lift(self, who: int, which: int) -> None:
        caps = sorted(self.tablets[who].table("caps"))
        if caps:
            self.tablets[who].record("reward.lift", {"cap": caps[which % len(caps)]})

    def junk(self, who: int) -> None:
        op = self.tablets[who].record("score.record", {"student": "1", "lesson": "1", "mark": 9})
        self.refused.add(_name(self.tablets[who], op["n"]))

    def office(self, student: int, lesson: int, mark: Any) -> None:
        """A correction at the desk, where everything is seen."""
        body = {"student": str(student), "lesson": str(lesson), "mark": mark}
        with writing() as revs:
            browser = own_device(BROWSER)
            assert submit(revs, browser, [Draft("score.record", TEACHERS[0], body, self.clock.now)]) == [None]
            name = f"{BROWSER}.{browser.incarnation}.{browser.upto}"
        self.at[name] = self.stored[name] = self.clock.now
        self.base[name] = revs.last

    def skew(self, who: int, seconds: int) -> None:
        self.tablets[who].skew = timedelta(seconds=seconds)

    def wait(self, minutes: int) -> None:
        self.clock.move(minutes=minutes)

    def pull(self, who: int, limit: int, pages: int) -> None:
        for _ in range(pages):
            self.tablets[who].pull_page(limit)

    def push(self, who: int, start: int, count: int, how: str, packed: bool) -> None:
        """Send some of the outbox in some way; what is answered must be what was to be expected."""
        tablet = self.tablets[who]
        ops = _arranged(tablet.ops[start : start + count], how)
        answer = self._send(tablet, ops, how == "cut", packed)
        if how == "cut":
            assert answer.status_code == 400
            return
        upto, gap = self.upto[who], False
        for op in ops:
            gap = gap or op["n"] > upto + 1
            upto += op["n"] == upto + 1 and not gap
        assert answer.status_code == (409 if gap else 200)
        assert answer.json.get("expect") == (upto + 1 if gap else None)
        self._note_stored(who, upto, answer.json)

    def finish(self) -> None:
        """Everybody syncs."""
        for who, tablet in enumerate(self.tablets):
            self.push(who, 0, len(tablet.ops), "as they are", False)
        for tablet in self.tablets:
            tablet.pull(limit=11)

    def _send(self, tablet: Tablet, ops: list[Any], cut: bool, packed: bool) -> Any:
        now = instant(self.clock.now + tablet.skew)
        envelope = {"device": tablet.device, "incarnation": tablet.incarnation, "epoch": tablet.epoch, "now": now}
        data = json.dumps(envelope | {"ops": ops}).encode()
        headers = {"Content-Encoding": "gzip"} if packed else {}
        data = gzip.compress(data) if packed else data
        return tablet.client.post("/sync/v1/push", data=data[: -len(data) // 3] if cut else data, headers=headers)

    def _note_stored(self, who: int, upto: int, answer: dict[str, Any]) -> None:
        tablet = self.tablets[who]
        assert answer["upto"] == upto
        for op in tablet.ops[self.upto[who] : upto]:
            name, wall = _name(tablet, op["n"]), datetime.fromisoformat(op["wall"])
            self.at[name] = oracle.happened(wall, self.clock.now + tablet.skew, self.clock.now)
            self.stored[name], self.base[name] = self.clock.now, op["base"]
        self.upto[who] = upto
        noted = {_name(tablet, note["n"]) for note in answer["notes"] if note["status"] == "refused"}
        assert noted <= self.refused


def _name(tablet: Tablet, n: int) -> str:
    return f"{tablet.device}.{tablet.incarnation}.{n}"


def _arranged(ops: list[Any], how: str) -> list[Any]:
    match how:
        case "reversed":
            return ops[::-1]
        case "doubled":
            return [op for op in ops for _ in range(2)]
        case "again and again":
            return ops + ops[::2] + ops
        case "swapped":
            return [*ops[:1], *ops[2:3], *ops[1:2], *ops[3:]]
    return ops


def marks_by_key(history: History) -> dict[tuple[int, int], list[oracle.Marked]]:
    """Every accepted mark by student and lesson. The log is asked for the order only."""
    found: defaultdict[tuple[int, int], list[oracle.Marked]] = defaultdict(list)
    query = select(Operation).where(Operation.kind == "score.record", Operation.status == "applied")
    for row in db.session.scalars(query):
        body = json.loads(row.body)
        key = int(body["student"]), int(body["lesson"])
        facts = (
            row.seq,
            row.device_id,
            row.n,
            row.by,
            body["mark"],
            history.at[row.id],
            history.base[row.id],
            row.replaces,
        )
        found[key].append(oracle.Marked(row.id, *facts))
    return dict(found)


def actions() -> st.SearchStrategy[tuple[Any, ...]]:
    """One thing that happens, as `History.do` takes it."""
    who, student = st.integers(0, 2), st.sampled_from(STUDENTS)
    lesson = st.sampled_from(LESSONS[3:6]) | st.sampled_from(LESSONS)
    mark = st.integers(4, 5) | st.integers(0, 5) | st.sampled_from(["authorised", "exempt", None])
    start, length = st.integers(-20, 5), st.none() | st.integers(0, 14)
    sent = st.integers(0, 8), st.integers(1, 20), st.sampled_from(WAYS), st.booleans()
    return st.one_of(
        st.tuples(st.just("mark"), who, student, lesson, mark, st.booleans()),
        st.tuples(st.just("mark"), who, student, lesson, mark, st.booleans()),
        st.tuples(st.just("push"), who, *sent),
        st.tuples(st.just("push"), who, st.just(0), st.just(100), st.just("as they are"), st.booleans()),
        st.tuples(st.just("pull"), who, st.integers(1, 30), st.integers(1, 20)),
        st.tuples(st.just("skew"), who, st.integers(-TEN_YEARS, TEN_YEARS)),
        st.tuples(st.just("wait"), st.integers(1, 3 * 24 * 60)),
        st.tuples(st.just("office"), student, lesson, mark),
        st.tuples(st.just("cap"), who, student, st.sampled_from(["none", "creative"]), start, length),
        st.tuples(st.just("lift"), who, st.integers(0, 3)),
        st.tuples(st.just("junk"), who),
    )
