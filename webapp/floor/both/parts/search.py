"""Students found by name on the screens that look for one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, TypedDict

from webapp.domain.text.finding import MOST, found, key_of
from webapp.domain.wire.school import StudentRow
from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.facts import group_name

LISTED: Final = 150
"""Students that a screen lists before anything is typed. Of more nobody reads through the list."""


class Find(TypedDict):
    """The field: the address it asks, what was typed into it, and how many are found, in words."""

    url: str
    typed: str
    words: str


def by_name(students: Iterable[StudentRow]) -> list[StudentRow]:
    return sorted(students, key=lambda row: (row["sort"], int(row["id"])))


def by_group(tables: Tables, students: Sequence[StudentRow], front: Collection[str]) -> dict[str, list[StudentRow]]:
    """The students of each group by name: those groups in `front` first, then by year and name."""
    years: dict[str, int] = {}
    for row in students:
        years[row["group"]] = min(row["year"], years.get(row["group"], row["year"]))
    groups = sorted(years, key=lambda key: (key not in front, years[key], group_name(tables, key), key))
    return {key: by_name([row for row in students if row["group"] == key]) for key in groups}


def find(url: str, params: Mapping[str, str], students: Sequence[StudentRow]) -> tuple[Find, list[StudentRow] | None]:
    """The field, and those of the students who are meant, the likeliest first; None: all of them, since nothing was
    typed and they are few enough to be listed."""
    typed = params.get("name", "")
    if not typed.strip(" "):
        few = len(students) <= LISTED
        return {"url": url, "typed": typed, "words": "" if few else "Type any part of the name."}, None if few else []
    rows = {row["id"]: row for row in by_name(students)}
    names = found(typed, {key: key_of([row["name"]]) for key, row in rows.items()})
    return {"url": url, "typed": typed, "words": found_words(len(names))}, [rows[name] for name in names[:MOST]]


def found_words(count: int) -> str:
    if not count:
        return "Nobody of this name is at school today."
    return (
        "1 student" if count == 1 else f"{count} students" if count <= MOST else f"{count} students, the first {MOST}"
    )
