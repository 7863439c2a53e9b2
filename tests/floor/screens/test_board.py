from datetime import timedelta
from typing import Any

import pytest

from tests.floor.rows import NOW, make_ask, make_assist, make_plan, make_stay, make_student, make_tables, make_viewer
from webapp.domain.time.moment import instant
from webapp.floor.both.screens import board

PEOPLE = [make_student(1), make_student(2, "Ali Aziz"), make_student(3, "Bo Chen")]


def shown(viewer: Any = None, **rows: Any) -> board.Context:
    found = board.context(make_tables(students=PEOPLE, **rows), viewer or make_viewer(), NOW, {})
    assert found is not None
    return found


def hazel(**rows: Any) -> board.Card:
    cards = [card for stage in shown(**rows)["stages"] for card in stage["cards"]]
    return next(card for card in cards if card["id"] == "hazel")


def test_spaces_stand_by_key_stage_and_name() -> None:
    stages = shown()["stages"]
    assert [(stage["name"], [card["name"] for card in stage["cards"]]) for stage in stages] == [
        ("Key stage 3", ["Chestnut", "Hazel"]),
        ("Key stage 4", ["Oak"]),
    ]


def test_a_space_nobody_asked_for_is_free() -> None:
    assert (hazel()["state"], hazel()["free"]) == ("Free", True)


def test_a_confirmed_ask_holds_the_space() -> None:
    card = hazel(asks=[make_ask()])
    assert (card["state"], card["free"]) == ("Asked by Ben", False)
    assert card["asks"][0]["words"] == "on the way"


def test_an_ask_that_nobody_entered_in_time_holds_nothing_though_the_school_has_not_said_so() -> None:
    assert hazel(asks=[make_ask(until=instant(NOW))])["state"] == "Free"


def test_an_ask_the_school_does_not_know_of_is_never_confirmed() -> None:
    card = hazel(asks=[make_ask(status="asked", until=None)])
    assert (card["state"], card["free"]) == ("Asked — radio it", True)
    assert card["asks"][0]["words"] == "asked — radio it"


def test_a_space_in_use_says_who_with_whom_and_for_how_long() -> None:
    card = hazel(stays=[make_stay()])
    assert card["state"] == "In use · 14 min"
    stay = card["stays"][0]
    assert (stay["student"], stay["adult"], stay["other"]) == ("Zoë Okafor", "with Ben", True)


def test_a_stay_with_nobody_named_says_since_when() -> None:
    since = instant(NOW - timedelta(minutes=3))
    (stay,) = hazel(stays=[make_stay(staff=None, staff_since=since)])["stays"]
    assert (stay["adult"], stay["named"]) == ("No adult named since 10:18", False)


def test_whoever_is_named_does_not_take_over_from_themself() -> None:
    assert hazel(stays=[make_stay(staff="ada")])["stays"][0]["other"] is False


def test_those_who_wait_are_counted_oldest_first() -> None:
    early = instant(NOW - timedelta(minutes=5))
    waiting: dict[str, Any] = {"status": "waiting", "until": None}
    card = hazel(
        stays=[make_stay()], asks=[make_ask(2, student="2", **waiting), make_ask(3, student="3", at=early, **waiting)]
    )
    assert card["queue"] == "2 waiting"
    assert [(ask["student"], ask["words"]) for ask in card["asks"]] == [
        ("Bo Chen", "waiting, 5 min"),
        ("Ali Aziz", "waiting, just now"),
    ]


def test_too_many_in_a_space_are_told_where_there_is_room() -> None:
    card = hazel(stays=[make_stay(5), make_stay(6, student="2")])
    assert card["clash"] == "2 are in here, and it takes 1. Free now: Chestnut."


def test_a_space_for_two_has_room_beside_one() -> None:
    cards = [card for stage in shown(stays=[make_stay(space="oak")])["stages"] for card in stage["cards"]]
    assert (cards[-1]["state"], cards[-1]["free"]) == ("In use · 14 min · 1 place free", True)


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (make_plan(starts="11:15", ends="12:00"), "Next: Draw and talk, 11:15"),
        (make_plan(), "Planned now: Draw and talk, until 11:00"),
        (make_plan(ends="10:21"), ""),
        (make_plan(weekday=3), ""),
        (make_plan(first="2026-03-04"), ""),
        (make_plan(last="2026-03-02"), ""),
        (make_plan(ended="2026-03-03"), ""),
        (make_plan(ended="2026-03-04"), "Planned now: Draw and talk, until 11:00"),
    ],
)
def test_what_is_planned_today_is_shown_ahead(plan: Any, words: str) -> None:
    assert hazel(plans=[plan])["next"] == words


