"""The rewards on a student's page: what the level opens, the choice, limits, and awards on a pathway."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.builders import create_staff, create_student
from tests.floor.requests import HX, body
from tests.floor.rows import NOW, make_cap, make_level, make_sale, make_student, make_tables, make_viewer
from webapp.domain.refusal import Refusal
from webapp.floor.both.screens import student
from webapp.floor.both.taps import rewards as reward_taps
from webapp.models import Award, Cap, Operation, OptionChoice, db

PUPIL = make_student()
OLDER = make_student(key_stage=4)
STAFF = [{"id": "ada", "name": "Ada", "role": "teacher"}, {"id": "ben", "name": "Ben", "role": "teacher"}]
STAFF += [{"id": "cara", "name": "Cara", "role": "head"}]


def tables(pupil: dict[str, Any], **rows: Any) -> Any:
    return make_tables(**{"students": [pupil], "levels": [make_level()], "staff": STAFF} | rows)


def shown(pupil: Any = PUPIL, holder: str = "ada", **rows: Any) -> Any:
    found = student.context(tables(pupil, **rows), make_viewer(holder), NOW, {"student": "1"})
    assert found is not None
    return found["rewards"]


def tap(name: str, pupil: Any = PUPIL, holder: str = "ada", rows: Any = None, **form: str) -> Any:
    found = tables(pupil, **(rows or {}))
    return getattr(reward_taps, name)(found, make_viewer(holder), NOW, {"student": "1"}, form)


def make_choice(student: int = 1, choice: str | None = "cooking", week: str = "2026-W10") -> dict[str, Any]:
    row = {"id": f"{student}.{week}", "student": str(student), "week": week, "choice": choice}
    return row | {"by": "ben", "at": "2026-03-02T10:00:00.000Z"}


def make_award(number: int = 70, **other: Any) -> dict[str, Any]:
    """Student 1's award for a unit, given by Ben yesterday."""
    row = {"id": f"d2.xyz.{number}", "student": "1", "award": "unit", "note": "The bike", "day": "2026-03-02"}
    return row | {"by": "ben"} | other


def test_what_is_left_and_what_is_open_today_stand_with_the_way_there() -> None:
    tuck, room = shown(redemptions=[make_sale()])["lines"]
    assert tuck == {"url": "/tuck/1", "name": "Tuck shop", "words": "1 of 2 left today"}
    assert room == {"url": "/room/1", "name": "Reward <room>", "words": "Yes, at break and lunch"}


def test_a_room_that_is_not_open_to_a_student_says_why() -> None:
    def words(**rows: Any) -> str:
        return str(shown(**rows)["lines"][1]["words"])

    assert words(levels=[make_level(earned=None)]) == "Not today. It goes with Heroic. Now: No level this week"
    assert words(caps=[make_cap()]) == "Not today. For now: Creative at most, until staff lift it"


def test_choices_are_those_of_the_level_with_the_places_that_others_leave() -> None:
    others = [make_choice(student) for student in (2, 3)] + [make_choice(4, "sport", "2026-W09"), make_choice(5, None)]
    found = shown(choices=others)
    assert [(row["key"], row["words"], row["full"]) for row in found["options"]] == [
        ("cooking", "Full", True),
        ("sport", "9 places left", False),
        ("room", "2 places left", False),
    ]
    assert found["option"] == "Nothing chosen yet"
    assert [row["key"] for row in shown(levels=[make_level(earned="creative")])["options"]] == ["cooking", "sport"]


def test_ones_own_place_is_not_counted_against_oneself() -> None:
    found = shown(choices=[make_choice(), make_choice(2)])
    assert (found["option"], found["options"][0]["words"]) == ("Cooking", "1 place left")
    assert [row["chosen"] for row in found["options"]] == [True, False, False]


