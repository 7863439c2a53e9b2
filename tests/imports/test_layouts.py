"""Files as school systems export them: where their column names stand, what stands around them, what is not read."""

import codecs
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.imports.workbooks import sheets, workbook
from webapp.imports import KINDS, Layout, Source, Table, read_content

HEADINGS = ["UPN", "Adm No", "Legal Surname", "Legal Forename", "Year", "Reg"]
LINES = [
    ["Z940209012345", "004711", "Okafor", "Chidiebere", "8", "8H"],
    ["Z940209012346", "004712", "Müller-O’Shea", "Zoë", "9", "9K"],
]
FOOTER = [["Total: 2"], ["Created on 03/09/2026 10:12 by A User"]]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"]


def students(content: bytes, layout: Layout | None = None, **chosen: str) -> Table:
    return read_content(KINDS["students"], content, Source(chosen=chosen, layout=layout or Layout()))


def csv(*lines: list[str], delimiter: str = ",", end: str = "\n") -> str:
    return "".join(delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in line) + end for line in lines)


def names(table: Table) -> list[tuple[str, str]]:
    assert table.problems == []
    return [(record["legal_surname"], record["legal_forename"]) for record in table.records]


def wrong(table: Table) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.column, problem.value) for problem in table.problems]


TITLES = st.lists(
    st.one_of(
        st.just([]),
        st.sampled_from(
            ["Green Abbey School", "Year 8, Year 9", "Effective date: 03/09/2026", "Students; on roll"]
        ).map(lambda title: [title]),
    ),
    max_size=19,
)


@settings(max_examples=60, deadline=None)
@given(
    TITLES,
    st.sampled_from(ENCODINGS),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
    st.lists(st.just([]), max_size=2),
    st.lists(st.sampled_from(FOOTER), max_size=3),
)
def test_titles_encodings_separators_and_footers_of_any_kind(titles, encoding, delimiter, end, says, gap, footer):
    ends = "\r" if encoding == "mac_roman" else "\n" if encoding == "cp1252" and end == "\r" else end
    first = f"sep={delimiter}{ends}" if says else ""
    lines = [*titles, HEADINGS, *LINES, *gap, *footer]
    text = first + csv(*lines, delimiter=delimiter, end=ends)
    table = students(text.encode(encoding), Layout(without_footer=True))
    assert names(table) == [("Okafor", "Chidiebere"), ("Müller-O’Shea", "Zoë")]
    assert table.heading == len(titles) + says + 1
    assert [record["admission"] for record in table.records] == ["004711", "004712"]
    told = " ".join(table.notes)
    assert all(line[0] in told for line in [*titles, *footer] if line)


@pytest.mark.parametrize("encoding", ["mac_roman", "cp1252"])
def test_text_of_one_byte_a_letter_is_read_as_names_make_sense(encoding: str):
    table = students(csv(HEADINGS, *LINES).encode(encoding))
    assert names(table)[1] == ("Müller-O’Shea", "Zoë") if encoding == "cp1252" else "Zoë" in names(table)[1]
    assert bool([note for note in table.notes if "Macintosh" in note]) == (encoding == "mac_roman")


def test_utf16_with_a_mark_and_odd_bytes_is_no_text():
    assert students(codecs.BOM_UTF16_LE + b"\x00\xd8x").problems


def test_a_footer_is_a_problem_until_somebody_leaves_it_out():
    content = csv(HEADINGS, *LINES, [], *FOOTER).encode()
    table = students(content)
    assert wrong(table) == [(5, "", "Total: 2"), (6, "", "Created on 03/09/2026 10:12 by A User")]
    assert all("--without-footer" in problem.expected for problem in table.problems)
    assert "Total: 2" in table.asides
    assert any("Total: 2" in note for note in students(content, Layout(without_footer=True)).notes)


@pytest.mark.parametrize(
    "line", [["A9", "", "Reid", "Jo", "8", ""], ["A9", "", "Reid", "", "", "8H"], ["", "", "Reid", "Jo", "8", "8H"]]
)
def test_a_student_with_gaps_is_no_footer(line: list[str]):
    table = students(csv(HEADINGS, line, *LINES).encode(), Layout(without_footer=True))
    assert {problem.line for problem in table.problems} == {2}
    assert not table.asides


def test_totals_between_lines_and_column_names_on_each_page():
    title = ["Green Abbey School"]
    content = csv(title, HEADINGS, LINES[0], ["Total 8H", "", "", "", "1"], title, HEADINGS, LINES[1]).encode()
    assert wrong(students(content)) == [(4, "", "Total 8H · 1")]
    table = students(content, Layout(without_footer=True))
    assert len(names(table)) == 2
    assert "Left out, as they repeat what stands above: lines 5, 6." in table.notes


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (["", "", "Legal", "Legal", "", ""], ["UPN", "Adm No", "Surname", "Forename", "Year", "Reg"]),
        (["UPN", "Admission", "Legal name", "", "Year", "Registration"], ["", "No", "Surname", "Forename", "", "Form"]),
        (["", "Admission", "Legal", "", "NC", "Reg"], ["UPN", "Number", "Surname", "First name", "Year", "Group"]),
    ],
)
def test_column_names_in_two_lines(upper: list[str], lower: list[str]):
    lines = [["List"], [*upper, "Preferred"], [*lower, "Forename"], *([*line, "Zo"] for line in LINES)]
    both = students(csv(*lines).encode())
    assert names(both) == [("Okafor", "Chidiebere"), ("Müller-O’Shea", "Zoë")]
    assert {record["preferred_forename"] for record in both.records} == {"Zo"}
    assert "The column names in lines 2 and 3 are read together." in both.notes


