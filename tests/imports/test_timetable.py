from datetime import date

from tests.imports.conftest import TIMETABLE, Import
from webapp.models import Lesson, TimetableEntry, db
from webapp.sync.log.revisions import head

HEADINGS = "day,period,group,subject,staff\n"


def test_timetable_is_what_the_file_says(school: Import):
    entries = db.session.query(TimetableEntry).order_by(TimetableEntry.id)
    assert [(e.weekday, e.period, e.group_id, e.subject, e.staff_id) for e in entries] == [
        (1, "1", "8B", "Maths", "a.adeyemi"),
        (1, "2", "8B", "Art", "w.kowal"),
        (1, "1", "9H", "Art", "w.kowal"),
        (2, "1", "8B", "Maths", "a.adeyemi"),
    ]


def test_importing_again_changes_nothing(school: Import):
    before = head()
    assert school("timetable", TIMETABLE)["unchanged"] == 4
    assert head() == before


def test_file_is_the_whole_timetable(school: Import):
    result = school("timetable", HEADINGS + "Monday,1,8B,Music,a.adeyemi\n1,2,9H,Art,w.kowal\n")
    assert (result["added"], result["changed"], result["unchanged"]) == (1, 4, 0)
    assert db.session.query(TimetableEntry).filter_by(last=None).count() == 2
    to_come = db.session.query(Lesson).filter(~Lesson.gone, Lesson.day >= date(2026, 3, 3))
    assert {lesson.subject for lesson in to_come} == {"Music", "Art"}


def test_every_wrong_line_is_named(school: Import):
    result = school(
        "timetable",
        HEADINGS
        + "Mon,1,8B,Maths,a.adeyemi\n"
        + "Sun,1,8B,Maths,a.adeyemi\n"
        + "Mon,7,8B,Maths,a.adeyemi\n"
        + "Mon,Break,9H,Maths,a.adeyemi\n"
        + "T,1,8B,Maths,a.adeyemi\n"
        + "Mon,2,8B,,a.adeyemi\n"
        + "Tue,1,8B,Maths,nobody\n"
        + "1,1,8b,Art,w.kowal\n"
        + "A: Mon,1,8B,Art,w.kowal\n",
    )
    lessons = "a lesson of the bell schedule: 1, 2"
    a_day = "a day: Mon, Tue, Wed, Thu, Fri, Sat or Sun, or 1 to 5 for Monday to Friday"
    assert [tuple(problem.values()) for problem in result["problems"]] == [
        (3, "day", "Sun", "a day with school; the calendar has Mon–Fri"),
        (4, "period", "7", lessons),
        (5, "period", "Break", lessons),
        (6, "day", "T", a_day),
        (7, "subject", "", "a subject"),
        (8, "staff", "nobody", "the username of a member of staff: a.adeyemi, w.kowal"),
        (9, "group", "8b", "each group in a period once; line 2 has it already"),
        (10, "day", "A: Mon", a_day),
    ]
    assert db.session.query(TimetableEntry).count() == 4


def test_timetable_before_anything_else_says_what_is_missing(bring_in: Import):
    problems = bring_in("timetable", TIMETABLE)["problems"]
    assert len(problems) == 8
    assert problems[0]["expected"] == "a lesson of the bell schedule: none has been imported yet"
