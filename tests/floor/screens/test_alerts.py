from datetime import timedelta
from typing import Any

from tests.floor.rows import NOW, make_ask, make_assist, make_plan, make_stay, make_student, make_tables, make_viewer
from webapp.domain.time.moment import instant
from webapp.floor.both.parts.chrome import chrome

PEOPLE = [make_student(1), make_student(2, "Ali Aziz"), make_student(7, "Bo Chen")]
HEARD: dict[str, Any] = {"acks": [["ada", instant(NOW)]]}


def ago(minutes: float) -> str:
    return instant(NOW - timedelta(minutes=minutes))


def calls(viewer: Any = None, role: str = "teacher", **rows: Any) -> list[str]:
    tables = make_tables(students=PEOPLE, **rows)
    tables["staff"]["ada"]["role"] = role
    return [call["words"] for call in chrome(tables, viewer or make_viewer(), NOW, "Any screen")["calls"]]


def test_a_call_for_help_reaches_those_on_call_for_half_an_hour() -> None:
    on_call = make_viewer(on_call=True)
    assert calls(on_call, assists=[make_assist(message="Two of us")]) == ["10:21 Ben calls for help: Gym. Two of us"]
    assert calls(on_call, assists=[make_assist(at=ago(30))]) != []
    assert calls(on_call, assists=[make_assist(at=ago(31))]) == []
    assert calls(make_viewer(), assists=[make_assist()]) == []


def test_a_call_for_help_is_gone_once_heard_and_does_not_reach_the_caller() -> None:
    assert calls(make_viewer(on_call=True), assists=[make_assist(**HEARD)]) == []
    assert calls(make_viewer("ben", on_call=True), assists=[make_assist()]) == []


def test_both_people_of_a_clash_are_told_with_the_nearest_free_space() -> None:
    stays = [make_stay(5, clash=True, by="ada", staff="ada"), make_stay(6, student="2", entered=ago(9), clash=True)]
    words = "Two in Hazel since 10:12: Zoë Okafor, Ali Aziz. Free now: Chestnut."
    assert calls(stays=stays) == [words]
    assert calls(make_viewer("ben"), stays=stays) == [words]
    assert calls(stays=[stays[0] | HEARD, stays[1]]) == []


def test_a_clash_that_is_over_is_told_as_what_it_was() -> None:
    stays = [make_stay(5, clash=True, staff="ada"), make_stay(6, student="2", entered=ago(9), left=ago(1), clash=True)]
    assert calls(stays=stays) == ["Two were in Hazel at 10:12: Zoë Okafor, Ali Aziz."]


def test_an_ask_that_lapsed_is_told_to_whoever_asked() -> None:
    asks = [make_ask(by="ada", status="lapsed", at=ago(12))]
    assert calls(asks=asks) == [
        "Your ask for Hazel with Zoë Okafor at 10:09 has lapsed. Ask again if it is still needed."
    ]
    assert calls(make_viewer("ben"), asks=asks) == []
    assert calls(asks=[asks[0] | HEARD]) == []


def test_a_planner_is_told_that_a_live_call_has_the_space() -> None:
    words = ["Draw and talk at 10:00: Hazel went to a live call. Free now: Chestnut."]
    assert calls(plans=[make_plan()], stays=[make_stay()]) == words
    assert calls(plans=[make_plan()], asks=[make_ask()]) == words
    assert calls(plans=[make_plan(by="ben", staff="ben")], stays=[make_stay()]) == []


def test_the_planned_students_displace_nobody() -> None:
    assert calls(plans=[make_plan()], stays=[make_stay(student="7")]) == []


def test_what_ended_before_a_plan_or_begins_after_it_displaces_nothing() -> None:
    assert calls(plans=[make_plan()], stays=[make_stay(entered=ago(60), left=ago(30))]) == []
    assert calls(plans=[make_plan(starts="11:00", ends="12:00")], stays=[make_stay()]) == []


def test_leaders_and_those_on_call_hear_of_students_with_nobody_named() -> None:
    alone = [make_stay(staff=None, staff_since=ago(5))]
    words = ["No adult named with Zoë Okafor in Hazel since 10:16."]
    assert calls(role="head-of-year", stays=alone) == words
    assert calls(make_viewer(on_call=True), stays=alone) == words
    assert calls(stays=alone) == []
    assert calls(role="head", stays=[make_stay(staff=None, staff_since=ago(4.9))]) == []
    assert calls(role="head", stays=[alone[0] | {"left": ago(1)}]) == []


def test_what_was_called_on_another_day_is_over() -> None:
    yesterday = ago(24 * 60)
    on_call = make_viewer(on_call=True)
    assert calls(on_call, assists=[make_assist(at=yesterday)], asks=[make_ask(by="ada", at=yesterday)]) == []
    assert calls(on_call, stays=[make_stay(entered=yesterday, staff=None, clash=True, by="ada")]) == []
