from datetime import date

from tests.imports.conftest import STUDENTS, Import
from tests.imports.workbooks import workbook
from webapp.models import Group, Student, db
from webapp.sync.log.revisions import head


def student(upn: str) -> Student:
    return db.session.query(Student).filter_by(upn=upn).one()


def test_students_and_groups_come_from_a_file_as_school_systems_write_it(bring_in: Import):
    content = (
        "House;UPN;Adm No;Legal Surname;Legal Forename;Preferred Surname;Preferred Forename;Year Group;"
        "Registration Form;Date of admission;Date of leaving\r\n"
        'Oak;0012345678901;000042;Müller-O’Shea;"Anaïs; Zoë";;Zoë;Year 10;10C;01/09/2022;\r\n'
    )
    assert bring_in("students", content.encode("cp1252"))["added"] == 1
    one = student("0012345678901")
    assert one.admission == "000042"
    assert (one.legal_surname, one.legal_forename) == ("Müller-O’Shea", "Anaïs; Zoë")
    assert one.name == "Zoë Müller-O’Shea"
    assert (one.year, one.group_id, one.joined, one.left) == (10, "10C", date(2022, 9, 1), None)
    group = db.session.get_one(Group, "10C")
    assert (group.name, group.key_stage) == ("10C", 4)


def test_zeros_and_dates_survive_a_workbook(bring_in: Import):
    content = workbook(
        ["UPN", "Surname", "Forename", "Year", "Reg", "Adm No", "Admission Date"],
        ["0012", "Reid", "Jo", 8, "8B", 42, date(2022, 9, 1)],
        F2="000000",
    )
    assert bring_in("students", content)["added"] == 1
    assert (student("0012").admission, student("0012").joined) == ("000042", date(2022, 9, 1))


def test_importing_again_changes_nothing(school: Import):
    before = head()
    assert school("students", STUDENTS)["unchanged"] == 3
    assert head() == before


def test_only_what_differs_reaches_the_tablets(school: Import):
    before = head()
    assert school("students", STUDENTS.replace("Inaya", "Inaaya"))["changed"] == 1
    assert student("A2").legal_forename == "Inaaya"
    assert (student("A2").rev, head()) == (before + 1, before + 1)


def test_missing_column_leaves_what_is_there_and_a_blank_cell_clears_it(school: Import):
    headings = "UPN,Surname,Forename,Year,Reg,Preferred Forename\n"
    school("students", headings + "A1,Okafor,Zoë,8,8B,Zo\n")
    school("students", STUDENTS)
    assert student("A1").preferred_forename == "Zo"
    school("students", headings + "A1,Okafor,Zoë,8,8B,\n")
    assert student("A1").preferred_forename is None


def test_students_missing_from_a_file_stay(school: Import):
    school("students", "UPN,Surname,Forename,Year,Reg\nA4,Reid,Jo,8,8B\n")
    assert db.session.query(Student).count() == 4


def test_names_are_kept_whatever_they_look_like(bring_in: Import):
    names = ["<b>Bo</b>", "=HYPERLINK(1)", "x" * 100, "\u202eoJ", "👩‍🏫", "[red]Jo[/red]", "'; DROP TABLE student"]
    lines = [f"N{number},Reid,{name},8,8B\n" for number, name in enumerate(names)]
    assert bring_in("students", "UPN,Surname,Forename,Year,Reg\n" + "".join(lines))["exit"] == 0
    assert [student(f"N{number}").legal_forename for number in range(len(names))] == names


def test_every_wrong_line_is_named(bring_in: Import):
    result = bring_in(
        "students",
        "UPN,Surname,Forename,Year,Reg,Leaving Date,Admission Date\n"
        "A 1,Reid,Jo,8,8B,,\n"
        ",Reid,Jo,8,8B,,\n"
        "A3,Reid,Jo,Eight,8B,,\n"
        "A4,Reid,Jo,8,8B,2026-13-01,\n"
        "A5,Reid,Jo,8,8B,01/09/2025,02/09/2025\n"
        "A6,Reid,,8,,,\n"
        "A7,Reid,Jo,8,8B,,\n"
        "A7,Reid,Jo,8,8B,,\n",
    )
    assert [tuple(problem.values())[:3] for problem in result["problems"]] == [
        (2, "UPN", "A 1"),
        (3, "UPN", ""),
        (4, "Year", "Eight"),
        (5, "Leaving Date", "2026-13-01"),
        (6, "Leaving Date", "01/09/2025"),
        (7, "Forename", ""),
        (7, "Reg", ""),
        (9, "UPN", "A7"),
    ]
    assert result["problems"][-1]["expected"] == "each UPN once; line 8 has it already"
    assert (db.session.query(Student).count(), db.session.query(Group).count()) == (0, 0)
