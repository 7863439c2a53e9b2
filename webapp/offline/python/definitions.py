"""What stands at the top of a module: functions, classes, constants."""

import ast
from importlib import import_module
from textwrap import indent

from webapp.offline.python.library import METHODS, WORKED_OUT
from webapp.offline.python.names import global_name, local_name
from webapp.offline.python.statements import StatementCompiler

SPECIAL = {"__contains__": "pyContains", "__iter__": "pyMembers"}
"""Methods that Python calls by itself, as the runtime knows them."""

COMPUTED = ("property", "cached_property")
IGNORED = ("cache", "lru_cache")
"""Decorators that change nothing of what a function answers."""


class DefinitionCompiler(StatementCompiler):
    """One definition with its own scopes."""

    def definition(self, node: ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign) -> str:
        match node:
            case ast.FunctionDef():
                if any(_name(decorator) not in IGNORED for decorator in node.decorator_list):
                    raise self.refuse(node, "this decorator")
                return f"function {self.js(node.name)}{self.function(node)}\n"
            case ast.ClassDef():
                return self.enumeration(node) if _bases(node) == ["StrEnum"] else self.record(node)
            case ast.AnnAssign(target=ast.Name(id=name), value=value) if value:
                return f"const {self.js(name)} = {self.code(self.worked_out(name) or value)};\n"
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                return f"const {self.js(name)} = {self.code(value)};\n"
            case ast.Assign(targets=[ast.Tuple(elts=parts)], value=value):
                names = ", ".join(self.js(part.id) for part in parts if isinstance(part, ast.Name))
                return f"const [{names}] = {self.runtime('pyUnpack')}({self.code(value)}, {len(parts)});\n"
        raise self.refuse(node)

    def worked_out(self, name: str) -> ast.expr | None:
        """The value of a constant as Python would write it down, if it is one of those."""
        if f"{self.module.name}.{name}" not in WORKED_OUT:
            return None
        return ast.parse(repr(getattr(import_module(self.module.name), name)), mode="eval").body

    def js(self, name: str) -> str:
        return global_name(self.module.name, name)

    def enumeration(self, node: ast.ClassDef) -> str:
        """Members by name; each is its text."""
        members = [
            f"{part.targets[0].id}: {self.code(part.value)}"
            for part in node.body
            if isinstance(part, ast.Assign) and isinstance(part.targets[0], ast.Name)
        ]
        return f"const {self.js(node.name)} = {{{', '.join(members)}}};\n"

    def record(self, node: ast.ClassDef) -> str:
        """A dataclass or a NamedTuple."""
        if _bases(node) not in ([], ["NamedTuple"]):
            raise self.refuse(node, "a class with a base of its own", "use a dataclass")
        fields = [part for part in node.body if isinstance(part, ast.AnnAssign)]
        names = [part.target.id for part in fields if isinstance(part.target, ast.Name)]
        parameters = ", ".join(
            local_name(name) + (f" = {self.code(part.value)}" if part.value else "")
            for name, part in zip(names, fields, strict=True)
        )
        kept = " ".join(f"this.{name} = {local_name(name)};" for name in names)
        is_tuple = _bases(node) == ["NamedTuple"]
        base = self.runtime("PyTuple" if is_tuple else "PyRecord")
        methods = "".join(self.method(part) for part in node.body if isinstance(part, ast.FunctionDef))
        fields_of = f"get pyFields() {{ return [{', '.join(f'this.{name}' for name in names)}]; }}\n"
        return (
            f"class {self.js(node.name)} extends {base} {{\n"
            f"  constructor({parameters}) {{ super(); {kept} }}\n{indent(fields_of + methods, '  ')}}}\n"
        )

    def method(self, node: ast.FunctionDef) -> str:
        decorators = [_name(decorator) for decorator in node.decorator_list]
        name = SPECIAL.get(node.name, node.name)
        if name in METHODS or (name.startswith("__") and name.endswith("__")):
            raise self.refuse(node, f"a method called '{node.name}'", "give it another name")
        if decorators not in ([], ["property"], ["cached_property"]):
            raise self.refuse(node, "this decorator")
        self.program.methods.add(name)
        return f"{'get ' if decorators else ''}{name}{self.function(node, is_method=True)}\n"


def _bases(node: ast.ClassDef) -> list[str]:
    return [base.id for base in node.bases if isinstance(base, ast.Name)]


def _name(decorator: ast.expr) -> str:
    match decorator:
        case ast.Name(id=name) | ast.Call(func=ast.Name(id=name)):
            return name
    return ""
