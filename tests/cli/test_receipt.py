from collections.abc import Callable
from typing import Any

from flask import Flask

from tests.builders import Tablet, be_signed_in_for_ever, create_staff, create_tablet
from tests.cli.conftest import Run, mark
from webapp.sync.log.log import Draft, own_device, submit
from webapp.sync.log.revisions import writing


def read(run_json: Callable[..., Any], week: str = "2026-W10", upn: str = "A1") -> Any:
    return run_json("receipt", upn, "--week", week)


def test_a_receipt_has_every_mark_that_counted_and_why_the_others_did_not(tablet: Tablet, run_json: Callable[..., Any]):
    mark(tablet, 5, "authorised", "exempt", 0, None)
    receipt = read(run_json)
    assert [(line["date"], line["mark"], line["counted"], line["why_not"]) for line in receipt["marks"]] == [
        ("2026-02-23", 5, True, None),
        ("2026-02-24", "authorised", False, "authorised absence"),
        ("2026-02-25", "exempt", False, "exempt"),
        ("2026-02-26", 0, True, None),
        ("2026-02-27", None, False, "not marked"),
    ]
    assert {line["period"] for line in receipt["marks"]} == {"1"}
    assert {line["subject"] for line in receipt["marks"]} == {"Maths"}
    assert receipt["mean"] == [sum(line["mark"] for line in receipt["marks"] if line["counted"]), 2]


def test_a_receipt_names_thresholds_and_their_clause(tablet: Tablet, run_json: Callable[..., Any]):
    mark(tablet, 4)
    thresholds = read(run_json)["thresholds"]
    assert [(rule["level"], rule["threshold"], rule["clause"]) for rule in thresholds] == [
        ("heroic", "23/5", "4.1"),
        ("creative", "4", "4.1"),
    ]


def test_a_receipt_agrees_with_levels(tablet: Tablet, run_json: Callable[..., Any]):
    mark(tablet, 5, 4, 3)
    level = run_json("levels", "--week", "2026-W10")[1]
    assert read(run_json).items() >= level.items()


def test_marks_made_in_time_that_reach_the_school_late_are_listed_as_changes(
    tablet: Tablet, run_json: Callable[..., Any]
):
    """Made on the Friday, offline; the week was over on Sunday night."""
    tablet.clock.move(days=-4)
    tablet.mark(1, 5, 4)
    tablet.clock.move(days=4)
    tablet.push()
    (change,) = read(run_json)["changes"]
    assert change == {
        "date": "2026-02-27",
        "period": "1",
        "mark": 4,
        "at": "2026-03-03T10:21:07.000Z",
        "by": "a.adeyemi",
    }


def test_marks_that_came_before_the_week_was_over_are_no_changes(tablet: Tablet, run_json: Callable[..., Any]):
    """The last moment of Sunday 1 March is still in the week, the first of Monday is not."""
    tablet.clock.now = tablet.clock.now.replace(day=1, hour=23, minute=59, second=59)
    mark(tablet, 5, 4)
    tablet.clock.move(seconds=1)
    mark(tablet, None, None, 3)
    assert [change["date"] for change in read(run_json)["changes"]] == ["2026-02-25"]


def test_a_late_mark_that_does_not_stand_changed_nothing(app: Flask, tablet: Tablet, run_json: Callable[..., Any]):
    create_staff("b.boyle")
    other = create_tablet(app, "b.boyle")
    be_signed_in_for_ever()
    tablet.clock.now = tablet.clock.now.replace(day=1)
    other.mark(1, 1, 0)
    tablet.clock.move(hours=1)
    mark(tablet, 5)
    tablet.clock.move(days=2)
    assert [note["status"] for note in other.push().json["notes"]] == ["superseded"]
    receipt = read(run_json)
    assert (receipt["marks"][0]["mark"], receipt["changes"]) == (5, [])


def test_a_late_mark_that_says_the_same_changed_nothing(tablet: Tablet, run_json: Callable[..., Any]):
    tablet.clock.move(days=-3)
    mark(tablet, 5)
    tablet.clock.move(days=3)
    tablet.mark(1, 1, 5)
    tablet.push()
    assert read(run_json)["changes"] == []


def test_a_week_that_lost_its_marks_is_still_told_of(tablet: Tablet, run_json: Callable[..., Any]):
    tablet.clock.move(days=-3)
    mark(tablet, 5)
    tablet.clock.move(days=3)
    tablet.mark(1, 1, None)
    tablet.push()
    receipt = read(run_json)
    assert (receipt["level"], receipt["from_week"], receipt["marks"]) == (None, None, [])
    assert [(change["date"], change["mark"]) for change in receipt["changes"]] == [("2026-02-23", None)]


def test_history_brought_in_is_no_change_but_what_corrects_it_is(tablet: Tablet, run_json: Callable[..., Any]):
    body = {"student": "1", "lesson": "1", "mark": 3}
    with writing() as revs:
        submit(revs, own_device("import"), [Draft("score.record", "import", body, tablet.clock.now)])
    assert read(run_json)["changes"] == []
    tablet.pull()
    mark(tablet, 5)
    assert [change["mark"] for change in read(run_json)["changes"]] == [5]


def test_caps_are_listed_with_who_and_why_and_until_when(tablet: Tablet, run_json: Callable[..., Any]):
    body = {"student": "1", "cap": "none", "from": "2026-03-02", "until": "2026-03-04", "reason": "Smoke in the hall"}
    tablet.record("reward.cap", body)
    mark(tablet, 5)
    receipt = read(run_json)
    assert (receipt["level"], receipt["earned"], receipt["cap"]) == (None, "heroic", "none")
    assert receipt["caps"] == [
        {
            "cap": "none",
            "from": "2026-03-02",
            "until": "2026-03-04",
            "lifted": None,
            "reason": "Smoke in the hall",
            "by": "a.adeyemi",
        }
    ]
    assert read(run_json, "2026-W11")["caps"] == []
    tablet.pull()
    (cap,) = tablet.table("caps")
    tablet.record("reward.lift", {"cap": cap})
    tablet.push()
    receipt = read(run_json)
    assert (receipt["level"], receipt["caps"][0]["lifted"]) == ("heroic", "2026-03-03")


def test_a_receipt_in_words_says_all_of_it(tablet: Tablet, run: Run):
    tablet.record(
        "reward.cap", {"student": "1", "cap": "creative", "from": "2026-03-02", "until": None, "reason": "Smoke"}
    )
    mark(tablet, 5, "authorised", 5, 4)
    result = run("receipt", "A1", "--week", "2026-W10")
    assert result.exit_code == 0, result.output
    for words in (
        "Zoë Okafor",
        "Creative",
        "Mon 23 February, period 1, Maths: 5 Heroic",
        "authorised absence",
        "not marked",
        "4.66",
        "4.6",
        "policy 4.1",
        "until lifted",
        "Ada Adeyemi: Smoke",
        "Tue 3 March at 10:21",
    ):
        assert words in result.stdout


def test_without_marks_a_receipt_says_so(tablet: Tablet, run: Run):  # the school
    assert "no level" in run("receipt", "A1", "--week", "2026-W10").stdout


def test_an_unknown_upn_is_answered_in_words(tablet: Tablet, run: Run):  # the school
    result = run("receipt", "A99", "--week", "2026-W10")
    assert result.exit_code == 1
    assert "A99" in result.stderr
