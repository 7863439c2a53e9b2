"""What the preview asks of how a file is laid out."""

import re

import pytest

from tests.imports.workbooks import sheets
from tests.office.conftest import Person, Sign
from tests.office.upkeep.test_imports import preview, rows_of, students, upload

HEADINGS = "UPN,Surname,Forename,Year,Reg\n"
TITLED = "Green Abbey School\n\n" + HEADINGS + "A1,Okafor,Zoë,8,8B\n\nTotal: 1\n"


@pytest.fixture
def office(sign_in: Sign) -> Person:
    return sign_in("office")


def test_titles_are_named_and_a_footer_goes_when_somebody_ticks_it(office: Person):
    where, page = preview(office, "students", TITLED)
    assert page.status_code == 422
    assert "The column names stand in line 3. Above them, and not read: line 1 “Green Abbey School”." in page.text
    assert "line 6 “Total: 1”" in page.text
    assert 'id="heading-line" name="heading-line" type="number" value="3"' in page.text
    office.post(f"{where}/layout", **{"heading-line": "3", "without-footer": "on"})
    page = office.get(where)
    assert page.status_code == 200
    assert "Left out, as a footer or totals: line 6 “Total: 1”." in page.text
    assert office.post(f"{where}/import").status_code == 303
    assert students()["A1"] == "Zoë Okafor"


def test_another_line_is_said_to_hold_the_column_names(office: Person):
    below = HEADINGS.replace("UPN", "Key") + "A1,Okafor,Zoë,8,8B\n"
    where, _ = preview(office, "students", HEADINGS + "A0,Old,Ada,8,8B\n" + below)
    assert office.post(f"{where}/layout", **{"heading-line": "x"}).status_code == 422
    office.post(f"{where}/layout", **{"heading-line": "3"})
    page = office.get(where)
    assert "a column named “UPN”" in page.text
    picked = {"upn": "Key", "legal_surname": "Surname", "legal_forename": "Forename", "year": "Year", "reg": "Reg"}
    office.post(f"{where}/columns", **picked)
    assert "1 line: 1 new" in office.get(where).text


def test_the_sheet_of_a_workbook_is_chosen(office: Person):
    heads = HEADINGS.strip().split(",")
    first, second = ["A1", "Okafor", "Zoë", 8, "8B"], ["A2", "Reid", "Jo", 9, "9H"]
    book = sheets({"Year 8": [["List"], heads, first], "Year 9": [heads, second]}, {})
    where = upload(office, "students", book, "all.xlsx").location
    page = office.get(where).text
    assert "“Year 9”" in page
    assert re.search(r'<option value="Year 8" selected>', page)
    office.post(f"{where}/layout", **{"heading-line": "2", "sheet": "Year 9"})
    page = office.get(where).text
    assert re.search(r'<option value="Year 9" selected>', page)
    assert ["A2", "Reid", "Jo", "9", "9H"] in rows_of(page)
    assert ["A1", "Okafor", "Zoë", "8", "8B"] not in rows_of(page)
