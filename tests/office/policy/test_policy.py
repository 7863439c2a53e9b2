"""The policy at the desk: in words, a draft of a change and what it would do, and the history."""

import re
from datetime import date
from typing import Any

import pytest
from flask import Flask

from tests.builders_rewards import LAST_WEEK, give, limit
from tests.office.conftest import Person, Sign
from webapp.models import AuditLine, Level, PolicyDraft, PolicyVersion, db
from webapp.office.policy.policy import sections
from webapp.policies import available, load

NEXT_WEEK, THIS_WEEK = "2026-W11", "2026-W10"
FORM = {
    "week": NEXT_WEEK,
    "levels.rules.heroic.threshold": "4.6",
    "levels.rules.creative.threshold": "3.5",
    "levels.rules.heroic.tuck_items": "2",
    "levels.rules.creative.tuck_items": "1",
    "tuck.void": "5",
    "room.capacity": "12",
    "room.windows": ["break", "lunch"],
    "trip.places": "8",
    "calls.lapse": "10",
    "calls.unnamed": "5",
}


@pytest.fixture
def head(sign_in: Sign) -> Person:
    return sign_in("head")


@pytest.fixture
def marks(people: None) -> None:
    """Last week Zoë had fours and Inaya threes, this week it is the other way round."""
    for day, zoe, inaya in ((LAST_WEEK, 4, 3), (date(2026, 3, 2), 3, 4)):
        give(1, zoe, day)
        give(2, inaya, day)


def keep(person: Person, **other: Any) -> Any:
    return person.post("/office/policy/draft", **FORM | other)


def adopt(person: Person, **other: Any) -> Any:
    """As from the page that shows what the draft would do."""
    page = person.get("/office/policy/preview").text
    seen = re.search(r'name="seen" value="(\w+)"', page)
    form = {"seen": seen[1] if seen else "", "why": "Agreed by governors"}
    return person.post("/office/policy/adopt", **form | other)


def levels() -> dict[tuple[int, str], str | None]:
    return {(row.student_id, row.week): row.level for row in db.session.query(Level)}


@pytest.mark.parametrize("key", available())
def test_the_page_says_every_part_of_a_pack(key: str):
    pack = load(key)
    said = str(sections(pack))
    named: list[Any] = [*pack.calls.spaces, *pack.calls.reasons, *pack.calls.never, *pack.calls.strategies]
    named += [*pack.calls.interventions, *pack.rewards.tuck.items, *pack.rewards.options.choices]
    named += [*pack.marks, *pack.scale.rules, *pack.rewards.pathway.awards, pack.rewards.room]
    for words in (*(one.name for one in named), *(one.text for one in pack.decisions)):
        assert repr(words)[1:-1] in said


def test_all_staff_read_the_policy_and_only_heads_change_it(sign_in: Sign):
    teacher = sign_in("teacher")
    page = teacher.get("/office/policy").text
    assert "As it came" not in page
    assert "4.6" in page
    assert "clause 4.1" in page
    assert "Draft a change" not in page
    assert teacher.get("/office/policy/draft").status_code == 403
    assert "Draft a change" in sign_in("senior-leader").get("/office/policy").text


def test_a_draft_is_kept_and_can_be_left(head: Person, sign_in: Sign):
    assert keep(head).location == "/office/policy/preview"
    page = sign_in("senior-leader").get("/office/policy/draft").text
    assert 'value="3.5"' in page
    assert "Kit Head, Tue 3 March" in page
    assert head.post("/office/policy/draft/leave").location == "/office/policy"
    assert db.session.query(PolicyDraft).count() == 0
    assert 'value="4.0"' in head.get("/office/policy/draft").text


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        (
            "levels.rules.heroic.threshold",
            "lots",
            "expected a decimal written like &#34;4.0&#34;, not above 5, found &#39;lots&#39;",
        ),
        ("levels.rules.heroic.threshold", "5.1", "reach.toml, levels.rules#1.threshold"),
        ("levels.rules.creative.threshold", "4.6", "expected less than in the level above"),
        ("levels.rules.creative.tuck_items", "11", "expected a whole number from 0 to 10, found 11"),
        ("room.capacity", "9" * 400, "expected a whole number from 1 to 1000"),
        ("room.windows", [], "expected a list of some of break, lunch"),
        ("calls.lapse", "", "expected a whole number from 1 to 120, found &#39;&#39; (reach.toml, calls.lapse)"),
        ("week", "", "The first week is missing"),
        ("week", "2026-W99", "The first week is missing"),
        ("week", "2026-W09", "That week is over"),
        ("week", "2026-W40", "no school in that week"),
    ],
)
def test_a_bad_value_is_refused_at_its_field_in_the_loaders_words(head: Person, name: str, value: Any, words: str):
    answer = keep(head, **{name: value})
    assert answer.status_code == 422
    assert f'<a href="#{name}">' in answer.text
    assert f'id="{name}-wrong"' in answer.text
    assert words in answer.text
    assert db.session.query(PolicyDraft).count() == 0


