"""Calls: what is called decides where keywords and spread arguments go."""

import ast
from collections.abc import Sequence
from typing import TYPE_CHECKING

from webapp.offline.python.library import BUILTINS, LIBRARY, METHODS, TYPES, Call, Primitive

if TYPE_CHECKING:
    from webapp.offline.python.expressions import ExpressionCompiler
    from webapp.offline.python.program import Definition, Found

WHOLE = ("list", "tuple", "set", "frozenset", "sorted", "sum", "min", "max", "dict")
"""Builtins that take all there is, so that nothing is lost by giving them a list."""


def compile_call(compiler: "ExpressionCompiler", node: ast.Call) -> str:
    match node.func:
        case ast.Name(id="isinstance"):
            return _isinstance(compiler, node)
        case ast.Name(id=name) if not compiler.is_local(name):
            return _named(compiler, node, name)
        case ast.Attribute() as attribute:
            return _method(compiler, node, attribute)
    if node.keywords:
        raise compiler.refuse(node, "keywords for something that is only known when it runs", "pass them in order")
    return f"{compiler.code(node.func)}({compiler.listed(node.args)})"


def member_of(compiler: "ExpressionCompiler", node: ast.Attribute) -> "Found | Call | None":
    """What `owner.name` means where the owner is a module, or a class of the library."""
    if not isinstance(node.value, ast.Name):
        return None
    owner = compiler.find(node.value.id)
    if isinstance(owner, str):
        found = compiler.program.member(owner, node.attr)
        if found is None:
            raise compiler.refuse(node, f"'{owner}.{node.attr}'")
        return found
    if isinstance(owner, Primitive):
        if node.attr not in owner.attributes:
            raise compiler.refuse(node, f"'{node.value.id}.{node.attr}'")
        return owner.attributes[node.attr]
    return None


def _named(compiler: "ExpressionCompiler", node: ast.Call, name: str) -> str:
    found = compiler.find(name)
    if found is None or (name in BUILTINS and found is LIBRARY.get(name)):
        if name not in BUILTINS:
            raise compiler.refuse(node, f"the name '{name}'")
        return _searched(compiler, node, name) or _runtime(compiler, node, BUILTINS[name], name in WHOLE)
    return _found(compiler, node, found)


def _searched(compiler: "ExpressionCompiler", node: ast.Call, name: str) -> str:
    """What walks through a plain generator and stops where it found what it looks for; "" for anything else."""
    match name, node.args, node.keywords:
        case "any" | "all", [ast.GeneratorExp(generators=[generator], elt=element)], []:
            return compiler.searched(generator, element, is_every=name == "all")
        case "next", [ast.GeneratorExp(generators=[generator], elt=element), otherwise], []:
            return compiler.first(generator, element, otherwise)
    return ""


def _method(compiler: "ExpressionCompiler", node: ast.Call, attribute: ast.Attribute) -> str:
    found = member_of(compiler, attribute)
    if isinstance(found, Call):
        return _runtime(compiler, node, found, is_whole=True)
    if found is not None:
        return _found(compiler, node, found)
    owner = compiler.code(attribute.value)
    if attribute.attr in METHODS:
        known = METHODS[attribute.attr]
        return _runtime(compiler, node, known, is_whole=True, first=owner)
    compiler.program.calls.append((compiler.module, attribute))
    if node.keywords:
        raise compiler.refuse(node, f"keywords for the method '{attribute.attr}'", "pass them in order")
    return f"{owner}.{attribute.attr}({compiler.listed(node.args)})"


def _found(compiler: "ExpressionCompiler", node: ast.Call, found: "Found") -> str:
    if isinstance(found, Primitive):
        if found.call is None:
            raise compiler.refuse(node, "calling this")
        return _runtime(compiler, node, found.call, is_whole=True)
    if isinstance(found, str):
        raise compiler.refuse(node, f"calling the module '{found}'")
    return _own(compiler, node, found)


def _runtime(
    compiler: "ExpressionCompiler", node: ast.Call, call: Call, is_whole: bool = False, first: str | None = None
) -> str:
    """A call of the runtime's: positional arguments in one list if it takes any number, then those with a name."""
    given = [_argument(compiler, argument, is_whole) for argument in node.args]
    if call.rest:
        positional, named = [f"[{', '.join(given)}]"], dict[str, str]()
    elif isinstance(node.args[-1] if node.args else None, ast.Starred) and not node.keywords:
        return f"{compiler.runtime(call.js)}({', '.join([*([first] if first is not None else []), *given])})"
    elif len(given) > len(call.names):
        raise compiler.refuse(node, "more arguments than parameters")
    else:
        positional, named = [], dict(zip(call.names, given, strict=False))
    named |= _keywords(compiler, node, call.names)
    front = [first] if first is not None else []
    return f"{compiler.runtime(call.js)}({', '.join([*front, *positional, *_in_order(call.names, named)])})"


