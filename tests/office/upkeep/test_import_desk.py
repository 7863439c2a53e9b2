"""Files are looked at and brought in one after the other, while pages say how far that is."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from tests.imports.conftest import STUDENTS
from tests.office.conftest import Person, Sign
from tests.office.upkeep.test_imports import students, upload
from webapp.models import AuditLine, ImportRun, Upload, db
from webapp.models.imports import BRING_IN, DONE, LOOK, STOPPED, WORKING
from webapp.office.upkeep.import_desk import desk
from webapp.office.upkeep.uploads import MOST_OF_ONE, STALE

POLL = {"HX-Request": "true"}


@pytest.fixture
def office(sign_in: Sign) -> Person:
    return sign_in("office")


@pytest.fixture
def impatient(own_app: Flask) -> Flask:
    """A school whose pages wait for nothing."""
    own_app.config["IMPORT_PATIENCE"] = 0
    return own_app


def at_rest() -> None:
    """Wait until all files are done, and see what the school holds by then."""
    assert desk().rest(60)
    db.session.rollback()


def leave(token: str, **values: object) -> None:
    """Leave a file as a server does that is stopped."""
    db.session.rollback()
    upload = db.session.get_one(Upload, token)
    for name, value in values.items():
        setattr(upload, name, value)
    db.session.commit()


def token_of(where: str) -> str:
    return where.rpartition("/")[2]


@pytest.fixture
def held(impatient: Flask, office: Person) -> str:
    """Where a file is whose turn has not come: another process works on one of somebody else."""
    other = upload(office, "students", STUDENTS).location
    now = impatient.config["CLOCK"].now
    leave(token_of(other), state=WORKING, beat=now, by="head")
    return upload(office, "students", STUDENTS).location


def test_a_page_says_that_the_file_waits_and_turns_into_the_preview(held: str, office: Person, impatient: Flask):
    page = office.get(held)
    assert page.status_code == 200
    assert "Another file is being worked on" in page.text
    assert f'hx-get="{held}"' in page.text
    assert f'<a class="button" href="{held}">' in page.text
    at_rest()
    impatient.config["CLOCK"].move(seconds=STALE.total_seconds())
    office.get(held)
    at_rest()
    poll = office.client.get(held, headers=POLL)
    assert (poll.status_code, poll.headers["HX-Refresh"], poll.text) == (204, "true", "")
    assert "3 lines: 3 new" in office.get(held).text


def test_a_poll_is_answered_at_once_with_how_far_it_is(app: Flask, office: Person):
    where = upload(office, "students", STUDENTS).location
    now = app.config["CLOCK"].now
    leave(token_of(where), state=WORKING, beat=now, line=2000, lines=6000)
    page = office.client.get(where, headers=POLL)
    assert page.status_code == 200
    assert "line 2,000 of 6,000" in page.text
    assert "import</button>" not in page.text.lower()


@pytest.mark.parametrize("state", [{"state": STOPPED}, {"state": WORKING, "beat": True}])
@pytest.mark.parametrize("task", [LOOK, BRING_IN])
def test_what_was_left_half_way_is_said_to_be_so_and_begun_again(
    app: Flask, office: Person, state: dict[str, object], task: str
):
    where = upload(office, "students", STUDENTS).location
    office.get(where)
    before = students()
    beat = app.config["CLOCK"].now - STALE - timedelta(seconds=1)
    leave(token_of(where), task=task, found=None, **(state | {"beat": beat}))
    page = office.get(where)
    assert "left half way" in page.text
    assert "hx-get" not in page.text
    assert students() == before
    assert office.post(f"{where}/again").location == where
    if task == LOOK:
        assert "3 lines: 3 new" in office.get(where).text
    else:
        assert office.get(where).location.startswith("/office/import/runs/")
        assert len(students()) == len(before) + 3


def test_an_import_that_takes_a_while_leads_to_what_it_did(impatient: Flask, office: Person):
    where = upload(office, "students", STUDENTS).location
    office.get(where)
    at_rest()
    assert office.post(f"{where}/import").location in (where, "/office/import/runs/1")
    at_rest()
    assert db.session.query(ImportRun).one().by == "office"
    [line] = db.session.query(AuditLine).filter_by(event="import.run")
    assert line.by == "office"


def test_a_file_is_imported_once_however_often_the_button_is_pressed(impatient: Flask, office: Person):
    where = upload(office, "students", STUDENTS).location
    office.get(where)
    at_rest()
    for _ in range(3):
        office.post(f"{where}/import")
    at_rest()
    office.post(f"{where}/import")
    at_rest()
    assert db.session.query(ImportRun).count() == 1


def test_a_file_that_is_dropped_while_it_waits_is_forgotten(held: str, office: Person):
    assert office.post(f"{held}/drop").status_code == 303
    assert office.get(held).status_code == 404


def test_what_is_being_imported_is_not_dropped_half_way(app: Flask, office: Person):
    where = upload(office, "students", STUDENTS).location
    leave(token_of(where), task=BRING_IN, state=WORKING, beat=app.config["CLOCK"].now)
    assert office.post(f"{where}/drop").status_code == 303
    assert office.get(where).status_code == 200


@pytest.mark.parametrize(
    ("method", "rest"), [("get", ""), *(("post", rest) for rest in ("/columns", "/import", "/again", "/drop"))]
)
def test_nobody_reaches_the_file_of_somebody_else(office: Person, sign_in: Sign, method: str, rest: str):
    where = upload(office, "students", STUDENTS).location
    assert getattr(sign_in("head"), method)(where + rest).status_code == 404


def test_one_person_keeps_no_more_than_a_few_files_and_finds_them_again(office: Person):
    places = [upload(office, "students", STUDENTS, f"{n}.csv").location for n in range(MOST_OF_ONE + 2)]
    assert db.session.query(Upload).count() == MOST_OF_ONE
    page = office.get("/office/import").text
    assert sum(place in page for place in places) == MOST_OF_ONE


def test_a_heading_the_file_does_not_have_is_not_remembered(office: Person):
    where = upload(office, "students", STUDENTS).location
    office.get(where)
    office.post(f"{where}/columns", upn="x" * 10_000, legal_surname="Surname")
    assert (db.session.execute(text("SELECT max(length(heading)) FROM import_column")).scalar_one() or 0) < 100


def test_a_mistake_of_the_program_leaves_the_file_to_be_looked_at_again(app: Flask, office: Person):
    where = upload(office, "students", STUDENTS).location
    leave(token_of(where), columns="no JSON")
    assert "left half way" in office.get(where).text
    leave(token_of(where), columns="{}")
    office.post(f"{where}/again")
    assert office.get(where).status_code == 200
    assert db.session.get_one(Upload, token_of(where)).state == DONE


def test_a_long_file_says_how_far_it_is_and_what_is_left_out_of_the_list(office: Person):
    lines = "".join(f"N{n},Reid,Jo,8,8B\n" for n in range(4_500))
    where = upload(office, "students", STUDENTS + lines).location
    page = office.get(where).text
    assert "4,503 lines" in page or "4503 lines" in page
    assert db.session.get_one(Upload, token_of(where)).lines >= 2_000
