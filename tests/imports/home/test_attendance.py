from datetime import date

import pytest

from tests.imports.conftest import Import
from webapp.imports.undo.undo import undo
from webapp.models import Attendance, ImportRun, db
from webapp.results.register import tallies
from webapp.school.calendar import load_calendar

HEADINGS = "upn,date,session,code,minutes late\n"
TUESDAY = "A1,03/03/2026,AM,/,\nA1,03/03/2026,PM,\\,\nA2,03/03/2026,AM,L,12\nA2,03/03/2026,PM,I,\n"


def held() -> list[tuple[str, str, str, int | None]]:
    rows = db.session.query(Attendance).order_by(Attendance.student_id, Attendance.day, Attendance.session)
    return [(str(one.student_id), one.session, one.code, one.minutes) for one in rows]


def test_a_day_is_brought_in_again_and_again_and_the_later_file_counts(school: Import):
    assert school("attendance", HEADINGS + TUESDAY)["added"] == 4
    assert school("attendance", HEADINGS + TUESDAY)["unchanged"] == 4
    result = school("attendance", HEADINGS + "A2,03/03/2026,PM,M,\nA1,03/03/2026,AM,,\n")
    assert (result["changed"], result["unchanged"]) == (1, 1)
    assert [code for _, _, code, _ in held()] == ["/", "\\", "L", "M"]
    assert [minutes for *_, minutes in held()] == [None, None, 12, None]


def test_headings_and_sessions_of_the_schools_systems_are_known(school: Import):
    words = ("AM", "pm", "1", "2", "Morning", "AFTERNOON", "AM Registration", "Session 2")
    days = [f"{day:02}/03/2026" for day in (2, 2, 3, 3, 4, 4, 5, 5)]
    lines = [f"{day};{word};L - Late;a1;5 mins" for day, word in zip(days, words, strict=True)]
    file = "Mark Date;Session Name;Attendance Mark;Unique Pupil Number;Mins Late\n" + "\n".join(lines)
    assert school("attendance", file)["added"] == 8
    assert [(session, minutes) for _, session, _, minutes in held()] == [("am", 5), ("pm", 5)] * 4


def test_what_is_counted(school: Import):
    marks = ("/", "\\", "L", "U", "G", "I", "C1", "Y1", "X", "-", "B", "N")
    days = ("02", "03", "04", "05", "06", "09")
    lines = [f"A1,2026-03-{days[n // 2]},{1 + n % 2},{mark},{9 if mark in 'LU' else 0}" for n, mark in enumerate(marks)]
    assert school("attendance", HEADINGS + "\n".join(lines))["exit"] == 0
    (half_term,) = load_calendar().half_terms
    (counts,) = tallies(half_term, [1]).values()
    assert (counts.possible, counts.present, counts.authorised, counts.unauthorised) == (9, 4, 2, 3)
    assert (counts.lates, counts.minutes) == (2, 18)


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [
        ("B9,03/03/2026,AM,/,", "upn", "the UPN of a student"),
        ("A1,07/03/2026,AM,/,", "date", "a day on which the school is open"),
        ("A1,31/03/2026,AM,/,", "date", "a day on which the school is open"),
        ("A1,03/03/2026,Noon,/,", "session", "AM or PM"),
        ("A1,03/03/2026,AM,F,", "code", "an attendance code"),
        ("A1,03/03/2026,AM,H,", "code", "a code that is used on 03/03/2026"),
        ("A1,03/03/2026,AM,/,5", "minutes late", "L or U"),
        ("A1,03/03/2026,AM,L,soon", "minutes late", "a whole number of minutes"),
        ("A1,04/03/2026,AM,L,\nA1,04/03/2026,1,/,", "session", "each session of a student once; line 2"),
    ],
)
def test_what_cannot_be_is_refused_in_words(school: Import, line: str, column: str, expected: str):
    school("calendar", "kind,name,start,end\nclosure,Training,31/03/2026,31/03/2026\n")
    (problem,) = school("attendance", f"{HEADINGS}{line}\n")["problems"]
    assert problem["column"] == column
    assert expected in problem["expected"]
    assert held() == []


def test_an_import_can_be_undone(school: Import):
    school("attendance", HEADINGS + TUESDAY)
    before = held()
    school("attendance", HEADINGS + "A1,03/03/2026,AM,I,\nA3,04/03/2026,AM,/,\n")
    run = db.session.query(ImportRun).order_by(ImportRun.id.desc()).first()
    assert run is not None
    assert undo(run.id, "") is None
    assert held() == before
    assert db.session.query(Attendance).filter_by(day=date(2026, 3, 4)).count() == 0
