"""A PIN on a tablet, as its worker keeps it: with and without the school, and never sent there."""

import json
from typing import Any

from flask import Flask

from tests.builders import create_staff
from tests.worker.school import School
from tests.worker.tablet import Tablet
from webapp.models import SignIn, db


def hold(tablet: Tablet, **pin: str) -> dict[str, Any]:
    return tablet.tap("/hold", is_fragment=False, staff="a.adeyemi", **pin)


def test_a_pin_locks_a_name_and_five_wrong_ones_the_pin(app: Flask, tablet: Tablet, school: School) -> None:
    assert "Choose a PIN of 4 to 6 digits" in tablet.tap("/pin", is_fragment=False, pin="12")["text"]
    assert "Change my PIN" in tablet.tap("/pin", is_fragment=False, pin="4711")["text"]
    tablet.sign_in("b.baptiste")
    school.stop()

    assert "PIN of <bdi hx-ignore>" in hold(tablet)["text"]
    assert tablet.meta["holder"] == "b.baptiste"
    assert "4 tries are left" in hold(tablet, pin="0000")["text"]
    tablet.stop_worker()
    assert hold(tablet, pin="4711")["path"] == "/today"
    assert tablet.meta["holder"] == "a.adeyemi"

    tablet.tap("/sign-out", is_fragment=False)
    said = [hold(tablet, pin="0000")["text"] for _ in range(5)]
    assert "1 try is left" in said[3]
    assert "locked after five wrong tries" in said[4]
    tablet.stop_worker()
    assert "locked after five wrong tries" in hold(tablet, pin="4711")["text"]
    assert tablet.meta["holder"] is None

    school.start()
    tablet.sign_in()
    tablet.tap("/sign-out", is_fragment=False)
    assert hold(tablet, pin="4711")["path"] == "/today"
    assert "Set a PIN" in tablet.tap("/pin", is_fragment=False, remove="yes")["text"]
    assert hold(tablet)["path"] == "/today"
    assert "4711" not in json.dumps(tablet.meta, default=str)
    assert [row.pin_hash for row in db.session.query(SignIn)] == [None, None]


def test_the_desk_is_closed_to_whoever_put_the_tablet_down(app: Flask, tablet: Tablet) -> None:
    """Though it was open a moment ago, as the password had just been shown."""
    create_staff("c.quartey", role="head")
    tablet.sign_in("c.quartey")
    assert tablet.look("/office/tablets", is_fragment=False)["path"] == "/office/tablets"
    tablet.tap("/hold", is_fragment=False, staff="a.adeyemi")
    tablet.eventually(lambda: tablet.look("/office/tablets", is_fragment=False)["path"] == "/sign-in")
    tablet.sign_in("c.quartey")
    tablet.tap("/sign-out", is_fragment=False)
    tablet.eventually(lambda: tablet.look("/office/tablets", is_fragment=False)["path"] == "/sign-in")
