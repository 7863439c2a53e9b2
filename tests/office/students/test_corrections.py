"""Finding what was recorded and putting it right, over whole requests."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import create_lesson, create_tablet
from tests.builders_rewards import do, give
from tests.builders_spaces import at
from tests.office.conftest import Person, Sign
from webapp.domain.operations.space_kinds import CORRECT
from webapp.domain.time.moment import instant
from webapp.models import Redemption, Restraint, Score, Stay, db
from webapp.school import clock
from webapp.sync.log.rebuild import rebuild

ENTERED, LEFT = "10:21", "10:41"


@pytest.fixture
def head(sign_in: Sign) -> Person:
    return sign_in("head")


@pytest.fixture
def stay(app: Flask, people: None) -> str:
    """The address of Zoë's stay in Hazel with Ada, which is over."""
    assert do("space.enter", {"space": "hazel", "student": "1"}) is None
    app.config["CLOCK"].move(minutes=20)
    name = db.session.scalars(select(Stay.id)).one()
    assert do("space.leave", {"stay": name, "free_to_leave": True}) is None
    return f"/office/corrections/stay/{name}"


def the_stay() -> Stay:
    db.session.expire_all()
    return db.session.scalars(select(Stay)).one()


def history(page: str) -> list[str]:
    """What was recorded, line by line."""
    return re.findall(r'<li class="entry">\s*<p><bdi>(.*?)</bdi>', page)


def test_what_was_recorded_of_a_student_is_found(head: Person, app: Flask):
    give(1, 4, clock.today())
    give(2, 3, clock.today())
    page = head.get("/office/corrections?student=1").text
    assert "Maths, Tue 3 March, period 1" in page
    assert "4 Creative" in page
    assert page.count("/office/corrections/mark/") == 1


def test_nobody_chosen_shows_how_to_begin(head: Person):
    assert "Choose a student" in head.get("/office/corrections?student=none").text


def test_a_mark_is_corrected_with_a_reason_and_keeps_its_history(head: Person, app: Flask):
    give(1, 4, clock.today())
    page = "/office/corrections/mark/1/1"
    assert head.post(page, mark="2", why="Typed for the wrong child").status_code == 303
    assert db.session.get_one(Score, (1, 1)).mark == "2"
    told = head.get(page).text
    assert "It stands at <b>2 Engaged</b>" in told
    assert len(history(told)) == 2
    assert "“Typed for the wrong child”" in history(told)[1]
    assert set(rebuild().values()) == {0}


def test_a_mark_can_be_taken_back_and_given_where_there_was_none(head: Person, app: Flask):
    give(1, 4, clock.today())
    head.post("/office/corrections/mark/1/1", mark="none", why="Not in school")
    assert db.session.get_one(Score, (1, 1)).mark is None
    head.post("/office/corrections/mark/2/1", mark="authorised", why="Told by phone")
    assert db.session.get_one(Score, (1, 2)).mark == "authorised"


def test_a_correction_needs_a_mark_and_a_reason(head: Person, app: Flask):
    give(1, 4, clock.today())
    answer = head.post("/office/corrections/mark/1/1", mark="9", why=" ")
    assert answer.status_code == 422
    assert {'href="#mark"', 'href="#why"'} <= set(re.findall(r'href="#\w+"', answer.text))
    assert db.session.get_one(Score, (1, 1)).mark == "4"


def test_of_two_marks_that_contradict_the_desk_chooses_and_the_list_is_empty(head: Person, app: Flask):
    create_lesson()
    tablets = [create_tablet(app), create_tablet(app)]
    other = create_tablet(app, staff="head")
    for tablet, mark in ((tablets[0], 4), (other, 2)):
        tablet.mark(1, 1, mark)
        assert tablet.push().status_code == 200
    page = head.get("/office/attention").text
    assert "4 Creative stands" in page
    assert "2 Engaged stands" in page
    head.post("/office/corrections/mark/1/1", mark="2", why="Chosen between two marks")
    assert "Nothing needs attention" in head.get("/office/attention").text
    assert db.session.get_one(Score, (1, 1)).mark == "2"


def test_a_mark_of_0_is_offered_as_what_it_is(head: Person, app: Flask):
    create_lesson()
    for staff, mark in (("a.adeyemi", 0), ("head", None)):
        tablet = create_tablet(app, staff=staff)
        tablet.mark(1, 1, mark)
        assert tablet.push().status_code == 200
    page = head.get("/office/attention").text
    assert set(re.findall(r'name="mark" value="(\w+)"', page)) == {"0", "none"}


