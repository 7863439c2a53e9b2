"""A copy for training: nobody is in it, and all of it happened."""

import json
import re
import resource
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import LargeBinary, String, select

from tests.apps import Apps
from tests.builders import Clock, create_group, create_staff, create_student
from tests.conftest import TUESDAY_MORNING
from tests.postgres import Postgres
from tests.training.lively import HEAD, MARK, make_lively
from webapp.config import Settings, read_settings
from webapp.domain.operations import KINDS
from webapp.domain.operations.kind import Holds
from webapp.models import Base, Student, db
from webapp.models.operation import APPLIED
from webapp.school import audit
from webapp.sync.log.rebuild import rebuild
from webapp.sync.operations import HANDLERS
from webapp.training import treatments as to
from webapp.training.bodies import READERS
from webapp.training.columns import COLUMNS, LEFT_OUT
from webapp.training.treatments import Treatment

TABLES = Base.metadata.tables
PEOPLE = {"staff", "student", "group", "item"}
"""Tables whose rows have other ids in the copy."""

BIRTHS = {"born"}
"""Days that say who somebody is."""

Rows = dict[str, list[dict[str, Any]]]


def test_every_table_is_copied_or_left_out_for_a_reason():
    assert COLUMNS.keys() | LEFT_OUT.keys() == TABLES.keys()
    assert not COLUMNS.keys() & LEFT_OUT.keys()
    assert all(LEFT_OUT.values())


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_every_column_that_holds_words_or_says_who_is_in_the_map(name: str):
    columns = TABLES[name].columns
    telling = {column.name for column in columns if isinstance(column.type, String | LargeBinary)}
    telling |= {column.name for column in columns for key in column.foreign_keys if key.column.table.name in PEOPLE}
    telling |= BIRTHS.intersection(columns.keys())
    assert telling | ({"id"} if name in PEOPLE else set()) == COLUMNS[name].keys()


def test_whatever_a_body_can_hold_is_known():
    assert {holds for kind in KINDS.values() for holds in kind.holds.values()} <= READERS.keys() == set(Holds)


@dataclass(frozen=True)
class Made:
    """A school, a copy of it, what the command said, and every row of the school before and after."""

    school: Settings
    copy: Settings
    said: str
    before: Rows
    after: Rows


