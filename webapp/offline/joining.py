"""Joins the worker's modules into one script, so that a tablet asks once instead of forty times.

Each module becomes a function that is called once, in an order in which what a module imports comes before it. Only
what the worker's files use is understood: named imports, `import * as`, and exports in front of a declaration.
"""

import re
from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath

IMPORT = re.compile(r'^import (?:\* as (?P<whole>\w+)|\{(?P<names>[^}]*)\}) from "(?P<path>[^"]+)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (?P<name>\w+))", re.MULTILINE)
LEFT_OVER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


class JoinError(Exception):
    """The modules cannot be joined: which one, and why."""


def join_modules(modules: Mapping[str, str], first: str) -> str:
    """One script that does what importing `first` would do; `modules` holds their texts by path."""
    return "".join(_wrapped(path, modules[path]) for path in _in_order(modules, first, ()))


def _in_order(modules: Mapping[str, str], path: str, importers: tuple[str, ...]) -> list[str]:
    """A module after all that it imports, each once."""
    if path in importers:
        raise JoinError(f"{path} imports itself by way of {importers[-1]}")
    if path not in modules:
        raise JoinError(f"{importers[-1]} imports {path}, which is not there")
    found: dict[str, None] = {}
    for imported in _imports(path, modules[path]):
        found |= dict.fromkeys(_in_order(modules, imported, (*importers, path)))
    return [*found, path]


def _imports(path: str, text: str) -> Iterator[str]:
    for found in IMPORT.finditer(text):
        yield _resolved(path, found["path"])


def _resolved(path: str, imported: str) -> str:
    return normpath(join(dirname(path), imported))


def _wrapped(path: str, text: str) -> str:
    """`const $name = (() => {…; return {exports}; })();`"""
    names = [found["name"] for found in EXPORT.finditer(text)]
    body = EXPORT.sub("", IMPORT.sub(lambda found: _taken(path, found), text))
    if left := LEFT_OVER.search(body):
        raise JoinError(f"{path}: cannot join “{left[0]}”")
    return f"const {_variable(path)} = (() => {{\n{body}return {{ {', '.join(names)} }};\n}})();\n"


def _taken(path: str, found: re.Match[str]) -> str:
    """An import as a constant."""
    names = found["whole"] or "{" + found["names"].replace(" as ", ": ") + "}"
    return f"const {names} = {_variable(_resolved(path, found['path']))};\n"


def _variable(path: str) -> str:
    return "$" + re.sub(r"\W", "_", path.removesuffix(".js"))
