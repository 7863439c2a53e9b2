"""Rows put shortly. Those of one table have the same keys, and saying these once more than halves a first pull."""

from itertools import groupby
from typing import Any

from webapp.sync.tables.replication import WireRow

Run = dict[str, Any]


def runs_of(rows: list[WireRow]) -> list[Run]:
    """The same rows in the same order, in as few runs {table, names, id, rev, columns} as can be (docs/protocol.md,
    "In columns"). A row's data has its `id` too, unless it is gone."""
    return [_run(table, list(run)) for (table, _), run in groupby(rows, key=_kind)]


def _kind(row: WireRow) -> tuple[str, Any]:
    return row["table"], None if row["data"] is None else row["data"].keys()


def _run(table: str, rows: list[WireRow]) -> Run:
    run: Run = {"table": table, "names": None, "id": [row["id"] for row in rows], "rev": [row["rev"] for row in rows]}
    if rows[0]["data"] is None:
        return run
    names = [name for name in rows[0]["data"] if name != "id"]
    return run | {"names": names, "columns": [[row["data"][name] for row in rows] for name in names]}
