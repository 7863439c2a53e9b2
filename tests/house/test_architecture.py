"""Imports point down the house, domain stays pure, and files stay short."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from webapp.offline.python.library import OURS

ROOT = Path(__file__).resolve().parents[2]
WEBAPP = ROOT / "webapp"
TEMPLATES = WEBAPP / "templates"
FLOOR = TEMPLATES / "floor"
BOTH = WEBAPP / "floor" / "both"
MODULES = sorted(WEBAPP.rglob("*.py"))

# From the cellar up. A room may import what lies below its storey, and nothing beside it.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("domain", "config"),
    ("policies",),
    ("models",),
    ("school",),
    ("web", "results"),
    ("sync",),
    ("account", "backup", "student", "timetable"),
    ("floor", "imports", "setup"),
    ("demo", "offline", "retention", "training"),
    ("office",),
    ("cli",),
)

# What of the standard library asks for nothing outside the program.
PLAIN = sys.stdlib_module_names - {"sqlite3", "dbm", "socket", "http", "urllib", "os", "pathlib"}

# The tables that only the protocol writes.
FACTS = (
    *("Operation", "Quarantined", "Score", "Level", "Cap"),
    *("Ask", "Stay", "Assist", "Plan", "Apart", "Restraint"),
    *("Card", "BoardName", "Admission", "OptionChoice", "TripDecision", "Award"),
    *("Item", "Redemption", "Till", "StockCount"),
)


def storey(name: str) -> int:
    return next(number for number, rooms in enumerate(LAYERS) if name in rooms)


def room_of(module: str) -> str:
    """The part of the product a module is in; "" for the application itself."""
    return module.partition(".")[2].partition(".")[0]


def module_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(file: Path) -> Iterator[str]:
    """Every module a file imports, wherever in it; names taken from `webapp` itself count as its modules."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are written out in full"
            module = node.module or ""
            yield from (f"webapp.{alias.name}" for alias in node.names) if module == "webapp" else (module,)


def arrows() -> Iterator[tuple[Path, str, str]]:
    for file in MODULES:
        source = room_of(module_of(file))
        for module in imports(file):
            if module.split(".")[0] == "webapp" and room_of(module) != source:
                yield file, source, room_of(module)


def test_every_room_has_its_storey():
    rooms = {room_of(module_of(file)) for file in MODULES} - {""}
    assert rooms <= {room for layer in LAYERS for room in layer}


def test_imports_point_down():
    wrong = [
        f"{file.relative_to(ROOT)} imports webapp.{target}"
        for file, source, target in arrows()
        if source and storey(target) >= storey(source)
    ]
    assert wrong == []


def test_nothing_imports_the_application():
    wrong = [str(file) for file in MODULES for module in imports(file) if module in ("webapp", "webapp.create_app")]
    assert wrong == []


def test_domain_imports_the_standard_library_only():
    for file in (WEBAPP / "domain").rglob("*.py"):
        strangers = {module.split(".")[0] for module in imports(file) if not module.startswith("webapp.domain")}
        assert strangers - {"_typeshed"} <= sys.stdlib_module_names, file  # which only a type checker reads


def names_of(source: str) -> Iterator[str]:
    """Everything that a text imports, with its module: "webapp.school.clock.local_date"."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def strangers(source: str) -> list[str]:
    """What a text imports that cannot run on both servers. Of the modules beside `floor/both/` and the rules, the
    worker has only what it does itself: the names in OURS."""
    outside = (name for name in names_of(source) if name not in OURS and name.split(".")[0] not in PLAIN)
    return [name for name in outside if not name.startswith(("webapp.domain.", "webapp.floor.both."))]


def test_what_runs_on_both_servers_reaches_no_database_no_flask_and_no_protocol():
    """Nor does any module that it imports, and so on; the names in OURS are where Flask's side begins."""
    waiting = list(BOTH.rglob("*.py"))
    seen = set(waiting)
    while waiting:
        source = (file := waiting.pop()).read_text()
        assert strangers(source) == [], file
        found = {owner for name in set(names_of(source)) - set(OURS) if (owner := file_of(name))} - seen
        waiting += found
        seen |= found
    assert WEBAPP / "domain" / "marks" / "mean.py" in seen


def file_of(name: str) -> Path | None:
    """The file of a module of ours, or of one of its names."""
    path = ROOT / name.replace(".", "/")
    candidates = (path.with_suffix(".py"), path / "__init__.py", path.parent.with_suffix(".py"))
    return next((file for file in candidates if file.is_file() and name.startswith("webapp.")), None)


@pytest.mark.parametrize(
    "line",
    [
        "import flask",
        "import sqlite3",
        "from sqlalchemy import select",
        "from flask_login import current_user",
        "from webapp.models import Student",
        "from webapp.models.device import TILL",
        "from webapp.sync.tables.rows import student_row",
        "from webapp.school import clock",
        "from webapp.school.clock import today",
        "from webapp.floor.load.rows import load",
        "from webapp.floor.viewer import current_viewer",
        "def f():\n    from webapp.models import db",
    ],
)
def test_what_cannot_run_on_both_servers_is_refused(line: str):
    assert strangers(line)
    assert strangers("from webapp.school.clock import local_date") == []


def test_domain_asks_no_clock():
    for file in (WEBAPP / "domain").rglob("*.py"):
        called = {node.attr for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Attribute)}
        assert not called & {"now", "utcnow", "today", "time_ns", "monotonic"}, file


def test_only_the_protocol_writes_what_people_did():
    """Everywhere else the log, and the marks, levels and caps that follow from it, are read."""
    for file in MODULES:
        if room_of(module_of(file)) not in ("sync", "models"):
            tree = ast.parse(file.read_text())
            facts = names_of_facts(tree)
            for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
                called, given = name_of(call.func), {name_of(node) for node in call.args}
                assert called not in facts, f"{file} makes a {called}"
                assert not (called in ("insert", "update", "delete") and facts & given), file


def name_of(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def names_of_facts(tree: ast.AST) -> set[str]:
    """What a file calls the tables of facts."""
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "webapp.models"
        for alias in node.names
        if alias.name in FACTS
    }


def test_no_file_is_longer_than_300_lines():
    files = [*MODULES, *WEBAPP.glob("static/worker/**/*.js"), *WEBAPP.glob("static/page/**/*.js")]
    assert [file.name for file in files if len(file.read_text().splitlines()) > 300] == []


@pytest.mark.parametrize(
    "forbidden",
    [
        r"\|\s*safe\b",
        r"Markup\(",
        r"<style\b",
        r"\sstyle\s*=",
        r"\son\w+\s*=",
        r"javascript:",
        r"autoescape",
        r"<script(?![^>]*\bsrc=)",
    ],
)
def test_floor_templates_hold_no_raw_html_scripts_or_styles(forbidden: str):
    templates = list(FLOOR.rglob("*.html"))
    assert templates
    assert [file.name for file in templates if re.search(forbidden, file.read_text(), re.IGNORECASE)] == []


def test_what_scrolls_sideways_is_made_by_the_one_macro_that_says_its_name():
    assert [file.name for file in TEMPLATES.rglob("*.html") if 'class="wide' in file.read_text()] == ["_forms.html"]
