"""Enrolling and signing in, and what keeps strangers and other sites out."""

import gzip
import json
import secrets
from typing import Any

import pytest
from flask import Flask

from tests.builders import PASSWORD, Clock, Tablet, create_staff, create_student, create_tablet
from webapp import create_app
from webapp.config import Settings, read_settings
from webapp.domain.access.guesses import Key
from webapp.models import Device, EnrolCode, LockOut, School, SignIn, db
from webapp.sync.devices.devices import make_code
from webapp.sync.log.revisions import writing


@pytest.fixture
def clock(app: Flask) -> Clock:
    clock: Clock = app.config["CLOCK"]
    return clock


@pytest.fixture
def code(clock: Clock) -> str:
    with writing():
        return make_code("till", clock.now).text


def enrol(app: Flask, code: Any, name: Any = "Trolley 3") -> Any:
    return app.test_client().post("/sync/v1/enrol", json={"code": code, "name": name})


def test_a_code_makes_a_tablet_with_its_duty(app: Flask, code: str):
    answer = enrol(app, code)
    school, device = db.session.query(School).one(), db.session.get_one(Device, answer.json["device"])
    assert answer.json == {
        "device": device.id,
        "incarnation": device.incarnation,
        "epoch": school.epoch,
        "school": "Hazelwood School",
        "duty": "till",
    }
    assert (device.name, device.duty, device.upto) == ("Trolley 3", "till", 0)


def test_a_code_works_once(app: Flask, code: str):
    assert enrol(app, code).status_code == 200
    assert enrol(app, code).status_code == 403


def test_a_code_ends_after_15_minutes(app: Flask, clock: Clock, code: str):
    clock.move(minutes=15, seconds=1)
    answer = enrol(app, code)
    assert (answer.status_code, answer.json["reason"]) == (403, "wrong-code")
    assert "Set-Cookie" not in answer.headers


def test_a_code_is_read_however_it_is_typed(app: Flask, code: str):
    assert enrol(app, f" {code.lower().replace('-', ' ')} ").status_code == 200


def test_a_wrong_code_is_refused_and_the_right_one_still_works(app: Flask, code: str):
    assert enrol(app, "AAAA-AAAA").status_code == 403
    assert enrol(app, code).status_code == 200


def test_codes_and_cookies_are_stored_as_hashes(app: Flask, code: str):
    client = app.test_client()
    client.post("/sync/v1/enrol", json={"code": code, "name": "x"})
    cookie = client.get_cookie("reachable_device")
    assert cookie
    stored = [row.hash for row in db.session.query(EnrolCode)]
    stored += [device.token_hash for device in db.session.query(Device) if device.token_hash]
    assert not {code, code.replace("-", ""), cookie.value} & set(stored)
    assert all(len(value) == 64 for value in stored)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(app: Flask, code: str):
    cookie = enrol(app, code).headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "Secure" not in cookie


def test_behind_https_the_cookie_stays_on_https(app: Flask, settings: Settings, code: str):
    env = {"REACHABLE_DATA": str(settings.data), "REACHABLE_URL": "https://reachable.example"}
    secure = create_app(read_settings(env | {"DATABASE_URL": settings.database_url}), app.config["CLOCK"])
    with secure.app_context():
        assert "Secure" in enrol(secure, code).headers["Set-Cookie"]
        db.session.remove()
        db.engine.dispose()


def test_signing_in_says_who_and_until_when(tablet: Tablet):
    answer = tablet.sign_in()
    assert answer.json == {
        "staff": {"id": "a.adeyemi", "name": "Ada Adeyemi", "role": "teacher"},
        "until": "2026-03-10T10:21:07.000Z",
    }


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(tablet: Tablet):
    answers = [tablet.sign_in("a.adeyemi", "wrong"), tablet.sign_in("nobody", PASSWORD), tablet.sign_in("nobody", "")]
    assert [answer.status_code for answer in answers] == [401] * 3
    assert len({answer.text for answer in answers}) == 1


