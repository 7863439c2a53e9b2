"""From a tap that leads to another page to the school's confirmation on it, in three engines.

    python -m benchmarks.engines

A space is asked for and left again, which both lead to the board; a limit and an award lead to the student's page.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from playwright.sync_api import sync_playwright

from benchmarks.tablets import demo_school
from e2e.engines.all import ENGINES, engine_named
from e2e.engines.steps import enrol, exactly, expect_at_school
from e2e.engines.tablet import Tablet, tablet_in
from e2e.server import Server
from webapp.models import Student, db
from webapp.school.school import school_pack

ROUNDS = 20
HEAD, STUDENT = "c.quartey", "Osian Griffiths"


def main() -> None:
    with sync_playwright() as playwright:
        for name in ENGINES:
            engine = engine_named(name, playwright)
            with (
                demo_school() as server,
                TemporaryDirectory() as folder,
                tablet_in(engine, Path(folder) / "is") as tablet,
            ):
                enrol(tablet, server, HEAD)
                ladder, pathway = students(server)
                report(name, "board", (time for _ in range(ROUNDS // 2) for time in asked_and_left(tablet, server.url)))
                report(name, "limit", (limited(tablet, f"{server.url}/student/{ladder}") for _ in range(ROUNDS)))
                report(name, "award", (awarded(tablet, f"{server.url}/student/{pathway}") for _ in range(ROUNDS)))


def report(engine: str, what: str, measured: Iterable[float]) -> None:
    times = list(measured)
    print(f"{engine:9} {what:6} median {median(times):5.0f} ms, worst {max(times):5.0f} of {len(times)}, at most 1000")


def students(server: Server) -> tuple[int, int]:
    """Who has levels, and who is on the pathway of awards."""
    with server.school():
        stages = school_pack().rewards.pathway.key_stages
        everybody = db.session.query(Student).order_by(Student.id).all()
        on_pathway = [student.id for student in everybody if student.key_stage in stages]
        return next(student.id for student in everybody if student.id not in on_pathway), on_pathway[0]


def confirmed(tablet: Tablet, button: str) -> float:
    """Milliseconds from the tap until another document says that the school has it."""
    began = perf_counter()
    tablet.turn_page(lambda: tablet.click("button", button))
    expect_at_school(tablet)
    return (perf_counter() - began) * 1000


def asked_and_left(tablet: Tablet, url: str) -> Iterator[float]:
    tablet.open(f"{url}/spaces")
    tablet.click("link", "^Ask for Hazel$")
    yield confirmed(tablet, exactly(STUDENT))
    tablet.click("button", exactly(f"We are in Hazel with {STUDENT}"))
    tablet.click("link", exactly(f"Hand over or leave: {STUDENT} in Hazel"))
    tablet.click("radio", "^Yes$")
    yield confirmed(tablet, "^Leave$")


def limited(tablet: Tablet, url: str) -> float:
    tablet.open(url)
    tablet.click("summary", "^Limits")
    tablet.fill("^Why", "They are tired")
    time = confirmed(tablet, "^Set the limit$")
    tablet.click("summary", "^Limits")
    tablet.click("button", "^Lift: ")
    tablet.see_no("button", "^Lift: ")
    return time


def awarded(tablet: Tablet, url: str) -> float:
    tablet.open(url)
    tablet.click("summary", "^Give an award$")
    tablet.fill("^In a few words", "Well done")
    return confirmed(tablet, "^Give$")


if __name__ == "__main__":
    main()
