"""The reward room and a student's rewards on real tablets, with and without the school."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.builders import create_staff, create_student
from tests.builders_rewards import give
from tests.worker.school import School
from tests.worker.tablet import Tablet
from webapp.models import Admission, Award, Cap, OptionChoice, Period, db
from webapp.sync.log.revisions import writing

FAKE_SOUND = """
  self.tones = 0;
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (...when) { self.tones += 1; return start.apply(this, when); };
"""


@pytest.fixture
def reception(school: School, lesson: str, new_tablet: Callable[..., Tablet]) -> Tablet:
    """Reception's tablet at lunch. Amal (1) is Heroic, Bo (2) is Creative, and Cai (3) has no level yet."""
    give(1, 5)
    give(2, 4)
    with writing():
        db.session.add(Period(name="Lunch", starts="12:30", ends="13:10", kind="lunch"))
    clock = school.app.config["CLOCK"]
    clock.now = clock.now.replace(hour=12, minute=45)
    return new_tablet("Front desk", "reception")


def kinds(tablet: Tablet) -> list[str]:
    return [operation["kind"] for operation in tablet.operations]


def test_the_door_works_by_itself_without_the_school(reception: Tablet, school: School) -> None:
    """Found by name, let in, already in, and gone again."""
    school.stop()
    page = reception.page
    page.goto(f"{school.url}/today")
    page.get_by_role("link", name="Room").click()
    expect(page.get_by_text("Open: Lunch, 12:30–13:10")).to_be_visible()
    expect(page.get_by_role("link", name="Amal Okafor")).to_have_count(0)
    page.get_by_label("Find a name").fill("ÁMA")
    page.get_by_role("link", name="Amal Okafor").click()
    expect(page).to_have_title("Welcome: Amal Okafor · Reachable")
    page.get_by_role("button", name="Let in").click()
    expect(page.get_by_text("1 of 12 inside")).to_be_visible()
    page.goto(f"{school.url}/room/1")
    expect(page.get_by_text("Already in")).to_be_visible()
    page.get_by_role("link", name="Next").click()
    page.get_by_role("button", name="Leave: Amal Okafor").click()
    expect(page.get_by_text("Nobody is inside.")).to_be_visible()
    assert kinds(reception) == ["room.admit", "room.leave"]
    school.start()
    reception.sync()
    assert [(row.student_id, row.window, row.again) for row in db.session.query(Admission)] == [
        (1, "2026-03-03/lunch", False)
    ]


def test_without_the_level_there_is_no_way_in(reception: Tablet, school: School) -> None:
    page = reception.page
    page.goto(f"{school.url}/room/2")
    expect(page.get_by_text("It goes with Heroic. Now: Creative")).to_be_visible()
    expect(page.get_by_role("button", name="Let in")).to_have_count(0)
    reception.tap("/room/2/admit")
    reception.tap("/room/3/admit")
    assert reception.operations == []


def test_a_room_opens_and_closes_by_the_clock(reception: Tablet, school: School) -> None:
    clock = school.app.config["CLOCK"]
    clock.now = clock.now.replace(hour=13, minute=11)
    reception.tell_worker("sync")
    reception.eventually(lambda: "Closed now" in reception.look("/room/1")["text"])
    reception.tap("/room/1/admit")
    assert reception.operations == []


def test_two_doors_that_let_one_student_in_have_one_inside(
    reception: Tablet, school: School, new_tablet: Callable[..., Tablet]
) -> None:
    other = new_tablet("Back door", "reception")
    school.stop()
    for tablet in (reception, other):
        tablet.tap("/room/1/admit")
    school.start()
    for tablet in (reception, other, reception):
        tablet.sync()
    assert sorted(row.again for row in db.session.query(Admission)) == [False, True]
    reception.eventually(lambda: len([row for row in reception.rows.values() if "window" in row]) == 2)
    assert "1 of 12 inside" in reception.look("/room")["text"]
    reception.tap("/room/leave", admission=reception.meta["device"] + "." + reception.meta["incarnation"] + ".1")
    assert "Nobody is inside." in reception.look("/room")["text"]


