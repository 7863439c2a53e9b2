"""Files that are made to fill the memory are refused in words, within a fixed amount of it."""

import json
import subprocess
import sys

import pytest

from tests.imports.bombs import BOMBS, packed, sheet
from webapp.imports import KINDS, Source, read_content
from webapp.imports.files.headers import names_of
from webapp.imports.files.reading import read_file

GIGABYTE = 1024**3

READING = f"""
import json, resource, sys
from pathlib import Path
from webapp.imports import KINDS, Source, read_content
resource.setrlimit(resource.RLIMIT_AS, ({GIGABYTE}, {GIGABYTE}))
resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
told = {{}}
for file in sorted(Path(sys.argv[1]).iterdir()):
    table = read_content(KINDS["students"], file.read_bytes(), Source())
    told[file.name] = [len(table.problems), *(problem.expected for problem in table.problems[:1])]
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[object]]:
    """What a process with a gigabyte says of each, one after the other: how much is wrong, and what was expected."""
    folder = tmp_path_factory.mktemp("bombs")
    for name, make in BOMBS.items():
        (folder / name).write_bytes(make())
    done = subprocess.run([sys.executable, "-c", READING, str(folder)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", BOMBS)
def test_a_file_made_to_fill_the_memory_is_refused_in_words(told: dict[str, list[object]], name: str):
    count, *expected = told[name]
    assert 0 < int(str(count)) <= 1100
    assert expected[0]


def test_empty_cells_far_away_are_no_cells():
    far = sheet('<row r="1"><c r="A1"><v>7</v></c><c r="XFD1"/></row><row r="1048576"><c r="XFD1048576" s="3"/></row>')
    assert [row.cells for row in read_file(packed(sheet=far)).rows] == [["7"]]


def test_only_what_formulas_came_to_is_read_and_nothing_outside_of_the_file():
    cells = '<row><c><f>HYPERLINK("http://x")</f></c><c t="str"><f>1+1</f><v>two</v></c><c t="e"><v>#N/A</v></c></row>'
    assert [row.cells for row in read_file(packed(sheet=sheet(cells))).rows] == [["", "two", "#N/A"]]


def test_text_in_pieces_is_one_and_readings_above_it_are_none_of_it():
    strings = "<sst><si><r><t>Zo</t></r><r><t>ë </t></r><rPh><t>zoh</t></rPh></si></sst>"
    rows = read_file(packed(strings=strings, sheet=sheet('<row><c t="s"><v>0</v></c></row>'))).rows
    assert [row.cells for row in rows] == [["Zoë"]]


HEADINGS = {kind: [column.key for column in KINDS[kind].COLUMNS] for kind in KINDS}


@pytest.mark.parametrize(("kind", "key"), [(kind, key) for kind, keys in HEADINGS.items() for key in keys])
def test_every_column_has_a_length_and_says_so_before_the_cell_is_read(kind: str, key: str):
    [column] = [column for column in KINDS[kind].COLUMNS if column.key == key]
    long = "e" + "\u0301" * column.longest
    heading = names_of(key)[0]
    chosen = {other: other for other in HEADINGS[kind]} | {key: heading}
    lines = ",".join(chosen.values()) + "\n" + ",".join("x" if other != key else long for other in chosen) + "\n"
    problems = read_content(KINDS[kind], lines.encode(), Source(chosen=chosen)).problems
    [found] = [problem for problem in problems if problem.column == heading]
    assert found.expected.endswith(f"in at most {column.longest} letters")
    assert len(found.value) <= 81


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_as_many_lines_as_a_school_can_have(kind: str):
    lines = [",".join(HEADINGS[kind]), *(["x" + ",x" * (len(HEADINGS[kind]) - 1)] * (KINDS[kind].MOST + 1))]
    chosen = {key: key for key in HEADINGS[kind]}
    table = read_content(KINDS[kind], "\n".join(lines).encode(), Source(chosen=chosen))
    assert [problem.line for problem in table.problems] == [KINDS[kind].MOST + 2]
    assert f"{KINDS[kind].MOST:,} lines" in table.problems[0].expected
