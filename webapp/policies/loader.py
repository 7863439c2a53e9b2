"""Loads policy packs and refuses a file that is not whole, naming every fault at once."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from datetime import timedelta
from fractions import Fraction
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, TypeVar

from webapp.domain.marks.levels import NO_LEVEL, LevelRule, LevelScale
from webapp.domain.marks.marks import AUTHORISED, EXEMPT, HIGHEST
from webapp.policies.kept import SINCE, read_kept
from webapp.policies.pack import CallRules, Choice, CodeRule, Decision, MarkRule, Pack, SpaceRule
from webapp.policies.reward_loader import read_rewards
from webapp.policies.table import Fault, Table, all_different

T = TypeVar("T")

FOLDER: Final = Path(__file__).parent


class PolicyError(Exception):
    """A pack that cannot be used. Each fault reads `file: key: expected …, found …`."""

    def __init__(self, file: str, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(f"{file}: {fault}" for fault in faults))
        self.file = file
        self.faults = tuple(map(str, faults))
        self.by_key = {fault.path: fault for fault in faults}


def available() -> list[str]:
    """The keys of the packs that come with the software."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


@cache
def load(key: str) -> Pack:
    """The pack of that key; PolicyError if there is none or it is faulty."""
    return pack_of(key, content_of(key))


def load_file(path: Path) -> Pack:
    """The pack in a file; PolicyError lists every fault found in it."""
    return pack_of(path.stem, _read(path))


def content_of(key: str) -> dict[str, Any]:
    """What stands in the file of a pack, unchecked and the caller's own; PolicyError if there is no such pack."""
    if key not in available():
        raise PolicyError(f"{key}.toml", [Fault("", f"one of the packs {', '.join(available())}")])
    return _read(FOLDER / f"{key}.toml")


def pack_of(key: str, content: Mapping[str, object]) -> Pack:
    """The pack that a file's content is; PolicyError lists every fault found in it."""
    faults: list[Fault] = []
    root = Table(content, "", faults)
    pack = _pack(root, key, _digest(content))
    root.close()
    if faults:
        raise PolicyError(f"{key}.toml", faults)
    return pack


def _digest(content: Mapping[str, object]) -> str:
    return sha256(json.dumps(content, default=str, sort_keys=True).encode()).hexdigest()


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyError(path.name, [Fault("", f"a TOML file in UTF-8: {error}")]) from error


def _pack(root: Table, key: str, digest: str) -> Pack:
    return Pack(
        key=root.exactly("key", key),
        name=root.text("name"),
        dated=root.day("dated"),
        marks=_marks(root),
        codes=_codes(root),
        scale=(scale := _scale(root.table("levels"))),
        calls=_calls(root.table("calls")),
        rewards=read_rewards(root, [rule.key for rule in scale.rules]),
        decisions=_decisions(root),
        kept=read_kept(_one_for_each(root, "kept", tuple(SINCE))),
        digest=digest,
    )


def _marks(root: Table) -> tuple[MarkRule, ...]:
    return tuple(
        MarkRule(
            mark=table.exactly("mark", mark),
            name=table.text("name"),
            criteria=table.texts("criteria"),
            clause=table.text("clause"),
        )
        for table, mark in _one_for_each(root, "marks", range(HIGHEST, -1, -1))
    )


def _codes(root: Table) -> tuple[CodeRule, ...]:
    return tuple(
        CodeRule(
            word=table.exactly("word", word),
            label=table.text("label"),
            why=table.text("why"),
            clause=table.text("clause"),
        )
        for table, word in _one_for_each(root, "codes", (AUTHORISED, EXEMPT))
    )


def _scale(levels: Table) -> LevelScale:
    tables = levels.tables("rules")
    rules = tuple(_level(table) for table in tables)
    for table, (above, rule) in zip(tables[1:], pairwise(rules), strict=False):
        if rule.threshold >= above.threshold:
            table.expected("threshold", "less than in the level above", None)
    all_different(tables, [NO_LEVEL], [rule.key for rule in rules])
    return LevelScale(rules, levels.whole("look_back", 1, 10))


def _level(table: Table) -> LevelRule:
    return LevelRule(
        key=table.text("key"),
        name=table.text("name"),
        threshold=table.decimal("threshold", Fraction(HIGHEST)),
        tuck_items=table.whole("tuck_items", 0, 10),
        clause=table.text("clause"),
    )


def _calls(calls: Table) -> CallRules:
    never = _choices(calls, "never")
    return CallRules(
        purpose=calls.text("purpose"),
        lapse=timedelta(minutes=calls.whole("lapse", 1, 120)),
        unnamed=timedelta(minutes=calls.whole("unnamed", 1, 120)),
        clause=calls.text("clause"),
        spaces=_spaces(calls),
        reasons=_choices(calls, "reasons", [use.key for use in never]),
        never=never,
        strategies=_choices(calls, "strategies"),
        interventions=_choices(calls, "interventions"),
    )


def _spaces(calls: Table) -> tuple[SpaceRule, ...]:
    tables = calls.tables("spaces")
    spaces = tuple(_space(table) for table in tables)
    keys = [space.key for space in spaces]
    all_different(tables, [], keys)
    for table, space in zip(tables, spaces, strict=True):
        if not set(space.beside) <= set(keys) - {space.key}:
            table.expected("beside", f"other spaces: {', '.join(keys)}", list(space.beside))
    return spaces


def _space(table: Table) -> SpaceRule:
    return SpaceRule(
        key=table.text("key"),
        name=table.text("name"),
        key_stage=table.whole("key_stage", 1, 5),
        capacity=table.whole("capacity", 1, 10),
        beside=table.texts("beside"),
        planned=table.flag("planned"),
    )


def _choices(parent: Table, key: str, taken: Sequence[str] = ()) -> tuple[Choice, ...]:
    tables = parent.tables(key)
    choices = tuple(Choice(table.text("key"), table.text("name")) for table in tables)
    all_different(tables, taken, [choice.key for choice in choices])
    return choices


def _decisions(root: Table) -> tuple[Decision, ...]:
    tables = root.tables("decisions")
    decisions = tuple(Decision(table.text("key"), table.text("title"), table.text("text")) for table in tables)
    all_different(tables, [], [decision.key for decision in decisions])
    return decisions


def _one_for_each(root: Table, key: str, wanted: Sequence[T]) -> list[tuple[Table, T]]:
    tables = root.tables(key)
    if tables and len(tables) != len(wanted):
        root.fault(key, f"one table for each of {', '.join(map(str, wanted))}", f"{len(tables)} tables")
    return list(zip(tables, wanted, strict=False))
