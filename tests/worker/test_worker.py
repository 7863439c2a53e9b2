"""Marks on a real browser's worker and at the real school: nothing shown as saved is ever lost."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Playwright

from e2e.browser import ARGUMENTS, chromium_path
from tests.storage import READ_ONLY, storage
from tests.worker.school import School
from tests.worker.tablet import Tablet
from webapp.backup.make import make
from webapp.backup.restore import restore
from webapp.models import Device, Operation, Score, db


def marks_at_school() -> dict[str, str | None]:
    db.session.rollback()
    return {str(score.student_id): score.mark for score in db.session.query(Score)}


def operations_at_school() -> int:
    db.session.rollback()
    return db.session.query(Operation).filter_by(kind="score.record").count()


def test_a_mark_reaches_the_school(tablet: Tablet, lesson: str) -> None:
    tablet.mark(1, lesson, 5)
    tablet.eventually(tablet.has_synced)
    assert marks_at_school() == {"1": "5"}


def test_marks_made_without_the_school_are_kept_and_sent_later(tablet: Tablet, school: School, lesson: str) -> None:
    school.stop()
    for student in (1, 2, 3):
        answer = tablet.mark(student, lesson, 4)
        assert answer["status"] == 200
    assert marks_at_school() == {}
    school.start()
    tablet.sync()
    assert marks_at_school() == {"1": "4", "2": "4", "3": "4"}


def test_marks_survive_the_end_of_the_worker(tablet: Tablet, school: School, lesson: str) -> None:
    school.stop()
    tablet.mark(1, lesson, 4)
    tablet.stop_worker()
    tablet.mark(2, lesson, 3)
    tablet.stop_worker()
    assert "2 saved on this tablet" in tablet.look(f"/lesson/{lesson}")["text"]
    school.start()
    tablet.sync()
    assert (marks_at_school(), operations_at_school()) == ({"1": "4", "2": "3"}, 2)


def test_marks_survive_the_end_of_the_browser(
    playwright: Playwright, school: School, lesson: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    profile = tmp_path_factory.mktemp("profile")

    def start_browser() -> Tablet:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=chromium_path(), args=ARGUMENTS
        )
        return Tablet(context, school, context.pages[0])

    tablet = start_browser()
    tablet.enrol()
    tablet.sign_in()
    school.stop()
    tablet.mark(1, lesson, 4)
    tablet.context.close()
    tablet = start_browser()
    tablet.page.goto(f"{school.url}/lesson/{lesson}")
    assert "1 saved on this tablet" in tablet.page.content()
    school.start()
    tablet.sync()
    assert marks_at_school() == {"1": "4"}
    tablet.context.close()


def test_a_mark_on_one_tablet_shows_on_another(new_tablet: Callable[[], Tablet], lesson: str) -> None:
    first, second = new_tablet(), new_tablet()
    first.mark(1, lesson, 5)
    first.eventually(first.has_synced)
    second.tell_worker("sync")
    second.eventually(lambda: f"1.{lesson}" in second.rows)
    assert second.rows[f"1.{lesson}"] == first.rows[f"1.{lesson}"]


def test_after_a_restore_everything_is_sent_again(
    tablet: Tablet, school: School, lesson: str, app: Flask, tmp_path: Path
) -> None:
    tablet.mark(1, lesson, 1)
    tablet.eventually(tablet.has_synced)
    make(tmp_path / "backup.zip", app.config["SETTINGS"])
    tablet.mark(1, lesson, 2)
    tablet.mark(2, lesson, 3)
    tablet.eventually(tablet.has_synced)
    put_back(tmp_path / "backup.zip", school)
    assert marks_at_school() == {"1": "1"}
    tablet.tell_worker("sync")
    tablet.eventually(lambda: marks_at_school() == {"1": "2", "2": "3"})
    tablet.eventually(tablet.has_synced)
    assert operations_at_school() == 3


def test_a_tablet_that_a_restored_school_has_forgotten_sends_all_it_had_once_it_is_enrolled_again(
    school: School, new_tablet: Callable[[], Tablet], lesson: str, app: Flask, tmp_path: Path
) -> None:
    make(tmp_path / "backup.zip", app.config["SETTINGS"])
    tablet = new_tablet()
    tablet.mark(1, lesson, 2)
    tablet.eventually(tablet.has_synced)
    was = tablet.meta["device"], tablet.meta["incarnation"]
    put_back(tmp_path / "backup.zip", school)
    tablet.mark(2, lesson, 3)
    tablet.eventually(lambda: tablet.meta["trouble"] == "revoked")
    assert marks_at_school() == {}
    tablet.enrol()
    tablet.sign_in()
    tablet.sync()
    assert (tablet.meta["device"], tablet.meta["incarnation"]) == was
    assert (marks_at_school(), operations_at_school()) == ({"1": "2", "2": "3"}, 2)


def put_back(backup: Path, school: School) -> None:
    school.stop()
    restore(backup, school.app.config["SETTINGS"])
    school.start()


def test_a_tablet_of_a_school_that_cannot_store_keeps_its_work_and_says_so(
    tablet: Tablet, school: School, lesson: str
) -> None:
    with storage(db.engine, READ_ONLY):
        tablet.mark(1, lesson, 4)
        tablet.eventually(lambda: tablet.meta["trouble"] == "closed")
        assert "it is kept here and sent later" in tablet.look(f"/lesson/{lesson}")["text"]
    tablet.sync()
    assert tablet.meta["trouble"] is None
    assert marks_at_school() == {"1": "4"}


def test_a_tablet_that_is_ahead_of_the_school_sends_what_is_missing(
    tablet: Tablet, school: School, lesson: str
) -> None:
    """As after a restore that nobody gave a new epoch: 409 says where to go on."""
    tablet.mark(1, lesson, 1)
    tablet.mark(2, lesson, 2)
    tablet.eventually(tablet.has_synced)
    school.stop()
    db.session.query(Operation).delete()
    db.session.query(Score).delete()
    db.session.get_one(Device, tablet.meta["device"]).upto = 0
    db.session.commit()
    tablet.mark(3, lesson, 3)
    school.start()
    tablet.sync()
    assert marks_at_school() == {"1": "1", "2": "2", "3": "3"}


def test_a_cloned_tablet_is_noticed_at_first_contact(tablet: Tablet, lesson: str) -> None:
    db.session.get_one(Device, tablet.meta["device"]).upto = 7  # what the other copy has sent
    db.session.commit()
    tablet.stop_worker()
    tablet.tell_worker("sync")
    tablet.eventually(lambda: tablet.meta["trouble"] == "forked")
    assert "Ask the office to enrol it again" in tablet.look("/today")["text"]
