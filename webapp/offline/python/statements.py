"""Python's statements as JavaScript's."""
# ruff: noqa: N802 - methods are named after the node classes

import ast
from collections.abc import Callable, Collection, Sequence
from textwrap import indent

from webapp.offline.positions import note
from webapp.offline.python.expressions import OPERATORS, ExpressionCompiler
from webapp.offline.python.library import ERRORS
from webapp.offline.python.names import bound_by, first_bound, local_name


class StatementCompiler(ExpressionCompiler):
    """One method per kind of statement."""

    def statements(self, body: Sequence[ast.stmt], declared: Collection[ast.stmt] = ()) -> str:
        """Those `declared` bring the name that they bind into being."""
        lines = [self.statement(node, "let " if node in declared else "") for node in body]
        return indent("".join(f"{line}\n" for line in lines if line), "  ")

    def statement(self, node: ast.stmt, before: str = "") -> str:
        visit: Callable[[ast.stmt], str] | None = getattr(self, f"visit_{type(node).__name__}", None)
        if visit is None:
            raise self.refuse(node)
        written = visit(node)
        return written and note(self.module.path, node.lineno) + before + written

    def block(self, body: Sequence[ast.stmt]) -> str:
        return f"{{\n{self.statements(body)}}}"

    def function(self, node: ast.FunctionDef, is_method: bool = False) -> str:
        """Parameters and body: "(a, b = 1) { … }"."""
        arguments = node.args
        if arguments.kwarg:
            raise self.refuse(node, "a parameter for any keywords", "name them")
        positional = [*arguments.posonlyargs, *arguments.args]
        defaults = [None] * (len(positional) - len(arguments.defaults)) + [*arguments.defaults]
        places = list(zip((one.arg for one in positional), defaults, strict=True))[1 if is_method else 0 :]
        places += [(arguments.vararg.arg, ast.List([]))] if arguments.vararg else []
        places += zip((one.arg for one in arguments.kwonlyargs), arguments.kw_defaults, strict=True)
        listed = ", ".join(
            local_name(name) + (f" = {self.code(default)}" if default else "") for name, default in places
        )
        parameters = {name for name, _ in places} | ({positional[0].arg} if is_method else set())
        own = bound_by(node.body) - parameters
        first = {statement: names for statement, names in first_bound(node.body).items() if names <= own}
        late = sorted(own.difference(*first.values()))
        declared = f"let {', '.join(map(local_name, late))};\n" if late else ""
        end = "" if isinstance(node.body[-1], ast.Return) else "  return null;\n"
        itself = f"const {local_name(positional[0].arg)} = this;\n" if is_method else ""
        body = self.within([*parameters, *own], lambda: self.statements(node.body, first))
        return f"({listed}) {{\n{indent(itself + declared, '  ')}{body}{end}}}"

    def visit_FunctionDef(self, node: ast.FunctionDef) -> str:
        """A function inside another."""
        if node.decorator_list:
            raise self.refuse(node, "a decorator here")
        return f"{local_name(node.name)} = function {self.function(node)};"

    def visit_Expr(self, node: ast.Expr) -> str:
        return "" if isinstance(node.value, ast.Constant) else f"{self.code(node.value)};"

    def visit_Pass(self, _node: ast.Pass) -> str:
        return ""

    def visit_Return(self, node: ast.Return) -> str:
        return f"return {self.code(node.value) if node.value else 'null'};"

    def visit_If(self, node: ast.If) -> str:
        otherwise = f" else {self.block(node.orelse)}" if node.orelse else ""
        return f"if ({self.condition(node.test)}) {self.block(node.body)}{otherwise}"

    def visit_For(self, node: ast.For) -> str:
        if node.orelse:
            raise self.refuse(node, "a loop with else", "note in a name whether it was found")
        walked, each = self.array(node.iter), self.assigned(node.target, "$each")
        return f"for (const $each of {walked}) {{\n  {each}\n{self.statements(node.body)}}}"

    def visit_While(self, node: ast.While) -> str:
        if node.orelse:
            raise self.refuse(node, "a loop with else", "note in a name whether it was found")
        return f"while ({self.condition(node.test)}) {self.block(node.body)}"

    def visit_Break(self, _node: ast.Break) -> str:
        return "break;"

    def visit_Continue(self, _node: ast.Continue) -> str:
        return "continue;"

    def visit_Assign(self, node: ast.Assign) -> str:
        match node.targets:
            case [target] if _is_one_for_one(target, node.value):
                return f"{self.target(target)} = {self.code(node.value)};"
            case [target]:
                return self.assigned(target, self.code(node.value))
        raise self.refuse(node, "assigning to several names at once", "write one line each")

    def visit_AnnAssign(self, node: ast.AnnAssign) -> str:
        return self.assigned(node.target, self.code(node.value)) if node.value else ""

    def visit_AugAssign(self, node: ast.AugAssign) -> str:
        helper = OPERATORS.get(type(node.op))
        if helper is None:
            raise self.refuse(node, "this operator")
        now = self.code(_read(node.target))
        return self.assigned(node.target, f"{self.runtime(helper)}({now}, {self.code(node.value)})")

    def assigned(self, target: ast.expr, value: str) -> str:
        match target:
            case ast.Name(id=name):
                return f"{local_name(name)} = {value};"
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                least = sum(not isinstance(part, ast.Starred) for part in parts)
                most = "" if least == len(parts) else ", true"
                return f"{self.target(target)} = {self.runtime('pyUnpack')}({value}, {least}{most});"
            case ast.Subscript(value=owner, slice=key) if not isinstance(key, ast.Slice):
                return f"{self.runtime('pySetItem')}({value}, {self.code(owner)}, {self.code(key)});"
        raise self.refuse(target, "assigning to this")

    def visit_Raise(self, node: ast.Raise) -> str:
        match node.exc:
            case None:
                return "throw $error;"
            case ast.Name(id=name) | ast.Call(func=ast.Name(id=name)) if name in ERRORS:
                said = node.exc.args if isinstance(node.exc, ast.Call) else []
                return f"throw new {self.runtime(f'py{name}')}({self.listed(said)});"
        raise self.refuse(node, "raising this", f"raise one of {', '.join(ERRORS)}")

    def visit_Assert(self, node: ast.Assert) -> str:
        return f"if (!{self.condition(node.test)}) throw new Error({self.module.path!r} + ':{node.lineno}');"

    def visit_Try(self, node: ast.Try) -> str:
        match node:
            case ast.Try(handlers=[ast.ExceptHandler(type=kinds, name=None) as handler], orelse=[], finalbody=[]):
                names = kinds.elts if isinstance(kinds, ast.Tuple) else [kinds]
                tests = " || ".join(f"$error instanceof {self.error_class(name, handler)}" for name in names)
                caught = f"  if (!({tests})) throw $error;\n{self.statements(handler.body)}"
                return f"try {self.block(node.body)} catch ($error) {{\n{caught}}}"
        raise self.refuse(node, "trying like this", "use one except for named errors")

    def error_class(self, node: ast.expr | None, handler: ast.ExceptHandler) -> str:
        match node:
            case ast.Name(id=name) if name in ERRORS:
                return self.runtime(f"py{name}")
        raise self.refuse(handler, "catching this", f"name one of {', '.join(ERRORS)}")


def _is_one_for_one(target: ast.expr, value: ast.expr) -> bool:
    """Whether as many values are written down as there are names for them."""
    match target, value:
        case ast.Tuple(elts=names), ast.Tuple(elts=values):
            plain = all(isinstance(name, ast.Name) for name in names)
            return plain and len(names) == len(values) and not any(isinstance(one, ast.Starred) for one in values)
    return False


def _read(target: ast.expr) -> ast.expr:
    """What is changed, as an expression."""
    match target:
        case ast.Name(id=name):
            return ast.copy_location(ast.Name(name, ast.Load()), target)
        case ast.Subscript(value=owner, slice=key):
            return ast.copy_location(ast.Subscript(owner, key, ast.Load()), target)
    return target
