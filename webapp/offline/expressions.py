"""Jinja expressions as JavaScript expressions; the helpers they call are in `static/worker/pages/render.js`.

Numbers and booleans mix as in Python (`True == 1`, `True + 1` is 2). A missing name or key is a value of its
own until something uses it, as with StrictUndefined. What depends on the data rather than on the template,
such as printing a list, is refused by the helpers at run time.
"""
# ruff: noqa: N802 - Jinja's visitor finds its methods by the names of the node classes

from collections.abc import Container

from jinja2 import nodes

from webapp.offline.subset import Scope, SubsetVisitor, arguments, literal

COMPARISONS = {
    "eq": "equal({}, {})",
    "ne": "!equal({}, {})",
    "lt": "(order({}, {}) < 0)",
    "lteq": "(order({}, {}) <= 0)",
    "gt": "(order({}, {}) > 0)",
    "gteq": "(order({}, {}) >= 0)",
    "in": "within({}, {})",
    "notin": "!within({}, {})",
}
TESTS = {"none": "({} === null)", "defined": "defined({})"}
FILTERS = {"length", "join"}
LOOP_ATTRIBUTES = {"index", "index0", "first", "last", "length"}
SPECIAL_NAMES = {"loop", "self", "super"}
LARGEST_SAFE_INTEGER = 2**53 - 1


class ExpressionCompiler(SubsetVisitor):
    """One method per kind of expression; each answers JavaScript that can stand as an operand or argument."""

    def __init__(self, template: str, global_names: Container[str]) -> None:
        super().__init__(template)
        self.global_names = global_names

    def condition(self, node: nodes.Node, scope: Scope) -> str:
        """JavaScript that is exactly true or false, by Jinja's idea of truth."""
        match node:
            case nodes.And():
                return f"({self.condition(node.left, scope)} && {self.condition(node.right, scope)})"
            case nodes.Or():
                return f"({self.condition(node.left, scope)} || {self.condition(node.right, scope)})"
            case nodes.Not() | nodes.Compare() | nodes.Test():
                return self.code(node, scope)
        return f"truthy({self.code(node, scope)})"

    def visit_Const(self, node: nodes.Const, _scope: Scope) -> str:
        match node.value:
            case None | bool() | str():
                return literal(node.value)
            case int() if abs(node.value) <= LARGEST_SAFE_INTEGER:
                return literal(node.value)
        raise self.unsupported(node, f"the constant {node.value!r}")

    def visit_Name(self, node: nodes.Name, scope: Scope) -> str:
        if node.name in SPECIAL_NAMES:
            raise self.unsupported(node, f"'{node.name}' as a value")
        if node.name in scope:
            return scope[node.name]
        if node.name in self.global_names:
            raise self.unsupported(node, f"the global '{node.name}'")
        return f"get(c, {literal(node.name)})"

    def visit_Getattr(self, node: nodes.Getattr, scope: Scope) -> str:
        if isinstance(node.node, nodes.Name) and node.node.name == "loop":
            return self.loop_attribute(node, scope)
        return self.lookup(node.node, node.attr, scope)

    def loop_attribute(self, node: nodes.Getattr, scope: Scope) -> str:
        """`loop.index` and its like, of a loop here or, in an included template, around the include."""
        if node.attr not in LOOP_ATTRIBUTES:
            raise self.unsupported(node, f"'loop.{node.attr}'")
        if "loop" in scope:
            return f"{scope['loop']}.{node.attr}"
        return f'get(get(c, "loop"), {literal(node.attr)})'

    def visit_Getitem(self, node: nodes.Getitem, scope: Scope) -> str:
        key = node.arg.value if isinstance(node.arg, nodes.Const) else None
        if isinstance(key, bool) or not isinstance(key, str | int):
            raise self.unsupported(node, "a key that is not a constant string or integer")
        return self.lookup(node.node, key, scope)

    def lookup(self, owner: nodes.Expr, key: str | int, scope: Scope) -> str:
        """A key of an object or an index of a list, but no name under which Jinja finds a dict's method."""
        if isinstance(key, str) and hasattr(dict, key):
            raise self.unsupported(owner, f"the key '{key}', which is also a method of dict,")
        return f"get({self.code(owner, scope)}, {literal(key)})"

    def visit_Concat(self, node: nodes.Concat, scope: Scope) -> str:
        parts = (f"str({self.code(part, scope)})" for part in node.nodes)
        return f"({' + '.join(parts)})"

    def visit_CondExpr(self, node: nodes.CondExpr, scope: Scope) -> str:
        # What Jinja makes of the absent else prints as nothing, but is neither "" nor like a missing name.
        if node.expr2 is None:
            raise self.unsupported(node, "an inline if without else that is not printed directly")
        whether = self.condition(node.test, scope)
        return f"({whether} ? {self.code(node.expr1, scope)} : {self.code(node.expr2, scope)})"

    def visit_And(self, node: nodes.And, scope: Scope) -> str:
        return f"and({self.code(node.left, scope)}, () => {self.code(node.right, scope)})"

    def visit_Or(self, node: nodes.Or, scope: Scope) -> str:
        return f"or({self.code(node.left, scope)}, () => {self.code(node.right, scope)})"

    def visit_Not(self, node: nodes.Not, scope: Scope) -> str:
        return f"!{self.condition(node.node, scope)}"

    def visit_Compare(self, node: nodes.Compare, scope: Scope) -> str:
        if len(node.ops) > 1:
            raise self.unsupported(node, "a chain of comparisons")
        operand = node.ops[0]
        return COMPARISONS[operand.op].format(self.code(node.expr, scope), self.code(operand.expr, scope))

    def visit_Add(self, node: nodes.Add, scope: Scope) -> str:
        return f"plus({self.code(node.left, scope)}, {self.code(node.right, scope)})"

    def visit_Sub(self, node: nodes.Sub, scope: Scope) -> str:
        return f"minus({self.code(node.left, scope)}, {self.code(node.right, scope)})"

    def visit_Neg(self, node: nodes.Neg, scope: Scope) -> str:
        return f"minus(0, {self.code(node.node, scope)})"

    def visit_Test(self, node: nodes.Test, scope: Scope) -> str:
        if node.name not in TESTS or arguments(node):
            raise self.unsupported(node, f"the test '{node.name}'")
        return TESTS[node.name].format(self.code(node.node, scope))

    def visit_Filter(self, node: nodes.Filter, scope: Scope) -> str:
        if node.name not in FILTERS:
            raise self.unsupported(node, f"the filter '{node.name}'")
        assert node.node  # only a filter block lacks it, and those are refused
        match node.name, arguments(node):
            case "length", []:
                return f"length({self.code(node.node, scope)})"
            case "join", [nodes.Const(value=str(separator))]:
                return f"join({self.code(node.node, scope)}, {literal(separator)})"
        raise self.unsupported(node, f"the filter '{node.name}' with these arguments")
