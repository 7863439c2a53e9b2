"""What is taken means the same on both sides, down to the corners; what is not is refused, with file and line."""

from pathlib import Path
from typing import Any

import pytest

from tests.offline.python.sides import Sides, functions
from tests.offline.sides import Tablet
from webapp.offline.python import UnsupportedPython, compile_python

SAME = """
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
import re

LIMIT = 3
WORDS: dict[int, str] = {1: "one", 2: "two"}
FIRST, OTHERS = ("a", ("b", "c"))
PATTERN = re.compile(r"[0-9]{2}:[0-9]{2}")


class Kind(StrEnum):
    OPEN = "open"
    SHUT = "shut"


@dataclass(frozen=True)
class Box:
    kind: Kind
    size: int = LIMIT

    def __contains__(self, other: object) -> bool:
        return other in ("x", self.kind)

    @cached_property
    def double(self) -> int:
        return self.size * 2

    def fits(self, other):
        return self.size >= other


def truths():
    return [bool(x) for x in ([], {}, (), "", 0, None, [0], {"a": 0}, " ", -1, frozenset(), Fraction(0), timedelta(0))]


def equals():
    return [
        [1, 2] == [1, 2], [1] == [2], {"a": [1]} == {"a": [1]}, {"a": 1} == {"b": 1}, True == 1, 0 == False,
        "1" == 1, None == 0, [] == {}, frozenset([1, 2]) == frozenset([2, 1]), Fraction(2, 4) == Fraction(1, 2),
        Box(Kind.OPEN) == Box(Kind.OPEN, 3), Box(Kind.OPEN) == Box(Kind.SHUT), date(2026, 3, 3) == date(2026, 3, 3),
    ]


def orders():
    texts = ["b", "B", "é", "z", "\\uffff", "😀", "😁", "", "a\\u0301", "ab", "a"]
    pairs = sorted([(2, "b"), (1, "z"), (2, "a"), (1,)])
    return [sorted(texts), pairs, max([3, 1], [3]), sorted([True, 0, 3, -1]), sorted("zebra")]


def divides():
    return [[a // b, a % b] for a in (7, -7, 0, 9007199254740991) for b in (2, -2, 3, -3, 7)]


def keys():
    d = {}
    for key, value in zip((1, True, "1", None, (1, "a"), date(2026, 1, 1)), "abcdef", strict=True):
        d[key] = value
    return [len(d), d[1], d["1"], d[None], d[(1, "a")], d[date.fromisoformat("2026-01-01")], 2 in d, (1, "a") in d]


def merges():
    a, b = {"x": 1, "y": 2}, {"y": 3, "z": 4}
    return [list((a | b).items()), list({**b, "y": 0, **a}), list(dict(a)), a]


def counts():
    found = defaultdict(list)
    found["a"].append(1)
    found["b"]
    tally = Counter("hello")
    tally["q"] += 2
    return [dict(found), tally["l"], tally["?"], "?" in tally, len(tally)]


def unpacks():
    (a, b), *rest = [(1, 2), 3, 4]
    first, *others = "hello"
    return [a, b, rest, first, others, FIRST, OTHERS]


def boxes():
    box = Box(Kind.OPEN)
    return ["x" in box, "open" in box, "shut" in box, box.double, box.fits(2), [n for n in (1, 5) if box.fits(n)]]


def methods():
    box = Box(Kind.SHUT, size=9)
    return sorted([3, 10, 9], key=box.fits)


def dates():
    day = date(2026, 3, 3)
    later = day + timedelta(weeks=1, days=-2)
    moment = datetime.fromisoformat("2026-03-03T10:05:00.000Z")
    return [
        later.isoformat(), (later - day).days, day.isoweekday(), day.weekday(), list(day.isocalendar()), str(day),
        f"{day}", day < later, day.year, day.month, day.day, date.fromisocalendar(2026, 53, 5).isoformat(),
        int((datetime.fromisoformat("2026-03-03T10:05:01.500Z") - moment).total_seconds()),
        moment - timedelta(minutes=5) < moment,
    ]


def texts():
    return [
        "a,b,,c".split(","), " a  b \\u2003c\\x1c".split(), "xxaxx".strip("x"),
        "\\x1c a\\x85".strip(), "aXbX".replace("X", ""),
        "ab".replace("", "-"), "Zoë".lower(), "😀é"[0], len("😀é"), "😀é"[::-1], "abc"[-2:],
        f"{7:02}{-7:03}", "a" in "cat",
        "ß".upper(), "x" * 3, bool(PATTERN.fullmatch("10:05")), bool(PATTERN.fullmatch("10:05\\n")),
        PATTERN.sub("-", "at 10:05 or 11:00"), "-".join(["a", "b"]), "a.b".removesuffix(".b"), "ab".startswith("a"),
    ]


def loops():
    found, n = [], 0
    while n < 10:
        n += 1
        if n % 2:
            continue
        if n > 8:
            break
        found.append(n)
    for n, (a, b) in enumerate([("x", 1), ("y", 2)], start=5):
        found.append([n, a, b])
    return [found, n]


def inside(x):
    def twice(y):
        return x + y + y

    try:
        return [twice(1), int("x")]
    except (KeyError, ValueError):
        return [twice(2), [each for each in [x] if (again := each) == again]]


def named(a, *rest, sep="-", last="."):
    return f"{a}{sep}{sep.join(rest)}{last}"


def calls():
    return [named("a"), named("a", "b", "c"), named("a", *["b", "c"], last="!"), Box(size=1, kind="k").size]


def late():
    return [WORDS.get(n, "many") for n in range(4)] + [next((x for x in [1, 2, 0, "!"] if 2 // x == 1), None)]


def fails(n):
    if n == 0:
        return [1][n + 1]
    if n == 1:
        return {"a": 1}["b"]
    if n == 2:
        return 1 // (n - 2)
    if n == 3:
        a, b = [1]
        return a
    if n == 4:
        raise ValueError("no")
    if n == 5:
        return max([])
    if n == 6:
        return date.fromisoformat("2026-02-30")
    return date.fromisocalendar(2025, 53, 1).isoformat()
"""
CALLS: list[tuple[str, list[Any]]] = [(name, []) for name in (
    *("truths", "equals", "orders", "divides", "keys", "merges", "counts", "unpacks", "boxes", "methods", "dates"),
    *("texts", "loops", "calls", "late"),
)]  # fmt: skip