def test_without_a_level_a_choice_can_only_be_taken_back() -> None:
    none: dict[str, Any] = {"levels": [make_level(earned=None)]}
    assert shown(**none)["option"] == "Not this week"
    assert tap("choose_option", rows=none, choice="cooking") == []
    rows: dict[str, Any] = none | {"choices": [make_choice()]}
    assert shown(**rows)["option"] == "Cooking"
    assert [draft["body"]["choice"] for draft in tap("choose_option", rows=rows, choice="")] == [None]


def test_a_choice_is_recorded_for_this_week_once() -> None:
    body = {"student": "1", "week": "2026-W10", "choice": "sport"}
    assert tap("choose_option", choice="sport") == [{"kind": "options.choose", "body": body}]
    assert tap("choose_option", rows={"choices": [make_choice(choice="sport")]}, choice="sport") == []
    for choice in ("", "attic"):
        assert tap("choose_option", choice=choice) == []


def test_a_full_choice_records_nothing() -> None:
    full = {"choices": [make_choice(2), make_choice(3)]}
    assert tap("choose_option", rows=full, choice="cooking") == []


def test_limits_that_hold_or_will_hold_are_listed_and_others_are_not() -> None:
    caps = [make_cap(31, until="2026-03-06"), make_cap(32, "none", **{"from": "2026-03-09"}, by="cara")]
    caps += [make_cap(33, until="2026-03-02"), make_cap(34, lifted="2026-03-03"), make_cap(35, student="2")]
    assert [(row["words"], row["by"]) for row in shown(caps=caps)["limits"]] == [
        ("Creative at most, until Fri 6 March", "Set by Ben"),
        ("No level, until staff lift it", "From Mon 9 March, set by Cara"),
    ]


@pytest.mark.parametrize(("holder", "may"), [("ada", False), ("ben", True), ("cara", True)])
def test_a_limit_is_lifted_by_whoever_set_it_or_by_a_leader(holder: str, may: bool) -> None:
    rows = {"caps": [make_cap()]}
    assert shown(holder=holder, **rows)["limits"][0]["lift"] is may
    lifted = [{"kind": "reward.lift", "body": {"cap": "d2.xyz.30"}}] if may else []
    assert tap("lift", holder=holder, rows=rows, limit="d2.xyz.30") == lifted


def test_a_limit_of_somebody_else_is_not_lifted_here() -> None:
    assert tap("lift", holder="cara", rows={"caps": [make_cap(student="2")]}, limit="d2.xyz.30") == []


def test_a_limit_holds_from_today_to_the_end_of_the_week_unless_said() -> None:
    found = shown()
    assert (found["until"], found["today"]) == ("2026-03-06", "2026-03-03")
    assert [(cap["key"], cap["name"]) for cap in found["caps"]] == [
        ("creative", "Creative at most"),
        ("none", "No level"),
    ]
    body = {"student": "1", "cap": "none", "from": "2026-03-03", "until": "2026-03-06", "reason": "Smoke in class"}
    form = {"cap": "none", "reason": " Smoke\nin class ", "until": "2026-03-06"}
    assert tap("limit", **form) == [{"kind": "reward.cap", "body": body}]
    assert tap("limit", **form | {"until": ""}) == [{"kind": "reward.cap", "body": body | {"until": None}}]


def test_at_the_weekend_the_day_itself_is_offered() -> None:
    found: Any = student.context(tables(PUPIL), make_viewer(), NOW + timedelta(days=5), {"student": "1"})
    assert found["rewards"]["until"] == "2026-03-08"


def test_no_limit_is_set_without_a_reason() -> None:
    assert tap("limit", cap="none", reason=" \t ", until="") == reward_taps.NO_REASON


@pytest.mark.parametrize("until", ["2026-03-02", "2026-02-30", "tomorrow"])
def test_a_limit_ends_on_a_day_that_is_to_come(until: str) -> None:
    assert tap("limit", cap="none", reason="Smoke", until=until) == Refusal(
        "until", "Give a last day from today on, or leave it empty."
    )


