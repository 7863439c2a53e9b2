"""Timetables, bells and calendars as real schools have them, in the school of the files below.

It is Friday 27 November 2026. Amy and Ben are in 8H, Cat is in 8K.
"""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask

from tests.imports.conftest import Import
from webapp.models import Group, Lesson, Period, TimetableEntry, db
from webapp.school.calendar import load_calendar

CALENDAR = (
    "kind,name,start,end\n"
    "year,2026/27,01/09/2026,23/07/2027\n"
    "half-term,Autumn 1,01/09/2026,23/10/2026\n"
    "half-term,Autumn 2,02/11/2026,18/12/2026\n"
    "half-term,Spring 1,04/01/2027,12/02/2027\n"
    "half-term,Spring 2,22/02/2027,25/03/2027\n"
    "closure,Staff training,30/11/2026,30/11/2026\n"
)
PERIODS = (
    "period,start,end,kind\n"
    "Tutor,08:45,09:00,lesson\n1,09:00,10:00,lesson\nBreak,10:00,10:20,break\n2,10:20,11:20,lesson\n"
    "3,11:20,12:20,lesson\nLunch,12:20,13:00,lunch\n4,13:00,14:00,lesson\n5,14:00,15:00,lesson\n"
)
STAFF = "username,surname,forename,role\nj.reid,Reid,Jo,Teacher\nk.shah,Shah,Kiran,Teacher\n"
STUDENTS = (
    "UPN,Adm No,Legal Surname,Legal Forename,Year,Reg\n"
    "Z940209012341,1,Abbott,Amy,8,8H\nZ940209012342,2,Brook,Ben,8,8H\nZ940209012343,3,Cole,Cat,8,8K\n"
)
WEEK = "week,A,02/11/2026,\n"
LINE = "kind,name,start,end\n"
HEADINGS = "day,period,group,subject,staff\n"
TIMETABLE = HEADINGS + "".join(f"{day},1,8H,Maths,j.reid\n" for day in ("Mon", "Tue", "Wed", "Thu", "Fri"))
FRIDAY = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)


@pytest.fixture
def school(app: Flask, bring_in: Import) -> Import:
    app.config["CLOCK"].now = FRIDAY
    for kind, content in {"calendar": CALENDAR, "periods": PERIODS, "staff": STAFF, "students": STUDENTS}.items():
        assert bring_in(kind, content)["exit"] == 0
    return bring_in


def lessons(**named: Any) -> list[Lesson]:
    db.session.rollback()
    query = db.session.query(Lesson).filter_by(gone=False, **named)
    return query.order_by(Lesson.starts, Lesson.group_id).all()


def expected(result: dict[str, Any]) -> list[str]:
    return [problem["expected"] for problem in result["problems"]]


def test_two_weeks_take_turns_from_the_one_that_the_calendar_names(school: Import):
    weeks = "week,day,period,group,subject,staff\nA,Mon,1,8H,Maths,j.reid\nB,Mon,2,8H,Science,k.shah\n"
    refused = school("timetable", weeks)
    assert {(one["column"], one["expected"].split(":")[0]) for one in refused["problems"]} == {
        ("week", "a calendar that says which weeks are A")
    }
    assert school("calendar", LINE + WEEK)["added"] == 1
    assert school("timetable", weeks.replace("A,", "1,").replace("B,", "week 2,"))["added"] == 2
    days = [(one.subject, one.day, one.cycle) for one in lessons() if one.day >= date(2026, 10, 12)]
    assert days[:8] == [
        ("Maths", date(2026, 10, 12), "A"),
        ("Science", date(2026, 10, 19), "B"),
        ("Maths", date(2026, 11, 2), "A"),  # the holiday before counts for nothing
        ("Science", date(2026, 11, 9), "B"),
        ("Maths", date(2026, 11, 16), "A"),
        ("Science", date(2026, 11, 23), "B"),
        ("Science", date(2026, 12, 7), "B"),  # no Monday in the A week before it
        ("Maths", date(2026, 12, 14), "A"),
    ]


def test_one_week_can_be_set_by_hand(school: Import):
    school("calendar", LINE + WEEK + "week,A,09/11/2026,13/11/2026\n")
    calendar = load_calendar()
    mondays = [date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16), date(2026, 11, 23)]
    assert [calendar.letter_on(day) for day in mondays] == ["A", "A", "A", "B"]
    wrong = school("calendar", LINE + "week,C,03/11/2026,\nweek,B,09/11/2026,20/11/2026\n")
    assert [(one["line"], one["column"]) for one in wrong["problems"]] == [(2, "name"), (2, "start"), (3, "end")]


