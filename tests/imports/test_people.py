"""Whom a file of students is about: the same person under another UPN, nobody new, nobody gone without a word."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.imports.conftest import Import
from webapp.models import FormerUpn, Group, Student, db

TEMPORARY = "UPN,Adm No,Legal Surname,Legal Forename,Year,Reg\nX00180001701A,004800,Temp,Tara,8,8H\n"
PERMANENT = TEMPORARY.replace("X00180001701A", "G001800017012")
STUDENTS = (
    "UPN,Adm No,Legal Surname,Legal Forename,Year,Reg\n"
    "Z940209012341,1,Abbott,Amy,8,8H\nZ940209012342,2,Brook,Ben,8,8H\nZ940209012343,3,Cole,Cat,8,8K\n"
)
WITHOUT_BEN = STUDENTS.replace("Z940209012342,2,Brook,Ben,8,8H\n", "")


def upns() -> dict[str, str]:
    return {student.upn: student.name for student in db.session.query(Student)}


def test_a_permanent_upn_replaces_a_temporary_one_once_somebody_says_so(bring_in: Import):
    bring_in("students", TEMPORARY)
    id = db.session.query(Student.id).scalar()
    asked = bring_in("students", PERMANENT)
    assert (asked["exit"], asked["problems"][0]["line"], asked["problems"][0]["column"]) == (1, 2, "UPN")
    assert "--same-person G001800017012" in asked["problems"][0]["expected"]
    assert upns() == {"X00180001701A": "Tara Temp"}
    assert bring_in("students", PERMANENT, "--same-person", "g001800017012")["changed"] == 1
    assert (upns(), db.session.query(Student.id).scalar()) == ({"G001800017012": "Tara Temp"}, id)
    assert [(row.upn, row.student_id) for row in db.session.query(FormerUpn)] == [("X00180001701A", id)]
    # The old file again: known by the former UPN, and still asked; the permanent one stays.
    assert bring_in("students", TEMPORARY)["exit"] == 1
    assert bring_in("students", TEMPORARY, "--same-people")["unchanged"] == 1
    assert upns() == {"G001800017012": "Tara Temp"}


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("004800,Temp,Tara,", True),
        ("4800,TEMP,Tára,", True),
        ("004800,Temp,Tamara,03/09/2013", True),
        ("004800,Temp,Tamara,04/09/2013", False),
        ("004800,Other,Tara,03/09/2013", False),
        ("4801,Temp,Tara,03/09/2013", False),
        (",Temp,Tara,03/09/2013", False),
    ],
)
def test_the_same_number_and_name_are_asked_about(bring_in: Import, line: str, asked: bool):
    heading = "UPN,Adm No,Legal Surname,Legal Forename,Date of Birth,Year,Reg\n"
    bring_in("students", heading + "X00180001701A,004800,Temp,Tara,03/09/2013,8,8H\n")
    result = bring_in("students", heading + f"G001800017012,{line},8,8H\n", "--dry-run")
    assert ("questions" in result) is asked


def test_somebody_else_of_that_number_and_name_is_new(bring_in: Import):
    bring_in("students", TEMPORARY)
    assert bring_in("students", PERMANENT, "--new-person", "G001800017012")["added"] == 1
    assert len(upns()) == 2


def test_whoever_a_file_names_by_upn_is_nobody_else_in_it(bring_in: Import):
    bring_in("students", TEMPORARY)
    assert bring_in("students", TEMPORARY + PERMANENT.splitlines()[1] + "\n")["added"] == 1


def test_upns_and_groups_are_known_in_any_case(bring_in: Import):
    bring_in("students", STUDENTS)
    again = "UPN,Legal Surname,Legal Forename,Year,Reg\nz940209012341,Abbott,Amy,8,8H\nZ940209012342 ,Brook,Ben,8,8h\n"
    assert bring_in("students", again)["unchanged"] == 2
    assert bring_in("students", again.replace("42 ,", "44,"), "--dry-run")["added"] == 1
    assert {group.id for group in db.session.query(Group)} == {"8H", "8K"}


def test_whoever_is_not_in_the_file_is_named_and_stays(bring_in: Import):
    bring_in("students", STUDENTS)
    result = bring_in("students", WITHOUT_BEN)
    assert result["absent"] == [{"upn": "Z940209012342", "name": "Brook, Ben"}]
    assert db.session.query(Student).filter(Student.left.is_not(None)).all() == []
    left = bring_in("students", WITHOUT_BEN, "--left", "Z940209012342=27/02/2026")
    assert (left["changed"], "absent" in left) == (1, False)
    assert db.session.query(Student).filter_by(legal_forename="Ben").one().left == date(2026, 2, 27)


def test_the_command_line_says_who_is_missing_and_which_groups_are_new(app: Any, tmp_path: Path):
    file = tmp_path / "students.csv"
    for content, said in (
        (STUDENTS, "New groups: 8H, 8K."),
        (WITHOUT_BEN, "1 on roll is not in this file: Brook, Ben"),
    ):
        file.write_text(content)
        assert said in app.test_cli_runner().invoke(args=["import", "students", str(file)]).output


def test_a_leaver_who_is_admitted_again_keeps_both_times(bring_in: Import):
    lines = "UPN,Legal Surname,Legal Forename,Year,Reg,Date of Admission,Date of Leaving\nZ1,Cole,Cat,8,8K,"
    bring_in("students", lines + "01/09/2025,12/12/2025\n")
    assert bring_in("students", lines + "02/03/2026,\n")["changed"] == 1
    student = db.session.query(Student).one()
    times = [(spell.joined, spell.left) for spell in student.spells]
    assert (student.joined, student.left, times) == (date(2026, 3, 2), None, [(date(2025, 9, 1), date(2025, 12, 12))])
