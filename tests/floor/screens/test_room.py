"""The door of the reward room: what it answers, who is inside, and what its taps record."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.floor.requests import HX, body
from tests.floor.rows import NOW, make_cap, make_level, make_student, make_tables, make_viewer
from webapp.domain.time.moment import instant
from webapp.floor.both.screens import door, room
from webapp.floor.both.taps import rewards as reward_taps
from webapp.models import Admission, Period, db
from webapp.sync.log.revisions import writing

LUNCH = NOW.replace(hour=12, minute=45)
SUMMER = datetime.fromisoformat("2026-06-02T11:45:00+00:00")
PEOPLE = [make_student(1), make_student(2, "Ali Aziz"), make_student(3, "Bo Chen"), make_student(4, "Cai Evans")]


def make_admission(student: int = 1, number: int = 50, **other: Any) -> dict[str, Any]:
    """A student let in five minutes ago, at lunch."""
    row = {"id": f"d2.xyz.{number + student}", "student": str(student), "window": "2026-03-03/lunch", "by": "ben"}
    return row | {"at": instant(LUNCH - timedelta(minutes=5)), "left": None, "again": False} | other


def tables(**rows: Any) -> Any:
    return make_tables(**{"students": PEOPLE, "levels": [make_level()]} | rows)


def answer(now: datetime = LUNCH, student: str = "1", **rows: Any) -> Any:
    """The word and the reason."""
    found = door.context(tables(**rows), make_viewer(), now, {"student": student})
    assert found is not None
    return found["word"], found["why"]


def shown(now: datetime = LUNCH, typed: str = "", **rows: Any) -> room.Context:
    found = room.context(tables(**rows), make_viewer(), now, {"name": typed})
    assert found is not None
    return found


def tap(name: str, params: dict[str, str], form: dict[str, str], now: datetime = LUNCH, **rows: Any) -> Any:
    return getattr(reward_taps, name)(tables(**rows), make_viewer(), now, params, form)


def admitted(now: datetime = LUNCH, **rows: Any) -> Any:
    return tap("admit", {"student": "1"}, {}, now, **rows)


ADMITTED = [{"kind": "room.admit", "body": {"student": "1", "window": "2026-03-03/lunch"}}]


def test_the_level_of_the_week_opens_the_room_in_its_pauses() -> None:
    assert answer() == ("Welcome", "Heroic this week")
    assert admitted() == ADMITTED


def test_last_weeks_level_never_opens_this_weeks_door() -> None:
    last = make_level(id="1.2026-W09", week="2026-W09")
    assert answer(levels=[last]) == ("Not now", "It goes with Heroic. Now: No level this week")
    assert admitted(levels=[last]) == []


def test_another_level_is_told_kindly_what_opens_it() -> None:
    assert answer(levels=[make_level(earned="creative")]) == ("Not now", "It goes with Heroic. Now: Creative")


def test_a_limit_of_today_says_how_long() -> None:
    assert answer(caps=[make_cap(until="2026-03-06")]) == ("Not now", "For now: Creative at most, until Fri 6 March")
    assert answer(caps=[make_cap(cap="none")]) == ("Not now", "For now: No level, until staff lift it")
    assert admitted(caps=[make_cap()]) == []


@pytest.mark.parametrize("cap", [{"until": "2026-03-02"}, {"lifted": "2026-03-03"}, {"from": "2026-03-04"}])
def test_a_limit_of_other_days_says_nothing(cap: dict[str, Any]) -> None:
    assert answer(caps=[make_cap(**cap)])[0] == "Welcome"


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        ("10:39", ("Closed now", "Opens next: Break, 10:40–11:00")),
        ("10:40", ("Welcome", "Heroic this week")),
        ("11:00", ("Closed now", "Opens next: Early & late lunch, 12:00–13:30")),
        ("15:30", ("Closed now", "Closed for today")),
    ],
)
def test_the_room_is_open_in_its_pauses_alone(clock: str, words: tuple[str, str]) -> None:
    now = datetime.fromisoformat(f"2026-03-03T{clock}:00+00:00")
    assert answer(now) == words
    assert bool(admitted(now)) == (words[0] == "Welcome")


def test_while_it_is_closed_nobody_hears_about_levels() -> None:
    assert answer(NOW, levels=[]) == answer(NOW)


def test_pauses_are_by_the_schools_clock() -> None:
    assert answer(SUMMER, levels=[make_level(id="1.2026-W23")])[0] == "Welcome"


def test_who_is_inside_is_told_since_when() -> None:
    assert answer(admissions=[make_admission()]) == ("Already in", "In since 12:40")
    assert admitted(admissions=[make_admission()]) == []


def test_a_full_room_still_lets_staff_decide() -> None:
    full = [make_admission(student) for student in (2, 3, 4)]
    assert answer(admissions=full) == ("Full for now", "It holds 3. There may be room again soon.")
    assert admitted(admissions=full) == ADMITTED


def test_an_unknown_student_has_no_door() -> None:
    assert door.context(tables(), make_viewer(), LUNCH, {"student": "9"}) is None
    assert tap("admit", {"student": "9"}, {}) == []


def test_who_is_inside_is_listed_by_name_and_counted() -> None:
    found = shown(admissions=[make_admission(1), make_admission(2)])
    assert found["count"] == "2 of 3 inside"
    assert [(row["name"], row["words"]) for row in found["inside"]] == [
        ("Ali Aziz", "8B · since 12:40"),
        ("Zoë Okafor", "8B · since 12:40"),
    ]


def test_somebody_whom_two_tablets_let_in_is_inside_once_since_the_first() -> None:
    again = make_admission(number=60, at=instant(LUNCH), again=True)
    found = shown(admissions=[again, make_admission()])
    assert (found["count"], found["inside"][0]["words"]) == ("1 of 3 inside", "8B · since 12:40")


def test_who_was_never_seen_to_leave_at_break_fills_nothing_at_lunch() -> None:
    at_break = make_admission(window="2026-03-03/break")
    assert shown(admissions=[at_break])["count"] == "0 of 3 inside"
    between = LUNCH.replace(hour=11, minute=30)
    assert shown(between, admissions=[at_break])["count"] == "1 of 3 inside"
    assert shown(admissions=[make_admission(window="2026-03-02/lunch")])["inside"] == []


def test_everybody_on_roll_can_be_found_with_their_group() -> None:
    students = [*PEOPLE[:2], make_student(5, "Old Timer", left="2026-03-03")]
    assert shown(students=students)["students"] == []  # nobody is listed before something is typed
    found = shown(typed="a", students=students, admissions=[make_admission(2)])["students"]
    assert [(row["name"], row["note"], row["url"]) for row in found] == [
        ("Ali Aziz", "8B · inside", "/room/2"),
        ("Zoë Okafor", "8B", "/room/1"),
    ]


def test_leaving_is_recorded_for_who_is_inside() -> None:
    left = [{"kind": "room.leave", "body": {"admission": "d2.xyz.51"}}]
    assert tap("leave_room", {}, {"admission": "d2.xyz.51"}, admissions=[make_admission()]) == left
    over = make_admission(left=instant(LUNCH))
    for rows, name in (([over], "d2.xyz.51"), ([], "d2.xyz.51"), ([make_admission()], "x")):
        assert tap("leave_room", {}, {"admission": name}, admissions=rows) == []


@pytest.fixture
def lunchtime(classroom: Flask, heroic: FlaskClient) -> FlaskClient:
    """Zoë is Heroic this week, and it is lunch."""
    with writing():
        db.session.add(Period(name="Lunch", starts="12:30", ends="13:10", kind="lunch"))
    classroom.config["CLOCK"].now = LUNCH
    return heroic


def test_a_student_is_let_in_and_reception_goes_on_to_the_next(lunchtime: FlaskClient) -> None:
    page = body(lunchtime, "/room/1")
    assert "<title>Welcome: Zoë Okafor · Reachable</title>" in page
    answer = lunchtime.post("/room/1/admit")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/room")
    assert "1 of 12 inside" in body(lunchtime, "/room")
    assert "Already in" in body(lunchtime, "/room/1")
    assert lunchtime.post("/room/1/admit").status_code == 303
    assert db.session.query(Admission).count() == 1


def test_leaving_is_one_tap(lunchtime: FlaskClient) -> None:
    lunchtime.post("/room/1/admit")
    admission = db.session.query(Admission).one()
    answer = lunchtime.post("/room/leave", data={"admission": admission.id}, headers=HX)
    assert answer.text.startswith('<div id="screen"')
    assert "Nobody is inside." in answer.text


def test_without_the_level_nothing_is_recorded(lunchtime: FlaskClient) -> None:
    assert "Not now" in body(lunchtime, "/room/2")
    lunchtime.post("/room/2/admit")
    assert db.session.query(Admission).count() == 0


def test_students_go_by_the_pauses_of_their_own_year_and_of_today() -> None:
    """Year 7 has lunch from 12:00, year 8 from 12:40, and there is another one on Fridays."""
    pauses = [
        {"name": "Early", "kind": "lunch", "starts": "12:00", "ends": "12:40", "days": [1, 2], "years": [7]},
        {"name": "Late", "kind": "lunch", "starts": "12:40", "ends": "13:20", "days": None, "years": [8]},
        {"name": "Friday", "kind": "lunch", "starts": "11:00", "ends": "15:00", "days": [5], "years": None},
    ]
    school = {"school": make_tables()["school"]["school"] | {"pauses": pauses}}
    people = [make_student(1), make_student(2, "Ali Aziz", year=7)]
    given = {"students": people, "levels": [make_level(), make_level(2)], "admissions": [make_admission(2)]}

    def said(student: str, hour: int, minute: int) -> str:
        found: Any = {**make_tables(**given), "school": school}
        context = door.context(found, make_viewer(), NOW.replace(hour=hour, minute=minute), {"student": student})
        assert context is not None
        return f"{context['word']}, {context['count']}"

    assert said("1", 12, 30) == "Closed now, 1 of 3 inside"
    assert said("2", 12, 30) == "Already in, 1 of 3 inside"
    assert said("1", 12, 45) == "Welcome, 0 of 3 inside", "whoever had the early lunch fills nothing at the late one"
    assert said("2", 12, 45) == "Closed now, 0 of 3 inside"
