"""What a file that is brought in may hold. Generous for a school, and little for a computer."""

MOST_LINES = 100_000  # of any file; each kind of import has its own limit below it
LAST_LINE = 1_048_576  # that Excel has, empty ones included
LOOKED_AT = 20  # lines at the beginning in which the column names are looked for
MOST_COLUMNS = 200
MOST_CELLS = 2_000_000
MOST_LETTERS = 16_000_000  # in all cells of a workbook together
KEPT = 1001  # letters of a cell; every column allows fewer, so what is longer is still seen to be
LONGEST_HEADING = 100  # letters
MOST_PROBLEMS = 1000  # after that nobody reads on


class Unfit(Exception):  # noqa: N818  # the file's fault, said in words
    """Reading has stopped, and with it the file is refused: what was expected instead, and in which line."""

    def __init__(self, expected: str, line: int = 1) -> None:
        super().__init__(expected)
        self.expected, self.line = expected, line


FEWER_COLUMNS = f"at most {MOST_COLUMNS} columns"
FEWER_LINES = f"at most {MOST_LINES:,} lines; bring the rest in a file of its own"