SIMS = (
    "Title,Preferred Surname,Initials,Subject code,Class,Room,Period\n"
    "Ms,Reid,j.reid,Ma,8H,4,1Mon:1\nMs,Reid,J.REID,Ma,8H,4,2Mon:2\nMs,Reid,j.reid,Ma,8x/Ma2,4,1Tue:3\n"
    "Ms,Reid,j.reid,Tu,8H,4,1Mon:am\nMr,Shah,?,Sc,8K,12,2Fri:5\n"
)


def test_week_day_and_period_are_read_out_of_one_column(school: Import):
    assert "a registration of the bell schedule with the session am" in expected(school("timetable", SIMS))
    school("calendar", LINE + WEEK)
    school("periods", "period,start,end,kind,session\nTutor,08:45,09:00,registration,am\n")
    result = school("timetable", SIMS)
    assert (result["added"], result["new_groups"]) == (5, ["8x/Ma2"])
    found = [
        (row.week, row.weekday, row.period, row.group_id, row.subject, row.staff, row.room)
        for row in db.session.query(TimetableEntry).order_by(TimetableEntry.id)
    ]
    assert found == [
        ("A", 1, "1", "8H", "Ma", ("j.reid",), "4"),
        ("B", 1, "2", "8H", "Ma", ("j.reid",), "4"),
        ("A", 2, "3", "8x/Ma2", "Ma", ("j.reid",), "4"),
        ("A", 1, "Tutor", "8H", "Tu", ("j.reid",), "4"),
        ("B", 5, "5", "8K", "Sc", (), "12"),
    ]
    assert db.session.get_one(Group, "8x/Ma2").key_stage == 3


def test_initials_are_those_of_the_staff_file_and_must_tell_people_apart(school: Import):
    school("staff", STAFF.replace("role\n", "role,initials\n").replace("Teacher\n", "Teacher,JRE\n"))
    assert "a username; jre could be j.reid, k.shah" in expected(school("timetable", HEADINGS + "Mon,1,8H,Maths,jre\n"))
    school("staff", "username,surname,forename,role,initials\nk.shah,Shah,Kiran,Teacher,KSH\n")
    assert school("timetable", HEADINGS + "Mon,1,8H,Maths,ksh;j.reid\n")["added"] == 1
    assert lessons()[0].staff == ("k.shah", "j.reid")


def test_a_slot_named_twice_is_taught_by_two(school: Import):
    assert school("timetable", HEADINGS + "Mon,1,8H,Maths,j.reid\nMon,1,8H,Maths,k.shah\n")["exit"] == 0
    assert {lesson.staff for lesson in lessons()} == {("j.reid", "k.shah")}
    twice = school("timetable", HEADINGS + "Mon,1,8H,Maths,j.reid\nMon,1,8H,Art,k.shah\n")
    assert expected(twice) == ["each group in a period once; line 2 has it already"]


def test_a_lesson_can_be_nobodys_yet_and_on_a_saturday_where_the_calendar_has_some(school: Import):
    vacancy = HEADINGS + "Mon,1,8H,Maths,\nSat,1,8H,Maths,j.reid\n6,1,8H,Maths,j.reid\n"
    assert [(one["line"], one["value"]) for one in school("timetable", vacancy)["problems"]] == [(3, "Sat"), (4, "6")]
    assert school("calendar", "kind,name,start,end,days\nyear,2026/27,01/09/2026,23/07/2027,Mon-Sat\n")["changed"] == 1
    result = school("timetable", vacancy)
    assert [(one["line"], one["value"]) for one in result["problems"]] == [(4, "6")]
    assert "Mon, Tue, Wed, Thu, Fri, Sat or Sun" in result["problems"][0]["expected"]
    assert school("timetable", vacancy.rsplit("6,")[0])["added"] == 2
    assert {(one.day.isoweekday(), one.staff) for one in lessons()} == {(1, ()), (6, ("j.reid",))}


