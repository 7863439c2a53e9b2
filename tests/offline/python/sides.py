"""The two sides that must agree: Python, and the same compiled, in a browser."""

import ast
import importlib.util
import json
import re
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.offline.sides import WORKER, Tablet
from webapp.offline.bundle import worker_files
from webapp.offline.floor import import_lines
from webapp.offline.python import compile_python

RUN_ALL = """async ([module, calls]) => {
  const { functions } = await import(module);
  const { pyToJson } = await import("/python/values.js");
  const answer = ([name, given]) => {
    try {
      return ["gave", pyToJson(functions[name](...given))];
    } catch (error) {
      return [error.constructor.name.replace(/^py/, ""), error.message];
    }
  };
  return JSON.stringify(JSON.parse(calls).map(answer));
}"""
NO_ANSWER = ("IndexError", "KeyError", "ValueError", "ZeroDivisionError")

Answer = tuple[str, Any]
"""`gave` and what a function answered, or the name of the error it raised."""


class Sides:
    """A module of functions, `webapp/sample.py` below a folder, on both sides."""

    def __init__(self, tablet: Tablet, root: Path, source: str) -> None:
        self.tablet, self.path = tablet, root / "webapp" / "sample.py"
        self.path.parent.mkdir(exist_ok=True)
        self.path.write_text(source)
        names = [node.name for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
        entries = {"functions": {name: ("webapp.sample", name) for name in names}}
        compiled, used = compile_python(root, entries)
        tablet.modules.append(import_lines(worker_files(WORKER), used) + compiled)
        self.place = len(tablet.modules) - 1

    def python(self, calls: Sequence[tuple[str, list[Any]]]) -> list[Answer]:
        module = _loaded(self.path)
        return [_answer(module, name, json.loads(json.dumps(given))) for name, given in calls]

    def javascript(self, calls: Sequence[tuple[str, list[Any]]]) -> list[Answer]:
        answers = self.tablet.page.evaluate(RUN_ALL, [f"/{self.place}", json.dumps(calls)])
        return [(kind, value if kind == "gave" else None) for kind, value in json.loads(answers)]


def _loaded(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("sample", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _answer(module: ModuleType, name: str, given: list[Any]) -> Answer:
    try:
        # What crosses between the sides is JSON's: tuples are lists there.
        return "gave", json.loads(json.dumps(getattr(module, name)(*given)))
    except (IndexError, KeyError, ValueError, ZeroDivisionError) as error:
        return type(error).__name__, None


def functions(*bodies: str) -> str:
    """A module of functions f0, f1 … from their parameters and bodies: "(a): return a"."""
    return "\n\n".join(f"def f{n}{re.sub(r'^ *', '', body)}" for n, body in enumerate(bodies)) + "\n"
