"""Which sheet of a workbook is read: the one that somebody names, else the first with column names that fit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from webapp.domain.text.text import clean
from webapp.imports.files.limits import Unfit
from webapp.imports.files.rows import Fit, Fitness, Row

MOST_SHEETS: Final = 50  # that are looked into
LONGEST_TITLE: Final = 60  # letters of a sheet's name that are shown; Excel takes 31

NONE: Final = Fitness(False, 0, 0)


@dataclass(frozen=True, slots=True)
class Tab:
    """A sheet's name, where it lies within the file, and whether Excel shows it."""

    name: str
    place: str
    is_hidden: bool

    @property
    def words(self) -> str:
        name = f"“{clean(self.name)[:LONGEST_TITLE]}”"
        return f"{name} (hidden)" if self.is_hidden else name


class NoSheet(Unfit):
    """There is no sheet of the name that somebody gave."""

    def __init__(self, tabs: Sequence[Tab]) -> None:
        names = ", ".join(tab.words for tab in tabs[:MOST_SHEETS])
        super().__init__(f"the name of a sheet of this workbook: {names}")


def choose(tabs: Sequence[Tab], wanted: str, fit: Fit, peek: Callable[[Tab], Sequence[Row]]) -> tuple[Tab, list[str]]:
    """The sheet to read, and what people should know of the others. `peek` gives the first rows of one."""
    if len(tabs) == 1 and not wanted:
        return tabs[0], []
    fits = _fits(tabs, fit, peek)
    chosen = _named(tabs, wanted) if wanted else _first(tabs, fits)
    return chosen, _notes(chosen, tabs, fits)


def _fits(tabs: Sequence[Tab], fit: Fit, peek: Callable[[Tab], Sequence[Row]]) -> dict[Tab, Fitness]:
    """How well each sheet fits; one that cannot be read does not. Parts that lie in one place are looked at once."""
    places: dict[str, Fitness] = {}
    for tab in tabs[:MOST_SHEETS]:
        if tab.place not in places:
            try:
                places[tab.place] = fit(peek(tab))
            except Unfit:
                places[tab.place] = NONE
    return {tab: places.get(tab.place, NONE) for tab in tabs}


def _named(tabs: Sequence[Tab], wanted: str) -> Tab:
    plain = clean(wanted).casefold()
    found = next((tab for tab in tabs if clean(tab.name).casefold() == plain), None)
    if found is None:
        raise NoSheet(tabs)
    return found


def _first(tabs: Sequence[Tab], fits: dict[Tab, Fitness]) -> Tab:
    shown = [tab for tab in tabs if not tab.is_hidden] or tabs
    complete = next((tab for tab in shown if fits[tab].is_complete), None)
    return complete or max(shown, key=lambda tab: fits[tab])


def _notes(chosen: Tab, tabs: Sequence[Tab], fits: dict[Tab, Fitness]) -> list[str]:
    others = [tab for tab in tabs if tab is not chosen]
    fitting = [tab for tab in others if fits[tab].is_complete]
    notes = [f"The sheet {chosen.words} was read. Not read: {_list(others)}."] if others else []
    if fitting:
        notes.append(f"These sheets have the same columns, and are brought in one by one: {_list(fitting)}.")
    return notes


def _list(tabs: Sequence[Tab]) -> str:
    more = f" and {len(tabs) - MOST_SHEETS} more" if len(tabs) > MOST_SHEETS else ""
    return ", ".join(tab.words for tab in tabs[:MOST_SHEETS]) + more
