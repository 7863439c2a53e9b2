"""Python's expressions as JavaScript's; the helpers they call are in `static/worker/python/`."""
# ruff: noqa: N802 - methods are named after the node classes

import ast
import re
from collections.abc import Sequence

from webapp.offline.python import calls
from webapp.offline.python.comprehensions import ComprehensionCompiler
from webapp.offline.python.library import BUILTINS, Call, Primitive
from webapp.offline.python.names import local_name
from webapp.offline.python.subset import INSTEAD, node_words
from webapp.offline.subset import characters, literal

OPERATORS = {
    ast.Add: "pyAdd",
    ast.BitAnd: "pyIntersect",
    ast.BitOr: "pyUnite",
    ast.FloorDiv: "pyFloorDivide",
    ast.Mod: "pyModulo",
    ast.Mult: "pyMultiply",
    ast.Sub: "pySubtract",
}
ORDERS = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
FILLED = re.compile(r"0([1-9])")
"""The one way of formatting a number: "02" fills it up with zeros to two digits."""

PLAIN_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
"""Keys that an object of JavaScript keeps in order, and that set nothing on a prototype."""

LARGEST = 2**53 - 1


class ExpressionCompiler(ComprehensionCompiler):
    """One method per kind of expression; each answers JavaScript that can stand as an operand or argument."""

    # Values

    def visit_Constant(self, node: ast.Constant) -> str:
        match node.value:
            case None | bool() | str():
                return literal(node.value)
            case int() if abs(node.value) <= LARGEST:
                return literal(node.value)
        raise self.refuse(node, f"the constant {node.value!r}")

    def visit_Name(self, node: ast.Name) -> str:
        if self.is_local(node.id):
            return local_name(node.id)
        found = self.find(node.id)
        if isinstance(found, Primitive):
            return self.primitive(node, found)
        if found is not None and not isinstance(found, str):
            return self.program.compiled(found)
        if found is None and node.id in BUILTINS and not BUILTINS[node.id].rest:
            return self.runtime(BUILTINS[node.id].js)
        raise self.refuse(node, f"the name '{node.id}'")

    def primitive(self, node: ast.expr, found: Primitive) -> str:
        """A name of the library as a value: what it is, or the function itself."""
        if found.value:
            return self.runtime(found.value)
        if found.call is None or found.call.rest:
            raise self.refuse(node, "this name as a value")
        return self.runtime(found.call.js)

    def visit_Attribute(self, node: ast.Attribute) -> str:
        found = calls.member_of(self, node)
        if isinstance(found, Primitive):
            return self.primitive(node, found)
        if isinstance(found, Call):
            return self.runtime(found.js)
        if found is not None and not isinstance(found, str):
            return self.program.compiled(found)
        return f"{self.runtime('pyAttribute')}({self.code(node.value)}, {literal(node.attr)})"

    def visit_List(self, node: ast.List | ast.Tuple) -> str:
        return f"[{self.listed(node.elts)}]"

    def visit_Tuple(self, node: ast.Tuple) -> str:
        return self.visit_List(node)

    def listed(self, nodes: Sequence[ast.expr]) -> str:
        return ", ".join(
            self.spread(node.value) if isinstance(node, ast.Starred) else self.code(node) for node in nodes
        )

    def spread(self, node: ast.expr) -> str:
        return f"...{self.visit_ListComp(node) if isinstance(node, ast.GeneratorExp) else self.array(node)}"

    def visit_Set(self, node: ast.Set) -> str:
        return f"{self.runtime('pySet')}([{self.listed(node.elts)}])"

    def visit_Dict(self, node: ast.Dict) -> str:
        """An object where it keeps Python's order, else one of the runtime's own dicts."""
        parts: list[str] = []
        run: list[tuple[ast.expr, ast.expr]] = []
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                parts += [self.pairs(run)] if run else []
                parts.append(self.code(value))
                run = []
            else:
                run.append((key, value))
        parts += [self.pairs(run)] if run or not parts else []
        whole = parts[0]
        for part in parts[1:]:
            whole = f"{self.runtime('pyUnite')}({whole}, {part})"
        return whole if node.keys != [None] else f"{self.runtime('pyDict')}({whole})"

    def pairs(self, run: Sequence[tuple[ast.expr, ast.expr]]) -> str:
        if run and all(is_plain_key(key) for key, _ in run):
            return f"{{{', '.join(f'{self.code(key)}: {self.code(value)}' for key, value in run)}}}"
        entries = ", ".join(f"[{self.code(key)}, {self.code(value)}]" for key, value in run)
        return f"{self.runtime('pyDictOf')}([{entries}])"

    def visit_JoinedStr(self, node: ast.JoinedStr) -> str:
        return f"`{''.join(self.printed(part) for part in node.values)}`"

    def printed(self, part: ast.expr) -> str:
        """A part of a template literal."""
        match part:
            case ast.Constant(value=str(text)):
                return characters(text)
            case ast.FormattedValue(value=value, conversion=-1, format_spec=None):
                return f"${{{self.runtime('pyStr')}({self.code(value)})}}"
            case ast.FormattedValue(
                value=value, conversion=-1, format_spec=ast.JoinedStr(values=[ast.Constant(value=str(spec))])
            ) if FILLED.fullmatch(spec):
                return f"${{{self.runtime('pyFilled')}({self.code(value)}, {spec[1]})}}"
        raise self.refuse(part, "this way of formatting", "use {x} or {x:02}")

    # Operators

    def visit_IfExp(self, node: ast.IfExp) -> str:
        return f"({self.condition(node.test)} ? {self.code(node.body)} : {self.code(node.orelse)})"

    def visit_BoolOp(self, node: ast.BoolOp) -> str:
        if self.is_boolean(node):
            return self.condition(node)
        sign, helper = ("&&", "pyAnd") if isinstance(node.op, ast.And) else ("||", "pyOr")
        *before, last = node.values
        code = self.code(last)
        for value in reversed(before):
            plain = self.is_boolean(value)  # then JavaScript chooses as Python does
            code = f"({self.code(value)} {sign} {code})" if plain else self.chosen(helper, value, code)
        return code

    def chosen(self, helper: str, value: ast.expr, last: str) -> str:
        return f"{self.runtime(helper)}({self.code(value)}, () => {last})"

    def visit_UnaryOp(self, node: ast.UnaryOp) -> str:
        match node.op:
            case ast.Not():
                return f"!{self.condition(node.operand)}"
            case ast.USub() if is_count(node.operand):
                return f"-{self.code(node.operand)}"
            case ast.USub():
                return f"{self.runtime('pyNegate')}({self.code(node.operand)})"
        raise self.refuse(node, node_words(node.op))

    def visit_BinOp(self, node: ast.BinOp) -> str:
        helper = OPERATORS.get(type(node.op))
        if helper is None:
            raise self.refuse(
                node.op if hasattr(node.op, "lineno") else node,
                node_words(node.op),
                INSTEAD.get(type(node.op).__name__, ""),
            )
        return f"{self.runtime(helper)}({self.code(node.left)}, {self.code(node.right)})"

    def visit_Compare(self, node: ast.Compare) -> str:
        operands = [node.left, *node.comparators]
        if len(node.ops) == 1:
            [a, b] = operands
            return self.comparison(node.ops[0], a, b, self.code(a), self.code(b))
        if not all(is_simple(operand) for operand in operands[1:-1]):
            return self.chain(node)
        pairs = zip(node.ops, operands, operands[1:], strict=False)
        return f"({' && '.join(self.comparison(op, a, b, self.code(a), self.code(b)) for op, a, b in pairs)})"

    def chain(self, node: ast.Compare) -> str:
        """A chain whose middle is worked out once."""
        match node.left, node.ops, node.comparators:
            case left, [first, second], [middle, right]:
                before = self.comparison(first, left, middle, "$left", "$middle")
                after = self.comparison(second, middle, right, "$middle", self.code(right))
                return f"(($left, $middle) => {before} && {after})({self.code(left)}, {self.code(middle)})"
        raise self.refuse(node, "a chain of comparisons this long", "give parts of it a name first")

    def comparison(self, op: ast.cmpop, a: ast.expr, b: ast.expr, left: str, right: str) -> str:
        match op:
            case ast.Is():
                return f"({left} === {right})"
            case ast.IsNot():
                return f"({left} !== {right})"
            case ast.Eq() | ast.NotEq():
                no = "!" if isinstance(op, ast.NotEq) else ""
                if self.is_text(a) or self.is_text(b):
                    return f"({left} {'!' if no else '='}== {right})"
                return f"{no}{self.runtime('pyEqual')}({left}, {right})"
            case ast.In():
                return f"{self.runtime('pyIn')}({left}, {right})"
            case ast.NotIn():
                return f"!{self.runtime('pyIn')}({left}, {right})"
        return f"({self.runtime('pyOrder')}({left}, {right}) {ORDERS[type(op)]} 0)"

    def visit_Subscript(self, node: ast.Subscript) -> str:
        owner = self.code(node.value)
        if not isinstance(node.slice, ast.Slice):
            return f"{self.runtime('pyItem')}({owner}, {self.code(node.slice)})"
        bounds = [self.code(part) if part else "null" for part in (node.slice.lower, node.slice.upper, node.slice.step)]
        while bounds and bounds[-1] == "null":
            bounds.pop()
        return f"{self.runtime('pySlice')}({', '.join([owner, *bounds])})"

    def visit_NamedExpr(self, node: ast.NamedExpr) -> str:
        return f"({local_name(node.target.id)} = {self.code(node.value)})"

    def visit_Call(self, node: ast.Call) -> str:
        return calls.compile_call(self, node)

    def visit_Lambda(self, node: ast.Lambda) -> str:
        arguments = node.args
        if arguments.vararg or arguments.kwarg or arguments.kwonlyargs or arguments.defaults:
            raise self.refuse(node, "a lambda with more than plain parameters", "write a function")
        names = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)]
        return f"({', '.join(map(local_name, names))}) => {self.within(names, lambda: self.value(node.body))}"


def is_simple(node: ast.expr) -> bool:
    match node:
        case ast.Name() | ast.Constant():
            return True
        case ast.Attribute(value=owner) | ast.Subscript(value=owner, slice=ast.Constant()):
            return is_simple(owner)
    return False


def is_count(node: ast.expr) -> bool:
    """Whether it is a whole number above zero, written down."""
    return isinstance(node, ast.Constant) and type(node.value) is int and node.value > 0


def is_plain_key(node: ast.expr) -> bool:
    match node:
        case ast.Constant(value=str(text)):
            return PLAIN_KEY.fullmatch(text) is not None
    return False