def test_the_answer_is_heard_where_somebody_switched_that_on(reception: Tablet, school: School) -> None:
    page = reception.page
    page.add_init_script(FAKE_SOUND)
    page.goto(f"{school.url}/room/1")
    expect(page.get_by_text("Welcome")).to_be_visible()
    assert page.evaluate("tones") == 0
    page.goto(f"{school.url}/room")
    page.get_by_role("button", name="Sound").click()
    for student, tones in (("1", 2), ("2", 1)):
        page.goto(f"{school.url}/room/{student}")
        reception.eventually(lambda: page.evaluate("tones"))
        assert page.evaluate("tones") == tones


def test_a_limit_holds_and_is_lifted_without_the_school(reception: Tablet, school: School) -> None:
    school.stop()
    page = reception.page
    page.goto(f"{school.url}/student/1")
    page.get_by_text("Limits").click()
    page.get_by_role("button", name="Set the limit").click()
    expect(page.get_by_role("alert")).to_contain_text("Give a reason. Only staff see it.")
    page.get_by_label("Why").fill("Smoke in class")
    page.get_by_role("button", name="Set the limit").click()
    expect(page.get_by_role("region", name="Level now")).to_contain_text("No level, until Fri 6 March")
    expect(page.get_by_role("link", name="Tuck shop")).to_contain_text("Nothing today")
    assert "For now: No level, until Fri 6 March" in reception.look("/room/1")["text"]
    page.get_by_text("Limits").click()
    page.get_by_role("button", name="Lift: No level, until Fri 6 March").click()
    expect(page.get_by_role("region", name="Level now")).to_contain_text("Heroic")
    assert "Welcome" in reception.look("/room/1")["text"]
    school.start()
    reception.sync()
    cap = db.session.query(Cap).one()
    assert (cap.reason, cap.by, cap.lifted_by) == ("Smoke in class", "a.adeyemi", "a.adeyemi")


def test_a_limit_is_lifted_by_nobody_but_its_author_and_leaders(reception: Tablet, school: School) -> None:
    create_staff("c.quartey", role="head", forename="Cara", surname="Quartey")
    reception.tap("/student/1/limit", cap="none", reason="Smoke", until="")
    limit = f"{reception.meta['device']}.{reception.meta['incarnation']}.1"
    reception.sign_in("b.baptiste")
    assert 'name="limit"' not in reception.look("/student/1")["text"]
    reception.tap("/student/1/lift", limit=limit)
    assert kinds(reception) == ["reward.cap"]
    reception.sign_in("c.quartey")
    reception.eventually(lambda: 'name="limit"' in reception.look("/student/1")["text"])
    reception.tap("/student/1/lift", limit=limit)
    assert kinds(reception) == ["reward.cap", "reward.lift"]


def test_a_choice_is_made_and_taken_back_without_the_school(reception: Tablet, school: School) -> None:
    school.stop()
    page = reception.page
    page.goto(f"{school.url}/student/1")
    page.get_by_text("Options period").click()
    page.get_by_role("button", name="Cooking").click()
    expect(page.get_by_role("button", name="Cooking")).to_have_attribute("aria-pressed", "true")
    school.start()
    reception.sync()
    assert db.session.query(OptionChoice).one().choice == "cooking"
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("button", name="Cooking")).to_have_attribute("aria-pressed", "false")


def test_an_award_on_a_pathway_is_given_and_taken_back(reception: Tablet, school: School) -> None:
    student = create_student("Kit", "Marsh", year=10).id
    db.session.rollback()  # or this session would go on seeing the school as it is now
    reception.tell_worker("sync")
    reception.eventually(lambda: "Kit Marsh" in reception.look(f"/student/{student}")["text"])
    page = reception.page
    page.goto(f"{school.url}/student/{student}")
    page.get_by_text("Give an award").click()
    page.get_by_label("What for").select_option("unit")
    page.get_by_label("In a few words").fill("The <bike>")
    page.get_by_role("button", name="Give", exact=True).click()
    expect(page.get_by_text("The <bike>")).to_be_visible()
    page.get_by_role("button", name="Take back: A unit finished").click()
    expect(page.get_by_text("None yet.")).to_be_visible()
    reception.sync()
    assert db.session.query(Award).one().withdrawn_by == "a.adeyemi"
