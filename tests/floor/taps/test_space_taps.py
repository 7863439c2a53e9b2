from datetime import timedelta
from typing import Any

import pytest

from tests.floor.rows import NOW, make_ask, make_assist, make_stay, make_student, make_tables, make_viewer
from webapp.domain.refusal import Refusal
from webapp.domain.time.moment import instant
from webapp.floor.both.taps import spaces as space_taps

YESTERDAY = instant(NOW - timedelta(days=1))


def tap(name: str, params: dict[str, str] | None = None, form: dict[str, str] | None = None, **rows: Any) -> Any:
    tables = make_tables(students=[make_student(1), make_student(2)], **rows)
    return getattr(space_taps, name)(tables, make_viewer(), NOW, params or {}, form or {})


def leave(stay: dict[str, Any], **form: str) -> Any:
    return tap("leave", {"stay": stay["id"]}, form, stays=[stay])


def test_asking_records_the_space_the_student_and_the_reason_if_any() -> None:
    wanted = {"space": "hazel", "student": "1"}
    assert tap("ask", form=wanted | {"why": "", "what": "ask"}) == [{"kind": "space.ask", "body": wanted}]
    assert tap("ask", form=wanted | {"why": "talk"}) == [{"kind": "space.ask", "body": wanted | {"why": "talk"}}]
    assert tap("ask_for", {"student": "1"}, {"space": "hazel"}) == [{"kind": "space.ask", "body": wanted}]


def test_being_in_a_space_answers_the_ask_for_it() -> None:
    wanted = {"space": "hazel", "student": "1"}
    entered = [{"kind": "space.enter", "body": wanted}]
    assert tap("ask", form=wanted | {"what": "enter"}) == entered
    with_ask = [{"kind": "space.enter", "body": wanted | {"ask": "d2.xyz.1"}}]
    assert tap("ask", form=wanted | {"what": "enter"}, asks=[make_ask()]) == with_ask
    assert tap("enter", form={"ask": "d2.xyz.1"}, asks=[make_ask()]) == with_ask


@pytest.mark.parametrize(
    "form",
    [
        {"space": "attic", "student": "1"},
        {"space": "hazel", "student": "9"},
        {"space": "hazel", "student": "1", "why": "punishment"},
        {},
    ],
)
def test_an_ask_for_nothing_on_the_board_records_nothing(form: dict[str, str]) -> None:
    assert tap("ask", form=form) == []


def test_who_has_the_space_or_asked_for_it_does_not_ask_again() -> None:
    wanted = {"space": "hazel", "student": "1"}
    assert tap("ask", form=wanted, asks=[make_ask()]) == []
    assert tap("ask", form=wanted, stays=[make_stay()]) == []
    assert tap("ask", form=wanted | {"space": "oak"}, asks=[make_ask()]) != []


@pytest.mark.parametrize("ask", [{"status": "cancelled"}, {"until": instant(NOW)}, {"at": YESTERDAY}])
def test_an_ask_that_is_over_is_neither_entered_nor_cancelled(ask: dict[str, Any]) -> None:
    for name in ("enter", "cancel"):
        assert tap(name, form={"ask": "d2.xyz.1"}, asks=[make_ask(**ask)]) == []


def test_an_ask_can_be_cancelled() -> None:
    cancelled = [{"kind": "space.cancel", "body": {"ask": "d2.xyz.1"}}]
    assert tap("cancel", form={"ask": "d2.xyz.1"}, asks=[make_ask()]) == cancelled


def test_one_tap_takes_over() -> None:
    handed = [{"kind": "space.handover", "body": {"stay": "d2.xyz.5", "staff": "ada"}}]
    assert tap("take_over", form={"stay": "d2.xyz.5"}, stays=[make_stay()]) == handed
    assert tap("take_over", form={"stay": "d2.xyz.5"}, stays=[make_stay(staff="ada")]) == []


def test_a_stay_is_handed_to_a_colleague_or_to_nobody() -> None:
    def hand_over(stay: dict[str, Any], **form: str) -> Any:
        return [draft["body"]["staff"] for draft in tap("hand_over", {"stay": stay["id"]}, form, stays=[stay])]

    assert hand_over(make_stay(staff="ada"), staff="ben") == ["ben"]
    assert hand_over(make_stay(), nobody="yes") == [None]
    for form in ({"staff": "ben"}, {"staff": "stranger"}, {"staff": ""}, {}):
        assert hand_over(make_stay(), **form) == []
    assert hand_over(make_stay(staff=None), nobody="yes") == []
    assert hand_over(make_stay(left=instant(NOW)), staff="ada") == []


def test_no_stay_ends_without_the_answer() -> None:
    for form in ({}, {"free": ""}, {"free": "maybe"}, {"helped-quiet": "on"}):
        assert leave(make_stay(), **form) == space_taps.NO_ANSWER


def test_leaving_records_the_answer_and_what_helped() -> None:
    body = {"stay": "d2.xyz.5", "free_to_leave": False, "helped": ["quiet"]}
    assert leave(make_stay(), free="no", **{"helped-quiet": "on", "helped-x": "on"}) == [
        {"kind": "space.leave", "body": body}
    ]
    assert leave(make_stay(left=instant(NOW)), free="no") == []


def test_a_stay_of_an_earlier_day_ends_with_its_time() -> None:
    stay = make_stay(entered=YESTERDAY)
    assert leave(stay, free="yes") == space_taps.NO_TIME
    assert leave(stay, free="yes", when="25:00") == space_taps.NO_TIME
    too_early = leave(stay, free="yes", when="10:20")
    assert too_early == Refusal("when", "Give a later time: the stay began Mon 2 March, 10:21.")
    (draft,) = leave(stay, free="yes", when="11:40")
    assert draft["body"]["when"] == "2026-03-02T11:40:00.000Z"


def test_a_time_in_summer_is_the_schools() -> None:
    tables = make_tables(stays=[make_stay(entered="2026-04-01T09:00:00.000Z")])
    now = NOW + timedelta(days=30)
    form = {"free": "yes", "when": "11:40"}
    drafts: Any = space_taps.leave(tables, make_viewer(), now, {"stay": "d2.xyz.5"}, form)
    assert drafts[0]["body"]["when"] == "2026-04-01T10:40:00.000Z"


def test_a_call_for_help_is_cut_to_what_is_said_in_one_breath() -> None:
    (draft,) = tap("assist", form={"place": " The\n gym ", "message": "x" * 200, "space": ""})
    assert draft == {"kind": "space.assist", "body": {"place": "The gym", "message": "x" * 140}}
    assert tap("assist", form={"space": "hazel"}) == [{"kind": "space.assist", "body": {"space": "hazel"}}]
    assert tap("assist", form={"place": " ", "space": "attic"}) == []


def test_a_call_is_heard_once() -> None:
    rows: dict[str, Any] = {"asks": [make_ask()], "stays": [make_stay()], "assists": [make_assist()]}
    for name in ("d2.xyz.1", "d2.xyz.5", "d2.xyz.9"):
        assert tap("hear", form={"call": name}, **rows) == [{"kind": "space.ack", "body": {"call": name}}]
    assert tap("hear", form={"call": "d2.xyz.8"}, **rows) == []
    assert tap("hear", form={"call": "d2.xyz.1"}, asks=[make_ask(acks=[["ada", instant(NOW)]])]) == []
