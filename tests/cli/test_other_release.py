"""Commands over a database of another release say in words what to do, and help is always to be had."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from webapp import cli, create_app
from webapp.backup.shape import bring_to, newest, revision_of
from webapp.config import read_settings
from webapp.models import db

EARLIER = "This school's database is of an earlier release. Run `flask --app webapp db upgrade` first."
LATER = "This school's database is of a later release. Update Reachable first."
CALLS = {
    "set-password": ("a.adeyemi", "--password", "tea and toast at four"),
    "reset-second-factor": ("a.adeyemi",),
    "import": ("staff", __file__),
    "levels": ("--week", "2026-W11"),
    "lessons": ("--date", "2026-03-03"),
    "receipt": ("A1", "--week", "2026-W11"),
    "subject-access": ("A1", "one.zip"),
    "anonymise": ("copy",),
}


@pytest.fixture
def earlier(tmp_path: Path) -> Iterator[Flask]:
    """An application over the database of the release before."""
    app = create_app(read_settings({"REACHABLE_DATA": str(tmp_path)}))
    with app.app_context():
        with db.engine.connect() as connection:
            bring_to(connection, "head-1")
        yield app
        db.session.remove()
        db.engine.dispose()


def run(app: Flask, *args: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=list(args))
    return result.exit_code, result.output


def test_each_command_says_what_to_do_first(earlier: Flask):
    for name in cli.COMMANDS.keys() - cli.ANY_RELEASE:
        assert run(earlier, name, *CALLS.get(name, ())) == (1, f"Error: {EARLIER}\n"), name


def test_help_needs_no_database(earlier: Flask):
    for words in (("levels", "--help"), ("import", "--help"), ("import", "staff", "--help")):
        status, said = run(earlier, *words)
        assert status == 0
        assert said.startswith("Usage: ")


def test_what_the_words_say_helps(earlier: Flask):
    assert run(earlier, "db", "upgrade")[0] == 0
    status, said = run(earlier, "verify")
    assert (status, EARLIER in said) == (1, False)
    assert "flask --app webapp init" in said


def test_a_database_of_a_later_release_is_left_alone(earlier: Flask):
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'of tomorrow'"))
    assert run(earlier, "enrol-code") == (1, f"Error: {LATER}\n")


def test_making_a_school_brings_its_tables_up_to_date(earlier: Flask):
    assert run(earlier, "init", "--policy", "reach")[0] == 0
    with db.engine.connect() as connection:
        assert revision_of(connection) == newest()
