"""How long the school keeps what: one rule for each kind of record."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from webapp.domain.retention import AGE, DAYS, YEARS, Term
from webapp.policies.table import Table

REWARDS: Final = "rewards"
STUDENT: Final = "student"

OF_STUDENTS: Final = ("marks", REWARDS, "limits", "contacts", "attendance", STUDENT)
"""What ages from the day a student leaves. The name comes last: it goes once the time of all of them is over."""

SINCE: Final[Mapping[str, str]] = {
    **dict.fromkeys(OF_STUDENTS, "the student leaves"),
    "staff": "the person leaves",
    "calls": "the call",
    "settled": "somebody settled it",
    "tablets": "the tablet was taken out of use",
    "sign-ins": "it was last used",
    "imports": "the import",
    "audit": "it was written",
}
"""The kinds of records there are, in the order of their rules, and from when their time counts."""

LONGEST: Final = 100


@dataclass(frozen=True, slots=True)
class KeepRule:
    """One kind of record: what it is called and holds, how long it is kept, and why."""

    key: str
    name: str
    holds: str
    term: Term
    why: str

    @property
    def kept(self) -> str:
        return self.term.words(SINCE[self.key])


def read_kept(tables: list[tuple[Table, str]]) -> tuple[KeepRule, ...]:
    """A rule of each table that stands for a kind."""
    return tuple(_rule(table, key) for table, key in tables)


def _rule(table: Table, key: str) -> KeepRule:
    units = (YEARS, AGE) if key in OF_STUDENTS else (YEARS, DAYS)
    return KeepRule(
        key=table.exactly("key", key),
        name=table.text("name"),
        holds=table.text("holds"),
        term=_term(table, units),
        why=table.text("why"),
    )


def _term(table: Table, units: tuple[str, ...]) -> Term:
    unit = table.one_of("unit", units)
    return Term(table.whole("keep", 19 if unit == AGE else 1, 9_999 if unit == DAYS else LONGEST), unit)
