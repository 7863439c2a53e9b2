"""Files for spreadsheets: nothing in them runs, and nothing stops them from opening."""

import csv
import io
import zipfile

import pytest
from openpyxl import load_workbook

from tests.hostile import hostile_strings
from webapp.office.parts.sheets import FORMULA_STARTS, csv_file, harmless, xlsx_file


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_a_text_that_could_be_a_formula_is_led_by_an_apostrophe(start: str):
    assert harmless(f"{start}1+1") == f"'{start}1+1"
    assert harmless(f"1{start}1") == f"1{start}1"


def test_every_start_of_a_formula_is_known():
    assert set(FORMULA_STARTS) == {"=", "+", "-", "@", "\t", "\r"}


def test_numbers_stay_numbers():
    assert csv_file([[-5, "-5"]]).decode("utf-8-sig") == "-5,'-5\r\n"


def test_any_text_can_be_written_and_read_again_and_none_is_a_formula():
    lines = [[text] for text in hostile_strings()]
    read = list(csv.reader(io.StringIO(csv_file(lines).decode("utf-8-sig"), newline="")))
    assert len(read) == len(lines)
    sheet = load_workbook(io.BytesIO(xlsx_file(lines))).worksheets[0]
    cells = [cell for (cell,) in sheet.iter_rows(min_col=1, max_col=1)]
    assert len(cells) == len(lines)
    assert "f" not in {cell.data_type for cell in cells}
    assert not [line[0] for line in read if line and line[0].startswith(FORMULA_STARTS)]
    assert not [cell.value for cell in cells if isinstance(cell.value, str) and cell.value.startswith(FORMULA_STARTS)]


def test_a_workbook_does_not_say_when_it_was_written():
    """So what says the same is the same file, whenever it is asked for."""
    with zipfile.ZipFile(io.BytesIO(xlsx_file([["Marks", 4]]))) as book:
        assert {entry.date_time for entry in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"<dcterms:" not in book.read("docProps/core.xml")
