"""Compiles the floor's templates, from Jinja's own syntax tree, to a JavaScript module for the worker.

The module exports `templates`, which `render` and `renderBlock` of `static/worker/pages/render.js` take. Each template
is one template literal in it, since that downloads smallest. There `c` is the context, `t` the page being rendered and
`up` the block that `super()` calls; a name that the template binds begins with `$`, so that it meets none of ours.
"""
# ruff: noqa: N802 - Jinja's visitor finds its methods by the names of the node classes

from collections.abc import Iterable, Sequence

from jinja2 import Environment, StrictUndefined, nodes
from jinja2.compiler import find_undeclared

from webapp.offline.expressions import SPECIAL_NAMES, ExpressionCompiler
from webapp.offline.subset import Scope, SubsetVisitor, UnsupportedTemplate, arguments, characters, literal

__all__ = ["UnsupportedTemplate", "compile_templates"]

IMPORTS = """import {
  and, defined, each, equal, get, items, join, length, minus, numbered, or, order, plus, str, text, truthy, within,
} from "./pages/render.js";
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


def is_plain(tree: nodes.Template) -> bool:
    """Whether a template says the same wherever it stands."""
    parts = [part for node in tree.body for part in (node.nodes if isinstance(node, nodes.Output) else [node])]
    return all(isinstance(part, nodes.TemplateData) for part in parts)


class TemplateCompiler(SubsetVisitor):
    """One method per kind of statement; each answers a part of a JavaScript template literal."""

    def __init__(self, env: Environment, template: str) -> None:
        super().__init__(template)
        self.env = env
        self.expressions = ExpressionCompiler(template, env.globals)
        self.referred: list[str] = []
        """Names of the templates that this one extends or includes."""

    def compile(self, tree: nodes.Template) -> str:
        """A JavaScript object: `blocks`, and either the `parent` that lays them out or an own `body`."""
        # Computed keys, because { "__proto__": x } would set the prototype.
        blocks = "".join(f"[{literal(block.name)}]: {self.block(block)},\n" for block in tree.find_all(nodes.Block))
        return f"{{\n{self.layout(tree)},\nblocks: {{\n{blocks}}}}}"

    def layout(self, tree: nodes.Template) -> str:
        match tree.body:
            case [nodes.Extends() as extends, *rest]:
                self.refuse_stray_content(rest)
                self.referred.append(self.name_of(extends))
                return f"parent: {literal(self.referred[-1])}"
        return f"body: (c, t) => {self.markup(tree.body, {})}"

    def refuse_stray_content(self, nodes_after_extends: Sequence[nodes.Node]) -> None:
        """Jinja runs, but does not print, what a child writes outside its blocks: surely a mistake."""
        for node in nodes_after_extends:
            is_blank = isinstance(node, nodes.Output) and all(
                isinstance(part, nodes.TemplateData) and part.data.isspace() for part in node.nodes
            )
            if not is_blank and not isinstance(node, nodes.Block):
                raise self.unsupported(node, "content beside the blocks of a template that extends another")

    def block(self, block: nodes.Block) -> str:
        if block.scoped or block.required:
            raise self.unsupported(block, "a scoped or required block")
        return f"(c, t, up) => {self.markup(block.body, {'super': 'up'})}"

    def markup(self, body: Sequence[nodes.Node], scope: Scope) -> str:
        """A template literal of what the nodes print."""
        return f"`{''.join(self.code(node, scope) for node in body)}`"

    def visit_Output(self, node: nodes.Output, scope: Scope) -> str:
        return "".join(self.part(part, scope) for part in node.nodes)

    def part(self, node: nodes.Expr, scope: Scope) -> str:
        match node:
            case nodes.TemplateData():
                return characters(node.data)
        return f"${{{self.printed(node, scope)}}}"

    def printed(self, node: nodes.Expr, scope: Scope) -> str:
        """JavaScript of what an expression prints."""
        match node:
            case nodes.Call(node=nodes.Name(name="super")) if "super" in scope and not arguments(node):
                return f"{scope['super']}()"
            case nodes.CondExpr():
                otherwise = self.printed(node.expr2, scope) if node.expr2 else '""'
                condition = self.expressions.condition(node.test, scope)
                return f"({condition} ? {self.printed(node.expr1, scope)} : {otherwise})"
        return f"text({self.expressions.code(node, scope)})"

    def visit_If(self, node: nodes.If, scope: Scope) -> str:
        branches = "".join(self.branch(branch, scope) for branch in (node, *node.elif_))
        return f"${{{branches}{self.markup(node.else_, scope)}}}"

    def branch(self, node: nodes.If, scope: Scope) -> str:
        # The name of a context's field is meant, but Jinja sees the constant.
        if isinstance(node.test, nodes.Const) and node.test.value is None:
            raise self.unsupported(node, "'none' as a condition")
        return f"{self.expressions.condition(node.test, scope)} ? {self.markup(node.body, scope)} : "

    def visit_For(self, node: nodes.For, scope: Scope) -> str:
        if node.recursive:
            raise self.unsupported(node, "a recursive loop")
        name, item = self.bind(node.target)
        inner = {**scope, name: item}
        rows = self.expressions.code(node.iter, scope)
        if node.test:
            rows = f"items({rows}).filter(({item}) => {self.expressions.condition(node.test, inner)})"
        # As in Jinja, `loop` exists, and is seen by included templates, only if the body itself names it.
        if "loop" in find_undeclared(node.iter_child_nodes(only=("body",)), ("loop",)):
            item, rows, inner = f"[{item}, $loop]", f"numbered({rows})", {**inner, "loop": "$loop"}
        otherwise = f", () => {self.markup(node.else_, scope)}" if node.else_ else ""
        return f"${{each({rows}, ({item}) => {self.markup(node.body, inner)}{otherwise})}}"

    def visit_With(self, node: nodes.With, scope: Scope) -> str:
        inner, parameters, values = dict(scope), "", ""
        for target, value in zip(node.targets, node.values, strict=True):
            name, variable = self.bind(target)
            inner[name] = variable
            # One function for each name, because one may be bound twice.
            parameters += f"({variable}) => "
            values += f"({self.expressions.code(value, scope)})"
        return f"${{({parameters}{self.markup(node.body, inner)}){values}}}"

    def visit_Include(self, node: nodes.Include, scope: Scope) -> str:
        if node.ignore_missing or not node.with_context:
            raise self.unsupported(node, "an include 'ignore missing' or 'without context'")
        name = self.name_of(node)
        included = parse(self.env, name)
        if is_plain(included):  # such as an icon
            return "".join(self.code(part, {}) for part in included.body)
        self.referred.append(name)
        # Computed keys, as for blocks.
        visible = "".join(f", [{literal(name)}]: {held}" for name, held in scope.items() if name != "super")
        context = f"{{ ...c{visible} }}" if visible else "c"
        return f"${{t.include({literal(name)}, {context})}}"

    def visit_Block(self, node: nodes.Block, _scope: Scope) -> str:
        return f"${{t.block({literal(node.name)}, c)}}"

    def visit_Extends(self, node: nodes.Extends, _scope: Scope) -> str:
        raise self.unsupported(node, "an {% extends %} that is not the first thing in its file")

    def visit_Scope(self, node: nodes.Scope, _scope: Scope) -> str:
        # Jinja puts {% autoescape %} into a Scope, which has no line number.
        raise self.unsupported(node.body[0], "{% autoescape %}")

    def name_of(self, node: nodes.Extends | nodes.Include) -> str:
        """The name of the template that is extended or included."""
        match node.template:
            case nodes.Const(value=str(name)):
                return name
        raise self.unsupported(node, "a template whose name is not a constant")

    def bind(self, target: nodes.Node) -> tuple[str, str]:
        """A name that `for` or `with` binds, and a JavaScript variable for it."""
        match target:
            case nodes.Name(name=str(name)) if name not in SPECIAL_NAMES:
                return name, f"${name}"
            case nodes.Name(name=str(name)):
                raise self.unsupported(target, f"binding the name '{name}'")
        raise self.unsupported(target, "unpacking into several names")
