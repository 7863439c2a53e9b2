"""Names as JavaScript has them."""

import ast
import re
from collections.abc import Iterator

_RESERVED = """
arguments await break case catch class const continue debugger default delete do else enum eval export extends false
finally for function if implements import in instanceof interface let new null package private protected public return
static super switch this throw true try typeof undefined var void while with yield
"""
_OUR_RUNTIME = re.compile(r"py[A-Z]")


def local_name(name: str) -> str:
    """A name that a function binds. `$` marks what would be a word of JavaScript's or of the runtime's."""
    return f"{name}$" if name in _RESERVED.split() or _OUR_RUNTIME.match(name) else name


def global_name(module: str, name: str) -> str:
    """A name at the top of a module: the only ones with a `$` inside."""
    return f"{module.removeprefix('webapp.').replace('.', '_')}${name}"


def bound_by(body: list[ast.stmt]) -> set[str]:
    """The names that statements bind in their own function: not in functions and comprehensions inside."""
    return {name for statement in body for name in _stored(statement)}


def _stored(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Name(id=name, ctx=ast.Store()):
            yield name
        case ast.FunctionDef(name=name):
            yield name
        case ast.NamedExpr(target=ast.Name(id=name)):
            yield name
            yield from _stored(node.value)
        case ast.Lambda():
            return
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            # Its own names stay inside; what := binds does not.
            yield from (each.target.id for each in ast.walk(node) if isinstance(each, ast.NamedExpr))
        case _:
            for child in ast.iter_child_nodes(node):
                yield from _stored(child)
