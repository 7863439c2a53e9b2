"""What is recorded counts under a sign-in of its author, and not before, after, or much later."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from tests.builders import PASSWORD, Desk, Tablet, create_desk, create_staff, create_tablet
from webapp.domain.time.moment import instant
from webapp.models import Device, Operation, Quarantined, Restoration, Score, SignIn, db
from webapp.sync.devices.devices import make_code
from webapp.sync.devices.sign_ins import end_sign_ins
from webapp.sync.log.rebuild import rebuild
from webapp.sync.log.revisions import writing

SIGNED_IN = "2026-03-03T10:21:07.000Z"
BEFORE = "2026-03-03T09:00:00.000Z"
ENDS_OF_TIME = ("0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z")


@pytest.fixture
def office(app: Flask, tablet: Tablet) -> Desk:
    create_staff("p.okonkwo", role="office")
    return create_desk(app, "p.okonkwo")


def marks() -> list[str | None]:
    db.session.rollback()
    return [score.mark for score in db.session.query(Score)]


def aside() -> list[tuple[int, str]]:
    db.session.rollback()
    return [(item.n, item.reason) for item in db.session.query(Quarantined).order_by(Quarantined.n)]


def reasons(answer: Any) -> list[tuple[int, str]]:
    return [(note["n"], note["reason"]) for note in answer.json["notes"]]


def reenrol(tablet: Tablet, duty: str = "floor") -> Tablet:
    """The same tablet under a new name, as our worker does it: its cookie goes along, and what it has not sent."""
    with writing():
        code = make_code(duty, tablet.clock.now).text
    new = Tablet(tablet.client, tablet.clock, tablet.staff)
    new.enrol(code)
    new.ops = [op | {"n": n} for n, op in enumerate(tablet.ops, start=1)]
    return new


def test_what_seems_to_come_before_its_authors_sign_in_is_put_aside_and_blocks_nothing(tablet: Tablet):
    tablet.clock.move(hours=1)
    tablet.mark(1, 1, 5, wall=BEFORE)
    tablet.mark(1, 1, 3)
    answer = tablet.push()
    assert (answer.json["upto"], reasons(answer)) == (2, [(1, "before-sign-in")])
    assert (marks(), aside()) == (["3"], [(1, "before-sign-in")])
    assert [operation.n for operation in db.session.query(Operation).filter_by(device_id=tablet.device)] == [2]
    assert not any(rebuild().values())


def test_its_number_is_taken_so_the_same_again_is_heard_and_another_is_a_fork(tablet: Tablet):
    tablet.mark(1, 1, 5, wall=BEFORE)
    for _ in range(3):
        answer = tablet.push()
        assert answer.json["upto"] == 1
    assert answer.json["notes"] == []
    assert aside() == [(1, "before-sign-in")]
    other = tablet.push([tablet.ops[0] | {"body": {"student": "1", "lesson": "1", "mark": 4}}])
    assert reasons(other) == [(1, "forked")]
    assert marks() == []


@pytest.mark.parametrize("now", [SIGNED_IN, "2016-03-03T10:00:00.000Z", *ENDS_OF_TIME])
@pytest.mark.parametrize("wall", [BEFORE, "2026-02-01T10:00:00.000Z", *ENDS_OF_TIME, "?"])
def test_no_chosen_clock_brings_anything_before_a_sign_in(tablet: Tablet, wall: str, now: str):
    tablet.mark(1, 1, 5, wall=wall)
    assert tablet.push(now=now).json["upto"] == 1
    db.session.rollback()
    since = db.session.query(SignIn).one().since
    assert all(operation.at >= since - timedelta(minutes=2) for operation in db.session.query(Operation))


@pytest.mark.parametrize("now", [*ENDS_OF_TIME, "yesterday", 7, None, ["2026"], "9" * 10_000])
def test_whatever_clock_is_told_at_a_sign_in_it_is_one(tablet: Tablet, now: Any):
    said = {"username": tablet.staff, "password": PASSWORD, "now": now}
    for _ in range(2):
        assert tablet.post("sign-in", said).status_code == 200
        tablet.clock.move(days=8)
    tablet.sign_in()
    tablet.mark(1, 1, 5)
    assert reasons(tablet.push()) == []


def test_what_comes_within_14_days_of_the_end_counts_and_later_is_put_aside(app: Flask, tablet: Tablet):
    sent = [tablet.mark(1, 1, 5), tablet.mark(1, 1, 4)]
    tablet.clock.move(days=21)
    create_tablet(app, "a.adeyemi")  # somewhere else that says nothing
    assert reasons(tablet.push(sent[:1])) == []
    tablet.clock.move(minutes=1)
    assert reasons(tablet.push(sent)) == [(2, "came-too-late")]
    assert marks() == ["5"]


def test_whoever_once_signed_in_is_not_impersonated_for_ever(tablet: Tablet, office: Desk):
    """The tablet is somebody else's today, and chooses its clock."""
    tablet.clock.move(days=60)
    tablet.mark(1, 1, 5, wall="2026-03-04T10:00:00.000Z")
    tablet.mark(1, 1, 5, by="p.okonkwo")
    tablet.staff = "b.boyle"
    create_staff("b.boyle")
    tablet.sign_in()
    assert reasons(tablet.push()) == [(1, "came-too-late"), (2, "not-signed-in")]
    assert marks() == []


