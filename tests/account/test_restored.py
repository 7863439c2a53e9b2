"""What was over by the time of a restore stays over, on SQLite and on PostgreSQL."""

from pathlib import Path

import pytest
from flask import Flask, g

from tests.account.conftest import Careful
from tests.builders import PASSWORD, Clock, create_group, create_lesson, create_staff, create_student, create_tablet
from tests.postgres import DATABASES
from tests.sync.conftest import settings_on
from webapp.account.links import make_link
from webapp.backup.make import make
from webapp.backup.restore import restore
from webapp.cli.backup import _words
from webapp.config import Settings
from webapp.domain.time.moment import instant
from webapp.models import Device, ProviderAccount, RecoveryCode, SecondFactor, SignIn, db
from webapp.sync.devices.devices import make_code, revoke
from webapp.sync.devices.sign_ins import end_sign_ins
from webapp.sync.log.revisions import writing


@pytest.fixture(params=DATABASES)
def settings(request: pytest.FixtureRequest, data: Path) -> Settings:
    return settings_on(request.param, request, data)


def put_back(app: Flask, file: Path) -> str:
    db.session.remove()
    db.engine.dispose()
    said = _words(restore(file, app.config["SETTINGS"]))
    g.pop("_login_user", None)
    return said


def test_nothing_that_lets_somebody_in_rises_from_the_dead(app: Flask, clock: Clock, tmp_path: Path) -> None:
    create_group()
    create_student()
    create_lesson()
    head = Careful(app, "head")
    head.set_up(clock)
    clock.move(minutes=1)
    create_staff("b.baptiste")
    tablet, lost, handed_on = create_tablet(app), create_tablet(app), create_tablet(app, "b.baptiste")
    tablet.client.post("/pin", data={"pin": "4711"})
    used, kept = head.recovery_codes[:2]
    with writing():
        links = [f"/set-up/{make_link(person, clock.now)}" for person in ("head", "a.adeyemi")]
        code = make_code("floor", clock.now).text
        db.session.add_all(
            ProviderAccount(provider="google", subject=name, staff_id="head", linked=clock.now) for name in "ab"
        )
    make(tmp_path / "b.zip", app.config["SETTINGS"])

    clock.move(minutes=1)
    head.sign_in()
    head.show_code(used)
    app_code = head.phone.code()
    with writing() as revs:
        revoke(db.session.get_one(Device, lost.device), clock.now, revs)
        end_sign_ins("b.baptiste", clock.now)
        db.session.query(ProviderAccount).filter_by(subject="b").delete()
    said = put_back(app, tmp_path / "b.zip")

    assert "Passwords, second factors, roles and e-mail addresses are those of then" in said
    assert head.get("/today").location == "/sign-in"
    assert [app.test_client().get(link).status_code for link in links] == [404, 404]
    assert app.test_client().post("/sync/v1/enrol", json={"code": code, "name": "x"}).status_code == 403
    head.sign_in()
    assert [head.show_code(one).status_code for one in (used, app_code)] == [422, 422]
    assert head.show_code(kept).status_code == 303
    assert lost.client.get("/sync/v1/pull").json["reason"] == "revoked"
    assert [row.subject for row in db.session.query(ProviderAccount)] == ["a"]
    assert {row.pin_hash for row in db.session.query(SignIn)} == {None}
    assert handed_on.client.get("/sync/v1/pull").json["signed_in"]["b.baptiste"] == instant(clock.now)
    assert tablet.client.get("/sync/v1/pull").json["signed_in"]["a.adeyemi"] > instant(clock.now)  # nobody ended it
    assert tablet.client.get("/today").location == "/sign-in"
    assert tablet.sign_in().status_code == 200


def test_where_the_replaced_school_cannot_be_read_no_used_up_code_is_believed(
    app: Flask, clock: Clock, tmp_path: Path, settings: Settings
) -> None:
    head = Careful(app, "head")
    head.set_up(clock)
    with writing():
        db.session.add(ProviderAccount(provider="google", subject="a", staff_id="head", linked=clock.now))
    make(tmp_path / "b.zip", settings)
    with writing() as _:
        for table in (RecoveryCode, ProviderAccount):
            table.__table__.drop(db.session.connection())  # type: ignore[attr-defined]
    put_back(app, tmp_path / "b.zip")
    assert db.session.query(RecoveryCode).count() == db.session.query(ProviderAccount).count() == 0
    clock.move(minutes=2)
    head.sign_in()
    assert head.show_code().status_code == 303


def test_a_secret_shown_before_the_backup_cannot_be_confirmed_after_it(
    app: Flask, clock: Clock, tmp_path: Path
) -> None:
    person = Careful(app, "teacher")
    person.post("/account/second-factor/key", **{"password-for-factor": PASSWORD})
    make(tmp_path / "b.zip", app.config["SETTINGS"])
    put_back(app, tmp_path / "b.zip")
    assert db.session.query(SecondFactor).count() == 0
