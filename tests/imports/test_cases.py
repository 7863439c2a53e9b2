"""Files that schools sent, small; all people are invented."""

from datetime import date
from pathlib import Path

from tests.imports.conftest import Import
from tests.imports.test_students import student
from webapp.models import Student, db

CASES = Path(__file__).parent / "cases"


def case(name: str) -> bytes:
    return (CASES / name).read_bytes()


def test_titles_above_and_a_footer_below(bring_in: Import):
    result = bring_in("students", case("sims-title-rows.csv"))
    assert [(problem["line"], problem["value"]) for problem in result["problems"]] == [
        (9, "Total: 2"),
        (10, "Created on 03/09/2026 10:12 by A User"),
    ]
    result = bring_in("students", case("sims-title-rows.csv"), "--without-footer")
    assert result["added"] == 2
    assert "The column names stand in line 5." in result["notes"][0]
    assert student("Z940209012345").admission == "004711"


def test_a_workbook_with_merged_titles(bring_in: Import):
    [problem] = bring_in("students", case("sims-xlsx-title.xlsx"))["problems"]
    assert (problem["line"], problem["value"]) == (7, "Total · 1")
    assert bring_in("students", case("sims-xlsx-title.xlsx"), "--without-footer")["added"] == 1
    assert student("Z940209012345").joined == date(2026, 9, 3)


def test_names_in_one_column(bring_in: Import):
    assert bring_in("students", case("arbor-name.csv"))["added"] == 2
    okafor, baker = student("Z940209012345"), student("Z940209012346")
    assert (okafor.name, baker.name) == ("Chidiebere Okafor", "Ann Baker")
    assert (okafor.born, baker.born) == (date(2013, 9, 3), date(2014, 1, 12))


def test_days_as_schools_write_them(bring_in: Import):
    [problem] = bring_in("students", case("dates.csv"))["problems"]
    assert (problem["line"], problem["column"], problem["value"]) == (12, "Date of admission", "9/13/2026")
    good = b"".join(case("dates.csv").splitlines(keepends=True)[:-1])
    assert bring_in("students", good)["added"] == 10
    assert set(db.session.query(Student.joined).distinct()) == {(date(2026, 9, 3),)}


def test_upns_and_groups_in_any_case(bring_in: Import):
    head = "UPN,Adm No,Legal Surname,Legal Forename,Year,Reg\n"
    bring_in("students", head + "Z940209012341,1,Abbott,Amy,8,8H\nZ940209012342,2,Brook,Ben,8,8H\n")
    result = bring_in("students", case("case-upn.csv"))
    assert (result["unchanged"], result["problems"]) == (2, [])
    assert student("Z940209012342").group_id == "8H"


def test_a_date_of_birth_lies_in_the_past(bring_in: Import):
    heading = "UPN,Surname,Forename,Year,Reg,Date of birth\n"
    [problem] = bring_in("students", f"{heading}A1,Reid,Jo,8,8H,03/09/60\n")["problems"]
    assert problem["column"] == "Date of birth"
    assert bring_in("students", f"{heading}A1,Reid,Jo,8,8H,03/09/13\n")["added"] == 1
    assert student("A1").born == date(2013, 9, 3)


def test_year_groups_before_year_1_come_in_as_well(bring_in: Import):
    lines = [f"A{number},Reid,Jo,{said},8H\n" for number, said in enumerate(("N1", "N2", "R", "Curriculum Year 1"))]
    assert bring_in("students", "UPN,Surname,Forename,Year,Reg\n" + "".join(lines))["added"] == 4
    assert [student(f"A{number}").year for number in range(4)] == [-2, -1, 0, 1]
