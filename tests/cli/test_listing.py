"""The list of the commands comes at once, and each command is what the list says."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from flask import Flask

from webapp import cli

ROOT = Path(__file__).resolve().parents[2]
FLASK = (sys.executable, "-m", "flask", "--app", "webapp")
# What takes long to import: listing commands needs none of it.
HEAVY = {"alembic", "authlib", "cryptography", "gunicorn", "openpyxl", "psycopg", "reportlab", "rich", "sqlalchemy"}


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """`flask …` over a folder of its own, with each import on standard error."""
    env = os.environ | {"REACHABLE_DATA": str(folder / "data"), "PYTHONPROFILEIMPORTTIME": "1"}
    return subprocess.run([*FLASK, *words], env=env, capture_output=True, text=True, check=True, cwd=ROOT)


def imported(result: subprocess.CompletedProcess[str]) -> set[str]:
    """The names of all modules that were imported."""
    return {line.rpartition("|")[2].strip() for line in result.stderr.splitlines() if line.startswith("import time:")}


def test_the_list_of_commands_imports_nothing_heavy(tmp_path: Path):
    modules = imported(run(tmp_path, "--help"))
    assert "webapp.cli" in modules
    assert {module.split(".")[0] for module in modules} & HEAVY == set()
    assert sorted(module for module in modules if module.startswith("webapp.cli.")) == []


def test_the_list_needs_no_data_folder_and_makes_none(tmp_path: Path):
    run(tmp_path, "--help")
    assert list(tmp_path.iterdir()) == []


def test_the_list_is_complete(app: Flask, tmp_path: Path):
    shown = run(tmp_path, "--help").stdout.partition("Commands:\n")[2]
    of_flask = {"routes", "run", "shell"}
    assert {line.split()[0] for line in shown.splitlines()} == app.cli.commands.keys() | of_flask


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_each_command_is_where_the_list_says(app: Flask, name: str):
    result = app.test_cli_runner().invoke(args=[name, "--help"])
    assert result.exit_code == 0
    assert f"Usage: webapp {name} " in result.output


@pytest.mark.parametrize("name", ["db", "levels", "routes"])
def test_the_help_of_one_command_is_its_own(tmp_path: Path, name: str):
    assert f"Usage: python -m flask {name} " in click.unstyle(run(tmp_path, name, "--help").stdout)
