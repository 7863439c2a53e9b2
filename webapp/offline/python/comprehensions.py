"""Comprehensions and generators as JavaScript's loops, and the patterns that unpack."""
# ruff: noqa: N802 - methods are named after the node classes

import ast
from collections.abc import Callable, Sequence

from webapp.offline.python.names import local_name
from webapp.offline.python.nodes import NodeCompiler


class ComprehensionCompiler(NodeCompiler):
    """One method per kind of comprehension."""

    def visit_ListComp(self, node: ast.ListComp | ast.GeneratorExp | ast.SetComp) -> str:
        """A list of what one of these gives."""
        return self.collected(node.generators, lambda: self.value(node.elt))

    def visit_SetComp(self, node: ast.SetComp) -> str:
        return f"{self.runtime('pySet')}({self.visit_ListComp(node)})"

    def visit_DictComp(self, node: ast.DictComp) -> str:
        pairs = self.collected(node.generators, lambda: f"[{self.code(node.key)}, {self.code(node.value)}]")
        return f"{self.runtime('pyDictOf')}({pairs})"

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> str:
        """Something that gives one after the other, and no more than is asked for."""
        body = self.loops(node.generators, lambda: f"yield {self.value(node.elt)};")
        return f"(function* ($first) {{ {body} }})({self.walked(node.generators[0])})"

    def collected(self, generators: Sequence[ast.comprehension], element: Callable[[], str]) -> str:
        """A list of an element for each turn."""
        match generators:
            case [ast.comprehension(target=target, ifs=tests)]:
                names, given = names_of(target), f"({self.target(target)})"
                kept = self.within(
                    names, lambda: "".join(f".filter({given} => {self.condition(test)})" for test in tests)
                )
                each = self.within(names, element)
                # What is kept is a new list already.
                mapped = "" if kept and f"({each})" == given else f".map({given} => {each})"
                return self.walked(generators[0]) + kept + mapped
        body = self.loops(generators, lambda: f"$all.push({element()});")
        return f"(($first) => {{ const $all = []; {body} return $all; }})({self.walked(generators[0])})"

    def searched(self, generator: ast.comprehension, element: ast.expr, *, is_every: bool) -> str:
        """Whether an element of what a generator gives is true, or every one."""
        return f"{self.walked(generator)}.{'every' if is_every else 'some'}({self.test(generator, element, is_every)})"

    def first(self, generator: ast.comprehension, element: ast.expr, otherwise: ast.expr) -> str:
        """The first element that a generator gives, or `otherwise`."""
        given = f"({self.target(generator.target)})"
        each = self.within(names_of(generator.target), lambda: self.value(element))
        search, found = f"{self.walked(generator)}, {self.test(generator)}", f"{given} => {each}"
        return f"{self.runtime('pyFirst')}({search}, {found}, {self.code(otherwise)})"

    def test(self, generator: ast.comprehension, element: ast.expr | None = None, is_every: bool = False) -> str:
        """A function of what a generator walks through: whether it passes the tests, and `element` is true of it. With
        `is_every`, what does not pass is no reason against it."""

        def joined() -> str:
            tests = [self.condition(test) for test in generator.ifs]
            last = [self.condition(element)] if element else []
            return " || ".join([f"!{one}" for one in tests] + last) if is_every else " && ".join(tests + last) or "true"

        return f"({self.target(generator.target)}) => {self.within(names_of(generator.target), joined)}"

    def walked(self, generator: ast.comprehension) -> str:
        if generator.is_async:
            raise self.refuse(generator.target, "an asynchronous comprehension")
        return self.array(generator.iter)

    def loops(
        self, generators: Sequence[ast.comprehension], innermost: Callable[[], str], source: str = "$first"
    ) -> str:
        """Loops one within the other. What the first walks through is worked out around them, as in Python."""
        first, *others = generators
        names = names_of(first.target)

        def inner() -> str:
            tests = "".join(f"if (!{self.condition(test)}) continue; " for test in first.ifs)
            if not others:
                return tests + innermost()
            if {*names_of(others[0].target)} & {*names_of(others[0].iter)}:
                raise self.refuse(others[0].target, "a name that stands for two things here", "give one another name")
            return tests + self.loops(others, innermost, self.walked(others[0]))

        return f"for (const {self.target(first.target)} of {source}) {{ {self.within(names, inner)} }}"

    def target(self, node: ast.expr) -> str:
        """A name, or the pattern for several."""
        match node:
            case ast.Name(id=name):
                return local_name(name)
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                if any(isinstance(part, ast.Starred) for part in parts[:-1]):
                    raise self.refuse(node, "unpacking the rest before the end", "take it as a slice")
                # A name that is not wanted may stand there more than once, which JavaScript's patterns leave empty.
                return f"[{', '.join('' if is_unwanted(part) else self.target(part) for part in parts)}]"
            case ast.Starred(value=rest) if isinstance(rest, ast.Name):
                return f"...{self.target(rest)}"
        raise self.refuse(node, "unpacking like this")


def names_of(target: ast.expr) -> list[str]:
    return [part.id for part in ast.walk(target) if isinstance(part, ast.Name)]


def is_unwanted(target: ast.expr) -> bool:
    return isinstance(target, ast.Name) and target.id == "_"
