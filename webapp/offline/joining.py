"""Joins the worker's modules into one script, so that a tablet asks once instead of forty times.

The modules stand one after the other in one scope, each after those that it imports. So no two of them may declare the
same name, and an imported name is never given another. Only what the worker's files use is understood.
"""

import re
from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath

from webapp.offline.shaking import without_unused

LIBRARY = "python/"
"""Where Python's functions are: what is not named of these stays away. They do nothing by being declared."""

IMPORT = re.compile(r'^import \{\s*\w+(?:,\s*\w+)*,?\s*\} from "(?P<path>[^"]+)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) )", re.MULTILINE)
MODULAR = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
DECLARATION = re.compile(r"^(?:export )?(?:async )?(?:function|class|const|let) ([\w$]+|[\[{][^=]*)", re.MULTILINE)


class JoinError(Exception):
    """The modules cannot be joined: which one, in which line, and why."""


def join_modules(modules: Mapping[str, str], first: str) -> str:
    """One script that does what importing `first` would do; `modules` holds their texts by path."""
    order = _in_order(modules, first, ())
    _refuse_clashes(modules, order)
    # In a function, so that nothing becomes a property of the worker's global object, and every name can be shortened.
    return (
        '"use strict";\n(() => {\n' + "".join(_needed({path: _bare(path, modules[path]) for path in order})) + "})();\n"
    )


def _needed(texts: Mapping[str, str]) -> list[str]:
    """The modules, those of the library without what is not named."""
    library = [path for path in texts if path.startswith(LIBRARY)]
    smaller = without_unused([texts[path] for path in library], [texts[path] for path in texts if path not in library])
    return list((dict(texts) | dict(zip(library, smaller, strict=True))).values())


def _in_order(modules: Mapping[str, str], path: str, importers: tuple[str, ...]) -> list[str]:
    """A module after all that it imports, each once."""
    if path in importers:
        raise JoinError(f"{path} imports itself by way of {importers[-1]}")
    if path not in modules:
        raise JoinError(f"{importers[-1]} imports {path}, which is not there")
    found: dict[str, None] = {}
    for imported in IMPORT.finditer(modules[path]):
        target = normpath(join(dirname(path), imported["path"]))
        found |= dict.fromkeys(_in_order(modules, target, (*importers, path)))
    return [*found, path]


def _refuse_clashes(modules: Mapping[str, str], paths: list[str]) -> None:
    places: dict[str, str] = {}
    for name, place in (declared for path in paths for declared in _declared(path, modules[path])):
        if name in places:
            raise JoinError(f"{place}: “{name}” is declared in {places[name]}, too")
        places[name] = place


def _declared(path: str, text: str) -> Iterator[tuple[str, str]]:
    """Top-level names, each with the place where it is declared."""
    for found in DECLARATION.finditer(text):
        for name in re.findall(r"[\w$]+", found[1]):
            yield name, _place(path, found)


def _bare(path: str, text: str) -> str:
    """A module without the words that make it one."""
    for found in MODULAR.finditer(text):
        if not IMPORT.match(text, found.start()) and not EXPORT.match(text, found.start()):
            raise JoinError(f"{_place(path, found)}: cannot join “{found[0]}”")
    return EXPORT.sub("", IMPORT.sub("", text))


def _place(path: str, found: re.Match[str]) -> str:
    line = found.string.count("\n", 0, found.start()) + 1
    return f"{path}:{line}"
