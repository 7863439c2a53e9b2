"""A real school's week: a guest in a lesson, a student who moves, and a timetable of two weeks."""

import json
from datetime import date, timedelta
from typing import Any

from playwright.sync_api import Page, expect

from e2e.conftest import NewPage
from e2e.desk import HEAD, PASSWORD
from e2e.screens import A_WHILE, SignIn
from e2e.screens import Lesson as LessonScreen
from e2e.server import Server
from e2e.test_journey import new_tablet
from webapp.models import Guest, Lesson, Membership, Score, Student, db

STUDENT, CLASS, OTHER = "Osian Griffiths", "7H", "7C"


def at_desk(server: Server, page: Page) -> Page:
    page.goto(f"{server.url}/sign-in")
    SignIn(page).with_password(HEAD, PASSWORD)
    return page


def lessons_on(server: Server, day: date) -> list[dict[str, Any]]:
    """What the school says of a day: who is expected where."""
    found: list[dict[str, Any]] = json.loads(server.command("lessons", "--date", day.isoformat(), "--json"))
    return found


def school_days(server: Server) -> list[date]:
    """The next weekdays with lessons, from tomorrow on."""
    with server.school():
        days = db.session.query(Lesson.day).filter(Lesson.day > date.today(), ~Lesson.gone).distinct()
        return sorted(day for (day,) in days)


def test_a_guest_comes_to_a_lesson_while_the_school_is_away(server: Server, new_page: NewPage) -> None:
    page = new_page()
    lesson = new_tablet(server, page).open_lesson()
    address = lesson.url
    there = lesson.students
    with server.school():
        others = db.session.query(Student).filter(Student.left.is_(None)).order_by(Student.id)
        guest = next(student.name for student in others if student.name not in there)
    server.kill()
    page.get_by_role("link", name="Add a guest").click()
    page.get_by_label("Find a name").fill(" ".join(reversed(guest.split())).upper())
    page.get_by_role("button", name=guest).click()
    expect(lesson.button(guest, 4)).to_be_visible(timeout=A_WHILE)
    lesson.mark(guest, 4)
    lesson.expect_mark(guest, 4)
    lesson.expect_saved_here(2)
    server.start()
    lesson.expect_saved_at_school()
    other = new_page()
    new_tablet(server, other, "c.quartey")
    other.goto(address)
    LessonScreen(other).expect_mark(guest, 4)
    with server.school():
        [row] = db.session.query(Guest)
        student = db.session.get_one(Student, row.student_id)
        assert student.name == guest
        assert db.session.query(Score).filter_by(student_id=student.id, lesson_id=row.lesson_id).one().mark == "4"


def test_a_student_moves_from_a_day_and_nothing_before_it_changes(server: Server, new_page: NewPage) -> None:
    page = at_desk(server, new_page())
    before, *_, after = school_days(server)[:6]
    with server.school():
        moving = next(one for one in db.session.query(Student).filter_by(group_id=CLASS) if one.name == STUDENT)
        number, upn = moving.id, moving.upn
    page.goto(f"{server.url}/office/students/{number}")
    page.get_by_label("Group", exact=True).select_option(label=OTHER)
    page.get_by_label("In this group from").fill(after.isoformat())
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_have_count(0)
    with server.school():
        rows = db.session.query(Membership).filter_by(student_id=number).order_by(Membership.id)
        assert [(row.group_id, row.last) for row in rows][-2:] == [(CLASS, after - timedelta(days=1)), (OTHER, None)]
    for day, group in ((before, CLASS), (after, OTHER)):
        taught = [lesson for lesson in lessons_on(server, day) if lesson["group"] in (CLASS, OTHER)]
        assert {lesson["group"] for lesson in taught if upn in lesson["students"]} == {group}


def test_a_timetable_of_two_weeks_is_made_at_the_desk(server: Server, new_page: NewPage) -> None:
    page = at_desk(server, new_page())
    mondays = [day for day in school_days(server) if day.weekday() == 0][:3]
    this_week = date.today() - timedelta(days=date.today().weekday())
    page.goto(f"{server.url}/office/calendar")
    page.get_by_role("link", name="Add to weeks a and b").click()
    page.get_by_label("Name").fill("A")
    page.get_by_label("First day").fill(this_week.isoformat())
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Save A").click()
    page.wait_for_url("**/office/calendar")
    page.goto(f"{server.url}/office/timetable")
    page.get_by_label("Whose week").select_option(label=CLASS)
    page.get_by_label("Which week").select_option(label="Week B")
    page.get_by_label("As it stands on").fill(mondays[0].isoformat())
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Monday, period 1").first.click()
    page.get_by_label("Subject").fill("Swimming")
    page.get_by_label("In which weeks").select_option(label="Week B only")
    page.get_by_label("From which day").fill(mondays[0].isoformat())
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Timetable of 7H").first).to_be_visible(timeout=A_WHILE)
    days = [lessons_on(server, day) for day in mondays]
    assert [{lesson["week"] for lesson in day} for day in days] == [{"B"}, {"A"}, {"B"}]
    taught = [
        [lesson["subject"] for lesson in day if (lesson["group"], lesson["period"]) == (CLASS, "1")] for day in days
    ]
    assert taught == [["Swimming"], [], ["Swimming"]]