def test_signing_in_again_does_not_wipe_the_time_before(tablet: Tablet):
    tablet.mark(1, 1, 5)
    tablet.clock.move(days=10)
    between = tablet.clock.now
    tablet.clock.move(days=1)
    assert tablet.sign_in().status_code == 200
    tablet.mark(1, 1, 4, wall=instant(between))
    tablet.mark(1, 1, 3)
    assert reasons(tablet.push()) == [(2, "before-sign-in")]
    assert marks() == ["3"]


def test_signing_in_while_signed_in_is_one_longer_sign_in(tablet: Tablet):
    tablet.mark(1, 1, 5)
    for _ in range(4):
        tablet.clock.move(days=6)
        assert tablet.sign_in().status_code == 200
    tablet.clock.move(minutes=1)
    assert reasons(tablet.push()) == []


def test_an_ended_sign_in_counts_for_what_was_recorded_before(app: Flask, tablet: Tablet):
    tablet.mark(1, 1, 5)
    tablet.clock.move(hours=1)
    with writing():
        end_sign_ins("a.adeyemi", tablet.clock.now)
    tablet.clock.move(minutes=1)
    tablet.mark(1, 1, 4)
    tablet.clock.move(days=14, minutes=-2)
    assert reasons(tablet.push()) == [(2, "sign-in-ended")]
    assert marks() == ["5"]
    tablet.mark(1, 1, 2, wall=SIGNED_IN)
    tablet.clock.move(minutes=5)
    assert reasons(tablet.push()) == [(3, "came-too-late")]


def test_signing_in_after_an_end_keeps_it(tablet: Tablet):
    tablet.mark(1, 1, 5)
    tablet.clock.move(hours=1)
    with writing():
        end_sign_ins("a.adeyemi", tablet.clock.now)
    tablet.clock.move(hours=1)
    stolen = tablet.clock.now
    tablet.clock.move(hours=1)
    tablet.sign_in()
    tablet.mark(1, 1, 4, wall=instant(stolen))
    assert reasons(tablet.push()) == [(2, "before-sign-in")]
    assert marks() == ["5"]


@pytest.mark.parametrize("days", [-3650, -1, 1, 3650])
@pytest.mark.parametrize("told", [True, False], ids=["told at the sign-in", "known from before"])
def test_an_honest_tablets_clock_may_be_put_right_in_between(app: Flask, tablet: Tablet, days: int, told: bool):
    wrong = create_tablet(app, skew=timedelta(days=days))
    if not told:
        wrong.push([])
        with writing():
            db.session.query(SignIn).filter_by(device_id=wrong.device).delete()
        assert wrong.post("sign-in", {"username": wrong.staff, "password": PASSWORD}).status_code == 200
    wrong.clock.move(minutes=5)
    wrong.mark(1, 1, 5)
    wrong.skew = timedelta(0)
    wrong.clock.move(minutes=5)
    wrong.mark(1, 1, 4)
    assert reasons(wrong.push()) == []
    assert marks() == ["4"]
    assert aside() == []


@pytest.mark.parametrize("days", [-3650, 3650])
def test_a_clock_that_goes_wrong_after_the_sign_in_puts_nothing_aside(tablet: Tablet, days: int):
    tablet.clock.move(hours=1)
    tablet.mark(1, 1, 5)
    tablet.skew = timedelta(days=days)
    tablet.clock.move(hours=1)
    tablet.mark(1, 1, 4)
    assert reasons(tablet.push()) == []
    assert aside() == []


