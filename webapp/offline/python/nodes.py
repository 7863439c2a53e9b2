"""What compiling any node needs: the module it stands in, the names around it, and words for what is refused."""

import ast
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from webapp.offline.python.subset import INSTEAD, UnsupportedPython, node_words

if TYPE_CHECKING:
    from webapp.offline.python.program import Found, Module, Program


ARRAYS = re.compile(r"py(Enumerate|Items|List|Range|Reversed|Sorted|Values|Zip)\(")
"""Calls that answer an array, as the runtime writes them."""


class NodeCompiler:
    """Asks the method named after a kind of node; each answers JavaScript."""

    def __init__(self, program: "Program", module: "Module") -> None:
        self.program, self.module = program, module
        self.scopes: list[set[str]] = []
        """The names bound around what is being compiled, innermost last."""

    def refuse(self, node: ast.AST, what: str = "", instead: str = "") -> UnsupportedPython:
        return self.module.refuse(node, what or node_words(node), instead or INSTEAD.get(type(node).__name__, ""))

    def runtime(self, name: str) -> str:
        """A function of the runtime, which is then part of the bundle."""
        self.program.used.add(name)
        return name

    def code(self, node: ast.expr) -> str:
        visit: Callable[[ast.expr], str] | None = getattr(self, f"visit_{type(node).__name__}", None)
        if visit is None:
            raise self.refuse(node)
        return visit(node)

    def condition(self, node: ast.expr) -> str:
        """JavaScript that is exactly true or false, by Python's idea of truth."""
        if isinstance(node, ast.BoolOp):
            sign = " && " if isinstance(node.op, ast.And) else " || "
            return f"({sign.join(self.condition(value) for value in node.values)})"
        return self.code(node) if self.is_boolean(node) else f"{self.runtime('pyTruth')}({self.code(node)})"

    def array(self, node: ast.expr) -> str:
        """JavaScript for an array of what Python would walk through."""
        code = self.code(node)
        is_array = isinstance(node, ast.ListComp) or (isinstance(node, ast.Call) and ARRAYS.match(code))
        return code if is_array else f"{self.runtime('pyIter')}({code})"

    def is_boolean(self, node: ast.expr) -> bool:
        """Whether what it gives is surely true or false itself. What a function says of that, the type check holds."""
        match node:
            case ast.Compare() | ast.UnaryOp(op=ast.Not()) | ast.Constant(value=bool()):
                return True
            case ast.BoolOp(values=values):
                return all(self.is_boolean(value) for value in values)
            case ast.Call(func=ast.Name(id="isinstance" | "any" | "all" | "bool")):
                return True
            case ast.Call(func=ast.Name(id=name)):
                match self.definition_of(name):
                    case ast.FunctionDef(returns=ast.Name(id="bool")):
                        return True
        return False

    def is_text(self, node: ast.expr) -> bool:
        """Whether it is a text that is written down, there or as a constant."""
        match node:
            case ast.Constant(value=value):
                return isinstance(value, str)
            case ast.Name(id=name):
                match self.definition_of(name):
                    case ast.Assign(targets=[ast.Name()], value=ast.Constant(value=str())):
                        return True
        return False

    def definition_of(self, name: str) -> ast.stmt | None:
        """The statement of ours at the top of a module that makes what a name means here."""
        found = self.find(name)
        return getattr(found, "node", None)

    def find(self, name: str) -> "Found | None":
        """What a name means that no function binds."""
        return None if self.is_local(name) else self.program.find(self.module, name)

    def is_local(self, name: str) -> bool:
        return any(name in scope for scope in self.scopes)

    def within(self, names: Sequence[str], compile_inner: Callable[[], str]) -> str:
        """What is compiled where these names are bound."""
        self.scopes.append(set(names))
        inner = compile_inner()
        self.scopes.pop()
        return inner

    def value(self, node: ast.expr) -> str:
        """What an arrow function answers; an object needs parentheses there."""
        code = self.code(node)
        return f"({code})" if code.startswith("{") else code
