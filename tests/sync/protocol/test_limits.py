"""Limits on a reward are lifted by whoever set them, or by leaders."""

from flask import Flask

from tests.builders import Tablet, create_staff, create_tablet
from webapp.domain.access.rights import LEADERS
from webapp.domain.access.roles import ROLES
from webapp.models import Cap, db

BODY = {"student": "1", "cap": "none", "from": "2026-03-03", "reason": "Smoke"}


def limit(tablet: Tablet) -> str:
    op = tablet.record("reward.cap", BODY)
    assert tablet.push().json["notes"] == []
    return tablet.id_of(op)


def lift(tablet: Tablet, cap: str) -> list[tuple[str, str]]:
    """Reason and detail of what is refused."""
    return tablet.refusals("reward.lift", {"cap": cap})


def test_others_than_the_author_must_be_leaders_to_lift_a_limit(app: Flask, tablet: Tablet):
    for role in ROLES:
        create_staff(f"x.{role}", role=role)
        other, cap = create_tablet(app, staff=f"x.{role}"), limit(tablet)
        refused = [reason for reason, _ in lift(other, cap)]
        assert (role, refused) == (role, [] if role in LEADERS else ["not-allowed"])
        db.session.rollback()
        assert (db.session.get_one(Cap, cap).lifted is None) == bool(refused)


def test_whoever_set_a_limit_lifts_it(app: Flask, tablet: Tablet):
    cap = limit(tablet)
    again = create_tablet(app)
    assert lift(again, cap) == []
    assert db.session.get_one(Cap, cap).lifted_by == "a.adeyemi"
