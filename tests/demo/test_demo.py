"""The demo school is built once, and looked at from all sides."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func

from tests.builders import Clock
from webapp import create_app
from webapp.config import read_settings
from webapp.demo.week import calendar_lines, timetable_lines
from webapp.domain.attendance.measures import EARNED, OPEN
from webapp.domain.time.calendar import week_of
from webapp.models import Attendance, Contact, Group, Lesson, Level, Score, Staff, Student, db
from webapp.results.attendance_awards import due_in
from webapp.school.calendar import load_calendar
from webapp.sync.devices.devices import make_code
from webapp.sync.log.revisions import writing
from webapp.web.passwords import check_password

NOW = datetime(2026, 3, 4, 10, 15, tzinfo=UTC)


@pytest.fixture
def demo(folder: Path) -> Iterator[Flask]:
    app = create_app(read_settings({"REACHABLE_DATA": str(folder)}), Clock(NOW))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.mark.usefixtures("demo")
def test_eight_groups_of_twelve():
    sizes = Counter(group for (group,) in db.session.query(Student.group_id))
    assert sizes == dict.fromkeys(("7H", "7C", "8H", "8C", "9H", "9C", "10H", "10C"), 12)
    assert {g.name: g.key_stage for g in db.session.query(Group)}["10C"] == 4
    assert len({student.name for student in db.session.query(Student)}) == 96


@pytest.mark.usefixtures("demo")
def test_fourteen_staff_of_many_roles_sign_in_with_one_password():
    staff = db.session.query(Staff).all()
    assert len(staff) == 14
    roles = {person.role for person in staff}
    assert roles >= {"head", "office", "reception", "teaching-assistant", "teacher", "tutor"}
    assert all(check_password(person.password_hash, "reachable-demo") for person in staff)


@pytest.mark.usefixtures("demo")
def test_everything_before_today_is_marked_and_nothing_after():
    assert db.session.query(func.max(Lesson.day)).join(Score).scalar() == date(2026, 3, 3)
    lessons = db.session.query(Lesson).filter(Lesson.day < NOW.date())
    assert db.session.query(func.count(Score.lesson_id.distinct())).scalar() == lessons.count()


@pytest.mark.usefixtures("demo")
def test_levels_spread_believably():
    weeks = db.session.query(Level.week).filter(Level.week <= week_of(NOW.date())).distinct().all()
    assert len(weeks) >= 20
    levels = Counter(level for (level,) in db.session.query(Level.level).filter(Level.week <= week_of(NOW.date())))
    assert 0.09 <= levels["heroic"] / levels.total() <= 0.16
    assert 0.30 <= levels["creative"] / levels.total() <= 0.43


@pytest.mark.usefixtures("demo")
def test_every_kind_of_mark_occurs():
    marks = {mark for (mark,) in db.session.query(Score.mark).distinct()}
    assert marks == {"0", "1", "2", "3", "4", "5", "authorised", "exempt"}


@pytest.mark.usefixtures("demo")
def test_marks_are_by_those_who_taught():
    taught = db.session.query(Score).join(Lesson).filter(Score.by == Lesson.staff_id)
    assert taught.count() == db.session.query(Score).count() > 0


@pytest.mark.usefixtures("demo")
def test_there_are_contacts_and_a_register_that_proposes_awards():
    assert len({contact.student_id for contact in db.session.query(Contact)}) >= 5
    assert db.session.query(Contact).filter_by(do_not_contact=True).count() == 1
    assert db.session.query(func.max(Attendance.day)).scalar() == date(2026, 3, 3)
    half_term = load_calendar().half_term_of(NOW.date())
    assert half_term
    due = due_in(half_term, db.session.query(Student).filter_by(year=10).all())
    assert {line.state for one in due for line in one.lines} >= {EARNED, OPEN}


@pytest.mark.usefixtures("demo")
def test_year_reaches_from_half_a_year_ago_into_the_next_quarter():
    [year] = load_calendar().years
    assert year.start == date(2025, 9, 1)
    assert year.end == date(2026, 6, 5)


def test_a_first_visit_is_small(demo: Flask):
    client = demo.test_client()
    kept = re.findall(r'"(/static/(?!scan/)[^"#]+)"', client.get("/sw.js").text)
    client.post("/sync/v1/enrol", json={"code": enrol_code(), "name": "Trolley"})
    paths = {"/enrol", "/manifest.webmanifest", "/sw.js", "/sync/v1/pull?since=0&limit=10000&columns=1", *kept}
    answers = [client.get(path, headers={"Accept-Encoding": "br"}) for path in paths]
    assert {answer.status_code for answer in answers} == {200}
    assert sum(len(answer.data) for answer in answers) <= 120_000
    for answer in answers:
        answer.close()


def enrol_code() -> str:
    with writing():
        return make_code("floor", NOW).text


def test_demo_leaves_a_school_as_it_is(app: Flask):
    result = app.test_cli_runner().invoke(args=["demo"])
    assert result.exit_code == 0
    assert "stays as it is" in result.stdout
    assert db.session.query(Student).count() == 0


@pytest.mark.parametrize("day", [date(2026, 3, 2) + timedelta(days=n) for n in range(7)])
def test_this_week_and_the_two_before_are_never_holiday(day: date):
    half_terms = [(start, end) for kind, _, start, end in calendar_lines(day) if kind == "half-term"]
    closed = [start for kind, _, start, _ in calendar_lines(day) if kind == "closure"]
    monday = day - timedelta(days=day.weekday())
    for week in (monday, monday - timedelta(weeks=1), monday - timedelta(weeks=2)):
        assert any(start <= week and week + timedelta(days=4) <= end for start, end in half_terms)
    assert all(any(start <= closure <= end for start, end in half_terms) and closure < day for closure in closed)


def test_nobody_teaches_two_groups_at_once():
    lines = list(timetable_lines())
    assert len(lines) == 8 * 25
    assert len({(day, period, staff) for day, period, _, _, staff in lines}) == len(lines)