def test_after_five_wrong_passwords_that_name_is_locked_for_15_minutes(tablet: Tablet):
    create_staff("b.boyle")
    assert [tablet.sign_in(password="wrong").status_code for _ in range(5)] == [401] * 5
    assert tablet.sign_in().status_code == 429
    assert tablet.sign_in("A.ADEYEMI").status_code == 401  # nobody's name, and so another lock
    assert tablet.sign_in("b.boyle").status_code == 200
    tablet.clock.move(minutes=14, seconds=59)
    assert tablet.sign_in().status_code == 429
    tablet.clock.move(seconds=1)
    assert tablet.sign_in().status_code == 200


def mine(tablet: Tablet) -> str:
    return Key("password", "staff", "a.adeyemi", "tablet", tablet.device).text


def test_a_right_password_forgets_the_wrong_ones(tablet: Tablet):
    for _ in range(3):
        assert [tablet.sign_in(password="wrong").status_code for _ in range(4)] == [401] * 4
        assert tablet.sign_in().status_code == 200
    assert db.session.get_one(LockOut, mine(tablet)).failures == 0


def test_guessing_goes_on_being_braked(tablet: Tablet):
    for _ in range(3):
        assert [tablet.sign_in(password="wrong").status_code for _ in range(5)] == [401] * 5
        assert tablet.sign_in(password="wrong").status_code == 429
        tablet.clock.move(minutes=16)


def test_signing_in_again_extends_the_sign_in(tablet: Tablet):
    tablet.clock.move(days=3)
    tablet.sign_in()
    assert db.session.query(SignIn).one().until == tablet.clock.now.replace(day=13)


FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "odd"},
    {"Origin": "https://elsewhere.example"},
    {"Origin": "http://localhost:1"},
    {"Origin": "http://localhost.elsewhere.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://[::1"},
    {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "same-origin"},
]


def test_no_call_is_taken_from_another_site(tablet: Tablet):
    tablet.mark(1, 1, 4)
    envelope = {"device": tablet.device, "incarnation": tablet.incarnation, "epoch": "", "now": "", "ops": tablet.ops}
    for headers in FOREIGN:
        for call in ("enrol", "sign-in", "push"):
            answer = tablet.client.post(f"/sync/v1/{call}", json=envelope, headers=headers)
            assert (call, headers, answer.status_code) == (call, headers, 403)
        for call in ("pull", "live"):
            answer = tablet.client.get(f"/sync/v1/{call}", headers=headers)
            assert (call, headers, answer.status_code) == (call, headers, 403)


def test_our_own_pages_and_other_programs_are_heard(tablet: Tablet):
    ours = {"Origin": "http://localhost"}
    for headers in ({"Sec-Fetch-Site": "same-origin"} | ours, {"Sec-Fetch-Site": "none"} | ours, {}):
        assert tablet.client.get("/sync/v1/pull", headers=headers).status_code == 200
        answer = tablet.client.post("/sync/v1/sign-in", json={"username": "x", "password": "x"}, headers=headers)
        assert answer.status_code == 401


def test_answers_are_packed_for_those_who_ask(tablet: Tablet):
    for _ in range(5):
        create_student(secrets.token_hex(100))
    plain = tablet.client.get("/sync/v1/pull")
    packed = tablet.client.get("/sync/v1/pull", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert json.loads(gzip.decompress(packed.data))["rows"] == plain.json["rows"]
    unwanted = tablet.client.get("/sync/v1/pull", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in unwanted.headers


def test_packed_requests_are_read(tablet: Tablet):
    tablet.mark(1, 1, 4)
    envelope = {"device": tablet.device, "incarnation": tablet.incarnation, "epoch": tablet.epoch}
    data = json.dumps(envelope | {"now": "2026-03-03T10:21:07.000Z", "ops": tablet.ops}).encode()
    for encoding in ("gzip", "GZIP"):
        headers = {"Content-Encoding": encoding}
        answer = tablet.client.post("/sync/v1/push", data=gzip.compress(data), headers=headers)
        assert (answer.status_code, answer.json["upto"]) == (200, 1)


def test_a_clock_far_out_is_noted_and_nothing_is_refused_for_it(app: Flask, tablet: Tablet):
    for years in (-10, 10):
        tablet = create_tablet(app)
        tablet.skew = tablet.clock.now.replace(year=2026 + years) - tablet.clock.now
        tablet.mark(1, 1, 4)
        assert tablet.push().json["notes"] == []
        db.session.rollback()
        skew = db.session.get_one(Device, tablet.device).skew
        assert skew == tablet.skew.total_seconds() * 1000
