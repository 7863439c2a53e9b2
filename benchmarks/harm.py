"""What a school notices while somebody means it harm: pages and taps during each attack, beside the same without one.

    python -m benchmarks.harm [ATTACK …]

The demo school's server and one attacker after another share this machine. Meanwhile a head opens *Needs attention* and
today's lessons again and again, and a tablet pushes one mark after another. Wanted: no page slower than
a second, and half of all taps sent within half a second.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from statistics import median
from time import perf_counter, sleep
from urllib.parse import urlencode

from sqlalchemy import select

from benchmarks.attacks import ATTACKS
from benchmarks.tablets import PASSWORD, TEACHER, demo_school, enrol_code
from e2e.server import Server
from webapp.domain.time.moment import instant
from webapp.models import Lesson, Student, db

TURNS = 80
EVERY = 0.2  # seconds
HEAD = "c.quartey"
PAGES = ("/today", "/office/attention")
SLOWEST_PAGE = 1.0  # seconds
MEDIAN_TAP = 0.5
PATIENCE = 120.0


class NotAnsweredError(Exception):
    """An error, or nothing at all, instead of an answer."""


class Visitor:
    """Somebody with cookies, on a connection that stays open."""

    def __init__(self, server: Server) -> None:
        self.connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        self.jar = SimpleCookie()

    @property
    def cookies(self) -> str:
        return self.jar.output(attrs=[], header="", sep=";").strip()

    def ask(self, method: str, path: str, body: bytes | None = None, kind: str = "application/json") -> bytes:
        """The body of the answer."""
        try:
            self.connection.request(method, path, body, {"Cookie": self.cookies, "Content-Type": kind})
            answer = self.connection.getresponse()
            data = answer.read()
        except (OSError, HTTPException) as error:
            self.connection.close()
            raise NotAnsweredError(f"{path}: {error}") from error
        if answer.status >= 400:
            raise NotAnsweredError(f"{path}: {answer.status} {data[:200]!r}")
        for cookie in answer.headers.get_all("Set-Cookie", []):
            self.jar.load(cookie)
        return data

    def post(self, path: str, form: Mapping[str, str]) -> None:
        self.ask("POST", path, urlencode(form).encode(), "application/x-www-form-urlencoded")


class Tablet(Visitor):
    """A tablet with a teacher signed in, that pushes one mark after another."""

    def __init__(self, server: Server) -> None:
        super().__init__(server)
        code = json.dumps({"code": enrol_code(server), "name": "Trolley"}).encode()
        enrolled = json.loads(self.ask("POST", "/sync/v1/enrol", code))
        self.identity = {key: enrolled[key] for key in ("device", "incarnation", "epoch")}
        signing_in = json.dumps({"username": TEACHER, "password": PASSWORD}).encode()
        self.staff = json.loads(self.ask("POST", "/sync/v1/sign-in", signing_in))["staff"]["id"]
        rows = json.loads(self.ask("GET", "/sync/v1/pull?since=0&limit=5000"))["rows"]
        self.students = [row["id"] for row in rows if row["table"] == "students"]
        self.lesson = next(row["id"] for row in rows if row["table"] == "lessons")
        self.n = 0

    def tap(self) -> None:
        self.n += 1
        now = instant(datetime.now(UTC))
        body = {"student": self.students[self.n % len(self.students)], "lesson": self.lesson, "mark": self.n % 6}
        op = {"n": self.n, "kind": "score.record", "by": self.staff, "wall": now, "body": body}
        self.ask("POST", "/sync/v1/push", json.dumps({**self.identity, "now": now, "ops": [op]}).encode())


@dataclass
class Times:
    """Seconds from when each turn was due until it was done, and how many of them brought no answer. One that takes
    long makes those behind it late, which counts for them as it would for people in a queue."""

    seconds: list[float] = field(default_factory=list)
    failed: int = 0

    def take(self, work: Callable[[int], object]) -> None:
        begin = perf_counter()
        for turn in range(TURNS):
            due = begin + turn * EVERY
            sleep(max(0.0, due - perf_counter()))
            try:
                work(turn)
            except NotAnsweredError:
                self.failed += 1
            self.seconds.append(perf_counter() - due)

    @property
    def words(self) -> str:
        return f"{median(self.seconds):10.3f}{max(self.seconds):10.3f}{self.failed:8}"


def main() -> None:
    titles = f"{'median':>10}{'slowest':>10}{'failed':>8}"
    print(f"{'':22}{'page':>10}{'':18}{'tap':>10}\n{'':22}{titles}{titles}   (seconds)")
    for name in (None, *(sys.argv[1:] or ATTACKS)):
        with demo_school() as server:
            pages, taps = _measured(server, name)
        is_kept = max(pages.seconds) < SLOWEST_PAGE and median(taps.seconds) < MEDIAN_TAP
        kept = "as wanted" if is_kept and not pages.failed + taps.failed else "NOT AS WANTED"
        print(f"{(name or 'no attack').replace('_', ' '):22}{pages.words}{taps.words}   {kept}", flush=True)


def _measured(server: Server, attack: str | None) -> tuple[Times, Times]:
    desk, tablet, revoked = _at_the_desk(server), Tablet(server), Tablet(server)
    desk.post(f"/office/tablets/{revoked.identity['device']}/revoke", {})
    target = {"revoked": revoked.cookies, "tablet": revoked.identity, "desk": desk.cookies, "marks": _marks(server)}
    pages, taps = Times(), Times()
    with _under(attack, server, target):
        reading = threading.Thread(target=pages.take, args=(lambda n: desk.ask("GET", PAGES[n % 2]),))
        reading.start()
        taps.take(lambda _: tablet.tap())
        reading.join()
    return pages, taps


def _at_the_desk(server: Server) -> Visitor:
    visitor = Visitor(server)
    visitor.post("/sign-in", {"username": HEAD, "password": PASSWORD})
    return visitor


def _marks(server: Server) -> str:
    """A file of marks that can be imported: each student's in each lesson there was."""
    taught = select(Lesson.day, Lesson.period, Student.upn).join(Student, Student.group_id == Lesson.group_id)
    with server.school():
        rows = db.session.execute(taught.where(Lesson.day < date.today(), Lesson.gone.is_(False))).all()
    return "\n".join(["date,period,upn,score", *(f"{day},{period},{upn},4" for day, period, upn in rows)])


@contextmanager
def _under(attack: str | None, server: Server, target: Mapping[str, object]) -> Iterator[None]:
    if attack is None:
        yield
        return
    command = [sys.executable, "-m", "benchmarks.attacks", attack, str(server.port)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(target).encode())
        process.stdin.close()
        process.stdout.readline()
        try:
            yield
        finally:
            process.kill()


if __name__ == "__main__":
    main()
