"""What can happen in the reflection spaces, on tablets that live through random days."""

from typing import Any

from tests.worker.life.life import HEAD, STAFF, Life
from tests.worker.tablet import Tablet
from webapp.models import Apart, Student, db

SPACES = ("hazel", "chestnut", "reflection-1")


def call_for_spaces(life: Life, tablet: Tablet | None = None) -> None:
    tablet = tablet or life.random.choice(life.tablets)
    for what in ("ask", "ask", "enter"):
        student = str(life.some_student().id)
        tablet.tap("/spaces/ask", space=life.random.choice(SPACES), student=student, what=what, why="upset")
    tablet.tap(f"/student/{life.some_student().id}/ask", space=life.random.choice(SPACES))
    tablet.tap("/spaces/assist", space=life.random.choice((*SPACES, "")), place=" By the <gym>", message="Two of us")


def call_from_both_without_the_school(life: Life) -> None:
    """Two who cannot know of each other may be in one space."""
    life.school.stop()
    for tablet in life.tablets:
        call_for_spaces(life, tablet)
        go_on_with_calls(life, tablet)
    life.school.start()


def go_on_with_calls(life: Life, tablet: Tablet | None = None) -> None:
    """Asks are entered or cancelled, stays handed over or ended, calls heard."""
    tablet = tablet or life.random.choice(life.tablets)
    for ask in life.rows_of(tablet, "until", "status"):
        tablet.tap(life.random.choice(("/spaces/enter", "/spaces/cancel")), ask=ask["id"])
    for stay in life.rows_of(tablet, "entered", "left"):
        tablet.tap("/spaces/take-over", stay=stay["id"])
        form: dict[str, Any] = life.random.choice(({"nobody": "yes"}, {"staff": life.random.choice(STAFF)}))
        tablet.tap(f"/stay/{stay['id']}/handover", **form)
        answer: dict[str, Any] = life.random.choice(
            ({}, {"free": "yes", "when": "23:58"}, {"free": "no", "helped-music": "on"})
        )
        tablet.tap(f"/stay/{stay['id']}/leave", **answer)
    for call in life.rows_of(tablet, "acks"):
        tablet.tap("/spaces/hear", call=call["id"])


def plan_in_the_office(life: Life) -> None:
    students = [str(life.some_student().id) for _ in range(2)]
    body = {"space": "hazel", "kind": "draw-and-talk", "weekday": life.day.isoweekday(), "starts": "00:05"}
    body |= {"ends": "23:55", "first": life.day.isoformat(), "staff": life.random.choice(STAFF)}
    life.submit("plan.make", body | {"last": None, "students": list(dict.fromkeys(students))}, HEAD)


def keep_apart_in_the_office(life: Life) -> None:
    """One pair or, every second time, no longer."""
    pair = db.session.query(Apart).filter_by(ended_at=None).first()
    if pair:
        life.submit("apart.end", {"pair": pair.id}, HEAD)
        return
    one, other = life.random.sample(db.session.query(Student).all(), 2)
    life.submit("apart.set", {"students": [str(one.id), str(other.id)], "reason": "<i>They know</i>"}, HEAD)


HAPPENINGS = (
    call_for_spaces,
    call_for_spaces,
    call_from_both_without_the_school,
    go_on_with_calls,
    go_on_with_calls,
    plan_in_the_office,
    keep_apart_in_the_office,
)
