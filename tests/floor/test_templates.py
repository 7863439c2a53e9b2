"""Every floor template reads only what its context has: by the types, so also where no made-up school leads."""

from collections.abc import Iterator, Mapping
from typing import Any, TypedDict, get_args, get_origin, get_type_hints, is_typeddict

import pytest
from flask import Flask
from jinja2 import DictLoader, Environment, nodes

from webapp.floor.both.addresses import SCREENS
from webapp.floor.both.screens import Screen, card
from webapp.offline.expressions import LOOP_ATTRIBUTES

Scope = Mapping[str, Any]
"""The type of each name that can be read; `LOOP` of `loop`."""

ALL = {screen.TEMPLATE: screen for _, screen in SCREENS} | {card.TEMPLATE: card}
BARE = ("floor/broken.html", "floor/missing.html", "floor/offline.html")
LOOP = "loop"
UNKNOWN = "what is not known"


class Reader:
    """Walks templates of one environment, and those that they extend or include, and yields what they must not read."""

    def __init__(self, env: Environment) -> None:
        self.env = env

    def template(self, name: str, scope: Scope, overridden: frozenset[str] = frozenset()) -> Iterator[str]:
        assert self.env.loader
        tree = self.env.parse(self.env.loader.get_source(self.env, name)[0])
        blocks = frozenset(block.name for block in tree.find_all(nodes.Block)) if tree.find(nodes.Extends) else None
        for node in tree.body:
            if isinstance(node, nodes.Extends):
                assert blocks is not None
                yield from self.template(constant(node.template), scope, overridden | blocks)
            else:
                for fault in self.read(node, scope, overridden):
                    yield f"{name}: {fault}"

    def read(self, node: nodes.Node, scope: Scope, overridden: frozenset[str] = frozenset()) -> Iterator[str]:
        match node:
            case nodes.Block() if node.name in overridden:
                return
            case nodes.Include():
                yield from self.template(constant(node.template), scope)
            case nodes.For():
                yield from self.read(node.iter, scope)
                inner = {**scope, named(node.target): item_of(type_of(node.iter, scope)), "loop": LOOP}
                yield from self.all([node.test] if node.test else [], inner)
                yield from self.all(node.body, inner)
                yield from self.all(node.else_, scope)
            case nodes.With():
                yield from self.all(node.values, scope)
                pairs = zip(node.targets, node.values, strict=True)
                bound = {named(target): type_of(value, scope) for target, value in pairs}
                yield from self.all(node.body, {**scope, **bound})
            case nodes.If(test=nodes.Test(name="defined", node=nodes.Name(name=known))):
                yield from self.all(node.body, {known: str, **scope})
                yield from self.all([*node.elif_, *node.else_], scope)
            case nodes.Name() if node.name not in scope:
                yield f"line {node.lineno}: '{node.name}'"
            case nodes.Getattr() if not has(type_of(node.node, scope), node.attr):
                yield f"line {node.lineno}: '.{node.attr}' of {type_of(node.node, scope)}"
            case _:
                yield from self.all(node.iter_child_nodes(), scope, overridden)

    def all(self, found: Any, scope: Scope, overridden: frozenset[str] = frozenset()) -> Iterator[str]:
        for node in found:
            yield from self.read(node, scope, overridden)


def named(target: nodes.Node) -> str:
    assert isinstance(target, nodes.Name)
    return target.name


def constant(node: nodes.Node) -> str:
    assert isinstance(node, nodes.Const)
    return str(node.value)


def type_of(node: nodes.Node, scope: Scope) -> Any:
    """The type of a name, or of a part of it; of anything else nothing is known, so nothing can be read of it."""
    match node:
        case nodes.Name():
            return without_none(scope.get(node.name, UNKNOWN))
        case nodes.Getattr() if has(type_of(node.node, scope), node.attr):
            owner = type_of(node.node, scope)
            return without_none(get_type_hints(owner)[node.attr]) if is_typeddict(owner) else UNKNOWN
    return UNKNOWN


