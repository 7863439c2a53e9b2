"""Junk in the protocol's smaller calls."""

import pytest
from flask import Flask

from tests.builders import Tablet
from tests.sync.junk import VALUES, strictly


@pytest.mark.parametrize("key", ["code", "name"])
def test_enrolling_with_junk_is_refused(tablet: Tablet, key: str):
    for value in VALUES:
        answer = tablet.post("enrol", {"code": "ABCD-EFGH", "name": "Tablet", key: value})
        assert answer.status_code in (403, 429), value  # guessing is slowed
        assert strictly(answer.data)["reason"] in ("wrong-code", "locked-out")
    tablet.clock.move(hours=1)
    assert tablet.post("enrol", {}).status_code == 403


@pytest.mark.parametrize("key", ["username", "password"])
def test_signing_in_with_junk_is_refused(tablet: Tablet, key: str):
    for value in VALUES:
        answer = tablet.post("sign-in", {"username": f"nobody {VALUES.index(value)}", "password": "x", key: value})
        expected = (401, 429) if isinstance(value, str) else (400,)
        assert answer.status_code in expected, (value, answer.status_code)
        assert strictly(answer.data)["detail"]
    assert tablet.post("sign-in", {}).status_code == 400


@pytest.mark.parametrize("key", ["since", "limit"])
def test_pulling_with_junk_is_answered_400(tablet: Tablet, key: str):
    for text in ["-1", "1.0", "1e3", "x", "", " ", "+1", "1_000", "%00", "%D9%A1", "%C2%B2", "9" * 19, "9" * 5000]:
        answer = tablet.client.get(f"/sync/v1/pull?{key}={text}")
        assert (text, answer.status_code) == (text, 400)
        assert strictly(answer.data)["reason"] == "malformed"
    assert tablet.client.get("/sync/v1/pull?limit=0").status_code == 400


def test_any_cursor_there_could_be_is_answered(tablet: Tablet):
    for since in (2**31, 2**53, 10**18 - 1):
        answer = tablet.client.get(f"/sync/v1/pull?since={since}&limit={since}").json
        assert (answer["rows"], answer["next"], answer["more"]) == ([], answer["head"], False)


def test_cookies_that_are_junk_are_no_tablet(app: Flask):
    for cookie in ("", "x", "\xff", "a=b", '"', "\x01", "x" * 4000):
        headers = {"Cookie": f"reachable_device={cookie}"}
        assert app.test_client().get("/sync/v1/pull", headers=headers).status_code == 401
