import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from pyotp import TOTP

from tests.builders import create_staff
from webapp import create_app
from webapp.config import read_settings
from webapp.models import Device, School, Staff, db
from webapp.sync.log.revisions import writing
from webapp.web import second_factor
from webapp.web.passwords import check_password


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Flask]:
    """An application whose database is still empty."""
    app = create_app(read_settings({"REACHABLE_DATA": str(tmp_path / "bare")}))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def run(app: Flask, *args: str, typed: str | None = None) -> Result:
    return app.test_cli_runner().invoke(args=args, input=typed)


def test_init_makes_a_school_that_writes_for_itself(bare: Flask):
    result = run(bare, "init", "--policy", "reach", "--name", "Elder Lane School")
    assert result.exit_code == 0
    done, first = result.output.splitlines()
    assert done == "Elder Lane School is set up, policy reach."
    assert re.fullmatch(
        r"Nobody can sign in yet\. Open http\S+/setup and enter the code [A-Z2-9]{4}-[A-Z2-9]{4}", first
    )
    school = db.session.query(School).one()
    assert (school.name, school.policy) == ("Elder Lane School", "reach")
    assert school.rev == school.sequence == 1
    assert {device.id for device in db.session.query(Device)} == {"browser", "import"}


def test_every_school_has_an_epoch_of_its_own(bare: Flask, app: Flask):
    with bare.app_context():
        run(bare, "init", "--policy", "reach")
        epoch = db.session.query(School.epoch).scalar()
    with app.app_context():
        assert db.session.query(School.epoch).scalar() != epoch


def test_init_repeated_leaves_the_school_as_it_is(bare: Flask):
    run(bare, "init", "--policy", "reach", "--name", "Elder Lane School")
    epoch = db.session.query(School.epoch).scalar()
    result = run(bare, "init", "--policy", "reach", "--name", "Other School")
    assert result.exit_code == 0
    assert "Elder Lane School was set up before" in result.output
    assert db.session.query(School.epoch).scalar() == epoch
    assert db.session.query(Device).count() == 2


def test_init_with_an_unknown_policy_names_those_there_are(bare: Flask):
    result = run(bare, "init", "--policy", "reech")
    assert result.exit_code == 1
    assert "no policy “reech”" in result.stderr
    assert "Available: reach" in result.stderr


@pytest.mark.parametrize("command", [["set-password", "a.adeyemi", "--password", "tea"], ["import", "staff", __file__]])
def test_commands_before_init_say_what_to_do_first(bare: Flask, command: list[str]):
    result = run(bare, *command)
    assert result.exit_code == 1
    assert "Run `flask --app webapp init --policy reach` first." in result.stderr


def test_password_is_set(app: Flask):
    create_staff("a.adeyemi")
    assert run(app, "set-password", "a.adeyemi", "--password", "tea and toast at four").exit_code == 0
    assert check_password(db.session.query(Staff.password_hash).scalar(), "tea and toast at four")


def test_password_is_asked_for_twice_and_not_shown(app: Flask):
    create_staff("a.adeyemi")
    result = run(app, "set-password", "a.adeyemi", typed="tea and toast at four\ntea and toast at four\n")
    assert "tea and toast at four" not in result.output
    assert check_password(db.session.query(Staff.password_hash).scalar(), "tea and toast at four")


def test_password_of_nobody_is_not_set(app: Flask):
    result = run(app, "set-password", "nobody", "--password", "tea and toast at four")
    assert result.exit_code == 1
    assert "nobody with the username “nobody”" in result.stderr


@pytest.mark.parametrize("password", ["", "tea at four", "password2026!"])
def test_a_password_that_is_easy_to_guess_is_refused(app: Flask, password: str):
    create_staff("a.adeyemi")
    before = db.session.query(Staff.password_hash).scalar()
    assert run(app, "set-password", "a.adeyemi", "--password", password).exit_code == 1
    assert db.session.query(Staff.password_hash).scalar() == before


def test_a_second_factor_is_reset_by_whoever_has_the_server(app: Flask):
    person = create_staff("a.adeyemi")
    with writing():
        code = TOTP(second_factor.prepare(person)).at(app.config["CLOCK"].now)
        assert second_factor.confirm(person, code, app.config["CLOCK"].now)
    assert second_factor.is_on(person)
    assert run(app, "reset-second-factor", "a.adeyemi").exit_code == 0
    assert not second_factor.is_on(person)
    assert run(app, "reset-second-factor", "nobody").exit_code == 1