def test_the_office_reads_why_and_accepts_or_settles(tablet: Tablet, office: Desk):
    tablet.mark(1, 1, 5, wall=BEFORE)
    tablet.mark(99, 1, 5, wall=BEFORE)
    tablet.record("card.issue", {}, wall=BEFORE)
    assert reasons(tablet.push()) == [(1, "before-sign-in"), (2, "before-sign-in"), (3, "not-allowed")]
    assert office.refusals("quarantine.accept", {"quarantined": "1"}) == []
    assert office.refusals("quarantine.settle", {"quarantined": "2"}) == []
    assert marks() == ["5"]
    [stored] = db.session.query(Operation).filter_by(device_id=tablet.device, status="applied")
    assert (stored.n, stored.by, stored.at) == (1, "a.adeyemi", datetime.fromisoformat(BEFORE))
    assert office.refusals("quarantine.accept", {"quarantined": "1"}) == [
        ("no-such-entry", "Somebody has dealt with this entry already.")
    ]
    assert tablet.push().json["notes"] == []
    assert not any(rebuild().values())


def test_what_a_tablet_enrolled_again_carries_over_counts(tablet: Tablet):
    tablet.mark(1, 1, 5)
    tablet.clock.move(days=1)
    again = reenrol(tablet)
    again.clock.move(hours=1)
    after = again.mark(1, 1, 4)
    assert reasons(again.push()) == [(after["n"], "sign-in-ended")]
    assert marks() == ["5"]
    assert again.sign_in().status_code == 200
    again.mark(1, 1, 3)
    assert reasons(again.push()) == []


def test_what_was_recorded_for_staff_before_a_tablet_stood_in_the_hall_is_put_aside(tablet: Tablet, office: Desk):
    tablet.mark(1, 1, 5)
    tablet.record("card.issue", {"student": "1", "digest": "ab" * 32})
    tablet.clock.move(hours=1)
    hall = reenrol(tablet, "hall")
    hall.clock.move(hours=1)
    hall.mark(1, 1, 4)
    assert reasons(hall.push()) == [(1, "recorded-elsewhere"), (2, "not-allowed"), (3, "not-here")]
    assert marks() == []
    assert office.refusals("quarantine.accept", {"quarantined": "1"}) == []
    assert marks() == ["5"]


