"""Limits on rewards at the desk: listed with their reason, and lifted by leaders."""

import pytest
from sqlalchemy import select

from tests.builders import create_staff
from tests.builders_rewards import do
from tests.office.conftest import Sign
from webapp.domain.access.rights import LEADERS
from webapp.domain.access.roles import ROLES
from webapp.models import Cap, db


def test_limits_are_listed_with_their_reason_and_lifted_by_leaders(sign_in: Sign):
    create_staff("t.boyle")
    body = {"student": "1", "cap": "none", "from": "2026-03-03", "until": None, "reason": "<i>Paint</i>"}
    assert do("reward.cap", body, "t.boyle") is None
    page = sign_in("office").get("/office/limits").text
    assert "No rewards" in page
    assert "&lt;i&gt;Paint&lt;/i&gt;" in page
    assert "until somebody lifts it" in page
    assert "Lift the limit" not in page
    head = sign_in("head")
    assert "Lift the limit of Zoë Okafor" in head.get("/office/limits").text
    cap = db.session.scalars(select(Cap.id)).one()
    assert head.post("/office/limits/lift", cap=cap).status_code == 303
    assert "No reward is limited" in head.get("/office/limits").text
    assert "Lifted by" in head.get("/office/limits").text


@pytest.mark.parametrize("role", ROLES)
def test_only_leaders_lift_limits_at_the_desk(sign_in: Sign, role: str):
    allowed = sign_in(role).post("/office/limits/lift", cap="x").status_code == 303
    assert allowed == (role in LEADERS)
