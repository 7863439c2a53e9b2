"""Who appears on the hall board by which name: set and listed at the desk."""

import pytest

from tests.builders import give_groups
from tests.hostile import hostile_strings
from tests.office.conftest import Person, Sign
from webapp.models import BoardName, Operation, db


@pytest.fixture
def tutor(sign_in: Sign) -> Person:
    """The tutor of all students there are."""
    person = sign_in("tutor")
    give_groups("tutor", "8B", "9H")
    return person


def test_an_alias_is_listed_and_given_up_again(tutor: Person):
    assert "Everybody is on the board by their first name" in tutor.get("/office/board").text
    assert tutor.post("/office/board", student="1", alias=" Comet ").location == "/office/board"
    page = tutor.get("/office/board").text
    assert "<bdi>Zoë Okafor</bdi>" in page
    assert "On the board as Comet" in page
    assert "Kit Tutor, Tue 3 March" in page
    tutor.post("/office/board", student="1")
    assert "Everybody is on the board by their first name" in tutor.get("/office/board").text


def test_who_opts_out_is_listed_as_not_on_the_board(tutor: Person):
    tutor.post("/office/board", student="3", alias="", opted_out="on")
    assert "Not on the board" in tutor.get("/office/board").text.split("</ul>")[0]
    assert db.session.get_one(BoardName, 3).opted_out


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"student": ""}, "student"),
        ({"student": "99"}, "student"),
        ({"student": "1", "alias": "x" * 31}, "alias"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_stored(tutor: Person, form: dict[str, str], field: str):
    answer = tutor.post("/office/board", **form)
    assert answer.status_code == 422
    assert f'<a href="#{field}">' in answer.text
    assert db.session.query(Operation).count() == 0


def test_any_alias_reaches_the_pages_escaped(tutor: Person):
    for alias in [text for text in hostile_strings() if "<" in text and len(text) < 31 and "\ud83d" not in text]:
        tutor.post("/office/board", student="1", alias=alias)
        page = tutor.get("/office/board").text
        assert not any(tag in page for tag in ("<script>", "<img", "<svg", "<style", "<base"))