def test_from_a_day_on_and_not_before(school: Import):
    school("timetable", TIMETABLE)
    before = [(one.day, one.subject, one.staff) for one in lessons() if one.day < date(2027, 1, 4)]
    january = HEADINGS + "Mon,3,8H,Maths,k.shah\nTue,3,8H,Maths,k.shah\nMon,4,8K,Science,j.reid\n"
    told = school("timetable", january, "--from", "04/01/2027", "--dry-run")
    assert told["notes"] == ["It holds from Mon 4 January 2027; lessons before that day stay as they are."]
    assert school("timetable", january, "--from", "04/01/2027")["exit"] == 0
    after = lessons()
    assert [(one.day, one.subject, one.staff) for one in after if one.day < date(2027, 1, 4)] == before
    assert {(one.period, one.group_id) for one in after if one.day >= date(2027, 1, 4)} == {("3", "8H"), ("4", "8K")}
    assert school("timetable", january, "--from", "04/01/2027")["unchanged"] == 3


def test_a_short_friday_leaves_the_other_days_their_bells(school: Import):
    school("timetable", TIMETABLE)
    friday = "day,period,start,end,kind\nMon,1,09:00,10:00,lesson\nFri,1,09:00,09:45,lesson\n"
    assert school("periods", friday)["exit"] == 0
    to_come = [one for one in lessons() if date(2026, 11, 27) <= one.day < date(2027, 3, 1)]
    ends = {one.day.isoweekday(): f"{one.ends:%H:%M}" for one in to_come}
    assert ends == {1: "10:00", 2: "10:00", 3: "10:00", 4: "10:00", 5: "09:45"}
    assert {f"{one.ends:%H:%M}" for one in lessons(day=date(2026, 11, 20))} == {"10:00"}
    assert school("periods", friday)["unchanged"] == 2


LUNCHES = "period,start,end,kind\n4a,12:20,13:20,lesson\nLunch A,12:20,13:00,lunch\n4b,13:00,14:00,lesson\n"


def test_split_lunches_say_for_which_years(school: Import):
    refused = expected(school("periods", LUNCHES))
    assert "a time from 13:20 on, when period 4a ends, or a column “years” that says who has each" in refused
    years = (",years", ",7-9", ",10-11", ",10-11")
    split = "\n".join(line + more for line, more in zip(LUNCHES.splitlines(), years, strict=True))
    assert school("periods", split)["added"] == 3
    school("timetable", HEADINGS + "Mon,4a,8H,Maths,j.reid\nMon,4,12S,Maths,k.shah\nMon,4b,10X,Maths,k.shah\n")
    times = {one.group_id: f"{one.starts:%H:%M}" for one in lessons(day=date(2026, 12, 7))}
    assert times == {"8H": "12:20", "12S": "13:00", "10X": "13:00"}
    wrong = school("timetable", HEADINGS + "Mon,4b,8H,Maths,j.reid\n")
    assert expected(wrong) == ["a lesson of the bell schedule of year 8 on Monday: Tutor, 1, 2, 3, 4a, 5"]


def test_a_new_file_is_checked_against_what_is_there(school: Import):
    assert expected(school("periods", "period,start,end,kind\nX,09:30,10:10,lesson\n")) == [
        "a time from 10:00 on, when period 1 ends",
        "before Break begins (10:00), or a column “years” that says who has each",
    ]
    school("timetable", TIMETABLE)
    needed = school("periods", "period,start,end,kind,years\nX,09:30,09:50,lesson,8\n")
    assert expected(needed) == ["a time from 10:00 on, when period 1 ends"]
    assert db.session.query(Period).count() == 8


def test_a_closure_takes_part_of_a_day_and_some_years(school: Import):
    school("timetable", HEADINGS + "".join(f"Tue,{n},{group},Maths,j.reid\n" for n in "14" for group in ("8H", "11A")))
    early, leave = "Early finish,01/12/2026,01/12/2026,Lunch,", "Study leave,08/12/2026,18/12/2026,,11"
    lines = f"kind,name,start,end,from,years\nclosure,{early}\nclosure,{leave}\n"
    assert school("calendar", lines)["added"] == 2
    first, second = date(2026, 12, 1), date(2026, 12, 8)
    assert [(one.period, one.group_id) for one in lessons(day=first)] == [("1", "11A"), ("1", "8H")]
    assert [(one.period, one.group_id) for one in lessons(day=second)] == [("1", "8H"), ("4", "8H")]
    assert school("calendar", lines)["unchanged"] == 2
