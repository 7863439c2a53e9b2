"""XML of strangers, read as a stream: what it costs does not depend on how large, wide or deep it is."""

from collections.abc import Callable, Mapping
from typing import IO
from xml.parsers.expat import ExpatError, ParserCreate

from webapp.imports.files.limits import Unfit

CHUNK = 64 * 1024  # bytes
LONGEST_TAG = 1024 * 1024  # bytes; the parser holds all of one
DEEPEST = 40  # elements within each other; the parser remembers all of them

DAMAGED = "an XLSX workbook that Excel can open"

Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def _nothing(*_: object) -> None:
    """What nobody asked for."""


def walk(source: IO[bytes], start: Start, end: End = _nothing, text: Text = _nothing) -> None:
    """Call these for each element and each piece of text, elements and attributes by their names without namespaces.

    `Unfit` for what is no XML, what is out of bounds, and for any document type: with one come entities, which a file
    of a few lines can make into any number of letters, or lead elsewhere.
    """
    guard = _Guard(start, end)
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = guard.start, guard.end, text
    parser.StartDoctypeDeclHandler = _refuse
    fed = 0
    try:
        while chunk := source.read(CHUNK):
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > LONGEST_TAG:
                raise Unfit(DAMAGED)
        parser.Parse(b"", True)
    except ExpatError:
        raise Unfit(DAMAGED) from None


def _refuse(*_: object) -> None:
    raise Unfit(DAMAGED)


class _Guard:
    """Counts how deep elements lie, and takes the namespaces off."""

    def __init__(self, start: Start, end: End) -> None:
        self._start, self._end, self._depth = start, end, 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Unfit(DAMAGED)
        self._start(_local(name), {_local(key): value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        self._depth -= 1
        self._end(_local(name))


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
