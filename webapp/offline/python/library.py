"""What compiled Python may use besides itself: builtins, methods, and parts of the standard library.

Each name stands beside the function of `static/worker/python/` that does the same. A `Call` also says how the arguments
are named, so that keywords find their places.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the runtime. `names` are its parameters in order; `rest`: any number of positional arguments go in
    front, as one list."""

    js: str
    names: tuple[str, ...] = ()
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Primitive:
    """A name of the standard library: how it is called, if it can be, its attributes, and its value if it is one."""

    call: Call | None = None
    attributes: dict[str, Call] = field(default_factory=dict)
    value: str | None = None


BUILTINS = {
    "abs": Call("pyAbs", ("x",)),
    "all": Call("pyAll", ("iterable",)),
    "any": Call("pyAny", ("iterable",)),
    "bool": Call("pyTruth", ("x",)),
    "dict": Call("pyDict", ("mapping",)),
    "divmod": Call("pyDivmod", ("a", "b")),
    "enumerate": Call("pyEnumerate", ("iterable", "start")),
    "frozenset": Call("pySet", ("iterable",)),
    "int": Call("pyInt", ("x",)),
    "iter": Call("pyIter", ("iterable",)),
    "len": Call("pyLen", ("x",)),
    "list": Call("pyList", ("iterable",)),
    "max": Call("pyMax", ("key", "default"), rest=True),
    "min": Call("pyMin", ("key", "default"), rest=True),
    "next": Call("pyNext", ("iterator", "default")),
    "range": Call("pyRange", ("start", "stop", "step")),
    "reversed": Call("pyReversed", ("sequence",)),
    "set": Call("pySet", ("iterable",)),
    "sorted": Call("pySorted", ("iterable", "key", "reverse")),
    "str": Call("pyStr", ("x",)),
    "sum": Call("pySum", ("iterable", "start")),
    "tuple": Call("pyList", ("iterable",)),
    "zip": Call("pyZip", ("strict",), rest=True),
}

ERRORS = ("IndexError", "KeyError", "ValueError", "ZeroDivisionError")
"""The exceptions that can be caught; each is a class of the runtime under the same name with `py` before it."""

TYPES = {
    "bool": "pyIsBool",
    "dict": "pyIsDict",
    "int": "pyIsInt",
    "list": "pyIsList",
    "str": "pyIsStr",
    "tuple": "pyIsList",
}
"""What `isinstance` may ask for, besides classes of our own."""

METHODS = {
    "add": Call("pySetAdd", ("element",)),
    "append": Call("pyAppend", ("item",)),
    "count": Call("pyCount", ("value",)),
    "endswith": Call("pyEndsWith", ("suffix",)),
    "extend": Call("pyExtend", ("items",)),
    "fullmatch": Call("pyFullMatch", ("text",)),
    "get": Call("pyGet", ("key", "default")),
    "index": Call("pyIndex", ("value",)),
    "isdecimal": Call("pyIsDecimal"),
    "items": Call("pyItems"),
    "join": Call("pyJoin", ("parts",)),
    "keys": Call("pyKeys"),
    "lower": Call("pyLower"),
    "lstrip": Call("pyLstrip", ("characters",)),
    "removeprefix": Call("pyRemovePrefix", ("prefix",)),
    "removesuffix": Call("pyRemoveSuffix", ("suffix",)),
    "replace": Call("pyReplace", ("old", "new")),
    "rstrip": Call("pyRstrip", ("characters",)),
    "sort": Call("pySort", ("key", "reverse")),
    "split": Call("pySplit", ("separator",)),
    "startswith": Call("pyStartsWith", ("prefix",)),
    "strip": Call("pyStrip", ("characters",)),
    "sub": Call("pySub", ("by", "text")),
    "upper": Call("pyUpper"),
    "values": Call("pyValues"),
    # Of days, moments and lengths of time.
    "date": Call("pyDateOf"),
    "isocalendar": Call("pyIsoCalendar"),
    "isoformat": Call("pyIsoFormat", ("timespec",)),
    "isoweekday": Call("pyIsoWeekday"),
    "total_seconds": Call("pyTotalSeconds"),
    "weekday": Call("pyWeekday"),
}
"""Methods by name alone, since nothing says what they are called on. Classes of our own must have others."""

LIBRARY = {
    "collections.Counter": Primitive(Call("pyCounter", ("iterable",))),
    "collections.defaultdict": Primitive(Call("pyDefaultDict", ("factory",))),
    "datetime.UTC": Primitive(value="pyUtc"),
    "datetime.date": Primitive(
        Call("pyDate", ("year", "month", "day")),
        {
            "fromisoformat": Call("pyDateFromIso", ("text",)),
            "fromisocalendar": Call("pyDateFromIsoCalendar", ("year", "week", "day")),
        },
    ),
    "datetime.datetime": Primitive(None, {"fromisoformat": Call("pyMomentFromIso", ("text",))}),
    "datetime.time": Primitive(None, {"fromisoformat": Call("pyTimeFromIso", ("text",))}),
    "datetime.timedelta": Primitive(
        Call("pyTimedelta", ("days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks"))
    ),
    "dict": Primitive(BUILTINS["dict"], {"fromkeys": Call("pyFromKeys", ("keys", "value"))}),
    "fractions.Fraction": Primitive(Call("pyFraction", ("numerator", "denominator"))),
    "itertools.groupby": Primitive(Call("pyGroupBy", ("iterable", "key"))),
    "itertools.takewhile": Primitive(Call("pyTakeWhile", ("predicate", "iterable"))),
    "re.compile": Primitive(Call("pyPattern", ("pattern", "flags"))),
    "re.ASCII": Primitive(value="pyAscii"),
    "webapp.floor.both.parts.facts.scores_of": Primitive(Call("pyScoresOf", ("tables", "lesson"))),
    "webapp.floor.both.parts.facts.memberships_of": Primitive(Call("pyMembershipsOf", ("tables", "group"))),
    "webapp.school.clock.local_date": Primitive(Call("pyLocalDate", ("moment",))),
    "webapp.school.clock.local_moment": Primitive(Call("pyLocalMoment", ("day", "at"))),
    "webapp.domain.time.moment.instant": Primitive(Call("pyInstant", ("moment",))),
    "webapp.domain.text.folding.plain": Primitive(Call("pyPlain", ("text",))),
    "webapp.domain.text.words.clock_words": Primitive(Call("pyClockWords", ("moment",))),
}
"""By where they are imported from. Of ours are here what asks for time zones and for letters without their
accents, which are the browser's to know, and what a tablet has an index for."""

WORKED_OUT = ("webapp.domain.operations.WAITING",)
"""Constants of ours that are taken over as they are once Python has worked them out: what is gathered from
declarations that a tablet does not need."""

OURS = tuple(name for name in LIBRARY if name.startswith("webapp."))
