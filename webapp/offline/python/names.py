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


def first_bound(body: list[ast.stmt]) -> dict[ast.stmt, set[str]]:
    """The statements of a function that bind names in every case and before anything mentions them, with the names."""
    mentioned: set[str] = set()
    found: dict[ast.stmt, set[str]] = {}
    for statement in body:
        match statement:
            case ast.Assign(targets=[target], value=value) | ast.AnnAssign(target=target, value=ast.expr() as value):
                names = _names_in(target)
                if names and not names & (mentioned | _mentioned(value)):
                    found[statement] = names
        mentioned |= _mentioned(statement)
    return found


def _names_in(target: ast.expr) -> set[str]:
    """The names that a target binds, if it does nothing else."""
    match target:
        case ast.Name(id=name):
            return {name}
        case ast.Tuple(elts=parts) if all(isinstance(part, ast.Name) for part in parts):
            return {part.id for part in parts if isinstance(part, ast.Name)} - {"_"}
    return set()


def _mentioned(node: ast.AST) -> set[str]:
    functions = {part.name for part in ast.walk(node) if isinstance(part, ast.FunctionDef)}
    return functions | {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


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
