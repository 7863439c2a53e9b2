"""Imports point down the house, domain stays pure, and files stay short."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
WEBAPP = ROOT / "webapp"
TEMPLATES = WEBAPP / "templates"
FLOOR = TEMPLATES / "floor"
MODULES = sorted(WEBAPP.rglob("*.py"))

# From the cellar up; what stands beside each other may not import each other unless said so below.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("domain", "config"),
    ("policies",),
    ("models", "arrival"),
    # Services that read: what they are named after is what they know.
    (
        *("access", "audit", "calendar", "clock", "compression", "cookies", "errors", "half_term", "hall", "identity"),
        *("insight", "intake", "levels", "passwords", "pictures", "points", "preview", "receipts", "rewards", "school"),
        *("condition", "scope", "sealing", "second_factor", "security", "storage", "tracker", "trip", "weekly"),
    ),
    ("sync",),
    # Services that write: each takes the protocol's lock and sequence numbers.
    ("backup", "cards", "cover", "endings", "entrance", "first_run", "lessons", "sessions", "set_up_links", "setup"),
    ("account", "floor", "office", "student", "offline", "imports", "retention", "demo", "training"),
    ("cli",),
)
# Rooms of one storey that lean on each other.
NEIGHBOURS = {
    ("access", "identity"): "who is here decides what opens",
    ("identity", "second_factor"): "who must have one and has not may go no further",
    ("second_factor", "sealing"): "its secrets do not lie open",
    ("access", "cookies"): "and one keeps where somebody wanted to go",
    ("identity", "clock"): "who has left is nobody from that day on",
    ("security", "cookies"): "one tells a tablet from a browser",
    ("first_run", "endings"): "whoever had the account before has it no more",
    ("endings", "sessions"): "they end",
    ("endings", "set_up_links"): "and so do they",
    ("access", "scope"): "it lets people open what is theirs",
    ("audit", "clock"): "a line says when",
    ("storage", "errors"): "what it does not know is an error like any other",
    ("condition", "storage"): "it names why nothing can be stored",
    ("condition", "clock"): "and tries it now and then",
    ("receipts", "levels"): "a receipt explains a level",
    ("receipts", "clock"): "says when",
    ("tracker", "clock"): "stays are counted by the school's days",
    ("levels", "calendar"): "a level looks back over school weeks",
    ("levels", "school"): "and compares with the policy's thresholds",
    ("school", "clock"): "what it changed in its policy holds from a day on",
    ("preview", "levels"): "a change of the policy moves levels",
    ("preview", "school"): "as one more version",
    ("preview", "clock"): "from a week on, after those that are over",
    ("rewards", "levels"): "a level opens them",
    ("rewards", "school"): "as the policy says",
    ("half_term", "calendar"): "it is one of the school's",
    ("half_term", "levels"): "its marks are those that earn levels",
    ("half_term", "school"): "and the policy says who earns them",
    ("weekly", "levels"): "and with it what the scores earn",
    ("trip", "half_term"): "the list is one half term's",
    ("trip", "levels"): "its means are those of levels",
    ("trip", "school"): "with as many places as the policy says",
    ("trip", "clock"): "so far",
    ("hall", "half_term"): "the board is one half term's",
    ("hall", "levels"): "means are those of levels",
    ("hall", "school"): "and as long as the policy says",
    ("points", "rewards"): "a card says what the level opens",
    ("points", "levels"): "and what limits it",
    ("points", "school"): "by the policy's rules",
    ("points", "calendar"): "a goal is for the next school week",
    ("points", "clock"): "on the school's day",
    ("demo", "imports"): "the demo school is brought in like any other",
    ("access", "clock"): "who has left is nobody from that day on",
    ("offline", "floor"): "the worker runs its screens and taps",
    ("office", "retention"): "the desk shows and runs it",
    ("retention", "imports"): "what an import remembers of somebody goes with the name",
    ("office", "imports"): "the desk brings files in, and its forms keep the same rules",
}

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
        if source and storey(target) >= storey(source) and (source, target) not in NEIGHBOURS
    ]
    assert wrong == []


def test_every_exception_is_still_needed():
    assert {(source, target) for _, source, target in arrows()} >= NEIGHBOURS.keys()


def test_nothing_imports_the_application():
    wrong = [str(file) for file in MODULES for module in imports(file) if module in ("webapp", "webapp.create_app")]
    assert wrong == []


def test_domain_imports_the_standard_library_only():
    for file in (WEBAPP / "domain").rglob("*.py"):
        strangers = {module.split(".")[0] for module in imports(file) if not module.startswith("webapp.domain")}
        assert strangers <= sys.stdlib_module_names, file


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