def test_the_highest_level_limits_nothing() -> None:
    assert tap("limit", cap="heroic", reason="Smoke", until="") == []


def test_key_stage_4_has_awards_instead() -> None:
    found = shown(OLDER, awards=[make_award(), make_award(71, award="gone", day="2026-03-03", by="ada", note="")])
    assert (found["lines"], found["options"], found["pathway"]) == ([], [], True)
    assert [(row["name"], row["reward"], row["note"], row["by"], row["back"]) for row in found["awards"]] == [
        ("An award", "", "", "Tue 3 March, Ada", True),
        ("A unit finished", "A letter home", "The bike", "Mon 2 March, Ben", False),
    ]
    assert [rule["key"] for rule in found["kinds"]] == ["week", "unit"]
    assert tap("choose_option", OLDER, choice="sport") == []


def test_an_award_is_given_with_a_note_of_today() -> None:
    body = {"student": "1", "award": "unit", "day": "2026-03-03", "note": "The bike"}
    assert tap("award", OLDER, award="unit", note=" The  bike ") == [{"kind": "pathway.award", "body": body}]
    assert tap("award", OLDER, award="week")[0]["body"]["note"] == ""
    assert tap("award", OLDER, award="medal") == []
    assert tap("award", award="unit") == []


@pytest.mark.parametrize(("holder", "may"), [("ada", False), ("ben", True), ("cara", True)])
def test_an_award_is_taken_back_by_whoever_gave_it_or_by_a_leader(holder: str, may: bool) -> None:
    back = [{"kind": "pathway.withdraw", "body": {"award": "d2.xyz.70"}}] if may else []
    assert tap("award", OLDER, holder, {"awards": [make_award()]}, withdraw="d2.xyz.70") == back


def test_a_choice_is_one_tap_and_another_to_take_it_back(heroic: FlaskClient) -> None:
    assert "Nothing chosen yet" in body(heroic, "/student/1")
    answer = heroic.post("/student/1/option", data={"choice": "cooking"}, headers=HX)
    assert 'value="cooking" aria-pressed="true"' in answer.text
    assert db.session.query(OptionChoice).one().choice == "cooking"
    heroic.post("/student/1/option", data={"choice": ""}, headers=HX)
    assert db.session.query(OptionChoice).one().choice is None


def test_a_limit_shows_at_once_and_is_lifted_by_a_tap(heroic: FlaskClient) -> None:
    answer = heroic.post("/student/1/limit", data={"cap": "none", "reason": "Smoke", "until": "2026-03-06"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/student/1")
    page = body(heroic, "/student/1")
    assert "No level, until Fri 6 March" in page
    assert "Smoke" not in page
    cap = db.session.query(Cap).one()
    assert "No level, until" not in heroic.post("/student/1/lift", data={"limit": cap.id}, headers=HX).text


def test_a_limit_without_a_reason_is_asked_for_again_with_what_was_filled_in(client: FlaskClient) -> None:
    answer = client.post("/student/1/limit", data={"cap": "creative", "reason": "", "until": "2026-03-09"})
    assert answer.status_code == 422
    assert '<a href="#reason">Give a reason. Only staff see it.</a>' in answer.text
    assert '<details class="fold" id="limits" open>' in answer.text
    assert 'value="2026-03-09"' in answer.text
    assert db.session.query(Operation).count() == 0


def test_an_award_is_given_and_taken_back(classroom: Flask, client: FlaskClient) -> None:
    older = create_student("Kit", "Marsh", year=10)
    create_staff("ben", forename="Ben", surname="Bo")
    url = f"/student/{older.id}"
    client.post(f"{url}/award", data={"award": "unit", "note": "The <bike>"})
    assert "The &lt;bike&gt;" in body(client, url)
    award = db.session.query(Award).one()
    assert "None yet." in client.post(f"{url}/award", data={"withdraw": award.id}, headers=HX).text