def test_the_preview_names_whose_level_changes_and_who_is_held_by_a_limit(marks: None, head: Person):
    give(3, 3, date(2026, 3, 2), group="9H")
    limit(3, start="2026-03-09")
    keep(head, **{"levels.rules.creative.threshold": "3.0"})
    page = head.get("/office/policy/preview").text
    assert "Week of 9 March: 1 student’s level changes" in page
    assert "<bdi>Zoë Okafor</bdi>" in page
    assert '3.00 <span class="soft">3 ÷ 1</span>' in page
    assert "No level → Creative" in page
    assert "Who would earn another level, but for a limit (1)" in page
    assert "<bdi>Cai Price</bdi>" in page
    assert "<bdi>Inaya Begum</bdi>" not in page


def test_without_a_draft_there_is_nothing_to_preview(head: Person):
    assert head.get("/office/policy/preview").location == "/office/policy/draft"


def test_adopting_changes_levels_from_its_week_on_and_is_noted(marks: None, head: Person):
    keep(head, **{"levels.rules.creative.threshold": "3.0"})
    before = levels()
    assert adopt(head).location == "/office/policy/history"
    changed = {key for key, level in levels().items() if before[key] != level}
    assert changed == {(1, NEXT_WEEK), (1, "2026-W12")}
    assert [line.event for line in db.session.query(AuditLine)][-1] == "policy.adopt"
    page = head.get("/office/policy/history").text
    assert "From Mon 9 March 2026" in page
    assert "4.0 → 3.0" in page
    assert "Agreed by governors" in page
    assert db.session.query(PolicyDraft).count() == 0
    assert "A change begins on Mon 9 March 2026" in head.get("/office/policy").text


def test_adopting_from_this_week_holds_at_once(marks: None, head: Person):
    keep(head, week=THIS_WEEK, **{"levels.rules.creative.threshold": "3.0"})
    adopt(head)
    assert levels()[2, THIS_WEEK] == "creative"
    assert 'since <span class="num">Mon 2 March 2026</span>' in head.get("/office/policy").text
    assert "In force" in head.get("/office/policy/history").text


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"why": " "}, "A reason is needed"),
        ({"seen": "something else"}, "The draft or the marks have changed since you looked"),
        ({"seen": ""}, "The draft or the marks have changed since you looked"),
    ],
)
def test_nobody_adopts_without_a_reason_or_what_was_not_shown(
    marks: None, head: Person, other: dict[str, str], words: str
):
    keep(head)
    answer = adopt(head, **other)
    assert answer.status_code == 422
    assert words in answer.text
    assert db.session.query(PolicyVersion).count() == 0


def test_a_mark_that_came_since_the_preview_is_looked_at_first(marks: None, head: Person):
    keep(head)
    seen = re.search(r'name="seen" value="(\w+)"', head.get("/office/policy/preview").text)
    assert seen
    give(1, 4, date(2026, 3, 3))
    answer = head.post("/office/policy/adopt", seen=seen[1], why="Agreed")
    assert answer.status_code == 422
    assert "look at it again" in answer.text


def test_a_draft_that_changes_nothing_is_not_adopted(head: Person):
    keep(head, **{"levels.rules.creative.threshold": "4.00"})
    answer = adopt(head)
    assert answer.status_code == 422
    assert "The draft changes nothing" in answer.text


def test_a_draft_left_until_its_week_is_over_is_not_adopted(app: Flask, head: Person):
    keep(head)
    app.config["CLOCK"].move(days=14)
    answer = adopt(sign_again(app))
    assert answer.status_code == 422
    assert "That week is over" in answer.text


def sign_again(app: Flask) -> Person:
    return Person(app, "head")


def test_a_draft_somebody_else_adopted_is_gone(head: Person):
    answer = head.post("/office/policy/adopt", seen="", why="Agreed")
    assert answer.location == "/office/policy/draft"


def test_no_change_slips_in_before_one_that_is_adopted(head: Person):
    keep(head, week="2026-W12")
    adopt(head)
    answer = keep(head)
    assert answer.status_code == 422
    assert "A change from a later week is adopted already" in answer.text
    assert keep(head, week="2026-W12", **{"trip.places": "9"}).status_code == 303


def test_a_change_that_has_not_begun_can_be_withdrawn(app: Flask, marks: None, head: Person):
    before = levels()
    keep(head, **{"levels.rules.creative.threshold": "3.0"})
    adopt(head)
    assert head.post("/office/policy/withdraw", version="1").location == "/office/policy/history"
    assert levels() == before
    page = head.get("/office/policy/history").text
    assert "Withdrawn before they began (1)" in page
    assert "4.0" in head.get("/office/policy/draft").text
    assert [line.event for line in db.session.query(AuditLine)][-1] == "policy.withdraw"


def test_a_change_that_has_begun_stays(marks: None, head: Person):
    keep(head, week=THIS_WEEK)
    adopt(head)
    answer = head.post("/office/policy/withdraw", version="1")
    assert answer.status_code == 422
    assert "It has begun" in answer.text
    assert db.session.query(PolicyVersion).one().withdrawn_at is None


@pytest.mark.parametrize("version", ["", "2", "x", "9" * 400])
def test_a_change_that_is_not_there_cannot_be_withdrawn(head: Person, version: str):
    assert head.post("/office/policy/withdraw", version=version).status_code == 404
