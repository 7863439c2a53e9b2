"""The JavaScript is checked, all of it, with no network and by what is really made for it."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from flask import Flask

from webapp.offline.bundle import made_files, worker_files

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "webapp" / "static"
TYPES = ROOT / "jstypes"
SCOPES = ("worker", "pages")
OTHERS = ("vendor", "scan/zxing")  # not ours
CHECK = (".venv/bin/deno", "check", "--no-lock", "--no-remote", "--no-npm")


def check(scope: str, path: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """What `make lint` does, with nothing known from before."""
    command = [*CHECK, "--config", str(TYPES / f"{scope}.json"), str(path)]
    silent = {"DENO_DIR": str(folder), "DENO_NO_UPDATE_CHECK": "1", "NO_COLOR": "1"}
    return subprocess.run(command, cwd=ROOT, env=os.environ | silent, capture_output=True, text=True)


def test_every_script_is_checked_in_the_scope_it_runs_in(tmp_path: Path) -> None:
    ran = [check(scope, STATIC, tmp_path) for scope in SCOPES]
    assert [run.stderr for run in ran if run.returncode] == []
    checked = [path for run in ran for path in re.findall(r"^Check webapp/static/(\S+)$", run.stderr, re.MULTILINE)]
    scripts = [path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*.js")]
    assert sorted(checked) == sorted(path for path in scripts if not path.startswith(OTHERS))


MISTAKES = {
    "worker": (
        "/** @param {Operation} given */\nexport const when = (given) => given.wal;\n",
        "/** @param {State} state */\nexport const rev = (state) => state.meta.cursor;\n",
        "export const first = (given) => given[0];\n",
        "export const title = document.title;\n",
    ),
    "pages": (
        "/** @param {Card} card */\nexport const length = (card) => card.points.length;\n",
        "skipWaiting();\n",
    ),
}


@pytest.mark.parametrize("scope", SCOPES)
def test_mistakes_are_found(scope: str, tmp_path: Path) -> None:
    for n, mistake in enumerate(MISTAKES[scope]):
        (tmp_path / f"mistake{n}.js").write_text(mistake)
    found = check(scope, tmp_path, tmp_path / "cache")
    assert found.returncode == 1
    assert set(re.findall(r"mistake(\d)\.js:", found.stderr)) == {str(n) for n in range(len(MISTAKES[scope]))}


def test_what_is_made_exports_what_its_declarations_say(app: Flask) -> None:
    _, made = made_files(app, STATIC, worker_files(STATIC / "worker"))
    exported = [name for text in made.values() for name in re.findall(r"^export const (\w+)", text, re.MULTILINE)]
    declared = re.findall(r"^export const (\w+)", (TYPES / "made.d.ts").read_text(), re.MULTILINE)
    assert sorted(exported) == sorted(declared)
    mapped = json.loads((TYPES / "worker.json").read_text())["imports"]
    assert {f"../webapp/static/worker/{name}" for name in made} <= mapped.keys()


def test_declarations_are_no_part_of_what_is_served() -> None:
    assert [*STATIC.rglob("*.d.ts"), *STATIC.rglob("deno.json*")] == []