def test_a_stay_is_put_right_and_nothing_else_of_it_changes(head: Person, stay: str):
    before = the_stay()
    kept = (before.why, before.by, before.day, before.staff_since, before.id)
    form = {"student": "2", "space": "reflection-1", "staff": "head", "entered": "10:25", "left": "10:40"}
    assert head.post(stay, **form, free_to_leave="yes", why="Wrong room tapped").status_code == 303
    after = the_stay()
    assert (after.student, after.space, after.staff, after.free_to_leave) == (2, "reflection-1", "head", True)
    assert [f"{moment:%H:%M}" for moment in (after.entered, after.left) if moment] == ["10:25", "10:40"]
    assert (after.why, after.by, after.day, after.staff_since, after.id) == kept
    assert "“Wrong room tapped”" in history(head.get(stay).text)[-1]
    assert set(rebuild().values()) == {0}


def test_an_answer_corrected_to_no_opens_the_record_and_none_closes_it(head: Person, stay: str):
    head.post(stay, free_to_leave="no", why="Told by the colleague")
    assert db.session.scalars(select(Restraint.id)).one() == the_stay().id
    answer = head.post(stay, free_to_leave="yes", why="After all")
    assert answer.status_code == 422
    assert "It stays; say there what really happened" in answer.text
    assert the_stay().free_to_leave is False
    assert set(rebuild().values()) == {0}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"entered": "10:50"}, "ends after it began"),
        ({"entered": "half past"}, "ends after it began"),
        ({"left": "18:00"}, "not in the future"),
        ({"left": ""}, "ends after it began"),
        ({"space": "cellar"}, "no reflection space"),
        ({"student": "77"}, "not known"),
        ({"staff": "nobody.here"}, "not known"),
        ({"free_to_leave": "perhaps"}, "yes or no"),
        ({"why": " "}, "Say in a few words"),
    ],
)
def test_a_correction_that_cannot_be_says_why_and_changes_nothing(
    head: Person, stay: str, wrong: dict[str, str], words: str
):
    answer = head.post(stay, **{"why": "A reason"} | wrong)
    assert answer.status_code == 422
    assert words in answer.text
    assert f"{the_stay().entered:%H:%M}" == ENTERED
    assert the_stay().student == 1


def test_an_open_stay_is_not_corrected_but_ended(head: Person, app: Flask):
    assert do("space.enter", {"space": "hazel", "student": "1"}) is None
    name = db.session.scalars(select(Stay.id)).one()
    assert "still open" in head.get(f"/office/corrections/stay/{name}").text
    assert do(CORRECT.name, {"stay": name, "why": "x", "left": instant(clock.now())}, "head") == "not-over"


def test_two_stays_moved_into_one_space_at_once_are_known_to_clash(head: Person, stay: str, app: Flask):
    body = {
        "space": "reflection-1",
        "student": "2",
        "when": instant(at("10:25")),
    }
    assert do("space.enter", body) is None
    moved = next(one for one in db.session.scalars(select(Stay)) if one.student == 1)
    head.post(f"/office/corrections/stay/{moved.id}", space="reflection-1", why="Wrong room")
    db.session.expire_all()
    assert [one.clash for one in db.session.scalars(select(Stay))] == [True, True]
    assert set(rebuild().values()) == {0}


def test_only_desk_and_leaders_correct_a_stay(head: Person, stay: str):
    name = stay.rsplit("/", 1)[1]
    assert do(CORRECT.name, {"stay": name, "why": "x", "student": "2"}) == "not-allowed"
    assert do(CORRECT.name, {"stay": name, "why": "x", "student": "2"}, "head") is None


def test_a_sale_is_taken_back_with_its_reason(sign_in: Sign, app: Flask):
    give(1, 5)
    till = create_tablet(app, staff="tuck-shop", duty="till") if sign_in("tuck-shop") else None
    assert till
    till.pull()
    till.record("tuck.redeem", {"student": "1", "item": "apple", "day": clock.today().isoformat()})
    assert till.push().json["notes"] == []
    head, name = sign_in("head"), db.session.scalars(select(Redemption.id)).one()
    page = f"/office/corrections/sale/{name}"
    assert head.post(page, why="").status_code == 422
    assert head.post(page, why="Taken by mistake").status_code == 303
    told = head.get(page).text
    assert "It was taken back" in told
    assert "“Taken by mistake”" in history(told)[-1]


@pytest.mark.parametrize("address", ["mark/77/1", "mark/1/77", "stay/none", "stay/d1.a1.1", "sale/d1.a1.1"])
def test_what_is_not_there_is_not_found(head: Person, address: str):
    assert head.get(f"/office/corrections/{address}").status_code == 404
    assert head.post(f"/office/corrections/{address}").status_code == 404
