"""The convergence test of the whole system: after sync, every floor screen from the worker is byte for byte Flask's.

Two tablets live through random days: marks, corrections, undo, late joiners, leavers, calls for spaces, sales, doors,
limits, refused entries, a school that cannot be reached. If this passes, a tablet knows exactly what the school knows.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from difflib import unified_diff
from random import Random

import pytest
from playwright.sync_api import Browser

from tests.worker.life import lessons, rewards, spaces
from tests.worker.life.life import FIRST_DAY, Life, make_school
from tests.worker.school import School
from tests.worker.tablet import Tablet

LIVES = (20260303, 20260304)  # seeds
DAYS, MANY_DAYS = 30, 200  # of each
PATHS_A_DAY = 6  # on each tablet
HAPPENINGS = (*lessons.HAPPENINGS, *spaces.HAPPENINGS, *rewards.HAPPENINGS)

LOOK = """(paths) => Promise.all(paths.map(async (path) => [path, await (await fetch(path)).text()]))"""


@pytest.fixture(params=LIVES)
def life(request: pytest.FixtureRequest, browser: Browser, school: School) -> Iterator[Life]:
    clock = school.app.config["CLOCK"]
    clock.now = datetime.combine(FIRST_DAY, time(7), UTC)
    make_school()
    contexts = [browser.new_context() for _ in range(2)]
    tablets = [Tablet(context, school, context.new_page()) for context in contexts]
    for tablet in tablets:
        tablet.enrol(duty="till")
    yield Life(school, clock, tablets, Random(request.param))
    for context in contexts:
        context.close()


def test_every_screen_is_the_same_from_worker_and_flask(life: Life, request: pytest.FixtureRequest) -> None:
    for _ in range(MANY_DAYS if request.config.getoption("--long") else DAYS):
        life.next_day()
        for tablet in life.tablets:
            life.take_up(tablet)
        for happening in life.random.choices(HAPPENINGS, k=3):
            happening(life)
        life.sync()
        compare(life)


def compare(life: Life) -> None:
    for tablet in life.tablets:
        flask = tablet.as_flask_sees()
        for path, text in tablet.page.evaluate(LOOK, paths(life)):
            with life.school.app.app_context():  # a request of its own shares nothing with the one before
                from_flask = flask.get(path, follow_redirects=True).text
            if text != from_flask:
                pytest.fail(f"{path} on {life.day}\n{difference(text, from_flask)}")


def paths(life: Life) -> list[str]:
    students = [f"/student/{life.some_student().id}" for _ in range(3)]
    days = [life.day + timedelta(days=life.random.randrange(-15, 16)) for _ in range(2)]
    everywhere = [
        *("/today", "/waiting", "/sign-in", "/install", "/lesson/999999", "/student/nobody"),
        *(f"/day/{day}" for day in days),
        *(f"/lesson/{lesson.id}" for lesson in life.lessons(4)),
        *(f"/lesson/{lesson.id}/guest?name=surname" for lesson in life.lessons(1)),
        *students,
        *(f"{students[0]}?week={day.isocalendar().year}-W{day.isocalendar().week:02}" for day in days),
        *("/spaces", "/spaces", "/spaces/hazel/ask", "/spaces/nowhere/ask", "/stay/nobody"),
        *(f"/stay/{stay['id']}" for stay in life.rows_of(life.tablets[0], "entered", "left")),
        *("/room", "/room/nobody", "/tuck", "/tuck", "/tuck/nobody"),
        *(f"{place}?name={name}" for place in ("/room", "/tuck", "/spaces/hazel/ask") for name in ("zoe", "1+SUR")),
        *(path.replace("student", place) for path in students for place in ("room", "tuck")),
    ]
    return life.random.sample(everywhere, PATHS_A_DAY)


def difference(worker: str, flask: str) -> str:
    return "\n".join(unified_diff(flask.splitlines(), worker.splitlines(), "flask", "worker", lineterm="", n=1))
