"""The main job, as a teacher lives it: score a lesson with the network down, and find everything at school later."""

import json
from datetime import date, timedelta

from playwright.sync_api import Page

from e2e.conftest import NewPage, Profile
from e2e.screens import Enrol, Lesson, Today, Waiting
from e2e.server import Server
from webapp.domain.time.calendar import week_of

TEACHER = "a.adeyemi"
PASSWORD = "reachable-demo"


def new_tablet(server: Server, page: Page, username: str = TEACHER) -> Today:
    code = json.loads(server.command("enrol-code", "--json"))["code"]
    return Enrol(page).with_code(server.url, code).with_password(username, PASSWORD)


def test_a_lesson_scored_without_a_network_counts_once_there_is_one(
    server: Server, profile: Profile, new_page: NewPage
) -> None:
    first = profile("first")
    lesson = new_tablet(server, first.pages[0]).open_lesson()
    address, students = lesson.url, lesson.students
    assert len(students) == 12
    server.stop()

    marks = {student: 5 - number % 3 for number, student in enumerate(students)}
    for student, mark in marks.items():
        lesson.mark(student, mark)
    lesson.mark(students[0], 2)
    lesson.mark(students[1], 0)
    lesson.undo()
    marks[students[0]] = 2
    expect_marks(lesson, marks)
    lesson.expect_saved_here(15)

    first.pages[0].reload()
    expect_marks(lesson, marks)
    first.close()
    page = profile("first").pages[0]
    page.goto(address)
    lesson = Lesson(page)
    expect_marks(lesson, marks)
    lesson.expect_saved_here(15)

    other = Today(page).open(server.url).open_lesson(1)
    other.mark(other.students[0], 4)
    other.expect_mark(other.students[0], 4)
    other.expect_saved_here(16)

    server.start()
    other.expect_saved_at_school(timeout=5_000)
    Waiting(page).open(server.url).expect_empty()

    second = new_page()
    new_tablet(server, second, "c.quartey")
    second.goto(address)
    expect_marks(Lesson(second), marks)
    for student in students[:2]:
        assert counted(server, student) == [marks[student]]


def expect_marks(lesson: Lesson, marks: dict[str, int]) -> None:
    for student, mark in marks.items():
        lesson.expect_mark(student, mark)


def counted(server: Server, student: str) -> list[int]:
    """The marks of the day's lessons that count for the student's level in the week after."""
    day = next(day for day in (date.today() + timedelta(days=n) for n in range(3)) if day.isoweekday() <= 5)
    after = week_of(day + timedelta(days=7))
    levels = json.loads(server.command("levels", "--week", after, "--json"))
    upn = next(row["upn"] for row in levels if row["name"] == student)
    receipt = json.loads(server.command("receipt", upn, "--week", after, "--json"))
    return [mark["mark"] for mark in receipt["marks"] if mark["date"] == day.isoformat() and mark["counted"]]
