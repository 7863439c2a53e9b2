"""Random templates of the subset, and contexts of the shape they expect, for hypothesis.

Expressions are drawn by kind (a string, an integer …), so that most templates render to something. A path
that isn't there turns up now and then: both sides must then fail.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import strategies as st

Draw = Callable[[st.SearchStrategy[Any]], Any]
Scope = Mapping[str, tuple[str, ...]]
"""Source of the expressions that are at hand, by kind."""

HOSTILE = [
    "",
    "<script>alert('x')</script>",
    "\"quoted\" & 'single' &amp; &#39;",
    "{{ 7 * 7 }}{% endblock %}{# #}",
    "</script><!--",
    "${1}`\\u0041\\",
    "\u202eright to left\u202c שלום مرحبا",
    "😀👩‍👩‍👧 e\u0301 \ufb01 \uffff",
    "\0\x01\x7f\x85\u2028\u2029\r\n\t",
    "=cmd|' /C calc'!A0",
    "__proto__",
    "constructor",
    "<é&>" * 2500,
]
STRINGS = st.sampled_from(HOSTILE) | st.text(max_size=8)
INTEGERS = st.integers(-9, 9) | st.integers(-(2**40), 2**40)
RECORDS = st.fixed_dictionaries(
    {
        "name": STRINGS,
        "constructor": STRINGS,
        "__proto__": STRINGS,
        "mark": INTEGERS,
        "cap": st.none() | STRINGS,
        "open": st.booleans(),
        "tags": st.lists(STRINGS, max_size=3),
    }
)
CONTEXTS = st.fixed_dictionaries(
    {
        "who": STRINGS,
        "constructor": STRINGS,
        "__proto__": STRINGS,
        "count": INTEGERS,
        "cap": st.none() | STRINGS,
        "open": st.booleans(),
        "tags": st.lists(STRINGS, max_size=3),
        "marks": st.lists(INTEGERS, max_size=3),
        "lesson": RECORDS,
        "rows": st.lists(RECORDS, max_size=3),
    }
)
LITERALS = st.sampled_from(['""', '"<b>"', '"it\'s"', "'\"&amp;'", '"é😀"', '"\\u2028\\n"', '"</SCRIPT>"'])
TEMPLATE_DATA = st.text(st.characters(exclude_characters="{", codec="utf-8"), max_size=8) | st.sampled_from(
    ["<li class='a'>", '"\\', "</script>", "<!--", "\n  ", "`${c}`", "\u2028"]
)


def fields(record: str) -> dict[str, tuple[str, ...]]:
    """What the fields of a record offer."""
    return {
        "string": (f"{record}.name", f"{record}['constructor']", f"{record}.__proto__"),
        "integer": (f"{record}.mark",),
        "boolean": (f"{record}.open",),
        "optional": (f"{record}.cap",),
        "strings": (f"{record}.tags",),
    }


def extended(scope: Scope, more: Scope) -> Scope:
    """The scope with more names, which come first so that they are drawn most."""
    return {kind: more.get(kind, ()) + scope.get(kind, ()) for kind in {*scope, *more}}


def without(scope: Scope, name: str) -> Scope:
    """The scope without what a name meant until it got another meaning."""
    return {kind: tuple(path for path in paths if re.split(r"[.\[]", path)[0] != name) for kind, paths in scope.items()}


OUTERMOST: Scope = extended(
    {
        "string": ("who", "constructor", "__proto__"),
        "integer": ("count",),
        "boolean": ("open",),
        "optional": ("cap",),
        "strings": ("tags",),
        "integers": ("marks",),
        "record": ("lesson",),
        "records": ("rows",),
    },
    fields("lesson"),
)
LOOP: Scope = {
    "integer": ("loop.index", "loop.index0", "loop.length"),
    "boolean": ("loop.first", "loop.last"),
}


FORMS = {
    "string": [
        "{literal}",
        "({printable} ~ {printable})",
        "({string} if {printable} else {string})",
        "({optional} or {string})",
        "({strings}|join({literal}))",
    ],
    "integer": [
        "{digit}",
        "({integer} + {integer})",
        "({integer} - {boolean})",
        "(-{integer})",
        "({strings}|length)",
        "({string}|length)",
    ],
    "boolean": [
        "({string} {comparison} {string})",
        "({integer} {comparison} {boolean})",
        "({printable} {equality} {printable})",
        "({printable} {membership} {strings})",
        "({boolean} {junction} {boolean})",
        "(not {anything})",
        "({optional} is {negation}none)",
        "({printable} is {negation}defined)",
    ],
    "optional": ["({printable} {junction} {printable})"],
}
TERMINALS = {
    "literal": LITERALS,
    "digit": st.sampled_from("0123456789"),
    "comparison": st.sampled_from(["==", "!=", "<", "<=", ">", ">="]),
    "equality": st.sampled_from(["==", "!="]),
    "membership": st.sampled_from(["in", "not in"]),
    "junction": st.sampled_from(["and", "or"]),
    "negation": st.sampled_from(["", "not "]),
}
GROUPS = {
    "printable": st.sampled_from(["string", "integer", "boolean", "optional"]),
    "anything": st.sampled_from(sorted(OUTERMOST)),
}
MISSING = st.sampled_from(["absent", "lesson.absent", "toString", "lesson.hasOwnProperty"])


def expression(draw: Draw, kind: str, scope: Scope, depth: int = 2) -> str:
    """Source of an expression of one kind: a path, or a form whose gaps are filled in turn."""
    if kind in TERMINALS:
        return str(draw(TERMINALS[kind]))
    kind = draw(GROUPS[kind]) if kind in GROUPS else kind
    if draw(st.integers(0, 60)) == 60:
        return str(draw(MISSING))
    if depth == 0 or kind not in FORMS or draw(st.booleans()):
        return str(draw(st.sampled_from(scope[kind])))
    form = draw(st.sampled_from(FORMS[kind]))
    return re.sub(r"{(\w+)}", lambda gap: expression(draw, gap[1], scope, depth - 1), form)


Statement = Callable[[Scope, int], str]


class Writer:
    """Writes statements; blocks it writes get names of their own."""

    def __init__(self, draw: Draw, partials: tuple[str, ...]) -> None:
        self.draw, self.partials = draw, partials
        self.blocks: list[str] = []

    def statements(self, scope: Scope, depth: int = 2) -> str:
        kinds: list[Statement] = [self.data, self.output, self.output]
        if depth:
            kinds += [self.condition, self.loop, self.loop, self.binding, self.block]
        if self.partials:
            kinds.append(self.inclusion)
        chosen = self.draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=3))
        return "".join(kind(scope, depth - 1) for kind in chosen)

    def expression(self, kind: str, scope: Scope) -> str:
        return expression(self.draw, kind, scope)

    def data(self, _scope: Scope, _depth: int) -> str:
        return str(self.draw(TEMPLATE_DATA))

    def output(self, scope: Scope, _depth: int) -> str:
        condition = f" if {self.expression('boolean', scope)}" if self.draw(st.booleans()) else ""
        return "{{ " + self.expression("printable", scope) + condition + " }}"

    def condition(self, scope: Scope, depth: int) -> str:
        first, second = (self.expression("anything", scope) for _ in range(2))
        body, other, last = (self.statements(scope, depth) for _ in range(3))
        return f"{{% if {first} %}}{body}{{% elif {second} %}}{other}{{% else %}}{last}{{% endif %}}\n"

    def loop(self, scope: Scope, depth: int) -> str:
        kind = self.draw(st.sampled_from(["string", "integer", "record"]))
        # Targets that hide an outer name, or that mean something in JavaScript.
        targets = ["item", "c", "class"] if kind == "record" else ["item", "c", "who", "__proto__"]
        target = self.draw(st.sampled_from(targets))
        inner = extended(without(scope, target), {kind: (target,), **(fields(target) if kind == "record" else {})})
        test = f" if {self.expression('boolean', inner)}" if self.draw(st.booleans()) else ""
        numbers = self.draw(st.sampled_from(["", "{{ loop.index }}/{{ loop.length }}", "{{ loop.last }}"]))
        body = numbers + self.statements(extended(inner, LOOP), depth)
        otherwise = "{% else %}" + self.statements(scope, depth) if self.draw(st.booleans()) else ""
        rows = self.expression(f"{kind}s", scope)
        return f"{{% for {target} in {rows}{test} %}}{body}{otherwise}{{% endfor %}}\n"

    def binding(self, scope: Scope, depth: int) -> str:
        held, who = (self.expression("string", scope) for _ in range(2))
        inner = extended(scope, {"string": ("held", "who")})
        return f"{{% with held = {held}, who = {who} %}}{self.statements(inner, depth)}{{% endwith %}}"

    def block(self, _scope: Scope, depth: int) -> str:
        name = f"block{len(self.blocks)}"
        self.blocks.append(name)
        return f"{{% block {name} %}}{self.statements(OUTERMOST, depth)}{{% endblock %}}"

    def inclusion(self, _scope: Scope, _depth: int) -> str:
        return f'{{% include "{self.draw(st.sampled_from(self.partials))}" %}}'


@st.composite
def families(draw: Draw) -> tuple[dict[str, str], list[str]]:
    """Sources of `layout`, of a `page` that extends it, of a `part` both include; and the page's blocks."""
    held = '(held if held is defined else "-")'
    part = Writer(draw, ()).statements(extended(OUTERMOST, {"string": (held,)}), 1)
    writer = Writer(draw, ("part.html",))
    layout = "{% block main %}" + writer.statements(OUTERMOST) + "{% endblock %}" + writer.statements(OUTERMOST)
    overridden = ["main", *(name for name in writer.blocks if draw(st.booleans()))]
    bodies = (writer.statements(OUTERMOST) + draw(st.sampled_from(["", "{{ super() }}"])) for _ in overridden)
    page = "".join(
        f"{{% block {name} %}}{body}{{% endblock %}}\n" for name, body in zip(overridden, bodies, strict=True)
    )
    return {"part": part, "layout": layout, "page": '{% extends "layout.html" %}\n' + page}, overridden
