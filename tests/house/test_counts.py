"""How much a newcomer has to find: the house in numbers. `pytest -s` prints them."""

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

from tests.house.test_architecture import LAYERS, MODULES, ROOT, WEBAPP, module_of
from webapp.domain.operations import KINDS, RIGHTS
from webapp.domain.operations.kind import Kind
from webapp.sync.tables.replicated import REFUSALS, TABLES

MOST_FILES = 20
MOST_PLACES_OF_A_KIND = 3
MOST_PLACES_OF_A_TABLE = 2
MOST_SHARED_NAMES = 56

WIRE = {*TABLES, REFUSALS}


def say(line: str) -> None:
    sys.stdout.write(f"\n{line}\n")


def test_no_folder_holds_more_files_than_one_can_look_over():
    checks = (file for folder in ("tests", "e2e", "benchmarks") for file in (ROOT / folder).rglob("*.py"))
    files = Counter(file.parent.relative_to(ROOT) for file in (*MODULES, *checks) if file.name != "__init__.py")
    folder, most = files.most_common(1)[0]
    packages = sum(file.name == "__init__.py" for file in MODULES)
    rooms = sum(file.parent.parent == WEBAPP for file in MODULES if file.name == "__init__.py")
    say(f"packages: {packages}, of them at the top: {rooms}; most files in a folder: {most} ({folder})")
    assert most <= MOST_FILES


def test_few_files_share_a_name():
    names = Counter(file.name for file in MODULES if file.name != "__init__.py")
    shared = sorted(name for name, count in names.items() if count > 1)
    say(f"names of more than one file: {len(shared)} ({', '.join(shared)})")
    assert len(shared) <= MOST_SHARED_NAMES


def test_the_layers_have_no_exceptions():
    """Each room stands on one storey, and none is let off."""
    rooms = [room for layer in LAYERS for room in layer]
    say(f"storeys: {len(LAYERS)}; exceptions: {len(rooms) - len(set(rooms))}")
    assert len(rooms) == len(set(rooms))


def test_a_kind_of_operation_is_named_in_few_places():
    """Where it is entered among others: what merely makes one, or asks for one, does not count."""
    places: dict[str, list[str]] = {kind: [] for kind in RIGHTS}
    for file in MODULES:
        for kind in kinds_entered_in(file) & RIGHTS.keys():
            places[kind].append(str(file.relative_to(ROOT)))
    kind = max(places, key=lambda kind: len(places[kind]))
    say(f"places of a kind of operation: {len(places[kind])} ({kind}: {', '.join(places[kind])})")
    assert {kind: found for kind, found in places.items() if len(found) > MOST_PLACES_OF_A_KIND} == {}
    assert all(len(found) >= 2 for found in places.values())


def test_a_replicated_table_is_named_in_few_places():
    """In whatever lists them: a file that names half of them or more outside its functions."""
    files = (*MODULES, *WEBAPP.glob("static/worker/**/*.js"))
    lists = [str(file.relative_to(ROOT)) for file in files if len(tables_in(file)) * 2 >= len(WIRE)]
    say(f"places of a replicated table: {len(lists)} ({', '.join(lists)})")
    assert "webapp/sync/tables/replicated.py" in lists
    assert len(lists) <= MOST_PLACES_OF_A_TABLE


def kinds_entered_in(file: Path) -> set[str]:
    """The kinds that a file names outside its functions, by their text or by their declaration."""
    module = import_module(module_of(file))
    nodes = [node for top in at_the_top(file) for node in ast.walk(top)]
    said = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    meant = {name for node in nodes if (name := name_meant(module, node))}
    return (said | meant) & KINDS.keys()


def at_the_top(file: Path) -> Iterator[ast.stmt]:
    """What a file says outside its functions, but for what it imports: also the fields of its classes."""
    body = ast.parse(file.read_text()).body
    inner = [node for each in body if isinstance(each, ast.ClassDef) for node in each.body]
    for node in (*body, *inner):
        if isinstance(node, ast.Assign | ast.AnnAssign):
            yield node


def name_meant(module: ModuleType, node: ast.AST) -> str | None:
    """The kind that a name such as `AWARD` or `reward_kinds.AWARD` stands for."""
    match node:
        case ast.Name(id=name):
            found = getattr(module, name, None)
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            found = getattr(getattr(module, owner, None), name, None)
        case _:
            return None
    return found.name if isinstance(found, Kind) else found if isinstance(found, str) else None


def tables_in(file: Path) -> set[str]:
    """The replicated tables that a file names, as texts or as the fields of a class."""
    if file.suffix == ".js":
        text = file.read_text()
        return {name for name in WIRE if f'"{name}"' in text}
    nodes = [node for top in at_the_top(file) for node in ast.walk(top)]
    said = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    said |= {node.target.id for node in nodes if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)}
    return said & WIRE
