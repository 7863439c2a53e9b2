"""Any rows a pull could bring, and how a client reads the short form of them."""

from itertools import accumulate
from typing import Any

from hypothesis import strategies as st

Row = dict[str, Any]

VALUES: tuple[Any, ...] = (
    None,
    False,
    True,
    0,
    -1,
    "",
    "null",
    "é\u202e\0😀",
    [],
    [None],
    [["b.baptiste", 1]],
    {"id": "x"},
    {},
)
NAMES = ("name", "mark", "rev", "table", "names", "0", "constructor")


def pulled_rows() -> st.SearchStrategy[list[Row]]:
    """Few tables and few keys, so that like follows like; some rows are gone."""
    data = st.none() | st.dictionaries(st.sampled_from(NAMES[:2]) | st.sampled_from(NAMES), st.sampled_from(VALUES))
    row = st.tuples(st.sampled_from(["scores", "levels"]), st.integers(1, 9), data)
    return st.lists(row, max_size=12).map(_numbered)


def _numbered(rows: list[tuple[str, int, Row | None]]) -> list[Row]:
    revs = accumulate(step for _, step, _ in rows)
    return [
        {"table": table, "id": f"{rev}.1", "rev": rev, "data": None if data is None else {"id": f"{rev}.1"} | data}
        for (table, _, data), rev in zip(rows, revs, strict=True)
    ]


def rows_of(runs: list[dict[str, Any]]) -> list[Row]:
    """The rows in these runs."""
    return [row for run in runs for row in _rows_of(run)]


def _rows_of(run: dict[str, Any]) -> list[Row]:
    heads = [{"table": run["table"], "id": id, "rev": rev} for id, rev in zip(run["id"], run["rev"], strict=True)]
    if run["names"] is None:
        return [head | {"data": None} for head in heads]
    columns = {"id": run["id"]} | dict(zip(run["names"], run["columns"], strict=True))
    return [head | {"data": {name: column[i] for name, column in columns.items()}} for i, head in enumerate(heads)]
