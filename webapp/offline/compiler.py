"""Compiles the floor's templates, from Jinja's own syntax tree, to a JavaScript module for the worker.

The module exports `templates`, which `render` and `renderBlock` of `static/worker/render.js` take. In the
code made here `c` is the context, `t` the page being rendered, `o` the output so far and `up` the block
that `super()` calls. Every JavaScript variable has a number of its own, so that a name bound by a loop never
meets the same name outside it.
"""
# ruff: noqa: N802 - Jinja's visitor finds its methods by the names of the node classes

from collections.abc import Iterable, Sequence
from itertools import count
from textwrap import indent

from jinja2 import Environment, StrictUndefined, nodes
from jinja2.compiler import find_undeclared

from webapp.offline.expressions import SPECIAL_NAMES, ExpressionCompiler
from webapp.offline.subset import Scope, SubsetVisitor, UnsupportedTemplate, arguments, literal

__all__ = ["UnsupportedTemplate", "compile_templates"]

IMPORTS = """import {
  and, defined, equal, get, items, join, length, minus, numbered, or, order, plus, str, text, truthy, within,
} from "./render.js";
"""


def compile_templates(env: Environment, names: Iterable[str]) -> str:
    """The text of an ES module with these templates and all that they extend or include.

    Raises UnsupportedTemplate for a construct outside the subset, and Jinja's own errors for what is not
    Jinja. The same templates give the same text, whatever their order.
    """
    compiled: dict[str, str] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in compiled:
            compiler = TemplateCompiler(env, name)
            compiled[name] = compiler.compile(parse(env, name))
            waiting += compiler.referred
    entries = "".join(f"{literal(name)}: {compiled[name]},\n" for name in sorted(compiled))
    return f"{IMPORTS}\nexport const templates = {{\n{entries}}};\n"


def parse(env: Environment, name: str) -> nodes.Template:
    """The syntax tree of a template that Jinja itself accepts."""
    refuse_lenient_environment(env, name)
    # Some mistakes, such as two blocks of one name, are found only by Jinja's compiler.
    env.get_template(name)
    assert env.loader
    source, filename, _ = env.loader.get_source(env, name)
    return env.parse(source, name, filename)


def refuse_lenient_environment(env: Environment, name: str) -> None:
    """The JavaScript side always escapes and never overlooks a missing name; Jinja's must do the same."""
    if not (env.autoescape(name) if callable(env.autoescape) else env.autoescape):
        raise UnsupportedTemplate(name, 1, "output without autoescape")
    if not issubclass(env.undefined, StrictUndefined):
        raise UnsupportedTemplate(name, 1, "an environment without StrictUndefined")


