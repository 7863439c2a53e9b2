"""A program: from its entries all definitions they need, in an order in which JavaScript takes them."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from webapp.offline.positions import END
from webapp.offline.python.definitions import DefinitionCompiler
from webapp.offline.python.library import LIBRARY, OURS, Primitive
from webapp.offline.python.names import global_name
from webapp.offline.python.subset import UnsupportedPython

PACKAGE = "webapp"


@dataclass(frozen=True, slots=True)
class Definition:
    """A name at the top of one of our modules, with the statement that makes it, and its name in JavaScript."""

    module: "Module"
    name: str
    node: ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign

    @property
    def js(self) -> str:
        return global_name(self.module.name, self.name)


Found = Definition | Primitive | str
"""What a name means: something of ours, something of the library, or one of our modules by its name."""


@dataclass
class Module:
    """One file, read but not run."""

    name: str
    path: str
    definitions: dict[str, Definition] = field(default_factory=dict)
    imports: dict[str, tuple[str, str]] = field(default_factory=dict)

    def refuse(self, node: ast.AST, what: str, instead: str = "") -> UnsupportedPython:
        return UnsupportedPython(self.path, getattr(node, "lineno", 1), what, instead)


class Program:
    """Modules below a folder, and what of them has been compiled so far."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.used: set[str] = set()
        """Functions of the runtime."""
        self.methods: set[str] = set()
        """Methods of the classes that are compiled."""
        self.calls: list[tuple[Module, ast.Attribute]] = []
        """Calls of methods that some class must have."""
        self._modules: dict[str, Module] = {}
        self._compiled: dict[int, bool] = {}
        self._parts: list[str] = []

    def need(self, module: str, name: str) -> str:
        """The JavaScript name of an entry, with all that it needs compiled."""
        found = self.find(self.module(module), name)
        if isinstance(found, Primitive) and found.call:
            self.used.add(found.call.js)
            return found.call.js
        if not isinstance(found, Definition):
            raise UnsupportedPython(module, 1, f"the name '{name}'")
        return self.compiled(found)

    def text(self) -> str:
        """All that was compiled, as statements of one scope."""
        for module, call in self.calls:
            if call.attr not in self.methods:
                raise module.refuse(call, f"the method '{call.attr}'", "add it to library.py and the runtime")
        return "".join(self._parts)

    def find(self, module: Module, name: str) -> Found | None:
        """What a name at the top of a module means; None if it is not ours to say."""
        if name in module.definitions:
            own = f"{module.name}.{name}"
            return LIBRARY[own] if own in OURS else module.definitions[name]
        if name not in module.imports:
            return LIBRARY.get(name)
        source, original = module.imports[name]
        if not original:
            return source
        whole = f"{source}.{original}"
        if whole in LIBRARY:
            return LIBRARY[whole]
        if not source.startswith(PACKAGE):
            return None
        return whole if self._path(whole) else self.find(self.module(source), original)

    def member(self, module: str, name: str) -> Found | None:
        """What `module.name` means, of ours or of the library."""
        if f"{module}.{name}" in LIBRARY:
            return LIBRARY[f"{module}.{name}"]
        return self.find(self.module(module), name) if self._path(module) else None

    def compiled(self, found: Definition) -> str:
        """The JavaScript name of a definition, after its text and all it needs are part of the program."""
        if id(found.node) not in self._compiled:
            self._compiled[id(found.node)] = True
            self._parts.append(DefinitionCompiler(self, found.module).definition(found.node))
        return found.js

    def module(self, name: str) -> Module:
        if name not in self._modules:
            path = self._path(name)
            if path is None:
                raise UnsupportedPython(name, 1, "a module that is not there")
            self._modules[name] = _read(name, path, self.root)
        return self._modules[name]

    def _path(self, name: str) -> Path | None:
        path = self.root / name.replace(".", "/")
        file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        return file if file.is_file() else None


def compile_python(root: Path, entries: Mapping[str, Mapping[str, tuple[str, str]]]) -> tuple[str, set[str]]:
    """JavaScript that exports objects of entries, {object: {key: (module, name)}}, and what it uses of the runtime.

    Raises UnsupportedPython for what is outside the subset.
    """
    program = Program(root)
    exports = ""
    for name, members in entries.items():
        listed = ", ".join(f"{key!r}: {program.need(*entry)}" for key, entry in members.items())
        exports += f"export const {name} = {{{listed}}};\n"
    return program.text() + END + exports, program.used


def _read(name: str, path: Path, root: Path) -> Module:
    module = Module(name, str(path.relative_to(root)))
    for node in ast.parse(path.read_text(), str(path)).body:
        match node:
            case ast.FunctionDef() | ast.ClassDef():
                module.definitions[node.name] = Definition(module, node.name, node)
            case ast.Assign():
                names = [part.id for target in node.targets for part in ast.walk(target) if isinstance(part, ast.Name)]
                module.definitions |= {each: Definition(module, each, node) for each in names}
            case ast.AnnAssign(target=ast.Name(id=each)):
                module.definitions[each] = Definition(module, each, node)
            case ast.ImportFrom(module=source) if source:
                module.imports |= {alias.asname or alias.name: (source, alias.name) for alias in node.names}
            case ast.Import():
                module.imports |= {alias.asname or alias.name: (alias.name, "") for alias in node.names}
    return module
