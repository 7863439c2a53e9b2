"""Who sees what of contacts and attendance at the desk."""

from datetime import date
from typing import Any

import pytest

from tests.office.conftest import Sign
from webapp.models import Attendance, AuditLine, Contact, db
from webapp.sync.log.revisions import writing

ORDER = "Prohibited steps order of 3 March"


@pytest.fixture
def family(sign_in: Sign) -> Sign:
    """Zoë’s mother and father, and a week of the register."""
    mother: dict[str, Any] = {"surname": "Okafor", "forename": "Ada", "relationship": "Mother", "place": 1}
    father: dict[str, Any] = {"surname": "Okafor", "forename": "Chima", "place": 2, "phone": "07700 900 124"}
    father |= {"do_not_contact": True, "note": ORDER}
    with writing():
        db.session.add(Contact(student_id=1, phone="07700 900 123", email="ada@x.uk", do_not_contact=False, **mother))
        db.session.add(Contact(student_id=1, **father))
        for day, code in ((2, "/"), (3, "L"), (4, "I")):
            minutes = 7 if code == "L" else None
            db.session.add(Attendance(student_id=1, day=date(2026, 3, day), session="am", code=code, minutes=minutes))
    return sign_in


@pytest.mark.parametrize(("role", "sees"), [("office", False), ("senior-leader", False), ("head", True)])
def test_what_a_court_has_ordered_is_for_those_who_safeguard(family: Sign, role: str, sees: bool):
    page = family(role).get("/office/students/1").text
    assert page.index("Ada Okafor") < page.index("Chima Okafor")
    assert 'href="tel:07700900123"' in page
    assert 'href="mailto:ada@x.uk"' in page
    assert "07700 900 124" in page
    assert 'href="tel:07700900124"' not in page
    assert "Do not contact" in page
    assert (ORDER in page) == sees
    assert db.session.query(AuditLine).filter_by(event="court-orders.view").count() == sees


def test_safeguarding_leads_see_all_orders_and_nobody_else(family: Sign):
    assert ORDER in family("safeguarding-lead").get("/office/contacts").text
    assert family("office").get("/office/contacts").status_code == 403


def test_attendance_stands_by_student_and_half_term(family: Sign):
    page = family("head-of-year").get("/office/attendance?group=8B").text
    assert "66.6%" in page
    assert "1 (7 min)" in page
    assert "66.6%" in family("office").get("/office/students/1").text
