"""An import taken back leaves the school as it was, on SQLite and on PostgreSQL."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import PASSWORD_HASH, create_group, create_tablet
from tests.imports.conftest import CALENDAR, PERIODS, STAFF, STUDENTS, TIMETABLE
from tests.office.conftest import Person
from tests.postgres import DATABASES
from tests.sync.conftest import settings_on
from webapp.config import Settings
from webapp.imports import KINDS, Outcome, import_content
from webapp.imports.undo.undo import undo, undoing_of
from webapp.models import Base, ImportRun, Lesson, Level, Operation, PartTime, Score, Staff, Student, db
from webapp.sync.log.revisions import writing
from webapp.timetable.cover import cover

TRACES = {"audit", "import_run", "tombstone"}
NUMBERS = {"rev", "sequence"}


@pytest.fixture(params=DATABASES)
def settings(request: pytest.FixtureRequest, data: Any) -> Settings:
    return settings_on(request.param, request, data)


@pytest.fixture
def school(app: Flask) -> Flask:
    """A school with people and a timetable."""
    for kind, content in (("calendar", CALENDAR), ("periods", PERIODS), ("staff", STAFF), ("students", STUDENTS)):
        bring(kind, content)
    bring("timetable", TIMETABLE)
    return app


def bring(kind: str, content: str) -> Outcome:
    outcome = import_content(KINDS[kind], content.encode())
    assert list(outcome.problems) == []
    return outcome


def number_of(outcome: Outcome) -> int:
    assert outcome.run is not None
    return outcome.run


def tables() -> dict[str, list[str]]:
    """Everything the school holds, but for numbers of changes and the traces an import may leave."""
    return {
        table.name: sorted(repr(tuple(row)) for row in db.session.execute(select(*columns(table))))
        for table in Base.metadata.sorted_tables
        if table.name not in TRACES
    }


def columns(table: Any) -> list[Any]:
    return [column for column in table.columns if column.name not in NUMBERS]


def obstacles(run: int) -> dict[str, tuple[str, ...]]:
    found = undoing_of(db.session.get_one(ImportRun, run)).obstacles
    return {str(obstacle.touch.place.key[0]): obstacle.why for obstacle in found}


CLOSURE = "kind,name,start,end\nclosure,Flood,09/03/2026,13/03/2026\nhalf-term,Summer 1,13/04/2026,22/05/2026\n"
LATER = PERIODS.replace("09:00,09:50", "08:55,09:45") + "3,11:00,11:50,lesson\n"
OTHERS = STUDENTS.replace("Inaya,8,8B", "Inaaya,9,9H") + "A4,Reid,Jo,10,10C\n"
NEW_WEEK = "day,period,group,subject,staff\nMon,1,8B,Music,a.adeyemi\nWed,2,9H,Art,w.kowal\n"


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("calendar", CLOSURE),
        ("calendar", CALENDAR.replace("17/07/2026", "24/07/2026").replace("23/02/2026", "16/02/2026")),
        ("periods", LATER),
        ("staff", STAFF.replace("teacher", "head") + "j.reid,Reid,Jo,tutor\n"),
        ("students", OTHERS),
        ("students", STUDENTS.replace("8B", "8X")),
        ("timetable", NEW_WEEK),
    ],
)
def test_an_undone_import_leaves_no_trace(school: Flask, kind: str, content: str):
    bring("scores", "date,period,upn,score\n02/03/2026,1,A1,5\n02/03/2026,2,A1,4\n")
    before = tables()
    run = number_of(bring(kind, content))
    assert tables() != before
    assert undo(run, "m.oakes") is None
    assert tables() == before
    assert db.session.get_one(ImportRun, run).undone_by == "m.oakes"


def test_a_whole_set_up_can_be_taken_back_last_things_first(school: Flask):
    for run in reversed(range(1, 6)):
        assert undo(run, "") is None
    assert {name for name, rows in tables().items() if rows} == {"school", "device"}


def test_tablets_hear_of_what_is_no_more(school: Flask):
    with writing():
        db.session.get_one(Staff, "a.adeyemi").password_hash = PASSWORD_HASH
    school.config["CLOCK"].move(days=-2)
    tablet = create_tablet(school)
    school.config["CLOCK"].move(days=2)
    tablet.pull()
    before = dict(tablet.rows)
    runs = [number_of(bring("students", OTHERS)), number_of(bring("timetable", NEW_WEEK))]
    tablet.pull()
    assert tablet.rows != before
    for run in reversed(runs):
        assert undo(run, "") is None
    tablet.pull()
    assert tablet.rows == before


def test_the_number_of_a_removed_student_or_lesson_is_never_given_again(school: Flask):
    highest = [max(db.session.scalars(select(key))) for key in (Student.id, Lesson.id)]
    for kind, content in (("students", OTHERS), ("timetable", NEW_WEEK)):
        undo(number_of(bring(kind, content)), "")
        bring(kind, content)
    assert db.session.query(Student).filter_by(upn="A4").one().id > highest[0] + 1
    added = db.session.query(Lesson).filter_by(group_id="9H", period="2", gone=False)
    assert min(lesson.id for lesson in added) > highest[1] + added.count()


def test_a_mark_stands_in_the_way_and_nothing_is_undone(school: Flask):
    bring("scores", "date,period,upn,score\n02/03/2026,1,A1,5\n")
    before = tables()
    refusal = undo(4, "")
    assert refusal is not None
    assert refusal.reason == "in-the-way"
    assert obstacles(4)["1"] == ("marks",)
    assert "lessons" in obstacles(4)["8B"]
    assert obstacles(5).keys() == {str(db.session.query(Score).one().lesson_id)}
    assert tables() == before


def test_part_time_timetables_and_cover_stand_in_the_way_of_what_they_are_about(school: Flask):
    bring("periods", LATER)
    bring("timetable", TIMETABLE + "Wed,3,8B,Drama,w.kowal\n")
    lesson = db.session.query(Lesson).filter_by(period="3", day=date(2026, 3, 4)).one().id
    part = {"student_id": 1, "weekday": 3, "period": "3", "first": date(2026, 3, 2), "reason": "Medical"}
    with writing() as revs:
        db.session.add(PartTime(**part))
        cover([lesson], "w.kowal", "a.adeyemi", "a.adeyemi", revs)
    assert obstacles(4)["1"] == ("part-time timetables",)
    assert "cover" in obstacles(3)["a.adeyemi"]
    assert obstacles(6) == {"3": ("the timetable", "part-time timetables")}
    assert obstacles(7) == {str(lesson): ("cover",)}
    for run in (3, 4, 6, 7):
        assert undo(run, "") is not None
    with writing() as revs:
        cover([lesson], "w.kowal", "w.kowal", "a.adeyemi", revs)
    assert undo(7, "") is None, "the cover was taken back"
    assert obstacles(6) == {"3": ("part-time timetables",)}


def test_whoever_recorded_something_is_not_removed(school: Flask):
    run = number_of(bring("staff", "username,surname,forename,role\nj.reid,Reid,Jo,tutor\n"))
    with writing():
        db.session.get_one(Staff, "j.reid").password_hash = PASSWORD_HASH
    assert obstacles(run) == {"j.reid": ("changed",)}


def test_what_somebody_changed_since_stays_as_it_is(school: Flask):
    run = number_of(bring("students", STUDENTS.replace("Inaya", "Inaaya").replace("Cai", "Kai")))
    bring("students", STUDENTS.replace("Inaya", "Inaia").replace("Cai", "Kai"))
    with writing():
        db.session.query(Student).filter_by(upn="A3").one().left = date(2026, 4, 1)
    assert [touch.place.key for touch in undoing_of(db.session.get_one(ImportRun, run)).kept] == [(2,)]
    assert undo(run, "") is None
    names = {student.upn: student.legal_forename for student in db.session.query(Student)}
    assert names == {"A1": "Zoë", "A2": "Inaia", "A3": "Cai"}
    assert db.session.query(Student).filter_by(upn="A3").one().left == date(2026, 4, 1)


def test_marks_are_undone_by_entries_that_correct_them(school: Flask):
    head = "date,period,upn,score\n"
    bring("scores", head + "02/03/2026,1,A1,3\n")
    run = number_of(bring("scores", head + "02/03/2026,1,A1,5\n02/03/2026,1,A2,4\n02/03/2026,2,A1,2\n"))
    bring("scores", head + "02/03/2026,2,A1,1\n")
    assert undo(run, "a.adeyemi") is None
    marks = {(score.student_id, score.mark, score.by) for score in db.session.query(Score)}
    assert marks == {(1, "3", "a.adeyemi"), (2, None, "a.adeyemi"), (1, "1", "")}
    assert db.session.query(Operation).count() == 7
    level = db.session.query(Level).filter_by(student_id=1, week="2026-W11").one()
    assert (level.sum, level.count) == (4, 2)


def test_the_desk_says_what_undoing_does_and_does_it(school: Flask):
    office = Person(school, "office")
    before = tables()
    run = number_of(bring("students", OTHERS))
    page = office.get(f"/office/import/runs/{run}").text
    assert "4 new entries go again." in page
    assert "2 entries get back what was there before." in page
    assert office.post(f"/office/import/runs/{run}/undo").location == f"/office/import/runs/{run}"
    assert tables() == before
    assert "Undone by Kit Office" in office.get("/office/import").text
    again = office.post(f"/office/import/runs/{run}/undo")
    assert again.status_code == 422
    assert "undone already" in again.text


def test_the_desk_says_what_stands_in_the_way(school: Flask):
    bring("scores", "date,period,upn,score\n02/03/2026,1,A1,5\n")
    office = Person(school, "office")
    page = office.get("/office/import/runs/5").text
    assert "Mon 2 March, period 1, 8B</bdi></b>: marks" in page
    assert "Undo this import" not in page
    answer = office.post("/office/import/runs/5/undo")
    assert answer.status_code == 422
    assert "Nothing was undone" in answer.text
    assert "Both entries stay" in office.get("/office/import/runs/6").text


def test_an_import_is_undone_once_and_within_a_month(school: Flask):
    run = number_of(bring("students", OTHERS))
    assert undo(run, "") is None
    assert getattr(undo(run, ""), "reason", None) == "too-old"
    old = number_of(bring("students", OTHERS))
    school.config["CLOCK"].move(days=31)
    create_group("11A")
    bring("staff", STAFF + "j.reid,Reid,Jo,tutor\n")
    assert db.session.get_one(ImportRun, old).touches is None
    assert getattr(undo(old, ""), "reason", None) == "too-old"
