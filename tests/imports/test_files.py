import io
from datetime import date, datetime, time, timedelta
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.imports.workbooks import workbook
from webapp.imports.files.archives import LARGEST_WORKBOOK
from webapp.imports.files.reading import read_file
from webapp.imports.files.rows import Row
from webapp.imports.problems import Problem

MEGABYTE = 1024 * 1024


def read_rows(content: bytes) -> tuple[list[Row], list[Problem]]:
    read = read_file(content)
    return read.rows, read.problems


def rows_of(content: bytes) -> list[list[str]]:
    rows, problems = read_rows(content)
    assert problems == []
    return [row.cells for row in rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_names_survive_the_encodings_schools_send(encoding: str):
    assert rows_of("Név,Zoë\nO’Brien,Šárka\n".encode(encoding, "ignore"))[1][0] == "O’Brien"
    assert rows_of("Forename\nZoë\n".encode(encoding)) == [["Forename"], ["Zoë"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_cells_are_told_apart_by_comma_semicolon_or_tab(delimiter: str):
    content = f'upn{delimiter}name\n007{delimiter}"Reid{delimiter} Jo"\n'.encode()
    assert rows_of(content) == [["upn", "name"], ["007", f"Reid{delimiter} Jo"]]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_keep_their_number_over_empty_ones_and_line_breaks_in_cells(ending: str):
    content = ending.join(["", "a,b", " , ", '1,"two', 'lines"', "3,4"]).encode()
    rows, problems = read_rows(content)
    assert problems == []
    assert [row.line for row in rows] == [2, 4, 6]
    assert rows[2] == Row(6, ["3", "4"])


def test_quotation_marks_inside_a_cell():
    assert rows_of(b'name\n"Anne ""Annie"" Reid"\nAnne "Annie" Reid\n') == [
        ["name"],
        ['Anne "Annie" Reid'],
        ['Anne "Annie" Reid'],
    ]


def test_quotation_mark_that_is_never_closed_is_reported_where_it_starts():
    rows, problems = read_rows(b'name\nJo\n"Reid\nKit\n')
    assert [row.cells for row in rows] == [["name"], ["Jo"]]
    assert [problem.line for problem in problems] == [3]


def test_line_with_stray_quotation_marks_does_not_hide_those_after_it():
    rows, problems = read_rows(b'name\n"Jo" Reid\nKit\n')
    assert [row.cells for row in rows] == [["name"], ["Kit"]]
    assert [problem.line for problem in problems] == [2]


def test_workbook_reads_like_the_sheet_looks():
    content = workbook(
        ["upn", "number", "start", "time", "year", "day and time"],
        ["00042", 42, date(2026, 3, 3), time(9, 5), 8.0, datetime(2026, 3, 3, 9, 5)],
        ["=1+1", 4.5, datetime(2026, 3, 3), timedelta(hours=9, minutes=5), True, "x"],
        B2="00000",
    )
    assert rows_of(content)[1:] == [
        ["00042", "00042", "2026-03-03", "09:05", "8", "2026-03-03 09:05"],
        ["", "4.5", "2026-03-03", "09:05", "True", "x"],
    ]


def test_empty_lines_of_a_workbook_count():
    rows, _ = read_rows(workbook(["a"], [None], ["1"]))
    assert rows == [Row(1, ["a"]), Row(3, ["1"])]


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 and then nothing of a workbook",
        workbook(["a"], ["1"])[:-200],
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old or locked workbook",
        b"caf\xe9 \x81\x8d",
    ],
)
def test_file_that_is_no_table_is_a_problem_and_not_an_error(content: bytes):
    rows, problems = read_rows(content)
    assert rows == []
    assert [problem.line for problem in problems] == [1]


def test_empty_file_has_no_rows():
    assert read_rows(b"") == ([], [])


def test_workbook_that_would_fill_the_memory_is_not_unpacked():
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as packed, packed.open("xl/worksheets/sheet1.xml", "w") as sheet:
        for _ in range(LARGEST_WORKBOOK // MEGABYTE + 1):
            sheet.write(bytes(MEGABYTE))
    rows, problems = read_rows(file.getvalue())
    assert rows == []
    assert [problem.expected for problem in problems] == ["a smaller workbook, with fewer sheets or lines"]
