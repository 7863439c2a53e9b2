"""Every duty with every call, every table and every kind of operation.

What should be is said here once more, by hand: `webapp/domain/access/duties.py` and `domain/operations/` are read
only for what there is to ask about, so that a new duty, table or kind fails until it has its place here.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.builders import (
    PASSWORD,
    Clock,
    Tablet,
    create_desk,
    create_group,
    create_lesson,
    create_staff,
    create_student,
    create_tablet,
    create_year,
    give_groups,
)
from tests.conftest import TUESDAY_MORNING
from tests.web.test_rights import AT_THE_DESK
from webapp import create_app
from webapp.config import read_settings
from webapp.domain.access.duties import DUTIES, WRITERS
from webapp.domain.operations import RIGHTS
from webapp.models import Operation, Tombstone, db
from webapp.models.device import IMPORT
from webapp.student.cards import digest_of
from webapp.sync.devices.devices import make_code
from webapp.sync.log.log import Draft, own_device, submit
from webapp.sync.log.revisions import head, writing
from webapp.sync.protocol import news
from webapp.sync.tables.replicated import heard_by
from webapp.sync.tables.sources import sources_for

FOR_STAFF = ("floor", "till", "reception", "door")
FOR_EVERYBODY = ("kiosk", "hall")
HEARD = {
    *("school", "groups", "staff", "students", "lessons", "scores", "levels", "caps", "spaces", "asks", "stays"),
    *("assists", "plans", "apart", "cards", "items", "redemptions", "tills", "admissions", "choices", "awards"),
    *("memberships", "refusals"),
}
IMPORTED = ("score.record", "tuck.item")
EVERYTHING = "administrator"  # a role that may do all


@pytest.fixture(scope="module")
def world(empty_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A school where something stands in most tables."""
    data = shutil.copytree(empty_school, tmp_path_factory.mktemp("duties") / "data")
    app = create_app(read_settings({"REACHABLE_DATA": str(data)}), Clock(TUESDAY_MORNING))
    with app.app_context():
        create_year()
        create_group()
        create_staff("boss", role=EVERYTHING)
        create_student()
        create_student("Inaya", "Begum")
        create_lesson(staff="boss")
        record_something(app)
        yield app
        db.session.remove()
        db.engine.dispose()


def record_something(app: Flask) -> None:
    """A row that carries words in every table that a hall must not hear of."""
    tablet, desk = create_tablet(app, "boss"), create_desk(app, "boss")
    tablet.pull()
    tablet.mark(1, 1, 4)
    tablet.record("space.ask", {"space": "hazel", "student": "1"})
    tablet.record("space.enter", {"space": "hazel", "student": "2"})
    tablet.record("space.assist", {"place": "Room 4", "message": "Please come"})
    tablet.record("reward.cap", {"student": "1", "cap": "none", "from": "2026-03-03", "until": None, "reason": "Smoke"})
    desk.record("apart.set", {"students": ["1", "2"], "reason": "Fell out"})
    desk.record("card.issue", {"student": "1", "digest": "ab" * 32})
    for one in (tablet, desk):
        assert one.push().json["notes"] == []
    tablet.record("no.such.kind", {"student": "1"})
    tablet.push()
    with writing() as revs:
        db.session.add(Tombstone(table="scores", row="1.99", rev=revs.next()))


def test_every_duty_table_and_kind_has_its_place_here():
    assert set(DUTIES) == {*FOR_STAFF, *FOR_EVERYBODY}
    assert set(WRITERS) == {*DUTIES, "browser", "import"}
    assert {duty: heard_by(duty) for duty in DUTIES} == {
        **dict.fromkeys(FOR_STAFF, HEARD),
        **dict.fromkeys(FOR_EVERYBODY, frozenset({"school"})),
    }
    assert {model.__tablename__ for model, _ in sources_for("floor", "d1")} >= {"operation", "tombstone", "assist"}


def heard(tablet: Tablet, since: int = 0) -> set[str]:
    answer = tablet.client.get(f"/sync/v1/pull?since={since}&limit=10000").json
    columns = tablet.client.get(f"/sync/v1/pull?since={since}&limit=10000&columns=1").json
    tables = {row["table"] for row in answer["rows"]}
    assert {run["table"] for run in columns["runs"]} == tables
    return tables


@pytest.mark.parametrize("since", [0, 1], ids=["from nothing", "later"])
@pytest.mark.parametrize("duty", DUTIES)
def test_a_tablet_pulls_what_its_duty_hears_whether_somebody_signed_in_or_not(world: Flask, duty: str, since: int):
    fresh = enrolled(world, duty)
    for tablet in (fresh, create_tablet(world, "boss", duty)):
        tables = heard(tablet, since)
        if duty in FOR_EVERYBODY:
            assert tables <= {"school"}
        else:
            assert tables <= HEARD
            assert tables >= {"scores", "assists", "caps", "cards", "apart"} | (
                set() if since else {"students", "groups"}
            )


def enrolled(app: Flask, duty: str) -> Tablet:
    tablet = Tablet(app.test_client(), app.config["CLOCK"], "boss")
    with writing():
        code = make_code(duty, tablet.clock.now).text
    tablet.enrol(code)
    return tablet


