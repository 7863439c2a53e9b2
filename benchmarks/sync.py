"""Pushing and pulling a school's day, beside the least a server could do with the same bytes.

    python -m benchmarks.sync

40 tablets push 500 operations each, to the school and to a bare insert in turn; then all pull all; then pulls are
timed over 1, 4 and 16 times the history.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.schools import GROUP_SIZE, NOW, PASSWORD, PERIODS, fill_lessons, fill_people, fill_scores
from e2e.server import Server, free_port, wait_until_up
from webapp import create_app
from webapp.config import read_settings
from webapp.domain.time.moment import instant
from webapp.models import db
from webapp.setup.school import set_up
from webapp.sync.devices.devices import make_code
from webapp.sync.log.revisions import writing

TABLETS = 40
OPERATIONS = 500
STUDENTS = TABLETS * GROUP_SIZE
DAYS = 5
HISTORY_STUDENTS = 100
LARGE, LARGE_DAYS = 1_000, 28


class Client:
    """A tablet that keeps one connection open."""

    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port)
        self.cookies = SimpleCookie()

    def call(self, method: str, path: str, body: bytes | None = None) -> Any:
        self.connection.request(method, path, body, {"Cookie": self.cookies.output(attrs=[], header="", sep=";")})
        answer = self.connection.getresponse()
        data = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status} {data[:200]!r}")
        for cookie in answer.headers.get_all("Set-Cookie", []):
            self.cookies.load(cookie)
        return json.loads(data)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        _, codes = _make_school(Path(folder), STUDENTS, DAYS, scores=False)
        with _running(Server(Path(folder))) as school, _bare_server(Path(folder)) as bare:
            tablets = [_enrol(school, code) for code in codes]
            _time_pushes(tablets, bare)
            seconds, rows = _timed(lambda: sum(_pull_all(client) for client, _ in tablets))
            print(f"all pull all     {rows} rows in {seconds:.1f} s, {rows / seconds:.0f} rows/s")
    for times in (1, 4, 16):
        _time_pulls_over_history(times)
    _time_first_visits()


def _time_pushes(tablets: list[tuple[Client, dict[str, str]]], bare: Client) -> None:
    ratios, ours = [], []
    for number, (client, identity) in enumerate(tablets):
        body = _push(identity, number)
        plain, _ = _timed(partial(bare.call, "POST", "/push", body))
        full, _ = _timed(partial(client.call, "POST", "/sync/v1/push", body))
        ratios.append(plain / full)
        ours.append(OPERATIONS / full)
    print(f"push             {median(ours):.0f} operations/s (median of {TABLETS} pushes of {OPERATIONS})")
    print(f"  of a bare insert's rate: {median(ratios):.2f} (median, pair by pair; wanted: at least 0.20)")


def _time_pulls_over_history(times: int) -> None:
    """A school with `times` four weeks of marks behind it: a first pull, and one after a push of 500."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        marks, codes = _make_school(folder, HISTORY_STUDENTS, 20 * times, scores=True)
        with _running(Server(folder)) as server:
            client, identity = _enrol(server, codes[0])
            first, rows = _timed(lambda: _pull_all(client))
            cursor = client.call("GET", "/sync/v1/pull?limit=1")["head"]
            client.call("POST", "/sync/v1/push", _push(identity, 0, students=HISTORY_STUDENTS))
            after, changed = _timed(lambda: _pull_all(client, cursor))
            print(
                f"{times:3} x history    {marks} marks: first pull {rows} rows {first * 1000:.0f} ms, "
                f"after a push {changed} rows {after * 1000:.0f} ms"
            )


def _time_first_visits() -> None:
    """Whole fetches by tablets that hold nothing, of a school that nobody has fetched since it started."""
    with tempfile.TemporaryDirectory() as name:
        _, codes = _make_school(Path(name), LARGE, LARGE_DAYS, scores=True)
        with _running(Server(Path(name))) as server:
            for which, wanted in (("first", 1.0), ("second", 0.2), ("third", 0.2)):
                client, _ = _enrol(server, codes.pop())
                seconds, (rows, calls) = _timed(partial(_fetch_all, client))
                print(
                    f"{which} tablet fetches {rows} rows in {calls} calls, {seconds:.2f} s (wanted: at most {wanted})"
                )


def _fetch_all(client: Client) -> tuple[int, int]:
    """How many rows a tablet that holds nothing is sent, and in how many calls."""
    rows, calls, since, more = 0, 0, 0, True
    while more:
        answer = client.call("GET", f"/sync/v1/pull?since={since}&limit=10000&columns=1&fresh=1")
        rows += sum(len(run["id"]) for run in answer["runs"])
        calls, since, more = calls + 1, answer["next"], answer["more"]
    return rows, calls


def _make_school(folder: Path, students: int, days: int, scores: bool) -> tuple[int, list[str]]:
    """A school in a folder; how many marks it has, and codes for its tablets."""
    app = create_app(read_settings({"REACHABLE_DATA": str(folder)}))
    with app.app_context():
        set_up("reach", "A school")
        fill_people(students)
        fill_lessons(students, days)
        marks = fill_scores(students) if scores else 0
        with writing():
            codes = [make_code("floor", NOW).text for _ in range(TABLETS)]
        db.session.remove()
        db.engine.dispose()
    return marks, codes


def _enrol(server: Server, code: str) -> tuple[Client, dict[str, str]]:
    """A tablet with a teacher signed in, and how it names itself."""
    client = Client(server.port)
    identity = client.call("POST", "/sync/v1/enrol", json.dumps({"code": code, "name": "Tablet"}).encode())
    client.call("POST", "/sync/v1/sign-in", json.dumps({"username": "t", "password": PASSWORD}).encode())
    return client, {key: identity[key] for key in ("device", "incarnation", "epoch")}


def _pull_all(client: Client, since: int = 0) -> int:
    """Pull until there is no more; how many rows came."""
    rows, more = 0, True
    while more:
        answer = client.call("GET", f"/sync/v1/pull?since={since}&limit=5000")
        rows, since, more = rows + len(answer["rows"]), answer["next"], answer["more"]
    return rows


@contextmanager
def _running(server: Server) -> Iterator[Server]:
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def _bare_server(folder: Path) -> Iterator[Client]:
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.bare", str(folder / "bare.sqlite3"), str(port)])
    try:
        wait_until_up(port)
        yield Client(port)
    finally:
        process.terminate()
        process.wait()


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begin = perf_counter()
    result = work()
    return perf_counter() - begin, result


def _push(identity: dict[str, str], group: int, students: int = STUDENTS) -> bytes:
    """What a tablet kept in a week without a network: every mark of one group's lessons."""
    groups = students // GROUP_SIZE
    lessons = [(day * groups + group) * PERIODS + period for day in range(DAYS) for period in range(1, PERIODS + 1)]
    members = range(group * GROUP_SIZE + 1, (group + 1) * GROUP_SIZE + 1)
    marks = [(student, lesson) for lesson in lessons for student in members]
    ops = [
        {
            "n": n,
            "kind": "score.record",
            "by": "t",
            "wall": instant(NOW),
            "base": 1,
            "body": {"student": str(student), "lesson": str(lesson), "mark": n % 6, "was": None},
        }
        for n, (student, lesson) in enumerate(marks, start=1)
    ]
    assert len(ops) == OPERATIONS
    return json.dumps({**identity, "now": instant(NOW), "ops": ops}).encode()


if __name__ == "__main__":
    main()