def without_none(kind: Any) -> Any:
    """What a value is where it is not None; templates ask before they read it."""
    kinds = [each for each in get_args(kind) if each is not type(None)]
    return kinds[0] if type(None) in get_args(kind) and len(kinds) == 1 else kind


def item_of(kind: Any) -> Any:
    return get_args(kind)[0] if get_origin(kind) is list else UNKNOWN


def has(kind: Any, key: str) -> bool:
    return key in (LOOP_ATTRIBUTES if kind is LOOP else get_type_hints(kind) if is_typeddict(kind) else ())


def context_of(screen: Screen) -> Scope:
    """What the context of a screen has, by its types."""
    return get_type_hints(without_none(get_type_hints(screen.context)["return"]))


@pytest.mark.parametrize("template", ALL)
def test_a_screen_reads_only_what_its_context_has(app: Flask, template: str) -> None:
    assert list(Reader(app.jinja_env).template(template, context_of(ALL[template]))) == []


@pytest.mark.parametrize("template", BARE)
def test_a_page_without_a_context_reads_nothing(app: Flask, template: str) -> None:
    assert list(Reader(app.jinja_env).template(template, {})) == []


def test_no_page_is_left_out(app: Flask) -> None:
    pages = [name for name in app.jinja_env.list_templates() if name.startswith("floor/") and name.count("/") == 1]
    assert sorted(pages) == sorted([*ALL, *BARE, "floor/base.html"])


class Row(TypedDict):
    name: str


class Sheet(TypedDict):
    title: str
    first: Row | None
    rows: list[Row]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{{ titel }}", "titel"),
        ("{{ first.nam }}", ".nam"),
        ("{{ title.name }}", ".name"),
        ("{{ rows.name }}", ".name"),
        ("{% for row in rows %}{{ row.nam }}{% endfor %}", ".nam"),
        ("{% for row in rows %}{% else %}{{ row.name }}{% endfor %}", ".name"),
        ("{% for row in rows %}{{ loop.cycle }}{% endfor %}", ".cycle"),
        ("{% for row in title %}{{ row.name }}{% endfor %}", ".name"),
        ("{% for row in rows if row.nam %}{% endfor %}", ".nam"),
        ("{{ loop.index }}", ".index"),
        ("{% with row = first %}{{ row.nam }}{% endwith %}", ".nam"),
        ("{% if title %}{{ titel }}{% endif %}", "titel"),
        ("{% if titel is defined %}{% else %}{{ titel }}{% endif %}", "titel"),
        ("{{ 'a' if titel == title else '' }}", "titel"),
        ("{% for row in rows %}{% include 'part' %}{% endfor %}", ".part"),
        ("{% extends 'base' %}{% block body %}{{ title }}{% endblock %}", "'head'"),
        ("{% extends 'base' %}{% block top %}{% endblock %}{% block body %}{{ titel }}{% endblock %}", "titel"),
    ],
)
def test_what_a_context_has_not_is_found(text: str, fault: str) -> None:
    files = {"page": text, "part": "{{ row.name }}{{ row.part }}", "base": "{% block top %}{{ head }}{% endblock %}"}
    files["base"] += "{% block body %}{% endblock %}"
    (found,) = Reader(Environment(loader=DictLoader(files), autoescape=True)).template("page", get_type_hints(Sheet))
    assert fault in found


def test_what_a_context_has_can_be_read_everywhere() -> None:
    files = {
        "page": "{% extends 'base' %}{% block body %}{{ title }}{% if first %}{{ first.name }}{% endif %}"
        "{% for row in rows %}{{ loop.index }}{% include 'part' %}{% endfor %}{% endblock %}",
        "part": "{{ row.name }}{% with row = title %}{{ row }}{% endwith %}{% if at is defined %}{{ at }}{% endif %}",
        "base": "{% block body %}{% endblock %}",
    }
    reader = Reader(Environment(loader=DictLoader(files), autoescape=True))
    assert list(reader.template("page", get_type_hints(Sheet))) == []
