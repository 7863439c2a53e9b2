from pathlib import Path

from click.testing import Result
from flask import Flask

from webapp.models import ImportRun, Staff, db

HEADINGS = "username,surname,forename,role\n"


def import_staff(app: Flask, folder: Path, content: str, *options: str) -> Result:
    file = folder / "staff.csv"
    file.write_text(content, encoding="utf-8")
    return app.test_cli_runner().invoke(args=["import", "staff", str(file), *options])


def test_import_says_what_it_did(app: Flask, tmp_path: Path):
    result = import_staff(app, tmp_path, HEADINGS + "a.adeyemi,Adeyemi,Ada,head\n")
    assert (result.exit_code, result.stdout) == (0, "1 added, 0 changed, 0 unchanged.\n")


def test_dry_run_says_that_nothing_was_kept(app: Flask, tmp_path: Path):
    result = import_staff(app, tmp_path, HEADINGS + "a.adeyemi,Adeyemi,Ada,head\n", "--dry-run")
    assert result.stdout == "1 added, 0 changed, 0 unchanged. Only tried: nothing was kept.\n"
    assert db.session.query(Staff).count() == 0


def test_problems_are_a_table_for_people(app: Flask, tmp_path: Path):
    result = import_staff(app, tmp_path, HEADINGS + "a.adeyemi,Adeyemi,Ada,[b]wizard\x1b[31m\nj r,Reid,Jo,head\n")
    assert result.exit_code == 1
    assert result.stdout == ""
    for word in ("Line", "Column", "There", "Expected", "username", "[b]wizard", "j r", "without spaces"):
        assert word in result.stderr
    assert "\x1b" not in result.stderr
    assert "nothing was imported" in result.stderr


def test_missing_file_is_an_error_in_words(app: Flask):
    result = app.test_cli_runner().invoke(args=["import", "staff", "not-there.csv"])
    assert result.exit_code == 2
    assert "not-there.csv" in result.stderr


def test_nothing_but_progress_is_written_beside_json(app: Flask, tmp_path: Path):
    result = import_staff(app, tmp_path, HEADINGS + "a b,Adeyemi,Ada,head\n", "--json")
    assert (result.exit_code, result.stderr) == (1, "")


def test_an_unusual_heading_is_named_on_the_command_line(app: Flask, tmp_path: Path):
    content = "login,surname,forename,role\na.adeyemi,Adeyemi,Ada,head\n"
    assert import_staff(app, tmp_path, content).exit_code == 1
    assert import_staff(app, tmp_path, content, "--map", "username=login").exit_code == 0
    assert db.session.query(ImportRun.file).scalar() == "staff.csv"


def test_a_column_there_is_not_is_named(app: Flask, tmp_path: Path):
    result = import_staff(app, tmp_path, HEADINGS, "--map", "user=login")
    assert result.exit_code == 2
    assert "no column user" in result.stderr