def test_a_stay_left_open_on_another_day_is_listed_and_fills_nothing() -> None:
    yesterday = instant(NOW - timedelta(days=1))
    rows = {"stays": [make_stay(entered=yesterday), make_stay(6, entered=instant(NOW - timedelta(days=15)))]}
    assert hazel(**rows)["state"] == "Free"
    since = ["in Hazel since Mon 16 February, 10:21", "in Hazel since Mon 2 March, 10:21"]
    assert [line["words"] for line in shown(**rows)["open"]] == since


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "Heard just now"),
        (12, "Heard 12 s ago"),
        (61, "Heard 1 min ago"),
        (120, "Not heard for 2 min: radio it"),
        (9 * 60, "Not heard for 9 min: radio it"),
        (-5, "Heard just now"),
    ],
)
def test_the_board_says_how_fresh_it_is(seconds: int, words: str) -> None:
    viewer = make_viewer(heard=instant(NOW - timedelta(seconds=seconds)))
    assert shown(viewer)["chrome"]["sub"] == words


def test_a_tablet_that_never_heard_the_school_says_so() -> None:
    assert shown()["chrome"]["sub"] == "Not heard yet: radio it"


def test_the_board_says_what_the_spaces_are_for_and_never_for() -> None:
    found = shown()
    assert found["purpose"].startswith("A calm place")
    assert found["never"] == "Never for punishment, storage."


def lines(**rows: Any) -> list[str]:
    return [" ".join(filter(None, (line["words"], line["after"]))) for line in shown(**rows)["lines"]]


def test_the_channel_tells_a_stay_from_its_beginning_to_its_end_newest_first() -> None:
    changed: dict[str, Any] = {"staff": "ada", "staff_since": instant(NOW - timedelta(minutes=5)), "left": instant(NOW)}
    assert lines(stays=[make_stay(**changed)]) == [
        "Zoë Okafor has left Hazel.",
        "Ada takes over in Hazel with Zoë Okafor.",
        "Zoë Okafor is in Hazel.",
    ]


@pytest.mark.parametrize(
    ("status", "ending"),
    [
        ("asked", "Not at school yet: radio it."),
        ("confirmed", "Confirmed."),
        ("waiting", "It has to wait."),
        ("lapsed", "Nobody came in time."),
    ],
)
def test_the_channel_says_how_an_ask_went_on(status: str, ending: str) -> None:
    assert lines(asks=[make_ask(status=status)]) == [f"Ben asks for Hazel with Zoë Okafor. {ending}"]


def test_the_channel_names_the_place_and_message_of_a_call_for_help() -> None:
    assert lines(assists=[make_assist(message="Bring water")]) == ["Ben calls for help: Gym. Bring water"]
    assert lines(assists=[make_assist(space="hazel", place="")]) == ["Ben calls for help in Hazel."]


def test_the_channel_keeps_the_last_twelve_calls_of_today() -> None:
    asks = [make_ask(n, at=instant(NOW - timedelta(minutes=n))) for n in range(15)]
    found = shown(asks=[*asks, make_ask(20, at=instant(NOW - timedelta(days=1)))])["lines"]
    assert [line["id"] for line in found] == [f"ask-d2.xyz.{n}" for n in range(12)]


def test_a_call_can_be_heard_once_by_everybody_but_the_caller() -> None:
    def call(viewer: Any, **ask: Any) -> str:
        return str(shown(viewer, asks=[make_ask(**ask)])["lines"][0]["call"])

    assert call(make_viewer()) == "d2.xyz.1"
    assert call(make_viewer("ben")) == ""
    assert call(make_viewer(), acks=[["ada", instant(NOW)]]) == ""
    assert call(make_viewer(), status="entered") == ""


def test_the_channel_says_who_heard_a_call() -> None:
    (line,) = shown(asks=[make_ask(acks=[["ada", instant(NOW)], ["gone", instant(NOW)]])])["lines"]
    assert line["heard"] == "Heard by Ada, the office"