class TemplateCompiler(SubsetVisitor):
    """One method per kind of statement; each answers JavaScript statements that add to `o`."""

    def __init__(self, env: Environment, template: str) -> None:
        super().__init__(template)
        self.expressions = ExpressionCompiler(template, env.globals)
        self.numbers = count(1)
        self.referred: list[str] = []
        """Names of the templates that this one extends or includes."""

    def compile(self, tree: nodes.Template) -> str:
        """A JavaScript object: `blocks`, and either the `parent` that lays them out or an own `body`."""
        blocks = "".join(self.block_function(block) + ",\n" for block in tree.find_all(nodes.Block))
        return f"{{\n{self.layout(tree)},\nblocks: {{\n{blocks}}}}}"

    def layout(self, tree: nodes.Template) -> str:
        match tree.body:
            case [nodes.Extends() as extends, *rest]:
                self.refuse_stray_content(rest)
                return f"parent: {literal(self.reference(extends))}"
        return self.function("body(c, t)", tree.body, {})

    def refuse_stray_content(self, nodes_after_extends: Sequence[nodes.Node]) -> None:
        """Jinja runs, but does not print, what a child writes outside its blocks: surely a mistake."""
        for node in nodes_after_extends:
            is_blank = isinstance(node, nodes.Output) and all(
                isinstance(part, nodes.TemplateData) and part.data.isspace() for part in node.nodes
            )
            if not is_blank and not isinstance(node, nodes.Block):
                raise self.unsupported(node, "content beside the blocks of a template that extends another")

    def block_function(self, block: nodes.Block) -> str:
        if block.scoped or block.required:
            raise self.unsupported(block, "a scoped or required block")
        return self.function(f"{literal(block.name)}(c, t, up)", block.body, {"super": "up"})

    def function(self, signature: str, body: Sequence[nodes.Node], scope: Scope) -> str:
        return f'{signature} {{\n  let o = "";\n{self.statements(body, scope)}  return o;\n}}'

    def statements(self, body: Sequence[nodes.Node], scope: Scope) -> str:
        """Indented lines. Literals hold no line breaks, so indenting never reaches into one."""
        return "".join(indent(self.code(node, scope), "  ") + "\n" for node in body)

    def visit_Output(self, node: nodes.Output, scope: Scope) -> str:
        return f"o += {' + '.join(self.printed(part, scope) for part in node.nodes)};"

    def printed(self, node: nodes.Expr, scope: Scope) -> str:
        match node:
            case nodes.TemplateData():
                return literal(node.data)
            case nodes.Call(node=nodes.Name(name="super")) if "super" in scope and not arguments(node):
                return f"{scope['super']}()"
            case nodes.CondExpr():
                otherwise = self.printed(node.expr2, scope) if node.expr2 else '""'
                condition = self.expressions.condition(node.test, scope)
                return f"({condition} ? {self.printed(node.expr1, scope)} : {otherwise})"
        return f"text({self.expressions.code(node, scope)})"

    def visit_If(self, node: nodes.If, scope: Scope) -> str:
        branches = " else ".join(self.branch(branch, scope) for branch in (node, *node.elif_))
        otherwise = f" else {{\n{self.statements(node.else_, scope)}}}" if node.else_ else ""
        return branches + otherwise

    def branch(self, node: nodes.If, scope: Scope) -> str:
        condition = self.expressions.condition(node.test, scope)
        return f"if ({condition}) {{\n{self.statements(node.body, scope)}}}"

    def visit_For(self, node: nodes.For, scope: Scope) -> str:
        if node.recursive:
            raise self.unsupported(node, "a recursive loop")
        name, item = self.bind(node.target)
        inner = {**scope, name: item}
        rows = f"items({self.expressions.code(node.iter, scope)})"
        if node.test:
            rows += f".filter(({item}) => {self.expressions.condition(node.test, inner)})"
        if not node.else_:
            return self.loop(node, item, rows, inner)
        kept = self.variable("rows")
        otherwise = f"if (!{kept}.length) {{\n{self.statements(node.else_, scope)}}}"
        return f"const {kept} = {rows};\n{self.loop(node, item, kept, inner)}\n{otherwise}"

    def loop(self, node: nodes.For, item: str, rows: str, scope: Scope) -> str:
        """As in Jinja, `loop` exists, and is seen by included templates, only if the body itself names it."""
        if "loop" in find_undeclared(node.iter_child_nodes(only=("body",)), ("loop",)):
            loop = self.variable("loop")
            item, rows, scope = f"[{item}, {loop}]", f"numbered({rows})", {**scope, "loop": loop}
        return f"for (const {item} of {rows}) {{\n{self.statements(node.body, scope)}}}"

    def visit_With(self, node: nodes.With, scope: Scope) -> str:
        inner, bindings = dict(scope), ""
        for target, value in zip(node.targets, node.values, strict=True):
            name, variable = self.bind(target)
            inner[name] = variable
            bindings += f"const {variable} = {self.expressions.code(value, scope)};\n"
        return f"{bindings}{{\n{self.statements(node.body, inner)}}}"

    def visit_Include(self, node: nodes.Include, scope: Scope) -> str:
        if node.ignore_missing or not node.with_context:
            raise self.unsupported(node, "an include 'ignore missing' or 'without context'")
        # Computed keys, because { __proto__: x } would set the prototype.
        visible = "".join(f", [{literal(name)}]: {held}" for name, held in scope.items() if name != "super")
        context = f"{{ ...c{visible} }}" if visible else "c"
        return f"o += t.include({literal(self.reference(node))}, {context});"

    def visit_Block(self, node: nodes.Block, _scope: Scope) -> str:
        return f"o += t.block({literal(node.name)}, c);"

    def visit_Extends(self, node: nodes.Extends, _scope: Scope) -> str:
        raise self.unsupported(node, "an {% extends %} that is not the first thing in its file")

    def visit_Scope(self, node: nodes.Scope, _scope: Scope) -> str:
        # Jinja puts {% autoescape %} into a Scope, which has no line number.
        raise self.unsupported(node.body[0], "{% autoescape %}")

    def reference(self, node: nodes.Extends | nodes.Include) -> str:
        """The name of the template that is extended or included, which will be compiled too."""
        match node.template:
            case nodes.Const(value=str(name)):
                self.referred.append(name)
                return name
        raise self.unsupported(node, "a template whose name is not a constant")

    def bind(self, target: nodes.Node) -> tuple[str, str]:
        """A name that `for` or `with` binds, and a JavaScript variable for it."""
        match target:
            case nodes.Name(name=str(name)) if name not in SPECIAL_NAMES:
                return name, self.variable(name)
            case nodes.Name(name=str(name)):
                raise self.unsupported(target, f"binding the name '{name}'")
        raise self.unsupported(target, "unpacking into several names")

    def variable(self, stem: str) -> str:
        return f"{stem}_{next(self.numbers)}"
