"""What a row has is said once, as a type: tablets, the protocol's document and the schools made up here agree."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import cast, get_args, get_type_hints

import pytest

from tests.floor.made_up import MadeUp
from tests.floor.rows import make_tables
from webapp.domain.wire.tables import Tables
from webapp.sync.tables.replicated import REFUSALS, TABLES

COLUMNS = {table: get_type_hints(get_args(rows)[1]).keys() for table, rows in get_type_hints(Tables).items()}
PROTOCOL = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text()


def test_every_table_that_a_tablet_hears_has_its_type() -> None:
    assert {*TABLES, REFUSALS} == COLUMNS.keys()


def test_the_types_are_those_of_the_protocol() -> None:
    rows = PROTOCOL[PROTOCOL.index("\n## Rows\n") : PROTOCOL.index("\n## What always holds\n")]
    lines = re.findall(r"^\| `(\w+)` \| (.*) \|$", rows, re.MULTILINE)
    said = {table: set(re.findall(r"`(\w+)`", re.sub(r"\[.*?\]|\(.*?\)", "", columns))) for table, columns in lines}
    assert said == {table: set(columns) for table, columns in COLUMNS.items()}


@pytest.mark.parametrize("seed", range(5))
def test_made_up_schools_have_rows_of_these_types(seed: int) -> None:
    for table, rows in MadeUp(seed).tables.items():
        for row in rows.values():
            assert row.keys() == COLUMNS[table], table


def test_the_small_school_has_rows_of_these_types() -> None:
    for table, rows in make_tables().items():
        for row in cast(Mapping[str, Mapping[str, object]], rows).values():
            assert row.keys() == COLUMNS[table], table