def _argument(compiler: "ExpressionCompiler", node: ast.expr, is_whole: bool) -> str:
    if isinstance(node, ast.GeneratorExp) and is_whole:
        return compiler.visit_ListComp(node)
    return compiler.listed([node])


def _own(compiler: "ExpressionCompiler", node: ast.Call, found: "Definition") -> str:
    """A call of something of ours, whose parameters are known."""
    js = compiler.program.compiled(found)
    match found.node:
        case ast.FunctionDef(args=arguments):
            return f"{js}({_for_parameters(compiler, node, arguments)})"
        case ast.ClassDef(body=body):
            names = [
                part.target.id for part in body if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)
            ]
            return f"new {js}({_in_places(compiler, node, node.args, names)})"
    return f"{js}({_in_places(compiler, node, node.args, [])})"


def _for_parameters(compiler: "ExpressionCompiler", node: ast.Call, arguments: ast.arguments) -> str:
    names = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)]
    after = [argument.arg for argument in arguments.kwonlyargs]
    if arguments.vararg is None:
        return _in_places(compiler, node, node.args, names + after)
    fixed, rest = node.args[: len(names)], node.args[len(names) :]
    spread = {arguments.vararg.arg: f"[{compiler.listed(rest)}]"}
    return _in_places(compiler, node, fixed, [*names, arguments.vararg.arg, *after], spread)


def _in_places(
    compiler: "ExpressionCompiler",
    node: ast.Call,
    positional: Sequence[ast.expr],
    names: Sequence[str],
    spread: dict[str, str] | None = None,
) -> str:
    if any(isinstance(argument, ast.Starred) for argument in positional):
        if node.keywords or spread:
            raise compiler.refuse(node, "a spread argument beside others", "pass them one by one")
        return compiler.listed(positional)
    named = dict(zip(names, (compiler.code(argument) for argument in positional), strict=False))
    if len(positional) > len(names):
        raise compiler.refuse(node, "more arguments than parameters")
    return ", ".join(_in_order(names, named | (spread or {}) | _keywords(compiler, node, names)))


def _keywords(compiler: "ExpressionCompiler", node: ast.Call, names: Sequence[str]) -> dict[str, str]:
    for keyword in node.keywords:
        if keyword.arg not in names:
            raise compiler.refuse(node, f"the keyword '{keyword.arg}'" if keyword.arg else "spread keywords")
    return {keyword.arg: compiler.code(keyword.value) for keyword in node.keywords if keyword.arg}


def _in_order(names: Sequence[str], named: dict[str, str]) -> list[str]:
    """The arguments in the order of the parameters, up to the last that is given."""
    last = max((names.index(name) for name in named), default=-1)
    return [named.get(name, "undefined") for name in names[: last + 1]]


def _isinstance(compiler: "ExpressionCompiler", node: ast.Call) -> str:
    match node.args:
        case [value, ast.Tuple(elts=kinds)]:
            tests = [_is_kind(compiler, value, kind) for kind in kinds]
        case [value, ast.BinOp(op=ast.BitOr(), left=left, right=right)]:
            tests = [_is_kind(compiler, value, kind) for kind in (left, right)]
        case [value, kind]:
            tests = [_is_kind(compiler, value, kind)]
        case _:
            raise compiler.refuse(node, "isinstance like this")
    return tests[0] if len(tests) == 1 else f"({' || '.join(tests)})"


def _is_kind(compiler: "ExpressionCompiler", value: ast.expr, kind: ast.expr) -> str:
    if isinstance(kind, ast.Name) and kind.id in TYPES and not compiler.is_local(kind.id):
        return f"{compiler.runtime(TYPES[kind.id])}({compiler.code(value)})"
    found = compiler.find(kind.id) if isinstance(kind, ast.Name) else None
    if found is None or isinstance(found, Primitive | str) or not isinstance(found.node, ast.ClassDef):
        raise compiler.refuse(kind, "asking for this type")
    return f"({compiler.code(value)} instanceof {compiler.program.compiled(found)})"