def test_what_is_taken_means_the_same(tablet: Tablet, tmp_path: Path) -> None:
    sides = Sides(tablet, tmp_path, SAME)
    calls: list[tuple[str, list[Any]]] = [*CALLS, ("inside", [2]), *(("fails", [n]) for n in range(8))]
    for call, our, their in zip(calls, sides.python(calls), sides.javascript(calls), strict=True):
        assert our == their, call


REFUSED = {
    "(a): return a / 2": "the construct Div is not in the offline subset: use // or a Fraction",
    "(a): return a ** 2": "the construct Pow",
    "(a): return 1.5": "the constant 1.5",
    "(a): return 2**53 + a": "the construct Pow",
    "(a): return 9007199254740992": "the constant 9007199254740992",
    "(a): return b'x'": "the constant b'x'",
    "(a): return f'{a!r}'": "this way of formatting",
    "(a): return f'{a:>9}'": "this way of formatting",
    "(a):\n    with a:\n        return 1": "the construct With",
    "(a):\n    global b\n    return 1": "the construct Global",
    "(a):\n    del a\n    return 1": "the construct Delete",
    "(a):\n    match a:\n        case 1:\n            return 1": "the construct Match",
    "(a):\n    for x in a:\n        pass\n    else:\n        return 1": "a loop with else",
    "(a):\n    try:\n        return a\n    except Exception:\n        return 1": "catching this",
    "(a):\n    try:\n        return a\n    finally:\n        return 1": "trying like this",
    "(a):\n    raise OSError": "raising this",
    "(a):\n    a = b = 1\n    return a": "assigning to several names at once",
    "(a):\n    a.b = 1\n    return a": "assigning to this",
    "(a, **b): return a": "a parameter for any keywords",
    "(a):\n    *b, c = a\n    return b": "unpacking the rest before the end",
    "(a): return print(a)": "the name 'print'",
    "(a): return unheard(a)": "the name 'unheard'",
    "(a): return a(b=1)": "keywords for something that is only known when it runs",
    "(a): return a.b(c=1)": "keywords for the method 'b'",
    "(a): return sorted(a, cmp=a)": "the keyword 'cmp'",
    "(a): return isinstance(a, complex)": "asking for this type",
    "(a): return a.flourish()": "the method 'flourish'",
    "(a): return [x for row in a for row in row]": "a name that stands for two things",
    "(a): return lambda *b: b": "a lambda with more than plain parameters",
    "(a): return (yield a)": "the construct Yield",
    "(a): return ~a": "the construct Invert",
}


@pytest.mark.parametrize("body", REFUSED)
def test_what_is_not_taken_is_refused_with_its_place(tmp_path: Path, body: str) -> None:
    file = tmp_path / "webapp" / "sample.py"
    file.parent.mkdir()
    file.write_text(functions(body))
    with pytest.raises(UnsupportedPython, match=r"^webapp/sample\.py:[1-9][0-9]*: ") as refused:
        compile_python(tmp_path, {"functions": {"f0": ("webapp.sample", "f0")}})
    assert REFUSED[body] in str(refused.value)
