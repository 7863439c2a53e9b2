"""What is installed is what was looked at: all of it is pinned with hashes, and known weaknesses stop a build."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from e2e.security.advisories import ask, main

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.txt").read_text()
ASKED = tomllib.loads((ROOT / "pyproject.toml").read_text())


def name_of(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    assert found
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def locked() -> dict[str, tuple[str, str]]:
    """The version of each package, and what stands below its name."""
    found = re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==([^\s;]+)(.*?)(?=^\S|\Z)", LOCK, re.MULTILINE | re.DOTALL)
    return {name_of(name): (version, rest) for name, version, rest in found}


def test_every_package_of_the_lock_file_has_a_version_and_hashes() -> None:
    lines = [line for line in LOCK.splitlines() if re.match(r"[A-Za-z]", line)]
    assert len(lines) == len(locked()) > 50
    assert [name for name, (_, rest) in locked().items() if "--hash=sha256:" not in rest] == []


def test_what_is_asked_for_is_what_is_locked() -> None:
    """Else somebody has changed pyproject.toml without `make lock`."""
    asked = [*ASKED["project"]["dependencies"], *ASKED["dependency-groups"]["check"]]
    wanted = {name_of(line): line.rpartition("==")[2] for line in asked}
    assert {name: version for name, (version, _) in locked().items() if name in wanted} == wanted


def test_the_lock_file_names_no_place_to_fetch_from() -> None:
    assert re.findall(r"://|--index-url|--find-links|--extra-index-url|--trusted-host| @ ", LOCK) == []


def test_what_is_installed_is_held_against_the_hashes() -> None:
    lines = [line for line in (ROOT / "Makefile").read_text().splitlines() if "-r requirements.txt" in line]
    assert lines
    assert all("--require-hashes" in line for line in lines)


KNOWN = {"dependencies": [{"name": "flask", "version": "0.1", "vulns": [{"id": "X-1", "fix_versions": ["3.1"]}]}]}
UNKNOWN = {"dependencies": [{"name": "flask", "skip_reason": "not found"}]}  # as where a mirror has no such list
CLEAN = {"dependencies": [{"name": "flask", "version": "3.1", "vulns": []}]}


def tool(folder: Path, script: str) -> str:
    """A program that answers as pip-audit does."""
    file = folder / "pip-audit"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return str(file)


@pytest.mark.parametrize(
    ("script", "status", "words"),
    [
        (f"echo '{json.dumps(KNOWN)}'; exit 1", 1, "flask 0.1: X-1, better from 3.1"),
        (f"echo '{json.dumps(CLEAN)}'", 0, "No weakness is known"),
        (f"echo '{json.dumps(UNKNOWN)}'", 0, "skipped"),
        ("echo 'no connection' >&2; exit 1", 0, "skipped"),
        ("echo '<html>a proxy</html>'", 0, "skipped"),
    ],
)
def test_a_known_weakness_stops_a_build_and_no_network_does_not(
    script: str, status: int, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(tool(tmp_path, script)) == status
    assert words in capsys.readouterr().out


def test_where_nothing_answers_nobody_waits_for_ever(tmp_path: Path) -> None:
    assert ask(tool(tmp_path, "exec sleep 600"), patience=0.1) == ""
    assert ask(str(tmp_path / "nowhere")) == ""
