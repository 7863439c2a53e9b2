"""`backup` and `restore` on the command line."""

import json
import os
import stat
import zipfile
from pathlib import Path

import pytest
from flask import Flask

from tests.builders import Tablet
from tests.cli.conftest import Run, mark
from webapp.backup.serving import serving
from webapp.config import Settings
from webapp.models import AuditLine, BrowserSession, Operation, School, db


@pytest.fixture
def backups(settings: Settings) -> Path:
    return settings.data / "backups"


def test_a_backup_is_one_file_that_only_its_owner_reads(run: Run, run_json, tablet: Tablet, backups: Path):
    mark(tablet, 3, 4)
    said = run_json("backup")
    [file] = backups.iterdir()
    assert said["file"] == str(file)
    assert file.name == "reachable-2026-03-03-102107.zip"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        operations = archive.read("tables/operation.jsonl").splitlines()
    assert manifest["tables"]["operation"][0] == len(operations) - 1 == db.session.query(Operation).count()
    assert "files/secret_key" in archive.namelist()
    assert not {"tables/browser_session.jsonl", "tables/enrol_code.jsonl"} & set(archive.namelist())


def test_only_the_newest_backups_are_kept(app: Flask, run: Run, backups: Path):
    for _ in range(4):
        assert run("backup", "--keep", "2").exit_code == 0
        app.config["CLOCK"].move(days=1)
    assert [file.name for file in sorted(backups.iterdir())] == [
        "reachable-2026-03-05-102107.zip",
        "reachable-2026-03-06-102107.zip",
    ]


def test_what_a_backup_holds_comes_back_under_a_new_epoch(run: Run, tablet: Tablet, tmp_path: Path, settings: Settings):
    mark(tablet, 3, 4)
    file = tmp_path / "away" / "school.zip"
    assert run("backup", str(file)).exit_code == 0
    before, epoch = db.session.query(Operation).count(), db.session.query(School.epoch).scalar()
    mark(tablet, 5, 5, 5)
    answer = run("restore", str(file), "--yes")
    assert answer.exit_code == 0, answer.output
    assert "Hazelwood School is as it was at 2026-03-03T10:21:07.000Z" in answer.output
    db.session.rollback()
    assert db.session.query(Operation).count() == before
    assert db.session.query(School.epoch).scalar() != epoch
    assert db.session.query(BrowserSession).count() == 0
    assert db.session.query(AuditLine.event).order_by(AuditLine.sequence.desc()).first() == ("school.restore",)
    assert run("verify").exit_code == 0
    [kept] = settings.data.glob("replaced-*.sqlite3")
    assert str(kept) in answer.output


def test_a_restore_asks_first(run: Run, tmp_path: Path):
    run("backup", str(tmp_path / "b.zip"))
    epoch = db.session.query(School.epoch).scalar()
    assert run("restore", str(tmp_path / "b.zip")).exit_code == 1
    assert db.session.query(School.epoch).scalar() == epoch


def test_nothing_is_restored_while_a_server_runs(run: Run, tmp_path: Path, settings: Settings):
    run("backup", str(tmp_path / "b.zip"))
    with serving(settings.data):
        answer = run("restore", str(tmp_path / "b.zip"), "--yes")
    assert (answer.exit_code, answer.output) == (
        1,
        "Error: The server is running. Stop it first; nothing was changed.\n",
    )


def damage(file: Path, change) -> None:
    """Rewrite a backup with one of its files changed."""
    with zipfile.ZipFile(file) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    change(held)
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in held.items():
            archive.writestr(name, content)


def manifest_with(**other: object):
    def change(held: dict[str, bytes]) -> None:
        held["manifest.json"] = json.dumps(json.loads(held["manifest.json"]) | other).encode()

    return change


def lose_a_line(held: dict[str, bytes]) -> None:
    held["tables/school.jsonl"] = held["tables/school.jsonl"].splitlines(keepends=True)[0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (manifest_with(format=2), "made by a newer version of Reachable. Update first."),
        (manifest_with(revision="next_year"), "made by a newer version of Reachable. Update first."),
        (lambda held: held.pop("manifest.json"), "This is no backup of Reachable."),
        (lose_a_line, "The backup is damaged: the table school is not what was written."),
        (lambda held: held.pop("tables/school.jsonl"), "The backup cannot be read"),
        (lambda held: held.update({"files/secret_key": b"x"}), "the file secret_key is not what was written."),
    ],
)
def test_what_is_no_whole_backup_of_ours_changes_nothing(run: Run, tmp_path: Path, change, said: str):
    file = tmp_path / "b.zip"
    run("backup", str(file))
    epoch = db.session.query(School.epoch).scalar()
    damage(file, change)
    answer = run("restore", str(file), "--yes")
    assert answer.exit_code == 1
    assert said in answer.output
    assert answer.output.endswith("Nothing was changed.\n")
    assert db.session.query(School.epoch).scalar() == epoch


def test_half_a_file_is_no_backup(run: Run, tmp_path: Path):
    file = tmp_path / "b.zip"
    run("backup", str(file))
    os.truncate(file, file.stat().st_size // 2)
    assert "The backup cannot be read" in run("restore", str(file), "--yes").output


def test_a_backup_that_cannot_be_written_leaves_nothing_behind(run: Run, tmp_path: Path):
    (tmp_path / "there.zip").mkdir()
    assert run("backup", str(tmp_path / "there.zip")).exit_code == 2
    assert [file.name for file in tmp_path.iterdir()] in (["there.zip"], ["data", "there.zip"], ["there.zip", "data"])


def test_a_missing_photo_comes_back_and_one_that_is_there_stays(run: Run, settings: Settings, tmp_path: Path):
    photos = settings.data / "photos"
    photos.mkdir()
    for name in ("A1.jpg", "A2.jpg"):
        (photos / name).write_bytes(b"then")
    run("backup", str(tmp_path / "b.zip"))
    (photos / "A1.jpg").unlink()
    (photos / "A2.jpg").write_bytes(b"now")
    run("restore", str(tmp_path / "b.zip"), "--yes")
    assert [(photos / name).read_bytes() for name in ("A1.jpg", "A2.jpg")] == [b"then", b"now"]


def test_the_key_comes_back_with_what_it_seals(run: Run, settings: Settings, tmp_path: Path):
    then = (settings.data / "secret_key").read_text()
    run("backup", str(tmp_path / "b.zip"))
    (settings.data / "secret_key").write_text("a new machine's")
    run("restore", str(tmp_path / "b.zip"), "--yes")
    assert (settings.data / "secret_key").read_text() == then
    assert (settings.data / "secret_key.replaced").read_text() == "a new machine's"


def test_the_timer_that_is_printed_is_the_one_in_deploy(run: Run):
    printed = run("backup", "--print-timer").output
    for unit in ("reachable-backup.service", "reachable-backup.timer"):
        assert (Path("deploy") / unit).read_text() in printed
    assert "OnCalendar=*-*-* 02:30" in printed
    assert printed.endswith("systemctl enable --now reachable-backup.timer\n")
