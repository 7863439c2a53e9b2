"""The other benchmarks at a school of a thousand: 34 classes, 120 sets and four weeks of marks beside the demo school.

    python -m benchmarks.large

Before them, how long the files of such a school take, and the most memory that marks of the past need.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from os import environ
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from time import perf_counter

from benchmarks import first_visit, live, scan, tap
from benchmarks.schools import fill_lessons, fill_people, grow
from benchmarks.tablets import demo_school
from e2e.server import Server
from tests.timetable.large_school import files
from webapp import create_app
from webapp.config import read_settings
from webapp.imports import KINDS, import_content
from webapp.models import Lesson, Student, db
from webapp.setup.school import set_up

STUDENTS, PAST = (
    1_000,
    40,
)  # school days, of which a year has five times as many; each file needs no more than the first
AUTUMN = datetime(2026, 11, 16, 8, tzinfo=UTC)
A_FILE = 100_000  # lines: no file may have more


def main() -> None:
    _time_files()
    _weigh_past_marks()
    for benchmark in (tap, first_visit, live, scan):
        print(f"\n{benchmark.__name__}, in a large school")
        benchmark.main(large_school)


@contextmanager
def large_school() -> Iterator[Server]:
    with demo_school(partial(grow, STUDENTS)) as server:
        yield server


def _time_files() -> None:
    """The files of a school with sets, two weeks, short Fridays and split lunches."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(read_settings({"REACHABLE_DATA": folder}), lambda: AUTUMN)
        with app.app_context():
            set_up("reach", "A large school")
            for kind in ("calendar", "periods", "staff", "students", "timetable", "classes"):
                _time_file(kind, files()[kind])
            db.session.remove()
            db.engine.dispose()


def _time_file(kind: str, content: str) -> None:
    begin = perf_counter()
    outcome = import_content(KINDS[kind], content.encode())
    seconds, lines = perf_counter() - begin, content.count("\n") - 1
    if list(outcome.problems):
        raise SystemExit(f"the file of {kind} was refused")
    print(f"import {kind:10} {lines:6} lines  {seconds:6.2f} s (wanted: at most 10)")


def _weigh_past_marks() -> None:
    """Marks of the past, brought in by the command in files as large as it takes."""
    with tempfile.TemporaryDirectory() as name:
        folder, begin = Path(name), perf_counter()
        _fill(folder)
        for number, lines in enumerate(_past_marks(folder)):
            file = folder / f"scores-{number}.csv"
            file.write_text("upn,date,period,mark\n" + "".join(lines))
            command = [sys.executable, "-m", "flask", "--app", "webapp", "import", "scores", str(file)]
            subprocess.run(command, env=environ | {"REACHABLE_DATA": name}, check=True, stdout=subprocess.DEVNULL)
            seconds, kilobytes = perf_counter() - begin, getrusage(RUSAGE_CHILDREN).ru_maxrss
            done = (number + 1) * A_FILE
            print(f"import scores     {done:7} marks  {seconds:6.0f} s, {kilobytes // 1024} MB (wanted: at most 400)")


def _fill(folder: Path) -> None:
    with _school(folder):
        set_up("reach", "A large school")
        fill_people(STUDENTS)
        fill_lessons(STUDENTS, PAST)


def _past_marks(folder: Path) -> Iterator[list[str]]:
    """Lines of a file of marks, as many as a file may have."""
    with _school(folder):
        members: dict[str, list[str]] = {}
        for upn, group in db.session.query(Student.upn, Student.group_id):
            members.setdefault(group, []).append(upn)
        lessons = db.session.query(Lesson.day, Lesson.period, Lesson.group_id).order_by(Lesson.id).all()
    lines = [f"{upn},{day},{period},4\n" for day, period, group in lessons for upn in members[group]]
    yield from (lines[n : n + A_FILE] for n in range(0, len(lines), A_FILE))


@contextmanager
def _school(folder: Path) -> Iterator[None]:
    app = create_app(read_settings({"REACHABLE_DATA": str(folder)}))
    with app.app_context():
        yield
        db.session.remove()
        db.engine.dispose()


if __name__ == "__main__":
    main()
