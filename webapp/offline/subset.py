"""The floor's subset of Jinja is closed: what no method below it compiles is refused, with file and line."""

import json
import re
from collections.abc import Mapping
from typing import Any, NoReturn

from jinja2 import nodes
from jinja2.visitor import NodeVisitor

Scope = Mapping[str, str]
"""Names bound by the template itself (`for`, `with`), each with the JavaScript variable for it."""


class UnsupportedTemplate(Exception):  # noqa: N818 - it says what is wrong with the template
    """A template uses a construct that the tablet could not render exactly as Jinja does."""

    def __init__(self, template: str, lineno: int, what: str) -> None:
        super().__init__(f"{template}:{lineno}: {what} is not in the offline subset")
        self.template, self.lineno, self.what = template, lineno, what


class SubsetVisitor(NodeVisitor):
    """Answers JavaScript for the kinds of node it has a method for, and refuses all others."""

    def __init__(self, template: str) -> None:
        self.template = template

    def code(self, node: nodes.Node, scope: Scope) -> str:
        """The JavaScript of a statement or expression."""
        return str(self.visit(node, scope))

    def generic_visit(self, node: nodes.Node, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse a kind of node that nobody taught us."""
        raise self.unsupported(node, f"the construct {type(node).__name__}")

    def unsupported(self, node: nodes.Node, what: str) -> UnsupportedTemplate:
        """The error to raise; `what` is a noun phrase that completes "… is not in the offline subset"."""
        return UnsupportedTemplate(self.template, node.lineno, what)


def arguments(node: nodes.Call | nodes.Filter | nodes.Test) -> list[nodes.Node]:
    """All that stands between the parentheses, in whatever manner it is passed."""
    spread = (node.dyn_args, node.dyn_kwargs)
    return [*node.args, *node.kwargs, *(argument for argument in spread if argument)]


def literal(value: str | int | None) -> str:
    """A JavaScript literal, in ASCII, that could also stand inside a script element."""
    return re.sub(r"(?i)<(?=/script|!--)", r"\\u003c", json.dumps(value))


def characters(text: str) -> str:
    """Text as a part of a JavaScript template literal, without line breaks."""
    return re.sub(r"[`$]", r"\\\g<0>", literal(text)[1:-1].replace('\\"', '"'))
