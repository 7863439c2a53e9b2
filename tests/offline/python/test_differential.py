"""Random programs and random data, in Python and compiled: the same answers, or the same errors."""

import json
from pathlib import Path

import pytest

from tests.offline.python.programs import HEAD, Programs
from tests.offline.python.sides import Sides
from tests.offline.sides import Tablet

AT_ONCE = 50
USUAL, LONG = 10, 400
"""So many times that many programs, each called once."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", range(LONG if metafunc.config.getoption("long") else USUAL))


def test_random_programs_answer_alike(tablet: Tablet, tmp_path: Path, seed: int) -> None:
    programs = Programs(seed)
    sources = [programs.function(f"f{n}") for n in range(AT_ONCE)]
    sides = Sides(tablet, tmp_path, "\n\n".join([HEAD, *sources]))
    calls = [(f"f{n}", programs.arguments()) for n in range(AT_ONCE)]
    ours, theirs = sides.python(calls), sides.javascript(calls)
    for source, call, our, their in zip(sources, calls, ours, theirs, strict=True):
        assert json.dumps(our, sort_keys=True) == json.dumps(their, sort_keys=True), f"{source}\n{call}"
    assert sum(kind == "gave" for kind, _ in ours) > AT_ONCE / 3
