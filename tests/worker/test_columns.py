"""The worker reads a pull in columns as the rows it was made of."""

from typing import Any

import pytest
from hypothesis import given, settings

from tests.sync.pulled import Row, pulled_rows
from tests.worker.modules import Modules
from webapp.sync.protocol.columns import runs_of


@pytest.fixture
def read(modules: Modules) -> Any:
    """What the worker makes of a pull's answer."""
    return lambda answer: modules.run("return worker.pulledRows(given)", answer)


def test_runs_become_the_rows_they_were_made_of(read: Any) -> None:
    @given(pulled_rows())
    @settings(deadline=None)
    def agree(rows: list[Row]) -> None:
        assert read({"runs": runs_of(rows)}) == rows

    agree()


def test_a_school_that_knows_of_no_columns_is_understood(read: Any) -> None:
    rows = [{"table": "scores", "id": "1.1", "rev": 4520, "data": None}]
    assert read({"rows": rows}) == rows