@pytest.fixture(scope="module")
def made(apps: Apps, empty_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("lively") / "data"
    school = read_settings({"REACHABLE_DATA": str(shutil.copytree(empty_school, folder))})
    target = folder.with_name("training")
    with apps.lend(school, Clock(TUESDAY_MORNING)) as app:
        make_lively(app)
        before = all_rows()
        said = anonymise(app, target)
        after = all_rows()
    assert said.exit_code == 0, said.output
    return Made(school, read_settings({"REACHABLE_DATA": str(target)}), said.output, before, after)


@pytest.fixture
def copy(made: Made, apps: Apps) -> Iterator[Flask]:
    with apps.lend(made.copy, Clock(TUESDAY_MORNING)) as app:
        yield app


def anonymise(app: Flask, target: Path) -> Result:
    return app.test_cli_runner().invoke(args=["anonymise", str(target)])


def all_rows() -> Rows:
    db.session.rollback()
    return {name: [dict(row) for row in db.session.execute(select(table)).mappings()] for name, table in TABLES.items()}


SAYS_NOTHING: set[Treatment] = {
    *(to.kept, to.key, to.hashed, to.password, to.new_epoch, to.offered, to.school_name, to.calendar_name, to.marks),
    *(to.student, to.subject, to.students, to.sorted_students, to.first_of_pair, to.second_of_pair),
}
"""What becomes of columns that hold numbers and words of the program's."""


def test_the_school_is_full_of_words_that_must_not_be_in_a_copy(made: Made):
    applied = {row["kind"] for row in made.before["operation"] if row["status"] == APPLIED}
    assert applied == HANDLERS.keys()
    telling = [
        (name, column) for name in COLUMNS for column, treat in COLUMNS[name].items() if treat not in SAYS_NOTHING
    ]
    silent = [
        f"{name}.{column}"
        for name, column in telling
        if not any(MARK in str(row[column]).lower() for row in made.before[name])
    ]
    assert set(silent) == {"device.token_hash", "student.apart", "student.born"}
    assert [name for name in LEFT_OUT if not made.before[name]] == []


def test_nothing_of_the_school_is_in_the_bytes_of_the_copy(made: Made):
    files = sorted(file.name for file in made.copy.data.iterdir())
    assert files == ["reachable.sqlite3", "secret_key"]
    content = (made.copy.data / "reachable.sqlite3").read_bytes()
    assert MARK.encode() not in content.lower()
    hashes = [row["digest"] for name in ("operation", "card") for row in made.before[name]]
    hashes += [row["token_hash"] for row in made.before["device"] if row["token_hash"]]
    hashes += [row["password_hash"] for row in made.before["staff"]]
    assert [one for one in hashes if one.encode() in content] == []
    assert made.school.secret_key not in (made.copy.secret_key, content.decode("latin-1"))


def test_only_its_owner_reads_the_copy(made: Made):
    assert made.copy.data.stat().st_mode & 0o077 == 0


def test_the_school_stays_as_it_was(made: Made):
    assert made.after == made.before


@pytest.mark.usefixtures("copy")
def test_the_copy_follows_from_its_log():
    assert not any(rebuild().values())
    assert audit.verify().broken is None


@pytest.mark.usefixtures("copy")
def test_each_student_has_the_marks_and_levels_of_another_number(made: Made):
    copied = all_rows()
    assert histories(copied) == histories(made.before)
    assert {row["id"] for row in copied["student"]} == {row["id"] for row in made.before["student"]}
    assert Counter(row["kind"] for row in copied["operation"]) == Counter(
        row["kind"] if row["kind"] in HANDLERS else "unknown" for row in made.before["operation"]
    )


def histories(found: Rows) -> Counter[str]:
    """All that is known of each student in numbers, whoever it is."""
    columns = {
        "score": ("lesson_id", "mark"),
        "level": ("week", "level", "cap", "sum", "count"),
        "stay": ("id", "helped"),
    }
    about: dict[int, list[Any]] = {row["id"]: [row["year"], row["joined"]] for row in found["student"]}
    for name, names in columns.items():
        for row in sorted(found[name], key=lambda row: [str(row[one]) for one in names]):
            about[row["student" if name == "stay" else "student_id"]].append([row[one] for one in names])
    return Counter(json.dumps(facts, default=str) for facts in about.values())


def test_the_copy_can_be_signed_in_to_and_says_what_it_is(made: Made, copy: Flask):
    password = re.search(r"password is (\S+)\.", made.said)
    username = re.search(r"^  (\S+) +Administrator$", made.said, re.MULTILINE)
    assert password
    assert username
    browser = copy.test_client()
    form = {"username": username[1], "password": password[1]}
    assert browser.post("/sign-in", data=form).status_code == 303
    for page in ("/", "/lesson/1", "/spaces", "/office/", "/office/students", "/office/tracker", "/office/tablets"):
        answer = browser.get(page, follow_redirects=True)
        assert answer.status_code == 200, page
        assert MARK not in answer.text.lower()
    assert "A copy for training: people are invented" in browser.get("/office/students").text


@pytest.mark.usefixtures("copy")
def test_what_is_called_after_somebody_is_called_something_else():
    subjects = {row["subject"] for name in ("lesson", "timetable_entry") for row in all_rows()[name]}
    assert {re.sub(r"\d+", "N", subject) for subject in subjects} == {"Maths", "Renamed N"}


def test_two_copies_have_other_people(made: Made, apps: Apps, tmp_path: Path):
    with apps.lend(made.school, Clock(TUESDAY_MORNING)) as app:
        anonymise(app, tmp_path / "second")
    first, second = (legal_names(folder) for folder in (made.copy.data, tmp_path / "second"))
    assert first != second


def legal_names(folder: Path) -> list[Any]:
    with closing(sqlite3.connect(folder / "reachable.sqlite3")) as database:
        return database.execute("SELECT legal_forename, legal_surname FROM student ORDER BY id").fetchall()


def taken(folder: Path) -> Path:
    (folder / "there").mkdir()
    (folder / "there" / "file").touch()
    return folder / "there"


def file(folder: Path) -> Path:
    (folder / "file").touch()
    return folder / "file" / "copy"


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (taken, "There is something already. Name a folder that is new or empty."),
        (lambda folder: folder / "data" / "copy", "The copy must not lie in the school's own data folder"),
        (lambda folder: folder / "data", "The copy must not lie in the school's own data folder"),
        (file, "the copy could not be written (Not a directory). Nothing is left."),
    ],
)
def test_where_no_copy_can_be_made_it_says_why(app: Flask, tmp_path: Path, place: Any, said: str):
    target = place(tmp_path)
    result = anonymise(app, target)
    assert result.exit_code == 1
    assert f"Error: {target}: {said}" in result.output


def test_an_empty_folder_will_do(app: Flask, tmp_path: Path):
    (tmp_path / "empty").mkdir()
    assert anonymise(app, tmp_path / "empty").exit_code == 0


@pytest.mark.parametrize("was_there", [False, True])
def test_a_copy_for_which_there_is_no_room_leaves_nothing(app: Flask, tmp_path: Path, was_there: bool):
    target, before = tmp_path / "copy", resource.getrlimit(resource.RLIMIT_FSIZE)
    if was_there:
        target.mkdir()
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        result = anonymise(app, target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert result.exit_code == 1
    assert "the copy could not be written" in result.output
    assert target.exists() == was_there
    assert not was_there or not any(target.iterdir())


def test_a_school_on_postgresql_is_copied_too(apps: Apps, postgres: Postgres, postgres_school: str, tmp_path: Path):
    env = {"REACHABLE_DATA": str(tmp_path / "data"), "DATABASE_URL": postgres.lend(postgres_school)}
    with apps.lend(read_settings(env), Clock(TUESDAY_MORNING)) as app:
        create_group()
        create_staff(HEAD)
        create_student()
        assert anonymise(app, tmp_path / "copy").exit_code == 0
    with apps.lend(read_settings({"REACHABLE_DATA": str(tmp_path / "copy")}), Clock(TUESDAY_MORNING)):
        assert db.session.query(Student).one().legal_forename != "Zoë"
