"""The floor for the worker: its screens, its taps and what they do to rows at once, from Python, as `floor.js`."""

import re
from pathlib import Path

from webapp.domain.text import words
from webapp.floor.both import addresses, effects
from webapp.floor.both.parts import facts, homes, still
from webapp.floor.both.screens import card
from webapp.offline.python import compile_python
from webapp.offline.subset import literal
from webapp.sync.tables.replicated import REFUSALS, TABLES

ROOT = Path(__file__).resolve().parents[2]
RUNTIME = "python/"
"""Where the functions lie that compiled Python uses, below `static/worker/`."""

RULES = (
    *((facts, "has_left"), (facts, "local_day"), (words, "count_words")),
    *((homes, "home"), (homes, "entrance"), (homes, "is_unheld")),
    (still, "is_doubtful"),
)
"""What the worker's own files ask for."""

EXPORTED = re.compile(r"^export (?:const|function|class) (\w+)", re.MULTILINE)


def floor_module(files: dict[str, str]) -> str:
    """A module that exports `contexts` by template, `taps` by name, `effects.of`, `rules`, the tables of routes:
    SCREENS of [url, template], TAPS of [url, tap, url of its screen] and LEADS, and the TABLES that tablets hold.
    `files` are the worker's, by path."""
    screens = [*(screen for _, screen in addresses.SCREENS), card]
    entries = {
        "contexts": {screen.TEMPLATE: (screen.context.__module__, "context") for screen in screens},
        "taps": {tap.__name__: (tap.__module__, tap.__name__) for _, tap, _, _ in addresses.TAPS},
        "effects": {"of": (effects.__name__, "effects_of")},
        "rules": {name: (module.__name__, name) for module, name in RULES},
    }
    compiled, used = compile_python(ROOT, entries)
    return import_lines(files, used) + compiled + _routes()


def import_lines(files: dict[str, str], used: set[str]) -> str:
    """What brings in functions of the runtime, from whichever of the worker's files has them."""
    lines = []
    for path in sorted(path for path in files if path.startswith(RUNTIME)):
        if names := sorted(used.intersection(EXPORTED.findall(files[path]))):
            lines.append(f'import {{ {", ".join(names)} }} from "./{path}";\n')
    return "".join(lines)


def _routes() -> str:
    screens = [[_pattern(url), screen.TEMPLATE] for url, screen in addresses.SCREENS]
    taps = [[_pattern(url), tap.__name__, _pattern(at)] for url, tap, at, _ in addresses.TAPS]
    leads = {_pattern(url): _pattern(to) for url, to in addresses.LEADS.items()}
    return "".join(
        f"export const {name} = {_literal(value)};\n"
        for name, value in (("SCREENS", screens), ("TAPS", taps), ("LEADS", leads), ("TABLES", [*TABLES, REFUSALS]))
    )


def _pattern(url: str) -> str:
    """ "/lesson/<lesson>" as the worker's router has it: "/lesson/:lesson"."""
    return re.sub(r"<(\w+)>", r":\1", url)


def _literal(value: object) -> str:
    match value:
        case list():
            return f"[{', '.join(map(_literal, value))}]"
        case dict():
            return f"{{{', '.join(f'{_literal(key)}: {_literal(part)}' for key, part in value.items())}}}"
    return literal(str(value))
