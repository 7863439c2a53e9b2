"""Who is kept apart: set, listed and ended at the desk."""

import pytest

from tests.hostile import hostile_strings
from tests.office.conftest import Person, Sign
from webapp.domain.access.rights import DESK_AND_LEADERS
from webapp.domain.access.roles import ROLES
from webapp.models import Apart, Operation, db

FORM = {"one": "3", "other": "1", "reason": "They fought on Monday."}


@pytest.fixture
def head_of_year(sign_in: Sign) -> Person:
    return sign_in("head-of-year")


def test_a_pair_set_is_listed_with_its_reason_and_ends(head_of_year: Person):
    assert "Nobody is kept apart" in head_of_year.get("/office/apart").text
    assert head_of_year.post("/office/apart", **FORM).location == "/office/apart"
    page = head_of_year.get("/office/apart").text
    assert "<bdi>Zoë Okafor</bdi> and <bdi>Cai Price</bdi>" in page
    assert "They fought on Monday." in page
    assert "Kit Head-Of-Year, Tue 3 March" in page
    head_of_year.post("/office/apart/end", pair=db.session.query(Apart).one().id)
    assert "Nobody is kept apart" in head_of_year.get("/office/apart").text


def test_the_same_pair_again_is_told_kindly_and_not_stored(head_of_year: Person):
    head_of_year.post("/office/apart", **FORM)
    answer = head_of_year.post("/office/apart", one="1", other="3", reason="Again")
    assert answer.status_code == 422
    assert '<a href="#other">These two are kept apart already' in answer.text
    assert 'value="Again"' in answer.text
    assert db.session.query(Operation).count() == 1


def test_a_form_left_empty_names_every_field(head_of_year: Person):
    page = head_of_year.post("/office/apart", one="", other="", reason="  ").text
    for field in FORM:
        assert f'<a href="#{field}">' in page
        assert f'id="{field}-wrong"' in page


def test_any_reason_reaches_the_page_escaped(head_of_year: Person):
    for reason in [text for text in hostile_strings() if "<" in text and len(text) < 100 and "\ud83d" not in text]:
        head_of_year.post("/office/apart", **FORM | {"reason": reason})
        page = head_of_year.get("/office/apart").text
        assert "<script>" not in page
        assert "<img" not in page
        assert "<svg" not in page
        head_of_year.post("/office/apart/end", pair=db.session.query(Apart).filter_by(ended_at=None).one().id)


def test_pairs_are_for_the_desk_and_the_leaders(sign_in: Sign):
    for role in ROLES:
        allowed = role in DESK_AND_LEADERS
        person = sign_in(role)
        assert (role, person.get("/office/apart").status_code) == (role, 200 if allowed else 403)
        made = person.post("/office/apart", **FORM)
        assert (role, made.status_code in (303, 422)) == (role, allowed)
