"""The lines below the column names: those that can be read, those that cannot, and those that are none of the table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from webapp.imports.files.footers import footer_problem, is_aside
from webapp.imports.files.headers import PAIRS
from webapp.imports.files.limits import MOST_PROBLEMS
from webapp.imports.files.rows import Row
from webapp.imports.problems import Problem
from webapp.imports.table import SHOWN, Column, Record

A_WHOLE_NAME = "“Surname, Forename”, with one comma: which name is which is not guessed"


@dataclass(slots=True)
class Lines:
    """The readable lines, what is wrong with others, lines that say again what stands above (`repeats`), and those that
    look like a footer or totals (`asides`)."""

    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    repeats: list[Row] = field(default_factory=list)
    asides: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class Reader:
    """Reads the lines of one file, whose columns stand in certain places."""

    width: int
    places: Mapping[Column, int]
    headings: Mapping[str, str]
    _halves: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        places = {column.key: place for column, place in self.places.items()}
        whole = [pair for pair in PAIRS if set(pair) <= places.keys() and places[pair[0]] == places[pair[1]]]
        self._halves = {key: half for pair in whole for half, key in enumerate(pair)}

    def lines(self, rows: Iterable[Row], above: Sequence[Row], without_footer: bool) -> Lines:
        """Read lines until there are more problems than anybody reads; `above` are those down to the column names."""
        lines, said, unread, count = Lines(), {tuple(row.cells) for row in above}, [], 0
        for row in rows:
            if tuple(row.cells) in said:
                lines.repeats.append(row)
                continue
            record, problems = self._read(row)
            if problems:
                unread.append((record, row, problems))
                count += len(problems)
            else:
                lines.records.append(record)
            if count > MOST_PROBLEMS:
                break
        last = lines.records[-1].line if lines.records else 0
        for record, row, problems in unread:
            if is_aside(row, self._needed(record), row.line > last):
                lines.asides.append(row)
                problems = [] if without_footer else [footer_problem(row)]
            lines.problems += problems
        return lines

    def _needed(self, record: Record) -> list[str]:
        """The cells that every line needs."""
        return [record.texts[column.key] for column in self.places if not column.optional and not column.blank]

    def _read(self, row: Row) -> tuple[Record, list[Problem]]:
        cells = row.cells + [""] * (self.width - len(row.cells))
        record = Record(row.line, {}, {}, self.headings)
        problems = []
        for column, place in self.places.items():
            text = self._text(column.key, cells[place])
            value = column.value_of(text) if text is not None else None
            record.texts[column.key], record.values[column.key] = cells[place] if text is None else text, value
            if text is None:
                problems += [] if self._halves[column.key] else [record.problem(column.key, A_WHOLE_NAME)]
            elif not column.fits(text, value):
                problems.append(record.problem(column.key, column.wanted(text)))
        return record, [*problems, *self._surplus(row)]

    def _text(self, key: str, cell: str) -> str | None:
        """What a cell says to a column: all of it, or one half of a whole name; None if that has no two halves."""
        if key not in self._halves or not cell:
            return cell
        halves = [half.strip() for half in cell.split(",")]
        return halves[self._halves[key]] if len(halves) == 2 and all(halves) else None

    def _surplus(self, row: Row) -> list[Problem]:
        """What is wrong with a line that holds something beside all columns."""
        surplus = next(filter(None, row.cells[self.width :]), None)
        expected = f"{self.width} cells, with quotation marks around a comma inside one"
        return [Problem(row.line, "", surplus[:SHOWN], expected)] if surplus else []
