"""The trip at the desk: the list, a tie, and a leader's decision."""

import csv
import io

import pytest

from tests.builders import create_student
from tests.builders_rewards import give
from tests.office.conftest import Person, Sign
from webapp.domain.access.rights import LEADERS
from webapp.models import TripDecision, db

TIED = ["7", "8", "9", "10"]
FORM = {"half_term": "2026-02-23", "tied": TIED, "picked": ["8", "10"], "why": "Lots"}


@pytest.fixture
def tie(people: None) -> None:
    """Six of ten students are ahead, and four tied for the last two of eight places."""
    for n in range(1, 11):
        student = n if n <= 4 else create_student(f"S{n}").id
        give(student, 5 if n <= 6 else 4)


def test_the_list_names_who_goes_and_who_is_tied(tie: None, sign_in: Sign):
    page = sign_in("office").get("/office/trip").text
    assert "Spring 2" in page
    assert "The 8 highest exact means" in page
    assert page.count("<td>Going</td>") == 6
    assert page.count("<td>Tied for the last places</td>") == 4
    assert "4 students are tied and 2 places left. A leader picks." in page
    assert 'name="picked"' not in page


def test_a_leader_picks_with_a_reason(tie: None, sign_in: Sign):
    head = sign_in("head")
    assert "A tie to decide" in head.get("/office/trip").text
    assert head.post("/office/trip", **FORM).location == "/office/trip?half_term=2026-02-23"
    page = head.get("/office/trip").text
    assert page.count("Going, picked by a leader") == 2
    assert page.count("<td>Tied, not picked</td>") == 2
    assert "<bdi>Kit Head, Tue 3 March</bdi>" in page
    assert db.session.query(TripDecision).one().picked == '["8", "10"]'


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"picked": ["8"]}, "Pick exactly 2"),
        ({"picked": ["8", "1"]}, "Only students who are tied"),
        ({"tied": ["7"]}, "Look at the list again"),
        ({"why": " "}, "A reason is needed"),
    ],
)
def test_what_a_decision_lacks_is_said_and_nothing_is_stored(tie: None, sign_in: Sign, other: dict, words: str):
    answer = sign_in("head").post("/office/trip", **FORM | other)
    assert answer.status_code == 422
    assert words in answer.text
    assert db.session.query(TripDecision).count() == 0


def test_the_list_is_exported_with_exact_points(tie: None, sign_in: Sign):
    file = sign_in("sendco").get("/office/trip/list.csv?half_term=2026-02-23")
    lines = list(csv.reader(io.StringIO(file.data.decode("utf-8-sig"))))
    assert len(lines) == 11
    assert lines[1][2:5] == ["5", "1", "5.00"]


def test_without_half_terms_there_is_no_list(sign_in: Sign):
    db.session.execute(db.text("DELETE FROM calendar_entry WHERE kind = 'half-term'"))
    db.session.commit()
    head: Person = sign_in("head")
    assert "no half term yet" in head.get("/office/trip").text
    assert head.post("/office/trip", **FORM).status_code == 303


@pytest.mark.parametrize("role", ["office", "teacher", *LEADERS])
def test_only_leaders_decide(sign_in: Sign, role: str):
    assert (sign_in(role).post("/office/trip", half_term="x").status_code == 303) == (role in LEADERS)