@pytest.mark.parametrize("duty", DUTIES)
def test_live_events_carry_rows_to_tablets_for_staff_alone(world: Flask, duty: str):
    tablet, since = enrolled(world, duty), head()
    desk = create_desk(world, "boss")
    desk.record("space.assist", {"place": "Room 5", "message": "Quickly"})
    assert desk.push().json["notes"] == []
    told = news.desk().event(world, tablet.device, since)
    if duty in FOR_EVERYBODY:
        assert told is None
    else:
        assert told is not None
        assert {row["table"] for row in json.loads(told[0])["rows"]} >= {"assists"}


@pytest.mark.parametrize("duty", DUTIES)
def test_people_sign_in_where_they_work(world: Flask, duty: str):
    tablet = enrolled(world, duty)
    answer = tablet.sign_in()
    page = tablet.client.post("/sign-in", data={"username": "boss", "password": PASSWORD})
    if duty in FOR_STAFF:
        assert (answer.status_code, page.status_code) == (200, 303)
    else:
        assert (answer.status_code, answer.json["reason"], page.status_code) == (403, "not-here", 422)
        assert tablet.client.get("/today").location == f"/{duty}"
        assert tablet.client.get("/office/tablets").status_code == 303


def test_whoever_sets_a_board_up_from_their_desk_is_not_left_signed_in_there(world: Flask):
    client = world.test_client()
    assert client.post("/sign-in", data={"username": "boss", "password": PASSWORD}).status_code == 303
    assert client.get("/office/tablets").status_code == 200
    with writing():
        code = make_code("hall", world.config["CLOCK"].now).text
    assert client.post("/sync/v1/enrol", json={"code": code, "name": "Hall"}).status_code == 200
    assert client.get("/office/tablets").status_code == 303


def reasons(tablet: Tablet) -> dict[str, str]:
    """Of one operation of each kind that a tablet sends, the reasons for which it is refused."""
    sent = {tablet.record(kind, {})["n"]: kind for kind in RIGHTS}
    answer = tablet.push()
    assert answer.json["upto"] == len(tablet.ops)
    return {sent[note["n"]]: note["reason"] for note in answer.json["notes"]}


@pytest.mark.parametrize("duty", DUTIES)
def test_of_every_kind_a_tablet_records_what_its_duty_is_for(world: Flask, duty: str):
    refused = reasons(create_tablet(world, "boss", duty))
    if duty in FOR_EVERYBODY:
        assert set(refused.values()) == {"not-here"}
        assert len(refused) == len(RIGHTS)
    else:
        from_elsewhere = {kind for kind, reason in refused.items() if reason in ("not-from-a-tablet", "not-here")}
        assert from_elsewhere == set(AT_THE_DESK)


def test_the_desk_records_every_kind_and_an_import_what_it_brings(world: Flask):
    for writer, taken in (("browser", set(RIGHTS)), (IMPORT, set(IMPORTED))):
        drafts = [Draft(kind, "boss", {}, world.config["CLOCK"].now) for kind in RIGHTS]
        with writing() as revs:
            refusals = submit(revs, own_device(writer), drafts)
        wrong_place = ("not-from-a-tablet", "not-here")
        said = zip(RIGHTS, refusals, strict=True)
        assert {kind for kind, one in said if not (one and one.reason in wrong_place)} == taken


def test_a_card_forged_on_a_tablet_opens_nothing(world: Flask):
    """A password alone signs in there, without the second factor that the desk asks for."""
    token = "forged-card-token"
    tablet = create_tablet(world, "boss")
    [(reason, words)] = tablet.refusals("card.issue", {"student": "2", "digest": digest_of(token)})
    assert (reason, "desk" in words) == ("not-from-a-tablet", True)
    assert tablet.client.post("/card/points", data={"token": token}).status_code >= 400


SCOPES: tuple[tuple[str, dict[str, Any]], ...] = (("board.name", {"alias": "Comet", "opted_out": False}),)


@pytest.mark.parametrize(("kind", "body"), SCOPES)
def test_a_tutor_names_those_of_their_own_groups_alone(world: Flask, kind: str, body: dict[str, Any]):
    assert {key for key, right in RIGHTS.items() if right.of_students} == {kind for kind, _ in SCOPES}
    create_group("9C")
    other = create_student("Ola", "Reed", group="9C")
    create_staff(f"t.{kind}", role="tutor")
    give_groups(f"t.{kind}", "8B")
    tutor = create_desk(world, f"t.{kind}")
    assert tutor.refusals(kind, body | {"student": "1"}) == []
    another = str(other.id)
    for named in ({"student": another}, {"student": "1", "students": [another]}, {"student": "1", "group": "9C"}):
        assert [reason for reason, _ in tutor.refusals(kind, body | named)] == ["not-allowed"]


def test_on_a_tablet_nobody_clears_another_tablets_list(world: Flask):
    one, other = create_tablet(world, "boss"), create_tablet(world, "boss")
    create_staff("b.boyle")
    other.staff = "b.boyle"
    other.sign_in()
    refused = other.record("no.such.kind", {})
    other.push()
    settle = {"operation": other.id_of(refused)}
    assert [reason for reason, _ in one.refusals("refusal.settle", settle)] == ["not-allowed"]
    assert create_desk(world, "boss").refusals("refusal.settle", settle) == []
    stored = db.session.query(Operation).filter_by(device_id=other.device, n=refused["n"]).one()
    assert stored.settled_at is not None
