"""Where in the worker's script each of Python's statements is, so that a trace of a tablet names the Python line.

What is compiled from Python has a note before each statement, a comment with its file and line. A minifier drops
comments, so each note becomes a call that it keeps; that is taken out again, and where it stood is known.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field

NOTE = re.compile(r"/\*@(?P<place>[^*]*)\*/ ?")
_CALL = r"\$at\(([\de]+)\)"
CALL = re.compile(rf"(?<=[{{}};]){_CALL};|{_CALL},|,?{_CALL}")
"""A call as the minifier leaves it: a statement after another, the begin of a sequence, or its end or all of it."""

TRACE = re.compile(r"\((?P<frames>\d+:\d+(?: \d+:\d+)*)\)$")
"""What a tablet adds to a fault: lines and columns of its script, from where it failed outwards."""


@dataclass(frozen=True)
class Positions:
    """`starts`: (line, column), both from 0, in UTF-16 code units, rising; `places` is "file:line" from there on, or ""
    where no Python is."""

    starts: list[tuple[int, int]] = field(default_factory=list)
    places: list[str] = field(default_factory=list)

    def place(self, line: int, column: int) -> str:
        found = bisect_right(self.starts, (line, column))
        return self.places[found - 1] if found else ""

    def in_words(self, fault: str) -> str:
        """A fault that ends with a trace, with the innermost line of Python instead, if there is one."""
        trace = TRACE.search(fault)
        if not trace:
            return fault
        frames = (map(int, frame.split(":")) for frame in trace["frames"].split())
        places = (self.place(line - 1, column - 1) for line, column in frames)  # browsers count from 1
        place = next(filter(None, places), trace["frames"])
        return f"{fault[: trace.start()]}({place})"


def note(path: str, line: int) -> str:
    """What stands before a statement that is compiled from this line."""
    return f"/*@{path}:{line}*/ "


END = "/*@*/\n"
"""What stands after all that is compiled."""


def with_positions(script: str, shorten: Callable[[str], str]) -> tuple[str, Positions]:
    """The script after `shorten`, and where in it the statements are whose notes it had."""
    places: list[str] = []

    def call(found: re.Match[str]) -> str:
        places.append(found["place"])
        return f"$at({len(places) - 1});"

    text = shorten(NOTE.sub(call, script))
    positions, parts, end, line, column = Positions(), [], 0, 0, 0
    for found in CALL.finditer(text):
        parts.append(text[end : found.start()])
        line, column = _after(parts[-1], line, column)
        positions.starts.append((line, column))
        positions.places.append(places[int(float(found[1] or found[2] or found[3]))])
        end = found.end()
    return "".join(parts) + text[end:], positions


def _after(part: str, line: int, column: int) -> tuple[int, int]:
    """Where one is after a part that begins at this place."""
    before, is_further, last = part.rpartition("\n")
    width = len(last.encode("utf-16-le")) // 2
    return (line + before.count("\n") + 1, width) if is_further else (line, column + width)