def test_people_say_which_line_holds_the_column_names():
    content = csv(HEADINGS, LINES[0], ["Key", "", "Surname", "Forename", "Year", "Reg"], LINES[1]).encode()
    assert students(content).heading == 1
    table = students(content, Layout(heading=3), upn="Key")
    assert (table.heading, names(table)) == (3, [("Müller-O’Shea", "Zoë")])
    assert "Z940209012345" in table.notes[0]
    assert wrong(students(content, Layout(heading=9))) == [(9, "", "")]


def test_the_first_sheet_with_column_names_that_fit_is_read_and_the_others_are_named():
    book = sheets(
        {"Notes": [["Read me"]], "Year 8": [["Students"], HEADINGS, LINES[0]], "Year 9": [HEADINGS, LINES[1]]},
        hidden={"Old": [HEADINGS, ["A1", "", "Old", "Ada", "8", "8H"]]},
    )
    table = students(book)
    assert names(table) == [("Okafor", "Chidiebere")]
    assert (table.sheet, table.sheets) == ("Year 8", ["Old", "Notes", "Year 8", "Year 9"])
    assert "The sheet “Year 8” was read. Not read: “Old” (hidden), “Notes”, “Year 9”." in table.notes
    assert any("same columns" in note and "“Year 9”" in note for note in table.notes)
    assert names(students(book, Layout(sheet=" year 9 "))) == [("Müller-O’Shea", "Zoë")]
    [problem] = students(book, Layout(sheet="Year 7")).problems
    assert "“Year 8”" in problem.expected
    assert students(csv(HEADINGS, *LINES).encode(), Layout(sheet="Year 8")).problems


def test_days_of_a_workbook_are_read_however_they_are_held():
    heads = [*HEADINGS, "Date of admission"]
    days = [date(2026, 9, 3), "03-Sep-2026", 46268, "46268"]
    lines = [[f"A{number}", "", "Reid", "Jo", 8, "8H", day] for number, day in enumerate(days)]
    table = students(workbook(["Students"], [], heads, *lines))
    assert table.problems == []
    assert {record["joined"] for record in table.records} == {date(2026, 9, 3)}


@pytest.mark.parametrize("heading", ["Student", "Name", "Pupil Name", "STUDENT NAME"])
def test_surname_and_forename_in_one_column_are_told_apart_by_the_comma_alone(heading: str):
    head, rest = ["UPN", heading, "Year", "Reg"], ["8", "8H"]
    good = csv(head, ["A1", "Okafor, Chidiebere", *rest], ["A2", "de la Cruz , Ana Maria", *rest]).encode()
    assert names(students(good)) == [("Okafor", "Chidiebere"), ("de la Cruz", "Ana Maria")]
    assert names(students(good, legal_surname=heading, legal_forename=heading))[0] == ("Okafor", "Chidiebere")
    bad = csv(head, *([f"A{n}", name, *rest] for n, name in enumerate(["Ana Cruz", "Smith, John, Jr", "Smith,", ""])))
    table = students(bad.encode())
    assert wrong(table)[:3] == [(2, heading, "Ana Cruz"), (3, heading, "Smith, John, Jr"), (4, heading, "Smith,")]
    assert "one comma" in table.problems[0].expected


def test_one_column_feeds_one_of_ours():
    [problem] = students(csv(HEADINGS, *LINES).encode(), year="Year", reg="Year").problems
    assert (problem.line, problem.column) == (1, "Year")
    table = students(csv([*HEADINGS, "Name"], *([*line, "X, Y"] for line in LINES)).encode())
    assert names(table)[0] == ("Okafor", "Chidiebere")


def test_columns_that_are_not_read_are_said():
    heads = [*HEADINGS, "UPN", "House", "Preferred Forname", "Score", "Surname", ""]
    table = students(csv(heads, *([*line, "A", "Oak", "Zo", "4", "X", "y"] for line in LINES)).encode())
    assert names(table)[0] == ("Okafor", "Chidiebere")
    assert table.notes == [
        "“UPN” is not read: its name stands here twice, and the first column of that name counts.",
        "“Preferred Forname” is not read: it looks like “Preferred Forename”, and can be picked for it.",
        "“Score” is not read: another kind of file has such a column.",
        "“Surname” is not read: “Legal Surname” is.",
        "Not read: “House”.",
        "Column 12 has no name and is not read.",
    ]


def test_blank_lines_between_others_are_said():
    assert students(csv(HEADINGS, LINES[0], [], [], LINES[1], []).encode()).notes == ["Nothing stands in lines 3, 4."]


def test_a_line_of_values_is_no_second_line_of_column_names():
    content = csv(["username", "surname", "forename", "role", "Notes"], ["mark", "Mark", "Form", "head", "Email"])
    table = read_content(KINDS["staff"], content.encode(), Source())
    assert [record["username"] for record in table.records] == ["mark"]
