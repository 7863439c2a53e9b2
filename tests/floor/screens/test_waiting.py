from typing import Any

from tests.floor.rows import NOW, make_lesson, make_own, make_student, make_tables, make_viewer
from webapp.domain.wire.tables import Tables
from webapp.floor.both.screens import waiting


def shown(tables: Tables, **viewer: Any) -> waiting.Context:
    found = waiting.context(tables, make_viewer(**viewer), NOW, {})
    assert found is not None
    return found


def refused(number: int, **other: Any) -> dict[str, Any]:
    return make_own(number, 1, 4) | {"reason": "closed", "detail": "That week is closed."} | other


def test_waiting_entries_are_told_in_plain_words() -> None:
    tables = make_tables(students=[make_student()], lessons=[make_lesson()])
    (entry,) = shown(tables, waiting=[make_own(1, 1, 4)])["waiting"]
    assert (entry["student"], entry["what"]) == ("Zoë Okafor", "Creative, 4")
    assert (entry["lesson"], entry["who"]) == ("Maths, Tue 3 March, period 2", "Ada, 10:21")


def test_refused_entries_give_the_reason_and_lead_to_the_lesson() -> None:
    tables = make_tables(students=[make_student()], lessons=[make_lesson()], refusals=[refused(1)])
    (entry,) = shown(tables)["refused"]
    assert (entry["why"], entry["url"]) == ("That week is closed.", "/lesson/7")


def test_an_entry_about_what_the_tablet_no_longer_holds_is_still_told() -> None:
    (entry,) = shown(make_tables(refusals=[refused(1, at="2026-03-01T09:00:00.000Z", by="left")]))["refused"]
    assert (entry["student"], entry["lesson"], entry["url"]) == ("", "", "")
    assert entry["who"] == "the office, Sun 1 March, 09:00"


def test_status_counts_what_waits_and_says_for_how_long() -> None:
    own = [make_own(1, 1, 4, at="2026-03-03T10:17:00.000Z"), make_own(2, 1, 5)]
    chrome = shown(make_tables(refusals=[refused(3)]), waiting=own)["chrome"]
    assert (chrome["status"], chrome["saved"], chrome["waiting"]) == ("2 saved on this tablet · 4 min", "tablet", 3)


def test_status_with_nothing_waiting_is_all_at_school() -> None:
    chrome = shown(make_tables())["chrome"]
    assert (chrome["status"], chrome["saved"], chrome["waiting"]) == ("All saved at school", "school", 0)


def test_a_clock_set_back_makes_no_negative_age() -> None:
    chrome = shown(make_tables(), waiting=[make_own(1, 1, 4, at="2026-03-03T11:00:00.000Z")])["chrome"]
    assert chrome["status"] == "1 saved on this tablet · just now"