class TestAfterARestore:
    """The backup is an hour old when it is put back."""

    @pytest.fixture(autouse=True)
    def restored(self, tablet: Tablet) -> None:
        create_staff("b.boyle")
        made = tablet.clock.now
        tablet.clock.move(hours=1)
        with writing():
            db.session.add(Restoration(made=made, at=tablet.clock.now))
        tablet.clock.move(minutes=1)

    def test_a_tablet_from_before_brings_what_was_lost_by_anybody_for_14_days(self, tablet: Tablet):
        lost = instant(tablet.clock.now - timedelta(minutes=30))
        tablet.mark(1, 1, 5, by="b.boyle", wall=lost)
        assert reasons(tablet.push()) == []
        tablet.record("apart.set", {"students": ["1"]}, by="b.boyle", wall=lost)
        tablet.clock.move(days=15)
        tablet.mark(1, 1, 4, by="b.boyle", wall=lost)
        tablet.mark(1, 1, 4, by="nobody", wall=lost)
        expected = [(2, "not-allowed"), (3, "sign-in-lost"), (4, "not-signed-in")]
        assert reasons(tablet.push()) == expected
        assert marks() == ["5"]

    @pytest.mark.parametrize("signs_in", [True, False], ids=["signed in since", "lost"])
    def test_an_ending_ends_what_the_restore_took_too(self, tablet: Tablet, signs_in: bool):
        lost = instant(tablet.clock.now - timedelta(minutes=30))
        if signs_in:
            assert tablet.sign_in("b.boyle").status_code == 200
        tablet.clock.move(hours=1)
        with writing():
            end_sign_ins("b.boyle", tablet.clock.now)
        tablet.clock.move(hours=1)
        tablet.mark(1, 1, 4, by="b.boyle", wall=lost)
        tablet.mark(1, 1, 5, by="b.boyle")
        assert reasons(tablet.push()) == [(2, "sign-in-lost")]
        assert marks() == ["4"]

    @pytest.mark.parametrize("duty", ["floor", "till", "reception", "door", "kiosk", "hall"])
    def test_one_enrolled_since_records_in_nobodys_name(self, app: Flask, tablet: Tablet, duty: str):
        new = create_tablet(app, "a.adeyemi", duty)
        lost = instant(tablet.clock.now - timedelta(minutes=30))
        new.mark(1, 1, 5, by="b.boyle", wall=lost)
        new.mark(1, 1, 5, wall=lost)
        new.push()
        assert marks() == []

    @pytest.mark.parametrize("known", [True, False], ids=["in the backup", "forgotten"])
    def test_nobody_becomes_a_tablet_by_saying_so(self, app: Flask, tablet: Tablet, known: bool):
        """Names of tablets stand in every row they made; the code is a real one."""
        was = {"device": tablet.device if known else "d77", "incarnation": tablet.incarnation, "gone": 0}
        with writing():
            code = make_code("floor", tablet.clock.now).text
        thief = Tablet(app.test_client(), tablet.clock, "b.boyle")
        answer = thief.post("enrol", {"code": code, "name": "Mine", "was": was})
        assert answer.status_code == 200
        assert answer.json["device"] not in (tablet.device, "d77")
        thief.device, thief.incarnation = answer.json["device"], answer.json["incarnation"]
        thief.mark(1, 1, 5, wall=instant(tablet.clock.now - timedelta(minutes=30)))
        assert reasons(thief.push()) == [(1, "sign-in-lost")]
        assert marks() == []
        assert tablet.push([]).status_code == 200

    def test_a_forgotten_tablet_is_known_by_its_cookie(self, app: Flask, tablet: Tablet):
        """Forged, cut or of another tablet it is worth nothing."""
        lost = create_tablet(app)
        with writing():
            db.session.query(SignIn).filter_by(device_id=lost.device).delete()
            db.session.query(Device).filter_by(id=lost.device).delete()
        was = {"device": lost.device, "incarnation": lost.incarnation, "gone": 0}
        cookie, own = (one.client.get_cookie("reachable_device").value for one in (lost, tablet))
        for sent in ("", own, cookie[:-1], cookie.replace(".", "x", 1), "\u00e9", cookie):
            client = app.test_client()
            client.set_cookie("reachable_device", sent)
            with writing():
                code = make_code("floor", tablet.clock.now).text
            answer = client.post("/sync/v1/enrol", json={"code": code, "name": "Back", "was": was})
            said: Any = answer.json
            assert (said["device"] == lost.device) == (sent == cookie)


def desk_page(app: Flask, office: Desk, path: str = "attention") -> str:
    with app.app_context():  # a request of its own shares nothing with those of tablets
        return str(office.client.get(f"/office/{path}").text)


def test_what_a_wrong_clock_recorded_counts_and_its_time_is_said_to_be_unsure(app: Flask, office: Desk):
    wrong = create_tablet(app, skew=timedelta(days=-3650))
    wrong.clock.move(minutes=5)
    wrong.mark(1, 1, 5)
    wrong.skew = timedelta(0)
    wrong.mark(1, 1, 4, unsure=True)
    wrong.mark(1, 1, 3)
    assert reasons(wrong.push()) == []
    assert [op.unsure for op in db.session.query(Operation).filter_by(device_id=wrong.device)] == [True, True, False]
    assert desk_page(app, office).count("(time unsure)") == 2
    assert "(time unsure)" in desk_page(app, office, "corrections/mark/1/1")
    assert office.refusals("refusal.settle", {"operation": wrong.id_of(wrong.ops[0])}) == []
    assert desk_page(app, office).count("(time unsure)") == 1
    assert not any(rebuild().values())


def test_what_is_put_aside_for_its_time_is_unsure_once_accepted_too(app: Flask, tablet: Tablet, office: Desk):
    tablet.mark(1, 1, 5, wall="2001-01-01T00:00:00.000Z")
    assert reasons(tablet.push()) == [(1, "before-sign-in")]
    assert "(time unsure)" in desk_page(app, office)
    assert office.refusals("quarantine.accept", {"quarantined": "1"}) == []
    assert [op.unsure for op in db.session.query(Operation).filter_by(device_id=tablet.device)] == [True]
    assert "(time unsure)" in desk_page(app, office)
